"""Who is said to hold what, and who stands behind whom: tables that need no picture."""

from __future__ import annotations

from collections import Counter

from foreshock.brief.believed import BelievedItem
from foreshock.brief.believed_words import SURE
from foreshock.brief.document import Brief, HoldingItem, SayItem
from foreshock.brief.items import ActorItem
from foreshock.brief.page.anchors import claim_anchor, tie_anchor
from foreshock.brief.page.saying import percent
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.words import joined, unique
from foreshock.core.time import say_day

FOREMOST = 5


def control_view(brief: Brief) -> View:
    """Tell who is said to hold each place, which are surrounded, and who supports whom."""
    contested = [holding for holding in brief.control if holding.status == "contested"]
    held = [holding for holding in brief.control if holding.status != "contested"]
    panels = [
        Panel(
            id="control-contested",
            title="Contested",
            tables=[_holdings(brief, "Places said to be contested", contested)]
            if contested
            else [],
            note="" if contested else "No place is said to be contested.",
        ),
        Panel(
            id="control-held",
            title="Held",
            tables=[_holdings(brief, "Places by who is said to hold them", held)] if held else [],
            note=_tally(held) if held else "Nobody says who holds any place.",
        ),
        Panel(
            id="control-believed",
            title="How sure",
            tables=[_believed(brief)] if _unsure(brief) else [],
            note=_basis(brief),
        ),
        Panel(
            id="control-surrounded",
            title="Surrounded",
            tables=[_surrounded(brief)] if brief.surrounded else [],
            note="" if brief.surrounded else "No post is said to be surrounded.",
        ),
        Panel(
            id="patrons",
            title="Patrons and clients",
            tables=[_patrons(brief)] if brief.relations.patrons else [],
            note="A patron arms, pays, trains or shields its client; whether the client obeys is "
            "another matter."
            if brief.relations.patrons
            else "No actor is said to support another.",
        ),
    ]
    return View(
        id="control",
        title="Who holds what, and who stands behind whom",
        lead="The newest word of each independent origin on each place. A place is contested where "
        "they disagree, or where one of them says so. Holding is claimed like everything else "
        "here; follow a row to who says so.",
        panels=panels,
    )


def _holdings(brief: Brief, caption: str, holdings: list[HoldingItem]) -> Table:
    believed = {each.place.id: each for each in brief.believed.places}
    return Table(
        caption=caption,
        columns=("Place", "Holder", "Belief", "Newest word", "Who says so"),
        rows=[
            Row(
                cells=(
                    Cell(holding.place.name, _to(holding.claims)),
                    Cell(_names(holding.holders)),
                    Cell(_belief(holding, believed.get(holding.place.id)), number=True),
                    Cell(say_day(holding.on)),
                    Cell(_says(holding.says)),
                ),
                data={"actors": _roots(holding.holders)},
            )
            for holding in sorted(holdings, key=lambda h: (_names(h.holders), h.place.name))
        ],
    )


def _belief(holding: HoldingItem, believed: BelievedItem | None) -> str:
    """Give the belief in what is said of a place."""
    if believed is None:
        return "–"
    contested = holding.status == "contested"
    said = {"contested"} if contested else {actor.root or actor.id for actor in holding.holders}
    found = [share.probability for share in believed.within if share.state in said]
    return percent(sum(found)) if found else "under 10 %"


def _believed(brief: Brief) -> Table:
    """List the places that are not surely held, the least sure first."""
    return Table(
        caption="Places that nobody surely holds",
        columns=("Place", "Holder", "Belief", "Or else", "May change in a day", "Thin"),
        rows=[
            Row(
                cells=(
                    Cell(each.place.name, _to(each.claims)),
                    Cell(each.within[0].name),
                    Cell(percent(each.within[0].probability), number=True),
                    Cell(
                        "; ".join(f"{o.name} {percent(o.probability)}" for o in each.within[1:])
                        or "–"
                    ),
                    Cell(percent(each.hazard), number=True),
                    Cell(each.thin or "–"),
                ),
                data={"actors": each.within[0].state},
            )
            for each in _unsure(brief)
        ],
    )


def _unsure(brief: Brief) -> list[BelievedItem]:
    unsure = [each for each in brief.believed.places if each.within[0].probability < SURE]
    return sorted(unsure, key=lambda each: (each.within[0].probability, each.place.name))


def _basis(brief: Brief) -> str:
    if not brief.believed.places:
        return "Nobody says who holds any place, so nothing is believed."
    return (
        "Worked out from every word on a place, by who says it: a party's own claim weighs less "
        "than its enemy's admission. Listed are the places of which no holder has 90 %, with the "
        "fewest holders that together have as much. "
        f"Estimated from this case, beside a stated prior: {'; '.join(brief.believed.basis)}."
    )


def _surrounded(brief: Brief) -> Table:
    rows = []
    for say in brief.surrounded:
        claim = brief.claims.get(say.claim)
        place = claim.place.name if claim and claim.place else "place not told"
        rows.append(
            Row(
                cells=(
                    Cell(place, f"#{claim_anchor(say.claim)}"),
                    Cell(_names(say.holders)),
                    Cell(say_day(say.on)),
                    Cell(say.speaker),
                ),
                data={"actors": _roots(say.holders)},
            )
        )
    return Table(
        caption="Posts said to be surrounded",
        columns=("Place", "By whom", "Day", "Who says so"),
        rows=rows,
    )


def _patrons(brief: Brief) -> Table:
    return Table(
        caption="Patrons and clients",
        columns=("Patron", "Client", "Support"),
        rows=[
            Row(
                cells=(
                    Cell(item.patron.name),
                    Cell(item.client.name, f"#{tie_anchor(item.ties[0])}" if item.ties else ""),
                    Cell(", ".join(item.support) or "not told"),
                ),
                data={"actors": _roots([item.patron, item.client])},
            )
            for item in brief.relations.patrons
        ],
    )


def _tally(held: list[HoldingItem]) -> str:
    counts = Counter(_names(holding.holders) for holding in held).most_common()
    told = [f"{names} {number}" for names, number in counts[:FOREMOST]]
    others = sum(number for _, number in counts[FOREMOST:])
    return f"Places by holder: {'; '.join([*told, *([f'others {others}'] if others else [])])}."


def _says(says: list[SayItem]) -> str:
    return "; ".join(f"{say.speaker}: {_names(say.holders) or say.how}" for say in says)


def _names(actors: list[ActorItem]) -> str:
    return joined([actor.name for actor in actors])


def _roots(actors: list[ActorItem]) -> str:
    return " ".join(unique(actor.root or actor.id for actor in actors))


def _to(claims: list[str]) -> str:
    return f"#{claim_anchor(claims[0])}" if claims else ""
