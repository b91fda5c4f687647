"""Rules that bind a permit say which text backs them, and quote it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mixrules.authoring.article import Article, Shelf
from mixrules.authoring.manuscript import Manuscript, Written
from mixrules.authoring.reference import texts_of
from mixrules.authoring.remark import Remark
from mixrules.rulebook.model import BINDING, Period


def check(manuscript: Manuscript, shelf: Shelf) -> Iterator[Remark]:
    """Missing references and quotes of the rules of law and plan."""
    for written in manuscript.versions():
        if written.rule.force in BINDING:
            yield from _rule(manuscript, written, shelf)


def _held(article: Article | None, period: Period) -> bool:
    """Whether a version of an article was read that stood during a period."""
    start, end = period.start or date.min, period.end or date.max
    readings = article.readings if article is not None else ()
    return any(not r.gone and r.start < end and (r.end is None or r.end > start) for r in readings)


def _rule(manuscript: Manuscript, written: Written, shelf: Shelf) -> Iterator[Remark]:
    own = written.part.source or written.whole.source
    source = own or manuscript.draft.part.source
    path = (*written.path, "source") if written.part.source else written.path
    name = written.rule.id
    if not source.ref.strip():
        yield manuscript.remark("error", "source_ref_missing", path, key=True, what=name)
    elif not source.quote.strip():
        held = any(_held(shelf.find(code, number), written.rule.period) for code, number in texts_of(source))
        level, code = ("error", "quote_missing") if held else ("warning", "quote_missing_unheld")
        yield manuscript.remark(level, code, path, key=True, what=name, found=source.ref)  # type: ignore[arg-type]
    for exception, body in written.part.exceptions.items():
        if body.source is None or not body.source.ref.strip():
            where = (*written.path, "exceptions", exception)
            yield manuscript.remark("note", "exception_source_missing", where, key=True, what=exception)
