"""Type-checking measures: which collection they speak of, in which unit, over which base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mixrules.message import suggest
from mixrules.programme.vocabulary import COLLECTIONS, DEPTH, lies_inside
from mixrules.quantity import Unit
from mixrules.rulebook.names import Where
from mixrules.rulebook.syntax import ExpressionError
from mixrules.rulebook.tree import (
    YES_NO,
    Average,
    Collection,
    Count,
    Distinct,
    Junction,
    Node,
    Outermost,
    Quantified,
    Share,
    Total,
    Type,
)

if TYPE_CHECKING:
    from lark import Token, Tree

    from mixrules.rulebook.check import Checker

MEASURES = ("count", "sum", "share", "average", "min", "max", "distinct", "all", "any")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a measure as written: `label: value of … where … weighted by …`."""

    label: str
    value: Tree[Token]
    of: Tree[Token] | None
    where: Tree[Token] | None
    weight: Tree[Token] | None


def split(tree: Tree[Token]) -> Argument:
    """Take an argument apart."""
    from lark import Tree as SyntaxTree

    label = ""
    clauses: dict[str, Tree[Token]] = {}
    value: Tree[Token] | None = None
    for child in tree.children:
        if not isinstance(child, SyntaxTree):
            continue
        if child.data == "label":
            label = str(child.children[0])
        elif child.data in {"of", "where", "weighted"} and value is not None:
            clauses[child.data] = child.children[-1]  # type: ignore[assignment]
        else:
            value = child
    assert value is not None
    return Argument(label, value, clauses.get("of"), clauses.get("where"), clauses.get("weighted"))


def is_plain(tree: Tree[Token]) -> bool:
    """Whether an argument is a bare expression, without label or clause."""
    return _written(split(tree)) == set()


def _written(argument: Argument) -> set[str]:
    """The label and clauses that stand beside an argument's value."""
    clauses = {"of": argument.of, "where": argument.where, "weighted": argument.weight}
    label = {f"{argument.label}:"} if argument.label else set()
    return label | {name for name, clause in clauses.items() if clause is not None}


def _take(argument: Argument, name: str, shape: str, *taken: str) -> None:
    """Refuse a clause that would be read over in silence.

    Raises:
        ExpressionError: a label or clause that the measure does not take there.
    """
    if not _written(argument) <= set(taken):
        raise ExpressionError("arguments_wrong", argument.value.meta.column, found=name, expected=shape)


def sources(tree: Tree[Token] | None) -> tuple[str, ...]:
    """The collections that an expression names (`dwellings and existing`), or none."""
    if tree is None:
        return ()
    if tree.data == "path" and len(tree.children) == 1 and str(tree.children[0]) in COLLECTIONS:
        return (str(tree.children[0]),)
    if tree.data == "conjunction":
        found = [sources(child) for child in tree.children]  # type: ignore[arg-type]
        return tuple(name for names in found for name in names) if all(found) else ()
    return ()


def _named(tree: Tree[Token] | None) -> tuple[str, ...]:
    """The collections after `of`; none is written where the measure is of dwellings.

    Raises:
        ExpressionError: what is written is no collection.
    """
    found = sources(tree)
    if tree is not None and not found:
        word = ".".join(map(str, tree.children)) if tree.data == "path" else "…"
        near = suggest(word, [*COLLECTIONS])
        raise ExpressionError("collection_unknown", tree.meta.column, found=word, near=near)
    return found


def measure(
    checker: Checker, name: str, arguments: list[Tree[Token]], where: Where, tree: Tree[Token]
) -> Node:
    """Type a measure.

    Raises:
        ExpressionError: an unknown measure, or arguments that it does not take.
    """
    from mixrules.rulebook.check_function import FUNCTIONS

    if name not in MEASURES:
        raise ExpressionError(
            "function_unknown", found=name, near=suggest(name, [*MEASURES, *FUNCTIONS, "met"])
        )
    if not arguments:
        raise ExpressionError("arguments_wrong", found=name, expected="(…)")
    parts = [split(argument) for argument in arguments]
    if name == "share":
        return _share(checker, parts, where)
    if name in {"all", "any"}:
        return _quantified(checker, name, parts, where)
    if len(parts) > 1:
        raise ExpressionError(
            "arguments_wrong", tree.meta.column, found=name, expected="(x of collection where …)"
        )
    return _simple(checker, name, parts[0], where)


def _simple(checker: Checker, name: str, part: Argument, where: Where) -> Node:
    from mixrules.rulebook.check import counted

    named = sources(part.value)
    if name == "count":
        _take(part, name, "(x of collection where …)", "where", *(() if named else ("of",)))
        over, inner = _collection(checker, named or _named(part.of), part.where, where)
        if not named:
            over = _narrow(over, _predicate(checker, part.value, inner))
        return Count(over, Type("number", counted(inner.subject)))
    weighted = ("weighted",) if name == "average" else ()
    _take(part, name, "(x of collection where …)", "of", "where", *weighted)
    over, inner = _collection(checker, _named(part.of), part.where, where)
    term = checker.check(part.value, inner)
    if name == "distinct":
        if term.type.kind not in {"category", "text", "number"}:
            raise ExpressionError("category_wanted", part.value.meta.column, found=term.type)
        return Distinct(term, over, Type("number", Unit((("value", "", 1),))))
    if term.type.kind != "number" and not (term.type.kind == "date" and name in {"min", "max"}):
        raise ExpressionError("number_wanted", part.value.meta.column, found=term.type)
    if name == "sum":
        return Total(term, over, term.type)
    if name == "average":
        weight = checker.check(part.weight, inner) if part.weight is not None else None
        return Average(term, weight, over, term.type)
    return Outermost("min" if name == "min" else "max", term, over, term.type)


def _share(checker: Checker, parts: list[Argument], where: Where) -> Node:
    if len(parts) == 1 and parts[0].of is not None and not parts[0].label:
        # `share(LLS of dwellings where FAMILIAL)`: the clause belongs to the base.
        whole = parts[0]
        _take(whole, "share", "(condition of dwellings where …)", "of", "where")
        part = Argument("", whole.value, None, None, None)
        base = Argument("of", whole.of, None, whole.where, None)  # type: ignore[arg-type]
    elif len(parts) == 2 and parts[1].label == "of" and not parts[0].label:
        part, base = parts
        _take(part, "share", "(condition, of: floor_area of dwellings where …)", "where")
        _take(base, "share", "(condition, of: floor_area of dwellings where …)", "of:", "of", "where")
    else:
        raise ExpressionError("arguments_wrong", found="share", expected="(condition of dwellings where …)")
    by_number = sources(base.value)
    over, inner = _collection(checker, by_number or _named(base.of), base.where, where)
    weight = None
    ratio_base = "+".join(COLLECTIONS[name] for name in by_number)
    if not by_number:
        weight = checker.check(base.value, inner)
        if weight.type.kind != "number":
            raise ExpressionError("number_wanted", base.value.meta.column, found=weight.type)
        ratio_base = weight.type.unit.powers[0][1] if weight.type.unit.powers else ""
    if sources(part.value):
        if part.where is None:
            raise ExpressionError(
                "arguments_wrong", found="share", expected="(condition of landings where …)"
            )
        condition = _predicate(checker, part.where, inner)
    else:
        _take(part, "share", "(condition of dwellings where …)")
        condition = _predicate(checker, part.value, inner)
    return Share(condition, over, weight, Type("number", Unit((), ratio_base)))


def _quantified(checker: Checker, name: str, parts: list[Argument], where: Where) -> Node:
    if len(parts) != 2 or not sources(parts[0].value):
        raise ExpressionError("arguments_wrong", found=name, expected="(landings where …, condition)")
    _take(parts[0], name, "(landings where …, condition)", "where")
    _take(parts[1], name, "(landings where …, condition)")
    over, inner = _collection(checker, sources(parts[0].value), parts[0].where, where)
    condition = _predicate(checker, parts[1].value, inner)
    return Quantified("all" if name == "all" else "any", over, condition)


def _collection(
    checker: Checker, names: tuple[str, ...], condition: Tree[Token] | None, where: Where
) -> tuple[Collection, Where]:
    """A collection, and the place of what is said of each of its members."""
    names = names or ("dwellings",)
    items = [COLLECTIONS[name] for name in names]
    for name, item in zip(names, items, strict=True):
        if item in DEPTH and item != "dwelling" and not lies_inside(item, where.narrowest):
            raise ExpressionError("collection_too_wide", found=name, scope=where.narrowest)
    inner = where.over(*items)
    node = _predicate(checker, condition, inner) if condition is not None else None
    return Collection(tuple(names), node), inner


def _predicate(checker: Checker, tree: Tree[Token], where: Where) -> Node:
    node = checker.check(tree, where, YES_NO)
    checker.require(node, YES_NO, tree.meta.column)
    return node


def _narrow(over: Collection, condition: Node) -> Collection:
    where = condition if over.where is None else Junction("and", (over.where, condition))
    return Collection(over.sources, where)
