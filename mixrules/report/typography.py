"""French typography, and what must be seen of a text that others wrote."""

from __future__ import annotations

from mixrules.message.typography import NARROW, NO_BREAK, held, typeset

_HIDDEN = [*range(0x20), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_SHOWN = {code: f"[U+{code:04X}]" for code in _HIDDEN if chr(code) not in "\n\t"}
"""Characters that steer a terminal or turn the direction of what follows."""


def visible(text: str) -> str:
    """A text in which a character that hides or turns what follows is shown by its code."""
    return text.translate(_SHOWN)


__all__ = ["NARROW", "NO_BREAK", "held", "typeset", "visible"]
