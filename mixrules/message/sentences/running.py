"""Sentences about a decision that cannot be issued."""

SENTENCES: dict[str, tuple[str, str]] = {}
