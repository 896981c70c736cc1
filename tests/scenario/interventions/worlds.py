"""Small wars whose daily model is known, so that what a what-if should do is known too."""

from datetime import date, timedelta

import numpy as np

from foreshock.core.ensemble import Ensemble
from foreshock.core.following import Following
from foreshock.core.outlook import Outlook
from foreshock.core.random import stream
from foreshock.core.series import DailySeries

BOTH = ("gondal>ruritania", "ruritania>gondal")
AS_OF = date(2031, 5, 1)


def model(members: int) -> Following:
    """Two pairs, each of which acts on itself and answers the other."""

    def each(*values: float) -> np.ndarray:
        return np.tile(np.array(values), (members, 1))

    return Following(
        series=BOTH,
        level=each(0.4, 0.2),
        source=np.array([0, 1, 0, 1]),
        target=np.array([0, 1, 1, 0]),
        weight=each(0.4, 0.3, 0.2, 0.1),
        decay=each(0.3, 0.3, 0.6, 0.6),
        past=each(2.0, 1.0, 2.0, 1.0),
        dispersion=each(0.5, 0.8),
    )


def drawn(members: int, days: int, seed: int, factor: float = 1.0) -> np.ndarray:
    """Draw acts from the daily model itself, its rates multiplied on every day."""
    war, random = model(members), stream(seed, "a war of one's own")
    past, acts = war.past, np.empty((members, days, 2), np.int64)
    size = 1 / war.dispersion
    for day in range(days):
        rate = factor * war.rate(past)
        acts[:, day] = random.poisson(rate * random.gamma(size) / size)
        past = war.after(past, acts[:, day])
    return acts


def outlook(members: int = 400, days: int = 28, seed: int = 7) -> Outlook:
    """Forecast a war as its own daily model has it; each act costs its lives."""
    acts = drawn(members, days, seed)
    random = stream(seed, "the dead")
    dead, peak = np.zeros(acts.shape), np.zeros(acts.shape)
    for number in range(int(acts.max())):
        each = np.where(acts > number, random.geometric(0.3, acts.shape) - 1, 0)
        dead += each
        peak = np.maximum(peak, each)
    first = AS_OF + timedelta(days=1)
    return Outlook(
        as_of=AS_OF,
        model="a war of one's own",
        config="c",
        seed=seed,
        observed=DailySeries(AS_OF, BOTH, [[2, 1]], [[0.0, 0.0]]),
        ensembles={
            "events": Ensemble(acts, first, BOTH, "events"),
            "deaths": Ensemble(dead, first, BOTH, "deaths", peak),
        },
        following=(model(members),),
    )
