"""What mixrules says to people: one record a message, rendered in French or English."""

from mixrules.message.lang import Lang
from mixrules.message.number import (
    format_date,
    format_number,
    format_quantity,
    format_ratio,
)
from mixrules.message.problem import InvalidInputError, Place, Problem, suggest

__all__ = [
    "InvalidInputError",
    "Lang",
    "Place",
    "Problem",
    "format_date",
    "format_number",
    "format_quantity",
    "format_ratio",
    "suggest",
]
