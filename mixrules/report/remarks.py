"""What the linter found, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from mixrules.authoring.remark import LEVELS, Level, Remark
from mixrules.message import Lang

_WORDS: dict[Level, tuple[tuple[str, str], tuple[str, str]]] = {
    "error": (("erreur", "erreurs"), ("error", "errors")),
    "warning": (("avertissement", "avertissements"), ("warning", "warnings")),
    "note": (("note", "notes"), ("note", "notes")),
}
_SIGNS: dict[Level | None, str] = {"error": "✗", "warning": "!", "note": "·", None: "✓"}


def render(title: str, remarks: Sequence[Remark], lang: Lang) -> str:
    """A rulebook and what is to be said of it, each remark with its level, place, line and mend."""
    worst = next((level for level in LEVELS if any(r.level == level for r in remarks)), None)
    lines = [f"{_SIGNS[worst]} {title}"]
    for remark in remarks:
        said = f"{_SIGNS[remark.level]} {_word(remark.level, 1, lang)} {remark.problem.render(lang)}"
        lines += [f"    {line}" for line in said.splitlines()]
    return "\n".join(lines) + "\n"


def count(remarks: Sequence[Remark], books: int, lang: Lang) -> str:
    """How many remarks of each level, in a line."""
    numbers = {level: sum(r.level == level for r in remarks) for level in LEVELS}
    said = ", ".join(f"{number} {_word(level, number, lang)}" for level, number in numbers.items())
    plural = "s" if books > 1 else ""
    head = f"{books} recueil{plural} : " if lang == "fr" else f"{books} rulebook{plural}: "
    return f"{head}{said}\n"


def _word(level: Level, number: int, lang: Lang) -> str:
    # French counts zero as one, English as many.
    plural = number > 1 if lang == "fr" else number != 1
    return _WORDS[level][0 if lang == "fr" else 1][int(plural)]
