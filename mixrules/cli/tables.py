"""`mixrules rules tables`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from mixrules.cli.selection import shelf
from mixrules.message import InvalidInputError, Lang

INVALID = 4


def show_all(lang: Lang, wanted: Sequence[str]) -> int:
    """List the reference tables."""
    from mixrules.report.tables import render

    try:
        held = shelf(wanted).tables
    except InvalidInputError as error:
        sys.stderr.write("\n".join(problem.render(lang) for problem in error.problems) + "\n")
        return INVALID
    for one in held:
        sys.stdout.write(render(one.table, lang))
    return 0
