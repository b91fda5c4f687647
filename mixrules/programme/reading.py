"""Read a submitted file, whatever its format, into one checked submission that remembers its places.

Everything wrong is collected and raised at once. What is odd without being wrong becomes a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mixrules.message import InvalidInputError, Lang, Place, Problem
from mixrules.programme.draft import Draft, place_of
from mixrules.programme.model import Submission

LARGEST_FILE = 50_000_000
"""Bytes; the largest real permit files are a hundred times smaller."""
MOST_PROBLEMS = 200


@dataclass(frozen=True)
class Reading:
    """A submission, where each of its values was read, and the notes that do not refuse it."""

    submission: Submission
    provenance: Mapping[str, Place]
    notes: tuple[Problem, ...] = ()
    file: str = field(default="")
    in_layout: bool = True
    """Whether the file has the rows, columns and sheets of the template, filled in or not."""
    lang: Lang | None = None
    """The language of a workbook in that layout."""

    def place(self, pointer: str) -> Place:
        """Where the value at a JSON pointer was read, or the nearest thing around it."""
        return place_of(self.provenance, pointer, self.file)


def read(path: Path, side: Path | None = None, mapping: Path | None = None) -> Reading:
    """Read a programme from Excel, JSON or CSV.

    Args:
        path: the file; its content decides how it is read.
        side: for a CSV of dwellings, the JSON file that holds the rest; by default the file of the same name.
        mapping: how to read a workbook that is not in the layout of the template.

    Raises:
        InvalidInputError: with every problem found, each with its place.
    """
    from mixrules.programme.checking import check

    draft = _mapped(path, mapping) if mapping else _draft(path, side)
    submission = check(draft)
    if submission is None or draft.problems:
        raise InvalidInputError(_told(draft))
    return Reading(submission, draft.places, tuple(draft.notes), draft.file, mapping is None, draft.lang)


def _told(draft: Draft) -> list[Problem]:
    """The problems, as many as a person can read: a wrong column repeats itself on every row."""
    beyond = len(draft.problems) - MOST_PROBLEMS
    if beyond <= 0:
        return draft.problems
    more = Problem.of("more_problems", Place(file=draft.file), more=beyond)
    return [*draft.problems[:MOST_PROBLEMS], more]


def _mapped(path: Path, mapping: Path) -> Draft:
    """A workbook read through a mapping that answers everything."""
    from mixrules.programme.foreign.mapping import read_mapping
    from mixrules.programme.foreign.reading import understand

    known = read_mapping(mapping.name, content_of(mapping))
    understood = understand(path.name, content_of(path), known)
    questions = [question.problem for question in understood.findings.questions.values()]
    if questions:
        more = Problem.of("import_questions_left", Place(file=path.name), count=len(questions))
        raise InvalidInputError([*understood.draft.problems, *questions, more])
    return understood.draft


def _draft(path: Path, side: Path | None) -> Draft:
    content = content_of(path)
    suffix = path.suffix.lower()
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or suffix in {".xlsx", ".xlsm"}:
        from mixrules.programme.reader.excel_file import read_excel

        return read_excel(path.name, content)
    if suffix in {".csv", ".tsv"}:
        from mixrules.programme.reader.csv_file import read_csv

        beside = path.with_suffix(".json")
        chosen = side or (beside if beside.is_file() else None)
        return read_csv(path.name, content, (chosen.name, content_of(chosen)) if chosen else None)
    if suffix == ".json" or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        from mixrules.programme.reader.json_file import read_json

        return read_json(path.name, content)
    raise _refused("file_type_unknown", path, suffix=suffix or "?")


def content_of(path: Path) -> bytes:
    """The bytes of a file of a sane size.

    Raises:
        InvalidInputError: it is missing, unreadable, empty or too big.
    """
    try:
        if path.is_dir():
            raise _refused("file_is_directory", path)
        if path.exists() and not path.is_file():
            raise _refused("file_unreadable", path)
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise _refused("file_too_big", path, size=size // 1_000_000, most=LARGEST_FILE // 1_000_000)
        content = path.read_bytes()
    except FileNotFoundError:
        raise _refused("file_missing", path) from None
    except (OSError, ValueError):
        raise _refused("file_unreadable", path) from None
    if not content.strip(b"\x00\xef\xbb\xbf \t\r\n"):
        raise _refused("file_empty", path)
    return content


def _refused(code: str, path: Path, **args: object) -> InvalidInputError:
    return InvalidInputError([Problem.of(code, Place(file=path.name), "", **args)])
