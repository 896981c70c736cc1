"""The belief on the bundled case: what a day knew, and nothing later."""

from datetime import date

import pytest

from foreshock.assess.control.belief import control_belief
from foreshock.assess.control.sides import Role

DAY = date(2020, 2, 5)


@pytest.fixture(scope="module")
def known(idlib):
    """Give the evidence of the day, and its belief."""
    evidence = idlib.store.view(idlib.name, DAY)
    return evidence, control_belief(evidence)


def test_claims_known_later_leave_every_bit(idlib, known):
    later = idlib.store.view(idlib.name, date(2020, 3, 20))
    again = control_belief(later.earlier(DAY))
    assert again.probability.tobytes() == known[1].probability.tobytes()
    assert again.changes == known[1].changes and again.claims == known[1].claims


def test_sides_come_from_the_actors_and_ties(known):
    sides = known[1].sides
    roles = dict(zip(sides.names, sides.roles, strict=True))
    assert roles == {
        "syria": Role.GOVERNMENT, "turkey": Role.FOREIGN, "rebels": Role.GROUP, "sdf": Role.GROUP,
    }  # fmt: skip
    assert dict(zip(sides.names, sides.camp("russia"), strict=True))["syria"]
    assert dict(zip(sides.names, sides.camp("turkey"), strict=True))["rebels"]
    assert not any(sides.camp("un"))


def test_what_was_plain_is_believed_and_what_was_fought_over_is_contested(known):
    control = known[1]
    assert control.holder("saraqib").state == "contested"
    assert control.holder("maarat-al-numan").state == "syria"
    assert control.holder("reyhanli").state == "turkey"
    assert control.holder("idlib").state == "rebels" and "hts" in control.groups["idlib"]
    for place, claims in control.claims.items():
        assert place in control.places
        assert all(known[0].claims[claim].known_at <= DAY for claim in claims)


def test_it_says_that_it_is_mostly_the_prior_and_where_it_is_thin(known):
    control = known[1]
    assert "mostly the prior" in control.confusion.basis("party")
    assert control.thin["aleppo"] == "one origin speaks of it"
