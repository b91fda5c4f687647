"""What the command line says in its own name: its help, and what is wrong with what was asked.

Commands and options bear no text of their own: those of the catalogue are laid in before help is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperGroup

from mixrules.message import Lang, say, term
from mixrules.message.catalogue import FAMILIES
from mixrules.message.typography import typeset

DAY = "%Y-%m-%d"
QUOTED = re.compile("'([^']*)'")
EXTRA = re.compile(r"extra argument.*\((.*)\)")
LEAST = re.compile(r"(?:equal to |>=\s?)(\d+)")
"""What typer says of a value that it refuses, and of words too many."""


def tell(command: Any, lang: Lang, words: str) -> None:
    """Lay the texts of the catalogue in a command and those below it."""
    _title(lang)
    _lay(command, lang, words)


def _lay(command: Any, lang: Lang, words: str) -> None:
    command.help = typeset(term("command", words, lang), lang)
    command.epilog = _epilog(command.epilog, words, lang)
    for parameter in command.params:
        parameter.help = typeset(term("option", key_of(words, parameter), lang), lang)
    helping = command.get_help_option(typer.Context(command))
    if helping is not None:
        helping.help = term("option", "help", lang)
    for name, inner in getattr(command, "commands", {}).items():
        _lay(inner, lang, f"{words} {name}".strip())


def key_of(words: str, parameter: Any) -> str:
    """The key of an option: its own in this command or group of commands, or the one it shares with others."""
    option = parameter.param_type_name == "option"
    name = max(parameter.opts, key=len).lstrip("-") if option else str(parameter.name)
    group = words.partition(" ")[0]
    return next((key for key in (f"{words} {name}", f"{group} {name}") if key in FAMILIES["option"]), name)


def _epilog(examples: str | None, words: str, lang: Lang) -> str | None:
    """Examples and exit codes, in Markdown."""
    lines = (examples or "").splitlines()
    parts = []
    if lines:
        title = say("help.example" if len(lines) == 1 else "help.examples", lang)
        parts.append(f"**{title}**\n\n" + "\n".join(f"- `{line}`" for line in lines))
    if words in FAMILIES["exits"]:
        parts.append(f"**{say('help.exits', lang)}** {typeset(term('exits', words, lang), lang)}")
    return "\n\n".join(parts) or None


def _title(lang: Lang) -> None:
    """Name the parts of a help page."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = say("help.arguments", lang)
    rich_utils.OPTIONS_PANEL_TITLE = say("help.options", lang)
    rich_utils.COMMANDS_PANEL_TITLE = say("help.commands", lang)
    rich_utils.DEFAULT_STRING = say("help.default", lang, value="{}")
    rich_utils.ENVVAR_STRING = say("help.environment", lang, value="{}")
    rich_utils.REQUIRED_LONG_STRING = say("help.required", lang)


# -- what is refused -----------------------------------------------------------------------------------


def refusal(error: Any, given: Sequence[str], lang: Lang) -> str:
    """What is wrong with a command line, and where help is."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return ""
    command = error.ctx.command_path if error.ctx is not None else "mixrules"
    return f"{_wrong(error, given, lang)}\n{say('usage.try', lang, command=command)}\n"


def _wrong(error: Any, given: Sequence[str], lang: Lang) -> str:
    kind = type(error).__name__
    if kind == "MissingParameter":
        return say("usage.missing", lang, where=_named(error.param))
    if kind == "NoSuchOption":
        return _near(say("usage.no_option", lang, found=error.option_name), error.possibilities or (), lang)
    if kind == "BadOptionUsage":
        return say("usage.no_value", lang, where=error.option_name)
    if kind == "BadParameter" and error.param is not None:
        return _refused(error, given, lang)
    extra = EXTRA.search(str(error.message))
    if extra is not None:
        return say("usage.extra", lang, found=extra[1])
    return _no_command(error, given, lang) or str(error.message)


def _refused(error: Any, given: Sequence[str], lang: Lang) -> str:
    """A value that an option does not take, and those it takes where they are few."""
    where, found = _named(error.param), _found(error.param, given)
    choices = [word for word in QUOTED.findall(str(error.message)) if word != found]
    choices += [f"≥ {least}" for least in LEAST.findall(str(error.message))]
    if not choices:
        return say("usage.refused", lang, where=where, found=found)
    expected = ", ".join(say("usage.day", lang) if word == DAY else word for word in choices)
    return say("usage.value", lang, where=where, found=found, expected=expected)


def _no_command(error: Any, given: Sequence[str], lang: Lang) -> str:
    """That a group of commands got none, or one that it does not have."""
    group = error.ctx.command if error.ctx is not None else None
    if not isinstance(group, TyperGroup):
        return ""
    rest = _words(given)[_depth(error.ctx) :]
    if not rest:
        return say("usage.missing_command", lang)
    if rest[0] in group.commands:
        return ""
    near = get_close_matches(rest[0], group.commands)
    return _near(say("usage.no_command", lang, found=rest[0]), near, lang)


def _depth(context: Any) -> int:
    """How many commands lie around one."""
    return 0 if context.parent is None else 1 + _depth(context.parent)


def _near(message: str, near: Sequence[str], lang: Lang) -> str:
    return say("usage.near", lang, message=message, near=", ".join(sorted(near))) if near else message


def _named(parameter: Any) -> str:
    return str(max(parameter.opts, key=len)) if parameter.param_type_name == "option" else str(parameter.name)


def _words(given: Sequence[str]) -> list[str]:
    """What is neither an option nor the language."""
    return [
        word for place, word in enumerate(given) if word[:1] != "-" and given[place - 1 : place] != ["--lang"]
    ]


def _found(parameter: Any, given: Sequence[str]) -> str:
    """The value given to an option."""
    for place, word in enumerate(given):
        name, equal, value = word.partition("=")
        if name in parameter.opts:
            return value if equal else next(iter(given[place + 1 : place + 2]), "")
    return ""
