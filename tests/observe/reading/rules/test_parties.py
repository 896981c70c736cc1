"""Who does it to whom: the parties of an act, wherever English puts them."""

import pytest
from tests.observe.reading.rules.makers import read


def pairs(text: str, type: str) -> set[tuple[frozenset[str], frozenset[str]]]:
    return {
        (
            frozenset(party.country for party in record.actors),
            frozenset(party.country for party in record.recipients),
        )
        for record in read(text)
        if record.type == type
    }


def pair(who: str, whom: str) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(who.split()), frozenset(whom.split())


@pytest.mark.parametrize(
    ("text", "type", "who", "whom"),
    [
        ("Rejecting an order from Peru, Chile kept its boulders there.", "REJECT", "CHL", "PER"),
        ("Backed by Peruvian jets, the Chilean army seized the town.", "SUPPORT", "PER", "CHL"),
        ("Accused by Chile of spying, Peru recalled its envoy.", "ACCUSE", "CHL", "PER"),
        (
            "Kenyan rebels repeated their demand that Rwanda grant the majority more rights.",
            "REQUEST", "KEN", "RWA",
        ),
        (
            "Demonstrators in Nairobi blocked a road in defiance of Ugandan authorities.",
            "PROTEST", "KEN", "UGA",
        ),
        (
            "Kenyan demonstrators blocked a road in Nairobi to protest against Uganda.",
            "PROTEST", "KEN", "UGA",
        ),
        ("Police in Lima prevented a march planned by Chilean students.", "COERCE", "PER", "CHL"),
        ("Peru called off a visit of its trade minister to Santiago.", "SANCTION", "PER", "CHL"),
        ("Peru ordered the Chilean ambassador to leave within two days.", "SANCTION", "PER", "CHL"),
        ("Peru pulled another 200 soldiers out of Chile.", "RETREAT", "PER", "CHL"),
        ("Two Chileans were killed in clashes with Peruvian rebels.", "ASSAULT", "PER", "CHL"),
        ("Peru has agreed to Bolivian mediation in its talks with Chile.", "AGREE", "PER", "BOL"),
        ("Sweden's Social Democrats condemned Russia.", "ACCUSE", "SWE", "RUS"),
        ("Peruvians marched in Lima calling for Chile to leave.", "REQUEST", "PER", "CHL"),
    ],
)  # fmt: skip
def test_who_to_whom(text: str, type: str, who: str, whom: str) -> None:
    assert pair(who, whom) in pairs(text, type)


def test_what_is_done_with_own_people_is_done_to_nobody_else() -> None:
    assert pairs("Peru withdrew its troops.", "RETREAT") == {pair("PER", "")}


def test_a_town_that_is_shelled_is_where_it_happened() -> None:
    found = read("Rebels shelled the town of Garissa, killing 20 people, officials in London said.")
    assert {record.place.country for record in found if record.place} == {"KEN"}
