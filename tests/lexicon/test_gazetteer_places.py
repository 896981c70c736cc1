"""The world's places: every row of the tables can be used, and names are found as written."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.places import AREA_KINDS
from foreshock.lexicon.gazetteer_places import fold, without_articles, world

KINDS = AREA_KINDS | {"sea", "strait", "river", "island"}


def rows(file: str) -> list[dict[str, str]]:
    path = files("foreshock.lexicon") / "gazetteer" / file
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_regions() -> None:
    names = [row["name"] for row in rows("regions.csv")]
    assert len(names) == len(set(names))
    for row in rows("regions.csv"):
        assert row["kind"] in KINDS, row
        assert -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180, row
        assert row["iso3"] == "" or (len(row["iso3"]) == 3 and row["iso3"].isupper()), row


def test_names_are_sorted_and_lead_to_towns() -> None:
    names, towns = rows("city_names.csv"), rows("cities.csv")
    sorted_as = [f"{row['name']}," for row in names]
    assert sorted_as == sorted(set(sorted_as))
    numbers = [[int(number) for number in row["towns"].split(";")] for row in names]
    assert all(found == sorted(set(found)) for found in numbers)
    assert {number for found in numbers for number in found} == set(range(len(towns)))
    text = (files("foreshock.lexicon") / "gazetteer" / "city_names.csv").read_text("utf-8")
    assert '"' not in text


def test_every_spelling_leads_to_a_place() -> None:
    for row in rows("spellings.csv"):
        assert world().find(fold(row["written"])), row
    assert [place.id for place in world().find("falluja")] == ["al-fallujah"]


@pytest.mark.parametrize(
    ("written", "place", "country"),
    [
        ("São Paulo", "sao-paulo", "BRA"),
        ("Sana'a", "sanaa", "YEM"),
        ("Kyiv", "kyiv", "UKR"),
        ("Goma", "goma", "COD"),
        ("Cabo Delgado", "cabo-delgado", "MOZ"),
        ("South China Sea", "south-china-sea", ""),
        ("Peru", "peru", "PER"),
    ],
)
def test_names(written: str, place: str, country: str) -> None:
    first = world().find(fold(written))[0]
    assert (first.id, first.country) == (place, country)


def test_the_largest_of_namesakes_comes_first() -> None:
    populations = [place.population for place in world().find("valencia")]
    assert populations == sorted(populations, reverse=True)
    assert len({place.id for place in world().find("valencia")}) > 3


def test_words_and_peoples_are_told_from_towns() -> None:
    assert all(map(world().is_ordinary, ("reading", "nice", "bush")))
    assert not world().is_ordinary("kabul")
    assert "peruvian" in world().peoples
    assert "thai" not in world()


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert without_articles(without_articles("al " + name)) == without_articles("al " + name)
