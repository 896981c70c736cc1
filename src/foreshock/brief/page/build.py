"""The page: one file of HTML in which everything stands, and which asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import timedelta
from importlib import resources
from typing import Any
from xml.etree.ElementTree import Element, tostring

from jinja2 import Environment, FunctionLoader, StrictUndefined

from foreshock.brief.document import Brief
from foreshock.brief.page.acts import external, groups, periods, publishers, ties
from foreshock.brief.page.control import control_view
from foreshock.brief.page.displaced import displaced_view
from foreshock.brief.page.displacement_ahead import displacement_view
from foreshock.brief.page.disputes import disputes_view
from foreshock.brief.page.map import map_view
from foreshock.brief.page.network import network_view
from foreshock.brief.page.opening import changes, deadlines, findings
from foreshock.brief.page.outlook import outlook_view
from foreshock.brief.page.palette import actors_with_acts
from foreshock.brief.page.relations import relations_view
from foreshock.brief.page.timeline import timeline_view
from foreshock.brief.page.view import Table
from foreshock.brief.words import SCALE, counted, plain
from foreshock.core.time import say_day

VIEWS = {
    "Relations": relations_view,
    "Map": map_view,
    "Timeline": timeline_view,
    "Network": network_view,
    "Disputed figures": disputes_view,
    "Displaced people": displaced_view,
    "Who may yet flee": displacement_view,
    "Who holds what": control_view,
    "What may follow": outlook_view,
}
"""The views in the order of the page, by their short names in its contents."""

FOREMOST = 8
"""Changes that are told at once."""

LONGEST = 30
"""A table without a picture that is longer is folded up."""

MANY = 20
"""A picture with more links can be skipped by those who go from link to link."""

NUMBERED = 12
"""Columns that the style sheet can align as numbers; a cell further to the right says it itself."""

_DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")


def build_page(brief: Brief) -> str:
    """Make the page of a brief.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    str
        HTML, complete in itself. The same brief gives the same page.
    """
    style, script = _asset("page.css"), _asset("page.js")
    views = {name: view(brief) for name, view in VIEWS.items()}
    panels = {panel.id for view in views.values() for panel in view.panels}
    template = _environment().get_template("page.html.jinja")
    return template.render(
        brief=brief,
        views=list(views.values()),
        short={view.id: name for name, view in views.items()},
        findings=findings(brief, panels),
        changes=changes(brief),
        deadlines=deadlines(brief),
        periods=periods(brief),
        groups=groups(brief),
        ties=ties(brief),
        publishers=publishers(brief),
        actors=actors_with_acts(brief),
        first_day=brief.as_of - timedelta(days=brief.window),
        policy=policy(style, script),
        style=style,
        script=script,
    )


def policy(style: str, script: str) -> str:
    """Write the content security policy: these two texts may act, and nothing may be fetched."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["tight"] = lambda text: text.replace(" %", "\u00a0%")
    environment.globals |= {
        "day": say_day,
        "count": counted,
        "number": "{:,}".format,
        "percent": lambda share: round(100 * share),
        "svg": _written,
        "columns": _columns,
        "links": lambda picture: sum(1 for _ in picture.iter("a")),
        "target": _target,
        "scale": SCALE,
        "foremost": FOREMOST,
        "longest": LONGEST,
        "many": MANY,
    }
    return environment


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def _harmless(value: Any) -> Any:
    # Every text that the page shows goes through here, so that none can be forgotten. What is
    # markup already (`safe` in the templates) is ours: styles, script, policy and drawings.
    if isinstance(value, str) and not hasattr(value, "__html__") and not value.isprintable():
        return plain(value)
    return value


def _written(picture: Element) -> str:
    # A tree of elements, escaped as it is written out: text in it stays text.
    # A ">" in it is written as an entity, so that what is shortened here ends an element for sure.
    return tostring(picture, encoding="unicode").replace(" />", "/>")


def _columns(table: Table) -> str:
    # Names the columns (by number, for the style sheet) in which every cell is a day or empty, so
    # that a day is not broken over two lines, and those in which every cell is a number.
    named = []
    for number, cells in enumerate(zip(*(row.cells for row in table.rows), strict=True), 1):
        texts = [cell.text for cell in cells if cell.text]
        if texts and all(_DAY.fullmatch(text) for text in texts):
            named.append(f"day{number}")
        if number <= NUMBERED and all(cell.number for cell in cells):
            named.append(f"n{number}")
    return " ".join(named)


def _target(href: str) -> str:
    return href if href.startswith("#") else external(href)
