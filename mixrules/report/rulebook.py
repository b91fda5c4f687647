"""A rulebook in words, said from its typed tree: what the machine decides is what the jurist reads."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from mixrules.message import Lang, format_date
from mixrules.rulebook.model import Cumulation, Parameter, Period, Rule, Rulebook, Source, Texts, text_in
from mixrules.rulebook.prose import Speaker

KINDS: dict[str, tuple[str, str]] = {
    "obligation": ("Obligation", "Obligation"),
    "condition": ("Condition d'avantage", "Condition of an advantage"),
    "ceiling": ("Plafond", "Ceiling"),
    "advantage": ("Avantage", "Advantage"),
    "commitment": ("Engagement", "Commitment"),
}
FORCES: dict[str, tuple[str, str]] = {
    "law": ("loi, opposable", "law, binding"),
    "plan": ("plan, opposable", "plan, binding"),
    "contract": ("contrat, non opposable au permis", "contract, not binding on a permit"),
    "charter": ("charte, non opposable au permis", "charter, not binding on a permit"),
}
SCALES: dict[str, tuple[str, str]] = {
    "commune": ("commune", "commune"),
    "district": ("quartier", "district"),
    "programme": ("programme", "programme"),
    "block": ("îlot", "block"),
    "building": ("bâtiment", "building"),
    "stairwell": ("cage d'escalier", "stairwell"),
    "landing": ("palier", "landing"),
}
WIDTH = 100


def render(book: Rulebook, lang: Lang, only: str = "") -> str:
    """A rulebook, or one of its rules, as text."""
    return "\n".join(_Writer(book, lang).lines(only)) + "\n"


class _Writer:
    def __init__(self, book: Rulebook, lang: Lang) -> None:
        self.book, self.lang = book, lang
        self.speaker = Speaker(lang, book.labels, book.inputs)

    def two(self, french: str, english: str) -> str:
        return french if self.lang == "fr" else english

    def pick(self, pair: tuple[str, str]) -> str:
        return pair[0 if self.lang == "fr" else 1]

    def say(self, label: str, text: str, indent: int = 4) -> Iterator[str]:
        if text:
            colon = self.two(" : ", ": ") if label else ""
            yield from textwrap.wrap(
                f"{label}{colon}{text}",
                WIDTH,
                initial_indent=" " * indent,
                subsequent_indent=" " * (indent + 2),
            )

    def lines(self, only: str) -> Iterator[str]:
        book = self.book
        title = text_in(book.title, self.lang)
        yield f"{book.id} – {title}"
        yield "═" * min(WIDTH, len(book.id) + len(title) + 3)
        yield from self.say("", self.pick(FORCES[book.force]), 0)
        yield from self.source(book.source, 0)
        if book.territory:
            yield from self.say(
                self.two("Territoire (INSEE)", "Territory (INSEE)"), ", ".join(book.territory), 0
            )
        yield from self.say(self.two("Empreinte", "Digest"), book.digest, 0)
        for rule in book.rules:
            if not only or rule.id == only:
                yield ""
                yield from self.rule(rule)
        if only:
            return
        for cumulation in book.cumulations:
            yield ""
            yield from self.cumulation(cumulation)
        yield from self.parameters()
        yield from self.inputs()

    def source(self, source: Source, indent: int = 4) -> Iterator[str]:
        dated = self.two(f"lu au {source.date}", f"as read on {source.date}") if source.date else ""
        yield from self.say(
            self.two("Source", "Source"), ", ".join(p for p in (source.ref, dated, source.url) if p), indent
        )
        if source.quote:
            yield from self.say("", f"« {source.quote} »", indent + 2)
        yield from self.say(self.two("Note", "Note"), text_in(source.note, self.lang), indent)

    def rule(self, rule: Rule) -> Iterator[str]:
        title = text_in(rule.title, self.lang) or rule.id
        yield f"{rule.id} – {title}"
        kind, scale = self.pick(KINDS[rule.kind]), self.pick(SCALES[rule.scope])
        force = f", {self.pick(FORCES[rule.force])}" if rule.force != self.book.force else ""
        yield f"    {kind}{force} – {self.two('échelle', 'scale')} : {scale}{self.period(rule.period)}"
        yield from self.source(rule.source)
        if rule.applies is not None:
            yield from self.say(self.two("S'applique si", "Applies when"), self.speaker.say(rule.applies))
        if rule.require is not None:
            label = self.two("Si", "If") if rule.award is not None else self.two("Exige", "Requires")
            yield from self.say(label, self.speaker.say(rule.require))
        yield from self.say(
            self.two("Arrondi", "Rounding"),
            {"none": self.two("aucun", "none")}.get(rule.rounding, rule.rounding),
        )
        yield from self.award(rule)
        if rule.promise is not None:
            due = self.speaker.member("phase", rule.promise.due)
            yield from self.say(
                self.two("Pièces", "Evidence"),
                ", ".join(map(self.speaker.evidence, rule.promise.evidence)) + f" ({due})",
            )
        for override in rule.overrides:
            effect = self.two("la règle est écartée", "the rule is set aside")
            if override.require is not None:
                effect = self.speaker.say(override.require)
            name = text_in(override.label, self.lang) or override.name
            when = self.speaker.say(override.when)
            yield from self.say(
                self.two(f"Exception « {name} »", f"Exception “{name}”"),
                f"{self.two('si', 'if')} {when}, {effect} [{override.source.ref}]",
            )
        for question in rule.questions:
            yield from self.say(self.two("À trancher", "To settle"), text_in(question.ask, self.lang))

    def award(self, rule: Rule) -> Iterator[str]:
        award = rule.award
        if award is None:
            return
        yield from self.say(self.two("Accorde", "Grants"), award.grants)
        for step in award.steps:
            worth = self.speaker.say(step.rate or step.amount)  # type: ignore[arg-type]
            when = self.two(" si ", " if ") + self.speaker.say(step.when) if step.when is not None else ""
            label = self.two("Taux", "Rate") if step.rate is not None else self.two("Montant", "Amount")
            yield from self.say(f"{label}{f' ({step.name})' if step.name else ''}", worth + when)
        if award.base is not None:
            yield from self.say(self.two("De", "Of"), self.speaker.say(award.base))
        for cap in award.caps:
            yield from self.say(
                self.two(f"Plafond « {cap.name} »", f"Cap “{cap.name}”"), self.speaker.say(cap.limit)
            )
        if award.claimed is not None:
            yield from self.say(self.two("Comparé à", "Compared with"), self.speaker.say(award.claimed))
        yield from self.say(self.two("À conserver", "To be kept"), text_in(award.kept_while, self.lang))

    def period(self, period: Period) -> str:
        if period.start is None and period.end is None:
            return ""
        words = []
        if period.start is not None:
            words.append(self.two("depuis le ", "since ") + format_date(period.start, self.lang))
        if period.end is not None:
            words.append(
                self.two("jusqu'au ", "until ")
                + format_date(period.end, self.lang)
                + self.two(" (exclu)", " (excluded)")
            )
        return " – " + " ".join(words)

    def cumulation(self, found: Cumulation) -> Iterator[str]:
        yield f"{found.id} – {text_in(found.title, self.lang) or self.two('cumul', 'cumulation')}{self.period(found.period)}"
        yield from self.source(found.source)
        names = ", ".join(found.over)
        if found.limit is not None:
            total = self.two(f"total de {names} : au plus", f"total of {names}: at most")
            yield from self.say("", f"{total} {self.speaker.say(found.limit)}")
        else:
            other = ", ".join(found.against)
            yield from self.say("", self.two(f"{names} exclut {other}", f"{names} excludes {other}"))

    def parameters(self) -> Iterator[str]:
        if not self.book.parameters:
            return
        yield ""
        yield self.two("Paramètres", "Parameters")
        for parameter in self.book.parameters.values():
            yield from self.parameter(parameter)

    def parameter(self, parameter: Parameter) -> Iterator[str]:
        yield from self.say(parameter.name, self.label(parameter.label))
        if parameter.source is not None:
            yield from self.source(parameter.source, 6)
        for version in parameter.versions:
            start = version.period.start
            since = (
                self.two(f"depuis le {format_date(start, 'fr')}", f"since {format_date(start, 'en')}")
                if start
                else ""
            )
            for row in version.rows:
                keys = ", ".join(str(k) if isinstance(k, str) else _bounds(k) for k in row.keys)
                values = [
                    "–" if v is None else self.value(v, kind)
                    for v, (_, kind) in zip(row.values, parameter.columns, strict=True)
                ]
                named = [
                    f"{column} {v}" if len(parameter.columns) > 1 else v
                    for v, (column, _) in zip(values, parameter.columns, strict=True)
                ]
                yield from self.say(f"{keys}" if keys else "", f"{', '.join(named)} {since}".strip(), 6)

    def value(self, value: object, kind: object) -> str:
        from mixrules.rulebook.tree import Literal_

        return self.speaker.say(Literal_(value, kind))  # type: ignore[arg-type]

    def label(self, texts: Texts) -> str:
        return text_in(texts, self.lang) or " "

    def inputs(self) -> Iterator[str]:
        if not self.book.inputs:
            return
        yield ""
        yield self.two("Données demandées au dossier", "Facts asked of the file")
        for given in self.book.inputs.values():
            yield from self.say(given.name, self.label(given.label))


def _bounds(key: object) -> str:
    from mixrules.quantity import canonical
    from mixrules.rulebook.model import Bounds

    if isinstance(key, Bounds):
        low = "" if key.low is None else canonical(key.low)
        high = "" if key.high is None else canonical(key.high)
        return f"{']' if key.low_open else '['}{low} ; {high}{'[' if key.high_open else ']'}"
    return canonical(key)
