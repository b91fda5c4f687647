"""The address of a source, where a report may lead there."""

from __future__ import annotations

from mixrules.engine.decision import SourceNote


def address(source: SourceNote) -> str:
    """The address of a source on the web; empty for any other, which a reader must not be led to."""
    return source.url if source.url.startswith(("https://", "http://")) else ""
