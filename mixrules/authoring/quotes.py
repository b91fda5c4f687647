"""Proof of quotes: the words that a rule quotes stand in the version of the article that it cites.

Only blanks, apostrophes and non-breaking spaces may differ; a letter may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from mixrules.authoring.article import Article, Reading, Shelf
from mixrules.authoring.manuscript import Cited, Manuscript
from mixrules.authoring.reference import document, spoken, texts_of
from mixrules.authoring.remark import Remark
from mixrules.record import Record
from mixrules.rulebook.literal import read_day
from mixrules.rulebook.syntax import ExpressionError

_BLANKS = re.compile(r"\s+")


class Passage(Record):
    """The words of a text that come nearest to a quote, and where the two first part."""

    words: str
    wanted: str
    found: str


def plain(text: str) -> str:
    """A text with its blanks and apostrophes written one way."""
    return _BLANKS.sub(" ", text.replace("’", "'")).strip()


def stands(quote: str, text: str) -> bool:
    """Whether a quote stands in a text, word for word and in whole words."""
    wanted, held = plain(quote), plain(text)
    start = held.find(wanted)
    while wanted and start >= 0:
        end = start + len(wanted)
        before, after = held[start - 1 : start], held[end : end + 1]
        cut = (before.isalnum() and wanted[0].isalnum()) or (after.isalnum() and wanted[-1].isalnum())
        if not cut:
            return True
        start = held.find(wanted, start + 1)
    return False


def nearest(quote: str, text: str) -> Passage:
    """The passage of a text that is most like a quote."""
    wanted, held = plain(quote).split(), plain(text).split()
    match = SequenceMatcher(None, wanted, held, autojunk=False).find_longest_match()
    if not match.size:
        return Passage("", "", "")
    start = max(0, match.b - match.a)
    window = held[start : start + len(wanted)]
    first = next(
        (
            op
            for op in SequenceMatcher(None, wanted, window, autojunk=False).get_opcodes()
            if op[0] != "equal"
        ),
        ("equal", len(wanted), len(wanted), len(window), len(window)),
    )
    return Passage(
        " ".join(window), " ".join(wanted[first[1] : first[2]]), " ".join(window[first[3] : first[4]])
    )


def prove(manuscript: Manuscript, shelf: Shelf) -> list[Remark]:
    """What is wrong, or cannot be proved, of the quotes of a rulebook."""
    found: list[Remark] = []
    unheld: dict[str, list[Cited]] = {}
    for source in manuscript.sources():
        if not source.source.quote.strip():
            continue
        articles = texts_of(source.source)
        held = [article for code, number in articles if (article := shelf.find(code, number))]
        if held:
            found += _prove(manuscript, source, held)
        else:
            name = spoken(*articles[0]) if articles else document(source.source.ref)
            unheld.setdefault(name, []).append(source)
    for name, sources in unheld.items():
        path = (*sources[0].path, "quote")
        found.append(manuscript.remark("note", "text_not_held", path, found=name, count=len(sources)))
    return found


def _prove(manuscript: Manuscript, source: Cited, articles: list[Article]) -> Iterator[Remark]:
    path, names = source.path, ", ".join(spoken(a.code, a.number) for a in articles)
    held = ", ".join(sorted({r.start.isoformat() for a in articles for r in a.readings if not r.gone}))
    if not source.source.date:
        yield manuscript.remark("error", "quote_without_date", path, found=names, expected=held)
        return
    try:
        day = read_day(source.source.date)
    except ExpressionError:
        yield manuscript.remark("error", "day_expected", (*path, "date"), found=source.source.date)
        return
    readings = [(a, reading) for a in articles if (reading := a.at(day)) is not None]
    if not readings:
        code = "version_not_held"
        yield manuscript.remark("warning", code, (*path, "date"), found=names, day=day, expected=held)
        return
    quoting = [(a, r) for a, r in readings if stands(source.source.quote, r.text)]
    if not quoting:
        yield _missing(manuscript, source, articles, readings)
        return
    article, reading = quoting[0]
    if reading.start != day and reading.end is not None:
        # The text changed on a day that is not known exactly: only the reading's own date is sure.
        name = spoken(article.code, article.number)
        yield manuscript.remark(
            "warning", "quote_date", (*path, "date"), found=name, day=day, expected=reading.start
        )
    yield from _superseded(manuscript, source, article, reading)


def _missing(
    manuscript: Manuscript, source: Cited, articles: list[Article], readings: list[tuple[Article, Reading]]
) -> Remark:
    quote, path = source.source.quote, (*source.path, "quote")
    for article in articles:
        for reading in article.readings:
            if not reading.gone and stands(quote, reading.text):
                name, day = spoken(article.code, article.number), source.source.date
                code = "quote_of_another_version"
                return manuscript.remark("error", code, path, found=name, day=day, expected=reading.start)
    passages = [(nearest(quote, r.text), a, r) for a, r in readings]
    passage, article, reading = max(passages, key=lambda p: _likeness(quote, p[0]))
    name = spoken(article.code, article.number)
    return manuscript.remark(
        "error",
        "quote_not_found" if passage.words else "quote_foreign",
        path,
        what=source.what,
        found=name,
        day=reading.start,
        passage=passage.words,
        wrong=passage.wanted or "–",
        right=passage.found or "–",
    )


def _likeness(quote: str, passage: Passage) -> float:
    return SequenceMatcher(None, plain(quote).split(), passage.words.split(), autojunk=False).ratio()


def _superseded(
    manuscript: Manuscript, source: Cited, article: Article, reading: Reading
) -> Iterator[Remark]:
    """Whether what rests on a version goes on past the day when a later one was read."""
    later = article.after(reading)
    if later is None or not _goes_past(source, later.start):
        return
    kept = stands(source.source.quote, later.text)
    code = "article_gone" if later.gone else "article_amended" if kept else "article_replaced"
    name = spoken(article.code, article.number)
    path = (*source.path, "date")
    yield manuscript.remark(
        "note" if kept else "warning",
        code,
        path,
        what=source.what,
        found=name,
        day=reading.start,
        expected=later.start,
    )


def _goes_past(source: Cited, day: date) -> bool:
    return source.period.end is None or source.period.end > day
