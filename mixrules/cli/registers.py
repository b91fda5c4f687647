"""`mixrules register …` and `mixrules replay`: what they do; the options stand in `register_commands`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mixrules.message import InvalidInputError, Lang, Problem, say

if TYPE_CHECKING:
    from mixrules.register.entry import Link
    from mixrules.register.ledger import Register
    from mixrules.register.reconsideration import Reconsidered

INVALID = 4


def guarded(work: Callable[[], int], lang: Lang) -> int:
    """Run a command; what cannot be read is told, never a traceback."""
    try:
        return work()
    except InvalidInputError as error:
        sys.stderr.write("".join(f"{problem.render(lang)}\n" for problem in error.problems))
        return INVALID


def verify(location: str, public: Path | None, checkpoints: Sequence[Path], lang: Lang) -> int:
    """Read the whole register and name what is not as it was written; 1 when something is not."""
    from mixrules.cli.progress import counting
    from mixrules.register import checkpoint
    from mixrules.register.ledger import Register, shown
    from mixrules.register.signature import checker
    from mixrules.register.verification import verify as verified
    from mixrules.report.register import verified as said

    points = [checkpoint.load(path) for path in checkpoints]
    holds = checker(public) if public else None
    with Register.open(location) as register, counting(register.count()) as step:
        found = verified(register, holds, points, step)
    sys.stdout.write(said(found, shown(location), lang))
    return 0 if found.whole else 1


def entries(location: str, since: date | None, lang: Lang) -> int:
    """List the entries."""
    from mixrules.register.ledger import Register
    from mixrules.report.register import line

    with Register.open(location) as register:
        for link in _since(register.links(), since):
            sys.stdout.write(line(link, link.entry(), lang))
    return 0


def show(location: str, number: int, what: str) -> int:
    """Print what the register keeps of one decision."""
    from mixrules.register.ledger import Register

    with Register.open(location) as register:
        link = register.link(number)
        entry = link.entry()
        text = link.text if what == "entry" else register.content(getattr(entry, what))
    sys.stdout.write(text.decode() + "\n")
    return 0


def checkpoint_to(location: str, output: Path, key: Path | None) -> int:
    """Write the present state of the register, to be kept elsewhere."""
    from mixrules.register import checkpoint
    from mixrules.register.ledger import Register
    from mixrules.register.signature import signer

    with Register.open(location) as register:
        made = checkpoint.of(register, signer(key) if key else None)
    try:
        output.write_bytes(made.text())
    except OSError as error:
        raise InvalidInputError([Problem.of("cannot_write", found=output, why=error.strerror)]) from None
    sys.stdout.write(f"{output}\n")
    return 0


def key_to(output: Path) -> int:
    """Make a pair of keys."""
    from mixrules.register.signature import make

    sys.stdout.write(f"{output}\n{make(output)}\n")
    return 0


def erase(location: str, number: int, whom: Sequence[str], lang: Lang) -> int:
    """Erase the names sealed apart from an entry."""
    from mixrules.register.ledger import Register

    with Register.for_writing(location) as register:
        entry = register.link(number).entry()
        gone = [role for role in whom if (sealed := getattr(entry, role)) and register.erase(sealed)]
    none = say("cli.nothing_erased", lang)
    said = say("cli.erased", lang, gone=", ".join(gone)) if gone else none
    sys.stdout.write(say("cli.numbered", lang, number=str(number), said=said))
    return 0


def replay(location: str, number: int | None, since: date | None, verbose: bool, lang: Lang) -> int:
    """Decide kept files again under their own rulebooks; 1 when a decision differs."""
    from mixrules.cli.progress import counting
    from mixrules.register.ledger import Register
    from mixrules.register.replay import Replay
    from mixrules.report.register import count, replayed

    outcomes: list[str] = []
    with Register.open(location) as register, counting(register.count()) as step:
        again = Replay(register)
        for link in _wanted(register, number, since):
            found = again.again(link)
            outcomes.append(found.outcome)
            step(len(outcomes))
            if verbose or found.outcome != "identical":
                sys.stdout.write(replayed(found, lang))
    sys.stdout.write(count(outcomes, lang))
    return 1 if {"different", "impossible"} & set(outcomes) else 0


def reconsider(
    location: str,
    rules: Sequence[str],
    day: date | None,
    number: int | None,
    since: date | None,
    output_format: str,
    lang: Lang,
    *,
    only: bool = False,
) -> int:
    """Say what kept decisions would be under other rules; 1 when one changes."""
    from mixrules.cli.progress import counting
    from mixrules.cli.selection import library, shelf
    from mixrules.register.ledger import Register
    from mixrules.register.reconsideration import Reconsideration
    from mixrules.register.replay import Replay

    found = []
    with Register.open(location) as register, counting(register.count()) as step:
        others = Reconsideration(Replay(register), *library(rules), only=only, shelf=shelf(rules))
        for link in _wanted(register, number, since):
            found.append(others.again(link, day))
            step(len(found))
    _tell(found, output_format, lang)
    return 1 if any(one.changes or one.error for one in found) else 0


def _tell(found: Sequence[Reconsidered], output_format: str, lang: Lang) -> None:
    from mixrules.report import register as report

    if output_format == "json":
        sys.stdout.write(report.as_json(found))
    elif output_format == "csv":
        sys.stdout.write(report.table(found))
    else:
        changed = [one for one in found if one.changes or one.error]
        sys.stdout.writelines(report.reconsidered(one, lang) for one in changed)
        sys.stdout.write(say("cli.decisions_change", lang, count=len(changed), total=len(found)))


def export(location: str, output: Path, pseudonyms: bool) -> int:
    """Write every entry with its programme and decision, one a line."""
    from mixrules.cli.progress import counting
    from mixrules.register.export import exported
    from mixrules.register.ledger import Register

    try:
        with (
            Register.open(location) as register,
            counting(register.count()) as step,
            output.open("w", encoding="utf-8") as file,
        ):
            for done, row in enumerate(exported(register, pseudonyms=pseudonyms), start=1):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                step(done)
    except OSError as error:
        raise InvalidInputError([Problem.of("cannot_write", found=output, why=error.strerror)]) from None
    sys.stdout.write(f"{output}\n")
    return 0


def follow(location: str, dossier: str, output_format: str, lang: Lang) -> int:
    """Follow a programme through its phases; 1 when an advantage is no longer owed or a commitment is overdue."""
    from mixrules.record import plain
    from mixrules.register import follow_up
    from mixrules.register.ledger import Register
    from mixrules.report.follow_up import render

    with Register.open(location) as register:
        found = follow_up.follow(follow_up.read(register, dossier))
    if output_format == "json":
        sys.stdout.write(json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(render(found, lang))
    overdue = any(one.due for one in found.pending) or any(stage.lost for stage in found.stages)
    return 1 if overdue else 0


def district(location: str, name: str, output_format: str, lang: Lang) -> int:
    """Add up a district."""
    from mixrules.record import plain
    from mixrules.register.district import district as added_up
    from mixrules.register.ledger import Register
    from mixrules.report.district import render

    with Register.open(location) as register:
        found = added_up(register, name)
    if output_format == "json":
        sys.stdout.write(json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(render(found, lang))
    return 0


def _wanted(register: Register, number: int | None, since: date | None) -> Iterable[Link]:
    return [register.link(number)] if number is not None else _since(register.links(), since)


def _since(links: Iterable[Link], since: date | None) -> Iterator[Link]:
    return (link for link in links if since is None or link.entry().at[:10] >= since.isoformat())
