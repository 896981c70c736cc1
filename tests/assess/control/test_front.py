"""The front runs where belief passes one half, between what is held and what is not."""

import numpy as np
import pytest
from tests.assess.control.worlds import day, known, says

from foreshock.assess.control.belief import control_belief
from foreshock.assess.control.front import FAR_KM, contour, front


@pytest.fixture
def lines():
    """Draw the front between two places of each side, 20 km apart."""
    words = [
        says(f"p{n:02}", "gondal" if n < 2 else "zenda", on, source)
        for n in range(4)
        for on, source in ((1, "monitor"), (2, "second-monitor"))
    ]
    evidence = known(words, 5)
    return evidence, control_belief(evidence)


def test_the_front_lies_between_the_sides(lines):
    evidence, control = lines
    found = front(control, evidence.places)
    assert found.side == "gondal" and found.day == day(5)
    (middle,) = found.middle
    assert np.abs(middle[:, 0] - 0.27).max() < 0.03  # halfway from 0.18 to 0.36 degrees
    assert np.abs(middle[:, 1]).max() <= FAR_KM / 111 + 0.02
    near, far = np.concatenate(found.near), np.concatenate(found.far)
    assert far[:, 0].mean() < middle[:, 0].mean() < near[:, 0].mean()


def test_seen_from_the_other_side_the_line_is_the_same(lines):
    evidence, control = lines
    ours, theirs = (front(control, evidence.places, side=s) for s in ("gondal", "zenda"))
    gap = ours.middle[0][:, 0].mean() - theirs.middle[0][:, 0].mean()
    assert abs(gap) < 0.01


def test_where_nothing_is_known_there_is_no_front():
    evidence = known([says("p00", "gondal", 1, "monitor")], 5)
    assert front(control_belief(evidence), evidence.places) is None


def test_a_hill_has_a_closed_contour():
    axis = np.linspace(-1, 1, 41)
    hill = 1 - np.hypot(axis[None, :], axis[:, None])
    (ring,) = contour(axis, axis, hill, 0.5)
    assert ring[0].tolist() == ring[-1].tolist()
    np.testing.assert_allclose(np.hypot(*ring.T), 0.5, atol=0.01)
    hill[:, :20] = np.nan
    (half,) = contour(axis, axis, hill, 0.5)
    assert half[0].tolist() != half[-1].tolist()
