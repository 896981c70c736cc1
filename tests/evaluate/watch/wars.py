"""A made-up world: some countries at peace, some at war, months with and without deaths."""

import numpy as np

from foreshock.core.months import month_after
from foreshock.core.panel import Panel, month_of
from foreshock.evaluate.watch.study import Study, run
from foreshock.evaluate.watch.windows import challenge_windows

FIRST = month_of(601)  # January 2030
YEARS = (2032, 2033)


def world(units: int = 24, months: int = 48, seed: int = 3) -> np.ndarray:
    """Make deaths: a third of the countries quiet, the others at levels from few to thousands."""
    random = np.random.default_rng(seed)
    level = np.where(np.arange(units) < units // 3, 0.0, 10 ** random.uniform(0, 3.3, units))
    drift = np.exp(0.3 * random.standard_normal((units, months)).cumsum(axis=1))
    return random.poisson(level[:, None] * drift * random.gamma(0.7, 1 / 0.7, (units, months)))


def panel(values, keys: tuple[str, ...] = (), vintage: str = "made up") -> Panel:
    values = np.asarray(values, float)
    keys = keys or tuple(str(number) for number in range(1, len(values) + 1))
    return Panel(
        variable="deaths",
        about="state-based violence",
        unit="country",
        period="month",
        keys=keys,
        names=tuple(f"Country {key}" for key in keys),
        starts=tuple(month_after(FIRST, number) for number in range(values.shape[1])),
        values=values,
        vintage=vintage,
    )


def study(methods, values=None, truth=None, years=YEARS, **more) -> Study:
    values = world() if values is None else values
    inputs = values if isinstance(values, Panel) else panel(values)
    came = inputs if truth is None else truth if isinstance(truth, Panel) else panel(truth)
    return run(inputs, came, challenge_windows(years), methods, **more)
