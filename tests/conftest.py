"""Settings shared by all tests: how long the generated ones run, and no cache but the one a test makes."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]

settings.register_profile(
    "quick",
    max_examples=int(os.environ.get("MIXRULES_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=SLOW,
    print_blob=True,
)
settings.register_profile("campaign", max_examples=5000, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("MIXRULES_PROFILE", "quick"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long campaigns out, unless a marker expression asks for them."""
    if "campaign" in (config.getoption("markexpr") or ""):
        return
    long = [item for item in items if item.get_closest_marker("campaign")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session")
def common_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compiled rulebooks of this run, shared by its processes: they are kept by the digest of their text."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "rulebooks"


@pytest.fixture(autouse=True)
def cached(common_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep compiled rulebooks away from those of the user."""
    monkeypatch.setenv("MIXRULES_CACHE", str(common_cache))


@pytest.fixture
def own_cache(tmp_path: Path, cached: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that starts empty, for the tests of the cache."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("MIXRULES_CACHE", str(folder))
    return folder
