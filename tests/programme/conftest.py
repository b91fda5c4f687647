from pathlib import Path

import pytest
from programme_book import PLAIN, Book

from mixrules.programme.model import Submission
from mixrules.programme.template import write_submission


@pytest.fixture
def book(tmp_path: Path) -> Book:
    path = tmp_path / "dossier.xlsx"
    write_submission(Submission.model_validate(PLAIN), path)
    return Book(path)
