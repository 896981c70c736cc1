"""The study of escalation on a table of published events, from its rows to its results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import date, timedelta

import numpy as np

from foreshock.assess.series.published import daily_series
from foreshock.evaluate.cases import Plan
from foreshock.evaluate.models import MODELS, Model
from foreshock.evaluate.rolling import roll
from foreshock.evaluate.tables import BIGGEST, Study, studied
from foreshock.evidence.datasets import Dataset
from foreshock.evidence.published import PublishedEvents
from foreshock.forecast.escalation.history import History

STANDARD = (date(2018, 1, 1), date(2019, 10, 7))
"""Origins on which the forecaster was frozen before any of them was scored."""

LONGEST = 30


def usual_origins(dataset: Dataset) -> tuple[date, date]:
    """Give the first and the last origin where nobody says which: `STANDARD` if covered.

    Otherwise from the middle of the days that the dataset covers, so that half of them are there to
    learn from, to the last day on which a window of 30 days begins that it covers.

    Examples
    --------
    >>> said = dict.fromkeys(Dataset.__struct_fields__, "")
    >>> years = {"first": date(2031, 1, 1), "last": date(2032, 12, 31)}
    >>> [day.isoformat() for day in usual_origins(Dataset(**said | years))]
    ['2032-01-01', '2032-12-02']
    """
    first, last = STANDARD
    span = dataset.last - dataset.first
    end = dataset.last - timedelta(days=LONGEST - 1)
    if dataset.first + (last - first) <= first and last <= end:
        return STANDARD
    middle = dataset.first + timedelta(days=(span.days + 1) // 2)
    return middle, max(middle, end)


def evaluate(
    events: PublishedEvents,
    plan: Plan,
    *,
    by_province: bool = False,
    models: Mapping[str, Model] = MODELS,
    executor: Executor | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> Study:
    """Evaluate models of escalation and simple methods on published events.

    The study is pseudo-real-time: it takes the release for what was known on the day, though the
    events were put in order afterwards. How late they are taken to be known is `Plan.delay`.

    Parameters
    ----------
    events : PublishedEvents
    plan : Plan
    by_province : bool
        Whether to split each dyad by province.
    models : mapping of str to Model
    executor : concurrent.futures.Executor, optional
        Runs the origins; the outcome is the same, bit by bit.
    progress : callable
        Told each origin that is done.

    Raises
    ------
    TableError
        If the table has no series.
    ForecastRefused
        If nothing can be forecast and scored at any origin.
    """
    found = daily_series(events, by_province=by_province)
    history = History(found.series, found.breadth)
    rolled = roll(history, plan, models=models, executor=executor, progress=progress)
    latest = max(rolled.origins)
    by_then = history.so_far[history.series.row(latest)]
    order = np.argsort(-by_then, kind="stable")[:BIGGEST]
    return studied(rolled, plan, [history.names[column] for column in order])
