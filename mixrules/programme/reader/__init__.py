"""One module a file format: each turns bytes into a draft, and never lets a format's own error through."""
