r"""Stocks: how many are at each destination, from arrivals by day and what was reported by then.

Known stock stays stock, and only arrivals are allotted: the first camps are often places of
transit, so who went there first says little of where the next will go. Arrivals of a day are
allotted by that day's shares, with what was open and fought over on it.

With reports, each camp is carried on from its own last one, however old, by its share of all
arrivals since; the shares are gravity's times what the camp was seen to draw beyond it
(`taught.draw_pull`); and a registration may yet find another number than was reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.core.network import Reports
from foreshock.core.random import stream
from foreshock.forecast.displacement.destinations.drawing import draw_pull, draw_rules
from foreshock.forecast.displacement.destinations.gravity import even_out
from foreshock.forecast.displacement.destinations.history import last_reported
from foreshock.forecast.displacement.destinations.taught import Taught

Floats = NDArray[np.float64]

HALF_LIFE = 90.0
"""Days after which a reported arrival tells half as much of where the next will go."""

EVIDENCE = 20.0
"""As many observations of where people go as all recent arrivals together are worth."""

AT_ONCE = 50
"""Draws worked on together: more would take more memory than they save time."""

TAILS, MOST_OFF = 3.0, 5.0
"""Degrees of freedom of what a registration finds, and the most deviations by which it is off: most
find hardly another number, a few find half or twice as many."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reported:
    """What was reported by an origin, beside what each rule expected.

    Attributes
    ----------
    people : ndarray, shape (destination,)
        As last reported; 0 where nothing was.
    since : ndarray of int, shape (destination,)
        Days of these reports; -1 where there is none.
    seen : ndarray, shape (destination,)
        Arrivals between reports as a share of all recent arrivals, recent ones weighing more.
    expected : ndarray, shape (rule, destination)
        The same as each rule expected them over the same days.
    """

    people: Floats
    since: NDArray[np.int64]
    seen: Floats
    expected: Floats


def compared(daily: Floats, arrivals: Floats, reports: Sequence[Reports]) -> Reported:
    """Set what was reported by an origin beside what each rule expected.

    Parameters
    ----------
    daily : ndarray, shape (rule, day, destination)
        Shares of arrivals, up to the origin and no further.
    arrivals : ndarray, shape (day,)
        Arrivals of the same days.
    reports : sequence of Reports
        What was published of each destination by the origin.
    """
    people, since = last_reported(reports)
    rules, days, destinations = daily.shape
    recent = float((arrivals * 0.5 ** ((days - 1 - np.arange(days)) / HALF_LIFE)).sum())
    seen, expected = np.zeros(destinations), np.zeros((rules, destinations))
    sofar = np.zeros((rules, days + 1, destinations))
    np.cumsum(daily * arrivals[None, :, None], axis=1, out=sofar[:, 1:])
    for at, each in enumerate(reports):
        if len(each.days) < 2 or recent <= 0:
            continue
        weight = 0.5 ** ((days - 1 - each.days[1:]) / HALF_LIFE)
        edges = np.clip(each.days, -1, days - 1) + 1
        seen[at] = max(float((np.diff(each.people) * weight).sum()), 0.0) / recent
        expected[:, at] = np.diff(sofar[:, edges, at], axis=1) @ weight / recent
    return Reported(people=people, since=since, seen=seen, expected=expected)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Carried:
    """Draws of the stock at an origin, and of how each draw allots those who come after it.

    Attributes
    ----------
    people : ndarray, shape (draw, destination)
        At the end of the origin.
    rules : ndarray of int, shape (draw,)
    pull, usual : ndarray, shape (draw, destination)
        What each destination draws beyond gravity, as learned by the origin and as before.
    """

    people: Floats
    rules: NDArray[np.intp]
    pull: Floats
    usual: Floats

    def after(self, daily: Floats, arrivals: Floats, days: NDArray[np.int64]) -> Floats:
        """Allot those who come after the origin.

        What was learned of a destination fades with time as it fades in learning, so that in the
        far future each draws as it was thought to before anything was counted.

        Parameters
        ----------
        daily : ndarray, shape (rule, day, destination) or (rule, 1, destination)
            Shares of arrivals from the day after the origin, or the same for all days.
        arrivals : ndarray, shape (day,) or (draw, day)
        days : ndarray of int, shape (target,)
            Days to forecast, counted from the day after the origin.

        Returns
        -------
        ndarray, shape (draw, target, destination)
        """
        number = int(days.max()) + 1
        fresh = 0.5 ** (np.arange(1, number + 1) / HALF_LIFE)[:, None]
        pull, usual = np.log(self.pull)[:, None], np.log(self.usual)[:, None]
        coming = np.broadcast_to(np.atleast_2d(arrivals), (len(self.people), arrivals.shape[-1]))
        found = np.empty((len(self.people), len(days), self.people.shape[1]))
        for first in range(0, len(self.people), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            drawn = np.exp(fresh * pull[some] + (1 - fresh) * usual[some])
            share = even_out(daily[self.rules[some], :number] * drawn)
            sums = np.cumsum(coming[some, :number, None] * share, axis=1)
            found[some] = self.people[some, None] + sums[:, days]
        return found


def from_nothing(taught: Taught, names: Sequence[str], *, draws: int, seed: int) -> Carried:
    """Begin before the first day, with nobody anywhere and nothing counted.

    Parameters
    ----------
    taught : Taught
    names : sequence of str
        Names of the destinations.
    draws, seed : int

    Examples
    --------
    >>> from foreshock.forecast.displacement.destinations.taught import bundled
    >>> taught = bundled()
    >>> even = np.full((len(taught.rules), 3, 2), 0.5)
    >>> begun = from_nothing(taught, ("glasstown", "ruritania"), draws=400, seed=7)
    >>> found = begun.after(even, np.array([10.0, 0.0, 20.0]), np.array([0, 2]))
    >>> found.sum(axis=2)[0].round(6).tolist(), bool(abs(found[:, 1, 0].mean() - 15) < 1)
    ([10.0, 30.0], True)
    """
    usual = _usual(taught, names, draws, seed)
    return Carried(
        people=np.zeros((draws, len(names))),
        rules=draw_rules(taught, draws, seed),
        pull=usual,
        usual=usual,
    )


def from_reports(
    daily: Floats,
    arrivals: Floats,
    reported: Reported,
    taught: Taught,
    names: Sequence[str],
    *,
    draws: int,
    seed: int,
) -> Carried:
    """Carry what was reported on to the origin, each destination from its own last report.

    Parameters
    ----------
    daily : ndarray, shape (rule, day, destination)
        Shares of arrivals, up to the origin and no further.
    arrivals : ndarray, shape (day,)
        Arrivals of the same days.
    reported : Reported
        By the origin.
    taught : Taught
    names : sequence of str
    draws, seed : int

    Examples
    --------
    Of 30 arrivals 29 were reported at the first camp, so most of the next 20 go there too:

    >>> from foreshock.forecast.displacement.destinations.taught import bundled
    >>> taught, names = bundled(), ("glasstown", "ruritania")
    >>> even, arrivals = np.full((len(taught.rules), 3, 2), 0.5), np.array([0.0, 20.0, 10.0])
    >>> reports = [Reports(days=np.array([0, 2]), people=np.array([0.0, n])) for n in (29, 1)]
    >>> reported = compared(even, arrivals, reports)
    >>> carried = from_reports(even, arrivals, reported, taught, names, draws=400, seed=7)
    >>> found = carried.after(even[:, -1:], np.array([20.0]), np.array([0]))
    >>> bool(np.median(found[:, 0, 0]) > 42)
    True
    """
    rules = draw_rules(taught, draws, seed)
    pull = draw_pull(
        taught, names, draws, seed, EVIDENCE * reported.seen, EVIDENCE * reported.expected[rules]
    )
    first = int(reported.since.min()) + 1
    share = even_out(daily[rules, first:] * pull[:, None, :])
    unreported = np.arange(first, len(arrivals))[:, None] > reported.since
    carried = np.einsum("t,tj,mtj->mj", arrivals[first:], unreported.astype(np.float64), share)
    luck = stream(seed, "destinations", "registration").standard_t(TAILS, (draws, len(names)))
    off = np.exp(taught.registration * np.clip(luck, -MOST_OFF, MOST_OFF))
    return Carried(
        people=reported.people * off + carried,
        rules=rules,
        pull=pull,
        usual=_usual(taught, names, draws, seed),
    )


def _usual(taught: Taught, names: Sequence[str], draws: int, seed: int) -> Floats:
    nothing = np.zeros((draws, len(names)))
    return draw_pull(taught, names, draws, seed, nothing[0], nothing)
