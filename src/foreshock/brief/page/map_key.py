"""The legend of the map: every sign that it uses, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from foreshock.brief.document import Brief
from foreshock.brief.page.front_picture import front_keys
from foreshock.brief.page.happenings import names_of
from foreshock.brief.page.keys import Key, act_keys, draw_keys
from foreshock.brief.page.palette import OTHERS, actor_class
from foreshock.brief.page.sites import OLD, UNKNOWN, Site
from foreshock.brief.page.svg import node
from foreshock.brief.page.symbols import HOLDER, Toll, holder_sign
from foreshock.brief.words import unique


def draw_key(
    brief: Brief, places: Sequence[Site], toll: Toll, y: float, right: float
) -> tuple[Element, float]:
    """Draw the legend of the map, and give where it ends."""
    return draw_keys(([*_holder_keys(brief, places), *front_keys(brief)], act_keys(toll)), y, right)


def _holder_keys(brief: Brief, places: Sequence[Site]) -> list[Key]:
    """Explain the signs of holders that the map shows on any day of the window."""
    names = names_of(brief)
    states = [state for site in places for state in site.states]
    roots = unique(root for state in states for root in state.roots)
    own = sorted(
        (root for root in roots if actor_class(brief, root) != OTHERS), key=brief.focus.index
    )
    keys = [
        Key(HOLDER, f"held by {names.get(root, root)}", _sign([actor_class(brief, root)]))
        for root in own
    ]
    others = [names.get(root, root) for root in roots if root not in own]
    if others:
        told = ", ".join(others[:3]) + (" and others" if len(others) > 3 else "")
        keys.append(Key(HOLDER, f"held by another ({told})", _sign([OTHERS])))
    contested = next((state for state in states if state.status == "contested"), None)
    if contested:
        classes = [actor_class(brief, root) for root in contested.roots]
        words = "contested, half and half"
        keys.append(Key(HOLDER + 3.5, words, _sign(classes, contested=True)))
    if any(state.status == UNKNOWN for state in states):
        keys.append(Key(HOLDER - 1, "nobody said who holds it", _sign([])))
    if any(state.word and brief.as_of - state.word > OLD for state in states):
        words = f"pale: newest word older than {OLD.days} days"
        keys.append(Key(HOLDER, words, _sign([OTHERS], old=True)))
    return keys


def _sign(
    classes: Sequence[str], *, contested: bool = False, old: bool = False
) -> Callable[[float, float], Element]:
    return lambda x, y: node(
        "g", *holder_sign(classes, x, y, contested=contested, old=old), class_="place"
    )
