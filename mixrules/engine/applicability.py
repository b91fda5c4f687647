"""Which rulebooks apply to a file: those of its territory that it does not leave closed."""

from __future__ import annotations

from mixrules.engine.facts import offered
from mixrules.programme.insee import commune_code
from mixrules.programme.model import Submission
from mixrules.rulebook.library import Library


def applying(found: Library, submission: Submission) -> list[str]:
    """The identifiers of the rulebooks that serve the commune of a file and that a claim or fact opens."""
    insee = submission.commune.insee or ""
    given = {fact.name for fact in offered(submission) if fact.raw not in {None, False}}
    return [name for name in found.ids if serves(found, name, insee) and _open(found, name, given)]


def serves(found: Library, name: str, insee: str) -> bool:
    """Whether a rulebook serves a commune: it names it, or no commune at all."""
    territory = found.territory(name)
    return not territory or insee in territory or commune_code(insee) in territory


def _open(found: Library, name: str, given: set[str]) -> bool:
    keys = found.opened_by(name)
    return not keys or not given.isdisjoint(keys)
