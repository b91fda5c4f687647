"""The conventions of each language, as CLDR records them: read through Babel, and only once they are needed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, cast

from mixrules.message.lang import Lang

if TYPE_CHECKING:
    from babel.core import Locale

TAGS: dict[Lang, str] = {"fr": "fr", "en": "en_GB"}
"""Whose conventions a language follows: France, and the British Isles, that write the day before the month."""

Category = Literal["one", "many", "other"]
"""The plural categories of both languages; English has no « many »."""


@cache
def locale(lang: Lang) -> Locale:
    """The conventions of a language, whatever the machine's own."""
    from babel.core import Locale

    return Locale.parse(TAGS[lang])


@lru_cache(maxsize=1024)
def category(number: int | Decimal, lang: Lang) -> Category:
    """The plural category of a number as it is shown: 1.5 is singular in French, 1.00 plural in English."""
    return cast("Category", locale(lang).plural_form(number))


def listed(words: Sequence[str], lang: Lang, style: Literal["standard", "or"] = "standard") -> str:
    """Words joined as a list: « a, b et c », « a, b ou c »."""
    if len(words) < 2:
        return "".join(words)
    from babel.lists import format_list

    return format_list(words, style=style, locale=locale(lang))
