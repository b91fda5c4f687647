"""What holds whatever the file says, proved by a solver: rules out of reach, obligations that cannot all hold.

The proof speaks of every programme at once: dwellings are gathered in cells, one for each way of satisfying the
conditions that rules put on them, and the number of dwellings of a cell is an unknown. What cannot be translated
is an unknown too, free to take any value: only « no programme whatever » is ever concluded, never the contrary.
"""

from __future__ import annotations

from importlib.util import find_spec


def available() -> bool:
    """Whether the solver is installed (`pip install 'mixrules[lint]'`)."""
    return find_spec("z3") is not None
