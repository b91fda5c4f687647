"""What an officer pastes into an order: every binding ground, no other, and the right form."""

import io
import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mixrules.cli.selection import applicable
from mixrules.engine.contract import read as read_decision
from mixrules.engine.decide import decide
from mixrules.engine.decision import Decision
from mixrules.engine.law_date import law_date
from mixrules.programme.model import Submission
from mixrules.programme.reading import read
from mixrules.report.motivation import text, word_file
from mixrules.report.motivation.citation import article, codes, document
from mixrules.report.motivation.order import Order, order
from mixrules.report.motivation.places import named

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 6, 1)
RULES = """
rulebook: test.plan
title: {fr: "Plan", en: "Plan"}
force: plan
source: {ref: "PLUi, art. 3"}
rules:
  social:
    title: {fr: "Au moins 30 % de logements sociaux", en: "At least 30 % social"}
    from: 2020-01-01
    source: {ref: "PLUi, art. 3.1", quote: "30 % de logements sociaux au moins"}
    obligation:
      require: share(tenure in {PLAI, PLUS, PLS} of dwellings) >= 30 %
      rounding: none
  petits:
    title: {fr: "Au plus la moitié de petits logements", en: "At most half small"}
    from: 2020-01-01
    source: {ref: "C. urb., art. L. 151-14"}
    obligation:
      require: share(rooms <= 2 of dwellings) <= 50 %
      rounding: none
  charte:
    title: {fr: "Un logement BRS", en: "One BRS dwelling"}
    from: 2020-01-01
    force: charter
    source: {ref: "Charte, art. 9", quote: "un logement en bail réel solidaire"}
    obligation:
      require: count(tenure = BRS) >= 1 dwelling
      rounding: none
"""


@pytest.fixture
def rules(tmp_path: Path) -> str:
    path = tmp_path / "plan.yaml"
    path.write_text(RULES)
    return str(path)


def decided(rules: str, *lines: dict[str, Any], **dates: str) -> tuple[Submission, Decision]:
    submission = Submission.model_validate(
        {"id": "PC 1", "dates": dates, "programmes": [{"id": "p", "dwellings": list(lines)}]}
    )
    _, books = applicable(submission, [rules])
    return submission, decide(submission, books, law_date(submission, None, TODAY))


def drawn(rules: str, *lines: dict[str, Any], **dates: str) -> Order:
    submission, decision = decided(rules, *lines, **dates)
    return order(decision, submission)


def said(made: Order, role: str) -> str:
    return (
        "\n".join(p.text for p in made.paragraphs if p.role == role)
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
    )


def test_a_refusal_states_every_ground(rules: str) -> None:
    made = drawn(
        rules, {"count": 9, "tenure": "libre", "rooms": 2}, {"count": 1, "tenure": "PLUS", "rooms": 2}
    )
    assert made.form == "refusal"
    told = said(made, "ground")
    assert "PLUi, art. 3.1" in told
    assert "« 30 % de logements sociaux au moins (…) »" in told
    assert "1 sur 10 (10 %), pour une exigence d'au moins 30 %, soit un manque de 2 logements" in told
    assert "l'article L. 151-14 du code de l'urbanisme" in told
    assert told.count("n'est pas satisfaite") == 2


def test_a_charter_is_never_a_ground(rules: str) -> None:
    for lines in (
        [{"count": 10, "tenure": "libre", "rooms": 4}],
        [{"count": 4, "tenure": "PLUS", "rooms": 4}, {"count": 6, "tenure": "libre", "rooms": 4}],
        [{"count": 10, "rooms": 4}],
    ):
        written = text.render(drawn(rules, *lines))
        assert "Charte" not in written
        assert "BRS" not in written


def test_a_grant_states_why(rules: str) -> None:
    made = drawn(
        rules, {"count": 4, "tenure": "PLUS", "rooms": 4}, {"count": 6, "tenure": "libre", "rooms": 2}
    )
    assert made.form == "refusal"
    made = drawn(
        rules, {"count": 4, "tenure": "PLUS", "rooms": 4}, {"count": 6, "tenure": "libre", "rooms": 4}
    )
    assert made.form == "grant"
    assert "cette exigence est satisfaite" in said(made, "ground")
    assert "Article 1er : Le permis est accordé." in said(made, "decides")


def test_missing_pieces_with_their_deadline(rules: str) -> None:
    made = drawn(
        rules, {"count": 10, "tenure": "libre"}, {"count": 5}, filing="2026-01-31", decision="2026-03-01"
    )
    assert made.form in {"refusal", "pieces"}
    made = drawn(rules, {"count": 10, "rooms": 4}, filing="2026-01-31", decision="2026-03-01")
    assert made.form == "pieces"
    assert "catégorie" in said(made, "item")
    assert "trois mois" in said(made, "decides")
    assert "décision tacite de rejet" in said(made, "decides")
    assert "Le délai d'instruction commencera à courir" in said(made, "decides")
    # One month after 31 January is the last day of February.
    assert "28 février 2026" in said(made, "note")


def test_only_what_the_applicant_can_give_is_asked_of_them() -> None:
    submission = read(ROOT / "fixtures/paris/2003749.json").submission
    _, books = applicable(submission, [])
    made = order(decide(submission, books, law_date(submission, None, TODAY)), submission)
    assert made.form == "pieces"
    assert "places de stationnement prévues." in said(made, "item")
    assert "carencée" not in said(made, "item")
    assert "À établir par le service, et non à demander au pétitionnaire :" in said(made, "note")
    assert "commune carencée" in said(made, "point")


def test_where_only_the_service_can_settle_nothing_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(
        RULES.replace("share(tenure in {PLAI, PLUS, PLS} of dwellings) >= 30 %", "commune.carence")
    )
    submission, decision = decided(
        str(path), {"count": 10, "tenure": "BRS", "rooms": 4}, filing="2026-01-31", decision="2026-03-01"
    )
    made = order(decision, submission)
    assert made.form == "open"
    assert not said(made, "item")
    assert "trois mois" not in said(made, "decides")
    assert "commune carencée" in said(made, "point")


def test_a_refusal_says_only_the_comparisons_that_fail(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    both = "share(tenure in {PLAI, PLUS, PLS} of dwellings) >= 30 % and count(rooms >= 1) >= 5 dwellings"
    path.write_text(RULES.replace("share(tenure in {PLAI, PLUS, PLS} of dwellings) >= 30 %", both))
    made = drawn(str(path), {"count": 10, "tenure": "libre", "rooms": 4})
    told = said(made, "ground")
    assert "0 sur 10 (0 %), pour une exigence d'au moins 30 %, soit un manque de 3 logements" in told
    assert "au moins 5 logements" not in told


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("p1/A/1", "p1/A/1"),
        ("p3/40×PLAI|PLS|PLUS", "40 logements (PLAI, PLS ou PLUS) – p3"),
        ("1×?", "1 logement (catégorie non précisée)"),
    ],
)
def test_a_line_without_a_landing_is_named_in_words(path: str, words: str) -> None:
    assert named(path).replace("\u00a0", " ") == words


def test_an_unknown_filing_date_gives_no_deadline(rules: str) -> None:
    made = drawn(rules, {"count": 10, "rooms": 4})
    assert "la date de dépôt n'est pas connue" in said(made, "note")


def test_what_is_not_settled_is_no_ground_of_a_refusal(rules: str) -> None:
    made = drawn(rules, {"count": 10, "tenure": "libre"})
    assert made.form == "refusal"
    assert "petits logements" not in said(made, "ground")
    assert "petits logements" in said(made, "note")


def test_it_is_made_again_from_the_json_alone(rules: str) -> None:
    _, decision = decided(rules, {"count": 10, "tenure": "libre", "rooms": 4})
    again = read_decision(decision.canonical())
    assert again == decision
    assert order(again) == order(decision)


@pytest.mark.parametrize("broken", [b"", b"{}", b"[1]", b'{"format": "mixrules-decision/9"}'])
def test_what_is_no_decision_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError):
        read_decision(broken)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("C. urb., art. L. 111-24", "l'article L. 111-24 du code de l'urbanisme"),
        ("C. urb., art. L. 111-24, al. 1", "l'article L. 111-24, al. 1, du code de l'urbanisme"),
        ("C. urb., art. L. 151-28, 2° et 4°", "l'article L. 151-28, 2° et 4°, du code de l'urbanisme"),
        (
            "C. urb., art. L. 151-28 et L. 151-29",
            "les articles L. 151-28 et L. 151-29 du code de l'urbanisme",
        ),
        ("CCH, art. L. 302-5", "l'article L. 302-5 du code de la construction et de l'habitation"),
        ("PLUi de la métropole, art. 3.3", "PLUi de la métropole, art. 3.3"),
    ],
)
def test_articles_are_named_as_orders_name_them(reference: str, expected: str) -> None:
    assert article(reference) == expected


def test_codes_are_named_once() -> None:
    assert codes(["C. urb., art. L. 1", "C. urb., art. L. 2", "PLU", "CGI, art. 3"]) == [
        "le code de l'urbanisme",
        "le code général des impôts",
    ]


def test_the_word_file_says_the_same(rules: str) -> None:
    from docx import Document

    made = drawn(rules, {"count": 10, "tenure": "libre", "rooms": 4})
    content = word_file.render(made)
    document = Document(io.BytesIO(content))
    assert [paragraph.text for paragraph in document.paragraphs] == [p.text for p in made.paragraphs]
    assert content == word_file.render(made)


def test_names_are_text_in_a_word_file_and_to_paste(rules: str) -> None:
    from docx import Document

    _, decision = decided(rules, {"count": 10, "tenure": "libre", "rooms": 4})
    name = "<script>alert(1)</script> \u202e=cmd|' /C calc'!A0 \x07 #set $x$ \\ @a [b] {c}"
    made = order(decision.replace(programme=decision.programme.replace(id=name)))
    document = Document(io.BytesIO(word_file.render(made)))
    written = "\n".join(p.text for p in document.paragraphs)
    shown = "<script>alert(1)</script> [U+202E]=cmd|' /C calc'!A0 [U+0007] #set $x$ \\ @a [b] {c}"
    for text_of in (written, text.render(made, width=1000)):
        assert shown in text_of.replace("\u202f", " ")
        assert "\u202e" not in text_of


def test_the_worked_programme(tmp_path: Path) -> None:
    submission = read(ROOT / "fixtures/programme-mixte.xlsx").submission
    _, books = applicable(submission, [])
    decision = decide(submission, books, law_date(submission, None, TODAY))
    made = order(decision, submission)
    assert made.form == "refusal"
    written = text.render(made)
    assert "soit un manque de 2 places" in written.replace("\u00a0", " ").replace("\n", " ")
    assert json.loads(decision.canonical())["verdict"] == "non-compliant"


def altered(**fields: Any) -> Submission:
    """The worked programme with other fields of its phase, parking or claims."""
    content = json.loads((ROOT / "fixtures/programme-mixte.json").read_text(encoding="utf-8"))
    content["phase"] = fields.pop("phase", content["phase"])
    for group, values in fields.items():
        content["programmes"][0][group] |= values
    return Submission.model_validate(content)


def worked(**fields: Any) -> Order:
    submission = altered(**fields)
    _, books = applicable(submission, [])
    return order(decide(submission, books, law_date(submission, None, TODAY)), submission)


def test_a_refusal_states_what_is_breached_asked_in_vain_and_over_the_cap() -> None:
    made = worked(parking={"places": 3}, claims={"volume_lls": "0.6"})
    told = said(made, "ground")
    assert "soit un manque de 15 places ; que, dès lors, cette exigence n'est pas satisfaite" in told
    assert "l'avantage demandé ne peut pas être accordé" in told
    assert "le droit s'élève à 30 % de 4 500 m³ = 1 350 m³" in told
    assert "et la demande à 60 % = 2 700 m³" in told
    assert "60 %, pour une exigence d'au plus 50 %" in told
    assert "voies et délais de recours" in said(made, "note")
    assert "qui fonde « Places de stationnement des logements » ne sont pas joints" in said(made, "note")


def test_an_exception_is_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    excepted = """      rounding: none
    exceptions:
      petit:
        when: count(dwellings) < 20
        then: not-applicable
        label: {fr: "programme de moins de vingt logements", en: "programme of less than twenty dwellings"}
  petits:"""
    path.write_text(RULES.replace("      rounding: none\n  petits:", excepted))
    made = drawn(str(path), {"count": 10, "tenure": "libre", "rooms": 4})
    assert made.form == "grant"
    told = said(made, "ground")
    assert (
        "l'exception « programme de moins de vingt logements » s'applique ; que, dès lors, cette exigence"
        in told
    )


def test_what_an_advantage_asks_to_keep_is_a_prescription() -> None:
    submission = altered(parking={"places": 18})
    _, books = applicable(submission, [])
    decision = decide(submission, books, law_date(submission, None, TODAY))
    kept = {"fr": "Les logements restent sociaux dix ans.", "en": "Dwellings stay social for ten years."}
    granted = [a.replace(kept_while=kept) if a.asked else a for a in decision.advantages]
    made = order(decision.replace(advantages=granted), submission)
    assert made.form == "prescriptions"
    told = said(made, "decides")
    assert "Article 1er : Le permis est accordé." in told
    assert (
        "Article 2 : Majoration de volume pour le logement locatif social (2°) – Les logements restent"
        in told
    )
    assert "voies et délais de recours" in said(made, "note")


def test_once_the_permit_is_granted_it_is_neither_granted_nor_refused() -> None:
    for phase in ("delivery", "occupancy"):
        made = worked(phase=phase)
        assert made.form == "after"
        assert "soit un manque de 2 places" in said(made, "ground")
        assert not said(made, "decides")
        assert "refus" not in said(made, "title") + said(made, "ground")


def test_a_cut_in_a_quote_is_marked() -> None:
    told = said(worked(parking={"places": 18}), "ground")
    assert "« (…) dans toute opération de construction" in told
    assert "« L'application combinée" in told


def test_a_grant_says_what_was_not_verified() -> None:
    assert "que les autres vérifications sont favorables" in said(worked(parking={"places": 18}), "note")


@pytest.mark.parametrize(
    ("reference", "named_so"),
    [
        ("PLUi de la métropole, art. 3.3", "le PLUi de la métropole, art. 3.3"),
        ("Plan local d'urbanisme, règles", "le plan local d'urbanisme, règles"),
        ("Délibération du 3 mars 2024", "la délibération du 3 mars 2024"),
        ("Arrêté du 3 mars 2024", "l'arrêté du 3 mars 2024"),
        ("ZAC des Halles, CCCT", "le document « ZAC des Halles, CCCT »"),
    ],
)
def test_documents_are_named_with_their_article(reference: str, named_so: str) -> None:
    assert document(reference) == named_so


def test_a_word_file_has_headings_a_language_and_numbered_pages(rules: str) -> None:
    from docx import Document
    from docx.oxml.ns import qn

    written = Document(io.BytesIO(word_file.render(drawn(rules, {"count": 10, "tenure": "libre"}))))
    headings = [p.text for p in written.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        "Projet d'arrêté refusant le permis",
        "Arrête",
        "Notes pour le service, hors de l'acte",
    ]
    language = written.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert language.get(qn("w:val")) == "fr-FR"
    assert "NUMPAGES" in written.sections[0].footer._element.xml


def has_writer() -> bool:
    """Whether LibreOffice is here with the part that reads texts; the tables alone cannot."""
    office = shutil.which("soffice")
    return office is not None and (Path(office).resolve().parent / "libswlo.so").exists()


@pytest.mark.skipif(not has_writer(), reason="LibreOffice Writer is not installed here")
def test_the_word_file_opens_in_libreoffice_with_every_ground(tmp_path: Path) -> None:
    made = worked(parking={"places": 3}, claims={"volume_lls": "0.6"})
    (tmp_path / "arrete.docx").write_bytes(word_file.render(made))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "arrete.docx"]
    subprocess.run(asked, cwd=tmp_path, capture_output=True, check=True, timeout=180)
    shown = (tmp_path / "arrete.txt").read_text(encoding="utf-8-sig")
    assert len([p for p in made.paragraphs if p.role == "ground"]) == 4
    for paragraph in made.paragraphs:
        assert paragraph.text in shown
