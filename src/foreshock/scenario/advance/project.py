r"""An advance sheet worked out: is the place lost, and on what does that hang.

An accounting of a sentence, not a model of war. The place is lost where the attacker gets there,
:math:`\text{pace} \times \text{days} \ge \text{distance}`, and help is more likely than not to
fail, :math:`\prod_j (1 - a_j h_j) > ½`, with :math:`a_j` the chance that helper :math:`j` comes and
:math:`h_j` the chance that the place is then held. Helpers come or stay away independently of each
other. Who will hold a place is forecast elsewhere, from what was fought over before
(`forecast.control`); here only the assumptions of a sentence are laid open.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.case.sheets.advance import AdvanceSheet
from foreshock.core.probability import Probability
from foreshock.scenario.results import Advance
from foreshock.scenario.sampling import DRAWS, Input, Points, Values, range_of, robustness

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

LOST = "the attacker gets there, and the odds are against help"


def advance(sheet: AdvanceSheet, seed: int = 0, draws: int = DRAWS) -> Advance:
    """Work out an advance sheet.

    Parameters
    ----------
    sheet : AdvanceSheet
        Without faults.
    seed : int
        The same seed gives the same bits.
    draws : int
        A power of two, at least 2.
    """
    inputs = [Input.of(name, getattr(sheet, name)) for name in ("days", "distance", "pace")]
    for at, row in enumerate(sheet.help):
        inputs.append(Input.of(f"help.{at}.comes", row.comes))
        inputs.append(Input.of(f"help.{at}.holds", row.holds))
    points = Points.draw(inputs, draws, seed, sheet.sheet)
    drawn = points.values()
    return Advance(
        sheet.place,
        sheet.attacker,
        sheet.defender,
        robustness(points, lambda values: reaches(values) & (_saved(sheet, values) < 0.5), LOST),
        Probability(float(reaches(drawn).mean()), draws),
        range_of(needed_pace(drawn["distance"], drawn["days"])),
        range_of(_saved(sheet, drawn)),
    )


def reaches(drawn: Values) -> Truths:
    """Tell where the attacker gets there in time."""
    return np.asarray(drawn["pace"] * drawn["days"] >= drawn["distance"])


def needed_pace(distance: Floats, days: Floats) -> Floats:
    """Give the pace that is needed to get there in time; infinite where there is no time.

    Examples
    --------
    >>> needed_pace(np.array([14.0, 0.0, 1.0]), np.array([7.0, 7.0, 0.0])).tolist()
    [2.0, 0.0, inf]
    """
    never = np.where(distance > 0, np.inf, 0.0)
    return np.divide(distance, days, out=never, where=days > 0)


def _saved(sheet: AdvanceSheet, drawn: Values) -> Floats:
    """Give the chance that one at least comes and the place is then held."""
    fails = np.ones(len(drawn["pace"]))
    for at in range(len(sheet.help)):
        fails *= 1 - drawn[f"help.{at}.comes"] * drawn[f"help.{at}.holds"]
    return 1 - fails
