"""Marks: what stands for an act or a claim in a picture or a table, and leads to it.

The ``data-`` attributes are those by which the page filters: when, who, which sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element

from foreshock.brief.document import Brief, EventItem
from foreshock.brief.items import ActorItem
from foreshock.brief.page.anchors import claim_anchor, event_anchor
from foreshock.brief.page.svg import node
from foreshock.brief.page.view import Cell
from foreshock.brief.words import unique

SIGNS = {"conflictual": "▲", "cooperative": "○"}
"""The letter of each sign, so that no sign is told by colour alone."""


class Marks:
    """Makes marks and cells that lead to the acts and claims of a brief.

    Parameters
    ----------
    brief : Brief
    """

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.events: dict[str, EventItem] = {event.id: event for event in brief.events}

    def event(self, event: str, *shapes: Element | str, title: str, class_: str = "") -> Element:
        """Draw shapes that lead to an act; one that is not in the brief leads nowhere.

        Parameters
        ----------
        event : str
            Id of the act.
        *shapes : Element or str
            What stands for it.
        title : str
            What the mark says when it is pointed at or read out.
        class_ : str
            Further CSS classes.
        """
        known = self.events.get(event)
        href = f"#{event_anchor(event)}" if known else ""
        return linked(href, shapes, title, class_, self.event_data(event))

    def claim(self, claim: str, *shapes: Element | str, title: str, class_: str = "") -> Element:
        """Draw shapes that lead to a claim; one that is not in the brief leads nowhere."""
        href = f"#{claim_anchor(claim)}" if claim in self.brief.claims else ""
        return linked(href, shapes, title, class_, self.claim_data(claim))

    def event_cell(self, event: str, text: str) -> Cell:
        """Make a cell that leads to an act."""
        return Cell(text, f"#{event_anchor(event)}" if event in self.events else "")

    def claim_cell(self, claim: str, text: str = "") -> Cell:
        """Make a cell that leads to a claim; without a text it shows the claim's key."""
        known = self.brief.claims.get(claim)
        if known is None:
            return Cell(text or claim)
        return Cell(text or known.key or claim[:8], f"#{claim_anchor(claim)}")

    def claims_cell(self, claims: Sequence[str]) -> Cell:
        """Make a cell that leads to the first of several claims and says how many others there are.

        What was told later than the brief's day stands in no claim of it.
        """
        if not claims:
            return Cell("–")
        if claims[0] not in self.brief.claims:
            return Cell("a report of a later day")
        first = self.claim_cell(claims[0])
        more = f" and {len(claims) - 1} more" if len(claims) > 1 else ""
        return Cell(f"{first.text}{more}", first.href)

    def event_data(self, event: str) -> dict[str, str]:
        """Give the ``data-`` attributes of an act, without ``data-``."""
        known = self.events.get(event)
        if known is None:
            return {}
        found = {"day": known.start.isoformat()} if known.start else {}
        return found | {"sign": known.sign} | actors_data((*known.actors, *known.recipients))

    def claim_data(self, claim: str) -> dict[str, str]:
        """Give the ``data-`` attributes of a claim, without ``data-``."""
        known = self.brief.claims.get(claim)
        return actors_data((*known.actors, *known.recipients)) if known else {}


def linked(
    href: str,
    shapes: Iterable[Element | str],
    title: str,
    class_: str = "",
    data: Mapping[str, str] | None = None,
) -> Element:
    """Wrap shapes in a link with a title, or in a group where there is nothing to lead to.

    Examples
    --------
    >>> linked("#edge-1", [node("circle", r=3)], "Gondal").get("class")
    'mark'
    """
    return node(
        "a" if href else "g",
        node("title", title),
        *shapes,
        href=href or None,
        class_=f"mark {class_}".strip(),
        **{f"data-{name}": value for name, value in (data or {}).items()},
    )


def actors_data(actors: Iterable[ActorItem]) -> dict[str, str]:
    """Give the ``data-actors`` attribute of anything that concerns some actors."""
    return {"actors": " ".join(unique(actor.root or actor.id for actor in actors))}
