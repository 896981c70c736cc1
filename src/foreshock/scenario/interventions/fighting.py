r"""Fighting under a what-if: the forecast's own futures, with acts taken away or added.

Who forecasts totals directly, as the pool does, can say nothing of a rate that is changed on some
days. The daily model can: it tells by what factor the rate of a pair would differ on a day, given
the factor that is supposed and what would by then have happened otherwise. So each future of the
forecast keeps its days, and its acts are thinned or added to by that factor. With :math:`y` the
acts forecast, :math:`y'` those of the what-if, :math:`\lambda` and :math:`\lambda'` the rates that
follow from either (`foreshock.core.following`), the latter times the supposed factor:

- where :math:`\lambda' < \lambda`, every act stays with the chance :math:`\lambda' / \lambda`;
- where :math:`\lambda' > \lambda`, acts are added as a negative binomial number of mean
  :math:`(\lambda' - \lambda) (n + y) / (n + \lambda)` and size :math:`n + y`, with :math:`1/n` the
  dispersion.

For counts that the daily model itself drew, both are exact: :math:`y'` then is distributed as that
model has it under the supposed rate (a mixed Poisson process is thinned, or superposed with one of
the same mixing variable given what was seen of it; Kingman 1993, *Poisson Processes*, ch. 2 and 5).
Numbers are drawn by inverting distribution functions at uniform ones that depend on nothing but
seed, series, member and day, so that futures with and without a what-if share all their luck. Where
nothing is supposed, both rates are equal to the last bit, and so are the futures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import EnsembleError
from foreshock.core.following import Following
from foreshock.core.outlook import Outlook
from foreshock.core.random import stream

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

CEILING_TIMES, LEAST_CEILING = 5.0, 50.0
"""No supposed rate is let exceed so many times the most acts of any day of the forecast, or so many
acts a day: where acts bring forth more than one each, they would otherwise grow without end."""


class Supposed(NamedTuple):
    """Fighting as it would be.

    Attributes
    ----------
    outlook : Outlook
        The forecast's, but for events and deaths.
    capped : int
        Members whose rate was held at the ceiling on some day.
    """

    outlook: Outlook
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
    capped = np.zeros(shape[0], bool)
    for each in outlook.following:
        at = [events.index(name) for name in each.series]
        supposed = np.stack([factors.get(n, np.ones(shape)) for n in each.series], axis=2)
        if bool((supposed == 1.0).all()):
            continue
        forecast = np.asarray(events.values[:, :, at], np.int64)
        kept, added, burst = _changed(each, forecast, supposed, seed, carried_on=carried_on)
        acts[:, :, at] = kept + added
        capped |= burst
        for place, column in enumerate(at):
            mine = _Deaths(events, deaths, column, seed)
            dead[:, :, column], peak = mine.of(kept[:, :, place], added[:, :, place])
            if largest is not None:
                largest[:, :, column] = peak
    ensembles = {
        **outlook.ensembles,
        "events": replace(events, values=acts),
        "deaths": replace(deaths, values=dead, largest=largest),
    }
    return Supposed(replace(outlook, ensembles=ensembles), int(capped.sum()))


def _changed(
    model: Following, forecast: Whole, factors: Floats, seed: int, *, carried_on: bool
) -> tuple[Whole, Whole, NDArray[np.bool_]]:
    """Give acts that stay and acts that are added, shape (member, day, series), and who burst."""
    members, days, _ = factors.shape
    size = 1.0 / model.dispersion
    scale = _scale(model, forecast)
    luck = {
        what: np.stack(
            [stream(seed, "what-if", what, name).random((members, days)) for name in model.series],
            axis=2,
        )
        for what in ("stays", "added")
    }
    kept, added = forecast.copy(), np.zeros_like(forecast)
    burst = np.zeros(members, bool)
    ceiling = max(LEAST_CEILING, CEILING_TIMES * float(forecast.max(initial=0)))
    before, now = model.past, model.past
    for day in range(days):
        usual = model.rate(before)
        rate = factors[:, day] * model.rate(now)
        burst |= (rate > np.maximum(ceiling, usual)).any(axis=1)
        rate = np.minimum(rate, np.maximum(ceiling, usual))
        there = forecast[:, day]
        kept[:, day] = _thinned(there, rate / usual, luck["stays"][:, day])
        more = np.maximum(rate - usual, 0.0) * scale
        added[:, day] = _more(more, size + there, size + usual * scale, luck["added"][:, day])
        before = model.after(before, there)
        now = model.after(now, kept[:, day] + added[:, day]) if carried_on else before
    return kept, added, burst


def _scale(model: Following, acts: Whole) -> Floats:
    """Give the forecast's acts over those that the daily model expects given them, by series."""
    past, expected = model.past, np.zeros(acts.shape[2])
    for day in range(acts.shape[1]):
        expected += model.rate(past).sum(axis=0)
        past = model.after(past, acts[:, day])
    found: Floats = acts.sum(axis=(0, 1)) / expected
    return found


def _thinned(acts: Whole, chance: Floats, uniform: Floats) -> Whole:
    """Keep each act with a chance: the more, the higher it is, for the same uniform numbers."""
    from scipy.stats import binom

    found = acts.copy()
    some = (acts > 0) & (chance < 1.0)
    # At a uniform number of 0 the inverse is -1.
    stay = np.asarray(binom.ppf(uniform[some], acts[some], chance[some]))
    found[some] = np.maximum(stay, 0).astype(np.int64)
    return found


def _more(mean: Floats, size: Floats, whole: Floats, uniform: Floats) -> Whole:
    """Draw acts to add, of mean ``mean * size / whole``: the more, the higher it is."""
    from scipy.stats import nbinom

    found = np.zeros(mean.shape, np.int64)
    none = (whole / (whole + mean)) ** size
    some = uniform > none
    chance = whole[some] / (whole[some] + mean[some])
    found[some] = np.asarray(nbinom.ppf(uniform[some], size[some], chance)).astype(np.int64)
    return found


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

    def of(self, kept: Whole, added: Whole) -> tuple[Floats, Floats]:
        """Give the dead of each day, and those of its deadliest act."""
        dead, peak = self._stayed(kept)
        for number in range(int(added.max(initial=0))):
            here = added > number
            uniform = stream(*self.names, "added", number).random(added.shape)[here]
            more = self.each[(uniform * len(self.each)).astype(np.int64)]
            dead[here] += more
            peak[here] = np.maximum(peak[here], more)
        return dead, peak

    def _stayed(self, kept: Whole) -> tuple[Floats, Floats]:
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
