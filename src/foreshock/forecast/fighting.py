"""Fighting ahead: by how much each future is fiercer or calmer than the last month was."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.core.ensemble import WEEK
from foreshock.core.outlook import Outlook


def fighting_ahead(
    outlook: Outlook | None, members: slice, known_to: date, last: date
) -> NDArray[np.float64] | None:
    """Give the log ratio of each future's weekly fighting to that of the last 30 days counted.

    Days after the futures of the fighting end go on as its last week.

    Parameters
    ----------
    outlook : Outlook or None
        Futures of the fighting.
    members : slice
        Which of them.
    known_to, last : datetime.date
        The day before the first that is wanted, and the last one.

    Returns
    -------
    ndarray, shape (member, day), or None
        None where there are no futures of the fighting.

    Examples
    --------
    >>> from foreshock.core.ensemble import Ensemble
    >>> from foreshock.core.series import DailySeries
    >>> day, pair = date(2031, 5, 1), ("gondal>ruritania",)
    >>> ahead = Ensemble(np.full((1, 9, 1), 2), day + timedelta(days=1), pair, "events")
    >>> past = DailySeries(day - timedelta(days=29), pair, np.ones((30, 1), int), np.zeros((30, 1)))
    >>> outlook = Outlook(as_of=day, model="demo", config="c", seed=1, observed=past,
    ...                   ensembles={"events": ahead})
    >>> fighting_ahead(outlook, slice(0, 1), day, day + timedelta(days=2)).round(2).tolist()
    [[0.68, 0.68]]
    """
    if outlook is None or "events" not in outlook.ensembles:
        return None
    events = outlook.ensembles["events"]
    recent = outlook.observed.select(list(events.series)).counts[-30:].sum() / 30
    daily = events.values[members].sum(axis=2, dtype=np.float64)
    padded = np.concatenate([np.repeat(daily[:, :1], 3, axis=1), daily,
                             np.repeat(daily[:, -1:], 3, axis=1)], axis=1)  # fmt: skip
    running = np.cumsum(np.pad(padded, ((0, 0), (1, 0))), axis=1)
    week = (running[:, WEEK:] - running[:, :-WEEK]) / WEEK
    # One more act than was seen in a month keeps a quiet month from dividing by nothing.
    ratio = np.log((week + 1 / 30) / (recent + 1 / 30))
    days = [
        (known_to + timedelta(days=day + 1) - events.first).days
        for day in range((last - known_to).days)
    ]
    ahead: NDArray[np.float64] = ratio[:, np.clip(days, 0, events.days - 1)]
    return ahead
