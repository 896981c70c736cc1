"""The map: who is said to hold what, and what happened where.

How the map and ``page.js`` agree. Everything that any day of the window shows is drawn; what the
as-of day does not show has the class ``away``, and the script only moves that class:

- ``.place`` holds one ``.state`` per change, with ``data-from``: of these the last one that is not
  later than the day is shown. ``data-holds`` says the same in words.
- ``.mark[data-day]`` is an act: shown where it was known by the day and where some day of it is one
  of the seven days to the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from foreshock.brief.document import Brief
from foreshock.brief.items import PlaceItem
from foreshock.brief.page.anchors import claim_anchor, event_anchor
from foreshock.brief.page.borders import credit
from foreshock.brief.page.extent import extent
from foreshock.brief.page.happenings import WEEK, Happening, happenings, toll_in_words
from foreshock.brief.page.map_acts import placed_in_words, whereabouts
from foreshock.brief.page.map_picture import draw_map
from foreshock.brief.page.places import SHELTERS
from foreshock.brief.page.projection import Projection, fitted
from foreshock.brief.page.saying import percent
from foreshock.brief.page.scales import WIDTH
from foreshock.brief.page.sites import UNKNOWN, State, known_places, sites, states_by_place
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.words import counted, joined, unique
from foreshock.core.time import say_day

HEIGHTS = (400.0, 640.0)
"""Least and greatest height of the map."""


def map_view(brief: Brief) -> View:
    """Show on a map who is said to hold what, and what happened where.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    View
        The map with its two tables: the acts of the window, and the places.
    """
    acts = happenings(brief)
    spots = extent(brief, acts)
    flat = fitted(spots, WIDTH, HEIGHTS)
    places = sites(brief, acts, flat)
    found = whereabouts(acts, flat)
    tables = [_acts_table(brief, acts, flat), _places_table(brief, acts)]
    shown = [act for act in acts if act.days[0] <= brief.as_of <= act.days[1]]
    return View(
        id="map",
        title="Map",
        lead=f"Who is said to hold each place, and what happened in the {WEEK} days to the chosen "
        f"day; with no day chosen, to {say_day(brief.as_of)}. Every sign leads to who says so. "
        "Most deaths that anybody tells make a sign large; a doubtful report makes it faint.",
        panels=[
            Panel(
                id="map-where",
                title="Who is said to hold what, and what happened where",
                finding=_finding(brief, shown, flat) if spots else "",
                picture=draw_map(brief, acts, places, found, flat) if spots else None,
                tables=[table for table in tables if table.rows],
                note=_note(brief, flat) if spots else NO_MAP,
            )
        ],
    )


NO_MAP = "No place whose position is known is named here, so there is no map."


def _finding(brief: Brief, shown: Sequence[Happening], flat: Projection) -> str:
    contested = sorted(h.place.name for h in brief.control if h.status == "contested")
    if not brief.control:
        first = "Nobody says who holds any place."
    elif contested:
        first = f"Said to be contested: {joined(contested)}."
    else:
        first = "No place is said to be contested."
    if not shown:
        return f"{first} No act of the {WEEK} days to {say_day(brief.as_of)} is on record."
    placed = sum(placed_in_words(act, flat) == "yes" for act in shown)
    rest = f"; {len(shown) - placed} cannot, and stand under it" if len(shown) > placed else ""
    return (
        f"{first} Of {counted(len(shown), 'act')} in the {WEEK} days to {say_day(brief.as_of)}, "
        f"{placed} can be placed on the map{rest}."
    )


def _note(brief: Brief, flat: Projection) -> str:
    sheltered = sum(place.kind in SHELTERS for place in known_places(brief).values())
    parts = [
        "A word on who holds a place counts from the day on which it was public. The pale discs "
        "only help the eye. Roads join places straight.",
        "The front is no border that anybody drew: it runs where belief in "
        f"{brief.believed.front.side.name} passes one half between the places of which somebody "
        f"spoke, and is that of {say_day(brief.as_of)} whichever day is chosen."
        if brief.believed.front
        else "Nobody said where a line runs.",
        f"{counted(sheltered, 'site')} of displaced people: never located here, lest the page "
        "help to find them."
        if sheltered
        else "",
        f"Borders: {credit()} Widths hold in the middle of the map.",
    ]
    return "\n\n".join(part for part in parts if part)


def _acts_table(brief: Brief, acts: Sequence[Happening], flat: Projection) -> Table:
    return Table(
        caption=f"Acts of the {brief.window} days to {say_day(brief.as_of)}, and where",
        columns=("Day", "Act", "Where", "On the map", "Killed", "Likelihood", "Reports"),
        rows=[
            Row(
                cells=(
                    Cell(act.event.when or say_day(act.start)),
                    Cell(act.event.headline, f"#{event_anchor(act.event.id)}"),
                    Cell(act.event.place.name if act.event.place else "–"),
                    Cell(placed_in_words(act, flat)),
                    Cell(toll_in_words(act)),
                    Cell(
                        f"{act.event.belief.words} ({percent(act.event.belief.probability)})",
                    ),
                    Cell(f"{act.event.reports}", number=True),
                ),
                data=act.data(),
            )
            for act in reversed(acts)
        ],
    )


def _places_table(brief: Brief, acts: Sequence[Happening]) -> Table:
    """List every place of the map with all that was said of it in the window, and the others."""
    states = states_by_place(brief)
    places = known_places(brief)
    counts = Counter(act.event.place.id for act in acts if act.event.place)
    ends = {end.id for road in brief.roads for end in (road.a, road.b)}
    named = sorted(
        ({*states, *counts, *ends} & set(places)), key=lambda key: (places[key].name, key)
    )
    first = State(day=brief.as_of, status=UNKNOWN)
    return Table(
        caption="Places, and who is said to hold them",
        columns=("Place", "Kind", "Now", "Earlier in the window", "Acts"),
        rows=[
            _place_row(places[key], states.get(key, (first,)), counts[key], brief) for key in named
        ],
    )


def _place_row(place: PlaceItem, states: Sequence[State], acts: int, brief: Brief) -> Row:
    now = states[-1]
    earlier = [f"{say_day(state.day)}: {state.brief}" for state in states[:-1]]
    href = f"#{claim_anchor(now.claim)}" if now.claim in brief.claims else ""
    return Row(
        cells=(
            Cell(place.name, href),
            Cell(place.kind),
            Cell(now.said()),
            Cell("; ".join(earlier) or "the same"),
            Cell(f"{acts}", number=True),
        ),
        data={"actors": " ".join(unique(root for state in states for root in state.roots))},
    )
