"""From an outlook and the ledger to the brief: pairs, their fans and totals, and what is withheld.

Every probability and total is the ledger's own: what is shown is what was written down. Fans are
drawn from the same futures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.picture import Picture
from foreshock.brief import forecasts as item
from foreshock.brief.foreseen import Foreseen, length_of
from foreshock.brief.naming import Names
from foreshock.core.ensemble import BANDS, WEEK, Ensemble, Fan
from foreshock.core.outlook import BACKGROUND, MEASURES, Driver, Outlook
from foreshock.core.series import DailySeries
from foreshock.verify.entries import Entry
from foreshock.verify.issuing import HORIZONS, Issued
from foreshock.verify.resolution import Resolution

SHOWN_DAYS = 60
"""Observed days that stand beside a fan."""


def compose_forecast(foreseen: Foreseen, picture: Picture, names: Names) -> item.ForecastItem:
    """Write the forecast of a brief."""
    outlook, issued = foreseen.outlook, foreseen.issued
    if outlook is None or issued is None:
        return item.ForecastItem(issued=False, reason=foreseen.reason)
    entries = [*issued.questions.values(), *issued.series]
    ours = [entry for entry in entries if entry.model == outlook.model]
    first = min(ours, key=lambda entry: entry.number, default=None)
    sample = next(iter(outlook.ensembles.values()), None)
    writer = _Writer(foreseen, outlook, issued, picture, names)
    return item.ForecastItem(
        issued=True,
        reason="",
        model=outlook.model,
        config=first.config if first else outlook.config,
        seed=outlook.seed,
        members=sample.members if sample else 0,
        horizon=sample.days if sample else 0,
        standing=str(first.standing) if first else "",
        issued_at=first.issued_at if first else None,
        series=[writer.series(each) for each in writer.order()],
        withheld=[
            item.WithheldItem(id=each, name=pair_name(each, names), reason=reason)
            for each, reason in sorted(outlook.withheld.items())
        ],
        reproduction=_reproduction(outlook),
        notes=[_sentence(note) for note in outlook.notes],
    )


def earlier_item(foreseen: Foreseen, now: Entry) -> item.EarlierItem | None:
    """Write what the last entry before one said of the same."""
    entry = foreseen.before(now)
    if entry is None:
        return None
    median, values = entry.answer.get("median"), entry.answer.get("values")
    return item.EarlierItem(
        as_of=entry.as_of,
        issued_at=entry.issued_at,
        standing=str(entry.standing),
        probability=entry.probability,
        median=None if median is None else float(median),
        any=float((np.asarray(values) >= 1).mean()) if values else None,
        again=entry.as_of == now.as_of,
    )


def pair_name(series: str, names: Names) -> str:
    """Name a series: who does something to whom."""
    a, b, acts = parts_of(series)
    return f"{names.actor(a).name} → {names.actor(b).name}{f' ({acts})' if acts else ''}"


def parts_of(series: str) -> tuple[str, str, str]:
    """Give actor, recipient, and class of act where it is not assault, of a series.

    Examples
    --------
    >>> parts_of("gondal>ruritania"), parts_of("gondal>ruritania (coercion)")
    (('gondal', 'ruritania', ''), ('gondal', 'ruritania', 'coercion'))
    """
    a, _, rest = series.partition(">")
    b, _, acts = rest.partition(" (")
    return a, b, acts.removesuffix(")")


class _Writer:
    """Writes the pairs of one outlook."""

    def __init__(
        self,
        foreseen: Foreseen,
        outlook: Outlook,
        issued: Issued,
        picture: Picture,
        names: Names,
    ) -> None:
        self.foreseen, self.outlook, self.issued = foreseen, outlook, issued
        self.picture, self.names = picture, names
        self.running = {m: each.fan(running=True) for m, each in outlook.ensembles.items()}
        self.chance = _chances(outlook.ensembles)
        self.simple = {name: _chances(each) for name, each in sorted(outlook.baselines.items())}
        self.totals = {
            (entry.series, entry.terms["variable"], length_of(entry)): entry
            for entry in issued.series
        }
        self.observed = outlook.observed
        self.shown = min(SHOWN_DAYS, self.observed.days)

    def order(self) -> list[str]:
        """List the pairs by how many acts are expected in the next week, most first."""
        sample = self.outlook.ensembles.get("events") or next(
            iter(self.outlook.ensembles.values()), None
        )
        if sample is None:
            return []
        means = sample.total(min(WEEK, sample.days)).mean(axis=0)
        ranked = sorted(zip(sample.series, means, strict=True), key=lambda each: (-each[1], each))
        return [series for series, _ in ranked if series not in self.outlook.withheld]

    def series(self, series: str) -> item.SeriesItem:
        a, b, acts = parts_of(series)
        outlook = self.outlook
        events = [
            self.picture.events[key]
            for key in outlook.sources.get(series, ())
            if key in self.picture.events
        ]
        events.sort(key=lambda e: (e.when.end if e.when else date.min, e.id), reverse=True)
        claims = {claim for event in events for claim in event.claims}
        evidence = self.picture.evidence
        first = next(iter(outlook.ensembles.values())).first
        return item.SeriesItem(
            id=series,
            a=self.names.actor(a),
            b=self.names.actor(b),
            acts=acts,
            since=self.observed.day(-self.shown),
            until=self.observed.last,
            first=first,
            measures=[self._measure(series, m) for m in MEASURES if m in outlook.ensembles],
            quiet=self._quiet(self.chance, series),
            quiet_baselines={
                name: quiet
                for name, chances in self.simple.items()
                if (quiet := self._quiet(chances, series)) is not None
            },
            thin=outlook.thin.get(series, ""),
            drivers=[self._driver(each) for each in _ranked(outlook.drivers, series)],
            shifts=[
                item.ShiftItem(
                    condition=each.condition,
                    what=each.measure,
                    before=each.before,
                    after=each.after,
                )
                for each in outlook.shifts
                if each.series == series
            ],
            events=[event.id for event in events],
            reports=len({evidence.claims[claim].report for claim in claims}),
            origins=len({evidence.origin(evidence.claims[claim]) for claim in claims}),
        )

    def _driver(self, driver: Driver) -> item.DriverItem:
        known = driver.source != BACKGROUND
        return item.DriverItem(
            source=driver.source,
            name=pair_name(driver.source, self.names) if known else "the usual level",
            kind=driver.kind,
            share=driver.share,
            low=driver.low,
            high=driver.high,
        )

    def _measure(self, series: str, measure: str) -> item.MeasureItem:
        ensemble = self.outlook.ensembles[measure]
        at = ensemble.index(series)
        days = _daily(self.observed, series, measure)
        return item.MeasureItem(
            measure=measure,
            observed=_plain(days[-self.shown :]),
            week=weeks(ensemble.values[:, :, at], days),
            running=fan_item(self.running[measure], at),
            any_by_day=[round(float(each), 4) for each in self.chance[measure][:, at]],
            totals=[
                self._total(self.totals[key])
                for horizon in HORIZONS
                if (key := (series, measure, horizon)) in self.totals
            ],
            fading=ensemble.fading(series=series).value if ensemble.days >= 2 * WEEK else None,
            afterwards=self._afterwards(series, measure),
        )

    def _total(self, entry: Entry) -> item.TotalItem:
        found = self.foreseen.came(entry, {})
        return item.TotalItem(
            **_span(entry.answer, self._any(self.chance, entry)),
            days=length_of(entry),
            last=date.fromisoformat(entry.terms["closes"]),
            entry=entry.number,
            baselines={
                name: item.SpanItem(**_span(told, self._any(self.simple[name], entry)))
                for name, told in entry.baselines.items()
                if name in self.simple
            },
            earlier=earlier_item(self.foreseen, entry),
            came=came_item(found),
        )

    def _any(self, chances: _Chances, entry: Entry) -> float:
        at = self.outlook.series.index(entry.series)
        return float(chances[entry.terms["variable"]][length_of(entry) - 1, at])

    def _quiet(self, chances: _Chances, series: str) -> float | None:
        events = chances.get("events")
        if events is None or len(events) < WEEK:
            return None
        return 1 - float(events[WEEK - 1, self.outlook.series.index(series)])

    def _afterwards(self, series: str, measure: str) -> list[float]:
        later = self.foreseen.later
        if later is None or later.observed is None or series not in later.observed.names:
            return []
        start = self.observed.last + timedelta(days=1)
        if not later.observed.first <= start <= later.observed.last:
            return []
        ensemble = self.outlook.ensembles[measure]
        return _plain(_daily(later.observed.since(start), series, measure)[: ensemble.days])


def weeks(futures: NDArray[Any], known: NDArray[np.float64]) -> item.FanItem:
    """Spread the sum of the seven days up to each day, known days included where it reaches back.

    A sum of seven days goes on where the count leaves off, and shows a rise or a fading even where
    most single days are empty.

    Parameters
    ----------
    futures : ndarray, shape (member, day)
    known : ndarray, shape (day,)
        What had been counted up to the day before the first future one.

    Examples
    --------
    >>> fan = weeks(np.array([[0, 1], [2, 1]]), np.ones(9))
    >>> fan.bands[-1].low, fan.bands[-1].high
    ([6.0, 6.0], [8.0, 8.0])
    """
    past = known[-(WEEK - 1) :]
    before = np.broadcast_to(past, (len(futures), len(past)))
    whole = np.concatenate([np.zeros((len(futures), 1)), before, futures], axis=1)
    so_far = np.cumsum(whole, axis=1)
    ends = np.arange(1 + len(past), so_far.shape[1])
    sums = so_far[:, ends] - so_far[:, np.maximum(ends - WEEK, 0)]
    return fan_item(Ensemble(sums[:, :, None], date(1, 1, 1), ("",), "").fan(), 0)


def fan_item(fan: Fan, at: int) -> item.FanItem:
    """Write one series of a fan."""
    return item.FanItem(
        median=_plain(fan.median[:, at]),
        bands=[
            item.BandItem(
                share=share, low=_plain(fan.low[band, :, at]), high=_plain(fan.high[band, :, at])
            )
            for band, share in enumerate(BANDS)
        ],
    )


_Chances = Mapping[str, NDArray[np.float64]]


def _chances(ensembles: Mapping[str, Ensemble]) -> _Chances:
    """Give the probability of one or more by each day, shape (day, series), by measure."""
    return {
        measure: np.logical_or.accumulate(each.values > 0, axis=1).mean(axis=0)
        for measure, each in ensembles.items()
    }


def _daily(observed: DailySeries, series: str, measure: str) -> NDArray[np.float64]:
    column = observed.column(series)
    counted = observed.deaths if measure == "deaths" else observed.counts
    return counted[:, column].astype(np.float64)


def _plain(values: NDArray[Any]) -> list[float]:
    return [round(float(value), 2) for value in values]


def _span(told: Mapping[str, Any], any_: float) -> dict[str, float]:
    low, high = told["interval"]
    return {"median": float(told["median"]), "low": float(low), "high": float(high), "any": any_}


def came_item(found: Resolution | None) -> item.CameItem | None:
    """Write what was counted afterwards; None where nothing was yet."""
    if found is None or found.value is None or found.scored is None:
        return None
    return item.CameItem(
        value=found.value,
        covered=bool(found.scored.covered),
        crps=found.scored.crps or 0.0,
        baselines={name: scored.crps or 0.0 for name, scored in found.baselines.items()},
    )


def _ranked(drivers: Sequence[Driver], series: str) -> list[Driver]:
    own = [driver for driver in drivers if driver.series == series]
    return sorted(own, key=lambda driver: (-driver.share, driver.source))


def _reproduction(outlook: Outlook) -> item.ReproductionItem | None:
    found = outlook.reproduction
    if found is None:
        return None
    return item.ReproductionItem(
        value=found.value,
        low=found.low,
        high=found.high,
        placebo=found.placebo,
        distinct=found.distinct,
    )


def _sentence(note: str) -> str:
    note = note.strip()
    whole = note[:1].upper() + note[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."
