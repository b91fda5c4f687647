"""A rulebook as formulas: a template that shows compliance while it is filled in, with no mixrules installed."""
