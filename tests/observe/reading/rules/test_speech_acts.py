"""Words that are deeds: accusations with what they allege, demands, threats, refusals, replies."""

import pytest
from tests.observe.reading.rules.makers import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    chain,
    one,
    read,
    who,
)

from foreshock.core.time import Precision
from foreshock.evidence.claim import Kind, Modality, Relation
from foreshock.observe.reading.record import Tied


def test_an_accusation_is_two_records_the_charge_and_what_is_alleged():
    charge, alleged = read("Chile accused Peru of shelling the town of Tacna.")
    assert (charge.type, charge.mode, who(charge)) == ("ACCUSE", "allege", (["chile"], ["peru"]))
    assert charge.links == (Tied(Relation.ALLEGES, alleged.key),) or alleged.links == (
        Tied(Relation.ALLEGES, charge.key),
    )
    assert (alleged.type, who(alleged)[0]) == ("ASSAULT", ["peru"])
    assert chain(charge) == [] and chain(alleged) == ["chile"]


def test_an_accusation_and_what_it_alleges_have_days_of_their_own():
    charge, alleged = read(
        "Peru accused Chile on Monday of killing three Peruvian soldiers last month."
    )
    assert (charge.start, charge.end) == (MONDAY, MONDAY)
    assert alleged.when == "last month" and alleged.background and not charge.background
    assert who(alleged) == (["chile"], ["peru"])


@pytest.mark.parametrize(
    ("text", "type", "mode", "parties"),
    [
        ("Chile threatened to attack Peru.", "THREATEN", "violence", (["chile"], ["peru"])),
        ("Chile threatened Peru with sanctions.", "THREATEN", "restrict", (["chile"], ["peru"])),
        ("Germany and France urged Italy to release the journalists.", "REQUEST", "yield",
         (["germany", "france"], ["italy"])),
        ("Germany called on France to withdraw its troops from Mali.", "REQUEST", "yield",
         (["germany"], ["france"])),
        ("Chile rejected the Peruvian proposal.", "REJECT", None, (["chile"], ["peru"])),
        ("Bolivia condemned the Chilean attack.", "ACCUSE", "disapprove",
         (["bolivia"], ["chile"])),
        ("Peru refused to release the Chilean prisoners.", "REJECT", "yield", None),
        ("Peru promised to withdraw its troops.", "AGREE", None, None),
    ],
)  # fmt: skip
def test_deeds_by_words(text, type, mode, parties):
    record = one(text, type)
    assert record.happened
    assert mode is None or record.mode == mode
    assert parties is None or who(record) == parties


def test_must_is_a_demand_and_what_is_demanded_did_not_happen():
    demand, demanded = read(
        "Chile's foreign minister said Peru must withdraw its troops from Arica."
    )
    assert (demand.type, demand.kind, who(demand)) == (
        "REQUEST", Kind.EVENT, (["chile"], ["peru"]),
    )  # fmt: skip
    assert (demanded.type, demanded.kind) == ("RETREAT", Kind.FORECAST)


def test_will_is_a_promise():
    promise, promised = read("Chile's foreign minister said Chile will send aid to Bolivia.")
    assert (promise.type, who(promise)) == ("AGREE", (["chile"], ["bolivia"]))
    assert promise.happened
    assert (promised.type, promised.modality) == ("AID", Modality.PLANNED)


def test_will_is_a_threat_where_the_deed_is_hostile():
    threat, threatened = read('"We will attack Peru," the Chilean president said.')
    assert (threat.type, threat.mode, who(threat)) == (
        "THREATEN", "violence", (["chile"], ["peru"]),
    )  # fmt: skip
    assert (threatened.type, threatened.kind) == ("ASSAULT", Kind.FORECAST)


def test_will_not_is_a_refusal():
    refusal, refused = read(
        "Chile's foreign minister said Chile will not sign the agreement with Peru."
    )
    assert (refusal.type, who(refusal)) == ("REJECT", (["chile"], ["peru"]))
    assert refusal.happened and not refused.happened


def test_who_speaks_of_others_promises_nothing():
    assert not read("Bolivia's foreign minister said Chile will send aid to Ecuador.", "AGREE")


def test_a_promise_and_what_is_promised():
    agreed, release = read("Chile agreed to release 40 Peruvian prisoners.")
    assert (agreed.type, agreed.happened) == ("AGREE", True)
    assert (release.type, release.modality) == ("RETREAT", Modality.PLANNED)


def test_a_reply_is_tied_to_what_it_answers_and_lies_between_it_and_the_day_of_the_paper():
    first, reply = read(
        "Chilean troops attacked Tacna on Monday. Peruvian forces responded by shelling Arica."
    )
    assert reply.links == (Tied(Relation.ANSWERS, first.key),)
    assert (reply.start, reply.end, reply.precision) == (MONDAY, WEDNESDAY, Precision.WITHIN)
    assert who(reply) == (["peru"], ["chile"])


def test_a_reply_with_a_day_of_its_own_keeps_it():
    _, reply = read(
        "Chilean troops attacked a Peruvian post on Monday. Peru retaliated by shelling Chilean "
        "positions on Tuesday."
    )
    assert reply.links and reply.start == reply.end == TUESDAY


def test_who_was_not_hit_answers_nothing():
    found = read(
        "Chilean troops attacked Tacna on Monday. Kenya responded by expelling a diplomat."
    )
    assert not any(each.links for each in found)
