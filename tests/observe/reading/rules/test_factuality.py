"""Whether it happened: plans, fears, conditions, denials and hearsay are no events."""

from datetime import date

import pytest
from tests.observe.reading.rules.makers import WEDNESDAY, chain, happened, one, read, who

from foreshock.evidence.claim import Kind, Modality, Polarity


@pytest.mark.parametrize(
    "text",
    [
        "Peru will attack Chile.",
        "Peru would attack Chile.",
        "Peru may attack Chile.",
        "Peru might attack Chile.",
        "Peru could attack Chile.",
        "Peru could have attacked Chile.",
        "Peru is going to attack Chile.",
        "Peru is expected to attack Chile.",
        "Peru is about to attack Chile.",
        "Peru is likely to attack Chile.",
        "Peru was to attack Chile on Friday.",
        "Peruvian troops are poised to attack Chile.",
        "It is feared that Peru will attack Chile.",
        "Peru wants to attack Chile.",
        "Peru plans to attack Chile.",
        "Peru hopes to attack Chile.",
        "If talks fail, Peru will attack Chile.",
        "Unless talks resume, Peru will attack Chile.",
        "Residents fear a Peruvian attack on Chile.",
        "A Peruvian attack on Chile is possible.",
        "No Chilean soldiers were killed by Peruvian troops.",
        "Peru said it had not attacked Chile.",
        "Peru rejected claims that it had attacked Chile.",
        "Peru could have attacked Chile but did not.",
        "Peru will attack Chile if talks fail.",
        "Peru will attack Chile unless talks resume.",
        "Either Peru signs the agreement or Chile will attack Peru.",
        "Fears of a Peruvian attack on Chile are overblown.",
        "A Peruvian attack on Chile is unlikely.",
        "A Peruvian attack on Chile would be a mistake.",
        "Peru did not attack Chile.",
        "Peru didn't attack Chile.",
        "Peru has not attacked Chile.",
        "Peru never attacked Chile.",
        "Peru denied that it had attacked Chile.",
        "Peru denied attacking Chile.",
        "Peru was prevented from attacking Chile.",
        "Peru is said to have attacked Chile.",
        "Peru is reported to have attacked Chile.",
        "Bolivia asked whether Peru had attacked Chile.",
        "Bolivia urged Peru to attack Chile.",
        "Bolivia called on Peru to attack Chile.",
        "Peru threatened to attack Chile.",
        "Peru vowed to attack Chile.",
        "Peru ordered its troops to attack Chile.",
        "Peru feared that Chile would attack Bolivia.",
        "The Chilean army said Peruvian troops might have attacked Tacna.",
        "Analysts warned that Peru could attack Chile.",
    ],
)
def test_no_attack_took_place(text):
    assert "ASSAULT" not in happened(text)


@pytest.mark.parametrize(
    "text",
    [
        "Peru attacked Chile.",
        "Peru has attacked Chile.",
        "Peru had attacked Chile.",
        "Chile was attacked by Peru.",
        "Peru continued to attack Chile.",
        "Peru managed to attack Chile.",
        "Bolivia's foreign minister said that Peru had attacked Chile.",
        "Peru confirmed that it had attacked Chile.",
        "Peru admitted attacking Chile.",
        "Peruvian troops attacked Tacna, killing two Chilean guards.",
        "Peru attacked Chile after talks failed.",
        "Peru attacked Chile, which had closed the border.",
        "Peru did not wait and attacked Chile.",
    ],
)
def test_an_attack_took_place(text):
    assert "ASSAULT" in happened(text)


@pytest.mark.parametrize(
    ("text", "modality", "polarity"),
    [
        ("Peru will send troops to the border.", "planned", "asserted"),
        ("Peru may send troops to the border.", "hypothetical", "asserted"),
        ("Peru sent troops to the border.", "actual", "asserted"),
        ("Peru did not send troops to the border.", "actual", "denied"),
        ("Peru will not send troops to the border.", "planned", "denied"),
        ("Peru sent no troops to the border and never will.", "actual", None),
        ("Peru is to send troops to the border.", "planned", "asserted"),
        ("Peru is expected to send troops to the border.", "hypothetical", "asserted"),
        ("Peru is due to send troops to the border.", "planned", "asserted"),
    ],
)
def test_modality_and_polarity(text, modality, polarity):
    record = read(text, "MOBILIZE")[0]
    assert record.modality == Modality(modality)
    assert polarity is None or record.polarity == Polarity(polarity)
    assert record.kind == (Kind.EVENT if modality == "actual" else Kind.FORECAST)


def test_a_condition_is_kept_word_by_word_and_is_no_record_of_its_own():
    text = "Peru will attack Arica if Chile closes the border."
    (record,) = read(text)
    assert record.condition == "if Chile closes the border"
    assert record.words == "Peru will attack Arica"
    assert (record.kind, record.modality) == (Kind.FORECAST, Modality.HYPOTHETICAL)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("If Chile closes the border, Peru will attack Arica.", "If Chile closes the border"),
        (
            "Unless Chile withdraws its troops, Peru will attack Arica.",
            "Unless Chile withdraws its troops",
        ),
        (
            "Peru will attack Arica unless Chile withdraws its troops.",
            "unless Chile withdraws its troops",
        ),
    ],
)
def test_conditions_before_and_behind(text, condition):
    record = one(text, "ASSAULT")
    assert record.condition == condition
    assert record.words == "Peru will attack Arica"
    assert not record.happened


def test_what_is_to_come_has_no_day_before_the_paper_unless_the_text_says_so():
    record = one("Peru will attack Chile.", "ASSAULT")
    assert record.start is None or record.start >= WEDNESDAY
    assert one("Peru will attack Chile next week.", "ASSAULT").start == date(2019, 6, 17)


def test_what_somebody_says_would_happen_keeps_its_condition_and_its_speaker():
    record = one(
        "The Chilean minister said Peru would attack Arica if the talks failed.", "ASSAULT"
    )
    assert record.condition == "if the talks failed"
    assert chain(record) == ["chile"]


def test_both_branches_of_either_or_are_suppositions():
    found = read(
        "Either Peru signs the agreement with Chile or the Chilean army will attack Tacna."
    )
    assert [each.modality for each in found] == [Modality.HYPOTHETICAL] * 2
    assert [who(each) for each in found] == [(["peru"], ["chile"]), (["chile"], ["peru"])]


def test_a_denial_is_on_the_word_of_whoever_denies():
    record = one("Peru denied that it had attacked Chile.", "ASSAULT")
    assert record.polarity is Polarity.DENIED
    assert who(record) == (["peru"], ["chile"])
    assert chain(record) == ["peru"]


def test_they_were_to_meet():
    record = one("The presidents of Peru and Chile were to meet in Lima.", "CONSULT")
    assert record.modality is Modality.PLANNED
    assert who(record) == (["peru", "chile"], [])


@pytest.mark.parametrize(
    "text",
    [
        "The team attacked well and won 3-1 in Lima.",
        "Shares in the Chilean bank collapsed on Monday after a price war.",
        "A storm battered the coast of Chile on Monday.",
        "The heart attack was his second, the family said.",
        "The old film tells of a family in a small town.",
    ],
)
def test_words_of_war_without_a_political_act(text):
    assert not happened(text)
