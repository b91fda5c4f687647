"""Rulebooks and official texts written for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mixrules.authoring.manuscript import Desk, Manuscript
from mixrules.rulebook.library import Library

HEAD = """\
rulebook: essai
title: {fr: "Essai", en: "Trial"}
force: law
source: {ref: "C. urb., art. L. 1-1", date: "2020-01-01"}
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Manuscript]:
    """A rulebook written in a folder of its own."""

    def write(body: str, head: str = HEAD) -> Manuscript:
        (tmp_path / "essai.yaml").write_text(head + body, encoding="utf-8")
        return Desk(Library([tmp_path])).open("essai")

    return write


@pytest.fixture
def shelve(tmp_path: Path) -> Callable[..., Path]:
    """An article put beside the rulebooks of the test."""

    def put(text: str, number: str = "L1-1", code: str = "code-urbanisme") -> Path:
        path = tmp_path / "sources" / code / f"{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put
