"""The job written by hand, column by column: what nothing general can beat by much. Each gives an array of codes.

Rows are programmes in the order of the corpus; columns are the rules of `job.NAMES`, then the verdict.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.peers import job

NA, MET, UNMET, GRANTED, REFUSED, OPEN = range(6)
Codes = np.ndarray
KINDS = ("PLAI", "PLUS", "PLS", "LLI", "BRS", "PSLA")


def _numbers(path: Path) -> dict[str, np.ndarray]:
    """The programmes' own fields as whole numbers: read alike for numpy and polars."""
    import duckdb

    listed = ", ".join(f"{query} AS {name}" for name, query in job.FIELDS.items())
    found = (
        duckdb.connect().execute(f"SELECT {listed} FROM read_parquet('{path}') ORDER BY file").fetchnumpy()
    )
    return {name: np.asarray(column) for name, column in found.items()}


def with_numpy(path: Path) -> Codes:
    """Numpy: lines counted by `bincount`, rules as masks."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    f = _numbers(path)
    lists = pq.read_table(path, columns=["dwellings"])["dwellings"].combine_chunks()
    owner = np.asarray(pc.list_parent_indices(lists))
    lines = lists.flatten()
    tenure = lines.field("tenure").dictionary_encode()
    codes, words = np.asarray(tenure.indices), tenure.dictionary.to_pylist()
    size = np.asarray(pc.fill_null(lines.field("count"), 1))
    counts = np.bincount(owner * len(words) + codes, size, len(lists) * len(words)).astype(np.int64)
    by_tenure = dict(zip(words, counts.reshape(len(lists), len(words)).T, strict=True))
    nothing = np.zeros(len(lists), np.int64)
    plai, plus, pls, lli, brs, psla = (by_tenure.get(kind, nothing) for kind in KINDS)
    return _ruled(f, sum(by_tenure.values()), plai + plus + pls, pls, lli, brs + psla)


def _ruled(f: dict[str, np.ndarray], n: Codes, rental: Codes, pls: Codes, lli: Codes, owned: Codes) -> Codes:
    lls = rental + np.where(f["brs_counts"], owned, 0)
    aided, others = rental + lli, n - rental - lli
    near = (f["station"] < 50_000) & f["served"]
    c1, c2, c3, c4 = f["c_housing"], f["c_lls"], f["c_energy"], f["c_lli"]
    rated, billion = c2 + c3 + c4, 1_000_000_000
    both, much, bonus = (c1 > 0) & (rated > 0), rated > 500_000_000, rated > 0
    project, volume = f["project"], f["buildable"]
    r1, r2, r3, r4 = f["rate_housing"], f["rate_lls"], f["rate_energy"], f["rate_lli"]

    def advantage(applies: Codes, claim: Codes, earned: Codes) -> Codes:
        status = np.where(earned, GRANTED, REFUSED)
        return np.where((claim == 0) & ~applies, NA, np.where(applies, status, REFUSED))

    def held(claim: Codes) -> Codes:
        return (claim == 0) | ~(both | much)

    def capped(there: Codes, earned: Codes) -> Codes:
        return np.where(there, np.where(earned, GRANTED, REFUSED), NA)

    applies = f["carence"] & f["collective"] & ((n > 12) | (f["housing"] > 80_000))
    share = np.where(applies, np.where(10 * (lls - pls) >= 3 * n, MET, UNMET), NA)
    housing = advantage(
        r1 >= 0,
        c1,
        ~f["noise"] & (100 * f["floor"] <= 120 * f["existing"]) & (c1 <= np.minimum(r1, 200_000_000)) & ~both,
    )
    social = advantage(
        r2 >= 0,
        c2,
        (r2 > 0) & (lls > 0) & (c2 <= np.minimum(r2, 500_000_000)) & (c2 * n <= lls * billion) & held(c2),
    )
    limit = np.minimum(r3, np.where(f["heritage"], 200_000_000, 300_000_000))
    energy = advantage(r3 >= 0, c3, (f["exemplary"] | f["renewable"]) & (c3 <= limit) & held(c3))
    middle = advantage(
        r4 >= 0,
        c4,
        (r4 > 0) & (lli > 0) & (c4 <= np.minimum(r4, 300_000_000)) & (c4 * n <= lli * billion) & held(c4),
    )
    middle = np.where((middle == GRANTED) & f["carence"] & (lli > 0), OPEN, middle)
    above = project > volume + volume * (c2 + c4) // billion
    half = 2 * project <= 3 * volume
    raised = np.where(project <= volume + volume * rated // billion, MET, UNMET)
    raised = np.where((c3 > 0) & half & above, OPEN, raised)
    raised = np.where(bonus & (c1 == 0), raised, NA)
    most = np.where(bonus, np.where(half, MET, UNMET), NA)
    asked = np.minimum(f["ratio"] * aided // billion, np.where(near, aided // 2, aided))
    wanted = f["ratio"] * others // billion
    asked += np.where(near, np.minimum(wanted, others), wanted)
    always = np.ones(len(n), bool)
    statuses = {
        "fr.urb.L111-24/part-lls": share,
        "fr.urb.L111-24/part-lls-exemptee": np.zeros(len(n), np.int64),
        "fr.urb.L151-28/depassement-habitation": housing,
        "fr.urb.L151-28/majoration-lls": social,
        "fr.urb.L151-28/depassement-energie": energy,
        "fr.urb.L151-28/majoration-lli": middle,
        "fr.urb.L151-28/volume-majore": raised,
        "fr.urb.L151-28/volume-plafond": most,
        "fr.urb.L151-34/une-place-par-logement-aide": capped(aided > 0, always),
        "fr.urb.L151-34/demi-place-par-logement-aide": capped(aided > 0, near),
        "fr.urb.L151-34/places-hebergement": capped(f["beds"] > 0, always),
        "fr.urb.L151-34/places-hebergement-desserte": capped(f["beds"] > 0, near),
        "fr.urb.L151-34/une-place-par-autre-logement": capped(others > 0, near),
        "fr.urb.L151-34/places-des-logements": np.where(f["places"] >= asked, MET, UNMET),
    }
    obligations = np.stack([statuses[rule] for rule in job.OBLIGATIONS])
    breached, opened = (obligations == UNMET).any(0), (obligations == OPEN).any(0)
    for rule, claim in job.CLAIMS.items():
        asked_for = f[claim] > 0
        breached |= asked_for & np.isin(statuses[rule], (REFUSED, NA))
        opened |= asked_for & (statuses[rule] == OPEN)
    verdict = np.where(breached, 1, np.where(opened, 2, 0))
    return np.stack([*(statuses[rule] for rule in job.NAMES), verdict], axis=1).astype(np.int8)


def with_polars(path: Path) -> Codes:
    """Polars: lines exploded and counted by groups; the rules are the masks of the numpy version on its columns."""
    import polars as pl

    lines = (
        pl.scan_parquet(path)
        .select("file", "dwellings")
        .explode("dwellings")
        .select(
            "file",
            tenure=pl.col("dwellings").struct.field("tenure"),
            size=pl.col("dwellings").struct.field("count").fill_null(1),
        )
    )

    def of(*kinds: str) -> pl.Expr:
        return pl.col("size").filter(pl.col("tenure").is_in(list(kinds))).sum()

    found = (
        lines.group_by("file")
        .agg(
            n=pl.col("size").sum(),
            rental=of("PLAI", "PLUS", "PLS"),
            pls=of("PLS"),
            lli=of("LLI"),
            owned=of("BRS", "PSLA"),
        )
        .sort("file")
        .collect()
    )
    counts = [found[name].to_numpy() for name in ("n", "rental", "pls", "lli", "owned")]
    return _ruled(_numbers(path), *counts)


MEASURED = """
    SELECT file, {fields}, measured.* EXCLUDE (r), rental + CASE WHEN brs_counts THEN ownership ELSE 0 END AS lls,
        n - aided AS others, station < 50000 AND served AS near
    FROM read_parquet('{path}') AS corpus JOIN (
        SELECT file AS r, {measures} FROM (
            SELECT file, line.tenure AS tenure, coalesce(line.count, 1) AS c
            FROM (SELECT file, unnest(dwellings) AS line FROM read_parquet('{path}'))
        ) GROUP BY file
    ) AS measured ON measured.r = corpus.file
"""


def measured(path: Path) -> str:
    """A query of every field and measure, one row a programme."""
    fields = ", ".join(f"{query} AS {name}" for name, query in job.FIELDS.items())
    counts = ", ".join(
        f"coalesce(sum(c) FILTER ({query}), 0)::BIGINT AS {name}" for name, query in job.MEASURES.items()
    )
    return MEASURED.format(path=path, fields=fields, measures=counts)


DECIDED = """
    WITH given AS ({measured}), asked AS (
        SELECT *, c_lls + c_energy + c_lli AS rated, c_housing > 0 AND rated > 0 AS both_ways, rated > 500000000 AS much,
            least(ratio * aided // 1000000000, CASE WHEN near THEN aided // 2 ELSE aided END)
            + CASE WHEN near THEN least(ratio * others // 1000000000, others) ELSE ratio * others // 1000000000 END AS wanted,
            2 * project <= 3 * buildable AS half
        FROM given
    ), ruled AS (
        SELECT file, c_housing, c_lls, c_energy, c_lli,
        CASE WHEN NOT (carence AND collective AND (n > 12 OR housing > 80000)) THEN 0
             WHEN 10 * (lls - pls) >= 3 * n THEN 1 ELSE 2 END AS share,
        0 AS exempt,
        CASE WHEN rate_housing < 0 THEN CASE WHEN c_housing = 0 THEN 0 ELSE 4 END
             WHEN NOT noise AND 100 * floor <= 120 * existing AND c_housing <= least(rate_housing, 200000000) AND NOT both_ways THEN 3
             ELSE 4 END AS in_housing,
        CASE WHEN rate_lls < 0 THEN CASE WHEN c_lls = 0 THEN 0 ELSE 4 END
             WHEN rate_lls > 0 AND lls > 0 AND c_lls <= least(rate_lls, 500000000) AND c_lls * n <= lls * 1000000000
                AND (c_lls = 0 OR NOT (both_ways OR much)) THEN 3 ELSE 4 END AS social,
        CASE WHEN rate_energy < 0 THEN CASE WHEN c_energy = 0 THEN 0 ELSE 4 END
             WHEN (exemplary OR renewable) AND c_energy <= rate_energy
                AND c_energy <= CASE WHEN heritage THEN 200000000 ELSE 300000000 END
                AND (c_energy = 0 OR NOT (both_ways OR much)) THEN 3 ELSE 4 END AS energy,
        CASE WHEN rate_lli < 0 THEN CASE WHEN c_lli = 0 THEN 0 ELSE 4 END
             WHEN rate_lli > 0 AND lli > 0 AND c_lli <= least(rate_lli, 300000000) AND c_lli * n <= lli * 1000000000
                AND (c_lli = 0 OR NOT (both_ways OR much)) THEN CASE WHEN carence THEN 5 ELSE 3 END ELSE 4 END AS middle,
        CASE WHEN rated = 0 OR c_housing > 0 THEN 0
             WHEN c_energy > 0 AND half AND project * 1000000000 > buildable * (1000000000 + c_lls + c_lli) THEN 5
             WHEN project * 1000000000 <= buildable * (1000000000 + rated) THEN 1 ELSE 2 END AS raised,
        CASE WHEN rated = 0 THEN 0 WHEN half THEN 1 ELSE 2 END AS most,
        CASE WHEN aided = 0 THEN 0 ELSE 3 END AS one_place,
        CASE WHEN aided = 0 THEN 0 WHEN near THEN 3 ELSE 4 END AS half_place,
        CASE WHEN beds = 0 THEN 0 ELSE 3 END AS hosted,
        CASE WHEN beds = 0 THEN 0 WHEN near THEN 3 ELSE 4 END AS hosted_near,
        CASE WHEN others = 0 THEN 0 WHEN near THEN 3 ELSE 4 END AS other_place,
        CASE WHEN places >= wanted THEN 1 ELSE 2 END AS parked
        FROM asked
    )
    SELECT share, exempt, in_housing, social, energy, middle, raised, most, one_place, half_place, hosted, hosted_near,
        other_place, parked,
        CASE WHEN 2 IN (share, raised, most, parked)
            OR c_housing > 0 AND in_housing IN (0, 4) OR c_lls > 0 AND social IN (0, 4)
            OR c_energy > 0 AND energy IN (0, 4) OR c_lli > 0 AND middle IN (0, 4) THEN 1
            WHEN raised = 5 OR c_lli > 0 AND middle = 5 THEN 2 ELSE 0 END AS verdict
    FROM ruled ORDER BY file
"""


def with_duckdb(path: Path) -> Codes:
    """DuckDB: the whole job as one query."""
    import duckdb

    found = duckdb.connect().execute(DECIDED.format(measured=measured(path))).fetchnumpy()
    return np.stack([np.asarray(column) for column in found.values()], axis=1).astype(np.int8)
