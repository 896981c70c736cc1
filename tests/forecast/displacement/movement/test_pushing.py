"""Who sets out."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forecast.displacement.movement.made import CALM, gondal, moved, network, site

from foreshock.core.errors import MovementError
from foreshock.core.network import Counted, CountedCamp
from foreshock.core.rules import Pushing
from foreshock.forecast.displacement.movement.modes import Mode
from foreshock.forecast.displacement.movement.pushing import counted, room
from foreshock.forecast.displacement.movement.pushing import given as arriving
from foreshock.forecast.displacement.movement.run import move, plan


def counts(*people: list[float], total: list[float] | None = None) -> Counted:
    """Give counts on days 0, 1, ... of regina and zedora."""

    def camp(name: str, found: list[float]) -> CountedCamp:
        return CountedCamp(name=name, days=np.arange(len(found)), people=np.array(found))

    camps = tuple(camp(name, each) for name, each in zip(["regina", "zedora"], people, strict=True))
    return Counted(camps=camps, total=camp("total", total) if total else None)


FALLING = counts([10.0, 30.0, 20.0, 25.0, 60.0], [0.0] * 5)


def test_as_many_set_out_as_the_counts_have_grown_by():
    """What they fall by is owed: 20, nobody, nobody while 10 are owed, then 35 less the 5 left."""
    found = counted(gondal(5), CALM, FALLING)
    assert found.present.tolist() == [0, 0, 10, 0]
    assert found.daily.tolist() == [0, 20, 0, 0, 30]
    assert found.debt.tolist() == [0, 0, 10, 5, 0]


def test_day_0_can_set_people_moving_and_counts_can_begin_at_0():
    """As the settings say."""
    found = counted(gondal(5), replace(CALM, insert_day0=False), FALLING)
    assert found.daily[0] == 10
    assert found.present.sum() == 0
    found = counted(gondal(5), replace(CALM, empty_camps_on_day0=True), FALLING)
    assert found.present.sum() == found.daily[0] == 0


def test_the_total_can_set_people_moving():
    """Where it was counted."""
    rules = replace(CALM, sum_from_camps=False)
    found = counts([0.0] * 5, [0.0] * 5, total=[5.0, 9.0, 9.0, 12.0, 12.0])
    assert counted(gondal(5), rules, found).daily.tolist() == [0, 4, 0, 3, 0]
    with pytest.raises(MovementError, match="total"):
        counted(gondal(5), rules, FALLING)


def test_a_camp_that_was_never_counted_is_an_error():
    """Flee stops at it too; the name is told."""
    with pytest.raises(MovementError, match="'zedora'"):
        counted(gondal(5), CALM, Counted(camps=FALLING.camps[:1]))


def test_who_was_there_on_day_0_takes_his_place():
    """And in a camp that was full then no limit is left, as in Flee."""
    assert room(gondal(5), CALM, FALLING).tolist() == [-1, -1, 140, 90]
    over = counts([200.0] * 5, [90.0] * 5)
    assert room(gondal(5), CALM, over).tolist() == [-1, -1, -50, 0]
    assert room(gondal(5), replace(CALM, insert_day0=False), FALLING).tolist() == [-1, -1, 150, 90]


def test_one_person_can_stand_for_many():
    """Counts, populations and capacities are cut down alike."""
    rules = replace(CALM, hasten=10)
    assert counted(gondal(5), rules, FALLING).daily.tolist() == [0, 2, 0, 0, 3]
    assert room(gondal(5), rules, FALLING).tolist() == [-1, -1, 14, 9]


def test_origins_go_by_population_intensity_and_age_of_fighting():
    """1,000 and 3,000 people, the second under fire at a third: as many set out from each."""
    sites = [site("angora", population=1_000), site("elbe", population=3_000), site("r", "camp")]
    conflict = np.tile([1.0, 1 / 3, 0.0], (6, 1))
    over = network(sites, [(0, 2, 300.0), (1, 2, 900.0)], conflict=conflict)
    far = replace(CALM, camp_movechance=0.0)
    at = moved(over, far, daily=[8_000, 0, 0, 0, 0, 0])
    assert abs(at.people[0, 2] - 4_000) < 4 * np.sqrt(2_000)
    conflict[:3, 1] = 0.0
    fading = replace(far, conflict_spawn_decay=(1.0, 0.0), conflict_spawn_decay_interval=4)
    at = moved(replace(over, conflict=conflict), fading, daily=[0, 0, 0, 0, 0, 500])
    assert at.people[5, 2] == 0  # All from elbe, where fighting is new, and far from the camp.


@pytest.mark.parametrize("mode", [Mode.FIXED, Mode.COHORT])
def test_numbers_can_be_given_for_each_site(mode: Mode):
    """Then they set out from there, fighting or not."""
    sites = [site("angora"), site("elbe"), site("r", "camp")]
    over = network(sites, [(0, 2, 30.0), (1, 2, 900.0)], days=2)
    rules = replace(CALM, default_movechance=1.0, camp_movechance=0.0)
    at = move(plan(over, rules, mode, arriving(over, np.array([[7, 5, 0], [0, 2, 0]]))))
    assert at.people[0].tolist() == [0, 0, 7]
    assert at.under_way.tolist() == [5, 7]
    assert at.so_far.tolist() == [12, 14]


def test_nobody_can_set_out_where_there_is_no_fighting():
    """The day is told, and how many."""
    over = network([site("angora", population=9)], [], days=3)
    with pytest.raises(MovementError, match="7 people are to set out on day 2"):
        moved(over, daily=[0, 0, 7])
    assert moved(over, daily=[0, 0, 0]).so_far.tolist() == [0, 0, 0]


def test_no_more_can_set_out_than_live_there():
    """If that is asked for."""
    rules = replace(CALM, take_from_population=True)
    assert moved(gondal(2), rules, daily=[9_000, 1_000]).so_far[-1] == 10_000
    with pytest.raises(MovementError, match="on day 1 more people"):
        moved(gondal(2), rules, daily=[9_000, 1_001])


@pytest.mark.parametrize(
    ("pushing", "number", "expected"),
    [
        (Pushing.CONSTANT, 50.0, 50),
        (Pushing.SHARE_OF_POPULATION, 0.01, 100),
        (Pushing.POISSON, 50.0, 50),
    ],
)
@pytest.mark.parametrize("mode", [Mode.FIXED, Mode.COHORT])
def test_fighting_can_set_people_moving_itself(
    pushing: Pushing, number: float, expected: int, mode: Mode
):
    """A number, a Poisson number or a share of the population for each day of fighting."""
    rules = replace(CALM, pushing=pushing, displaced_per_conflict_day=number)
    at = move(plan(gondal(20), rules, mode, FALLING))
    assert abs(at.so_far[-1] - 10 - 20 * expected) < 150
    assert bool(at.so_far[-1] - 10 == 20 * expected) is (pushing is not Pushing.POISSON)


@settings(max_examples=50)
@given(st.lists(st.integers(0, 500), min_size=2, max_size=30))
def test_everybody_counted_has_set_out_or_is_owed(people: list[int]):
    """At any time: who was there at first and has set out, less what is owed, is the count."""
    by_camp = counts([float(number) for number in people], [0.0] * len(people))
    found = counted(gondal(len(people)), CALM, by_camp)
    assert (found.present.sum() + found.daily.cumsum() - found.debt).tolist() == people
