"""The states of cohorts: posts, steps, and room for how many people are in which of them."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import MovementError
from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement.ground import Ground, Limits
from foreshock.forecast.displacement.movement.routes import Lanes, Routes, Ways, Whole
from foreshock.forecast.displacement.movement.stages import Stages

STEPS = 50
"""Steps of a day's journey in which the day's way is kept."""

LATELY = 16
"""Steps of a day's journey in how far people have lately travelled, up to two journeys."""

MOST_STATES = 150_000_000
"""States that are held at most, of 8 bytes each."""


Crowd = NDArray[np.int64]


class Grid(NamedTuple):
    """How states are numbered.

    A post is a site where people are free to choose, or a site halfway on a way, before a leg.

    Attributes
    ----------
    site : ndarray of int, shape (post,)
        Where the post is.
    leg : ndarray of int, shape (post,)
        Leg that is next, or -1 where people are free.
    onward : ndarray of int, shape (leg,)
        Post that people reach by a leg.
    way : ndarray of int, shape (leg,)
    step : float
        Kilometres of a step of the day's way.
    lately : float
        Steps that a day's journey has in how far people have lately travelled; 0 if that does not
        matter.
    """

    site: Whole
    leg: Whole
    onward: Whole
    way: Whole
    step: float
    lately: float


class Crowds(NamedTuple):
    """How many people are in which state.

    Attributes
    ----------
    resting, evening : ndarray of int, shape (post, new, lately)
        At posts in the morning, and those of today's travellers who stay.
    road, night : ndarray of int, shape (stage, new, turned, lately)
        On roads in the morning and in the evening.
    leaving : ndarray of int, shape (leg, new, lately)
        Who sets off this morning.
    today : ndarray of int, shape (step, post, lately)
        Who has arrived today, having come so far, and goes on or not.
    waiting : ndarray of bool, shape (step, post)
        Whether there is anybody.
    expected : ndarray of int, shape (site,)
        Who came yesterday.
    """

    resting: Crowd
    evening: Crowd
    road: Crowd
    night: Crowd
    leaving: Crowd
    today: Crowd
    waiting: NDArray[np.bool_]
    expected: Crowd


class World(NamedTuple):
    """All that the loops hand on."""

    lanes: Lanes
    ways: Ways
    limits: Limits
    stages: Stages
    grid: Grid
    ground: Ground
    crowds: Crowds


def grid(routes: Routes, rules: MovementRules) -> Grid:
    """Give the numbers of posts: all sites, then the places halfway on ways."""
    ways, sites = routes.ways, len(routes.ways.first) - 1
    lengths = np.diff(ways.first_leg)
    way = np.repeat(np.arange(len(lengths)), lengths)
    leg = np.arange(len(ways.legs))
    halfway = leg[leg > ways.first_leg[way]]
    onward = ways.end[way].copy()
    onward[halfway - 1] = sites + np.arange(len(halfway))
    return Grid(
        site=np.concatenate([np.arange(sites), routes.lanes.start[ways.legs[halfway]]]).astype(
            np.int32
        ),
        leg=np.concatenate([np.full(sites, -1), halfway]).astype(np.int32),
        onward=onward.astype(np.int32),
        way=way.astype(np.int32),
        step=rules.max_move_speed / STEPS,
        lately=float(LATELY) if rules.avoid_short_stints else 0.0,
    )


def crowds(made: Grid, stages: Stages, routes: Routes, rules: MovementRules) -> Crowds:
    """Make room for all states, with nobody in any.

    Raises
    ------
    MovementError
        If there are more states than can be held.
    """
    posts, legs, of_road = len(made.site), len(made.onward), len(stages.leg)
    new = 2 if rules.start_on_foot else 1
    lately = 2 * LATELY + 1 if rules.avoid_short_stints else 1
    fastest = max(rules.max_walk_speed, float(routes.lanes.speed.max(initial=0.0)))
    steps = math.ceil(fastest / made.step) + 2
    states = lately * (2 * posts * new + 4 * of_road * new + legs * new + steps * posts)
    if states > MOST_STATES:
        raise MovementError(
            f"cohorts would be in {states:,} states",
            expected=f"at most {MOST_STATES:,}",
            mend="run in mode fixed, or set awareness_level lower",
        )
    return Crowds(
        resting=np.zeros((posts, new, lately), np.int64),
        evening=np.zeros((posts, new, lately), np.int64),
        road=np.zeros((of_road, new, 2, lately), np.int64),
        night=np.zeros((of_road, new, 2, lately), np.int64),
        leaving=np.zeros((legs, new, lately), np.int64),
        today=np.zeros((steps, posts, lately), np.int64),
        waiting=np.zeros((steps, posts), np.bool_),
        expected=np.zeros(len(routes.ways.first) - 1, np.int64),
    )
