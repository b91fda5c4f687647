"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Optional

import typer


class Lang(StrEnum):
    """The languages of mixrules."""

    fr = "fr"
    en = "en"


LangOption = Annotated[Lang, typer.Option("--lang", envvar="MIXRULES_LANG")]
RulesOption = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads it on Python 3.11 too
    typer.Option("--rules"),
]
WhyOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--why"),
]
