"""What an outlook of displacement says to a declared question, or why it does not."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.core.answers import NUMBER, Answer, Refusal, answer_from
from foreshock.core.displacement import Displacement
from foreshock.core.questions import Question

DISPLACED = "displaced"
"""Variable of questions about a running total of people who fled."""

HIGHEST = "max"
CHANGE = "change"
STATISTICS = frozenset({HIGHEST, CHANGE})


def answer_displaced(
    question: Question, outlook: Displacement, method: str | None = None
) -> Answer | Refusal:
    """Answer a question about a running total, or say why the outlook cannot.

    A total only grows, so the highest of a window is the one at its close; a change is the total at
    the close less the one at the end of the day before the first that counts.

    Parameters
    ----------
    question : Question
    outlook : Displacement
    method : str, optional
        A simple method of the outlook; its model if not given.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.ensemble import Ensemble
    >>> ahead = Ensemble(np.array([[[100.0]] * 9, [[300.0]] * 9]), date(2031, 5, 2), ("r",), "l")
    >>> outlook = Displacement(
    ...     as_of=date(2031, 5, 1), model="demo", config="c", seed=1, area="r", counter="office",
    ...     since=date(2031, 4, 1), totals=(), start=np.array([500.0, 500.0]), leaving=ahead,
    ...     origins=(), destinations=(), shares=np.zeros((2, 0, 0)))
    >>> asked = Question(id="Q", text="?", opens=date(2031, 5, 1), closes=date(2031, 5, 4),
    ...                  variable="displaced", place="r", statistic="max", comparison=">=",
    ...                  threshold=1000.0, resolver="office")
    >>> answer_displaced(asked, outlook).probability
    0.5
    """
    refused = _refused(question, outlook)
    if refused:
        return Refusal(question.id, refused)
    running = outlook.running(method)
    first = outlook.leaving.first if question.statistic == HIGHEST else question.first_day
    at_close = running[:, outlook.days_to(question.closes) - 1]
    notes: tuple[str, ...] = ()
    if outlook.known_to < outlook.as_of:
        notes = (f"the last count is for {outlook.known_to}, before the as-of",)
    if question.statistic == HIGHEST:
        observed, values = float(np.median(outlook.start)), at_close
    else:
        before = _before(question, outlook, running)
        observed, values = 0.0, at_close - before
    return answer_from(
        question, values, series=(outlook.area,), first=first, last=question.closes,
        observed=observed, notes=notes,
    )  # fmt: skip


def _before(
    question: Question, outlook: Displacement, running: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the total at the end of the day before the first that counts, by member."""
    day = outlook.days_to(question.first_day - timedelta(days=1))
    return running[:, day - 1] if day > 0 else outlook.start[: len(running)]


def _refused(question: Question, outlook: Displacement) -> str:
    if outlook.as_of >= question.closes:
        return f"its window closed on {question.closes}"
    if outlook.as_of < question.opens:
        return f"it may be asked from {question.opens} on"
    if question.variable != DISPLACED:
        return f"no model forecasts {question.variable!r}"
    if question.place != outlook.area:
        return (
            f"displacement is forecast for {outlook.area}, not for {question.place or 'anywhere'}"
        )
    if question.statistic not in STATISTICS:
        return f"no model gives the statistic {question.statistic}"
    if question.resolver and outlook.counter not in question.resolver.split("; "):
        return f"the total of {outlook.counter} is forecast, not that of {question.resolver}"
    if question.comparison not in {"yes", NUMBER} and question.threshold is None:
        return "it names no threshold"
    if question.closes > outlook.leaving.last:
        return f"the forecast ends on {outlook.leaving.last}, before the window does"
    early = question.first_day - timedelta(days=1)
    if question.statistic == CHANGE and early < outlook.known_to:
        return f"the total is not known for {early}, the day before its window"
    return ""
