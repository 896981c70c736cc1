"""The ontology is the published one, is whole, and does not contradict itself."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.errors import LexiconError
from foreshock.lexicon import event_mode, event_type, load_ontology
from foreshock.lexicon.ontology import _check
from foreshock.lexicon.vocabulary import Vocabulary

ONTOLOGY = load_ontology()
PLOVER = [kind for kind in ONTOLOGY.types.values() if kind.origin == "PLOVER"]
MODES = [(kind.code, mode) for kind in ONTOLOGY.types.values() for mode in kind.modes]


def test_plover_has_its_sixteen_types_in_order():
    assert " ".join(kind.code for kind in PLOVER) == (
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST "
        "ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
    )
    assert list(ONTOLOGY.types)[16:] == ["STATEMENT", "DISPLACE"]


@pytest.mark.parametrize(
    ("code", "quad", "score", "modes"),
    [
        ("AGREE", 1, 2.5, 0),
        ("CONSULT", 1, 2.5, 4),
        ("SUPPORT", 1, 5.0, 0),
        ("CONCEDE", 1, 4.5, 0),
        ("COOPERATE", 2, 9.5, 0),
        ("AID", 2, 10.0, 0),
        ("RETREAT", 2, 6.5, 6),
        ("REQUEST", 3, 0.0, 4),
        ("ACCUSE", 3, -3.0, 3),
        ("REJECT", 3, -2.0, 4),
        ("THREATEN", 3, -3.5, 6),
        ("PROTEST", 4, -5.0, 7),
        ("SANCTION", 4, -6.0, 4),
        ("MOBILIZE", 4, -5.5, 4),
        ("COERCE", 4, -7.0, 10),
        ("ASSAULT", 4, -9.0, 15),
    ],
)
def test_types_carry_the_published_values(code, quad, score, modes):
    kind = event_type(code)
    assert (kind.quad, kind.score, len(kind.modes)) == (quad, score, modes)


def test_the_misprints_of_the_source_are_told():
    for code in ("ACCUSE", "SANCTION", "PROTEST"):
        assert event_type(code).note
    assert event_type("PROTEST").score_of("vandalize") is None


def test_channels_follow_the_history_of_relations():
    deeds = [kind.code for kind in ONTOLOGY.types.values() if kind.channel == "deed"]
    assert " ".join(deeds) == (
        "COOPERATE AID RETREAT PROTEST SANCTION MOBILIZE COERCE ASSAULT DISPLACE"
    )


def test_signs_follow_the_quads():
    for kind in PLOVER:
        assert kind.sign == ("cooperative" if kind.quad in (1, 2) else "conflictual")
    assert event_type("STATEMENT").sign == ""


def test_only_two_modes_turn_the_sign_of_their_type():
    turned = {
        (kind.code, mode)
        for kind in ONTOLOGY.types.values()
        for mode in kind.modes
        if kind.sign_of(mode) != kind.sign
    }
    assert turned == {("REQUEST", "assist"), ("REQUEST", "meet")}


def test_scores_have_the_sign_of_their_type():
    for kind in PLOVER:
        for mode in ("", *kind.modes):
            score = kind.score_of(mode)
            if score:
                assert (score > 0) == (kind.sign_of(mode) == "cooperative"), (kind.code, mode)
                assert -10 <= score <= 10


def test_agreeing_and_consulting_are_done_together():
    assert [kind.code for kind in ONTOLOGY.types.values() if kind.symmetric] == ["AGREE", "CONSULT"]


def test_who_needs_a_recipient():
    assert {kind.code for kind in ONTOLOGY.types.values() if kind.needs_recipient} == {
        "COOPERATE",
        "AID",
        "SANCTION",
    }


def test_families_are_known_and_all_used():
    assert {kind.family for kind in ONTOLOGY.types.values()} == set(ONTOLOGY.families)
    assert event_type("MOBILIZE").family == event_type("RETREAT").family == "posture"


def test_priors_are_those_judged():
    for kind in ONTOLOGY.types.values():
        assert kind.prior == (0.8 if kind.channel == "word" else 0.5)


def test_counts_of_contexts_and_sectors():
    assert len(ONTOLOGY.contexts) == 37
    assert {"GOV", "MIL", "REB", "CVL", "REF", "IGO", "NGO", "JRN"} <= set(ONTOLOGY.sectors)
    assert list(ONTOLOGY.quads) == ["1", "2", "3", "4"]


def test_states_are_those_of_the_case_format():
    assert " ".join(ONTOLOGY.states) == "holds contests surrounds present hosts lacks-service"


def test_every_what_word_of_the_case_format_is_known():
    claims = (
        "killed wounded missing captured neutralised displaced at-risk preparing-to-leave "
        "moving-to-border arrivals departures hosted places-taken places-held posts "
        "posts-surrounded vehicles troops strikes targets-hit aircraft-lost drones-lost "
        "facilities-closed population fighters money energy"
    )
    displaced = "newly-displaced stock still-displaced movements sites"
    assert set(f"{claims} {displaced}".split()) <= set(ONTOLOGY.quantities)


def test_every_category_and_unit_of_the_case_format_is_known():
    categories = (
        "soldiers civilians contractors fighters people children women police crew personnel "
        "posts vehicles"
    )
    units = "places usd-bn bcm-per-year vehicles moves persons"
    assert set(categories.split()) <= set(ONTOLOGY.groups)
    assert set(units.split()) <= set(ONTOLOGY.units)


def test_harm_is_told_of_persons_only():
    harms = {kind.code: kind.unit for kind in ONTOLOGY.quantities.values() if kind.harm}
    assert {"killed", "wounded", "neutralised"} <= set(harms)
    assert set(harms.values()) == {"persons"}
    assert not ONTOLOGY.quantities["displaced"].harm


@given(st.sampled_from(MODES), st.sampled_from(list(ONTOLOGY.types)))
def test_a_mode_belongs_to_the_types_that_list_it_and_to_no_other(pair, other):
    owner, mode = pair
    found = event_mode(owner, mode)
    assert found is not None and found.code == mode
    if mode not in event_type(other).modes:
        with pytest.raises(LexiconError, match=f"no such mode of {other}: '{mode}'"):
            event_mode(other, mode, where="claims.csv:7, mode")


def test_no_mode_is_always_allowed():
    assert all(event_mode(code, "") is None for code in ONTOLOGY.types)


def test_an_unknown_type_is_refused_before_its_mode():
    with pytest.raises(LexiconError, match=r"no such event type: 'Assault'.*write 'ASSAULT'"):
        event_mode("Assault", "aerial")


def test_nothing_can_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        event_type("ASSAULT").prior = 0.9  # type: ignore[misc]
    assert isinstance(hash(ONTOLOGY), int)


def test_a_contradiction_in_the_tables_is_refused():
    assault = event_type("ASSAULT")
    for change, fault in (({"prior": 1.0}, "no probability"), ({"family": "farce"}, "'force'")):
        wrong = Vocabulary("event type", [dataclasses.replace(assault, **change)])
        with pytest.raises(LexiconError, match=fault):
            _check(dataclasses.replace(ONTOLOGY, types=wrong))
