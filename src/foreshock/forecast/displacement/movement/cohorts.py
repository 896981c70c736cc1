"""People many at a time: those in equal state move together, drawn as binomial shares.

People without features of their own are exchangeable: all that counts is how many are in which
state. A state is a site (or a road and the kilometres made on it), whether a person is still on his
first road, whether the road shut before him, and how far he has lately travelled; within a day also
how far he has come since morning. The two distances are kept in steps, everything else is exact.
How many of a state leave, and by which way, is drawn as binomial shares, which together make the
multinomial draw that the same people one by one would make. So the cost hangs on the number of
states and not on that of people.

One thing differs: people one by one see camps fill person by person, in the order in which they
came; here those of one state see the same room, states in the order of how far they have come that
day. While a camp is between the share of its room from which it draws less and full, its people
therefore differ slightly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.compiling import compiled_apart, compiled_whole
from foreshock.forecast.displacement.movement.crowd import Crowd, World
from foreshock.forecast.displacement.movement.draws import binomial
from foreshock.forecast.displacement.movement.ground import change, settle_free, weigh
from foreshock.forecast.displacement.movement.schedule import Changes
from foreshock.forecast.displacement.movement.stages import ARRIVED

MOST_ROUNDS = 10_000
"""Times that people may arrive without having come any further; more means endless."""


MOST_GROUPS = 10
"""Groups in which people travel, at most, on a day on which room changes."""


@compiled_whole
def later(world: World, lately: int, today: float) -> int:
    """Give the step of how far people have lately travelled, after today."""
    steps = world.grid.lately
    if steps == 0.0:
        return 0
    now = (lately / steps + today / world.limits.speed) / 2.0
    most: int = world.crowds.resting.shape[2] - 1
    return min(int(now * steps + 0.5), most)


@compiled_whole
def rest(world: World, post: int, lately: int, today: float, people: int) -> None:
    """Let people stay where they are for today."""
    world.crowds.evening[post, 0, later(world, lately, today)] += people


@compiled_whole
def travel(
    world: World, stage: int, leg: int, made: float, speed: float,
    new: int, turned: int, lately: int, today: float, people: int,
) -> None:  # fmt: skip
    """Let people travel on a leg for a day, to a stage or to its end."""
    if people == 0:
        return
    grid, crowds, ground = world.grid, world.crowds, world.ground
    if stage != ARRIVED:
        crowds.night[stage, new, turned, later(world, lately, today + speed)] += people
        return
    lane = world.ways.legs[leg]
    today += world.lanes.km[lane] - made
    post = world.lanes.start[lane] if turned else grid.onward[leg]
    site = grid.site[post]
    ground.people[site] += people
    crowds.expected[site] += people
    settle_free(ground, world.ways, world.limits, site)
    if turned or today >= speed:
        rest(world, post, lately, today, people)
        return
    # Rounded by chance, each person by himself, so that steps are right on average.
    step = int(today / grid.step)
    further = binomial(ground.state, people, today / grid.step - step)
    if further > 0:
        crowds.today[step + 1, post, lately] += further
        crowds.waiting[step + 1, post] = True
    if further < people:
        crowds.today[step, post, lately] += people - further
        crowds.waiting[step, post] = True


@compiled_whole
def set_off(world: World, leg: int, new: int, lately: int, today: float, people: int) -> None:
    """Let people at the beginning of a leg travel on it for a day."""
    lanes, limits, stages = world.lanes, world.limits, world.stages
    lane = world.ways.legs[leg]
    walking = people
    if not (new and limits.on_foot):
        walking = binomial(world.ground.state, people, lanes.walking[lane])
    for on_foot in (False, True):
        stage = stages.first_walking[leg] if on_foot else stages.first_riding[leg]
        speed = limits.walk_speed if on_foot else lanes.speed[lane]
        number = walking if on_foot else people - walking
        travel(world, stage, leg, 0.0, speed, new, 0, lately, today, number)


@compiled_whole
def admitted(world: World, leg: int, people: int) -> int:
    """Give how many of some people can set off on a leg: all, or nobody."""
    ground, ways = world.ground, world.ways
    lane = ways.legs[leg]
    end = ways.end[world.grid.way[leg]]
    if people == 0 or ground.shut[lane] or (ground.camp[end] and ground.free[end] < 0.5):
        return 0
    ground.people[world.lanes.start[lane]] -= people
    settle_free(ground, ways, world.limits, world.lanes.start[lane])
    return people


@compiled_whole
def spread(
    world: World, post: int, new: int, lately: int, today: float, people: int, morning: bool
) -> int:
    """Let people at a post choose ways and set off; give how many must stay.

    In the morning they are noted, and travel when all have chosen; later they travel at once.
    """
    grid, ways, ground = world.grid, world.ways, world.ground
    site, leg = grid.site[post], grid.leg[post]
    first, last, total, below = 0, 1, 1.0, 0.0
    if leg < 0:
        if ground.stale[site]:
            weigh(ground, ways, world.limits, site)
        first, last = ways.first[site], ways.first[site + 1]
        total = ground.reach[last - 1] if last > first else 0.0
    left = people
    staying = 0
    for way in range(first, last):
        if left == 0 or below >= total:
            break
        chosen = left
        if grid.leg[post] < 0:
            leg = ways.first_leg[way]
            chosen = binomial(ground.state, left, (ground.reach[way] - below) / (total - below))
            below = ground.reach[way]
        left -= chosen
        going = admitted(world, leg, chosen)
        staying += chosen - going
        if going > 0 and morning:
            world.crowds.leaving[leg, new, lately] += going
        elif going > 0:
            set_off(world, leg, new, lately, today, going)
    return staying + left


@compiled_apart
def leave(world: World, limited: bool) -> None:
    """Let people leave in the morning, from sites of limited room or from all others."""
    grid, resting, state = world.grid, world.crowds.resting, world.ground.state
    for post in range(len(grid.site)):
        site = grid.site[post]
        if (world.limits.room[site] >= 1.0) != limited:
            continue
        chance = 1.0 if grid.leg[post] >= 0 else world.ground.chance[site]
        for new in range(resting.shape[1]):
            for lately in range(resting.shape[2]):
                going = binomial(state, resting[post, new, lately], chance)
                if going > 0:
                    resting[post, new, lately] -= going
                    staying = spread(world, post, new, lately, 0.0, going, True)
                    resting[site, new, lately] += staying


@compiled_apart
def groups_today(world: World) -> int:
    """Give in how many groups people travel today: more, the faster room changes somewhere.

    It changes where a site that is not full would pass the share of its room from which it draws
    less, with twice as many as came yesterday or are on their way to it. A group shall fill a tenth
    of what lies between that share and full.
    """
    ground, limits, crowds, grid = world.ground, world.limits, world.crowds, world.grid
    for leg in range(crowds.leaving.shape[0]):
        site = grid.site[grid.onward[leg]]
        for new in range(crowds.leaving.shape[1]):
            for lately in range(crowds.leaving.shape[2]):
                crowds.expected[site] += crowds.leaving[leg, new, lately]
    groups = 1.0
    for site in range(len(ground.people)):
        people, room = ground.people[site], limits.room[site]
        expected = crowds.expected[site]
        crowds.expected[site] = 0
        if room >= 1.0 and people < room and people + 2 * expected > limits.buffer * room:
            groups = max(groups, 10.0 * expected / ((1.0 - limits.buffer) * room + 1.0))
    return int(min(groups + 0.999, float(MOST_GROUPS)))


@compiled_whole
def travel_today(world: World) -> bool:
    """Let everybody on the road travel, and go on, until the evening; False if without end.

    Where room changes, people travel in groups of all states, one after the other, so that they
    find what those before them have left, much as people one by one do.
    """
    groups = groups_today(world)
    for group in range(groups):
        go_on(world, 1.0 / (groups - group))
        for step in range(world.crowds.today.shape[0]):
            rounds = 0
            while arrive(world, step):
                rounds += 1
                if rounds > MOST_ROUNDS:
                    return False
    return True


@compiled_apart
def go_on(world: World, part: float) -> None:
    """Let a part of those on the road in the morning, and of those who have set off, travel."""
    ways, lanes, stages, limits = world.ways, world.lanes, world.stages, world.limits
    road, leaving, state = world.crowds.road, world.crowds.leaving, world.ground.state
    for stage in range(road.shape[0]):
        leg, made = stages.leg[stage], stages.made[stage]
        lane = ways.legs[leg]
        for new in range(road.shape[1]):
            for turned in range(2):
                for lately in range(road.shape[3]):
                    people = binomial(state, road[stage, new, turned, lately], part)
                    if people == 0:
                        continue
                    road[stage, new, turned, lately] -= people
                    walking = people
                    if not (new and limits.on_foot):
                        walking = binomial(state, people, lanes.walking[lane])
                    for on_foot in (False, True):
                        after = stages.walking[stage] if on_foot else stages.riding[stage]
                        speed = limits.walk_speed if on_foot else lanes.speed[lane]
                        number = walking if on_foot else people - walking
                        travel(
                            world, after, leg, made, speed, new, turned, lately, 0.0, number
                        )  # fmt: skip
    for leg in range(leaving.shape[0]):
        for new in range(leaving.shape[1]):
            for lately in range(leaving.shape[2]):
                people = binomial(state, leaving[leg, new, lately], part)
                if people > 0:
                    leaving[leg, new, lately] -= people
                    set_off(world, leg, new, lately, 0.0, people)


@compiled_apart
def arrive(world: World, step: int) -> bool:
    """Let who has come so far today go on or stay; True if there was anybody."""
    grid, limits, ground, crowds = world.grid, world.limits, world.ground, world.crowds
    today = step * grid.step
    anybody = False
    for post in range(len(grid.site)):
        if not crowds.waiting[step, post]:
            continue
        crowds.waiting[step, post] = False
        anybody = True
        site = grid.site[post]
        for lately in range(crowds.today.shape[2]):
            people = crowds.today[step, post, lately]
            if people == 0:
                continue
            crowds.today[step, post, lately] = 0
            going = people
            hurried = False
            if limits.short_stints and ground.town[site]:
                hurried = lately / grid.lately + today / limits.speed < 1.0
            if grid.leg[post] < 0 and not hurried:
                going = binomial(ground.state, people, ground.chance[site])
            staying = spread(world, post, 0, lately, today, going, False) if going else 0
            if people - going + staying > 0:
                rest(world, site, lately, today, people - going + staying)
    return anybody


@compiled_apart
def end(world: World) -> int:
    """Let the day end: give how many are on the road."""
    limits, ground, crowds = world.limits, world.ground, world.crowds
    resting, evening = crowds.resting, crowds.evening
    for post in range(resting.shape[0]):
        for new in range(resting.shape[1]):
            for lately in range(resting.shape[2]):
                people = resting[post, new, lately]
                if people > 0:
                    resting[post, new, lately] = 0
                    evening[post, new, lately // 2] += people
    for post in range(resting.shape[0]):
        site = world.grid.site[post]
        settles = limits.settling[site] if ground.camp[site] else 0.0
        for new in range(resting.shape[1]):
            for lately in range(resting.shape[2]):
                people = evening[post, new, lately]
                if people > 0:
                    evening[post, new, lately] = 0
                    resting[post, new, lately] = people - binomial(ground.state, people, settles)
    travelling = 0
    road, night = crowds.road, crowds.night
    for stage in range(road.shape[0]):
        for new in range(road.shape[1]):
            for turned in range(2):
                for lately in range(road.shape[3]):
                    people = night[stage, new, turned, lately]
                    road[stage, new, turned, lately] = people
                    night[stage, new, turned, lately] = 0
                    travelling += people
    return travelling


@compiled_apart
def turn(world: World) -> None:
    """Turn back who is on a road that shuts today."""
    road = world.crowds.road
    for stage in range(road.shape[0]):
        if world.ground.closing[world.ways.legs[world.stages.leg[stage]]]:
            for new in range(road.shape[1]):
                for lately in range(road.shape[3]):
                    road[stage, new, 1, lately] += road[stage, new, 0, lately]
                    road[stage, new, 0, lately] = 0


@compiled_whole
def flow(
    world: World,
    changes: Changes,
    present: Crowd,
    first_origin: Crowd,
    origin: Crowd,
    number: Crowd,
    counts: NDArray[np.int32],
    under_way: Crowd,
) -> int:
    """Move people from the first day to the last; write how many are where each evening.

    Parameters
    ----------
    world : World
        Its `ground` and `crowds` are changed.
    changes : Changes
    present : ndarray of int, shape (site,)
        People before anybody moves.
    first_origin : ndarray of int, shape (day + 1,)
        Where the origins of a day begin.
    origin, number : ndarray of int
        Sites from which people set out, and how many.
    counts : ndarray of int, shape (day, site)
        Filled in.
    under_way : ndarray of int, shape (day,)
        Filled in: people on the road.

    Returns
    -------
    int
        0; below 0 if on day ``-1 - this`` people would go round for ever.
    """
    ground, crowds = world.ground, world.crowds
    days, sites = counts.shape
    new = crowds.resting.shape[1] - 1
    for site in range(sites):
        crowds.resting[site, new, 0] = present[site]
        ground.people[site] = present[site]
        settle_free(ground, world.ways, world.limits, site)
    for day in range(days):
        for at in range(first_origin[day], first_origin[day + 1]):
            crowds.resting[origin[at], new, 0] += number[at]
            ground.people[origin[at]] += number[at]
            settle_free(ground, world.ways, world.limits, origin[at])
        change(changes, world.ways, world.limits, ground, day)
        if changes.first_lane[day + 1] > changes.first_lane[day]:
            turn(world)
        # Who has long been in a camp comes before who has just set out, as in the order of persons.
        for limited in (True, False):
            leave(world, limited)
        if not travel_today(world):
            return -1 - day
        under_way[day] = end(world)
        for site in range(sites):
            counts[day, site] = ground.people[site]
    return 0
