"""The sheet « Conformité » (Compliance): the verdict, then each rule with what it saw, what it asks and what is short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mixrules.message import Lang, term
from mixrules.message.catalogue import FAMILIES
from mixrules.message.number import unit_word
from mixrules.rulebook.model import BINDING
from mixrules.workbook.live import observed
from mixrules.workbook.live.formula import NotHeldError, Number, both, either, quoted
from mixrules.workbook.live.rulings import Ruled, Rulings

COLUMNS = ("rule", "reference", "force", "scale", "observed", "required", "short", "unit", "result", "note")
AWARD_COLUMNS = ("advantage", *COLUMNS[1:4], "entitled", "claimed", "amount", *COLUMNS[7:])
"""The columns of a rule and of an advantage; what they hold is reached by the names of the first."""
FINDING = ("not-applicable", "met", "excepted", "unmet")
AWARD = {"final granted": "granted", "final refused": "refused", "not-applicable": "not-applicable"}


@dataclass
class Line:
    """One line of the sheet: a rule, and the formulas that show it; `exact` keeps the integers behind."""

    ruled: Ruled
    cells: dict[str, str]
    unit: str = ""
    note: str = ""
    status: str = ""


@dataclass(frozen=True)
class Guarded:
    """A rulebook with the cell that says whether the sheet may answer for it, and the language of the sheet."""

    rulings: Rulings
    guard: str
    lang: Lang = "fr"

    def word(self, name: str) -> str:
        """A word of the sheet, as a formula writes it."""
        return quoted(worded(name, self.lang))


def worded(name: str, lang: Lang, **values: object) -> str:
    """A text of the sheet: its own, or one that it shares with the reports."""
    return term("board" if name in FAMILIES["board"] else "report", name, lang, **values)


def lines(book: Guarded) -> Iterator[Line]:
    """The lines of a rulebook, in the order of its text."""
    order = [rule.id for rule in book.rulings.book.at(book.rulings.compiler.day)]
    for name in order:
        ruled = book.rulings.done[name]
        if ruled.refused is not None:
            yield Line(
                ruled,
                {"result": book.word("to_check")},
                note=worded("not_held", book.lang, why=ruled.refused.said[book.lang]),
            )
        elif ruled.local:
            yield _local(book, ruled)
        elif ruled.rule.award is not None:
            yield _award(book, ruled)
        else:
            yield _finding(book, ruled)


def status(book: Guarded, answers: dict[str, str], names: dict[str, str]) -> str:
    """The word of the status that is surely reached, given the word of each answer."""
    found = book.word("undetermined")
    for name, said in reversed(names.items()):
        if name in answers:
            found = f"IF({answers[name]}=1,{book.word(said)},{found})"
    return found


def _finding(book: Guarded, ruled: Ruled) -> Line:
    cells = {"result": status(book, ruled.answers, {name: name for name in FINDING})}
    require = ruled.rule.require
    unit = ""
    if require is not None and not any(override.require is not None for override in ruled.rule.overrides):
        try:
            seen = list(observed.checks(book.rulings.compiler, require, ruled.rule.scope))
        except NotHeldError:
            seen = []
        if seen:
            unit = _seen(cells, seen, book, ruled)
    return Line(ruled, cells, unit)


def _seen(cells: dict[str, str], seen: list[observed.Check], book: Guarded, ruled: Ruled) -> str:
    """The comparison that decides: the first that fails, else the first not known, else the first."""
    root = book.rulings.compiler.places.root
    rank = "1"
    for wanted in ("0.5", "0"):
        for number in range(len(seen), 0, -1):
            rank = f"IF({seen[number - 1].truth}={wanted},{number},{rank})"
    rank = root.cell(f"{ruled.rule.id} : comparaison", rank) if len(seen) > 1 else "1"
    cells["observed"] = _of(rank, [shown(check.observed) for check in seen])
    cells["required"] = _of(rank, [shown(check.required) for check in seen])
    short = [shown(check.distance) if check.distance is not None else '""' for check in seen]
    failed = ruled.answers["unmet"]
    ruled.answers["rank"] = rank
    ruled.checks = seen
    cells["short"] = f'IF({failed}=1,{_of(rank, short)},"")'
    cells["unit"] = _of(rank, [_unit(book, check.distance_unit) for check in seen])
    return seen[0].unit if len({check.unit for check in seen}) == 1 else ""


def _unit(book: Guarded, unit: str) -> str:
    return quoted(unit_word(unit, book.lang))


def _of(rank: str, items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"CHOOSE({rank},{','.join(items)})"


def shown(number: Number) -> str:
    """A number as a person reads it; nothing while it is not known."""
    if number.exact is not None:
        return f"{number.num}/{number.den}"
    return f'IF(ISNUMBER({number.num}),{number.num}/{number.den},"")'


def _local(book: Guarded, ruled: Ruled) -> Line:
    rulings, rule = book.rulings, ruled.rule
    counts = {name: rulings.number_of(ruled, name) for name in FINDING}
    sure = rulings.compiler.places.sure(rule.scope)
    total = (
        f"SUM({rulings.compiler.places.rows(rule.scope).range(rulings.compiler.places.first(rule.scope))})"
    )
    decided = "+".join(counts.values())
    open_word = book.word("undetermined")
    word = (
        f"IF({sure}=0,{open_word},IF({counts['unmet']}>0,{book.word('unmet')},IF({decided}<{total},{open_word},"
        f"IF({counts['met']}>0,{book.word('met')},"
        f"IF({counts['excepted']}>0,{book.word('excepted')},{book.word('not-applicable')})))))"
    )
    kept = rulings.compiler.places.root.cell(f"{rule.id} : respectée", counts["met"])
    missed = rulings.compiler.places.root.cell(f"{rule.id} : non respectée", counts["unmet"])
    cells = {
        "observed": f'IF({sure}=0,"",{kept}&{book.word("of")}&({kept}+{missed}))',
        "short": f'IF({sure}=0,"",{missed})',
        "unit": quoted(term("scale", rule.scope, book.lang)),
        "result": word,
    }
    return Line(ruled, cells)


def _award(book: Guarded, ruled: Ruled) -> Line:
    worth = ruled.worth
    assert worth is not None
    cells = {"result": status(book, ruled.answers, AWARD)}
    entitled = worth.rate if worth.by_rate else worth.amount
    if entitled is not None:
        cells["observed"] = shown(entitled)
    if worth.claim is not None:
        cells["required"] = shown(worth.claim)
    if worth.by_rate and worth.amount is not None:
        cells["short"] = shown(worth.amount)
    base = ruled.rule.award.base if ruled.rule.award is not None else None
    if base is not None:
        cells["unit"] = quoted(str(base.type.unit).split(" of ")[0])
    return Line(ruled, cells, "ratio" if worth.by_rate else "")


# -- headline ------------------------------------------------------------------------------------------------


def verdict(books: list[Guarded], lang: Lang) -> str:
    """The verdict: law and plan alone make it."""
    binding = [
        (book, ruled)
        for book in books
        for ruled in book.rulings.done.values()
        if ruled.rule.force in BINDING and ruled.rule.kind in {"obligation", "ceiling", "advantage"}
    ]
    if not binding:
        # Without a rule opposable to a permit, nothing says that one is compliant.
        return quoted(worded("UNDETERMINED", lang))
    guards = both(*(book.guard for book, _ in binding))
    breach = either(*(book.rulings.breach(ruled) for book, ruled in binding))
    breach = books[0].rulings.compiler.keep("programme", "verdict", breach).formula
    word = books[0].word
    told = f"IF({breach}=0,{word('COMPLIANT')},{word('UNDETERMINED')})"
    return f"IF({guards}=0,{word('to_check')},IF({breach}=1,{word('NON-COMPLIANT')},{told}))"


def land_price(books: list[Guarded]) -> str | None:
    """The land price against every ceiling."""
    ceilings = [
        (book, ruled)
        for book in books
        for ruled in book.rulings.done.values()
        if ruled.rule.kind == "ceiling"
    ]
    if not ceilings:
        return None
    guards = both(*(book.guard for book, _ in ceilings))
    worst = f"MAX({','.join(_state(book.rulings, ruled) for book, ruled in ceilings)})"
    word = books[0].word
    words = ",".join(word(state) for state in ("not-applicable", "within", "undetermined", "exceeds"))
    return f"IF({guards}=0,{word('to_check')},CHOOSE({worst}+1,{words}))"


def _state(rulings: Rulings, ruled: Ruled) -> str:
    """The worst that a ceiling says: 3 exceeded, 2 undetermined, 1 respected, 0 nothing."""
    if ruled.refused is not None:
        return "2"
    places, answers = rulings.compiler.places, ruled.answers
    if not ruled.local:
        decided = either(*(answers[name] for name in FINDING if name in answers))
        met = f"IF({answers['met']}=1,1,0)"
        return places.root.cell("plafond", f"IF({answers['unmet']}=1,3,IF({decided}<1,2,{met}))")
    scope = ruled.rule.scope
    counts = {name: rulings.number_of(ruled, name) for name in FINDING}
    total = f"SUM({places.rows(scope).range(places.first(scope))})"
    settled = f"IF({'+'.join(counts.values())}<{total},2,IF({counts['met']}>0,1,0))"
    state = f"IF({places.sure(scope)}=0,2,IF({counts['unmet']}>0,3,{settled}))"
    return places.root.cell("plafond", state)
