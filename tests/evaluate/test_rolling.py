"""Rolling origins: blind to what comes, the same in any executor, all on the same cases."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evaluate.studies import DAYS, day, history, plan, rolled
from tests.forecast.escalation.histories import wandering

from foreshock.core.errors import ForecastRefused
from foreshock.core.series import DailySeries
from foreshock.evaluate.models import EXCITATION, MODELS, WITH_EXCITATION
from foreshock.evaluate.rolling import forecasts_at, roll, tuned_before
from foreshock.evaluate.running import processes
from foreshock.forecast import baselines
from foreshock.forecast.escalation.history import History


def same(one, other) -> None:
    assert one.keys() == other.keys()
    for case in one:
        assert one[case].keys() == other[case].keys()
        for name in one[case]:
            np.testing.assert_array_equal(one[case][name], other[case][name])


def forecasts(past: History, row: int, delay: int = 0, models=MODELS):
    asked = plan(delay=delay)
    once = tuned_before(past, day(120), asked)
    return forecasts_at(past, day(row), asked, models, once)


@settings(max_examples=12)
@given(st.integers(130, 240), st.integers(0, 9), st.sampled_from(["spoilt", "gone", "quiet"]))
def test_nothing_after_what_was_known_changes_any_forecast(row, delay, how):
    """Corrupted, deleted or silenced from the first unknown day on: the same to the last bit."""
    unseen(row, delay, how, MODELS)


@pytest.mark.parametrize("how", ["spoilt", "gone"])
def test_nor_does_it_change_what_excitation_says(how):
    unseen(190, 2, how, {EXCITATION: WITH_EXCITATION[EXCITATION]})


def unseen(row, delay, how, models) -> None:
    series = wandering(DAYS)
    known = row - delay
    counts, deaths = series.counts.copy(), series.deaths.copy()
    if how == "gone":
        counts, deaths = counts[:known], deaths[:known]
    else:
        counts[known:] = 977 if how == "spoilt" else 0
        deaths[known:] = 12_345.0 if how == "spoilt" else 0
    other = History(DailySeries(series.first, series.names, counts, deaths))
    plain = History(series)
    made = forecasts(plain, row, delay, models)
    assert set(models) <= set(made["events", 7]) > set(baselines.NAMES)
    same(made, forecasts(other, row, delay, models))


def test_a_series_that_begins_after_the_origin_changes_no_forecast():
    series = wandering(DAYS)
    later = np.zeros((DAYS, 1), np.int64)
    later[200:] = 5
    more = DailySeries(
        series.first, (*series.names, "zenda>gondal"),
        np.concatenate([series.counts, later], axis=1),
        np.concatenate([series.deaths, later], axis=1),
    )  # fmt: skip
    same(forecasts(History(series), 190), forecasts(History(more), 190))


def test_what_was_known_does_change_them():
    series = wandering(DAYS)
    counts = series.counts.copy()
    counts[189] += 30
    other = DailySeries(series.first, series.names, counts, series.deaths)
    one, two = forecasts(History(series), 190), forecasts(History(other), 190)
    for name in one["events", 7]:
        if name != "negative binomial, last 90 days":
            assert two["events", 7][name].mean() > one["events", 7][name].mean(), name


def test_threads_give_the_same_scores_to_the_last_bit():
    with ThreadPoolExecutor(2) as executor:
        found = roll(history(), plan(), executor=executor)
    assert found.scores.equals(roll(history(), plan()).scores)


def test_processes_give_the_same_scores_to_the_last_bit():
    short = plan(last=175)
    with processes(2) as executor:
        found = roll(history(), short, executor=executor)
    assert found.scores.equals(roll(history(), short).scores)


def test_every_forecaster_is_scored_in_every_case():
    found = rolled()
    names = {*found.models, *found.baselines}
    assert found.models == ("pool", "ratio learner", "averaged filters", "excitation")
    assert found.baselines == baselines.NAMES
    cases = found.scores.group_by("origin", "series", "measure", "horizon").agg("forecaster")
    assert all(set(row) == names for row in cases["forecaster"])
    assert found.scores["origin"].n_unique() == 6


def test_a_forecaster_that_refuses_takes_its_cases_out_for_everybody():
    def early(known, asked):
        if known.history.last >= day(200):
            raise ForecastRefused("too late for me")
        none = np.zeros((len(known.columns), asked.members))
        return {("events", days): {"early": none} for days in asked.horizons}

    found = roll(history(), plan(measures=("events",)), models={**MODELS, "early": early})
    whole = roll(history(), plan(measures=("events",)))
    assert found.scores["origin"].max() <= day(200)
    assert found.left_out > 0
    each = found.scores.filter(forecaster="pool").height
    assert each + found.left_out == whole.scores.filter(forecaster="pool").height


def test_no_case_at_all_is_refused_in_words():
    with pytest.raises(ForecastRefused, match="no series has 20 events before any origin"):
        roll(history(), plan(first=2, last=4))
    with pytest.raises(ForecastRefused, match="observed to its end"):
        roll(history(), plan(first=DAYS + 50, last=DAYS + 90))


def test_progress_names_each_origin():
    told = []
    roll(history(), plan(last=175, measures=("events",)), progress=told.append)
    assert told == ["origin 2031-06-10, 1 of 2", "origin 2031-06-24, 2 of 2"]
