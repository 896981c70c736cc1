"""Order of arrival, repetition and the cut into batches change nothing but when it was recorded."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.strategies import (
    CASE,
    DAY,
    Clock,
    days,
    opened,
    recoded,
    replace,
    splits,
    worlds,
)

from foreshock.assess.picture import assess
from foreshock.brief.compose import compose
from foreshock.evidence.batch import Batch
from foreshock.evidence.claim import Claim, Source
from foreshock.evidence.records import key_of, record_digest
from foreshock.evidence.view import Evidence, Recorded


def brief(evidence: Evidence) -> dict:
    """Give the brief without the instants of recording, which alone may depend on the order."""
    written = compose(assess(evidence), case=CASE, title="River War")
    told = json.loads(written.model_dump_json())
    for claim in told["claims"].values():
        assert claim.pop("recorded_at")
    return told


@settings(max_examples=50)
@given(st.data(), worlds(), days(-5, 20))
def test_any_order_any_cut_and_twice_is_the_same(data, world, day):
    with opened() as (store, clock):
        store.append(CASE, world.batch)
        at_once = brief(store.view(CASE, day))
    with opened() as (store, clock):
        for batch in data.draw(splits(world)):
            clock.pass_by(minutes=data.draw(st.integers(0, 1)))
            store.append(CASE, batch)
        assert brief(store.view(CASE, day)) == at_once


@settings(max_examples=50)
@given(st.data(), worlds())
def test_the_order_of_several_codings_is_the_same(data, world):
    codings = [*world.claims]
    for claim in world.claims:
        if data.draw(st.booleans()):
            codings.append(data.draw(recoded(claim)))
    at = Clock().now
    found = [
        brief(Evidence.build(CASE, DAY, [Recorded(c, at) for c in order if c.known_at], entries))
        for order, entries in (
            (codings, world.cast.entries),
            (data.draw(st.permutations(codings)), world.cast.entries[::-1]),
            ([*codings[::-1], *codings], world.cast.entries * 2),
        )
    ]
    assert found[0] == found[1] == found[2]


@settings(max_examples=25)
@given(worlds(most=4))
def test_what_is_there_already_adds_nothing(world):
    with opened() as (store, clock):
        first = store.append(CASE, world.batch)
        distinct = {record_digest(claim) for claim in world.claims}
        assert (first.claims, first.entries) == (len(distinct), len(world.cast.entries))
        view = store.view(CASE, DAY)
        clock.pass_by(hours=1)
        assert store.append(CASE, world.batch).nothing_new
        assert store.append(CASE, world.batch).recorded_at is None
        assert store.view(CASE, DAY) == view


def test_time_never_runs_backwards():
    with opened() as (store, clock):
        claims = [Claim(report=f"r{n}", known_at=DAY) for n in range(3)]
        first = store.append(CASE, Batch(claims=claims[:1])).recorded_at
        second = store.append(CASE, Batch(claims=claims[1:2])).recorded_at  # the same instant
        clock.pass_by(hours=-5)
        third = store.append(CASE, Batch(claims=claims[2:])).recorded_at
        assert first < second < third
        for n, at in enumerate([first, second, third], 1):
            assert len(store.view(CASE, DAY, at).claims) == n


def test_of_two_versions_in_one_batch_the_last_counts_whatever_was_there():
    first = Source(id="gazette", name="Gazette", reliability="B")
    second = replace(first, reliability="C")
    for before in ([], [first], [second]):
        for pair in ([first, second], [second, first]):
            with opened() as (store, _):
                store.append(CASE, Batch(entries=before))
                store.append(CASE, Batch(entries=pair))
                assert store.view(CASE, DAY).sources["gazette"] == pair[-1]


def test_removing_twice_and_replacing_in_one_batch():
    gone = Source(id="gazette", name="Gazette")
    name = ("source", key_of(gone))
    with opened() as (store, _):
        store.append(CASE, Batch(entries=[gone]))
        assert store.append(CASE, Batch(removed=[name, name])).entries == 1
        assert not store.view(CASE, DAY).sources
        assert store.append(CASE, Batch(removed=[name])).nothing_new
        assert store.append(CASE, Batch(entries=[gone])).entries == 1  # and back again
        assert store.view(CASE, DAY).sources == {"gazette": gone}
        # What the files say now outranks that they no longer said it.
        renamed = replace(gone, name="The Gazette")
        store.append(CASE, Batch(entries=[renamed], removed=[name]))
        assert store.view(CASE, DAY).sources == {"gazette": renamed}
