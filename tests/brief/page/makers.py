"""Briefs made by hand, as small as a test needs them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree.ElementTree import Element

from foreshock.brief import document as doc
from foreshock.brief import relations as rel
from foreshock.brief.believed import BelievedControl
from foreshock.brief.items import ActorItem, QuantityItem
from foreshock.brief.page.view import Panel, Table, View
from foreshock.brief.scenarios import Scenarios

AS_OF = date(2020, 2, 5)
NAMES = {"ruritania": "Ruritania", "gondal": "Gondal", "florin": "Florin"}


def _made(item, changes, /, **given):
    return item.model_validate(given | changes)


def actor(name: str) -> ActorItem:
    return ActorItem(id=name, name=NAMES.get(name, name), root=name)


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def claim(key: str, **changes) -> doc.ClaimItem:
    return _made(doc.ClaimItem, changes,
        id=key, key=key, report="r1", source="wire", origin="wire", kind="event", type="ASSAULT",
        mode="", context=[], modality="actual", polarity="positive", background=False,
        actors=[actor("ruritania")], recipients=[actor("gondal")], start=ago(3), end=ago(3),
        precision="day", place=None, quantities=[],
        chain=[doc.SpokenBy(source="wire", name="Wire")],
        evidence=None, issue="", rating=2, coder="hand", basis="read", summary=f"What {key} says.",
        due=None, consequence="", links=[], known_at=ago(2), known_basis="published",
        recorded_at=datetime(2020, 2, 5, tzinfo=UTC), struck=None,
    )  # fmt: skip


def event(key: str, sign: str = "conflictual", **changes) -> doc.EventItem:
    return _made(doc.EventItem, changes,
        id=key, type="ASSAULT", type_name="Assault", channel="deed", sign=sign, mode="",
        actors=[actor("ruritania")], recipients=[actor("gondal")], start=ago(3), end=ago(3),
        precision="day", when="2 Feb 2020", place=None, headline=f"headline of {key}", summary="",
        issue="", background=False,
        belief=doc.BeliefItem(probability=0.9, low=0.8, high=0.95, words="very likely"),
        reports=1, origins=["wire"], claims=[], denials=[], answers=[], figures=[],
    )  # fmt: skip


def act(key: str, on: date, sign: str = "conflictual", **changes) -> rel.ActItem:
    return _made(rel.ActItem, changes,
        event=key, on=on, headline=f"headline of {key}", summary="", sign=sign, weight=1.0,
        probability=0.9, pull=0.01, deaths=None, issue="", client="", claims=[],
    )  # fmt: skip


def share(mean: float, enough: bool = True, mass: float = 10.0) -> dict:
    span = rel.SpanItem(mean=mean, low=max(mean - 0.1, 0), high=min(mean + 0.1, 1))
    return {"share": span, "mass": mass, "enough": enough}


def channel(name: str, mean: float = 0.8, enough: bool = True, **changes) -> rel.ChannelItem:
    return _made(rel.ChannelItem, changes,
        **share(mean, enough), channel=name, discount=0.98,
        log_odds=rel.SpanItem(mean=1, low=0, high=2),
        reference=rel.ShareItem(**share(0.3)),
        excess=rel.SpanItem(mean=0.5, low=0.3, high=0.7), probability_up=0.97, direction="up",
        with_clients=None, cooperative=1, conflictual=2, deadly=1, deadly_before=0.25, acts=[],
        issues=[], skill=None,
    )  # fmt: skip


def silent(name: str) -> rel.ChannelItem:
    """Make a channel of which nothing can be said."""
    return channel(
        name, 0.5, enough=False, reference=None, excess=None, probability_up=None,
        direction="insufficient evidence", deadly_before=None, cooperative=0, conflictual=0,
        deadly=0,
    )  # fmt: skip


def weeks(number: int, enough=lambda index: True, mean: float = 0.8) -> list[rel.WeekItem]:
    """Make weeks that end on the as-of, counted from the oldest."""
    return [
        rel.WeekItem(end=ago(7 * (number - 1 - index)), **share(mean, enough(index)))
        for index in range(number)
    ]


def dyad(deeds=None, words=None, series=(), a: str = "ruritania", b: str = "gondal"):
    return rel.DyadItem(
        a=actor(a), b=actor(b), sentence=f"{a} and {b}: the finding.",
        deeds=deeds or silent("deed"), words=words or silent("word"), series=list(series),
    )  # fmt: skip


def edge(a: str, b: str, sign: str = "positive", **changes) -> rel.EdgeItem:
    return _made(rel.EdgeItem, changes,
        a=actor(a), b=actor(b), sign=sign, acts_sign="", ties=[], cooperative=0, conflictual=0,
        events=[], claims=[],
    )  # fmt: skip


def telling(key: str, low: float | None, high: float | None, **changes) -> doc.TellingItem:
    return _made(doc.TellingItem, changes,
        claim=key, speaker=f"speaker of {key}", text=f"text of {key}", parts=[], low=low, high=high,
        known_at=ago(2), loose=False,
    )  # fmt: skip


def tally(versions: dict[str, list[doc.TellingItem]], **changes) -> doc.TallyItem:
    return _made(doc.TallyItem, changes,
        event="e1", what="killed", of="gondal", of_name="Gondal", disputed=True, claims=[],
        versions=[
            doc.VersionItem(origin=origin, side="", tellings=told)
            for origin, told in versions.items()
        ],
    )  # fmt: skip


def people(number: float | None, **changes) -> QuantityItem:
    return _made(QuantityItem, changes,
        what="displaced", group="people", low=None, best=number, high=None, unit="",
                 text=f"{number:,.0f}" if number is not None else ""
    )  # fmt: skip


def count(key: str, number: float, **changes) -> doc.CountItem:
    return _made(doc.CountItem, changes,
        claim=key, speaker=f"speaker of {key}", quantity=people(number), since=None, until=ago(5),
        place=None, ahead=False, known_at=ago(4), summary="", claims=[key],
    )  # fmt: skip


def relations(**changes) -> rel.Relations:
    return _made(rel.Relations, changes,
        patrons=[], ties=[], window=30, reference_days=[730, 183], caveat="Mind the gap.",
        theses=[], dyads=[], edges=[], triads=[], intents=[],
    )  # fmt: skip


def brief(**changes) -> doc.Brief:
    """Make a brief; what is not given is empty."""
    return _made(doc.Brief, changes,
        case="made", title="Made by hand", as_of=AS_OF, recorded_by=None,
        focus=["ruritania", "gondal"], version="0", evidence_digest="", data_to=AS_OF, counts={},
        changed=[], events=[], disputes=[], relations=relations(), control=[], control_history=[],
        believed=BelievedControl(places=[], turns=[], front=None, basis=[]),
        window=60, roads=[], surrounded=[], displaced=[], deadlines=[], questions=[], people=[],
        forecast=doc.ForecastItem(issued=False, reason="none"),
        displacement=doc.DisplacementItem(issued=False, reason="none"),
        scenarios=Scenarios(sheets=[], whatifs=[]),
        ledger=doc.Ledger(entries=[], note=""), claims={}, reports={}, sources={},
    )  # fmt: skip


# ------------------------------------------------------------------------- what a view shows


def texts(picture: Element) -> list[str]:
    """Give what can be read in a picture, without titles that only appear when pointed at."""
    return ["".join(element.itertext()) for element in picture.iter("text")]


def links(picture: Element) -> list[str]:
    return [element.get("href", "") for element in picture.iter("a")]


def titles(picture: Element) -> list[str]:
    return [element.findtext("title", "") for element in picture.iter("a")]


def table(panel: Panel, caption: str) -> Table:
    """Give the one table of a panel whose caption holds some words."""
    (found,) = (table for table in panel.tables if caption in table.caption)
    return found


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def panel(view: View, title: str) -> Panel:
    (found,) = (panel for panel in view.panels if title in panel.title)
    return found


def classed(picture: Element, *names: str) -> list[Element]:
    """Give the elements that have all these classes."""
    return [one for one in picture.iter() if set(names) <= set((one.get("class") or "").split())]


def horizontal(line):
    """Give where the points of a drawn line stand, from left to right."""
    places = []
    for letter, numbers in re.findall(r"([Mlhv])([^Mlhvz]*)", line.get("d")):
        values = [float(number) for number in re.findall(r"-?[0-9]*\.?[0-9]+", numbers)]
        if letter == "M":
            places.append(values[0])
        elif letter in "lh":
            places.append(places[-1] + values[0])
    return places
