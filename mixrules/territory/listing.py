"""The lists of a corpus, whose lines fill a table each: what they hold, and what of it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from mixrules.territory import needs, shape
from mixrules.territory.column import cast, duck, mapped, marked, unlike
from mixrules.territory.layout import ABSENT, LISTS, UNLIMITED, columns
from mixrules.territory.sql.expression import name
from mixrules.territory.stream import Lines


@dataclass(frozen=True)
class Listing:
    """A list of lines as a corpus gives it, and what of it is loaded.

    Attributes:
        table: the table that its lines fill.
        listed: its column.
        kind: the type of that column, or none.
        wanted: the columns that rules read, or none where all are.
    """

    table: str
    listed: str
    kind: Any
    wanted: frozenset[str] | None

    @cached_property
    def typed(self) -> dict[str, str]:
        """The columns of a line, each in its type."""
        return {c.name: duck(c.type) for c in columns(LISTS[self.listed])}

    @property
    def facts(self) -> bool:
        """Whether its lines may bear facts."""
        return "facts" in LISTS[self.listed].model_fields

    @property
    def facts_read(self) -> bool:
        """Whether they are loaded."""
        return self.facts and (self.wanted is None or needs.FACTS in self.wanted)

    @property
    def placed(self) -> bool:
        """Whether lines are numbered: only places ask which line lies in them."""
        return self.wanted is None or self.wanted >= needs.PLACED

    @property
    def kept(self) -> dict[str, str]:
        """The columns that are loaded."""
        return {c: t for c, t in self.typed.items() if self.wanted is None or c in self.wanted}

    @property
    def structured(self) -> bool:
        """Whether it is a list of structures, and no text in JSON."""
        return self.kind is not None and str(self.kind) not in {"VARCHAR", shape.EMPTY}

    @cached_property
    def inside(self) -> dict[str, Any]:
        """The fields that its lines have, each in the type of the corpus."""
        if self.structured:
            return dict(self.kind.children[0][1].children)
        if str(self.kind) == "VARCHAR":
            return dict.fromkeys([*self.typed, *(["facts"] if self.facts else [])], "VARCHAR")
        return {}

    @property
    def given(self) -> dict[str, str]:
        """The columns of a line that the corpus has, each in its own type."""
        return {c: t for c, t in self.typed.items() if c in self.inside}

    @property
    def categories(self) -> frozenset[str]:
        """The columns that are loaded and given as texts among a few."""
        few = {c.name for c in columns(LISTS[self.listed]) if c.kind == "category"}
        return frozenset(c for c in self.kept if c in few and str(self.inside.get(c)) == "VARCHAR")

    def stream(self, file: Path | None) -> pa.RecordBatchReader | None:
        """Its lines as Arrow decodes them; none where the database has to look at their values."""
        if file is None or not self.structured or unlike(self.given, self.inside):
            return None
        asked = [*self.kept, *(["facts"] if self.facts_read else []), ABSENT, UNLIMITED]
        fields = [column for column in asked if column in self.inside]
        stand_in = self.table != "declared"
        return Lines(file, self.listed, fields, stand_in, self.placed, self.categories).opened()

    def query(self, *, place: bool) -> str:
        """Its lines as the database unfolds them, one row a line."""
        column = name(self.listed)
        if self.kind is None:
            column = "NULL::STRUCT(x INTEGER)[]"
        elif str(self.kind) == "VARCHAR":
            kinds = {c: "JSON" if c == "facts" else "VARCHAR" for c in self.inside}
            form = "[{" + ", ".join(f'"{c}": "{kind}"' for c, kind in kinds.items()) + "}]"
            column = f"from_json({column}, '{form}')"
        # A stock that nobody described: any number of lines of which nothing is known.
        supposed, lines = f"{column} IS NULL", f"coalesce({column}, [NULL])"
        if self.table == "declared":
            supposed, lines = "FALSE", column
        where = ", generate_subscripts(list, 1) AS place" if place else ""
        return (
            f"SELECT r, file, supposed{', place' if place else ''}"
            + "".join(f", line.{name(c)} AS {name(c)}" for c in self.inside)
            + f" FROM (SELECT r, file, supposed, unnest(list) AS line{where}"
            f" FROM (SELECT r, file, {supposed} AS supposed, {lines} AS list FROM source))"
        )

    def loaded(self, *, trimmed: bool = False) -> list[str]:
        """Its columns as the table holds them; of a stream, categories are trimmed."""
        written = {c: cast(name(c), t) if c in self.inside else f"NULL::{t}" for c, t in self.kept.items()}
        if trimmed:
            written |= {c: f"{name(c)}::VARCHAR" for c in self.categories}
        if "count" in written and self.table == "dwelling":
            number = "coalesce(count::BIGINT, 1)" if "count" in self.inside else "1::BIGINT"
            written["count"] = f"CASE WHEN supposed THEN 0 ELSE {number} END"
        if self.facts:
            written["facts"] = mapped("facts", self.inside if self.facts_read else {})
        written |= {mark: marked(mark, self.inside) for mark in (ABSENT, UNLIMITED)}
        return [f"{value} AS {name(column)}" for column, value in written.items()]
