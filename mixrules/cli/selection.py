"""Which rulebooks a command uses: all that apply to the file, or those asked for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from mixrules.message import InvalidInputError, Place, Problem, suggest
from mixrules.programme.model import Submission
from mixrules.rulebook.library import Library, shipped
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf


def library(wanted: Sequence[str]) -> tuple[Library, list[str]]:
    """The library with the user's files and folders, and the identifiers asked for.

    Raises:
        InvalidInputError: a file or folder that does not exist.
    """
    folders, names = _sorted_out(wanted)
    found = Library(folders)
    own = [name for name in found.ids if any(_under(found.path(name), folder) for folder in folders)]
    return found, [*names, *own]


def shelf(wanted: Sequence[str]) -> ReferenceShelf:
    """The reference tables beside the user's files and folders, then the shipped ones.

    Raises:
        InvalidInputError: a file or folder that does not exist.
    """
    return ReferenceShelf([*_sorted_out(wanted)[0], shipped()])


def _sorted_out(wanted: Sequence[str]) -> tuple[list[Path], list[str]]:
    """What is a file or folder, and what is an identifier."""
    folders: list[Path] = []
    names: list[str] = []
    for item in wanted:
        path = Path(item)
        if path.exists():
            folders.append(path)
        elif path.suffix in {".yaml", ".yml"} or "/" in item:
            raise InvalidInputError([Problem.of("rulebook_missing", found=item, near="")])
        else:
            names.append(item)
    return folders, names


def _under(path: Path, folder: Path) -> bool:
    return path == folder or path.resolve().is_relative_to(folder.resolve())


def chosen(wanted: Sequence[str]) -> list[Rulebook]:
    """The rulebooks asked for, or all of them."""
    found, names = library(wanted)
    return [found.get(name) for name in names or found.ids]


def common() -> list[Rulebook]:
    """The rulebooks that apply to every file: of no territory, and opened by nothing."""
    found, _ = library([])
    return [found.get(name) for name in found.ids if not found.territory(name) and not found.opened_by(name)]


def applicable(submission: Submission, wanted: Sequence[str]) -> tuple[Library, list[Rulebook]]:
    """The rulebooks asked for, or those of the file's territory that it does not leave closed."""
    from mixrules.engine.applicability import applying

    found, names = library(wanted)
    return found, [found.get(name) for name in names or applying(found, submission)]


def unheard_of(submission: Submission, found: Library, applied: Sequence[Rulebook]) -> list[Problem]:
    """Claims and elections that no rulebook at all declares, and facts that look misspelt."""
    from mixrules.engine.facts import strangers

    known = {name for book in applied for name in book.inputs}
    if not strangers(submission, known):
        return []
    for book in found.ids:
        with suppress(InvalidInputError):
            # A broken rulebook that nobody asked for does not stop this file.
            known.update(found.get(book).inputs)
    problems = []
    for fact in strangers(submission, known):
        information = fact.name.startswith(("facts.", "district.facts."))
        near = suggest(fact.name, sorted(known), 0.9 if information else 0.6)
        # A fact that no rule asks for is only information, unless it looks like a misspelt one.
        if near or not information:
            place = Place(pointer=fact.pointer)
            problems.append(Problem.of("fact_unknown", place, found=fact.name, near=near))
    return problems
