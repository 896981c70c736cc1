"""What an outlook of control says to a declared question, or why it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.core.answers import NUMBER, Answer, Refusal, answer_from
from foreshock.core.control import NOBODY, ControlOutlook, Held
from foreshock.core.questions import Question

HOLDS = "holds"
ROAD = "holds-road"
PRESENT = "present"
VARIABLES = frozenset({HOLDS, ROAD, PRESENT})
"""Variables of questions about who is where; the road stands in brackets: ``holds-road[R1]``."""

AT_CLOSE = "at-close"
CHANGES = "changes"
SOME_DAY = frozenset({"", "any"})


def about_control(question: Question) -> bool:
    """Tell whether a question asks who is where."""
    return _variable(question)[0] in VARIABLES


def answer_control(
    question: Question, outlook: ControlOutlook, method: str | None = None
) -> Answer | Refusal:
    """Answer a question about who is where, or say why the outlook cannot.

    An actor *holds* a place if it or a part of it does and nobody contests it; it *holds a road* if
    it holds every place on it; it is *present* where it holds or contests. ``at-close`` asks of the
    last day, ``any`` of at least one day of the window. ``changes`` counts how often the place
    passes from the actor that is named first to another one that is named, or to anybody if no
    other is; a stay in between in which it is contested is part of one passage.

    Days of the window before the as-of are taken as they most likely were.

    Parameters
    ----------
    question : Question
    outlook : ControlOutlook
    method : str, optional
        A simple method of the outlook; its model if not given.

    Examples
    --------
    >>> holder = np.array([[[0], [0]], [[0], [1]]], dtype=np.int8)
    >>> ahead = Held(first=date(2031, 5, 1), holder=holder, rival=np.full_like(holder, NOBODY))
    >>> outlook = ControlOutlook(
    ...     as_of=date(2031, 5, 1), model="demo", config="c", seed=1, places=("ford",),
    ...     sides=("gondal", "ruritania"), known=ahead.until(date(2031, 4, 30)), ahead=ahead,
    ...     parts={"gondal": frozenset({"gondal"})})
    >>> asked = Question(id="Q", text="?", opens=date(2031, 5, 1), closes=date(2031, 5, 2),
    ...                  variable="holds", actors=("gondal",), place="ford", statistic="at-close",
    ...                  comparison="yes")
    >>> answer_control(asked, outlook).probability
    0.5
    """
    refused = _refused(question, outlook)
    if refused:
        return Refusal(question.id, refused)
    places = _places(question, outlook)
    held = outlook.ahead if method is None else outlook.baselines[method]
    values = _values(question, outlook, held, [outlook.places.index(place) for place in places])
    return answer_from(
        question, values, series=places, first=_first(question), last=question.closes,
        notes=_notes(question, outlook, places),
    )  # fmt: skip


def _variable(question: Question) -> tuple[str, str]:
    name, _, bracket = question.variable.partition("[")
    return name.strip(), bracket.rstrip("] ")


def _first(question: Question) -> date:
    return question.closes if question.statistic == AT_CLOSE else question.first_day


def _places(question: Question, outlook: ControlOutlook) -> tuple[str, ...]:
    name, road = _variable(question)
    if name != ROAD:
        return (question.place,)
    inside = outlook.areas.get(question.place)
    return tuple(each for each in outlook.roads[road] if inside is None or each in inside)


def _values(
    question: Question, outlook: ControlOutlook, held: Held, at: Sequence[int]
) -> NDArray[np.float64]:
    """Give each member's value: 1 for a yes, or how often the place changed hands."""
    whole = _window(question, outlook, held, at)
    if question.statistic == CHANGES:
        return _passages(question, outlook, whole.outright()[:, :, 0])
    tell = outlook.present if _variable(question)[0] == PRESENT else outlook.held
    some_day: NDArray[np.bool_] = np.any(np.all(tell(question.actors, whole), axis=2), axis=1)
    return some_day.astype(np.float64)


def _window(question: Question, outlook: ControlOutlook, held: Held, at: Sequence[int]) -> Held:
    """Join the days before the as-of to those ahead, of some places over the window.

    To a passage the day before the window belongs too, as that from which a place passes.
    """
    first = _first(question) - timedelta(days=question.statistic == CHANGES)

    def cut(each: Held) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        inside = each.since(first).until(question.closes)
        return inside.holder[:, :, at], inside.rival[:, :, at]

    past, ahead = cut(outlook.known), cut(held)
    joined = [
        np.concatenate([np.broadcast_to(old, (len(new), *old.shape[1:])), new], axis=1)
        for old, new in zip(past, ahead, strict=True)
    ]
    return Held(first=first, holder=joined[0], rival=joined[1])


def _passages(
    question: Question, outlook: ControlOutlook, holder: NDArray[np.int8]
) -> NDArray[np.float64]:
    """Count by member how often the place passes from the first-named to another that is named."""
    losing = np.append(outlook.of(question.actors[:1]), False)
    others = question.actors[1:]
    gaining = np.append(outlook.of(others) if others else ~losing[:-1], False)
    count = np.zeros(len(holder))
    theirs = np.zeros(len(holder), dtype=np.bool_)
    for day in holder.T:
        count += theirs & gaining[day]
        theirs = np.where(day == NOBODY, theirs, losing[day])
    return count


def _notes(question: Question, outlook: ControlOutlook, places: Sequence[str]) -> tuple[str, ...]:
    reasons = {outlook.thin[each]: None for each in places if each in outlook.thin}
    notes = [
        f"thin: {why} ({', '.join(each for each in places if outlook.thin.get(each) == why)})"
        for why in reasons
    ]
    if _first(question) <= outlook.as_of:
        notes.append("days up to the as-of are taken as they most likely were")
    return (*notes, *outlook.notes)


def _refused(question: Question, outlook: ControlOutlook) -> str:
    name, _ = _variable(question)
    if outlook.as_of >= question.closes:
        return f"its window closed on {question.closes}"
    if outlook.as_of < question.opens:
        return f"it may be asked from {question.opens} on"
    if name not in VARIABLES:
        return f"no model forecasts {question.variable!r}"
    asked = SOME_DAY | {AT_CLOSE} | ({CHANGES} if name == HOLDS else set())
    if question.statistic not in asked:
        return f"no model gives the statistic {question.statistic}"
    if question.comparison not in {"yes", NUMBER} and question.threshold is None:
        return "it names no threshold"
    return _without_actors(question, outlook) or _without_places(question, outlook)


def _without_actors(question: Question, outlook: ControlOutlook) -> str:
    if not question.actors:
        return "it names nobody who may hold it"
    # One who holds nothing yet may come to: only of someone the forecast cannot tell from others
    # can nothing be said.
    unknown = [actor for actor in question.actors if not outlook.parts.get(actor)]
    if unknown:
        return f"nobody is said to hold any place for {', '.join(unknown)}"
    return ""


def _without_places(question: Question, outlook: ControlOutlook) -> str:
    name, road = _variable(question)
    if name == ROAD and road not in outlook.roads:
        return f"the case knows no road {road!r}" if road else "it names no road"
    if name != ROAD and not question.place:
        return "it names no place"
    places = _places(question, outlook)
    if not places:
        return f"no place on {road} lies in {question.place}"
    lacking = [
        f"{place}: {outlook.withheld.get(place, 'nobody says who holds it')}"
        for place in places
        if place not in outlook.places
    ]
    if lacking:
        return "; ".join(lacking)
    if question.closes > outlook.ahead.last:
        return f"the forecast ends on {outlook.ahead.last}, before the window does"
    early = _first(question) - timedelta(days=question.statistic == CHANGES)
    if early < min(outlook.known.first, outlook.ahead.first):
        return f"who held what is not known for {early}, when its window begins"
    return ""
