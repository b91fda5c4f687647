"""A rulebook as its author sees it: what is written, where, and what it means once typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mixrules.authoring.remark import Level, Remark
from mixrules.message import InvalidInputError, Problem, suggest
from mixrules.record import Record
from mixrules.rulebook.document import RulePart, SourcePart, VersionPart
from mixrules.rulebook.drafts import Drafts
from mixrules.rulebook.library import Library
from mixrules.rulebook.loader import Draft, compile_draft
from mixrules.rulebook.model import Period, Rule, Rulebook, Version
from mixrules.rulebook.yaml_source import Path


class Written(Record):
    """One version of a rule: as written, where, and typed."""

    whole: RulePart
    part: VersionPart
    path: Path
    rule: Rule


class Cited(Record):
    """A source where it is written: what it backs, and from when to when."""

    what: str
    source: SourcePart
    path: Path
    period: Period


class Manuscript(Record):
    """A rulebook, written and typed."""

    draft: Draft
    book: Rulebook

    def remark(self, level: Level, code: str, path: Path, *, key: bool = False, **args: Any) -> Remark:
        """A remark at a place of the file, with its line."""
        return Remark(level, self.draft.source.problem(code, path, key=key, **args))

    def versions(self) -> Iterator[Written]:
        """Every version of every rule, in the order written."""
        typed = iter(self.book.rules)
        for name, whole in self.draft.part.rules.items():
            if whole.versions is None:
                yield Written(whole, whole, ("rules", name), next(typed))
                continue
            for index, part in enumerate(whole.versions):
                yield Written(whole, part, ("rules", name, "versions", index), next(typed))

    def parameter_versions(self, name: str) -> list[tuple[Version, Path]]:
        """The versions of a parameter of this rulebook, each with the place of its rows."""
        part = self.draft.part.parameters[name]
        versions = self.draft.parameters[name].versions
        path: Path = ("parameters", name)
        if part.values is None:
            place = "bands" if part.bands is not None else "rows" if part.rows is not None else "value"
            return [(version, (*path, place)) for version in versions]
        starts = sorted(part.values)
        return [(v, (*path, "values", start)) for start, v in zip(starts, versions, strict=True)]

    def sources(self) -> Iterator[Cited]:
        """Every source written in the file, the rulebook's own first."""
        part = self.draft.part
        yield Cited(part.rulebook, part.source, ("source",), Period())
        for name, definition in part.definitions.items():
            if not isinstance(definition, str) and definition.source is not None:
                yield Cited(name, definition.source, ("definitions", name, "source"), Period())
        for name, parameter in part.parameters.items():
            if parameter.source is not None:
                versions = self.draft.parameters[name].versions
                period = Period(versions[0].period.start, versions[-1].period.end) if versions else Period()
                yield Cited(name, parameter.source, ("parameters", name, "source"), period)
        yield from self._sources_of_rules()
        for name, limit in part.cumulation.items():
            if limit.source is not None:
                period = next(c.period for c in self.book.cumulations if c.id == name)
                yield Cited(name, limit.source, ("cumulation", name, "source"), period)

    def _sources_of_rules(self) -> Iterator[Cited]:
        for written in self.versions():
            name, period = written.rule.id, written.rule.period
            if written.part.source is not None:
                yield Cited(name, written.part.source, (*written.path, "source"), period)
            elif written.whole.source is not None and written.whole.versions:
                yield Cited(name, written.whole.source, ("rules", name, "source"), period)
            for exception, body in written.part.exceptions.items():
                if body.source is not None:
                    path = (*written.path, "exceptions", exception, "source")
                    yield Cited(f"{name}/{exception}", body.source, path, period)


class Desk:
    """The rulebooks of a library as their authors see them; each is read once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._drafts = Drafts({name: (library.path(name), library.text(name)) for name in library.ids})
        self._open: dict[str, Manuscript] = {}

    def open(self, name: str) -> Manuscript:
        """A rulebook with the place of everything in it.

        Raises:
            InvalidInputError: it is broken, or does not exist.
        """
        if name not in self._open:
            draft = self._drafts.find(name)
            if draft is None:
                known = self.library.ids
                raise InvalidInputError(
                    [Problem.of("rulebook_missing", found=name, near=suggest(name, known))]
                )
            self._open[name] = Manuscript(draft, compile_draft(draft))
        return self._open[name]
