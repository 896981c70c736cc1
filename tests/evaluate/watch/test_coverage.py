"""Intervals by strata: a right forecast is found right, and zeros flatter no transform."""

import numpy as np
import pytest
from tests.evaluate.watch import wars

from foreshock.evaluate.watch.coverage import AFTERWARDS, ALL, coverage
from foreshock.evaluate.watch.strata import STRATA, deaths_before, strata

LEVELS = np.r_[np.full(60, 0.02), np.full(60, 0.7), np.full(60, 9.0), np.full(60, 300.0)]


def steady() -> np.ndarray:
    """Make a world in which every month of a country is drawn from the same distribution."""
    return np.random.default_rng(2).poisson(LEVELS[:, None], (240, 48))


def oracle(known, horizons, draws, seed):
    """Draw from that distribution."""
    shape = (len(known), len(horizons), draws)
    return np.random.default_rng(seed).poisson(LEVELS[:, None, None], shape)


def narrow(known, horizons, draws, seed):
    return np.broadcast_to(np.rint(LEVELS)[:, None, None], (len(known), len(horizons), 1))


@pytest.fixture(scope="module")
def found():
    study = wars.study({"oracle": oracle, "narrow": narrow}, steady(), draws=400)
    return {name: {row.among: row for row in coverage(study, name)} for name in study.methods}


def test_every_case_is_in_one_stratum(found):
    rows = found["oracle"]
    assert set(rows) == {ALL, *STRATA, AFTERWARDS}
    assert sum(rows[name].cells for name in STRATA) == rows[ALL].cells == 240 * 24


def test_a_right_forecast_holds_what_it_promised_and_its_transform_is_even(found):
    for row in found["oracle"].values():
        if row.among == AFTERWARDS:
            continue
        assert row.held == pytest.approx(row.promised, abs=0.02)
        assert row.transform == pytest.approx(0.9, abs=0.02)
        assert row.below == pytest.approx(0.05, abs=0.015)
        assert row.above == pytest.approx(0.05, abs=0.015)


def test_zeros_flatter_what_is_held_and_not_the_transform(found):
    quiet = found["oracle"]["0"]
    assert quiet.held > 0.95
    assert quiet.transform == pytest.approx(0.9, abs=0.02)
    lopsided = found["oracle"][AFTERWARDS]  # a right forecast looks wrong there
    assert lopsided.above > lopsided.below + 0.02


def test_a_forecast_that_is_too_sure_is_found_out(found):
    row = found["narrow"]["1,000 or more"]
    assert row.held < 0.1
    assert row.promised == 1
    assert row.below + row.above > 0.9


def test_strata_at_their_edges():
    assert strata(np.array([0, 1, 24, 25, 999, 1000, 1e6, np.nan])) == (
        "0", "1–24", "1–24", "25–999", "25–999", "1,000 or more", "1,000 or more", "unknown",
    )  # fmt: skip


def test_only_the_last_twelve_known_months_count():
    known = np.array([[900.0] * 6 + [1.0] * 12, [np.nan] * 15 + [2.0] * 3, [np.nan] * 18])
    np.testing.assert_array_equal(deaths_before(known), [12, 6, np.nan])
