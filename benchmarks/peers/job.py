"""The job, once and by hand: the fourteen rules of L. 111-24, L. 151-28/29 and L. 151-34 to 36 as they stand on DAY.

Each rule is a list of (status, condition), the first that holds counts. Conditions are whole numbers and yes/no over
the names of `FIELDS` and `DEFINITIONS`: areas and volumes in hundredths, rates in billionths, -1 where a sector has
no rate, 0 where nothing is claimed. Engines get these texts in their own syntax; the versions in `floors` are
written anew, column by column.

What the corpus never holds is left out of the conditions: student residences and hostels, derogations by the
prefect, land of the ministry of defence, the architectural derogation, places off the site.
"""

from __future__ import annotations

DAY = "2026-03-01"
BOOKS = ("fr.urb.L111-24", "fr.urb.L151-28", "fr.urb.L151-34")

FIELDS = {
    "carence": '"commune.carence"',
    "collective": '"programme.collective"',
    "housing": '("programme.housing_floor_area" * 100)::BIGINT',
    "floor": '("programme.floor_area" * 100)::BIGINT',
    "existing": '("site.existing_floor_area" * 100)::BIGINT',
    "noise": '"site.noise_zone"',
    "heritage": '"site.heritage"',
    "station": '("site.station_distance" * 100)::BIGINT',
    "served": '"site.transit_quality"',
    "buildable": '("site.buildable_volume" * 100)::BIGINT',
    "project": '("site.project_volume" * 100)::BIGINT',
    "rate_housing": 'coalesce(("sector.rate_housing"::DECIMAL(38, 9) * 1000000000)::BIGINT, -1)',
    "rate_lls": 'coalesce(("sector.rate_lls"::DECIMAL(38, 9) * 1000000000)::BIGINT, -1)',
    "rate_energy": 'coalesce(("sector.rate_energy"::DECIMAL(38, 9) * 1000000000)::BIGINT, -1)',
    "rate_lli": 'coalesce(("sector.rate_lli"::DECIMAL(38, 9) * 1000000000)::BIGINT, -1)',
    "beds": '"parking.care_beds"',
    "places": '"parking.places"',
    "ratio": '("sector.parking_ratio"::DECIMAL(38, 9) * 1000000000)::BIGINT',
    "brs_counts": "facts['brs_counts_as_lls'] = 'true'",
    "exemplary": "facts['exemplary'] = 'true'",
    "renewable": "facts['renewable_energy'] = 'true'",
    "c_housing": "coalesce(regexp_extract(claims['volume_housing'], '\\d+')::BIGINT, 0) * 10000000",
    "c_lls": "coalesce(regexp_extract(claims['volume_lls'], '\\d+')::BIGINT, 0) * 10000000",
    "c_energy": "coalesce(regexp_extract(claims['volume_energy'], '\\d+')::BIGINT, 0) * 10000000",
    "c_lli": "coalesce(regexp_extract(claims['volume_lli'], '\\d+')::BIGINT, 0) * 10000000",
}
"""What a programme gives, and how its columns say it."""

MEASURES = {
    "n": "TRUE",
    "aided": "tenure in ('PLAI', 'PLUS', 'PLS', 'LLI')",
    "rental": "tenure in ('PLAI', 'PLUS', 'PLS')",
    "pls": "tenure = 'PLS'",
    "ownership": "tenure in ('BRS', 'PSLA')",
    "lli": "tenure = 'LLI'",
}
"""How many dwellings there are of each kind."""

DEFINITIONS = {
    "lls": "(rental + (ownership if brs_counts else 0))",
    "others": "(n - aided)",
    "near": "(station < 50000 and served)",
    "claims_bonus": "(c_lls > 0 or c_energy > 0 or c_lli > 0)",
    "half": "(2 * project <= 3 * buildable)",
    "both_ways": "(c_housing > 0 and (c_lls > 0 or c_energy > 0 or c_lli > 0))",
    "too_much": "(c_lls + c_energy + c_lli > 500000000)",
    "asked_aided": "((ratio * aided // 1000000000) if (ratio * aided // 1000000000) < ((aided // 2) if near else aided)"
    " else ((aided // 2) if near else aided))",
    "asked_others": "(others if near and ratio * others // 1000000000 > others else ratio * others // 1000000000)",
}

RULES = {
    "fr.urb.L111-24/part-lls": [
        ("not-applicable", "not (carence and collective and (n > 12 or housing > 80000))"),
        ("met", "10 * (lls - pls) >= 3 * n"),
        ("unmet", "True"),
    ],
    "fr.urb.L111-24/part-lls-exemptee": [("not-applicable", "True")],
    "fr.urb.L151-28/depassement-habitation": [
        ("not-applicable", "rate_housing < 0 and c_housing == 0"),
        ("refused", "rate_housing < 0 or noise"),
        (
            "refused",
            "100 * floor > 120 * existing or c_housing > rate_housing or c_housing > 200000000 or both_ways",
        ),
        ("granted", "True"),
    ],
    "fr.urb.L151-28/majoration-lls": [
        ("not-applicable", "rate_lls < 0 and c_lls == 0"),
        (
            "refused",
            "rate_lls == 0 or lls == 0 or c_lls > rate_lls or c_lls > 500000000 or c_lls * n > lls * 1000000000",
        ),
        ("refused", "c_lls > 0 and (both_ways or too_much)"),
        ("granted", "True"),
    ],
    "fr.urb.L151-28/depassement-energie": [
        ("not-applicable", "rate_energy < 0 and c_energy == 0"),
        ("refused", "not (exemplary or renewable) or c_energy > rate_energy"),
        ("refused", "c_energy > (200000000 if heritage else 300000000)"),
        ("refused", "c_energy > 0 and (both_ways or too_much)"),
        ("granted", "True"),
    ],
    "fr.urb.L151-28/majoration-lli": [
        ("not-applicable", "rate_lli < 0 and c_lli == 0"),
        (
            "refused",
            "rate_lli == 0 or lli == 0 or c_lli > rate_lli or c_lli > 300000000 or c_lli * n > lli * 1000000000",
        ),
        ("refused", "c_lli > 0 and (both_ways or too_much)"),
        ("undetermined", "carence and lli > 0"),
        ("granted", "True"),
    ],
    "fr.urb.L151-28/volume-majore": [
        ("not-applicable", "not claims_bonus or c_housing > 0"),
        (
            "undetermined",
            "c_energy > 0 and half and project * 1000000000 > buildable * (1000000000 + c_lls + c_lli)",
        ),
        ("met", "project * 1000000000 <= buildable * (1000000000 + c_lls + c_lli + c_energy)"),
        ("unmet", "True"),
    ],
    "fr.urb.L151-28/volume-plafond": [
        ("not-applicable", "not claims_bonus"),
        ("met", "half"),
        ("unmet", "True"),
    ],
    "fr.urb.L151-34/une-place-par-logement-aide": [("not-applicable", "aided == 0"), ("granted", "True")],
    "fr.urb.L151-34/demi-place-par-logement-aide": [
        ("not-applicable", "aided == 0"),
        ("granted", "near"),
        ("refused", "True"),
    ],
    "fr.urb.L151-34/places-hebergement": [("not-applicable", "beds == 0"), ("granted", "True")],
    "fr.urb.L151-34/places-hebergement-desserte": [
        ("not-applicable", "beds == 0"),
        ("granted", "near"),
        ("refused", "True"),
    ],
    "fr.urb.L151-34/une-place-par-autre-logement": [
        ("not-applicable", "others == 0"),
        ("granted", "near"),
        ("refused", "True"),
    ],
    "fr.urb.L151-34/places-des-logements": [
        ("met", "places >= asked_aided + asked_others"),
        ("unmet", "True"),
    ],
}

CLAIMS = {
    "fr.urb.L151-28/depassement-habitation": "c_housing",
    "fr.urb.L151-28/majoration-lls": "c_lls",
    "fr.urb.L151-28/depassement-energie": "c_energy",
    "fr.urb.L151-28/majoration-lli": "c_lli",
}
"""The claim on each advantage: claimed and not granted is a breach."""

OBLIGATIONS = tuple(
    rule
    for rule, choices in RULES.items()
    if rule not in CLAIMS and {status for status, _ in choices} & {"met", "unmet"}
)
NAMES = tuple(RULES)
STATUSES = ("not-applicable", "met", "unmet", "granted", "refused", "undetermined")
VERDICTS = ("compliant", "non-compliant", "undetermined")


def verdict(statuses: dict[str, str], claimed: dict[str, int]) -> str:
    """The verdict that follows from the statuses and the claims."""
    breached = any(statuses[rule] == "unmet" for rule in OBLIGATIONS)
    opened = any(statuses[rule] == "undetermined" for rule in OBLIGATIONS)
    for rule, claim in CLAIMS.items():
        if claimed[claim] > 0:
            breached |= statuses[rule] in {"refused", "not-applicable"}
            opened |= statuses[rule] == "undetermined"
    return "non-compliant" if breached else "undetermined" if opened else "compliant"
