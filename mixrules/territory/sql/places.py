"""Where lines stand, as tables: what `programme.placing` builds for one file, built for a whole corpus at once.

Each level is made from the one before. A context is an element whose lines are shared out by the next level: `placed`
holds the lines that stand in it for sure, `guests` those that may. Where no line of a context names the level, the
context goes on to the next as it is. What is not named may form elements of its own: one that is supposed stands for
them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mixrules.programme.placing import AROUND_STOREYS, PLACES
from mixrules.programme.vocabulary import COLLECTIONS
from mixrules.rulebook.model import Rule
from mixrules.rulebook.tree import Collection, Node
from mixrules.rulebook.walk import children, expressions

if TYPE_CHECKING:
    import duckdb

SCOPES = (*PLACES, "storey")
ORDER = ("block", "building", "storey", "stairwell", "landing")
"""Elements stand in the order of these names, what is not named coming last."""
LEVELS = {"block": 1, "building": 2, "storey": 2, "stairwell": 3, "landing": 4}
"""How many levels are shared out before the elements of a scope are known."""
COLUMNS = """
    e BIGINT, r BIGINT, scope VARCHAR, name VARCHAR, path VARCHAR, home VARCHAR, direct BOOLEAN,
    supposed BOOLEAN, nested BOOLEAN, least BIGINT, most BIGINT, endless BOOLEAN, source BIGINT, level INTEGER,
    block BIGINT, building BIGINT, storey BIGINT, stairwell BIGINT, landing BIGINT,
    o_block VARCHAR, o_building VARCHAR, o_storey VARCHAR, o_stairwell VARCHAR, o_landing VARCHAR
"""
"""An element: `home` is the building around it (`direct` where that is the element itself, in no
block), `nested` says that it lies inside a supposed one. A supposed element takes its lines from what `source` left
unplaced at a `level`. The columns called as scopes are the elements that contain it, and itself; `o_` their names."""


class Places:
    """The elements of every scope inside the programmes of a corpus; made when a rule asks for them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, nested: bool) -> None:
        self.connection = connection
        self.nested = nested
        self._levels = 0
        self._made: set[str] = set()

    def elements(self, scope: str) -> None:
        """Make the table of the elements of a scope."""
        if scope in self._made:
            return
        self._made.add(scope)
        while self._levels < LEVELS[scope]:
            self._level(self._levels)
            self._levels += 1
        if scope == "storey":
            self._storeys()
        for one in [*self._wider(scope), scope] if self.nested else [scope]:
            self._strangers(one)
        around = ", ".join(SCOPES)
        named = ", ".join(f"o_{one} NULLS LAST" for one in ORDER)
        self._table(
            scope,
            f"SELECT e, r, path, home, direct, supposed, nested, least, most, endless, source, level, {around}, "
            f"row_number() OVER (ORDER BY r, {named}) AS o FROM place WHERE scope = '{scope}' ORDER BY o",
        )

    @staticmethod
    def _wider(scope: str) -> tuple[str, ...]:
        """The scopes around one, whose supposed elements may hold some of it."""
        return AROUND_STOREYS if scope == "storey" else PLACES[: PLACES.index(scope)]

    def dwellings(self, scope: str) -> None:
        """Make the relation between the elements of a scope and their lines of dwellings."""
        self.elements(scope)
        if f"{scope}_dwelling" in self._made:
            return
        self._made.add(f"{scope}_dwelling")
        strays = " UNION ALL ".join(
            f"SELECT e, stray{level}.r, d, FALSE AS sure FROM stray{level} "
            f"JOIN {scope} ON source = c AND level = {level}"
            for level in range(self._levels)
        )
        floorless = ""
        if scope == "storey":
            floorless = f" UNION ALL SELECT e, floorless.r, d, FALSE FROM floorless JOIN storey ON source = c AND level = {FLOORLESS}"
        self._table(
            f"{scope}_dwelling",
            f"SELECT * FROM (FROM held_{scope} UNION ALL {strays}{floorless}) ORDER BY r, e",
        )

    def premises(self, scope: str) -> None:
        """Make the relation between the elements of a scope and the premises that stand there or may."""
        self.elements(scope)
        if f"{scope}_premise" in self._made:
            return
        self._made.add(f"{scope}_premise")
        self._table(
            f"{scope}_premise",
            f"SELECT e, p.r, d, coalesce(direct AND p.building = home, FALSE) AS sure "
            f"FROM {scope} JOIN premise AS p ON {scope}.r = p.r "
            "WHERE home IS NULL OR p.building IS NULL OR p.building = home ORDER BY p.r, e",
        )

    def _table(self, name: str, query: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")

    # -- levels ----------------------------------------------------------------------------------------

    def _start(self) -> None:
        """Every programme, with all its lines."""
        self.connection.execute(f"CREATE OR REPLACE TABLE place ({COLUMNS})")
        self.connection.execute(
            "INSERT INTO place BY NAME SELECT r AS e, r, 'programme' AS scope, '' AS path FROM programme"
        )
        self._table("placed0", "SELECT r AS c, r, d FROM dwelling")
        self._table("guests0", "SELECT r AS c, r, d FROM dwelling WHERE FALSE")

    def _level(self, level: int) -> None:
        """Share out the lines of each context by the next level."""
        if not level:
            self._start()
        scope = PLACES[level]
        if not self._named(scope):
            self._pass_over(level, scope)
            return
        self._labels(level, scope)
        self._table("named", "SELECT DISTINCT c FROM labelled WHERE label IS NOT NULL")
        self._table(
            f"wandering{level}",
            f"SELECT c, r, d FROM guests{level} WHERE c IN (FROM named) "
            "UNION ALL SELECT c, r, d FROM labelled WHERE label IS NULL AND c IN (FROM named)",
        )
        self._table(
            f"stray{level}",
            f"FROM wandering{level} UNION ALL SELECT c, r, d FROM placed{level} WHERE c NOT IN (FROM named) "
            f"UNION ALL SELECT c, r, d FROM guests{level} WHERE c NOT IN (FROM named)",
        )
        self._children(scope)
        self._table(
            f"held_{scope}",
            "SELECT e, r, d, TRUE AS sure FROM labelled JOIN child USING (c, label) "
            f"UNION ALL SELECT e, w.r, d, FALSE FROM wandering{level} AS w JOIN child USING (c)",
        )
        self._loosen(level)
        self._table(
            f"placed{level + 1}",
            f"SELECT e AS c, r, d FROM held_{scope} WHERE sure "
            f"UNION ALL SELECT c, r, d FROM placed{level} WHERE c NOT IN (FROM named)",
        )
        self._table(
            f"guests{level + 1}",
            f"SELECT e AS c, r, d FROM held_{scope} WHERE NOT sure "
            f"UNION ALL SELECT c, r, d FROM guests{level} WHERE c NOT IN (FROM named)",
        )
        for table in ("labelled", "named", "child", f"placed{level}", f"guests{level}", f"wandering{level}"):
            self.connection.execute(f"DROP TABLE {table}")

    def _named(self, scope: str) -> bool:
        """Whether a line of the corpus names an element of a scope."""
        found = self.connection.execute(f"SELECT EXISTS (FROM dwelling WHERE {scope} IS NOT NULL)").fetchone()
        return bool(found and found[0])

    def _pass_over(self, level: int, scope: str) -> None:
        """A level that no line names: every context goes on as it is."""
        self._table(f"held_{scope}", "SELECT NULL::BIGINT AS e, r, d, TRUE AS sure FROM dwelling WHERE FALSE")
        self._table(f"stray{level}", f"FROM placed{level} UNION ALL FROM guests{level}")
        self._table("named", "SELECT NULL::BIGINT AS c WHERE FALSE")
        self._loosen(level)
        for table in ("placed", "guests"):
            self.connection.execute(f"ALTER TABLE {table}{level} RENAME TO {table}{level + 1}")
        self.connection.execute("DROP TABLE named")

    def _loosen(self, level: int) -> None:
        """How many dwellings each context leaves unplaced, and whether it is parted by the level nonetheless."""
        self._table(
            f"loose{level}",
            "SELECT c, sum(count)::BIGINT AS most, bool_or(supposed) AS endless, c IN (FROM named) AS parted "
            f"FROM stray{level} JOIN dwelling USING (d) GROUP BY c HAVING most > 0 OR endless",
        )

    def _labels(self, level: int, scope: str) -> None:
        label = f"dwelling.{scope}"
        joined = ""
        if scope == "landing":
            # Landing 1 of the first floor is not landing 1 of the second.
            joined = (
                f" LEFT JOIN (SELECT DISTINCT c FROM placed{level} JOIN dwelling USING (d) WHERE floor IS NOT NULL) "
                "AS floors ON floors.c = p.c"
            )
            label = "CASE WHEN floors.c IS NULL THEN landing ELSE floor || '·' || landing END"
        self._table(
            "labelled",
            f"SELECT p.c, p.r, p.d, {label} AS label FROM placed{level} AS p JOIN dwelling ON dwelling.d = p.d{joined}",
        )

    def _children(self, scope: str) -> None:
        """The elements that some line names."""
        self._table(
            "child",
            "SELECT c, label, row_number() OVER (ORDER BY c, label) + (SELECT max(e) FROM place) AS e "
            "FROM (SELECT DISTINCT c, label FROM labelled WHERE label IS NOT NULL)",
        )
        home = "label" if scope == "building" else "p.home"
        direct = "(p.scope = 'programme')" if scope == "building" else "FALSE"
        self._add(
            scope,
            f"n.e, label, {home}, {direct}, FALSE, 1, 1, FALSE, NULL, NULL",
            "child AS n JOIN place AS p ON p.e = n.c",
        )

    def _add(self, scope: str, values: str, source: str) -> None:
        """Add new elements `n` under their parents `p`."""
        around = ["n.e" if one == scope else f"p.{one}" for one in SCOPES]
        named = ["label" if one == scope else f"p.o_{one}" for one in SCOPES]
        self.connection.execute(
            f"INSERT INTO place (e, name, home, direct, supposed, least, most, endless, source, level, r, scope, "
            f"path, nested, {', '.join(SCOPES)}, {', '.join(f'o_{one}' for one in SCOPES)}) "
            f"SELECT {values}, p.r, '{scope}', CASE WHEN p.path = '' THEN '' ELSE p.path || '/' END "
            f"|| coalesce(label, '?'), FALSE, {', '.join(around)}, {', '.join(named)} FROM {source}"
        )

    # -- what is supposed ------------------------------------------------------------------------------

    def _strangers(self, scope: str) -> None:
        """The elements that lines placed nowhere may form: between none and one for each dwelling."""
        if f"? {scope}" in self._made:
            return
        self._made.add(f"? {scope}")
        for level in range(LEVELS[scope]):
            own = PLACES[level] == scope or (scope == "storey" and PLACES[level] == "building")
            self._suppose(scope, level, "" if own else "WHERE parted")
        if scope == "storey":
            self._suppose(scope, FLOORLESS, "")

    def _suppose(self, scope: str, level: int, where: str) -> None:
        loose = "homeless" if level == FLOORLESS else f"loose{level}"
        self._table(
            "stranger",
            "SELECT *, row_number() OVER (ORDER BY c) + (SELECT max(e) FROM place) AS e, NULL::VARCHAR AS label "
            f"FROM {loose} {where}",
        )
        self._add(
            scope,
            f"n.e, '?', p.home, FALSE, TRUE, 0, n.most, n.endless, c, {level}",
            "stranger AS n JOIN place AS p ON p.e = c",
        )
        if self.nested and scope != "storey":
            self._inside(scope)
        self.connection.execute("DROP TABLE stranger")

    def _inside(self, scope: str) -> None:
        """What may lie inside elements that may exist: one supposed element of each scope, with the same lines."""
        inner = list(PLACES[PLACES.index(scope) + 1 :]) + (["storey"] if scope in AROUND_STOREYS else [])
        around = {scope: "stranger.e"}
        for position, one in enumerate(inner, 1):
            own = f"(stranger.e + {position} * (SELECT count(*) FROM stranger))"
            held = around if one != "storey" else {k: v for k, v in around.items() if k in AROUND_STOREYS}
            columns = [*held, one]
            self.connection.execute(
                "INSERT INTO place (e, name, home, direct, supposed, nested, least, most, endless, source, level, r, "
                f"scope, {', '.join(columns)}) SELECT {own}, '?', p.home, FALSE, TRUE, TRUE, 0, p.most, p.endless, "
                f"p.source, p.level, p.r, '{one}', {', '.join([*held.values(), own])} "
                "FROM stranger JOIN place AS p ON p.e = stranger.e"
            )
            around[one] = own

    # -- storeys ---------------------------------------------------------------------------------------

    def _storeys(self) -> None:
        """The lines of each building by floor; one without a floor may stand on any, or on one more."""
        self._table(
            "floored",
            "SELECT h.e AS c, h.r, h.d, sure, floor AS label, CASE WHEN sure THEN count ELSE 0 END AS least "
            "FROM held_building AS h JOIN dwelling USING (d)",
        )
        self._table("floorless", "SELECT c, r, d FROM floored WHERE label IS NULL")
        self._table(
            "flat",
            "SELECT c, label, max(least) > 0 AS stands, row_number() OVER (ORDER BY c, label) "
            "+ (SELECT max(e) FROM place) AS e FROM floored WHERE label IS NOT NULL GROUP BY c, label",
        )
        self._add(
            "storey",
            "n.e, label, p.home, FALSE, FALSE, stands::BIGINT, 1, FALSE, NULL, NULL",
            "flat AS n JOIN place AS p ON p.e = n.c",
        )
        self._table(
            "held_storey",
            "SELECT e, r, d, sure FROM floored JOIN flat USING (c, label) "
            "UNION ALL SELECT e, floorless.r, d, FALSE FROM floorless JOIN flat USING (c)",
        )
        self._table(
            "homeless",
            "SELECT c, sum(count)::BIGINT AS most, bool_or(supposed) AS endless FROM floorless JOIN dwelling USING (d) "
            "GROUP BY c HAVING most > 0 OR endless",
        )
        for table in ("floored", "flat"):
            self.connection.execute(f"DROP TABLE {table}")


FLOORLESS = -1
"""The level of lines without a floor, which are left by a building and not by a context."""


def nests(rule: Rule) -> bool:
    """Whether a rule measures places inside places."""
    return any(_nests(node, inside=rule.scope in SCOPES) for node in expressions(rule))


def _nests(node: Node | Collection, *, inside: bool) -> bool:
    over = getattr(node, "over", None)
    among = over is not None and any(COLLECTIONS[source] in SCOPES for source in over.sources)
    return (among and inside) or any(_nests(child, inside=inside or among) for child in children(node))
