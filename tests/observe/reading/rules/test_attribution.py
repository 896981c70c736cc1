"""On whose word: frames of speech, speakers who come back, and chains of several."""

import pytest
from tests.observe.reading.rules.makers import chain, one, read, reading

SHELLED = "Peruvian troops shelled Arica on Monday"
MINISTRY = "the Chilean Ministry of Defence"


@pytest.mark.parametrize(
    "text",
    [
        f"The Chilean Ministry of Defence said {SHELLED}.",
        f"The Chilean Ministry of Defence said that {SHELLED}.",
        f"{SHELLED}, {MINISTRY} said.",
        f"{SHELLED}, said {MINISTRY}.",
        f"According to {MINISTRY}, {SHELLED}.",
        f"{SHELLED}, according to {MINISTRY}.",
        f'"{SHELLED}," {MINISTRY} said.',
        f'"{SHELLED}," said {MINISTRY}.',
        f"“{SHELLED},” {MINISTRY} said.",
        f"The Chilean Ministry of Defence was quoted as saying {SHELLED}.",
        f"The Chilean Ministry of Defence was quoted as saying that {SHELLED}.",
        f"The Chilean Ministry of Defence reported that {SHELLED}.",
        f"The Chilean Ministry of Defence confirmed that {SHELLED}.",
        f"The Chilean Ministry of Defence told reporters that {SHELLED}.",
        f"The Chilean Ministry of Defence insisted that {SHELLED}.",
        f'The Chilean Ministry of Defence said "{SHELLED}".',
        f'The Chilean Ministry of Defence said, "{SHELLED}".',
        f"The Chilean Ministry of Defence said, citing a report, that {SHELLED}.",
        f"{SHELLED}, citing {MINISTRY}.",
        "Peruvian troops, the Chilean Ministry of Defence said, shelled Arica on Monday.",
        "Peruvian troops, said the Chilean Ministry of Defence, had shelled Arica on Monday.",
    ],
)
def test_frames_of_speech(text):
    record = one(text, "ASSAULT")
    assert chain(record) == ["chile"]
    assert record.chain[0].side == "chile"
    assert record.happened


def test_what_nobody_is_said_to_say_stands_on_the_publishers_word_alone():
    assert chain(one(f"{SHELLED}.", "ASSAULT")) == []
    assert reading(f"{SHELLED}.", source="").records[0].chain[0].id == "publisher"


def test_the_cue_and_the_words_that_name_the_speaker():
    text = f"{SHELLED}, {MINISTRY} said."
    spoken = one(text, "ASSAULT").chain[0]
    assert spoken.cue == "said"
    assert "Ministry of Defence" in text[slice(*spoken.span)]


def test_a_stack_of_two_speakers_innermost_first():
    text = "France's foreign minister said Germany's foreign minister had confirmed that Italy had \
expelled two Greek diplomats."
    assert chain(one(text, "SANCTION")) == ["germany", "france"]


def test_a_report_within_what_is_said():
    text = f"According to Reuters, {MINISTRY} said that {SHELLED}."
    assert chain(one(text, "ASSAULT")) == ["chile", "reuters"]


def test_two_agencies_that_say_the_same_are_two_records():
    found = read("Reuters and AFP reported that Chilean troops had shelled Tacna.", "ASSAULT")
    assert [chain(each) for each in found] == [["reuters"], ["agence-france-presse"]]
    assert len({each.key for each in found}) == 2
    assert {each.words for each in found} == {"Chilean troops had shelled Tacna"}


def test_an_account_is_no_medium_and_nobodys_side():
    spoken = one("A Twitter user wrote that Chilean troops had shelled Tacna.", "ASSAULT").chain[0]
    assert (spoken.kind, spoken.side, spoken.cue) == ("social account", "", "wrote")


def test_a_person_speaks_for_those_whose_spokesman_he_is():
    text = '"Peruvian soldiers killed two Chilean guards," said Jorge Ejemplo, a spokesman for the \
Chilean interior ministry.'
    spoken = one(text, "ASSAULT").chain[0]
    assert (spoken.name, spoken.side, spoken.kind) == ("Jorge Ejemplo", "chile", "person")


def test_the_next_sentence_is_still_his():
    text = '"Peruvian soldiers killed two Chilean guards," said Jorge Ejemplo, a spokesman for the \
Chilean interior ministry. "They also burned a village."'
    records = read(text)
    assert [chain(each) for each in records] == [["jorge-ejemplo"]] * 2
    assert [each.sentence for each in records] == [0, 1]


def test_a_floating_quotation_of_another_paragraph_is_still_the_last_speakers():
    text = 'Chile\'s foreign minister said Peru had expelled an ambassador.\n\n"Peru has attacked \
Bolivia."'
    assert chain(read(text)[-1]) == ["chile"]


def test_a_pronoun_is_the_last_speaker():
    text = "Peru's foreign minister said Chile had closed the border. He said Chile had expelled \
the Peruvian ambassador."
    found = one(text, "SANCTION")
    assert chain(found) == ["peru"]
    assert text[slice(*found.chain[0].span)] == "He"


def test_a_surname_brings_back_the_person():
    text = "Jorge Ejemplo, a spokesman for the Peruvian army, said Chile had attacked Tacna. \
Chile had also expelled the Peruvian ambassador, Ejemplo said."
    assert chain(one(text, "SANCTION")) == ["jorge-ejemplo"]


def test_who_spoke_of_something_else_is_not_given_what_the_writer_says():
    text = "Peru's foreign minister said Chile had closed the border. Bolivian troops attacked \
Arica on Monday."
    assert chain(one(text, "ASSAULT")) == []


def test_a_states_medium_that_tells_of_another_states_deed_charges_it():
    text = "Russia's state news agency TASS reported that Ukraine had shelled Belgorod."
    assert chain(one(text, "ASSAULT")) == ["tass"]
    charge = one(text, "ACCUSE")
    assert [each.country for each in charge.actors] == ["RUS"]
    assert [each.id for each in charge.recipients] == ["ukraine"]


def test_a_private_medium_charges_nobody():
    assert not read("Reuters reported that Ukraine had shelled Belgorod.", "ACCUSE")


@pytest.mark.parametrize(
    "text",
    [
        f"{SHELLED}, Reuters said, citing {MINISTRY}.",
        f"Reuters, citing {MINISTRY}, said {SHELLED}.",
        f"Reuters reported that {SHELLED}, citing {MINISTRY}.",
    ],
)
def test_whom_a_report_cites_speaks_below_it(text):
    assert chain(one(text, "ASSAULT")) == ["chile", "reuters"]


def test_a_surname_that_opens_a_sentence_brings_back_the_person():
    text = "Jorge Ejemplo, a spokesman for the Peruvian army, said Chile had attacked Tacna. \
Ejemplo said Chile had expelled the Peruvian ambassador."
    assert chain(one(text, "SANCTION")) == ["jorge-ejemplo"]


def test_he_may_be_whom_the_sentence_before_told_of():
    text = "The Chilean president visited Lima. He said Peru had expelled two diplomats."
    spoken = one(text, "SANCTION").chain[0]
    assert (spoken.kind, spoken.words) == ("person", "he")
    assert spoken.side.startswith("chile")


@pytest.mark.parametrize("adverb", ["allegedly", "reportedly"])
def test_hearsay_is_nobodys_plain_word(adverb):
    plain = one("Peru has shelled Chilean positions.", "ASSAULT")
    heard = one(f"Peru has {adverb} shelled Chilean positions.", "ASSAULT")
    assert chain(plain) == [] and chain(heard) == ["unnamed"]
    assert heard.chain[0].cue == adverb
    assert heard.confidence < plain.confidence
