"""The lines of a corpus in Parquet, as a stream: the columns that are read and no others, one row a line.

The database decodes every field of a list of lines and copies each to unfold it; Arrow decodes the fields asked for,
and categories as numbers beside their few texts, which are trimmed once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROWS = 10_000
"""Programmes whose lines are unfolded together."""
SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What the database trims: the separators that Unicode calls spaces (category Zs)."""
NUMBERED = pa.dictionary(pa.int32(), pa.string())
"""How categories come: the number of a text for each line, and the texts once."""
NESTED = 3
"""The parts of a path below the list: « list », « element », and the field."""


@dataclass(frozen=True)
class Lines:
    """The lines of one list of each programme.

    Attributes:
        path: the corpus.
        listed: the column of the list.
        fields: the fields of a line that are read.
        stand_in: whether a programme whose list is not given has one line of which nothing is known.
        placed: whether each line bears its place in the list.
        categories: the fields that are texts among a few; they come trimmed, null where nothing is left.
    """

    path: Path
    listed: str
    fields: Sequence[str]
    stand_in: bool
    placed: bool
    categories: frozenset[str] = frozenset()

    def opened(self) -> pa.RecordBatchReader | None:
        """The lines by programme: `r` and `place` count from 1; none where the file lays its lists out otherwise."""
        file = pq.ParquetFile(self.path)
        held = file.schema_arrow.field(self.listed).type
        if not pa.types.is_list(held) or not pa.types.is_struct(held.value_type):
            return None
        leaves = self._leaves(file)
        if leaves is None:
            return None
        numbered = [path for path in leaves if path.split(".")[-1] in self.categories]
        file = pq.ParquetFile(self.path, metadata=file.metadata, read_dictionary=numbered)
        schema = pa.schema(
            [
                pa.field("r", pa.int64()),
                *([pa.field("place", pa.int64())] if self.placed else []),
                pa.field("supposed", pa.bool_()),
                *(
                    pa.field(name, NUMBERED) if name in self.categories else held.value_type.field(name)
                    for name in self.fields
                ),
            ]
        )
        return pa.RecordBatchReader.from_batches(schema, self._batches(file, leaves, schema))

    def _leaves(self, file: pq.ParquetFile) -> list[str] | None:
        """The paths of what is decoded: at least one field, which tells how many lines there are."""
        below = f"{self.listed}."
        paths = [column.path for column in map(file.schema.column, range(len(file.schema)))]
        own = {path: path.removeprefix(below).split(".") for path in paths if path.startswith(below)}
        if any(len(parts) < NESTED for parts in own.values()):
            return None
        named = {path: parts[NESTED - 1] for path, parts in own.items()}
        if not named or not set(self.fields) <= set(named.values()):
            return None
        return [path for path, name in named.items() if name in self.fields] or list(named)[:1]

    def _batches(
        self, file: pq.ParquetFile, leaves: list[str], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        before = 0
        # Each group of rows has texts of its own.
        for group in range(file.num_row_groups):
            for batch in file.iter_batches(ROWS, row_groups=[group], columns=leaves):
                yield self._unfolded(batch.column(0), before, schema)
                if self.stand_in and batch.column(0).null_count:
                    yield _stand_ins(batch.column(0), before, schema)
                before += len(batch)

    def _unfolded(self, lists: pa.ListArray, before: int, schema: pa.Schema) -> pa.RecordBatch:
        lines = lists.flatten()
        parents = pc.list_parent_indices(lists)
        known = [pc.add(parents, pa.scalar(before + 1, pa.int64()))]
        if self.placed:
            sizes = pc.fill_null(lists.value_lengths(), 0)
            first = pc.subtract(pc.cumulative_sum(sizes), sizes)
            place = pc.subtract(pa.array(range(1, len(lines) + 1), pa.int64()), pc.take(first, parents))
            known.append(place)
        found = dict(zip((field.name for field in lines.type), lines.flatten(), strict=True))
        supposed = pa.repeat(False, len(lines))
        held = (_trimmed(found[name]) if name in self.categories else found[name] for name in self.fields)
        columns = [*known, supposed, *held]
        return pa.RecordBatch.from_arrays(columns, schema=schema)


def _trimmed(texts: pa.DictionaryArray) -> pa.DictionaryArray:
    """Texts without the spaces around them; null where nothing is left."""
    known = pc.utf8_trim(texts.dictionary.cast(pa.string()), SPACES)
    known = pc.if_else(pc.equal(known, ""), None, known)
    return pa.DictionaryArray.from_arrays(texts.indices.cast(pa.int32()), known)


def _stand_ins(lists: pa.ListArray, before: int, schema: pa.Schema) -> pa.RecordBatch:
    """A line of which nothing is known for each programme whose list is not given."""
    own = pc.indices_nonzero(lists.is_null()).cast(pa.int64())
    known = {"r": pc.add(own, before + 1), "place": pa.repeat(pa.scalar(1, pa.int64()), len(own))}
    known["supposed"] = pa.repeat(True, len(own))
    columns = [
        known[field.name] if field.name in known else pa.nulls(len(own), field.type) for field in schema
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)
