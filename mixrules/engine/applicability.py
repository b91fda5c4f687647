"""Which rulebooks apply to a file: those of its territory that it does not leave closed."""

from __future__ import annotations

from collections.abc import Sequence

from mixrules.engine.facts import offered
from mixrules.programme.insee import commune_code
from mixrules.programme.model import Submission
from mixrules.rulebook.library import Library


def applying(found: Library, submission: Submission, asked: Sequence[str] = ()) -> list[str]:
    """The identifiers of the rulebooks that serve the commune of a file and that a claim or fact opens.

    Those `asked` for by name need no opening, and no other is looked at.
    """
    insee = submission.commune.insee or ""
    if asked:
        return [name for name in asked if serves(found, name, insee)]
    given = {fact.name for fact in offered(submission) if fact.raw not in {None, False}}
    return [name for name in found.ids if serves(found, name, insee) and _open(found, name, given)]


def serves(found: Library, name: str, insee: str) -> bool:
    """Whether a rulebook serves a commune: it names it, or no commune at all."""
    territory = found.territory(name)
    return not territory or insee in territory or commune_code(insee) in territory


def _open(found: Library, name: str, given: set[str]) -> bool:
    keys = found.opened_by(name)
    return not keys or not given.isdisjoint(keys)
