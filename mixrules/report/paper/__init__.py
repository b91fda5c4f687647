"""A decision on paper: a tagged PDF set by typst from a fixed page and the data of the decision."""
