"""Which actor has which colour. Colours stand in ``page.css``; here they are only numbered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from foreshock.brief.document import Brief

FOCUS = 6
"""So many actors in focus have a colour of their own."""

OTHERS = "actor-7"
"""The class that all other actors share."""


def actor_class(brief: Brief, actor: str) -> str:
    """Give the CSS class by which an actor is coloured.

    Parameters
    ----------
    brief : Brief
    actor : str
        Id of a topmost actor, as in `ActorItem.root`.

    Returns
    -------
    str
        ``actor-0`` to ``actor-5`` by the actor's place in the case's focus, else ``actor-7``.
    """
    own = brief.focus[:FOCUS]
    return f"actor-{own.index(actor)}" if actor in own else OTHERS


@dataclass(frozen=True, slots=True)
class Coloured:
    """A topmost actor with its colour."""

    id: str
    name: str
    colour: str

    @property
    def own(self) -> bool:
        """Whether the colour is its own."""
        return self.colour != OTHERS


def actors_with_acts(brief: Brief) -> list[Coloured]:
    """List topmost actors that a reader can choose: those in focus, then others by their acts."""
    names: dict[str, str] = {}
    acts: Counter[str] = Counter()
    for event in brief.events:
        named = (*event.actors, *event.recipients)
        names |= {actor.id: actor.name for actor in named}
        acts.update({actor.root or actor.id for actor in named})
    others = sorted(set(acts) - set(brief.focus), key=lambda actor: (-acts[actor], actor))
    return [
        Coloured(actor, names.get(actor, actor), actor_class(brief, actor))
        for actor in (*brief.focus, *others)
    ]
