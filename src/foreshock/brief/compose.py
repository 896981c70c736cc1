"""From the picture to the brief: numbers and ids become items with names and words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foreshock import __version__
from foreshock.assess.changes import Change
from foreshock.assess.control.said import WINDOW_OF_CONTROL, Say
from foreshock.assess.disputes import Tally
from foreshock.assess.picture import Picture
from foreshock.brief import document as doc
from foreshock.brief import items
from foreshock.brief.compose_believed import compose_belief
from foreshock.brief.compose_displacement import compose_displacement
from foreshock.brief.compose_forecast import compose_forecast
from foreshock.brief.compose_record import compose_ledger, compose_question
from foreshock.brief.compose_relations import compose_relations
from foreshock.brief.compose_scenarios import compose_scenarios
from foreshock.brief.forecasts import Afterwards
from foreshock.brief.foreseen import Foreseen
from foreshock.brief.naming import Names
from foreshock.brief.words import count_in_words, joined, likelihood
from foreshock.core.quantities import Quantity
from foreshock.core.time import say_day
from foreshock.evidence.claim import Claim
from foreshock.evidence.reconcile import Event
from foreshock.evidence.view import Evidence
from foreshock.lexicon import load_ontology
from foreshock.lexicon.phrases import headline, people
from foreshock.scenario.assumed import Assumed


def compose(
    picture: Picture,
    foreseen: Foreseen | None = None,
    assumed: Assumed | None = None,
    *,
    case: str,
    title: str,
    focus: Sequence[str] = (),
    recorded_by: datetime | None = None,
) -> doc.Brief:
    """Write the brief of a picture, and of what may follow.

    Parameters
    ----------
    picture : Picture
        What the evidence of the day amounts to.
    foreseen : Foreseen, optional
        What was forecast and written down, and how good earlier forecasts were.
    assumed : Assumed, optional
        What follows from the case's assumption sheets.
    case, title : str
        Name and title of the case.
    focus : sequence of str
        Actors that matter most in it, by id.
    recorded_by : datetime.datetime, optional
        If the evidence was cut at what we had by then.
    """
    writer = _Writer(picture, foreseen or Foreseen(), assumed or Assumed())
    return writer.brief(case, title, focus, recorded_by)


class _Writer:
    """Looks names up while items are written."""

    def __init__(self, picture: Picture, foreseen: Foreseen, assumed: Assumed) -> None:
        self.picture = picture
        self.foreseen = foreseen
        self.assumed = assumed
        self.evidence: Evidence = picture.evidence
        self.names = Names(picture.evidence)

    def brief(
        self, case: str, title: str, focus: Sequence[str], recorded_by: datetime | None
    ) -> doc.Brief:
        picture, evidence = self.picture, self.evidence
        figures = self._figures()
        claims = evidence.claims
        by_key = {report.key: key for key, report in evidence.reports.items() if report.key}
        return doc.Brief(
            case=case,
            title=title,
            as_of=evidence.as_of,
            recorded_by=recorded_by,
            focus=list(focus),
            version=__version__,
            evidence_digest=evidence.digest,
            data_to=max((c.known_at for c in claims.values() if c.known_at), default=None),
            counts={
                "claims": len(claims),
                "reports": len({claim.report for claim in claims.values()}),
                "speakers": len({evidence.voice(claim) for claim in claims.values()}),
                "origins": len({evidence.origin(claim) for claim in claims.values()}),
                "events": len(picture.events),
                "struck": len(evidence.struck),
            },
            changed=[self._change(change) for change in picture.changed],
            events=[self._event(event, figures) for event in picture.events.values()],
            disputes=[self._tally(tally) for tally in picture.disputes],
            relations=compose_relations(picture, self.names),
            control=[
                doc.HoldingItem(
                    place=self.names.known_place(holding.place),
                    status=holding.status,
                    holders=self.names.actors(holding.holders),
                    on=holding.since,
                    says=[self._say(say) for say in holding.says],
                    claims=list(holding.claims),
                )
                for holding in picture.control
            ],
            control_history=[
                doc.ControlStepItem(
                    place=step.holding.place,
                    day=step.day,
                    status=step.holding.status,
                    holders=self.names.actors(step.holding.holders),
                    claims=list(step.holding.claims),
                )
                for step in picture.control_history
            ],
            believed=compose_belief(picture.belief, self.names),
            window=WINDOW_OF_CONTROL.days,
            roads=[
                doc.RoadItem(
                    a=self.names.known_place(road.a),
                    b=self.names.known_place(road.b),
                    road=road.road,
                )
                for _, road in sorted(evidence.roads.items())
                if road.in_graph
            ],
            surrounded=[self._say(say) for say in picture.surrounded],
            displaced=[
                doc.CountItem(
                    claim=count.claim,
                    speaker=evidence.source_name(count.speaker),
                    quantity=_quantity(count.quantity),
                    since=count.since,
                    until=count.until,
                    place=self.names.place(count.place),
                    ahead=count.ahead,
                    known_at=count.known_at,
                    summary=count.summary,
                    claims=list(count.claims),
                )
                for count in picture.displaced
            ],
            deadlines=[
                doc.DeadlineItem(
                    actors=self.names.actors(deadline.actors),
                    recipients=self.names.actors(deadline.recipients),
                    due=deadline.due,
                    demand=deadline.demand,
                    consequence=deadline.consequence,
                    status=deadline.status,
                    claims=list(deadline.claims),
                    kept=list(deadline.kept),
                    broken=list(deadline.broken),
                )
                for deadline in picture.deadlines
            ],
            questions=[
                compose_question(question, self.foreseen, self.names)
                for question in evidence.questions.values()
            ],
            people=[
                doc.PersonItem(
                    id=forecast.id,
                    source=evidence.source_name(forecast.source),
                    made=forecast.made,
                    report=by_key.get(forecast.report, ""),
                    text=forecast.text,
                    low=forecast.low,
                    high=forecast.high,
                    wording=forecast.wording,
                )
                for forecast in evidence.forecasts.values()
            ],
            forecast=compose_forecast(self.foreseen, picture, self.names),
            displacement=compose_displacement(self.foreseen, self.names),
            afterwards=_afterwards(self.foreseen),
            scenarios=compose_scenarios(self.assumed, evidence, self.names),
            ledger=compose_ledger(self.foreseen, self.names),
            claims={key: self._claim(claim) for key, claim in claims.items()},
            reports={
                r: self._report(r)
                for r in sorted(
                    {c.report for c in claims.values()}
                    | {by_key[f.report] for f in evidence.forecasts.values() if f.report in by_key}
                )
            },
            sources=self.names.sources(claims.values()),
        )

    # ------------------------------------------------------------------ items

    def _figures(self) -> dict[str, list[doc.TallyItem]]:
        found: dict[str, list[doc.TallyItem]] = {}
        for tally in self.picture.tallies:
            found.setdefault(tally.event, []).append(self._tally(tally))
        return found

    def _event(self, event: Event, figures: dict[str, list[doc.TallyItem]]) -> doc.EventItem:
        kind = load_ontology().types.get(event.type)
        belief = event.belief
        return doc.EventItem(
            id=event.id,
            type=event.type,
            type_name=kind.name if kind else event.type,
            channel=event.channel,
            sign=event.sign,
            mode=event.mode,
            actors=self.names.actors(event.actors),
            recipients=self.names.actors(event.recipients),
            start=event.when.start if event.when else None,
            end=event.when.end if event.when else None,
            precision=event.when.precision if event.when else "",
            when=str(event.when) if event.when else "",
            place=self.names.place(event.place),
            headline=self._headline(event),
            summary=event.summary,
            issue=event.issue,
            background=event.background,
            belief=doc.BeliefItem(
                probability=round(belief.probability, 4),
                low=round(belief.low, 4),
                high=round(belief.high, 4),
                words=likelihood(belief.probability),
            ),
            reports=event.reports,
            origins=[self.names.origin(origin) for origin in event.origins],
            claims=list(event.claims),
            denials=list(event.denials),
            answers=list(event.answers),
            figures=figures.get(event.id, []),
        )

    def _tally(self, tally: Tally) -> doc.TallyItem:
        return doc.TallyItem(
            event=tally.event,
            what=tally.what,
            of=tally.of,
            of_name=self.evidence.actors.name(tally.of) if tally.of else "",
            disputed=tally.disputed,
            versions=[
                doc.VersionItem(
                    origin=self.names.origin(version.origin),
                    side=self.evidence.actors.name(version.side) if version.side else "",
                    tellings=[
                        doc.TellingItem(
                            claim=telling.claim,
                            speaker=self.evidence.source_name(telling.speaker),
                            text=joined([people(part) for part in telling.parts], "+"),
                            parts=[_quantity(part) for part in telling.parts],
                            low=telling.low,
                            high=telling.high,
                            known_at=telling.known_at,
                            loose=telling.loose,
                        )
                        for telling in version.tellings
                    ],
                )
                for version in tally.versions
            ],
            claims=list(tally.claims),
        )

    def _change(self, change: Change) -> doc.ChangeItem:
        return doc.ChangeItem(
            kind=change.kind,
            about=change.about,
            on=change.on,
            text=self._change_text(change),
            claims=list(change.claims),
        )

    def _change_text(self, change: Change) -> str:
        if change.kind == "control":
            holding = next(h for h in self.picture.control if h.place == change.about)
            names = joined([self.evidence.actors.name(holder) for holder in holding.holders])
            place = self.evidence.places.name(change.about)
            verb = (
                "contested between" if holding.status == "contested" else "now said to be held by"
            )
            return f"{place} {verb} {names}"
        if change.kind == "event":
            event = self.picture.events[change.about]
            return event.summary if len(event.claims) == 1 else self._headline(event)
        if change.kind == "deadline":
            found = next(d for d in self.picture.deadlines if d.claims[0] == change.about)
            return f"{found.demand} Due {say_day(found.due)}: {found.status}."
        count = next(c for c in self.picture.displaced if c.claim == change.about)
        return f"{self.evidence.source_name(count.speaker)}: {count_in_words(count)}"

    def _headline(self, event: Event) -> str:
        name = self.evidence.actors.name
        return headline(
            event.type,
            event.mode,
            [name(actor) for actor in event.actors],
            [name(recipient) for recipient in event.recipients],
            self.evidence.places.name(event.place) if event.place else "",
        )

    def _say(self, say: Say) -> doc.SayItem:
        return doc.SayItem(
            claim=say.claim,
            speaker=self.evidence.source_name(say.speaker),
            how=say.how,
            holders=self.names.actors(say.holders),
            on=say.on,
        )

    def _claim(self, claim: Claim) -> doc.ClaimItem:
        strike = self.evidence.struck.get(claim.id)
        return doc.ClaimItem(
            id=claim.id,
            key=claim.key,
            report=claim.report,
            source=self.evidence.voice(claim),
            origin=self.names.origin(self.evidence.origin(claim)),
            kind=claim.kind,
            type=claim.type,
            mode=claim.mode,
            context=list(claim.context),
            modality=claim.modality,
            polarity=claim.polarity,
            background=claim.background,
            actors=self.names.actors(claim.actors),
            recipients=self.names.actors(claim.recipients),
            start=claim.start,
            end=claim.end,
            precision=claim.precision if claim.start else "",
            place=self.names.place(claim.place),
            quantities=[_quantity(quantity) for quantity in claim.quantities],
            chain=[
                doc.SpokenBy(
                    source=link.source, name=self.evidence.source_name(link.source), cue=link.cue
                )
                for link in claim.chain
            ],
            evidence={"start": claim.span[0], "end": claim.span[1]} if claim.span else None,
            issue=claim.issue,
            rating=claim.rating,
            coder=claim.coder,
            basis=claim.basis,
            summary=claim.summary,
            due=claim.due,
            consequence=claim.consequence,
            condition=claim.condition,
            # A link to a claim that this as-of cannot see is left out with that claim.
            links=[
                {"relation": link.relation, "claim": link.target}
                for link in claim.links
                if link.target in self.evidence.claims
            ],
            known_at=claim.known_at,
            known_basis=claim.known_basis,
            recorded_at=self.evidence.recorded_at[claim.id],
            struck={
                "how": strike.relation,
                "by": strike.by,
                "known_at": strike.known_at.isoformat() if strike.known_at else None,
            }
            if strike
            else None,
        )

    def _report(self, report: str) -> doc.ReportItem:
        known = self.evidence.reports.get(report)
        if known is None:
            return doc.ReportItem(id=report, withheld=True)
        return doc.ReportItem(
            id=report,
            key=known.key,
            source=known.source,
            title=known.title,
            url=known.url,
            published=known.published,
            known_at=known.known_at,
        )


def _afterwards(foreseen: Foreseen) -> Afterwards | None:
    later = foreseen.later
    if later is None:
        return None
    return Afterwards(day=later.day, settled=later.observed.last if later.observed else None)


def _quantity(quantity: Quantity) -> items.QuantityItem:
    return items.QuantityItem(
        what=quantity.what,
        group=quantity.group,
        low=quantity.low,
        best=quantity.best,
        high=quantity.high,
        unit=quantity.unit,
        text=quantity.text,
    )
