"""Who is believed to hold what, in the brief: items, the terminal's line, the page, the map."""

import io

import pytest
from rich.console import Console
from tests.assess.control.worlds import known, says
from tests.brief.page import makers

from foreshock.assess.picture import assess
from foreshock.brief.believed_words import doubts_in_words
from foreshock.brief.compose import compose
from foreshock.brief.page.control import control_view
from foreshock.brief.page.front_picture import draw_front, front_keys
from foreshock.brief.page.map import map_view
from foreshock.brief.page.projection import Projection
from foreshock.brief.terminal import render


@pytest.fixture(scope="module")
def brief():
    """Write the brief of two towns of each side, one of them in doubt."""
    words = [
        says(f"p{n:02}", "gondal" if n < 2 else "zenda", on, source)
        for n in range(4)
        for on, source in ((1, "monitor"), (2, "second-monitor"))
    ]
    doubt = says("p02", "gondal", 5, "gondal-office", "took")
    return compose(assess(known([*words, doubt], 5)), case="war", title="A war")


def test_every_place_has_its_belief_with_the_claims_behind_it(brief):
    places = {each.place.id: each for each in brief.believed.places}
    assert set(places) == {"p00", "p01", "p02", "p03"}
    for each in places.values():
        assert each.claims and set(each.claims) <= set(brief.claims)
        shares = [share.probability for share in each.within]
        assert shares == sorted(shares, reverse=True) and sum(shares) >= 0.9 - 1e-3
        assert 0 <= each.hazard <= 1
    assert places["p00"].within[0].name == "Gondal"
    assert all("prior" in line for line in brief.believed.basis)


def test_the_terminal_says_how_many_are_sure_and_which_is_least(brief):
    told = doubts_in_words(brief.believed)
    assert told.startswith("90 % sure: 3 of 4; least: P02,")
    out = io.StringIO()
    render(brief, Console(file=out, width=200, highlight=False, markup=False))
    assert told in out.getvalue()


def test_the_page_sets_belief_beside_what_is_said_and_lists_what_is_unsure(brief):
    view = control_view(brief)
    panels = {panel.id: panel for panel in view.panels}
    (unsure,) = panels["control-believed"].tables
    assert [row.cells[0].text for row in unsure.rows] == ["P02"]
    (held,) = panels["control-held"].tables
    at = held.columns.index("Belief")
    assert all(row.cells[at].text.endswith("%") for row in held.rows)
    assert "enemy's admission" in panels["control-believed"].note


def test_the_map_draws_the_front_with_its_band_and_says_what_it_is(brief):
    flat = Projection(lon=0.27, lat=0.0, scale=800.0, width=640.0, height=400.0)
    drawn = draw_front(brief, flat)
    assert {path.get("class") for path in drawn} == {"middle", "edge"}
    assert all(path.get("d") for path in drawn)
    assert next(key.words for key in front_keys(brief)).endswith("belief in Gondal one half")
    (where,) = map_view(brief).panels
    assert "The front is no border that anybody drew" in where.note


def test_without_any_word_there_is_no_front_and_no_line():
    empty = makers.brief()
    assert front_keys(empty) == [] and doubts_in_words(empty.believed) == ""
    flat = Projection(lon=0.0, lat=0.0, scale=100.0, width=640.0, height=400.0)
    assert len(draw_front(empty, flat)) == 0
    panel = next(p for p in control_view(empty).panels if p.id == "control-believed")
    assert panel.tables == [] and "nothing is believed" in panel.note
