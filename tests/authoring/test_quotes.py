"""A quote stands word for word in the version it cites, or the author is told what to write."""

from __future__ import annotations

import pytest
from law_texts import article

from mixrules.authoring import quotes
from mixrules.authoring.article import Shelf, read
from mixrules.authoring.manuscript import Desk
from mixrules.authoring.reference import cited, document, texts_of
from mixrules.rulebook.library import Library, shipped

OLD = "au moins 20 % des logements familiaux sont des logements locatifs sociaux, hors l'hébergement."
NEW = "au moins 30 % des logements familiaux sont des logements locatifs sociaux, hors l'hébergement."
FIRST = "as read in the consolidation of 2016-01-01, replaced in that of 2020-01-01"
LAST = "as read in the consolidation of 2020-01-01, the last one read"
TEXT = article((FIRST, OLD), (LAST, NEW))
RULE = """\
rules:
  part:
    title: {{fr: "Part", en: "Share"}}
    {period}
    source: {{ref: "{ref}", quote: "{quote}"{date}}}
    obligation: {{require: share(tenure = PLUS of dwellings) >= 30 %, rounding: none}}
"""


@pytest.fixture
def prove(written, shelve, tmp_path):
    shelve(TEXT)

    def proved(quote=NEW, ref="C. urb., art. L. 1-1, al. 1", date="2020-01-01", period="from: 2020-01-01"):
        text = RULE.format(quote=quote, ref=ref, date=f', date: "{date}"' if date else "", period=period)
        return quotes.prove(written(text), Shelf([tmp_path]))

    return proved


def codes(remarks):
    return [(r.level, r.problem.code) for r in remarks]


def test_a_quote_that_stands_is_proved(prove):
    assert prove() == []
    assert prove(quote="au moins 30 % des logements familiaux") == []


@pytest.mark.parametrize(
    "quote",
    [
        NEW.replace("'", "’"),
        NEW.replace("30 %", "30\u00a0%"),
        NEW.replace("30 %", "30\u202f%"),
        NEW.replace(" ", "  "),
    ],
)
def test_blanks_and_apostrophes_may_differ(prove, quote):
    assert prove(quote=quote) == []


@pytest.mark.parametrize(
    "change",
    [
        ("logements familiaux", "logement familiaux"),
        ("familiaux", "familiauX"),
        ("30 %", "30%"),
        ("locatifs sociaux", "sociaux"),
        ("sociaux,", "sociaux"),
        ("hébergement", "hebergement"),
    ],
)
def test_one_letter_changed_is_found(prove, change):
    [remark] = prove(quote=NEW.replace(*change))
    assert (remark.level, remark.problem.code) == ("error", "quote_not_found")
    assert remark.problem.where.file == "essai.yaml"
    assert "source: {ref:" in remark.problem.line_text


def test_the_nearest_passage_and_the_words_to_write_are_shown(prove):
    [remark] = prove(quote=NEW.replace("familiaux", "sociaux"))
    for lang in ("fr", "en"):
        said = remark.problem.render(lang)
        assert NEW in said
        assert "familiaux" in said
    assert dict(remark.problem.args)["wrong"] == "sociaux"
    assert dict(remark.problem.args)["right"] == "familiaux"


def test_a_word_cut_short_is_not_a_word_of_the_text(prove):
    assert codes(prove(quote="au moins 30 % des logement")) == [("error", "quote_not_found")]
    assert codes(prove(quote="oins 30 % des logements")) == [("error", "quote_not_found")]


def test_a_quote_without_a_word_in_common(prove):
    assert codes(prove(quote="Zzz yyy")) == [("error", "quote_foreign")]


def test_a_quote_of_another_version_names_its_date(prove):
    [remark] = prove(quote=OLD)
    assert remark.problem.code == "quote_of_another_version"
    assert "2016-01-01" in remark.problem.render()


def test_a_quote_without_date_cannot_be_proved(prove):
    [remark] = prove(date="")
    assert (remark.level, remark.problem.code) == ("error", "quote_without_date")
    assert "2016-01-01, 2020-01-01" in remark.problem.render()


def test_a_date_before_every_version(prove):
    assert codes(prove(date="2015-12-31")) == [("warning", "version_not_held")]
    assert codes(prove(date="hier")) == [("error", "day_expected")]


def test_a_date_inside_a_version_that_was_replaced_is_not_sure(prove):
    period = "{from: 2016-01-01, until: 2020-01-01}"[1:-1].replace(", ", "\n    ")
    assert codes(prove(quote=OLD, date="2018-01-01", period=period)) == [("warning", "quote_date")]
    assert codes(prove(quote=OLD, date="2016-01-01", period=period)) == []
    assert codes(prove(date="2024-05-01")) == []


def test_a_later_version_is_told_to_the_rule_that_goes_on(prove):
    [remark] = prove(quote=OLD, date="2016-01-01", period="from: 2016-01-01")
    assert (remark.level, remark.problem.code) == ("warning", "article_replaced")
    assert "part" in remark.problem.render()
    assert "2020-01-01" in remark.problem.render()


def test_an_article_that_left_the_code(prove, shelve):
    shelve(article((FIRST, OLD), ("not in the code as of 2020-01-01", "")))
    assert codes(prove(quote=OLD, date="2016-01-01")) == [("warning", "article_gone")]
    assert codes(prove(quote=OLD, date="2020-01-01")) == [("warning", "version_not_held")]


def test_a_text_that_is_not_held_is_a_note(prove):
    assert codes(prove(ref="Charte, art. 2")) == [("note", "text_not_held")]
    assert codes(prove(ref="CCH, art. L. 302-5")) == [("note", "text_not_held")]


def test_a_quote_may_stand_in_any_of_the_articles_cited(prove, shelve):
    shelve(article((LAST, "Autre texte."), number="L1-2"), "L1-2")
    assert prove(ref="C. urb., art. L. 1-2 et L. 1-1") == []
    assert codes(prove(ref="C. urb., art. L. 1-2")) == [("error", "quote_foreign")]


def test_sources_of_exceptions_definitions_and_parameters_are_proved_too(written, shelve, tmp_path):
    shelve(TEXT)
    source = 'source: {ref: "C. urb., art. L. 1-1", quote: "mots absents", date: "2020-01-01"}'
    body = f"""\
definitions:
  PLUS_SEUL: {{is: tenure = PLUS, {source}}}
parameters:
  taux: {{unit: "%", value: 30 %, {source}}}
rules:
  part:
    title: {{fr: "Part", en: "Share"}}
    from: 2020-01-01
    obligation: {{require: share(PLUS_SEUL of dwellings) >= taux, rounding: none}}
    exceptions:
      defense: {{when: site.defence_land, then: not-applicable, {source}}}
  bonus:
    advantage: {{grants: volume, rate: 10 %, of: site.buildable_volume}}
cumulation:
  plafond: {{over: [bonus], limit: 50 %, {source}}}
"""
    remarks = quotes.prove(written(body), Shelf([tmp_path]))
    assert [dict(r.problem.args)["what"] for r in remarks] == ["PLUS_SEUL", "taux", "part/defense", "plafond"]
    assert len({r.problem.where.line for r in remarks}) == 4


def test_a_text_altered_is_told_by_its_digest(shelve, tmp_path):
    shelve(TEXT)
    assert list(Shelf([tmp_path]).problems()) == []
    shelve(TEXT.replace("30 %", "31 %"))
    [problem] = Shelf([tmp_path]).problems()
    assert problem.code == "text_digest"
    shelve(TEXT).write_bytes(TEXT.encode("latin-1"))
    assert {p.code for p in Shelf([tmp_path]).problems()} == {"text_digest"}
    shelve(TEXT.replace("30 %", "31 %"))
    assert str(problem.where) == "sources/code-urbanisme/L1-1.md:9:1"
    assert problem.line_text == f"## {LAST}"


def test_a_file_that_is_no_official_text_is_told():
    assert [p.code for p in read("rien", "code", "L1", "L1.md").problems] == ["text_unreadable"]
    impossible = TEXT.replace("2016-01-01", "2016-13-01")
    assert [p.code for p in read(impossible, "c", "L1-1", "L1-1.md").problems] == ["text_unreadable"]
    assert [p.code for p in read("## lu hier\n\ntexte", "c", "L1", "L1.md").problems] == ["text_unreadable"]


@pytest.mark.parametrize(
    ("ref", "articles"),
    [
        ("C. urb., art. L. 151-28, 2°", [("code-urbanisme", "L151-28")]),
        (
            "C. urb., art. L. 151-28, 3°, et L. 151-29, al. 2",
            [("code-urbanisme", "L151-28"), ("code-urbanisme", "L151-29")],
        ),
        ("CG3P, art. L. 3211-7", [("cg3p", "L3211-7")]),
        ("CG3P, art. R. 3211-17-1, II", [("cg3p", "R3211-17-1")]),
        ("C. urb., art. R.*431-5", [("code-urbanisme", "R431-5")]),
        ("C. urb., art. R. * 431-16-1", [("code-urbanisme", "R431-16-1")]),
        ("C. urb., art. A. 424-1", [("code-urbanisme", "A424-1")]),
        ("C. urb., art. L. 111-13 (devenu L. 111-24)", [("code-urbanisme", "L111-13")]),
        ("Plan, dans les limites de l'art. L. 151-35 C. urb.", [("code-urbanisme", "L151-35")]),
        (
            "C. urb., art. L. 1-1 ; CG3P, art. L. 2-1 ; L. 3-1",
            [("code-urbanisme", "L1-1"), ("cg3p", "L2-1"), ("cg3p", "L3-1")],
        ),
        ("C. urb., art. L. 151-34 à L. 151-36", [("code-urbanisme", f"L151-{n}") for n in (34, 35, 36)]),
        ("C.\u00a0urb., art. L.\u00a0151-28", [("code-urbanisme", "L151-28")]),
        ("PLUi de Grenoble, règlement, art. 3.3", []),
    ],
)
def test_references_are_read_as_a_jurist_writes_them(ref, articles):
    assert cited(ref) == articles


def test_a_document_is_named_without_its_article():
    assert document("Charte modèle, art. 2") == "Charte modèle"


def test_every_shipped_text_keeps_its_digest_and_every_shipped_quote_is_proved():
    library = Library()
    desk = Desk(library)
    shelf = Shelf([shipped()])
    assert shelf.find("code-urbanisme", "L151-28") is not None
    assert shelf.find("cg3p", "L3211-7") is not None
    assert list(shelf.problems()) == []
    remarks = [r for name in library.ids for r in quotes.prove(desk.open(name), shelf)]
    assert [r.problem.render("en") for r in remarks if r.level == "error"] == []


def test_every_shipped_quote_fails_when_one_letter_changes():
    shelf, library = Shelf([shipped()]), Library()
    desk = Desk(library)
    proved = 0
    for name in library.ids:
        for source in desk.open(name).sources():
            quote = source.source.quote
            articles = [a for code, number in texts_of(source.source) if (a := shelf.find(code, number))]
            if not quote or not articles:
                continue
            proved += 1
            letter = next(i for i, c in enumerate(quote) if i >= len(quote) // 2 and c.isalpha())
            altered = quote[:letter] + ("x" if quote[letter] != "x" else "y") + quote[letter + 1 :]
            texts = [reading.text for article in articles for reading in article.readings]
            assert any(quotes.stands(quote, text) for text in texts), quote
            assert not any(quotes.stands(altered, text) for text in texts), altered
    assert proved > 20


def test_the_words_of_a_plan_are_proved_where_its_source_names_the_text(written, shelve, tmp_path):
    shelve(article((LAST, NEW)), number="3-3", code="plui-essai")
    source = 'source: {ref: "PLUi, art. 3.3", text: plui-essai/3-3, quote: "QUOTE", date: "2020-01-01"}'
    rule = (
        f"rules:\n  part:\n    {source}\n    obligation: {{require: count(dwellings) >= 1, rounding: none}}\n"
    )
    shelf = Shelf([tmp_path])
    assert quotes.prove(written(rule.replace("QUOTE", NEW)), shelf) == []
    (remark,) = quotes.prove(written(rule.replace("QUOTE", OLD)), shelf)
    assert remark.level == "error"
    assert "plui-essai/3-3" in remark.problem.render("fr")


def test_a_text_that_a_source_names_and_nobody_holds_is_a_note(written, tmp_path):
    source = (
        'source: {ref: "PLUi, art. 3.3", text: plui-essai/3-3, quote: "mots du plan", date: "2020-01-01"}'
    )
    rule = (
        f"rules:\n  part:\n    {source}\n    obligation: {{require: count(dwellings) >= 1, rounding: none}}\n"
    )
    (remark,) = quotes.prove(written(rule), Shelf([tmp_path]))
    assert (remark.level, remark.problem.code) == ("note", "text_not_held")


def test_official_texts_are_no_rulebooks(tmp_path):
    (tmp_path / "sources" / "plan").mkdir(parents=True)
    (tmp_path / "sources" / "plan" / "texte.yaml").write_text("rulebook: faux\n", encoding="utf-8")
    assert "faux" not in Library([tmp_path]).ids
