"""A rule has a worked example that says what it must conclude."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.authoring.manuscript import Manuscript
from mixrules.authoring.remark import Remark


def check(manuscript: Manuscript) -> Iterator[Remark]:
    """Rules that no example of the rulebook names."""
    named = {key for example in manuscript.book.examples for key, _ in example.expect}
    for name in manuscript.draft.part.rules:
        if name not in named:
            yield manuscript.remark("note", "rule_without_example", ("rules", name), key=True, what=name)
