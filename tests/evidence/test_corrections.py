"""Taking back: by the source from a day on, by the coder for every day, and by nobody else."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.strategies import CASE, DAY, Clock, opened, replace, worlds

from foreshock.assess.picture import assess
from foreshock.brief.compose import compose
from foreshock.core.errors import NotTheSpeaker, UnknownReference
from foreshock.evidence.batch import Batch, Withdrawal
from foreshock.evidence.claim import (
    SAME_SPEAKER,
    Attribution,
    Claim,
    Link,
    Relation,
    Report,
    Source,
)
from foreshock.evidence.reconcile import reconcile
from foreshock.evidence.records import record_digest
from foreshock.evidence.store import Store
from foreshock.evidence.view import Strike

LATER = DAY + timedelta(days=5)
SOURCES = (
    Source(id="gazette", name="Gazette"),
    Source(id="herald", name="Herald"),
    Source(id="palace", name="Palace", side="crown"),
    Source(id="staff", name="General Staff", side="crown"),
    Source(id="army", name="Army", side="republic"),
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path, clock) -> Store:
    store = Store(tmp_path / "evidence.sqlite", clock)
    store.append(CASE, Batch(entries=SOURCES))
    return store


def said(by: str, day: date = DAY, what: str = "shells fall", **fields: object) -> Claim:
    fields = {"links": (), "rating": 2} | fields
    return Claim(
        report=f"{by} of {day}",
        type="ASSAULT",
        actors=("guard",),
        start=DAY,
        end=DAY,
        place="ford",
        chain=(Attribution(by),),
        summary=what,
        known_at=day,
        **fields,
    )


def bearing(how: Relation, earlier: Claim, by: str, **fields: object) -> Claim:
    return said(by, LATER, f"{how} that", links=(Link(how, earlier.id),), **fields)


# ---------------------------------------------------------------------- by the source


@pytest.mark.parametrize("how", [Relation.CORRECTS, Relation.RETRACTS])
def test_a_source_takes_back_from_the_day_of_its_correction_on(store, how):
    first = said("gazette")
    store.append(CASE, Batch(claims=[first]))
    before = compose(assess(store.view(CASE, LATER - timedelta(1))), case=CASE, title="")
    correction = bearing(how, first, "gazette")
    store.append(CASE, Batch(claims=[correction]))
    the_day_before = store.view(CASE, LATER - timedelta(days=1))
    assert compose(assess(the_day_before), case=CASE, title="") == before
    assert the_day_before.standing == [first]
    assert list(reconcile(the_day_before)) == [first.id]
    on_the_day = store.view(CASE, LATER)
    assert on_the_day.struck == {first.id: Strike(how, correction.id, LATER)}
    assert on_the_day.standing == [correction]
    assert list(reconcile(on_the_day)) == [correction.id]
    shown = compose(assess(on_the_day), case=CASE, title="").claims[first.id]
    assert shown.struck == {"how": how, "by": correction.id, "known_at": LATER.isoformat()}


def test_an_update_strikes_nothing(store):
    first = said("gazette")
    update = bearing(Relation.UPDATES, first, "gazette")
    store.append(CASE, Batch(claims=[first, update]))
    seen = store.view(CASE, LATER)
    assert not seen.struck
    assert {claim.id for claim in seen.standing} == {first.id, update.id}


@pytest.mark.parametrize("how", sorted(SAME_SPEAKER))
def test_only_the_speaker_or_its_side_may_take_back_or_update(store, how):
    ours, theirs = said("gazette"), said("palace")
    store.append(CASE, Batch(claims=[ours, theirs]))
    for other in ("herald", "palace"):
        with pytest.raises(NotTheSpeaker, match=f"{other} {how} what gazette said") as refused:
            store.append(CASE, Batch(claims=[bearing(how, ours, other, key="K7")]))
        assert refused.value.where == "K7"
    with pytest.raises(NotTheSpeaker):
        store.append(CASE, Batch(claims=[bearing(how, theirs, "army")]))
    assert len(store.view(CASE, LATER).claims) == 2, "a refused batch adds nothing"
    assert store.append(CASE, Batch(claims=[bearing(how, theirs, "staff")])).claims == 1


@pytest.mark.parametrize("how", sorted(set(Relation) - SAME_SPEAKER))
def test_anybody_may_answer_allege_keep_or_break(store, how):
    ours = said("gazette")
    store.append(CASE, Batch(claims=[ours, bearing(how, ours, "army")]))
    assert not store.view(CASE, LATER).struck


@pytest.mark.parametrize("how", sorted(SAME_SPEAKER))
def test_what_is_not_there_cannot_be_taken_back(store, how):
    absent = said("gazette")
    with pytest.raises(UnknownReference, match=absent.id):
        store.append(CASE, Batch(claims=[bearing(how, absent, "gazette")]))
    with pytest.raises(UnknownReference):
        store.append("other-case", Batch(claims=[bearing(how, absent, "gazette")]))
    # In the same batch it is there, and the side of a source that comes with it counts.
    voices = [Source(id="one", name="One", side="x"), Source(id="two", name="Two", side="x")]
    first = said("one")
    both = Batch(claims=[bearing(how, first, "two"), first], entries=voices)
    assert store.append(CASE, both).claims == 2


def test_two_reports_that_name_no_speaker_are_not_one_speaker(store):
    # Without a chain it is the publisher who speaks.
    reports = [Report(source=name, title=name, known_at=DAY) for name in ("gazette", "herald")]
    first = Claim(report=reports[0].id, summary="so", known_at=DAY)
    link = (Link(Relation.RETRACTS, first.id),)
    store.append(CASE, Batch(claims=[first], entries=reports))
    with pytest.raises(NotTheSpeaker):
        store.append(CASE, Batch(claims=[Claim(report=reports[1].id, known_at=LATER, links=link)]))
    own = Claim(report=reports[0].id, summary="not so", known_at=LATER, links=link)
    assert store.append(CASE, Batch(claims=[own])).claims == 1


def test_a_correction_corrected_back(store):
    # A says 7, then 9, then 7 again: the last word stands, the first two are struck.
    seven = said("gazette", DAY, "seven")
    nine = said("gazette", LATER, "nine", links=(Link(Relation.CORRECTS, seven.id),))
    day = LATER + timedelta(days=1)
    again = said("gazette", day, "seven", links=(Link(Relation.CORRECTS, nine.id),))
    store.append(CASE, Batch(claims=[again, nine, seven]))
    assert store.view(CASE, DAY).standing == [seven]
    assert store.view(CASE, LATER).standing == [nine]
    assert store.view(CASE, day).standing == [again]


def test_a_correction_that_was_misread_strikes_no_longer(store):
    first = said("gazette")
    correction = bearing(Relation.RETRACTS, first, "gazette")
    store.append(CASE, Batch(claims=[first, correction]))
    assert store.view(CASE, LATER).standing == [correction]
    store.append(CASE, Batch(withdrawals=[Withdrawal(record_digest(correction))]))
    assert store.view(CASE, LATER).standing == [first]


# ---------------------------------------------------------------------- by the coder


def test_a_coders_mistake_is_gone_from_every_day_but_not_from_what_we_had(store, clock):
    wrong = said("gazette")
    had = store.append(CASE, Batch(claims=[wrong])).recorded_at
    clock.pass_by(days=1)
    receipt = store.append(CASE, Batch(withdrawals=[Withdrawal(record_digest(wrong), "misread")]))
    assert receipt.withdrawals == 1
    for day in (DAY, LATER):
        assert not store.view(CASE, day).claims
        assert not store.view(CASE, day, receipt.recorded_at).claims
        for by in (had, receipt.recorded_at - timedelta(microseconds=1)):
            assert set(store.view(CASE, day, by).claims) == {wrong.id}
    assert store.standing(CASE) == []


def test_a_coder_may_change_its_mind_and_change_it_back(store, clock):
    a, b = said("gazette", rating=2), said("gazette", rating=5)
    assert a.id == b.id

    def stands(claim: Claim) -> None:
        assert store.view(CASE, DAY).claims == {a.id: claim}
        assert store.view(CASE, DAY).claims[a.id].rating == claim.rating

    instants = []
    for new, old in ((a, None), (b, a), (a, b), (b, a)):
        clock.pass_by(hours=1)
        wrong = [Withdrawal(record_digest(old))] if old else []
        receipt = store.append(CASE, Batch(claims=[new], withdrawals=wrong))
        assert receipt.claims == 1
        stands(new)
        instants.append((receipt.recorded_at, new))
    for at, claim in instants:
        assert store.view(CASE, DAY, at).claims[a.id].rating == claim.rating


def test_withdrawing_twice_or_the_unknown(store):
    wrong = said("gazette")
    store.append(CASE, Batch(claims=[wrong]))
    take_back = Batch(withdrawals=[Withdrawal(record_digest(wrong))])
    assert store.append(CASE, take_back).withdrawals == 1
    assert store.append(CASE, take_back).nothing_new
    with pytest.raises(UnknownReference, match="no record of-nothing"):
        store.append(CASE, Batch(withdrawals=[Withdrawal("of-nothing")]))


@pytest.mark.parametrize("how", sorted(SAME_SPEAKER))
def test_what_a_coder_withdrew_is_not_there_to_be_taken_back(store, how):
    wrong = said("gazette")
    store.append(CASE, Batch(claims=[wrong]))
    store.append(CASE, Batch(withdrawals=[Withdrawal(record_digest(wrong))]))
    with pytest.raises(UnknownReference):
        store.append(CASE, Batch(claims=[bearing(how, wrong, "gazette")]))


# ---------------------------------------------------------------------- in general


@settings(max_examples=40)
@given(st.data(), worlds(least=2))
def test_no_as_of_before_a_correction_changes_and_none_after_it_counts(data, world):
    target = data.draw(st.sampled_from(world.claims))
    day = DAY + timedelta(days=data.draw(st.integers(-10, 10)))
    how = data.draw(st.sampled_from([Relation.CORRECTS, Relation.RETRACTS]))
    correction = replace(
        target, id="", key="k", summary="not so", links=(Link(how, target.id),), known_at=day
    )
    with opened() as (store, clock):
        store.append(CASE, world.batch)
        sooner = [day - timedelta(days=n) for n in (1, 3, 9)]
        before = [store.view(CASE, each) for each in sooner]
        clock.pass_by(hours=1)
        store.append(CASE, Batch(claims=[correction]))
        assert [store.view(CASE, each) for each in sooner] == before
        after = store.view(CASE, day)
        if target.id in after.claims:
            assert target.id in after.struck
            assert target not in after.standing
            for event in reconcile(after).values():
                assert target.id not in (*event.claims, *event.denials)
