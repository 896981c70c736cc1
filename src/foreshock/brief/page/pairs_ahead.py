"""Pairs of the forecast on the page: all of them in a table, then one by one with their fans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from foreshock.brief.document import Brief
from foreshock.brief.forecast_words import (
    amount,
    chance,
    earlier_in_words,
    futures,
    measure_of,
    pair_of,
    percent,
    total_of,
)
from foreshock.brief.forecasts import SeriesItem, SpanItem, TotalItem
from foreshock.brief.page.anchors import anchor
from foreshock.brief.page.fan_picture import afterwards, band_of, draw_fan, weeks_so_far
from foreshock.brief.page.marks import Marks, actors_data
from foreshock.brief.page.view import Cell, Panel, Row, Table
from foreshock.brief.words import counted, likelihood, likelihood_range
from foreshock.core.quantities import number
from foreshock.core.time import say_day

OPEN = 2
"""So many pairs are shown at once; the others are folded up."""

PICTURED = 6
"""So many pairs have a picture; the others have their numbers."""

ACTS = 8
"""So many of the newest acts that were counted are listed with a pair."""

HORIZONS = (7, 14, 30)


def pairs_panels(brief: Brief) -> list[Panel]:
    """Show every pair that is forecast, those with most acts expected first."""
    marks = Marks(brief)
    return [
        _panel(brief, series, marks, index) for index, series in enumerate(brief.forecast.series)
    ]


def pair_anchor(series: str) -> str:
    """Give the anchor of a pair's forecast."""
    return anchor("ahead", series)


def overview(brief: Brief) -> Table:
    """Put all pairs that are forecast side by side."""
    return Table(
        caption="All pairs: the middle of the futures, and what holds nine in ten of them",
        columns=(
            *("who to whom", "acts, 7 days", "14 days", "30 days", "deaths, 7 days"),
            *("one act or more in 7 days", "before", "rests on"),
        ),
        rows=[_overview_row(series) for series in brief.forecast.series],
        open=True,
    )


def withheld(brief: Brief) -> Table:
    """List the pairs for which no forecast is issued, and why."""
    return Table(
        caption="No forecast for these",
        columns=("who to whom", "why"),
        rows=[Row((Cell(each.name), Cell(each.reason))) for each in brief.forecast.withheld],
        open=True,
    )


def _overview_row(series: SeriesItem) -> Row:
    week = total_of(series, "events", 7)
    rests = f"{counted(series.reports, 'report')}, {series.origins} independent"
    return Row(
        (
            Cell(pair_of(series), href=f"#{pair_anchor(series.id)}"),
            *(_span_cell(total_of(series, "events", days)) for days in HORIZONS),
            _span_cell(total_of(series, "deaths", 7)),
            Cell(_chance(week.any) if week else "–"),
            Cell(earlier_in_words(week.earlier) if week and week.earlier else "no earlier one"),
            Cell(f"{rests}; thin evidence" if series.thin else rests),
        ),
        actors_data((series.a, series.b)),
    )


def _span_cell(total: SpanItem | None) -> Cell:
    return Cell(_span(total) if total else "–", number=True)


def _span(total: SpanItem) -> str:
    return f"{number(total.median)} ({number(total.low)}–{number(total.high)})"


def _chance(probability: float) -> str:
    word = likelihood(probability)
    return f"{percent(probability)}: {word} ({likelihood_range(word)})"


# ------------------------------------------------------------------------------------- one pair


def _panel(brief: Brief, series: SeriesItem, marks: Marks, index: int) -> Panel:
    pictured = index < PICTURED
    tables = [_totals(series), *(_days(series) if pictured else ())]
    tables += [_acts(series, marks), _drivers(series), _shifts(series)]
    return Panel(
        id=pair_anchor(series.id),
        title=pair_of(series),
        finding=finding(series),
        picture=draw_fan(series, brief.as_of) if pictured else None,
        tables=[table for table in tables if table.rows],
        note=_note(series),
        folded=index >= OPEN,
    )


def finding(series: SeriesItem) -> str:
    """Say in a sentence what is expected of a pair in the next week."""
    parts = []
    week, dead = total_of(series, "events", 7), total_of(series, "deaths", 7)
    if week:
        parts.append(
            f"one act or more in the next 7 days: {chance(week.any)}; in the middle of the futures "
            f"{amount(week.median, 'events')}, and nine in ten hold {number(week.low)} to "
            f"{number(week.high)}"
        )
    if dead:
        parts.append(f"deaths {_span(dead)}")
    told = "; ".join(parts)
    return f"{told[0].upper()}{told[1:]}." if told else ""


def _note(series: SeriesItem) -> str:
    parts = []
    if series.thin:
        parts.append(f"Thin evidence: {series.thin}.")
    if series.quiet is not None:
        parts.append(f"No act for 7 days: {futures(series.quiet)}.")
    events = measure_of(series, "events")
    if events and events.fading is not None:
        parts.append(
            f"The last week stays under half of the first {futures(events.fading)}, which is what "
            "dying down would look like."
        )
    week = total_of(series, "events", 7)
    if week and week.earlier:
        parts.append(
            f"Acts in 7 days: now {number(week.median)}, {earlier_in_words(week.earlier)}."
        )
    parts.append(
        f"Counted to {say_day(series.until)} from {counted(len(series.events), 'act')} of "
        f"{counted(series.reports, 'report')}, {series.origins} independent."
    )
    return " ".join(parts)


def _totals(series: SeriesItem) -> Table:
    found = [(m.measure, total) for m in series.measures for total in m.totals]
    names = list(dict.fromkeys(name for _, total in found for name in total.baselines))
    came = any(total.came for _, total in found)
    return Table(
        caption=f"{pair_of(series)}: totals with simple methods beside them",
        columns=(
            *("what", "days", "nine futures in ten", "one or more", *names, "before"),
            *(("seen afterwards",) if came else ()),
        ),
        open=True,
        rows=[
            Row(
                (
                    Cell("acts" if measure == "events" else "deaths"),
                    Cell(f"{total.days}, to {say_day(total.last)}"),
                    Cell(_span(total), number=True),
                    Cell(percent(total.any), number=True),
                    *(_span_cell(total.baselines.get(name)) for name in names),
                    Cell(earlier_in_words(total.earlier) if total.earlier else "–"),
                    *((Cell(_came(total)),) if came else ()),
                )
            )
            for measure, total in found
        ],
    )


def _came(total: TotalItem) -> str:
    if total.came is None:
        return "not settled yet"
    held = "within" if total.came.covered else "outside"
    return f"{number(total.came.value)}, {held} nine in ten; CRPS {total.came.crps:.1f}"


def _days(series: SeriesItem) -> Iterator[Table]:
    """Give the picture's twins: the days that were counted, and the fan day by day."""
    measures = series.measures
    nouns = ["acts" if m.measure == "events" else "deaths" for m in measures]
    so_far = [weeks_so_far(measure.observed) for measure in measures]
    yield Table(
        caption="Counted day by day; on days that are not listed nothing was",
        columns=("day", *(f"{noun}{of}" for noun in nouns for of in ("", " in 7 days"))),
        rows=[
            Row(
                (
                    Cell(say_day(series.since + timedelta(days=index))),
                    *(
                        Cell(text, number=True)
                        for measure, weeks in zip(measures, so_far, strict=True)
                        for text in (number(measure.observed[index]), _or_dash(weeks[index]))
                    ),
                )
            )
            for index in range(len(measures[0].observed))
            if any(measure.observed[index] for measure in measures)
        ],
    )
    later = [afterwards(measure) for measure in measures]
    came = any(later)
    yield Table(
        caption="The fan day by day, in sums of seven days",
        columns=(
            "day",
            *(
                f"{noun}{what}"
                for noun in nouns
                for what in (
                    *(": middle", ": half of futures", ": 8 in 10", ": 19 in 20"),
                    ": one or more so far",
                    *((": came to pass",) if came else ()),
                )
            ),
        ),
        rows=[
            Row(
                (
                    Cell(say_day(series.first + timedelta(days=index))),
                    *(
                        Cell(text, number=True)
                        for measure, weeks in zip(measures, later, strict=True)
                        for text in (
                            number(measure.week.median[index]),
                            *(
                                "–".join(number(e) for e in band_of(measure.week, share, index))
                                for share in (0.5, 0.8, 0.95)
                            ),
                            percent(measure.any_by_day[index]),
                            *((_or_dash(dict(enumerate(weeks)).get(index)),) if came else ()),
                        )
                    ),
                )
            )
            for index in range(len(measures[0].week.median))
        ],
    )


def _or_dash(value: float | None) -> str:
    return "–" if value is None else number(value)


def _acts(series: SeriesItem, marks: Marks) -> Table:
    known = [marks.events[event] for event in series.events if event in marks.events]
    more = f"; {len(known) - ACTS} older under Evidence" if len(known) > ACTS else ""
    return Table(
        caption=f"Acts that were counted, newest first{more}",
        columns=("when", "act", "that it took place", "told by"),
        rows=[
            Row(
                (
                    Cell(event.when),
                    marks.event_cell(event.id, event.headline),
                    Cell(_chance(event.belief.probability)),
                    Cell(f"{counted(event.reports, 'report')}, {len(event.origins)} independent"),
                ),
                actors_data((*event.actors, *event.recipients)),
            )
            for event in known[:ACTS]
        ],
    )


def _drivers(series: SeriesItem) -> Table:
    return Table(
        caption="What carries it: from whose recent acts the acts expected in the next week "
        "descend, by the model; no word of cause",
        columns=("recent acts of", "kind", "share of the expected acts (90 % interval)"),
        rows=[
            Row(
                (
                    Cell(driver.name),
                    Cell(driver.kind),
                    Cell(
                        f"{percent(driver.share)} "
                        f"({100 * driver.low:.0f}–{100 * driver.high:.0f} %)"
                    ),
                )
            )
            for driver in series.drivers
        ],
    )


def _shifts(series: SeriesItem) -> Table:
    return Table(
        caption="What would change it",
        columns=("supposed", "probability of", "as issued", "so supposed"),
        rows=[
            Row(
                (
                    Cell(shift.condition),
                    Cell(shift.what),
                    Cell(percent(shift.before), number=True),
                    Cell(percent(shift.after), number=True),
                )
            )
            for shift in series.shifts
        ],
    )
