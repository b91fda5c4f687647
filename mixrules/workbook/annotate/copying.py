"""The annotated copy of a workbook, or a new one with the sheet « Contrôle » alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from mixrules.engine.decision import Advantage, Decision, Finding
from mixrules.engine.grounds import Ground
from mixrules.message import InvalidInputError, Lang, Problem
from mixrules.message.wording import word
from mixrules.programme.location import Locator
from mixrules.programme.reader.control import our_sheets
from mixrules.programme.reading import Reading
from mixrules.workbook.annotate import comments, graft, highlight, marks
from mixrules.workbook.annotate.control import Answer, build
from mixrules.workbook.annotate.package import EPOCH, Package
from mixrules.workbook.annotate.shedding import shed
from mixrules.workbook.annotate.styles import Styles


@dataclass(frozen=True)
class Told:
    """What a check found: a decision on what breaches rest, or why there is none."""

    lang: Lang
    reading: Reading | None = None
    decision: Decision | None = None
    grounds: Sequence[tuple[Finding | Advantage, list[Ground]]] = ()
    problems: Sequence[Problem] = ()


@dataclass
class Copy:
    """A workbook ready to be written, what it could not keep, and how many cells it marks."""

    content: bytes
    shed: list[Problem]
    marked: int


def is_workbook(content: bytes) -> bool:
    """Whether the file can be handed back annotated: an xlsx or xlsm."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def annotated(content: bytes, told: Told) -> Copy:
    """A copy of a workbook with the answer in it; everything else keeps its bytes.

    Raises:
        InvalidInputError: the package is of another dialect, or its parts contradict each other.
    """
    try:
        return _annotated(content, told)
    except (KeyError, IndexError, ValueError, AssertionError, etree.XMLSyntaxError) as error:
        raise InvalidInputError([Problem.of("annotate_broken", found=str(error)[:80])]) from None


def _annotated(content: bytes, told: Told) -> Copy:
    package = Package(content)
    left_out = shed(package)
    for title in our_sheets(content):
        if title in package.sheets():
            package.remove_sheet(title)
    sheets = package.sheets()
    hidden = frozenset(
        t for t, (element, _) in sheets.items() if element.get("state", "visible") != "visible"
    )
    worksheets = {t: part for t, (_, part) in sheets.items() if part.startswith("xl/worksheets/")}
    answer = _answer(told, tuple(worksheets), hidden)
    styles = Styles(package)
    for part in worksheets.values():
        comments.clear(package, part)
        highlight.clear(package, part)
    left_out += _mark(package, worksheets, answer.marks, styles)
    answer.shed = left_out
    title = graft.free_title(package, word("control", told.lang))
    graft.add(package, build(answer, title), title, styles)
    return Copy(package.content(), left_out, len(answer.marks.cells))


def _mark(package: Package, sheets: dict[str, str], found: marks.Marks, styles: Styles) -> list[Problem]:
    refused = []
    for title, part in sheets.items():
        cells = {cell: _comment(said) for (sheet, cell), said in found.cells.items() if sheet == title}
        if cells:
            refused += [f"{title}!{cell}" for cell in comments.write(package, part, cells)]
            highlight.write(package, part, list(cells), styles)
    return [Problem.of("annotate_threads", cells=", ".join(refused[:8]))] if refused else []


def _comment(said: list[str]) -> str:
    text = "\n\n".join(said[: marks.MOST_SENTENCES])
    rest = len(said) - marks.MOST_SENTENCES
    return f"{text}\n\n… + {rest}" if rest > 0 else text


def alone(told: Told) -> Copy:
    """A new workbook with the sheet « Contrôle » alone, for a file that is not a workbook."""
    book = build(_answer(told, (), frozenset()), word("control", told.lang))
    stream = io.BytesIO()
    book.save(stream)
    return Copy(_timeless(stream.getvalue()), [], 0)


def _timeless(content: bytes) -> bytes:
    """The workbook without the hour at which openpyxl made it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(stream, "w") as kept:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                root = etree.fromstring(part)
                for element in list(root):
                    if etree.QName(element).localname in {"created", "modified"}:
                        root.remove(element)
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, part)
    return stream.getvalue()


def _answer(told: Told, titles: tuple[str, ...], hidden: frozenset[str]) -> Answer:
    reading = told.reading
    locator = Locator(reading)
    found = marks.Marks(titles)
    notes = reading.notes if reading is not None else ()
    marks.of_problems(found, told.problems, told.lang)
    if told.decision is not None:
        texts = [(marks.breach_text(part, told.lang), grounds) for part, grounds in told.grounds]
        marks.of_decision(found, told.decision, texts, locator, told.lang)
    marks.of_problems(found, notes, told.lang)
    return Answer(
        told.lang,
        locator,
        found,
        decision=told.decision,
        grounds=told.grounds,
        problems=told.problems,
        notes=notes,
        hidden=hidden,
    )
