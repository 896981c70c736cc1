"""Watching: a panel becomes a watch list, which is written down before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foreshock.assess.panels import MEASURES
from foreshock.brief.watch.compose import Beside, compose
from foreshock.brief.watch.document import Order, WatchList
from foreshock.brief.words import counted
from foreshock.core.errors import ForecastRefused, TableError, TimeError
from foreshock.core.months import month_after
from foreshock.core.panel import Panel
from foreshock.core.watch import Driver, WatchForecast, WatchRecord
from foreshock.core.watch_span import AHEAD, DRAWS, MONTHS
from foreshock.verify.ledger import Ledger
from foreshock.verify.watch_lineage import issue_before, issues_of
from foreshock.verify.watch_record import settle
from foreshock.verify.watching import issue_watch, resolver_of, watch_ledger


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a watch is asked for.

    Attributes
    ----------
    months : int
        Months ahead.
    ahead : int
        Month ahead by which countries are ranked, and of which drivers are told; the last if there
        are fewer.
    draws, seed : int
    quick : bool
        Without what takes long: drivers, hindcasts, and last month's issue if it is not in the
        ledger.
    by : str
        What countries are ranked by; see `Order`.
    """

    months: int = MONTHS
    ahead: int = AHEAD
    draws: int = DRAWS
    seed: int = 0
    quick: bool = False
    by: Order = "median"


def watch(
    panel: Panel,
    origin: date | None = None,
    asked: Asked | None = None,
    *,
    clock: Callable[[], datetime] | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> WatchList:
    """Forecast every country from a month on, write it down, and tell it with its record.

    Parameters
    ----------
    panel : Panel
        By country and month. Months after the origin are not looked at, nor do they settle what
        was said of them.
    origin : datetime.date, optional
        First day of the last month to be seen; else the panel's last.
    asked : Asked, optional
    clock : callable, optional
        What tells the time of issue (UTC).
    progress : callable
        Told what is being done.

    Raises
    ------
    TableError, TimeError
        If the panel is not one of deaths by country and month, or has no such month.
    ForecastRefused
        If it does not carry a forecast: too short, or nothing is known of the last year.
    LedgerError, StoreError
        If it cannot be written down; nothing is shown then.
    """
    from foreshock.forecast.watch.model import look_ahead

    asked = asked or Asked()
    ahead = min(asked.ahead, asked.months)
    if (panel.unit, panel.period) != ("country", "month"):
        raise TableError(
            f"a panel by {panel.unit} and {panel.period}",
            expected="one by country and month",
            mend="make it with: foreshock panel DIR --unit country --period month",
        )
    if panel.variable == MEASURES["events"]:
        raise TableError(
            "a panel of events",
            expected="one of deaths, of which alone the model has learned",
            mend="make it with: foreshock panel DIR --measure deaths",
        )
    origin = origin or panel.starts[-1]
    panel = panel.until(origin)
    ledger, resolver = watch_ledger(clock), resolver_of(panel)

    def ahead_of(month: date) -> WatchForecast:
        return look_ahead(
            panel, month, horizons=range(1, asked.months + 1), draws=asked.draws, seed=asked.seed
        )

    progress("forecasting")
    forecast = ahead_of(origin)
    entries = issue_watch(ledger, forecast, resolver)
    beside = _beside(panel, forecast, asked, ledger, ahead_of, progress)
    return compose(panel, forecast, entries, beside, ahead, asked.by)


def _beside(
    panel: Panel,
    forecast: WatchForecast,
    asked: Asked,
    ledger: Ledger,
    ahead_of: Callable[[date], WatchForecast],
    progress: Callable[[str], None],
) -> Beside:
    """Gather what stands beside a forecast; what the panel does not carry is said, not made up."""
    before, skipped = month_after(forecast.origin, -1), []
    issues = [
        issue for issue in issues_of(ledger.entries(), panel) if issue.origin < forecast.origin
    ]
    earlier = issue_before(issues, forecast, before)
    record: WatchRecord | None = None
    drivers: Mapping[str, Sequence[Driver]] = {}
    if asked.quick:
        skipped.append("drivers, hindcasts and what is not in the ledger yet, to be quick")
    else:
        from foreshock.evaluate.watch.record import record as hindcasts
        from foreshock.forecast.watch.drivers import drivers as ablation

        if earlier is None:
            progress("forecasting from the month before")
            try:
                entries = issue_watch(ledger, ahead_of(before), resolver_of(panel))
                [earlier] = issues_of(entries.values(), panel)
                issues.append(earlier)
            except (ForecastRefused, TimeError) as error:
                skipped.append(f"changes since last month ({error.what})")
        progress("taking parts of what is known away")
        try:
            drivers = ablation(panel, forecast.origin, forecast, min(asked.ahead, asked.months))
        except ForecastRefused as error:
            skipped.append(f"drivers ({error.what})")
        progress("scoring earlier issues")
        try:
            record = hindcasts(panel, forecast.origin)
        except (ForecastRefused, TimeError) as error:
            skipped.append(f"hindcasts ({error.what})")
    if others := sum(not issue.recount.of_the_same_data for issue in issues):
        skipped.append(
            f"{others:,} of {counted(len(issues), 'earlier issue')} in the ledger, made of other "
            "data"
        )
    settled = settle(issues, panel)
    of_last = settle([earlier] if earlier else [], panel)
    return Beside(
        earlier=earlier,
        misses=[miss for each in of_last.values() for miss in each.misses],
        record=record,
        drivers=drivers,
        settled=[settled[standing] for standing in sorted(settled)],
        skipped="; ".join(skipped),
    )
