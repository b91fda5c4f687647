"""Official texts written for tests, with the digest that they state."""

from __future__ import annotations

import hashlib


def article(*versions: tuple[str, str], number: str = "L1-1") -> str:
    """The file of an article: headings and texts."""
    parts = [f"# Code de l'urbanisme, article {number}"]
    for heading, text in versions:
        digest = hashlib.sha256(text.encode()).hexdigest()
        parts.append(f"## {heading}" + (f"\n\nsha256 of the text below: {digest}\n\n{text}" if text else ""))
    return "\n\n".join(parts) + "\n"
