"""Saying an entry of the catalogue: its language, its plural form, and its values as that language writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from mixrules.message.catalogue import ENTRIES, FAMILIES
from mixrules.message.catalogue.entry import Counted, Entry
from mixrules.message.lang import LANGS, Lang
from mixrules.message.locale import category
from mixrules.message.number import format_date, format_number

ELIDED = tuple("aàâeéèêiîoôu")


class _French(str):
    """A value in a French sentence: `{words:de}` puts « de » or « d' » before it."""

    __slots__ = ()

    def __format__(self, how: str) -> str:
        if how == "de":
            return f"d'{self}" if self.casefold().startswith(ELIDED) else f"de {self}"
        return super().__format__(how)


def say(key: str, lang: Lang, /, **values: object) -> str:
    """A text of the catalogue, its values filled in: numbers and dates as the language writes them."""
    return fill(ENTRIES[key], lang, values)


def term(family: str, name: str, lang: Lang, /, **values: object) -> str:
    """One text of a family: that of a status, of a scope, of an operator."""
    return fill(FAMILIES[family][name], lang, values)


def bilingual(key: str, /, **values: object) -> dict[Lang, str]:
    """A text in every language, as a decision holds it."""
    return {lang: say(key, lang, **values) for lang in LANGS}


def in_each(name: str, text: Callable[[Lang], str]) -> dict[str, str]:
    """The arguments of a message that differ by language: `name_fr`, `name_en`."""
    return {f"{name}_{lang}": text(lang) for lang in LANGS}


def hint(near: str) -> dict[str, str]:
    """« did you mean », as the argument of a message in every language; empty where nothing is near."""
    return in_each("hint", lambda lang: say("hint.near", lang, near=near) if near else "")


def fill(entry: Entry, lang: Lang, values: dict[str, object]) -> str:
    """An entry in one language with its values."""
    if isinstance(entry, Counted):
        text = entry.of(category(_number(values[entry.by]), lang), lang)
    else:
        text = entry[0 if lang == "fr" else 1]
    if "{" not in text:
        return text
    return text.format_map({name: _written(value, lang) for name, value in values.items()})


def _written(value: object, lang: Lang) -> str:
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return format_number(value, lang)
    if isinstance(value, date):
        return format_date(value, lang)
    return _French(value) if lang == "fr" else str(value)


def _number(value: object) -> Decimal:
    """The number that chooses a plural form; a message holds it as text. What is not a number is many things."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(2)
