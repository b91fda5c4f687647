"""What the linter looks for, one concept a file: each takes a rulebook as written and gives remarks."""
