"""Compiled rulebooks kept between runs, so that a check does not parse the law again.

What is kept is plain JSON, in the user's own cache folder, under the digest of the texts and of the compiler
that read them. It is only a shortcut: a missing, foreign or damaged entry is compiled anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from functools import cache
from math import inf
from pathlib import Path
from typing import Any, TypeVar

from mixrules.quantity import Unit
from mixrules.record import Record
from mixrules.rulebook import model, tree
from mixrules.rulebook.reference import table

Kept = TypeVar("Kept", bound=Record)


def folder() -> Path | None:
    """The cache folder; `MIXRULES_CACHE` moves it, and an empty value switches it off."""
    chosen = os.environ.get("MIXRULES_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "mixrules" / "cache" if base else None
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "mixrules"


@cache
def _compiler() -> str:
    """A digest of the code that compiles rulebooks and gives the tree its shape."""
    digest = hashlib.sha256(sys.version.encode())
    root = Path(__file__).parent.parent
    for package in ("rulebook", "quantity", "programme"):
        for path in sorted((root / package).rglob("*.*")):
            if path.suffix in {".py", ".lark"}:
                digest.update(f"{path.name}:{path.stat().st_size}:{path.stat().st_mtime_ns};".encode())
    return digest.hexdigest()


def key(texts: Iterable[str]) -> str:
    """The name under which what was compiled from these texts is kept."""
    digest = hashlib.sha256(_compiler().encode())
    for text in texts:
        digest.update(hashlib.sha256(text.encode()).digest())
    return digest.hexdigest()


def fetch(name: str, kind: type[Kept]) -> Kept | None:
    """A kept rulebook or reference table, or None."""
    where = folder()
    if where is None:
        return None
    try:
        book = decode(json.loads((where / f"{name}.json").read_bytes()))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return book if isinstance(book, kind) else None


def keep(name: str, book: Record) -> None:
    """Keep a compiled rulebook or a checked table; a cache that cannot be written is no error."""
    where = folder()
    if where is None:
        return
    try:
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=where)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(encode(book), file, separators=(",", ":"), ensure_ascii=False)
        Path(temporary).replace(where / f"{name}.json")
    except OSError:
        return


@cache
def _classes() -> dict[str, type]:
    found: dict[str, type] = {"Unit": Unit}
    for module in (tree, model, table):
        found.update({n: c for n, c in vars(module).items() if isinstance(c, type) and issubclass(c, Record)})
    return found


def encode(value: Any) -> Any:
    """A tree as JSON values: `[class, field…]` for nodes, tagged lists for what JSON does not have."""
    if isinstance(value, Fraction):
        return ["/", value.numerator, value.denominator]
    if isinstance(value, float):
        return ["∞"]
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, tuple):
        return ["t", *map(encode, value)]
    if isinstance(value, frozenset):
        return ["s", *sorted(map(encode, value))]
    if isinstance(value, dict):
        return ["m", *[[k, encode(v)] for k, v in value.items()]]
    if isinstance(value, Unit):
        return ["Unit", encode(value.powers), value.base]
    return [type(value).__name__, *map(encode, value.as_tuple())]


def decode(value: Any) -> Any:
    """The tree that `encode` wrote."""
    if not isinstance(value, list):
        return value
    tag = value[0]
    reader = _READERS.get(tag)
    if reader is not None:
        return reader(value)
    return _classes()[tag](*map(decode, value[1:]))


_READERS: dict[str, Callable[[list[Any]], Any]] = {
    "/": lambda v: Fraction(v[1], v[2]),
    "∞": lambda _: inf,
    "d": lambda v: date.fromisoformat(v[1]),
    "t": lambda v: tuple(map(decode, v[1:])),
    "s": lambda v: frozenset(map(decode, v[1:])),
    "m": lambda v: {k: decode(item) for k, item in v[1:]},
}
