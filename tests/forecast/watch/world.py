"""A made-up world of wars that begin, go on and end, long enough to learn from."""

from dataclasses import replace
from datetime import date

import numpy as np

from foreshock.core.months import month_after
from foreshock.core.panel import Panel
from foreshock.core.random import stream
from foreshock.forecast.watch.settings import FROZEN

FIRST = date(2020, 1, 1)
SMALL = replace(FROZEN, trees=8, burn_in=24)
"""The model as it is issued, but quick."""


def deaths(units: int = 20, months: int = 120, seed: int = 1) -> np.ndarray:
    """Quiet countries, small wars and large ones; they begin and end by chance."""
    random = stream(seed, "world")
    at_war = np.zeros((units, months), bool)
    at_war[:, 0] = random.random(units) < 0.4
    for month in range(1, months):
        end, begin = random.random(units) < 0.02, random.random(units) < 0.01
        at_war[:, month] = np.where(at_war[:, month - 1], ~end, begin)
    level = 10 ** random.uniform(0.3, 3, units)[:, None]
    return np.where(at_war, random.negative_binomial(1, 1 / (1 + level), at_war.shape), 0.0)


def panel(values: np.ndarray) -> Panel:
    keys = tuple(str(number + 1) for number in range(len(values)))
    return Panel(
        variable="deaths", about="", unit="country", period="month", keys=keys,
        names=tuple(f"Land {key}" for key in keys),
        starts=tuple(month_after(FIRST, number) for number in range(values.shape[1])),
        values=values, vintage="made up",
    )  # fmt: skip
