"""The sentences that this project wrote: enough of everything, and every label in its place."""

import re
from collections import Counter

import pytest

from foreshock.evidence.claim import Modality, Polarity
from foreshock.lexicon.ontology import load_ontology
from foreshock.observe.reading.classifier.labelled import held_out, labelled

ALL = labelled()
TYPES = load_ontology().types
WORDS = re.compile(r"[\w'’-]+")


def test_there_are_enough_and_enough_without_an_event():
    assert len(ALL) >= 2_000
    assert sum(not each.event for each in ALL) >= 700
    assert len({each.id for each in ALL}) == len({each.text for each in ALL}) == len(ALL)


@pytest.mark.parametrize("code", TYPES)
def test_every_type_and_mode_is_told(code):
    told = {each.mode for each in ALL if each.type == code}
    assert told >= {"", *TYPES[code].modes} or told == set(TYPES[code].modes)
    assert sum(each.type == code and not each.held_out for each in ALL) >= 30
    assert sum(each.type == code and each.held_out for each in ALL) >= 15


def test_all_voices_regions_and_periods_are_there():
    assert {each.voice for each in ALL} >= {"active", "passive", "nominal", "participle"}
    assert len({each.region for each in ALL} - {""}) >= 5
    assert len({each.period for each in ALL} - {""}) >= 5
    kinds = Counter(each.kind for each in ALL if not each.event)
    assert min(kinds[kind] for kind in ("sport", "business", "weather", "court", "history")) >= 50


def test_labels_are_codes_that_the_ontology_knows():
    for each in ALL:
        assert each.event == bool(each.type), each.id
        for code, mode in [(each.type, each.mode), *((o.type, o.mode) for o in each.others)]:
            assert (not code and not mode) or code in TYPES, each.id
            assert not mode or mode in TYPES[code].modes, each.id
        if each.event:
            assert each.modality in set(Modality), each.id
            assert each.polarity in set(Polarity), each.id
        for country in [*each.actor_countries, *each.recipient_countries]:
            assert not country or re.fullmatch("[A-Z]{3}", country), each.id


def test_labelled_words_stand_in_the_text():
    for each in ALL:
        words = [*each.actors, *each.recipients, *each.attribution, each.act]
        for other in each.others:
            words += [*other.actors, *other.recipients, other.act]
        assert all(word in each.text for word in words), each.id


def test_no_two_sentences_share_six_words_in_a_row():
    owner: dict[int, str] = {}
    for each in ALL:
        words = WORDS.findall(each.text.lower())
        for at in range(len(words) - 5):
            run = hash(" ".join(words[at : at + 6]))
            assert owner.setdefault(run, each.id) == each.id, words[at : at + 6]


def test_a_third_is_held_out_whatever_else_is_there():
    for part in (ALL, [each for each in ALL if not each.event]):
        assert 0.3 < sum(each.held_out for each in part) / len(part) < 0.37
    assert [held_out(each.text) for each in ALL] == [each.held_out for each in ALL]
    assert held_out("Gondal's envoy left.") and not held_out("Angria's envoy left.")
