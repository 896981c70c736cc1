"""The places of the map, and who is said to hold each of them from which day on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from foreshock.brief.document import Brief, ControlStepItem
from foreshock.brief.items import ActorItem, PlaceItem
from foreshock.brief.page.anchors import claim_anchor
from foreshock.brief.page.happenings import Happening
from foreshock.brief.page.palette import actor_class
from foreshock.brief.page.places import spot, standing
from foreshock.brief.page.projection import Projection
from foreshock.brief.page.svg import node
from foreshock.brief.page.symbols import holder_sign
from foreshock.brief.words import joined, unique
from foreshock.core.time import say_day

OLD = timedelta(days=30)
"""A word on a place that is older than this is drawn pale."""

EDGE = 6.0
"""Nearer to the edge of the map nothing is drawn."""

TINT = 15.0
"""Radius of the pale disc under a place, which only helps the eye."""

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Who is said to hold a place from a day on.

    Attributes
    ----------
    day : datetime.date
        The day from which on the public could know it.
    status : {'held', 'contested', 'unknown'}
        The last: nobody said.
    holders : tuple of ActorItem
    speakers : tuple of str
        Who says so.
    word : datetime.date or None
        The newest day that anybody speaks of.
    claim : str
        The claim that leads; empty if nobody said.
    """

    day: date
    status: str
    holders: tuple[ActorItem, ...] = ()
    speakers: tuple[str, ...] = ()
    word: date | None = None
    claim: str = ""

    @property
    def roots(self) -> list[str]:
        """Ids of the holders' topmost actors."""
        return unique(holder.root or holder.id for holder in self.holders)

    @property
    def brief(self) -> str:
        """Say who is said to hold it."""
        names = joined([holder.name for holder in self.holders])
        if self.status == UNKNOWN:
            return "nobody said who holds it"
        return f"contested between {names}" if self.status == "contested" else f"held by {names}"

    def said(self) -> str:
        """Say who is said to hold it, by whom and when."""
        if self.status == UNKNOWN:
            return self.brief
        word = f", newest word of {say_day(self.word)}" if self.word else ""
        return f"{self.brief}, according to {joined(self.speakers[:3]) or 'nobody named'}{word}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place on the map.

    Attributes
    ----------
    place : PlaceItem
    x, y : float
        Where it stands in the picture.
    states : tuple of State
        Oldest first; never empty.
    rank : float
        How much its name matters.
    """

    place: PlaceItem
    x: float
    y: float
    states: tuple[State, ...]
    rank: float

    @property
    def now(self) -> State:
        """The state of the as-of day."""
        return self.states[-1]

    @property
    def ever_contested(self) -> bool:
        """Whether it is contested on any day of the window."""
        return any(state.status == "contested" for state in self.states)


def states_by_place(brief: Brief) -> dict[str, tuple[State, ...]]:
    """List who was said to hold each place of which anybody said anything, oldest first.

    Every list starts on the first day of the window, if need be with `UNKNOWN`.
    """
    first = brief.as_of - timedelta(days=brief.window)
    steps: dict[str, list[State]] = defaultdict(list)
    for step in sorted(brief.control_history, key=lambda step: (step.place, step.day)):
        steps[step.place].append(_state(brief, step))
    for holding in brief.control:
        told = steps[holding.place.id]
        now = State(
            day=brief.as_of,
            status=holding.status,
            holders=tuple(holding.holders),
            speakers=tuple(unique(say.speaker for say in holding.says)),
            word=holding.on,
            claim=holding.claims[0] if holding.claims else "",
        )
        if told and (told[-1].status, told[-1].holders) == (now.status, now.holders):
            told[-1] = State(
                day=told[-1].day,
                status=now.status,
                holders=now.holders,
                speakers=now.speakers,
                word=now.word,
                claim=now.claim,
            )
        else:
            told.append(now)
    standing_now = {holding.place.id for holding in brief.control}
    for place, told in steps.items():
        if place not in standing_now and told[-1].status != UNKNOWN:
            # The words on it were taken back; since when, nobody can say from here.
            told.append(State(day=brief.as_of, status=UNKNOWN))
        if told[0].day > first:
            told.insert(0, State(day=first, status=UNKNOWN))
    return {place: tuple(told) for place, told in sorted(steps.items())}


def sites(brief: Brief, happened: Sequence[Happening], flat: Projection) -> list[Site]:
    """List the places that stand on the map: held, on a road, or with an act in the window."""
    states = states_by_place(brief)
    places = known_places(brief)
    acts = Counter(happening.event.place.id for happening in happened if happening.event.place)
    ends = Counter(end.id for road in brief.roads for end in (road.a, road.b))
    nothing = (State(day=brief.as_of - timedelta(days=brief.window), status=UNKNOWN),)
    found = []
    for key in sorted({*states, *acts, *ends}):
        place = places.get(key)
        where = spot(place)
        if place is None or where is None or standing(place) != "point":
            continue
        if flat.shows(*where, margin=EDGE):
            x, y = (round(value, 1) for value in flat(*where))
            history = states.get(key, nothing)
            rank = (
                (4.0 if history[-1].status == "contested" else 0.0)
                + min(acts[key], 6)
                + {"city": 2.0, "town": 1.0}.get(place.kind, 0.0)
                + ends[key] / 4
                + (0.0 if history[-1].status == UNKNOWN else 0.5)
            )
            found.append(Site(place=place, x=x, y=y, states=history, rank=rank))
    return found


def known_places(brief: Brief) -> dict[str, PlaceItem]:
    """Give every place that the brief names, by id."""
    found = {claim.place.id: claim.place for claim in brief.claims.values() if claim.place}
    found |= {event.place.id: event.place for event in brief.events if event.place}
    found |= {end.id: end for road in brief.roads for end in (road.a, road.b)}
    return found | {holding.place.id: holding.place for holding in brief.control}


def draw_site(brief: Brief, site: Site) -> Element:
    """Draw a place: one sign for each state, of which the page shows that of its day."""
    holds = "|".join(
        f"{state.day.isoformat()} {state.status} {','.join(state.roots)}".rstrip()
        for state in site.states
    )
    return node(
        "g",
        *(_draw_state(brief, site, state) for state in site.states),
        class_="place",
        data_holds=holds,
        data_lon=f"{site.place.lon:g}",
        data_lat=f"{site.place.lat:g}",
        data_name=site.place.name,
    )


def draw_tint(brief: Brief, site: Site) -> Element:
    """Draw the pale disc that lies under a place while one side is said to hold it."""
    return node("g", *(_draw_disc(brief, site, state) for state in site.states), class_="place")


def _draw_disc(brief: Brief, site: Site, state: State) -> Element:
    shown, day = state is site.now, state.day.isoformat()
    if state.status != "held" or not state.roots:
        return node("g", class_=_class("state", shown), data_from=day)
    return node(
        "circle",
        cx=site.x,
        cy=site.y,
        r=TINT,
        fill_opacity=0.15,
        class_=_class(f"state tint {actor_class(brief, state.roots[0])}", shown),
        data_from=day,
    )


def _draw_state(brief: Brief, site: Site, state: State) -> Element:
    classes = [actor_class(brief, root) for root in state.roots]
    old = state.word is not None and brief.as_of - state.word > OLD
    drawn = holder_sign(classes, site.x, site.y, contested=state.status == "contested", old=old)
    leads = state.claim in brief.claims
    return node(
        "a" if leads else "g",
        node("title", f"{site.place.name}: {state.said()}"),
        *drawn,
        href=f"#{claim_anchor(state.claim)}" if leads else None,
        class_=_class("state mark", state is site.now),
        data_from=state.day.isoformat(),
    )


def _class(names: str, shown: bool) -> str:
    return names if shown else f"{names} away"


def _state(brief: Brief, step: ControlStepItem) -> State:
    claims = [brief.claims[claim] for claim in step.claims if claim in brief.claims]
    days = [min(claim.end, brief.as_of) for claim in claims if claim.end]
    return State(
        day=step.day,
        status=step.status if step.holders else UNKNOWN,
        holders=tuple(step.holders),
        speakers=tuple(
            unique(claim.chain[0].name if claim.chain else claim.source for claim in claims)
        ),
        word=max(days, default=None),
        claim=claims[0].id if claims else "",
    )
