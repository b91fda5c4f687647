import re
from pathlib import Path

from mixrules import programme
from mixrules.message.sentences import (
    CATALOGUE,
    annotating,
    importing,
    linting,
    reading,
    reference,
    register,
    rulebook,
    running,
    territory,
)

SOURCES = [*Path(programme.__file__).parent.rglob("*.py")]


def test_a_code_has_one_sentence() -> None:
    catalogues = (annotating, importing, reading, reference, rulebook, linting, running, register, territory)
    assert len(CATALOGUE) == sum(len(module.SENTENCES) for module in catalogues)


def test_every_code_the_readers_use_has_a_sentence_and_every_sentence_is_used() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    used = set(
        re.findall(
            r'(?:Problem\.of|ask|refuse|note|_refused|_refuse|PydanticCustomError)\((?:path, )?\s*"(\w+)"',
            text,
        )
    )
    assert used - set(CATALOGUE) == set()
    own = reading.SENTENCES | importing.SENTENCES
    assert {code for code in own if f'"{code}"' not in text} == set()
