"""Queries written for DuckDB, spelled for Spark: exactly, or refused by name.

The list of what is held is closed. What is in it means the same in both, under the settings of `session`, or is
spelled here. Whole numbers of 128 bits are DECIMAL(38, 0), whose arithmetic Spark ends with an error where a
result would not fit; but its `div` gives the last 64 bits of a greater quotient, its `sign` a binary
float, and its `abs` and unary minus round to 34 digits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import ErrorLevel, exp, parse_one
from sqlglot.errors import SqlglotError

from mixrules.territory.sql.expression import RefusalError

Node = Any
"""A tree of sqlglot, whose types say less than they hold."""
Spell = Callable[[Node], Node]

WIDE = "DECIMAL(38, 0)"
E18, E20 = (f"CAST({10**places} AS {WIDE})" for places in (18, 20))
SIZE = "CASE WHEN {0} < 0 THEN 0 - {0} ELSE {0} END"
"""Spark's `abs` and its unary minus round to 34 digits."""
SIGN = "CASE WHEN {0} > 0 THEN 1 WHEN {0} < 0 THEN -1 WHEN {0} = 0 THEN 0 END"
SHORT = f"CAST(({{0}} - {{0}} % {{1}}) / {{1}} AS {WIDE})"
"""A quotient of up to twenty digits, exact once the remainder is gone; a longer one is an error."""
QUOTIENT = (
    "CASE WHEN {0} < "
    + E20
    + " AND {0} > 0 - "
    + E20
    + " OR {1} >= "
    + E20
    + " THEN {2} ELSE {3} * "
    + E18
    + " + {4} END"
)
"""A longer one divides first what stands above the last eighteen digits, then what is left."""
DIVISOR = (
    "aggregate(array_repeat(0, 5 * length(CAST({1} AS STRING)) + 1), struct({0} AS a, {1} AS b), "
    f"(s, _) -> if(s.b = 0, s, struct(s.b AS a, CAST(s.a % s.b AS {WIDE}) AS b)), s -> s.a)"
)
"""Euclid's algorithm takes at most five steps for each digit of the second number (Lamé)."""
TOTAL = f"if(size({{0}}) = 0, NULL, aggregate({{0}}, CAST(0 AS {WIDE}), (a, b) -> CAST(a + coalesce(b, 0) AS {WIDE})))"
SOME = "aggregate(array_compact({0}), CAST(NULL AS BOOLEAN), (a, b) -> coalesce(a OR b, b))"
REDUCED = "aggregate(slice({0}, 2, greatest(size({0}) - 1, 0)), get({0}, 0), {1})"
WHOLE = {exp.DataType.Type.BIGINT, exp.DataType.Type.INT128}
TYPES = WHOLE | {
    exp.DataType.Type[name]
    for name in ("BOOLEAN", "INT", "DECIMAL", "TEXT", "VARCHAR", "DATE", "ARRAY", "LIST", "MAP", "STRUCT")
}
HELD = {
    # queries
    *(exp.Select, exp.From, exp.Table, exp.Subquery, exp.Join, exp.Where, exp.Group, exp.Order, exp.Ordered),
    *(
        exp.With,
        exp.CTE,
        exp.TableAlias,
        exp.Alias,
        exp.Column,
        exp.Identifier,
        exp.Star,
        exp.Distinct,
        exp.Limit,
    ),
    *(exp.Having, exp.Explode, exp.Union, exp.Dot, exp.Window, exp.RowNumber, exp.Exists, exp.Filter),
    # values
    *(exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Cast, exp.TryCast, exp.DataType, exp.DataTypeParam),
    *(exp.ColumnDef, exp.Array, exp.Struct, exp.PropertyEQ, exp.Bracket, exp.Lambda),
    # three-valued logic and comparisons
    *(
        exp.And,
        exp.Or,
        exp.Not,
        exp.Is,
        exp.EQ,
        exp.NEQ,
        exp.NullSafeEQ,
        exp.NullSafeNEQ,
        exp.LT,
        exp.LTE,
        exp.GT,
        exp.GTE,
        exp.Between,
        exp.In,
    ),
    *(exp.Case, exp.If, exp.Coalesce, exp.Nullif),
    # whole numbers
    *(exp.Add, exp.Sub, exp.Mul, exp.IntDiv, exp.Neg, exp.Abs, exp.Sign, exp.Least, exp.Greatest),
    *(exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseNot, exp.Mod, exp.Year, exp.Month),
    # groups
    *(
        exp.Sum,
        exp.LogicalOr,
        exp.LogicalAnd,
        exp.Count,
        exp.Min,
        exp.Max,
        exp.ArrayAgg,
        exp.AnyValue,
        exp.IgnoreNulls,
        exp.BitwiseOrAgg,
    ),
    # lists and texts
    *(
        exp.ArrayContains,
        exp.ArrayOverlaps,
        exp.ArrayFilter,
        exp.StartsWith,
        exp.Trim,
        exp.Pad,
        exp.RegexpFullMatch,
    ),
    *(exp.DPipe, exp.Concat, exp.Length, exp.Transform, exp.ArrayDistinct, exp.ArrayMin),
}
"""What both hold; of the functions that sqlglot does not know, those of `NAMED`."""


def spelled(written: str) -> str:
    """A query or an expression, as Spark spells it.

    Raises:
        RefusalError: something that Spark does not hold exactly, by name.
    """
    return spelled_tree(parsed(written))


def parsed(written: str) -> Node:
    """A query or an expression of DuckDB, as a tree.

    Raises:
        RefusalError: what cannot be read.
    """
    try:
        return parse_one(written, dialect="duckdb").transform(_unfolded)
    except SqlglotError as error:
        raise RefusalError("refusal_sql", why=str(error).splitlines()[0]) from None


def _unfolded(node: Node) -> Node:
    """What `expression.MACROS` name on DuckDB."""
    if isinstance(node, exp.Anonymous) and node.name == "quotient":
        n, d = node.expressions
        return exp.Paren(this=exp.IntDiv(this=n, expression=d))
    if isinstance(node, exp.Anonymous) and node.name == "divisor":
        return _called("gcd", *node.expressions)
    return node


def spelled_tree(tree: Node) -> str:
    """A tree of DuckDB's dialect, as Spark spells it.

    Raises:
        RefusalError: something that Spark does not hold exactly, by name.
    """
    root = exp.Paren(this=tree.copy())
    for node in reversed(list(root.this.walk())):
        made = _spelled(node)
        if made is not node:
            node.replace(made)
    return _own(root.this)


def _spelled(node: Node) -> Node:
    if isinstance(node, exp.Subquery) and not isinstance(
        node.parent, exp.From | exp.Join | exp.In | exp.Exists
    ):
        _one_row(node)
    if isinstance(node, exp.Anonymous):
        spell = NAMED.get(node.name.lower())
        if spell is None:
            raise RefusalError("refusal_spark", name=f"{node.name.lower()}()")
        return spell(node)
    if type(node) not in HELD:
        raise RefusalError("refusal_spark", name=type(node).__name__)
    return SPELLED[type(node)](node) if type(node) in SPELLED else node


def _one_row(node: Node) -> None:
    """A query for one value: of a whole table, not of what each row asks."""
    if not all(part.find(exp.AggFunc) for part in node.this.expressions):
        raise RefusalError("refusal_spark_table")


def _numbered(node: Node) -> Node:
    """Numbers of rows in no order say which is which, and no more."""
    plain = (
        isinstance(node.this, exp.RowNumber)
        and not node.args.get("partition_by")
        and not node.args.get("order")
    )
    return _called("monotonically_increasing_id") if plain else node


def _bare(node: Node) -> Node:
    """Without the parentheses that change nothing: Spark's reader pays for each that holds another."""
    inner = node.this
    plain = isinstance(inner, exp.Paren | exp.Column | exp.Literal | exp.Func)
    plain = plain and not isinstance(inner, exp.Connector)
    closed = isinstance(inner, exp.Var) and inner.name.startswith("(")
    return inner if plain or closed else node


def _called(name: str, *arguments: Node) -> Node:
    return exp.Anonymous(this=name, expressions=[one.copy() for one in arguments])


def _written(template: str, *parts: Node | str) -> Node:
    """A template filled with what is spelled already."""
    return exp.Var(
        this="(" + template.format(*(part if isinstance(part, str) else _own(part) for part in parts)) + ")"
    )


def _own(part: Node) -> str:
    return str(part.sql(dialect="spark", unsupported_level=ErrorLevel.RAISE))


def _wide(part: Node) -> str:
    return f"CAST({_own(part)} AS {WIDE})"


def _quotient(n: str, d: str) -> str:
    def short(x: str, y: str) -> str:
        return SHORT.format(x, y)

    high = short(n, E18)
    rest = f"(({high} % {d}) * {E18} + {n} % {E18})"
    return "(" + QUOTIENT.format(n, d, short(n, d), short(high, d), short(rest, d)) + ")"


def _multiple(node: Node) -> Node:
    x, y = (_wide(part) for part in node.expressions)
    return _written("{0} * {1}", _quotient(x, DIVISOR.format(x, y)), y)


def _reduced(node: Node) -> Node:
    """A list taken two by two, from a first value or from its own."""
    listed, taken, *first = node.expressions
    return _called("aggregate", listed, *first, taken) if first else _written(REDUCED, listed, taken)


def _joined(node: Node) -> Node:
    """Texts one after the other; a null adds nothing."""
    parts = ", ".join(f"CAST({_own(part)} AS STRING)" for part in node.expressions)
    return _written("concat_ws('', {0})", parts)


def _sum(node: Node) -> Node:
    """A sum: of numbers, of a date and days, or of a date and months."""
    moved = node.expression.unnest()
    if isinstance(moved, exp.Anonymous) and moved.name == "to_months":
        return _called("add_months", node.this, *moved.expressions)
    return _called("date_add", node.this, moved) if _is_date(node.this) else node


def _difference(node: Node) -> Node:
    return _called("datediff", node.this, node.expression) if _is_date(node.expression) else node


def _is_date(node: Node) -> bool:
    inner = node.unnest()
    return isinstance(inner, exp.Cast) and inner.to.this == exp.DataType.Type.DATE


def _cast(node: Node) -> Node:
    """Whole numbers have 128 bits; but for a null, which would make the mask of a category no whole number."""
    if node.to.this in WHOLE and not isinstance(node.this.unnest(), exp.Null):
        node.set("to", exp.DataType.build(WIDE, dialect="spark"))
    return node


def _type(node: Node) -> Node:
    if node.this not in TYPES:
        raise RefusalError("refusal_spark", name=node.sql(dialect="duckdb"))
    return node


def _literal(node: Node) -> Node:
    """A text, or a whole number; greater ones may be masks, whose bits Spark does not tell beyond 64."""
    if not node.is_string and (not node.name.isdigit() or int(node.name) >= 2**63):
        raise RefusalError("refusal_spark", name=node.name)
    return node


def _key(node: Node) -> Node:
    """A map by its key; the places of a list are not counted from the same number."""
    if len(node.expressions) != 1 or not node.expressions[0].is_string:
        raise RefusalError("refusal_spark_list")
    return node


def _whole_text(node: Node) -> Node:
    pattern = exp.Literal.string(f"\\A(?:{node.expression.name})\\z")
    return _called("regexp_like", node.this, pattern)


def _as(name: str) -> Spell:
    return lambda node: _called(name, *(node.expressions or [node.this, node.args.get("expression")]))


SPELLED: dict[type[Node], Spell] = {
    exp.IntDiv: lambda node: _written("{0}", _quotient(_wide(node.this), _wide(node.expression))),
    exp.Neg: lambda node: node if isinstance(node.this, exp.Literal) else _written("0 - {0}", node.this),
    exp.Abs: lambda node: _written(SIZE, node.this),
    exp.Sign: lambda node: _written(SIGN, node.this),
    exp.Add: _sum,
    exp.Sub: _difference,
    exp.Cast: _cast,
    exp.DataType: _type,
    exp.Literal: _literal,
    exp.Bracket: _key,
    exp.Paren: _bare,
    exp.Window: _numbered,
    exp.ArrayOverlaps: _as("arrays_overlap"),
    exp.ArrayDistinct: lambda node: _written("array_distinct(array_compact({0}))", node.this),
    exp.Length: lambda node: _called("size", node.this),
    exp.Concat: _joined,
    exp.RegexpFullMatch: _whole_text,
}
NAMED: dict[str, Spell] = {
    "gcd": lambda node: _written(DIVISOR, *(_wide(part) for part in node.expressions)),
    "lcm": _multiple,
    "bit_count": _as("bit_count"),
    "list_bool_or": lambda node: _written(SOME, node.expressions[0]),
    "list_reduce": _reduced,
    "list_sum": lambda node: _written(TOTAL, node.expressions[0]),
    "to_months": lambda node: node,  # of the sum that holds it
}
