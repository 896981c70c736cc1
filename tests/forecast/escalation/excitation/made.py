"""Series made for the tests: with and without excitation, with ties, by hand."""

import numpy as np

from foreshock.forecast.escalation.excitation.model import Design, Edge, Excitation


def excited(
    random: np.random.Generator,
    days: int,
    *,
    weight: np.ndarray,
    decay: float = 0.5,
    fresh: float = 0.5,
    dispersion: float = 0.3,
) -> np.ndarray:
    """Counts of a process with a constant baseline; `weight` has the shape (target, source)."""
    series = len(weight)
    size = 1 / dispersion
    past = np.linalg.solve(np.eye(series) - weight, np.full(series, fresh))
    counts = np.zeros((days, series), dtype=np.int64)
    for t in range(days):
        if t:
            past = (1 - decay) * counts[t - 1] + decay * past
        mean = fresh + weight @ past
        counts[t] = random.poisson(mean * random.gamma(size, 1 / size, series))
    return counts


def shifted(random: np.random.Generator, days: int = 365) -> np.ndarray:
    """Poisson counts: a third of the time 1 a day, a third 8, a third 2; nothing excites."""
    rate = np.repeat([1.0, 8.0, 2.0], [days // 3, days // 3, days - 2 * (days // 3)])
    return random.poisson(rate)[:, None]


def tied(random: np.random.Generator, days: int, *, branching: float, fresh: float) -> np.ndarray:
    """Daily counts of a process in continuous time whose offspring come within hours.

    A cluster's events follow each other by exponential waits of a third of a day, so that many of
    them share their parent's day.
    """
    times = list(random.uniform(-30, days, random.poisson(fresh * (days + 30))))
    parents = times
    while parents:
        parents = [
            birth
            for time in parents
            for birth in time + random.exponential(1 / 3, random.poisson(branching))
            if birth < days
        ]
        times += parents
    return np.histogram(times, np.arange(days + 1))[0][:, None]


def hhh4_example(weeks: int) -> Excitation:
    """Influenza and meningococcal disease, as R's surveillance publishes them: 15 parameters."""
    return Excitation(
        names=("influenza", "meningococcus"),
        edges=(
            Edge("influenza", "influenza", "own influenza"),
            Edge("meningococcus", "meningococcus", "own meningococcus"),
            Edge("influenza", "meningococcus", "from influenza"),
        ),
        baseline=Design.harmonics(weeks, period=52, pairs=(3, 1)),
        decay={"own influenza": 0.0, "own meningococcus": 0.0, "from influenza": 0.0},
    )
