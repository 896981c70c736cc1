"""Intents: what was announced, whether it was done, and how often that is so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.assess.relations.made import claim, seen

from foreshock.assess.deadlines import deadlines
from foreshock.assess.relations.intents import (
    LEAST_SETTLED,
    PATIENCE,
    FollowThrough,
    Intent,
    follow_through,
    rate,
)
from foreshock.evidence.actors import Actor
from foreshock.evidence.claim import Claim, Link, Modality, Polarity, Relation
from foreshock.evidence.reconcile import reconcile

SAID = date(2020, 3, 2)
LATER = SAID + timedelta(days=400)


def _found(claims: list[Claim], as_of: date = LATER, entries=()) -> list[FollowThrough]:
    evidence = seen(claims, as_of, entries)
    return follow_through(evidence, reconcile(evidence), deadlines(evidence))


def _threat(claims: list[Claim], as_of: date = LATER, entries=()) -> Intent:
    found = [each for each in _found(claims, as_of, entries) if each.kind == "threat"]
    ((intent,),) = (each.intents for each in found)
    return intent


def _deed(after: int, type: str = "ASSAULT", *args, **fields) -> Claim:
    return claim("D1", type, SAID + timedelta(days=after), *args, **fields)


THREAT = claim("T1", "THREATEN", SAID, mode="violence")


# ---------------------------------------------------------------------- threats


@pytest.mark.parametrize(
    ("after", "status"),
    [(-3, "not carried out"), (0, "not carried out"), (1, "carried out"), (90, "carried out"),
     (91, "not carried out")],
)  # fmt: skip
def test_a_threat_is_carried_out_within_ninety_days(after, status):
    assert timedelta(days=90) == PATIENCE
    intent = _threat([THREAT, _deed(after)])
    assert intent.status == status
    assert intent.on == SAID
    assert intent.due is None
    assert (intent.actors, intent.recipients) == (("gondal",), ("ruritania",))
    settling = ("D1",) if status == "carried out" else ()
    told = {each.id: each.key for each in [THREAT, _deed(after)]}
    assert tuple(told[each] for each in intent.claims) == ("T1", *settling)


@pytest.mark.parametrize(("days", "status"), [(0, "open"), (90, "open"), (91, "not carried out")])
def test_a_threat_stays_open_until_its_time_is_up(days, status):
    assert _threat([THREAT], SAID + timedelta(days=days)).status == status


def test_a_threat_for_a_day_may_be_carried_out_after_that_day():
    by = SAID + timedelta(days=60)
    dated = claim("T1", "THREATEN", SAID, mode="violence", due=by)
    assert _threat([dated], by + timedelta(days=90)).status == "open"
    assert _threat([dated], by + timedelta(days=91)).status == "not carried out"
    assert _threat([dated, _deed(60 + 80)]).status == "carried out"
    assert _threat([dated]).due == by


@pytest.mark.parametrize(
    ("mode", "type", "fulfils"),
    [
        ("violence", "ASSAULT", True),
        ("violence", "COERCE", True),
        ("violence", "SANCTION", False),
        ("violence", "AID", False),
        ("violence", "ACCUSE", False),
        ("restrict", "SANCTION", True),
        ("restrict", "ASSAULT", False),
        ("relations", "SANCTION", True),
        ("", "PROTEST", True),
        ("", "RETREAT", False),
    ],
)
def test_a_threat_is_carried_out_by_what_was_threatened(mode, type, fulfils):
    intent = _threat([claim("T1", "THREATEN", SAID, mode=mode), _deed(9, type)])
    assert (intent.status == "carried out") is fulfils


@pytest.mark.parametrize(
    ("doer", "hit", "fulfils"),
    [
        ("gondal", "ruritania", True),
        ("army", "ruritania", True),
        ("gondal", "fort", True),
        ("gondal", "zenda", False),
        ("zenda", "ruritania", False),
        ("ruritania", "gondal", False),
    ],
)
def test_by_whom_and_against_whom(doer, hit, fulfils):
    parts = [Actor(id="army", name="Army", parents=("gondal",)),
             Actor(id="fort", name="Fort", parents=("ruritania",))]  # fmt: skip
    intent = _threat([THREAT, _deed(9, "ASSAULT", doer, hit)], entries=parts)
    assert (intent.status == "carried out") is fulfils


def test_a_deed_that_is_hardly_believed_carries_nothing_out():
    deed = _deed(9, source="s0", rating=5)
    denial = claim("D2", "ASSAULT", deed.start, source="s1", polarity=Polarity.DENIED)
    assert _threat([THREAT, deed]).status == "carried out"
    assert _threat([THREAT, deed, denial]).status == "not carried out"


def test_a_threat_that_is_only_denied_was_never_uttered():
    assert _found([claim("T1", "THREATEN", SAID, polarity=Polarity.DENIED)]) == []
    told = _threat([THREAT, claim("T2", "THREATEN", SAID, source="s1", polarity=Polarity.DENIED)])
    assert told.text == "T1 is told"


def test_a_threat_against_nobody_named_cannot_be_said_not_to_have_been_carried_out():
    loose = claim("T1", "THREATEN", SAID, "gondal", ())
    (found,) = _found([loose, _deed(9)])
    assert [each.status for each in found.intents] == ["no report either way"]
    assert (found.kept, found.broken, found.unsettled) == (0, 0, 1)


def test_plans_and_what_is_not_a_threat_are_none():
    assert _found([claim("T1", "THREATEN", SAID, modality=Modality.HYPOTHETICAL)]) == []
    assert _found([claim("T1", "ACCUSE", SAID)]) == []
    assert _found([claim("T1", "THREATEN", SAID, ())]) == []


def test_a_joint_threat_counts_for_each_speaker_and_a_part_for_its_whole():
    army = Actor(id="army", name="Army", parents=("gondal",))
    joint = claim("T1", "THREATEN", SAID, ("gondal", "zenda", "army"))
    found = _found([joint], entries=[army])
    assert [(each.actor, each.broken) for each in found] == [("gondal", 1), ("zenda", 1)]


# ---------------------------------------------------------------------- undertakings


def _undertaking(day: date = SAID, key: str = "U1", **fields) -> Claim:
    return claim(key, "AGREE", day, **fields)


def _says(relation: Relation, target: Claim, key: str, after: int = 20, **fields) -> Claim:
    day = SAID + timedelta(days=after)
    return claim(key, "STATEMENT", day, "zenda", (), links=(Link(relation, target.id),), **fields)


def _undertakings(claims: list[Claim], as_of: date = LATER) -> list[Intent]:
    found = [each for each in _found(claims, as_of) if each.kind == "undertaking"]
    return [intent for each in found if each.actor == "gondal" for intent in each.intents]


@pytest.mark.parametrize(
    ("relations", "status"),
    [
        ([Relation.KEEPS], "carried out"),
        ([Relation.BREAKS], "not carried out"),
        ([Relation.KEEPS, Relation.BREAKS], "reports differ"),
    ],
)
def test_reports_say_whether_an_undertaking_was_kept(relations, status):
    made = _undertaking()
    verdicts = [_says(relation, made, f"V{n}") for n, relation in enumerate(relations)]
    (intent,) = _undertakings([made, *verdicts])
    assert intent.status == status
    assert intent.claims == (made.id, *(verdict.id for verdict in verdicts))
    # Before the report was known, nobody could say.
    assert _undertakings([made, *verdicts], SAID + timedelta(days=19)) == []


def test_what_nobody_speaks_of_again_is_not_counted():
    assert _undertakings([_undertaking()]) == []
    assert _undertakings([_undertaking(modality=Modality.PLANNED)]) == []
    assert _undertakings([_undertaking(due=SAID + timedelta(days=9))]) == []


def test_a_plan_with_a_day_is_open_until_then():
    due = SAID + timedelta(days=9)
    plan = _undertaking(modality=Modality.PLANNED, due=due)
    assert [i.status for i in _undertakings([plan], due)] == ["open"]
    (intent,) = _undertakings([plan], due + timedelta(days=1))
    assert (intent.status, intent.due) == ("no report either way", due)


def test_one_undertaking_told_twice_is_one():
    told = [_undertaking(key=f"U{n}", source=f"s{n}") for n in range(2)]
    (intent,) = _undertakings([*told, _says(Relation.KEEPS, told[0], "V1"),
                               _says(Relation.KEEPS, told[1], "V2")])  # fmt: skip
    assert intent.status == "carried out"
    assert len(intent.claims) == 4


def test_a_verdict_that_its_source_took_back_no_longer_counts():
    made = _undertaking()
    verdict = _says(Relation.BREAKS, made, "V1")
    sorry = claim("V2", "STATEMENT", SAID + timedelta(days=30), "zenda", (),
                  links=(Link(Relation.RETRACTS, verdict.id),))  # fmt: skip
    assert len(_undertakings([made, verdict])) == 1
    assert _undertakings([made, verdict, sorry]) == []


def test_a_threat_kept_is_no_undertaking():
    assert _undertakings([THREAT, _says(Relation.KEEPS, THREAT, "V1")]) == []


# ---------------------------------------------------------------------- deadlines


def test_deadlines_are_intents_of_whoever_set_them():
    demand = claim("R1", "REQUEST", SAID, due=SAID + timedelta(days=30))
    (found,) = _found([demand], SAID + timedelta(days=30))
    assert (found.actor, found.kind) == ("gondal", "deadline")
    assert [each.status for each in found.intents] == ["open"]
    broken = [demand, _says(Relation.BREAKS, demand, "V1", 31)]
    (found,) = _found(broken)
    assert [each.status for each in found.intents] == ["not carried out"]
    assert (found.kept, found.broken, found.unsettled) == (0, 1, 0)
    (found,) = _found([demand])
    assert [each.status for each in found.intents] == ["no report either way"]


# ---------------------------------------------------------------------- rates


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_rate_is_that_of_a_uniform_prior(kept, broken):
    span, beta = rate(kept, broken), stats.beta(kept + 1, broken + 1)
    assert span.mean == pytest.approx(beta.mean())
    assert (span.low, span.high) == pytest.approx(beta.ppf([0.05, 0.95]))


def _threats(carried_out: int, not_carried_out: int) -> list[Claim]:
    told = []
    for n in range(carried_out + not_carried_out):
        day = SAID + timedelta(days=1000 * n)
        told.append(claim(f"T{n}", "THREATEN", day, mode="violence"))
        if n < carried_out:
            told.append(claim(f"D{n}", "ASSAULT", day + timedelta(days=30)))
    return told


@pytest.mark.parametrize(("kept", "broken"), [(4, 0), (0, 4), (2, 2), (5, 0), (1, 4), (3, 3)])
def test_a_rate_is_told_from_five_settled_intents_on(kept, broken):
    assert LEAST_SETTLED == 5
    (found,) = _found(_threats(kept, broken), date(2060, 1, 1))
    assert (found.actor, found.kind) == ("gondal", "threat")
    assert (found.kept, found.broken, found.unsettled) == (kept, broken, 0)
    assert found.rate == (rate(kept, broken) if kept + broken >= 5 else None)


def test_open_intents_are_not_settled():
    told = _threats(4, 0)
    last = claim("T9", "THREATEN", date(2059, 12, 1), mode="violence")
    (found,) = _found([*told, last], date(2060, 1, 1))
    assert (found.kept, found.broken, found.unsettled, found.rate) == (4, 0, 1, None)
    assert found.intents[0].status == "open"
    assert [each.on for each in found.intents] == sorted(
        (each.on for each in found.intents), reverse=True
    )


def test_who_has_settled_most_comes_first():
    more = [claim(f"Z{n}", "THREATEN", SAID + timedelta(days=n), "zenda") for n in range(3)]
    found = _found([THREAT, *more])
    assert [each.actor for each in found] == ["zenda", "gondal"]


def test_no_deed_is_ever_inferred_from_a_threat():
    evidence = seen([THREAT], LATER)
    assert {event.channel for event in reconcile(evidence).values()} == {"word"}
