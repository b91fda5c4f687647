"""The catalogue is whole: both languages, every plural form, nothing unused, nothing said outside it."""

import ast
import re
import string
from functools import cache
from pathlib import Path

import mixrules
from mixrules.message import LANGS, bilingual, say
from mixrules.message.catalogue import ENTRIES, FAMILIES
from mixrules.message.catalogue.entry import Counted
from mixrules.message.catalogue.units import UNITS
from mixrules.message.locale import locale
from mixrules.message.say import fill

ROOT = Path(mixrules.__file__).parent
CATALOGUE, SENTENCES = ROOT / "message" / "catalogue", ROOT / "message" / "sentences"
SPEAKERS = {"say": 0, "bilingual": 0, "NotHeldError": 0, "RefusalError": 0, "_reasoned": 2, "_because": 1}
"""Functions that take a key, and which of their arguments it is."""
CARRIED = {"key", "why.code", "frozen", "_NAMES.get(type(node), 'live.construct')"}
"""Keys that are chosen from a table or a pair: each stands as a text in the source."""
FRENCH_ONLY = {
    # The conventions of each language themselves.
    "message",
    # The order that an officer signs is an act of French law.
    "report/motivation",
    # The titles of hidden sheets and of their columns, and words that formulas recognise.
    "workbook/live",
    # Names of fields and members, in both languages, each beside its meaning.
    "programme/category.py",
    "programme/model.py",
    # Words that files and rulebooks may use, to be recognised.
    "programme/field.py",
    "programme/layout.py",
    "programme/foreign",
    "programme/naming.py",
    "programme/vocabulary.py",
    "quantity/unit.py",
    "rulebook/syntax.py",
    "territory/importing",
    "territory/drawing",
    "authoring/reference.py",
    # Short names of French tenures, the same in both languages.
    "report/page/look.py",
    # What French typography replaces.
    "report/typography.py",
    # Signs as a terminal that is not UTF-8 shows them.
    "report/terminal/screen.py",
    # Descriptions of the format of rules, for those who write them.
    "rulebook/document.py",
    "programme/schema.py",
}
"""Where French stands in the source for another reason than to be said in two languages."""
OPEN = {
    # Commands and options bear their names, as `tests/cli/test_help.py` checks.
    "command",
    "option",
    "exits",
    # What an advantage grants is a word of the rulebook.
    "grants",
    # What an example may expect is any part of a decision.
    "expected",
    # The kinds of error are those of pydantic.
    "shape",
}
"""Families whose members the sources do not name."""
FRENCH = re.compile(r"[àâçéèêëîïôùûœ«»]|^(?:le|la|les|du|des|un|une|sur|au|aux) ", re.IGNORECASE)


def sources() -> list[Path]:
    """Every module but those that hold entries."""
    return [path for path in sorted(ROOT.rglob("*.py")) if not {CATALOGUE, SENTENCES} & set(path.parents)]


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything of a source, walked once."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    """Every call of a function of ours, with its place and its name."""
    found = []
    for path in sources():
        ours = {
            alias.name
            for node in nodes(path)
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("mixrules")
            for alias in node.names
        } | {node.name for node in nodes(path)[0].body if isinstance(node, ast.FunctionDef)}
        found += [
            (f"{path.relative_to(ROOT)}:{node.lineno}", node.func.id, node)
            for node in nodes(path)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours
        ]
    return found


def literals(node: ast.AST) -> list[str] | None:
    """The keys that an argument may be: a text, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        both = literals(node.body), literals(node.orelse)
        return None if None in both else [*both[0], *both[1]]
    return None


def asked() -> dict[str, str]:
    """Every key that a source asks of the catalogue, with a place that does."""
    return {
        key: where
        for where, name, node in calls()
        if name in SPEAKERS
        for key in literals(node.args[SPEAKERS[name]]) or []
    }


@cache
def texts() -> set[str]:
    """Every text constant of the sources and of the templates of pages."""
    found = {
        node.value
        for path in sources()
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in [*ROOT.rglob("*.j2"), *ROOT.rglob("*.typ")]:
        found |= set(re.findall(r"\w+(?:-\w+)*", path.read_text(encoding="utf-8")))
    return found


def every_entry():
    yield from ENTRIES.items()
    yield from (
        (f"{name}:{key}", entry) for name, family in FAMILIES.items() for key, entry in family.items()
    )
    yield from ((f"unit:{key}", entry) for key, entry in UNITS.items())


def fields(text: str) -> set[str]:
    """What a text asks to be given; `label_fr` and `label_en` are one value in two languages."""
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return {re.sub(r"_(fr|en)$", "", name) for name in names}


def test_an_entry_is_said_in_both_languages_and_every_plural_form():
    assert [fault for key, entry in every_entry() for fault in faults(key, entry)] == []


def faults(key, entry):
    """What an entry lacks."""
    said = [text for lang in LANGS for text in forms(entry, lang)]
    asks = {frozenset(fields(text)) for text in said}
    if not all(said) and key != "expected:status":
        yield f"{key}: a form is empty"
    if len(asks) > 1:
        yield f"{key}: the forms ask for different values"
    if any(re.search(r"\w\(e?s\)", text) for text in said):
        yield f"{key}: a plural in brackets"
    if isinstance(entry, Counted) and not key.startswith("unit:") and entry.by not in next(iter(asks)):
        yield f"{key}: {entry.by} counts and is not said"


def forms(entry, lang):
    if not isinstance(entry, Counted):
        return [entry[LANGS.index(lang)]]
    return [entry.of(category, lang) for category in sorted({*locale(lang).plural_form.tags, "other"})]


def test_a_key_that_is_asked_exists():
    assert {key: where for key, where in asked().items() if key not in ENTRIES} == {}
    families = {
        node.args[0].value: where
        for where, name, node in calls()
        if name == "term" and isinstance(node.args[0], ast.Constant)
    }
    assert {name: where for name, where in families.items() if name not in FAMILIES} == {}


def test_a_key_is_written_where_it_is_asked():
    hidden = [
        where
        for where, name, node in calls()
        if name in SPEAKERS
        and literals(node.args[SPEAKERS[name]]) is None
        # A value that carries its key: an error, the day that freezes the law.
        and ast.unparse(node.args[SPEAKERS[name]]) not in CARRIED
    ]
    assert hidden == []


def test_an_entry_is_used():
    assert sorted(ENTRIES.keys() - texts()) == []


def test_a_member_of_a_family_is_a_word_of_the_sources():
    said = texts()
    closed = {name: family for name, family in FAMILIES.items() if name not in OPEN}
    unknown = [(name, key) for name, family in closed.items() for key in family if key not in said]
    assert unknown == []
    assert sorted(name for name in FAMILIES if name not in said) == []


def test_a_text_in_two_languages_stands_in_the_catalogue():
    loose = []
    for path in sources():
        if path.parent == ROOT / "message":
            continue
        loose += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in nodes(path) if _is_loose(node)]
    assert loose == []


def _is_loose(node: ast.AST) -> bool:
    if isinstance(node, ast.Dict):
        keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
        return {"fr", "en"} <= keys and all(_is_text(value) for value in node.values)
    if isinstance(node, ast.IfExp) and '"fr"' in ast.unparse(node.test).replace("'", '"'):
        return any(_is_text(side) for side in (node.body, node.orelse))
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "two"


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_french_is_said_from_the_catalogue():
    loose = []
    for path in sources():
        place = path.relative_to(ROOT).as_posix()
        if any(place == known or place.startswith(f"{known}/") for known in FRENCH_ONLY):
            continue
        documents = {
            id(node.body[0].value)
            for node in nodes(path)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        } | {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
        loose += [
            f"{place}:{node.lineno} {node.value[:50]}"
            for node in nodes(path)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documents
            and FRENCH.search(node.value)
        ]
    assert loose == []


def test_a_count_takes_its_form():
    entry = Counted(
        "count", ("{count} décision", "{count} decision"), ("{count} décisions", "{count} decisions")
    )
    said = [fill(entry, lang, {"count": count}) for lang in LANGS for count in (0, 1, 2, 1200)]
    assert said == [
        *("0 décision", "1 décision", "2 décisions", "1\u202f200 décisions"),
        *("0 decisions", "1 decision", "2 decisions", "1,200 decisions"),
    ]
    # A message holds its arguments as text.
    assert fill(entry, "en", {"count": "1"}) == "1 decision"


def test_a_french_word_is_elided_before_a_vowel():
    assert say("prose.number_of", "fr", said="îlots") == "nombre d'îlots"
    assert say("prose.number_of", "fr", said="logements") == "nombre de logements"
    assert say("prose.number_of", "en", said="blocks") == "number of blocks"


def test_a_decision_holds_a_text_in_every_language():
    assert set(bilingual("statement.share_of_nothing")) == set(LANGS)
