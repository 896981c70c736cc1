"""Acts of a case become daily series by pair; what is contested differs between worlds."""

from datetime import timedelta

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assess.relations.made import SOURCES, claim
from tests.assess.series.made import AS_OF, BACK, FEED, FIRST, FORTH, counted, day, shelling

from foreshock.assess.series.counting import CaseSeries
from foreshock.case.feeds import Feed
from foreshock.core.errors import StaleFeed, TimeError
from foreshock.core.time import Precision
from foreshock.evidence.claim import Attribution, Kind, Polarity


def total(found: CaseSeries, name: str = FORTH) -> int:
    return int(found.likeliest.counts[:, found.likeliest.column(name)].sum())


def told(found: CaseSeries) -> tuple:
    """Give everything that a reader of the series sees."""
    return (
        found.likeliest,
        found.worlds,
        found.acts,
        found.untold_deaths,
        found.exposure.reports.tolist(),
        found.exposure.smoothed.tolist(),
        found.exposure.last_known,
        found.notes,
    )


# ---------------------------------------------------------------------- which acts count


def test_an_act_counts_for_its_direction_on_its_day():
    found = counted([shelling("a", 3), shelling("b", 4, "ruritania", "gondal")])
    assert found.names == (FORTH, BACK)
    assert (found.first, found.last) == (FIRST, AS_OF)
    assert np.argwhere(found.likeliest.counts).tolist() == [[3, 0], [4, 1]]


def test_an_act_of_a_unit_counts_for_the_whole_of_which_it_is_a_part():
    found = counted([shelling("a", 3, "third-guard", "lancers")])
    assert (total(found), total(found, BACK)) == (1, 0)


def test_an_act_of_two_doers_counts_once_for_each_pair():
    feed = Feed(name="three", since=FIRST, pairs=(("gondal", "ruritania"), ("zenda", "ruritania")))
    found = counted([shelling("a", 3, ("gondal", "guard", "zenda"))], feed=feed)
    assert found.likeliest.counts.sum(0).tolist() == [1, 1]


def test_words_and_other_deeds_are_another_class():
    claims = [shelling("a"), claim("b", "ACCUSE", day(3)), claim("c", "COERCE", day(4))]
    assert total(counted(claims)) == 1
    for acts, number in {"hostile-words": 1, "coercion": 1, "hostile-deeds": 2}.items():
        feed = Feed(name=acts, since=FIRST, pairs=(("gondal", "ruritania"),), acts=acts)
        assert counted(claims, feed=feed).likeliest.counts.sum() == number
        assert feed.names == (f"{FORTH} ({acts})",)


def test_a_sum_over_many_acts_is_no_act_and_an_act_of_nobody_is_no_pair_s():
    whole = {"start": day(0), "end": day(20), "precision": Precision.SPAN, "kind": Kind.FIGURE}
    found = counted([shelling("a", killed="killed=90", **whole), shelling("b", 3, ())])
    assert found.likeliest.counts.sum() == sum(w.counts.sum() for w in found.worlds) == 0
    assert any("figures that sum" in note for note in found.notes)
    assert any("whose doer nobody names" in note for note in found.notes)


def test_an_act_that_is_only_denied_is_none():
    found = counted([shelling("a", polarity=Polarity.DENIED)])
    assert found.acts[FORTH] == ()


def test_days_before_the_feed_were_not_observed():
    found = counted([shelling("a", -5), shelling("b", 3)])
    assert total(found) == 1
    assert len(found.acts[FORTH]) == 1
    assert any("1 acts before 2031-05-01 are left out" in note for note in found.notes)
    with pytest.raises(TimeError, match="no 2031-04-26"):
        found.likeliest.row(day(-5))
    with pytest.raises(TimeError, match="nothing was collected by 2031-04-30"):
        counted([shelling("a", -5)], as_of=day(-1))


# ---------------------------------------------------------------------- worlds


def test_an_act_happens_in_as_many_worlds_as_it_is_believed():
    found = counted([shelling("a", chain=(Attribution("somebody"),), rating=6)], worlds=4000)
    (act,) = found.acts[FORTH]
    assert 0.4 < act.belief < 0.7
    share = np.mean([world.counts.sum() for world in found.worlds])
    assert abs(share - act.belief) < 4 * np.sqrt(act.belief * (1 - act.belief) / 4000)


def test_two_acts_told_alike_happen_apart_and_on_days_of_their_own():
    week = {"start": day(0), "end": day(6), "precision": Precision.WITHIN, "rating": 6}
    claims = [
        shelling(key, known_at=day(9), chain=(Attribution("somebody"),), **week) for key in "ab"
    ]
    found = counted(claims, worlds=2000)
    a, b = (act.belief for act in found.acts[FORTH])
    both = [world.counts[:, 0] for world in found.worlds if world.counts.sum() == 2]
    assert abs(len(both) / 2000 - a * b) < 0.05
    assert abs(np.mean([counts.max() == 2 for counts in both]) - 1 / 7) < 0.05


def test_an_act_of_an_open_day_falls_on_each_of_its_days_up_to_when_it_was_known():
    month = {"start": day(0), "end": day(30), "precision": Precision.MONTH}
    found = counted([shelling("a", known_at=day(9), **month)], worlds=2000)
    rows = np.concatenate([np.argwhere(world.counts[:, 0]).ravel() for world in found.worlds])
    assert set(rows.tolist()) == set(range(10))
    assert abs(rows.mean() - 4.5) < 0.3
    assert np.argwhere(found.likeliest.counts[:, 0]).ravel().tolist() == [4]


def test_of_an_act_that_may_have_been_before_the_feed_some_worlds_know_nothing():
    open_day = {"start": day(-5), "end": day(4), "precision": Precision.WITHIN}
    found = counted(
        [shelling(f"a{s.id}", place="ford", chain=(Attribution(s.id),), **open_day)
         for s in SOURCES], worlds=2000,
    )  # fmt: skip
    share = np.mean([world.counts.sum() for world in found.worlds])
    assert abs(share - found.acts[FORTH][0].belief / 2) < 0.06


def rivals(first: str, second: str) -> list:
    """Two origins, one more believed than the other, tell of one act."""
    return [
        shelling("a", killed=first, place="ford", rating=4),
        shelling("b", killed=second, place="ford", chain=(Attribution("s1"),)),
    ]


def test_rival_figures_are_never_averaged():
    found = counted(rivals("killed[ruritania/soldiers]=76", "killed[ruritania/soldiers]=13"))
    (act,) = found.acts[FORTH]
    assert [figure.central for figure in act.figures] == [13, 76]
    assert found.likeliest.deaths.sum() == 13
    happened = [w.deaths.sum() for w in found.worlds if w.counts.sum()]
    assert set(happened) == {13.0, 76.0}


def test_a_figure_with_bounds_is_drawn_within_them():
    found = counted([shelling("a", killed="killed[ruritania/soldiers]=30..33")], worlds=1000)
    assert {w.deaths.sum() for w in found.worlds if w.counts.sum()} == {30.0, 31.0, 32.0, 33.0}
    assert found.likeliest.deaths.sum() == 31.5


def test_the_dead_of_the_doer_are_not_the_recipient_s():
    found = counted([shelling("a", killed="killed[gondal/soldiers]=9; killed[lancers/soldiers]=2")])
    assert found.likeliest.deaths.sum(0).tolist() == [2.0, 0.0]


def test_dead_whose_side_nobody_tells_are_the_only_recipient_s():
    assert counted([shelling("a", killed="killed=4")]).likeliest.deaths.sum() == 4
    two = counted([shelling("a", 3, "gondal", ("ruritania", "zenda"), killed="killed=4")])
    assert (total(two), two.likeliest.deaths.sum(), two.untold_deaths) == (1, 0.0, {FORTH: 1})


def test_dead_that_nobody_counted_are_told_to_be_missing():
    found = counted([shelling("a"), shelling("b", killed="killed=4")])
    assert found.untold_deaths == {FORTH: 1}
    assert any("lower bound" in note for note in found.notes)


# ---------------------------------------------------------------------- what changes nothing

acts = st.lists(
    st.builds(
        lambda key, number, late, length, sides, dead, source: shelling(
            f"a{key}", number, *sides, known_at=day(number + late),
            start=day(number - length), end=day(number),
            precision=Precision.WITHIN if length else Precision.DAY,
            place=f"place {number // 9}", killed=dead, chain=(Attribution(source),),
        ),
        st.integers(0, 10**6),
        st.integers(0, 30),
        st.integers(0, 20),
        st.sampled_from([0, 0, 0, 1, 8]),
        st.sampled_from([("gondal", "ruritania"), ("guard", "lancers"), ("ruritania", "guard")]),
        st.sampled_from(["", "killed=4", "killed[ruritania/soldiers]=7..9", "killed[gondal]=>=3"]),
        st.sampled_from(["s0", "s1", "s2", "nobody"]),
    ),
    max_size=8, unique_by=lambda made: made.key,
)  # fmt: skip


@settings(max_examples=40)
@given(acts, st.integers(5, 40))
def test_what_becomes_known_later_changes_nothing(claims, number):
    as_of = day(number)
    early = [each for each in claims if each.known_at <= as_of]
    assert told(counted(claims, as_of)) == told(counted(early, as_of))


@settings(max_examples=40)
@given(acts, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(claims, chance):
    mixed = [*claims, *claims[:2]]
    chance.shuffle(mixed)
    assert told(counted(mixed)) == told(counted(claims))


@settings(max_examples=40)
@given(acts)
def test_an_unrelated_act_leaves_all_other_draws_as_they_were(claims):
    more = [*claims, shelling("z", 44, killed="killed=5", place="far away")]
    before, after = counted(claims), counted(more)
    for world, other in zip(before.worlds, after.worlds, strict=True):
        difference = other.counts - world.counts
        assert set(np.unique(difference)) <= {0, 1}
        assert set(np.argwhere(difference)[:, 0].tolist()) <= {44}
        assert np.delete(other.deaths, 44, 0).tolist() == np.delete(world.deaths, 44, 0).tolist()


@settings(max_examples=40)
@given(acts)
def test_a_longer_look_back_changes_no_day(claims):
    longer = Feed(name="border", since=FIRST - timedelta(days=30), pairs=FEED.pairs)
    short, long = counted(claims), counted(claims, feed=longer)
    assert long.likeliest.since(FIRST) == short.likeliest
    assert tuple(world.since(FIRST) for world in long.worlds) == short.worlds


@settings(max_examples=40)
@given(acts)
def test_the_order_of_the_pairs_changes_the_columns_alone(claims):
    turned = Feed(name="border", since=FIRST, pairs=FEED.pairs[::-1])
    found, other = counted(claims), counted(claims, feed=turned)
    assert tuple(world.select(found.names) for world in other.worlds) == found.worlds


def test_other_names_change_names_alone():
    claims = [
        shelling("a", 3, killed="killed[ruritania/soldiers]=7..9", rating=4),
        shelling("b", 5, "ruritania", "gondal", killed="killed=2", rating=3),
    ]
    names = {"gondal": "ruritania", "ruritania": "gondal"}

    def swapped(made):
        # The id stays: a claim under other names would otherwise be another claim, with other draws
        return msgspec.structs.replace(
            made,
            actors=tuple(names[a] for a in made.actors),
            recipients=tuple(names[a] for a in made.recipients),
            quantities=tuple(
                type(q)(q.what, q.group.replace("ruritania", "gondal"), q.low, q.best, q.high)
                for q in made.quantities
            ),
        )

    found, other = counted(claims), counted([swapped(each) for each in claims])
    for mine, its in zip(found.worlds, other.worlds, strict=True):
        assert (mine.counts == its.counts[:, ::-1]).all()
        assert (mine.deaths == its.deaths[:, ::-1]).all()


def test_worlds_differ_by_seed_and_more_worlds_keep_the_likeliest():
    claims = [shelling(f"a{n}", n, rating=6, chain=(Attribution("x"),)) for n in range(9)]
    assert counted(claims).worlds == counted(claims).worlds
    assert counted(claims, seed=1).worlds != counted(claims).worlds
    assert counted(claims, worlds=7).likeliest == counted(claims).likeliest


# ---------------------------------------------------------------------- exposure and silence


def test_exposure_counts_the_reports_of_any_kind_that_name_an_actor():
    claims = [
        shelling("a", 3, report="r1"),
        shelling("b", 3, report="r1"),
        claim("c", "CONSULT", day(3), "guard", "zenda"),
        claim("d", "CONSULT", day(5), "zenda", "elsewhere"),
    ]
    found = counted(claims).exposure
    assert np.flatnonzero(found.reports).tolist() == [3]
    assert found.reports[3] == 2
    assert found.smoothed[3] == 2 / 4
    assert found.smoothed[30] == 2 / 28
    assert found.smoothed[31] == 0
    assert found.last_known == day(3)


def test_a_feed_of_which_nothing_is_heard_is_stale():
    quiet = [shelling("a", 3), claim("c", "CONSULT", day(10))]
    counted(quiet, as_of=day(24)).require_fresh()
    with pytest.raises(StaleFeed, match=r"since 2031-05-11.*within 14 days before 2031-05-26"):
        counted(quiet, as_of=day(25)).require_fresh()
    with pytest.raises(StaleFeed, match="up to 2031-05-26"):
        counted([], as_of=day(25)).require_fresh()
