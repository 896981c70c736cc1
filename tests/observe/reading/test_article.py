"""What must be read in the article that the first case starts from; its words stay outside."""

from datetime import date

import pytest

from foreshock.evidence.claim import Kind, Modality, Polarity
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.rules.coder import rule_coder

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def reading(shared):
    text = (shared / "articles" / "idlib-battle.txt").read_text("utf-8")
    return rule_coder().read(Document(text=text, published=date(2020, 2, 5), source="Ahval"))


def countries(parties):
    return {party.country for party in parties}


def found(reading, **wanted):
    """Give the records whose fields are as wanted; countries of parties by ``did`` and ``to``."""
    did, to = wanted.pop("did", None), wanted.pop("to", None)
    return [
        record
        for record in reading.records
        if all(getattr(record, name) == value for name, value in wanted.items())
        and (did is None or did in countries(record.actors))
        and (to is None or to in countries(record.recipients))
    ]


def counts(record):
    return {(each.what, each.group): each for each in record.quantities}


def test_every_span_is_verbatim(reading):
    text = reading.document.text
    assert len(reading.records) > 30
    assert all(record.words == text[slice(*record.span)] for record in reading.records)


def test_the_shelling_with_its_dead_by_group_on_its_day(reading):
    (shelling,) = found(reading, type="ASSAULT", mode="heavy-weapons", did="SYR", to="TUR")
    assert (shelling.start, shelling.end) == (date(2020, 2, 3), date(2020, 2, 3))
    killed = counts(shelling)
    assert killed["killed", "turkey/soldiers"].best == 7
    assert killed["killed", "civilians"].best == 3
    assert shelling.happened


def test_the_reply_answers_it_and_only_ankara_tells_its_toll(reading):
    replies = found(reading, type="ASSAULT", did="TUR", to="SYR", kind=Kind.EVENT)
    shelling = found(reading, type="ASSAULT", mode="heavy-weapons", did="SYR", to="TUR")[0]
    assert any(tie.key == shelling.key for reply in replies for tie in reply.links)
    with_toll = [reply for reply in replies if counts(reply)]
    assert len(with_toll) == 1
    assert counts(with_toll[0])["killed", "syria/soldiers"].low == 40
    assert [spoken.id for spoken in with_toll[0].chain] == ["turkey", "ahval"]


def test_the_call_with_both_its_contents(reading):
    day = date(2020, 2, 4)
    (call,) = found(reading, type="CONSULT", mode="phone", start=day)
    assert countries(call.actors) == {"TUR", "RUS"}
    (agreed,) = found(reading, type="AGREE", start=day, kind=Kind.EVENT)
    assert countries(agreed.actors) == {"TUR", "RUS"}
    assert [
        record
        for record in found(reading, type="STATEMENT", sentence=call.sentence)
        if countries(record.actors) == {"TUR"} and record.kind is Kind.STATEMENT
    ]


def test_the_foreign_ministers_demand_on_moscow(reading):
    (demand,) = found(reading, type="REQUEST", did="TUR", to="RUS", kind=Kind.EVENT)
    assert demand.start == date(2020, 2, 4)


def test_the_two_agencies_allegation_is_theirs_alone(reading):
    alleged = [
        record
        for record in reading.records
        if record.chain[0].kind == "media" and countries(record.actors) == {"TUR"}
    ]
    assert {record.chain[0].name for record in alleged} == {"RIA Novosti", "TASS"}
    (charge,) = found(reading, type="ACCUSE", did="RUS", to="TUR")
    assert {party.name for party in charge.actors} == {"RIA Novosti", "TASS"}


def test_the_columnists_hint_is_hypothetical_conditional_and_his_own(reading):
    (hint,) = found(reading, type="THREATEN", mode="relations", did="TUR", to="RUS")
    assert hint.modality is Modality.HYPOTHETICAL and hint.kind is Kind.FORECAST
    assert hint.condition.startswith("if ")
    assert hint.chain[0].kind == "person" and len(hint.chain) == 2


def test_the_outlook_has_two_branches_of_which_one_depends(reading):
    analyst = "kyle-orton"
    branches = [
        record
        for record in reading.records
        if record.chain[0].id == analyst and record.kind is Kind.FORECAST
    ]
    assert [record for record in branches if record.mode == "holds"]
    (flight,) = [record for record in branches if record.type == "DISPLACE"]
    assert flight.condition and flight.modality is Modality.HYPOTHETICAL


def test_three_unlike_figures_of_displacement_stay_apart(reading):
    figures = {
        (each.what, record.kind, record.chain[0].kind): each
        for record in reading.records
        if record.type == "DISPLACE"
        for each in record.quantities
    }
    by_what = {what: each for (what, _, _), each in figures.items()}
    assert by_what["arrivals"].low == 1_000_000
    assert by_what["preparing-to-leave"].high == 500_000
    assert by_what["departures"].low == 1_000
    kinds = {what: kind for what, kind, _ in figures}
    assert kinds["arrivals"] is Kind.FORECAST
    assert kinds["preparing-to-leave"] is Kind.FORECAST
    assert kinds["departures"] is Kind.EVENT


def test_history_is_background_with_its_own_dates(reading):
    (purchase,) = found(reading, start=date(2019, 1, 1), end=date(2019, 12, 31))
    calls = [each for each in found(reading, type="REQUEST") if "LBY" in countries(each.recipients)]
    (meeting,) = found(reading, type="CONSULT", start=date(2020, 1, 1), end=date(2020, 1, 31))
    assert purchase.background and meeting.background
    assert calls and all(call.background and call.start == date(2020, 1, 1) for call in calls)
    assert countries(calls[0].actors) == {"RUS", "TUR"}


def test_ground_was_won_at_the_weekend_and_lost(reading):
    seized = found(reading, type="COERCE", mode="seize", kind=Kind.EVENT)
    assert [record for record in seized if "REB" in {p.sector for p in record.recipients}]
    won = [record for record in seized if "REB" in {p.sector for p in record.actors}]
    assert (won[0].start, won[0].end) == (date(2020, 2, 1), date(2020, 2, 2))
    assert all(record.chain[0].id == "kyle-orton" for record in seized)


def test_the_observation_posts_are_a_state_of_things(reading):
    (posts,) = found(reading, kind=Kind.STATE, mode="present", did="TUR")
    assert counts(posts)["posts", "posts"].best == 12


def test_no_forecast_plan_or_opinion_is_an_event(reading):
    """Happened is only what the article says was done: each by its sentence, type and doers."""
    told = {
        (record.type, tuple(sorted(countries(record.actors) or countries(record.recipients))))
        for record in reading.records
        if record.happened
    }
    allowed = {
        ("ASSAULT", ("SYR",)), ("ASSAULT", ("TUR",)), ("COERCE", ("SYR",)), ("COERCE", ("TUR",)),
        ("CONSULT", ("RUS", "TUR")), ("AGREE", ("RUS", "TUR")), ("REQUEST", ("TUR",)),
        ("SUPPORT", ("TUR",)), ("AID", ("TUR",)), ("ACCUSE", ("RUS",)), ("ACCUSE", ("TUR",)),
        ("DISPLACE", ("SYR",)), ("COOPERATE", ("TUR",)), ("REQUEST", ("RUS", "TUR")),
        ("ASSAULT", ()), ("CONSULT", ("TUR",)), ("REJECT", ("RUS",)), ("CONSULT", ("SYR", "TUR")),
    }  # fmt: skip
    assert told <= allowed
    assert all(
        record.modality is Modality.ACTUAL and record.polarity is Polarity.ASSERTED
        for record in reading.records
        if record.kind is Kind.EVENT and record.happened
    )
