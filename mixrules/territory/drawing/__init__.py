"""Synthetic corpora, drawn from what real files were measured to hold."""
