"""One programme from permit to occupancy: what no longer holds, what is to be recovered, what is due."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mixrules.cli.selection import applicable
from mixrules.engine.decide import decide
from mixrules.engine.law_date import law_date
from mixrules.message import InvalidInputError
from mixrules.programme.reading import read
from mixrules.register import follow_up
from mixrules.register.dossier import Asked, dossier
from mixrules.register.follow_up import FollowUp, follow
from mixrules.register.ledger import Register
from mixrules.report.follow_up import render

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 6, 1)
REFERENCE = "PC 099 001 26 A0012"
DISCOUNT = "fr.modele.du-palier-au-quartier/remise-fonciere"
REVIEW = "fr.modele.du-palier-au-quartier/bilan-livraison"
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def keep(location: str, tmp_path: Path) -> Callable[..., Register]:
    """Keep the worked programme at a phase, changed or not."""

    def kept(phase: str, *changes: Change) -> Register:
        content = json.loads((ROOT / "fixtures/programme-mixte.json").read_text(encoding="utf-8"))
        content["phase"] = phase
        for change in changes:
            change(content["programmes"][0] if "programmes" in content else content["programme"])
        path = tmp_path / "file.json"
        path.write_text(json.dumps(content))
        submission = read(path).submission
        found, books = applicable(submission, [])
        decision = decide(submission, books, law_date(submission, None, TODAY))
        register = Register.for_writing(location)
        register.append(dossier(submission, found, books, decision, Asked(None, TODAY)))
        return register

    return kept


def sold_off(programme: dict[str, Any]) -> None:
    social = [line for line in programme["dwellings"] if line["tenure"] in {"PLAI", "PLUS"}]
    for line in social[:5]:
        line["tenure"] = "libre"


def evidenced(programme: dict[str, Any]) -> None:
    programme.setdefault("evidence", {})["delivery_review"] = True


def followed(register: Register) -> FollowUp:
    return follow(follow_up.read(register, REFERENCE))


def test_the_same_programme_keeps_what_it_was_granted(keep: Callable[..., Register]) -> None:
    keep("decision")
    found = followed(keep("delivery"))
    assert found.granted.phase == "decision"
    assert [stage.step.phase for stage in found.stages] == ["delivery"]
    assert found.stages[0].lost == []


def test_a_granted_discount_is_recovered_whole(keep: Callable[..., Register]) -> None:
    keep("decision")
    found = followed(keep("delivery", sold_off))
    lost = {one.rule: one for one in found.stages[0].lost}[DISCOUNT]
    assert (lost.before, lost.after) == ("granted", "refused")
    assert (lost.given, lost.owed, lost.recover, lost.unit) == ("123000.00", "0", "123000", "€")
    assert [condition["fr"] for condition in lost.broken] == ["Bâtiments équilibrés"]
    assert "dix ans" in lost.kept_while["fr"]


def test_a_reduced_advantage_is_recovered_in_part(keep: Callable[..., Register]) -> None:
    keep("decision")
    found = followed(keep("delivery", sold_off))
    places = [one for one in found.stages[0].lost if one.unit == "place" and one.after == "granted"]
    assert places
    assert all(int(one.recover) == int(one.given) - int(one.owed) > 0 for one in places)


def test_what_cannot_be_said_yet_is_not_a_figure(keep: Callable[..., Register]) -> None:
    def unknown(programme: dict[str, Any]) -> None:
        for line in programme["dwellings"]:
            line.pop("tenure", None)

    keep("decision")
    found = followed(keep("delivery", unknown))
    lost = {one.rule: one for one in found.stages[0].lost}[DISCOUNT]
    assert lost.after == "undetermined"
    assert lost.recover == ""
    assert "à établir" in render(found, "fr")


def test_rules_found_otherwise_are_named(keep: Callable[..., Register]) -> None:
    keep("decision")
    turns = {
        (turn.rule, turn.before, turn.after) for turn in followed(keep("delivery", sold_off)).stages[0].turns
    }
    assert ("fr.urb.L111-24/lls-30", "met", "unmet") in turns or any(
        rule.startswith("fr.urb.L111-24") for rule, *_ in turns
    )


def test_commitments_fall_due_phase_by_phase(keep: Callable[..., Register]) -> None:
    early = {one.rule: one.due for one in followed(keep("decision")).pending}
    assert early[REVIEW] is False
    late = followed(keep("delivery"))
    due = [one.rule for one in late.pending if one.due]
    assert REVIEW in due
    assert "ÉCHU" in render(late, "fr")
    assert "DUE" in render(late, "en")


def test_the_last_decision_of_a_phase_speaks_for_it(keep: Callable[..., Register]) -> None:
    keep("decision", sold_off)
    keep("decision")
    found = followed(keep("delivery"))
    assert found.granted.number == 2
    assert found.granted.replaces == 1
    assert found.stages[0].lost == []


def test_phases_are_compared_in_their_order_not_that_of_the_register(keep: Callable[..., Register]) -> None:
    keep("delivery")
    found = followed(keep("decision"))
    assert [step.phase for step in found.steps] == ["decision", "delivery"]
    assert found.granted.phase == "decision"


def test_an_unknown_file_is_suggested(keep: Callable[..., Register]) -> None:
    register = keep("decision")
    with pytest.raises(InvalidInputError) as caught:
        follow_up.read(register, "PC 099 001 26 A0021")
    assert REFERENCE in caught.value.problems[0].render("fr")
