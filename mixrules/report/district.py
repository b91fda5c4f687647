"""A district added up, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mixrules.message import Lang, format_number, format_quantity, say, term
from mixrules.message.wording import advantage_status, finding_status, titled, word
from mixrules.programme.category import CATEGORIES, PHASE
from mixrules.programme.tally import UNKNOWN
from mixrules.quantity import parse_exact
from mixrules.register.district import District, Part, Spread
from mixrules.register.headroom import MOST, Headroom
from mixrules.report.speech import Speech


def render(found: District, lang: Lang) -> str:
    """The whole district."""
    return "\n".join(_Page(lang).lines(found)) + "\n"


class _Page(Speech):
    def lines(self, found: District) -> Iterator[str]:
        title = say("district.title", self.lang, name=found.name)
        yield from (title, "═" * len(title), say("district.programmes", self.lang))
        for one in found.programmes:
            price = advantage_status(one.land_price, self.lang)
            dwellings = format_quantity(Fraction(one.dwellings), "dwelling", self.lang)
            phase = PHASE.members[one.phase][self.index] if one.phase in PHASE.members else "?"
            yield (
                f"  n° {one.number}  {one.dossier}  {phase}  {dwellings}  {word(one.verdict, self.lang)}  "
                f"{word('land_price', self.lang).lower()}{self.colon} {price}"
            )
        if not found.stock_known:
            yield say("district.no_stock", self.lang)
        for grouping, parts in found.parts.items():
            yield ""
            yield from self.parts(grouping, parts)
        yield ""
        yield say("district.spread", self.lang)
        yield f"  {say('district.indices', self.lang)}"
        yield from (self.spread(spread) for spread in found.spreads if spread.places)
        yield ""
        yield f"{say('district.places', self.lang)}{self.colon} " + (
            ", ".join(map(self.place, found.shared_places)) or say("district.none", self.lang)
        )
        if found.rooms:
            yield ""
            yield say("district.rooms", self.lang)
            yield f"  {say('district.supposed', self.lang)}"
            for room in found.rooms:
                yield from self.room(room)

    def parts(self, grouping: str, parts: list[Part]) -> Iterator[str]:
        names = [self.group(grouping, part.group) for part in parts]
        width = max(map(len, [*names, term("grouping", grouping, self.lang)]))
        yield f"{term('grouping', grouping, self.lang):<{width + 2}}{say('district.before', self.lang):>18}{say('district.after', self.lang):>18}"
        for name, part in zip(names, parts, strict=True):
            before = self.counted(part.before, part.share_before)
            yield f"  {name:<{width}}{before:>18}{self.counted(part.after, part.share_after):>18}"

    def counted(self, count: int, share: str) -> str:
        number = format_number(Fraction(count), self.lang)
        return f"{number}  {self.ratio(share):>8}" if share else f"{number}  {'':>8}"

    def ratio(self, text: str) -> str:
        return format_quantity(Fraction(parse_exact(text)), "ratio", self.lang)

    def group(self, grouping: str, group: str) -> str:
        return (
            say("district.unknown", self.lang)
            if group == UNKNOWN
            else CATEGORIES[grouping].members[group][self.index]
        )

    def spread(self, spread: Spread) -> str:
        head = f"  {self.places(spread)}, {term('grouping', spread.grouping, self.lang).lower()}"
        told = [
            f"{self.group(spread.grouping, group).split(' (')[0]} {self.number(index)}"
            for group, index in spread.dissimilarity.items()
        ]
        if spread.entropy:
            told.insert(0, f"{say('district.entropy', self.lang)} {self.number(spread.entropy)}")
        note = (
            f" ({say('district.unplaced', self.lang, unplaced=spread.unplaced)})" if spread.unplaced else ""
        )
        return f"{head}{self.colon} {say('sign.semicolon', self.lang).join(told)}{note}"

    def places(self, spread: Spread) -> str:
        return term("places_of", spread.scale, self.lang, count=spread.places)

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
        yield f"  {titled(room, self.lang)}{self.colon} {status}. {room.explanation[self.lang]}"
        told = [
            f"{tenure} {self.allowed(number)}"
            for tenure, number in room.allowed.items()
            if number is not None
        ]
        free = [tenure for tenure, number in room.allowed.items() if number is None]
        if free:
            told.append(f"{', '.join(free)} {self.allowed(None)}")
        if told:
            yield "      " + (say("sign.semicolon", self.lang)).join(told)

    def allowed(self, number: int | None) -> str:
        if number is None:
            return say("district.any", self.lang, most=MOST)
        return f"≤ {format_number(Fraction(number), self.lang)}"
