"""Comparison by countries: its intervals hold, and months of one war are not evidence twice."""

import numpy as np
import polars as pl
import pytest
from tests.evaluate.watch import wars

from foreshock.core.random import stream
from foreshock.evaluate.watch.comparison import by_country, compare, shares
from foreshock.evaluate.watch.study import Study
from foreshock.evaluate.watch.windows import challenge_windows

MONTHS = 12


def scored(ours: np.ndarray, theirs: np.ndarray, fought=True, seed: int = 0) -> Study:
    """Make a study of two methods from their scores, shape (country, month)."""
    countries, months = ours.shape
    keys = [f"{number:03d}" for number in range(countries)]
    frame = pl.DataFrame({
        "window": "2032",
        "origin": challenge_windows([2032])[0].origin,
        "ahead": np.tile(np.arange(months) + 3, countries),
        "unit": np.repeat(keys, months),
        "fought": np.repeat(np.broadcast_to(fought, countries), months),
    })  # fmt: skip
    cells = [
        frame.with_columns(pl.lit(name).alias("method"), pl.Series("crps", scores.ravel()))
        for name, scores in (("ours", ours), ("theirs", theirs))
    ]
    return Study(
        windows=challenge_windows([2032]), methods=("ours", "theirs"),
        names={key: f"Country {key}" for key in keys}, cells=pl.concat(cells), left_out=0,
        inputs="made up", truth="made up", draws=1000, seed=seed,
    )  # fmt: skip


def two(random: np.random.Generator, less: float, countries: int = 80) -> Study:
    """Make scores with a difference that is each country's own, and the same in expectation."""
    theirs = random.gamma(2.0, 1.0, (countries, MONTHS))
    own = less + random.normal(0, 0.5, (countries, 1))
    return scored(theirs + own + random.normal(0, 0.2, theirs.shape), theirs)


def test_intervals_hold_the_true_difference_as_often_as_they_say():
    held = []
    for number in range(120):
        found = compare(two(stream(number, "comparison"), -0.2), "ours", "theirs", "crps")
        held.append(found.difference.low <= -0.2 <= found.difference.high)
    assert 0.90 <= np.mean(held) <= 0.99


def test_months_of_one_country_are_not_evidence_twice():
    study = two(stream(1, "blocks"), 0.0)
    found = compare(study, "ours", "theirs", "crps").difference
    once = study.cells.group_by("method", "unit", "window", "origin", "fought").agg(
        pl.col("crps").mean(), pl.lit(3).alias("ahead")
    )
    single = compare(
        Study(**{n: getattr(study, n) for n in Study.__dataclass_fields__} | {"cells": once}),
        "ours", "theirs", "crps",
    ).difference  # fmt: skip
    assert (found.units, found.cases, single.cases) == (80, 960, 80)
    assert (found.low, found.high) == pytest.approx((single.low, single.high))


def test_counted_by_hand():
    theirs = np.full((12, 2), 4.0)
    ours = theirs + np.array([-1, -2, -1, 3, 0, 0, 0, 0, 0, 0, 0, -9])[:, None]
    fought = np.array([True] * 5 + [False] * 7)
    found = compare(scored(ours, theirs, fought), "ours", "theirs", "crps")
    assert found.difference.value == pytest.approx(-10 / 12)
    assert (found.better, found.worse, found.conflict) == (3, 1, 5)
    assert found.share_better == pytest.approx(0.6)
    back = compare(scored(theirs, ours, fought), "ours", "theirs", "crps")
    assert (back.better, back.worse) == (1, 3)
    assert back.difference.value == -found.difference.value


def test_a_rounding_is_no_win():
    theirs = np.full((12, 1), 0.3)
    found = compare(scored(np.full((12, 1), 0.1) * 3, theirs), "ours", "theirs", "crps")
    assert (found.better, found.worse) == (0, 0)


def test_few_countries_have_no_interval():
    found = compare(scored(np.ones((5, 3)), np.zeros((5, 3))), "ours", "theirs", "crps")
    assert found.difference.low is None


def test_countries_in_the_order_of_what_they_gained():
    theirs = np.full((3, 2), 4.0)
    ours = theirs + np.array([1.0, -2.0, 0.0])[:, None]
    found = by_country(scored(ours, theirs), "ours", "theirs", "crps")
    assert [(each.unit, each.less) for each in found] == [("001", -2), ("002", 0), ("000", 1)]
    assert found[2].name == "Country 000"


def test_shares_of_a_score():
    study = scored(np.array([[1.0, 1], [5, 1], [2, 0]]), np.zeros((3, 2)))
    assert shares(study, "ours", "crps") == (
        ("Country 001", 0.6), ("Country 002", 0.2), ("Country 000", 0.2),
    )  # fmt: skip
    assert shares(study, "theirs", "crps")[0][1] == 0.0


def test_strata_are_compared_in_their_own_cells():
    found = wars.study({
        "fives": lambda known, horizons, *_: np.full((len(known), len(horizons), 2), 5.0),
        "zeros": lambda known, horizons, *_: np.zeros((len(known), len(horizons), 2)),
    })  # fmt: skip
    quiet = found.where(pl.col("stratum") == "0")
    told = compare(quiet, "fives", "zeros", "crps").difference
    assert told.cases == len(quiet.of("fives")) < len(found.of("fives"))
    assert told.value == pytest.approx(5.0)  # quiet countries of that world stay quiet
