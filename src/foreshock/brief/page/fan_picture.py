"""The picture of a pair: what was counted week by week, and the fan of what may follow.

One axis for both: the sum of the seven days up to each day. It goes on where the count leaves off,
and shows a rise or a fading even where most single days are empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from foreshock.brief.forecast_words import pair_of, percent
from foreshock.brief.forecasts import FanItem, MeasureItem, SeriesItem
from foreshock.brief.page.lines import Point, path, simplified
from foreshock.brief.page.scales import Days, Scale, number_in_words
from foreshock.brief.page.svg import node

WIDE = 400
"""Narrower than other pictures: a phone shows all of it, and a wide page enlarges it."""

LEFT, RIGHT = 42, 392
HEAD, GAP = 22, 28
HEIGHTS = {"events": 104, "deaths": 76}
CHANCE = 48
WEEK = 7

TITLES = {
    "events": "Acts: in seven days (line), on each day (bars)",
    "deaths": "Deaths: in seven days (line), on each day (bars)",
}
BANDS = {0.95: "19 in 20 futures", 0.8: "8 in 10", 0.5: "half"}


def draw_fan(series: SeriesItem, as_of: date) -> Element:
    """Draw a pair.

    Parameters
    ----------
    series : SeriesItem
    as_of : datetime.date
        Where the line stands behind which nothing was known.
    """
    ahead = max(len(each.week.median) for each in series.measures)
    days = Days(series.since, series.first + timedelta(days=ahead - 1), LEFT, RIGHT)
    came = any(measure.afterwards for measure in series.measures)
    parts = _key(came)
    y = float(HEAD)
    for measure in series.measures:
        plot = _Plot(series, measure, days, y, HEIGHTS.get(measure.measure, 110), as_of)
        parts += plot.draw()
        y += HEAD + plot.height + GAP
    parts += _chances(series, days, y, as_of)
    y += HEAD + CHANCE + GAP
    name = pair_of(series)
    return node(
        "svg",
        node("title", f"{name}: counted until {series.until}, and what may follow"),
        *parts,
        viewBox=f"0 0 {WIDE} {y - 6:g}",
        class_="picture fan",
        role="img",
        aria_label=f"{name}: what was counted week by week, and the fan of what may follow; "
        "the same stands in the tables below",
    )


def weeks_so_far(daily: Sequence[float]) -> list[float | None]:
    """Sum up the seven days up to each day; None for the first six, of which days are missing.

    Examples
    --------
    >>> weeks_so_far([1] * 8)[5:]
    [None, 7, 7]
    """
    return [
        None if index < WEEK - 1 else sum(daily[index - WEEK + 1 : index + 1])
        for index in range(len(daily))
    ]


@dataclass(frozen=True, slots=True)
class _Plot:
    """One measure of a pair."""

    series: SeriesItem
    measure: MeasureItem
    days: Days
    y: float
    height: float
    as_of: date

    @property
    def top(self) -> float:
        return self.y + HEAD

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def scale(self) -> Scale:
        known = [week for week in weeks_so_far(self.measure.observed) if week is not None]
        widest = self.measure.week.bands[-1].high
        most = max([3.0, *known, *widest, *self._afterwards()])
        return Scale(0, 1.05 * most, self.bottom, self.top)

    def draw(self) -> list[Element]:
        scale = self.scale
        parts = [node("text", TITLES[self.measure.measure], x=LEFT, y=self.y + 14)]
        ticks = scale.ticks(4 if self.height > 100 else 3)
        parts += _levels({scale(number): number_in_words(number) for number in ticks})
        parts += self._fan(scale)
        parts += self._known(scale)
        parts += _axis(self.days, self.top, self.bottom, self.as_of)
        return parts

    def _known(self, scale: Scale) -> list[Element]:
        since = self.series.since
        bars = "".join(
            f"M{self.days(since + timedelta(days=index)):.1f} {self.bottom:g}V{scale(value):.1f}"
            for index, value in enumerate(self.measure.observed)
            if value
        )
        line = self._points(scale, since, weeks_so_far(self.measure.observed))
        later = self._points(scale, self.series.first, self._afterwards())
        parts = []
        if bars:
            parts.append(node("path", d=bars, class_="ink-line", stroke_width=1.6))
        if line:
            parts.append(node("path", d=path(simplified(line)), class_="line", stroke_width=1.1))
        if later:
            shown = simplified([*line[-1:], *later])
            parts.append(node("path", d=path(shown), class_="after", stroke_width=1.5))
        return parts

    def _fan(self, scale: Scale) -> list[Element]:
        fan, first = self.measure.week, self.series.first
        start = [
            (self.days(self.series.until), scale(week))
            for week in weeks_so_far(self.measure.observed)[-1:]
            if week is not None
        ]
        parts = []
        for band in reversed(fan.bands):
            upper = simplified([*start, *self._points(scale, first, band.high)])
            lower = simplified([*start, *self._points(scale, first, band.low)])
            shape = path([*upper, *reversed(lower)], closed=True)
            parts.append(node("path", d=shape, class_=f"likely l{100 * band.share:.0f}"))
        middle = simplified([*start, *self._points(scale, first, fan.median)])
        parts.append(node("path", d=path(middle), class_="middle-line", stroke_width=1.2))
        return parts

    def _points(self, scale: Scale, first: date, values: Sequence[float | None]) -> list[Point]:
        return [
            (self.days(first + timedelta(days=index)), scale(value))
            for index, value in enumerate(values)
            if value is not None
        ]

    def _afterwards(self) -> list[float]:
        return afterwards(self.measure)


def afterwards(measure: MeasureItem) -> list[float]:
    """Give the seven-day sums of what was counted after the forecast; empty if nobody asked."""
    if not measure.afterwards:
        return []
    whole = weeks_so_far([*measure.observed[-WEEK + 1 :], *measure.afterwards])
    return [week for week in whole[-len(measure.afterwards) :] if week is not None]


def band_of(fan: FanItem, share: float, day: int) -> tuple[float, float]:
    """Give the ends of a central band on a day, counted from 0."""
    band = next(each for each in fan.bands if each.share == share)
    return band.low[day], band.high[day]


def _levels(levels: Mapping[float, str]) -> list[Element]:
    """Draw the lines across, each with its number."""
    lines = "".join(f"M{LEFT} {y:.1f}H{RIGHT}" for y in levels)
    return [
        node("path", d=lines, class_="grid"),
        *(
            node("text", text, x=LEFT - 5, y=y + 3.5, text_anchor="end", class_="small")
            for y, text in levels.items()
        ),
    ]


def _axis(days: Days, top: float, bottom: float, as_of: date) -> list[Element]:
    now = days(as_of)
    ticks = [(days(day), label) for day, label in days.ticks(5)]
    line = f"M{LEFT} {bottom:.1f}H{RIGHT}" + "".join(f"M{x:.1f} {bottom:.1f}v3" for x, _ in ticks)
    return [
        node("path", d=line, class_="axis"),
        *(
            node("text", label, x=x, y=bottom + 14, text_anchor="middle", class_="small")
            for x, label in ticks
            if abs(x - now) > 46 and LEFT + 10 < x < RIGHT - 10
        ),
        node("line", x1=now, x2=now, y1=top - 3, y2=bottom + 3, class_="now"),
        node("text", f"{as_of.day} {as_of:%b}", x=now, y=bottom + 14, text_anchor="middle",
             class_="small strong"),
    ]  # fmt: skip


def _key(after: bool) -> list[Element]:
    """Say at the head what the shades stand for."""
    parts: list[Element] = []
    x, y = LEFT, 13.0
    for (share, text), width in zip(BANDS.items(), (120, 66, 48), strict=True):
        parts.append(
            node("rect", x=x, y=y - 8, width=11, height=9, class_=f"likely l{100 * share:.0f}")
        )
        parts.append(node("text", text, x=x + 15, y=y, class_="small"))
        x += width
    if after:
        parts.append(
            node("line", x1=x, x2=x + 12, y1=y - 3.5, y2=y - 3.5, class_="after", stroke_width=1.5)
        )
        parts.append(node("text", "came to pass", x=x + 16, y=y, class_="small"))
    return parts


def _chances(series: SeriesItem, days: Days, y: float, as_of: date) -> list[Element]:
    """Draw the probability of one or more by each day: acts solid, deaths dashed."""
    top, bottom = y + HEAD, y + HEAD + CHANCE
    scale = Scale(0, 1, bottom, top)
    parts = [
        node("text", "At least one by that day, in how many futures", x=LEFT, y=y + 14),
        *_levels({scale(share): f"{100 * share:.0f} %" for share in (0, 1)}),
    ]
    words = days(series.first) - 7
    for measure in series.measures:
        line = [
            (days(series.first + timedelta(days=index)), scale(chance))
            for index, chance in enumerate(measure.any_by_day)
        ]
        deaths = measure.measure == "deaths"
        parts.append(
            node("path", d=path(simplified(line)), class_="middle-line", stroke_width=1.2,
                 stroke_dasharray="4 2" if deaths else None)
        )  # fmt: skip
        week = measure.any_by_day[min(WEEK, len(measure.any_by_day)) - 1]
        one = "a death (dashed)" if deaths else "an act (solid)"
        parts.append(
            node("text", f"{one} in 7 days: {percent(week)}", x=words,
                 y=top + (35 if deaths else 17), text_anchor="end", class_="small")
        )  # fmt: skip
    return [*parts, *_axis(days, top, bottom, as_of)]
