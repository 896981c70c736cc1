r"""The field's published protocol: simulated people in camps against the counted ones, day by day.

It leaks, and so is no measure of foresight: how many leave on each day is read off the counts that
the split is scored on, camps' capacities are often the largest counts of the same series, earlier
counts are corrected by later registrations, and the days between two reports hold the later one.
It is kept to compare with the papers; simple methods that are given the same daily total stand
beside it.

The averaged relative difference is the mean over days of

.. math:: \frac{\sum_c |m_{ct} - y_{ct}|}{\max(\sum_c y_{ct}, 1)}

over camps :math:`c`; half of it is what papers call the error (Suleimenova, Bell and Groen 2017,
doi:10.1038/s41598-017-13828-9). The mean absolute scaled error divides the mean absolute error by
that of a naive continuation from day 7 or 30, each camp weighted by who was counted there (Hyndman
and Koehler 2006, doi:10.1016/j.ijforecast.2006.03.001).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import TableError
from foreshock.core.network import Counted, Network
from foreshock.evaluate.displacement.protocol import CAPACITY, DAY_30, EVENLY, EVERYWHERE, FROZEN
from foreshock.forecast.displacement.destinations.access import access
from foreshock.forecast.displacement.destinations.gravity import EVEN, daily_shares, even_out
from foreshock.forecast.displacement.destinations.history import arrivals_of
from foreshock.observe.readers.flee.output import Simulated
from foreshock.verify.scores import crps

Floats = NDArray[np.float64]

LOW, HIGH = 0.05, 0.95
EARLY, TRAINED = 7, 30
"""Days from which the naive continuations go on."""

NAIVE = ("flat", "sloped, as published", "sloped", "ratio")
"""The published sloped one is wrong: it goes up by the whole count of its first day on every day,
not by the mean growth until then, so that hardly anything scores worse."""

LEAK = (
    "The published protocol leaks: each day's total is read off the counts that are scored, so "
    "often are capacities, and corrections and days between reports know later counts."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A score over the members of an ensemble.

    Attributes
    ----------
    mean : float
    low, high : float or None
        5 % and 95 % of the members; None of a single one.
    """

    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Camp:
    """Scores at one camp; those of members are means over them.

    Attributes
    ----------
    name : str
    simulated, counted : float
        Persons on the last day.
    difference : float
        Mean over days of the absolute difference, as a share of all who were counted on the day.
    scaled : mapping of str to float or None
        Mean absolute scaled errors by naive continuation; None where that one makes no error.
    crps : float or None
        In persons, mean over days; None of a single member, as is `covered`.
    covered : float or None
        Share of days on which the 90 % interval held the count.
    """

    name: str
    simulated: float
    counted: float
    difference: float
    scaled: Mapping[str, float | None]
    crps: float | None
    covered: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Simple:
    """A simple method that is given the total of each day.

    Attributes
    ----------
    name : str
    leaky : bool
        Whether it sees what is scored beyond that total.
    difference : float or None
        None of a method that begins at day 30.
    later : float or None
        On the days after day 30 alone; None if there are none.
    """

    name: str
    leaky: bool
    difference: float | None
    later: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """All scores of one output.

    Attributes
    ----------
    members, days : int
    scale : int
        One simulated person stands for as many, by the counts.
    unlike : int
        Camp-days on which the output's counts are not those of the folder at that scale.
    difference : Spread
        Averaged relative difference of each member.
    rescaled : Spread
        The same after the simulated total of each day was scaled to the counted one.
    error : Spread
        Half of the difference.
    final : Spread
        The difference on the last day.
    later : Spread or None
        The difference on the days after day 30; None if there are none.
    of_mean : float
        The difference of the members' mean; at most the mean of `difference`.
    scaled : mapping of str to float or None
        Mean absolute scaled errors over all camps.
    crps, covered : float or None
        Of people in all camps together; None of a single member.
    camps : tuple of Camp
    simple : tuple of Simple
    """

    members: int
    days: int
    scale: int
    unlike: int
    difference: Spread
    rescaled: Spread
    error: Spread
    final: Spread
    later: Spread | None
    of_mean: float
    scaled: Mapping[str, float | None]
    crps: float | None
    covered: float | None
    camps: tuple[Camp, ...]
    simple: tuple[Simple, ...]


def relative_difference(people: Floats, counted: Floats) -> Floats:
    """Give the relative difference of each day.

    Parameters
    ----------
    people : ndarray, shape (..., day, camp)
    counted : ndarray, shape (day, camp)

    Returns
    -------
    ndarray, shape (..., day)

    Examples
    --------
    >>> relative_difference(np.array([[6.0, 4.0]]), np.array([[8.0, 2.0]])).tolist()
    [0.4]
    """
    whole = np.maximum(counted.sum(axis=1), 1)
    found: Floats = np.abs(people - counted).sum(axis=-1) / whole
    return found


def rescaled(people: Floats, counted: Floats) -> Floats:
    """Scale the simulated total of each day to the counted one; a day without people stays so."""
    scaled: Floats = even_out(people) * counted.sum(axis=1)[:, None]
    return scaled


def scaled_errors(people: Floats, counted: Floats) -> dict[str, Floats]:
    """Give mean absolute scaled errors of rescaled people, by naive continuation.

    Parameters
    ----------
    people : ndarray, shape (member, day, camp)
    counted : ndarray, shape (day, camp)

    Returns
    -------
    dict of str to ndarray, shape (member, camp)
        Not a number where the continuation makes no error, or where there are too few days.
    """
    error = np.abs(rescaled(people, counted) - counted).mean(axis=1)
    found = {}
    for begin in (EARLY, TRAINED):
        enough = len(counted) > begin + 1
        for name in NAIVE:
            scale = np.zeros(counted.shape[1])
            if enough:
                naive = _continued(name, counted, begin)
                scale = np.abs(counted - naive)[begin + 1 :].mean(axis=0)
            usable = scale > 0
            scaled = np.full(error.shape, np.nan)
            scaled[:, usable] = error[:, usable] / scale[usable]
            found[f"{name}, day {begin}"] = scaled
    return found


def _continued(name: str, counted: Floats, begin: int) -> Floats:
    days = np.arange(len(counted))[:, None]
    first, whole = counted[begin], counted.sum(axis=1, keepdims=True)
    if name == "flat":
        return np.broadcast_to(first, counted.shape)
    if name == "ratio":
        share: Floats = whole * even_out(first)
        return share
    sloped: Floats = days * first / (1 if name == "sloped, as published" else begin)
    return sloped


def score(simulated: Simulated, network: Network, counted: Counted) -> Published:
    """Score an output as the field publishes scores, and simple methods beside it.

    Parameters
    ----------
    simulated : Simulated
    network : Network
    counted : Counted
        Of the folder that was run; only simple methods read it.

    Returns
    -------
    Published

    Raises
    ------
    TableError
        If a simulated camp is no camp of the network, or a day is none of its days.
    """
    positions = _positions(simulated, network)
    people, true = simulated.people, simulated.counted
    differences = relative_difference(people, true)
    after = simulated.days > DAY_30
    scaled = scaled_errors(people, true)
    several = len(people) > 1
    total = people.sum(axis=2)
    scale, unlike = _compared(simulated, counted)
    return Published(
        members=len(people),
        days=len(true),
        scale=scale,
        unlike=unlike,
        difference=_spread(differences.mean(axis=1)),
        rescaled=_spread(relative_difference(rescaled(people, true), true).mean(axis=1)),
        error=_spread(differences.mean(axis=1) / 2),
        final=_spread(differences[:, -1]),
        later=_spread(differences[:, after].mean(axis=1)) if after.any() else None,
        of_mean=float(relative_difference(people.mean(axis=0), true).mean()),
        scaled={name: _weighted(each, true) for name, each in scaled.items()},
        crps=float(crps(total.T, true.sum(axis=1)).mean()) if several else None,
        covered=_covered(total, true.sum(axis=1)) if several else None,
        camps=tuple(_camps(simulated, scaled)),
        simple=tuple(_simple(simulated, positions, network, counted)),
    )


def _positions(simulated: Simulated, network: Network) -> list[int]:
    at = {site.name: number for number, site in enumerate(network.sites) if site.is_camp}
    for camp in simulated.camps:
        if camp not in at:
            mend = "score it with the folder that was run"
            raise TableError(f"{camp!r} is no camp of {network.name}", f"{camp} sim", mend=mend)
    if simulated.days[-1] >= network.days:
        what = f"day {simulated.days[-1]} is not among the {network.days} days of {network.name}"
        raise TableError(what, "Day", mend="score it with the folder that was run")
    return [at[camp] for camp in simulated.camps]


def _compared(simulated: Simulated, counted: Counted) -> tuple[int, int]:
    """Find the scale of an output by the counts in it, and how many of them are other ones."""
    camps = {camp.name: camp for camp in counted.camps}
    known = [at for at, name in enumerate(simulated.camps) if name in camps]
    true = simulated.counted[:, known]
    if not known or true.sum() <= 0:
        return 1, 0

    def ours(scale: int) -> Floats:
        series = [camps[simulated.camps[at]].interpolated(simulated.days, scale) for at in known]
        return np.stack(series, axis=1).astype(np.float64)

    scale = max(round(float(ours(1).sum() / true.sum())), 1)
    return scale, int((ours(scale) != true).sum())


def _spread(values: Floats) -> Spread:
    several = len(values) > 1
    low, high = np.quantile(values, [LOW, HIGH])
    return Spread(
        mean=float(values.mean()),
        low=float(low) if several else None,
        high=float(high) if several else None,
    )


def _covered(members: Floats, true: Floats) -> float:
    low, high = np.quantile(members, [LOW, HIGH], axis=0)
    return float(((low <= true) & (true <= high)).mean())


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if np.isfinite(values).all() else None


def _weighted(scaled: Floats, true: Floats) -> float | None:
    """Average over camps by who was counted there, over those that have a scaled error."""
    usable = np.isfinite(scaled).all(axis=0) & (true.sum(axis=0) > 0)
    if not usable.any():
        return None
    return float(np.average(scaled.mean(axis=0)[usable], weights=true.sum(axis=0)[usable]))


def _camps(simulated: Simulated, scaled: Mapping[str, Floats]) -> Iterator[Camp]:
    people, true = simulated.people, simulated.counted
    whole = np.maximum(true.sum(axis=1), 1)
    several = len(people) > 1
    for at, name in enumerate(simulated.camps):
        here = people[:, :, at]
        yield Camp(
            name=name,
            simulated=float(here[:, -1].mean()),
            counted=float(true[-1, at]),
            difference=float((np.abs(here - true[:, at]) / whole).mean()),
            scaled={key: _mean(each[:, at]) for key, each in scaled.items()},
            crps=float(crps(here.T, true[:, at]).mean()) if several else None,
            covered=_covered(here, true[:, at]) if several else None,
        )


def _simple(
    simulated: Simulated, positions: list[int], network: Network, counted: Counted
) -> Iterator[Simple]:
    """Score methods that share the counted total of each day out among the camps."""
    true, days = simulated.counted, simulated.days
    after = days > DAY_30

    def told(name: str, shares: Floats, leaky: bool = False, late: bool = False) -> Simple:
        people = even_out(np.broadcast_to(shares, true.shape)) * true.sum(axis=1, keepdims=True)
        difference = relative_difference(people, true)
        later = float(difference[after].mean()) if after.any() else None
        whole = None if late else float(difference.mean())
        return Simple(name=name, leaky=leaky, difference=whole, later=later)

    yield told(EVERYWHERE, np.ones(true.shape))
    ways = access(network, positions, int(days[-1]))
    evenly = daily_shares(network, ways, EVEN)[0][days]
    stock = np.cumsum(arrivals_of(true.sum(axis=1))[:, None] * evenly, axis=0)
    yield told(EVENLY, stock)
    reports = {camp.name: float(np.nan_to_num(camp.reported(DAY_30))) for camp in counted.camps}
    last = np.array([reports.get(camp, 0.0) for camp in simulated.camps])
    # Where nothing had been reported by then, nobody knew better than evenly over what was open.
    until = stock[min(int(np.searchsorted(days, DAY_30, side="right")), len(stock)) - 1]
    yield told(FROZEN, last if last.sum() > 0 else until, late=True)
    capacity = np.array([float(network.sites[at].population) for at in positions])
    if capacity.min() > 0:
        yield told(CAPACITY, capacity, leaky=True)
