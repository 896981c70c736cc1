"""Acts as marks: one by one, and where there are too many, those of one kind and day as one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from foreshock.brief.page.anchors import event_anchor
from foreshock.brief.page.happenings import Happening
from foreshock.brief.page.marks import linked
from foreshock.brief.page.svg import node
from foreshock.brief.page.symbols import act_sign, faded
from foreshock.brief.words import counted, unique
from foreshock.core.time import say_day


@dataclass(frozen=True, slots=True)
class Bundle:
    """Acts that share a mark; mostly one.

    Parameters
    ----------
    acts : tuple of Happening
        The leading one first: the deadliest, then the likeliest.
    """

    acts: tuple[Happening, ...]

    @property
    def lead(self) -> Happening:
        """The act to which the mark leads."""
        return self.acts[0]

    @property
    def title(self) -> str:
        """What the mark says when it is pointed at."""
        if len(self.acts) == 1:
            return self.lead.title
        kind = self.lead.event.sign or "other"
        return (
            f"{say_day(self.lead.start)}: {counted(len(self.acts), f'{kind} act')}, first "
            f"{self.lead.event.headline}; all are in the table below"
        )

    def data(self) -> dict[str, str]:
        """Give the ``data-`` attributes by which the page filters: those of the leading act."""
        found = self.lead.data()
        if len(self.acts) > 1:
            actors = (actor for act in self.acts for actor in act.data()["actors"].split())
            belief = max(act.event.belief.probability for act in self.acts)
            found |= {"actors": " ".join(unique(actors)), "belief": f"{100 * belief:.0f}"}
            found |= {"end": max(act.end for act in self.acts).isoformat()}
            found["count"] = str(len(self.acts))
        return found


def bundled(
    acts: Iterable[Happening], most: int, kind: Callable[[Happening], Hashable]
) -> list[Bundle]:
    """Bundle acts of one kind where there would be more marks than a reader can tell apart.

    Parameters
    ----------
    acts : iterable of Happening
    most : int
        Up to so many acts keep marks of their own.
    kind : callable
        Acts for which it gives the same are bundled.
    """
    found = list(acts)
    if len(found) <= most:
        return [Bundle((act,)) for act in found]
    kinds: dict[Hashable, list[Happening]] = {}
    for act in found:
        kinds.setdefault(kind(act), []).append(act)
    return [Bundle(tuple(sorted(alike, key=weight))) for alike in kinds.values()]


def weight(act: Happening) -> tuple[float, float, str]:
    """Sort acts: the deadliest first, then the likeliest."""
    return -(act.deaths or 0.0), -act.event.belief.probability, act.event.id


def draw_bundle(
    bundle: Bundle,
    x: float,
    y: float,
    radius: float,
    *,
    shown: bool = True,
    behind: Sequence[Element] = (),
) -> Element:
    """Draw the mark of an act or of several.

    Parameters
    ----------
    bundle : Bundle
    x, y, radius : float
        Where it stands, and how large.
    shown : bool
        Whether the as-of day shows it.
    behind : sequence of Element
        What belongs to it and lies behind its sign.
    """
    lead = bundle.lead
    glyph = node(
        "g",
        act_sign(lead, x, y, radius),
        opacity=faded(lead.event.belief.probability),
    )
    number = []
    if len(bundle.acts) > 1:
        number.append(
            node(
                "text",
                f"{len(bundle.acts)}",
                x=x + radius * 1.4,
                y=y + 4,
                class_="small halo count",
            )
        )
    sign = lead.event.sign or "neutral"
    names = f"event {sign}{'' if shown else ' away'}"
    return linked(
        f"#{event_anchor(lead.event.id)}",
        (*behind, glyph, *number),
        bundle.title,
        names,
        bundle.data(),
    )
