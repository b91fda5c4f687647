"""The sheet « Conformité »: the verdict, then each rule with what it saw, what it asks and what is short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mixrules.rulebook.model import BINDING
from mixrules.workbook.live import observed
from mixrules.workbook.live.formula import NotHeldError, Number, both, either, quoted
from mixrules.workbook.live.ledger import Root
from mixrules.workbook.live.rulings import Ruled, Rulings

TO_CHECK = "à vérifier avec mixrules"
HEADERS = (
    "Règle",
    "Référence",
    "Portée",
    "Échelle",
    "Constaté",
    "Exigé",
    "Manque ou excès",
    "Unité",
    "Résultat",
    "Note",
)
SCALES = {
    "commune": "commune",
    "district": "quartier",
    "programme": "programme",
    "block": "îlot",
    "building": "bâtiment",
    "stairwell": "cage",
    "landing": "palier",
}
FINDING = (
    ("not-applicable", "sans objet"),
    ("met", "respectée"),
    ("excepted", "écartée par exception"),
    ("unmet", "non respectée"),
)
AWARD = (("final granted", "ouvert"), ("final refused", "refusé"), ("not-applicable", "sans objet"))
OPEN_WORD = "indéterminé"
UNITS = {
    "ratio": "%",
    "dwelling": "logement",
    "place": "place",
    "room": "pièce",
    "landing": "palier",
    "stairwell": "cage",
    "building": "bâtiment",
    "block": "îlot",
    "shared_place": "lieu",
    "premise": "local",
}


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
    """A rulebook with the cell that says whether the sheet may answer for it."""

    rulings: Rulings
    guard: str


def lines(book: Guarded) -> Iterator[Line]:
    """The lines of a rulebook, in the order of its text."""
    order = [rule.id for rule in book.rulings.book.at(book.rulings.compiler.day)]
    for name in order:
        ruled = book.rulings.done[name]
        if ruled.refused is not None:
            yield Line(
                ruled,
                {"Résultat": quoted(TO_CHECK)},
                note=f"Construction non tenue par les formules : {ruled.refused.said['fr']}.",
            )
        elif ruled.local:
            yield _local(book, ruled)
        elif ruled.rule.award is not None:
            yield _award(book, ruled)
        else:
            yield _finding(book, ruled)


def status(answers: dict[str, str], names: tuple[tuple[str, str], ...]) -> str:
    """The word of the status that is surely reached."""
    word = f'"{OPEN_WORD}"'
    for name, said in reversed(names):
        if name in answers:
            word = f'IF({answers[name]}=1,"{said}",{word})'
    return word


def _finding(book: Guarded, ruled: Ruled) -> Line:
    cells = {"Résultat": status(ruled.answers, FINDING)}
    require = ruled.rule.require
    unit = ""
    if require is not None and not any(override.require is not None for override in ruled.rule.overrides):
        try:
            seen = list(observed.checks(book.rulings.compiler, require, ruled.rule.scope))
        except NotHeldError:
            seen = []
        if seen:
            unit = _seen(cells, seen, book.rulings.compiler.places.root, ruled)
    return Line(ruled, cells, unit)


def _seen(cells: dict[str, str], seen: list[observed.Check], root: Root, ruled: Ruled) -> str:
    """The comparison that decides: the first that fails, else the first not known, else the first."""
    rank = "1"
    for wanted in ("0.5", "0"):
        for number in range(len(seen), 0, -1):
            rank = f"IF({seen[number - 1].truth}={wanted},{number},{rank})"
    rank = root.cell(f"{ruled.rule.id} : comparaison", rank) if len(seen) > 1 else "1"
    cells["Constaté"] = _of(rank, [shown(check.observed) for check in seen])
    cells["Exigé"] = _of(rank, [shown(check.required) for check in seen])
    short = [shown(check.distance) if check.distance is not None else '""' for check in seen]
    failed = ruled.answers["unmet"]
    ruled.answers["rank"] = rank
    ruled.checks = seen
    cells["Manque ou excès"] = f'IF({failed}=1,{_of(rank, short)},"")'
    cells["Unité"] = _of(
        rank, [quoted(UNITS.get(check.distance_unit, check.distance_unit.split(" of ")[0])) for check in seen]
    )
    return seen[0].unit if len({check.unit for check in seen}) == 1 else ""


def _of(rank: str, items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"CHOOSE({rank},{','.join(items)})"


def shown(number: Number) -> str:
    """A number as a person reads it; nothing while it is not known."""
    if number.exact is not None:
        return f"{number.num}/{number.den}"
    return f'IF(ISNUMBER({number.num}),{number.num}/{number.den},"")'


def _local(book: Guarded, ruled: Ruled) -> Line:
    rulings, rule = book.rulings, ruled.rule
    counts = {name: rulings.number_of(ruled, name) for name, _ in FINDING}
    sure = rulings.compiler.places.sure(rule.scope)
    total = (
        f"SUM({rulings.compiler.places.rows(rule.scope).range(rulings.compiler.places.first(rule.scope))})"
    )
    decided = "+".join(counts.values())
    word = (
        f'IF({sure}=0,"{OPEN_WORD}",IF({counts["unmet"]}>0,"non respectée",IF({decided}<{total},"{OPEN_WORD}",'
        f'IF({counts["met"]}>0,"respectée",IF({counts["excepted"]}>0,"écartée par exception","sans objet")))))'
    )
    kept = rulings.compiler.places.root.cell(f"{rule.id} : respectée", counts["met"])
    missed = rulings.compiler.places.root.cell(f"{rule.id} : non respectée", counts["unmet"])
    cells = {
        "Constaté": f'IF({sure}=0,"",{kept}&" sur "&({kept}+{missed}))',
        "Manque ou excès": f'IF({sure}=0,"",{missed})',
        "Unité": quoted(SCALES[rule.scope]),
        "Résultat": word,
    }
    return Line(ruled, cells)


def _award(book: Guarded, ruled: Ruled) -> Line:
    worth = ruled.worth
    assert worth is not None
    cells = {"Résultat": status(ruled.answers, AWARD)}
    entitled = worth.rate if worth.by_rate else worth.amount
    if entitled is not None:
        cells["Constaté"] = shown(entitled)
    if worth.claim is not None:
        cells["Exigé"] = shown(worth.claim)
    if worth.by_rate and worth.amount is not None:
        cells["Manque ou excès"] = shown(worth.amount)
    base = ruled.rule.award.base if ruled.rule.award is not None else None
    if base is not None:
        cells["Unité"] = quoted(str(base.type.unit).split(" of ")[0])
    del book
    return Line(ruled, cells, "ratio" if worth.by_rate else "")


# -- headline ------------------------------------------------------------------------------------------------


def verdict(books: list[Guarded]) -> str:
    """The verdict: law and plan alone make it."""
    binding = [
        (book, ruled)
        for book in books
        for ruled in book.rulings.done.values()
        if ruled.rule.force in BINDING and ruled.rule.kind in {"obligation", "ceiling", "advantage"}
    ]
    if not binding:
        # Without a rule opposable to a permit, nothing says that one is compliant.
        return '"INDÉTERMINÉ"'
    guards = both(*(book.guard for book, _ in binding))
    breach = either(*(book.rulings.breach(ruled) for book, ruled in binding))
    breach = books[0].rulings.compiler.keep("programme", "verdict", breach).formula
    return (
        f'IF({guards}=0,"{TO_CHECK}",IF({breach}=1,"NON CONFORME",IF({breach}=0,"CONFORME","INDÉTERMINÉ")))'
    )


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
    words = f'CHOOSE({worst}+1,"sans objet","respecté","{OPEN_WORD}","dépasse le plafond")'
    return f'IF({guards}=0,"{TO_CHECK}",{words})'


def _state(rulings: Rulings, ruled: Ruled) -> str:
    """The worst that a ceiling says: 3 exceeded, 2 undetermined, 1 respected, 0 nothing."""
    if ruled.refused is not None:
        return "2"
    places, answers = rulings.compiler.places, ruled.answers
    if not ruled.local:
        decided = either(*(answers[name] for name, _ in FINDING if name in answers))
        met = f"IF({answers['met']}=1,1,0)"
        return places.root.cell("plafond", f"IF({answers['unmet']}=1,3,IF({decided}<1,2,{met}))")
    scope = ruled.rule.scope
    counts = {name: rulings.number_of(ruled, name) for name, _ in FINDING}
    total = f"SUM({places.rows(scope).range(places.first(scope))})"
    settled = f"IF({'+'.join(counts.values())}<{total},2,IF({counts['met']}>0,1,0))"
    state = f"IF({places.sure(scope)}=0,2,IF({counts['unmet']}>0,3,{settled}))"
    return places.root.cell("plafond", state)
