"""Help and refusals of the command line, in both languages; the examples of the help are true."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from mixrules.cli import app
from mixrules.cli.helping import key_of
from mixrules.cli.speaking import asked
from mixrules.message.catalogue import FAMILIES
from mixrules.rulebook.library import Library

ROOT = Path(__file__).parents[2]
RULE = re.compile(r"fr(?:\.[\w-]+)+(?:/[\w-]+)?")


def commands(command=None, words=""):
    """Every command, with its words."""
    command = command or typer.main.get_command(app)
    yield words, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{words} {name}".strip())


COMMANDS = dict(commands())
EXAMPLES = [line for one in COMMANDS.values() for line in (one.epilog or "").splitlines()]


def run(*arguments, **environment):
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "200", "TERM": "dumb", **environment})


def test_every_command_and_option_has_its_text_and_no_text_is_unused():
    assert set(FAMILIES["command"]) == set(COMMANDS)
    assert set(FAMILIES["exits"]) <= set(COMMANDS)
    used = {key_of(words, one) for words, command in COMMANDS.items() for one in command.params}
    assert set(FAMILIES["option"]) == used | {"help"}


@pytest.mark.parametrize("words", COMMANDS)
def test_help_speaks_both_languages(words):
    french, english = (
        run(*words.split(), "--help", MIXRULES_LANG=lang).output.replace("\n", " ") for lang in ("fr", "en")
    )
    for text, place, other in ((french, 0, 1), (english, 1, 0)):
        said = FAMILIES["command"][words]
        assert re.sub(r"\s+", "", said[place].split("`")[0])[:40] in re.sub(r"\s+", "", text)
        assert said[other] not in text
    assert "Afficher cette aide" in french
    assert "Show this message" in english
    assert not set(re.findall(r"\[(?:default|required|env var)", french))
    assert words not in FAMILIES["exits"] or ("Codes de sortie" in french and "Exit codes" in english)


def test_the_language_is_that_of_the_line_then_of_the_environment(monkeypatch):
    assert asked([]) == "fr"
    monkeypatch.setenv("MIXRULES_LANG", "en")
    assert asked(["check", "--help"]) == "en"
    assert asked(["check", "--lang", "fr"]) == "fr"
    assert asked(["--lang=en", "check", "--lang", "fr"]) == "fr"
    monkeypatch.setenv("MIXRULES_LANG", "de")
    assert asked([]) == "fr"


def test_the_language_before_a_command_is_that_of_what_it_shows():
    asked_there = run("rules", "list", "--lang", "en").output
    assert run("--lang", "en", "rules", "list").output == asked_there
    assert run("rules", "list", MIXRULES_LANG="en").output == asked_there
    assert run("rules", "list").output != asked_there


@pytest.mark.parametrize(
    ("line", "french", "english"),
    [
        ("chek", "pas de commande « chek » ; peut-être check", "no command 'chek'; perhaps check"),
        ("rules lits", "pas de commande « lits »", "no command 'lits'"),
        ("check", "il manque file", "file is missing"),
        ("check f.json --formt json", "pas d'option --formt", "no option --formt"),
        ("check f.json --format pdf", "--format : « pdf »", "--format: 'pdf'"),
        ("check f.json --date 2026-13-01", "attendu : AAAA-MM-JJ", "expected: YYYY-MM-DD"),
        ("check f.json g.json", "en trop : g.json", "too many words: g.json"),
        ("check f.json --date", "--date attend une valeur", "--date needs a value"),
        (
            "corpus make -n 0 -o c.parquet",
            "« 0 » n'est pas ce qui est attendu : ≥ 1",
            "'0' is not what is expected: ≥ 1",
        ),
        ("corpus make -n ten -o c.parquet", "« ten » est refusé", "'ten' is refused"),
        ("template -o t.xlsx --date 2026-01-01", "vont avec --live", "go with --live"),
    ],
)
def test_what_the_command_line_refuses_is_said_in_both_languages(line, french, english):
    for lang, said in (("fr", french), ("en", english)):
        told = run(*line.split(), MIXRULES_LANG=lang)
        assert told.exit_code == 2
        assert said in told.output.replace("\N{NO-BREAK SPACE}", " ").replace(
            "\N{NARROW NO-BREAK SPACE}", " "
        )
        assert "--help" in told.output
        assert "Traceback" not in told.output


@pytest.mark.parametrize("line", EXAMPLES)
def test_examples_are_commands_that_name_what_exists(line):
    words = shlex.split(line.partition(" > ")[0])
    assert words[0] == "mixrules"
    known = max((w for w in COMMANDS if words[1 : len(w.split()) + 1] == w.split()), key=len)
    options = {name for one in COMMANDS[known].params for name in one.opts}
    assert {word for word in words if word.startswith("-")} <= options
    library = Library([])
    for named in RULE.findall(line) if known != "rules new" else ():
        book, _, rule = named.partition("/")
        assert book in library.ids
        rules = {one.id for one in library.get(book).rules} | set(library.get(book).parameters)
        assert not rule or rule in rules
    for path in (word for word in words if word.startswith("fixtures/")):
        assert (ROOT / path).exists()
