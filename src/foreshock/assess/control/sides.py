"""The sides that can hold a place, out of the actors and the ties of a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from foreshock.evidence.view import Evidence

CONTESTED, UNKNOWN = "contested", "unknown"
"""The two states of a place that are no side; no actor may be called so here."""

_STATES = frozenset({"state", "government"})


class Role(StrEnum):
    """What a side is where the places lie."""

    GOVERNMENT = "government"
    FOREIGN = "foreign state"
    GROUP = "armed group"


@dataclass(frozen=True, slots=True)
class Sides:
    """Who can hold a place.

    A side is the topmost whole of which an actor is a part: all groups that a case puts under one
    opposition are one side here, told apart only within it (see `belief.Control.groups`).

    Attributes
    ----------
    names : tuple of str
        Actor ids of the sides, in order of the ids.
    roles : tuple of Role
        A state of the country in which most sides are at home is the government, others foreign.
    allies : frozenset of tuple of str
        Pairs of topmost actors, in both orders, of whom one stands behind the other.
    """

    names: tuple[str, ...]
    roles: tuple[Role, ...]
    allies: frozenset[tuple[str, str]]
    index: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Give each side its number."""
        self.index.update({name: number for number, name in enumerate(self.names)})

    @property
    def states(self) -> tuple[str, ...]:
        """Everything that a place can be: held by a side, contested, or nobody known."""
        return (*self.names, CONTESTED, UNKNOWN)

    def camp(self, speaker: str) -> tuple[bool, ...]:
        """Tell for each side whether a topmost actor is it or stands with it."""
        return tuple(name == speaker or (speaker, name) in self.allies for name in self.names)


def sides_of(evidence: Evidence, holders: Iterable[Sequence[str]]) -> Sides:
    """Find the sides among those who are said to hold places.

    Parameters
    ----------
    evidence : Evidence
    holders : iterable of sequence of str
        The actors that each word names as holders.
    """
    allies = _allies(evidence)
    said = Counter(side for named in holders for side in held_by(named, evidence, allies))
    names = tuple(sorted(said))
    homes = Counter(
        country for name in names
        for country in [evidence.actors[name].country if name in evidence.actors else ""]
        if country
    )  # fmt: skip
    # Of countries with as many sides, that of the side that is named most.
    most = {
        country: max(
            said[name] for name in names
            if name in evidence.actors and evidence.actors[name].country == country
        )
        for country in homes
    }  # fmt: skip
    home = max(sorted(homes), key=lambda c: (homes[c], most[c]), default="")
    return Sides(names, tuple(_role(name, home, evidence) for name in names), allies)


def held_by(
    actors: Sequence[str], evidence: Evidence, allies: frozenset[tuple[str, str]]
) -> tuple[str, ...]:
    """Name the sides that a word names as holders; a patron beside its client is left out.

    Whoever stands behind another and is named with it has helped: the client holds the ground.
    """
    roots = sorted({evidence.actors.root(actor) for actor in actors})
    clients = {
        evidence.actors.root(tie.b) for tie in evidence.ties.values()
        if tie.kind == "patron" and evidence.actors.root(tie.a) in roots
        and evidence.actors.root(tie.b) in roots
    }  # fmt: skip
    patrons = {
        root for root in roots
        if any(client != root and (root, client) in allies for client in clients)
        and root not in clients
    }  # fmt: skip
    return tuple(root for root in roots if root not in patrons)


def _role(name: str, home: str, evidence: Evidence) -> Role:
    actor = evidence.actors.get(name)
    if actor is None or actor.kind not in _STATES:
        return Role.GROUP
    return Role.GOVERNMENT if actor.country == home else Role.FOREIGN


def _allies(evidence: Evidence) -> frozenset[tuple[str, str]]:
    root = evidence.actors.root
    pairs = {
        (root(tie.a), root(tie.b)) for tie in evidence.ties.values()
        if tie.kind in {"patron", "alliance"} and tie.sign not in {"negative", "mixed"}
        and tie.holds_on(evidence.as_of)
    }  # fmt: skip
    return frozenset({(a, b) for a, b in pairs if a != b} | {(b, a) for a, b in pairs if a != b})
