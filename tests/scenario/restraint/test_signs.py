"""Which days are signs of a patron's restraint, and that a day sees nothing of a later one."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
from tests.assess.relations.made import claim, seen

from foreshock.case.feeds import Delay, Feed
from foreshock.core.errors import TimeError
from foreshock.evidence.actors import Actor
from foreshock.evidence.claim import Claim
from foreshock.evidence.reconcile import reconcile
from foreshock.scenario.restraint.signs import DEAL, DISAGREEMENT, Reaction, reaction

FIRST = date(2031, 1, 1)
FEED = Feed(
    name="war", since=FIRST, pairs=(("ruritania", "zenda"),), delay=Delay((0, 4), (0.5, 1.0))
)
GUARD = Actor(id="guard", name="Guard", parents=("ruritania",))


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def looked(claims: Sequence[Claim], as_of: date, feeds: Sequence[Feed] = (FEED,)) -> Reaction:
    evidence = seen(claims, as_of, [GUARD])
    return reaction(
        evidence, reconcile(evidence), feeds, "gondal", "ruritania", spans=(3,), placebos=49
    )


def war() -> Iterator[Claim]:
    for number in range(0, 60, 2):
        yield claim(f"f{number}", "ASSAULT", day(number), "guard", "zenda", place="hill")
    yield claim("taken", "COERCE", day(9), "ruritania", "zenda", mode="seize", place="mill")
    yield claim("blame", "ACCUSE", day(20), "gondal", "ruritania")
    yield claim("truce", "AGREE", day(40), "gondal", "zenda")


def test_offensives_of_the_client_and_its_units_are_counted() -> None:
    found = looked(list(war()), day(60))
    assert (found.first, found.last) == (FIRST, day(56))
    assert len(found.acts) == 30  # every second day to the 56th, and the mill
    assert [(sign.kind, sign.day) for sign in found.signs] == [
        (DISAGREEMENT, day(20)),
        (DEAL, day(40)),
    ]
    assert found.studies["both"][0].days == (20, 40)
    assert found.studies[DEAL][0].days == (40,)


@pytest.mark.parametrize(
    "other",
    [
        claim("x", "AGREE", day(30), "gondal", "ruritania"),  # a deal with the client itself
        claim("x", "AGREE", day(30), "zenda", "borduria"),  # not the patron's
        claim("x", "SUPPORT", day(30), "gondal", "ruritania"),  # a friendly word
        claim("x", "ACCUSE", day(30), "gondal", "zenda"),  # not at the client
        claim("x", "ASSAULT", day(30), "zenda", "ruritania"),  # not the client's act
    ],
)
def test_what_is_no_sign(other: Claim) -> None:
    base, more = looked(list(war()), day(60)), looked([*war(), other], day(60))
    assert more.signs == base.signs
    assert more.acts == base.acts


def test_a_deal_over_another_matter_is_no_sign() -> None:
    fights = [
        claim(f"f{n}", "ASSAULT", day(n), "ruritania", "zenda", place="hill", issue="war")
        for n in range(0, 30, 3)
    ]
    grain = claim("grain", "AGREE", day(12), "gondal", "zenda", issue="trade")
    truce = claim("truce", "AGREE", day(15), "gondal", "zenda", issue="war")
    assert [sign.day for sign in looked([*fights, grain, truce], day(40)).signs] == [day(15)]


def test_an_act_without_a_day_counts_for_none() -> None:
    vague = claim(
        "v", "ASSAULT", day(5), "ruritania", "zenda", place="ford", end=day(25), known_at=day(26)
    )
    found, base = looked([*war(), vague], day(60)), looked(list(war()), day(60))
    assert found.vague == 1
    assert found.acts == base.acts


def test_the_last_days_are_not_compared() -> None:
    # Half of them is known at once and all within four days: nine tenths after four.
    assert looked(list(war()), day(30)).last == day(26)


def test_nothing_later_is_seen() -> None:
    later = [
        claim(f"l{n}", "ASSAULT", day(n), "ruritania", "zenda", place="ford", known_at=day(31))
        for n in range(30)
    ]
    assert looked([*war(), *later], day(30)) == looked(list(war()), day(30))
    assert looked([*war(), *later], day(31)) != looked(list(war()), day(31))


@pytest.mark.parametrize(
    ("feeds", "as_of", "why"),
    [
        ([], day(60), "how late"),
        ([Feed(name="bare", since=FIRST, pairs=(("ruritania", "zenda"),))], day(60), "how late"),
        ([FEED], day(3), "settled"),
    ],
)
def test_without_a_covered_day_it_is_refused(feeds: Sequence[Feed], as_of: date, why: str) -> None:
    with pytest.raises(TimeError, match=why):
        looked(list(war()), as_of, feeds)
