"""INSEE codes: the code of a commune, whatever way it was written.

Paris, Marseille and Lyon are one commune each, although their municipal arrondissements have codes of their own in
INSEE's Code officiel géographique; the law on housing is by commune.
"""

from __future__ import annotations

import re

_CODE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
_ARRONDISSEMENTS = {
    "75056": ("75101", "75120"),
    "13055": ("13201", "13216"),
    "69123": ("69381", "69389"),
}
"""The first and last arrondissement of each commune that has some."""


def commune_code(text: str | None) -> str | None:
    """The code of the commune that an INSEE code names, or None where it is no such code.

    A spreadsheet that took the code for a number dropped its first zero: four digits get it back.
    """
    code = (text or "").strip().upper()
    if len(code) == 4:
        code = "0" + code
    if not _CODE.fullmatch(code):
        return None
    within = (name for name, (first, last) in _ARRONDISSEMENTS.items() if first <= code <= last)
    return next(within, code)
