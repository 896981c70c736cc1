"""What would change a forecast: the same model on a past that is different in one point."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from foreshock.core.outlook import Shift
from foreshock.core.series import DailySeries
from foreshock.forecast.escalation.negative_binomial import Mixture

WEEK = 7
MEASURE = "at least one act in the 7 days that follow"

Forecaster = Callable[[Sequence[DailySeries]], Mixture]


def shifts_of(
    worlds: Sequence[DailySeries], names: Sequence[str], forecast: Forecaster
) -> tuple[Shift, ...]:
    """Say how the chance of an act in the next week would differ.

    Parameters
    ----------
    worlds : sequence of DailySeries
    names : sequence of str
        Series that are forecast, one case each of what `forecast` gives.
    forecast : callable
        Gives the distribution of the events of the week after the worlds' last day.

    Returns
    -------
    tuple of Shift
        For each series: with one more act on the last day, with the last act left out, and after a
        week without any act of any pair.

    Examples
    --------
    >>> from datetime import date
    >>> past = DailySeries(date(2031, 5, 1), ("gondal>ruritania",), [[0], [2]], [[0.0], [1.0]])
    >>> def as_many_again(worlds):
    ...     total = float(worlds[0].counts[-7:].sum()) + 0.1
    ...     return Mixture(np.ones((1, 1)), np.array([[total]]), np.ones((1, 1)))
    >>> for shift in shifts_of([past], past.names, as_many_again):
    ...     print(f"{shift.condition}: {shift.before:.2f} to {shift.after:.2f}")
    one more act on the last day: 0.68 to 0.76
    the latest act had not taken place: 0.68 to 0.52
    a week goes by without any act of any pair: 0.68 to 0.09
    """
    now = _chance(forecast(worlds))
    found = []
    quiet = _chance(forecast([_followed_by_quiet(world) for world in worlds]))
    for place, name in enumerate(names):
        for condition, altered in (
            ("one more act on the last day", [_with_one_more(w, name) for w in worlds]),
            ("the latest act had not taken place", [_without_latest(w, name) for w in worlds]),
        ):
            after = float(_chance(forecast(altered))[place])
            found.append(Shift(
                series=name, condition=condition, measure=MEASURE,
                before=float(now[place]), after=after,
            ))  # fmt: skip
        found.append(Shift(
            series=name, condition="a week goes by without any act of any pair", measure=MEASURE,
            before=float(now[place]), after=float(quiet[place]),
        ))  # fmt: skip
    return tuple(found)


def _chance(totals: Mixture) -> np.ndarray:
    """Probability of at least one, by case."""
    none = (totals.size / (totals.size + totals.mean)) ** totals.size
    chance: np.ndarray = 1 - (totals.weight * none).sum(axis=1)
    return chance


def _with_one_more(world: DailySeries, name: str) -> DailySeries:
    counts = world.counts.copy()
    counts[-1, world.column(name)] += 1
    return DailySeries(world.first, world.names, counts, world.deaths)


def _without_latest(world: DailySeries, name: str) -> DailySeries:
    column = world.column(name)
    counts, deaths = world.counts.copy(), world.deaths.copy()
    days = np.flatnonzero(counts[:, column])
    if len(days):
        deaths[days[-1], column] *= 1 - 1 / counts[days[-1], column]
        counts[days[-1], column] -= 1
    return DailySeries(world.first, world.names, counts, deaths)


def _followed_by_quiet(world: DailySeries) -> DailySeries:
    none = np.zeros((WEEK, len(world.names)))
    return DailySeries(
        world.first,
        world.names,
        np.concatenate([world.counts, none.astype(np.int64)]),
        np.concatenate([world.deaths, none]),
    )
