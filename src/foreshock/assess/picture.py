"""The picture: everything that the evidence of a day amounts to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from foreshock.assess.changes import WINDOW, Change, changes
from foreshock.assess.control.belief import Control, control_belief
from foreshock.assess.control.said import Holding, Say, Step, control, control_by_day, surrounded
from foreshock.assess.deadlines import Deadline, deadlines
from foreshock.assess.displaced import Count, displaced
from foreshock.assess.disputes import Tally, tally
from foreshock.assess.patrons import Patronage, patrons, standing_ties
from foreshock.assess.relations.standing import Relations, relations
from foreshock.core.theses import Thesis
from foreshock.evidence.actors import Tie
from foreshock.evidence.reconcile import Event, reconcile
from foreshock.evidence.view import Evidence


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What is known on a day, who says so, and what is disputed.

    Attributes
    ----------
    evidence : Evidence
        What it was made of.
    events : mapping of str to Event
    tallies : list of Tally
        Every quantity of every event, by who tells it; the disputed ones among them.
    control, control_history, surrounded, displaced, deadlines, patrons, ties, relations, changed
        See the modules of these names.
    """

    evidence: Evidence
    events: Mapping[str, Event]
    tallies: list[Tally]
    control: list[Holding]
    control_history: list[Step]
    surrounded: list[Say]
    displaced: list[Count]
    deadlines: list[Deadline]
    patrons: list[Patronage]
    ties: list[Tie]
    relations: Relations
    changed: list[Change]

    @cached_property
    def belief(self) -> Control:
        """Who holds each place, how surely; worked out when first asked for."""
        return control_belief(self.evidence)

    @property
    def disputes(self) -> list[Tally]:
        """The quantities on which origins stand at different figures."""
        return [tally for tally in self.tallies if tally.disputed]


def assess(evidence: Evidence, focus: Sequence[str] = (), theses: Sequence[Thesis] = ()) -> Picture:
    """Work out what the evidence of a day means.

    The same evidence gives the same picture; nothing is looked up elsewhere.

    Parameters
    ----------
    evidence : Evidence
    focus : sequence of str
        Actors whose relations are worked out, by id; all if none are given.
    theses : sequence of Thesis
        What is said of relations, to be put to the test.
    """
    events = reconcile(evidence)
    tallies = tally(events, evidence)
    now = control(evidence), displaced(evidence), deadlines(evidence)
    week_ago = evidence.earlier(evidence.as_of - WINDOW)
    before = control(week_ago), displaced(week_ago), deadlines(week_ago)
    patronages, ties = patrons(evidence), standing_ties(evidence)
    return Picture(
        evidence=evidence,
        events=events,
        tallies=tallies,
        control=now[0],
        control_history=control_by_day(evidence),
        surrounded=surrounded(evidence),
        displaced=now[1],
        deadlines=now[2],
        patrons=patronages,
        ties=ties,
        relations=relations(evidence, events, patronages, ties, now[2], focus, theses),
        changed=changes(evidence, events, tallies, now, before),
    )
