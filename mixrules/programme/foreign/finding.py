"""What reading a workbook brings to light: questions to answer, contradictions and remarks, each at its cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from mixrules.message import Place, Problem
from mixrules.programme.foreign.mapping import Mapping, Path


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the workbook does not settle; its answer goes in the mapping, at `path`."""

    path: Path
    problem: Problem
    suggestion: str = ""


@dataclass(slots=True)
class Findings:
    """Everything found while reading, with the answers known so far."""

    mapping: Mapping
    questions: dict[Path, Question] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    entries: dict[Path, str] = field(default_factory=dict)

    def ask(self, path: Path, code: str, place: Place, suggestion: str = "", **args: object) -> None:
        """Ask once, at the first cell that raises the question."""
        if path not in self.questions:
            self.questions[path] = Question(path, Problem.of(code, place, "", **args), suggestion)

    def refuse(self, code: str, place: Place, **args: object) -> None:
        """Record an error."""
        self.problems.append(Problem.of(code, place, "", **args))

    def note(self, code: str, place: Place, **args: object) -> None:
        """Record a remark that does not stop the reading."""
        self.notes.append(Problem.of(code, place, "", **args))

    def decided(self, path: Path) -> str | None:
        """The answer at a path, kept among the entries of the mapping to write."""
        answer = self.mapping.answer(*path)
        if answer is not None:
            self.entries[path] = answer
        return answer
