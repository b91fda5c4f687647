"""Random rulebooks over the vocabulary, random programmes, and the same programmes with gaps in them."""

from hypothesis import strategies as st

TENURES = ["PLAI", "PLUS", "PLS", "BRS", "libre"]
SOME_TENURES = st.sets(st.sampled_from(TENURES), min_size=1, max_size=3).map(sorted)
COMPARE = st.sampled_from([">=", ">", "<=", "<", "=", "!="])
PERCENT = st.sampled_from(["0 %", "10 %", "25 %", "30 %", "33.33 %", "50 %", "100 %"])
PARAMETERS = {
    "marches": {"by": "%", "match": "step", "unit": "%", "rows": {"5 %": "20 %", "10 %": "46.25 %", "50 %": "none"}},
    "tranches": {
        "by": "m²",
        "unit": "€/m²",
        "bands": [
            {"from": "0 m²", "up_to": "500 m²", "value": "300 €/m²", "until_value": "100 €/m²"},
            {"above": "500 m²", "below": "800 m²", "value": "250 €/m²"},
            {"from": "900 m²", "value": "unlimited"},
        ],
    },
    "bareme": {
        "by": "m²",
        "unit": "€/m²",
        "bands": [
            {"below": "500 m²", "value": "300 €/m²"},
            {"from": "500 m²", "up_to": "800 m²", "value": "0 €/m²"},
            {"above": "800 m²", "value": "250.05 €/m²"},
        ],
    },
    "bonus": {"by": ["zone_abc", "tenure"], "unit": "%", "rows": {
        "A": {"PLAI, PLUS": "20 %", "libre": "5 %"}, "B1": {"PLAI": "10 %"}}},
    "secteurs": {"by": "text", "fields": {"seuil": "dwelling", "actif": "yes_no"}, "rows": {
        "S1": {"seuil": "3", "actif": "yes"}, "S2": {"seuil": "none", "actif": "no"}}},
    "taux": {"unit": "%", "values": {"2016-01-01": "20 %", "2025-01-01": "30 %"}},
}  # fmt: skip
INPUTS = {
    "facts.rang": {"unit": "%"},
    "facts.recours": {"type": "yes_no"},
    "facts.depot": {"type": "date"},
    "claims.bonus": {"unit": "%"},
    "claims.surface": {"unit": "m² of floor_area"},
    "elections.option": {"members": ["A", "B"]},
    "bande": {"at": "dwelling", "unit": "%"},
}
DEFINITIONS = {
    "LLS": {
        "values": {"2000-01-01": "tenure in {PLAI, PLUS}", "2019-01-01": "tenure in {PLAI, PLUS, PLS, BRS}"}
    },
    "FAMILIAL": "residence != hostel",
}


def of_dwellings(depth=1):
    """A condition on a dwelling."""
    plain = st.one_of(
        st.just("LLS"),
        st.just("FAMILIAL"),
        st.just("accessible"),
        SOME_TENURES.map(lambda names: f"tenure in {{{', '.join(names)}}}"),
        st.sampled_from(TENURES).map(lambda name: f"tenure != {name}"),
        st.tuples(COMPARE, st.integers(1, 4)).map(lambda p: f"rooms {p[0]} {p[1]}"),
        st.tuples(COMPARE, st.sampled_from(["40", "52.10", "80"])).map(
            lambda p: f"floor_area {p[0]} {p[1]} m²"
        ),
        PERCENT.map(lambda p: f"bande <= {p}"),
    )
    return _connected(plain, depth)


def _connected(plain, depth):
    if not depth:
        return plain
    inner = _connected(plain, depth - 1)
    return st.one_of(
        plain,
        inner.map(lambda a: f"not ({a})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
    )


def _base(part):
    return st.one_of(st.just(""), part.map(lambda a: f" where {a}"))


@st.composite
def numbers(draw, scope="programme"):
    """An expression that is a number, and numbers of its unit to compare it with."""
    part, base = of_dwellings(), _base(of_dwellings(0))
    kinds = ["count", "share", "area share", "sum", "average", "least", "distinct", "landings", "rounded"]
    if scope == "programme":
        kinds += ["step", "band", "bonus", "quotient", "housing", "seuil", "either", "existing", "date"]
        kinds += ["interest", "months", "marginal", "storeys", "storeys share"]
    kind = draw(st.sampled_from(kinds if scope != "landing" else [k for k in kinds if k != "landings"]))
    a, b = draw(part), draw(base)
    percent, few = draw(PERCENT), str(draw(st.integers(0, 4)))
    written = {
        "count": (f"count({a}{b})", few),
        "share": (f"share({a} of dwellings{b})", percent),
        "area share": (f"share({a} of floor_area{b})", percent),
        "sum": (f"sum(floor_area{b or ' of dwellings'})", "104.20 m²"),
        "average": (f"average(rent of dwellings{b} weighted by floor_area)", "650.55 €/month"),
        "least": (f"{draw(st.sampled_from(['min', 'max']))}(rooms of dwellings{b})", "3"),
        "distinct": (f"distinct(tenure of dwellings{b})", "2"),
        "landings": ("count(landings where distinct(tenure of dwellings) >= 2)", few),
        "storeys": ("count(storeys where share(LLS of dwellings) > 50 %)", few),
        "storeys share": (f"share(storeys where count({a}) >= 1, of: storeys)", percent),
        "rounded": (f"count({a})", f"{draw(st.sampled_from(['ceil', 'floor', 'round_half_up']))}({percent} * count(dwellings))"),
        "step": (f"marches[{draw(st.sampled_from(['facts.rang', f'share({a} of dwellings)']))}]", percent),
        "band": ("tranches[site.land_area]", "250 €/m²"),
        "bonus": (f"bonus[commune.zone_abc, {draw(st.sampled_from(TENURES))}]", percent),
        "quotient": ("land.price / programme.floor_area", "tranches[site.land_area]"),
        "housing": ("programme.housing_floor_area", "800 m²"),
        "seuil": ("count(dwellings)", "secteurs[sector.code].seuil"),
        "either": (f"(if {draw(conditions_of_programme())} then share({a} of dwellings) else facts.rang)", "min(taux, 25 %)"),
        "existing": ("share(LLS of dwellings and existing)", percent),
        "interest": (f"power(1 + facts.rang, {draw(st.sampled_from(['3', 'years_between(facts.depot, dates.filing)']))})", "1.157625"),
        "months": ("months_between(facts.depot, dates.filing)", "3 months"),
        "marginal": ("marginal(bareme[site.land_area])", "marginal(bareme[site.buildable_floor_area])"),
        "date": ("facts.depot + 3 months", "2026-05-31"),
    }  # fmt: skip
    return written[kind]


def conditions_of_programme():
    """A condition on what surrounds the dwellings."""
    return st.sampled_from(
        [
            "commune.carence",
            "site.heritage",
            "facts.recours",
            "commune.zone_abc in {A, Abis}",
            "programme.housing_floor_area > 800 m²",
            "sector.code in secteurs",
            "secteurs[sector.code].actif",
            "count(premises where use = retail) >= 1",
        ]
    )


@st.composite
def conditions(draw, scope="programme"):
    """A condition that a rule may set at a scope."""
    kind = draw(st.sampled_from(["compare", "compare", "compare", "all", "field", "both", "not"]))
    if kind == "all" and scope != "landing":
        op = draw(st.sampled_from(["all", "any"]))
        if scope != "stairwell" and draw(st.booleans()):
            return f"{op}(storeys, {draw(conditions('landing'))})"
        return f"{op}(landings where count(dwellings) >= 2, {draw(conditions('landing'))})"
    if kind == "field":
        return draw(conditions_of_programme())
    if kind == "both":
        return f"({draw(conditions(scope))} {draw(st.sampled_from(['and', 'or']))} {draw(conditions(scope))})"
    if kind == "not":
        return f"not ({draw(conditions(scope))})"
    left, right = draw(numbers(scope))
    return f"{left} {draw(COMPARE)} {right}"


@st.composite
def tests_of(draw, earlier):
    """An obligation, a condition or a ceiling, with its exceptions and questions."""
    scope = draw(st.sampled_from(["programme", "programme", "building", "stairwell", "landing"]))
    body = {"at": scope, "require": draw(conditions(scope))}
    if draw(st.booleans()):
        body["applies_when"] = draw(conditions(scope))
    if earlier and draw(st.booleans()):
        body["require"] = f"({body['require']}) or met({draw(st.sampled_from(earlier))})"
    body["when_empty"] = draw(st.sampled_from(["undetermined", "met", "not-applicable"]))
    rule = {draw(st.sampled_from(["obligation", "condition", "ceiling"])): body}
    rule["force"] = draw(st.sampled_from(["law", "plan", "contract", "charter"]))
    names = draw(st.sampled_from([[], ["un"], ["un", "deux"]]))
    rule["exceptions"] = {name: draw(_exceptions(scope, name)) for name in names}
    if draw(st.integers(0, 4)) == 0:
        rule["questions"] = [{"when": draw(conditions(scope)), "ask": "Que dit le texte ?"}]
    return rule


@st.composite
def _exceptions(draw, scope, name):
    effect = {"then": "not-applicable"} if draw(st.booleans()) else {"require": draw(conditions(scope))}
    before = {"before": ["un"]} if name == "deux" and draw(st.booleans()) else {}
    return {"when": draw(conditions(scope)), **effect, **before}


@st.composite
def advantages(draw, earlier):
    """An advantage by rate, by steps, by option or by amount."""
    way = draw(st.sampled_from(["rate", "best", "options", "amount"]))
    body = {"grants": "floor_area", "of": "site.buildable_floor_area", "claimed": "claims.bonus"}
    rates = st.sampled_from(
        ["5 %", "min(taux, share(LLS of dwellings))", "marches[facts.rang]", "facts.rang"]
    )
    if way == "rate":
        body["rate"] = draw(rates)
    elif way == "best":
        body["best_of"] = [
            {"name": n, "when": draw(conditions()), "rate": draw(rates)} for n in ("un", "deux")
        ]
    elif way == "options":
        body["options"] = {n: {"when": draw(conditions()), "rate": draw(rates)} for n in ("A", "B")}
        body["elected"] = "elections.option"
    else:
        body |= {"amount": "sum(floor_area where LLS)", "claimed": "claims.surface"}
        del body["of"]
    if way != "amount" and draw(st.booleans()):
        body["cap"] = {"plafond": draw(st.sampled_from(["50 %", "taux", "facts.rang"]))}
    if draw(st.booleans()):
        body["applies_when"] = draw(conditions())
    body["when"] = (
        f"met({draw(st.sampled_from(earlier))})" if earlier and draw(st.booleans()) else draw(conditions())
    )
    return {"advantage": body, "force": draw(st.sampled_from(["law", "plan", "charter"]))}


@st.composite
def rulebooks(draw):
    """A rulebook as data: some rules, some advantages, and perhaps a limit across them."""
    rules = {}
    for index in range(draw(st.integers(1, 3))):
        rules[f"regle-{'abc'[index]}"] = draw(tests_of(list(rules)))
    tests = list(rules)
    bonuses = ["avantage-a", "avantage-b"][: draw(st.integers(0, 2))]
    for name in bonuses:
        rules[name] = draw(advantages(tests))
    parts = {"parameters": PARAMETERS, "inputs": INPUTS, "definitions": DEFINITIONS, "rules": rules}
    by_rate = [name for name in bonuses if "amount" not in rules[name]["advantage"]]
    if by_rate and draw(st.booleans()):
        parts["cumulation"] = {"plafond": {"over": by_rate, "limit": draw(st.sampled_from(["30 %", "taux"]))}}
    return parts


# -- programmes: first complete, then with gaps ---------------------------------------------------------


PLACES = ("building", "stairwell", "landing")


@st.composite
def dwellings(draw):
    """A dwelling of which everything is known."""
    return {
        "building": draw(st.sampled_from("AB")),
        "stairwell": draw(st.sampled_from("12")),
        "floor": draw(st.sampled_from(["1", "2"])),
        "landing": draw(st.sampled_from(["R+1", "R+2"])),
        "tenure": draw(st.sampled_from(TENURES)),
        "rooms": draw(st.integers(1, 5)),
        "floor_area": draw(st.sampled_from(["30", "40", "52.10", "52.11", "80.01", "none"][:5])),
        "rent": draw(st.sampled_from(["500", "650.55", "900"])),
        "residence": draw(st.sampled_from(["ordinary", "hostel"])),
        "accessible": draw(st.booleans()),
        "facts": {"bande": draw(st.sampled_from(["30 %", "60 %", "0.25"]))},
    }


@st.composite
def programmes(draw):
    """A submission in its short form, with nothing missing."""
    lines = draw(st.lists(dwellings(), max_size=5))
    premises = draw(st.lists(st.fixed_dictionaries({
        "use": st.sampled_from(["retail", "office"]), "floor_area": st.just("100"), "building": st.sampled_from("AB"),
    }), max_size=2))  # fmt: skip
    area = sum(float(line["floor_area"]) for line in lines)
    housing = round(area + draw(st.sampled_from([0, 0.01, 300, 800])), 2)
    return {
        "commune": {"carence": draw(st.booleans()), "zone_abc": draw(st.sampled_from(["A", "B1", "C"]))},
        "district": {"existing": draw(st.lists(st.fixed_dictionaries({
            "count": st.integers(0, 30), "tenure": st.sampled_from(TENURES), "residence": st.nothing() | st.none(),
        }).map(lambda d: {k: v for k, v in d.items() if v is not None}), max_size=2))},
        "site": {
            "heritage": draw(st.booleans()),
            "land_area": draw(st.sampled_from(["0", "500", "500.01", "800", "850", "900"])),
            "buildable_floor_area": draw(st.sampled_from(["0", "1000.50", "unlimited"])),
        },
        "dates": {"filing": draw(st.sampled_from(["2026-05-30", "2026-05-31", "2029-02-28"]))},
        "sector": {"code": draw(st.sampled_from(["S1", "S2", "S3"]))},
        "land": {"price": draw(st.sampled_from(["0", "250000", "99999.99"]))},
        "facts": {
            "rang": draw(st.sampled_from(["4.99 %", "5 %", "10 %", "60 %"])),
            "recours": draw(st.sampled_from(["oui", "non"])),
            "depot": draw(st.sampled_from(["2026-02-28", "2026-03-01", "2026-01-31"])),
        },
        "claims": draw(st.sampled_from([{}, {"bonus": "10 %"}, {"bonus": "30 %", "surface": "50 m²"}])),
        "elections": draw(st.sampled_from([{}, {"option": "A"}])),
        "housing_floor_area": str(housing),
        "floor_area": str(round(housing + 100 * len(premises) + draw(st.sampled_from([0, 50])), 2)),
        "premises": premises,
        "dwellings": lines,
    }  # fmt: skip


@st.composite
def with_gaps(draw, given):
    """The same submission with some values not given, some lines unplaced, some categories known in part."""
    gapped = {}
    for name, value in given.items():
        if name in {"claims", "elections"}:
            gapped[name] = value
        elif name == "dwellings":
            if draw(st.integers(0, 7)):
                gapped[name] = [draw(_dwelling_with_gaps(line)) for line in value]
        elif draw(st.integers(0, 3)):
            kept = (
                {k: v for k, v in value.items() if draw(st.integers(0, 2))}
                if isinstance(value, dict)
                else value
            )
            gapped[name] = kept
    if isinstance(gapped.get("premises"), list):
        gapped["premises"] = [
            {k: v for k, v in p.items() if draw(st.integers(0, 2))} for p in gapped["premises"]
        ]
    return gapped


@st.composite
def _dwelling_with_gaps(draw, line):
    kept = {k: v for k, v in line.items() if k in PLACES or draw(st.integers(0, 3))}
    for place in PLACES[draw(st.integers(0, 5)) :]:
        del kept[place]
    if "floor" not in kept:
        # A landing named without its floor is a landing of another name: the one gap that a floor does not fill.
        kept.pop("landing", None)
    if "tenure" in kept and draw(st.booleans()):
        kept["tenure"] = "|".join(sorted({line["tenure"], draw(st.sampled_from(TENURES))}))
    return kept


def grouped(lines):
    """Equal lines written once, with their number."""
    counted = {}
    for line in lines:
        key = repr(sorted(line.items(), key=str))
        counted.setdefault(key, [line, 0])[1] += 1
    return [{**line, "count": count} for line, count in counted.values()]
