"""What the top of a rulebook says, read without parsing the rest: its name, what it uses, where it holds."""

from __future__ import annotations

from functools import lru_cache


def identifier(text: str) -> str:
    """The identifier on the `rulebook:` line, without reading the rest."""
    return next((_scalar(line) for line in text.splitlines() if line.startswith("rulebook:")), "")


def uses(text: str) -> list[str]:
    """The rulebooks that a rulebook uses."""
    return listed(text, "uses")


def listed(text: str, key: str) -> list[str]:
    """The items of a list at the top of a rulebook, on one line or several, without reading the rest.

    The loader checks that a full reading gives the same list.
    """
    return list(_listed(text, key))


@lru_cache(maxsize=1024)
def _listed(text: str, key: str) -> list[str]:
    """The items of a list, remembered: over a territory the same headers are asked for thousands of times."""
    lines = iter(text.splitlines())
    for line in lines:
        if not line.startswith(f"{key}:"):
            continue
        rest = line.partition(":")[2].partition(" #")[0].strip()
        if rest:
            return [_word(item) for item in rest.strip("[]").split(",") if item.strip()]
        items = []
        for item in lines:
            stripped = item.strip()
            if stripped.startswith("- "):
                items.append(_word(stripped[2:].partition(" #")[0]))
            elif stripped and not stripped.startswith("#"):
                break
        return items
    return []


def _word(text: str) -> str:
    return text.strip().strip("\"'")


def _scalar(line: str) -> str:
    return line.partition(":")[2].partition(" #")[0].strip().strip("\"'")
