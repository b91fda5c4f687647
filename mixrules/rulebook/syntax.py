"""Parsing one-line expressions into syntax trees, with the place of every word."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mixrules.quantity.unit import unit_names

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

LONGEST = 4000
"""The longest expression accepted, in characters."""
DEEPEST = 60
"""The deepest nesting accepted."""

NOUNS = {
    "NAME": "un nom",
    "QUANTITY": "un nombre",
    "STRING": "un texte entre guillemets",
    "DATE": "une date",
    "COMPARE": "une comparaison",
    "SIGN": "+ ou -",
    "SCALE": "* ou /",
    "LPAR": "(",
    "RPAR": ")",
    "LBRACE": "{",
    "RBRACE": "}",
    "LSQB": "[",
    "RSQB": "]",
    "COMMA": ",",
    "COLON": ":",
    "DOT": ".",
    "$END": "la fin",
    "OF": "of",
}


class ExpressionError(Exception):
    """An expression that means nothing: a message code, its arguments, and where it went wrong."""

    def __init__(self, code: str, column: int = 1, length: int = 1, **args: object) -> None:
        self.code = code
        self.column = column
        self.length = length
        self.args_ = {k: str(v) for k, v in args.items()}
        super().__init__(f"{code} at {column}: {self.args_}")


@cache
def _parser() -> Lark:
    from lark import Lark

    names = sorted((re.escape(name) for name in unit_names()), key=len, reverse=True)
    grammar = (files("mixrules.rulebook") / "grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar.replace("%UNITS%", "|".join(names)), parser="lalr", propagate_positions=True)


def parse(text: str) -> Tree[Token]:
    """Parse one expression.

    Raises:
        ExpressionError: it does not follow the grammar; the message names the word and what was expected.
    """
    from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

    if len(text) > LONGEST or _depth(text) > DEEPEST:
        raise ExpressionError("expression_too_long", most=LONGEST, deepest=DEEPEST)
    try:
        return _parser().parse(text)
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise ExpressionError(
                "expression_unfinished", len(text), expected=_nouns(error.accepts)
            ) from None
        raise ExpressionError(
            "expression_unexpected",
            error.column,
            len(error.token),
            found=error.token,
            expected=_nouns(error.accepts or error.expected),
        ) from None
    except UnexpectedCharacters as error:
        raise ExpressionError("expression_character", error.column, found=error.char) from None
    except UnexpectedEOF as error:
        raise ExpressionError(
            "expression_unfinished", len(text), expected=_nouns(set(error.expected))
        ) from None


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth -= 1
    return deepest


def _nouns(terminals: set[str] | None) -> str:
    names = {NOUNS.get(name, name.lower()) for name in terminals or ()}
    return ", ".join(sorted(names)[:8]) or "autre chose"
