"""How acts follow acts, handed on: the same recursion as the kernel's, and only what fits."""

import numpy as np
import pytest
from tests.scenario.interventions.worlds import model

from foreshock.core.errors import EnsembleError
from foreshock.core.following import Following


def test_pasts_fade_and_acts_enter_them():
    war = model(3)
    acts = np.array([[5, 0]] * 3)
    later = war.after(war.past, acts)
    # Edges lead from the first pair, the second, the first and the second.
    assert later[0].tolist() == pytest.approx([0.7 * 5 + 0.3 * 2, 0.3, 0.4 * 5 + 0.6 * 2, 0.6])
    quiet = war.past
    for _ in range(400):
        quiet = war.after(quiet, np.zeros((3, 2), np.int64))
    assert war.rate(quiet) == pytest.approx(war.level)


def test_rates_rise_with_every_act():
    war = model(2)
    none, one = (war.rate(war.after(war.past, np.full((2, 2), n))) for n in (0, 1))
    assert (one > none).all()


def test_parts_of_other_shapes_are_refused():
    war = model(2)
    parts = {name: getattr(war, name) for name in Following.__dataclass_fields__}
    for name in ("level", "weight", "past", "dispersion", "target"):
        with pytest.raises(EnsembleError, match="do not fit"):
            Following(**{**parts, name: parts[name][..., :1]})
