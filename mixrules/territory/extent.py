"""How much a corpus holds, before it is loaded: what is small is held in memory, the rest beside it on the disk."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from mixrules.territory import corpus

VALUES = 100_000_000
"""Values of a Parquet, of which some hundreds of megabytes are read: three million dwellings and their programmes."""
BYTES = 250_000_000
"""Bytes of a CSV, which gives no count of its values."""


def small(location: Path | str) -> bool:
    """Whether the tables of a corpus fit into memory with room to decide; of a register it is not known."""
    path = Path(location)
    try:
        if not path.is_file():
            return False
        if path.suffix == ".csv":
            return path.stat().st_size <= BYTES
        return corpus.is_parquet(path) and _values(path) <= VALUES
    except (OSError, pa.ArrowException):
        # Loading it tells why it cannot be read.
        return False


def _values(path: Path) -> int:
    held = pq.read_metadata(path)
    groups = (held.row_group(group) for group in range(held.num_row_groups))
    return sum(one.column(column).num_values for one in groups for column in range(one.num_columns))
