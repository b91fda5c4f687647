"""An order in draft: its visas, its grounds and what it decides, ready to paste and to edit.

French law asks a refusal to state all its grounds (C. urb., art. L. 424-3) and the applicant to be told at once of
every missing piece, within a month (art. R. 423-38), with three months to send them (art. R. 423-39).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from mixrules.engine.arithmetic import add_months
from mixrules.engine.decision import Decision, Missing
from mixrules.message import format_date
from mixrules.programme.model import Submission
from mixrules.record import Record
from mixrules.report.motivation import grounds
from mixrules.report.motivation.citation import codes, plans
from mixrules.report.motivation.pieces import of_applicant
from mixrules.report.motivation.places import listed
from mixrules.report.motivation.sentence import claim, lowered, stated
from mixrules.report.typography import held, visible

Form = Literal["grant", "prescriptions", "refusal", "pieces", "open"]
Role = Literal["title", "visa", "ground", "decides", "item", "note"]
TITLES: dict[Form, str] = {
    "grant": "Projet d'arrêté accordant le permis",
    "prescriptions": "Projet d'arrêté accordant le permis avec prescriptions",
    "refusal": "Projet d'arrêté refusant le permis",
    "pieces": "Projet de demande de pièces manquantes",
    "open": "Instruction à compléter par le service : aucune pièce à demander",
}


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
    body = {"grant": _grant, "prescriptions": _grant, "refusal": _refusal, "pieces": _pieces, "open": _open}[
        form
    ]
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
        return "pieces" if any(map(of_applicant, grounds.missing(decision))) else "open"
    return "prescriptions" if list(_prescriptions(decision)) else "grant"


def _visas(decision: Decision, form: Form) -> Iterator[Paragraph]:
    cited = grounds.references(decision)
    for code in codes(cited) or ["le code de l'urbanisme"]:
        yield Paragraph("visa", f"Vu {code} ;")
    for plan in plans(cited):
        yield Paragraph("visa", f"Vu le document suivant : {plan} ;")
    title = decision.programme.title.get("fr", "")
    named = f", « {title} »" if title else ""
    yield Paragraph("visa", f"Vu la demande {decision.programme.id}{named} ;")
    if form not in {"pieces", "open"}:
        day = format_date(date.fromisoformat(decision.law_date.date), "fr")
        yield Paragraph(
            "ground",
            f"Considérant que les règles applicables sont celles en vigueur au {day} ({decision.law_date.because['fr']}) ;",
        )


def _grant(decision: Decision, submission: Submission | None) -> Iterator[Paragraph]:
    del submission
    for ground in grounds.met(decision):
        yield Paragraph("ground", stated(ground, "cette exigence est satisfaite"))
    for ground in grounds.excepted(decision):
        yield Paragraph("ground", stated(ground, "cette exigence est écartée"))
    for advantage in grounds.granted(decision):
        yield Paragraph("ground", claim(advantage))
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
        yield Paragraph("ground", stated(ground, "cette exigence n'est pas satisfaite"))
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
    yield _unverified(decision)
    yield Paragraph("decides", "Les informations suivantes manquent au dossier :")
    asked = [_gap(gap) for gap in grounds.missing(decision) if of_applicant(gap)]
    for text in asked[:-1]:
        yield Paragraph("item", f"{text} ;")
    yield Paragraph("item", f"{asked[-1]}.")
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
    yield from _own_work(decision)


def _open(decision: Decision, submission: Submission | None) -> Iterator[Paragraph]:
    del submission
    yield _unverified(decision)
    yield from _own_work(decision)


def _unverified(decision: Decision) -> Paragraph:
    rules = dict.fromkeys(f"« {one.title['fr']} » ({one.source.ref})" for one in grounds.unsettled(decision))
    head = "la règle suivante" if len(rules) == 1 else "les règles suivantes"
    return Paragraph(
        "ground", f"Considérant que le dossier ne permet pas de vérifier {head} : {' ; '.join(rules)} ;"
    )


def _own_work(decision: Decision) -> Iterator[Paragraph]:
    """What no applicant is asked for: the state of the commune, the figures of the plan, the points of law."""
    for gap in grounds.missing(decision):
        if not of_applicant(gap):
            yield Paragraph("note", f"À établir par le service, et non à demander : {_gap(gap)}.")
    for question in grounds.questions(decision):
        yield Paragraph("note", f"À trancher par le service : {lowered(question)}")


def _deadline(submission: Submission | None) -> str:
    filing = submission.dates.filing if submission is not None else None
    if not isinstance(filing, date):
        return "La demande est à notifier dans le mois du dépôt (C. urb., art. R. 423-38) ; la date de dépôt n'est pas connue."
    last = date.fromordinal(add_months(filing.toordinal(), 1))
    return (
        f"La demande est à notifier au plus tard le {format_date(last, 'fr')}, un mois après le dépôt du "
        f"{format_date(filing, 'fr')} (C. urb., art. R. 423-38) ; elle doit être exhaustive."
    )


def _gap(gap: Missing) -> str:
    where = [place for place in gap.where if place]
    if gap.count <= 1 or not where:
        return gap.label["fr"]
    return f"{gap.label['fr']}, pour {listed(gap.owner, where, gap.count)}"


def _numbered(number: int, text: str) -> str:
    return f"Article {'1er' if number == 1 else number} : {text}"
