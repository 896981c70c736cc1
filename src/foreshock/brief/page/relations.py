"""Relations: what each pair is suffering in deeds and in words, and who does what it announced."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from foreshock.brief.document import Brief
from foreshock.brief.page.anchors import anchor
from foreshock.brief.page.intents import intents_panels
from foreshock.brief.page.marks import SIGNS, Marks, actors_data
from foreshock.brief.page.network import edge_anchor, edge_in_words
from foreshock.brief.page.pair_picture import (
    CHANNELS,
    close_day,
    draw_pair,
    first_day,
    is_deadly,
)
from foreshock.brief.page.saying import percent, points, span_in_words
from foreshock.brief.page.theses import theses_panels
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.relations import (
    ActItem,
    ChannelItem,
    DyadItem,
    IssueItem,
    Relations,
    ShareItem,
    WeekItem,
)
from foreshock.brief.words import counted, likelihood
from foreshock.core.time import say_day

OPEN = 2
"""So many pairs stand open; the others are folded."""

WEEKS = 13
"""So many weeks have a row each."""

POOR = 0.05
"""Below this the test says that the predictions do not fit."""

THIN = "insufficient evidence"


def relations_view(brief: Brief) -> View:
    """Show what every pair of actors in focus is suffering.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    View
        What was said of relations and whether it is borne out, a panel for each pair, who carried
        out what it had announced, and triads.
    """
    marks = Marks(brief)
    relations = brief.relations
    pairs = [
        _pair_panel(brief, dyad, marks, folded=index >= OPEN)
        for index, dyad in enumerate(relations.dyads)
    ]
    return View(
        id="relations",
        title="Relations",
        lead=_lead(brief)
        if pairs
        else "No pair of the actors in focus has acts on record by "
        f"{say_day(brief.as_of)}, so there is nothing to measure.",
        panels=[
            *theses_panels(brief, marks),
            *pairs,
            *intents_panels(brief, marks),
            *_triads(relations),
        ],
        notes=[relations.caveat] if relations.caveat else [],
    )


def _lead(brief: Brief) -> str:
    relations = brief.relations
    days = relations.reference_days
    reference = (
        f"The reference is the pair’s own past: its share over the days from {days[0]} to "
        f"{days[1]} days before {say_day(brief.as_of)} (shaded). "
        if len(days) == 2
        else ""
    )
    return (
        "What each pair is suffering. The conflict share is the share of a pair’s acts that is "
        "conflictual, recent acts counting more: 0 % when all are cooperative, 100 % when all are "
        "conflictual. Deeds (solid line) and words (dashed) are kept apart, because threats and "
        "talks often run ahead of what is done, or against it.\n\n"
        "The band is the 90 % interval: given the evidence, the share lies within it nine times "
        "out of ten. The evidence mass says how many fresh acts that memory is worth; where it is "
        f"too thin, or the interval too wide, there is hatching and the words “{THIN}” instead "
        f"of a line, and the dated acts stand for themselves. {reference}"
        "▲ is a conflictual act (large where somebody was killed), ○ a cooperative one; each leads "
        "to its evidence, and a bar across one means that more are behind it. An act’s pull is by "
        "how many points the share would differ without it; its weight is below 1 for accidents "
        "and for acts that no state answers for."
    )


# ------------------------------------------------------------------------------------- one pair


def _pair_panel(brief: Brief, dyad: DyadItem, marks: Marks, folded: bool) -> Panel:
    picture = draw_pair(brief, dyad, marks)
    tables = [
        _now(brief.relations, dyad),
        _recent(brief.relations, dyad, marks),
        _issues(dyad),
        _weeks(brief, dyad),
        _other_acts(dyad, marks, close_day(brief, dyad) if picture is not None else date.min),
    ]
    notes = [_before(brief, dyad), _skill(dyad)] if picture is not None else []
    return Panel(
        id=anchor("pair", f"{dyad.a.id}|{dyad.b.id}"),
        title=f"{dyad.a.name} – {dyad.b.name}",
        finding=dyad.sentence,
        picture=picture,
        tables=[table for table in tables if table.rows],
        note="\n\n".join(note for note in notes if note),
        folded=folded,
    )


def _before(brief: Brief, dyad: DyadItem) -> str:
    first = first_day(brief, dyad)
    number = sum(act.on < first for series in dyad.series for act in series.acts)
    where = "stands under Evidence only" if number == 1 else "stand under Evidence only"
    return f"{counted(number, 'older act')} {where}." if number else ""


def _now(relations: Relations, dyad: DyadItem) -> Table:
    channels = [dyad.deeds, dyad.words]
    before = "in the reference"
    measures = [
        ("conflict share now (90 % interval)", [_share(channel) for channel in channels]),
        ("reference share (90 % interval)", [_share(channel.reference) for channel in channels]),
        (
            "change, in percentage points (90 % interval)",
            [_change(channel) for channel in channels],
        ),
        ("that it is up", [_up(channel) for channel in channels]),
        ("evidence mass, in fresh acts", [f"{channel.mass:.1f}" for channel in channels]),
        ("share with clients’ acts too", [_share(channel.with_clients) for channel in channels]),
        (
            f"conflictual acts, last {relations.window} days",
            [f"{channel.conflictual:,}" for channel in channels],
        ),
        (
            f"cooperative acts, last {relations.window} days",
            [f"{channel.cooperative:,}" for channel in channels],
        ),
        (
            f"deadly acts, last {relations.window} days ({before})",
            [
                f"{channel.deadly:,}"
                + (
                    f" ({channel.deadly_before:.1f} per 30 days)"
                    if channel.deadly_before is not None
                    else ""
                )
                for channel in channels
            ],
        ),
    ]
    return Table(
        caption=f"{dyad.a.name} – {dyad.b.name}: where they stand",
        columns=["", *(CHANNELS[channel.channel] for channel in channels)],
        open=True,
        rows=[Row([Cell(what), *(Cell(text) for text in texts)]) for what, texts in measures],
    )


def _recent(relations: Relations, dyad: DyadItem, marks: Marks) -> Table:
    acts = [(channel, act) for channel in (dyad.deeds, dyad.words) for act in channel.acts]
    acts.sort(key=lambda pair: -abs(pair[1].pull))
    return Table(
        caption=f"Acts of the last {relations.window} days, strongest pull first",
        columns=["day", "act", "in", "sign", "pull, points", "weight", "deaths told", "belief"],
        open=True,
        rows=[_act_row(channel, act, marks) for channel, act in acts],
    )


def _act_row(channel: ChannelItem, act: ActItem, marks: Marks) -> Row:
    by = f" (by or against {act.client}, as a client)" if act.client else ""
    return Row(
        [
            Cell(say_day(act.on)),
            marks.event_cell(act.event, act.headline + by),
            Cell(CHANNELS[channel.channel].lower()),
            Cell(_sign(act.sign)),
            Cell(points(act.pull, 1) if channel.enough else "–", number=True),
            Cell(f"{act.weight:.2g}", number=True),
            Cell("" if act.deaths is None else f"{act.deaths:,.0f}", number=True),
            Cell(percent(act.probability), number=True),
        ],
        data=marks.event_data(act.event),
    )


def _issues(dyad: DyadItem) -> Table:
    channels = (dyad.deeds, dyad.words)
    by_issue: dict[str, dict[str, IssueItem]] = {}
    for channel in channels:
        for item in channel.issues:
            by_issue.setdefault(item.issue, {})[channel.channel] = item
    rows = []
    for issue, found in by_issue.items():
        masses = [f"{found[c.channel].mass:.1f}" if c.channel in found else "" for c in channels]
        shares = [_share(found.get(c.channel)) for c in channels]
        rows.append(
            Row(
                [
                    Cell(issue or "no matter named"),
                    *(
                        cell
                        for share, mass in zip(shares, masses, strict=True)
                        for cell in (Cell(share), Cell(mass, number=True))
                    ),
                ]
            )
        )
    return Table(
        caption="Conflict share by matter (90 % interval)",
        columns=["matter", "deeds", "mass", "words", "mass"],
        rows=rows,
    )


def _weeks(brief: Brief, dyad: DyadItem) -> Table:
    """Write the lines and the bars of the picture, newest first; of old ones every fourth week."""
    by_week: dict[date, dict[str, WeekItem]] = {}
    for series in dyad.series:
        for week in series.weeks:
            by_week.setdefault(min(week.end, brief.as_of), {})[series.channel] = week
    ends = sorted(by_week, reverse=True)
    shown = [*ends[:WEEKS], *ends[WEEKS::4]]
    rows = []
    for end, before in pairwise([*shown, date.min]):
        cells = [Cell(say_day(end))]
        for code in CHANNELS:
            acts = [
                act.sign
                for series in dyad.series
                if series.channel == code
                for act in series.acts
                if before < act.on <= end
            ]
            cells.append(Cell(_share(by_week[end].get(code))))
            cells += [
                Cell(f"{number}" if number else "", number=True)
                for number in (acts.count("conflictual"), acts.count("cooperative"))
            ]
        rows.append(Row(cells))
    return Table(
        caption="Conflict share (90 % interval) and acts since the row below",
        columns=["week to", "deeds", "▲", "○", "words", "▲", "○"],
        rows=rows,
    )


def _other_acts(dyad: DyadItem, marks: Marks, close: date) -> Table:
    """List the other acts that the picture shows as marks: from a day on, and older deadly ones."""
    recent = {act.event for channel in (dyad.deeds, dyad.words) for act in channel.acts}
    acts = [
        (series.channel, act)
        for series in dyad.series
        for act in series.acts
        if act.event not in recent and (act.on >= close or is_deadly(act))
    ]
    acts.sort(key=lambda pair: pair[1].on, reverse=True)
    rows = [
        Row(
            [
                Cell(say_day(act.on)),
                marks.event_cell(act.event, act.headline),
                Cell(CHANNELS.get(channel, channel).lower()),
                Cell(SIGNS.get(act.sign, act.sign)),
            ],
            data=marks.event_data(act.event),
        )
        for channel, act in acts
    ]
    return Table(
        caption="Older acts, newest first"
        + ("" if close == date.min else f"; from before {say_day(close)} only deadly ones"),
        columns=["day", "act", "in", "sign"],
        rows=rows,
    )


def _skill(dyad: DyadItem) -> str:
    said = []
    for channel in (dyad.deeds, dyad.words):
        skill = channel.skill
        if skill is None:
            continue
        verdict = "better" if skill.gained >= 0 else "worse"
        line = (
            f"{CHANNELS[channel.channel].lower()}, over {counted(skill.acts, 'act')}: "
            f"{abs(skill.gained):.1f} nats {verdict} than a constant share"
        )
        if skill.pit is not None:
            fits = "badly" if skill.pit < POOR else "well"
            line += f", calibrated {fits} (p = {skill.pit:.2f})"
        said.append(line)
    if not said:
        return "Too few acts to check how well the share foretells the next act."
    return (
        "How well the share foretells the sign of the next act (in nats, the natural unit of "
        f"log-likelihood): {'; '.join(said)}."
    )


# --------------------------------------------------------------------------------------- triads


def _triads(relations: Relations) -> list[Panel]:
    if not relations.triads:
        return []
    width = max(len(triad.edges) for triad in relations.triads)
    rows = []
    for triad in relations.triads:
        edges = [relations.edges[at] for at in triad.edges if 0 <= at < len(relations.edges)]
        cells = [Cell(edge_in_words(edge), f"#{edge_anchor(edge)}") for edge in edges]
        rows.append(
            Row(
                [Cell(triad.sentence), *cells, *[Cell("")] * (width - len(cells))],
                data=actors_data(triad.actors),
            )
        )
    return [
        Panel(
            id="triads",
            title="Triads that do not fit together",
            note="Three actors whose relations pull against each other: a friend’s enemy, a "
            "shared foe. Listed, not scored: no probability is drawn from them.",
            tables=[
                Table(
                    caption=counted(len(rows), "triad"),
                    columns=["what does not fit", *(f"edge {n + 1}" for n in range(width))],
                    rows=rows,
                )
            ],
        )
    ]


# ---------------------------------------------------------------------------------------- words


def _share(item: ShareItem | None) -> str:
    if item is None:
        return "–"
    return span_in_words(item.share) if item.enough else THIN


def _change(channel: ChannelItem) -> str:
    if channel.excess is None or not channel.enough:
        return "–"
    excess = channel.excess
    return f"{points(excess.mean)} ({points(excess.low)} to {points(excess.high)})"


def _up(channel: ChannelItem) -> str:
    if channel.probability_up is None or not channel.enough:
        return "–"
    return f"{likelihood(channel.probability_up)} ({percent(channel.probability_up)})"


def _sign(sign: str) -> str:
    return f"{SIGNS.get(sign, '')} {sign}".strip()
