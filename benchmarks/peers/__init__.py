"""One job for mixrules, for versions written by hand and for other rules engines; results are compared before times."""
