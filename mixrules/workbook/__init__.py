"""Back into the promoter's own Excel."""
