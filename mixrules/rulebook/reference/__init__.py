"""Reference tables: what public lists say of a commune, dated and sourced, for the facts that a file leaves out."""
