"""What the register says, as lines for a terminal: its entries, its verification, its replays."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from fractions import Fraction

from mixrules.message import Lang, format_quantity
from mixrules.message.wording import advantage_status, word
from mixrules.quantity import NotExactError, parse_exact
from mixrules.record import plain
from mixrules.register.entry import Entry, Link
from mixrules.register.reconsideration import Change, Reconsidered
from mixrules.register.replay import Replayed
from mixrules.register.verification import Verified

MOST = 20
"""Differences shown of one decision; the rest is counted."""


def line(link: Link, entry: Entry, lang: Lang) -> str:
    """An entry in a line: number, moment, file, phase, verdict, hash."""
    verdict = word(entry.verdict, lang)
    return f"{link.number:>6}  {entry.at}  {verdict:<14}  {entry.dossier}  {entry.phase}  {link.hash}\n"


def verified(found: Verified, place: str, lang: Lang) -> str:
    """What a verification found: each fault, or that there is none."""
    if lang == "fr":
        head = f"{place} : {found.entries} décision{'s' if found.entries > 1 else ''}, dont {found.signed} signée{'s' if found.signed > 1 else ''}"
        tail = (
            "chaîne intacte"
            if found.whole
            else f"{len(found.faults)} anomalie{'s' if len(found.faults) > 1 else ''}"
        )
    else:
        head = f"{place}: {found.entries} decision{'s' if found.entries != 1 else ''}, {found.signed} signed"
        tail = (
            "chain whole"
            if found.whole
            else f"{len(found.faults)} fault{'s' if len(found.faults) != 1 else ''}"
        )
    sign = "✓" if found.whole else "✗"
    lines = [f"{sign} {head}, {tail}", *(f"  • {fault.render(lang)}" for fault in found.faults)]
    if found.whole:
        lines.append(f"  {'dernière empreinte' if lang == 'fr' else 'last hash'} {found.last}")
    return "\n".join(lines) + "\n"


_OUTCOMES = {
    "identical": ("identique, octet pour octet", "identical, byte for byte"),
    "same": ("même décision, évaluateurs différents", "same decision, other evaluators"),
    "different": ("DIFFÉRENTE", "DIFFERENT"),
    "impossible": ("IMPOSSIBLE à rejouer", "CANNOT be replayed"),
}


def replayed(found: Replayed, lang: Lang) -> str:
    """A replayed entry: its outcome, then each difference and what may explain it."""
    sign = "✓" if found.outcome in {"identical", "same"} else "✗"
    colon = " :" if lang == "fr" else ":"
    lines = [f"{sign} {found.number:>6}  {found.dossier}  {_OUTCOMES[found.outcome][lang == 'en']}"]
    lines += [f"          {name}{colon} {before} → {after}" for name, before, after in found.why]
    lines += [
        f"          {d.path}{colon} {d.before or '∅'} → {d.after or '∅'}" for d in found.differences[:MOST]
    ]
    if len(found.differences) > MOST:
        more = len(found.differences) - MOST
        lines.append(f"          … {more} {'autres différences' if lang == 'fr' else 'other differences'}")
    if found.error:
        lines.append(f"          {found.error}")
    return "\n".join(lines) + "\n"


def count(outcomes: Sequence[str], lang: Lang) -> str:
    """How many replays came out how."""
    said = [f"{outcomes.count(key)} {_OUTCOMES[key][lang == 'en']}" for key in _OUTCOMES if key in outcomes]
    return ", ".join(said) + "\n" if said else ("aucune décision\n" if lang == "fr" else "no decision\n")


def reconsidered(found: Reconsidered, lang: Lang) -> str:
    """What changes for one decision under other rules."""
    lines = [f"{found.number:>6}  {found.dossier}"]
    if found.error:
        lines.append(f"        {found.error}")
    lines += [f"        {change_line(change, lang)}" for change in found.changes]
    return "\n".join(lines) + "\n"


def change_line(change: Change, lang: Lang) -> str:
    """A change in a line: what, where, before and after."""
    name = change.rule or {
        "verdict": word("verdict", lang),
        "land_price": word("land_price", lang),
    }.get(change.what, change.what)
    place = f" ({change.scope})" if change.scope else ""
    before, after = (
        _status(status, amount, change, lang)
        for status, amount in ((change.before, change.amount_before), (change.after, change.amount_after))
    )
    return f"{name}{place}{' :' if lang == 'fr' else ':'} {before} → {after}"


def _status(status: str, amount: str, change: Change, lang: Lang) -> str:
    if not status:
        return "∅"
    said = advantage_status(status, lang) if change.what == "advantage" else word(status, lang)
    if not amount:
        return said
    return f"{said}, {_number(amount, change.unit, lang)}"


def _number(amount: str, unit: str, lang: Lang) -> str:
    try:
        return format_quantity(Fraction(parse_exact(amount)), unit or "ratio", lang)
    except NotExactError:
        return amount


def table(found: Iterable[Reconsidered]) -> str:
    """The changes as CSV, one a row; cells that a spreadsheet would take for a formula stay text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["number", "dossier", *Change.fields_, "error"])
    for one in found:
        for values in [change.as_tuple() for change in one.changes] or [("",) * len(Change.fields_)]:
            if one.changes or one.error:
                writer.writerow([one.number, *map(_tame, [one.dossier, *values, one.error])])
    return text.getvalue()


def _tame(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def as_json(found: Iterable[Reconsidered]) -> str:
    """The changes as JSON."""
    return json.dumps([plain(one) for one in found], ensure_ascii=False, indent=2) + "\n"
