"""Answers: what an ensemble says to a declared question, or why nothing covers it.

A question names pairs of actors, a variable, a window, a statistic and a threshold. An ensemble
holds series by pair. This file brings the two together, or refuses: a question that no series
covers gets a reason, never a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import TimeError
from foreshock.core.questions import Question
from foreshock.core.series import DailySeries

MEASURES: Mapping[str, str] = {
    "assault": "events",
    "attack": "events",
    "events": "events",
    "deaths": "deaths",
    "killed": "deaths",
}
"""Variables that daily series can answer for, and what of the series they speak of."""

SUMS = frozenset({"", "any", "sum"})
LARGEST = "max-per-incident"
AFTER = "any-after-close"
NUMBER = "number"
STATISTICS = SUMS | {LARGEST, AFTER}

AFTERMATH = 7
"""Days after the close that an ensemble must hold to say that something goes on after it."""

HUNDRED = tuple((rank + 0.5) / 100 for rank in range(100))
"""Levels at which a hundred values stand for a distribution, each as likely as any other."""

CENTRAL = 0.9
"""Share of members within the interval of an answer that is a number."""


class Refusal(NamedTuple):
    """No model covers a question, and why."""

    question: str
    reason: str

    @property
    def text(self) -> str:
        """Say it as a sentence."""
        return f"No model covers this: {self.reason}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an ensemble says to a question.

    Parameters
    ----------
    question : str
        Id of the question.
    series : tuple of str
        Series that were counted, ``"gondal>ruritania"`` for what Gondal does to Ruritania.
    first, last : datetime.date
        First and last day that counted.
    members : int
        Futures that were counted.
    observed : float
        What had been counted already, before the ensemble begins.
    probability : float or None
        Of a yes; None where the question asks for a number.
    interval : tuple of float
        Of a probability its 95 % Monte Carlo interval; of a number the central 90 % of members.
    values : tuple of float
        Of a number: a hundred equally likely values, the lowest first; else empty.
    notes : tuple of str
        What a reader must know of how it was counted.
    """

    question: str
    series: tuple[str, ...]
    first: date
    last: date
    members: int
    interval: tuple[float, float]
    observed: float = 0.0
    probability: float | None = None
    values: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def median(self) -> float | None:
        """The middle of a number; None for a yes or no."""
        return self.values[len(self.values) // 2 - 1] if self.values else None

    def plain(self) -> dict[str, Any]:
        """Give what the ledger keeps of it."""
        told: dict[str, Any] = {"interval": list(self.interval), "members": self.members}
        if self.probability is None:
            return told | {"median": self.median, "values": list(self.values)}
        return told | {"probability": self.probability}


class _Refused(Exception):
    """Carries a reason to the outside."""


def pairs_of(question: Question) -> tuple[str, ...]:
    """Name the series that a question is about: each of its actors to each of its recipients.

    Examples
    --------
    >>> pairs_of(Question(id="Q", text="?", opens=date(2031, 5, 1), closes=date(2031, 5, 8),
    ...                   actors=("gondal", "ruritania"), recipients=("gondal", "ruritania")))
    ('gondal>ruritania', 'ruritania>gondal')
    """
    return tuple(f"{a}>{b}" for a in question.actors for b in question.recipients if a != b)


def measure_of(question: Question) -> str | None:
    """Give what of a series a question speaks of; None if it is about something else."""
    return MEASURES.get(question.variable.partition("[")[0].strip())


def answer(
    question: Question,
    ensembles: Mapping[str, Ensemble],
    as_of: date,
    *,
    observed: DailySeries | None = None,
    places: frozenset[str] | None = None,
    withheld: Mapping[str, str] | None = None,
) -> Answer | Refusal:
    """Answer a question from ensembles, or say why they cannot.

    Parameters
    ----------
    question : Question
    ensembles : mapping of str to Ensemble
        By measure: ``"events"`` and ``"deaths"``. They begin on the day after the last one that
        was observed.
    as_of : datetime.date
    observed : DailySeries, optional
        What had been counted; needed where part of the window lies before the ensembles.
    places : frozenset of str, optional
        Places, areas that hold them included, for all of which the series count; any if not given.
    withheld : mapping of str to str, optional
        Series for which no forecast is issued, and why ("only 3 events on record").

    Returns
    -------
    Answer or Refusal

    Examples
    --------
    >>> from foreshock.core.random import stream
    >>> counts = stream(7, "answer").poisson(0.1, (1000, 14, 1))
    >>> ensembles = {"events": Ensemble(counts, date(2031, 5, 2), ("gondal>ruritania",), "events")}
    >>> asked = Question(id="Q1", text="Will Gondal attack?", opens=date(2031, 5, 1),
    ...                  closes=date(2031, 5, 8), variable="assault", actors=("gondal",),
    ...                  recipients=("ruritania",), statistic="any", comparison="yes")
    >>> answer(asked, ensembles, date(2031, 5, 1)).probability
    0.496
    >>> answer(asked, ensembles, date(2031, 5, 8)).text
    'No model covers this: its window closed on 2031-05-08.'
    """
    try:
        return _answer(question, ensembles, as_of, observed, places, withheld or {})
    except _Refused as refused:
        return Refusal(question.id, str(refused))


def _answer(
    question: Question,
    ensembles: Mapping[str, Ensemble],
    as_of: date,
    observed: DailySeries | None,
    places: frozenset[str] | None,
    withheld: Mapping[str, str],
) -> Answer:
    measure = _covered(question, as_of, places)
    if measure not in ensembles:
        raise _Refused(f"{measure} are not forecast")
    ensemble = ensembles[measure]
    series, notes = _series(question, ensemble, withheld)
    if ensemble.first > as_of + timedelta(days=1):
        raise _Refused(f"the forecast begins on {ensemble.first}, days after the as-of")
    pooled = ensemble.merged(series, question.id)
    first, last = _window(question, pooled)
    if ensemble.first <= as_of:
        notes += (f"the data end on {ensemble.first - timedelta(days=1)}, before the as-of",)
    if question.statistic == AFTER:
        notes += (f"counted to {last}, where the forecast ends; later days would only raise it",)
    values, before = _members(question, pooled, series, first, last, observed)
    return answer_from(question, values, notes=notes, series=series, first=first, last=last,
                       observed=before)  # fmt: skip


def answer_from(
    question: Question,
    values: NDArray[Any],
    *,
    series: tuple[str, ...],
    first: date,
    last: date,
    observed: float = 0.0,
    notes: tuple[str, ...] = (),
) -> Answer:
    """Answer a question from the value that each member gives to it.

    Parameters
    ----------
    question : Question
    values : ndarray, shape (member,)
        What was observed already is included.
    series, first, last, observed, notes
        As in `Answer`.
    """
    counted = Ensemble(values[:, None, None], last, (question.id,), question.variable)
    spans: dict[str, Any] = {
        "question": question.id, "series": series, "first": first, "last": last,
        "members": counted.members, "observed": observed, "notes": notes,
    }  # fmt: skip
    if question.comparison == NUMBER:
        tail = (1 - CENTRAL) / 2
        low, high, *hundred = counted.quantiles([tail, 1 - tail, *HUNDRED])[:, 0].tolist()
        return Answer(**spans, interval=(low, high), values=tuple(hundred))
    share = counted.probability(_reached(question, values))
    return Answer(**spans, probability=share.value, interval=(share.low, share.high))


def _covered(question: Question, as_of: date, places: frozenset[str] | None) -> str:
    """Give the measure of a question that series can answer for, as far as its terms tell."""
    if as_of >= question.closes:
        raise _Refused(f"its window closed on {question.closes}")
    if as_of < question.opens:
        raise _Refused(f"it may be asked from {question.opens} on")
    measure = measure_of(question)
    if measure is None:
        raise _Refused(f"no model forecasts {question.variable!r}")
    if question.statistic not in STATISTICS:
        raise _Refused(f"no model gives the statistic {question.statistic}")
    if question.comparison not in {"yes", NUMBER} and question.threshold is None:
        raise _Refused("it names no threshold")
    if not pairs_of(question):
        raise _Refused("it names no pair of actors")
    counted = _group(question).rpartition("/")[0]
    if counted and counted not in question.recipients:
        raise _Refused(f"series count the dead of the recipients, not those of {counted}")
    if places is not None and question.place and question.place not in places:
        raise _Refused(f"the series do not tell {question.place} from other places")
    return measure


def _group(question: Question) -> str:
    return question.variable.partition("[")[2].rstrip("] ")


def _series(
    question: Question, ensemble: Ensemble, withheld: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pairs = pairs_of(question)
    series = tuple(pair for pair in pairs if pair in ensemble.series and pair not in withheld)
    absent = [
        f"{p}: {withheld.get(p, 'there is no such series')}" for p in pairs if p not in series
    ]
    if not series:
        raise _Refused("; ".join(absent))
    notes = [f"counted without {each}; that could only raise the count" for each in absent]
    category = _group(question).rpartition("/")[2]
    if category:
        notes.append(f"all dead of the recipient are counted, not {category} alone")
    return series, tuple(notes)


def _window(question: Question, ensemble: Ensemble) -> tuple[date, date]:
    if question.statistic == AFTER:
        first = question.closes + timedelta(days=1)
        if ensemble.last < question.closes + timedelta(days=AFTERMATH):
            raise _Refused(f"the forecast ends on {ensemble.last}, too soon after the close")
        return first, ensemble.last
    if question.closes > ensemble.last:
        raise _Refused(f"the forecast ends on {ensemble.last}, before the window does")
    return question.first_day, question.closes


def _members(
    question: Question,
    ensemble: Ensemble,
    series: Sequence[str],
    first: date,
    last: date,
    observed: DailySeries | None,
) -> tuple[NDArray[Any], float]:
    """Give each member's value over the window, what was observed included."""
    ahead = ensemble.window(max(first, ensemble.first), last)
    before = _observed(series, first, ensemble.first, observed, ensemble.variable)
    if question.statistic != LARGEST:
        return ahead.total()[:, 0] + before.sum(), float(before.sum())
    if ahead.largest is None:
        raise _Refused("the model does not tell one incident from another")
    # A day's total bounds its largest incident. Below the threshold the past decides nothing; at
    # or above it nobody can tell from a total how large one incident was.
    harmless = 0 if question.comparison == NUMBER else _threshold(question)
    if before.max(initial=0) > 0 and before.max() >= harmless:
        raise _Refused("series do not tell how large the single incidents were so far")
    return ahead.peaks()[:, 0], 0.0


def _observed(
    series: Sequence[str], first: date, until: date, observed: DailySeries | None, variable: str
) -> NDArray[np.float64]:
    """Give what was counted on each day of the window before the ensemble begins."""
    if first >= until:
        return np.zeros(0)
    last = until - timedelta(days=1)
    try:
        if observed is None or any(name not in observed.names for name in series):
            raise TimeError("the series are not at hand")
        past = observed.select(list(series)).since(first).until(last)
    except TimeError as error:
        raise _Refused(f"what was counted from {first} to {last} is not known") from error
    daily: NDArray[np.float64] = (past.deaths if variable == "deaths" else past.counts).sum(
        axis=1, dtype=np.float64
    )
    return daily


def _threshold(question: Question) -> float:
    return 1.0 if question.threshold is None else question.threshold  # "yes" is at least once


def _reached(question: Question, values: NDArray[Any]) -> NDArray[np.bool_]:
    threshold = _threshold(question)
    reached: NDArray[np.bool_]
    match question.comparison:
        case ">":
            reached = values > threshold
        case "<":
            reached = values < threshold
        case "<=":
            reached = values <= threshold
        case "=":
            reached = values == threshold
        case _:  # ">=" and "yes"
            reached = values >= threshold
    return reached
