"""What the network must show around each actor, and where each edge must lead."""

import math
from itertools import combinations
from xml.etree.ElementTree import tostring

import pytest
from tests.brief.page import makers as make

from foreshock.brief import relations as rel
from foreshock.brief.page.labels import Box
from foreshock.brief.page.network import MOST, network_view
from foreshock.brief.page.scales import WIDTH, text_width


def _tie(key: str, a: str, b: str, kind: str = "alliance") -> rel.TieItem:
    return rel.TieItem(
        key=key, a=make.actor(a), b=make.actor(b), kind=kind, support=[], sign="positive",
        start=make.ago(900), known_at=None, report="r1", basis="read", summary=f"summary of {key}",
    )  # fmt: skip


def _patron(a: str, b: str) -> rel.PatronItem:
    return rel.PatronItem(patron=make.actor(a), client=make.actor(b), support=["arms"], ties=[])


def _view(edges, focus=("ruritania",), events=(), **related):
    return network_view(
        make.brief(
            focus=list(focus), events=list(events), relations=make.relations(edges=edges, **related)
        )
    )


@pytest.fixture
def view():
    edges = [
        make.edge("florin", "ruritania", "mixed", cooperative=2, conflictual=2),
        make.edge("gondal", "ruritania", "negative", conflictual=9, events=["e1", "e2"]),
        make.edge("ruritania", "zenda", "positive", ties=["t|1"]),
        make.edge("florin", "zenda", "positive", cooperative=1),
    ]
    return _view(
        edges,
        focus=["ruritania", "florin", "nobody"],
        events=[make.event("e1"), make.event("e2")],
        ties=[_tie("t|1", "ruritania", "zenda")],
        patrons=[_patron("ruritania", "zenda")],
    )


def test_each_actor_in_focus_that_has_edges_has_a_picture_and_only_the_first_is_open(view):
    assert [panel.title for panel in view.panels] == [
        "Ruritania",
        "Florin",
        "What every edge rests on",
    ]
    assert [panel.folded for panel in view.panels] == [False, True, True]


def test_sign_has_a_letter_and_a_dash_not_only_a_colour(view):
    picture = view.panels[0].picture
    dashes = {
        sign: make.classed(picture, "edge", sign)[0].get("stroke-dasharray")
        for sign in ("positive", "negative", "mixed")
    }
    assert dashes["positive"] is None
    assert dashes["negative"] != dashes["mixed"]
    assert {"+", "−", "±"} <= set(make.texts(picture))


def test_a_busier_edge_is_wider(view):
    picture = view.panels[0].picture
    widths = [
        float(make.classed(picture, "edge", sign)[0].get("stroke-width"))
        for sign in ("positive", "mixed", "negative")
    ]
    assert widths == sorted(set(widths))


def test_every_edge_leads_to_the_table_of_what_it_rests_on(view):
    tables = {f"#{table.id}": table for table in view.panels[-1].tables}
    assert len(tables) == 4
    for panel in view.panels[:-1]:
        assert set(make.links(panel.picture)) <= set(tables)
        assert {row.cells[0].href for row in panel.tables[0].rows} <= set(tables)
    hostile = tables["#edge-gondal-x7c-ruritania"]
    assert [row.cells[2].href for row in hostile.rows] == ["#event-e1", "#event-e2"]
    allied = tables["#edge-ruritania-x7c-zenda"]
    assert [row.cells[2].href for row in allied.rows] == ["#tie-t-x7c-1"]
    assert allied.rows[0].cells[2].text == "summary of t|1"


@pytest.mark.parametrize(("patron", "client"), [("ruritania", "zenda"), ("zenda", "ruritania")])
def test_an_arrow_points_from_the_patron_to_the_client(patron, client):
    patrons = [_patron(patron, client)]
    picture = _view([make.edge("ruritania", "zenda")], patrons=patrons).panels[0].picture
    (arrow,) = make.classed(picture, "arrow")
    (line,) = make.classed(picture, "edge")
    inside, outside = ((float(line.get(f"x{n}")), float(line.get(f"y{n}"))) for n in (1, 2))
    tip, *wings = (tuple(map(float, corner.split(","))) for corner in arrow.get("points").split())
    towards = outside if client == "zenda" else inside
    assert all(_apart(tip, towards) < _apart(wing, towards) for wing in wings)
    role = "client" if client == "zenda" else "patron"
    assert any(f"its {role}" in text for text in make.texts(picture))
    assert any(f"zenda is its {role} (arms)" in title for title in make.titles(picture))


def _apart(one, other):
    return math.hypot(one[0] - other[0], one[1] - other[1])


def test_two_that_support_each_other_have_no_arrow():
    picture = (
        _view(
            [make.edge("gondal", "ruritania")],
            patrons=[_patron("gondal", "ruritania"), _patron("ruritania", "gondal")],
        )
        .panels[0]
        .picture
    )
    assert not make.classed(picture, "arrow")
    assert any("patron of each other" in text for text in make.texts(picture))


def _labels(picture) -> list[Box]:
    boxes = []
    for text in picture.iter("text"):
        x, y = float(text.get("x")), float(text.get("y"))
        width = text_width("".join(text.itertext()), 13)
        before = {"start": 0.0, "middle": width / 2, "end": width}[text.get("text-anchor")]
        boxes.append(Box(x - before, y - 10, x - before + width, y + 2))
    return boxes


@pytest.mark.parametrize("number", [1, 2, 3, 4, 7, 12, 30])
@pytest.mark.parametrize("name", ["{}", "The Grand Duchy of the Northern Marches no. {}"])
def test_labels_never_overlap_and_stay_in_the_picture(number, name):
    names = [name.format(index) for index in range(number)]
    edges = [
        make.edge("ruritania", other, sign, conflictual=index, ties=["t"])
        for index, (other, sign) in enumerate(
            zip(names, ["positive", "negative", "mixed"] * number, strict=False)
        )
    ]
    picture = _view(edges).panels[0].picture
    labels = _labels(picture)
    assert len(make.links(picture)) == number
    height = float(picture.get("viewBox").split()[3])
    assert all(box.within(Box(0, 0, WIDTH, height)) for box in labels)
    assert not any(one.meets(other) for one, other in combinations(labels, 2))


def test_more_neighbours_than_can_be_drawn_are_counted_and_listed():
    edges = [make.edge("ruritania", f"n{index}", conflictual=index) for index in range(MOST + 5)]
    panel = _view(edges).panels[0]
    assert len(make.links(panel.picture)) == MOST
    assert "5 more neighbours" in panel.note
    assert len(panel.tables[0].rows) == MOST + 5
    # The busiest are drawn.
    assert not any("n4" in href for href in make.links(panel.picture) if href.endswith("n4"))


def test_where_the_acts_say_otherwise_than_the_ties_the_edge_says_so():
    edge = make.edge("gondal", "ruritania", "positive", acts_sign="negative", conflictual=4)
    panel = _view([edge]).panels[0]
    assert any("acts alone −" in text for text in make.texts(panel.picture))
    assert make.cells(panel.tables[0])[0][2] == "− negative"


def test_without_a_focus_the_busiest_actors_stand_in_the_middle():
    edges = [make.edge("ruritania", other) for other in ("a", "b", "c")]
    assert _view(edges, focus=()).panels[0].title == "Ruritania"


def test_without_edges_a_sentence_says_so():
    view = _view([])
    assert view.panels == []
    assert "No tie stands" in view.lead


def test_ids_of_two_edges_never_meet():
    edges = [make.edge("a-b", "c"), make.edge("a", "b-c")]
    ids = [table.id for table in _view(edges, focus=["c", "a"]).panels[-1].tables]
    assert len(set(ids)) == 2


def test_the_order_of_edges_does_not_change_the_picture(view):
    edges = [make.edge("ruritania", f"n{index}", conflictual=index % 3) for index in range(9)]
    one, other = (_view(order).panels[0].picture for order in (edges, edges[::-1]))
    assert tostring(one) == tostring(other)


def test_the_bundled_case_has_its_network(brief):
    view = network_view(brief)
    assert view.panels[0].title == "Turkey"
    ids = [table.id for table in view.panels[-1].tables]
    assert len(set(ids)) == len(ids) == len(brief.relations.edges)
