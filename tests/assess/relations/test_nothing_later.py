"""A week is foretold from what was known before it; a day's strain from what was known by then."""

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assess.relations.made import (
    PAIR,
    SURE,
    WEEK0,
    Told,
    act,
    acts_in,
    claim,
    dyad_of,
    monday,
    seen,
    series,
)
from tests.evidence.strategies import CASE, days, news, opened, worlds

from foreshock.assess.deadlines import deadlines
from foreshock.assess.patrons import patrons, standing_ties
from foreshock.assess.relations.acts import Act
from foreshock.assess.relations.discount import GRID, foretell, learned
from foreshock.assess.relations.memory import week_of
from foreshock.assess.relations.standing import Relations, relations
from foreshock.assess.relations.strain import share_by_week, strain
from foreshock.core.time import Precision
from foreshock.evidence.reconcile import reconcile
from foreshock.evidence.view import Evidence

WEEKS = 30


@st.composite
def acts(draw: st.DrawFn, stem: str, least: int = 0) -> list[Act]:
    """Draw acts of a few months, many of them known late."""
    return [
        act(
            draw(st.integers(0, WEEKS)),
            draw(st.sampled_from("+-")),
            late=draw(st.sampled_from([0, 0, 1, 3, 20])),
            event=f"{stem} {n}",
            weight=draw(st.sampled_from([0.25, 1.0])),
        )
        for n in range(draw(st.integers(least, 25)))
    ]


def _prediction(own: Sequence[Act], others: Sequence[Sequence[Act]], week: int) -> list[float]:
    """Give what is foretold of a week: the discount in use, and the Beta's parameters."""
    anchor = act(week, "+", event="anchor")
    found = foretell([*own, anchor])
    (used,) = learned(found, [foretell(each) for each in others], [WEEK0 + week])
    (place,) = np.flatnonzero(found.weeks == WEEK0 + week)
    return [
        float(GRID[used]),
        found.a_conflictual[place, used],
        found.a_cooperative[place, used],
    ]


def _known_before(acts: Sequence[Act], week: int) -> list[Act]:
    return [each for each in acts if week_of(each.known_at) < WEEK0 + week]


@st.composite
def altered(draw: st.DrawFn, acts: Sequence[Act], week: int) -> list[Act]:
    """Alter, take away and add acts that nobody knew before a week."""
    kept = _known_before(acts, week)
    for each in acts:
        if each not in kept and draw(st.booleans()):
            kept.append(
                dataclasses.replace(
                    each,
                    conflictual=draw(st.booleans()),
                    weight=draw(st.sampled_from([0.25, 1.0, 5.0])),
                    day=monday(draw(st.integers(0, 2 * WEEKS))),
                )
            )
    for n in range(draw(st.integers(0, 6))):
        happened = draw(st.integers(0, 2 * WEEKS))
        kept.append(
            act(
                happened,
                draw(st.sampled_from("+-")),
                late=max(0, week - happened) + draw(st.integers(0, 9)),
                event=f"new {week} {n} {len(acts)}",
            )
        )
    return kept


@settings(max_examples=100)
@given(st.data(), acts("own", 3), acts("b"), acts("c"), st.integers(1, WEEKS))
def test_no_prediction_depends_on_what_became_known_in_its_week_or_later(data, own, b, c, week):
    told = _prediction(own, [b, c], week)
    later = [data.draw(altered(each, week)) for each in (own, b, c)]
    assert _prediction(later[0], later[1:], week) == pytest.approx(told, rel=1e-9)
    plain = [_known_before(each, week) for each in (own, b, c)]
    assert _prediction(plain[0], plain[1:], week) == pytest.approx(told, rel=1e-9)


def test_an_act_that_became_known_late_does_not_teach_the_discount_before():
    own = series([0, 1, 0, 1, 0, 1] * 4, [1, 0, 1, 0, 1, 0] * 4)
    late = act(2, "-", late=40, event="late")
    at = [WEEK0 + week for week in range(1, 42)]
    without, with_it = (learned(foretell(each), [], at) for each in (own, [*own, late]))
    np.testing.assert_array_equal(with_it, without)
    # Later it does.
    many = [act(2, "-", late=40, event=f"late {n}") for n in range(30)]
    after = learned(foretell([*own, *many]), [], [WEEK0 + 60])
    assert after != learned(foretell(own), [], [WEEK0 + 60])


@given(acts("own", 1))
def test_the_parts_of_a_score_add_up_to_it(own):
    found = foretell(own)
    whole = foretell([dataclasses.replace(each, known_at=each.day) for each in own])
    assert found.parts.sum() == pytest.approx(found.scores.sum())
    np.testing.assert_array_equal(found.weeks, whole.weeks)
    np.testing.assert_array_equal(found.conflictual, whole.conflictual)
    assert (found.opened >= found.weeks).all()
    np.testing.assert_allclose(whole.parts, whole.scores)


@given(acts("own", 3), st.integers(0, WEEKS))
def test_a_share_of_a_week_holds_no_act_of_a_later_one(own, week):
    used = np.array([7])
    before = [each for each in own if week_of(each.day) <= WEEK0 + week]
    assert share_by_week(own, used, WEEK0 + week) == share_by_week(before, used, WEEK0 + week)


# ---------------------------------------------------------------------- the whole, on a day


def _everything(evidence: Evidence) -> Relations:
    events = reconcile(evidence)
    return relations(
        evidence, events, patrons(evidence), standing_ties(evidence), deadlines(evidence)
    )


@settings(max_examples=30)
@given(st.data(), worlds(most=16, least=4), days(-12, 12))
def test_what_became_known_later_leaves_the_relations_of_a_day(data, world, day):
    with opened() as (store, clock):
        store.append(CASE, world.batch)
        before = _everything(store.view(CASE, day))
        clock.pass_by(hours=1)
        store.append(CASE, data.draw(news(world, day)))
        assert _everything(store.view(CASE, day)) == before


def test_a_claim_shows_on_its_own_day():
    day = date(2020, 5, 4)
    told = [claim(f"C{n}", "ASSAULT", day - timedelta(weeks=n)) for n in range(3)]
    late = claim("late", "AID", day - timedelta(weeks=1), known_at=day + timedelta(days=1))

    def on(claims, as_of):
        return strain(acts_in(seen(claims, as_of)), as_of)

    assert on([*told, late], day) == on(told, day)
    next_day = day + timedelta(days=1)
    assert on([*told, late], next_day) != on(told, next_day)


@pytest.mark.parametrize("known", [date(2020, 2, 2), date(2020, 3, 1), date(2020, 12, 31)])
@pytest.mark.parametrize("precision", [Precision.YEAR, Precision.WITHIN, Precision.SPAN])
def test_an_act_of_this_year_lies_before_it_was_known(known, precision):
    year = claim(
        "C1", "ASSAULT", date(2020, 1, 1), end=date(2020, 12, 31), precision=precision,
        known_at=known,
    )  # fmt: skip
    (dyad,) = strain(acts_in(seen([year], known)), known)
    (only,) = dyad.deeds.acts
    assert date(2020, 1, 1) <= only.day <= known
    assert dyad.deeds.now.mass > 0
    assert [moved.act for moved in dyad.deeds.moved] == [only] * (
        only.day > known - timedelta(days=30)
    )


def test_weeks_end_with_the_week_of_the_as_of():
    acts = Told({PAIR: [act(0, "-", probability=SURE), act(5, "+")]})
    for day in range(7):
        (dyad,) = strain(acts, monday(9) + timedelta(days=day))
        assert [week.end for week in dyad.words.weeks] == [
            monday(week) + timedelta(days=6) for week in range(10)
        ]
        last, now = dyad.words.weeks[-1].share, dyad.words.now
        assert dataclasses.astuple(last) == pytest.approx(dataclasses.astuple(now))
        assert dyad_of([dyad], *PAIR) is dyad
