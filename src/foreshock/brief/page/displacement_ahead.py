"""Displacement ahead: how many more may flee, from which sub-districts and to which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from foreshock.brief.displacement import (
    DisplacementItem,
    RunningTotalItem,
    TotalCountItem,
)
from foreshock.brief.displacement_words import (
    NINE_IN_TEN,
    SHARE,
    THREAT,
    UNKNOWN,
    amount,
    came,
    finding,
    issued,
    people,
    per_cent,
    place_name,
    place_names,
    share,
)
from foreshock.brief.document import Brief
from foreshock.brief.forecast_words import methods_in_words, percent
from foreshock.brief.page.anchors import anchor
from foreshock.brief.page.destinations_ahead import destinations_panels
from foreshock.brief.page.flows_picture import draw_flows, drawn, flow_anchor
from foreshock.brief.page.marks import Marks
from foreshock.brief.page.running_total_picture import Rival, draw_total, shown_fan
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.words import counted, joined
from foreshock.core.answers_displaced import DISPLACED
from foreshock.core.quantities import number
from foreshock.core.time import say_day

FOREMOST = 3
"""So many origins are named in a sentence."""

ID, TITLE = "displacement", "How many may yet flee, and where to"

TOTAL = "displacement-total"
"""Anchor of the running total."""

SAFE = (
    "Nothing finer than a sub-district is told, and flows over three days or more, so that nobody "
    "who flees can be found by it."
)

ROUNDED = "Forecast numbers of people are rounded to three figures."


def displacement_view(brief: Brief) -> View:
    """Show the forecast of displacement.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    View
        The running total with its fan; flows on a map; destinations; how it was made.
    """
    item = brief.displacement
    if not item.issued:
        return View(id=ID, title=TITLE, lead=item.reason, panels=[])
    marks = Marks(brief)
    afterwards = (
        f"\n\nWhat was counted by {say_day(brief.afterwards.day)} is marked as counted afterwards; "
        "the forecast knew nothing of it."
        if brief.afterwards
        else ""
    )
    panels = [_total(brief, marks), *_flows(brief, marks), *destinations_panels(brief, marks)]
    return View(
        id=ID,
        title=TITLE,
        lead=f"{issued(item)}\n\nHow many more may flee, from where and where to. {NINE_IN_TEN} "
        f"{SHARE} {ROUNDED} {SAFE}{afterwards}",
        panels=[*panels, *_made(item)],
    )


# --------------------------------------------------------------------------------- running total


def _total(brief: Brief, marks: Marks) -> Panel:
    item = brief.displacement
    rivals = rival_counts(brief)
    tables = [
        _totals(item),
        _counted(item.counts, marks, f"Counted so far by {item.counter}"),
        _counted(item.afterwards, marks, f"Counted afterwards by {item.counter}"),
        _rivals(rivals, marks),
        _fan(item, brief.as_of),
    ]
    return Panel(
        id=TOTAL,
        title="The running total",
        finding=finding(item),
        picture=draw_total(item, rivals, brief.as_of, marks),
        tables=[table for table in tables if table.rows],
        note=_methods(item),
    )


def rival_counts(brief: Brief) -> list[Rival]:
    """List the newest counts of displaced people by others than the counter of the forecast."""
    found = []
    for count in brief.displaced:
        told = count.quantity
        number = next((n for n in (told.best, told.low, told.high) if n is not None), None)
        alike = told.what == DISPLACED and told.unit in {"", "persons"}
        if count.ahead or not alike or count.speaker == brief.displacement.counter:
            continue
        if number is not None:
            found.append(
                Rival(
                    claim=count.claim,
                    speaker=count.speaker,
                    day=count.until,
                    people=number,
                    text=told.text,
                    since=count.since,
                )
            )
    return found


def _methods(item: DisplacementItem) -> str:
    names = [name for total in item.totals for name in total.baselines]
    return " ".join(
        filter(
            None,
            [
                f"In thousands. {methods_in_words(names)}" if names else "",
                "A count is joined to the newest that it can follow; counts that do not fit "
                "together stand beside each other, and each is believed as far as its mark says."
                if any(each.weight < 1 for each in item.counts)
                else "",
                "Others’ counts are never averaged with it: they may count otherwise and since "
                "another day.",
            ],
        )
    )


def _totals(item: DisplacementItem) -> Table:
    """Put the days side by side, and under the forecast what simple methods say."""
    names = list(dict.fromkeys(name for total in item.totals for name in total.baselines))
    told = [("this forecast", [amount(total) for total in item.totals])]
    for name in names:
        beside = [total.baselines.get(name) for total in item.totals]
        told.append((name, [amount(each) if each else UNKNOWN for each in beside]))
    if any(total.came for total in item.totals):
        told.append(("seen afterwards", [_came(total) for total in item.totals]))
    return Table(
        id="displacement-totals",
        caption="The running total ahead, with simple methods beside it; nine futures in ten",
        columns=(
            "",
            *(
                f"{counted(total.days, 'day')} ({total.last.day} {total.last:%b})"
                for total in item.totals
            ),
        ),
        open=True,
        rows=[Row((Cell(name), *map(Cell, cells))) for name, cells in told if cells],
    )


def _came(total: RunningTotalItem) -> str:
    told = came(total)
    return f"{told}; CRPS {people(total.came.crps)}" if total.came else told


def _counted(counts: Sequence[TotalCountItem], marks: Marks, caption: str) -> Table:
    doubted = any(each.weight < 1 for each in counts)
    return Table(
        caption=caption,
        columns=("up to", "people", *(("believed",) * doubted), "told in"),
        rows=[
            Row(
                (
                    Cell(say_day(each.day)),
                    Cell(number(each.people), number=True),
                    *((Cell(f"{round(100 * each.weight)} %", number=True),) * doubted),
                    marks.claims_cell(each.claims),
                )
            )
            for each in reversed(counts)
        ],
    )


def _rivals(rivals: Sequence[Rival], marks: Marks) -> Table:
    return Table(
        caption="Others’ newest counts of displaced people; all stand under Displaced so far",
        columns=("who counts", "how many", "since", "up to"),
        rows=[
            Row(
                (
                    Cell(rival.speaker),
                    marks.claim_cell(rival.claim, rival.text),
                    Cell(say_day(rival.since) if rival.since else "not said"),
                    Cell(say_day(rival.day)),
                ),
                marks.claim_data(rival.claim),
            )
            for rival in rivals
        ],
    )


def _fan(item: DisplacementItem, as_of: date) -> Table:
    """Give the picture's twin: the fan day by day."""
    fan = shown_fan(item, as_of)
    first = (item.known_to or as_of) + timedelta(days=1)
    words = {0.5: "half of futures", 0.8: "8 in 10", 0.95: "19 in 20"}
    bands = fan.bands if fan else []
    return Table(
        caption="The fan day by day",
        columns=("day", "middle", *(words.get(b.share, percent(b.share)) for b in bands)),
        rows=[
            Row(
                (
                    Cell(say_day(first + timedelta(days=index))),
                    Cell(people(middle), number=True),
                    *(
                        Cell(f"{people(band.low[index])}–{people(band.high[index])}", number=True)
                        for band in bands
                    ),
                )
            )
            for index, middle in enumerate(fan.median if fan else [])
        ],
    )


# ----------------------------------------------------------------------------------------- flows


def _flows(brief: Brief, marks: Marks) -> Iterator[Panel]:
    item = brief.displacement
    if not item.origins and not item.spans:
        return
    first = item.spans[0] if item.spans else None
    days = (first.first, first.last) if first else (brief.as_of, brief.as_of)
    missing = sum(not drawn(item, flow) for flow in item.flows)
    unplaced = f"{counted(missing, 'flow')} cannot be drawn: see the table." if missing else ""
    tables = [_origins(item, marks), _largest(item, marks), _spans(item)]
    yield Panel(
        id="displacement-flows",
        title="From where to where",
        finding=_flows_finding(item),
        picture=draw_flows(item, days) if item.flows else None,
        tables=[table for table in tables if table.rows],
        note=f"Drawn are the {len(item.flows)} largest flows from {say_day(days[0])} to "
        f"{say_day(days[1])}, from middle to middle, not by road. The middles of single flows do "
        f"not add up to the middle of all. {THREAT} {unplaced}"
        if item.flows
        else THREAT,
    )


def _flows_finding(item: DisplacementItem) -> str:
    names = place_names(item)
    parts = []
    if item.spans:
        first = item.spans[0]
        parts.append(
            f"From {say_day(first.first)} to {say_day(first.last)}, {amount(first.people)} people "
            "leave."
        )
    if item.origins:
        told = [
            f"{place_name(each.place)} ({per_cent(each.share.median)} %)"
            for each in item.origins[:FOREMOST]
        ]
        parts.append(f"Most set out from {joined(told)}.")
    if item.flows:
        largest = item.flows[0]
        parts.append(
            f"The largest flow: {names.get(largest.origin, largest.origin)} → "
            f"{names.get(largest.destination, largest.destination)}."
        )
    return " ".join(parts)


def _origins(item: DisplacementItem, marks: Marks) -> Table:
    return Table(
        caption="Sub-districts that people leave, most first; told in: who is said to hold them",
        columns=("from", "threat", "lived there", "share of all who leave", "told in"),
        rows=[
            Row(
                (
                    Cell(place_name(each.place)),
                    Cell(f"{each.threat:.2f}", number=True),
                    Cell(number(each.people) if each.people else "unknown", number=True),
                    Cell(share(each.share), number=True),
                    marks.claims_cell(each.claims),
                ),
                id=anchor("leave", each.place.id),
            )
            for each in item.origins
        ],
    )


def _largest(item: DisplacementItem, marks: Marks) -> Table:
    names = place_names(item)
    claims = {each.place.id: each.claims for each in item.origins}
    return Table(
        caption="The largest flows, over three days",
        columns=("from", "to", "people", "share of all who leave", "told in"),
        rows=[
            Row(
                (
                    Cell(names.get(flow.origin, flow.origin)),
                    Cell(names.get(flow.destination, flow.destination)),
                    Cell(amount(flow.people), number=True),
                    Cell(share(flow.share), number=True),
                    marks.claims_cell(claims.get(flow.origin, [])),
                ),
                id=flow_anchor(flow),
            )
            for flow in item.flows
        ],
    )


def _spans(item: DisplacementItem) -> Table:
    return Table(
        caption="All who leave, every three days",
        columns=("from", "to", "people"),
        rows=[
            Row(
                (
                    Cell(say_day(span.first)),
                    Cell(say_day(span.last)),
                    Cell(amount(span.people), number=True),
                )
            )
            for span in item.spans
        ],
    )


# ------------------------------------------------------------------------------------------ made


def _made(item: DisplacementItem) -> list[Panel]:
    about = f"Configuration {item.config}, seed {item.seed}."
    return [
        Panel(
            id="displacement-method",
            title="How it was made, and what to bear in mind",
            note="\n\n".join([*item.notes, about]),
            folded=True,
        )
    ]
