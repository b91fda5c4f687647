"""`mixrules template --live`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mixrules.cli.selection import chosen, common
from mixrules.message import InvalidInputError, Lang, Problem, format_date
from mixrules.rulebook.model import text_in

if TYPE_CHECKING:
    from mixrules.workbook.live.write import Live

INVALID = 4


def template(output: Path, wanted: Sequence[str], day: date, lang: Lang) -> int:
    """Write the live template, and say which rules its formulas hold."""
    from mixrules.workbook.live.write import compose

    try:
        books = chosen(wanted) if wanted else common()
        live = compose(books, day)
        if not live.lines:
            raise InvalidInputError([Problem.of("no_rule_in_force", day=day.isoformat())])  # noqa: TRY301
        live.save(output)
    except InvalidInputError as error:
        return _complain(error.problems, lang)
    except OSError as error:
        return _complain([Problem.of("cannot_write", found=output, why=error.strerror)], lang)
    sys.stdout.write(_said(output, live, day, lang))
    return 0


def _said(output: Path, live: Live, day: date, lang: Lang) -> str:
    french = lang == "fr"
    held, refused = len(live.lines) - len(live.refused), live.refused
    when = format_date(day, lang)
    books = ", ".join(sorted({line.ruled.rule.rulebook for line in live.lines}))
    if french:
        rules = f"{held} règle{'s' if held > 1 else ''} en formules, {len(refused)} à vérifier avec mixrules"
        head = f"{output}\n{books}\nDroit en vigueur au {when} : {rules}"
    else:
        rules = (
            f"{held} rule{'s' if held != 1 else ''} in formulas, {len(refused)} to be checked with mixrules"
        )
        head = f"{output}\n{books}\nLaw in force on {when}: {rules}"
    lines = [head + (" :" if french else ":") if refused else head + "."]
    for one in refused:
        title = text_in(one.rule.title, lang) or one.rule.id
        because = one.because.fr if french else one.because.en
        lines.append(f"  • {one.rule.key} – {title} ({because})")
    return "\n".join(lines) + "\n"


def _complain(problems: Sequence[Problem], lang: Lang) -> int:
    sys.stderr.write("\n".join(f"  • {problem.render(lang)}" for problem in problems) + "\n")
    return INVALID
