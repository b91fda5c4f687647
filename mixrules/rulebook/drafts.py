"""Compiling a rulebook from text together with the rulebooks that it uses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.rulebook.loader import Draft, compile_draft, draft
from mixrules.rulebook.model import Rulebook


class Drafts:
    """Rulebooks being read; each file is read once."""

    def __init__(self, files: Mapping[str, tuple[Path, str]]) -> None:
        self.files = files
        self.made: dict[str, Draft] = {}
        self.reading: list[str] = []

    def find(self, name: str) -> Draft | None:
        """The draft of a rulebook, or None if there is no such rulebook.

        Raises:
            InvalidInputError: it is broken, or uses itself.
        """
        if name in self.made:
            return self.made[name]
        if name not in self.files:
            return None
        path, text = self.files[name]
        if name in self.reading:
            chain = " → ".join([*self.reading, name])
            raise InvalidInputError([Problem.of("rulebook_circular", Place(path.name), found=chain)])
        self.reading.append(name)
        self.made[name] = draft(text, path.name, self.find)
        self.reading.pop()
        return self.made[name]

    def compile(self, name: str) -> Rulebook:
        """Compile a rulebook that exists.

        Raises:
            InvalidInputError: every problem found.
        """
        made = self.find(name)
        assert made is not None
        return compile_draft(made)
