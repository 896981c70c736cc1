"""The page: one file of HTML in which everything stands, and which asks nothing of the network."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from jinja2 import Environment

from foreshock.brief.document import Brief
from foreshock.brief.page.acts import groups, periods, publishers, ties
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
from foreshock.brief.page.rendering import asset, environment, policy
from foreshock.brief.page.scenarios import scenarios_view
from foreshock.brief.page.timeline import timeline_view
from foreshock.brief.page.view import Table, View
from foreshock.core.time import say_day

VIEWS: Mapping[str, Callable[[Brief], View | None]] = {
    "Relations": relations_view,
    "Map": map_view,
    "Timeline": timeline_view,
    "Network": network_view,
    "Disputed figures": disputes_view,
    "Displaced people": displaced_view,
    "Who may yet flee": displacement_view,
    "Who holds what": control_view,
    "What may follow": outlook_view,
    "Assumed": scenarios_view,
}
"""The views in the order of the page, by their short names in its contents; one may be absent."""

STYLES, SCRIPTS = ("page.css", "assumed.css"), ("shared.js", "page.js")

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
    style = "".join(asset(name, __package__) for name in STYLES)
    script = "".join(asset(name, __package__) for name in SCRIPTS)
    made = {name: view(brief) for name, view in VIEWS.items()}
    views = {name: view for name, view in made.items() if view is not None}
    panels = {panel.id for view in views.values() for panel in view.panels}
    contents = {"changed": "What changed", "deadlines": "Deadlines"}
    contents |= {view.id: name for name, view in views.items()} | {"evidence": "Evidence"}
    template = page_environment().get_template("page.html.jinja")
    return template.render(
        kind="brief",
        title=f"{brief.title}, as of {say_day(brief.as_of)}",
        version=brief.version,
        contents=contents,
        brief=brief,
        views=list(views.values()),
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


def page_environment() -> Environment:
    """Make the environment of the templates of this folder, whose tables are alike."""
    found = environment(__package__)
    found.globals |= {
        "columns": _columns,
        "foremost": FOREMOST,
        "longest": LONGEST,
        "many": MANY,
    }
    return found


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
