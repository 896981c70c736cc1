"""Monthly tables as the model of arrivals itself makes them."""

from datetime import date

import numpy as np

from foreshock.core.months import MonthlyCounts, month_after
from foreshock.core.random import stream

PLACES = ("abbotney", "dunholm", "gondal", "glasstown", "zamorna")


def counts(months: int = 40, places: int = 5, seed: int = 7, listed: float = 0.9) -> MonthlyCounts:
    """Make people of some places and months: a level, deviations that fade, a month's own noise."""
    random = stream(seed, "tests", "arrivals")
    level = random.normal(8.0, 1.0, places)
    deviation = np.zeros(places)
    rows = []
    for _ in range(months):
        deviation = 0.7 * deviation + random.normal(0, 0.6, places)
        rows.append(np.expm1(np.maximum(level + deviation + random.normal(0, 0.4, places), 0)))
    people = np.round(np.array(rows))
    people[random.random(people.shape) > listed] = np.nan
    return MonthlyCounts(date(2031, 1, 1), PLACES[:places], people)


def text(made: MonthlyCounts, header: str = "place,year,month,people") -> str:
    """Write the listed cells as a CSV file."""
    lines = [header]
    for row, people in enumerate(made.people):
        month = month_after(made.first, row)
        for place, number in zip(made.places, people, strict=True):
            if number >= 0:
                lines.append(f"{place},{month.year},{month.month},{number:.0f}")
    return "\n".join(lines) + "\n"
