"""Ensembles: what is read off many futures, and what is refused."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import EnsembleError
from foreshock.core.probability import Probability
from foreshock.core.random import stream

FIRST = date(2031, 4, 16)


def named(count: int) -> tuple[str, ...]:
    return tuple(f"s{n}" for n in range(count))


def of(values, first: date = FIRST, largest=None) -> Ensemble:
    values = np.asarray(values)
    return Ensemble(values, first, named(values.shape[2]), "events", largest)


SHAPES = hnp.array_shapes(min_dims=3, max_dims=3, min_side=1, max_side=6)
VALUES = hnp.arrays(np.int16, SHAPES, elements=st.integers(0, 30_000))


@given(VALUES, st.integers(1, 6))
def test_totals_are_sums_and_small_integers_do_not_overflow(values, horizon):
    ensemble = of(values)
    horizon = min(horizon, ensemble.days)
    expected = [
        [sum(int(v) for v in member[:horizon, s]) for s in range(values.shape[2])]
        for member in values
    ]
    assert ensemble.total(horizon).tolist() == expected


@given(VALUES)
def test_probabilities_are_shares_of_members_whatever_their_order(values):
    ensemble = of(values)
    totals = ensemble.total()[:, 0]
    for threshold in (0, 1, int(np.median(totals)), int(totals.max()) + 1):
        told = ensemble.at_least(threshold, series="s0")
        assert told.value == sum(t >= threshold for t in totals.tolist()) / len(totals)
        assert 0 <= told.low <= told.value + 1e-12
        assert told.value - 1e-12 <= told.high <= 1
        assert of(values[::-1]).at_least(threshold, series="s0") == told
    assert ensemble.quiet(1, series="s0").value == (values[:, 0, 0] == 0).mean()


@given(VALUES, st.lists(st.floats(0, 1), min_size=2, max_size=5).map(sorted))
def test_quantiles_rise_with_their_level_and_are_values_that_occur(values, levels):
    ensemble = of(values)
    found = ensemble.quantiles(levels)
    assert found.shape == (len(levels), values.shape[2])
    assert (np.diff(found, axis=0) >= 0).all()
    for column, totals in zip(found.T, ensemble.total().T, strict=True):
        assert set(column) <= set(totals.astype(float))


@given(VALUES)
def test_wider_bands_hold_narrower_ones(values):
    fan = of(values).fan((0.95, 0.5, 0.8), running=True)
    assert fan.bands == (0.5, 0.8, 0.95)
    assert (np.diff(fan.low, axis=0) <= 0).all()
    assert (np.diff(fan.high, axis=0) >= 0).all()
    assert (fan.low[0] <= fan.median).all() and (fan.median <= fan.high[0]).all()
    assert (np.diff(fan.median, axis=0) >= 0).all()


@given(VALUES, st.data())
def test_a_window_holds_its_days_and_no_others(values, data):
    ensemble = of(values)
    start = data.draw(st.integers(0, ensemble.days - 1))
    end = data.draw(st.integers(start, ensemble.days - 1))
    part = ensemble.window(FIRST + timedelta(days=start), FIRST + timedelta(days=end))
    assert part.dates == ensemble.dates[start : end + 1]
    assert np.array_equal(part.values, values[:, start : end + 1])


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (FIRST - timedelta(days=1), FIRST),
        (FIRST, FIRST + timedelta(days=3)),
        (FIRST + timedelta(days=1), FIRST),
    ],
)
def test_days_that_are_not_there_are_refused(first, last):
    with pytest.raises(EnsembleError, match="not all in it"):
        of(np.zeros((2, 3, 1), int)).window(first, last)


def test_the_interval_of_a_share_is_wilsons():
    # Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I,
    # method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    for hits, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        share = Probability(hits / n, n)
        assert (round(share.low, 4), round(share.high, 4)) == (low, high)


def test_the_monte_carlo_error_is_what_other_seeds_show():
    runs = [
        of(stream(seed, "error").poisson(0.1, (400, 7, 1))).at_least(1, series="s0")
        for seed in range(300)
    ]
    spread = np.std([run.value for run in runs], ddof=1)
    assert runs[0].error == pytest.approx(spread, rel=0.15)
    truth = 1 - np.exp(-0.7)
    assert 0.91 <= np.mean([run.low <= truth <= run.high for run in runs]) <= 0.985


def test_dying_down_compares_the_last_week_with_the_first():
    weeks = [(4, 0), (4, 1), (4, 2), (1, 0), (0, 0), (0, 3)]
    days = np.array([[before] + [0] * 6 + [9] + [0] * 6 + [after] for before, after in weeks])
    ensemble = of(days[:, :, None])
    assert ensemble.days == 15
    assert ensemble.fading(series="s0").value == pytest.approx(3 / 6)
    short = ensemble.window(FIRST, FIRST + timedelta(days=12))
    with pytest.raises(EnsembleError) as refused:
        short.fading(series="s0")
    assert refused.value.expected == "at least 14 days"


def test_the_largest_incident_is_not_the_days_total():
    values = np.array([[[6, 5], [4, 0]], [[12, 1], [0, 0]]])
    largest = np.array([[[3, 5], [4, 0]], [[11, 1], [0, 0]]])
    ensemble = of(values, largest=largest)
    assert ensemble.peaks().tolist() == [[4, 5], [11, 1]]
    assert ensemble.largest_at_least(10, series="s0").value == 0.5
    both = ensemble.merged(["s0", "s1"], "both")
    assert both.total().ravel().tolist() == [15, 13]
    assert both.peaks().ravel().tolist() == [5, 11]
    with pytest.raises(EnsembleError, match="one incident from another"):
        of(values).peaks()


@pytest.mark.parametrize(
    "values",
    [
        np.zeros((2, 3)),
        np.zeros((0, 3, 1)),
        np.array([[[np.nan]]]),
        np.array([[[np.inf]]]),
        np.array([[[-1]]]),
        np.array([[["7"]]]),
    ],
)
def test_what_no_ensemble_can_be_is_refused(values):
    with pytest.raises(EnsembleError):
        Ensemble(values, FIRST, ("s0",), "events")


def test_names_and_largest_incidents_must_fit():
    values = np.ones((2, 3, 2), int)
    for names in (("a",), ("a", "a"), ("a", "b", "c")):
        with pytest.raises(EnsembleError, match="different"):
            Ensemble(values, FIRST, names, "events")
    for largest in (np.ones((2, 3, 1), int), 2 * values):
        with pytest.raises(EnsembleError, match="largest"):
            Ensemble(values, FIRST, ("a", "b"), "events", largest)
    for call in (
        lambda e: e.index("c"),
        lambda e: e.total(4),
        lambda e: e.total(0),
        lambda e: e.quantiles([1.5]),
        lambda e: e.probability(np.array([True])),
    ):
        with pytest.raises(EnsembleError):
            call(Ensemble(values, FIRST, ("a", "b"), "events"))


def test_nobody_can_change_what_was_forecast():
    ensemble = of(np.ones((2, 3, 1), int))
    with pytest.raises(ValueError, match="read-only"):
        ensemble.values[0, 0, 0] = 7


@given(VALUES, st.booleans())
def test_what_is_saved_is_read_back(tmp_path_factory, values, split):
    path = tmp_path_factory.mktemp("ensemble") / "forecast"
    ensemble = of(values, largest=values // 2 if split else None)
    ensemble.save(path)
    back = Ensemble.load(path)
    assert (back.first, back.series, back.variable) == (FIRST, ensemble.series, "events")
    assert np.array_equal(back.values, values) and back.values.dtype == values.dtype
    assert (back.largest is None) is not split
    assert not split or np.array_equal(back.largest, values // 2)


def test_a_damaged_file_is_no_ensemble(tmp_path):
    path = tmp_path / "forecast"
    of(np.arange(600).reshape(20, 10, 3)).save(path)
    good = path.read_bytes()
    for bad in (b"", b"not an archive", good[: len(good) // 2], good[:200] + good[260:]):
        path.write_bytes(bad)
        with pytest.raises(EnsembleError, match="holds no ensemble"):
            Ensemble.load(path)


@pytest.mark.parametrize("seed", range(150))
def test_whatever_is_struck_is_found_out_or_was_in_nobodys_way(tmp_path, seed):
    path = tmp_path / "forecast"
    of(np.arange(60).reshape(5, 4, 3)).save(path)
    chance, raw = stream(seed, "damage"), bytearray(path.read_bytes())
    for at in chance.integers(0, len(raw), int(chance.integers(1, 9))):
        raw[at] = int(chance.integers(256))
    path.write_bytes(raw)
    try:
        back = Ensemble.load(path)
    except EnsembleError:
        return
    assert np.array_equal(back.values, np.arange(60).reshape(5, 4, 3))
    assert (back.first, back.series, back.variable) == (FIRST, named(3), "events")


def test_a_file_with_code_in_it_is_not_run(tmp_path):
    path = tmp_path / "forecast"
    with path.open("wb") as file:
        np.savez(file, values=np.array([print], dtype=object))
    with pytest.raises(EnsembleError, match="holds no ensemble"):
        Ensemble.load(path)


def test_the_same_ensemble_with_named_dimensions():
    xarray = pytest.importorskip("xarray")
    values = np.arange(24).reshape(2, 3, 4)
    made = of(values, largest=values // 2).to_xarray()
    assert isinstance(made, xarray.Dataset)
    assert made["events"].dims == ("member", "day", "series")
    day = str(FIRST + timedelta(days=1))
    assert made["events"].sel(member=1, day=day, series="s2").item() == values[1, 1, 2]
    assert int(made["largest_events"].max()) == 11
