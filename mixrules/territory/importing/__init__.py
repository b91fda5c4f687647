"""Public files of permits and programmes, turned into corpora: what cannot be read honestly is named and left out."""
