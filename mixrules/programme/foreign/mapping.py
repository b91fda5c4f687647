"""How one workbook is read: what its words mean, as found, as answered, and as kept for its next version.

Everything is keyed by words of the workbook, never by positions: a column that moves is still found.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.programme.category import TENURE, fold
from mixrules.programme.layout import tables

VERSION = "1"
LARGEST = 1_000_000
"""Bytes of a mapping."""
DEEPEST = 6

IGNORE = "ignore"
EXTRA_TARGETS = ("programme", "total", IGNORE)
Path = tuple[str, ...]
"""Where an answer stands in the mapping: `("sheets", "Lots", "columns", "N° lot")`."""


def targets() -> tuple[str, ...]:
    """What a column may hold."""
    return (*(entry.path[-1] for entry in tables()[0].columns), *EXTRA_TARGETS)


@dataclass(slots=True)
class Mapping:
    """Answers by path; keys are compared without case, accents and punctuation."""

    file: str = ""
    answers: dict[Path, str] = field(default_factory=dict)
    written: dict[Path, Path] = field(default_factory=dict)
    used: set[Path] = field(default_factory=set)

    def answer(self, *path: str) -> str | None:
        """What was answered at a path; None where nobody did."""
        key = _folded(path)
        found = self.answers.get(key)
        if found is not None:
            self.used.add(key)
        return found

    def put(self, path: Path, answer: str) -> None:
        """Record an answer."""
        self.answers[_folded(path)] = answer
        self.written[_folded(path)] = path

    def words(self) -> dict[str, dict[str, str]]:
        """What the words of each field mean, by folded word."""
        known: dict[str, dict[str, str]] = {}
        for key, answer in self.answers.items():
            if key[0] == "words" and len(key) == 3:
                known.setdefault(self.written[key][1], {})[key[2]] = answer
        return known

    def unmatched(self) -> list[tuple[Path, str]]:
        """The entries that the workbook no longer answers to: sheets and columns that would be lost in silence."""
        return [
            (self.written[key], answer)
            for key, answer in self.answers.items()
            if key[0] == "sheets"
            and (key[2] in {"columns", "read"})
            and key not in self.used
            and answer != IGNORE
        ]


def _folded(path: Path) -> Path:
    if path[0] == "values":
        return path
    return (path[0], *(fold(part) or part for part in path[1:]))


def read_mapping(file: str, content: bytes) -> Mapping:
    """Read a mapping.

    Raises:
        InvalidInputError: it is not a mapping, or an answer is none of those expected.
    """
    mapping = Mapping(file)
    loaded = _load(file, content)
    if not isinstance(loaded, dict) or str(loaded.pop("mixrules-mapping", "")) != VERSION:
        raise InvalidInputError([Problem.of("mapping_expected", Place(file=file))])
    loaded.pop("source", None)
    for path, answer in _leaves(loaded, ()):
        mapping.put(path, answer)
    problems = [problem for key in mapping.answers if (problem := _wrong(mapping, key))]
    if problems:
        raise InvalidInputError(problems)
    return mapping


def _load(file: str, content: bytes) -> Any:
    if len(content) > LARGEST:
        raise InvalidInputError([Problem.of("mapping_expected", Place(file=file))])
    try:
        text = content.decode("utf-8-sig")
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
                raise InvalidInputError([Problem.of("mapping_expected", Place(file=file))])
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts, lists and dicts alone
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(file=file, line=mark.line + 1 if mark else 1)
        raise InvalidInputError([Problem.of("mapping_broken", place)]) from None


def _leaves(value: Any, path: Path) -> Any:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, str) and value.strip() and path:
        yield path, value.strip()


SHEET_KEYS: dict[str, tuple[str, ...]] = {
    "read": ("dwellings", "checks", IGNORE),
    "hidden": ("read", "skip"),
    "areas": ("each", "shared", IGNORE),
    "blanks": ("repeat", "unknown"),
    "rows": ("together", "apart"),
    "cells": ("living_area", "floor_area"),
}
"""What is answered for a sheet as a whole."""


def answer_fits(path: Path, answer: str) -> bool:
    """Whether an answer is one of those expected; several tenures may be given (`PLUS|PLAI`)."""
    expected = accepted(path)
    several = path[:2] == ("words", "tenure") and TENURE.read(answer) is not None
    return expected is not None and (not expected or answer in expected or several)


def _wrong(mapping: Mapping, key: Path) -> Problem | None:
    path, answer = mapping.written[key], mapping.answers[key]
    expected = accepted(path)
    if expected is None:
        return Problem.of("mapping_key_unknown", Place(file=mapping.file), key=" › ".join(path))
    if not answer_fits(path, answer):
        return Problem.of(
            "mapping_answer_wrong",
            Place(file=mapping.file),
            key=" › ".join(path),
            found=answer,
            expected=", ".join(expected),
        )
    return None


def accepted(path: Path) -> tuple[str, ...] | None:
    """The answers accepted at a path; empty where any is, None where nothing is asked there."""
    match path:
        case ("sheets", _, "columns", _):
            return targets()
        case ("sheets", _, key) if key in SHEET_KEYS:
            return SHEET_KEYS[key]
        case ("sheets", _, ("hidden" | "blanks" | "areas") as key, _):
            return SHEET_KEYS[key]
        case ("words", "tenure", _):
            return (*TENURE.members, "?")
        case ("words", "rooms", _):
            return (*(str(n) for n in range(1, 21)), "?")
        case ("words", _, _) | ("labels", _):
            return ()
        case ("rows", _):
            return ("title", "dwelling")
        case ("totals", _):
            return ("lines",)
        case ("values", _):
            return ()
    return None


def write_mapping(entries: AnyMapping[Path, str], source: str, asked: frozenset[Path] = frozenset()) -> str:
    """The text of a mapping; what is still asked stands there as a comment to complete."""
    lines = [f'mixrules-mapping: "{VERSION}"', f"source: {_quoted(source)}"]
    lines += _tree({path: entries[path] for path in entries}, asked)
    return "\n".join(lines) + "\n"


def _tree(entries: dict[Path, str], asked: frozenset[Path]) -> list[str]:
    lines: list[str] = []
    before: Path = ()
    for path in _grouped(entries):
        common = 0
        while common < len(path) - 1 and before[: common + 1] == path[: common + 1]:
            common += 1
        lines += [f"{'  ' * level}{_quoted(path[level])}:" for level in range(common, len(path) - 1)]
        entry = f"{'  ' * (len(path) - 1)}{_quoted(path[-1])}: "
        if path in asked:
            known = accepted(path) or ()
            lines.append(f"# {entry}{entries[path]}   # ? {' | '.join(known)}")
        else:
            lines.append(entry + _quoted(entries[path]))
        before = path[:-1]
    return lines


def _grouped(entries: dict[Path, str]) -> list[Path]:
    """Paths in the order they were found, those of one group together."""
    rank: dict[Path, int] = {}
    for path in entries:
        for level in range(1, len(path)):
            rank.setdefault(path[:level], len(rank))
    order = {path: number for number, path in enumerate(entries)}
    return sorted(entries, key=lambda p: ([rank[p[:level]] for level in range(1, len(p))], order[p]))


def _quoted(text: str) -> str:
    """A text as YAML keeps it, on one line."""
    if (
        text.isascii()
        and text.replace("_", "").replace("-", "").isalpha()
        and fold(text) not in {"yes", "no"}
    ):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
