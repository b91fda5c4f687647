"""A decision in a terminal: what an officer needs, in the order in which it is needed."""
