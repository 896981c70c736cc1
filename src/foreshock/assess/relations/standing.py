"""Relations on a day: strain by pair, the signed network, triads that do not fit, intents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foreshock.assess.deadlines import Deadline
from foreshock.assess.patrons import Patronage
from foreshock.assess.relations.acts import Acts
from foreshock.assess.relations.intents import FollowThrough, follow_through
from foreshock.assess.relations.network import Edge, Triad, frustrated, network
from foreshock.assess.relations.strain import Dyad, strain
from foreshock.assess.relations.theses import Verdict, verdicts
from foreshock.core.theses import Thesis
from foreshock.evidence.actors import Tie
from foreshock.evidence.reconcile import Event
from foreshock.evidence.view import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """Who stands where with whom; see the modules of these names."""

    dyads: list[Dyad]
    verdicts: list[Verdict]
    edges: list[Edge]
    triads: list[Triad]
    intents: list[FollowThrough]


def relations(
    evidence: Evidence,
    events: Mapping[str, Event],
    patronages: Iterable[Patronage],
    ties: Iterable[Tie],
    deadlines: Iterable[Deadline],
    focus: Sequence[str] = (),
    theses: Iterable[Thesis] = (),
) -> Relations:
    """Work out what each relation is suffering, on the evidence of a day."""
    acts = Acts(evidence, events, patronages)
    dyads = strain(acts, evidence.as_of, focus)
    edges = network(acts, ties, evidence.actors, evidence.as_of, focus)
    return Relations(
        dyads=dyads,
        verdicts=verdicts(theses, dyads, evidence),
        edges=edges,
        triads=frustrated(edges),
        intents=follow_through(evidence, events, deadlines),
    )
