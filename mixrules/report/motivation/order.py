"""An order in draft: its visas, its grounds and what it decides, ready to paste and to edit.

French law asks a refusal to state all its grounds (C. urb., art. L. 424-3) and the applicant to be told at once of
every missing piece, within a month (art. R. 423-38), with three months to send them (art. R. 423-39).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from mixrules.engine.arithmetic import add_months
from mixrules.engine.decision import Decision, Missing
from mixrules.message import format_date
from mixrules.message.wording import titled
from mixrules.programme.model import Submission
from mixrules.programme.vocabulary import fields
from mixrules.record import Record
from mixrules.report.motivation import grounds
from mixrules.report.motivation.citation import codes, document, plans
from mixrules.report.motivation.pieces import of_applicant
from mixrules.report.motivation.places import listed
from mixrules.report.motivation.sentence import EXCEPTED, MET, REFUSED, UNMET, claim, lowered, stated
from mixrules.report.typography import held, visible

Form = Literal["grant", "prescriptions", "refusal", "pieces", "open", "after"]
Role = Literal["title", "heading", "visa", "ground", "decides", "item", "note", "point"]
REQUEST = (
    "Ces éléments sont à adresser à la mairie dans le délai de trois mois à compter de la réception de la présente demande.",
    "À défaut de production de l'ensemble des pièces manquantes dans ce délai, la demande de permis fera l'objet d'une décision tacite de rejet.",
    "Le délai d'instruction commencera à courir à compter de la réception des pièces manquantes par la mairie (article R. 423-39 du code de l'urbanisme).",
)
"""What a request for pieces must say (C. urb., art. R. 423-39, a to c)."""
LATER = {"delivery", "occupancy"}
"""Phases at which the permit is granted already: no order is to be made."""
TITLES: dict[Form, str] = {
    "grant": "Projet d'arrêté accordant le permis",
    "prescriptions": "Projet d'arrêté accordant le permis avec prescriptions",
    "refusal": "Projet d'arrêté refusant le permis",
    "pieces": "Projet de demande de pièces manquantes",
    "open": "Instruction à compléter par le service : aucune pièce à demander",
    "after": "Constat après la délivrance du permis",
}
HEADINGS: dict[Form, str] = {
    "grant": "Arrête",
    "prescriptions": "Arrête",
    "refusal": "Arrête",
    "pieces": "Pièces et informations manquantes",
    "open": "",
    "after": "",
}
WIDE = {"programme", "commune", "district", "sector", "site"}
"""Owners of which a file mostly has one: it goes without saying."""
NOTES = "Notes pour le service, hors de l'acte"


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
    form = form_of(decision, submission)
    body = {
        "grant": _grant,
        "prescriptions": _grant,
        "refusal": _refusal,
        "pieces": _pieces,
        "open": _open,
        "after": _after,
    }[form]
    act = [Paragraph("title", TITLES[form]), *_visas(decision, submission, form)]
    notes: list[Paragraph] = []
    for paragraph in (*body(decision, submission), *_closing(decision, submission)):
        (notes if paragraph.role in {"note", "point"} else act).append(paragraph)
    paragraphs = [*_headed(act, HEADINGS[form]), Paragraph("heading", NOTES), *notes]
    return Order(form, [Paragraph(p.role, visible(held(p.text))) for p in paragraphs])


def form_of(decision: Decision, submission: Submission | None = None) -> Form:
    """What the service may decide: a permit is refused only for a breach of law or plan, and before it is granted."""
    if submission is not None and submission.phase and submission.phase <= LATER:
        return "after"
    if decision.verdict == "non-compliant":
        return "refusal"
    if decision.verdict == "undetermined":
        return "pieces" if any(map(of_applicant, grounds.missing(decision))) else "open"
    return "prescriptions" if list(_prescriptions(decision)) else "grant"


def _headed(act: list[Paragraph], heading: str) -> Iterator[Paragraph]:
    """The act, with a heading before what it decides."""
    for paragraph in act:
        if heading and paragraph.role == "decides":
            yield Paragraph("heading", heading)
            heading = ""
        yield paragraph


def _closing(decision: Decision, submission: Submission | None) -> Iterator[Paragraph]:
    if submission is None:
        yield Paragraph(
            "note",
            "Le programme n'est pas joint à la décision : ni la phase ni la date de dépôt ne sont connues ici.",
        )
    yield Paragraph(
        "note", f"Décision mixrules {decision.digest}. Projet à relire et à compléter avant signature."
    )


def _visas(decision: Decision, submission: Submission | None, form: Form) -> Iterator[Paragraph]:
    cited = grounds.references(decision)
    for code in codes(cited) or ["le code de l'urbanisme"]:
        yield Paragraph("visa", f"Vu {code} ;")
    for plan in plans(cited):
        yield Paragraph("visa", f"Vu {document(plan)} ;")
    title = decision.programme.title.get("fr", "")
    named = f", « {title} »" if title else ""
    filing = submission.dates.filing if submission is not None else None
    filed = f", déposée le {format_date(filing, 'fr')}" if isinstance(filing, date) else ""
    yield Paragraph("visa", f"Vu la demande de permis référencée {decision.programme.id}{named}{filed} ;")
    if form not in {"pieces", "open"}:
        day = format_date(date.fromisoformat(decision.law_date.date), "fr")
        yield Paragraph(
            "ground",
            f"Considérant que les règles applicables sont celles en vigueur au {day} – {decision.law_date.because['fr']} ;",
        )


def _grant(decision: Decision, submission: Submission | None) -> Iterator[Paragraph]:
    del submission
    for ground in grounds.met(decision):
        yield Paragraph("ground", stated(ground, MET))
    for ground in grounds.excepted(decision):
        yield Paragraph("ground", stated(ground, EXCEPTED))
    for advantage in grounds.granted(decision):
        yield Paragraph("ground", claim(advantage))
    number = 1
    yield Paragraph("decides", _numbered(number, "Le permis est accordé."))
    for text in _prescriptions(decision):
        number += 1
        yield Paragraph("decides", _numbered(number, text))
    yield Paragraph(
        "note",
        "Seules les règles citées ont été vérifiées : l'accord suppose que les autres vérifications sont favorables.",
    )
    if number > 1:
        yield Paragraph(
            "note",
            "Assorti de prescriptions, l'arrêté indique aussi les voies et délais de recours (C. urb., art. A. 424-4).",
        )


def _prescriptions(decision: Decision) -> Iterator[str]:
    for advantage in grounds.granted(decision):
        if advantage.kept_while.get("fr"):
            yield f"{titled(advantage, 'fr')} – {advantage.kept_while['fr']}"
    for finding in grounds.due_later(decision):
        yield f"{titled(finding, 'fr')} – {finding.explanation['fr']}"


def _refusal(decision: Decision, submission: Submission | None) -> Iterator[Paragraph]:
    del submission
    for ground in grounds.breached(decision):
        yield Paragraph("ground", stated(ground, REFUSED if ground.claim else UNMET))
    yield Paragraph(
        "decides", _numbered(1, "Le permis est refusé pour l'ensemble des motifs énoncés ci-dessus.")
    )
    yield Paragraph(
        "note",
        "L'article L. 424-3 du code de l'urbanisme demande l'intégralité des motifs : y ajouter ceux des autres vérifications. "
        "L'arrêté indique aussi les voies et délais de recours (art. A. 424-4).",
    )
    for ground in grounds.breached(decision):
        if not ground.quote:
            yield Paragraph(
                "note",
                f"Les mots du texte qui fonde « {ground.title} » ne sont pas joints à la règle : les citer, avec leur article, "
                "avant signature.",
            )
    open_points = [titled(one, "fr") for one in grounds.unsettled(decision)]
    if open_points:
        listed = " ; ".join(dict.fromkeys(open_points))
        yield Paragraph("note", f"Non établi à ce jour, et donc pas un motif : {listed}.")


def _pieces(decision: Decision, submission: Submission | None) -> Iterator[Paragraph]:
    yield _unverified(decision)
    yield Paragraph("decides", "Les informations suivantes manquent au dossier :")
    asked = [_gap(gap) for gap in grounds.missing(decision) if of_applicant(gap)]
    yield from _listed("item", asked)
    for text in REQUEST:
        yield Paragraph("decides", text)
    yield Paragraph("note", _deadline(submission))
    yield Paragraph(
        "note",
        "Seules les pièces énumérées par le code peuvent être exigées (C. urb., art. R. 431-4) : rattacher chaque information "
        "à sa pièce (tableaux de la famille PC17, notice) ; une demande qui n'y figure pas n'interrompt pas le délai "
        "(art. R. 423-41).",
    )
    yield from _own_work(decision)


def _after(decision: Decision, submission: Submission | None) -> Iterator[Paragraph]:
    """What is found once the permit is granted: facts, and no refusal of a permit."""
    del submission
    for ground in grounds.breached(decision):
        yield Paragraph("ground", stated(ground, REFUSED if ground.claim else UNMET))
    for ground in grounds.met(decision):
        yield Paragraph("ground", stated(ground, MET))
    if grounds.unsettled(decision):
        yield _unverified(decision)
    yield Paragraph(
        "note",
        "Le programme est à la phase de livraison ou d'occupation : le permis est délivré, et il n'y a ni accord ni refus à "
        "motiver. Ce constat se compare à la décision du permis par mixrules follow.",
    )
    yield from _own_work(decision)


def _open(decision: Decision, submission: Submission | None) -> Iterator[Paragraph]:
    del submission
    yield _unverified(decision)
    yield from _own_work(decision)


def _unverified(decision: Decision) -> Paragraph:
    rules = dict.fromkeys(
        f"« {titled(one, 'fr')} » ({one.source.ref})" for one in grounds.unsettled(decision)
    )
    head = "la règle suivante" if len(rules) == 1 else "les règles suivantes"
    return Paragraph(
        "ground", f"Considérant que le dossier ne permet pas de vérifier {head} : {' ; '.join(rules)} ;"
    )


def _own_work(decision: Decision) -> Iterator[Paragraph]:
    """What no applicant is asked for: the state of the commune, the figures of the plan, the points of law."""
    own = [_gap(gap) for gap in grounds.missing(decision) if not of_applicant(gap)]
    if own:
        yield Paragraph("note", "À établir par le service, et non à demander au pétitionnaire :")
        yield from _listed("point", own)
    asked = grounds.questions(decision)
    if asked:
        yield Paragraph("note", "À trancher par le service :")
        for question in asked:
            yield Paragraph("point", lowered(question))


def _listed(role: Role, texts: Sequence[str]) -> Iterator[Paragraph]:
    for text in texts[:-1]:
        yield Paragraph(role, f"{text} ;")
    yield Paragraph(role, f"{texts[-1]}.")


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
    """A field that lacks, and of which parts of the programme."""
    known = fields().get(gap.field) or fields().get(f"{gap.owner}.{gap.field}")
    choice = " : oui ou non" if known is not None and known.kind == "yes_no" else ""
    where = [place for place in gap.where if place]
    if not where or (gap.count <= 1 and gap.owner in WIDE):
        return gap.label["fr"] + choice
    return f"{gap.label['fr']}{choice}, pour {listed(gap.owner, where, gap.count)}"


def _numbered(number: int, text: str) -> str:
    return f"Article {'1er' if number == 1 else number} : {text}"
