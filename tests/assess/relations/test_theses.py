"""Theses: whether they are tested, since when, and what the relation was before."""

from datetime import date, timedelta

import pytest
from tests.assess.relations.made import acts_in, claim, seen

from foreshock.assess.relations.strain import REFERENCE, strain
from foreshock.assess.relations.theses import THAW, Verdict, verdicts
from foreshock.core.theses import Imperilled, Thesis
from foreshock.evidence.claim import Claim, Link, Relation

DAY = date(2020, 6, 1)
PAIR = ("gondal", "ruritania")
WARNING = claim("W1", "STATEMENT", DAY, "zenda", ())


def _verdicts(
    claims: list[Claim], pair: tuple[str, str] = PAIR, as_of: date = DAY, key: str = "W1"
) -> list[Verdict]:
    evidence = seen(claims, as_of)
    thesis = Thesis(key, pair, Imperilled.ALLIANCE)
    return verdicts([thesis], strain(acts_in(evidence), as_of), evidence)


def _past(type: str, number: int, back: int = 400, sources: int = 4) -> list[Claim]:
    """Make acts of the reference window, each told by several sources."""
    return [
        claim(f"{type}{back}{n}s{s}", type, DAY - timedelta(days=back + 5 * n), source=f"s{s}")
        for n in range(number)
        for s in range(sources)
    ]


SOME = [claim("C1", "ASSAULT", DAY), claim("C2", "AID", DAY - timedelta(days=9))]


@pytest.mark.parametrize("pair", [PAIR, PAIR[::-1]])
def test_a_thesis_is_tested_whichever_actor_is_named_first(pair):
    (verdict,) = _verdicts([WARNING, *SOME], pair)
    assert verdict.claim == WARNING.id
    assert verdict.thesis.pair == pair
    assert {verdict.dyad.a, verdict.dyad.b} == set(PAIR)


def test_a_thesis_waits_until_somebody_makes_it():
    later = claim("W1", "STATEMENT", DAY, "zenda", (), known_at=DAY + timedelta(days=1))
    assert _verdicts([later, *SOME]) == []
    assert len(_verdicts([later, *SOME], as_of=DAY + timedelta(days=1))) == 1


def test_a_thesis_that_its_speaker_took_back_is_not_tested():
    sorry = claim("W2", "STATEMENT", DAY, "zenda", (), links=(Link(Relation.RETRACTS, WARNING.id),))
    assert _verdicts([WARNING, sorry, *SOME]) == []


def test_a_thesis_without_a_claim_or_without_acts_is_not_tested():
    assert _verdicts([WARNING, *SOME], key="W9") == []
    assert _verdicts([WARNING]) == []
    assert _verdicts([WARNING, *SOME], pair=("gondal", "zenda")) == []


def test_steps_are_the_acts_since_the_end_of_the_reference_newest_first():
    assert timedelta(days=REFERENCE[1]) == THAW == timedelta(days=183)
    told = [
        claim("K1", "AID", DAY - timedelta(days=182)),
        claim("K2", "CONSULT", DAY - timedelta(days=30)),
        claim("K3", "AID", DAY - timedelta(days=183)),
        claim("H1", "ASSAULT", DAY - timedelta(days=100)),
        claim("H2", "ACCUSE", DAY),
    ]
    (verdict,) = _verdicts([WARNING, *told])
    keys = {each.id: each.key for each in told}
    assert [keys[act.event] for act in verdict.steps] == ["K2", "K1"]
    assert [keys[act.event] for act in verdict.against] == ["H2", "H1"]


@pytest.mark.parametrize(
    ("past", "was"),
    [
        ([], ""),
        (_past("AID", 1), ""),
        (_past("AID", 2), "mixed"),  # friendly, but up to half could be hostile
        (_past("AID", 15), "cooperative"),
        (_past("ASSAULT", 15), "conflictual"),
        (_past("AID", 9) + _past("ASSAULT", 9, 500), "mixed"),
        (_past("AID", 15) + _past("SUPPORT", 15), "cooperative"),
        (_past("AID", 15) + _past("ACCUSE", 15), "mixed"),
        (_past("ACCUSE", 15), "conflictual"),
        # Too long ago, or too lately, to be the past.
        (_past("AID", 15, 800), ""),
        (_past("AID", 15, 10), ""),
    ],
)
def test_what_the_relation_was(past, was):
    (verdict,) = _verdicts([WARNING, *SOME, *past])
    assert verdict.was == was
