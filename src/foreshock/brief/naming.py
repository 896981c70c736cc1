"""Names: ids become the items that a reader sees."""

from __future__ import annotations

from collections.abc import Iterable

from foreshock.brief.items import ActorItem, PlaceItem
from foreshock.evidence.claim import Claim
from foreshock.evidence.view import Evidence


class Names:
    """Looks names up in the evidence of a day."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    def sources(self, claims: Iterable[Claim]) -> dict[str, str]:
        """Names of all sources that claims and reports mention, by id."""
        named = {link.source for claim in claims for link in claim.chain}
        named |= {report.source for report in self.evidence.reports.values()}
        named |= {
            source
            for question in self.evidence.questions.values()
            for each in question.resolver.split(";")
            if (source := each.strip()) in self.evidence.sources
        }
        return {source: self.evidence.source_name(source) for source in sorted(named)}

    def origin(self, origin: str) -> str:
        """Name of an independent origin: a side, or a source of its own."""
        if origin.startswith("side:"):
            return self.evidence.actors.name(origin.removeprefix("side:"))
        return self.evidence.source_name(origin)

    def actors(self, actors: Iterable[str]) -> list[ActorItem]:
        """Name actors in the order given."""
        return [self.actor(actor) for actor in actors]

    def actor(self, actor: str) -> ActorItem:
        """Name an actor; one that the case does not know keeps its id."""
        known = self.evidence.actors.get(actor)
        if known is None:
            return ActorItem(id=actor, name=actor, root=actor)
        return ActorItem(
            id=actor,
            name=known.name,
            country=known.country,
            sector=known.sector,
            root=self.evidence.actors.root(actor),
        )

    def place(self, place: str) -> PlaceItem | None:
        """Name a place; None where nobody said where."""
        return self.known_place(place) if place else None

    def known_place(self, place: str) -> PlaceItem:
        """Name a place; one that the case does not know keeps its id."""
        known = self.evidence.places.get(place)
        if known is None:
            return PlaceItem(id=place, name=place)
        return PlaceItem(id=place, name=known.name, lat=known.lat, lon=known.lon, kind=known.kind)
