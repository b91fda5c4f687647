"""What a rule is called where it is shown: its title, or its name where its author gave none."""

from __future__ import annotations

from typing import Protocol

from mixrules.engine.decision import Bilingual
from mixrules.message import Lang


class Stated(Protocol):
    """What a decision says of a rule: a finding, an advantage, a limit."""

    @property
    def rule(self) -> str:
        """Its identifier."""

    @property
    def title(self) -> Bilingual:
        """Its title in each language, or nothing."""


def titled(part: Stated, lang: Lang) -> str:
    """The title of a rule, or its name."""
    return part.title.get(lang) or part.rule
