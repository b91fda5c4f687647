"""What the law says: grammar, typed tree, loader, dated versions, prose."""
