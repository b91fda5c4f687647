"""Putting conclusions into words and exact strings: findings, advantages, limits, contradictions."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Any, cast

from mixrules.engine import gaps, logic, observe
from mixrules.engine.award import exact, shortfall
from mixrules.engine.decision import (
    Advantage,
    Amount,
    CheckPart,
    Condition,
    ContradictionPart,
    CumulationPart,
    Distance,
    Finding,
    Missing,
    NextStep,
    SourceNote,
    Ternary,
)
from mixrules.engine.deliberation import Deliberation, Limit, Outcome
from mixrules.engine.network import Truth
from mixrules.engine.observe import Check
from mixrules.message import Lang, format_number, format_quantity
from mixrules.programme.category import TENURE
from mixrules.programme.contradiction import Contradiction
from mixrules.programme.scope import Element
from mixrules.programme.vocabulary import fields, item_fields
from mixrules.quantity import Interval, canonical, in_unit
from mixrules.rulebook.model import Override, Rule, Source, Texts, text_in
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.tree import Junction, Named, Node, RuleOutcome, Type
from mixrules.rulebook.walk import walk

STATUSES = ("met", "unmet", "undetermined", "not-applicable", "excepted")
LANGS: tuple[Lang, Lang] = ("fr", "en")
SHOWN = 20
"""How many elements a list of missing values names at most; their number is always given."""


def ternary(truth: Truth) -> Ternary:
    """A truth value as a decision writes it."""
    return "unknown" if truth is None else "yes" if truth else "no"


def both(texts: Texts) -> Any:
    """A text in both languages."""
    return {lang: text_in(texts, lang) for lang in LANGS} if texts else {}


def speakers(deliberation: Deliberation) -> dict[Lang, Speaker]:
    """Who says the rules of a rulebook, by language."""
    book = deliberation.book
    return {lang: Speaker(lang, book.labels, book.inputs) for lang in LANGS}


def source_note(rule: Rule) -> SourceNote:
    """A rule's source with the dates of its version."""
    return _note(rule.source, rule)


def _note(source: Source, rule: Rule | None) -> SourceNote:
    period = rule.period if rule is not None else None
    return SourceNote(
        ref=source.ref,
        url=source.url,
        quote=source.quote,
        date=source.date,
        since=period.start.isoformat() if period and period.start else None,
        until=period.end.isoformat() if period and period.end else None,
    )


# -- findings ------------------------------------------------------------------------------------------


def finding(deliberation: Deliberation, outcome: Outcome) -> Finding:
    """A finding with its checks, what is missing, and its sentence."""
    rule, element = outcome.rule, outcome.element
    measures = deliberation.measures
    exception = _exception(outcome)
    wanted = exception.require if exception is not None and exception.require is not None else rule.require
    seen = observe.checks(measures, wanted, element) if wanted is not None else []
    main = _main(seen)
    missing = _missing(deliberation, outcome) if outcome.status == "undetermined" else []
    questions = _questions(outcome)
    return Finding(
        rule=rule.key,
        title=both(rule.title),
        kind=cast("Any", rule.kind),
        force=rule.force,
        at=rule.scope,
        scope=element.path,
        status=cast("Any", outcome.status),
        breach=ternary(outcome.answers["unmet"]),
        observed=main.observed if main else "",
        required=main.required if main else "",
        unit=main.unit if main else "",
        shortfall=_distance(main) if main and outcome.status == "unmet" else None,
        checks=[_check(check, deliberation) for check in seen],
        missing=missing,
        questions=questions,
        exception=exception.name if exception is not None else None,
        rounding=rule.rounding,
        source=source_note(rule),
        explanation={
            lang: _sentence(deliberation, outcome, seen, missing, questions, speaker)
            for lang, speaker in speakers(deliberation).items()
        },
    )


def _exception(outcome: Outcome) -> Override | None:
    """The strongest exception that holds; where one excuses, that one."""
    ranked = logic.ranked(outcome.rule.overrides)
    held = [o for o in ranked if outcome.answers.get(f"exception:{o.name}") is True]
    if outcome.status == "excepted":
        return next((o for o in held if o.require is None), None)
    return next((o for o in held if o.require is not None), held[0] if held else None)


def _main(seen: list[Check]) -> Check | None:
    """The check that decides: the first that fails, else the first not known, else the first."""
    for truth in (False, None):
        for check in seen:
            if check.truth is truth:
                return check
    return seen[0] if seen else None


def _distance(check: Check) -> Distance | None:
    if check.distance is None:
        return None
    direction = "missing" if check.short else "excess"
    return Distance(
        value=in_unit(check.distance, check.distance_unit),
        unit=check.distance_unit,
        direction=cast("Any", direction),
    )


def _check(check: Check, deliberation: Deliberation) -> CheckPart:
    return CheckPart(
        observed=check.observed,
        operator=check.operator,
        required=check.required,
        unit=check.unit,
        holds=ternary(check.truth),
        shortfall=_distance(check) if check.truth is False else None,
        explanation={lang: observe.phrase(check, s) for lang, s in speakers(deliberation).items()},
    )


def _questions(outcome: Outcome) -> list[Any]:
    asked: list[Any] = []
    if outcome.status != "undetermined":
        return asked
    for index, question in enumerate(outcome.rule.questions):
        if outcome.answers.get(f"question:{index}") is not False:
            asked.append(both(question.ask))
    if outcome.empty is True and outcome.rule.when_empty == "undetermined":
        asked.append(
            {
                "fr": "La part se calcule sur un ensemble vide : le texte ne dit pas ce qu'il en est.",
                "en": "The share is taken over an empty base: the text does not say what follows.",
            }
        )
    return asked


def _sentence(
    deliberation: Deliberation,
    outcome: Outcome,
    seen: list[Check],
    missing: list[Missing],
    questions: list[Any],
    speaker: Speaker,
) -> str:
    if outcome.rule.promise is not None:
        return _promise_sentence(outcome, speaker)
    if outcome.status == "not-applicable":
        reasons = _reasons(deliberation, outcome, speaker)
        return speaker.two("Ne s'applique pas", "Does not apply") + (f" ({reasons})." if reasons else ".")
    said = " ; ".join(observe.phrase(check, speaker) for check in seen) + "."
    if outcome.status == "excepted":
        names = [o for o in outcome.rule.overrides if outcome.answers.get(f"exception:{o.name}") is True]
        label = ", ".join(text_in(o.label, speaker.lang) or o.name for o in names)
        return f"{said} " + speaker.two(
            f"Écarté par l'exception : {label}.", f"Set aside by the exception: {label}."
        )
    if outcome.status == "undetermined":
        said += _open_sentence(missing, questions, speaker)
    return said


def _open_sentence(missing: list[Missing], questions: list[Any], speaker: Speaker) -> str:
    text = ""
    if missing:
        listed = ", ".join(_named_gap(m, speaker.lang) for m in missing)
        text += " " + speaker.two(f"Manque : {listed}.", f"Missing: {listed}.")
    for question in questions:
        text += " " + speaker.two("À trancher : ", "To settle: ") + question[speaker.lang]
    return text


def _named_gap(missing: Missing, lang: Lang) -> str:
    label = missing.label[lang]
    if missing.count > 1:
        return f"{label} (× {missing.count})"
    return label


def _reasons(deliberation: Deliberation, outcome: Outcome, speaker: Speaker) -> str:
    """Why a rule does not apply: the checks on which that rests."""
    applies = outcome.rule.applies
    if applies is None:
        return speaker.two("ensemble vide", "empty base")
    _, seen = observe.behind(deliberation.measures, applies, outcome.element, False)
    return " ; ".join(
        observe.phrase(check, speaker).split(speaker.two(" : il manque", ": missing"))[0] for check in seen
    )


def _promise_sentence(outcome: Outcome, speaker: Speaker) -> str:
    promise = outcome.rule.promise
    assert promise is not None
    proofs = ", ".join(speaker.evidence(name) for name in promise.evidence)
    due = speaker.member("phase", promise.due)
    text = speaker.two(
        f"Pièces attendues au stade « {due} » : {proofs}.", f"Evidence due at {due}: {proofs}."
    )
    if outcome.status == "not-applicable":
        return speaker.two("Pas encore échu. ", "Not due yet. ") + text
    return text


# -- missing values ------------------------------------------------------------------------------------


def _missing(deliberation: Deliberation, outcome: Outcome) -> list[Missing]:
    rule = outcome.rule
    if rule.promise is not None:
        record = getattr(outcome.element.record, "evidence", {})
        found = {
            gaps.Gap(f"evidence.{e}", outcome.element.path, "programme")
            for e in rule.promise.evidence
            if record.get(e) is None
        }
        return grouped(found, deliberation)
    nodes: list[Node] = []
    if outcome.answers["applies"] is None and rule.applies is not None:
        nodes.append(rule.applies)
    if outcome.answers["wanted"] is None and rule.require is not None:
        nodes.append(rule.require)
    nodes += [o.when for o in rule.overrides if outcome.answers.get(f"exception:{o.name}") is None]
    found = _of_nodes(deliberation, nodes, outcome.element)
    if outcome.element.supposed:
        lines = outcome.element.members["dwellings"]
        found |= {gaps.Gap(m.doubt, m.element.path, m.element.scope) for m in lines if m.doubt}
    return grouped(found, deliberation)


def _of_nodes(deliberation: Deliberation, nodes: Iterable[Node], element: Element) -> set[gaps.Gap]:
    found: set[gaps.Gap] = set()
    for node in nodes:
        for part in _measured(node):
            found.update(gaps.find(deliberation.measures, part, element))
    return found


def _measured(node: Node) -> Iterable[Node]:
    """The parts of a condition that are measured; the outcome of other rules is explained by those rules."""
    if not any(isinstance(n, RuleOutcome) for n in walk(node)):
        yield node
    elif isinstance(node, Junction):
        for item in node.items:
            yield from _measured(item)
    elif isinstance(node, Named):
        yield from _measured(node.body)


def grouped(found: Iterable[gaps.Gap], deliberation: Deliberation) -> list[Missing]:
    """Gaps by field, with how many elements lack it and which."""
    by_field: dict[tuple[str, str], set[str]] = {}
    for gap in found:
        by_field.setdefault((gap.owner, gap.field), set()).add(gap.where)
    return [
        Missing(
            field=name,
            owner=owner,
            label={lang: _gap_label(owner, name, deliberation, lang) for lang in LANGS},
            count=len(places),
            where=sorted(places)[:SHOWN],
        )
        for (owner, name), places in sorted(by_field.items())
    ]


DOUBTS: dict[str, tuple[str, str]] = {
    "landing": ("palier des logements", "landing of dwellings"),
    "stairwell": ("cage des logements", "stairwell of dwellings"),
    "building": ("bâtiment des logements", "building of dwellings"),
    "block": ("îlot des logements", "block of dwellings"),
    "dwellings": ("liste des logements", "list of dwellings"),
    "premises": ("liste des locaux", "list of premises"),
    "premise.building": ("bâtiment des locaux", "building of premises"),
    "premise.place": ("emplacement des locaux", "place of premises"),
    "district.existing": ("parc existant du quartier", "existing stock of the district"),
    "district.shared_places": ("lieux partagés du quartier", "shared places of the district"),
    "declared": (
        "nombre de logements (totaux contradictoires)",
        "number of dwellings (contradictory totals)",
    ),
}


def _gap_label(owner: str, name: str, deliberation: Deliberation, lang: Lang) -> str:
    index = 0 if lang == "fr" else 1
    declared = item_fields(owner).get(name) or fields().get(name)
    if name in DOUBTS and (declared is None or name in {"landing", "stairwell", "building", "block"}):
        return DOUBTS[name][index]
    if declared is not None:
        return declared.label.fr if lang == "fr" else declared.label.en
    given = deliberation.book.inputs.get(name)
    if given is not None and given.label:
        return text_in(given.label, lang)
    kind, _, rest = name.partition(":")
    if kind in {"parameter", "definition"} and rest:
        label = text_in(deliberation.book.labels.get(rest, ()), lang) or rest
        day = deliberation.day.isoformat()
        return f"{label} (pas de valeur au {day})" if lang == "fr" else f"{label} (no value on {day})"
    return name.replace("_", " ").removeprefix("evidence.").removeprefix("facts.")


# -- advantages ----------------------------------------------------------------------------------------


def advantage(deliberation: Deliberation, outcome: Outcome) -> Advantage:
    """An advantage with its rate, amount, claim and conditions."""
    rule, element, value = outcome.rule, outcome.element, outcome.worth
    assert rule.award is not None
    assert value is not None
    measures = deliberation.measures
    amount_type = _amount_type(rule)
    rate, amount = exact(value.rate), exact(value.amount)
    granted = outcome.status == "granted"
    if granted and value.claim is not None and value.claim.known and value.claimed:
        rate = value.claim.lo if value.claim_on_rate else rate
        if value.claim_on_rate:
            amount = exact(value.claim * value.base) if value.base is not None else None
        else:
            amount = value.claim.lo
    if outcome.status in {"refused", "not-applicable"} and value.claim is None:
        amount = amount if amount is not None else None
    short = shortfall(measures, value, element) if outcome.status == "refused" else None
    missing = (
        _award_missing(deliberation, outcome)
        if outcome.status == "undetermined" or (granted and amount is None)
        else []
    )
    questions = _questions(outcome)
    capped = (
        outcome.refused_by[0].key
        if outcome.refused_by
        else (value.capped_by.name if value.capped_by else None)
    )
    spoken = speakers(deliberation)
    return Advantage(
        rule=rule.key,
        title=both(rule.title),
        force=rule.force,
        grants=rule.award.grants,
        at=rule.scope,
        scope=element.path,
        status=cast("Any", outcome.status),
        rate=in_unit(rate, "ratio") if rate is not None and value.by_rate else None,
        amount=_amount(amount, amount_type),
        base=_amount(exact(value.base), rule.award.base.type if rule.award.base is not None else None),
        claimed=in_unit(value.claim.lo, _claim_unit(outcome))
        if value.claim is not None and value.claim.known
        else None,
        shortfall=_distance(short) if short is not None and short.truth is False else None,
        step=value.step.name or None if value.step is not None and outcome.status == "granted" else None,
        next_step=_next_step(deliberation, outcome, spoken),
        capped_by=capped,
        decisive={lang: s.say(value.decisive) for lang, s in spoken.items()}
        if value.decisive is not None
        else None,
        conditions=_conditions(deliberation, outcome, spoken),
        missing=missing,
        questions=questions,
        kept_while=both(rule.award.kept_while),
        source=source_note(rule),
        explanation={
            lang: _award_sentence(deliberation, outcome, missing, questions, short, s)
            for lang, s in spoken.items()
        },
    )


def _amount_type(rule: Rule) -> Type | None:
    assert rule.award is not None
    first = rule.award.steps[0] if rule.award.steps else None
    if first is not None and first.amount is not None:
        return first.amount.type
    return rule.award.base.type if rule.award.base is not None else None


def _amount(value: Any, kind: Type | None) -> Amount | None:
    if value is None or kind is None:
        return None
    unit = str(kind.unit)
    return Amount(value=in_unit(value, unit), unit=unit)


def _next_step(deliberation: Deliberation, outcome: Outcome, spoken: dict[Lang, Speaker]) -> Any:
    value = outcome.worth
    step = value.next_step if value is not None else None
    if step is None or step.when is None or outcome.rule.award is None or outcome.rule.award.choice != "best":
        return None
    texts: Any = {}
    node = step.rate if step.rate is not None else step.amount
    assert node is not None
    size = deliberation.measures.value(node, outcome.element)
    unit = "%" if step.rate is not None else str(node.type.unit)
    for lang, speaker in spoken.items():
        known = isinstance(size, Interval) and size.known
        worth = _interval(size, unit, speaker) if known else speaker.say(node)
        lacking = [
            _outcome_name(deliberation, n, lang)
            for n in _unfulfilled(deliberation, outcome.element, step.when)
        ]
        names = ", ".join(dict.fromkeys(lacking)) or speaker.say(step.when)
        texts[lang] = speaker.two(f"{worth} si : {names}", f"{worth} if: {names}")
    return NextStep(name=step.name, explanation=texts)


def _unfulfilled(deliberation: Deliberation, element: Element, when: Node) -> list[str]:
    named = [r for n in walk(when) if isinstance(n, RuleOutcome) for r in n.rules]
    return [name for name in named if deliberation.fulfilled(name, element) is not True]


def _outcome_name(deliberation: Deliberation, rule_id: str, lang: Lang) -> str:
    rule = next((r for r in deliberation.rules if r.id == rule_id), None)
    return (text_in(rule.title, lang) if rule is not None else "") or rule_id


def _conditions(deliberation: Deliberation, outcome: Outcome, spoken: dict[Lang, Speaker]) -> list[Condition]:
    require = outcome.rule.require
    found: list[Condition] = []
    if require is not None:
        for check in observe.checks(deliberation.measures, _without_outcomes(require), outcome.element):
            texts = {lang: observe.phrase(check, s) for lang, s in spoken.items()}
            found.append(Condition(holds=ternary(check.truth), explanation=texts))
    nodes = [n for n in [require, *(s.when for s in outcome.rule.award.steps)] if n is not None]  # type: ignore[union-attr]
    read = dict.fromkeys(
        r for node in nodes for n in walk(node) if isinstance(n, RuleOutcome) for r in n.rules
    )
    for name in read:
        texts = {lang: _outcome_name(deliberation, name, lang) for lang in LANGS}
        found.append(
            Condition(
                holds=ternary(deliberation.fulfilled(name, outcome.element)), explanation=cast("Any", texts)
            )
        )
    return found


def _without_outcomes(node: Node) -> Node:
    kept = tuple(_measured(node))
    return Junction("and", kept)


def _award_missing(deliberation: Deliberation, outcome: Outcome) -> list[Missing]:
    rule, value = outcome.rule, outcome.worth
    assert rule.award is not None
    assert value is not None
    nodes: list[Node] = list(value.behind)
    if outcome.answers["applies"] is None and rule.applies is not None:
        nodes.append(rule.applies)
    if outcome.answers["wanted"] is None:
        nodes += [n for n in [rule.require, *(o.when for o in rule.overrides)] if n is not None]
    nodes += [step.when for step in rule.award.steps if step.when is not None]
    return grouped(_of_nodes(deliberation, nodes, outcome.element), deliberation)


def _award_sentence(
    deliberation: Deliberation,
    outcome: Outcome,
    missing: list[Missing],
    questions: list[Any],
    short: Check | None,
    speaker: Speaker,
) -> str:
    value, lang = outcome.worth, speaker.lang
    assert value is not None
    if outcome.status == "not-applicable":
        reasons = _reasons(deliberation, outcome, speaker)
        return speaker.two("Sans objet", "Not applicable") + (f" ({reasons})." if reasons else ".")
    parts = [_entitled(outcome, speaker)]
    if value.decisive is not None:
        parts.append(speaker.two("terme décisif : ", "decisive term: ") + speaker.say(value.decisive))
    if value.capped_by is not None:
        name = value.capped_by.name
        parts.append(speaker.two(f"limité par le plafond « {name} »", f"limited by the cap “{name}”"))
    if value.claim is not None and value.claim.known:
        claim = format_quantity(value.claim.lo, _claim_unit(outcome), lang)
        if value.claim_on_rate and value.base is not None and value.base.known:
            kind = _amount_type(outcome.rule)
            asked = _interval(value.claim * value.base, str(kind.unit) if kind is not None else "", speaker)
            claim = f"{claim} = {asked}"
        parts.append(speaker.two(f"demandé : {claim}", f"claimed: {claim}"))
    if short is not None and short.truth is False:
        parts.append(observe.phrase(short, speaker))
    for cumulation in outcome.refused_by:
        title = text_in(cumulation.title, lang) or cumulation.id
        parts.append(
            speaker.two(f"refusé par la règle de cumul « {title} »", f"refused by the limit “{title}”")
        )
    text = " ; ".join(p for p in parts if p) + "."
    return text + (_open_sentence(missing, questions, speaker) if outcome.status == "undetermined" else "")


def _claim_unit(outcome: Outcome) -> str:
    award = outcome.rule.award
    assert award is not None
    assert award.claimed is not None
    unit = award.claimed.type.unit
    return str(unit)


def _entitled(outcome: Outcome, speaker: Speaker) -> str:
    value = outcome.worth
    assert value is not None
    label = speaker.two("Droit : ", "Entitlement: ")
    kind = _amount_type(outcome.rule)
    rate = _interval(value.rate, "%", speaker) if value.by_rate else ""
    amount = _interval(value.amount, str(kind.unit) if kind is not None else "", speaker)
    base = ""
    if value.base is not None and value.by_rate and value.base.known:
        assert outcome.rule.award is not None
        assert outcome.rule.award.base is not None
        shown = format_quantity(value.base.lo, str(outcome.rule.award.base.type.unit), speaker.lang)
        base = speaker.two(f" de {shown}", f" of {shown}")
    if rate and amount:
        return f"{label}{rate}{base} = {amount}"
    return label + (rate + base or amount or speaker.two("non établi", "not established"))


def _interval(value: Interval | None, unit: str, speaker: Speaker) -> str:
    if value is None or value.undefined or (value.lo == -inf and value.hi == inf):
        return ""
    if value.known:
        return format_quantity(value.lo, unit, speaker.lang)
    if value.hi == inf:
        least = format_quantity(value.lo, unit, speaker.lang)
        return speaker.two(f"au moins {least}", f"at least {least}") if value.lo > 0 else ""
    low = format_quantity(max(value.lo, 0), unit, speaker.lang)
    high = format_quantity(value.hi, unit, speaker.lang)
    return speaker.two(f"entre {low} et {high}", f"between {low} and {high}")


# -- limits across advantages, contradictions ---------------------------------------------------------


def cumulation(limit: Limit) -> CumulationPart:
    """A limit across advantages, with the total that it limits."""
    rule = limit.cumulation
    status = "not-applicable"
    if limit.concerned or limit.respected is False:
        status = {True: "within", False: "exceeds"}.get(cast("Any", limit.respected), "undetermined")
        if status == "exceeds" and not limit.claimed:
            # Nothing is claimed beyond the limit: the entitlement is what the limit leaves.
            status = "within"
    unit = str(rule.limit.type.unit) if rule.limit is not None else ""
    total, ceiling = exact(limit.total), exact(limit.limit)
    return CumulationPart(
        rule=rule.key,
        title=both(rule.title),
        force=rule.force,
        scope=limit.element.path,
        status=cast("Any", status),
        total=in_unit(total, unit) if total is not None and rule.limit is not None else None,
        limit=in_unit(ceiling, unit) if ceiling is not None else None,
        unit=unit,
        source=_note(rule.source, None),
        explanation={lang: _limit_sentence(limit, total, ceiling, unit, lang) for lang in LANGS},
    )


def _limit_sentence(limit: Limit, total: Any, ceiling: Any, unit: str, lang: Lang) -> str:
    french = lang == "fr"
    if limit.cumulation.against:
        if limit.respected is False:
            return (
                "Avantages exclusifs l'un de l'autre, tous deux demandés."
                if french
                else "Mutually exclusive advantages, both claimed."
            )
        return "Avantages exclusifs l'un de l'autre." if french else "Mutually exclusive advantages."
    if not limit.concerned or total is None or ceiling is None:
        return ""
    shown, most = format_quantity(total, unit, lang), format_quantity(ceiling, unit, lang)
    if limit.claimed:
        return (
            f"Total demandé : {shown} ; au plus {most}."
            if french
            else f"Total claimed: {shown}; at most {most}."
        )
    if total > ceiling:
        return (
            f"Total des droits : {shown}, limité à {most}."
            if french
            else f"Total entitlement: {shown}, limited to {most}."
        )
    return (
        f"Total des droits : {shown} ; au plus {most}."
        if french
        else f"Total entitlement: {shown}; at most {most}."
    )


def contradiction(found: Contradiction) -> ContradictionPart:
    """A contradiction with both its values, resolved by nobody."""
    return ContradictionPart(
        programme=found.programme,
        what=found.what,
        values=[{"value": canonical(value), "source": source} for value, source in found.values],
        unit=found.unit,
        explanation={lang: _contradiction_sentence(found, lang) for lang in LANGS},
    )


def _contradiction_sentence(found: Contradiction, lang: Lang) -> str:
    french = lang == "fr"
    names = {
        "sum": ("total des lignes", "sum of the lines"),
        "declared": ("valeur déclarée", "declared value"),
    }
    sides = []
    for value, source in found.values:
        origin = names[source][0 if french else 1] if source in names else source
        number = (
            format_number(value, lang)
            if found.unit == "dwelling"
            else format_quantity(value, found.unit, lang)
        )
        sides.append(f"{number} ({origin})")
    if found.what == "dwellings":
        what = "nombre de logements" if french else "number of dwellings"
    elif found.what == "tenure":
        members = ", ".join(m for m in TENURE.members if m in found.tenure)
        what = f"logements {members}" if french else f"{members} dwellings"
    else:
        label = fields()[found.what].label
        what = label.fr if french else label.en
    joined = " ≠ ".join(sides)
    return f"{what} : {joined}" if french else f"{what}: {joined}"
