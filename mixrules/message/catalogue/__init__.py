"""Every text that people read, in French and English, under a key."""
