"""An order in draft: its visas, its grounds and what it decides, ready to paste and to edit.

French law asks a refusal to state all its grounds (C. urb., art. L. 424-3) and the applicant to be told at once of
every missing piece, within a month (art. R. 423-38), with three months to send them (art. R. 423-39).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from mixrules.engine.arithmetic import add_months
from mixrules.engine.decision import Advantage, Decision, Missing
from mixrules.message import format_date
from mixrules.programme.model import Submission
from mixrules.record import Record
from mixrules.report.motivation import grounds
from mixrules.report.motivation.citation import article, codes, plans
from mixrules.report.motivation.grounds import Ground
from mixrules.report.typography import held, visible

Form = Literal["grant", "prescriptions", "refusal", "pieces"]
Role = Literal["title", "visa", "ground", "decides", "item", "note"]
TITLES: dict[Form, str] = {
    "grant": "Projet d'arrêté accordant le permis",
    "prescriptions": "Projet d'arrêté accordant le permis avec prescriptions",
    "refusal": "Projet d'arrêté refusant le permis",
    "pieces": "Projet de demande de pièces manquantes",
}
MOST_PLACES = 12
"""Places named one by one; the rest is counted."""


class Paragraph(Record):
    """A paragraph of an order and what it does there; notes are for the officer and are not part of the order."""

    role: Role
    text: str


class Order(Record):
    """An order in draft."""

    form: Form
    paragraphs: list[Paragraph]


def order(decision: Decision, submission: Submission | None = None) -> Order:
    """The order that a decision leads to.

    Args:
        decision: the decision.
        submission: the programme, for the date of filing from which the month of the pieces runs.
    """
    form = form_of(decision)
    body = {"grant": _grant, "prescriptions": _grant, "refusal": _refusal, "pieces": _pieces}[form]
    paragraphs = [Paragraph("title", TITLES[form]), *_visas(decision, form), *body(decision, submission)]
    paragraphs.append(
        Paragraph(
            "note", f"Décision mixrules {decision.digest}. Projet à relire et à compléter avant signature."
        )
    )
    return Order(form, [Paragraph(p.role, visible(held(p.text))) for p in paragraphs])


def form_of(decision: Decision) -> Form:
    """What the service may decide: a permit is refused only for a breach of law or plan."""
    if decision.verdict == "non-compliant":
        return "refusal"
    if decision.verdict == "undetermined":
        return "pieces"
    return "prescriptions" if list(_prescriptions(decision)) else "grant"


def _visas(decision: Decision, form: Form) -> Iterator[Paragraph]:
    cited = grounds.references(decision)
    for code in codes(cited) or ["le code de l'urbanisme"]:
        yield Paragraph("visa", f"Vu {code} ;")
    for plan in plans(cited):
        yield Paragraph("visa", f"Vu : {plan} ;")
    title = decision.programme.title.get("fr", "")
    named = f", « {title} »" if title else ""
    yield Paragraph("visa", f"Vu la demande {decision.programme.id}{named} ;")
    if form != "pieces":
        day = format_date(date.fromisoformat(decision.law_date.date), "fr")
        yield Paragraph(
            "ground",
            f"Considérant que les règles applicables sont celles en vigueur au {day} ({decision.law_date.because['fr']}) ;",
        )


def _grant(decision: Decision, submission: Submission | None) -> Iterator[Paragraph]:
    del submission
    for ground in grounds.met(decision):
        yield Paragraph("ground", _stated(ground, "cette exigence est satisfaite"))
    for ground in grounds.excepted(decision):
        yield Paragraph("ground", _stated(ground, "cette exigence est écartée"))
    for advantage in grounds.granted(decision):
        yield Paragraph("ground", _claim(advantage))
    number = 1
    yield Paragraph("decides", _numbered(number, "Le permis est accordé."))
    for text in _prescriptions(decision):
        number += 1
        yield Paragraph("decides", _numbered(number, text))


def _prescriptions(decision: Decision) -> Iterator[str]:
    for advantage in grounds.granted(decision):
        if advantage.kept_while.get("fr"):
            yield f"{advantage.title['fr']} : {advantage.kept_while['fr']}"
    for finding in grounds.due_later(decision):
        yield f"{finding.title['fr']} : {finding.explanation['fr']}"


def _refusal(decision: Decision, submission: Submission | None) -> Iterator[Paragraph]:
    del submission
    for ground in grounds.breached(decision):
        yield Paragraph("ground", _stated(ground, "cette exigence n'est pas satisfaite"))
    yield Paragraph(
        "decides", _numbered(1, "Le permis est refusé pour l'ensemble des motifs énoncés ci-dessus.")
    )
    yield Paragraph(
        "note",
        "L'article L. 424-3 du code de l'urbanisme demande l'intégralité des motifs : y ajouter ceux des autres vérifications.",
    )
    open_points = [one.title["fr"] for one in grounds.unsettled(decision)]
    if open_points:
        listed = " ; ".join(dict.fromkeys(open_points))
        yield Paragraph("note", f"Non établi à ce jour, et donc pas un motif : {listed}.")


def _pieces(decision: Decision, submission: Submission | None) -> Iterator[Paragraph]:
    yield Paragraph(
        "ground",
        "Considérant que le dossier ne permet pas de vérifier les règles suivantes : "
        + " ; ".join(dict.fromkeys(_rule_named(one) for one in grounds.unsettled(decision)))
        + " ;",
    )
    gaps = grounds.missing(decision)
    if gaps:
        yield Paragraph("decides", "Les informations suivantes manquent au dossier :")
        yield from (Paragraph("item", _gap(gap)) for gap in gaps)
        yield Paragraph(
            "decides",
            "Elles sont à adresser en mairie dans les trois mois suivant la réception de la présente demande, à peine de "
            "rejet tacite (C. urb., art. R. 423-39).",
        )
        yield Paragraph("note", _deadline(submission))
        yield Paragraph(
            "note",
            "Seules les pièces énumérées par le code peuvent être exigées (C. urb., art. R. 431-4) : rattacher chaque information "
            "à sa pièce (tableaux de la famille PC17, notice) ; une demande qui n'y figure pas n'interrompt pas le délai "
            "(art. R. 423-41).",
        )
    yield from (
        Paragraph("note", f"À trancher par le service : {question}")
        for question in grounds.questions(decision)
    )


def _deadline(submission: Submission | None) -> str:
    filing = submission.dates.filing if submission is not None else None
    if not isinstance(filing, date):
        return "La demande est à notifier dans le mois du dépôt (C. urb., art. R. 423-38) ; la date de dépôt n'est pas connue."
    last = date.fromordinal(add_months(filing.toordinal(), 1))
    return (
        f"La demande est à notifier au plus tard le {format_date(last, 'fr')}, un mois après le dépôt du "
        f"{format_date(filing, 'fr')} (C. urb., art. R. 423-38) ; elle doit être exhaustive."
    )


def _stated(ground: Ground, conclusion: str) -> str:
    """« Considérant qu'aux termes de l'article… : « … » ; que… ; que dès lors… ; »."""
    cited = article(ground.reference)
    if ground.quote:
        opening = f"Considérant qu'aux termes de {_of(cited)} : « {ground.quote.rstrip()} »"
    else:
        opening = f"Considérant ce que prévoit la règle « {ground.title} » ({cited})"
    told = []
    for place, found in list(zip(ground.places, ground.found, strict=True))[:MOST_PLACES]:
        where = f"pour {place}, " if place else ""
        told.append(f"qu'il ressort du dossier, {where}ce qui suit : {_clause(found)}")
    beyond = len(ground.found) - MOST_PLACES
    if beyond > 0:
        told.append(f"qu'il en va de même de {beyond} autre{'s' if beyond > 1 else ''}")
    return f"{opening} ; {' ; '.join(told)} ; que dès lors {conclusion} ;"


def _claim(advantage: Advantage) -> str:
    return (
        f"Considérant, au titre de {_of(article(advantage.source.ref))}, que l'avantage « {advantage.title['fr']} » est demandé ; "
        f"{_clause(advantage.explanation['fr'], 'que')} ;"
    )


def _clause(sentence: str, opening: str = "") -> str:
    text = sentence.strip().rstrip(".")
    return f"{opening} : {text[:1].lower()}{text[1:]}" if opening else f"{text[:1].lower()}{text[1:]}"


def _of(cited: str) -> str:
    return f"« {cited} »" if not cited.startswith(("l'", "les ")) else cited


def _rule_named(one: object) -> str:
    title, source = one.title["fr"], one.source.ref  # type: ignore[attr-defined]
    return f"{title} ({source})"


def _gap(gap: Missing) -> str:
    where = [place for place in gap.where if place]
    if gap.count <= 1 or not where:
        return f"{gap.label['fr']} ;"
    shown = ", ".join(where[:MOST_PLACES])
    more = f" et {gap.count - MOST_PLACES} autres" if gap.count > MOST_PLACES else ""
    return f"{gap.label['fr']}, pour {gap.count} éléments : {shown}{more} ;"


def _numbered(number: int, text: str) -> str:
    return f"Article {'1er' if number == 1 else number} : {text}"
