"""What mixrules says to people: one record a message, rendered in French or English."""

from mixrules.message.lang import LANGS, Lang
from mixrules.message.locale import listed
from mixrules.message.number import (
    format_date,
    format_number,
    format_quantity,
    format_ratio,
)
from mixrules.message.problem import InvalidInputError, Place, Problem, suggest
from mixrules.message.say import bilingual, hint, in_each, say, term

__all__ = [
    "LANGS",
    "InvalidInputError",
    "Lang",
    "Place",
    "Problem",
    "bilingual",
    "format_date",
    "format_number",
    "format_quantity",
    "format_ratio",
    "hint",
    "in_each",
    "listed",
    "say",
    "suggest",
    "term",
]
