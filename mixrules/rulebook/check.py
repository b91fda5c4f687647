"""Type-checking expressions: every name resolved, every unit compared, before anything is decided."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mixrules.quantity import COUNTS, RATIO, Unit, UnitError, parse_unit
from mixrules.rulebook import check_function, check_measure
from mixrules.rulebook.literal import read_day, read_quantity
from mixrules.rulebook.names import Names, Where, resolve
from mixrules.rulebook.syntax import ExpressionError, parse
from mixrules.rulebook.tree import (
    DATE,
    TEXT,
    YES_NO,
    Arithmetic,
    Choices,
    Compare,
    Given,
    HasKey,
    IfElse,
    Junction,
    Literal_,
    Lookup,
    Named,
    Node,
    Not,
    RuleOutcome,
    Type,
    Within,
)
from mixrules.rulebook.walk import deeper

if TYPE_CHECKING:
    from lark import Token, Tree

OUTCOMES = ("met", "granted")
DAY = parse_unit("day")[0]
DEEPEST_TREE = 80
"""The deepest expression accepted, definitions spelt out."""
LARGEST_TREE = 3_000
"""The largest expression accepted, in terms, definitions spelt out."""
DURATIONS = {"day", "month", "year"}


class Checker:
    """Turns syntax into the typed tree, for one rulebook."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.depth = self.spent = 0

    def expression(self, text: str, scope: str, expected: Type | None = None) -> Node:
        """Parse and type one expression standing at a scope.

        Raises:
            ExpressionError: it is not an expression, or not of the expected type.
        """
        node = self.check(parse(text), Where(scope), expected)
        if deeper(node, DEEPEST_TREE):
            raise _too_large()
        if expected is not None:
            self.require(node, expected, 1)
        return node

    def check(self, tree: Tree[Token], where: Where, expected: Type | None = None) -> Node:
        """Type a syntax tree; errors get the column of the words they speak of."""
        # Definitions that double each other, or « not not not … », would take for ever or exhaust the stack.
        self.spent = self.spent + 1 if self.depth else 1
        self.depth += 1
        try:
            if self.depth > DEEPEST_TREE or self.spent > LARGEST_TREE:
                raise _too_large()
            return self._dispatch(tree, where, expected)
        except ExpressionError as error:
            if error.column == 1 and not where.inside:
                error.column = getattr(tree.meta, "column", 1) or 1
            raise
        finally:
            self.depth -= 1

    def _dispatch(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:
        method = getattr(self, f"_{tree.data}")
        result: Node = method(tree, where, expected)
        return result

    def require(self, node: Node, expected: Type, column: int) -> None:
        """Check that a node has a type.

        Raises:
            ExpressionError: it has another.
        """
        if node.type.kind != expected.kind or (
            node.type.kind == "category" and node.type.category != expected.category
        ):
            raise ExpressionError("type_differs", column, found=node.type, expected=expected)
        if node.type.kind == "number":
            self.unify(node.type.unit, expected.unit, column)

    @staticmethod
    def unify(left: Unit, right: Unit, column: int = 1) -> Unit:
        """The common unit of two numbers.

        Raises:
            ExpressionError: they measure different things.
        """
        try:
            return left.unify(right)
        except UnitError:
            raise ExpressionError(
                "units_differ", column, left=left.described, right=right.described
            ) from None

    # -- values ----------------------------------------------------------------------------------------

    def _quantity(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        number, unit, _ = read_quantity(str(tree.children[0]))
        return Literal_(number, Type("number", unit))

    def _text(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        word = str(tree.children[0])[1:-1]
        if expected is not None and expected.kind == "category":
            members = self.names.members(expected.category)
            if word not in members:
                known = ", ".join(sorted(members))
                raise ExpressionError("member_unknown", tree.meta.column, found=word, expected=known)
            return Literal_(word, expected)
        return Literal_(word, TEXT)

    def _day(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        return Literal_(read_day(str(tree.children[0])).toordinal(), DATE)

    def _yes(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        return Literal_(True, YES_NO)

    def _no(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        return Literal_(False, YES_NO)

    def _none(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        return Literal_(None, expected or Type("number"))

    def _unlimited(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        from math import inf

        return Literal_(inf, expected or Type("number"))

    def _path(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:
        words = [str(word) for word in tree.children]
        return resolve(self.names, where, words, expected, lambda body, at: self.check(body, at, expected))

    def _choices(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:
        if expected is None:
            raise ExpressionError("choices_alone")
        members: set[str] = set()
        for child in tree.children:
            node = self.check(child, where, expected)  # type: ignore[arg-type]
            plain = node.body if isinstance(node, Named) else node
            if isinstance(plain, Choices):
                members |= plain.members
            elif isinstance(plain, Literal_) and isinstance(plain.value, str):
                members.add(plain.value)
            else:
                raise ExpressionError("choice_expected", child.meta.column, expected=expected)  # type: ignore[union-attr]
        return Choices(frozenset(members), expected)

    def _lookup(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        from lark import Tree as SyntaxTree

        name = str(tree.children[0])
        parameter = self.names.parameters.get(name)
        if parameter is None:
            return resolve(self.names, where, [name], None, self.check)
        keys = [child for child in tree.children[1:] if isinstance(child, SyntaxTree)]
        column = next(
            (str(c) for c in tree.children[1:] if not isinstance(c, SyntaxTree) and c is not None), ""
        )
        if len(keys) != len(parameter.keys):
            raise ExpressionError("keys_number", found=len(keys), expected=len(parameter.keys), name=name)
        nodes = []
        for key, wanted in zip(keys, parameter.keys, strict=True):
            node = self.check(key, where, wanted)
            self.require(node, wanted, key.meta.column)
            nodes.append(node)
        columns = dict(parameter.columns)
        column = column or next(iter(columns))
        if column not in columns:
            raise ExpressionError("column_unknown", found=column, expected=", ".join(columns), name=name)
        return Lookup(name, tuple(nodes), column, columns[column])

    # -- logic -----------------------------------------------------------------------------------------

    def _negation(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        return Not(self._truth(tree.children[0], where))  # type: ignore[arg-type]

    def _conjunction(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        return Junction("and", tuple(self._truth(c, where) for c in tree.children))  # type: ignore[arg-type]

    def _disjunction(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        return Junction("or", tuple(self._truth(c, where) for c in tree.children))  # type: ignore[arg-type]

    def _truth(self, tree: Tree[Token], where: Where) -> Node:
        node = self.check(tree, where, YES_NO)
        self.require(node, YES_NO, tree.meta.column)
        return node

    def _compare(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        left_tree, sign, right_tree = tree.children
        op = str(sign).replace("==", "=")
        left, right = self._pair(left_tree, right_tree, where)  # type: ignore[arg-type]
        if left.type.kind in {"category", "text", "yes_no"}:
            if op not in {"=", "!="}:
                raise ExpressionError("order_meaningless", tree.meta.column, found=left.type)
            if left.type.kind != "yes_no":
                plain = right.body if isinstance(right, Named) else right
                if not isinstance(plain, Literal_) or not isinstance(plain.value, str):
                    raise ExpressionError("choice_expected", right_tree.meta.column, expected=left.type)  # type: ignore[union-attr]
                within = Within(left, frozenset({plain.value}))
                return within if op == "=" else Not(within)
        if left.type.kind == "number":
            self.unify(left.type.unit, right.type.unit, tree.meta.column)
            _refuse_bare_share(left_tree, left, right)  # type: ignore[arg-type]
            _refuse_bare_share(right_tree, right, left)  # type: ignore[arg-type]
        return Compare(op, left, right)  # type: ignore[arg-type]

    def _pair(self, left_tree: Tree[Token], right_tree: Tree[Token], where: Where) -> tuple[Node, Node]:
        left = self.check(left_tree, where)
        right = self.check(right_tree, where, left.type)
        if left.type.kind != right.type.kind or left.type.category != right.type.category:
            raise ExpressionError(
                "type_differs", right_tree.meta.column, found=right.type, expected=left.type
            )
        return left, right

    def _between(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        item, low, high = tree.children
        left, least = self._pair(item, low, where)  # type: ignore[arg-type]
        _, most = self._pair(item, high, where)  # type: ignore[arg-type]
        if left.type.kind not in {"number", "date"}:
            raise ExpressionError("order_meaningless", tree.meta.column, found=left.type)
        for bound, bound_tree in ((least, low), (most, high)):
            self.unify(left.type.unit, bound.type.unit, tree.meta.column)
            _refuse_bare_share(bound_tree, bound, left)  # type: ignore[arg-type]
        return Junction("and", (Compare(">=", left, least), Compare("<=", left, most)))

    def _membership(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        item_tree, set_tree = tree.children
        item = self.check(item_tree, where)  # type: ignore[arg-type]
        name = str(set_tree.children[0]) if set_tree.data == "path" else ""  # type: ignore[union-attr]
        if name in self.names.parameters and self.names.parameters[name].keys:
            self.require(item, self.names.parameters[name].keys[0], tree.meta.column)
            return HasKey(item, name)
        choices = self.check(set_tree, where, item.type)  # type: ignore[arg-type]
        plain = choices.body if isinstance(choices, Named) else choices
        if not isinstance(plain, Choices):
            raise ExpressionError("choices_expected", set_tree.meta.column, found=choices.type)  # type: ignore[union-attr]
        self.require(choices, item.type, tree.meta.column)
        return Within(item, plain.members)

    def _exclusion(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:
        return Not(self._membership(tree, where, expected))

    def _given(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:  # noqa: ARG002
        return Given(self.check(tree.children[0], where))  # type: ignore[arg-type]

    def _not_given(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:
        return Not(self._given(tree, where, expected))

    def _if_else(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:
        condition = self._truth(tree.children[0], where)  # type: ignore[arg-type]
        then = self.check(tree.children[1], where, expected)  # type: ignore[arg-type]
        otherwise = self.check(tree.children[2], where, expected or then.type)  # type: ignore[arg-type]
        if then.type.kind != otherwise.type.kind or then.type.category != otherwise.type.category:
            raise ExpressionError("type_differs", tree.meta.column, found=otherwise.type, expected=then.type)
        found = then.type
        if found.kind == "number":
            found = Type("number", self.unify(then.type.unit, otherwise.type.unit, tree.meta.column))
        return IfElse(condition, then, otherwise, found)

    # -- arithmetic ------------------------------------------------------------------------------------

    def _sum(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:
        node = self.check(tree.children[0], where, expected)  # type: ignore[arg-type]
        for sign, term in zip(tree.children[1::2], tree.children[2::2], strict=True):
            right = self.check(term, where, None)  # type: ignore[arg-type]
            node = self._plus(node, str(sign), right, tree.meta.column)
        return node

    def _plus(self, left: Node, op: str, right: Node, column: int) -> Node:
        if left.type.kind == "date" and right.type.kind == "number":
            if [b for b, _, _ in right.type.unit.powers] and right.type.unit.powers[0][0] in DURATIONS:
                return Arithmetic(op, left, right, DATE)  # type: ignore[arg-type]
            raise ExpressionError("duration_expected", column, found=right.type)
        if left.type.kind == right.type.kind == "date" and op == "-":
            return Arithmetic("-", left, right, Type("number", DAY))
        self.numbers(left, right, column)
        unit = self.unify(left.type.unit, right.type.unit, column)
        return Arithmetic(op, left, right, Type("number", unit))  # type: ignore[arg-type]

    @staticmethod
    def numbers(left: Node, right: Node, column: int) -> None:
        """Check that both are numbers.

        Raises:
            ExpressionError: one is not.
        """
        for side in (left, right):
            if side.type.kind != "number":
                raise ExpressionError("number_wanted", column, found=side.type)

    def _product(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:
        node = self.check(tree.children[0], where, None if len(tree.children) > 1 else expected)  # type: ignore[arg-type]
        for sign, term in zip(tree.children[1::2], tree.children[2::2], strict=True):
            right = self.check(term, where, None)  # type: ignore[arg-type]
            self.numbers(node, right, tree.meta.column)
            unit = node.type.unit * right.type.unit if str(sign) == "*" else node.type.unit / right.type.unit
            node = Arithmetic(str(sign), node, right, Type("number", unit))  # type: ignore[arg-type]
        return node

    def _minus(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:
        operand = self.check(tree.children[0], where, expected)  # type: ignore[arg-type]
        self.numbers(operand, operand, tree.meta.column)
        return Arithmetic("-", Literal_(0, operand.type), operand, operand.type)

    # -- calls -----------------------------------------------------------------------------------------

    def _call(self, tree: Tree[Token], where: Where, expected: Type | None) -> Node:
        name = str(tree.children[0])
        arguments = [c for c in tree.children[1:] if c is not None]
        if name in OUTCOMES:
            return self._outcome(name, arguments)  # type: ignore[arg-type]
        if check_function.is_function(name, arguments):  # type: ignore[arg-type]
            return check_function.function(self, name, arguments, where, expected)  # type: ignore[arg-type]
        return check_measure.measure(self, name, arguments, where, tree)  # type: ignore[arg-type]

    def _outcome(self, name: str, arguments: list[Tree[Token]]) -> Node:
        rules = []
        for argument in arguments:
            body = check_measure.split(argument).value
            if body.data != "path" or not check_measure.is_plain(argument):
                raise ExpressionError(
                    "arguments_wrong", argument.meta.column, found=name, expected="(rule, rule)"
                )
            rule = ".".join(str(word) for word in body.children)
            if rule not in self.names.rules:
                from mixrules.message import suggest

                raise ExpressionError(
                    "rule_unknown",
                    argument.meta.column,
                    found=rule,
                    near=suggest(rule, sorted(self.names.rules)),
                )
            rules.append(rule)
        return RuleOutcome(tuple(rules), name)  # type: ignore[arg-type]


def _too_large() -> ExpressionError:
    return ExpressionError("expression_too_large", most=LARGEST_TREE, deepest=DEEPEST_TREE)


def _refuse_bare_share(tree: Tree[Token], number: Node, other: Node) -> None:
    """A share compared with 30 instead of 30 %: no share reaches it."""
    if tree.data != "quantity" or not isinstance(number, Literal_) or number.type.unit != RATIO:
        return
    if other.type.unit.is_ratio and other.type.unit.base and Fraction(number.value) > 1:  # type: ignore[arg-type]
        raise ExpressionError("unit_missing", tree.meta.column, found=tree.children[0], expected="%")


def counted(item: str) -> Unit:
    """The unit in which members of a collection are counted."""
    name = "dwelling" if item in {"dwelling", "existing"} else item
    return Unit(((name, "", 1),)) if name in COUNTS else RATIO
