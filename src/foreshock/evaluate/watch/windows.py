"""Windows: from which month is forecast, and which months ahead are scored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foreshock.core.errors import TimeError
from foreshock.core.months import month_after, months_between
from foreshock.core.panel import Panel

CHALLENGE_HORIZONS = tuple(range(3, 15))
"""Months ahead in the VIEWS challenge: from October, the twelve months of the next year
(Hegre et al. 2025, arXiv:2407.11045)."""

EVERY_HORIZON = tuple(range(1, 15))


@dataclass(frozen=True, slots=True)
class Window:
    """One origin and the months ahead of it that are scored.

    Parameters
    ----------
    name : str
        What tables call it.
    origin : datetime.date
        First day of the last month that is known.
    horizons : tuple of int
        Months ahead, 1 or more.

    Raises
    ------
    TimeError
        If nothing lies ahead.
    """

    name: str
    origin: date
    horizons: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse a window that does not lie ahead of its origin."""
        if not self.horizons or min(self.horizons) < 1:
            raise TimeError(
                f"the window {self.name} looks {self.horizons} months ahead",
                expected="one number or more, each 1 or more",
            )

    @property
    def months(self) -> tuple[date, ...]:
        """First days of the months that are scored."""
        return tuple(month_after(self.origin, ahead) for ahead in self.horizons)


def challenge_windows(years: Iterable[int]) -> tuple[Window, ...]:
    """Give the VIEWS challenge's windows: a year from January, known to October of the year before.

    Examples
    --------
    >>> window, = challenge_windows([2031])
    >>> window.origin.isoformat(), window.months[0].isoformat(), window.months[-1].isoformat()
    ('2030-10-01', '2031-01-01', '2031-12-01')
    """
    return tuple(
        Window(str(year), date(year - 1, 10, 1), CHALLENGE_HORIZONS) for year in sorted(set(years))
    )


def usual_years(inputs: Panel, truth: Panel, most: int = 4) -> range:
    """Give the last years that the challenge's windows can be put on.

    Parameters
    ----------
    inputs : Panel
        Must hold October of the year before.
    truth : Panel
        Must hold all twelve months.
    most : int
        Years.

    Raises
    ------
    TimeError
        If there is none.
    """
    known, came = set(inputs.starts), set(truth.starts)
    years = [
        int(window.name)
        for window in challenge_windows({each.year for each in truth.starts})
        if window.origin in known and came.issuperset(window.months)
    ]
    if not years:
        raise TimeError(
            "no year can be tried",
            expected="a panel of months with a whole year, and October of the year before",
        )
    return range(max(years[0], years[-1] - most + 1), years[-1] + 1)


def rolling_windows(
    first: date, last: date, horizons: tuple[int, ...] = EVERY_HORIZON
) -> tuple[Window, ...]:
    """Give a window for every month as origin; only months up to the last are scored.

    Parameters
    ----------
    first : datetime.date
        The first origin.
    last : datetime.date
        The last month that is scored.
    horizons : tuple of int

    Raises
    ------
    TimeError
        If no month lies between.

    Examples
    --------
    >>> found = rolling_windows(date(2031, 1, 1), date(2031, 4, 1), (1, 2))
    >>> [(window.name, window.horizons) for window in found]
    [('2031-01', (1, 2)), ('2031-02', (1, 2)), ('2031-03', (1,))]
    """
    number = months_between(first, last)
    if number < min(horizons):
        raise TimeError(f"no month to score from the origin {first:%Y-%m} to {last:%Y-%m}")
    found = []
    for step in range(number):
        origin = month_after(first, step)
        ahead = tuple(each for each in horizons if each <= number - step)
        if ahead:
            found.append(Window(f"{origin:%Y-%m}", origin, ahead))
    return tuple(found)
