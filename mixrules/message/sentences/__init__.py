"""Every sentence mixrules says about errors, in French and English, keyed by a stable code."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry, spoken
from mixrules.message.lang import Lang
from mixrules.message.sentences import (
    annotating,
    corpus,
    importing,
    linting,
    reading,
    reference,
    register,
    rulebook,
    running,
    territory,
)

Sentences = dict[str, Entry]

CATALOGUE: Sentences = {
    **reading.SENTENCES,
    **annotating.SENTENCES,
    **importing.SENTENCES,
    **rulebook.SENTENCES,
    **reference.SENTENCES,
    **linting.SENTENCES,
    **running.SENTENCES,
    **register.SENTENCES,
    **territory.SENTENCES,
    **corpus.SENTENCES,
}


def sentence(code: str, lang: Lang, args: dict[str, str]) -> str:
    """One sentence with its arguments filled in; `near` becomes « did you mean »."""
    from mixrules.message.say import fill, say

    near = args.get("near", "")
    args.setdefault("hint", say("hint.near", lang, near=near) if near else "")
    return fill(spoken(CATALOGUE[code]), lang, dict(args))
