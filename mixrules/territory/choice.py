"""Which rulebooks decide which files of a corpus: those asked for decide all; else each those of its territory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from mixrules.engine.applicability import applying, serves
from mixrules.programme.model import Submission
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rulebook
from mixrules.territory.corpus import scalar
from mixrules.territory.profile import Profile
from mixrules.territory.sql.expression import Sql, name, text
from mixrules.territory.sql.spelling import is_one_of

EVERYWHERE = "TRUE"
COMMUNE = '"commune.insee"'


class Choice:
    """The rulebooks that decide a corpus.

    Without a library all decide every file. With one, each decides the files to which `applying` says it applies;
    those `asked` for by name, the files of the communes that they serve.
    """

    def __init__(
        self, books: Iterable[Rulebook], library: Library | None = None, asked: Sequence[str] = ()
    ) -> None:
        self.books = sorted(books, key=lambda book: book.id)
        self.library = library
        self.asked = asked

    @classmethod
    def of_corpus(cls, library: Library, profile: Profile) -> Choice:
        """Every rulebook that serves a commune of the corpus."""
        served = serving(library, library.ids, profile)
        return cls((book for n in served if (book := library.get(n)).rules), library)

    def applied(self, submission: Submission) -> Sequence[Rulebook]:
        """The rulebooks that decide a file."""
        if self.library is None:
            return self.books
        names = set(applying(self.library, submission, self.asked))
        return [book for book in self.books if book.id in names]

    def condition(self, book: Rulebook, profile: Profile) -> str:
        """The programmes that a rulebook decides, as SQL."""
        if self.library is None:
            return EVERYWHERE
        found = []
        if self.library.territory(book.id):
            words = [w for w in profile.values("programme", COMMUNE) if serves(self.library, book.id, w)]
            found.append(is_one_of(Sql(f"programme.{COMMUNE}"), words).text)
        keys = self.library.opened_by(book.id)
        if keys and not self.asked:
            found.append("(" + " OR ".join(chain.from_iterable(_opened(key, profile) for key in keys)) + ")")
        return " AND ".join(found) or EVERYWHERE


def serving(library: Library, names: Iterable[str], profile: Profile) -> list[str]:
    """Those of some rulebooks that serve a commune of the corpus, or files without one."""
    communes = ["", *profile.values("programme", COMMUNE)]
    return [name for name in names if any(serves(library, name, insee) for insee in communes)]


def _opened(key: str, profile: Profile) -> Iterable[str]:
    """Whether a programme gives a fact, a claim or an election, other than no."""
    group, _, own = key.rpartition(".")
    if not group:
        given = f"{name('facts')}[{text(own).text}]"
        words = [w for w in profile.values("dwelling", given) if scalar(w) is not False]
        yield f"programme.r IN (SELECT r FROM dwelling WHERE {is_one_of(Sql(given), words).text})"
    else:
        given = f"{name(group)}[{text(own).text}]"
        words = [w for w in profile.values("programme", given) if scalar(w) is not False]
        yield is_one_of(Sql(f"programme.{given}"), words).text
