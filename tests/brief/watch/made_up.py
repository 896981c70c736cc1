"""A world of a dozen countries whose months are made up, and a watch of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np

from foreshock.core.months import month_after
from foreshock.core.panel import Panel
from foreshock.core.periods import periods_between
from foreshock.core.random import stream
from foreshock.core.watch import (
    Driver,
    Miss,
    Warning,
    WatchForecast,
    WatchRecord,
    reached,
)
from foreshock.verify.watch_record import warning_record

ORIGIN = date(2031, 10, 1)
LAST = date(2032, 1, 1)

# VIEWS numbers, so that they stand on the map; what happens in them is made up.
COUNTRIES = {
    "1": ("Guyana", 0.0), "57": ("Kenya", 8.0), "65": ("Somewhere", 300.0),
    "133": ("Farland", 2500.0), "220": ("Ruritania", 0.0), "70": ("Gondal", 40.0),
    "142": ("Glasstown", 0.5), "40": ("Angria", 0.0), "17": ("Exina", 2.0),
    "18": ("Zedora", 90.0), "8": ("Regina", 0.0), "999": ("Nowhere Isles", 1.0),
}  # fmt: skip


def panel(names=None, years_before=0) -> Panel:
    """Ten years of deaths, the last country missing for most of them."""
    random = stream(3, "panel")
    first, last = (day.replace(year=day.year - years_before) for day in (date(2022, 2, 1), LAST))
    starts = periods_between(first, last, "month")
    levels = np.array([level for _, level in COUNTRIES.values()])
    values = random.negative_binomial(1, 1 / (1 + levels[:, None]), (len(levels), len(starts)))
    values = values.astype(float)
    values[-1, :-3] = np.nan
    return Panel(
        variable="deaths",
        about="state-based violence",
        unit="country",
        period="month",
        keys=tuple(COUNTRIES),
        names=names or tuple(name for name, _ in COUNTRIES.values()),
        starts=starts,
        values=values,
        vintage="made up, release 7",
        licence="CC BY 4.0",
        citation="Nobody 2032",
    )


def look_ahead(of, origin, *, horizons=range(1, 15), draws=200, seed=0) -> WatchForecast:
    """Say that the last year comes again, with a chance of more."""
    seen = of.until(origin)
    year = seen.values[:, -12:]
    random = stream(seed, "watch")
    picked = random.integers(0, 12, (len(seen.keys), len(horizons), draws))
    drawn = np.take_along_axis(year[:, None, :], picked, axis=2)
    more = random.negative_binomial(0.05, 0.01, drawn.shape)
    known = ~np.isnan(year).any(axis=1)
    return WatchForecast(
        origin=origin,
        keys=seen.keys,
        names=seen.names,
        months=tuple(month_after(origin, ahead) for ahead in horizons),
        draws=np.where(known[:, None, None], np.sort(drawn + more, axis=2), np.nan),
        last_year=year,
        baselines={"conflictology": np.sort(drawn, axis=2)},
        withheld={
            key: "no twelve months in a row are known"
            for key, told in zip(seen.keys, known, strict=True)
            if not told
        },
        model="made up",
        config="c1",
        seed=seed,
        vintage=seen.vintage,
        evidence=seen.digest,
        variable=seen.variable,
        about=seen.about,
    )


def drivers(_of, _origin, forecast, ahead=3):
    """Name two parts of what is known."""
    told = forecast.probability(Warning.DEADLY)[:, ahead - 1]
    return {
        key: (
            Driver(part="the last three months", without=float(chance) / 3, probability=chance),
            Driver(part="the neighbours", without=float(chance), probability=chance),
        )
        for key, chance in zip(forecast.keys, told.tolist(), strict=True)
        if np.isfinite(chance)
    }


def record(of, origin) -> WatchRecord:
    """Count what came of what the model above would have said."""
    at = of.column(origin)
    warnings = []
    for warning in Warning:
        for ahead in (0, 1, 3, 12):
            said, came = [], []
            for each in (ahead,) if ahead else (1, 3, 12):
                for back in range(each, each + 24):
                    first = of.starts[at - back]
                    ahead_of = look_ahead(of, first, horizons=(each,), draws=50)
                    said.append(ahead_of.probability(warning)[:, 0])
                    counted = of.values[:, at - back + each]
                    came.append(reached(warning, counted, ahead_of.last_year))
            p, y = np.concatenate(said), np.concatenate(came)
            asked = np.isfinite(p) & np.isfinite(y)
            warnings.append(warning_record(warning, ahead, p[asked], y[asked]))
    miss = Miss(
        key="70", name=of.names[5], month=origin, ahead=1, low=0, median=30, high=120,
        counted=900, score=2.5,
    )  # fmt: skip
    return WatchRecord(
        trained_to=month_after(origin, -37), first=month_after(origin, -24), last=origin,
        warnings=tuple(warnings), misses=(miss, replace(miss, key="1", name=of.names[0])),
        covered=0.91,
    )  # fmt: skip


def clock():
    """Tell the time of issue: within a day of the origin's end."""
    return datetime(2031, 11, 1, 9, 30, tzinfo=UTC)
