"""Double entry: every conclusion is drawn by two evaluators, and issued only if they agree."""

from __future__ import annotations

from collections.abc import Sequence

from mixrules.engine import direct, rete
from mixrules.engine.network import Network, Solver, Truth


class DisagreementError(Exception):
    """The evaluators conclude differently: nothing may be issued."""

    def __init__(self, rule: str, conclusions: dict[str, dict[str, Truth]]) -> None:
        self.rule = rule
        self.conclusions = conclusions
        super().__init__(f"{rule}: {conclusions}")


class Judge:
    """Solves networks with every evaluator that serves here; equal questions are asked once a decision."""

    def __init__(self, evaluators: dict[str, Solver] | None = None) -> None:
        if evaluators is None:
            evaluators = {rete.NAME: rete.solve} if rete.available() else {}
            evaluators[direct.NAME] = direct.solve
        self.evaluators = evaluators
        self._answers: dict[tuple[Network, tuple[Truth, ...]], dict[str, Truth]] = {}

    @property
    def names(self) -> list[str]:
        """The evaluators that decide."""
        return list(self.evaluators)

    @property
    def asked(self) -> int:
        """How many different questions were put to the evaluators."""
        return len(self._answers)

    def conclude(self, rule: str, network: Network, inputs: Sequence[Truth]) -> dict[str, Truth]:
        """The conclusions on which all evaluators agree.

        Raises:
            DisagreementError: they do not; it shows what each concluded.
        """
        question = (network, tuple(inputs))
        known = self._answers.get(question)
        if known is not None:
            return known
        conclusions = {name: solve(network, inputs) for name, solve in self.evaluators.items()}
        answers = list(conclusions.values())
        if any(answer != answers[0] for answer in answers[1:]):
            raise DisagreementError(rule, conclusions)
        self._answers[question] = answers[0]
        return answers[0]
