"""Official texts of articles: each dated version as it was read, with the digest that proves it is untouched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest
from pathlib import Path

from mixrules.message import Place, Problem
from mixrules.record import Record
from mixrules.rulebook.library import SOURCES

_VERSION = re.compile(r"^## (.*)$", re.MULTILINE)
_READ = re.compile(
    r"as read in the consolidation of (\d{4}-\d{2}-\d{2})(?:, replaced in that of (\d{4}-\d{2}-\d{2}))?"
)
_GONE = re.compile(r"not in the code as of (\d{4}-\d{2}-\d{2})")
_DIGEST = re.compile(r"\s*sha256 of the text below: ([0-9a-f]{64})\n(.*)", re.DOTALL)


class Reading(Record):
    """An article as it stood in a dated consolidation of its code; without text, it had left the code."""

    start: date
    end: date | None
    text: str
    digest: str
    line: int

    @property
    def gone(self) -> bool:
        """Whether the article was no longer in the code."""
        return not self.text


class Article(Record):
    """The versions of an article that could be read, from the oldest to the latest."""

    code: str
    number: str
    file: str
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...] = ()

    def at(self, day: date) -> Reading | None:
        """The version that stood in the code on a day, as far as it was read."""
        held = [r for r in self.readings if r.start <= day and (r.end is None or day < r.end)]
        return held[-1] if held and not held[-1].gone else None

    def after(self, reading: Reading) -> Reading | None:
        """The version that replaced another, or the day on which the article left the code."""
        return next((r for r in self.readings if r.start > reading.start), None)


class Shelf:
    """The official texts beside the rulebooks of one or several folders; the first folder comes first."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._files: dict[tuple[str, str], Path] = {}
        for given in folders:
            folder = given.parent if given.is_file() else given
            for root in (folder / SOURCES, *sorted(folder.glob(f"*/{SOURCES}"))):
                for path in sorted(root.glob("*/*.md")):
                    self._files.setdefault((path.parent.name, path.stem), path)
        self._read: dict[tuple[str, str], Article] = {}

    def find(self, code: str, number: str) -> Article | None:
        """An article by code and number (`code-urbanisme`, `L151-28`), or None where its text is not held."""
        key = (code, number)
        if key not in self._files:
            return None
        if key not in self._read:
            path = self._files[key]
            name = f"{SOURCES}/{code}/{path.name}"
            # A byte that is not UTF-8 changes the text, hence its digest: the author is told.
            self._read[key] = read(path.read_text(encoding="utf-8", errors="replace"), code, number, name)
        return self._read[key]

    def problems(self) -> Iterator[Problem]:
        """Texts whose digest is not the one stated, or that cannot be read."""
        for code, number in self._files:
            article = self.find(code, number)
            yield from article.problems if article is not None else ()


def read(text: str, code: str, number: str, file: str) -> Article:
    """Read the file of an article, and check the digest stated for each version."""
    readings: list[Reading] = []
    problems: list[Problem] = []
    headings = list(_VERSION.finditer(text))
    for heading, following in zip_longest(headings, headings[1:]):
        body = text[heading.end() : following.start() if following else len(text)]
        line = text.count("\n", 0, heading.start()) + 1
        place = Place(file, line=line, column=1)
        found = _reading(heading[1], body, line)
        if found is None:
            problems.append(Problem.of("text_unreadable", place, heading[0], found=heading[1]))
            continue
        if found.text and found.digest != _digest(found.text):
            problems.append(
                Problem.of(
                    "text_digest", place, heading[0], stated=found.digest[:12], found=_digest(found.text)[:12]
                )
            )
        readings.append(found)
    if not readings and not problems:
        problems.append(Problem.of("text_unreadable", Place(file, line=1), found=number))
    ordered = tuple(sorted(readings, key=lambda r: r.start))
    return Article(code, number, file, ordered, tuple(problems))


def _reading(heading: str, body: str, line: int) -> Reading | None:
    gone = _GONE.match(heading)
    try:
        if gone:
            return Reading(date.fromisoformat(gone[1]), None, "", "", line)
        return _dated(heading, body, line)
    except ValueError:
        return None


def _dated(heading: str, body: str, line: int) -> Reading | None:
    read_in, stated = _READ.match(heading), _DIGEST.match(body)
    if not read_in or not stated or not stated[2].strip():
        return None
    end = date.fromisoformat(read_in[2]) if read_in[2] else None
    return Reading(date.fromisoformat(read_in[1]), end, stated[2].strip(), stated[1], line)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
