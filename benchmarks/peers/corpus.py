"""The corpus of the job: drawn permits, repeated with other sectors, claims and facts, nothing unknown that a rule asks."""

from __future__ import annotations

from pathlib import Path

import duckdb

from mixrules.territory import corpus
from mixrules.territory.drawing.workshop import Wish, tables

DRAWN = 2_000
SEED = 7

VARIED = """
WITH numbered AS (
    SELECT drawn.*, k * {drawn} + row_number() OVER (PARTITION BY k ORDER BY file) AS n
    FROM read_parquet('{source}') AS drawn, range({times}) AS copies(k)
), chance AS (
    SELECT *, (n * 2654435761) % 4294967296 // 65536 AS h FROM numbered
), varied AS (
    SELECT * EXCLUDE (n, h, facts, claims) REPLACE (
        'permis-' || lpad(n::VARCHAR, 8, '0') AS file,
        'permis-' || lpad(n::VARCHAR, 8, '0') AS "programme.id",
        h % 3 = 0 AS "commune.carence",
        h % 11 = 0 AS "site.noise_zone",
        h % 5 = 0 AS "site.heritage",
        h % 2 = 0 AS "site.transit_quality",
        ("programme.floor_area" / (1.1 + h % 2))::DECIMAL(18, 2) AS "site.existing_floor_area",
        CASE WHEN h % 4 = 0 THEN 0.2 END::DECIMAL(12, 9) AS "sector.rate_housing",
        CASE WHEN h % 3 = 0 THEN 0.35 END::DECIMAL(12, 9) AS "sector.rate_energy",
        CASE WHEN h % 3 = 1 THEN 0.25 END::DECIMAL(12, 9) AS "sector.rate_lli",
        CASE WHEN h % 5 = 0 THEN h % 40 ELSE 0 END AS "parking.care_beds",
        "parking.places" * (80 + h % 41) // 100 AS "parking.places",
        ("site.project_volume" * (1 + h % 3))::DECIMAL(18, 2) AS "site.project_volume",
        list_filter(declared, lambda total: FALSE) AS declared,
        list_filter(absent, lambda path: NOT (
            path = 'sector.rate_housing' AND h % 4 = 0 OR path = 'sector.rate_energy' AND h % 3 = 0
            OR path = 'sector.rate_lli' AND h % 3 = 1)) AS absent,
        list_transform(dwellings, lambda line, i: struct_update(line, pinel := FALSE, tenure :=
            CASE WHEN line.tenure = 'libre' AND h % 3 = 1 AND i % 3 = 0 THEN 'LLI' ELSE line.tenure END)) AS dwellings),
        MAP {{'brs_counts_as_lls': (h % 2 = 0)::VARCHAR, 'care_home_is_hostel': 'false', 'student_residence_counts': 'false',
              'exemplary': (h % 7 = 0)::VARCHAR, 'renewable_energy': (h % 6 = 0)::VARCHAR}} AS facts,
        map_from_entries(list_filter([
            {{'k': 'volume_housing', 'v': CASE WHEN h % 16 = 0 THEN '"10 %"' END}},
            {{'k': 'volume_lls', 'v': ['"5 %"', '"20 %"', '"30 %"', NULL, NULL][1 + h % 5]}},
            {{'k': 'volume_energy', 'v': CASE WHEN h % 9 = 0 THEN '"20 %"' END}},
            {{'k': 'volume_lli', 'v': CASE WHEN h % 12 = 1 THEN '"15 %"' END}}
        ], lambda entry: entry.v IS NOT NULL)) AS claims
    FROM chance
)
SELECT * FROM varied WHERE file <= 'permis-' || lpad('{count}', 8, '0') ORDER BY file
"""


def make(path: Path, count: int, drawn: int = DRAWN) -> tuple[int, int]:
    """Write the corpus; gives its programmes and dwellings. The same counts give the same corpus.

    Args:
        path: the file to write.
        count: how many programmes.
        drawn: how many are drawn anew; the others repeat them under other circumstances.
    """
    source = path.with_name("drawn.parquet")
    corpus.write_tables(source, tables(Wish(drawn, SEED, collective=True)))
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    query = VARIED.format(source=source, times=-(-count // drawn), drawn=drawn, count=count)
    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    found = connection.execute(
        "SELECT count(*), sum(list_sum(list_transform(dwellings, lambda line: coalesce(line.count, 1))))::BIGINT "
        f"FROM read_parquet('{path}')"
    ).fetchone()
    assert found is not None
    return found[0], found[1]
