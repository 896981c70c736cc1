"""The watch model: nothing after the origin, the same bits again, and what it refuses."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.forecast.watch.world import FIRST, SMALL, deaths, panel

from foreshock.core.errors import ForecastRefused, TimeError
from foreshock.core.months import month_after
from foreshock.core.watch import LEVELS, Warning
from foreshock.evaluate.watch.record import record
from foreshock.forecast.watch.drivers import OWN, drivers
from foreshock.forecast.watch.features import PARTS, RECENT, features
from foreshock.forecast.watch.model import draws_ahead, learn, look_ahead

ORIGIN = month_after(FIRST, 100)


@pytest.fixture(scope="module")
def made():
    return look_ahead(panel(deaths()), ORIGIN, settings=SMALL, draws=200)


def test_garbage_after_the_origin_moves_no_bit(made):
    spoiled = deaths()
    spoiled[:, 101:] = np.random.default_rng(8).integers(0, 10**6, (20, 19))
    again = look_ahead(panel(spoiled), ORIGIN, settings=SMALL, draws=200)
    assert again.draws.tobytes() == made.draws.tobytes()
    assert again.evidence == made.evidence and again.config == made.config
    assert all(
        again.baselines[name].tobytes() == simple.tobytes()
        for name, simple in made.baselines.items()
    )


def test_neither_drivers_nor_record_see_what_comes_after(made):
    told, spoiled = deaths(), deaths()
    spoiled[:, 101:] = np.nan
    one, other = (
        drivers(panel(values), ORIGIN, made, settings=SMALL) for values in (told, spoiled)
    )
    assert one == other
    one, other = (record(panel(values), ORIGIN, settings=SMALL) for values in (told, spoiled))
    assert one == other


def test_the_same_seed_gives_the_same_bits_in_another_process():
    program = (
        "from tests.forecast.watch.world import SMALL, deaths\n"
        "from foreshock.forecast.watch.model import draws_ahead\n"
        "import hashlib\n"
        "made = draws_ahead(deaths(), (1, 14), 100, 5, SMALL)\n"
        "print(hashlib.sha256(made.tobytes()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert len(told) == 1
    other = draws_ahead(deaths(), (1, 14), 100, 6, SMALL)
    assert other.tobytes() != draws_ahead(deaths(), (1, 14), 100, 5, SMALL).tobytes()


def test_draws_are_whole_ascending_and_as_many_as_asked(made):
    assert made.draws.shape == (20, 14, 200)
    assert (np.diff(made.draws, axis=2) >= 0).all() and (made.draws >= 0).all()
    assert np.array_equal(made.draws, np.rint(made.draws))


def test_a_country_whose_last_year_is_not_known_is_withheld_and_not_peaceful():
    told = deaths()
    told[3, 95] = np.nan
    some = look_ahead(panel(told), ORIGIN, settings=SMALL, draws=100)
    assert list(some.withheld) == ["4"]
    assert np.isnan(some.draws[3]).all() and np.isnan(some.probability(Warning.DEADLY)[3]).all()
    assert np.isfinite(some.draws[[0, 1, 2]]).all()


def test_a_larger_war_is_expected_to_stay_larger():
    told = deaths()
    told[0, 60:101], told[1, 60:101] = 20.0, 2000.0
    some = look_ahead(panel(told), ORIGIN, settings=SMALL, draws=200)
    middle = np.median(some.draws, axis=2)
    assert (middle[0] < middle[1]).all()
    assert (some.probability(Warning.WAR)[1] > some.probability(Warning.WAR)[0]).all()


def test_what_it_refuses():
    some = panel(deaths())
    with pytest.raises(TimeError, match="begins on"):
        look_ahead(some, date(2050, 1, 1), settings=SMALL)
    weeks = replace(panel(deaths()[:, :1]), period="year", starts=(FIRST,))
    with pytest.raises(ForecastRefused, match="months"):
        look_ahead(weeks, FIRST, settings=SMALL)
    with pytest.raises(ForecastRefused, match="rows to learn"):
        look_ahead(some, month_after(FIRST, 20), settings=SMALL)
    with pytest.raises(ForecastRefused, match="record needs"):
        record(some, month_after(FIRST, 40), settings=SMALL)


def test_drivers_name_every_part_and_what_moves_most_comes_first(made):
    told = drivers(panel(deaths()), ORIGIN, made, ahead=3, settings=SMALL)
    assert set(told) == set(made.keys)
    whole = made.probability(Warning.DEADLY)[:, 2]
    for row, key in enumerate(made.keys):
        assert {each.part for each in told[key]} == {*PARTS, OWN}
        moved = [abs(each.probability - each.without) for each in told[key]]
        assert moved == sorted(moved, reverse=True)
        assert told[key][0].probability == pytest.approx(whole[row])
    with pytest.raises(ForecastRefused, match="is forecast"):
        drivers(panel(deaths()), ORIGIN, made, ahead=30, settings=SMALL)


def test_a_country_whose_fighting_is_new_rests_on_its_newest_months():
    told = deaths()
    row = int(np.flatnonzero(told[:, 60:101].sum(axis=1) == 0)[0])
    told[row, 98:101] = 400.0
    some = look_ahead(panel(told), ORIGIN, settings=SMALL, draws=200)
    found = drivers(panel(told), ORIGIN, some, settings=SMALL)[str(row + 1)]
    without = {each.part: each.without for each in found}
    assert found[0].probability > 0.2
    assert without[RECENT] < 0.5 * found[0].probability


def test_the_record_counts_what_came_of_its_alarms():
    told = record(panel(deaths()), ORIGIN, settings=SMALL)
    assert (told.first, told.last) == (month_after(ORIGIN, -35), ORIGIN)
    every = {(each.warning, each.ahead): each for each in told.warnings}
    whole = every[Warning.DEADLY, 0]
    parts = [every[Warning.DEADLY, ahead] for ahead in range(1, 15)]
    assert whole.asked == sum(each.asked for each in parts) == sum(n for *_, n in whole.bins)
    assert whole.came_about == sum(each.came_about for each in parts)
    assert [each.level for each in whole.alarms] == list(LEVELS)
    assert all(each.right <= min(each.raised, whole.came_about) for each in whole.alarms)
    assert whole.brier < whole.base_brier
    assert 0.7 < told.covered <= 1
    scores = [miss.score for miss in told.misses]
    assert scores == sorted(scores, reverse=True)
    assert all(miss.month == ORIGIN and miss.ahead == 1 for miss in told.misses)


def test_the_say_of_the_forests_goes_by_how_many_died_in_the_last_year():
    told = deaths()
    made = features(told)
    learned = learn(told, made, 100, SMALL)
    alone, year = learned.alone(), replace(SMALL, forest_shares=(0.0, 0.0, 0.0))
    zero = told[:, 89:101].sum(axis=1) == 0
    assert zero.any() and not zero.all()

    def some_die(each):
        return (each.ahead(told, made, 100, (3,), 1_000)[:, 0] > 0).mean(axis=1)

    pooled, forests = some_die(learned), some_die(alone)
    own = some_die(replace(learned, settings=year))
    assert np.allclose(own, (told[:, 89:101] > 0).mean(axis=1), atol=0.002)
    share = np.where(zero, *SMALL.forest_shares[:2])
    share[told[:, 89:101].sum(axis=1) >= 1_000] = SMALL.forest_shares[2]
    assert np.allclose(pooled, share * forests + (1 - share) * own, atol=0.002)
