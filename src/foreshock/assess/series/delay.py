r"""How late acts become known, measured: to be held beside what a feed declares.

As of a day, only acts that are known by then are seen, and of the latest ones only those that were
told quickly. The plain share of delays would therefore be too quick. Seen backwards in time the
delays are cut off on the other side, which can be put right: with :math:`x_i` the delay of act
:math:`i` and :math:`c_i` the days from the act to the as-of,

.. math:: \hat F(s) = \prod_{u > s} \Bigl(1 - \frac{\#\{i: x_i = u\}}
          {\#\{i: x_i \le u \le c_i\}}\Bigr)

is the share known within :math:`s` days, out of all that become known within the longest delay seen
(Lagakos, Barraj, De Gruttola 1988, Biometrika 75:515, doi:10.1093/biomet/75.3.515; Lawless 1994,
Canadian Journal of Statistics 22:15, doi:10.2307/3315820). What takes longer than that, or is never
told, no evidence of the day can show.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foreshock.assess.series.acts import CountedAct
from foreshock.case.feeds import Delay
from foreshock.core.errors import QuantityError


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredDelay:
    """The delays of a feed's acts, as far as the as-of shows them.

    Attributes
    ----------
    as_of : datetime.date
    acts : int
        Acts of a known day that it was measured on.
    dateless : int
        Acts left out because their day is open by more than a day.
    delay : Delay or None
        The share known by day, corrected for what the as-of cuts off; None without any act.
    plain : Delay or None
        The share without that correction, which is the quicker of the two.
    """

    as_of: date
    acts: int
    dateless: int
    delay: Delay | None
    plain: Delay | None


def measured_delay(acts: Iterable[CountedAct], as_of: date) -> MeasuredDelay:
    """Measure how many days after they happened acts became known.

    Parameters
    ----------
    acts : iterable of CountedAct
        The acts of one or more series; one that stands in several counts once.
    as_of : datetime.date
        The day by which they were known.

    Returns
    -------
    MeasuredDelay

    Examples
    --------
    >>> def told(day, late):
    ...     return CountedAct(event=f"{day} {late}", first=date(2031, 5, day), belief=0.9,
    ...         last=date(2031, 5, day), known_at=date(2031, 5, day + late), figures=())
    >>> found = measured_delay([told(1, 4), told(2, 0), told(8, 0), told(9, 0)], date(2031, 5, 9))
    >>> found.plain.known([0, 4]).tolist(), found.delay.known([0, 4]).tolist()
    ([0.75, 1.0], [0.5, 1.0])
    """
    every = {act.event: act for act in acts}
    dated = [act for _, act in sorted(every.items()) if (act.last - act.first).days <= 1]
    late = np.array([(act.known_at - act.last).days for act in dated], np.int64)
    seen = np.array([(as_of - act.last).days for act in dated], np.int64)
    return MeasuredDelay(
        as_of=as_of,
        acts=len(dated),
        dateless=len(every) - len(dated),
        delay=estimated_delay(late, seen) if dated else None,
        plain=estimated_delay(late, np.full(len(dated), late.max())) if dated else None,
    )


def estimated_delay(late: ArrayLike, seen: ArrayLike) -> Delay:
    """Estimate the delay from acts of which some were seen for a short time only.

    Parameters
    ----------
    late : array_like of int, shape (act,)
        Days from each act to when it became known, 0 or more.
    seen : array_like of int, shape (act,)
        Days from each act to the as-of; never less than `late`.

    Returns
    -------
    Delay
        Told on every day up to the longest delay seen.

    Raises
    ------
    QuantityError
        If there is no act, or one became known after the as-of or before it happened.

    Examples
    --------
    >>> estimated_delay([0, 0, 1, 3], [9, 9, 9, 9]).shares
    (0.5, 0.75, 0.75, 1.0)
    """
    x, c = np.asarray(late, np.int64), np.asarray(seen, np.int64)
    if not len(x) or (x < 0).any() or (x > c).any():
        raise QuantityError(
            "no delays to measure", expected="delays from 0 to the days each act was seen"
        )
    days = np.arange(x.max() + 1)
    told = np.array([(x == u).sum() for u in days])
    at_risk = np.array([((x <= u) & (u <= c)).sum() for u in days])
    kept: NDArray[np.float64] = 1 - told / np.maximum(at_risk, 1)
    shares = np.append(np.cumprod(kept[:0:-1])[::-1], 1.0)
    return Delay(tuple(days.tolist()), tuple(shares.tolist()))
