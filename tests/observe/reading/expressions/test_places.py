"""Places in sentences: which one, where from it, and when a name is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.places import Place
from foreshock.observe.reading.expressions.places import PlaceMention, Places
from foreshock.observe.reading.text.normal import normalise
from foreshock.observe.reading.text.sentences import sentences
from foreshock.observe.reading.text.tokens import tokens
from foreshock.observe.reading.text.words import word_set

WORLD = Places()
GONDAL = Places(
    [
        Place(id="gondal-country", name="Gondal", kind="country"),
        Place(id="peru-country", name="Peru", kind="country"),
        Place(id="north-province", name="Northmark", kind="province", parents=("gondal-country",)),
        Place(
            id="lima-fort", name="Lima", kind="town", lat=1.0, lon=2.0, parents=("peru-country",)
        ),
        Place(id="elbe", name="Has", kind="village", aliases=("Elbe-on-Sea", "al-Elbeh")),
    ]
)


def find(text: str, places: Places = WORLD, **given) -> list[PlaceMention]:
    (sentence,) = sentences(normalise(text))
    return places.find(sentence.tokens, **given)


@pytest.mark.parametrize(
    ("text", "place", "country", "precision", "preposition"),
    [
        ("Shells fell in Kabul.", "kabul", "AFG", "exact", "in"),
        ("Kabul fell.", "kabul", "AFG", "exact", ""),
        ("They fled from Goma to the north.", "goma", "COD", "exact", "from"),
        ("They marched towards Tripoli.", "tripoli", "LBY", "exact", "towards"),
        ("They met in Tripoli, Lebanon.", "tripoli-lbn", "LBN", "exact", "in"),
        ("Shells hit Sana'a.", "sanaa", "YEM", "exact", ""),
        ("Shells hit Sanaa.", "sanaa", "YEM", "exact", ""),
        ("Fire near Deir al-Zor.", "deir-ez-zor", "SYR", "near", "near"),
        ("It fell 20 km east of Kunduz.", "kunduz", "AFG", "near", ""),
        ("It fell to the north of Kunduz.", "kunduz", "AFG", "near", ""),
        ("It fell in the north of Kunduz.", "kunduz", "AFG", "area", "in"),
        ("It fell on the outskirts of Kunduz.", "kunduz", "AFG", "near", "on"),
        ("It fell outside the town of Kunduz.", "kunduz", "AFG", "near", "outside"),
        ("It fell in Kunduz province.", "kunduz-province", "AFG", "area", "in"),
        ("It fell in the Kunduz countryside.", "kunduz", "AFG", "near", "in"),
        ("It fell in the city of Kunduz.", "kunduz", "AFG", "exact", "in"),
        ("It fell in northern Mali.", "mali", "MLI", "area", "in"),
        ("It fell across France.", "france", "FRA", "area", "across"),
        ("It sank in the Red Sea.", "red-sea", "", "area", "in"),
        ("It sank in the Strait of Hormuz.", "strait-of-hormuz", "", "area", "in"),
        ("Fighting in Donbas went on.", "donbas", "UKR", "area", "in"),
        ("The battle of Bakhmut went on.", "bakhmut", "UKR", "exact", "of"),
        ("They met in Reading.", "reading", "GBR", "exact", "in"),
        ("The Reading area was calm.", "reading", "GBR", "near", ""),
        ("They left Bucha.", "bucha", "UKR", "exact", ""),
        ("It fell in rebel-held Kunduz.", "kunduz", "AFG", "exact", "in"),
        ("It fell in the capital Kabul.", "kabul", "AFG", "exact", "in"),
        ("They left the Israeli-occupied West Bank.", "west-bank", "PSE", "area", ""),
        ("It grew in North Africa.", "north-africa", "", "area", "in"),
        ("It fell in the eastern Ghouta.", "eastern-ghouta", "SYR", "area", "in"),
        ("He came from Houston, Texas.", "houston", "USA", "exact", "from"),
        ("They met in Nice, France.", "nice", "FRA", "exact", "in"),
    ],
)
def test_where(text: str, place: str, country: str, precision: str, preposition: str) -> None:
    (found,) = find(text)[:1]
    assert (found.where.id, found.where.country) == (place, country)
    assert (found.where.precision, found.preposition) == (precision, preposition)


@pytest.mark.parametrize(
    "text",
    [
        "Reading the report took a day.",
        "Nice words, said Bush.",
        "Mobile clinics of Clinton and Paris Hilton were shut.",
        "Hillary Clinton met George Bush.",
        "Talks with Lincoln's friends.",
        "Has anybody left?",
        "France and Peru agreed.",
        "An end to Peru's war.",
        "Of all that, May was worst.",
        "Kabul University shut down.",
        "the kabul of old",
        "A deal was signed in March 2001.",
        "North Korea said no, and so did the Thai police.",
        "The agency ROSO said so.",
    ],
)
def test_no_places(text: str) -> None:
    assert find(text) == []


def test_lists_share_their_preposition() -> None:
    found = find("They were shelled in Kunduz, Herat and Kandahar.")
    assert [mention.preposition for mention in found] == ["in", "in", "in"]


def test_what_is_true_of_the_first_of_a_list_is_true_of_the_rest() -> None:
    found = find("They left Kunduz and Bucha.")
    assert [mention.where.id for mention in found] == ["kunduz", "bucha"]
    assert find("Kunduz fell; so did Bucha.")[-1].where.id == "kunduz"


def test_the_country_spoken_of_decides_between_namesakes() -> None:
    assert find("It fell in Donetsk.")[0].where.country == "UKR"
    assert find("It fell in Tripoli.", near="LBN")[0].where.country == "LBN"
    assert find("It fell in Paris.", near="USA")[0].where.country == "FRA"


def test_words_and_span_take_in_the_relation() -> None:
    text = "Shells fell just east of Kunduz city today."
    (found,) = find(text)
    start, end = found.where.span
    assert text[start:end] == found.where.words == "east of Kunduz city"
    assert found.relation == "east of"
    assert [found.first, found.last] == [5, 7]


def test_what_an_actor_is_called_is_a_place_only_behind_a_preposition() -> None:
    assert find("Kabul denied it.", taken=[(0, 1)]) == []
    assert find("They met in Kabul.", taken=[(3, 4)])[0].where.id == "kabul"
    assert find("They met in Kabul province.", taken=[(3, 4)])[0].where.id == "kabul"
    assert find("He heads the Kabul Health Office.", taken=[(3, 6)]) == []


def test_the_case_knows_better() -> None:
    (lima,) = find("It fell in Lima.", GONDAL)
    assert (lima.where.id, lima.where.country, lima.where.lat) == ("lima-fort", "PER", 1.0)
    (north,) = find("It fell in Northmark.", GONDAL)
    assert (north.where.kind, north.where.precision) == ("province", "area")
    assert find("Elbe on Sea and then Elbe-on-Sea fell.", GONDAL)[-1].where.id == "elbe"
    assert find("It fell in Elbeh.", GONDAL)[0].where.id == "elbe"
    assert find("Has it fallen?", GONDAL) == []
    assert find("It fell in Has.", GONDAL)[0].where.id == "elbe"


def test_a_part_with_a_name_of_its_own() -> None:
    places = Places([Place(id="inner-lima", name="eastern Lima", kind="region")])
    assert find("It fell in east Lima.", places)[0].where.id == "inner-lima"
    assert find("It fell in north-eastern Lima.", places)[0].where.id == "lima"
    (found,) = find("It fell in eastern Lima.", places)
    assert (found.where.id, found.relation, found.where.words) == (
        "inner-lima",
        "",
        "eastern Lima",
    )


def test_headlines_in_title_case() -> None:
    (found,) = find("Rebel Fighters Seize Town Near Kunduz Airport")
    assert (found.where.id, found.where.precision) == ("kunduz", "near")


WORDS = sorted(
    word_set(
        "in of near the north northern east and , ( ) Kunduz Lima Paris al-Bab Sana'a "
        "province city Reading Bush 's from to outskirts fell km 20 France Red Sea Strait "
        "Hormuz Monday İzmir -"
    )
)


@given(st.lists(st.sampled_from(WORDS), max_size=20), st.lists(st.integers(0, 20), max_size=4))
def test_any_order_of_words(words: list[str], cuts: list[int]) -> None:
    text = " ".join(words)
    parts = tokens(text)
    taken = [(cut, cut + 2) for cut in cuts]
    before = 0
    for mention in WORLD.find(parts, taken):
        assert before <= mention.first < mention.last <= len(parts)
        before = mention.last
        start, end = mention.where.span
        assert text[start:end] == mention.where.words
        assert mention.where.id and mention.where.precision in {"exact", "near", "area"}


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    GONDAL.find(tokens(normalise(text).clean))
