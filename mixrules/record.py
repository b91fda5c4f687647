"""Immutable records, quick to define: a check starts in a fraction of a second, and defines a hundred of them.

`dataclasses` compiles several methods for each class, about a millisecond a class at every start. A record
has one constructor, equality and hash for all, and type checkers see it as a frozen dataclass.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True, eq_default=True)
class Record:
    """A frozen value with named fields, equal to another of the same class that holds the same."""

    fields_: ClassVar[tuple[str, ...]] = ()
    defaults_: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        """Take the fields from the annotations, and their defaults from the class body."""
        own = tuple(name for name in cls.__annotations__ if not name.endswith("_"))
        cls.fields_ = (*cls.fields_, *(name for name in own if name not in cls.fields_))
        cls.defaults_ = {**cls.defaults_, **{name: vars(cls)[name] for name in own if name in vars(cls)}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        values = self.__dict__
        if len(args) > len(self.fields_):
            raise TypeError(f"{type(self).__name__} takes {len(self.fields_)} values, {len(args)} given")
        values.update(zip(self.fields_, args, strict=False))
        values.update(kwargs)
        if len(values) != len(self.fields_):
            self._complete(len(args) + len(kwargs))

    def _complete(self, given: int) -> None:
        values = self.__dict__
        unknown = values.keys() - set(self.fields_)
        if unknown or given > len(values):
            raise TypeError(f"{type(self).__name__}: unexpected or repeated {', '.join(sorted(unknown))}")
        for name in self.fields_:
            if name not in values:
                if name not in self.defaults_:
                    raise TypeError(f"{type(self).__name__}: {name} is missing")
                default = self.defaults_[name]
                values[name] = default.copy() if isinstance(default, dict | list) else default

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: {name}")

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other):
            return NotImplemented
        return self.as_tuple() == other.as_tuple()

    def __hash__(self) -> int:
        kept = self.__dict__.get("hash_")
        if kept is None:
            kept = self.__dict__["hash_"] = hash((type(self).__name__, self.as_tuple()))
        return kept

    def __repr__(self) -> str:
        held = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.fields_)
        return f"{type(self).__name__}({held})"

    def as_tuple(self) -> tuple[Any, ...]:
        """The values in the order of the fields."""
        values = self.__dict__
        return tuple(values[name] for name in self.fields_)

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        held = dict(zip(self.fields_, self.as_tuple(), strict=True))
        return type(self)(**{**held, **changes})


_PLAIN = frozenset({str, int, bool, type(None)})


def plain(value: Any) -> Any:
    """A record as JSON values, with the records inside it."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Record):
        held = value.__dict__
        return {name: plain(held[name]) for name in value.fields_}
    if isinstance(value, dict):
        return {key: plain(held) for key, held in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value
