"""Plain writing, and the way back to what was published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.observe.reading.text.normal import normalise

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            list("&;#'`\".-—–…“”’\r\n\t \u00a0\u200b\u202e\u0301\u00adﬁＡаР\U0001d400")
        ),
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("“Leave,” he said", '"Leave," he said'),
        ("``Leave,'' he said", '"Leave," he said'),
        ("«Partez» ‹vite›", "\"Partez\" 'vite'"),
        ("the army’s", "the army's"),
        ("talks—the first—failed", "talks - the first - failed"),
        ("talks -- the first -- failed", "talks - the first - failed"),
        ("talks — the first", "talks - the first"),
        ("20–21 May", "20-21 May"),
        ("10—12 dead", "10-12 dead"),
        ("two\u00a0killed\u202fnear", "two killed near"),
        ("the of\ufb01ce", "the office"),
        ("\uff2c\uff49\uff4d\uff41", "Lima"),
        ("\U0001d40b\U0001d422\U0001d426\U0001d41a", "Lima"),
        ("e\u0301tat", "état"),
        ("Z\u0337\u0351\u0352\u0353a", "Za"),
        ("Li\u200bma, Li\u00adma, \u202bLima\u202c\x07", "Lima, Lima, Lima"),
        ("Trinidad &amp; Tobago&rsquo;s&nbsp;army", "Trinidad & Tobago's army"),
        ("AT&T; Q&A", "AT&T; Q&A"),
        ("\u041f\u0430\u0440\u0438\u0436", "\u041f\u0430\u0440\u0438\u0436"),
        ("P\u0430ris \u0420aris", "Paris Paris"),
        ("wait…", "wait..."),
        ("one\r\ntwo\rthree\u2029four", "one\ntwo\nthree\n\nfour"),
    ],
)
def test_one_way_of_writing(written: str, plain: str) -> None:
    assert normalise(written).clean == plain


def test_plain_text_is_left_alone() -> None:
    text = 'Peru\'s army said: "No."\n\nIt left - at 5 p.m.; AT&T (70%) did not.\n'
    normal = normalise(text)
    assert normal.clean is text
    assert normal.span(3, 9) == (3, 9)


@pytest.mark.parametrize(
    ("written", "word", "verbatim"),
    [
        ("an o\ufb03cer fell", "officer", "o\ufb03cer"),
        ("near Li\u00adma&nbsp;today", "Lima", "Li\u00adma"),
        ("near Li\u00adma&nbsp;today", "today", "today"),
        ("\u200b\u200bLima\u200b fell", "Lima", "Lima"),
        ("an e\u0301tat of siege", "état", "e\u0301tat"),
        ("they waited… then", "...", "…"),
        ("Niger &amp; Mali", "&", "&amp;"),
    ],
)
def test_a_word_leads_back_to_what_was_published(written: str, word: str, verbatim: str) -> None:
    normal = normalise(written)
    start = normal.clean.index(word)
    assert normal.words(start, start + len(word)) == verbatim


@given(HOSTILE)
def test_spans_stay_in_order_and_inside(text: str) -> None:
    normal = normalise(text)
    before = 0
    for place in range(len(normal.clean)):
        start, end = normal.span(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert start >= before
        before = start
    start, end = normal.span(0, len(normal.clean))
    assert 0 <= start <= end <= len(text)


@given(st.text(st.sampled_from("abcXYZ019 \u200b\u2014\u201c\u2026\u00ad\r\n"), max_size=80))
def test_letters_and_figures_survive(text: str) -> None:
    kept = [letter for letter in text if letter.isalnum()]
    assert [letter for letter in normalise(text).clean if letter.isalnum()] == kept


@given(HOSTILE)
def test_nothing_invisible_remains(text: str) -> None:
    plain = normalise(text).clean
    assert not set(plain) & set("\u200b\u202e\u00ad\u00a0\r\t“”’…\ufeff")
