"""Sentences about a rulebook that cannot be loaded."""

SENTENCES: dict[str, tuple[str, str]] = {}
