"""mixrules: a rules engine for housing-mix incentive compliance."""

__version__ = "0.1.0"
