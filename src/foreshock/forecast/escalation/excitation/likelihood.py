r"""How likely daily counts are under excitation: a compiled kernel, and its twin in plain numpy.

.. math::

    y_{it} \mid \text{past} &\sim \mathrm{NB2}(m_{it}, \psi_i), \quad
        \operatorname{Var} = m + \psi m^2 \\
    b_{it} &= \sum_p x_{tp} \beta_{pi} \\
    m_{it} &= E_{it} \Big[ e^{b_{it}} + \sum_e a_e r_e(t) \Big] e^{-h_{it}} \\
    r_e(t) &= (1 - d_e)\, y_{j(e),\,t-1} + d_e\, r_e(t-1)

An edge :math:`e` leads from the series :math:`j(e)` to the series :math:`i(e)`. This is the
negative binomial discrete-time Hawkes process with a geometric kernel, also known as INGARCH(1, 1)
and, for :math:`d = 0`, as the endemic-epidemic model "hhh4".

Sources: Held, Höhle & Hofmann 2005, doi:10.1191/1471082X05st098oa; Paul, Held & Toschke 2008,
doi:10.1002/sim.3440; Fokianos, Rahbek & Tjøstheim 2009, doi:10.1198/jasa.2009.tm08270.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from foreshock.core.errors import EnsembleError
from foreshock.forecast.compiling import compiled

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

EARLY = 28
"""Days whose mean is taken for what went before the first day."""

_UNDAMPED = np.ones((0, 0))

_SMALL = 1e-4
"""Below it, a series in powers is closer than the difference of two nearly equal numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    r"""What the likelihood is of: counts, exposure, and which series acts on which.

    Parameters
    ----------
    counts : ndarray, shape (day, series)
        Events, 0 or more.
    exposure : ndarray, shape (day, series)
        How much of what happens is seen; above 0, ones if nothing is known of it.
    source, target : ndarray of int, shape (edge,)
        Column of the series that acts, and of the one that it acts on.
    columns : ndarray, shape (day, column)
        Design :math:`x_{tp}` of the baseline.
    first, stop : ndarray of int, shape (day,)
        Where a row of the design begins and ceases to differ from 0.
    initial : ndarray, shape (edge,)
        The smoothed past :math:`r_e` of the first day, events a day.
    start : int
        First row that counts towards the likelihood; rows before it are history alone.
    above : ndarray, shape (series, count)
        Of the rows that count, how many exceed 0, 1, 2 ...
    constant : ndarray, shape (series,)
        The part of the log-likelihood that no parameter enters, :math:`-\sum \log y!`.
    """

    counts: Numbers
    exposure: Numbers
    source: Places
    target: Places
    columns: Numbers
    first: Places
    stop: Places
    initial: Numbers
    start: int
    above: Numbers
    constant: Numbers


def observations(
    counts: NDArray[np.integer] | Numbers,
    source: Places | list[int],
    target: Places | list[int],
    *,
    columns: Numbers | None = None,
    exposure: Numbers | None = None,
    start: int = 1,
    initial: Numbers | None = None,
) -> Observations:
    """Check the counts and prepare what does not change from one evaluation to the next.

    Parameters
    ----------
    counts : ndarray, shape (day, series)
    source, target : sequence of int, shape (edge,)
    columns : ndarray, shape (day, column), optional
        Design of the baseline; an intercept if not given.
    exposure : ndarray, shape (day, series), optional
        Ones if not given.
    start : int
        Rows before it are history alone.
    initial : ndarray, shape (edge,), optional
        Events a day before the first row; if not given, the source's mean over its first 28 days
        (`EARLY`), which stands for the stationary mean of that time.

    Raises
    ------
    EnsembleError
        If the shapes do not fit, or a count or an exposure cannot be one.

    Examples
    --------
    >>> seen = observations(np.array([[2, 0], [0, 1], [3, 0]]), [0, 1], [0, 0])
    >>> seen.initial.round(2).tolist(), seen.above[0].tolist()
    ([1.67, 0.33], [1.0, 1.0, 1.0])
    """
    seen = np.array(counts, dtype=np.float64, order="C")
    if seen.ndim != 2 or seen.shape[0] <= start or seen.shape[1] == 0:
        raise EnsembleError(
            f"counts of shape {seen.shape}",
            "excitation",
            expected=f"(day, series) with more than {start} days and at least one series",
        )
    if not ((seen >= 0) & (seen == np.floor(seen)) & np.isfinite(seen)).all():
        raise EnsembleError("a count is missing, negative or no whole number", "excitation")
    weighed = np.ones_like(seen) if exposure is None else np.array(exposure, dtype=np.float64)
    if weighed.shape != seen.shape or not ((weighed > 0) & np.isfinite(weighed)).all():
        raise EnsembleError(
            "an exposure does not fit its count", "excitation", expected=f"{seen.shape}, above 0"
        )
    begin, end = np.array(source, dtype=np.int64), np.array(target, dtype=np.int64)
    if begin.shape != end.shape or begin.ndim != 1:
        raise EnsembleError(f"{begin.shape} sources for {end.shape} targets", "excitation")
    for which in (begin, end):
        if which.size and not (which.min() >= 0 and which.max() < seen.shape[1]):
            raise EnsembleError("an edge names a series that is not there", "excitation")
    design = np.ones((len(seen), 1)) if columns is None else np.array(columns, dtype=np.float64)
    if design.ndim != 2 or len(design) != len(seen) or not np.isfinite(design).all():
        raise EnsembleError(
            f"a design of shape {design.shape}", "excitation", f"({len(seen)}, columns)"
        )
    present = design != 0
    first = present.argmax(axis=1)
    stop = np.where(present.any(axis=1), design.shape[1] - present[:, ::-1].argmax(axis=1), 0)
    before = seen[:EARLY].mean(axis=0)[begin] if initial is None else np.asarray(initial, float)
    scored = seen[start:]
    steps = np.arange(max(int(scored.max()), 1))
    above = np.stack([(column[:, None] > steps).sum(0) for column in scored.T]).astype(np.float64)
    constant: Numbers = -gammaln(scored + 1).sum(axis=0)
    return Observations(
        seen, weighed, begin, end, design, first, stop, before, start, above, constant
    )


class Evaluation(NamedTuple):
    r"""Log-likelihood by series, and what it gains from each ingredient.

    Attributes
    ----------
    value : ndarray, shape (series,)
    endemic : ndarray, shape (column, series)
        Derivative by :math:`\beta_{pi}`.
    damping : ndarray, shape (day, series)
        Derivative by :math:`h_{it}`; of shape (1, series) and 0 if there is no damping.
    weight, decay : ndarray, shape (edge,)
    dispersion : ndarray, shape (series,)
    """

    value: Numbers
    endemic: Numbers
    damping: Numbers
    weight: Numbers
    decay: Numbers
    dispersion: Numbers


def evaluate(
    seen: Observations,
    endemic: Numbers,
    damping: Numbers | None,
    weight: Numbers,
    decay: Numbers,
    dispersion: Numbers,
    *,
    gradient: bool = True,
) -> Evaluation:
    r"""Log-likelihood and its exact gradient, by the compiled kernel.

    Parameters
    ----------
    seen : Observations
    endemic : ndarray, shape (column, series)
        :math:`\beta_{pi}`; :math:`b_{it}` is the log of events a day that nothing brought forth.
    damping : ndarray, shape (day, series), or None
        :math:`h_{it} = g' z_{i,t-1}`.
    weight : ndarray, shape (edge,)
        :math:`a_e \ge 0`, events that one event brings forth along the edge.
    decay : ndarray, shape (edge,)
        :math:`d_e`, 0 to below 1; the mean lag is :math:`1 / (1 - d_e)` days.
    dispersion : ndarray, shape (series,)
        :math:`\psi_i > 0`.
    gradient : bool
        Without it the derivatives stay 0, at half the cost.

    Returns
    -------
    Evaluation

    Notes
    -----
    The gamma functions of the distribution are written as a sum,

    .. math:: \log \Gamma(y + 1/\psi) - \log \Gamma(1/\psi) + y \log \psi
        = \sum_{k<y} \log(1 + \psi k),

    so that the limit :math:`\psi \to 0`, a Poisson count, is reached without loss.

    Examples
    --------
    >>> seen = observations(np.array([[2], [0], [3]]), [0], [0])
    >>> found = evaluate(seen, np.zeros((1, 1)), None, np.array([0.5]), np.array([0.0]),
    ...                  np.array([1.0]))
    >>> found.value.round(4).tolist(), found.weight.round(4).tolist()
    ([-3.8712], [-0.6667])
    """
    factor = _UNDAMPED if damping is None else np.exp(-damping)
    return Evaluation(
        *_kernel(
            seen.counts, seen.exposure, seen.source, seen.target, seen.columns, seen.first,
            seen.stop, seen.initial, seen.start, seen.above, seen.constant, endemic, factor,
            weight, decay, dispersion, gradient,
        )
    )  # fmt: skip


@compiled
def _kernel(
    counts: Numbers, exposure: Numbers, source: Places, target: Places, columns: Numbers,
    first: Places, stop: Places, initial: Numbers, start: int, above: Numbers, constant: Numbers,
    endemic: Numbers, factor: Numbers, weight: Numbers, decay: Numbers, dispersion: Numbers,
    gradient: bool,
) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers, Numbers]:  # fmt: skip
    days, series = counts.shape
    edges = len(source)
    damped = factor.shape[0] > 0
    value = np.zeros(series)
    d_endemic = np.zeros(endemic.shape)
    d_damp = np.zeros((days if damped and gradient else 1, series))
    d_weight, d_decay, d_psi = np.zeros(edges), np.zeros(edges), np.zeros(series)
    past, slope = initial.copy(), np.zeros(edges)  # r, and dr/dd
    excited, push = np.empty(series), np.empty(series)
    for t in range(days):
        if t > 0:
            for e in range(edges):
                y = counts[t - 1, source[e]]
                slope[e] = past[e] - y + decay[e] * slope[e]
                past[e] = (1.0 - decay[e]) * y + decay[e] * past[e]
        if t < start:
            continue
        excited[:] = 0.0
        for e in range(edges):
            excited[target[e]] += weight[e] * past[e]
        for i in range(series):
            psi, y = dispersion[i], counts[t, i]
            level = 0.0
            for p in range(first[t], stop[t]):
                level += columns[t, p] * endemic[p, i]
            base = np.exp(level)
            seen = exposure[t, i]
            if damped:
                seen *= factor[t, i]
            m = seen * (base + excited[i])
            log_one = np.log1p(psi * m)
            value[i] -= (y + 1.0 / psi) * log_one
            if y > 0.0:
                value[i] += y * np.log(m)
            if not gradient:
                continue
            by_mean = y / m - (1.0 + psi * y) / (1.0 + psi * m)
            push[i] = by_mean * seen
            for p in range(first[t], stop[t]):
                d_endemic[p, i] += push[i] * base * columns[t, p]
            if damped:
                d_damp[t, i] = -by_mean * m
            x = psi * m
            if x < _SMALL:
                d_psi[i] += m * m * (0.5 - x * (2.0 / 3.0 - 0.75 * x))
            else:
                d_psi[i] += (log_one / psi - m / (1.0 + x)) / psi
            d_psi[i] -= y * m / (1.0 + x)
        if gradient:
            for e in range(edges):
                d_weight[e] += push[target[e]] * past[e]
                d_decay[e] += push[target[e]] * weight[e] * slope[e]
    for i in range(series):
        value[i] += constant[i]
        for k in range(above.shape[1]):
            if above[i, k] == 0.0:
                break
            value[i] += above[i, k] * np.log1p(dispersion[i] * k)
            d_psi[i] += above[i, k] * k / (1.0 + dispersion[i] * k)
    return value, d_endemic, d_damp, d_weight, d_decay, d_psi


def pasts(seen: Observations, decay: Numbers) -> tuple[Numbers, Numbers]:
    r"""Smoothed past of each edge on each day, and its derivative by the decay.

    Returns
    -------
    past, slope : ndarray, shape (day + 1, edge)
        :math:`r_e(t)`, of the day after the last one too, and :math:`\partial r_e / \partial d_e`.

    Examples
    --------
    >>> seen = observations(np.array([[2], [0], [3]]), [0], [0], initial=np.array([1.0]))
    >>> pasts(seen, np.array([0.5]))[0].ravel().tolist()
    [1.0, 1.5, 0.75, 1.875]
    """
    days = len(seen.counts)
    past, slope = np.empty((days + 1, len(decay))), np.zeros((days + 1, len(decay)))
    past[0] = seen.initial
    for t in range(1, days + 1):
        y = seen.counts[t - 1, seen.source]
        slope[t] = past[t - 1] - y + decay * slope[t - 1]
        past[t] = (1.0 - decay) * y + decay * past[t - 1]
    return past, slope


def evaluate_plainly(
    seen: Observations,
    endemic: Numbers,
    damping: Numbers | None,
    weight: Numbers,
    decay: Numbers,
    dispersion: Numbers,
) -> Evaluation:
    """Do the same as `evaluate` in plain numpy, as its oracle.

    Written from the textbook form of the distribution with gamma functions, so it shares neither
    loops nor formulas with the kernel. It loses digits where the dispersion is below about 1e-6.

    Examples
    --------
    >>> seen = observations(np.array([[2], [0], [3]]), [0], [0])
    >>> arguments = (np.zeros((1, 1)), np.zeros((3, 1)), np.array([0.5]), np.array([0.2]),
    ...              np.array([1.0]))
    >>> kernel, twin = evaluate(seen, *arguments), evaluate_plainly(seen, *arguments)
    >>> all(np.allclose(a, b, rtol=1e-12) for a, b in zip(kernel, twin))
    True
    """
    from scipy.special import digamma

    past, slope = (each[:-1] for each in pasts(seen, decay))
    to = (seen.target[:, None] == np.arange(seen.counts.shape[1])).astype(np.float64)
    base = np.exp(seen.columns @ endemic)
    rate = base + (past * weight) @ to
    scale = seen.exposure * (1.0 if damping is None else np.exp(-damping))
    m, y, size = scale * rate, seen.counts, 1.0 / dispersion
    counted = (np.arange(len(y)) >= seen.start)[:, None]
    log_p = (
        gammaln(y + size) - gammaln(size) - gammaln(y + 1)
        + size * np.log(size / (size + m)) + np.where(y > 0, y, 0) * np.log(m / (size + m))
    )  # fmt: skip
    by_mean = counted * (y - m) / (m * (1.0 + dispersion * m))
    by_size = counted * (
        digamma(y + size) - digamma(size) + np.log(size / (size + m)) + (m - y) / (size + m)
    )
    pushed = (by_mean * scale) @ to.T
    return Evaluation(
        (log_p * counted).sum(0),
        seen.columns.T @ (by_mean * scale * base),
        np.zeros((1, m.shape[1])) if damping is None else -by_mean * m,
        (pushed * past).sum(0),
        (pushed * slope).sum(0) * weight,
        by_size.sum(0) * -(size**2),
    )
