"""Evidence: what could be known by the end of a day, out of what had been recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from msgspec import structs

from foreshock.core.digest import digest
from foreshock.core.errors import TimeError
from foreshock.core.places import Gazetteer, Place
from foreshock.core.questions import Question
from foreshock.evidence.actors import Actor, ActorTree, Tie
from foreshock.evidence.claim import STRIKING, Claim, Relation, Report, Source
from foreshock.evidence.records import (
    Entry,
    Outcome,
    PersonForecast,
    Road,
    key_of,
    known_at_of,
    payload_of,
    record_digest,
)

_CODED_BY_HAND = "hand"


class Recorded(NamedTuple):
    """A claim and the instant at which we had it."""

    claim: Claim
    recorded_at: datetime


class Strike(NamedTuple):
    """A claim taken back by its own source: how, by which claim, known when."""

    relation: Relation
    by: str
    known_at: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that an as-of may see of a case; everything downstream starts from this.

    Attributes
    ----------
    case, as_of
        Which case, and the end of which UTC day.
    claims : mapping of str to Claim
        By id, in the order of the ids.
    struck : mapping of str to Strike
        Claims that their own source corrected or retracted by then: shown, no longer counted.
    recorded_at : mapping of str to datetime
        When we first had each claim.
    recorded : tuple of Recorded
        What it was built from: every coding of every claim.
    sources, reports, ties, roads, questions, outcomes, forecasts
        Reference records that were known by then, by key.
    actors, places
        The actor tree and the gazetteer as of the day.
    """

    case: str
    as_of: date
    claims: Mapping[str, Claim]
    struck: Mapping[str, Strike]
    recorded_at: Mapping[str, datetime]
    sources: Mapping[str, Source]
    reports: Mapping[str, Report]
    actors: ActorTree
    places: Gazetteer
    ties: Mapping[str, Tie]
    roads: Mapping[str, Road]
    questions: Mapping[str, Question]
    outcomes: Mapping[str, Outcome]
    forecasts: Mapping[str, PersonForecast]
    recorded: tuple[Recorded, ...] = field(repr=False, compare=False)

    @classmethod
    def build(
        cls, case: str, as_of: date, recorded: Iterable[Recorded], entries: Sequence[Entry]
    ) -> Evidence:
        """Put together what a store or a test found; order and repetition change nothing."""
        recorded = tuple(recorded)
        claims, recorded_at = _one_a_claim(recorded)
        ties = _book(entries, Tie)
        return cls(
            case=case,
            as_of=as_of,
            claims=claims,
            struck=_struck(claims),
            recorded_at=recorded_at,
            recorded=recorded,
            sources=_book(entries, Source),
            reports=_book(entries, Report),
            actors=ActorTree.on(as_of, _book(entries, Actor), ties),
            places=Gazetteer(_book(entries, Place)),
            ties=ties,
            roads=_book(entries, Road),
            questions=_book(entries, Question),
            outcomes=_book(entries, Outcome),
            forecasts=_book(entries, PersonForecast),
        )

    def earlier(self, day: date) -> Evidence:
        """Give what could be known by an earlier day, out of what had been recorded by now.

        Raises
        ------
        TimeError
            If the day lies after this as-of: nothing can be added by looking back.
        """
        if day > self.as_of:
            raise TimeError(f"{day} lies after the as-of {self.as_of}", mend="ask the store")
        recorded = tuple(
            each
            for each in self.recorded
            if each.claim.known_at is not None and each.claim.known_at <= day
        )
        claims, recorded_at = _one_a_claim(recorded)
        ties = _seen(self.ties, day)
        return replace(
            self,
            as_of=day,
            claims=claims,
            struck=_struck(claims),
            recorded_at=recorded_at,
            recorded=recorded,
            reports=_seen(self.reports, day),
            actors=ActorTree.on(day, _seen(self.actors, day), ties),
            ties=ties,
            questions=_seen(self.questions, day),
            outcomes=_seen(self.outcomes, day),
            forecasts=_seen(self.forecasts, day),
        )

    def with_more(
        self, claims: Sequence[Claim], entries: Sequence[Entry], recorded_at: datetime
    ) -> Evidence:
        """Give this evidence as it would be with some more, of which a later day's is left out."""
        fresh = [
            Recorded(claim, recorded_at)
            for claim in claims
            if claim.known_at is not None and claim.known_at <= self.as_of
        ]
        seen = [entry for entry in entries if _is_seen(entry, self.as_of)]
        return Evidence.build(
            self.case, self.as_of, [*self.recorded, *fresh], [*self._entries(), *seen]
        )

    def _entries(self) -> list[Entry]:
        books: tuple[Mapping[str, Entry], ...] = (
            self.sources, self.reports, self.actors, self.places, self.ties, self.roads,
            self.questions, self.outcomes, self.forecasts,
        )  # fmt: skip
        return [entry for book in books for entry in book.values()]

    @property
    def standing(self) -> list[Claim]:
        """Claims that their sources have not taken back, in the order of their ids."""
        return [claim for key, claim in self.claims.items() if key not in self.struck]

    @property
    def digest(self) -> str:
        """Digest of all evidence that weighs, down to the last rating of a source.

        Records that no claim touches (a source that has said nothing yet) are left out: adding
        them changes no answer.
        """
        return digest(
            "evidence", self.case, self.as_of, sorted(map(record_digest, self._weighing()))
        )

    def _weighing(self) -> list[Claim | Entry]:
        claims = self.claims.values()
        reports = [self.reports[c.report] for c in claims if c.report in self.reports]
        sources = {link.source for claim in claims for link in claim.chain}
        sources |= {name for report in reports for name in (report.source, report.copy_of)}
        actors = {name for c in claims for name in (*c.actors, *c.recipients)}
        actors |= {quantity.actor for claim in claims for quantity in claim.quantities}
        actors |= {self.sources[name].side for name in sources if name in self.sources}
        actors |= {up for name in actors for up in self.actors.above(name)}
        places = {name for c in claims for name in (c.place, *c.origins, *c.destinations)}
        places |= {up for name in places for up in self.places.above(name)}
        return [
            *claims,
            *{report.id: report for report in reports}.values(),
            *(self.sources[name] for name in sources if name in self.sources),
            *(self.actors[name] for name in actors if name in self.actors),
            *(self.places[name] for name in places if name in self.places),
            *self.ties.values(),
            *self.questions.values(),
            *self.outcomes.values(),
            *self.forecasts.values(),
        ]

    def voice(self, claim: Claim) -> str:
        """Id of the source whose words a claim is (see `Claim.voice`)."""
        return claim.voice(self.reports.get(claim.report))

    def origin(self, claim: Claim) -> str:
        """Where a claim comes from, for counting independent origins.

        Its voice; all voices of one side are one origin, for they do not speak independently of
        each other (``docs/decisions/0002-independent-origins.md``).
        """
        side = self.side(claim)
        return f"side:{side}" if side else self.voice(claim)

    def side(self, claim: Claim) -> str:
        """Actor whose voice the claim is; empty if it is no party's."""
        source = self.sources.get(self.voice(claim))
        return source.side if source else ""

    def source_name(self, source: str) -> str:
        """Name of a source; its id where the case does not know it."""
        return self.sources[source].name if source in self.sources else source


_E = TypeVar("_E", bound=Entry)


def _is_seen(entry: Entry, day: date) -> bool:
    return (known_at_of(entry) or date.min) <= day


def _seen(book: Mapping[str, _E], day: date) -> dict[str, _E]:
    return {key: entry for key, entry in book.items() if _is_seen(entry, day)}


def _book(entries: Sequence[Entry], kind: type[_E]) -> dict[str, _E]:
    found = {key_of(entry): entry for entry in entries if isinstance(entry, kind)}
    return {key: found[key] for key in sorted(found)}


def _one_a_claim(
    recorded: Iterable[Recorded],
) -> tuple[dict[str, Claim], dict[str, datetime]]:
    """Keep one coding of each claim, whichever order they came in, and the links of all."""
    ranked = sorted(recorded, key=lambda each: each.claim.id)
    claims = {claim.id: claim for claim, _ in ranked}
    first = {claim.id: at for claim, at in ranked}
    if len(claims) < len(ranked):
        codings: dict[str, list[Recorded]] = {}
        for each in ranked:
            codings.setdefault(each.claim.id, []).append(each)
        for key, found in codings.items():
            if len(found) > 1:
                claims[key] = _merge([each.claim for each in found])
                first[key] = min(each.recorded_at for each in found)
    return claims, first


def _merge(codings: list[Claim]) -> Claim:
    # A person's coding outranks a program's; among equals the text of the record decides, so that
    # neither the order of arrival nor the clock can.
    ranked = sorted(codings, key=lambda c: (c.coder != _CODED_BY_HAND, payload_of(c)))
    links = {link for claim in codings for link in claim.links}
    return structs.replace(
        ranked[0], links=tuple(sorted(links, key=lambda link: (link.relation, link.target)))
    )


def _struck(claims: Mapping[str, Claim]) -> dict[str, Strike]:
    struck: dict[str, Strike] = {}
    for key in sorted(claims, key=lambda k: (claims[k].known_at or date.max, k)):
        for link in claims[key].links:
            if link.relation in STRIKING and link.target in claims:
                strike = Strike(link.relation, key, claims[key].known_at)
                struck.setdefault(link.target, strike)
    return dict(sorted(struck.items()))
