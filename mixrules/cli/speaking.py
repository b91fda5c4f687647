"""The command line in the language of its user, known before anything is parsed.

Help is shown, and mistakes are found, on the way. What is said then stands in `helping`, loaded only when there is something to say.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from mixrules.cli.options import Lang as Choice

if TYPE_CHECKING:
    from mixrules.message import Lang

VARIABLE = "MIXRULES_LANG"
"""What says the language where `--lang` does not."""
UsageError: tuple[type[Exception], ...] = (typer.BadParameter.__bases__[0],)
"""The class of all that the command line refuses, whichever click typer rests on."""


def asked(arguments: Sequence[str]) -> Lang:
    """The language of a command line: the last `--lang`, else the environment, else French."""
    found = os.environ.get(VARIABLE, "")
    for place, word in enumerate(arguments):
        if word == "--lang" and place + 1 < len(arguments):
            found = arguments[place + 1]
        elif word.startswith("--lang="):
            found = word.removeprefix("--lang=")
    return "en" if found == Choice.en else "fr"


class Speaking(TyperGroup):
    """A group of commands that speaks the language of its command line."""

    lang: Lang = "fr"
    words: str = ""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line."""
        given = list(sys.argv[1:] if args is None else args)
        extra["windows_expand_args"] = windows_expand_args and args is None
        lang = asked(given)
        _speak(self, lang, "")
        if "--help" in given:
            from mixrules.cli import helping

            helping.tell(self, lang, "")
        if not standalone_mode:
            return super().main(given, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(given, prog_name, complete_var, standalone_mode=False, **extra)
        except UsageError as error:
            from mixrules.cli import helping

            sys.stderr.write(helping.refusal(error, given, lang))
            sys.exit(getattr(error, "exit_code", 2))
        except typer.Abort:
            from mixrules.message import say

            sys.stderr.write(say("help.interrupted", lang) + "\n")
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help of a group."""
        if not self.help:
            from mixrules.cli import helping

            helping.tell(self, self.lang, self.words)
        super().format_help(ctx, formatter)


def _speak(command: Any, lang: Lang, words: str) -> None:
    """Let a command and those below it show what they show in a language, unless they are told another."""
    for parameter in command.params:
        if parameter.name == "lang":
            parameter.default = Choice(lang)
    if isinstance(command, Speaking):
        command.lang, command.words = lang, words
        for name, inner in command.commands.items():
            _speak(inner, lang, f"{words} {name}".strip())
