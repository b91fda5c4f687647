"""What the linter found, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from mixrules.authoring.remark import LEVELS, Level, Remark
from mixrules.message import Lang, say, term

_SIGNS: dict[Level | None, str] = {"error": "✗", "warning": "!", "note": "·", None: "✓"}


def render(title: str, remarks: Sequence[Remark], lang: Lang) -> str:
    """A rulebook and what is to be said of it, each remark with its level, place, line and mend."""
    worst = next((level for level in LEVELS if any(r.level == level for r in remarks)), None)
    lines = [f"{_SIGNS[worst]} {title}"]
    for remark in remarks:
        said = f"{_SIGNS[remark.level]} {term('remark', remark.level, lang)} {remark.problem.render(lang)}"
        lines += [f"    {line}" for line in said.splitlines()]
    return "\n".join(lines) + "\n"


def count(remarks: Sequence[Remark], books: int, lang: Lang) -> str:
    """How many remarks of each level, in a line."""
    numbers = {level: sum(r.level == level for r in remarks) for level in LEVELS}
    said = ", ".join(term("remark_count", level, lang, count=number) for level, number in numbers.items())
    return say("remark.rulebooks", lang, count=books) + f"{said}\n"
