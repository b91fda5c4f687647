"""Who lies inside whom, as tables: the members of each scope, with how many of each there are at least and at most."""

from __future__ import annotations

from dataclasses import dataclass

from mixrules.programme.vocabulary import OF_DISTRICT
from mixrules.territory.profile import Profile
from mixrules.territory.sql.expression import NO, ONE, Sql, sql
from mixrules.territory.sql.places import SCOPES, Places

LISTED = ("dwelling", "premise", "existing", "shared_place")
"""What a file lists, each a table of its own."""
SURROUNDINGS = "surroundings"
"""The programmes of a chunk, with what their lines read of them."""
BESIDE = f"JOIN {SURROUNDINGS} AS programme"
AROUND = ("commune", "district", "programme")
"""The scopes that are no place inside a programme: a file has one commune and one district."""


@dataclass(frozen=True, slots=True)
class Relation:
    """The members of one kind that each element of a scope has.

    `key` is the element's identifier beside its members, `outer` where the element itself is read; `source` joins the
    members to what surrounds them, called their programme, `where` keeps those that count. `least` and `most` say how many each member stands for, `endless` that it stands for
    any number.
    """

    name: str
    key: str
    outer: str
    source: str
    where: str
    least: Sql
    most: Sql
    endless: Sql


def key_of(scope: str) -> str:
    """The column that identifies an element of a scope, where it is read."""
    if scope in AROUND:
        return "programme.r" if scope == "programme" else "programme.f"
    return f"{scope}.e"


def holder(scope: str, item: str) -> str:
    """The scope in which the members that an element sees are listed: what a file says of its district is there."""
    if item in OF_DISTRICT or scope == "commune":
        return "district"
    return scope


def source_of(scope: str) -> str:
    """The elements of a scope, each beside its programme."""
    if scope in AROUND:
        return "programme"
    return f"{scope} JOIN programme USING (r)"


def relation(profile: Profile, places: Places, scope: str, item: str) -> Relation:
    """The relation between a scope and one kind of member."""
    if item in SCOPES:
        return _of_places(profile, places, scope, item)
    if item == "programme":
        return Relation(f"{scope}_{item}", key_of(scope), key_of(scope), "programme", "", ONE, ONE, NO)
    least, most, endless = _sizes(profile, item)
    if scope in AROUND:
        key = key_of(scope)
        return Relation(f"{scope}_{item}", key, key, f"{item} {BESIDE} USING (r)", "", least, most, endless)
    (places.dwellings if item == "dwelling" else places.premises)(scope)
    name = f"{scope}_{item}"
    if profile.holds(name, "NOT sure"):
        least = sql("CASE WHEN {} THEN {} ELSE 0 END", _sure(f"{name}.sure"), least)
    # Said of both tables, the programmes of a chunk are found in both without reading the others.
    lines = f"{name} JOIN {item} ON {item}.d = {name}.d AND {item}.r = {name}.r"
    source = f"{lines} {BESIDE} ON programme.r = {item}.r"
    return Relation(name, f"{name}.e", key_of(scope), source, "", least, most, endless)


def _sizes(profile: Profile, item: str) -> tuple[Sql, Sql, Sql]:
    """How many a line stands for: one that stands for a stock nobody described, any number."""
    supposed = _sure(f"{item}.supposed") if profile.holds(item, "supposed") else NO
    if item == "dwelling":
        return _sure("dwelling.count"), _sure("dwelling.count"), supposed
    if item == "existing":
        count, gaps = _sure("coalesce(existing.count, 0)"), profile.gaps("existing", "count")
        return count, count, _sure("(existing.count IS NULL)") if gaps else NO
    one = ONE if supposed == NO else _sure(f"CASE WHEN {item}.supposed THEN 0 ELSE 1 END")
    return one, one, supposed


def _of_places(profile: Profile, places: Places, scope: str, item: str) -> Relation:
    """The places inside an element; what may lie inside a supposed one is of it alone."""
    places.elements(item)
    sizes = ONE, ONE, NO
    if profile.holds(item, "least <> most OR endless"):
        sizes = _sure(f"{item}.least"), _sure(f"{item}.most"), _sure(f"{item}.endless")
    source, name = f"{item} {BESIDE} USING (r)", f"{scope}_{item}"
    if scope in AROUND:
        return Relation(name, key_of(scope), key_of(scope), source, f"NOT {item}.nested", *sizes)
    return Relation(name, f"{item}.{scope}", key_of(scope), source, f"{item}.{scope} IS NOT NULL", *sizes)


def _sure(written: str) -> Sql:
    return Sql(written, 0, sure=True)
