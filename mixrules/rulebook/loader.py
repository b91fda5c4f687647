"""Loading a rulebook: structure, then names, then types; every problem found is reported with its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from mixrules.message import InvalidInputError, Problem, suggest
from mixrules.rulebook import parameters, rules
from mixrules.rulebook.check import Checker
from mixrules.rulebook.dependence import circles, granted_reads
from mixrules.rulebook.document import DefinitionPart, ExamplePart, InputPart, RulebookPart
from mixrules.rulebook.header import listed
from mixrules.rulebook.literal import read_day
from mixrules.rulebook.model import FREEZINGS, Example, Input, Parameter, Rulebook, Survivor, Texts
from mixrules.rulebook.names import Definition, Names
from mixrules.rulebook.parameters import read_type, source_of, texts
from mixrules.rulebook.structure import structural
from mixrules.rulebook.syntax import ExpressionError, parse
from mixrules.rulebook.tree import YES_NO, Type
from mixrules.rulebook.yaml_source import Path, SourceText, read_yaml


@dataclass
class Draft:
    """A rulebook whose names are known but whose rules are not typed yet."""

    source: SourceText
    part: RulebookPart
    digest: str
    definitions: dict[str, Definition] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    labels: dict[str, Texts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report(self, error: ExpressionError, path: Path) -> None:
        """Keep an expression's error with its place in the file."""
        self.problems.append(
            self.source.problem(error.code, path, offset=error.column - 1, **dict[str, Any](error.args_))
        )

    @property
    def names(self) -> Names:
        """Everything that the rules of this draft can name."""
        return Names(self.definitions, self.parameters, self.inputs, frozenset(self.part.rules))


Finder = Callable[[str], Draft | None]


def draft(text: str, file: str, find: Finder) -> Draft:
    """Read a rulebook's structure and the names it defines or borrows.

    Raises:
        InvalidInputError: every structural problem, with file, line and column.
    """
    source = read_yaml(text, file)
    part = _structure(source)
    made = Draft(source, part, "")
    for key, found in (("uses", part.uses), ("territory", part.territory), ("opened_by", part.opened_by)):
        # The library reads these lists without parsing: both readings must agree.
        if listed(text, key) != found:
            made.problems.append(source.problem("list_layout", (key,), found=key))
    digests = _borrow(made, find)
    plain = "\n".join(text.splitlines())
    made.digest = "sha256:" + hashlib.sha256("\n".join([plain, *sorted(digests)]).encode()).hexdigest()
    _inputs(made)
    _definitions(made)
    for name, value in part.parameters.items():
        built = parameters.build(name, value, ("parameters", name), made.report, made.names.members)
        if built is not None:
            made.parameters[name] = built
            made.labels[name] = built.label
    return made


def load(text: str, file: str, find: Finder) -> Rulebook:
    """Load a rulebook: its structure, names, units and types.

    Raises:
        InvalidInputError: every problem found, with file, line and column.
    """
    return compile_draft(draft(text, file, find))


def compile_draft(made: Draft) -> Rulebook:
    """Type the rules of a draft.

    Raises:
        InvalidInputError: every problem found.
    """
    checker = Checker(made.names)
    _check_definitions(made, checker)
    compiled = rules.Compiler(
        made.part, checker, made.report, lambda path: made.source.place(path, key=True).line
    )
    typed = compiled.rules()
    limited = {name for part in made.part.cumulation.values() for name in rules.limited(part)}
    for rule in typed:
        for name in sorted(granted_reads(rule) & limited):
            made.report(ExpressionError("granted_limited", found=name), ("rules", rule.id))
    for circle in circles(typed):
        error = ExpressionError("rule_circular", found=" → ".join(circle))
        made.report(error, ("rules", circle[0]))
    cumulations = compiled.cumulations()
    examples = tuple(_examples(made))
    survivors = tuple(_survivors(made))
    if made.problems:
        raise InvalidInputError(made.problems)
    part = made.part
    source = source_of(part.source)
    assert source is not None
    return Rulebook(
        id=part.rulebook,
        title=texts(part.title),
        force=part.force,
        source=source,
        digest=made.digest,
        file=made.source.file,
        territory=tuple(part.territory),
        uses=tuple(part.uses),
        rules=typed,
        cumulations=cumulations,
        parameters=made.parameters,
        inputs=made.inputs,
        examples=examples,
        labels=made.labels,
        survivors=survivors,
        frozen_by=FREEZINGS if part.frozen_by is None else tuple(part.frozen_by),
        writes=(*part.definitions, *part.parameters),
    )


def _structure(source: SourceText) -> RulebookPart:
    if not isinstance(source.data, dict) or "rulebook" not in source.data:
        raise InvalidInputError([source.problem("not_a_rulebook", ())])
    try:
        return RulebookPart.model_validate(source.data)
    except ValidationError as error:
        raise InvalidInputError(structural(error, source)) from None


def _borrow(made: Draft, find: Finder) -> list[str]:
    digests = []
    for index, wanted in enumerate(made.part.uses):
        other = find(wanted)
        if other is None:
            made.problems.append(made.source.problem("rulebook_unknown", ("uses", index), found=wanted))
            continue
        made.definitions.update(other.definitions)
        made.parameters.update(other.parameters)
        made.inputs.update(other.inputs)
        made.labels.update(other.labels)
        digests.append(other.digest)
    return digests


def _inputs(made: Draft) -> None:
    for name, part in made.part.inputs.items():
        try:
            made.inputs[name] = _input(name, part)
        except ExpressionError as error:
            made.report(error, ("inputs", name))


def _input(name: str, part: InputPart) -> Input:
    given: Mapping[str, Any] | list[str] = part.members or {}
    listed = given if isinstance(given, dict) else dict.fromkeys(given, "")
    members = tuple((member, texts(label)) for member, label in listed.items())
    if members:
        kind = Type("category", category=f"input:{name}")
    elif part.unit is not None:
        kind = read_type(part.unit)
    else:
        kind = read_type(part.type or "yes_no")
    percent = part.unit == "%"
    group, _, rest = name.rpartition(".")
    if part.at in {"dwelling", "premise", "existing", "shared_place"}:
        if group:
            raise ExpressionError("input_name", found=name, expected=rest)
        return Input(name, "item", part.at, kind, members, texts(part.label), percent)
    if group not in {"facts", "claims", "elections", "evidence", "district.facts"} or (
        group == "evidence" and kind != YES_NO
    ):
        raise ExpressionError(
            "input_name", found=name, expected=f"facts.{rest}, claims.{rest}, elections.{rest}"
        )
    owner = "district" if group == "district.facts" else "programme"
    return Input(name, group, owner, kind, members, texts(part.label), percent)  # type: ignore[arg-type]


def _definitions(made: Draft) -> None:
    for name, part in made.part.definitions.items():
        path: Path = ("definitions", name)
        if isinstance(part, str):
            dated: dict[str, str] = {"": part}
        else:
            dated = dict(part.values or {})
            if part.is_ is not None:
                dated[""] = part.is_
            path = (*path, "is") if part.is_ is not None else (*path, "values")
            made.labels[name] = texts(part.label)
        trees = []
        for start, text in dated.items():
            here = (*path, start) if start else path
            try:
                trees.append((read_day(start) if start else None, parse(text)))
            except ExpressionError as error:
                made.report(error, here)
        if trees:
            made.definitions[name] = Definition(name, tuple(trees))


def _check_definitions(made: Draft, checker: Checker) -> None:
    """A definition that no rule uses is checked all the same, wherever it can stand."""
    from mixrules.rulebook.names import Where

    places = [Where("programme"), Where("programme", ("dwelling",)), Where("district"), Where("building")]
    for name, part in made.part.definitions.items():
        definition = made.definitions.get(name)
        if definition is None:
            continue
        for start, tree in definition.trees:
            errors = []
            for where in places:
                try:
                    checker.check(tree, where)
                    break
                except ExpressionError as error:
                    errors.append(error)
                    if error.code == "expression_too_large":
                        # It is so wherever it stands.
                        break
            if len(errors) == len(places) or (errors and errors[-1].code == "expression_too_large"):
                best = errors[1] if errors[0].code == "field_of_item" else errors[0]
                key = start.isoformat() if start else "is"
                step = () if isinstance(part, str) else (("is",) if not start else ("values", key))
                made.report(best, ("definitions", name, *step))


def _examples(made: Draft) -> Iterable[Example]:
    part = made.part
    listed: list[tuple[ExamplePart, Path, str]] = [
        (example, ("examples", i), "") for i, example in enumerate(part.examples)
    ]
    for rule, body in part.rules.items():
        listed += [(example, ("rules", rule, "examples", i), rule) for i, example in enumerate(body.examples)]
    facts: dict[str, dict[str, Any]] = {}
    for example, path, _ in listed:
        day = example.on or part.tested_on
        on = read_day(day) if day else date(2026, 1, 1)
        if example.like and example.like not in facts:
            near = suggest(example.like, list(facts))
            made.report(ExpressionError("example_unknown", found=example.like, near=near), (*path, "like"))
        facts[example.name] = _over(facts.get(example.like, {}), example.given)
        expect = tuple((key, json.dumps(value, sort_keys=True)) for key, value in example.expect.items())
        given = json.dumps(facts[example.name], sort_keys=True, ensure_ascii=False)
        yield Example(example.name, on, given, expect, made.source.place(path).line)


def _over(facts: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The facts of an example with those of another over them; a list replaces a list."""
    found = dict(facts)
    for key, value in changes.items():
        old = found.get(key)
        found[key] = _over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return found


def _survivors(made: Draft) -> Iterable[Survivor]:
    part = made.part
    concluding = [*part.rules, *part.cumulation]
    for index, given in enumerate(part.survivors):
        path: Path = ("survivors", index)
        known = concluding if given.outcome else [*concluding, *made.definitions, *made.parameters]
        if given.in_ not in known:
            near = suggest(given.in_, known)
            made.report(ExpressionError("survivor_unknown", found=given.in_, near=near), (*path, "in"))
        changes = bool(given.change or given.part or given.was or given.becomes)
        if changes == (given.outcome is not None):
            made.report(ExpressionError("survivor_shape", found=given.in_), path)
        yield Survivor(
            given.in_,
            given.change,
            given.part,
            given.was,
            (given.becomes,) if isinstance(given.becomes, str) else tuple(given.becomes),
            given.outcome,
            texts(given.because),
            made.source.place(path).line,
        )


__all__ = ["DefinitionPart", "Draft", "Finder", "compile_draft", "draft", "load"]
