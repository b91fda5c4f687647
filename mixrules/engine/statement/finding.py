"""A finding in words and exact strings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from mixrules.engine import logic, observe
from mixrules.engine.decision import (
    CheckPart,
    Distance,
    Finding,
    Missing,
)
from mixrules.engine.deliberation import Deliberation, Outcome
from mixrules.engine.observe import Check
from mixrules.engine.statement import missing as gap_list
from mixrules.engine.statement.common import both, source_note, speakers, ternary
from mixrules.engine.statement.unfolding import Unfolding
from mixrules.message import Lang, bilingual, say
from mixrules.programme.scope import Element
from mixrules.quantity import in_unit
from mixrules.rulebook.model import Override, text_in
from mixrules.rulebook.prose import Speaker


def state(deliberation: Deliberation, outcome: Outcome, unfolding: Unfolding | None = None) -> Finding:
    """A finding with its checks, what is missing, and its sentence; with how it came about where that is unfolded."""
    rule, element = outcome.rule, outcome.element
    exception = _exception(outcome)
    seen = _seen(deliberation, outcome)
    main = _main(seen)
    missing = gap_list.of_finding(deliberation, outcome) if outcome.status == "undetermined" else []
    questions = questions_of(outcome)
    said = {lang: [observe.phrase(check, s) for check in seen] for lang, s in speakers(deliberation).items()}
    shown = unfolding if outcome.status != "not-applicable" else None
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
        shortfall=distance(main) if main and outcome.status == "unmet" else None,
        checks=[
            _check(check, {lang: texts[place] for lang, texts in said.items()}, shown, element)
            for place, check in enumerate(seen)
        ],
        applies=_applies(outcome, unfolding),
        missing=missing,
        questions=questions,
        exception=exception.name if exception is not None else None,
        rounding=rule.rounding,
        source=source_note(rule),
        references=[],
        explanation={
            lang: _sentence(deliberation, outcome, said[lang], missing, questions, speaker)
            for lang, speaker in speakers(deliberation).items()
        },
    )


def _applies(outcome: Outcome, unfolding: Unfolding | None) -> int | None:
    """Why a rule applies or not; of one that is met nobody asks."""
    applies = outcome.rule.applies
    if unfolding is None or applies is None or outcome.status == "met":
        return None
    return unfolding.of(applies, outcome.element)


def deciding(deliberation: Deliberation, outcome: Outcome) -> Check | None:
    """The comparison on which a finding rests: what is observed and required, and how far apart."""
    return _main(_seen(deliberation, outcome))


def _seen(deliberation: Deliberation, outcome: Outcome) -> list[Check]:
    exception = _exception(outcome)
    asked = exception.require if exception is not None else None
    wanted = asked if asked is not None else outcome.rule.require
    return observe.checks(deliberation.measures, wanted, outcome.element) if wanted is not None else []


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


def distance(check: Check) -> Distance | None:
    """How far a check is from being met."""
    if check.distance is None:
        return None
    direction = "missing" if check.short else "excess"
    return Distance(
        value=in_unit(check.distance, check.distance_unit),
        unit=check.distance_unit,
        direction=cast("Any", direction),
    )


def _check(check: Check, said: dict[Lang, str], unfolding: Unfolding | None, element: Element) -> CheckPart:
    return CheckPart(
        observed=check.observed,
        operator=check.operator,
        required=check.required,
        unit=check.unit,
        holds=ternary(check.truth),
        shortfall=distance(check) if check.truth is False else None,
        steps=unfolding.check(check.node, element) if unfolding is not None else [],
        explanation=cast("Any", said),
    )


def questions_of(outcome: Outcome) -> list[Any]:
    """The questions that leave a finding or an advantage open."""
    asked: list[Any] = []
    if outcome.status != "undetermined":
        return asked
    for index, question in enumerate(outcome.rule.questions):
        if outcome.answers.get(f"question:{index}") is not False:
            asked.append(both(question.ask))
    if outcome.empty is True and outcome.rule.when_empty == "undetermined":
        asked.append(bilingual("statement.share_of_nothing"))
    return asked


def _sentence(
    deliberation: Deliberation,
    outcome: Outcome,
    seen: list[str],
    missing: list[Missing],
    questions: list[Any],
    speaker: Speaker,
) -> str:
    if outcome.rule.promise is not None:
        return _promise_sentence(outcome, speaker)
    if outcome.status == "not-applicable":
        reasons = reasons_against(deliberation, outcome, speaker)
        return say("statement.does_not_apply", speaker.lang) + (f" ({reasons})." if reasons else ".")
    said = say("sign.semicolon", speaker.lang).join(seen) + "."
    if outcome.status == "excepted":
        names = [o for o in outcome.rule.overrides if outcome.answers.get(f"exception:{o.name}") is True]
        label = ", ".join(text_in(o.label, speaker.lang) or o.name for o in names)
        return f"{said} " + say("statement.set_aside_exception", speaker.lang, label=label)
    if outcome.status == "undetermined":
        said += open_sentence(missing, questions, speaker)
    return said


def open_sentence(missing: list[Missing], questions: list[Any], speaker: Speaker) -> str:
    """What is missing and what is to be settled, as sentences."""
    text = ""
    if missing:
        listed = ", ".join(_named_gap(m, speaker.lang) for m in missing)
        text += " " + say("statement.missing", speaker.lang, listed=listed)
    for question in questions:
        text += " " + say("statement.to_settle", speaker.lang) + question[speaker.lang]
    return text


def _named_gap(missing: Missing, lang: Lang) -> str:
    label = missing.label[lang]
    if missing.count > 1:
        return f"{label} (× {missing.count})"
    return label


def reasons_against(deliberation: Deliberation, outcome: Outcome, speaker: Speaker) -> str:
    """Why a rule does not apply: the checks on which that rests."""
    applies = outcome.rule.applies
    if applies is None:
        return say("statement.empty_base", speaker.lang)
    _, seen = observe.behind(deliberation.measures, applies, outcome.element, False)
    return say("sign.semicolon", speaker.lang).join(
        observe.phrase(check, speaker, gap=False) for check in seen
    )


def _promise_sentence(outcome: Outcome, speaker: Speaker) -> str:
    """Which pieces are due and when; of those due, which were given, refused, or not spoken of."""
    promise = outcome.rule.promise
    assert promise is not None
    due = speaker.member("phase", promise.due)
    asked = say("statement.evidence_due", speaker.lang, due=due, pieces=_pieces(promise.evidence, speaker))
    if outcome.status == "not-applicable":
        return say("statement.not_due_yet", speaker.lang) + asked
    given = getattr(outcome.element.record, "evidence", {})
    lacking = [name for name in promise.evidence if given.get(name) is False]
    silent = [name for name in promise.evidence if given.get(name) is None]
    if lacking:
        asked += say("statement.absent", speaker.lang) + f"{_pieces(lacking, speaker)}."
    if silent:
        asked += say("statement.file_silent", speaker.lang)
        asked += f"{_pieces(silent, speaker)}."
    return asked + ("" if lacking or silent else say("statement.all_given", speaker.lang))


def _pieces(names: Iterable[str], speaker: Speaker) -> str:
    return ", ".join(speaker.evidence(name) for name in names)
