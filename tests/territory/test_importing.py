from collections.abc import Callable
from pathlib import Path

import pytest

from mixrules.message import InvalidInputError
from mixrules.programme.model import Submission
from mixrules.programme.reading import read
from mixrules.territory.importing import cnig, paris, sitadel
from mixrules.territory.importing.intake import Intake

FIXTURES = Path(__file__).parents[2] / "fixtures"
PERMITS = FIXTURES / "sitadel" / "permits.csv"
PROGRAMME = FIXTURES / "paris" / "programme.csv"
SOCIAL = frozenset({"PLAI", "PLUS", "PLS"})


def taken(read_: Callable, path: object) -> tuple[list[Submission], Intake]:
    intake = Intake()
    return list(read_(path, intake)), intake


def codes(problems: list) -> list[tuple[str, int]]:
    return [(problem.code, problem.where.line) for problem in problems]


def changed(path: Path, source: Path, change: Callable[[list[str]], list[str]]) -> Path:
    path.write_text("".join(change(source.read_text("utf-8").splitlines(keepends=True))), encoding="utf-8")
    return path


def test_permits_are_those_of_the_fixtures() -> None:
    files, intake = taken(sitadel.read, PERMITS)
    assert len(files) == 8
    assert not intake.left_out
    for file in files:
        kept = read(FIXTURES / "sitadel" / f"{file.id}.json").submission
        assert file.programmes == kept.programmes
        assert file.dates == kept.dates
    assert codes(intake.notes) == [("row_rooms_off", 3)]


def test_a_permit_that_declares_no_social_dwelling_has_unknown_tenures() -> None:
    files, intake = taken(sitadel.read, PERMITS)
    landlord = next(file for file in files if file.id == "03155524C0127")
    assert {d.tenure for d in landlord.programmes[0].dwellings} == {None}
    assert dict(intake.unknown())["dwelling.tenure"] > 0


def test_a_row_given_twice_is_counted_once_and_another_file_of_its_name_is_kept(tmp_path: Path) -> None:
    def twice(lines: list[str]) -> list[str]:
        return [*lines, lines[2], lines[2].replace('"PC"', '"DP"')]

    files, intake = taken(sitadel.read, changed(tmp_path / "p.csv", PERMITS, twice))
    assert len(files) == 9
    assert codes(intake.left_out) == [("corpus_row_twice", 11)]
    assert files[-1].id == f"{files[0].id} (2)"
    assert ("row_identifier_repeated", 12) in codes(intake.notes)


def test_rows_that_cannot_be_read_are_named_and_the_others_read(tmp_path: Path) -> None:
    def spoil(lines: list[str]) -> list[str]:
        day = next(cell for cell in lines[3].split(";") if cell.startswith('"20') and len(cell) == 12)
        return [
            *lines[:2],
            lines[2].rpartition(";")[0] + "\n",
            lines[3].replace(day, '"2020-13-45"'),
            *lines[4:],
        ]

    files, intake = taken(sitadel.read, changed(tmp_path / "p.csv", PERMITS, spoil))
    assert len(files) == 6
    assert [line for _, line in codes(intake.left_out)] == [3, 4]


def test_a_correction_of_less_than_zero_dwellings_is_left_out(tmp_path: Path) -> None:
    def correct(lines: list[str]) -> list[str]:
        return [*lines, lines[1].replace(";81;25;31;0;25;", ";-8;-8;0;0;0;")]

    files, intake = taken(paris.read, changed(tmp_path / "p.csv", PROGRAMME, correct))
    assert [file.id for file in files] == ["2003749"]
    assert codes(intake.left_out) == [("row_negative", 3)]


def test_a_quoted_line_break_keeps_the_lines_right(tmp_path: Path) -> None:
    def broken(lines: list[str]) -> list[str]:
        address = lines[1].split(";")[1]
        return [lines[0], lines[1].replace(address, '"12 rue\nX"'), lines[1].replace(";81;", ";huit;")]

    files, intake = taken(paris.read, changed(tmp_path / "p.csv", PROGRAMME, broken))
    assert files[0].programmes[0].name == "12 rue X"
    assert codes(intake.left_out) == [("row_number", 4)]


def test_social_programmes_of_paris_keep_their_products() -> None:
    (file,), _ = taken(paris.read, PROGRAMME)
    kept = read(FIXTURES / "paris" / "2003749.json").submission
    assert [(d.count, d.tenure) for d in file.programmes[0].dwellings] == [
        (d.count, d.tenure) for d in kept.programmes[0].dwellings
    ]
    assert file.commune.insee == "75056"
    assert file.dates.decision is None


def test_a_programme_stands_in_the_district_of_its_operation() -> None:
    (file,), intake = taken(cnig.read, [FIXTURES / "cnig"])
    assert (file.commune.name, file.district.name) == ("Montesson", "ZAC des Terres Ocres")
    (line,) = file.programmes[0].dwellings
    assert (line.count, line.tenure, line.public) == (34, SOCIAL, frozenset({"student", "senior"}))
    assert codes(intake.notes) == [("cnig_areas", 2)]


def test_an_operation_alone_adds_what_its_own_total_adds() -> None:
    (file,), intake = taken(cnig.read, [FIXTURES / "cnig" / "exemple_operation-amenagement.csv"])
    programme = file.programmes[0]
    assert sum(d.count for d in programme.dwellings) == 1700
    assert [(d.lot, d.tenure, d.count) for d in programme.dwellings[-2:]] == [
        ("nb_logt_participatif", None, 8),
        ("nb_logt_specifique", None, 40),
    ]
    assert programme.site.land_area == 200_000
    assert programme.housing_floor_area == 122_400
    assert [code for code, _ in codes(intake.notes)] == ["cnig_added"]


def test_counts_that_make_no_total_are_said_and_kept(tmp_path: Path) -> None:
    source = FIXTURES / "cnig" / "exemple_operation-amenagement.csv"
    path = changed(tmp_path / "o.csv", source, lambda lines: [lines[0], lines[1].replace(",1700,", ",1750,")])
    (file,), intake = taken(cnig.read, [path])
    assert [code for code, _ in codes(intake.notes)] == ["cnig_counts"]
    assert file.programmes[0].facts == {"nb_logt_participatif": 8, "nb_logt_specifique": 40}
    assert file.programmes[0].declared[0].count == 1750


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0", "not_utf8"),
        (b"a;b;c\n1;2;3\n", "row_titles"),
        (b'id_livraison;"x\n', "csv_syntax"),
        (b"", "row_titles"),
    ],
)
def test_a_file_that_is_not_the_one_named_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    for read_ in (sitadel.read, paris.read):
        with pytest.raises(InvalidInputError) as error:
            taken(read_, path)
        assert [problem.code for problem in error.value.problems] == [code]
    with pytest.raises(InvalidInputError):
        taken(cnig.read, [path])
