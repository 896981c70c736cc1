"""All that a case assumes, worked out as of a day: its scenarios, and what can be seen of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foreshock.case.opening import Case
from foreshock.case.sheets.interventions import WhatIf
from foreshock.case.sheets.reading import PlacedSheet, read_sheets
from foreshock.core.errors import ForeshockError
from foreshock.evidence.reconcile import Event
from foreshock.evidence.view import Evidence
from foreshock.scenario.restraint.signs import Reaction, reaction
from foreshock.scenario.results import Restraint, Scenario
from foreshock.scenario.sheets import scenarios_of, unknown_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """What follows from the assumption sheets of a case.

    Attributes
    ----------
    scenarios : sequence of Scenario
    reactions : mapping of str to Reaction
        By name of a restraint sheet: whether its client was seen to hold back.
    unseen : mapping of str to str
        By name of a restraint sheet: why that could not be looked for.
    whatifs : sequence of PlacedSheet
        What-ifs that the day may see; they run through the forecast (`foreshock.whatif`).
    """

    scenarios: Sequence[Scenario] = ()
    reactions: Mapping[str, Reaction] = field(default_factory=dict)
    unseen: Mapping[str, str] = field(default_factory=dict)
    whatifs: Sequence[PlacedSheet] = ()


def assume(
    case: Case,
    evidence: Evidence,
    events: Mapping[str, Event],
    later: Evidence | None = None,
    *,
    seed: int = 0,
) -> Assumed:
    """Work out what follows from a case's assumption sheets.

    Parameters
    ----------
    case : Case
    evidence : Evidence
        As of the day. Sheets that were drawn up later are not seen.
    events : mapping of str to Event
        The events of that evidence.
    later : Evidence, optional
        As of a later day, by which it is told what happened.
    seed : int

    Raises
    ------
    CaseError
        If a sheet has faults.
    """
    scenarios = scenarios_of(case.path, evidence, later, seed=seed)
    feeds = [row.told() for row in case.about.series]
    reactions: dict[str, Reaction] = {}
    unseen: dict[str, str] = {}
    for scenario in scenarios:
        found = scenario.result
        if isinstance(found, Restraint):
            name = scenario.head.name
            try:
                reactions[name] = reaction(
                    evidence, events, feeds, found.patron, found.client, seed=seed
                )
            except ForeshockError as error:
                unseen[name] = error.what
    whatifs = [
        placed
        for placed in read_sheets(case.path)
        if isinstance(placed.sheet, WhatIf) and not unknown_on(placed.sheet, evidence)
    ]
    return Assumed(scenarios=scenarios, reactions=reactions, unseen=unseen, whatifs=whatifs)
