"""Fighting under a what-if: the forecast's own futures, with acts taken away or added.

Who forecasts totals directly, as the pool does, can say nothing of a rate that is changed on some
days. The daily model can: it tells by what factor the rate of a pair would differ on a day, given
the factor that is supposed and what would by then have happened otherwise. So each future of the
forecast keeps its days, and its acts are thinned or added to by that factor (`walking`). Futures
with and without a what-if share all their luck. Where nothing is supposed, both rates are equal to
the last bit, and so are the futures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import EnsembleError
from foreshock.core.outlook import MEASURES, Outlook
from foreshock.core.random import stream
from foreshock.scenario.interventions.walking import Drawn, Expected, walk

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Supposed(NamedTuple):
    """Fighting as it would be.

    Attributes
    ----------
    outlook : Outlook
        The forecast's, but for events and deaths.
    expected : mapping of str to ndarray, shape (member, day, series)
        By measure: what is expected of each future, given that of the forecast and the factors,
        over all draws of which acts stay and which are added. What was drawn where that cannot be
        told: where acts that are added are carried on, since then any draw may be held at the
        ceiling, though the mean is far below it.
    capped : int
        Members whose rate was held at the ceiling on some day.
    """

    outlook: Outlook
    expected: Mapping[str, Floats]
    capped: int


def suppose_fighting(
    outlook: Outlook, factors: Mapping[str, Floats], seed: int, *, carried_on: bool = True
) -> Supposed:
    """Give the futures of the fighting with the rates of some pairs multiplied.

    Parameters
    ----------
    outlook : Outlook
        The forecast.
    factors : mapping of str to ndarray, shape (member, day)
        By series, 0 or more; 1 for any series that is not named.
    seed : int
    carried_on : bool
        Whether acts that are taken away or added are followed on; if not, factors hold for acts all
        told, and no pair moves but those that are named.

    Raises
    ------
    EnsembleError
        If the outlook tells nothing of how acts follow acts, a series is not forecast, or shapes do
        not fit.
    """
    events, deaths = outlook.ensembles["events"], outlook.ensembles["deaths"]
    shape = events.shape[:2]
    told = {name for each in outlook.following for name in each.series}
    if told != set(events.series):
        raise EnsembleError("it does not tell how acts follow acts", "what-if")
    for name, factor in factors.items():
        events.index(name)
        if factor.shape != shape or not bool((np.isfinite(factor) & (factor >= 0)).all()):
            raise EnsembleError(
                f"factors of shape {factor.shape} for {name}", "what-if", f"0 or more, {shape}"
            )
    acts, dead = events.values.copy(), deaths.values.copy()
    largest = None if deaths.largest is None else deaths.largest.copy()
    expected = {each: outlook.ensembles[each].values.astype(np.float64) for each in MEASURES}
    capped = np.zeros(shape[0], bool)
    for each in outlook.following:
        at = [events.index(name) for name in each.series]
        supposed = np.stack([factors.get(n, np.ones(shape)) for n in each.series], axis=2)
        if bool((supposed == 1.0).all()):
            continue
        forecast = np.asarray(events.values[:, :, at], np.int64)
        drawn, means = (
            walk(each, forecast, supposed, telling, carried_on=carried_on)
            for telling in (Drawn(seed, each.series, *shape), Expected())
        )
        acts[:, :, at] = drawn.kept + drawn.added
        capped |= drawn.burst
        thinned = (supposed <= 1.0).all(axis=(1, 2))
        known = np.logical_or(thinned, not carried_on)[:, None]
        for place, column in enumerate(at):
            mine = _Deaths(events, deaths, column, seed)
            kept, added = drawn.kept[:, :, place], drawn.added[:, :, place]
            dead[:, :, column], peak = mine.of(kept, added)
            if largest is not None:
                largest[:, :, column] = peak
            stay, more = means.kept[:, :, place], means.added[:, :, place]
            expected["events"][:, :, column] = np.where(known, stay + more, kept + added)
            cost = mine.expected(stay, more)
            expected["deaths"][:, :, column] = np.where(known, cost, dead[:, :, column])
    ensembles = {
        **outlook.ensembles,
        "events": replace(events, values=acts),
        "deaths": replace(deaths, values=dead, largest=largest),
    }
    return Supposed(replace(outlook, ensembles=ensembles), expected, int(capped.sum()))


class _Deaths:
    """The dead of acts that stay, who are those of the forecast, and of acts that are added."""

    def __init__(self, events: Ensemble, deaths: Ensemble, column: int, seed: int) -> None:
        self.acts = np.asarray(events.values[:, :, column], np.int64)
        self.dead = np.asarray(deaths.values[:, :, column], np.float64)
        peaks = self.dead if deaths.largest is None else deaths.largest[:, :, column]
        self.peak = np.asarray(peaks, np.float64)
        self.names = (seed, "what-if", "deaths", events.series[column])
        alone = self.acts == 1
        # What one act costs, as the forecast has it; acts that are added cost the same.
        self.each = np.sort(self.dead[alone]) if alone.any() else np.zeros(1)

    def expected(self, kept: Floats, added: Floats) -> Floats:
        """Give the dead of each day that are expected: any act is as likely to stay as another."""
        share = np.divide(kept, self.acts, out=np.ones_like(kept), where=self.acts > 0)
        dead: Floats = share * self.dead + added * self.each.mean()
        return dead

    def of(self, kept: Floats, added: Floats) -> tuple[Floats, Floats]:
        """Give the dead of each day, and those of its deadliest act."""
        dead, peak = self._stayed(kept)
        for number in range(int(added.max(initial=0))):
            here = added > number
            uniform = stream(*self.names, "added", number).random(added.shape)[here]
            more = self.each[(uniform * len(self.each)).astype(np.int64)]
            dead[here] += more
            peak[here] = np.maximum(peak[here], more)
        return dead, peak

    def _stayed(self, kept: Floats) -> tuple[Floats, Floats]:
        """Leave acts out in a random order that is always the same, the deadliest among them."""
        luck = stream(*self.names, "order")
        place = (luck.random(kept.shape) * self.acts).astype(np.int64)
        start = luck.random(kept.shape)
        among = kept > place
        others = np.maximum(self.acts - 1, 1)
        rest = np.floor((self.dead - self.peak) * (kept - among) / others + start)
        changed = kept < self.acts
        dead = np.where(changed, rest + among * self.peak, self.dead)
        most = np.where(among, self.peak, np.minimum(self.peak, rest))
        return dead, np.where(changed, most, self.peak)
