"""Where the futures of control begin: in what is believed at the end of the as-of.

What is not known for certain is drawn: who holds each place, and every fitted rate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.belief import Control
from foreshock.assess.control.settings import Rate, Settings
from foreshock.core.control import NOBODY, Held
from foreshock.core.random import stream
from foreshock.forecast.control.world import LONG_AGO, Floats, Ground, Rates, Start

MONTH = 30
"""Days that tell how much fighting there is near a place, and who contests it."""


def ground_of(control: Control, settings: Settings) -> Ground:
    """Lay out the places of a belief."""
    return Ground(
        places=control.places,
        sides=control.sides.names,
        joined=control.land.beside,
        fresh=settings.fresh,
    )


def start_of(
    control: Control, rivals: Mapping[str, Sequence[str]], settings: Settings, members: int,
    seed: int,
) -> Start:  # fmt: skip
    """Draw who holds each place at the end of the as-of, from what is believed.

    Parameters
    ----------
    control : Control
    rivals : mapping of str to sequence of str
        Sides that are said to contest a place, of those places of which that is said.
    settings : Settings
    members, seed : int
    """
    belief = control.at()
    shares = np.cumsum(belief, axis=1)
    drawn = stream(seed, "control", "start").random((members, len(control.places)))
    # Rounding may leave the last sum a little under 1.
    state = np.minimum((shares[None] <= drawn[:, :, None]).sum(axis=2), len(control.holders) - 1)
    holder, rival = _parties(control, rivals)
    held, against = _told(state, holder[-1], rival[-1], len(control.sides.names))
    ages = _ages(control, settings)
    outright = np.where(against == NOBODY, held, np.int8(NOBODY))
    # Of nobody nothing was taken of late; the row of nobody is the last.
    age = np.concatenate([ages, np.full((len(ages), 1), LONG_AGO, np.int16)], axis=1)
    return Start(holder=held, rival=against, age=age[np.arange(len(ages))[None], outright])


def known_before(control: Control, rivals: Mapping[str, Sequence[str]]) -> Held:
    """Give who most likely held each place on the days before the as-of; one member."""
    state = control.probability.argmax(axis=2)
    holder, rival = _parties(control, rivals)
    held, against = _told(state, holder, rival, len(control.sides.names))
    return Held(first=control.first, holder=held[None, :-1], rival=against[None, :-1])


def rates_of(control: Control, settings: Settings, members: int, seed: int) -> Rates:
    """Draw the rates from what is known of them: Gamma, Beta and Dirichlet distributions."""
    hazards = control.hazards

    def rate(name: str, fitted: Rate) -> Floats:
        draws = stream(seed, "control", "rate", name)
        return draws.gamma(fitted.shape, 1 / fitted.exposure, members)

    early, late = hazards.through_contest
    captures = settings.destination * len(hazards.to) + control.drive.taken.any(axis=0).sum()
    return Rates(
        base=rate("base", hazards.base),
        fighting=rate("fighting", hazards.fighting),
        road=rate("road", hazards.road),
        contest=rate("contest", hazards.contest),
        through=stream(seed, "control", "rate", "through").beta(early, late, members),
        to=stream(seed, "control", "rate", "to").dirichlet(hazards.to * captures, members),
    )


def fighting_near(control: Control, fiercer: Floats | None, days: int) -> Floats:
    r"""Give in what share of weeks there will be fighting near each place, day by day.

    That share over the last month, :math:`s`, goes on; where a future has fighting at :math:`\rho`
    times the last month's rate, it is :math:`1 - (1 - s)^\rho`, as it would be of fights that come
    independently of each other.

    Parameters
    ----------
    control : Control
    fiercer : ndarray, shape (member, day), or None
        Log of that ratio; None if nothing is known of it.
    days : int

    Returns
    -------
    ndarray, shape (member or 1, day, place)
    """
    lately = control.drive.fighting[-MONTH:]
    # One day more than was seen keeps a month full of fighting from being certain for good.
    share = lately.sum(axis=0) / (len(lately) + 1)
    ratio = np.ones((1, days)) if fiercer is None else np.exp(fiercer)
    found: Floats = 1 - (1 - share) ** ratio[:, :, None]
    return found


def _parties(
    control: Control, rivals: Mapping[str, Sequence[str]]
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Give who would hold and who would contest each place if it were contested, (day, place).

    Of those who are said to contest it, else of all sides, the two that it was most likely held by
    over the month up to the day.
    """
    sides = control.sides.names
    so_far = np.cumsum(control.probability[:, :, : len(sides)], axis=0)
    lately = so_far.copy()
    lately[MONTH:] -= so_far[:-MONTH]
    for number, place in enumerate(control.places):
        named = [sides.index(side) for side in rivals.get(place, ()) if side in sides]
        if len(named) > 1:
            others = [side for side in range(len(sides)) if side not in named]
            lately[:, number, others] = -1.0
    order = np.argsort(-lately, axis=2, kind="stable").astype(np.int8)
    return order[:, :, 0], order[:, :, 1]


def _told(
    state: NDArray[np.intp], holder: NDArray[np.int8], rival: NDArray[np.int8], sides: int
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Turn states of the belief (sides, contested, unknown) into holders and rivals."""
    nobody = np.int8(NOBODY)
    held = np.where(state < sides, state, np.where(state == sides, holder, nobody))
    return held.astype(np.int8), np.where(state == sides, rival, nobody).astype(np.int8)


def _ages(control: Control, settings: Settings) -> NDArray[np.int16]:
    """Give how many days ago each side was said to take each place, (place, side)."""
    lately = control.drive.taken[::-1][: settings.fresh] > 0
    run = np.logical_and.accumulate(lately, axis=0).sum(axis=0)
    found: NDArray[np.int16] = np.where(run > 0, run - 1, LONG_AGO).astype(np.int16)
    return found
