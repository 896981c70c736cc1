"""Texts that say the same in other letters are read the same."""

import pytest
from hypothesis import given, settings
from tests.observe.reading.rules.makers import plain, read, reading
from tests.observe.reading.rules.test_any_text import TEXTS

STORY = """"{Land} attacked Arica on Monday," Chile's foreign minister said. He accused {Land} of \
killing seven Chilean soldiers and three civilians. "We won't forget it."

{People} officials denied the charge. Last year {Land} bought missiles from France, and it may \
send more troops to the border. {Land}'s president urged Chile to withdraw its troops. Hundreds of \
{People} protesters marched in Geneva. According to Reuters, Chile will expel the {People} \
ambassador if talks fail."""


def story(land="Peru", people="Peruvian"):
    return STORY.replace("{Land}", land).replace("{People}", people)


def told(text):
    return [plain(each) for each in read(text)]


def test_the_story_is_read():
    assert {each.type for each in read(story())} >= {
        "ASSAULT", "ACCUSE", "COOPERATE", "REQUEST", "PROTEST", "SANCTION",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("straight", "curly"), [('"', "“"), ('"', "”"), ("'", "’"), ('"', "„"), ('"', "«")]
)
def test_quotation_marks_of_every_shape(straight, curly):
    assert told(story().replace(straight, curly)) == told(story())


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n\n", "\r\n\r\n"),
        lambda text: text.replace("e", "e\u00ad"),
        lambda text: "\ufeff" + text + "\n",
        lambda text: text.replace("Arica", "\u200bArica"),
        lambda text: text.replace(" of ", "\nof "),
    ],
    ids=["spaces", "hard spaces", "other line ends", "soft hyphens", "mark", "no width", "wrapped"],
)
def test_how_it_was_set(change):
    text = change(story())
    assert told(text) == told(story())
    assert all(text[slice(*each.span)] == each.words for each in read(text))


@pytest.mark.parametrize(
    ("land", "people", "id"),
    [
        ("Kenya", "Kenyan", "kenya"), ("Norway", "Norwegian", "norway"),
        ("Vietnam", "Vietnamese", "vietnam"), ("Sri Lanka", "Sri Lankan", "sri-lanka"),
    ],
)  # fmt: skip
def test_another_country_in_the_same_part(land, people, id):
    assert [renamed(each, id, "peru") for each in told(story(land, people))] == told(story())


def renamed(record, old, new):
    """Give a record in which every id of one country is that of another."""
    if isinstance(record, str):
        return new + record.removeprefix(old) if record.partition("/")[0] == old else record
    if isinstance(record, tuple | list):
        return type(record)(renamed(each, old, new) for each in record)
    if isinstance(record, dict):
        return {renamed(key, old, new): value for key, value in record.items()}
    return record


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Chile's defence ministry criticised Peru.", "Chile's defense ministry criticized Peru."),
        ("Chile mobilised its army near Tacna.", "Chile mobilized its army near Tacna."),
        ("Chile apologised to Peru for the attack.", "Chile apologized to Peru for the attack."),
        ("Chile's labour ministry condemned Peru.", "Chile's labor ministry condemned Peru."),
        ("Chile recognised the government of Peru.", "Chile recognized the government of Peru."),
        ("Peru cancelled its talks with Chile.", "Peru canceled its talks with Chile."),
        ("Labour unions in Lima went on strike.", "Labor unions in Lima went on strike."),
    ],
)  # fmt: skip
def test_british_and_american_spelling(british, american):
    # How sure the reader is depends on pieces of words; what is read must not.
    assert [each[:-1] for each in told(british)] == [each[:-1] for each in told(american)]
    assert told(british)


@pytest.mark.parametrize("more", ["A cold wind blew.", "\n\nThe match ended late."])
def test_a_paragraph_in_front_changes_nothing_but_numbers_and_keys(more):
    after = [each[:-2] + each[-1:] for each in told(f"{more}\n\n{story()}")]
    assert after == [each[:-2] + each[-1:] for each in told(story())]


@settings(max_examples=60)
@given(TEXTS)
def test_a_paragraph_behind_changes_nothing_before_it(text):
    before = reading(text).records
    longer = reading(f"{text}\n\nKenya expelled the Norwegian ambassador.").records
    assert longer[: len(before)] == before
    assert len(longer) == len(before) + 1
