"""What the register says, as lines for a terminal: its entries, its verification, its replays."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from fractions import Fraction

from mixrules.message import Lang, format_quantity, say, term
from mixrules.message.catalogue import FAMILIES
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
    head = say("register.entries", lang, place=place, count=found.entries)
    signed = say("register.signed", lang, count=found.signed)
    faults = say("register.faults", lang, count=len(found.faults))
    tail = say("register.whole", lang) if found.whole else faults
    sign = "✓" if found.whole else "✗"
    lines = [f"{sign} {head}, {signed}, {tail}", *(f"  • {fault.render(lang)}" for fault in found.faults)]
    if found.whole:
        lines.append(f"  {say('register.last_hash', lang)} {found.last}")
    return "\n".join(lines) + "\n"


def replayed(found: Replayed, lang: Lang) -> str:
    """A replayed entry: its outcome, then each difference and what may explain it."""
    sign = "✓" if found.outcome in {"identical", "same"} else "✗"
    colon = say("sign.colon_close", lang)
    lines = [f"{sign} {found.number:>6}  {found.dossier}  {term('replay', found.outcome, lang)}"]
    lines += [f"          {name}{colon} {before} → {after}" for name, before, after in found.why]
    lines += [
        f"          {d.path}{colon} {d.before or '∅'} → {d.after or '∅'}" for d in found.differences[:MOST]
    ]
    if len(found.differences) > MOST:
        more = len(found.differences) - MOST
        lines.append(say("register.more_differences", lang, count=more))
    if found.error:
        lines.append(f"          {found.error}")
    return "\n".join(lines) + "\n"


def count(outcomes: Sequence[str], lang: Lang) -> str:
    """How many replays came out how."""
    said = [
        f"{outcomes.count(key)} {term('replay', key, lang)}" for key in FAMILIES["replay"] if key in outcomes
    ]
    return f"{', '.join(said) or say('register.no_decision', lang)}\n"


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
    return f"{name}{place}{say('sign.colon_close', lang)} {before} → {after}"


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
