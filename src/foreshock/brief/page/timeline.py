"""The timeline: who did what on which day, a lane for each doer, and what falls due when.

How the timeline and ``page.js`` agree: ``.now`` is a line that the script moves between the places
``data-x0`` (first day) and ``data-x1`` (as-of day); marks carry the same ``data-`` attributes as on
the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from foreshock.brief.document import Brief, DeadlineItem
from foreshock.brief.items import ActorItem
from foreshock.brief.page.anchors import claim_anchor, event_anchor
from foreshock.brief.page.happenings import Happening, happenings, toll_in_words
from foreshock.brief.page.saying import percent
from foreshock.brief.page.timeline_picture import draw_timeline
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.words import counted, joined, unique
from foreshock.core.time import say_day


def timeline_view(brief: Brief) -> View:
    """Show who did what on which day, and what falls due when.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    View
        The timeline with two tables: the acts of the window, and the deadlines.
    """
    acts = happenings(brief)
    tables = [_acts_table(brief, acts), _deadlines_table(brief)]
    empty = not acts and not brief.deadlines
    return View(
        id="timeline",
        title="Timeline",
        lead="Acts by who did them: conflictual ones above each line, cooperative ones below it. "
        "Most deaths that anybody tells make a sign large; a doubtful report makes it faint. "
        "Flags are days by which somebody is to do something.",
        panels=[
            Panel(
                id="timeline-acts",
                title=f"The {brief.window} days to {say_day(brief.as_of)}",
                finding=_finding(acts),
                picture=None if empty else draw_timeline(brief, acts),
                tables=[table for table in tables if table.rows],
                note=NOTE if acts else "",
            )
        ],
    )


NOTE = (
    "A joint act stands in the lane of each doer. A broken line reaches over the days on which an "
    "act may have taken place where its day is not known."
)


def _finding(acts: Sequence[Happening]) -> str:
    if not acts:
        return "No act of these days is on record."
    conflictual = sum(act.event.sign == "conflictual" for act in acts)
    deeds = sum(act.event.channel != "word" for act in acts)
    deadly = sum(bool(act.deaths) for act in acts)
    return (
        f"{counted(len(acts), 'act')} on record: {conflictual:,} conflictual, "
        f"{deeds:,} in deeds, {deadly:,} said to have killed."
    )


def _acts_table(brief: Brief, acts: Sequence[Happening]) -> Table:
    return Table(
        caption=f"Acts of the {brief.window} days to {say_day(brief.as_of)}",
        columns=("Day", "Doer", "Act", "To whom", "Where", "Killed", "Likelihood", "Reports"),
        rows=[
            Row(
                cells=(
                    Cell(act.event.when or say_day(act.start)),
                    Cell(_names(act.event.actors, "nobody named")),
                    Cell(_act(act), f"#{event_anchor(act.event.id)}"),
                    Cell(_names(act.event.recipients, "–")),
                    Cell(act.event.place.name if act.event.place else "–"),
                    Cell(toll_in_words(act)),
                    Cell(f"{act.event.belief.words} ({percent(act.event.belief.probability)})"),
                    Cell(f"{act.event.reports}", number=True),
                ),
                data=act.data(),
            )
            for act in reversed(acts)
        ],
    )


def _deadlines_table(brief: Brief) -> Table:
    first = brief.as_of - timedelta(days=brief.window)
    return Table(
        caption="Deadlines of these days and of later ones",
        columns=("Due", "Who", "Demand", "Otherwise", "Status"),
        rows=[_deadline(deadline) for deadline in sorted_deadlines(brief) if deadline.due >= first],
    )


def sorted_deadlines(brief: Brief) -> list[DeadlineItem]:
    """List the deadlines by the day on which they fall due."""
    return sorted(brief.deadlines, key=lambda deadline: (deadline.due, deadline.claims))


def _deadline(deadline: DeadlineItem) -> Row:
    people = (*deadline.actors, *deadline.recipients)
    return Row(
        cells=(
            Cell(say_day(deadline.due)),
            Cell(_names(deadline.actors, "nobody named")),
            Cell(
                deadline.demand,
                f"#{claim_anchor(deadline.claims[0])}" if deadline.claims else "",
            ),
            Cell(deadline.consequence or "–"),
            Cell(deadline.status),
        ),
        data={"actors": " ".join(unique(actor.root or actor.id for actor in people))},
    )


def _act(act: Happening) -> str:
    mode = f" ({act.event.mode.replace('-', ' ')})" if act.event.mode else ""
    return f"{act.event.type_name.lower()}{mode}"


def _names(actors: Sequence[ActorItem], otherwise: str) -> str:
    return joined([actor.name for actor in actors]) or otherwise
