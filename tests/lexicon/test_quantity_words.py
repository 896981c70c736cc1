"""Words for numbers keep to what they promise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.errors import LexiconError
from foreshock.lexicon import Bounds, band, bounds, modifier
from foreshock.lexicon.tables import read_table

TABLE = read_table("quantity_words")
WORDS = [word for rule in TABLE["word"] for word in rule["words"]]
MODIFIERS = [word for rule in TABLE["modifier"] for word in rule["words"]]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("scores", Bounds(40, None, None)),
        ("dozens", Bounds(24, None, None)),
        ("tens", Bounds(20, None, None)),
        ("hundreds", Bounds(200, None, None)),
        ("thousands", Bounds(1000, None, None)),
        ("1,000s", Bounds(1000, None, None)),
        ("a few", Bounds(3, None, 9)),
        ("several", Bounds(3, None, None)),
        ("a dozen", Bounds(12, 12, 12)),
        ("half a million", Bounds(500_000, 500_000, 500_000)),
        ("seven", None),
        ("", None),
    ],
)
def test_words_that_stand_for_a_number(phrase, expected):
    assert bounds(phrase) == expected


@pytest.mark.parametrize(
    ("end", "phrases"),
    [
        ("low", ["at least", "more than", "over", "upward of", "upwards of"]),
        ("high", ["as many as", "up to"]),
        ("about", ["nearly", "almost", "about", "around"]),
        (None, ["scores", "exactly", ""]),
    ],
)
def test_words_before_a_number(end, phrases):
    assert {modifier(phrase) for phrase in phrases} == {end}


def test_only_about_words_have_a_band():
    assert band("almost") == (0.9, 1.0)
    for phrase in ("up to", "scores"):
        with pytest.raises(LexiconError, match=f"'{phrase}' gives no band"):
            band(phrase)


def test_every_rule_has_its_note_and_no_word_stands_twice():
    assert all(rule["note"].strip() for rule in (*TABLE["word"], *TABLE["modifier"]))
    assert len(set(WORDS + MODIFIERS)) == len(WORDS) + len(MODIFIERS)


def test_where_acled_differs_it_writes_the_smaller_number():
    differ = {rule["words"][0]: rule["acled"] for rule in TABLE["word"] if "acled" in rule}
    assert differ == {"tens": 10, "dozens": 12, "hundreds": 100}
    for word, acled in differ.items():
        known = bounds(word)
        assert known is not None and known.low is not None and acled < known.low


@given(st.sampled_from(WORDS))
def test_bounds_stand_in_order_and_say_something(word):
    known = bounds(word)
    assert known is not None
    said = [value for value in known if value is not None]
    assert said and said == sorted(said) and said[0] > 0


@given(st.sampled_from(MODIFIERS))
def test_a_band_contains_its_number(word):
    if modifier(word) == "about":
        low, high = band(word)
        assert 0 < low <= 1 <= high


@given(st.sampled_from(WORDS + MODIFIERS), st.sampled_from([" ", "  ", "\n", "\u00a0"]))
def test_case_and_spacing_do_not_matter(word, space):
    shouted = f"{space}{word.upper().replace(' ', space)}{space}"
    assert bounds(shouted) == bounds(word)
    assert modifier(shouted) == modifier(word)
