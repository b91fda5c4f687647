"""What a rule concludes, as SQL on the elements of its scope."""

from __future__ import annotations

from dataclasses import dataclass, field

from mixrules.engine.decide import binds
from mixrules.message import Problem
from mixrules.rulebook.model import Rule
from mixrules.territory.sql.awarding import Worth
from mixrules.territory.sql.expression import NO, OPEN, Sql, case, is_open, no, sql
from mixrules.territory.sql.rounds import Round


@dataclass
class Ruled:
    """A rule as SQL: its status, whether it is fulfilled for other rules, whether it is breached."""

    round: Round
    rule: Rule
    status: Sql
    answers: dict[str, Sql]
    worth: Worth | None = None
    said: dict[str, Sql] = field(default_factory=dict)

    @property
    def found(self) -> dict[str, Sql]:
        """What a finding says, beside where it is."""
        return {"status": self.status, **self.said}

    @property
    def fulfilled(self) -> Sql:
        """Whether the rule is met, set aside or without object, or the advantage granted."""
        if self.rule.award is None:
            return no(self.answers["unmet"])
        return sql(
            "CASE {} WHEN 'granted' THEN TRUE WHEN 'refused' THEN FALSE WHEN 'not-applicable' THEN FALSE END",
            self.status,
            sure=False,
        )

    @property
    def breach(self) -> Sql:
        """Whether a binding rule is broken, or a binding bonus claimed beyond what is earned."""
        if not binds(self.rule):
            return NO
        if self.rule.award is None:
            return self.answers["unmet"]
        assert self.worth is not None
        claimed = self.worth.claimed
        given = sql(
            "CASE {} WHEN 'granted' THEN FALSE WHEN 'undetermined' THEN NULL ELSE TRUE END",
            self.status,
            sure=False,
        )
        return case(is_open(claimed), OPEN, case(claimed, given, NO))


@dataclass(frozen=True)
class Refused:
    """A rule that the compiler does not hold, and the construct that stops it."""

    rule: Rule
    why: Problem
