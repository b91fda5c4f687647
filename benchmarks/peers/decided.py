"""What `mixrules batch` decided, as the codes that the other contenders give."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.peers import job


def codes(path: Path) -> np.ndarray:
    """Decisions in Parquet as an array; a rule that says nothing of a programme does not apply to it."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(
        f"CREATE TABLE said AS SELECT file, verdict, map_from_entries(list_transform(findings, "
        f"lambda one: {{'k': one.rule, 'v': one.status}})) AS statuses FROM read_parquet('{path}')"
    )
    statuses = "[" + ", ".join(f"'{status}'" for status in job.STATUSES) + "]"
    verdicts = "[" + ", ".join(f"'{verdict}'" for verdict in job.VERDICTS) + "]"
    listed = [
        f"list_position({statuses}, coalesce(statuses['{rule}'], 'not-applicable')) - 1 AS c{index}"
        for index, rule in enumerate(job.NAMES)
    ]
    listed.append(f"list_position({verdicts}, verdict) - 1 AS verdict")
    found = connection.execute(f"SELECT {', '.join(listed)} FROM said ORDER BY file").fetchnumpy()
    return np.stack([np.asarray(column) for column in found.values()], axis=1).astype(np.int8)
