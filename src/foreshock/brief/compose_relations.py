"""From relations to items: shares, acts and verdicts with names and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foreshock.assess.picture import Picture
from foreshock.assess.relations.acts import Act
from foreshock.assess.relations.intents import FollowThrough, Intent
from foreshock.assess.relations.network import Edge, Triad
from foreshock.assess.relations.share import Share, Span
from foreshock.assess.relations.strain import (
    RECENT,
    REFERENCE,
    Channel,
    Dyad,
    Moved,
    Week,
    is_deadly,
)
from foreshock.assess.relations.theses import Verdict
from foreshock.brief import relations as rel
from foreshock.brief.naming import Names
from foreshock.brief.relation_words import (
    CAVEAT,
    direction,
    sentence,
    triad_sentence,
    verdict_in_words,
)
from foreshock.lexicon.phrases import headline


def compose_relations(picture: Picture, names: Names) -> rel.Relations:
    """Write the relations of a picture."""
    return _Relations(picture, names).all()


class _Relations:
    def __init__(self, picture: Picture, names: Names) -> None:
        self.picture, self.names = picture, names
        self.evidence = picture.evidence

    def all(self) -> rel.Relations:
        found = self.picture.relations
        return rel.Relations(
            patrons=[
                rel.PatronItem(
                    patron=self.names.actor(p.patron),
                    client=self.names.actor(p.client),
                    support=list(p.support),
                    ties=list(p.ties),
                )
                for p in self.picture.patrons
            ],
            ties=[
                rel.TieItem(
                    key=tie.key,
                    a=self.names.actor(tie.a),
                    b=self.names.actor(tie.b),
                    kind=tie.kind,
                    support=list(tie.support),
                    sign=tie.sign,
                    start=tie.start,
                    known_at=tie.known_at,
                    report=tie.report,
                    basis=tie.basis,
                    summary=tie.summary,
                )
                for tie in self.picture.ties
            ],
            window=RECENT.days,
            reference_days=list(REFERENCE),
            caveat=CAVEAT,
            theses=[self._thesis(verdict) for verdict in found.verdicts],
            dyads=[self._dyad(dyad) for dyad in found.dyads],
            edges=[self._edge(edge) for edge in found.edges],
            triads=[self._triad(triad, found.edges) for triad in found.triads],
            intents=[self._follow_through(each) for each in found.intents],
        )

    def _thesis(self, verdict: Verdict) -> rel.ThesisItem:
        claim = self.evidence.claims[verdict.claim]
        a, b = (self.names.actor(actor) for actor in verdict.thesis.pair)
        said = verdict_in_words(verdict, a.name, b.name)
        moved = [
            each
            for channel in (verdict.dyad.deeds, verdict.dyad.words)
            for each in channel.moved
            if each.act.conflictual and not each.act.client
        ]
        return rel.ThesisItem(
            claim=claim.id,
            text=claim.summary,
            speaker=self.evidence.source_name(self.evidence.voice(claim)),
            a=a,
            b=b,
            imperils=verdict.thesis.imperils,
            verdict=said[0],
            reasons=list(said[1:]),
            acts=[each.act.event for each in moved],
            steps=[act.event for act in verdict.steps],
        )

    def _dyad(self, dyad: Dyad) -> rel.DyadItem:
        a, b = self.names.actor(dyad.a), self.names.actor(dyad.b)
        return rel.DyadItem(
            a=a,
            b=b,
            sentence=sentence(dyad, a.name, b.name),
            deeds=self._channel(dyad.deeds),
            words=self._channel(dyad.words),
            series=[
                rel.SeriesItem(
                    channel=channel.name,
                    weeks=_weeks(channel.weeks),
                    acts=self._acts(channel.acts),
                )
                for channel in (dyad.deeds, dyad.words)
            ],
        )

    def _channel(self, channel: Channel) -> rel.ChannelItem:
        compared = channel.reference.mass > 0
        own = [moved.act for moved in channel.moved if not moved.act.client]
        return rel.ChannelItem(
            **_share(channel.now),
            channel=channel.name,
            discount=round(channel.discount, 3),
            log_odds=_span(channel.now.log_odds),
            reference=rel.ShareItem(**_share(channel.reference)) if compared else None,
            excess=_span(channel.excess) if compared else None,
            probability_up=round(channel.probability_up, 4) if compared else None,
            direction=direction(channel),
            with_clients=rel.ShareItem(**_share(channel.with_clients))
            if channel.with_clients
            else None,
            cooperative=sum(not act.conflictual for act in own),
            conflictual=sum(act.conflictual for act in own),
            deadly=sum(is_deadly(act) for act in own),
            deadly_before=round(channel.deadly_before, 3) if compared else None,
            acts=self._moved(channel.moved),
            issues=[
                rel.IssueItem(issue=issue, **_share(share))
                for issue, share in sorted(channel.issues.items(), key=lambda i: -i[1].mass)
            ],
            skill=rel.SkillItem(
                acts=round(channel.skill.acts),
                gained=round(channel.skill.gained, 2),
                per_act=round(channel.skill.gained / channel.skill.acts, 4)
                if channel.skill.acts
                else 0.0,
                pit=round(channel.skill.pit, 3) if channel.skill.pit is not None else None,
            )
            if channel.skill
            else None,
        )

    def _moved(self, moved: Iterable[Moved]) -> list[rel.ActItem]:
        return [self._act(each.act, each.pull) for each in moved]

    def _acts(self, acts: Iterable[Act]) -> list[rel.ActItem]:
        return [self._act(act, 0.0) for act in acts]

    def _act(self, act: Act, pull: float) -> rel.ActItem:
        event = self.picture.events[act.event]
        return rel.ActItem(
            event=act.event,
            on=act.day,
            headline=headline(
                event.type,
                event.mode,
                [self.names.actor(actor).name for actor in event.actors],
                [self.names.actor(actor).name for actor in event.recipients],
                self.evidence.places.name(event.place) if event.place else "",
            ),
            summary=event.summary,
            sign="conflictual" if act.conflictual else "cooperative",
            weight=act.weight,
            probability=round(act.probability, 4),
            pull=round(pull, 4),
            deaths=act.deaths,
            issue=act.issue,
            client=self.names.actor(act.client).name if act.client else "",
            claims=list(event.claims),
        )

    def _edge(self, edge: Edge) -> rel.EdgeItem:
        events = [self.picture.events[act.event] for act in edge.acts]
        return rel.EdgeItem(
            a=self.names.actor(edge.a),
            b=self.names.actor(edge.b),
            sign=edge.sign,
            acts_sign=edge.acts_sign,
            ties=list(edge.ties),
            cooperative=sum(not act.conflictual for act in edge.acts),
            conflictual=sum(act.conflictual for act in edge.acts),
            events=[event.id for event in events],
            claims=sorted({claim for event in events for claim in event.claims}),
        )

    def _triad(self, triad: Triad, edges: Sequence[Edge]) -> rel.TriadItem:
        return rel.TriadItem(
            actors=self.names.actors(triad.actors),
            sentence=triad_sentence([edges[index] for index in triad.edges], self.names),
            edges=list(triad.edges),
        )

    def _follow_through(self, found: FollowThrough) -> rel.FollowThroughItem:
        return rel.FollowThroughItem(
            actor=self.names.actor(found.actor),
            kind=found.kind,
            kept=found.kept,
            broken=found.broken,
            unsettled=found.unsettled,
            rate=_span(found.rate) if found.rate else None,
            intents=[self._intent(intent) for intent in found.intents],
        )

    def _intent(self, intent: Intent) -> rel.IntentItem:
        return rel.IntentItem(
            recipients=self.names.actors(intent.recipients),
            on=intent.on,
            due=intent.due,
            text=intent.text,
            status=intent.status,
            claims=list(intent.claims),
        )


def _span(span: Span) -> rel.SpanItem:
    return rel.SpanItem(mean=round(span.mean, 4), low=round(span.low, 4), high=round(span.high, 4))


def _share(share: Share) -> dict[str, rel.SpanItem | float | bool]:
    return {"share": _span(share.span), "mass": round(share.mass, 2), "enough": share.enough}


def _weeks(weeks: Sequence[Week]) -> list[rel.WeekItem]:
    """Give the weeks from the first on which anything could be said."""
    first = next((i for i, week in enumerate(weeks) if week.share.enough), len(weeks))
    return [rel.WeekItem(end=week.end, **_share(week.share)) for week in weeks[first:]]
