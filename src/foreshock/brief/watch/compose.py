"""From what stands in the ledger to a watch list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

import numpy as np

from foreshock import __version__
from foreshock.brief.watch.document import (
    BesideItem,
    CountryItem,
    MonthItem,
    Order,
    PreviousItem,
    WatchList,
    WithheldItem,
)
from foreshock.brief.watch.terms import passed_on
from foreshock.core.errors import LedgerError, LexiconError
from foreshock.core.months import months_between
from foreshock.core.panel import Panel
from foreshock.core.periods import read_period
from foreshock.core.watch import Driver, Miss, WatchForecast, WatchRecord
from foreshock.lexicon.countries import country
from foreshock.verify.alarm_levels import alarm_levels
from foreshock.verify.entries import Entry
from foreshock.verify.watch_lineage import Issue
from foreshock.verify.watch_record import Settled

_Record = TypeVar("_Record", WatchRecord, Settled)

RECENT = 60
"""Months before the origin that are told of each country."""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What a watch list tells beside the forecast; all of it may be absent.

    Attributes
    ----------
    earlier : Issue or None
        That changes are told against.
    misses : sequence of Miss
        The biggest of that issue, worst first.
    record : WatchRecord or None
    drivers : mapping of str to sequence of Driver
        By country.
    settled : sequence of Settled
    skipped : str
        What was left out, and why.
    """

    earlier: Issue | None = None
    misses: Sequence[Miss] = ()
    record: WatchRecord | None = None
    drivers: Mapping[str, Sequence[Driver]] = field(default_factory=dict)
    settled: Sequence[Settled] = ()
    skipped: str = ""


def compose(
    panel: Panel,
    forecast: WatchForecast,
    entries: Mapping[str, Entry],
    beside: Beside,
    ahead: int,
    by: Order = "median",
) -> WatchList:
    """Make a watch list of entries of the ledger.

    Parameters
    ----------
    panel : Panel
        That the forecast was made from, up to its origin.
    forecast : WatchForecast
    entries : mapping of str to Entry
        What was written down of it, by country; see `foreshock.verify.watching.issue_watch`.
    beside : Beside
    ahead : int
        Month ahead by which countries are ranked.
    by : str
        What they are ranked by.

    Raises
    ------
    LedgerError
        If nothing was written down: then there is nothing to show.
    """
    if not entries:
        raise LedgerError("no country has a forecast", mend="look at why each is withheld")
    shown = passed_on(panel.licence)
    starts = panel.starts[-RECENT:]
    rows = {key: row for row, key in enumerate(panel.keys)}
    last_year = dict(zip(forecast.keys, forecast.last_year, strict=True))
    earlier = {
        entry.terms["country"]: entry
        for entry in (beside.earlier.entries if beside.earlier else ())
    }
    countries = [
        CountryItem(
            key=key,
            name=entry.terms["name"],
            code=_code(panel, key),
            last_month=_known(panel.values[rows[key], -1]) if shown else None,
            last_year=_known(last_year[key].sum()),
            recent=[_known(each) for each in panel.values[rows[key], -RECENT:]] if shown else [],
            months=list(_months(entry, forecast.origin, earlier.get(key), shown)),
            drivers=list(beside.drivers.get(key, ())),
            entry=entry.number,
        )
        for key, entry in entries.items()
    ]
    column = [month.ahead for month in countries[0].months].index(ahead)
    countries.sort(key=lambda each: each.name)
    countries.sort(key=lambda each: each.months[column].rank(by), reverse=True)
    newest = max(entries.values(), key=lambda entry: entry.number)
    names = dict(zip(forecast.keys, forecast.names, strict=True))
    return WatchList(
        version=__version__,
        origin=forecast.origin,
        months=list(forecast.months),
        starts=list(starts) if shown else [],
        variable=forecast.variable,
        about=forecast.about,
        vintage=forecast.vintage,
        licence=panel.licence,
        citation=panel.citation,
        passed_on=shown,
        evidence=forecast.evidence,
        model=forecast.model,
        config=newest.config,
        seed=forecast.seed,
        draws=forecast.draws.shape[-1],
        standing=newest.standing,
        issued_at=newest.issued_at,
        hash=newest.hash,
        resolver=newest.resolver,
        previous=_previous(beside.earlier) if beside.earlier else None,
        ahead=ahead,
        by=by,
        levels=alarm_levels(beside.record.warnings if beside.record else ()),
        countries=countries,
        withheld=[
            WithheldItem(key=key, name=names.get(key, key), code=_code(panel, key), why=why)
            for key, why in sorted(
                forecast.withheld.items(), key=lambda each: names.get(each[0], each[0])
            )
        ],
        misses=list(beside.misses) if shown else [],
        hindcast=_passed_on(beside.record, shown) if beside.record else None,
        settled=[_passed_on(each, shown) for each in beside.settled],
        skipped=beside.skipped,
    )


def _months(entry: Entry, origin: date, earlier: Entry | None, shown: bool) -> Iterable[MonthItem]:
    # Simple methods repeat months that were counted; where those may not be told, nor may they.
    simple_methods = entry.baselines if shown else {}
    before = {told["month"]: told for told in earlier.answer["months"]} if earlier else {}
    for at, told in enumerate(entry.answer["months"]):
        month = read_period(told["month"], "month")
        was = before.get(told["month"])
        yield MonthItem(
            month=month,
            ahead=months_between(origin, month),
            low=told["interval"][0],
            median=told["median"],
            high=told["interval"][1],
            mean=told["mean"],
            deadly=told["deadly"],
            war=told["war"],
            onset=told.get("onset"),
            doubled=told.get("doubled"),
            was_median=was["median"] if was else None,
            was_deadly=was["deadly"] if was else None,
            beside={name: _beside(simple["months"][at]) for name, simple in simple_methods.items()},
        )


def _beside(told: Mapping[str, Any]) -> BesideItem:
    low, high = told["interval"]
    return BesideItem(low=low, median=told["median"], high=high, deadly=told["deadly"])


def _previous(issue: Issue) -> PreviousItem:
    return PreviousItem(
        origin=issue.origin,
        vintage=issue.vintage,
        issued_at=issue.entries[-1].issued_at,
        **asdict(issue.recount),
    )


def _passed_on(record: _Record, shown: bool) -> _Record:
    """Leave misses out where months that were counted may not be told: each says one."""
    return record if shown else replace(record, misses=())


def _code(panel: Panel, key: str) -> str:
    if panel.unit != "country":
        return ""
    try:
        return country(key).iso_numeric
    except LexiconError:
        return ""


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
