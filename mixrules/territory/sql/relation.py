"""Who lies inside whom, as tables: the members of each scope, with how many of each there are at least and at most."""

from __future__ import annotations

from dataclasses import dataclass

from mixrules.programme.vocabulary import COLLECTIONS
from mixrules.territory.profile import Profile
from mixrules.territory.sql.expression import NO, ONE, Sql

LISTED = ("dwelling", "premise", "existing", "shared_place")
"""What a file lists, each a table of its own."""
AROUND = ("commune", "district", "programme")
"""The scopes that are no place inside a programme: a file has one commune and one district."""
OF_DISTRICT = ("existing", "shared_place")
PLURAL = {item: plural for plural, item in COLLECTIONS.items()}


@dataclass(frozen=True, slots=True)
class Relation:
    """The members of one kind that each element of a scope has.

    `key` is the element's identifier beside its members, `outer` where the element itself is read; `source` joins the
    members to their programme. `least` and `most` say how many each member stands for, `endless` that it stands for
    any number.
    """

    name: str
    key: str
    outer: str
    source: str
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


def relation(profile: Profile, scope: str, item: str) -> Relation:
    """The relation between a scope and one kind of member."""
    source = source_of(item) if item not in LISTED else f"{item} JOIN programme USING (r)"
    supposed = _sure(f"{item}.supposed") if item in LISTED and profile.holds(item, "supposed") else NO
    one = ONE if supposed == NO else _sure(f"CASE WHEN {item}.supposed THEN 0 ELSE 1 END")
    sizes = (one, one, supposed)
    if item == "dwelling":
        count = _sure("dwelling.count")
        sizes = (count, count, supposed)
    elif item == "existing":
        count = _sure("coalesce(existing.count, 0)")
        gaps = profile.gaps("existing", "count")
        sizes = (count, count, _sure("(existing.count IS NULL)") if gaps else NO)
    return Relation(f"{scope}_{item}", key_of(scope), key_of(scope), source, *sizes)


def _sure(written: str) -> Sql:
    return Sql(written, 0, sure=True)
