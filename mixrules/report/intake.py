"""How an import of public files is shown: rows read, left out and why, and what is not known of the rest."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mixrules.message import Lang, Problem, say
from mixrules.message.number import format_number, format_ratio
from mixrules.programme.vocabulary import fields, item_fields

if TYPE_CHECKING:
    from mixrules.territory.importing.intake import Intake

SHOWN = 10
"""Rows named without `--verbose`."""


def render(intake: Intake, output: str, lang: Lang, *, verbose: bool) -> str:
    """The summary of an import."""
    lines = [say("intake.head", lang, output=output, count=intake.read)]
    lines += _told(say("intake.left_out", lang), intake.left_out, lang, verbose)
    lines += _told(say("intake.worth_knowing", lang), intake.notes, lang, verbose)
    lines.append(say("intake.unknown", lang))
    lines += [
        f"  {format_ratio(rate, lang):>8}  {_label(name, lang)}" for name, rate in intake.unknown() if rate
    ]
    return "\n".join(lines) + "\n"


def _told(head: str, problems: list[Problem], lang: Lang, verbose: bool) -> list[str]:
    if not problems:
        return []
    shown = problems if verbose else problems[:SHOWN]
    sep = say("sign.colon", lang)
    lines = [f"{head}{sep}{format_number(len(problems), lang)}", *(f"  • {p.render(lang)}" for p in shown)]
    rest = Counter(problem.code for problem in problems[len(shown) :])
    if rest:
        lines.append(say("intake.more", lang, many=sum(rest.values())))
    return lines


def _label(name: str, lang: Lang) -> str:
    owner, _, rest = name.partition(".")
    field = item_fields("dwelling").get(rest) if owner == "dwelling" else None
    if field is None:
        known = fields()
        field = known.get(name) or known[rest if rest in known else name]
    label = field.label.of(lang)
    if owner == "dwelling":
        label += say("intake.share_dwellings", lang)
    return label
