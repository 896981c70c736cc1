"""Words and marks, each where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.observe.reading.text.normal import normalise
from foreshock.observe.reading.text.tokens import tokens


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru's soldiers' bases", "Peru 's soldiers ' bases"),
        ("they didn't, won't, cannot, can't", "they did n't , wo n't , can not , ca n't"),
        ("it's he'll they've", "it 's he 'll they 've"),
        ("U.S. troops, U.N.-led, at 5 a.m.", "U.S. troops , U.N.-led , at 5 a.m."),
        ("S-400 al-Shabaab cease-fire", "S-400 al-Shabaab cease-fire"),
        ("1,000s of 3.5 km", "1,000s of 3.5 km"),
        ("$50,000 and 70%", "$ 50,000 and 70 %"),
        ("30-35 dead, 1,000-1,500 hurt", "30-35 dead , 1,000-1,500 hurt"),
        ("on 2020-02-05 at 10:30", "on 2020-02-05 at 10:30"),
        ("in 2016. Then... (no)", "in 2016 . Then ... ( no )"),
        ('a 34-year-old\'s "claim"', 'a 34-year-old \'s " claim "'),
        ("O'Brien of Sana'a", "O'Brien of Sana'a"),
        ("see https://example.org/a?b=1.", "see https://example.org/a?b=1 ."),
        ("example.com said @peru_army #war", "example.com said @peru_army #war"),
        ("north/south and AT&T", "north / south and AT&T"),
        ("really?! 'Yes'", "really ?! ' Yes '"),
    ],
)
def test_what_is_a_word(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_lower_case_keeps_the_number_of_letters() -> None:
    (token,) = tokens("İstanbul")
    assert token.lower == "istanbul"


@given(st.text(max_size=200))
def test_tokens_stand_where_they_say(text: str) -> None:
    clean = normalise(text).clean
    place = 0
    for token in tokens(clean):
        assert token.text == clean[token.start : token.end] != ""
        assert not clean[place : token.start].strip()
        assert len(token.lower) == len(token.text)
        place = token.end
    assert not clean[place:].strip()
