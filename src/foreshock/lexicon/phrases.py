"""The lexicon's words put together: who did what to whom, how many of whom."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.core.quantities import Quantity
from foreshock.lexicon.ontology import load_ontology


def people(quantity: Quantity) -> str:
    """Say a quantity with its group, without what was done to it.

    Examples
    --------
    >>> people(Quantity("killed", "ruritania/soldiers", best=7))
    '7 soldiers'
    >>> people(Quantity("killed", "contractors", best=1))
    '1 contractor'
    >>> people(Quantity("posts", "gondal/posts", best=12, unit="posts"))
    '12 posts'
    """
    group = load_ontology().groups.get(quantity.category)
    noun = group.label if group else quantity.category
    if quantity.text == "1":
        noun = _SINGULAR.get(noun, noun.removesuffix("s"))
    unit = "" if quantity.unit in {"", "persons", quantity.category} else f" {quantity.unit}"
    return f"{quantity.text}{unit}{' ' + noun if noun else ''}"


_SINGULAR = {"people": "person", "crew": "crew member", "personnel": "member of personnel",
             "children": "child", "women": "woman", "police": "police officer"}  # fmt: skip


def headline(
    type: str, mode: str, actors: Sequence[str], recipients: Sequence[str], place: str
) -> str:
    """Say in the lexicon's words who did what to whom, and where.

    Examples
    --------
    >>> headline("ASSAULT", "aerial", ["Ruritania"], ["Gondal"], "the ford")
    'Ruritania → Gondal: assault (aerial), the ford'
    """
    kind = load_ontology().types.get(type)
    act = (kind.name if kind else type).lower() + (f" ({mode.replace('-', ' ')})" if mode else "")
    who = joined(actors) or "nobody named"
    if recipients:
        joint = " and " if kind and kind.symmetric else " → "
        who += joint + joined(recipients)
    return f"{who}: {act}" + (f", {place}" if place else "")


def joined(names: Sequence[str], last: str = "and") -> str:
    """Join names as a sentence does.

    Examples
    --------
    >>> joined(["a", "b", "c"]), joined([])
    ('a, b and c', '')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
