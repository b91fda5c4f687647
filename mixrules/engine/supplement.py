"""What reference tables add to a file: facts of its commune that rules read and that the file does not give.

The file's own value always stands; where the table in force says otherwise, both are kept for the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mixrules.programme.insee import commune_code
from mixrules.programme.model import Commune, Submission
from mixrules.programme.vocabulary import FieldName, fields
from mixrules.record import Record
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.rulebook.reference.table import Column, ReferenceTable


class Borrowed(Record):
    """A fact as a table states it, with what the file says where it says otherwise."""

    field: FieldName
    value: object
    given: object
    commune: str
    table: ReferenceTable
    column: Column

    @property
    def contradicts(self) -> bool:
        """Whether the file gives another value, which stands."""
        return self.given is not None


def supplement(
    submission: Submission, wanted: Iterable[str], shelf: ReferenceShelf, day: date
) -> tuple[Submission, list[Borrowed]]:
    """A submission with the facts of its commune that the tables in force on a day give.

    Raises:
        InvalidInputError: a table that cannot be used.
    """
    code = commune_code(submission.commune.insee)
    found = [] if code is None else [_borrow(submission, field, code, shelf, day) for field in sorted(wanted)]
    borrowed = [one for one in found if one is not None]
    taken = {one.field.path.removeprefix("commune."): one.value for one in borrowed if not one.contradicts}
    if not taken:
        return submission, borrowed
    commune = submission.commune.model_copy(update=taken)
    return submission.model_copy(update={"commune": commune}), borrowed


def _borrow(
    submission: Submission, field: str, code: str, shelf: ReferenceShelf, day: date
) -> Borrowed | None:
    answer = shelf.answer(field, code, day)
    if answer is None:
        return None
    name = field.removeprefix("commune.")
    value = getattr(Commune.model_validate({name: answer.cell}), name)
    given = getattr(submission.commune, name)
    if given is not None and _agree(given, value):
        return None
    return Borrowed(fields()[field], value, given, code, answer.table, answer.column)


def _agree(given: object, value: object) -> bool:
    """Whether a file and a table can both be right; a file may know a category in part only."""
    if isinstance(given, frozenset) and isinstance(value, frozenset):
        return value <= given
    return given == value
