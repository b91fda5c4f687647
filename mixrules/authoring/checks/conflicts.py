"""Obligations that can be met: each on its own, and all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mixrules.authoring.manuscript import Manuscript, Written
from mixrules.authoring.remark import Level, Remark
from mixrules.rulebook.model import Rule
from mixrules.rulebook.yaml_source import Path

if TYPE_CHECKING:
    from mixrules.authoring.proof.prover import Found, Prover


NOBODY: frozenset[str] = frozenset()


def asks(manuscript: Manuscript) -> bool:
    """Whether a rulebook asks for anything."""
    return any(rule.kind in {"obligation", "ceiling"} for rule in manuscript.book.rules)


def check(
    manuscripts: Sequence[Manuscript], prover: Prover, *, across: frozenset[str] = NOBODY
) -> Iterator[Remark]:
    """Obligations that no programme meets, and sets of them.

    With `across`, only sets of several rulebooks, one of those named at least, under the latest law.
    """
    if not across:
        for manuscript in manuscripts:
            yield from _impossible(manuscript, prover)
    for found in prover.conflicts(latest=bool(across)):
        books = {rule.rulebook for rule in found.conflict.rules}
        if not across or (len(books) > 1 and not across.isdisjoint(books)):
            yield _conflict(manuscripts, prover, found)
    if prover.hurried:
        names = manuscripts[-1].book.id if len(manuscripts) == 1 else f"… + {manuscripts[-1].book.id}"
        yield manuscripts[-1].remark("note", "proof_hurried", ("rulebook",), what=names)


def _impossible(manuscript: Manuscript, prover: Prover) -> Iterator[Remark]:
    for written in manuscript.versions():
        rule = written.rule
        if rule.kind not in {"obligation", "ceiling", "condition"} or rule.require is None:
            continue
        if prover.never(rule, rule.require, rule.applies) and not prover.never(rule, rule.applies):
            yield manuscript.remark("error", "obligation_never_met", _require(written), what=rule.id)


def _conflict(manuscripts: Sequence[Manuscript], prover: Prover, found: Found) -> Remark:
    """A conflict: an error where a programme shows that its rules do apply together, else a warning."""
    rules = [*found.conflict.rules, *found.conflict.scene]
    places = {rule.key: _place(manuscripts, rule) for rule in rules}
    manuscript, path = places[rules[0].key]
    listed = [f"{rule.id} ({_line(*places[rule.key])})" for rule in rules]
    shown = prover.shown(found)
    level: Level = "warning" if shown is None else "error"
    code = "obligations_conflict_unseen" if shown is None else "obligations_conflict"
    said: dict[str, Any] = {"what": rules[0].id, "day": found.scene.day, "rules": ", ".join(listed)}
    return manuscript.remark(level, code, path, **said, witness=shown or "")


def _place(manuscripts: Sequence[Manuscript], rule: Rule) -> tuple[Manuscript, Path]:
    for manuscript in manuscripts:
        for written in manuscript.versions():
            if written.rule.key == rule.key and written.rule.period == rule.period:
                return manuscript, _require(written)
    raise LookupError(rule.key)


def _require(written: Written) -> Path:
    return (*written.path, written.rule.kind, "require")


def _line(manuscript: Manuscript, path: Path) -> str:
    place = manuscript.draft.source.place(path)
    return f"{place.file}:{place.line}"
