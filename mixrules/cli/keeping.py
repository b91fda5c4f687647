"""`mixrules check --register`: a decision is wholly kept, or the command says that it is not."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mixrules.message import InvalidInputError, Lang, say

if TYPE_CHECKING:
    from mixrules.engine.decision import Decision
    from mixrules.programme.model import Submission
    from mixrules.register.ledger import Sign
    from mixrules.rulebook.library import Library
    from mixrules.rulebook.model import Rulebook
    from mixrules.rulebook.reference.shelf import ReferenceShelf


@dataclass(frozen=True)
class Keeping:
    """Where decisions are kept, who decides, and with which key entries are signed."""

    register: str
    officer: str
    key: Path | None
    nameless: bool
    lang: Lang

    def keep(
        self,
        file: Path,
        submission: Submission,
        found: Library,
        books: Sequence[Rulebook],
        decision: Decision,
        days: tuple[date | None, date],
        shelf: ReferenceShelf,
    ) -> bool:
        """Append a decision to the register and say under which number, or why it is not there."""
        from mixrules.register.dossier import Asked, dossier, without_names
        from mixrules.register.ledger import NotKeptError, Register, shown

        read = hashlib.sha256(file.read_bytes()).hexdigest()
        kept = without_names(submission) if self.nameless else submission
        whole = dossier(
            kept, found, books, decision, Asked(*days, read), "" if self.nameless else self.officer, shelf
        )
        try:
            with Register.for_writing(self.register) as register:
                link = register.append(whole, self._signer())
        except InvalidInputError as error:
            self._refused(
                say("sign.semicolon", self.lang).join(problem.render(self.lang) for problem in error.problems)
            )
            return False
        except NotKeptError as error:
            self._refused(error.why, error.doubtful)
            return False
        place = shown(self.register)
        sys.stderr.write(say("cli.kept", self.lang, place=place, number=str(link.number), hash=link.hash))
        return True

    def _signer(self) -> Sign | None:
        if self.key is None:
            return None
        from mixrules.register.signature import signer

        return signer(self.key)

    def _refused(self, why: str, doubtful: str = "") -> None:
        if doubtful:
            sys.stderr.write(say("cli.doubtful", self.lang, why=why, hash=doubtful))
        else:
            sys.stderr.write(say("cli.not_kept", self.lang, why=why))
