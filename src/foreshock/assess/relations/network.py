"""The signed network: standing ties and recent acts between actors, and triads that do not fit.

A triad is frustrated if the product of its three signs is negative: a friend's friend is an enemy
(Heider 1946, doi:10.1080/00223980.1946.9917275; Cartwright and Harary 1956,
doi:10.1037/h0046049). It describes commitments that do not fit together. Its power to predict what
states do is contested, so it is listed and never scored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from foreshock.assess.relations.acts import Act, Acts
from foreshock.evidence.actors import ActorTree, Tie

LATELY = timedelta(days=90)
"""Acts of so many days make the edges."""

_STRENGTH = {"strong": 3.0, "medium": 2.0, "weak": 1.0}
_UNTOLD = 1.0
_CLEARLY = 2.0
_LEAST_ACTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What stands between two actors.

    Attributes
    ----------
    a, b : str
        Topmost actors, sorted.
    sign : {'positive', 'negative', 'mixed'}
        Of the standing ties, each counting by its said strength; without ties, of at least three
        acts of 90 days. One side must outweigh the other twice.
    acts_sign : {'positive', 'negative', 'mixed', ''}
        Of the acts alone; empty where there are fewer than three.
    ties : tuple of str
        Keys of the ties.
    acts : tuple of Act
        Newest first.
    """

    a: str
    b: str
    sign: str
    acts_sign: str
    ties: tuple[str, ...]
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Triad:
    """Three actors whose relations do not fit together, with the positions of their edges."""

    actors: tuple[str, str, str]
    edges: tuple[int, int, int]


def network(
    acts: Acts, ties: Iterable[Tie], tree: ActorTree, as_of: date, focus: Sequence[str]
) -> list[Edge]:
    """List the edges between topmost actors, of which one at least is in focus.

    Membership is no edge: a part is shown as its whole.
    """
    standing: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        a, b = sorted((tree.root(tie.a), tree.root(tie.b)))
        if tie.kind != "part_of" and a != b:
            standing[a, b].append(tie)
    recent = {
        pair: [act for act in acts.between(*pair) if act.day > as_of - LATELY]
        for pair in acts.pairs()
    }
    tops = {tree.root(actor) for actor in focus}
    edges = []
    for pair in sorted({*standing, *(pair for pair, found in recent.items() if found)}):
        if tops and not tops & set(pair):
            continue
        lately = recent.get(pair, [])
        acts_sign = _sign_of_acts(lately)
        edges.append(
            Edge(
                a=pair[0],
                b=pair[1],
                sign=_sign_of_ties(standing.get(pair, [])) or acts_sign or "mixed",
                acts_sign=acts_sign,
                ties=tuple(sorted(tie.key for tie in standing.get(pair, []))),
                acts=tuple(sorted(lately, key=lambda act: (act.day, act.event), reverse=True)),
            )
        )
    return edges


def frustrated(edges: Sequence[Edge]) -> list[Triad]:
    """List the triads with a negative product of signs, by their actors' ids.

    Triads of three enemies have one too; a common enemy binds nobody there, so they are left out.

    Examples
    --------
    >>> def edge(a, b, sign):
    ...     return Edge(a=a, b=b, sign=sign, acts_sign="", ties=(), acts=())
    >>> edges = [edge("gondal", "ruritania", "positive"), edge("gondal", "zenda", "positive"),
    ...          edge("ruritania", "zenda", "negative")]
    >>> [triad.actors for triad in frustrated(edges)]
    [('gondal', 'ruritania', 'zenda')]
    """
    at = {(edge.a, edge.b): index for index, edge in enumerate(edges)}
    found = []
    for actors in combinations(sorted({actor for pair in at for actor in pair}), 3):
        pairs = list(combinations(actors, 2))
        if not all(pair in at for pair in pairs):
            continue
        signs = sorted(edges[at[pair]].sign for pair in pairs)
        if signs == ["negative", "positive", "positive"]:
            one, two, three = (at[pair] for pair in pairs)
            found.append(Triad((actors[0], actors[1], actors[2]), (one, two, three)))
    return found


def _sign_of_ties(ties: Iterable[Tie]) -> str:
    weight: dict[str, float] = defaultdict(float)
    for tie in ties:
        weight[tie.sign] += _STRENGTH.get(tie.strength, _UNTOLD)
    if not (weight["positive"] or weight["negative"]):
        return "mixed" if weight["mixed"] else ""
    return _heavier(weight["positive"], weight["negative"])


def _sign_of_acts(acts: Sequence[Act]) -> str:
    if len(acts) < _LEAST_ACTS:
        return ""
    conflictual = sum(act.weight for act in acts if act.conflictual)
    return _heavier(sum(act.weight for act in acts) - conflictual, conflictual)


def _heavier(positive: float, negative: float) -> str:
    if positive >= _CLEARLY * negative:
        return "positive"
    return "negative" if negative >= _CLEARLY * positive else "mixed"
