"""A running total as its counter told it, and which counts can be true together."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.assess.fled import AS_OF, COUNTS, DECLARED, day, fled, known

from foreshock.assess.running_total import histories, rounding, rounding_spread, totals
from foreshock.core.displacement import Total
from foreshock.evidence.claim import Kind, Modality


def told(claims, as_of=AS_OF):
    return [(each.day, each.people) for each in totals(known(claims, as_of), DECLARED)]


def test_counts_of_the_counter_since_the_same_day_make_the_total():
    others = [
        fled(77_000, 40, source="s1"),
        fled(1_000, 20, start=day(10)),
        fled(2_000, 20, place="sd-east"),
        fled(3_000, 20, destinations=("sd-west",)),
        fled(4_000, 60, modality=Modality.PLANNED),
        fled(5_000, 20, kind=Kind.FORECAST),
    ]
    assert told([*COUNTS, *others]) == told(COUNTS)
    assert told(COUNTS)[-1] == (day(55), 90_000.0)


def test_what_becomes_known_later_is_not_seen():
    assert told(COUNTS, day(46)) == told(COUNTS[:2])


def test_counts_that_fit_together_make_one_history():
    (only,) = histories(totals(known(COUNTS), DECLARED))
    assert only.weight == 1.0 and [each.weight for each in only.totals] == [1.0] * 4


def test_a_fall_makes_two_histories_and_the_better_attested_weighs_more():
    found = histories([
        Total(day=day(10), people=10_000.0, weight=0.9),
        Total(day=day(20), people=31_000.0, weight=0.9),
        Total(day=day(22), people=21_000.0, weight=0.3),
    ])  # fmt: skip
    assert [[each.people for each in one.totals] for one in found] == [
        [10_000.0, 31_000.0],
        [10_000.0, 21_000.0],
    ]
    assert found[0].weight > 0.6 and sum(one.weight for one in found) == 1.0


def test_a_fall_within_the_rounding_is_none():
    near = [Total(day=day(1), people=300_000.0), Total(day=day(3), people=296_000.0)]
    assert len(histories(near)) == 1


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10**6), st.floats(0.01, 1.0)), max_size=7)
)
def test_histories_hold_no_contradiction_and_their_weights_sum_to_one(rows):
    found = histories([
        Total(day=date(2031, 5, 1) + timedelta(days=n), people=float(people), weight=weight)
        for n, people, weight in sorted(rows)
    ])  # fmt: skip
    assert not rows or abs(sum(one.weight for one in found) - 1) < 1e-9
    for one in found:
        for early, late in zip(one.totals, one.totals[1:], strict=False):
            slack = rounding(early.people) + rounding(late.people)
            assert early.day <= late.day and late.people >= early.people - slack


def test_a_rounder_number_says_less():
    assert rounding(1_234) == 1.0 and rounding(7_000_000) == 10_000.0
    assert rounding_spread(300_000, 310_000) > rounding_spread(301_234, 310_123)
