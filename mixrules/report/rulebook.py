"""A rulebook in words, said from its typed tree: what the machine decides is what the jurist reads."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.message import Lang, format_date
from mixrules.report import appendix
from mixrules.report.line import WIDTH, lines
from mixrules.rulebook.model import Cumulation, Period, Rule, Rulebook, Source, text_in
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
ROUNDINGS: dict[str, tuple[str, str]] = {
    "none": ("aucun", "none"),
    "stated": ("celui que dit l'exigence", "the one that the requirement states"),
    "ceil": ("par excès", "up"),
    "floor": ("par défaut", "down"),
    "round_half_up": ("au plus proche, la demie par excès", "to nearest, half up"),
}
EMPTY: dict[str, tuple[str, str]] = {
    "undetermined": ("indéterminé", "undetermined"),
    "met": ("respecté", "met"),
    "not-applicable": ("sans objet", "not applicable"),
}
GRANTS: dict[str, tuple[str, str]] = {
    "volume": ("volume constructible", "buildable volume"),
    "floor_area": ("surface de plancher", "floor area"),
    "land_discount": ("remise foncière", "land discount"),
    "parking": ("places de stationnement", "parking places"),
    "height": ("hauteur", "height"),
    "tax": ("fiscalité", "tax"),
    "procedure": ("procédure", "procedure"),
    "label": ("label", "label"),
    "envelope": ("gabarit", "envelope"),
}
CHOICES: dict[str, tuple[str, str]] = {
    "best": ("le meilleur palier acquis", "the best step earned"),
    "elected": ("l'option choisie par le demandeur", "the option that the applicant elects"),
}


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
        yield from lines(self.lang, label, text, indent)

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
        rules = [rule for rule in book.rules if only in {"", rule.id}]
        limits = [c for c in book.cumulations if only in {"", c.id, *c.over, *c.against}]
        for rule in rules:
            yield ""
            yield from self.rule(rule)
        for cumulation in limits:
            yield ""
            yield from self.cumulation(cumulation)
        yield from appendix.render(self.speaker, book, rules, limits, only)

    def source(self, source: Source, indent: int = 4) -> Iterator[str]:
        yield from appendix.source_lines(self.speaker, source, indent)

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
            self.pick(ROUNDINGS[rule.rounding]) if rule.rounding in ROUNDINGS else "",
        )
        if rule.require is not None and rule.award is None and rule.when_empty != "undetermined":
            yield from self.say(
                self.two("Sur un ensemble vide", "Over nothing"), self.pick(EMPTY[rule.when_empty])
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
            ask = text_in(question.ask, self.lang)
            when = f"{self.two('si', 'if')} {self.speaker.say(question.when)} – " if question.when else ""
            yield from self.say(self.two("À trancher", "To settle"), when + ask)

    def award(self, rule: Rule) -> Iterator[str]:
        award = rule.award
        if award is None:
            return
        granted = GRANTS.get(award.grants)
        yield from self.say(
            self.two("Accorde", "Grants"), self.pick(granted) if granted else award.grants.replace("_", " ")
        )
        if award.choice != "one":
            yield from self.say(self.two("Choix", "Choice"), self.pick(CHOICES[award.choice]))
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
