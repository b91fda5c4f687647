"""Each construct of the language as SQL gives what the engine gives: known, unknown, « sans objet », without limit.

A value known in part is written `if facts.q then facts.x else facts.y`, where nobody said `facts.q`.
"""

from datetime import date
from fractions import Fraction
from itertools import product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rulings import book
from test_batch import agree

from mixrules.authoring.example import submission_of
from mixrules.engine.measure import Measures
from mixrules.programme.scope import build
from mixrules.quantity import ABSENT, Interval
from mixrules.territory import corpus, source
from mixrules.territory.profile import Profile
from mixrules.territory.sql.expression import sql
from mixrules.territory.sql.number import Number
from mixrules.territory.sql.rounds import Round
from mixrules.territory.sql.ruling import Bench
from mixrules.territory.sql.value import Mask

DAY = date(2026, 3, 1)
X = "(if facts.q then facts.x else facts.y)"
N = "(if facts.q then facts.n else facts.m)"
D = "(if facts.q then facts.d else facts.e)"
ZONE = "(if facts.q then commune.zone_abc else B1)"
INPUTS = {
    "facts.q": {"type": "yes_no"},
    "facts.p": {"type": "yes_no"},
    **{f"facts.{name}": {"unit": "m²"} for name in "xy"},
    **{f"facts.{name}": {"unit": "ratio"} for name in "nm"},
    **{f"facts.{name}": {"unit": "year"} for name in "ij"},
    **{f"facts.{name}": {"type": "date"} for name in "de"},
    **{f"facts.{name}": {"type": "text"} for name in ("w", "v")},
    "facts.k": {"members": ["A", "B", "C"]},
    "elections.number": {"unit": "ratio"},
}
PARAMETERS = {
    "marches": {"by": "m²", "match": "step", "unit": "%", "rows": {
        "100 m²": "10 %", "250.5 m²": "5 %", "400 m²": "none", "500 m²": "unlimited"}},
    "bandes": {"by": "m²", "unit": "€/m²", "bands": [
        {"below": "0 m²", "value": "-7 €/m²"},
        {"from": "0 m²", "up_to": "300 m²", "value": "300 €/m²", "until_value": "100 €/m²"},
        {"above": "300 m²", "below": "400 m²", "value": "33 €/m²"},
        {"from": "500 m²", "up_to": "700 m²", "value": "100 €/m²", "until_value": "200.07 €/m²"},
        {"above": "700 m²", "value": "unlimited"}]},
    "zones": {"by": "m²", "type": "zone_abc", "bands": [
        {"from": "0 m²", "up_to": "100 m²", "value": "A"},
        {"above": "100 m²", "below": "500 m²", "value": "B1"},
        {"from": "500 m²", "value": "none"}]},
    "taux": {"by": "m²", "unit": "%", "rows": {"100 m²": "10 %", "300 m²": "none", "500 m²": "1/3 %"}},
    "bareme": {"by": "m²", "unit": "€/m²", "bands": [
        {"from": "0 m²", "up_to": "100 m²", "value": "3 €/m²"},
        {"above": "100 m²", "up_to": "500 m²", "value": "0 €/m²"},
        {"above": "500 m²", "below": "900 m²", "value": "1/3 €/m²"}]},
    "vagues": {"by": "m²", "unit": "€/m²", "bands": [
        {"below": "100 m²", "value": "3 €/m²"},
        {"from": "100 m²", "up_to": "300 m²", "value": "-2.5 €/m²"},
        {"above": "300 m²", "up_to": "500 m²", "value": "7 €/m²"},
        {"above": "500 m²", "value": "-1 €/m²"}]},
    "plat": {"by": "m²", "unit": "€/m²", "bands": [
        {"below": "100 m²", "value": "0 €/m²"}, {"from": "100 m²", "value": "0 €/m²"}]},
    "noms": {"by": "zone_abc", "type": "text", "rows": {"A, B1": "tendue", "B2": "autre", "C": "none"}},
    "classes": {"by": "text", "type": "text", "members": ["haut", "bas"], "rows": {"S1": "haut", "S2": "bas", "S3": "none"}},
    "jours": {"by": "zone_abc", "type": "date", "rows": {"A": "2026-01-31", "B1": "2025-02-28"}},
    "vrais": {"by": "yes_no", "fields": {"a": "%", "b": "yes_no", "c": "text"}, "rows": {
        "yes": {"a": "10 %", "b": "no", "c": "oui"}, "no": {"a": "20 %", "b": "yes"}}},
    "dates": {"by": "date", "unit": "%", "rows": {"2026-01-31": "10 %", "2026-03-31": "20 %"}},
    "double": {"by": ["zone_abc", "m²"], "unit": "%", "rows": {
        "A": {"100 m²": "10 %", "300 m²": "12 %"}, "B1": {"100 m²": "14 %"}, "C": {"100 m²": "none"}}},
    "demain": {"by": "m²", "unit": "%", "match": "step", "values": {"2027-01-01": {"100 m²": "10 %"}}},
    "bandes_de_demain": {"by": "m²", "unit": "€/m²", "values": {"2027-01-01": [{"from": "0 m²", "value": "1 €/m²"}]}},
}  # fmt: skip
DEFINITIONS = {
    "PLUS_TARD": {"values": {"2027-01-01": "facts.x + 1 m²"}},
    "QUI": {"values": {"2027-01-01": "facts.k"}},
}
AREAS = [
    None,
    "sans objet",
    "illimité",
    "-50",
    "0",
    "100",
    "250.49",
    "300",
    "300.01",
    "400",
    "500",
    "700",
    "900",
]
NUMBERS = [None, "sans objet", "illimité", "-2.5", "-2", "-1", "-1/3", "0", "1/2", "1", "1.5", "2.5", "7/3"]
DAYS = [
    None,
    "sans objet",
    "0001-01-31",
    "2024-02-29",
    "2025-02-28",
    "2026-01-31",
    "2026-03-31",
    "9999-12-31",
]
ZONES = [None, "A", "B1", "A|B1", "B1|B2", "C", "Abis"]
GROUPS = {"zone_abc": "commune", "filing": "dates"}
WORDS = [None, "sans objet", "S1", "S2", "S3", "S'4"]


def files_of(*pools):
    """A file for each choice of facts; what is None is not given, and some are fields."""
    names = [name for pool in pools for name in pool]
    for index, values in enumerate(product(*(pool[name] for pool in pools for name in pool))):
        facts = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        fields = {
            group: {name: facts.pop(name)} for name, group in GROUPS.items() if facts.get(name) is not None
        }
        yield f"f{index:05}", submission_of({"facts": facts, **fields})


def both(one, other, values):
    """Two facts that may each take any of some values, and whether the first counts."""
    return {"q": [None, "oui", "non"], one: values, other: values}


def asked(expressions):
    """A rulebook and the expressions that it asks whether they are given."""
    rules = {
        f"r{i}": {"obligation": {"require": f"({written}) is given"}} for i, written in enumerate(expressions)
    }
    made = book(rules=rules, inputs=INPUTS, parameters=PARAMETERS, definitions=DEFINITIONS)
    return made, [rule.require.operand for rule in made.rules]


def columns_of(value, let):
    """What a value says, column by column."""
    if isinstance(value, Number):
        bounds = [part for bound in (value.lo, value.hi) for part in (bound.n, bound.d, bound.i)]
        return [*bounds, value.undefined, value.absent]
    return [value.sql, value.absent]


def spoken(value, cells):
    """What the columns of a value say, as the engine says it."""
    if cells[-1]:
        return "absent"
    if isinstance(value, Number):
        if cells[6]:
            return "undefined"
        return tuple(inf * i if i else Fraction(n, d) for n, d, i in (cells[:3], cells[3:6]))
    if isinstance(value, Mask):
        return None if cells[0] is None else {m for i, m in enumerate(value.members) if cells[0] >> i & 1}
    return cells[0]


def wanted(value):
    """What the engine says."""
    if value is ABSENT:
        return "absent"
    if isinstance(value, Interval):
        return "undefined" if value.undefined else (value.lo, value.hi)
    return value


def same(folder, expressions, files):
    """Every expression has the same value by both ways, for every file."""
    made, nodes = asked(expressions)
    files = list(files)
    corpus.write(folder / "corpus.parquet", files)
    connection = source.connect(folder, "500MB", threads=1)
    source.load(connection, folder / "corpus.parquet")
    one = Round(Bench(Profile(connection)).tallies, made, DAY, "programme", 0)
    values = [one.on._raw(node) for node in nodes]
    listed = [columns_of(value, one.stages.let) for value in values]
    named = [(f"v{i}_{j}", sql("{}", c)) for i, parts in enumerate(listed) for j, c in enumerate(parts)]
    query = one.query(named, "TRUE") + " ORDER BY r"
    connection.execute(
        "SET disabled_optimizers = 'expression_rewriter,statistics_propagation,common_subexpressions'"
    )
    rows = connection.execute(query).fetchall()
    connection.close()
    (folder / "territory.duckdb").unlink()
    measures = Measures(made, DAY)
    for (file, submission), row in zip(files, rows, strict=True):
        element = build(submission).elements("programme")[0]
        cells = list(row[2:])
        for written, node, value, parts in zip(expressions, nodes, values, listed, strict=True):
            mine, cells = cells[: len(parts)], cells[len(parts) :]
            said = f"{written} in {file}: {submission.programmes[0].facts}"
            # What is asked whether it is given is read before a yes/no that no table holds becomes unknown.
            assert spoken(value, mine) == wanted(measures.value(node, element)), said


def test_a_table_by_numbers(tmp_path):
    tables = ["marches", "bandes", "zones", "taux", "demain", "bandes_de_demain"]
    expressions = [f"{table}[{X}]" for table in tables] + [f"{X} in {table}" for table in tables]
    same(tmp_path, expressions, files_of(both("x", "y", AREAS)))


def test_a_marginal_table(tmp_path):
    tables = ["bareme", "vagues", "plat", "bandes_de_demain"]
    same(tmp_path, [f"marginal({table}[{X}])" for table in tables], files_of(both("x", "y", AREAS)))


@settings(max_examples=5)
@given(st.lists(st.tuples(*[st.decimals(-1000, 1000, places=2)] * 2, st.booleans()), min_size=1, max_size=40))
def test_any_number_in_a_table(tmp_path_factory, drawn):
    tables = ["marches", "bandes", "zones", "taux"]
    expressions = [f"{table}[{X}]" for table in tables] + [f"{X} in {table}" for table in tables]
    expressions += [f"marginal({table}[{X}])" for table in ("bareme", "vagues")]
    files = [
        (f"f{i}", submission_of({"facts": {"x": str(x), "y": str(y)} | ({"q": "oui"} if known else {})}))
        for i, (x, y, known) in enumerate(drawn)
    ]
    same(tmp_path_factory.mktemp("t"), expressions, files)


def test_a_table_by_words(tmp_path):
    expressions = [f"noms[{ZONE}]", f"jours[{ZONE}]", f"{ZONE} in noms", "noms[{A, B1}]", "noms[{A, B2}]", ZONE, "QUI",
                   'if facts.q then noms[commune.zone_abc] else "tendue"', "if facts.q then facts.k else QUI",
                   "if facts.q then noms[commune.zone_abc] else noms[B2]", "if facts.q then classes[facts.w] else classes[facts.v]",
                   "if facts.q then facts.k else A"]  # fmt: skip
    words = {"w": WORDS[:3], "v": WORDS[1:4], "k": [None, "sans objet", "A", "B"]}
    same(tmp_path, expressions, files_of({"q": [None, "oui", "non"], "zone_abc": ZONES}, words))


def test_a_table_by_texts_and_by_yes_or_no(tmp_path):
    words = "(if facts.q then facts.w else facts.v)"
    expressions = [f"classes[{words}]", f"{words} in classes", words, f'{words} in {{"S1", "S2"}}',
                   "vrais[facts.p].a", "vrais[facts.p].b", "vrais[facts.p].c", "facts.p in vrais",
                   "if facts.q then facts.p else vrais[facts.p].b"]  # fmt: skip
    same(tmp_path, expressions, files_of(both("w", "v", WORDS), {"p": [None, "oui", "non"]}))


def test_a_table_by_several_keys_or_by_day(tmp_path):
    expressions = ["double[commune.zone_abc, facts.x]", f"dates[{D}]", f"{D} in dates"]
    days = {"q": [None, "oui"], "d": DAYS[:2] + DAYS[5:7], "e": DAYS[5:]}
    same(tmp_path, expressions, files_of(days, {"zone_abc": ZONES, "x": AREAS[:8]}))


def test_a_number_to_a_power(tmp_path):
    expressions = [f"power({N}, {times})" for times in ("0", "1", "2", "3", "0 - 2", "0 - 3")]
    same(tmp_path, expressions, files_of(both("n", "m", NUMBERS)))


def test_a_number_to_a_power_that_the_file_gives(tmp_path):
    times = "(if facts.q then facts.i else facts.j)"
    expressions = [f"power({base}, floor({n}))" for base in (N, "facts.n") for n in ("facts.i", times)]
    few = ["illimité", "-1", "-1/3", "0", "1/2", "1", "7/3"]
    turns = {"i": [None, "sans objet", "-3.5", "0", "2", "5"], "j": ["illimité", "-1", "4"]}
    same(tmp_path, expressions, files_of({"q": [None, "oui"], "n": [None, *few], "m": few}, turns))


def test_a_fact_of_many_different_words(tmp_path, monkeypatch):
    monkeypatch.setattr("mixrules.territory.sql.spelling.MOST_WORDS", 1)
    expressions = [
        "facts.x",
        X,
        "facts.d",
        "facts.w",
        "facts.k",
        "facts.p",
        "elections.number",
        "classes[facts.w]",
    ]
    pools = {"d": DAYS[:4], "w": WORDS[:5], "k": [None, "A", "B", "C"], "p": [None, "oui", "non"]}
    same(tmp_path, expressions, files_of({"x": [*AREAS, "1/1000003", "7/1000033", "1/999983"]}, pools))


def test_a_category_of_many_members(tmp_path):
    members = [f"M{i}" for i in range(100)]
    one = book(
        inputs={"facts.k": {"members": members}},
        rules={"r": {"obligation": {"require": "facts.k in {M0, M64, M99}"}}},
    )
    files = [(m, submission_of({"facts": {"k": m}})) for m in members] + [("none", submission_of({}))]
    assert not agree(tmp_path, [one], files).refused


def test_more_words_than_a_query_spells_out(tmp_path):
    one = book(
        inputs={
            "facts.part": {"unit": "%"},
            "claims.part": {"unit": "%"},
            "bande": {"at": "dwelling", "unit": "%"},
        },
        rules={
            "r": {
                "obligation": {
                    "require": "facts.part >= 12.34 % and claims.part is given and count(dwellings where bande > 3 %) >= 1"
                }
            }
        },
    )
    files = [
        (f"{i:04}", submission_of({
            "facts": {"part": f"{i / 100} %"}, "claims": {"part": f"{i / 50} %"} if i % 3 else {},
            "dwellings": [{"facts": {"bande": f"{i / 400} %"}}],
        }))
        for i in range(2500)
    ]  # fmt: skip
    account = agree(tmp_path, [one], files)
    assert not account.refused
    assert account.odd + account.too_wide == 0


def test_roundings(tmp_path):
    modes = ["ceil", "floor", "round_half_up", "round_half_even", "abs"]
    expressions = [f"{mode}({N})" for mode in modes] + [
        f"{mode}({N} * 0.37, to: 0.05)" for mode in modes[:-1]
    ]
    same(tmp_path, expressions, files_of(both("n", "m", NUMBERS)))


def test_dates(tmp_path):
    expressions = [f"years_between({D}, dates.filing)", f"months_between({D}, facts.d)", f"{D} + 3 months",
                   f"{D} - 1 year", f"{D} + 0.5 months", f"{D} + 40 days", f"{D} - 2.5 years", f"months_between(facts.e, {D})",
                   f"{D} + 20000 years", f"{D} - 20000 years", f"({D} + 0.5 days) + 1 month", "facts.d - facts.e",
                   f"({D} + 10000000 days) + 1 month", f"months_between({D} - 10000000 days, facts.d)",
                   f"years_between(facts.d, {D} + 10000000 days)", f"months_between(facts.d, {D} - 10000000 days)", "dates.filing + facts.n * 1 month"]  # fmt: skip
    moved = {"n": [None, "sans objet", "1/2", "2"], "filing": [None, "none", "2026-03-31", "2024-02-29"]}
    same(tmp_path, expressions, files_of(both("d", "e", DAYS[:2] + DAYS[3:]), moved))


def test_what_is_without_limit_and_what_is_not_there_yet(tmp_path):
    expressions = [
        "unlimited",
        "if facts.q then facts.x else unlimited",
        "min(facts.x, unlimited * 1 m²)",
        "PLUS_TARD",
        "PLUS_TARD - facts.x",
    ]
    same(tmp_path, expressions, files_of(both("x", "y", AREAS)))


def test_a_power_of_more_than_128_bits_is_computed_by_the_engine(tmp_path):
    one = book(
        inputs={"facts.taux": {"unit": "%"}, "facts.ans": {"unit": "year"}},
        rules={"r": {"obligation": {"require": "power(1 + facts.taux, floor(facts.ans)) <= 3"}}},
    )
    files = [
        (f"{taux}-{ans}", submission_of({"facts": {"taux": taux, "ans": ans}}))
        for taux in ("2.5 %", "1.0123 %")
        for ans in ("10", "44", "45", "600", "3000")
    ]
    account = agree(tmp_path, [one], files)
    assert not account.refused
    # 41/40 ten times takes 54 bits, and forty-four times 236.
    assert account.too_wide == len(files) - 1


@pytest.mark.parametrize("election", ["1", "sans objet", None])
def test_no_option_is_called_by_a_number(election, tmp_path):
    steps = {"A": {"when": "yes", "rate": "5 %"}, "B": {"when": "yes", "rate": "10 %"}}
    award = {"grants": "parking", "options": steps, "elected": "elections.number", "of": "site.land_area"}
    one = book(inputs={"elections.number": {"unit": "ratio"}}, rules={"a": {"advantage": award}})
    given_ = {"elections": {"number": election}} if election else {}
    account = agree(tmp_path, [one], [("f", submission_of(given_ | {"site": {"land_area": "100"}}))])
    assert not account.refused
