"""Numbers in figures and words, and what they count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.quantities import Quantity
from foreshock.lexicon.ontology import load_ontology
from foreshock.lexicon.tables import read_table
from foreshock.observe.reading.expressions.quantities import Amount, counted, find_quantities
from foreshock.observe.reading.text.normal import normalise
from foreshock.observe.reading.text.sentences import sentences
from foreshock.observe.reading.text.tokens import tokens
from foreshock.observe.reading.text.words import word_set


def find(text: str, **given) -> list[Amount]:
    (sentence,) = sentences(normalise(text))
    return find_quantities(sentence.tokens, **given)


@pytest.mark.parametrize(
    ("text", "bounds", "unit"),
    [
        ("It killed [seven].", (None, 7, None), ""),
        ("[Seven] were killed.", (None, 7, None), "persons"),
        ("[12] dead in the north", (None, 12, None), "persons"),
        ("killing [seven French soldiers]", (None, 7, None), "persons"),
        ("killed [twenty-three men]", (None, 23, None), "persons"),
        ("[two hundred and fifty men]", (None, 250, None), "persons"),
        ("[at least 12 people] fled", (12, None, None), "persons"),
        ("[dozens of civilians] died", (24, None, None), "persons"),
        ("[scores of troops]", (40, None, None), "persons"),
        ("[hundreds of thousands] fled", (200_000, None, None), "persons"),
        ("[tens of thousands of people]", (20_000, None, None), "persons"),
        ("[several hundred rebels]", (300, None, None), "persons"),
        ("[two dozen rebels]", (24, 24, 24), "persons"),
        ("[three dozen rebels]", (None, 36, None), "persons"),
        ("[1.2 million refugees]", (None, 1_200_000, None), "persons"),
        ("[two and a half million people]", (None, 2.5e6, None), "persons"),
        ("[1,000s of civilians]", (1000, None, None), "persons"),
        ("[upward of a million more refugees]", (1_000_000, None, None), "persons"),
        ("[as many as half a million people]", (None, None, 500_000), "persons"),
        ("[nearly 100 people]", (90, 100, 100), "persons"),
        ("[about two hostages]", (2, 2, 2), "persons"),
        ("[between 30 and 35 rebels]", (30, None, 35), "persons"),
        ("[30-35 rebels] died", (30, None, 35), "persons"),
        ("[30 to 35 rebels] died", (30, None, 35), "persons"),
        ("[two or three men] died", (2, None, 3), "persons"),
        ("[2 to 3 million people]", (2_000_000, None, 3_000_000), "persons"),
        ("[12 or more people]", (12, None, None), "persons"),
        ("wounding [12 others]", (None, 12, None), "persons"),
        ("[a dozen observation posts]", (12, 12, 12), "posts"),
        ("[five armoured vehicles] burnt", (None, 5, None), "vehicles"),
        ("[70%] of the town", (None, 70, None), "percent"),
        ("[70 per cent] of the town", (None, 70, None), "percent"),
        ("[20 km] north of the town", (None, 20, None), "km"),
        ("[ten miles] north", (None, 16.1, None), "km"),
        ("paid [$50,000] for it", (None, 50_000, None), "usd"),
        ("paid [$3.5bn] for it", (None, 3.5e9, None), "usd"),
        ("fought for [three hours]", (None, 3, None), "hours"),
        ("fired [six rockets] at it", (None, 6, None), "shots"),
        ("[500,000 displaced people]", (None, 500_000, None), "persons"),
        ("[2000 soldiers] crossed", (None, 2000, None), "persons"),
        ("[one soldier] was killed", (None, 1, None), "persons"),
        ("killing [three Afghans] there", (None, 3, None), "persons"),
        ("took [16 French civilian advisers]", (None, 16, None), "persons"),
        ("[A dozen or so rebels] came.", (11, 12, 13), "persons"),
        ("In war [200,000] have died.", (None, 200_000, None), "persons"),
        ("leaving [one] dead there", (None, 1, None), "persons"),
    ],
)
def test_counts(text: str, bounds: tuple[float | None, ...], unit: str) -> None:
    (found,) = find(text.replace("[", "").replace("]", ""))
    counted_words = text[text.index("[") + 1 : text.index("]")]
    assert found.words.replace(" ", "") == counted_words.replace(" ", "")
    assert (found.low, found.best, found.high) == bounds
    assert found.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "It began in 2016 and ended in 2019.",
        "The 34-year-old man, 54, said no.",
        "They fired S-400s along the M5 near the 4th Division.",
        "Resolution 2254 and Article 5 hold; Highway 4 is cut.",
        "It fell on 3 February and on March 4 at 5 p.m., or 10:30.",
        "It fell on 2020-02-05 and on 20-21 May.",
        "No one left; one of them and one day and one another.",
        "The boy, aged 12, is 12 years old.",
        "They are about to leave some of it at last.",
        "One third of them and two thirds of us left.",
        "One in five people is hungry, nine out of ten are poor.",
        "The Group of Seven met in district 12.",
        "The first and the second of the Big ones.",
    ],
)
def test_no_counts(text: str) -> None:
    assert find(text) == []


def test_several_in_one_sentence() -> None:
    found = find("Fire killed seven French soldiers and three civilians, including two children.")
    assert [amount.words for amount in found] == [
        "seven French soldiers",
        "three civilians",
        "two children",
    ]


def test_two_numbers_are_not_one() -> None:
    assert [amount.best for amount in find("Two and three men came, five six went.")] == [
        2,
        3,
        5,
        6,
    ]


def test_an_article_is_a_count_only_if_asked() -> None:
    text = "It killed a French soldier and an idea."
    assert find(text) == []
    (found,) = find(text, articles=True)
    assert (found.words, found.best) == ("a French soldier", 1)


def test_noun_ranges() -> None:
    text = "about 200 of the most senior rebel fighters fled"
    (found,) = find(text)
    words = tokens(text)
    assert [word.text for word in words[found.first : found.last]] == ["about", "200"]
    assert words[found.noun_last - 1].text == "fighters"


@pytest.mark.parametrize(
    ("noun", "group"),
    [
        ("french soldiers", "soldiers"),
        ("police officers", "police"),
        ("army officers", "officers"),
        ("syrian rebel proxies", "fighters"),
        ("militia members", "fighters"),
        ("women", "women"),
        ("young boys", "children"),
        ("people", "people"),
        ("displaced people", "displaced"),
        ("asylum seekers", "refugees"),
        ("protesters", "people"),
        ("journalists", "journalists"),
        ("aid workers", "aid-workers"),
        ("families", "households"),
        ("hospitals", "health-facilities"),
        ("tables", ""),
    ],
)
def test_groups(noun: str, group: str) -> None:
    assert counted(noun.split()) == group


def test_groups_and_units_are_those_of_the_lexicon() -> None:
    ontology = load_ontology()
    measures = word_set(
        "miles metres minutes hours days weeks months years decades tonnes barrels usd money "
        "weapons"
    )
    for rule in read_table("counted_nouns")["noun"]:
        assert rule.get("group", "people") in ontology.groups
        assert rule["unit"] in ontology.units or rule["unit"] in measures
    assert counted([]) == ""


WORDS = sorted(
    word_set(
        "a an and of at least as many half few several two twenty hundred thousand million dozen "
        "dozens scores 12 30-35 1,000s 3.5 2016 $ % km more or between to people soldiers dead , . "
        "one in 99999999999999999999 35-30 couple nearly ½ ² 1/2 May +"
    )
)


@given(st.lists(st.sampled_from(WORDS), max_size=25), st.booleans())
def test_any_order_of_words(words: list[str], articles: bool) -> None:
    before = 0
    found = find_quantities(tokens(" ".join(words)), articles=articles)
    for amount in found:
        assert before <= amount.first < amount.last
        assert amount.noun_first <= amount.noun_last
        before = max(amount.last, amount.noun_last)
        said = [value for value in (amount.low, amount.best, amount.high) if value is not None]
        assert said == sorted(said) != []
        if max(said) <= 1e12:
            Quantity("killed", "people", amount.low, amount.best, amount.high)
