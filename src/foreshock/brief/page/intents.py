"""Follow-through: whether the actors did what they had announced."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from foreshock.brief.document import Brief
from foreshock.brief.page.marks import Marks, actors_data
from foreshock.brief.page.saying import span_in_words
from foreshock.brief.page.scales import WIDTH, Scale, cut, day_or
from foreshock.brief.page.svg import node
from foreshock.brief.page.view import Cell, Panel, Row, Table
from foreshock.brief.relations import FollowThroughItem, IntentItem
from foreshock.core.time import say_day

NAMES, UNITS, RATES = 236, (248, 528), (556, WIDTH - 20)
"""Where the names end, where the intents stand, and where the rates are drawn."""

STEP, LINE = 14, 18
"""From one intent to the next, and from one line of them to the next."""

LETTERS = {"carried out": "●", "not carried out": "✕"}
"""What stands for an outcome; ○ for one that is not settled."""


def intents_panels(brief: Brief, marks: Marks) -> list[Panel]:
    """Show who carried out what it had announced; nothing where nobody announced anything.

    Parameters
    ----------
    brief : Brief
    marks : Marks
        Makes the links to the claims.
    """
    items = [item for item in brief.relations.intents if item.intents]
    if not items:
        return []
    return [
        Panel(
            id="intents",
            title="Who does what it announces",
            note="Announced threats, undertakings and deadlines, oldest first: ● carried out, ✕ "
            "not carried out, ○ not settled (still open, reports differ, or no report either way). "
            "The rate is the share carried out of those that were settled, with its 90 % interval; "
            "with fewer than five settled there is none. A threat that was not carried out may "
            "have worked.",
            picture=_picture(items, marks),
            tables=[_rates(items), _list(items, marks)],
        )
    ]


def _picture(items: Sequence[FollowThroughItem], marks: Marks) -> Element:
    picture = node(
        "svg",
        node("title", "Announced intents, carried out or not, by actor"),
        class_="picture intents",
        role="group",
        aria_label="Announced intents, carried out or not, by actor",
    )
    rate = Scale(0, 1, *RATES)
    y = 22.0
    for share, label in ((0, "none"), (0.5, "half"), (1, "all")):
        text = node("text", label, x=rate(share), y=12, text_anchor="middle", class_="small soft")
        picture.append(text)
    top = y
    for item in items:
        per_line = int((UNITS[1] - UNITS[0]) // STEP)
        lines = -(-len(item.intents) // per_line)
        height = max(lines * LINE, LINE) + 14
        picture.append(
            node("text", cut(_whose(item), NAMES, 13), x=NAMES, y=y + 14, text_anchor="end",
                 class_="label")
        )  # fmt: skip
        for index, intent in enumerate(sorted(item.intents, key=lambda i: i.on)):
            x = UNITS[0] + STEP * (index % per_line) + STEP / 2
            picture.append(_unit(intent, x, y + 9 + LINE * (index // per_line), marks))
        picture.append(_rate(item, rate, y + 9))
        y += height
    for share in (0, 0.5, 1):
        x = rate(share)
        picture.insert(1, node("line", x1=x, x2=x, y1=top - 4, y2=y - 8, class_="grid"))
    picture.set("viewBox", f"0 0 {WIDTH} {y:g}")
    return picture


def _unit(intent: IntentItem, x: float, y: float, marks: Marks) -> Element:
    if intent.status == "carried out":
        shape = node("circle", cx=x, cy=y, r=4.5, class_="ink")
    elif intent.status == "not carried out":
        cross = f"M{x - 4} {y - 4}l8 8M{x - 4} {y + 4}l8 -8"
        shape = node("path", d=cross, class_="ink-line", stroke_width=2)
    else:
        shape = node("circle", cx=x, cy=y, r=4, class_="hollow", stroke_width=1.2)
    # A larger invisible shape, so that the mark can be hit with a finger.
    area = node("rect", x=x - 7, y=y - 9, width=14, height=18, fill="transparent")
    title = f"{say_day(intent.on)}: {intent.text} – {intent.status}"
    return marks.claim(intent.claims[0] if intent.claims else "", area, shape, title=title)


def _rate(item: FollowThroughItem, scale: Scale, y: float) -> Element:
    if item.rate is None:
        settled = item.kept + item.broken
        said = f"only {settled} settled" if settled else "none settled"
        return node("text", said, x=sum(RATES) / 2, y=y + 4,
                    text_anchor="middle", class_="small soft halo")  # fmt: skip
    low, high, mean = (scale(n) for n in (item.rate.low, item.rate.high, item.rate.mean))
    return node(
        "g",
        node("title", f"{_whose(item)}: {span_in_words(item.rate)} of those settled"),
        node("line", x1=low, x2=high, y1=y, y2=y, class_="ink-line", stroke_width=2),
        node("circle", cx=mean, cy=y, r=5, class_="ink"),
    )


def _rates(items: Sequence[FollowThroughItem]) -> Table:
    return Table(
        caption="Carried out or not, by actor",
        columns=["actor", "kind", "carried out", "not", "unsettled", "rate (90 % interval)"],
        rows=[
            Row(
                [
                    Cell(item.actor.name),
                    Cell(item.kind),
                    Cell(f"{item.kept:,}", number=True),
                    Cell(f"{item.broken:,}", number=True),
                    Cell(f"{item.unsettled:,}", number=True),
                    Cell(span_in_words(item.rate) if item.rate else "fewer than five settled"),
                ],
                data=actors_data([item.actor]),
            )
            for item in items
        ],
    )


def _list(items: Sequence[FollowThroughItem], marks: Marks) -> Table:
    return Table(
        caption="Every intent, by actor",
        columns=["actor", "kind", "announced", "due", "what", "what came of it"],
        rows=[
            Row(
                [
                    Cell(item.actor.name),
                    Cell(item.kind),
                    Cell(say_day(intent.on)),
                    Cell(day_or(intent.due, "")),
                    marks.claim_cell(intent.claims[0], intent.text)
                    if intent.claims
                    else Cell(intent.text),
                    Cell(f"{LETTERS.get(intent.status, '○')} {intent.status}"),
                ],
                data=actors_data([item.actor, *intent.recipients]) | {"day": intent.on.isoformat()},
            )
            for item in items
            for intent in item.intents
        ],
    )


def _whose(item: FollowThroughItem) -> str:
    return f"{item.actor.name}: {item.kind}s"
