"""Study: how often excitation is reported where there is none, and found where there is some.

``python -m benchmarks.escalation_placebo [SERIES]``. Each made-up series is fitted as a brief does
it, with its placebo of 40 replicates.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from tests.forecast.escalation.excitation.made import excited, shifted, tied

from foreshock.core.random import stream
from foreshock.forecast.escalation.excitation.fit import fit
from foreshock.forecast.escalation.excitation.meaning import at_mode, reproduction
from foreshock.forecast.escalation.excitation.model import Edge, Excitation
from foreshock.forecast.escalation.excitation.placebo import placebo

ONE = Excitation(names=("a>b",), edges=(Edge("a>b", "a>b", "self"),))


def gliding(random: np.random.Generator) -> np.ndarray:
    """Poisson counts whose log level glides from month to month; nothing excites."""
    knots = np.cumsum(random.normal(0, 0.6, 27))
    level = np.interp(np.arange(730), 28 * np.arange(27), knots - knots.mean())
    return random.poisson(np.exp(level))[:, None]


def one(weight: float, days: int, **more: float) -> Callable[[np.random.Generator], np.ndarray]:
    """Give what makes a series that excites itself."""
    return lambda random: excited(random, days, weight=np.array([[weight]]), **more)


SERIES = {
    "Poisson, 1 → 8 → 2 a day over a year": shifted,
    "Poisson, level glides, 2 years": gliding,
    "steady, dispersion 0.3, 2 years": one(0.0, 730, fresh=1.0),
    "weight 0.6, 1.5 a day, 1 year": one(0.6, 365, fresh=0.6, dispersion=0.1),
    "weight 0.6, 1.5 a day, 3 years": one(0.6, 1095, fresh=0.6, dispersion=0.1),
    "weight 0.5, decay 0.6, 0.8 a day, 4 years": one(0.5, 1460, decay=0.6, fresh=0.4),
    "weight 0.7, decay 0.7, 0.17 a day, 2 years": one(0.7, 730, decay=0.7, fresh=0.05),
    "branching 0.6 within hours, 2.5 a day, 2 years": lambda random: tied(
        random, 730, branching=0.6, fresh=1.0
    ),
}


def main() -> int:
    """Run the study and print its table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    for what, make in SERIES.items():
        told = []
        for k in range(number):
            counts = make(stream(0, "placebo study", what, k))
            beside = placebo(counts, ONE, seed=k)
            found = fit(counts, ONE, seed=k)
            told.append(reproduction(found.draws, beside, mode=at_mode(found)))
        middle = np.median([(t.low, t.value, t.high, t.placebo[2]) for t in told], axis=0)
        low, value, high, upper = middle
        print(
            f"{what:<48} distinct {sum(t.distinct for t in told):>3} of {number}; medians: "
            f"{value:.2f} [{low:.2f}, {high:.2f}], placebo's 95 % {upper:.2f}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
