"""What changed in a rulebook between two days, in words: as a lawyer sets two versions of a text side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from mixrules.authoring.revision import DefinitionChange, Difference, ParameterChange, Revision, RuleChange
from mixrules.message import Lang, format_date
from mixrules.message.wording import word
from mixrules.report.contrast import becomes, contrast, named
from mixrules.report.line import WIDTH, lines
from mixrules.report.rulebook import EMPTY, FORCES, GRANTS, KINDS, ROUNDINGS, SCALES
from mixrules.rulebook.model import Cumulation, Override, Promise, Question, Rule, Source, text_in
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.row_prose import say_row

PARTS: dict[str, tuple[str, str]] = {
    "kind": ("nature", "kind"),
    "force": ("force", "force"),
    "scope": ("échelle", "scale"),
    "applies": ("champ d'application", "scope of application"),
    "require": ("exigence", "requirement"),
    "rounding": ("arrondi", "rounding"),
    "when_empty": ("sur un ensemble vide", "over nothing"),
    "grants": ("accorde", "grants"),
    "choice": ("choix du montant", "choice of the amount"),
    "when": ("condition du palier", "condition of the step"),
    "rate": ("taux", "rate"),
    "amount": ("montant", "amount"),
    "elected": ("option", "option"),
    "base": ("assiette", "base"),
    "cap": ("plafond", "cap"),
    "claimed": ("comparé à", "compared with"),
    "kept_while": ("à conserver", "to be kept"),
    "even_zero": ("même à zéro", "even at zero"),
    "promise": ("pièces", "evidence"),
    "exception": ("exception", "exception"),
    "question": ("question", "question"),
    "source": ("source", "source"),
}
WORDS = {
    "kind": KINDS,
    "force": FORCES,
    "scope": SCALES,
    "rounding": ROUNDINGS,
    "when_empty": EMPTY,
    "grants": GRANTS,
}


def render(revision: Revision, lang: Lang, only: str = "") -> str:
    """A revision as text."""
    return "\n".join(_Page(revision, lang).lines(only)) + "\n"


class _Page:
    def __init__(self, revision: Revision, lang: Lang) -> None:
        self.revision, self.lang = revision, lang
        self.speaker = Speaker(lang, revision.book.labels, revision.book.inputs)
        self.two = self.speaker.two

    def say(self, label: str, text: str, indent: int = 6) -> Iterator[str]:
        return lines(self.lang, label, text, indent)

    def day(self, day: date) -> str:
        return format_date(day, self.lang)

    def lines(self, only: str) -> Iterator[str]:
        r = self.revision
        name = r.book.id + (f"/{only}" if only else "")
        head = f"{name} – " + self.two(
            f"du {self.day(r.before)} au {self.day(r.after)}",
            f"from {self.day(r.before)} to {self.day(r.after)}",
        )
        yield head
        yield "═" * min(WIDTH, len(head))
        yield from self.moved(r.gone, self.two("Ne vaut plus", "No longer holds"))
        yield from self.moved(r.appeared, self.two("Apparaît", "Appears"))
        for change in r.changed:
            yield ""
            yield from self.rule(change)
        for definition in r.definitions:
            yield ""
            yield from self.definition(definition)
        for parameter in r.parameters:
            yield ""
            yield from self.parameter(parameter)
        yield ""
        yield self.unchanged()

    def unchanged(self) -> str:
        rules, values = self.revision.same_rules, self.revision.same_parameters
        french = f"Inchangé : {rules} règle{'s' if rules > 1 else ''}, {values} paramètre{'s' if values > 1 else ''}."
        english = f"Unchanged: {rules} rule{'' if rules == 1 else 's'}, {values} parameter{'' if values == 1 else 's'}."
        return self.two(french, english)

    def moved(self, items: tuple[Rule | Cumulation, ...], word: str) -> Iterator[str]:
        """Rules and limits that appear or go, each with its day, its source and what it asks."""
        for item in items:
            yield ""
            title = text_in(item.title, self.lang) or item.id
            gone = item in self.revision.gone
            day = item.period.end if gone else item.period.start
            since = ""
            if day is not None:
                since = self.two(f" (le {self.day(day)})", f" (on {self.day(day)})")
            yield from self.say("", f"{word}{since}{self.two(' : ', ': ')}{item.id} – {title}", 0)
            yield from self.say(self.two("Source", "Source"), item.source.ref, 4)
            yield from self.asked(item)

    def asked(self, item: Rule | Cumulation) -> Iterator[str]:
        if isinstance(item, Cumulation):
            if item.limit is not None:
                limit = self.speaker.say(item.limit)
                yield from self.say(self.two("Limite", "Limit"), f"{', '.join(item.over)} ≤ {limit}", 4)
            return
        if item.applies is not None:
            yield from self.say(self.two("S'applique si", "Applies when"), self.speaker.say(item.applies), 4)
        if item.require is not None:
            word = self.two("Si", "If") if item.award is not None else self.two("Exige", "Requires")
            yield from self.say(word, self.speaker.say(item.require), 4)
        for step in item.award.steps if item.award is not None else ():
            node = step.rate or step.amount
            word = self.two("Taux", "Rate") if step.rate is not None else self.two("Montant", "Amount")
            if node is not None:
                yield from self.say(word, self.speaker.say(node), 4)

    # -- a rule that says otherwise --------------------------------------------------------------------

    def rule(self, change: RuleChange) -> Iterator[str]:
        title = text_in(change.after.title, self.lang) or change.after.id
        start = change.after.period.start
        since = self.two(f", depuis le {self.day(start)}", f", since {self.day(start)}") if start else ""
        yield from self.say(
            "", f"{self.two('Change', 'Changes')}{since}{self.two(' : ', ': ')}{change.after.id} – {title}", 0
        )
        substance = [d for d in change.differences if d.part != "source"]
        if not substance:
            yield from self.say(
                "", self.two("le fond est le même, la source change", "same substance, new source"), 4
            )
        for difference in change.differences:
            yield from self.difference(difference)
        yield from self.glossary(change)

    def difference(self, found: Difference) -> Iterator[str]:
        label = self.two(*PARTS[found.part])
        if found.name:
            label += self.two(f" « {found.name} »", f" “{found.name}”")
        for text in self.texts(found):
            yield from self.say(label, text, 4)

    def texts(self, found: Difference) -> Iterator[str]:
        one, two = found.before, found.after
        if found.part in WORDS:
            pairs = WORDS[found.part]
            yield becomes(
                self.speaker, *(self.two(*pairs.get(v, (str(v), str(v)))) or "–" for v in (one, two))
            )
        elif isinstance(one, Source) and isinstance(two, Source):
            yield from self.source(one, two)
        elif isinstance(one, Override) and isinstance(two, Override):
            yield from self.exception(one, two)
        elif one is None or two is None:
            word = self.two("ajouté", "added") if one is None else self.two("supprimé", "removed")
            yield f"{word}{self.two(' : ', ': ')}{self.whole(two if one is None else one)}"
        elif isinstance(one, Question):
            yield becomes(self.speaker, self.whole(one), self.whole(two))
        elif hasattr(one, "type"):
            yield from contrast(self.speaker, one, two)
        else:
            yield becomes(self.speaker, self.whole(one), self.whole(two))

    def exception(self, one: Override, two: Override) -> Iterator[str]:
        yield from contrast(self.speaker, one.when, two.when)
        if one.require != two.require:
            yield becomes(self.speaker, *(self.effect(o) for o in (one, two)))

    def effect(self, override: Override) -> str:
        if override.require is None:
            return self.two("la règle est écartée", "the rule is set aside")
        return self.speaker.say(override.require)

    def whole(self, value: Any) -> str:
        """What was added or removed, in full."""
        if isinstance(value, Override):
            label = text_in(value.label, self.lang)
            said = f"{self.two('si', 'if')} {self.speaker.say(value.when)}, {self.effect(value)} [{value.source.ref}]"
            return f"{label} – {said}" if label else said
        if isinstance(value, Question):
            when = f"{self.two('si', 'if')} {self.speaker.say(value.when)} – " if value.when else ""
            return when + text_in(value.ask, self.lang)
        if isinstance(value, Promise):
            due = self.speaker.member("phase", value.due)
            return f"{', '.join(map(self.speaker.evidence, value.evidence))} ({due})"
        if isinstance(value, tuple):
            return text_in(value, self.lang) or "–"
        if isinstance(value, bool):
            return self.two("oui", "yes") if value else self.two("non", "no")
        return self.speaker.say(value) if hasattr(value, "type") else str(value)

    def source(self, one: Source, two: Source) -> Iterator[str]:
        read = [
            s.ref + (self.two(f", lu au {s.date}", f", as read on {s.date}") if s.date else "")
            for s in (one, two)
        ]
        if read[0] != read[1]:
            yield becomes(self.speaker, *read)
        if one.quote != two.quote and two.quote:
            yield self.two(f"citation : « {two.quote} »", f"quote: “{two.quote}”")
        if one.certainty != two.certainty and two.certainty:
            yield self.two("certitude : ", "certainty: ") + word(two.certainty, self.lang)
        if one.note != two.note and two.note:
            yield self.two("note : ", "note: ") + text_in(two.note, self.lang)

    def glossary(self, change: RuleChange) -> Iterator[str]:
        """What the definitions mean that only one of the versions names."""
        was, now = (named(_nodes(change, side)) for side in ("before", "after"))
        for name, node in {**was, **now}.items():
            if (name in was) != (name in now) and hasattr(node, "body"):
                said = f"« {self.speaker.say(node)} »" if self.lang == "fr" else f"“{self.speaker.say(node)}”"
                yield from self.say(said, self.speaker.say(node.body), 6)

    # -- what rules read -------------------------------------------------------------------------------

    def definition(self, change: DefinitionChange) -> Iterator[str]:
        word = self.two("Change la définition", "Changes the definition")
        yield from self.say(word, f"{change.node.name}, {self.speaker.say(change.node)}", 0)
        yield from self.say(self.two("lue par", "read by"), ", ".join(change.readers), 4)
        if change.before is None or change.after is None:
            body = change.after or change.before
            came = self.two("apparaît", "appears") if change.before is None else self.two("disparaît", "goes")
            yield from self.say(came, self.speaker.say(body) if body is not None else "", 4)
            return
        for text in contrast(self.speaker, change.before, change.after):
            yield from self.say("", text, 4)

    def parameter(self, change: ParameterChange) -> Iterator[str]:
        found = change.parameter
        label = text_in(found.label, self.lang)
        name = f"{found.name}, {label}" if label else found.name
        yield from self.say(self.two("Change le paramètre", "Changes the parameter"), name, 0)
        for before, after in change.rows:
            row = after or before
            assert row is not None
            key, _ = say_row(found, row, self.speaker)
            values = [say_row(found, r, self.speaker)[1] if r is not None else None for r in (before, after)]
            yield from self.say(key, self.value(*values), 4)
        one, two = change.source
        if one is not None and two is not None and one != two:
            for text in self.source(one, two):
                yield from self.say(self.two("source", "source"), text, 4)

    def value(self, before: str | None, after: str | None) -> str:
        if before is None:
            return self.two(f"{after} (sans valeur auparavant)", f"{after} (no value before)")
        if after is None:
            return self.two(f"plus de valeur ({before} auparavant)", f"no value any more ({before} before)")
        return f"{before} → {after}"


def _nodes(change: RuleChange, side: str) -> list[Any]:
    found = []
    for difference in change.differences:
        value = getattr(difference, side)
        nodes = [value.when, value.require] if isinstance(value, Override) else [value]
        found += [node for node in nodes if hasattr(node, "type")]
    return found
