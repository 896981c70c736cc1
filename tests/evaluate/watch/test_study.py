"""The study of the watch: by hand, blind to the future and to the order of countries."""

from datetime import date

import msgspec
import numpy as np
import polars as pl
import pytest
from tests.evaluate.watch import wars
from tests.evaluate.watch.futures import see_the_future, spoiled

from foreshock.core.errors import EnsembleError, ForecastRefused, QuantityError, TimeError
from foreshock.evaluate.watch import report
from foreshock.evaluate.watch.methods import benchmark_methods, told
from foreshock.evaluate.watch.scoring import SCORES
from foreshock.evaluate.watch.study import run
from foreshock.evaluate.watch.windows import Window, challenge_windows, rolling_windows

METHODS = benchmark_methods()
CONFLICTOLOGY = {"conflictology": METHODS["conflictology"]}


def constant(number: float, draws: int = 5):
    return lambda known, horizons, *_: np.full((len(known), len(horizons), draws), float(number))


def shared_state(known, horizons, draws, seed):
    """Forecast from the past, and spoil it for whoever comes next."""
    found = np.repeat(known[:, None, -1:], len(horizons), axis=1)
    known[:] = 777
    return found


# ---------------------------------------------------------------------- windows


def test_windows_of_the_challenge():
    one, two = challenge_windows([2033, 2032, 2033])
    assert (one.name, two.name) == ("2032", "2033")
    assert one.origin == date(2031, 10, 1)
    assert one.months == tuple(date(2032, month, 1) for month in range(1, 13))


def test_windows_that_cannot_be():
    with pytest.raises(TimeError):
        Window("now", date(2031, 1, 1), (0, 1))
    with pytest.raises(TimeError):
        rolling_windows(date(2031, 5, 1), date(2031, 5, 1))


# ---------------------------------------------------------------------- numbers by hand


def test_scores_by_hand():
    values = np.zeros((2, 36))
    values[0, 10:22] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 36]  # the year up to October 2031
    values[0, 24:36] = 30
    values[1, 30] = 2
    found = wars.study({"conflictology": METHODS["conflictology"], "five": constant(5)},
                       values, years=[2032])  # fmt: skip
    cell = found.of("conflictology").filter(unit="1", ahead=3).row(0, named=True)
    draws = [0] * 10 + [12, 36]
    pairs = sum(abs(a - b) for a in draws for b in draws)
    near = (10 * 30 + 18 + 6) / 12
    assert cell["crps"] == pytest.approx(near - pairs / (2 * 144))
    assert cell["fair"] == pytest.approx(near - pairs / (2 * 132))
    assert (cell["before"], cell["stratum"], cell["came"]) == (48, "25–999", 30)
    assert cell["ignorance_raw"] == pytest.approx(-np.log2((1 + 1) / 23))
    assert cell["chance_deadly"] == pytest.approx(1 / 12)
    assert cell["chance_doubled"] == pytest.approx(1 / 12)  # mean month 4: 25 or more
    assert cell["came_doubled"] == 1
    assert np.isnan(cell["chance_onset"])
    low, high = np.quantile(draws, [0.05, 0.95])
    assert cell["interval"] == pytest.approx(high - low + 20 * max(30 - high, 0))
    assert cell["held"] == float(low <= 30 <= high)
    quiet = found.of("five").filter(unit="2")
    assert quiet["stratum"].unique().to_list() == ["0"]
    assert quiet["crps"].to_list() == [5.0] * 6 + [3.0] + [5.0] * 5
    assert quiet["came_onset"].to_list() == [0.0] * 6 + [1.0] + [0.0] * 5
    assert quiet["chance_onset"].unique().to_list() == [1.0]
    assert quiet["promised"].unique().to_list() == [1.0]
    assert quiet["fought"].all()
    assert found.conflict_units == {"1", "2"}


def test_inputs_are_one_vintage_and_what_came_another():
    old = wars.world()
    new = old * 3
    found = wars.study(
        CONFLICTOLOGY, wars.panel(old, vintage="then"), wars.panel(new, vintage="now")
    )
    assert (found.inputs, found.truth) == ("then", "now")
    cells = found.of("conflictology").filter(window="2032", unit="20")
    assert cells["came"].to_list() == new[19, 24:36].tolist()
    assert cells["before"].unique().to_list() == [old[19, 10:22].sum()]


# ---------------------------------------------------------------------- no leak


def test_no_benchmark_sees_the_future():
    assert see_the_future(METHODS, wars.panel(wars.world()), challenge_windows(wars.YEARS)) == []


def test_who_sees_the_future_is_found():
    world = wars.panel(wars.world())
    window = challenge_windows([2032])[0]
    assert not np.array_equal(spoiled(world, window).values, world.values, equal_nan=True)
    peeking = {"honest": constant(1), "drifting": lambda known, horizons, *_: np.random.rand(
        len(known), len(horizons), 2)}  # fmt: skip
    assert see_the_future(peeking, world, [window]) == ["drifting, 2032"]


def test_no_method_can_spoil_the_past_of_another():
    alone = wars.study(CONFLICTOLOGY)
    after = wars.study({"shared state": shared_state} | CONFLICTOLOGY)
    ours, theirs = alone.of("conflictology"), after.of("conflictology")
    assert ours.equals(theirs, null_equal=True)


def test_what_came_is_used_for_scores_alone():
    world = wars.panel(wars.world())
    window = challenge_windows([2032])
    told_of = ["low", "high", "promised", "chance_deadly", "chance_war", "stratum", "before"]
    one = run(world, world, window, METHODS).cells.select(told_of)
    noise = wars.panel(np.full(world.values.shape, 44.0))
    assert one.equals(run(world, noise, window, METHODS).cells.select(told_of), null_equal=True)


# ---------------------------------------------------------------------- what does not matter


def test_the_order_of_countries_does_not_matter():
    world = wars.world()
    keys = tuple(f"{number:02d}" for number in range(len(world)))
    two = {name: METHODS[name] for name in ("mixture of 6, 12, 24 months", "conflictology")}
    one = wars.study(two, wars.panel(world, keys))
    other = wars.study(two, wars.panel(world[::-1], keys[::-1]))
    for name in two:
        assert one.of(name).equals(other.of(name), null_equal=True)
    assert report.differences(one) == report.differences(other)


def test_what_came_may_list_countries_otherwise():
    world = wars.world()
    keys = tuple(f"{number:02d}" for number in range(len(world)))
    one = wars.study(CONFLICTOLOGY, wars.panel(world, keys))
    mixed = wars.panel(np.r_[world[::-1], world[:1]], (*keys[::-1], "another"))
    other = wars.study(CONFLICTOLOGY, wars.panel(world, keys), mixed)
    assert one.cells.equals(other.cells, null_equal=True)


def test_a_longer_study_has_the_shorter_one_in_it():
    both = wars.study(CONFLICTOLOGY)
    assert both.among(["2033"]).cells.equals(
        wars.study(CONFLICTOLOGY, years=[2033]).cells, null_equal=True
    )
    with pytest.raises(TimeError, match="2040"):
        both.among(["2033", "2040"])


# ---------------------------------------------------------------------- gaps and refusals


def test_missing_cells_are_scored_for_nobody():
    world = wars.world().astype(float)
    known, came = world.copy(), world.copy()
    came[3, 24:27] = np.nan
    known[5, :22] = np.nan  # a country that begins in November 2031
    found = wars.study(CONFLICTOLOGY | {"zero": METHODS["zero"]}, known, came, years=[2032])
    assert found.left_out == 3 + 12
    assert len(found.cells) == 2 * (24 * 12 - 15)
    assert not set(found.cells["unit"]) & {"6"}
    assert found.cells["crps"].is_not_nan().all()


def test_a_truth_that_ends_early_is_scored_as_far_as_it_goes():
    world = wars.world()
    found = run(
        wars.panel(world), wars.panel(world[:, :45]), challenge_windows([2033]), CONFLICTOLOGY
    )
    assert sorted(set(found.cells["ahead"])) == list(range(3, 12))
    assert found.left_out == 24 * 3
    with pytest.raises(TimeError, match="no month of the window"):
        run(wars.panel(world), wars.panel(world[:, :30]), challenge_windows([2033]), CONFLICTOLOGY)


def test_rolling_origins():
    world = wars.panel(wars.world())
    windows = rolling_windows(date(2033, 6, 1), date(2033, 12, 1))
    found = run(world, world, windows, CONFLICTOLOGY)
    ahead = found.cells.group_by("ahead").agg(pl.len()).sort("ahead")
    assert ahead.rows() == [(months, 24 * (7 - months)) for months in range(1, 7)]
    assert report.by_months_ahead(found).head == ("", "1", "2", "3", "4", "5", "6")


@pytest.mark.parametrize(
    ("method", "what"),
    [
        (lambda known, *_: np.zeros((len(known), 3, 5)), "shape"),
        (lambda known, horizons, *_: np.zeros((len(known), len(horizons), 0)), "shape"),
        (constant(-1), "negative"),
        (constant(np.inf), "infinite"),
    ],
)
def test_a_method_that_gives_no_forecast_is_refused(method, what):
    with pytest.raises(EnsembleError, match=what):
        wars.study({"odd": method})


def test_studies_that_cannot_be():
    world = wars.panel(wars.world())
    with pytest.raises(ForecastRefused):
        run(world, world, (), CONFLICTOLOGY)
    with pytest.raises(ForecastRefused):
        run(world, world, challenge_windows([2032]), {})
    with pytest.raises(ForecastRefused, match="no cell"):
        wars.study({"mute": constant(np.nan)})
    with pytest.raises(QuantityError, match="no unit in common"):
        run(world, wars.panel(wars.world(2), ("x", "y")), challenge_windows([2032]), CONFLICTOLOGY)
    with pytest.raises(TimeError):
        run(world, world, challenge_windows([2050]), CONFLICTOLOGY)
    with pytest.raises(ForecastRefused, match="no method"):
        wars.study(CONFLICTOLOGY).of("oracle")


def test_a_method_is_asked_with_its_seed():
    seen = []

    def method(known, horizons, draws, seed):
        seen.append((known.shape, tuple(horizons), draws, seed))
        return np.zeros((len(known), len(horizons), 1))

    told("one", method, np.zeros((2, 9)), (1, 2), 50, 7)
    assert seen == [((2, 9), (1, 2), 50, 7)]


# ---------------------------------------------------------------------- on paper


def test_every_table_tells_of_every_method():
    found = wars.study(METHODS)
    names = list(METHODS)
    for score in SCORES:
        table = report.means(found, score)
        assert [row[0] for row in table.rows] == names
        assert table.head == ("", "2032", "2033", "all")
    assert len(report.differences(found).rows) == (len(names) - 1) * len(SCORES)
    assert {row[1] for row in report.chances(found, "conflictology").rows} == set(names)
    assert {row[0] for row in report.coverages(found).rows} - {""} == set(names)
    gained, lost = report.gains_and_losses(found, "zero")
    assert gained.rows and all(row[-1].startswith("-") for row in gained.rows)
    assert all(row[-1].startswith("+") for row in lost.rows)
    assert "24 countries" in report.set_up(found)


def test_numbers_of_the_page_are_those_of_the_cells():
    found = wars.study(METHODS)
    told_of = report.as_json(found)
    cells = found.of("zero").filter(window="2033")
    assert told_of["methods"]["zero"]["scores"]["crps"]["2033"] == pytest.approx(
        cells["came"].mean()
    )
    assert msgspec.json.decode(msgspec.json.encode(told_of))["windows"][0] == {
        "name": "2032", "origin": "2031-10", "horizons": list(range(3, 15)),
    }  # fmt: skip
