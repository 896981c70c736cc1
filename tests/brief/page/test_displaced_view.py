"""Counts of displaced people: each with who counts what since when, and never a sum."""

from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import tostring

import pytest
from tests.brief.page import makers as make

from foreshock.brief.page.displaced import displaced_view
from foreshock.brief.page.scales import WIDTH


def _view(*counts, claims=None):
    return displaced_view(make.brief(displaced=list(counts), claims=claims or {}))


@pytest.fixture
def counts():
    """Give three rival counts and a forecast; one speaker counted twice before."""
    claims = {
        key: make.claim(key, start=date(2019, 12, 1), end=end, quantities=[make.people(number)])
        for key, end, number in (
            ("old", make.ago(30), 200_000),
            ("older", make.ago(40), 150_000),
            ("new", make.ago(5), 520_000),
            ("other", make.ago(7), 586_000),
            ("envoy", make.ago(6), 700_000),
            ("fear", make.ago(0), 1_000_000),
        )
    }
    items = [
        make.count("new", 520_000, since=date(2019, 12, 1), claims=["older", "old", "new"]),
        make.count("other", 586_000, until=make.ago(7), since=date(2019, 12, 1)),
        make.count("envoy", 700_000, until=make.ago(6)),
        make.count("fear", 1_000_000, until=make.ago(0), ahead=True),
    ]
    return items, claims


@pytest.fixture
def view(counts):
    return _view(*counts[0], claims=counts[1])


def _marks(picture, claim):
    return [m for m in make.classed(picture, "mark") if m.get("href") == f"#claim-{claim}"]


def _circle(picture, claim):
    (found,) = [c for mark in _marks(picture, claim) for c in mark.iter("circle")]
    return float(found.get("cx")), float(found.get("cy"))


def test_each_count_leads_to_its_claim_with_speaker_and_figure_in_words(view):
    picture = view.panels[0].picture
    for key, figure in (("new", "520,000"), ("other", "586,000"), ("envoy", "700,000")):
        assert _marks(picture, key)
        said = "".join(text for mark in _marks(picture, key) for text in mark.itertext())
        assert f"speaker of {key}" in said
        assert f"{figure} displaced" in said


def test_a_speakers_earlier_counts_are_marks_too_joined_in_order(view):
    picture = view.panels[0].picture
    places = [_circle(picture, key) for key in ("older", "old", "new")]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert [y for _, y in places] == sorted((y for _, y in places), reverse=True)
    joined = [line for line in make.classed(picture, "ink-line") if line.get("x1")]
    assert len(joined) == 2


def test_more_people_stand_higher(view):
    picture = view.panels[0].picture
    heights = [_circle(picture, key)[1] for key in ("envoy", "other", "new")]
    assert heights == sorted(heights)


def test_people_who_have_not_fled_stand_apart_hollow_and_dashed(view):
    picture = view.panels[0].picture
    (fear,) = make.classed(picture, "ahead")
    assert fear.get("stroke-dasharray")
    assert _circle(picture, "fear")[1] > max(_circle(picture, k)[1] for k in ("new", "older"))
    assert any("not counts" in text for text in make.texts(picture))
    assert any("not a count" in title for title in make.titles(picture))


def test_nothing_is_added_up(view):
    shown = "".join(view.panels[0].picture.itertext()) + view.panels[0].finding + view.lead
    for total in ("1,806,000", "1,106,000", "1,286,000", "2,806,000"):
        assert total not in shown
    assert "never added up" in view.notes[0]


def test_the_finding_is_one_count_with_since_when_and_how_many_rivals(view):
    assert view.panels[0].finding == (
        "speaker of new: 520,000 displaced from 1 Dec 2019 to 31 Jan 2020, beside 2 rival counts "
        "and 1 figure of people who may yet flee."
    )


def test_since_when_is_drawn_and_told_and_where_nobody_said_that_is_told(view):
    assert len(make.classed(view.panels[0].picture, "since")) == 2
    rows = make.cells(make.table(view.panels[0], "have fled, newest first"))
    since = {row[1]: row[3] for row in rows}
    assert since["520,000"] == "1 Dec 2019"
    assert since["700,000"] == "not said"


def test_the_twin_holds_every_mark(view):
    fled, ahead = view.panels[0].tables
    assert [row[1] for row in make.cells(fled)] == [
        "520,000",
        "200,000",
        "150,000",
        "586,000",
        "700,000",
    ]
    assert make.cells(ahead)[0][1] == "1,000,000"
    assert fled.rows[1].cells[1].href == "#claim-old"


def test_moves_are_no_people():
    moved = make.people(367_000, what="movements", unit="moves")
    view = _view(
        make.count("m", 0, quantity=moved), claims={"m": make.claim("m", quantities=[moved])}
    )
    picture = view.panels[0].picture
    assert [m for mark in _marks(picture, "m") for m in mark.iter("rect")]
    assert "counted in moves" in make.cells(view.panels[0].tables[0])[0][2]


def test_a_range_has_whiskers_and_at_least_an_arrow():
    ranged = make.people(None, low=300_000, high=400_000, best=350_000, text="300,000–400,000")
    least = make.people(None, low=80_000, text="at least 80,000")
    claims = {
        "r": make.claim("r", quantities=[ranged]),
        "l": make.claim("l", quantities=[least]),
    }
    view = _view(
        make.count("r", 0, quantity=ranged), make.count("l", 0, quantity=least), claims=claims
    )
    picture = view.panels[0].picture
    (whisker,) = [line for mark in _marks(picture, "r") for line in mark.iter("line")]
    assert float(whisker.get("y1")) - float(whisker.get("y2")) > 10
    (arrow,) = [path for mark in _marks(picture, "l") for path in mark.iter("path")]
    start, tip = arrow.get("d").split("M")[1].split("V")
    assert float(tip) < float(start.split()[1])


def test_many_counts_all_have_an_entry_in_the_key_and_none_lies_on_another():
    number = 40
    items = [
        make.count(f"c{index}", 100_000 + 10 * index, until=make.ago(3)) for index in range(number)
    ]
    claims = {f"c{index}": make.claim(f"c{index}") for index in range(number)}
    panel = _view(*items, claims=claims).panels[0]
    speakers = [t for t in panel.picture.iter("text") if (t.text or "").startswith("speaker of")]
    heights = sorted(float(text.get("y")) for text in speakers)
    assert len(heights) == number
    assert all(b - a >= 28 for a, b in pairwise(heights))
    assert "had no room" in panel.note
    height = float(panel.picture.get("viewBox").split()[3])
    for element in panel.picture.iter("text"):
        assert 0 <= float(element.get("x")) <= WIDTH
        assert 0 <= float(element.get("y")) <= height


def test_a_count_of_one_day_alone_can_be_drawn():
    view = _view(make.count("a", 0, until=make.AS_OF), claims={"a": make.claim("a")})
    assert _circle(view.panels[0].picture, "a")


def test_only_fears_are_not_called_counts():
    view = _view(make.count("a", 5, ahead=True), claims={"a": make.claim("a")})
    assert view.panels[0].finding.startswith("Nobody counts people who have fled")
    assert len(view.panels[0].tables) == 1


def test_without_counts_a_sentence_says_so():
    view = _view()
    assert view.panels == []
    assert "Nobody’s count of displaced people is known by 5 Feb 2020" in view.lead


def test_hostile_text_stays_text():
    evil = make.count("a", 5, speaker='<script>alert("1")</script>')
    picture = _view(evil, claims={"a": make.claim("a")}).panels[0].picture
    assert "<script" not in tostring(picture, encoding="unicode")


def test_the_bundled_case_shows_its_rival_counts(brief):
    panel = displaced_view(brief).panels[0]
    shown = "".join(panel.picture.itertext())
    for figure in ("520,000", "586,000", "700,000", "1,000,000"):
        assert figure in shown
    known = {f"#claim-{key}" for key in brief.claims}
    assert set(make.links(panel.picture)) <= known
