"""The watch: forecasts per country and month, what they warn of, and how warnings turned out.

All that a watch model hands on, and all that the rooms after it see. A warning speaks of one month
of one country: whether its deaths reach a level, begin anew, or double.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foreshock.core.errors import EnsembleError

Floats = NDArray[np.float64]

DEADLY, WAR = 25, 1_000
"""Deaths in a month that the watch list asks about; in a year, UCDP calls as many a conflict, and
a war."""

YEAR = 12


class Warning(StrEnum):
    """What may come about in a month.

    `ONSET` is at least one death after twelve months without any; `DOUBLED` at least twice the
    monthly mean of the last twelve months, and at least 25 deaths, after a year that had some.
    """

    DEADLY = "deadly"
    WAR = "war"
    ONSET = "onset"
    DOUBLED = "doubled"


LEVELS = (
    0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7,
    0.8,
)  # fmt: skip
"""Probabilities from which on an alarm might be raised."""


def reached(warning: Warning, deaths: ArrayLike, last_year: ArrayLike) -> Floats:
    """Tell whether what is warned of has come about: 1, 0, or not a number where it cannot.

    Parameters
    ----------
    warning : Warning
    deaths : array_like, shape (unit, ...)
        Deaths of a month, counted or drawn; not a number where nobody knows.
    last_year : array_like, shape (unit, 12)
        Deaths of the last twelve months that were known at the origin.

    Examples
    --------
    >>> year = np.array([[0.0] * 12, [10.0] * 12])
    >>> reached(Warning.ONSET, [[0, 3], [0, 3]], year).tolist()
    [[0.0, 1.0], [nan, nan]]
    >>> reached(Warning.DOUBLED, [[0, 30], [19, 30]], year).tolist()
    [[nan, nan], [0.0, 1.0]]
    """
    told, before = np.asarray(deaths, np.float64), np.asarray(last_year, np.float64)
    mean = before.mean(axis=-1).reshape(-1, *[1] * (told.ndim - 1))
    match warning:
        case Warning.DEADLY:
            yes, asked = told >= DEADLY, np.isfinite(mean)
        case Warning.WAR:
            yes, asked = told >= WAR, np.isfinite(mean)
        case Warning.ONSET:
            yes, asked = told >= 1, mean == 0
        case Warning.DOUBLED:
            yes, asked = (told >= 2 * mean) & (told >= DEADLY), mean > 0
    return np.where(asked & np.isfinite(told), yes, np.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """What a forecast rests on: how it moves if a part of what is known is taken away.

    Found by ablation: the model is fitted again without that part. It says what carries the
    forecast, not what causes the fighting.

    Attributes
    ----------
    part : str
        What is taken away, in words: "the last three months".
    without, probability : float
        Probability of at least 25 deaths without it, and with it.
    """

    part: str
    without: float
    probability: float


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WatchForecast:
    """Deaths per country and month, as a watch model expects them.

    Attributes
    ----------
    origin : datetime.date
        First day of the last month that was seen.
    keys, names : tuple of str
        Id and name of each country.
    months : tuple of datetime.date
        First day of each month that is forecast.
    draws : ndarray of float, shape (unit, month, draw)
        Equally likely deaths, ascending; each country and month by itself, so that a sum over them
        says too little of its spread. Not a number where a country is withheld.
    last_year : ndarray of float, shape (unit, 12)
        Deaths of the last twelve months, the origin's last.
    baselines : mapping of str to ndarray, shape (unit, month, draw)
        The same of simple methods, by name.
    withheld : mapping of str to str
        Countries, by id, for which nothing is forecast, and why.
    model, config : str
        Name of the model; digest of everything that was set, fitted and given to it.
    seed : int
    vintage, evidence : str
        Which state of knowledge was seen; digest of it.
    variable, about : str
        What is counted of what, as the panel says.

    Raises
    ------
    EnsembleError
        If shapes do not fit.
    """

    origin: date
    keys: tuple[str, ...]
    names: tuple[str, ...]
    months: tuple[date, ...]
    draws: Floats
    last_year: Floats
    baselines: Mapping[str, Floats] = field(default_factory=dict)
    withheld: Mapping[str, str] = field(default_factory=dict)
    model: str
    config: str
    seed: int
    vintage: str
    evidence: str
    variable: str = "deaths"
    about: str = ""

    def __post_init__(self) -> None:
        """Refuse what does not fit."""
        shape = (len(self.keys), len(self.months))
        if self.draws.shape[:2] != shape or self.last_year.shape != (len(self.keys), YEAR):
            raise EnsembleError(
                f"a watch of {shape[0]} countries and {shape[1]} months holds draws of the shape "
                f"{self.draws.shape} and a last year of {self.last_year.shape}"
            )

    def probability(self, warning: Warning) -> Floats:
        """Give the probability of what is warned of, not a number where it cannot come about.

        Returns
        -------
        ndarray, shape (unit, month)
        """
        shares: Floats = reached(warning, self.draws, self.last_year).mean(axis=-1)
        return shares


@dataclass(frozen=True, slots=True)
class Alarms:
    """What would have come of raising an alarm from some probability on.

    Attributes
    ----------
    level : float
        Forecasts of so much and more are alarms.
    raised, right : int
        How many there were, and after how many of them it came about.
    """

    level: float
    raised: int
    right: int

    @property
    def false(self) -> int:
        """Alarms after which nothing came."""
        return self.raised - self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRecord:
    """How one kind of warning turned out, at one number of months ahead.

    Attributes
    ----------
    warning : Warning
    ahead : int
        Months ahead; 0 stands for all together.
    asked, came_about : int
        Forecasts that have been settled; how many came about.
    alarms : tuple of Alarms
        At each of `LEVELS`.
    brier, base_brier : float
        Brier score, and that of always saying the base rate of the same forecasts, which nobody
        knew before: no other number that is always the same scores better.
    bins : tuple of (float, float, int)
        Reliability: mean probability, share that came about, number, by rising probability.
    """

    warning: Warning
    ahead: int
    asked: int
    came_about: int
    alarms: tuple[Alarms, ...]
    brier: float
    base_brier: float
    bins: tuple[tuple[float, float, int], ...] = ()

    def at(self, level: float) -> Alarms:
        """Give the alarms at one of `LEVELS`."""
        return self.alarms[LEVELS.index(level)]

    @property
    def base_rate(self) -> float:
        """Share of what was asked that came about."""
        return self.came_about / self.asked if self.asked else float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A month of a country that a forecast got badly wrong.

    Attributes
    ----------
    key, name : str
    month : datetime.date
    ahead : int
        Months ahead when it was forecast.
    low, median, high : float
        5 %, 50 % and 95 % of the forecast.
    counted : float
        Deaths that were counted.
    score : float
        CRPS of log1p of deaths, by which the misses are ordered.
    """

    key: str
    name: str
    month: date
    ahead: int
    low: float
    median: float
    high: float
    counted: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRecord:
    """What earlier issues were worth: hindcasts by a model that had seen nothing of their months.

    Attributes
    ----------
    trained_to, first, last : datetime.date
        Last month that the model behind the record was trained on; first and last month scored.
    warnings : tuple of WarningRecord
    misses : tuple of Miss
        The biggest of the last issue that can be settled, worst first.
    covered : float
        Share of months within the central 90 % interval, of countries with deaths in the last year.
    """

    trained_to: date
    first: date
    last: date
    warnings: tuple[WarningRecord, ...]
    misses: tuple[Miss, ...]
    covered: float
