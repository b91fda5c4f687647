"""How an import of public files is shown: rows read, left out and why, and what is not known of the rest."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mixrules.message import Lang, Problem
from mixrules.message.number import format_number, format_ratio
from mixrules.programme.vocabulary import fields, item_fields

if TYPE_CHECKING:
    from mixrules.territory.importing.intake import Intake

SHOWN = 10
"""Rows named without `--verbose`."""


def render(intake: Intake, output: str, lang: Lang, *, verbose: bool) -> str:
    """The summary of an import."""
    french = lang == "fr"
    lines = [
        f"{output} : {_files(intake.read, lang)}" if french else f"{output}: {_files(intake.read, lang)}"
    ]
    lines += _told("Laissées de côté" if french else "Left out", intake.left_out, lang, verbose)
    lines += _told("À savoir" if french else "Worth knowing", intake.notes, lang, verbose)
    lines.append("Inconnu" if french else "Unknown")
    lines += [
        f"  {format_ratio(rate, lang):>8}  {_label(name, lang)}" for name, rate in intake.unknown() if rate
    ]
    return "\n".join(lines) + "\n"


def _files(count: int, lang: Lang) -> str:
    number = format_number(count, lang)
    if lang == "fr":
        return f"{number} dossier{'s' if count > 1 else ''} lu{'s' if count > 1 else ''}"
    return f"{number} file{'' if count == 1 else 's'} read"


def _told(head: str, problems: list[Problem], lang: Lang, verbose: bool) -> list[str]:
    if not problems:
        return []
    shown = problems if verbose else problems[:SHOWN]
    sep = " : " if lang == "fr" else ": "
    lines = [f"{head}{sep}{format_number(len(problems), lang)}", *(f"  • {p.render(lang)}" for p in shown)]
    rest = Counter(problem.code for problem in problems[len(shown) :])
    if rest:
        many = format_number(sum(rest.values()), lang)
        lines.append(f"  … {many} autre(s) (--verbose)" if lang == "fr" else f"  … {many} more (--verbose)")
    return lines


def _label(name: str, lang: Lang) -> str:
    owner, _, rest = name.partition(".")
    field = item_fields("dwelling").get(rest) if owner == "dwelling" else None
    if field is None:
        known = fields()
        field = known.get(name) or known[rest if rest in known else name]
    label = field.label.fr if lang == "fr" else field.label.en
    if owner == "dwelling":
        label += " (part des logements)" if lang == "fr" else " (share of dwellings)"
    return label
