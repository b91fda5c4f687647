"""The networks of a decision: what a rule, an advantage and a verdict conclude from their atoms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mixrules.engine.network import ALWAYS, OPEN, Builder, Network, Wire
from mixrules.rulebook.model import Override, Rule
from mixrules.rulebook.tree import Junction, Named, Node, Not

EMPTY = "the base is empty"


@dataclass(frozen=True, slots=True)
class OverNothing:
    """An atom: a comparison takes a share or an average over an empty base."""

    node: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """A network and what each of its inputs stands for."""

    network: Network
    atoms: tuple[object, ...]

    @property
    def size(self) -> int:
        """How many conditions and gates there are."""
        return self.network.inputs + len(self.network.gates)


def _finish(builder: Builder) -> Logic:
    network, atoms = builder.build()
    return Logic(network, tuple(atoms))


def of_rule(rule: Rule) -> Logic:
    """A rule as a network: when it applies, whether it is met, set aside by an exception, or breached.

    An exception can only rescue: a rule that is met anyway is met.
    """
    b = Builder()
    applies = b.formula(rule.applies) if rule.applies is not None else b.atom(ALWAYS)
    if rule.when_empty == "not-applicable":
        applies = b.both(applies, b.no(b.atom(EMPTY)))
    wanted = _required(b, rule.require, rule) if rule.require is not None else b.atom(ALWAYS)
    excused: list[Wire] = []
    for override in reversed(ranked(rule.overrides)):
        when = b.formula(override.when)
        if override.require is None:
            stronger = [
                b.no(b.formula(o.when)) for o in _above(override, rule.overrides) if o.require is not None
            ]
            excused.append(b.both(when, *stronger))
        else:
            wanted = b.choose(when, _required(b, override.require, rule), wanted)
    for index, question in enumerate(rule.questions):
        asked = b.formula(question.when) if question.when is not None else b.atom(ALWAYS)
        b.output(f"question:{index}", asked)
        wanted = b.choose(asked, b.atom(OPEN), wanted)
    if rule.award is not None and excused:
        # An exception to an advantage takes it away; an exception to a duty excuses from it.
        wanted = b.both(wanted, b.no(b.either(*excused)))
        excused = []
    breach = [applies, b.no(wanted)]
    b.output("applies", applies)
    b.output("wanted", wanted)
    b.output("not-applicable", b.no(applies))
    b.output("met", b.both(applies, wanted))
    if excused:
        b.output("excepted", b.both(*breach, b.either(*excused)))
        breach.append(b.no(b.either(*excused)))
    b.output("unmet", b.both(*breach))
    for override in rule.overrides:
        b.output(f"exception:{override.name}", b.formula(override.when))
    return _finish(b)


def _required(b: Builder, node: Node, rule: Rule, *, positive: bool = True) -> Wire:
    """The wire of a requirement; where the rule says so, a comparison over an empty base is met."""
    if rule.when_empty != "met":
        return b.formula(node)
    if isinstance(node, Named):
        return _required(b, node.body, rule, positive=positive)
    if isinstance(node, Not):
        return b.no(_required(b, node.operand, rule, positive=not positive))
    if isinstance(node, Junction):
        wires = [_required(b, item, rule, positive=positive) for item in node.items]
        return b.both(*wires) if node.op == "and" else b.either(*wires)
    empty = b.atom(OverNothing(node))
    return b.either(b.atom(node), empty) if positive else b.both(b.atom(node), b.no(empty))


def _above(one: Override, overrides: tuple[Override, ...]) -> list[Override]:
    """The exceptions that come before one, directly or through others."""
    found: list[Override] = []
    waiting = [one.name]
    while waiting:
        name = waiting.pop()
        for other in overrides:
            if name in other.before and other not in found and other is not one:
                found.append(other)
                waiting.append(other.name)
    return found


def ranked(overrides: tuple[Override, ...]) -> list[Override]:
    """Exceptions from the strongest to the weakest: those that come before others, then as written."""
    left = list(overrides)
    ordered: list[Override] = []
    while left:
        beaten = {name for other in left for name in other.before}
        first = next((o for o in left if o.name not in beaten), left[0])
        left.remove(first)
        ordered.append(first)
    return ordered


def of_steps(rule: Rule) -> Logic:
    """The conditions of each way to earn an advantage."""
    b = Builder()
    assert rule.award is not None
    for index, step in enumerate(rule.award.steps):
        b.output(str(index), b.formula(step.when) if step.when is not None else b.atom(ALWAYS))
    return _finish(b)


@lru_cache(maxsize=1)
def of_claim() -> Logic:
    """An advantage from: it applies, its conditions hold, it is claimed, the claim fits, anything is due.

    An open question of the text leaves it neither granted nor refused.
    """
    b = Builder()
    applies, holds, claimed, fits, due, asked = (
        b.atom(name) for name in ("applies", "holds", "claimed", "fits", "due", "asked")
    )
    earned = b.choose(claimed, fits, due)
    settled = b.no(asked)
    b.output("granted", b.both(applies, holds, earned, settled))
    b.output("not-applicable", b.both(b.no(applies), b.no(claimed)))
    b.output(
        "refused",
        b.either(b.both(applies, b.no(b.both(holds, earned)), settled), b.both(b.no(applies), claimed)),
    )
    return _finish(b)


@lru_cache(maxsize=64)
def of_cumulation(limits: int) -> Logic:
    """An advantage granted on its own, once the limits across advantages are respected."""
    b = Builder()
    alone = b.atom("granted")
    respected = [b.atom(f"limit{i}") for i in range(limits)]
    b.output("granted", b.both(alone, *respected))
    b.output("refused", b.both(alone, b.no(b.both(*respected))))
    return _finish(b)


@lru_cache(maxsize=1)
def of_verdict() -> Logic:
    """The verdict: is there a breach, given which kinds of breach truth the findings hold."""
    b = Builder()
    breach = b.either(b.atom("a finding breached"), b.atom("a finding open"))
    b.output("non-compliant", breach)
    b.output("compliant", b.no(breach))
    return _finish(b)
