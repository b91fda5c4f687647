"""The grounds of a decision as an order states them: « Vu », « Considérant », and what is decided."""
