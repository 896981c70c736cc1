"""The record beside a watch list: what the same model would have said in the last three years.

It is fitted once, on what was over three years before the origin, and then asked at every second
month since. So it has seen none of the months that it is scored on; and it is a little worse than
the model that is issued, which has learned from them too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused
from foreshock.core.months import months_between
from foreshock.core.panel import Panel
from foreshock.core.watch import YEAR, Miss, Warning, WarningRecord, WatchRecord, reached
from foreshock.forecast.watch.features import Features, features
from foreshock.forecast.watch.model import HORIZONS, Learned, learn
from foreshock.forecast.watch.settings import FROZEN, Settings
from foreshock.verify.distributions import central_interval, crps_of_logarithms
from foreshock.verify.watch_record import warning_record

Floats = NDArray[np.float64]

SPAN, STEP = 36, 2
"""Months before the origin in which it is asked, and from one time to the next."""

DRAWS = 400
MISSES = 10


def record(
    panel: Panel, origin: date, *, settings: Settings = FROZEN, seed: int = 0
) -> WatchRecord:
    """Score hindcasts of the three years before an origin.

    Parameters
    ----------
    panel : Panel
        Countries by month; months after the origin are cut off.
    origin : datetime.date
    settings : Settings
    seed : int

    Returns
    -------
    WatchRecord
        A record a warning and number of months ahead, and one of all of them together (``ahead``
        is 0). Its misses are those of the month of the origin as it was forecast the month before.

    Raises
    ------
    ForecastRefused
        If the panel is too short.
    """
    deaths = panel.until(origin).values
    last = deaths.shape[1] - 1
    fitted_to = last - SPAN
    if fitted_to < settings.burn_in:
        raise ForecastRefused(
            f"a record needs {SPAN + settings.burn_in} months, the panel has {last + 1}"
        )
    made = features(deaths)
    learned = learn(deaths[:, : fitted_to + 1], _until(made, fitted_to), fitted_to, settings, seed)
    scored = [_Scored(deaths, made, learned, at) for at in range(last - 1, fitted_to - 1, -STEP)]
    covered = [each.covered for each in scored]
    return WatchRecord(
        trained_to=panel.starts[fitted_to],
        first=panel.starts[fitted_to + 1],
        last=panel.starts[last],
        warnings=tuple(_records(scored)),
        misses=tuple(_misses(scored[0], panel, last)),
        covered=float(np.nanmean(np.concatenate(covered))),
    )


def _until(made: Features, last: int) -> Features:
    return made._replace(values=made.values[:, : last + 1], level=made.level[:, : last + 1])


class _Scored:
    """What was said at one month, and what came."""

    def __init__(self, deaths: Floats, made: Features, learned: Learned, at: int) -> None:
        self.ahead = np.array([each for each in HORIZONS if at + each < deaths.shape[1]])
        draws = learned.ahead(deaths, made, at, self.ahead.tolist(), DRAWS)
        self.came = deaths[:, at + self.ahead]
        year = deaths[:, at - YEAR + 1 : at + 1]
        self.said = {each: reached(each, draws, year).mean(axis=-1) for each in Warning}
        self.happened = {each: reached(each, self.came, year) for each in Warning}
        low, high = central_interval(draws)
        held = (self.came >= low) & (self.came <= high)
        asked = np.isfinite(self.came) & np.isfinite(low) & (year.sum(axis=1) > 0)[:, None]
        self.covered = held[asked].astype(float)
        self.score = crps_of_logarithms(draws, self.came)
        self.quantiles = np.stack([low, np.median(draws, axis=-1), high])


def _records(scored: list[_Scored]) -> Iterator[WarningRecord]:
    for warning in Warning:
        for ahead in (0, *HORIZONS):
            said, came = (
                np.concatenate([_pick(part[warning], each.ahead, ahead) for each, part in parts])
                for parts in (
                    [(each, each.said) for each in scored],
                    [(each, each.happened) for each in scored],
                )
            )
            asked = np.isfinite(said) & np.isfinite(came)
            if asked.any():
                yield warning_record(warning, ahead, said[asked], came[asked])


def _pick(values: Floats, aheads: NDArray[np.intp], ahead: int) -> Floats:
    return values[:, (aheads == ahead) | (ahead == 0)].ravel()


def _misses(scored: _Scored, panel: Panel, last: int) -> Iterator[Miss]:
    """List the biggest misses of the month of the origin, as forecast from the one before."""
    at = int(np.flatnonzero(scored.ahead == 1)[0])
    score = np.nan_to_num(scored.score[:, at])
    for row in np.argsort(-score, kind="stable")[:MISSES]:
        if score[row] > 0:
            low, median, high = scored.quantiles[:, row, at].tolist()
            yield Miss(
                key=panel.keys[row],
                name=panel.names[row],
                month=panel.starts[last],
                ahead=months_between(panel.starts[last - 1], panel.starts[last]),
                low=low,
                median=median,
                high=high,
                counted=float(scored.came[row, at]),
                score=float(score[row]),
            )
