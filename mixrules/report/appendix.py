"""What stands behind the rules of a rulebook: definitions, parameters, facts asked of the file, worked examples."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from mixrules.message import format_date, say, term
from mixrules.message.catalogue import FAMILIES
from mixrules.message.wording import word
from mixrules.report.line import lines
from mixrules.rulebook.model import Cumulation, Example, Parameter, Rule, Rulebook, Source, text_in
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.row_prose import say_row
from mixrules.rulebook.tree import Collection, Dated, Fact, HasKey, Lookup, Named, Node
from mixrules.rulebook.walk import expressions, walk


def render(
    speaker: Speaker, book: Rulebook, rules: list[Rule], limits: list[Cumulation], only: str
) -> Iterator[str]:
    """The definitions, parameters and facts that the rules read, then their examples."""
    nodes = [n for r in rules for e in expressions(r) for n in walk(e)]
    nodes += [n for c in limits if c.limit is not None for n in walk(c.limit)]
    yield from _definitions(speaker, nodes)
    read = {n.parameter for n in nodes if isinstance(n, Lookup | HasKey)}
    yield from _parameters(speaker, [p for p in book.parameters.values() if not only or p.name in read])
    asked = {n.name if n.group == "item" else f"{n.group}.{n.name}" for n in nodes if isinstance(n, Fact)}
    proofs = {f"evidence.{e}" for r in rules if r.promise for e in r.promise.evidence}
    given = [i for i in book.inputs.values() if not only or i.name in asked | proofs]
    if given:
        yield from _head(say("rulebook.facts_asked", speaker.lang))
    for item in given:
        yield from lines(speaker.lang, "", _titled(speaker, item.name, text_in(item.label, speaker.lang)), 4)
    told = [e for e in book.examples if not only or only in dict(e.expect)]
    if told:
        yield from _head(say("rulebook.examples", speaker.lang))
    for example in told:
        yield from _example(speaker, example, only)


def source_lines(speaker: Speaker, source: Source, indent: int) -> Iterator[str]:
    """A source: reference, day on which it was read, address, quote, how sure it is, and note."""
    dated = say("rulebook.read_on", speaker.lang, date=source.date) if source.date else ""
    reference = ", ".join(p for p in (source.ref, dated, source.url) if p)
    yield from lines(speaker.lang, say("rulebook.source", speaker.lang), reference, indent)
    if source.quote:
        yield from lines(speaker.lang, "", say("sign.quoted", speaker.lang, text=source.quote), indent + 2)
    if source.certainty:
        sure = word(source.certainty, speaker.lang)
        yield from lines(speaker.lang, word("certainty", speaker.lang), sure, indent)
    yield from lines(
        speaker.lang, say("rulebook.note", speaker.lang), text_in(source.note, speaker.lang), indent
    )


def _head(title: str) -> Iterator[str]:
    yield ""
    yield title


def _titled(speaker: Speaker, name: str, label: str) -> str:
    return f"{name}{say('sign.colon', speaker.lang)}{label}" if label else name


def _since(speaker: Speaker, start: date | None, end: date | None = None) -> str:
    said = say("rulebook.since", speaker.lang) + format_date(start, speaker.lang) if start else ""
    if end:
        said += say("rulebook.until_between", speaker.lang) + format_date(end, speaker.lang)
        said += say("rulebook.excluded", speaker.lang)
    return said.strip()


# -- definitions and parameters ------------------------------------------------------------------------


def _definitions(speaker: Speaker, nodes: Iterable[Node | Collection]) -> Iterator[str]:
    named = {n.name: n for n in nodes if isinstance(n, Named | Dated)}
    if named:
        yield from _head(say("rulebook.definitions", speaker.lang))
    for name, node in sorted(named.items()):
        label = speaker.label(node)
        head = f"{name}, {label}" if label else name
        if isinstance(node, Named):
            yield from lines(speaker.lang, head, speaker.say(node.body), 4)
            continue
        yield from lines(speaker.lang, "", head, 4)
        for start, body in node.versions:
            day = date.fromordinal(start) if start else None
            yield from lines(speaker.lang, _since(speaker, day), speaker.say(body), 6)


def _parameters(speaker: Speaker, parameters: list[Parameter]) -> Iterator[str]:
    if parameters:
        yield from _head(say("rulebook.parameters", speaker.lang))
    for parameter in parameters:
        yield from lines(
            speaker.lang, "", _titled(speaker, parameter.name, text_in(parameter.label, speaker.lang)), 4
        )
        if parameter.source is not None:
            yield from source_lines(speaker, parameter.source, 6)
        for version in parameter.versions:
            since = _since(speaker, version.period.start, version.period.end)
            none = "" if version.rows else say("rulebook.no_value", speaker.lang)
            yield from lines(speaker.lang, "", ", ".join(filter(None, (since, none))), 6)
            for row in version.rows:
                yield from lines(speaker.lang, *say_row(parameter, row, speaker), 8 if since else 6)


# -- examples ------------------------------------------------------------------------------------------


def _example(speaker: Speaker, example: Example, only: str) -> Iterator[str]:
    on = format_date(example.on, speaker.lang)
    yield from lines(
        speaker.lang,
        "",
        f"{example.name} ({say('rulebook.on_day', speaker.lang)} {on}, l. {example.line})",
        4,
    )
    for name, text in example.expect:
        if not only or name == only:
            yield from lines(speaker.lang, name, _expected(speaker, json.loads(text)), 6)


def _expected(speaker: Speaker, wanted: Any) -> str:
    """What an example expects of a rule, in the words of a report."""
    if not isinstance(wanted, dict):
        return _word(speaker, wanted)
    said = []
    for key, value in sorted(wanted.items(), key=lambda item: item[0] != "status"):
        label = term("expected", key, speaker.lang) if key in FAMILIES["expected"] else key
        values = value if isinstance(value, list) else [value]
        said.append(f"{label} {', '.join(_word(speaker, v) for v in values)}".strip())
    return ", ".join(said)


def _word(speaker: Speaker, value: Any) -> str:
    return term("outcome", value, speaker.lang) if value in FAMILIES["outcome"] else str(value)
