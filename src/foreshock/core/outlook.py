"""The outlook: all that a forecaster hands on of one day, and all that the rooms after it see.

Ensembles by measure, the same for each baseline, what had been counted, what no forecast is issued
for and why, and what drives the numbers. The ledger writes it down before anybody is shown it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import EnsembleError
from foreshock.core.following import Following
from foreshock.core.series import DailySeries

MEASURES = ("events", "deaths")
"""What is forecast of each series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """How much of what is expected of a series in the next week descends from another.

    Predictive attribution: the share of the expected events that the fitted model traces to the
    recent events of a series. It says what carries the forecast, not what causes what.

    Attributes
    ----------
    series : str
        Whose events are expected.
    source : str
        Series whose recent events they descend from, or `BACKGROUND`.
    kind : str
        Class of the edge: self, reverse, patron–client, same side, or background.
    share, low, high : float
        Share of the expected events, 0 to 1, with its 90 % interval over parameter draws.
    """

    series: str
    source: str
    kind: str
    share: float
    low: float
    high: float


BACKGROUND = "background"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduction:
    """Day-lag reproduction number: events that one event is expected to bring forth, all told.

    Attributes
    ----------
    value, low, high : float
        Spectral radius of the fitted offspring matrix, with its 90 % interval.
    placebo : tuple of float
        5 %, 50 % and 95 % of the same fit on data simulated without any excitation. A value within
        is no sign of excitation.
    distinct : bool
        Whether the lower end lies above the placebo's 95 %.
    """

    value: float
    low: float
    high: float
    placebo: tuple[float, float, float]
    distinct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What would change a forecast: the same model on evidence that is different in one point.

    Attributes
    ----------
    series : str
    condition : str
        What is supposed, in words: "one more attack on the last day".
    measure : str
        What the probability is of, in words.
    before, after : float
        Probability as issued, and under the condition.
    """

    series: str
    condition: str
    measure: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is forecast as of a day.

    Attributes
    ----------
    as_of : datetime.date
        The day at whose end it speaks. Ensembles begin on the day after the last observed one.
    model : str
        Name of the model.
    config : str
        Digest of everything that was set or fitted, code version of the model included.
    seed : int
    observed : DailySeries
        What had been counted by day; of contested events those likelier than not.
    ensembles : mapping of str to Ensemble
        By measure (`MEASURES`), all with the same days and series.
    baselines : mapping of str to mapping of str to Ensemble
        The same for each simple method, by its name.
    withheld : mapping of str to str
        Series for which no forecast is issued, and why.
    thin : mapping of str to str
        Series that are forecast on thin evidence, and how thin.
    drivers : tuple of Driver
    reproduction : Reproduction or None
        None where it could not be told; then a note says why.
    shifts : tuple of Shift
    places : frozenset of str or None
        Places for which the series count, areas that hold them included; None for any.
    sources : mapping of str to tuple of str
        Ids of the events behind the observed days of a series.
    notes : tuple of str
        What a reader must know: delay, scale, refused horizons.
    following : tuple of Following
        How acts follow acts, feed by feed, for what-ifs.
    """

    as_of: date
    model: str
    config: str
    seed: int
    observed: DailySeries
    ensembles: Mapping[str, Ensemble]
    baselines: Mapping[str, Mapping[str, Ensemble]] = field(default_factory=dict)
    withheld: Mapping[str, str] = field(default_factory=dict)
    thin: Mapping[str, str] = field(default_factory=dict)
    drivers: tuple[Driver, ...] = ()
    reproduction: Reproduction | None = None
    shifts: tuple[Shift, ...] = ()
    places: frozenset[str] | None = None
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    following: tuple[Following, ...] = ()

    def __post_init__(self) -> None:
        """Refuse ensembles that do not fit each other."""
        spans = {(e.first, e.days, e.series) for e in self.ensembles.values()}
        if len(spans) > 1:
            raise EnsembleError("the ensembles of an outlook differ in days or series")

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the series that are forecast."""
        return next((e.series for e in self.ensembles.values()), ())
