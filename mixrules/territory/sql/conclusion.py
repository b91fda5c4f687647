"""What a compiled rulebook concludes of each programme, in one query: its findings, and whether it is or may be breached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mixrules.rulebook.model import Rule
from mixrules.territory.sql import word
from mixrules.territory.sql.expression import Sql, either, is_open, surely, text
from mixrules.territory.sql.places import SCOPES
from mixrules.territory.sql.rounds import Round
from mixrules.territory.sql.ruled import Refused, Ruled
from mixrules.territory.sql.stating import AWARDED, STATED

NAMES = {
    "commune": """coalesce("commune.insee", "commune.name", 'commune')""",
    "district": """coalesce("district.id", "district.name", 'quartier')""",
    "programme": """coalesce("programme.id", "programme.name", 'programme')""",
}
"""What an element is called, as `programme.scope` names it."""
SAID = ("status", *STATED, *AWARDED)
"""What a finding says beside where it is."""


@dataclass(frozen=True)
class Compiled:
    """A rulebook as SQL: its rounds, the rules compiled, and those refused by name."""

    rounds: list[Round]
    ruled: list[Ruled]
    refused: list[Refused]
    said: Sequence[str] = SAID

    def told(self, chunk: str) -> Iterator[tuple[str, str]]:
        """The rounds whose outcome others read: the table of each, and its query."""
        for one in self._read:
            wanted = [*one.told.items(), *self._wanted(one)]
            yield one.name, one.query(wanted, chunk)

    def asked(self) -> list[tuple[Round, list[tuple[str, Sql]]]]:
        """The rounds that conclude something, or tell it to others, and what is asked of each."""
        return [
            (one, [*one.told.items(), *self._wanted(one)]) for one in self.rounds if one.told or self._of(one)
        ]

    def query(self, chunk: str, *, held: bool = False) -> str:
        """For each programme of a chunk: whether a binding rule is breached, or may be, and the findings.

        Where all rounds are `held`, each is a table already.
        """
        joined, breached, open_ = [], [], []
        for one in self.rounds:
            if not self._of(one):
                continue
            source = one.name if held or one in self._read else f"({one.query(self._wanted(one), chunk)})"
            if one.scope in SCOPES:
                joined.append(
                    f"LEFT JOIN ({self._gathered(one, source)}) AS g_{one.name} ON g_{one.name}.r = programme.r"
                )
            else:
                joined.append(f"LEFT JOIN {source} AS g_{one.name} ON g_{one.name}.k = programme.r")
            breached.append(f"coalesce(g_{one.name}.breached, FALSE)")
            open_.append(f"coalesce(g_{one.name}.open, FALSE)")
        return (
            f"SELECT programme.r, {' OR '.join(breached) or 'FALSE'} AS breached, {' OR '.join(open_) or 'FALSE'} AS open, "
            f"{self._findings()} AS findings\nFROM programme {' '.join(joined)} WHERE {chunk}"
        )

    @property
    def _read(self) -> list[Round]:
        return [one for one in self.rounds if one.told]

    def _of(self, one: Round) -> list[tuple[int, Ruled]]:
        return [(index, ruled) for index, ruled in enumerate(self.ruled) if ruled.round is one]

    def _wanted(self, one: Round) -> list[tuple[str, Sql]]:
        """What is asked of a round: each status, and whether a binding rule is or may be breached."""
        rules = self._of(one)
        breaches = [one.stages.let(ruled.breach) for _, ruled in rules]
        wanted = [(f"{name}{index}", made) for index, ruled in rules for name, made in ruled.found.items()]
        wanted.append(("breached", either(*(surely(b) for b in breaches))))
        wanted.append(("open", either(*(is_open(b) for b in breaches))))
        return wanted

    def _gathered(self, one: Round, source: str) -> str:
        """The findings of the elements of each programme, in the order of their places; one that may not exist says nothing."""
        lists = []
        for index, ruled in self._of(one):
            idle = (
                ""
                if ruled.rule.award is not None
                else f" FILTER (WHERE NOT supposed OR status{index} = 'undetermined')"
            )
            written = self._finding(ruled, index, f"{NAMES['programme']} || '/' || path")
            lists.append(f"list({written} ORDER BY o){idle} AS f{index}")
        return (
            f"SELECT r, bool_or(breached) AS breached, bool_or(open) AS open, {', '.join(lists)} "
            f"FROM {source} JOIN (SELECT r, {', '.join(_quoted())} FROM programme) USING (r) GROUP BY r"
        )

    def _findings(self) -> str:
        """The findings of every rule, in the order of their names."""
        parts: list[list[str]] = [[]]
        lists = []
        for index, ruled in sorted(enumerate(self.ruled), key=lambda one: one[1].rule.key):
            if ruled.rule.scope in SCOPES:
                lists += [_list(parts.pop()), f"coalesce(g_{ruled.round.name}.f{index}, [])"]
                parts.append([])
            else:
                parts[-1].append(self._finding(ruled, index, NAMES[ruled.rule.scope]))
        lists.append(_list(parts.pop()))
        return " || ".join(part for part in lists if part) or "[]"

    def _finding(self, ruled: Ruled, index: int, scope: str) -> str:
        rule: Rule = ruled.rule
        known = {"rule": rule.key, "force": rule.force, "kind": rule.kind}
        parts = {part: text(value).text for part, value in known.items()} | {"scope": scope}
        parts |= {name: f"{name}{index}" if name in ruled.found else "NULL::VARCHAR" for name in self.said}
        return (
            "{" + ", ".join(f"'{part}': {word.said(part, written)}" for part, written in parts.items()) + "}"
        )


def _quoted() -> Sequence[str]:
    return ('"programme.id"', '"programme.name"')


def _list(parts: list[str]) -> str:
    return f"[{', '.join(parts)}]" if parts else ""
