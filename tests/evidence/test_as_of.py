"""What is added later cannot change what could be known on a day, nor what we had by an instant."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.strategies import (
    CASE,
    DAY,
    Clock,
    days,
    mistakes,
    news,
    opened,
    replace,
    worlds,
)

from foreshock.assess.picture import assess
from foreshock.brief.compose import compose
from foreshock.core.errors import TimeError
from foreshock.core.quantities import Quantity
from foreshock.evidence.actors import Actor
from foreshock.evidence.batch import Batch
from foreshock.evidence.claim import Attribution, Claim, KnownBasis, Report, Source
from foreshock.evidence.records import Outcome
from foreshock.evidence.store import Store

FAR = date(2100, 1, 1)


def brief(store: Store, day: date, by: datetime | None = None) -> str:
    picture = assess(store.view(CASE, day, by))
    return compose(picture, case=CASE, title="River War", recorded_by=by).model_dump_json()


@settings(max_examples=60)
@given(st.data(), worlds(), days(-12, 12))
def test_what_became_known_later_changes_no_earlier_brief(data, world, day):
    with opened() as (store, clock):
        store.append(CASE, world.batch)
        before = brief(store, day)
        for n in range(data.draw(st.integers(1, 2))):
            clock.pass_by(hours=1)
            later = data.draw(news(world, day, f"n{n}-"))
            store.append(CASE, later)
            seen = store.view(CASE, FAR)
            for claim in later.claims:
                assert (claim.id in seen.claims) or claim.known_at is None
        assert brief(store, day) == before


@settings(max_examples=60)
@given(st.data(), worlds(), days(-12, 12))
def test_what_was_recorded_later_changes_no_earlier_recording(data, world, day):
    with opened() as (store, clock):
        store.append(CASE, world.batch)
        clock.pass_by(seconds=data.draw(st.integers(0, 5)))
        by = clock.now
        before = brief(store, day, by)
        clock.pass_by(microseconds=1)
        # News of any day, then second thoughts about all that, then perhaps everything back again.
        batches = [news(world, date(2031, 1, 1)), mistakes(world), st.just(world.batch)]
        for batch in batches[: data.draw(st.integers(1, 3))]:
            store.append(CASE, data.draw(batch))
        assert brief(store, day, by) == before


@settings(max_examples=40)
@given(st.data(), worlds())
def test_looking_back_is_what_was_seen_then(data, world):
    with opened() as (store, clock):
        store.append(CASE, world.batch)
        clock.pass_by(hours=1)
        store.append(CASE, data.draw(news(world, DAY)))
        later = data.draw(days(-5, 25))
        sooner = later - timedelta(days=data.draw(st.integers(0, 20)))
        assert store.view(CASE, later).earlier(sooner) == store.view(CASE, sooner)


# ---------------------------------------------------------------------- by example


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "evidence.sqlite", Clock())


def told(day: date | None, key: str = "c1", **fields: object) -> Claim:
    base = Claim(
        key=key,
        report="r1",
        type="ASSAULT",
        actors=("guard",),
        recipients=("army",),
        start=DAY,
        end=DAY,
        place="ford",
        chain=(Attribution("gazette"),),
        summary=f"{key}: shells fall at the ford",
        known_at=day,
    )
    return replace(base, id="", **fields)


def test_a_later_claim_does_show_on_its_own_day(store: Store):
    # The property tests above would hold of an empty brief too.
    store.append(CASE, Batch(claims=[told(DAY)]))
    before = brief(store, DAY + timedelta(days=1))
    store.append(CASE, Batch(claims=[told(DAY + timedelta(days=1), "c2")]))
    assert brief(store, DAY + timedelta(days=1)) != before


def test_an_as_of_sees_its_whole_day_and_nothing_of_the_next(store: Store):
    store.append(CASE, Batch(claims=[told(DAY)]))
    assert len(store.view(CASE, DAY).claims) == 1
    assert len(store.view(CASE, DAY - timedelta(days=1)).claims) == 0


def test_recorded_by_an_instant_includes_the_instant(store: Store):
    at = store.append(CASE, Batch(claims=[told(DAY)])).recorded_at
    assert at == datetime(2031, 6, 1, tzinfo=UTC)
    assert len(store.view(CASE, DAY, at).claims) == 1
    assert len(store.view(CASE, DAY, at - timedelta(microseconds=1)).claims) == 0


def test_what_nobody_can_date_is_never_seen_unless_declared(store: Store):
    undated = told(None, known_basis=KnownBasis.UNKNOWN)
    declared = told(DAY, "c2", known_basis=KnownBasis.DECLARED)
    outcome = Outcome(id="q1", outcome="yes")
    store.append(CASE, Batch(claims=[undated, declared], entries=[outcome]))
    seen = store.view(CASE, FAR)
    assert set(seen.claims) == {declared.id}
    assert seen.outcomes == {}
    assert {each.claim.id for each in store.standing(CASE)} == {undated.id, declared.id}


def test_a_report_published_after_the_day_is_withheld(store: Store):
    # Its claim is vouched for, but its title and address were not there to be read.
    late = Report(source="gazette", title="Memoirs", known_at=DAY + timedelta(days=9))
    claim = told(DAY, report=late.id, known_basis=KnownBasis.DECLARED)
    store.append(CASE, Batch(claims=[claim], entries=[late]))
    assert "Memoirs" not in brief(store, DAY)
    assert "Memoirs" in brief(store, DAY + timedelta(days=9))


def test_a_mended_entry_does_not_shine_through_on_its_old_day(store: Store):
    # The first version was the coder's mistake: that it was "known sooner" must not keep it alive.
    first = Actor(id="guard", name="Wrong", known_at=DAY)
    store.append(CASE, Batch(entries=[first]))
    store.append(CASE, Batch(entries=[replace(first, name="Right", known_at=DAY + timedelta(5))]))
    assert "guard" not in store.view(CASE, DAY).actors
    assert store.view(CASE, DAY + timedelta(days=5)).actors["guard"].name == "Right"


def test_two_codings_known_on_different_days_are_both_looked_back_upon(store: Store):
    # The coder of the second was stricter about when the public could know; both stand.
    by_program = told(DAY - timedelta(days=9), coder="rules-1")
    by_hand = replace(by_program, coder="hand", known_at=DAY)
    assert by_hand.id == by_program.id
    store.append(CASE, Batch(claims=[by_program, by_hand]))
    week_ago = DAY - timedelta(days=7)
    assert store.view(CASE, DAY).earlier(week_ago) == store.view(CASE, week_ago)


def test_a_claim_that_counts_one_group_twice_can_be_told(store: Store):
    # "At least 30 soldiers, by another count 35": bounds that nobody set do not compare.
    twice = (Quantity("killed", "soldiers", low=30), Quantity("killed", "soldiers", best=35))
    open_ended = (*twice, Quantity("killed", "soldiers", high=30))
    store.append(
        CASE, Batch(claims=[told(DAY, quantities=open_ended), told(DAY, "c2", quantities=twice)])
    )
    assert "at least 30" in brief(store, DAY)


def test_nobody_looks_back_into_the_future(store: Store):
    with pytest.raises(TimeError, match="lies after"):
        store.view(CASE, DAY).earlier(DAY + timedelta(days=1))


def test_another_case_is_not_seen(store: Store):
    store.append("other", Batch(claims=[told(DAY)], entries=[Source(id="gazette", name="G")]))
    seen = store.view(CASE, FAR)
    assert not seen.claims
    assert not seen.sources


def test_the_digest_of_evidence_tells_any_difference_that_can_change_an_answer(store: Store):
    # A forecast is reused where the digest is the same, so whatever weighs must be in it.
    source = Source(id="gazette", name="Gazette", reliability="B")
    store.append(CASE, Batch(claims=[told(DAY)], entries=[source]))
    first = store.view(CASE, DAY)
    assert first.digest == store.view(CASE, DAY).digest
    store.append(CASE, Batch(entries=[replace(source, reliability="E")]))
    second = store.view(CASE, DAY)
    assert assess(first).events != assess(second).events
    assert first.digest != second.digest
