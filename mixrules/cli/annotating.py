"""`mixrules check FILE --annotate OUT.xlsx`: the workbook handed back with the answer in it."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mixrules.message import InvalidInputError, Lang, Problem
from mixrules.message.wording import word

if TYPE_CHECKING:
    from mixrules.workbook.annotate.copying import Copy, Told


@dataclass(frozen=True)
class Annotation:
    """Where the copy goes, and whether it may replace a file that is there."""

    output: Path
    force: bool = False

    def refused(self, file: Path, lang: Lang) -> bool:
        """Whether the copy cannot go there; said before anything is read."""
        code = self._refusal(file)
        if code:
            _say([Problem.of(code, found=self.output)], lang)
        return bool(code)

    def _refusal(self, file: Path) -> str:
        if self.output.suffix.lower() != ".xlsx":
            return "annotate_suffix"
        if self.output.exists() and file.exists() and self.output.samefile(file):
            return "annotate_same"
        return "annotate_exists" if self.output.exists() and not self.force else ""

    def write(self, file: Path, told: Told) -> bool:
        """Write the copy after saying what it cannot keep; whether it could be written."""
        try:
            copy = self._made(file, told)
            _say(copy.shed, told.lang)
            _write(self.output, copy.content)
        except InvalidInputError as error:
            _say(error.problems, told.lang)
            return False
        except OSError as error:
            _say([Problem.of("cannot_write", found=self.output, why=error.strerror)], told.lang)
            return False
        _say([Problem.of("annotate_written", found=self.output, count=copy.marked)], told.lang)
        return True

    def _made(self, file: Path, told: Told) -> Copy:
        from mixrules.programme.reading import content_of
        from mixrules.workbook.annotate.copying import alone, annotated, is_workbook

        content = content_of(file)
        if is_workbook(content):
            return annotated(content, told)
        copy = alone(told)
        suffix, sheet = file.suffix or file.name, word("control", told.lang)
        copy.shed.append(Problem.of("annotate_alone", suffix=suffix, sheet=sheet))
        return copy


def _say(problems: list[Problem], lang: Lang) -> None:
    for problem in problems:
        sys.stderr.write(f"  • {problem.render(lang)}\n")


def _write(path: Path, content: bytes) -> None:
    """Write all of it or nothing: a file that is there stays whole until the new one is."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
