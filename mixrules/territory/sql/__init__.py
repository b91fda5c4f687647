"""Rulebooks as SQL: the typed tree becomes expressions on the columns of a corpus."""
