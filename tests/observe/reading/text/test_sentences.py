"""Where a sentence ends, and where it does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.observe.reading.text.normal import normalise
from foreshock.observe.reading.text.sentences import LONGEST, divide, sentences


def split(text: str) -> list[str]:
    normal = normalise(text)
    return [normal.clean[found.start : found.end] for found in sentences(normal)]


@pytest.mark.parametrize(
    "whole",
    [
        "Mr. Smith met Lt. Gen. J. R. Jones and Sen. A. Brown at St. Paul's.",
        "The U.S. Army left at 5 a.m. Monday.",
        "The U.S. troops paid $3.5 million for No. 7.",
        "The general ... and his men left.",
        "On Feb. 3 it fell.",
        '"Will they leave?" the minister asked.',
        '"Stop!" Smith said on Monday.',
        "1. Guns fell silent.",
        "About approx. five men (incl. two boys) fled.",
    ],
)
def test_one_sentence(whole: str) -> None:
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        ["He left the U.S.", "The army stayed."],
        ['"We tried."', "He wept."],
        ["Is it so?", "It is!", "No."],
        ["They came at 5 p.m.", "They left."],
        ['"It is over."', '"It is not," she said.'],
        ["It fell (at last).", "Then came rain."],
        ["They wait...", "But nothing comes."],
        ["it rained.", "they went home."],
    ],
)
def test_several_sentences(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_a_missing_space_does_not_join_sentences() -> None:
    assert split("They left on Monday.The army stayed.") == [
        "They left on Monday.",
        "The army stayed.",
    ]


def test_headline_and_paragraphs() -> None:
    text = "Talks fail again\n\nThe talks failed. Both went home.\n\n\nMore follows."
    assert [found.paragraph for found in sentences(normalise(text))] == [0, 1, 1, 2]
    assert split(text)[0] == "Talks fail again"


def test_a_wrapped_line_goes_on() -> None:
    assert split("The army of the\nnorthern province left\nLima on Monday.") == [
        "The army of the\nnorthern province left\nLima on Monday."
    ]


def test_a_headline_on_its_own_line() -> None:
    body = "The talks between the army and the rebels failed on Monday, both sides said."
    assert split(f"Talks fail again\n{body}") == ["Talks fail again", body]


def test_items_of_a_list() -> None:
    assert split("- shells fell\n- men fled\n- rain came") == [
        "- shells fell",
        "- men fled",
        "- rain came",
    ]
    assert split("Army leaves north\nRebels seize port\nTalks resume in Lima") == [
        "Army leaves north",
        "Rebels seize port",
        "Talks resume in Lima",
    ]


def test_what_no_writer_means_as_one_sentence_is_cut_and_counted() -> None:
    found, cut = divide(normalise("war " * (2 * LONGEST + 1)))
    assert [len(piece.tokens) for piece in found] == [LONGEST, LONGEST, 1]
    assert cut == 1


@settings(max_examples=50)
@given(st.text(st.one_of(st.characters(), st.sampled_from(list("Ab1. \n\"'!?-)"))), max_size=200))
def test_every_word_is_in_one_sentence(text: str) -> None:
    normal = normalise(text)
    place = 0
    for number, found in enumerate(sentences(normal)):
        assert found.number == number
        assert found.tokens
        assert (found.start, found.end) == (found.tokens[0].start, found.tokens[-1].end)
        for token in found.tokens:
            assert not normal.clean[place : token.start].strip()
            assert normal.clean[token.start : token.end] == token.text
            start, end = normal.span(token.start, token.end)
            assert start < end
            place = token.end
    assert not normal.clean[place:].strip()


@pytest.mark.parametrize("piece", ["a", "a.", '"', "''' ", "1,", "- a\n", "&a", "a\u0301", "Hi! "])
def test_a_line_of_a_megabyte_is_read(piece: str) -> None:
    found, _ = divide(normalise(piece * (100_000 // len(piece))))
    assert found
