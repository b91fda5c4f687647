"""Where rulebooks are found: those shipped with mixrules, and those of a folder or file given by the user."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from mixrules.message import InvalidInputError, Place, Problem, suggest
from mixrules.rulebook.header import identifier, listed, uses
from mixrules.rulebook.model import Rulebook

LARGEST = 2_000_000
SOURCES = "sources"
"""The folder of the official texts that rules quote, beside the rulebooks."""
TABLES = "tables"
"""The folder of the reference tables, beside the rulebooks."""


@cache
def shipped() -> Path:
    """The folder of the rulebooks that travel with mixrules."""
    package = Path(__file__).parent.parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


class Library:
    """Rulebooks by identifier, loaded when asked for; the user's folders come before the shipped ones."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self.folders = [*folders, shipped()]
        self._files: dict[str, tuple[Path, str]] = {}
        self._loaded: dict[str, Rulebook] = {}
        for folder in reversed(self.folders):
            for path in _yaml_files(folder):
                text = read_text(path)
                name = identifier(text)
                if name:
                    self._files[name] = (path, text)

    @classmethod
    def of_texts(cls, texts: Mapping[str, str]) -> Library:
        """The rulebooks of these texts and no other: those under which a kept decision was made."""
        return _Kept(texts)

    @property
    def ids(self) -> list[str]:
        """The identifiers of all rulebooks."""
        return sorted(self._files)

    def text(self, name: str) -> str:
        """A rulebook as written."""
        return self._files[name][1]

    def path(self, name: str) -> Path:
        """The file of a rulebook."""
        return self._files[name][0]

    def territory(self, name: str) -> list[str]:
        """The INSEE codes that a rulebook serves; none: everywhere."""
        return listed(self._files[name][1], "territory")

    def opened_by(self, name: str) -> list[str]:
        """The claims and facts of which one opens a rulebook; none: it applies to every file."""
        return listed(self._files[name][1], "opened_by")

    def get(self, name: str) -> Rulebook:
        """Load a rulebook with those it uses.

        Raises:
            InvalidInputError: it does not exist, or is broken.
        """
        if name not in self._files:
            raise InvalidInputError(
                [Problem.of("rulebook_missing", found=name, near=suggest(name, self.ids))]
            )
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def _load(self, name: str) -> Rulebook:
        from mixrules.rulebook import store

        key = store.key(self.closure(name).values())
        kept = store.fetch(key, Rulebook)
        if kept is not None:
            return kept
        from mixrules.rulebook.drafts import Drafts

        book = Drafts(self._files).compile(name)
        store.keep(key, book)
        return book

    def dependents(self, name: str) -> list[str]:
        """The rulebooks that use one, directly or through others."""
        users = {other: set(uses(text)) for other, (_, text) in sorted(self._files.items())}
        found = [name]
        for reached in found:
            found += [other for other, used in users.items() if reached in used and other not in found]
        return found[1:]

    def closure(self, name: str) -> dict[str, str]:
        """The texts on which a rulebook depends by identifier, its own first."""
        seen: dict[str, str] = {}
        waiting = [name]
        while waiting:
            wanted = waiting.pop()
            if wanted in seen or wanted not in self._files:
                continue
            text = self._files[wanted][1]
            seen[wanted] = text
            waiting += uses(text)
        return seen


class _Kept(Library):
    """Rulebooks from texts, with no folder behind them."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.folders = []
        self._files = {name: (Path(f"{name}.yaml"), text) for name, text in texts.items()}
        self._loaded = {}


def _yaml_files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
        return
    root = folder.resolve()
    for path in sorted(folder.rglob("*.y*ml")):
        # Official texts and reference tables are no rulebooks, whatever their form.
        if {SOURCES, TABLES} & set(path.relative_to(folder).parts[:-1]):
            continue
        # A link could lead out of the folder: a rulebook is read from its folder only.
        if path.suffix in {".yaml", ".yml"} and path.resolve().is_relative_to(root):
            yield path


def read_text(path: Path) -> str:
    """A rulebook, or the header of a table, as written.

    Raises:
        InvalidInputError: it cannot be read, or is too large.
    """
    place = Place(path.name)
    try:
        if path.stat().st_size > LARGEST:
            raise InvalidInputError([Problem.of("rulebook_too_large", place, most=LARGEST)])
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInputError([Problem.of("yaml_broken", place, found="UTF-8")]) from None
    except OSError as error:
        raise InvalidInputError(
            [Problem.of("rulebook_missing", place, found=error.strerror or path.name)]
        ) from None
