"""What a mutation campaign found."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "mutation.noticed": Counted(
        "noticed",
        (
            "{noticed} changement sur {tried} remarqué par les exemples",
            "{noticed} change of {tried} noticed by the examples",
        ),
        (
            "{noticed} changements sur {tried} remarqués par les exemples",
            "{noticed} changes of {tried} noticed by the examples",
        ),
    ),
    "mutation.explained": Counted(
        "count",
        (" ; {count} expliqué", "; {count} explained"),
        (" ; {count} expliqués", "; {count} explained"),
    ),
    "mutation.untried": Counted(
        "count",
        (
            " ; {count} non essayé, faute de temps (--budget)",
            "; {count} not tried, for lack of time (--budget)",
        ),
        (
            " ; {count} non essayés, faute de temps (--budget)",
            "; {count} not tried, for lack of time (--budget)",
        ),
    ),
    "mutation.explained_here": Counted(
        "count",
        ("≡ {subject} {place}, {count} expliqué : ", "≡ {subject} {place}, {count} explained: "),
        ("≡ {subject} {place}, {count} expliqués : ", "≡ {subject} {place}, {count} explained: "),
    ),
    "mutation.stale": (
        "✗ l'explication ne désigne plus aucun changement survivant : retirez-la",
        "✗ the explanation names no surviving change any more: remove it",
    ),
    "mutation.wide": Counted(
        "count",
        (
            "✗ l'explication désigne aussi {count} changement que les exemples remarquent : précisez-la",
            "✗ the explanation also names {count} change that the examples notice: narrow it",
        ),
        (
            "✗ l'explication désigne aussi {count} changements que les exemples remarquent : précisez-la",
            "✗ the explanation also names {count} changes that the examples notice: narrow it",
        ),
    ),
}
