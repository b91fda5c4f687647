"""Many programmes at once: corpora, and rulebooks compiled to SQL."""
