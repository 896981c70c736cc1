"""Copies of a text are known again without keeping the text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.evidence.claim import Report
from foreshock.observe.reading.duplicates import credit, held, mark, original_of

WORDS = [f"{stem}{ending}" for stem in ("gon", "an", "zam", "ford", "mill") for ending in
         ("dal", "gria", "orna", "s", "ed", "ing", "er", "ly", "a", "o")]  # fmt: skip
AGENCIES = {"reuters": "Reuters", "afp": "AFP", "northern wire": "Northern Wire"}


def _text(seed: int, words: int = 400) -> str:
    found, state = [], seed * 7919 + 1
    for _ in range(words):
        state = (state * 1103515245 + 12345) % 2**31
        found.append(WORDS[(state >> 16) % len(WORDS)])
    return " ".join(found)


def test_the_same_words_are_one_text_however_they_are_set():
    text = _text(1)
    assert held(mark(text.upper().replace(" ", "\n")), mark(f"“{text}”.")) == 1.0


def test_other_texts_are_other_texts():
    assert held(mark(_text(1)), mark(_text(2))) < 0.05


@pytest.mark.parametrize("copied", [0.2, 0.5, 0.8])
def test_the_share_that_is_copied_is_told(copied):
    whole = _text(1).split()
    kept = whole[: int(len(whole) * copied)]
    mixed = " ".join([*kept, *_text(3).split()[len(kept) :]])
    assert held(mark(mixed), mark(_text(1))) == pytest.approx(copied, abs=0.1)


def test_a_long_report_is_not_the_copy_of_a_short_one_that_it_holds():
    wire, long = _text(1, 150), f"{_text(1, 150)} {_text(5, 900)}"
    assert held(mark(wire), mark(long)) > 0.7
    assert held(mark(long), mark(wire)) < 0.3


def test_too_little_text_says_nothing():
    assert held(mark("Talks fail"), mark("Talks fail again")) is None


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=60)
def test_any_text_has_a_mark_that_a_cell_can_hold(a, b):
    assert len(mark(a)) < 1500 and mark(a).isascii()
    assert held(mark(a), mark(a)) == 1.0
    assert held(mark(a), mark(b)) in {None, 1.0} or 0 <= held(mark(a), mark(b)) <= 1


def test_the_oldest_that_holds_most_is_the_original():
    text = _text(1)
    first = Report(source="wire", published=date(2020, 2, 4), text_digest=mark(text))
    later = Report(source="mail", published=date(2020, 2, 5), text_digest=mark(text))
    other = Report(source="post", published=date(2020, 2, 1), text_digest=mark(_text(2)))
    blank = Report(source="hand", published=date(2020, 1, 1))
    found = original_of(mark(text), [later, other, first, blank])
    assert found is not None and found.report is first and found.share == 1.0
    assert original_of(mark(_text(9)), [first, later, other, blank]) is None


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("GLASSTOWN, Feb 5 (Reuters) - Guns fired.", "Reuters"),
        ("(AFP) Guns fired.", ""),
        ("GLASSTOWN (AFP) — Guns fired.", "AFP"),
        ("Guns fired.\n\n— AFP", "AFP"),
        ("Guns fired.\n(Northern Wire)", "Northern Wire"),
        ("Guns fired.\n\nSource: Reuters", "Reuters"),
        ("Guns fired, Reuters reported.", ""),
        ("He left the Angrian Free Press (AFP) in May - and wrote.", ""),
        ("Guns (and more) - fired", ""),
        ("", ""),
    ],
)
def test_credit_lines_name_the_agency(text, agency):
    assert credit(text, AGENCIES) == agency
