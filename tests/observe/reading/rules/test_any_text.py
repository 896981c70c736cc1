"""What holds of every reading, whatever the text: verbatim words, keys, and nothing twice."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.observe.reading.rules.makers import check, read, reading

WHO = (
    "Peru", "Chile", "Chile's foreign minister", "Peruvian troops", "The Chilean army", "rebels",
    "Germany and France", "Reuters", "a spokesman for the Peruvian army", "The United Nations",
    "protesters in Lima", "He", "They", "its troops", "A Twitter user", "No one", "Police",
)  # fmt: skip
DID = (
    "attacked", "shelled", "has expelled", "did not attack", "may attack", "will send aid to",
    "urged", "accused", "said", "said that", "denied that", "threatened to attack", "met",
    "were killed by", "killed seven", "withdrew from", "plans to visit", "is expected to sanction",
    "told reporters that", "wrote that", "rejected", "agreed to release prisoners to", "fled",
    "called on", "was quoted as saying that", "responded by shelling",
)  # fmt: skip
WHOM = (
    "Chile", "Arica", "the Peruvian ambassador", "three soldiers and two civilians", "the talks",
    "Peru of shelling Tacna", "Chile to withdraw", "scores of people", "a deal with Bolivia",
    "positions east of Tacna", "dozens of refugees", "the border",
)  # fmt: skip
MORE = (
    "", " on Monday", " last month", " in 2014", " near Lima", ", according to AFP",
    ", the army said", " if talks fail", " unless Chile leaves", ", killing four people", " again",
    ", which it denied", " and seized two ships", " after the truce ended", " (or so it seems)",
    " – “we will pay”", " next week", ", he added", " either on Friday or never", "  \t",
)  # fmt: skip
ENDS = (".", ".", "!", "?", '."', "", "...", ";", "\n\n", ".\n")
SENTENCES = st.builds(
    "{} {} {}{}{}{}".format,
    *map(st.sampled_from, (WHO, DID, WHOM, MORE, MORE, ENDS)),
)
QUOTED = st.builds(
    "{}{}{} {} {}{}".format,
    st.sampled_from(['"', "“", "'", "‘", "«", ""]),
    SENTENCES,
    st.sampled_from(['"', "”", "'", "’", "»", ""]),
    *map(st.sampled_from, (WHO, DID, ENDS)),
)
TEXTS = st.lists(st.one_of(SENTENCES, QUOTED), min_size=1, max_size=6).map(" ".join)
ODD = " .,\"'\n\u200f\u202e\u00ad\u00a0"
ANY = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(ODD)), max_size=200)


@settings(max_examples=200)
@given(TEXTS)
def test_sentences_put_together_at_random(text):
    check(text, reading(text))


@settings(max_examples=100)
@given(ANY)
def test_any_characters(text):
    check(text, reading(text))


@settings(max_examples=60)
@given(TEXTS, ANY)
def test_any_characters_among_sentences(text, rubbish):
    mixed = f"{rubbish}{text[: len(text) // 2]}{rubbish}{text[len(text) // 2 :]}{rubbish}"
    check(mixed, reading(mixed))


@settings(max_examples=30)
@given(TEXTS)
def test_without_a_day_of_publication_no_day_is_made_up(text):
    found = reading(text, published=None)
    check(text, found)
    for record in found.records:
        assert record.start is None or record.when
        assert not record.background or record.when
    assert bool(found.records) == any("no day of publication" in note for note in found.notes)


@settings(max_examples=30)
@given(TEXTS)
def test_the_same_text_is_read_the_same(text):
    assert reading(text) == reading(text)


def test_of_nothing_nothing_is_read():
    for text in ("", " ", "\n\n\n", ".", '""', "\u200b", "?!"):
        found = reading(text)
        check(text, found)
        assert not found.records


def test_other_languages_give_nothing():
    for text in (
        "El Perú rechazó el lunes la acusación de Chile y cerró la frontera.",
        "Die Regierung in Berlin wies am Montag zwei Diplomaten aus.",
        "Правительство Перу отвергло обвинения соседей.",
        "秘鲁政府周一驱逐了两名外交官。",
        "طردت الحكومة اثنين من الدبلوماسيين يوم الاثنين.",
    ):
        check(text, reading(text))
        assert not [record for record in read(text) if record.happened]
