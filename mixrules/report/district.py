"""A district added up, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mixrules.message import Lang, format_number, format_quantity
from mixrules.message.wording import advantage_status, finding_status, word
from mixrules.programme.category import CATEGORIES, PHASE
from mixrules.programme.tally import UNKNOWN
from mixrules.quantity import parse_exact
from mixrules.register.district import District, Part, Spread
from mixrules.register.headroom import MOST, Headroom
from mixrules.report.speech import Speech

_WORDS = {
    "title": ("Quartier {0}", "District {0}"),
    "programmes": ("Programmes décidés", "Programmes decided"),
    "tenure": ("Catégories de logements", "Tenures"),
    "public": ("Publics", "Publics"),
    "before": ("avant", "before"),
    "after": ("après", "after"),
    "unknown": ("non connu", "not known"),
    "no_stock": (
        "Le parc existant n'est pas connu : « avant » ne compte aucun logement.",
        "The existing stock is not known: “before” counts no dwelling.",
    ),
    "spread": (
        "Répartition (0 : même mixité partout ; 1 : aucune mixité)",
        "Spread (0: the same mix everywhere; 1: no mix)",
    ),
    "indices": (
        "indice d'entropie (Theil et Finizza, 1971), puis dissimilarité de chaque groupe (Duncan et Duncan, 1955)",
        "entropy index (Theil and Finizza, 1971), then dissimilarity of each group (Duncan and Duncan, 1955)",
    ),
    "entropy": ("entropie", "entropy"),
    "unplaced": (
        "{0} logements non placés ou de groupe inconnu",
        "{0} dwellings not placed or of unknown group",
    ),
    "places": ("Lieux partagés", "Shared places"),
    "none": ("aucun", "none"),
    "rooms": (
        "Ce que les règles du quartier laissent au prochain programme",
        "What the rules leave the next programme",
    ),
    "supposed": (
        "Logements d'une seule catégorie ajoutés à ce qui est décidé ; au-delà, la règle n'est plus respectée.",
        "Dwellings of one tenure added to what is decided; beyond, the rule is no longer met.",
    ),
    "any": ("sans limite sous {0}", "no limit under {0}"),
}
_SCALES = {
    "landing": ("paliers", "landings"),
    "stairwell": ("cages", "stairwells"),
    "building": ("bâtiments", "buildings"),
}


def render(found: District, lang: Lang) -> str:
    """The whole district."""
    return "\n".join(_Page(lang).lines(found)) + "\n"


class _Page(Speech):
    catalogue = _WORDS

    def lines(self, found: District) -> Iterator[str]:
        title = self.say("title", found.name)
        yield from (title, "═" * len(title), self.say("programmes"))
        for one in found.programmes:
            price = advantage_status(one.land_price, self.lang)
            dwellings = format_quantity(Fraction(one.dwellings), "dwelling", self.lang)
            phase = PHASE.members[one.phase][self.index] if one.phase in PHASE.members else "?"
            yield (
                f"  n° {one.number}  {one.dossier}  {phase}  {dwellings}  {word(one.verdict, self.lang)}  "
                f"{word('land_price', self.lang).lower()}{self.colon} {price}"
            )
        if not found.stock_known:
            yield self.say("no_stock")
        for grouping, parts in found.parts.items():
            yield ""
            yield from self.parts(grouping, parts)
        yield ""
        yield self.say("spread")
        yield f"  {self.say('indices')}"
        yield from (self.spread(spread) for spread in found.spreads if spread.places)
        yield ""
        yield f"{self.say('places')}{self.colon} " + (
            ", ".join(map(self.place, found.shared_places)) or self.say("none")
        )
        if found.rooms:
            yield ""
            yield self.say("rooms")
            yield f"  {self.say('supposed')}"
            for room in found.rooms:
                yield from self.room(room)

    def parts(self, grouping: str, parts: list[Part]) -> Iterator[str]:
        names = [self.group(grouping, part.group) for part in parts]
        width = max(map(len, [*names, self.say(grouping)]))
        yield f"{self.say(grouping):<{width + 2}}{self.say('before'):>18}{self.say('after'):>18}"
        for name, part in zip(names, parts, strict=True):
            before = self.counted(part.before, part.share_before)
            yield f"  {name:<{width}}{before:>18}{self.counted(part.after, part.share_after):>18}"

    def counted(self, count: int, share: str) -> str:
        number = format_number(Fraction(count), self.lang)
        return f"{number}  {self.ratio(share):>8}" if share else f"{number}  {'':>8}"

    def ratio(self, text: str) -> str:
        return format_quantity(Fraction(parse_exact(text)), "ratio", self.lang)

    def group(self, grouping: str, group: str) -> str:
        return self.say("unknown") if group == UNKNOWN else CATEGORIES[grouping].members[group][self.index]

    def spread(self, spread: Spread) -> str:
        head = f"  {spread.places} {_SCALES[spread.scale][self.index]}, {self.say(spread.grouping).lower()}"
        told = [
            f"{self.group(spread.grouping, group).split(' (')[0]} {self.number(index)}"
            for group, index in spread.dissimilarity.items()
        ]
        if spread.entropy:
            told.insert(0, f"{self.say('entropy')} {self.number(spread.entropy)}")
        note = f" ({self.say('unplaced', spread.unplaced)})" if spread.unplaced else ""
        return f"{head}{self.colon} {' ; '.join(told) if self.lang == 'fr' else '; '.join(told)}{note}"

    def number(self, text: str) -> str:
        return format_number(round(Fraction(parse_exact(text)), 2), self.lang)

    def place(self, place: dict[str, str]) -> str:
        area = (
            f" ({format_quantity(Fraction(parse_exact(place['area'])), 'm²', self.lang)})"
            if place["area"]
            else ""
        )
        kind = CATEGORIES["shared_place"].members.get(place["kind"], ("?", "?"))[self.index]
        return f"{place['name'] or kind}{area}"

    def room(self, room: Headroom) -> Iterator[str]:
        status = finding_status(room.status, self.lang)
        yield f"  {room.title[self.lang]}{self.colon} {status}. {room.explanation[self.lang]}"
        told = [
            f"{tenure} {self.allowed(number)}"
            for tenure, number in room.allowed.items()
            if number is not None
        ]
        free = [tenure for tenure, number in room.allowed.items() if number is None]
        if free:
            told.append(f"{', '.join(free)} {self.allowed(None)}")
        if told:
            yield "      " + (" ; " if self.lang == "fr" else "; ").join(told)

    def allowed(self, number: int | None) -> str:
        if number is None:
            return self.say("any", format_number(Fraction(MOST), self.lang))
        return f"≤ {format_number(Fraction(number), self.lang)}"
