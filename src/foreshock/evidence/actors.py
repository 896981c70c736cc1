"""Actors, who belongs to whom, and the ties between them, all as known on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an actor, and since when it was in use (None: always)."""

    name: str
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who can act or be acted upon.

    Parameters
    ----------
    id, name : str
        Slug and name.
    kind : str
        State, government, armed force, unit, armed group, coalition, organisation, population ...
    parents : tuple of str
        Actors of which it is a part, without dates (dated affiliations are ties).
    country : str
        ISO 3166 alpha-3 code, empty if none.
    sector : str
        PLOVER sector code.
    aliases : tuple of Alias
        Other names, metonyms among them.
    """

    id: str
    name: str
    kind: str = ""
    parents: tuple[str, ...] = ()
    country: str = ""
    sector: str = ""
    aliases: tuple[Alias, ...] = ()
    known_at: date | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A standing relation between two actors: patronage, treaty, alliance, rivalry, membership.

    ``a`` is the patron, the whole's part (for ``part_of``), or simply the first party.
    """

    key: str
    a: str
    b: str
    kind: str
    support: tuple[str, ...] = ()
    sign: str = ""
    strength: str = ""
    start: date | None = None
    end: date | None = None
    report: str = ""
    known_at: date | None = None
    known_basis: str = "source"
    basis: str = ""
    summary: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the tie stands on a day, as far as its dates tell."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class ActorTree(Mapping[str, Actor]):
    """The actors of a case with their affiliations on a day.

    Examples
    --------
    >>> tree = ActorTree({"crown": Actor(id="crown", name="Crown"),
    ...                   "guard": Actor(id="guard", name="Guard", parents=("crown",))})
    >>> tree.kin("guard", "crown"), tree.kin("crown", "crown")
    (True, True)
    """

    actors: Mapping[str, Actor] = field(default_factory=dict)
    affiliations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _above: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def on(cls, day: date, actors: Mapping[str, Actor], ties: Mapping[str, Tie]) -> ActorTree:
        """Build the tree as it stood on a day, dated memberships included."""
        dated: dict[str, tuple[str, ...]] = {}
        for key in sorted(ties):
            tie = ties[key]
            if tie.kind == "part_of" and tie.holds_on(day):
                dated[tie.a] = (*dated.get(tie.a, ()), tie.b)
        return cls(actors, dated)

    def __getitem__(self, key: str) -> Actor:
        """Look an actor up by id."""
        return self.actors[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return iter(self.actors)

    def __len__(self) -> int:
        """Count the actors."""
        return len(self.actors)

    def name(self, actor: str) -> str:
        """Name of an actor; its id where the case does not know it."""
        return self.actors[actor].name if actor in self.actors else actor

    def above(self, actor: str) -> frozenset[str]:
        """Ids of everything of which an actor is a part, however indirectly."""
        known = self._above.get(actor)
        if known is None:
            seen: set[str] = set()
            queue = [actor]
            while queue:
                here = queue.pop()
                parents = self.actors[here].parents if here in self.actors else ()
                for parent in (*parents, *self.affiliations.get(here, ())):
                    if parent not in seen:
                        seen.add(parent)
                        queue.append(parent)
            known = self._above[actor] = frozenset(seen - {actor})
        return known

    def kin(self, a: str, b: str) -> bool:
        """Whether one of two actors is the other or a part of it."""
        return a == b or b in self.above(a) or a in self.above(b)

    def root(self, actor: str) -> str:
        """Give the topmost actor of which this one is a part (the first by id of several)."""
        tops = sorted(up for up in self.above(actor) if not self.above(up))
        return tops[0] if tops else actor
