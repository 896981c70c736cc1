"""Text that means harm: read to its end, within bounds, and never more than it says."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.observe.reading.rules.makers import check, reading

from foreshock.core.errors import ForeshockError
from foreshock.observe.reading.loading import load_documents
from foreshock.observe.reading.text.sentences import LONGEST

SENTENCE = "Peruvian troops attacked Tacna on Monday, the Chilean army said. "
MEGABYTE = 1_000_000
SECONDS = 0.05
"""For one sentence: thirty times what an ordinary one takes."""

HOSTILE = {
    "commas": "," * 100_000,
    "commas between names": "Peru, " * 2_000,
    "and and and": "and " * 20_000,
    "that that that": "said that " * 4_000,
    "who": "Peru who attacked Chile " * 1_000,
    "brackets": "(" * 10_000 + "Peru attacked Chile" + ")" * 10_000,
    "an aside in every aside": "Peru (said " * 2_000,
    "quotation in quotation": '"Peru said, ' * 2_000 + '"' * 2_000,
    "quotation marks": '"' * 10_000,
    "curly quotation marks": "“‘" * 10_000 + "’”" * 10_000,
    "one long word": "x" * MEGABYTE,
    "a long word in capitals": "PERU" * 20_000,
    "hyphens": "peru-" * 20_000,
    "digits": "7" * 100_000,
    "a number of groups": "1," * 10_000 + "000",
    "stops": "." * 20_000,
    "Mr.": "Mr. " * 5_000,
    "one-letter sentences": "I. " * 5_000,
    "right to left": "\u202ePeru attacked Chile\u202c \u200f" * 500,
    "no control over it": "Pe\x00ru\x07 att\x1backed\x7f Chile. \x00" * 500,
    "accents upon accents": "P" + "\u0301" * 20_000 + "eru attacked Chile.",
    "faces": "Peru 🔥💣 attacked Chile 👩‍👩‍👧‍👦🇵🇪. " * 200,
    "lone surrogates": "Peru \ud800 attacked \udfff Chile. " * 200,
    "blank lines": "\n\n" * 50_000,
    "blanks": " " * 200_000 + "Peru attacked Chile.",
    "headlines": "Peru attacks Chile\n" * 500,
    "items": "- Peru attacks Chile\n" * 500,
    "tags as text": "<b><i><script>Peru attacked Chile</script>" * 500,
    "entities": "&lt;&amp;&#x26;" * 2_000,
    "owners of owners": "Peru's " * 2_000,
    "of of": "the army of " * 2_000,
    "clauses": "Peru attacked Chile and " * 4_000,
    "if if": "if Peru attacks Chile " * 1_000,
    "either or": "either Peru attacks Chile or " * 1_000,
    "dates": "on Monday last week in May 2019 " * 500,
    "counts": "hundreds of thousands of dozens of " * 500,
    "places": "near Lima east of Tacna in Arica " * 500,
}

ENTITIES = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
"""Each entity ten times the one before it."""


def bounded(text):
    """Read a text and assert that nothing took longer than so many sentences may."""
    start = time.process_time()
    found = reading(text)
    spent = time.process_time() - start
    check(text, found)
    assert spent < 2 + SECONDS * (found.sentences + len(text.split()) / 40)
    return found


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_it_is_read_to_its_end(text):
    bounded(text)


@pytest.mark.parametrize("name", ["quotation in quotation", "brackets", "right to left", "stops"])
def test_what_follows_is_still_read(name):
    found = bounded(f"{HOSTILE[name]}\n\n{SENTENCE}")
    assert found.records[-1].words.startswith("Peruvian troops attacked Tacna")


def test_a_line_of_a_megabyte_is_cut_and_said_to_be():
    word = "Peru attacked Chile and " + "the old town by the wide river, " * 4
    start = time.process_time()
    found = bounded(word * (MEGABYTE // len(word)))
    assert time.process_time() - start < 60
    assert any("too long to read whole" in note for note in found.notes)
    assert found.sentences >= MEGABYTE // len(word) * 36 // LONGEST


def test_many_sentences_are_read_whole():
    times = 1_000
    found = bounded(SENTENCE * times)
    assert found.sentences == times
    assert len(found.records) == times and not found.notes


def test_twice_the_text_takes_no_more_than_some_times_as_long():
    """Of a single sentence that grows, not even its cutting may grow with the square."""
    spent = []
    for times in (1_000, 4_000):
        text = "Peru, Chile and " * times
        start = time.process_time()
        reading(text)
        spent.append(time.process_time() - start)
    assert spent[1] < 16 * max(spent[0], 0.05)


def test_letters_that_only_look_alike_make_no_country_act():
    # Cyrillic letters stand for Latin ones: whatever is read, the words are those of the text
    text = "Реru attacked Сhilе. Peru attacked Chile."
    found = reading(text)
    check(text, found)
    assert found.records[-1].words == "Peru attacked Chile"


def test_random_bytes():
    dice = random.Random(6)
    for size in (1, 10, 1_000, 10_000):
        raw = dice.randbytes(size)
        for encoding in ("latin-1", "utf-16-le", "utf-8", "cp437"):
            bounded(raw.decode(encoding, errors="replace"))


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes(raw):
    text = raw.decode("utf-8", errors="surrogateescape")
    check(text, reading(text))


@settings(max_examples=40)
@given(st.text(st.sampled_from("\"'“”‘’()[]{}«»,.;:-–—\u200f\u202e\x00 PCa\n"), max_size=300))
def test_marks_in_any_order(text):
    check(text, reading(text))
    around = f"{text}\n\n{SENTENCE}"
    check(around, reading(around))


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 20_000 + SENTENCE + "</div>" * 20_000,
        "<p>" + SENTENCE * 50 + "</p>" + "<table><tr><td>" * 5_000,
        f"<!DOCTYPE html [{ENTITIES}]><html><body>&e11;</body></html>",
        "<html><body>" + "<a href='x'>" * 10_000 + SENTENCE + "</body></html>",
        "<" * 50_000,
        "<html><body><p " + "a='b' " * 20_000 + ">" + SENTENCE + "</p></body></html>",
    ],
    ids=["deep", "unclosed", "entities upon entities", "links", "brackets", "attributes"],
)  # fmt: skip
def test_pages_that_swell(tmp_path, markup):
    page = tmp_path / "page.html"
    page.write_text(markup, "utf-8")
    start = time.process_time()
    try:
        loaded = list(load_documents(page))
    except ForeshockError:
        loaded = []  # refused in words
    assert time.process_time() - start < 20
    for each in loaded:
        if each.document is not None:
            assert len(each.document.text) <= 20 * len(markup)
            bounded(each.document.text)
