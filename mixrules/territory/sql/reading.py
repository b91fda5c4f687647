"""Reading fields and facts: columns of the corpus as the engine reads a submission's values."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from mixrules.engine.facts import FactReader, convert
from mixrules.programme.category import CATEGORIES, fold
from mixrules.programme.field import NONE_WORDS
from mixrules.programme.vocabulary import FieldName, fields, item_fields
from mixrules.quantity import ABSENT as SANS_OBJET
from mixrules.rulebook.model import Input
from mixrules.rulebook.tree import Fact, Type
from mixrules.territory.corpus import scalar
from mixrules.territory.layout import LISTS, PARTS, columns
from mixrules.territory.profile import Profile
from mixrules.territory.sql.expression import (
    NO,
    ONE,
    OPEN,
    YES,
    ZERO,
    RefusalError,
    Sql,
    as_ordinal,
    case,
    either,
    is_open,
    name,
    no,
    product,
    sql,
    text,
    whole,
)
from mixrules.territory.sql.number import Bound, Number
from mixrules.territory.sql.spelling import Spelling, is_one_of
from mixrules.territory.sql.value import Mask, Text, Truth, Value, bits, constant, members_of

LISTED = {
    "dwelling": "dwellings",
    "premise": "premises",
    "existing": "district.existing",
    "shared_place": "district.shared_places",
}
PLACES = {prefix + c.name: c.places for prefix, record in PARTS for c in columns(record)}
ITEM_PLACES = {item: {c.name: c.places for c in columns(LISTS[LISTED[item]])} for item in LISTED}
LEAST = {"programme.housing_floor_area": "housing_least", "programme.floor_area": "floor_least"}
"""What a floor area that nobody stated is at least: the sum of its parts."""


class Reader:
    """Reads the columns of one table: `programme`, or the lines of a table of what files list."""

    def __init__(self, profile: Profile, table: str, inputs: Mapping[str, Input]) -> None:
        self.profile = profile
        self.table = table
        self.inputs = dict(inputs)
        self.facts = FactReader(inputs)

    def field(self, path: str) -> Value:
        """A field of the table's record, by its path."""
        declared = item_fields(self.table).get(path) or fields()[path]
        column = self._column(path, declared.kind)
        if declared.kind == "number":
            places = ITEM_PLACES[self.table][path] if self.table in LISTED else PLACES[path]
            found = self._number(column, path, places)
            return _each(found) if self.table == "existing" and path == "floor_area" else found
        if declared.kind == "date":
            return self._date(column, path)
        if declared.kind == "category":
            return self._category(column, declared)
        if declared.kind == "text":
            return self._text(column, path)
        return Truth(column)

    def _column(self, path: str, kind: str) -> Sql:
        """A column as it is read, or the null that it holds in every row."""
        if not self.profile.given(self.table, path):
            return {"yes_no": OPEN, "text": Sql("NULL::VARCHAR")}.get(kind, Sql("NULL::BIGINT"))
        return Sql(f"{self.table}.{name(path)}", 0, not self.profile.gaps(self.table, path))

    def _marked(self, mark: str, path: str) -> Sql:
        if not self.profile.marked(self.table, mark, path):
            return NO
        return Sql(f"coalesce(list_contains({self.table}.{mark}, '{path}'), FALSE)", 0, sure=True)

    def _told(self, column: Sql, path: str, absent: Sql) -> Sql:
        """Whether a column is given, or said to be « sans objet »."""
        return either(no(is_open(column)), absent) if self.profile.untold(self.table, path) else YES

    def _number(self, column: Sql, path: str, places: int) -> Number:
        absent, unlimited = self._marked("absent", path), self._marked("unlimited", path)
        wide = column.text if places <= 2 else f"{column.text}::DECIMAL(38, {places})"
        whole_ = f"({wide} * {10**places})::BIGINT" if places else column.text
        d = whole(10**places)
        if column.sure:
            exact = Bound(Sql(whole_, 0, sure=True), d)
            return Number(exact, exact, nonneg=True)
        least = f"programme.{LEAST[path]}" if path in LEAST else "0"
        n = Sql(least if column.blank else f"coalesce({whole_}, {least})", 0, sure=True)
        low = Bound(n, d, case(unlimited, ONE, ZERO))
        high = Bound(n, d, case(self._told(column, path, absent), ZERO, ONE))
        return Number(low, high, NO, absent, nonneg=True)

    def _date(self, column: Sql, path: str) -> Number:
        absent = self._marked("absent", path)
        if column.sure:
            exact = Bound(as_ordinal(column))
            return Number(exact, exact)
        n = ZERO if column.blank else sql("coalesce({}, 0)", as_ordinal(column), sure=True)
        known = self._told(column, path, absent)
        low, high = Bound(n, ONE, case(known, ZERO, whole(-1))), Bound(n, ONE, case(known, ZERO, ONE))
        return Number(low, high, NO, absent)

    def _category(self, column: Sql, declared: FieldName) -> Mask:
        category = CATEGORIES[declared.category]
        members = tuple(category.members)
        words = {word: category.read(word) for word in self.profile.values(self.table, name(declared.path))}
        choices = []
        for word, found in words.items():
            if found is None:
                raise RefusalError("refusal_word", name=declared.path, found=word)
            choices.append(f"WHEN {text(word).text} THEN {bits(members, found)}")
        single = column.sure and all(len(found or ()) == 1 for found in words.values())
        everything = bits(members, category.everything)
        if not choices:
            return Mask(whole(everything), members)
        if column.sure:
            *choices, last = choices
            everything = int(last.rsplit(" ", 1)[1])
        written = (
            f"CASE {column.text} {' '.join(choices)} ELSE {everything} END" if choices else str(everything)
        )
        return Mask(Sql(written, 0, sure=True), members, single=single)

    def _text(self, column: Sql, path: str) -> Text:
        nones = [w for w in self.profile.values(self.table, name(path)) if fold(w) in NONE_WORDS]
        return Text(column, is_one_of(column, nones))

    # -- facts -----------------------------------------------------------------------------------------

    def fact(self, node: Fact) -> Value:
        """A fact, a claim, an election, or a fact of a line, in the type that the rulebook declares."""
        mapped = (
            node.group if node.group in {"claims", "elections", "evidence", "district.facts"} else "facts"
        )
        raw = f"{self.table}.{name(mapped)}[{text(node.name).text}]"
        asked = f"{name(mapped)}[{text(node.name).text}]"
        words = self.profile.values(self.table, asked)
        return self._given(node, Sql(raw, 0, self.profile.complete(self.table, asked)), words)

    def _given(self, node: Fact, raw: Sql, words: tuple[str, ...]) -> Value:
        kind = node.type
        members = members_of(kind, self.inputs) if kind.kind == "category" else ()
        values: dict[str, Any] = {}
        for word in words:
            # A word that is none stands in a file which these rules do not decide, or the corpus is refused.
            with suppress(ValueError):
                values[word] = convert(scalar(word), kind, self.facts.members(node))
        closed = node.group in {"claims", "elections"}
        if closed:
            blank: Any = False if kind.kind == "yes_no" else SANS_OBJET
        else:
            blank = self.facts.unknown(kind)
        if not values:
            return constant(blank, kind, members)
        return Spelling(self.profile, raw, kind, members).read(values, blank)

    def evidence(self, proof: str) -> Sql:
        """Whether a piece of evidence was given: yes, no, or nobody said."""
        asked = f"{name('evidence')}[{text(proof).text}]"
        words = self.profile.values(self.table, asked)
        values = {word: convert(scalar(word), Type("yes_no"), frozenset()) for word in words}
        found = Spelling(self.profile, Sql(f"{self.table}.{asked}"), Type("yes_no"), ()).read(values, None)
        assert isinstance(found, Truth)
        return found.sql


def _each(area: Number) -> Number:
    """The area of one of the dwellings that stand: what is stated is that of all of them."""
    d = product(area.lo.d, Sql("greatest(coalesce(existing.count, 1), 1)", 0, sure=True))
    return Number(
        Bound(area.lo.n, d, area.lo.i), Bound(area.hi.n, d, area.hi.i), NO, area.absent, area.nonneg
    )
