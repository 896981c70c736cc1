"""From a case's picture to its outlook of control: who may hold which place, day by day."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from foreshock import __version__
from foreshock.assess.control.belief import Control
from foreshock.assess.control.settings import load_settings
from foreshock.assess.picture import Picture
from foreshock.core.answers_control import about_control
from foreshock.core.control import NOBODY, ControlOutlook
from foreshock.core.digest import digest
from foreshock.core.errors import ForecastRefused
from foreshock.core.outlook import Outlook
from foreshock.evidence.view import Evidence
from foreshock.forecast.control.beginning import (
    MONTH,
    fighting_near,
    ground_of,
    known_before,
    rates_of,
    start_of,
)
from foreshock.forecast.control.simple import (
    FORTNIGHT,
    PACE,
    STILL,
    Advance,
    advance,
    at_pace,
    unchanged,
)
from foreshock.forecast.control.simulate import simulate
from foreshock.forecast.control.world import Floats, Ground
from foreshock.forecast.fighting import fighting_ahead

MODEL = "control"

MEMBERS = 1000
"""Most futures: a share of them is sure to a hundredth or two, and places are many."""

LONGEST = 90
"""Days ahead beyond which nobody should be told a number."""


def project(
    picture: Picture,
    *,
    members: int = MEMBERS,
    seed: int = 0,
    horizon: int = 30,
    escalation: Outlook | None = None,
    paths: Floats | None = None,
) -> ControlOutlook:
    """Forecast who holds each place of which anybody said who does.

    Parameters
    ----------
    picture : Picture
    members, seed, horizon : int
        Equally likely futures, of which there are `MEMBERS` at most; seed of their draws; days
        ahead. A declared question about control that closes later stretches the horizon, up to 90
        days.
    escalation : Outlook, optional
        Futures of the fighting, which move those of control member by member; without them the last
        month's fighting goes on.
    paths : ndarray, optional
        What a what-if supposes (see `simulate.simulate`): it answers no question, and has no simple
        methods beside it.

    Raises
    ------
    ForecastRefused
        If nobody says who holds any place, or all of them are said to be one side's.
    """
    evidence, control, settings = picture.evidence, picture.belief, load_settings()
    _require(control)
    members = min(members, MEMBERS)
    days = _horizon(horizon, evidence) if paths is None else horizon
    last = evidence.as_of + timedelta(days=days)
    ground, rivals = ground_of(control, settings), _rivals(picture)
    start = start_of(control, rivals, settings, members, seed)
    rates = rates_of(control, settings, members, seed)
    fiercer = fighting_ahead(escalation, slice(0, members), evidence.as_of, last)
    fought = fighting_near(control, fiercer, days)
    known = known_before(control, rivals)
    moving = _advance(control, ground)
    return ControlOutlook(
        as_of=evidence.as_of,
        model=MODEL,
        config=digest(
            MODEL,
            __version__,
            settings.plain(),
            MONTH,
            FORTNIGHT,
            escalation.config if escalation else "",
        ),
        seed=seed,
        places=ground.places,
        sides=ground.sides,
        known=known,
        ahead=simulate(ground, start, rates, fought, evidence.as_of, seed, paths),
        baselines={}
        if paths is not None
        else {
            STILL: unchanged(start, days, evidence.as_of),
            PACE: at_pace(ground, start, moving, days, evidence.as_of, seed),
        },
        parts=_parts(ground, evidence),
        roads=_roads(evidence),
        areas=_areas(ground, evidence),
        withheld=dict.fromkeys(control.untold, "nobody says who holds it"),
        thin=control.thin,
        notes=(_basis(control), _pace(moving, ground, evidence)),
    )


def _require(control: Control) -> None:
    if not control.places:
        raise ForecastRefused(
            "nobody says who holds any place",
            mend="add claims of mode holds, contests or seize with a place that is no area",
        )
    if len(control.sides.names) < 2:
        raise ForecastRefused(
            f"all places are said to be held by {control.sides.names[0]}",
            expected="two sides or more",
            mend="add claims on places that others hold",
        )


def _horizon(horizon: int, evidence: Evidence) -> int:
    asked = [
        (question.closes - evidence.as_of).days
        for question in evidence.questions.values()
        if about_control(question)
    ]
    return min(LONGEST, max([horizon, *asked]))


def _rivals(picture: Picture) -> dict[str, tuple[str, ...]]:
    """Name by place the sides that are said to contest it."""
    root = picture.evidence.actors.root
    return {
        held.place: tuple(sorted({root(holder) for holder in held.holders}))
        for held in picture.control
        if held.status == "contested"
    }


def _advance(control: Control, ground: Ground) -> Advance:
    """Tell who advanced over the last fortnight, as far as the belief reaches back.

    Who holds a place now of which nobody knew then has not been seen to take it.
    """
    likeliest = control.probability.argmax(axis=2)
    then, now = likeliest[max(0, len(likeliest) - 1 - FORTNIGHT)], likeliest[-1]
    sides = len(ground.sides)
    then = np.where(then > sides, now, then)
    before, after = (np.where(each < sides, each, NOBODY).astype(np.int8) for each in (then, now))
    return advance(before, after, ground)


def _parts(ground: Ground, evidence: Evidence) -> dict[str, frozenset[str]]:
    """Name by actor the sides that are it or a part of it."""
    named = {*ground.sides, *(up for side in ground.sides for up in evidence.actors.above(side))}
    return {
        actor: frozenset(
            side for side in ground.sides if actor == side or actor in evidence.actors.above(side)
        )
        for actor in sorted(named)
    }


def _roads(evidence: Evidence) -> dict[str, tuple[str, ...]]:
    named: dict[str, set[str]] = {}
    for road in evidence.roads.values():
        if road.road and road.in_graph:
            named.setdefault(road.road, set()).update((road.a, road.b))
    return {road: tuple(sorted(ends)) for road, ends in sorted(named.items())}


def _areas(ground: Ground, evidence: Evidence) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for place in {*ground.places, *(end for ends in _roads(evidence).values() for end in ends)}:
        for area in evidence.places.above(place):
            found.setdefault(area, set()).add(place)
    return {area: frozenset(found[area]) for area in sorted(found)}


def _basis(control: Control) -> str:
    return f"how fast places change hands was {control.hazards.basis}"


def _pace(moving: Advance, ground: Ground, evidence: Evidence) -> str:
    if moving.side == NOBODY:
        return f"nobody took a place by road in the last {FORTNIGHT} days"
    taken = round(moving.pace * FORTNIGHT)
    name = evidence.actors.name(ground.sides[moving.side])
    places = "1 place" if taken == 1 else f"{taken} places"
    return f"in the last {FORTNIGHT} days {name} took {places} by road"
