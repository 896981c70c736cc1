"""Forecasts of places, scored by hand against a belief that is made up."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.core.test_control import AS_OF, G, R, held, outlook

from foreshock.assess.control.belief import Holder
from foreshock.evaluate.control.ahead import FLOOR, OURS, cases


def later(**told: tuple[str, float]) -> SimpleNamespace:
    """Believe on any day that places are held so."""

    def holder(place, day):
        assert day == AS_OF + timedelta(days=1)
        state, sure = told[place]
        return Holder(state, sure, ((state, sure),))

    return SimpleNamespace(index=dict.fromkeys(told, 0), holder=holder)


def test_a_forecast_is_scored_over_all_states():
    # The ford falls in two futures of four and is contested in a third; the mill stays.
    days = [[G, R, R], [(R, G), R, R], [G, R, R], [R, R, R]]
    ahead = outlook(held(*[[[R, R, R], day] for day in days]))
    ford, mill = cases([ahead], later(ford=("gondal", 0.95), mill=("ruritania", 0.99)), 1)
    assert (ford.place, ford.side, ford.changed, mill.changed) == ("ford", "gondal", True, False)
    assert ford.probability == {OURS: 0.5, "no change": FLOOR}
    assert ford.brier[OURS] == pytest.approx(0.5**2 + 0.25**2 + 0.25**2)
    assert ford.brier["no change"] == 2.0
    assert mill.brier == {OURS: 0.0, "no change": 0.0}


@pytest.mark.parametrize("told", [("gondal", 0.8), ("contested", 0.99), ("zenda", 0.99)])
def test_a_place_of_which_nobody_is_sure_later_is_left_out(told):
    ahead = outlook(held([[R, R, R], [G, R, R]]))
    assert cases([ahead], later(ford=told), 1) == []
    assert cases([], later(ford=told), 1) == []
