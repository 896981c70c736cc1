"""A model's words mean what our own gazetteer, calendar, places and numbers say they mean."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from foreshock.case.opening import open_case
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.resolving import resolving


@pytest.fixture(scope="module")
def making():
    return resolving()


@pytest.fixture
def resolver(making):
    return making(Document(text="", published=date(2020, 2, 5), source="The Glass Times"))


@pytest.mark.parametrize(
    ("words", "parties"),
    [
        ("Peruvian soldiers", [("peru", "PER", "MIL")]),
        ("French and British troops", [("france", "FRA", "MIL"), ("united-kingdom", "GBR", "MIL")]),
        ("the government of Kenya", [("kenya", "KEN", "GOV")]),
        (
            "France, Peru and Kenya",
            [("france", "FRA", ""), ("peru", "PER", ""), ("kenya", "KEN", "")],
        ),
        ("gunmen", [("gunmen", "", "UAF")]),
        ("he", []),
        ("they", []),
        ("", []),
    ],
)
def test_words_for_parties(resolver, words, parties):
    found = [(party.id, party.country, party.sector) for party in resolver.parties(words)]
    assert found == parties


def test_somebody_whom_no_entry_names_keeps_name_and_country(resolver):
    (party,) = resolver.parties("the Peruvian border posts")
    assert (party.name, party.country, party.known) == ("Peruvian border posts", "PER", False)
    (party,) = resolver.parties("the Zamorna Rural Front")
    assert (party.name, party.known) == ("Zamorna Rural Front", False)


def test_speakers(resolver):
    spoken = resolver.speaker("Peru's foreign minister", "said")
    assert (spoken.side, spoken.cue) == ("peru", "said")
    assert resolver.speaker("she", "said") is None
    assert resolver.speaker("", "said") is None
    assert resolver.publisher().name == "The Glass Times"
    assert resolver.publisher().kind == "publisher"


@pytest.mark.parametrize(
    ("words", "ahead", "days"),
    [
        ("on Monday", False, (date(2020, 2, 3), date(2020, 2, 3))),
        ("on Monday", True, (date(2020, 2, 10), date(2020, 2, 10))),
        ("last year", False, (date(2019, 1, 1), date(2019, 12, 31))),
        ("by the end of February", True, (date(2020, 2, 5), date(2020, 2, 29))),
    ],
)
def test_words_for_days(resolver, words, ahead, days):
    when = resolver.when(words, ahead=ahead)
    assert (when.start, when.end) == days


def test_words_that_tell_no_day(resolver, making):
    assert resolver.when("at noon by the river") is None
    assert making(Document(text="")).when("on Monday") is None


@pytest.mark.parametrize(
    ("words", "name", "precision"),
    [
        ("Lima", "Lima", "exact"),
        ("near Kunduz", "Kunduz", "near"),
        ("Kunduz province", "Kunduz", "area"),
    ],
)
def test_words_for_places(resolver, words, name, precision):
    where = resolver.place(words)
    assert name in where.name
    assert where.precision == precision


def test_words_that_name_no_place(resolver):
    assert resolver.place("the old harbour wall") is None


@pytest.mark.parametrize(
    ("words", "what", "counts"),
    [
        ("seven Peruvian soldiers", "killed", [("peru/soldiers", None, 7, None, "")]),
        (
            "seven Peruvian soldiers and three civilians",
            "killed",
            [("peru/soldiers", None, 7, None, ""), ("civilians", None, 3, None, "")],
        ),
        ("at least 12 people", "wounded", [("people", 12, None, None, "")]),
        ("a soldier", "killed", [("soldiers", None, 1, None, "")]),
        ("20 km", "distance", [("", None, 20, None, "km")]),
        ("20 km", "killed", []),
        ("20", "distance", []),
        ("$3 billion", "money", [("", None, 3, None, "usd-bn")]),
        ("many people", "killed", []),
    ],
)
def test_words_that_count(resolver, words, what, counts):
    found = [(q.group, q.low, q.best, q.high, q.unit) for q in resolver.quantities(words, what)]
    assert found == counts


def test_actors_and_places_of_a_case_are_known(making, tmp_path):
    shutil.copytree(Path(__file__).parents[2] / "cases" / "ilde-2011", tmp_path / "ilde")
    own = resolving(open_case(str(tmp_path / "ilde")))(Document(text=""))
    plain = making(Document(text=""))
    army, unknown = (each.parties("the Kestrian Army")[0] for each in (own, plain))
    assert (army.id, army.known) == ("kestrian-army", True)
    assert not unknown.known
    assert own.place("the Long Ford").id == "long-ford"
    assert plain.place("the Long Ford") is None
