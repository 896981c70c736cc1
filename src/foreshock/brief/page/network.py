"""The network: who stands where with whom, one actor in the middle at a time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from foreshock.brief.document import Brief
from foreshock.brief.items import ActorItem
from foreshock.brief.page.anchors import anchor, tie_anchor
from foreshock.brief.page.marks import SIGNS, Marks, actors_data, linked
from foreshock.brief.page.palette import actor_class
from foreshock.brief.page.saying import percent
from foreshock.brief.page.scales import WIDTH, cut, day_or, text_width
from foreshock.brief.page.svg import node
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.relations import EdgeItem
from foreshock.brief.words import counted, unique

DAYS = 90
"""Acts of so many days make the edges (see `EdgeItem`)."""

MOST = 30
"""So many neighbours are drawn; the rest is in the table."""

EGOS = 6
"""So many actors are drawn where the case names none that matter most."""

RADIUS, SPACING = 136, (38, 48)
"""Half the width of the ring; the height of a neighbour with its name in one line, or in two."""

ROOM = WIDTH / 2 - RADIUS - 26
"""Least width for a neighbour's name."""

LETTERS = {"positive": "+", "negative": "−", "mixed": "±"}

DASHES = {"positive": None, "negative": "7 5", "mixed": "12 4 3 4"}


def network_view(brief: Brief) -> View:
    """Show the ties and the latest acts between actors, around each actor in focus.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    View
        A panel for each actor in focus, and one with what every edge rests on.
    """
    marks = Marks(brief)
    egos = [ego for ego in _egos(brief) if ego.edges]
    panels = [_panel(brief, ego, folded=index > 0) for index, ego in enumerate(egos)]
    edges = brief.relations.edges
    if edges:
        panels.append(
            Panel(
                id="edges",
                title="What every edge rests on",
                folded=True,
                tables=[_edge_table(brief, edge, marks) for edge in edges],
            )
        )
    return View(
        id="network",
        title="Who stands where with whom",
        lead=(
            f"Standing ties (alliances, treaties, hostilities, who arms whom) and the acts of the "
            f"last {DAYS} days. + and a solid line: they stand together; − and dashes: against "
            "each other; ± and dashes with dots: both at once, or too few acts to tell. The wider "
            "the line, the more acts. An arrowhead points from a patron to its client. Each line "
            "leads to what it rests on."
        )
        if edges
        else f"No tie stands and nobody acted on anybody in the last {DAYS} days, as far as is "
        "known.",
        panels=panels,
    )


def edge_anchor(edge: EdgeItem) -> str:
    """Give the anchor of an edge, without the ``#``."""
    return anchor("edge", f"{edge.a.id}|{edge.b.id}")


def edge_in_words(edge: EdgeItem) -> str:
    """Say an edge in a line."""
    parts = [counted(len(edge.ties), "tie")] if edge.ties else []
    if edge.conflictual or edge.cooperative:
        parts.append(f"{edge.conflictual:,} conflictual and {edge.cooperative:,} cooperative acts")
    return f"{edge.a.name} – {edge.b.name}: {edge.sign} ({', '.join(parts) or 'nothing on record'})"


# ------------------------------------------------------------------------------------ one actor


@dataclass(frozen=True, slots=True)
class _Ego:
    """An actor with its edges, grouped by sign, then the busiest first."""

    actor: ActorItem
    edges: list[EdgeItem]

    def other(self, edge: EdgeItem) -> ActorItem:
        return edge.b if _root(edge.a) == _root(self.actor) else edge.a


def _root(actor: ActorItem) -> str:
    return actor.root or actor.id


def _egos(brief: Brief) -> list[_Ego]:
    named: dict[str, ActorItem] = {}
    found: dict[str, list[EdgeItem]] = {}
    for edge in brief.relations.edges:
        for actor in (edge.a, edge.b):
            named.setdefault(_root(actor), actor)
            found.setdefault(_root(actor), []).append(edge)
    busiest = sorted(found, key=lambda root: (-len(found[root]), root))[:EGOS]
    return [
        _Ego(named[root], sorted(found[root], key=lambda edge: _order(edge, root)))
        for root in unique(brief.focus or busiest)
        if root in found
    ]


def _order(edge: EdgeItem, ego: str) -> tuple[int, int, str]:
    other = edge.b if _root(edge.a) == ego else edge.a
    sign = list(LETTERS).index(edge.sign) if edge.sign in LETTERS else len(LETTERS)
    # Mixed relations stand between friends and foes.
    return (0, 2, 1, 3)[sign], -_acts(edge), other.id


def _acts(edge: EdgeItem) -> int:
    return edge.conflictual + edge.cooperative


def _panel(brief: Brief, ego: _Ego, *, folded: bool) -> Panel:
    by_sign = [
        f"{counted(sum(edge.sign == sign for edge in ego.edges), sign + ' edge')}"
        for sign in LETTERS
        if any(edge.sign == sign for edge in ego.edges)
    ]
    shown = sorted(ego.edges, key=lambda edge: (-_acts(edge), -len(edge.ties), edge.a.id))[:MOST]
    left_out = len(ego.edges) - len(shown)
    return Panel(
        id=anchor("ego", ego.actor.id),
        title=ego.actor.name,
        finding=f"{ego.actor.name}: {', '.join(by_sign)}.",
        picture=_picture(brief, _Ego(ego.actor, [edge for edge in ego.edges if edge in shown])),
        note=f"{counted(left_out, 'more neighbour')}, with the fewest acts: only in the table."
        if left_out
        else "",
        tables=[_ego_table(brief, ego)],
        folded=folded,
    )


def _ego_table(brief: Brief, ego: _Ego) -> Table:
    return Table(
        caption=f"Edges of {ego.actor.name}",
        columns=[
            "with",
            "sign",
            "acts alone",
            "ties",
            "▲ conflictual",
            "○ cooperative",
            "patronage",
        ],
        rows=[
            Row(
                [
                    Cell(ego.other(edge).name, f"#{edge_anchor(edge)}"),
                    Cell(_signed(edge.sign)),
                    Cell(_signed(edge.acts_sign) or "too few acts"),
                    Cell(f"{len(edge.ties):,}", number=True),
                    Cell(f"{edge.conflictual:,}", number=True),
                    Cell(f"{edge.cooperative:,}", number=True),
                    Cell(_patronage(brief, ego, edge)[1]),
                ],
                data=actors_data((edge.a, edge.b)),
            )
            for edge in ego.edges
        ],
    )


def _patronage(brief: Brief, ego: _Ego, edge: EdgeItem) -> tuple[int, str]:
    """Give 1 where the ego is the patron, -1 where it is the client, 0 for neither; in words too.

    Where each supports the other, or parts of it, there are two patrons and no arrow.
    """
    own, other = _root(ego.actor), _root(ego.other(edge))
    gives = [
        i for i in brief.relations.patrons if (_root(i.patron), _root(i.client)) == (own, other)
    ]
    gets = [
        i for i in brief.relations.patrons if (_root(i.patron), _root(i.client)) == (other, own)
    ]
    said = []
    for items, role in ((gives, "client"), (gets, "patron")):
        if items:
            support = ", ".join(unique(kind for item in items for kind in item.support))
            said.append(f"its {role}" + (f" ({support})" if support else ""))
    return bool(gives) - bool(gets), "; ".join(said)


# ---------------------------------------------------------------------------------- the picture


def _picture(brief: Brief, ego: _Ego) -> Element:
    half = -(-len(ego.edges) // 2)
    wide = any(len(_lines(ego.other(edge).name, ROOM, 2)) > 1 for edge in ego.edges)
    spacing = max(SPACING[wide], 170 / half)
    height = half * spacing + 30
    middle_x, middle_y = WIDTH / 2, height / 2
    picture = node(
        "svg",
        node("title", f"Ties and latest acts of {ego.actor.name}"),
        viewBox=f"0 0 {WIDTH} {height:g}",
        class_="picture ego",
        role="group",
        aria_label=f"Ties and latest acts of {ego.actor.name}",
    )
    # Round the ring: down the left side, then up the right, so that signs stay together.
    sides = [(-1, ego.edges[:half]), (1, ego.edges[half:][::-1])]
    reach = max((half - 1) / 2 * spacing * 1.1, 1) + 16
    for side, edges in sides:
        for index, edge in enumerate(edges):
            y = (index - (len(edges) - 1) / 2) * spacing
            x = side * RADIUS * math.sqrt(1 - (y / reach) ** 2)
            x = side * max(abs(x), 40)
            picture.append(_edge(brief, ego, edge, (middle_x, middle_y), (x, y)))
    picture.append(_middle(brief, ego.actor, middle_x, middle_y))
    return picture


def _edge(
    brief: Brief,
    ego: _Ego,
    edge: EdgeItem,
    middle: tuple[float, float],
    to: tuple[float, float],
) -> Element:
    """Draw a neighbour with its label and its edge: one link, so that it is easy to hit."""
    (cx, cy), (dx, dy) = middle, to
    x, y = cx + dx, cy + dy
    other = ego.other(edge)
    direction, patronage = _patronage(brief, ego, edge)
    side = 1 if dx > 0 else -1
    room = WIDTH - 14 - x if side > 0 else x - 14
    label = {"x": x + 12 * side, "text_anchor": "start" if side > 0 else "end"}
    numbers = [
        f"{SIGNS['conflictual']} {edge.conflictual}  {SIGNS['cooperative']} {edge.cooperative}"
    ]
    numbers = numbers if _acts(edge) else ["no acts"]
    if edge.ties:
        numbers.append(counted(len(edge.ties), "tie"))
    if edge.acts_sign and edge.acts_sign != edge.sign:
        numbers.append(f"acts alone {LETTERS.get(edge.acts_sign, edge.acts_sign)}")
    if patronage:
        numbers.append(patronage.split(" (")[0] if direction else "patron of each other")
    lines = _lines(other.name, ROOM, 2)
    shifts = (-1, 14) if len(lines) == 1 else (-9, 6, 20)
    sign = edge.sign if edge.sign in LETTERS else "mixed"
    sx, sy = cx + 0.8 * dx, cy + 0.8 * dy
    shapes = [
        node("line", x1=cx, y1=cy, x2=x, y2=y, class_=f"edge {sign}", stroke_dasharray=DASHES[sign],
             stroke_width=min(1.2 + 0.8 * math.sqrt(_acts(edge)), 9)),
        node("circle", cx=sx, cy=sy, r=8.5, class_="sign"),
        node("text", LETTERS[sign], x=sx, y=sy + 4.5, text_anchor="middle",
             class_=f"strong text {sign}"),
        node("circle", cx=x, cy=y, r=6, class_=f"node {actor_class(brief, _root(other))}",
             fill="currentColor"),
        *(
            node("text", line, y=y + shift, class_="label", **label)
            for line, shift in zip(lines, shifts, strict=False)
        ),
        node("text", cut(" · ".join(numbers), room, 12), y=y + shifts[-1], class_="small soft",
             **label),
    ]  # fmt: skip
    if direction:
        shapes.insert(1, _arrow(middle, to, direction, sign))
    title = edge_in_words(edge) + (f"; {other.name} is {patronage}" if patronage else "")
    return linked(
        f"#{edge_anchor(edge)}", shapes, title, "edge-mark", actors_data((edge.a, edge.b))
    )


def _arrow(
    middle: tuple[float, float], to: tuple[float, float], direction: int, sign: str
) -> Element:
    """Draw an arrowhead on the edge, towards the client."""
    (cx, cy), (dx, dy) = middle, to
    length = math.hypot(dx, dy)
    ux, uy = direction * dx / length, direction * dy / length
    x, y = cx + 0.6 * dx, cy + 0.6 * dy
    tip = (x + 9 * ux, y + 9 * uy)
    wings = [(x - 6 * ux - s * 7 * uy, y - 6 * uy + s * 7 * ux) for s in (1, -1)]
    points = " ".join(f"{px:.1f},{py:.1f}" for px, py in (tip, *wings))
    return node("polygon", points=points, class_=f"arrow {sign}")


def _middle(brief: Brief, actor: ActorItem, x: float, y: float) -> Element:
    lines = _lines(actor.name, 104, 3)
    width = max(text_width(line, 14) for line in lines) + 22
    height = 17 * len(lines) + 13
    return node(
        "g",
        node("rect", x=x - width / 2, y=y - height / 2, width=width, height=height, rx=8,
             class_=f"middle {actor_class(brief, _root(actor))}", stroke="currentColor",
             stroke_width=2.5),
        *(
            node("text", line, x=x, y=y + 5 + 17 * (index - (len(lines) - 1) / 2),
                 text_anchor="middle", class_="label strong")
            for index, line in enumerate(lines)
        ),
    )  # fmt: skip


def _lines(text: str, width: float, most: int) -> list[str]:
    """Break a name into at most so many lines."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, 14) > width and len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = longer
    return [cut(line, width, 14) for line in lines]


# ------------------------------------------------------------------------------ what it rests on


def _edge_table(brief: Brief, edge: EdgeItem, marks: Marks) -> Table:
    ties = {tie.key: tie for tie in brief.relations.ties}
    rows = []
    for key in edge.ties:
        tie = ties.get(key)
        kind = tie.kind.replace("_", " ") if tie else "tie"
        said = tie.summary if tie else key
        cells = [Cell(f"tie: {kind}"), Cell(day_or(tie.start if tie else None, "")),
                 Cell(said, f"#{tie_anchor(key)}" if tie else ""),
                 Cell(_signed(tie.sign) if tie else ""), Cell("")]  # fmt: skip
        rows.append(Row(cells, data=actors_data((edge.a, edge.b))))
    for key in edge.events:
        event = marks.events.get(key)
        cells = [
            Cell("act"),
            Cell(day_or(event.start) if event else ""),
            marks.event_cell(key, event.headline if event else key),
            Cell(f"{SIGNS.get(event.sign, '')} {event.sign}".strip() if event else ""),
            Cell(percent(event.belief.probability) if event else "", number=True),
        ]
        rows.append(Row(cells, data=marks.event_data(key)))
    return Table(
        id=edge_anchor(edge),
        caption=edge_in_words(edge),
        columns=["what", "since or on", "in words", "sign", "belief"],
        rows=rows,
    )


def _signed(sign: str) -> str:
    return f"{LETTERS.get(sign, '')} {sign}".strip()
