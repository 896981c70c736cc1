"""The signed network: who is tied to whom, by which sign, and which triads do not fit."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assess.relations.made import acts_in, claim, seen

from foreshock.assess.patrons import standing_ties
from foreshock.assess.relations.network import LATELY, Edge, frustrated, network
from foreshock.evidence.actors import Actor, Tie
from foreshock.evidence.claim import Claim

DAY = date(2020, 6, 1)


def _tie(sign: str, strength: str = "", a: str = "gondal", b: str = "ruritania", **fields) -> Tie:
    made = {"key": f"{a} {b} {sign} {strength}", "kind": "alliance"}
    return Tie(a=a, b=b, sign=sign, strength=strength, **{**made, **fields})


def _edges(ties=(), claims=(), focus=(), parts=(), as_of: date = DAY) -> list[Edge]:
    evidence = seen(claims, as_of, [*ties, *parts])
    return network(
        acts_in(evidence), standing_ties(evidence), evidence.actors, evidence.as_of, focus
    )


def _acts(pattern: str, back: int = 1) -> list[Claim]:
    return [
        claim(f"{pattern} {n}", "ASSAULT" if sign == "-" else "AID",
              DAY - timedelta(days=back + n))
        for n, sign in enumerate(pattern)
    ]  # fmt: skip


# ---------------------------------------------------------------------- edges


@pytest.mark.parametrize(
    ("ties", "sign"),
    [
        ([("positive", "weak")], "positive"),
        ([("negative", "")], "negative"),
        ([("mixed", "strong")], "mixed"),
        ([("mixed", "strong"), ("negative", "weak")], "negative"),
        ([("positive", "strong"), ("negative", "weak")], "positive"),  # 3 to 1
        ([("positive", "strong"), ("negative", "medium")], "mixed"),  # 3 to 2
        ([("positive", "medium"), ("negative", "weak")], "positive"),  # 2 to 1
        ([("positive", "weak"), ("negative", "strong")], "negative"),
        ([("positive", "weak"), ("negative", "")], "mixed"),  # 1 to 1
        ([("positive", "ambiguous"), ("negative", "weak")], "mixed"),  # unknown: 1
        ([("", "strong")], "mixed"),
    ],
)
def test_ties_weigh_by_their_strength(ties, sign):
    (edge,) = _edges([_tie(*each) for each in ties])
    assert (edge.a, edge.b, edge.sign, edge.acts_sign) == ("gondal", "ruritania", sign, "")
    assert edge.acts == ()
    assert len(edge.ties) == len(ties)


@pytest.mark.parametrize(
    ("pattern", "sign"),
    [("++", ""), ("--+", "negative"), ("-+-+", "mixed"), ("+++", "positive"), ("++-", "positive")],
)
def test_without_ties_three_acts_make_a_sign(pattern, sign):
    (edge,) = _edges(claims=_acts(pattern))
    assert (edge.acts_sign, edge.sign) == (sign, sign or "mixed")
    assert len(edge.acts) == len(pattern)
    assert [act.day for act in edge.acts] == sorted((a.day for a in edge.acts), reverse=True)


def test_a_light_act_weighs_less():
    light = [claim(f"L{n}", "ASSAULT", DAY - timedelta(days=n), agency="accident")
             for n in range(4)]  # fmt: skip
    (edge,) = _edges(claims=[*light, claim("K", "AID", DAY), claim("K2", "RETREAT", DAY)])
    assert edge.acts_sign == "positive"


def test_standing_ties_outweigh_the_acts_and_both_are_told():
    (edge,) = _edges([_tie("positive")], _acts("---"))
    assert (edge.sign, edge.acts_sign) == ("positive", "negative")


@pytest.mark.parametrize(("back", "there"), [(0, True), (89, True), (90, False)])
def test_acts_of_ninety_days_make_an_edge(back, there):
    assert timedelta(days=90) == LATELY
    assert bool(_edges(claims=[claim("C", "AID", DAY - timedelta(days=back))])) is there


def test_membership_is_no_edge_and_parts_are_shown_as_their_whole():
    parts = [Actor(id="army", name="Army", parents=("gondal",))]
    member = _tie("positive", "strong", "brigade", "gondal", kind="part_of")
    assert _edges([member], parts=parts) == []
    dealt = _tie("positive", "strong", "brigade", "zenda")
    (edge,) = _edges([member, dealt], parts=parts)
    assert (edge.a, edge.b, edge.ties) == ("gondal", "zenda", (dealt.key,))
    within = _tie("negative", "strong", "army", "gondal", kind="rivalry")
    assert _edges([within], parts=parts) == []


def test_a_tie_stands_only_between_its_days():
    past = _tie("positive", end=DAY - timedelta(days=1))
    ahead = _tie("negative", start=DAY + timedelta(days=1))
    assert _edges([past, ahead]) == []
    (edge,) = _edges([past, ahead, _tie("negative", "weak")])
    assert edge.sign == "negative"


def test_one_end_at_least_is_in_focus():
    ties = [_tie("positive"), _tie("negative", a="ruritania", b="zenda")]
    assert len(_edges(ties)) == 2
    assert [(e.a, e.b) for e in _edges(ties, focus=["gondal"])] == [("gondal", "ruritania")]
    assert len(_edges(ties, focus=["ruritania"])) == 2
    assert _edges(ties, focus=["atlantis"]) == []
    army = Actor(id="army", name="Army", parents=("zenda",))
    assert [(e.a, e.b) for e in _edges(ties, focus=["army"], parts=[army])] == [
        ("ruritania", "zenda")
    ]


@given(st.permutations(["positive", "negative", "mixed"]), st.booleans())
def test_the_order_and_direction_of_ties_change_nothing(signs, turned):
    ends = ("ruritania", "gondal") if turned else ("gondal", "ruritania")
    ties = [_tie(sign, "weak", *ends, key=sign) for sign in signs]
    (edge,) = _edges(ties)
    assert (edge.a, edge.b, edge.sign) == ("gondal", "ruritania", "mixed")
    assert edge.ties == ("mixed", "negative", "positive")


# ---------------------------------------------------------------------- triads

ACTORS = ("gondal", "ruritania", "zenda", "atlantis")


def _signed(signs: dict[tuple[str, str], str]) -> list[Edge]:
    return [
        Edge(a=min(pair), b=max(pair), sign=sign, acts_sign="", ties=(), acts=())
        for pair, sign in sorted((tuple(sorted(p)), s) for p, s in signs.items())
    ]


@pytest.mark.parametrize(
    ("signs", "listed"),
    [
        ("++-", True),
        ("+++", False),
        ("+--", False),
        ("---", False),  # three enemies have a negative product too, and nothing that binds
        ("++0", False),
        ("+-0", False),
    ],
)
def test_two_friends_of_one_who_are_enemies_do_not_fit(signs, listed):
    words = {"+": "positive", "-": "negative", "0": "mixed"}
    pairs = [("gondal", "ruritania"), ("gondal", "zenda"), ("ruritania", "zenda")]
    for order in set(permutations(signs)):
        edges = _signed({p: words[s] for p, s in zip(pairs, order, strict=True)})
        found = frustrated(edges)
        assert [triad.actors for triad in found] == (
            [("gondal", "ruritania", "zenda")] if listed else []
        )
        for triad in found:
            ends = {frozenset((edges[i].a, edges[i].b)) for i in triad.edges}
            assert ends == {frozenset(pair) for pair in pairs}


@given(
    st.dictionaries(
        st.sampled_from([(a, b) for i, a in enumerate(ACTORS) for b in ACTORS[i + 1 :]]),
        st.sampled_from(["positive", "negative", "mixed"]),
    ),
    st.permutations(ACTORS),
)
def test_triads_are_those_with_one_enmity_whatever_the_actors_are_called(signs, permuted):
    names = dict(zip(ACTORS, permuted, strict=True))
    found = {frozenset(triad.actors) for triad in frustrated(_signed(signs))}
    by_pair = {frozenset(pair): sign for pair, sign in signs.items()}
    by_hand = {
        frozenset(three)
        for three in permutations(ACTORS, 3)
        if sorted(
            by_pair.get(frozenset(pair), "none")
            for pair in [(three[0], three[1]), (three[0], three[2]), (three[1], three[2])]
        )
        == ["negative", "positive", "positive"]
    }
    assert found == by_hand
    renamed = {(names[a], names[b]): sign for (a, b), sign in signs.items()}
    assert {frozenset(t.actors) for t in frustrated(_signed(renamed))} == {
        frozenset(names[actor] for actor in three) for three in found
    }


def test_no_triad_without_its_third_side():
    edges = _signed({("gondal", "ruritania"): "positive", ("gondal", "zenda"): "positive"})
    assert frustrated(edges) == []
    assert frustrated([]) == []
