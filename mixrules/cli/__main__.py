"""`python -m mixrules.cli`."""

from mixrules.cli import main

main()
