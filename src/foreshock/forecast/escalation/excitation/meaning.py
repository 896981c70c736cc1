r"""What the fitted excitation means: who carries the next week, and whether it feeds on itself.

With :math:`A_{ij}` the events in i that one event in j brings forth and
:math:`N = \operatorname{diag}(e^{-g'z}) A`, the day-lag reproduction number is the spectral radius
of N. Events of one day cannot bring each other forth here, whatever they did in truth, so it is
**not** the branching ratio of a process in continuous time and never to be set beside one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError, ForecastRefused
from foreshock.core.outlook import BACKGROUND, Driver, Reproduction
from foreshock.forecast.escalation.excitation.fit import Draws, Fitted
from foreshock.forecast.escalation.excitation.likelihood import Numbers
from foreshock.forecast.escalation.excitation.simulate import Beginning, begin

INTERVAL = (0.05, 0.5, 0.95)
LONG = 30
"""Days beyond which a horizon is long."""

INDIRECT = "indirect"
"""Kind of a driver that reaches a series only by way of others."""

_LONGEST = 3_650


def drivers(
    draws: Draws,
    history: NDArray[np.integer] | Numbers,
    *,
    days: int = 7,
    least: float = 0.0,
    design: Numbers | None = None,
    damping: Numbers | None = None,
    exposure: Numbers | None = None,
) -> tuple[Driver, ...]:
    """Say of whose recent events the events expected of each series descend.

    Parameters
    ----------
    draws : Draws
    history : ndarray of int, shape (day, series)
        As in `simulate`, and so are design, damping and exposure.
    days : int
        Days ahead over which expected events are summed.
    least : float
        Smallest share that is worth listing; the background is listed always.

    Returns
    -------
    tuple of Driver
        Series by series, the largest share first. Shares are medians over draws with the 5 % and
        95 % points, so those of a series add up to 1 only roughly.

    Notes
    -----
    The expectation is linear in the past, so it splits exactly into what descends from each
    series' events up to now, through however many generations, and into what descends from the
    baseline of the days ahead. It is predictive attribution: it tells what carries the forecast,
    not what causes what.

    Examples
    --------
    >>> from foreshock.forecast.escalation.excitation.fit import fit
    >>> from foreshock.forecast.escalation.excitation.model import Edge, Excitation
    >>> past = np.random.default_rng(3).poisson(1.0, (300, 1))
    >>> model = Excitation(names=("a>b",), edges=(Edge("a>b", "a>b", "self"),))
    >>> for driver in drivers(fit(past, model, draws=40).draws, past):
    ...     print(driver.source, driver.kind, driver.share > 0.5)
    background background True
    a>b self False
    """
    model = draws.model
    begun = begin(draws, history, days, design=design, damping=damping, exposure=exposure)
    series = len(model.names)
    parts = np.stack(
        [_expected(begun, days, origin) for origin in (*range(series), None)]
    )  # (origin, draw, series)
    shares = np.quantile(parts / parts.sum(axis=0), INTERVAL, axis=1)
    kinds = {(edge.source, edge.target): edge.kind for edge in model.edges}
    found = []
    for i, name in enumerate(model.names):
        own = []
        for j, source in enumerate((*model.names, BACKGROUND)):
            low, share, high = (float(each[j, i]) for each in shares)
            kind = BACKGROUND if j == series else kinds.get((source, name), INDIRECT)
            if j == series or (high > 0 and share >= least):
                own.append(
                    Driver(series=name, source=source, kind=kind, share=share, low=low, high=high)
                )
        found += sorted(own, key=lambda driver: -driver.share)
    return tuple(found)


def _expected(begun: Beginning, days: int, origin: int | None) -> Numbers:
    """Give expected events by draw and series that descend from an origin; None: the baseline."""
    to = (begun.target[:, None] == np.arange(begun.dispersion.shape[1])).astype(np.float64)
    state = np.zeros_like(begun.past) if origin is None else begun.past * (begun.source == origin)
    total = np.zeros_like(begun.dispersion)
    for t in range(days):
        excited = (begun.weight * state) @ to
        fresh = np.exp(begun.level[:, t]) if origin is None else 0.0
        mean = begun.factor[:, t] * (fresh + excited)
        total += mean
        state = (1.0 - begun.decay) * mean[:, begun.source] + begun.decay * state
    return total


def net_offspring(draws: Draws, factor: Numbers | None = None) -> Numbers:
    r"""Give :math:`N = \operatorname{diag}(e^{-g'z}) A` by draw.

    Parameters
    ----------
    draws : Draws
    factor : ndarray, shape (series,) or (draw, series), optional
        :math:`e^{-g'z}`, times exposure; ones if not given.
    """
    offspring = draws.offspring
    if factor is None:
        return offspring
    return np.broadcast_to(factor, draws.dispersion.shape)[:, :, None] * offspring


def radius(matrices: Numbers) -> Numbers:
    """Give the spectral radius of each matrix.

    Examples
    --------
    >>> radius(np.array([[[0.5, 0.0], [9.0, 0.2]]])).tolist()
    [0.5]
    """
    if not matrices.shape[-1]:
        return np.zeros(len(matrices))
    largest: Numbers = np.abs(np.linalg.eigvals(matrices)).max(axis=-1)
    return largest


def at_mode(fitted: Fitted) -> float:
    """Give the reproduction number at the most likely parameters, as `placebo.placebo` gives it."""
    model = fitted.model
    matrix = np.zeros((1, len(model.names), len(model.names)))
    matrix[0, model.target, model.source] = fitted.mode.weight
    return float(radius(matrix)[0])


def reproduction(
    draws: Draws,
    placebo: Sequence[float] | Numbers,
    *,
    factor: Numbers | None = None,
    mode: float | None = None,
) -> Reproduction:
    """Give the day-lag reproduction number beside its placebo.

    Parameters
    ----------
    draws : Draws
    placebo : sequence of float
        What the same fit finds where there is no excitation: see `placebo.placebo`.
    factor : ndarray, optional
        As in `net_offspring`.
    mode : float, optional
        The number at the most likely parameters (`at_mode`), which the placebo is of too. If given,
        it must pass the placebo as well: a posterior may hold much excitation with a long memory,
        which is a level by another name, while none is likeliest.

    Examples
    --------
    >>> from foreshock.forecast.escalation.excitation.model import Edge, Excitation
    >>> model = Excitation(names=("a>b",), edges=(Edge("a>b", "a>b", "self"),))
    >>> some = Draws(model, np.zeros((3, 1, 1)), np.array([[0.5], [0.6], [0.7]]),
    ...              np.full((3, 1), 0.5), np.ones((3, 1)), np.zeros((3, 0)))
    >>> told = reproduction(some, [0.1, 0.2, 0.3])
    >>> round(told.value, 2), told.distinct
    (0.6, True)
    """
    values = np.asarray(placebo, dtype=np.float64)
    if not len(values) or not len(draws):
        raise EnsembleError(
            "no draws or no placebo", "excitation", mend="a number without its placebo says nothing"
        )
    low, value, high = np.quantile(radius(net_offspring(draws, factor)), INTERVAL)
    beside = np.quantile(values, INTERVAL)
    return Reproduction(
        value=float(value), low=float(low), high=float(high),
        placebo=(float(beside[0]), float(beside[1]), float(beside[2])),
        distinct=bool(low > beside[2] and (mode is None or mode > beside[2])),
    )  # fmt: skip


def refusal_of_horizon(days: int, told: Reproduction) -> str | None:
    """Say why a horizon may not be told, or give None if it may.

    Parameters
    ----------
    days : int
    told : Reproduction

    Examples
    --------
    >>> told = Reproduction(value=0.9, low=0.7, high=1.1, placebo=(0.0, 0.1, 0.2), distinct=True)
    >>> refusal_of_horizon(90, told)
    'no horizon beyond 30 days: the reproduction number may be 1 or more (0.70 to 1.10)'
    >>> refusal_of_horizon(30, told) is None
    True
    """
    if days <= LONG or told.high < 1:
        return None
    return (
        f"no horizon beyond {LONG} days: the reproduction number may be 1 or more "
        f"({told.low:.2f} to {told.high:.2f})"
    )


class Response(NamedTuple):
    """How the model answers a shock, each with 5 %, 50 % and 95 % over draws.

    Attributes
    ----------
    reactivity : tuple of float
        Largest growth of any mix of events from one generation to the next (spectral norm of N).
        Above 1, what fades in the long run can grow at first.
    peak : tuple of float
        Largest growth over any number of generations.
    half_life : tuple of float
        Days until the expected events a day that a shock brings forth are under half of those of
        its first day; the slowest of all series that bring any forth, 0 if none does.
    """

    reactivity: tuple[float, float, float]
    peak: tuple[float, float, float]
    half_life: tuple[float, float, float]


def response(draws: Draws, *, factor: Numbers | None = None, generations: int = 60) -> Response:
    """Tell reactivity, peak growth and the half-life of a shock.

    Parameters
    ----------
    draws : Draws
    factor : ndarray, optional
        As in `net_offspring`.
    generations : int
        As far as growth is followed.

    Raises
    ------
    ForecastRefused
        If a draw's shock never falls to half: its half-life is not finite.

    Examples
    --------
    >>> from foreshock.forecast.escalation.excitation.model import Edge, Excitation
    >>> model = Excitation(names=("a>b",), edges=(Edge("a>b", "a>b", "self"),))
    >>> some = Draws(model, np.zeros((1, 1, 1)), np.array([[0.5]]), np.array([[0.5]]),
    ...              np.ones((1, 1)), np.zeros((1, 0)))
    >>> response(some).half_life
    (3.0, 3.0, 3.0)
    """
    net = net_offspring(draws, factor)
    norms = np.linalg.norm(net, 2, axis=(1, 2))
    power, peak = net, norms
    for _ in range(generations - 1):
        power = power @ net
        peak = np.maximum(peak, np.linalg.norm(power, 2, axis=(1, 2)))
    whole = np.ones(draws.dispersion.shape) if factor is None else factor
    each = np.broadcast_to(whole, draws.dispersion.shape)
    halves = [_half_life(draws, s, each[s]) for s in range(len(draws))]
    return Response(_spread(norms), _spread(peak), _spread(np.array(halves, dtype=np.float64)))


def companion(draws: Draws, draw: int, factor: Numbers) -> Numbers:
    """Give the matrix that takes the expected smoothed past of every edge from a day to the next.

    Shape (edge, edge); its spectral radius is below 1 exactly where that of N is.
    """
    model = draws.model
    leads = (model.source[:, None] == model.target[None, :]).astype(np.float64)
    fed = (1.0 - draws.decay[draw])[:, None] * leads
    matrix: Numbers = fed * (factor[model.target] * draws.weight[draw])[None, :]
    return matrix + np.diag(draws.decay[draw])


def _half_life(draws: Draws, draw: int, factor: Numbers) -> int:
    source, target = draws.model.source, draws.model.target
    shocked = np.unique(source)
    if not len(shocked):
        return 0
    onward = companion(draws, draw, factor)
    read = factor[target] * draws.weight[draw]
    state = (1.0 - draws.decay[draw])[:, None] * (source[:, None] == shocked[None, :])
    first = read @ state
    waiting = first > 0
    if not waiting.any():
        return 0
    for day in range(1, _LONGEST):
        state = onward @ state
        waiting &= read @ state >= first / 2
        if not waiting.any():
            return day
    raise ForecastRefused("a shock does not fall to half", "excitation", "a half-life that ends")


def equilibrium(
    draws: Draws, level: Numbers, *, factor: Numbers | None = None
) -> NDArray[np.float64]:
    r"""Give the mean that days tend to if nothing changes, :math:`(I - N)^{-1} e^{b}`.

    Parameters
    ----------
    draws : Draws
    level : ndarray, shape (draw, series)
        Log of the baseline that is supposed to stay.
    factor : ndarray, optional
        As in `net_offspring`.

    Returns
    -------
    ndarray, shape (3, series)
        Events a day: 5 %, 50 % and 95 % over draws.

    Raises
    ------
    ForecastRefused
        If the upper end of the reproduction number's 90 % interval is not below 1: there may be no
        equilibrium.
    """
    net = net_offspring(draws, factor)
    upper = float(np.quantile(radius(net), INTERVAL[2]))
    if not upper < 1:
        raise ForecastRefused(
            f"the reproduction number may be {upper:.2f}",
            "equilibrium mean",
            expected="an interval below 1",
            mend="ask for 30 days or less instead",
        )
    within = radius(net) < 1
    scale = np.ones(draws.dispersion.shape) if factor is None else factor
    fresh = np.broadcast_to(scale, draws.dispersion.shape) * np.exp(level)
    system = np.eye(net.shape[1]) - net[within]
    means = np.linalg.solve(system, fresh[within][:, :, None])[:, :, 0]
    found: NDArray[np.float64] = np.quantile(means, INTERVAL, axis=0)
    return found


def _spread(values: Numbers) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, INTERVAL)
    return float(low), float(middle), float(high)
