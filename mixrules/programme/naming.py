"""How a row names its programme: by identifier, by name, by column title, or by number."""

from __future__ import annotations

import re

from mixrules.programme.category import fold

_NUMBERED = re.compile(r"programme (\d{1,4})")


def find_programme(name: str, *names: list[str]) -> int | None:
    """The number of the programme that a text names, or None when it names none, or none alone.

    Args:
        name: what the row says; empty means the only programme.
        names: for each way of naming, the name of every programme.
    """
    count = len(names[0])
    if not name:
        return 0 if count == 1 else None
    for known in names:
        matches = [index for index, other in enumerate(known) if fold(other) == fold(name)]
        if len(matches) == 1:
            return matches[0]
    match = _NUMBERED.fullmatch(fold(name))
    return int(match[1]) - 1 if match and 1 <= int(match[1]) <= count else None
