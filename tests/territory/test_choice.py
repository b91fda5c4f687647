"""Which rulebooks decide which files, what the reference tables tell of communes, and the files of a register."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rulings import book

from mixrules.authoring.example import submission_of
from mixrules.engine.applicability import applying
from mixrules.engine.decide import Decider
from mixrules.engine.inference import Judge
from mixrules.engine.law_date import law_date
from mixrules.message import InvalidInputError
from mixrules.rulebook.library import Library, shipped
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.territory import batch, corpus, source

DAY = date(2026, 3, 1)
FLATS = {"collective": True, "dwellings": [{"count": 20, "tenure": "libre", "residence": "ordinary"}]}


def decided(folder, books, location, shelf=None):
    """What the database decides, by file, and how."""
    connection = source.connect(folder, "500MB", threads=1)
    source.load(connection, location)
    account = batch.decide(connection, books, None, DAY, folder / "decisions.parquet", shelf=shelf)
    connection.close()
    (folder / "territory.duckdb").unlink()
    return {row["file"]: row for row in pq.read_table(folder / "decisions.parquet").to_pylist()}, account


def written(folder, **files):
    """A corpus of files."""
    path = folder / "corpus.parquet"
    corpus.write(path, [(name, submission_of(given)) for name, given in files.items()])
    return path


def test_each_rulebook_decides_the_files_to_which_it_applies(tmp_path):
    library = Library([])
    files = {
        "marseille": {"commune": {"insee": "13055"}, **FLATS},
        "arrondissement": {"commune": {"insee": "13208"}, **FLATS},
        "ailleurs": {"commune": {"insee": "59350"}, **FLATS},
        "nulle-part": FLATS,
    }
    path = written(tmp_path, **files)
    found, _ = decided(tmp_path, library, path)
    steps = Judge()
    for name, given in files.items():
        submission = submission_of(given)
        books = [library.get(one) for one in applying(library, submission)]
        decision = Decider(books, steps).decide(submission, law_date(submission, None, DAY))
        wanted = {(f.rule, f.status) for f in (*decision.findings, *decision.advantages)}
        assert {(f["rule"], f["status"]) for f in found[name]["findings"]} == wanted, name
        assert found[name]["verdict"] == decision.verdict
    local = {f["rule"].partition("/")[0] for f in found["arrondissement"]["findings"]}
    assert any(name.startswith("fr.local.13055") for name in local)


def test_a_claim_opens_a_rulebook_for_its_own_file_alone(tmp_path):
    text = """
rulebook: essai.ferme
title: Essai
force: plan
source: {ref: Essai}
opened_by: [claims.bonus]
inputs: {claims.bonus: {unit: "%"}}
rules: {r: {obligation: {require: count(dwellings) > 30}}}
"""
    library = Library.of_texts({"essai.ferme": text})
    path = written(tmp_path, a={**FLATS, "claims": {"bonus": "10 %"}}, b=FLATS)
    found, _ = decided(tmp_path, library, path)
    assert [f["status"] for f in found["a"]["findings"]] == ["unmet"]
    assert found["b"]["findings"] == []
    assert found["b"]["verdict"] == "undetermined"


def test_a_fact_of_another_type_in_a_file_that_a_rulebook_does_not_decide_is_left_alone(tmp_path):
    text = """
rulebook: essai.{0}
title: Essai
force: plan
source: {{ref: Essai}}
territory: ["{0}"]
inputs: {{facts.rang: {{unit: dwelling}}}}
rules: {{r: {{obligation: {{require: facts.rang > 3}}}}}}
"""
    library = Library.of_texts({"essai.13055": text.format("13055")})
    here = {"commune": {"insee": "13055"}, **FLATS}
    there = {"commune": {"insee": "59350"}, **FLATS, "facts": {"rang": "premier"}}
    found, _ = decided(tmp_path, library, written(tmp_path, here={**here, "facts": {"rang": 4}}, there=there))
    assert found["here"]["findings"][0]["status"] == "met"
    assert found["there"]["findings"] == []
    with pytest.raises(InvalidInputError):
        decided(tmp_path, library, written(tmp_path, here={**here, "facts": {"rang": "premier"}}))


def test_reference_tables_tell_what_a_file_does_not_say_of_its_commune(tmp_path):
    one = Library([]).get("fr.urb.L111-24")
    shelf = ReferenceShelf([shipped()])
    judge = Judge()
    files = {}
    for insee in ("13055", "38185", "06088", "97415", "59350"):
        for day in ("2021-06-01", "2024-03-01", "2026-02-01"):
            dates = {"dates": {"decision": day}}
            files[f"{insee} {day}"] = {"commune": {"insee": insee}, **FLATS, **dates}
            files[f"{insee} {day} dit"] = {"commune": {"insee": insee, "carence": True}, **FLATS, **dates}
            frozen = {"decision": day, "filing": "2019-05-01", "certificate": "2019-01-01"}
            files[f"{insee} {day} fige"] = {"commune": {"insee": insee}, **FLATS, "dates": frozen}
    tva = Library([]).get("fr.cgi.278-sexies")
    found, _ = decided(tmp_path, [one, tva], written(tmp_path, **files), shelf)
    told = 0
    for name, given in files.items():
        submission = submission_of(given)
        law = law_date(submission, None, DAY)
        decision = Decider([one, tva], judge, shelf).decide(submission, law)
        wanted = {(f.rule, f.status) for f in (*decision.findings, *decision.advantages)}
        assert {(f["rule"], f["status"]) for f in found[name]["findings"]} == wanted, name
        assert found[name]["verdict"] == decision.verdict, name
        told += any(one.status == "taken" for one in decision.references)
    assert told


def test_a_register_is_a_corpus_of_its_last_decisions(tmp_path, register):
    location, dossiers = register
    one = Library([]).get("fr.urb.L111-24")
    found, _ = decided(tmp_path, [one], location)
    assert sorted(found) == dossiers


@pytest.fixture
def register(tmp_path_factory):
    """The register that ships with the fixtures, and its dossiers."""
    from pathlib import Path
    from shutil import copy

    from mixrules.register.ledger import Register

    kept = Path(__file__).parents[2] / "fixtures" / "registers" / "0.1.0.db"
    own = tmp_path_factory.mktemp("register") / "register.db"
    copy(kept, own)
    with Register.open(str(own)) as opened:
        dossiers = sorted({link.entry().dossier for link in opened.links()})
    return str(own), dossiers


def test_the_same_corpus_gives_the_same_bytes(tmp_path):
    one = Library([]).get("fr.urb.L111-24")
    path = written(tmp_path, **{f"f{i}": {**FLATS, "commune": {"carence": bool(i % 2)}} for i in range(300)})
    kept = []
    for threads in (1, 2):
        connection = source.connect(tmp_path, "500MB", threads=threads)
        source.load(connection, path)
        batch.decide(connection, [one], DAY, DAY, tmp_path / "decisions.parquet")
        connection.close()
        (tmp_path / "territory.duckdb").unlink()
        kept.append((tmp_path / "decisions.parquet").read_bytes())
    assert kept[0] == kept[1]


def test_files_that_contradict_themselves_are_decided_on_every_core(tmp_path):
    one = book(rules={"r": {"obligation": {"require": "count(dwellings) > 3"}}})
    odd = {"declared": [{"count": 12}], "dwellings": [{"count": 10, "tenure": "PLUS"}]}
    path = written(tmp_path, **{f"f{i:03}": odd if i % 2 else FLATS for i in range(450)})
    found, account = decided(tmp_path, [one], path)
    assert account.odd == 225
    assert list(found) == [f"f{i:03}" for i in range(450)]
    assert {row["verdict"] for row in found.values()} == {"compliant"}
    assert pa.types.is_date32(pq.read_schema(tmp_path / "decisions.parquet").field("law_date").type)
