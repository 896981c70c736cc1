"""Whatever stands in a text, it is read to the end, line by line, and every claim is verbatim."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.observe.reading.batch import Numbered, read_one
from foreshock.observe.reading.choosing import Reader, coder
from foreshock.observe.reading.document import Document

NEWS = (
    "Gunmen attacked Malian soldiers near Gao on Friday, killing at least three, the army said. "
    '"We will strike back," President Smith told reporters. If talks fail, France may send 4,000 '
    "troops, according to diplomats who asked not to be named; Algeria denied that it had armed "
    "the group."
)
MARKS = (
    "\u202e\u00ad\u200b\u2028\u0085\x00\x1b“”‘’«»\"'()[]{}—–-…,;:.%$€£&<>#@\ud7ff\uffff\U0001f600"
    "аеоاب漢"
)
pieces = st.lists(
    st.one_of(
        st.tuples(st.integers(0, len(NEWS)), st.integers(0, 60)).map(
            lambda at: NEWS[at[0] : at[0] + at[1]]
        ),
        st.text(st.sampled_from(MARKS), max_size=4),
        st.text(max_size=8),
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def reader():
    return Reader(coder("rules"))


def _claims(reader, text):
    document = Document(text=text, id="a", source="Wire", published=date(2020, 2, 5))
    finished = read_one(Numbered(1, document), reader)
    assert not finished.fault
    rows = [json.loads(line) for line in finished.lines.splitlines()]
    assert rows[-1]["claims"] == len(rows) - 1 == finished.claims
    for claim in rows[:-1]:
        span = claim["evidence"]
        assert text[span["start"] : span["end"]] == claim["words"] != ""
    return rows[:-1]


@given(pieces)
@settings(max_examples=150)
def test_broken_news_is_read_verbatim(reader, parts):
    _claims(reader, "".join(parts))


@pytest.mark.parametrize(
    "text",
    [
        '"' * 20_000, "(" * 20_000, "«" * 5_000 + "»" * 5_000, ", " * 20_000, "attack " * 5_000,
        "Al " * 10_000, "Iran and " * 5_000, "said that " * 5_000, "on Tuesday " * 5_000,
        "the leader of " * 5_000, "1" * 100_000, "x" * 200_000, "\u202e" * 10_000, "\n" * 50_000,
        "аttаck Frаnce " * 2_000, "<div>" * 20_000, "U.S. " * 2_000, "7,000,000 " * 5_000,
    ],
    ids=lambda text: repr(text[:14]),
)  # fmt: skip
def test_endless_repetition_comes_to_an_end(reader, text):
    _claims(reader, text)
