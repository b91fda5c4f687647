"""The fixed words of reports and of annotated workbooks, and those of their statuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mixrules.message.lang import Lang
from mixrules.message.say import term


class Stated(Protocol):
    """What is said of a rule: a finding, an advantage, a limit."""

    @property
    def rule(self) -> str:
        """Its identifier."""

    @property
    def title(self) -> Mapping[Lang, str]:
        """Its title in each language, or nothing."""


def titled(part: Stated, lang: Lang) -> str:
    """What a rule is called where it is shown: its title, or its name where its author gave none."""
    return part.title.get(lang) or part.rule


def word(key: str, lang: Lang) -> str:
    """A fixed word in a language."""
    return term("report", key, lang)


def finding_status(status: str, lang: Lang) -> str:
    """How a rule was found, in words; a status that a decision does not give is empty."""
    return _status(status, "f_undetermined", lang)


def advantage_status(status: str, lang: Lang) -> str:
    """What became of an advantage or of a price, in words; a status that a decision does not give is empty."""
    return _status(status, "a_undetermined", lang)


def claim_status(status: str, asked: bool, lang: Lang) -> str:
    """What became of an advantage, told apart whether the applicant claims it."""
    claimed = {"granted": "claimed_granted", "refused": "claimed_refused"}
    entitled = {"granted": "entitled", "refused": "refused"}
    return word((claimed if asked else entitled).get(status, "a_undetermined"), lang)


def _status(status: str, undetermined: str, lang: Lang) -> str:
    if not status:
        return "∅"
    return word(undetermined if status == "undetermined" else status, lang)
