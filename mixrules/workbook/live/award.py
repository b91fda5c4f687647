"""What an advantage is worth, in formulas: its best or elected step, caps, base, claim, and the limits across advantages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mixrules.engine import logic
from mixrules.rulebook.model import Award, Cumulation, Step
from mixrules.workbook.live import arithmetic
from mixrules.workbook.live.compiler import Compiler
from mixrules.workbook.live.formula import (
    ABSENT,
    NO,
    OPEN,
    UNKNOWN_NUMBER,
    YES,
    Choice,
    NotHeldError,
    Number,
    both,
    constant,
    either,
    no,
)
from mixrules.workbook.live.measures import ROOTS

if TYPE_CHECKING:
    from mixrules.workbook.live.rulings import Ruled, Rulings

NOTHING = constant(0)


class Worth:
    """The entitlement of an advantage and the claim."""

    def __init__(self, c: Compiler, award: Award, truths: list[str], at: str) -> None:
        self.c, self.award, self.at = c, award, at
        self.by_rate = all(step.rate is not None for step in award.steps)
        self.base = c.number(award.base, at) if award.base is not None else None
        self.rate: Number | None = None
        self.amount: Number | None = None
        self.amount_capped = False
        value = self._best(truths)
        if self.by_rate:
            self.rate = self._capped(value, on_rate=True)
            if self.base is not None:
                self.amount = arithmetic.product(c.sheet(at), self.rate, self.base)
        else:
            self.amount = value
        if self.amount is not None:
            self.amount = self._capped(self.amount, on_rate=False)
        self.claim: Number | None = None
        self.claim_on_rate = True
        if award.claimed is not None:
            self.claim_on_rate = self.by_rate and award.claimed.type.unit.is_ratio
            claim = c.value(award.claimed, at)
            self.claim = claim if isinstance(claim, Number) else None

    def _best(self, truths: list[str]) -> Number:
        sheet = self.c.sheet(self.at)
        found: Number | None = None
        for step, truth in zip(self.award.steps, truths, strict=True):
            value = self._value(step)
            elected = self._elected(step, truth)
            if value.exact is None:
                # « Sans objet » gives nothing, whatever its condition.
                elected = f'IF({value.num}="{ABSENT}",0,{elected})'
            kept = self.c.keep(self.at, f"étape {step.name}", elected).formula
            given = arithmetic.choose(sheet, kept, value, NOTHING)
            found = given if found is None else arithmetic.extreme(sheet, "max", found, given)
        return found if found is not None else NOTHING

    def _value(self, step: Step) -> Number:
        node = step.rate if step.rate is not None else step.amount
        assert node is not None
        value = self.c.number(node, self.at)
        if step.rate is not None and not self.by_rate and self.base is not None:
            return arithmetic.product(self.c.sheet(self.at), value, self.base)
        return value

    def _elected(self, step: Step, truth: str) -> str:
        if self.award.choice != "elected" or self.award.elected is None:
            return truth
        election = self.c.value(self.award.elected, self.at)
        if not isinstance(election, Choice):
            raise NotHeldError("live.election_free_text")
        rank = election.members.index(step.name) + 1 if step.name in election.members else 0
        perhaps = f"IF({election.code}=0,{both(truth, OPEN)},0)"
        return f"IF({election.code}={rank},{truth},{perhaps})" if rank else perhaps

    def _capped(self, value: Number, *, on_rate: bool) -> Number:
        sheet = self.c.sheet(self.at)
        for cap in self.award.caps:
            if cap.limit.type.unit.is_ratio is not on_rate:
                continue
            limit = self.c.number(cap.limit, self.at)
            lowered = arithmetic.extreme(sheet, "min", value, limit)
            self.amount_capped = self.amount_capped or not on_rate
            if limit.exact is None:
                absent = sheet.cell("plafond sans objet", f'IF({limit.num}="{ABSENT}",1,0)')
                lowered = arithmetic.choose(sheet, absent, value, lowered)
            value = lowered
        return value

    # -- truths ----------------------------------------------------------------------------------------

    @property
    def claimed(self) -> str:
        """Whether the applicant claims something."""
        if self.claim is None:
            return NO
        if self.claim.exact is not None:
            return YES if self.claim.exact > 0 else NO
        return f'IF({self.claim.num}="{ABSENT}",0,{arithmetic.compare(">", self.claim, NOTHING)})'

    @property
    def fits(self) -> str:
        """Whether the claim stays within the entitlement."""
        entitled = self.rate if self.claim_on_rate else self.amount
        if self.claim is None or entitled is None:
            return OPEN
        return arithmetic.compare("<=", self.claim, entitled)

    @property
    def due(self) -> str:
        """Whether anything is earned."""
        parts = [self.rate] if self.by_rate else [self.amount]
        if self.by_rate and self.amount_capped:
            parts.append(self.amount)
        test = ">=" if self.award.even_zero else ">"
        return both(*(OPEN if part is None else arithmetic.compare(test, part, NOTHING) for part in parts))

    def size(self, by_rate: bool, claimed: bool) -> Number:
        """What counts towards a limit across advantages: the claim, else the entitlement."""
        sheet = self.c.sheet(self.at)
        if claimed and self.claim is not None:
            if self.claim_on_rate is by_rate:
                return self.claim
            if self.base is not None:
                operate = arithmetic.quotient if by_rate else arithmetic.product
                return operate(sheet, self.claim, self.base)
        found = self.rate if by_rate else self.amount
        return found if found is not None else UNKNOWN_NUMBER


def awarded(rulings: Rulings, ruled: Ruled) -> None:
    """Conclude an advantage on its own: granted, refused, or not applicable."""
    rule, c = ruled.rule, rulings.compiler
    assert rule.award is not None
    if rule.scope not in ROOTS:
        raise NotHeldError("live.advantage_each_building_landing")
    made = logic.of_steps(rule)
    steps = rulings.solve(made, [rulings.atom(atom, rule.scope, OPEN) for atom in made.atoms], rule.scope)
    truths = [steps[str(index)] for index in range(len(rule.award.steps))]
    worth = Worth(c, rule.award, truths, rule.scope)
    claim = logic.of_claim()
    given = {
        "applies": ruled.answers["applies"],
        "holds": ruled.answers["wanted"],
        "claimed": c.keep(rule.scope, f"{rule.id} : demandé", worth.claimed).formula,
        "fits": c.keep(rule.scope, f"{rule.id} : dans le droit", worth.fits).formula,
        "due": c.keep(rule.scope, f"{rule.id} : dû", worth.due).formula,
        "asked": either(*(t for name, t in ruled.answers.items() if name.startswith("question:"))),
    }
    answers = rulings.solve(claim, [given[str(atom)] for atom in claim.atoms], rule.scope)
    ruled.answers |= {n: c.keep(rule.scope, f"{rule.id} : {n}", t).formula for n, t in answers.items()}
    ruled.answers |= {"claimed": given["claimed"]}
    ruled.answers |= {f"final {n}": ruled.answers[n] for n in ("granted", "refused")}
    ruled.worth = worth


def restrict(rulings: Rulings, cumulation: Cumulation) -> None:
    """Apply one limit across advantages to those that are claimed under it."""
    names = (*cumulation.over, *cumulation.against)
    under = [rulings.done[name] for name in names if name in rulings.done]
    held = [ruled for ruled in under if ruled.refused is None]
    c = rulings.compiler
    try:
        respected, concerned = (
            _exclusion(rulings, cumulation) if cumulation.against else _limit(c, cumulation, held)
        )
    except NotHeldError:
        respected, concerned = OPEN, YES
    if len(held) < len(under):
        respected, concerned = both(respected, OPEN), YES
    effect = c.keep("programme", f"{cumulation.id} : respecté", f"IF({concerned}=0,1,{respected})").formula
    for ruled in held:
        a = ruled.answers
        granted, refused = a["final granted"], a["final refused"]
        a["final granted"] = f"IF({a['claimed']}=0,{granted},{both(granted, effect)})"
        lost = f"IF({a['claimed']}=0,0,{both(a['granted'], no(effect))})"
        a["final refused"] = either(refused, lost)
        for name in ("final granted", "final refused"):
            a[name] = c.keep("programme", f"{ruled.rule.id} : {name}", a[name]).formula


def _exclusion(rulings: Rulings, cumulation: Cumulation) -> tuple[str, str]:
    def claimed(names: tuple[str, ...]) -> str:
        found = [rulings.done[name] for name in names if name in rulings.done]
        return either(*(OPEN if ruled.refused is not None else ruled.answers["claimed"] for ruled in found))

    conflict = both(claimed(cumulation.over), claimed(cumulation.against))
    return no(conflict), f"IF({conflict}>0,1,0)"


def _limit(c: Compiler, cumulation: Cumulation, held: list[Ruled]) -> tuple[str, str]:
    assert cumulation.limit is not None
    root = c.places.root
    ceiling = c.number(cumulation.limit, "programme")
    by_rate = cumulation.limit.type.unit.is_ratio
    if not held:
        return YES, NO
    claims = [ruled.answers["claimed"] for ruled in held]
    any_claim = root.cell(f"{cumulation.id} : demandes", f"IF({either(*claims)}>0,1,0)")
    sizes = []
    for ruled, claim in zip(held, claims, strict=True):
        worth = ruled.worth
        assert worth is not None
        counted = f"IF({any_claim}=1,IF({claim}>0,1,0),IF({ruled.answers['granted']}=1,1,0))"
        asked = root.cell("compté", counted)
        size = arithmetic.choose(root, any_claim, worth.size(by_rate, True), worth.size(by_rate, False))
        sizes.append(arithmetic.choose(root, asked, size, NOTHING))
    granted = either(*(f"IF({ruled.answers['granted']}=1,1,0)" for ruled in held))
    within = arithmetic.compare("<=", arithmetic.total(root, sizes), ceiling)
    return c.keep("programme", f"{cumulation.id} : total", within).formula, either(any_claim, granted)
