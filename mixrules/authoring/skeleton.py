"""The rulebook that an author starts from: commented, loadable, with examples that pass."""

from __future__ import annotations

import re
from importlib.resources import files

from mixrules.message import Lang

_NAME = re.compile(r"[^\W\d_][\w.]*(?:-[\w.]+)*")


def may_be_called(name: str) -> bool:
    """Whether a word can be the identifier of a rulebook."""
    return _NAME.fullmatch(name) is not None


def skeleton(name: str, lang: Lang) -> str:
    """A first rulebook under a name."""
    text = (files("mixrules.authoring") / f"skeleton.{lang}.yaml").read_text(encoding="utf-8")
    return text.replace("rulebook: NAME", f"rulebook: {name}", 1)
