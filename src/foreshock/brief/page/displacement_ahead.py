"""Displacement ahead: how many more may flee, from which sub-districts and to which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from foreshock.brief.displacement import (
    AmountItem,
    DisplacementItem,
    ReachedItem,
    RunningTotalItem,
    TotalCountItem,
)
from foreshock.brief.displacement_words import (
    LEAD_TIME,
    NINE_IN_TEN,
    SHARE,
    SIMPLE_SHARES,
    THREAT,
    UNKNOWN,
    amount,
    came,
    finding,
    issued,
    lead_time,
    left_out,
    people,
    per_cent,
    place_name,
    place_names,
    share,
    simple_share,
    thresholds,
    where_to,
)
from foreshock.brief.document import Brief
from foreshock.brief.forecast_words import methods_in_words, percent
from foreshock.brief.page.anchors import anchor
from foreshock.brief.page.flows_picture import draw_flows, drawn, flow_anchor, reach_anchor
from foreshock.brief.page.marks import Marks
from foreshock.brief.page.running_total_picture import Rival, draw_total, shown_fan
from foreshock.brief.page.shares_picture import draw_shares, pictured
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.words import counted, joined
from foreshock.core.answers_displaced import DISPLACED
from foreshock.core.quantities import number
from foreshock.core.time import say_day

RARE = 0.01
"""Destinations less likely than this to reach a threshold by any day are not listed for it."""

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
    panels = [_total(brief, marks), *_flows(brief, marks), *_destinations(brief, marks)]
    return View(
        id=ID,
        title=TITLE,
        lead=f"{issued(item)}\n\nHow many more may flee, from where and where to. {NINE_IN_TEN} "
        f"{SHARE} {ROUNDED} {SAFE}{afterwards}",
        panels=[*panels, *_made(item)],
    )


ID, TITLE = "displacement", "How many may yet flee, and where to"


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
        id="displacement-total",
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
    names = list(dict.fromkeys(name for total in item.totals for name in total.baselines))
    seen = any(total.came for total in item.totals)
    return Table(
        id="displacement-totals",
        caption="The running total ahead, with simple methods beside it",
        columns=("by", "days", "nine futures in ten", *names, *(("seen afterwards",) * seen)),
        open=True,
        rows=[
            Row(
                (
                    Cell(say_day(total.last)),
                    Cell(f"{total.days}", number=True),
                    Cell(amount(total), number=True),
                    *(_amount_cell(total.baselines.get(name)) for name in names),
                    *((Cell(_came(total)),) * seen),
                )
            )
            for total in item.totals
        ],
    )


def _amount_cell(told: AmountItem | None) -> Cell:
    return Cell(amount(told) if told else UNKNOWN, number=True)


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
                    _claims_cell(each.claims, marks),
                )
            )
            for each in reversed(counts)
        ],
    )


def _claims_cell(claims: Sequence[str], marks: Marks, otherwise: str = UNKNOWN) -> Cell:
    """Lead to the first claim, and say how many others there are."""
    if not claims:
        return Cell(otherwise)
    first = marks.claim_cell(claims[0])
    more = f" and {len(claims) - 1} more" if len(claims) > 1 else ""
    return Cell(f"{first.text}{more}", first.href)


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
        note=f"Drawn are the largest flows, from {say_day(days[0])} to {say_day(days[1])}; where "
        f"they end says nothing of roads. {THREAT} {unplaced}"
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
            for each in item.origins[:3]
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
                    _claims_cell(each.claims, marks),
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
                    _claims_cell(claims.get(flow.origin, []), marks),
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


# ---------------------------------------------------------------------------------- destinations


def _destinations(brief: Brief, marks: Marks) -> Iterator[Panel]:
    item = brief.displacement
    if not item.destinations:
        return
    hidden = len(item.destinations) - len(pictured(item))
    names = list(dict.fromkeys(name for each in item.destinations for name in each.simple))
    suppose = "; ".join(
        f"{name} ({SIMPLE_SHARES[name]})" if name in SIMPLE_SHARES else name for name in names
    )
    notes = [
        f"{hidden} more stand in the table." if hidden else "",
        f"Simple methods: {suppose}." if names else "",
        LEAD_TIME if thresholds(item) else "",
    ]
    yield Panel(
        id="displacement-destinations",
        title="Where to",
        finding=_where_to(item),
        picture=draw_shares(item),
        tables=[_shares(item, names, marks), *_chances(item, brief.as_of), _left_out(item)],
        note=" ".join(filter(None, notes)),
    )


def _where_to(item: DisplacementItem) -> str:
    told = joined(where_to(item, 3))
    lowest = next(iter(thresholds(item)), "")
    beside = (
        f"; beside each share, how likely {number(float(lowest))} arrivals or more are in "
        f"{counted(item.by[-1], 'day')}"
        if lowest and item.by
        else ""
    )
    return f"Most of those who leave go to {told}{beside}."


def _shares(item: DisplacementItem, names: Sequence[str], marks: Marks) -> Table:
    seen = any(each.came is not None for each in item.destinations)
    return Table(
        caption="Destinations: shares of all who leave, and arrivals",
        columns=(
            *("to", "share", *names, f"arrivals in {counted(item.horizon, 'day')}"),
            *(("counted afterwards",) * seen),
        ),
        open=True,
        rows=[
            Row(
                (
                    Cell(place_name(each.place)),
                    Cell(share(each.share), number=True),
                    *(Cell(simple_share(each.simple.get(name)), number=True) for name in names),
                    Cell(amount(each.arrivals), number=True),
                    *((_came_cell(each, marks),) * seen),
                ),
                id=reach_anchor(each.place.id),
            )
            for each in item.destinations
        ],
    )


def _came_cell(each: ReachedItem, marks: Marks) -> Cell:
    if each.came is None:
        return Cell(UNKNOWN)
    told = f"{per_cent(each.came)} %"
    return marks.claim_cell(each.came_claims[0], told) if each.came_claims else Cell(told)


def _chances(item: DisplacementItem, as_of: date) -> Iterator[Table]:
    for threshold in thresholds(item):
        shown = [
            each for each in item.destinations if max(each.chances.get(threshold, [0.0])) >= RARE
        ]
        rest = len(item.destinations) - len(shown)
        others = f"; under 1 % in {counted(rest, 'other sub-district')}" if rest else ""
        yield Table(
            caption=f"How likely {number(float(threshold))} arrivals or more are{others}",
            columns=(
                "to",
                *(_by(as_of, days) for days in item.by),
                "lead time",
            ),
            open=True,
            rows=[
                Row(
                    (
                        Cell(place_name(each.place)),
                        *(Cell(percent(chance), number=True) for chance in each.chances[threshold]),
                        Cell(lead_time(each.lead.get(threshold), as_of, item.horizon)),
                    )
                )
                for each in shown
            ],
        )


def _by(as_of: date, days: int) -> str:
    day = as_of + timedelta(days=days)
    return f"{counted(days, 'day')} ({day.day} {day:%b})"


def _left_out(item: DisplacementItem) -> Table:
    return Table(
        caption="Left out: neither origin nor destination",
        columns=("why", "sub-districts"),
        rows=[
            Row((Cell(why), Cell(", ".join(names))))
            for why, names in sorted(left_out(item.left_out).items())
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
