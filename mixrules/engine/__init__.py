"""How it is decided: measures, inference, the decision."""
