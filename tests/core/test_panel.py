"""A panel keeps its values, refuses what nobody can count, and has a digest of what it says."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from foreshock.core.errors import QuantityError, TimeError
from foreshock.core.panel import Panel, month_id, month_of

STARTS = (date(2031, 5, 1), date(2031, 6, 1), date(2031, 7, 1))


def panel(values=((1, np.nan, 0), (2, 3, 4)), **changed):
    made = {
        "variable": "deaths", "about": "", "unit": "country", "period": "month",
        "keys": ("1", "2"), "names": ("Gondal", "Ruritania"), "starts": STARTS,
        "values": values, "vintage": "made up",
    }  # fmt: skip
    return Panel(**made | changed)


def test_months_are_numbered_as_views_numbers_them():
    assert month_id(date(1990, 1, 1)) == 121
    assert all(month_id(month_of(number)) == number for number in range(-20, 800))


@pytest.mark.parametrize(
    "changed",
    [
        {"values": ((1, -1, 0), (2, 3, 4))},
        {"values": ((1, np.inf, 0), (2, 3, 4))},
        {"values": ((1, 2), (2, 3))},
        {"keys": ("1", "1")},
        {"names": ("Gondal",)},
        {"keys": (), "names": (), "values": np.empty((0, 3))},
    ],
)
def test_what_nobody_can_count_is_refused(changed):
    with pytest.raises(QuantityError):
        panel(**changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"starts": (STARTS[0], STARTS[2], STARTS[1])},
        {"starts": (STARTS[0], STARTS[1], date(2031, 8, 1))},
        {"starts": tuple(start.replace(day=2) for start in STARTS)},
        {"period": "fortnight"},
    ],
)
def test_periods_with_a_gap_are_refused(changed):
    with pytest.raises(TimeError):
        panel(**changed)


def test_values_are_its_own_and_locked():
    values = np.array([[1.0, 2, 3], [4, 5, 6]])
    made = panel(values)
    values[:] = 0
    assert made.values.sum() == 21
    with pytest.raises(ValueError, match="read-only"):
        made.values[0, 0] = 7


def test_the_digest_is_of_what_the_panel_says_and_of_nothing_else():
    odd = np.array([[1.0, -np.nan, -0.0], [2, 3, 4]])
    assert panel().digest == panel(odd).digest
    assert panel().digest != panel(((1, 0, 0), (2, 3, 4))).digest
    assert panel().digest != replace(panel(), vintage="another").digest
    assert panel().until(STARTS[1]).digest == panel(((1, np.nan), (2, 3)), starts=STARTS[:2]).digest
