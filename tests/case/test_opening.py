"""Opening a case: read in once, read again when its files change, and nothing is erased."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from foreshock.case.home import bundled, bundled_root, find_case
from foreshock.case.opening import open_case
from foreshock.core.errors import CaseError, UnknownCase

SECOND = Path(__file__).parents[1] / "cases" / "ilde-2011"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(SECOND, tmp_path / "mine"))


def test_bundled_cases_are_found_by_name_and_never_written():
    before = {path: path.read_bytes() for path in bundled_root().rglob("*") if path.is_file()}
    assert "idlib-2020" in bundled()
    open_case("idlib-2020")
    assert {p: p.read_bytes() for p in bundled_root().rglob("*") if p.is_file()} == before


def test_an_unknown_case_is_named_with_the_nearest():
    with pytest.raises(UnknownCase, match="idlib-2020"):
        find_case("idlib-2002")


def test_the_same_files_are_read_in_once(folder):
    said = []
    first = open_case(str(folder), progress=said.append)
    standing = first.store.standing(first.name)
    assert said and standing
    again = open_case(str(folder), progress=said.append)
    assert len(said) == 1
    assert again.store.standing(again.name) == standing


def test_a_changed_row_is_a_coders_mistake_that_stays_on_record(folder):
    clock = iter(datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(9)).__next__
    case = open_case(str(folder), clock=clock)
    first = case.store.view(case.name, date(2100, 1, 1))
    table = folder / "claims.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(lines[:-1]), "utf-8")
    changed = open_case(str(folder), clock=clock)
    second = changed.store.view(case.name, date(2100, 1, 1))
    assert len(second.claims) == len(first.claims) - 1
    then = changed.store.view(case.name, date(2100, 1, 1), datetime(2030, 1, 1, 12, tzinfo=UTC))
    assert then == first
    table.write_text("".join(lines), "utf-8")
    back = open_case(str(folder), clock=clock).store.view(case.name, date(2100, 1, 1))
    assert list(back.claims) == list(first.claims)


def test_what_a_user_added_survives_a_new_reading(folder, tmp_path):
    from foreshock.case.adding import read_addition

    case = open_case(str(folder))
    claim = next(iter(case.store.standing(case.name))).claim
    rows = tmp_path / "more.csv"
    rows.write_text(
        "key,source,published,title,actors,recipients,type,start,summary\n"
        f"X1,{claim.speaker},2011-06-20,More,{claim.actors[0]},,PROTEST,2011-06-19,They protest.\n"
    )
    case.store.append(case.name, read_addition(case, rows).batch())
    (folder / "SOURCES.md").touch()
    table = folder / "claims.csv"
    table.write_text(table.read_text("utf-8") + "\n", "utf-8")
    again = open_case(str(folder))
    assert "X1" in {standing.claim.key for standing in again.store.standing(again.name)}


def test_two_folders_of_one_name_are_told_apart(folder, tmp_path):
    open_case(str(folder))
    other = shutil.copytree(folder, tmp_path / "other")
    with pytest.raises(CaseError, match="already taken"):
        open_case(str(other))


def test_a_case_compiled_earlier_was_had_then():
    case = open_case("idlib-2020")
    instants = set(case.store.view(case.name, date(2020, 2, 5)).recorded_at.values())
    assert instants == {datetime(2026, 11, 22, tzinfo=UTC)}
