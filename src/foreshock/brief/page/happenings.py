"""The acts of the days that the map and the timeline go back, as both need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.brief.document import Brief, EventItem
from foreshock.brief.page.places import spot, standing
from foreshock.brief.page.saying import percent
from foreshock.brief.words import counted, joined, unique
from foreshock.core.time import say_day

WEEK = 7
"""The map shows the acts of so many days at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An act with what a picture of it needs.

    Attributes
    ----------
    event : EventItem
    start, end : datetime.date
        First and last day on which it may have taken place.
    known : datetime.date
        Day on which the first report of it was public.
    deaths : float or None
        The most deaths that anybody tells; None if nobody gives a figure.
    """

    event: EventItem
    start: date
    end: date
    known: date
    deaths: float | None

    @property
    def doers(self) -> list[str]:
        """Ids of the topmost actors that did it."""
        return unique(actor.root or actor.id for actor in self.event.actors)

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of the slider on which the map shows it."""
        return max(self.start, self.known), self.end + timedelta(days=WEEK - 1)

    @property
    def dead(self) -> str:
        """The toll in words."""
        if self.deaths is None:
            return "no toll told"
        return f"up to {self.deaths:,.0f} killed" if self.deaths else "nobody killed"

    @property
    def title(self) -> str:
        """What a mark says when it is pointed at."""
        event = self.event
        parts = [f"{event.when or say_day(self.start)}: {event.headline}"]
        if self.deaths is not None:
            parts.append(self.dead)
        sure = f"{event.belief.words} ({percent(event.belief.probability)})"
        return "; ".join([*parts, sure, counted(event.reports, "report")])

    def data(self) -> dict[str, str]:
        """Give the ``data-`` attributes by which the page filters, without ``data-``."""
        event = self.event
        found = {
            "day": self.start.isoformat(),
            "end": self.end.isoformat() if self.end > self.start else "",
            "known": self.known.isoformat(),
            "actors": " ".join(
                unique(actor.root or actor.id for actor in (*event.actors, *event.recipients))
            ),
            "sign": event.sign,
        }
        where = spot(event.place)
        if where:
            found |= {"lon": f"{where[0]:g}", "lat": f"{where[1]:g}"}
        if standing(event.place) == "area":
            found["position"] = "middle of an area, not where it happened"
        return {name: value for name, value in found.items() if value or name == "actors"}


def happenings(brief: Brief) -> list[Happening]:
    """List the acts of the window that the map and the timeline show, oldest first.

    Acts without a day are left out: neither has a place for them.
    """
    first = brief.as_of - timedelta(days=brief.window)
    found = [
        _happening(brief, event, event.start, max(event.start, event.end or event.start))
        for event in brief.events
        if event.start
    ]
    return sorted(
        (one for one in found if one.start <= brief.as_of and one.end >= first),
        key=lambda one: (one.start, one.end, one.event.id),
    )


def _happening(brief: Brief, event: EventItem, start: date, end: date) -> Happening:
    days = [brief.claims[claim].known_at for claim in event.claims if claim in brief.claims]
    return Happening(
        event=event,
        start=start,
        end=end,
        known=min((day for day in days if day), default=start),
        deaths=most_deaths(event),
    )


def most_deaths(event: EventItem) -> float | None:
    """Give the most deaths that anybody tells of an act in one figure; None if nobody tells any."""
    told = [
        number
        for tally in event.figures
        if tally.what == "killed"
        for version in tally.versions
        for telling in version.tellings
        for number in (telling.high if telling.high is not None else telling.low,)
        if number is not None
    ]
    return max(told, default=None)


def names_of(brief: Brief) -> dict[str, str]:
    """Name the topmost actors, by id.

    A topmost actor that appears only through its parts goes by its id, made readable.
    """
    names: dict[str, str] = {}
    actors = [
        *(actor for event in brief.events for actor in (*event.actors, *event.recipients)),
        *(actor for holding in brief.control for actor in holding.holders),
        *(actor for step in brief.control_history for actor in step.holders),
    ]
    for actor in actors:
        if actor.id == (actor.root or actor.id):
            names[actor.id] = actor.name
    for actor in actors:
        root = actor.root or actor.id
        names.setdefault(root, root.replace("-", " ").capitalize())
    return names


def toll_in_words(happening: Happening) -> str:
    """Write every figure of the dead with who tells it, for a table.

    One figure per speaker: the one that stands.
    """
    told = [
        f"{version.tellings[-1].text} ({version.origin})"
        for tally in happening.event.figures
        if tally.what == "killed"
        for version in tally.versions
        if version.tellings
    ]
    return joined(told, "and") or "–"
