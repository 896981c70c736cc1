"""Drawing: SVG elements as a tree, so that text can only ever be text.

Elements are `xml.etree` elements. Attributes take Python names: ``stroke_width=2`` becomes
``stroke-width="2"``, a trailing underscore is dropped (``class_``), None leaves the attribute out.
Nothing here writes a ``style`` attribute: the page's content security policy forbids it.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from foreshock.brief.words import plain


def node(tag: str, *inside: Element | str, **attributes: str | float | None) -> Element:
    """Make an element.

    Parameters
    ----------
    tag : str
        Name of the element.
    *inside : Element or str
        What stands in it, in order; text is escaped when it is written out.
    **attributes : str, float or None
        Its attributes; numbers are written with at most two decimals.

    Examples
    --------
    >>> from xml.etree.ElementTree import tostring
    >>> tostring(node("text", "a < b", x=1.23456, text_anchor="end"), encoding="unicode")
    '<text x="1.23" text-anchor="end">a &lt; b</text>'
    """
    element = Element(tag)
    for name, value in attributes.items():
        if value is not None:
            element.set(name.rstrip("_").replace("_", "-"), _written(value))
    last: Element | None = None
    for part in inside:
        if isinstance(part, Element):
            element.append(part)
            last = part
        elif last is None:
            element.text = (element.text or "") + plain(part)
        else:
            last.tail = (last.tail or "") + plain(part)
    return element


def _written(value: str | float) -> str:
    if isinstance(value, str):
        return plain(value)
    return f"{round(value, 2):g}" if abs(value) < 1e5 else f"{value:.0f}"
