"""`mixrules template --live`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mixrules.cli.selection import chosen, common
from mixrules.message import InvalidInputError, Lang, Problem, say
from mixrules.rulebook.model import text_in

if TYPE_CHECKING:
    from mixrules.workbook.live.write import Live

INVALID = 4


def template(output: Path, wanted: Sequence[str], day: date, lang: Lang) -> int:
    """Write the live template, and say which rules its formulas hold."""
    from mixrules.workbook.live.write import compose

    try:
        books = chosen(wanted) if wanted else common()
        live = compose(books, day, lang=lang)
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
    held, refused = len(live.lines) - len(live.refused), live.refused
    books = ", ".join(sorted({line.ruled.rule.rulebook for line in live.lines}))
    rules = say("cli.live_rules", lang, count=held, left=len(refused))
    head = say("cli.live", lang, output=output, books=books, day=day, rules=rules)
    lines = [head + (say("sign.colon_close", lang) if refused else ".")]
    for one in refused:
        title = text_in(one.rule.title, lang) or one.rule.id
        because = one.because.said[lang]
        lines.append(f"  • {one.rule.key} – {title} ({because})")
    return "\n".join(lines) + "\n"


def _complain(problems: Sequence[Problem], lang: Lang) -> int:
    sys.stderr.write("\n".join(f"  • {problem.render(lang)}" for problem in problems) + "\n")
    return INVALID
