"""The form in which decisions on a corpus are written: one row a file, its findings in a list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from mixrules.territory.sql import word
from mixrules.territory.sql.conclusion import SAID

WHERE = ("rule", "force", "kind", "scope")
"""What tells a finding from others."""


@dataclass(frozen=True)
class Form:
    """What each finding says beside where it is: its status, and the numbers behind it or not.

    `at_once` is how many of them chunks under way hold together: a gigabyte and little more.
    """

    said: tuple[str, ...]
    at_once: int

    @cached_property
    def finding(self) -> pa.DataType:
        """A finding or an advantage, its numbers written as a decision writes them; null where the file does not settle one."""
        return pa.struct([pa.field(name, pa.string()) for name in (*WHERE, *self.said)])

    @cached_property
    def decisions(self) -> pa.Schema:
        """What is written."""
        return pa.schema(
            [
                pa.field("file", pa.string()),
                pa.field("programme", pa.string()),
                pa.field("law_date", pa.date32()),
                pa.field("verdict", pa.string()),
                pa.field("findings", pa.list_(self.finding)),
            ]
        )

    @cached_property
    def concluded(self) -> pa.Schema:
        """What is concluded step by step."""
        return pa.schema(
            [
                pa.field("r", pa.int64()),
                pa.field("odd", pa.bool_()),
                pa.field("programme", pa.string()),
                pa.field("law_date", pa.date32()),
                pa.field("breached", pa.bool_()),
                pa.field("open", pa.bool_()),
                pa.field("binding", pa.bool_()),
                pa.field("findings", pa.list_(self.finding)),
            ]
        )

    @property
    def listed(self) -> str:
        """The type of a list of findings, in SQL."""
        return f"STRUCT({', '.join(f'{part.name} {word.kind(part.name)}' for part in self.finding)})[]"

    @property
    def columns(self) -> str:
        """The columns of what is concluded, in SQL."""
        kinds: dict[Any, str] = {pa.int64(): "BIGINT", pa.bool_(): "BOOLEAN", pa.date32(): "DATE"}
        return ", ".join(
            f"{part.name} {self.listed if pa.types.is_list(part.type) else kinds.get(part.type, 'VARCHAR')}"
            for part in self.concluded
        )


WHOLE = Form(SAID, at_once=700_000)
STATUSES = Form(("status",), at_once=1_400_000)
"""The statuses alone: what the numbers are is not worked out."""
