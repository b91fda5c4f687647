import importlib
import pkgutil
import re
from pathlib import Path

from mixrules import programme
from mixrules.message import sentences
from mixrules.message.sentences import CATALOGUE, importing, reading

SOURCES = [*Path(programme.__file__).parent.rglob("*.py")]


def test_a_code_has_one_sentence() -> None:
    names = [module.name for module in pkgutil.iter_modules(sentences.__path__)]
    catalogues = [importlib.import_module(f"{sentences.__name__}.{name}") for name in names]
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
