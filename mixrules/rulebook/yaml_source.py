"""Reading a rulebook's YAML as data: every scalar stays text, and every value keeps its line and column.

A rulebook from a stranger is only data: size and nesting are bounded, anchors and tags are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from mixrules.message import InvalidInputError, Place, Problem

LARGEST = 2_000_000
"""The largest rulebook accepted, in bytes."""
DEEPEST = 30
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class SourceText:
    """A YAML text as plain data, with the place of each value and of each key."""

    data: Any
    file: str
    lines: list[str]
    values: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    keys: Mapping[Path, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where a value (or its key) stands; the nearest one above if it does not."""
        while path:
            found = (self.keys if key else self.values).get(path) or self.values.get(path)
            if found:
                return Place(self.file, line=found[0], column=found[1])
            path = path[:-1]
        return Place(self.file, line=1, column=1)

    def problem(
        self, code: str, path: Path, *, key: bool = False, offset: int = 0, **args: object
    ) -> Problem:
        """A problem at a value, with the faulty line."""
        place = self.place(path, key=key)
        if offset and place.line:
            place = Place(place.file, line=place.line, column=place.column + offset)
        text = self.lines[place.line - 1] if 0 < place.line <= len(self.lines) else ""
        return Problem.of(code, place, text[:200], **args)


def read_yaml(text: str, file: str) -> SourceText:
    """Read one YAML document.

    Raises:
        InvalidInputError: it is not YAML, or uses what a rulebook may not.
    """
    lines = text.splitlines()
    if len(text.encode()) > LARGEST:
        raise InvalidInputError([Problem.of("rulebook_too_large", Place(file), most=LARGEST)])
    try:
        _refuse_tricks(text, file, lines, _LOADER)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        _refuse_depth(text, file, lines)
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        shown = lines[line - 1] if line <= len(lines) else ""
        problem = Problem.of("yaml_broken", Place(file, line=line, column=column), shown, found=error.problem)
        raise InvalidInputError([problem]) from None
    except yaml.YAMLError as error:
        raise InvalidInputError([Problem.of("yaml_broken", Place(file), found=error)]) from None
    source = SourceText(None, file, lines, {}, {})
    problems: list[Problem] = []
    data = _plain(node, (), source, problems)
    if problems:
        raise InvalidInputError(problems)
    return SourceText(data, file, lines, source.values, source.keys)


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _refuse_depth(text: str, file: str, lines: list[str]) -> None:
    """Say that a text is too deep where the fast reader, which has a depth of its own, says it is broken."""
    with suppress(yaml.YAMLError):
        _refuse_tricks(text, file, lines, yaml.SafeLoader)


def _refuse_tricks(text: str, file: str, lines: list[str], loader: Any) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        mark = event.start_mark
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        trick = (
            isinstance(event, yaml.AliasEvent)
            or getattr(event, "anchor", None)
            or getattr(event, "tag", None)
        )
        if (trick or depth > DEEPEST) and mark is not None:
            place = Place(file, line=mark.line + 1, column=mark.column + 1)
            code = "yaml_too_deep" if depth > DEEPEST else "yaml_trick"
            raise InvalidInputError([Problem.of(code, place, lines[mark.line], most=DEEPEST)])


def _plain(node: yaml.Node | None, path: Path, source: SourceText, problems: list[Problem]) -> Any:
    if node is None:
        return None
    values, keys = source.values, source.keys
    assert isinstance(values, dict)
    assert isinstance(keys, dict)
    quoted = isinstance(node, yaml.ScalarNode) and node.style in {"'", '"'}
    values[path] = (node.start_mark.line + 1, node.start_mark.column + 1 + int(quoted))
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in {"", "~", "null"} else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, i), source, problems) for i, child in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        mark = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            place = Place(source.file, line=mark[0], column=mark[1])
            problems.append(Problem.of("key_expected", place, source.lines[mark[0] - 1]))
            continue
        key = str(key_node.value)
        here = (*path, key)
        if key in found:
            place = Place(source.file, line=mark[0], column=mark[1])
            problems.append(Problem.of("key_twice", place, source.lines[mark[0] - 1], found=key))
        keys[here] = mark
        found[key] = _plain(value_node, here, source, problems)
    return found
