"""Issuing: an outlook is put to the declared questions and written down, before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from foreshock.core.answers import Answer, Refusal, answer
from foreshock.core.answers_control import about_control, answer_control
from foreshock.core.answers_displaced import DISPLACED, answer_displaced
from foreshock.core.control import ControlOutlook
from foreshock.core.displacement import ARRIVALS, Displacement
from foreshock.core.outlook import MEASURES, Outlook
from foreshock.core.questions import Question
from foreshock.verify.entries import Draft, Entry, forecast, series_forecast, values_forecast
from foreshock.verify.ledger import Ledger

HORIZONS = (7, 14, 30)
"""Days over which each series' total is written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What was written into the ledger, and what was not and why.

    Attributes
    ----------
    answers : mapping of str to Answer
        The model's, by question.
    baselines : mapping of str to mapping of str to Answer
        What simple methods answer, by question and name of the method.
    refusals : mapping of str to Refusal
        Questions that no model covers.
    questions : mapping of str to Entry
        Entries of the answered questions.
    series : tuple of Entry
        Entries of the series' totals.
    """

    answers: Mapping[str, Answer]
    baselines: Mapping[str, Mapping[str, Answer]]
    refusals: Mapping[str, Refusal]
    questions: Mapping[str, Entry]
    series: tuple[Entry, ...]


def issue(
    ledger: Ledger,
    outlook: Outlook | None,
    questions: Iterable[Question],
    evidence_digest: str,
    displacement: Displacement | None = None,
    control: ControlOutlook | None = None,
    without_control: str = "",
) -> Issued:
    """Answer every question that the outlooks can, and write all of it down in one piece.

    Beside the questions, the totals of events and deaths of each series over the first 7, 14 and 30
    days are written down, so that every series is scored whether or not anybody asked about it; so
    are the running total of displaced people on these days, and arrivals by place. The
    ledger tells one forecast from another by evidence, seed and configuration; the number of
    members and of days belongs to the configuration, as both move an answer.

    Parameters
    ----------
    ledger : Ledger
    outlook : Outlook or None
        Of pairs of actors; None where none could be made.
    questions : iterable of Question
    evidence_digest : str
        Digest of the evidence that the outlooks rest on.
    displacement : Displacement, optional
        The outlook of displacement, where one could be made.
    control : ControlOutlook, optional
        The outlook of who holds which place, where one could be made.
    without_control : str, optional
        Why none could be made.

    Returns
    -------
    Issued
        When it is returned, it lies on the disk.

    Raises
    ------
    LedgerError, StoreError
        If the ledger was altered, or cannot be written; nothing was changed, and nothing of the
        outlook may be shown.

    Examples
    --------
    >>> import tempfile
    >>> from datetime import UTC, date, datetime
    >>> from pathlib import Path
    >>> from foreshock.core.ensemble import Ensemble
    >>> from foreshock.core.random import stream
    >>> from foreshock.core.series import DailySeries
    >>> first, pair = date(2031, 5, 2), ("gondal>ruritania",)
    >>> ahead = Ensemble(stream(7, "issue").poisson(0.1, (1000, 14, 1)), first, pair, "events")
    >>> outlook = Outlook(as_of=date(2031, 5, 1), model="steady", config="c1", seed=7,
    ...                   observed=DailySeries(date(2031, 5, 1), pair, [[1]], [[0.0]]),
    ...                   ensembles={"events": ahead})
    >>> asked = Question(id="Q1", text="Will Gondal attack?", opens=date(2031, 5, 1),
    ...                  closes=date(2031, 5, 8), variable="assault", actors=("gondal",),
    ...                  recipients=("ruritania",), statistic="any", comparison="yes")
    >>> ledger = Ledger(Path(tempfile.mkdtemp()), "demo", lambda: datetime(2031, 5, 2, tzinfo=UTC))
    >>> issued = issue(ledger, outlook, [asked], "e1")
    >>> issued.answers["Q1"].probability == issued.questions["Q1"].probability
    True
    >>> [entry.terms["closes"] for entry in issued.series], len(ledger.entries())
    (['2031-05-08', '2031-05-15'], 3)
    """
    answers: dict[str, Answer] = {}
    baselines: dict[str, dict[str, Answer]] = {}
    refusals: dict[str, Refusal] = {}
    drafts: list[Draft] = []
    for question in questions:
        seen = _outlook(question, outlook, displacement, control)
        if seen is None:
            refusals[question.id] = Refusal(question.id, _unseen(question, without_control))
            continue
        told = _answer(question, seen)
        if isinstance(told, Refusal):
            refusals[question.id] = told
            continue
        answers[question.id] = told
        baselines[question.id] = {
            name: simple
            for name in sorted(seen.baselines)
            if isinstance(simple := _answer(question, seen, name), Answer)
        }
        common = _common(seen, evidence_digest)
        drafts.append(forecast(question, told, baselines[question.id], **common))
    if outlook is not None:
        drafts += _totals(outlook, _common(outlook, evidence_digest))
    if displacement is not None:
        drafts += _displaced(displacement, _common(displacement, evidence_digest))
    entries = ledger.issue(drafts)
    return Issued(
        answers=answers,
        baselines=baselines,
        refusals=refusals,
        questions={entry.question: entry for entry in entries if entry.question},
        series=tuple(entry for entry in entries if entry.series),
    )


_Seen = Outlook | Displacement | ControlOutlook


def _outlook(
    question: Question,
    outlook: Outlook | None,
    displacement: Displacement | None,
    control: ControlOutlook | None,
) -> _Seen | None:
    """Give the outlook that speaks of what a question asks."""
    if question.variable == DISPLACED and displacement is not None:
        return displacement
    if about_control(question):
        return control
    return outlook


def _unseen(question: Question, without_control: str) -> str:
    if about_control(question):
        return without_control or "who holds which place is not forecast"
    return "no pair of actors is forecast"


def _common(outlook: _Seen, evidence: str) -> dict[str, Any]:
    size = next((f"/{members} members/{days} days" for members, days in _sizes(outlook)), "")
    return {
        "as_of": outlook.as_of,
        "evidence": evidence,
        "model": outlook.model,
        "config": outlook.config + size,
        "seed": outlook.seed,
    }


def _sizes(outlook: _Seen) -> list[tuple[int, int]]:
    """Give how many futures of how many days each ensemble of an outlook holds."""
    if isinstance(outlook, ControlOutlook):
        return [(outlook.members, (outlook.ahead.last - outlook.as_of).days)]
    each = [outlook.leaving] if isinstance(outlook, Displacement) else outlook.ensembles.values()
    return [(ensemble.members, ensemble.days) for ensemble in each]


def _answer(question: Question, outlook: _Seen, method: str | None = None) -> Answer | Refusal:
    """Answer a question by the model of an outlook, or by one of its simple methods."""
    if isinstance(outlook, ControlOutlook):
        return answer_control(question, outlook, method)
    if isinstance(outlook, Displacement):
        return answer_displaced(question, outlook, method)
    return answer(
        question,
        outlook.ensembles if method is None else outlook.baselines[method],
        outlook.as_of,
        observed=outlook.observed,
        places=outlook.places,
        withheld=outlook.withheld,
    )


def _displaced(outlook: Displacement, common: Mapping[str, Any]) -> Iterator[Draft]:
    """Draft the running total after some days, and arrivals by place over the longest of them."""
    first = outlook.as_of + timedelta(days=1)
    running = {name: outlook.running(name) for name in outlook.baselines}
    ours = outlook.running()
    told = [
        days for days in HORIZONS if outlook.as_of + timedelta(days=days) <= outlook.leaving.last
    ]
    for days in told:
        closes = outlook.as_of + timedelta(days=days)
        at = outlook.days_to(closes) - 1
        terms = {
            "variable": DISPLACED, "counter": outlook.counter, "since": outlook.since.isoformat(),
            "first": first.isoformat(), "closes": closes.isoformat(),
        }  # fmt: skip
        beside = {name: each[:, at] for name, each in running.items()}
        name = f"{DISPLACED}/{outlook.area}"
        yield values_forecast(name, ours[:, at], beside, terms, **common)
    if not told or not outlook.destinations:
        return
    closes = outlook.as_of + timedelta(days=told[-1])
    arrived = outlook.arrivals(told[-1])
    whole = arrived.sum(axis=1)
    for at, ground in enumerate(outlook.destinations):
        terms = {
            "variable": ARRIVALS, "first": first.isoformat(), "closes": closes.isoformat(),
        }  # fmt: skip
        beside = {name: whole * each[at] for name, each in outlook.simple_shares.items()}
        yield values_forecast(f"{ARRIVALS}/{ground.place}", arrived[:, at], beside, terms, **common)


def _totals(outlook: Outlook, common: Mapping[str, Any]) -> Iterator[Draft]:
    for measure in MEASURES:
        ensemble = outlook.ensembles.get(measure)
        if ensemble is None:
            continue
        baselines = {
            name: simple[measure] for name, simple in outlook.baselines.items() if measure in simple
        }
        for horizon in HORIZONS:
            # A window that is over by the as-of is no forecast, one that is not whole no total.
            if horizon > ensemble.days or ensemble.dates[horizon - 1] <= outlook.as_of:
                continue
            for series in ensemble.series:
                if series not in outlook.withheld:
                    yield series_forecast(series, ensemble, baselines, horizon=horizon, **common)
