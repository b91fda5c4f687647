"""`mixrules corpus make` and `mixrules corpus import`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mixrules.message import InvalidInputError, Lang, Place, Problem, say

if TYPE_CHECKING:
    from mixrules.programme.model import Submission
    from mixrules.territory.importing.intake import Intake


def make(
    output: Path,
    count: int,
    seed: int,
    communes: Sequence[str],
    lang: Lang,
    *,
    collective: bool,
    as_declared: bool,
) -> int:
    """Draw a corpus."""
    from mixrules.cli.progress import counting

    def drawn(aside: Path) -> int:
        from mixrules.territory import corpus
        from mixrules.territory.drawing.calibration import COMMUNES
        from mixrules.territory.drawing.workshop import Wish, tables

        wish = Wish(count, seed, tuple(_codes(communes) or COMMUNES), collective, as_declared)
        with counting(count) as step:
            return corpus.write_tables(aside, tables(wish, step))

    written = _written(output, drawn)
    sys.stdout.write(say("cli.drawn", lang, output=output, count=written))
    return 0


def _codes(communes: Sequence[str]) -> list[str]:
    from mixrules.programme.insee import commune_code

    strange = [code for code in communes if commune_code(code) is None]
    if strange:
        raise InvalidInputError([Problem.of("commune_code", found=code) for code in strange])
    return [commune_code(code) or "" for code in communes]


def take_in(source: str, files: Sequence[Path], output: Path, lang: Lang, *, verbose: bool) -> int:
    """Turn public files into a corpus."""
    from mixrules.cli.progress import following
    from mixrules.report.intake import render
    from mixrules.territory.importing.intake import Intake

    intake = Intake()
    read = _reader(source, files, intake)
    try:
        with following(lang) as step:
            _written(
                output, lambda aside: _kept(aside, _told(read, lambda done: step(files[0].name, done, 0)))
            )
    except InvalidInputError as error:
        raise InvalidInputError([*error.problems, *intake.left_out]) from None
    sys.stdout.write(render(intake, str(output), lang, verbose=verbose))
    return 0


def _reader(source: str, files: Sequence[Path], intake: Intake) -> Iterator[Submission]:
    from mixrules.territory.importing import cnig, paris, sitadel

    if source == "cnig":
        return cnig.read(files, intake)
    if len(files) > 1:
        raise InvalidInputError([Problem.of("one_file", found=len(files))])
    return sitadel.read(files[0], intake) if source == "sitadel" else paris.read(files[0], intake)


def _told(made: Iterable[Submission], step: Callable[[int], None]) -> Iterator[tuple[str, Submission]]:
    """Files by name, each told as it passes."""
    for done, submission in enumerate(made, start=1):
        yield submission.id or str(done), submission
        step(done)


def _kept(aside: Path, named: Iterable[tuple[str, Submission]]) -> int:
    from mixrules.territory import corpus

    return corpus.write(aside, named)


def _written(output: Path, write: Callable[[Path], int]) -> int:
    """Write a corpus whole or not at all."""
    aside = output.with_name(output.name + ".part")
    try:
        written = write(aside)
        if not written:
            raise InvalidInputError([Problem.of("corpus_empty", Place(file=output.name))])
        aside.replace(output)
    except ImportError:
        raise InvalidInputError([Problem.of("territory_extra")]) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise InvalidInputError([Problem.of("cannot_write", found=output, why=why)]) from None
    finally:
        aside.unlink(missing_ok=True)
    return written
