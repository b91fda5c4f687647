"""Short ways to write a rulebook, a programme, and to read what was decided."""

from datetime import date

import yaml

from mixrules.authoring.example import submission_of
from mixrules.engine.decide import Decider
from mixrules.engine.law_date import LawDate
from mixrules.rulebook.loader import load

DAY = LawDate(date(2026, 3, 1), "date demandée", "date asked for")
HEAD = {"rulebook": "essai", "title": "Essai", "force": "law", "source": {"ref": "Essai"}}


def book(**parts):
    """A rulebook from its parts, each as YAML text or as data."""
    read = {
        key: yaml.load(part, yaml.BaseLoader) if isinstance(part, str) else part
        for key, part in parts.items()
    }
    text = yaml.safe_dump({**HEAD, **read}, sort_keys=False, allow_unicode=True, width=4000)
    return load(text, "essai.yaml", lambda _: None)


def requiring(require, at="programme", **more):
    """A rulebook of one obligation, called `r`."""
    rule = {key: more.pop(key) for key in ("exceptions", "questions") if key in more}
    inputs = more.pop("inputs", {})
    parameters, definitions = more.pop("parameters", {}), more.pop("definitions", {})
    body = {"at": at, "require": require, **more}
    given = {"inputs": inputs, "parameters": parameters, "definitions": definitions}
    return book(rules={"r": {"obligation": body, **rule}}, **given)


def awarding(award, **parts):
    """A rulebook of one advantage, called `a`."""
    rules = {**parts.pop("rules", {}), "a": {"advantage": {"grants": "floor_area", **award}}}
    return book(rules=rules, **parts)


def decide(rules, given, judge=None, law=DAY):
    """The decision on a programme in its short form."""
    return Decider([rules], judge).decide(submission_of(given), law)


def finding(decision, rule="r", scope=None):
    """The one finding of a rule (at a scope)."""
    found = [f for f in decision.findings if f.rule == f"essai/{rule}" and scope in {None, f.scope}]
    assert len(found) == 1, [(f.rule, f.scope, f.status) for f in decision.findings]
    return found[0]


def status(rules, given, rule="r", scope=None):
    """The status of the one finding of a rule."""
    return finding(decide(rules, given), rule, scope).status


def advantage(rules, given, rule="a"):
    """What an advantage gives."""
    return next(a for a in decide(rules, given).advantages if a.rule == f"essai/{rule}")


def missing(part):
    """The fields that a finding or an advantage lacks."""
    return {m.field for m in part.missing}
