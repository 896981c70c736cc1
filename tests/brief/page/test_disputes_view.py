"""Rival figures: each origin in its own row, nothing averaged, nothing hidden."""

from xml.etree.ElementTree import tostring

import pytest
from tests.brief.page import makers as make

from foreshock.brief.page.disputes import MOST, disputes_view
from foreshock.brief.page.scales import WIDTH

HOSTILE = '</text><script>alert(1)</script>"'


def _view(*tallies, events=None, **changes):
    keys = [t.claim for tally in tallies for v in tally.versions for t in v.tellings]
    return disputes_view(
        make.brief(
            disputes=list(tallies),
            events=[make.event("e1")] if events is None else events,
            claims={key: make.claim(key) for key in keys},
            **changes,
        )
    )


@pytest.fixture
def rival():
    return make.tally(
        {
            "Gondal": [make.telling("none", 0, 0)],
            "Ruritania": [
                make.telling("first", 30, 35, known_at=make.ago(2)),
                make.telling("last", 76, 76, known_at=make.ago(0)),
                make.telling("vague", 40, None, known_at=make.ago(0), loose=True),
            ],
            "Watch": [make.telling("few", 6, 6)],
        }
    )


def _mark(picture, claim):
    (found,) = [m for m in make.classed(picture, "mark") if m.get("href") == f"#claim-{claim}"]
    return found


def _x(mark):
    circle, box = mark.find("circle"), mark.find("rect")
    return float(circle.get("cx") if circle is not None else box.get("x"))


def test_each_telling_is_drawn_labelled_and_leads_to_its_claim(rival):
    picture = _view(rival).panels[0].picture
    for key in ("none", "first", "last", "vague", "few"):
        assert f"text of {key}" in "".join(_mark(picture, key).itertext())
    assert {"Gondal", "Ruritania", "Watch"} <= set(make.texts(picture))
    assert "#event-e1" in make.links(picture)


def test_a_figure_of_0_is_drawn_at_0_and_others_stand_in_their_order(rival):
    picture = _view(rival).panels[0].picture
    places = [_x(_mark(picture, key)) for key in ("none", "few", "first", "vague", "last")]
    assert places == sorted(set(places))
    zero = [text for text in picture.iter("text") if text.text == "0"]
    assert float(zero[0].get("x")) == pytest.approx(places[0])


def test_what_stands_is_filled_what_was_revised_is_hollow(rival):
    picture = _view(rival).panels[0].picture
    assert make.classed(_mark(picture, "last"), "ink")
    assert make.classed(_mark(picture, "first"), "hollow")
    assert "(revised later)" in _mark(picture, "first").findtext("title")


def test_a_looser_repetition_neither_stands_nor_counts_as_a_revision(rival):
    view = _view(rival)
    picture = view.panels[0].picture
    assert "(text of vague)" in "".join(_mark(picture, "vague").itertext())
    assert len(make.classed(picture, "soft-line")) == 1
    states = {row[5]: row[6] for row in make.cells(view.panels[0].tables[0])}
    assert states["text of last"] == "stands"
    assert states["text of first"] == "revised"
    assert states["text of vague"] == "looser repetition"


def test_the_finding_says_what_each_stands_at_and_no_average(rival):
    panel = _view(rival).panels[0]
    assert panel.finding == (
        "Gondal says text of none, Ruritania says text of last and Watch says text of few."
    )
    everything = "".join(panel.picture.itertext()) + panel.finding + panel.note
    for number in ("27", "27.3", "41", "38"):  # means of what stands, and of all
        assert number not in everything


def test_an_open_end_has_an_arrow():
    tally = make.tally(
        {"A": [make.telling("least", 20, None)], "B": [make.telling("most", None, 18)]}
    )
    picture = _view(tally).panels[0].picture
    least, most = (make.classed(_mark(picture, key), "ink-line")[0] for key in ("least", "most"))
    assert _way(least) == 1
    assert _way(most) == -1


def _way(arrow):
    start, end = arrow.get("d").split("M")[1].split("H")
    return 1 if float(end) > float(start.split()[0]) else -1


def test_a_range_is_as_long_as_it_is():
    tally = make.tally({"A": [make.telling("range", 10, 20)], "B": [make.telling("point", 20, 20)]})
    picture = _view(tally).panels[0].picture
    bar = _mark(picture, "range").find("rect")
    assert float(bar.get("x")) + float(bar.get("width")) == pytest.approx(
        _x(_mark(picture, "point")), abs=0.02
    )


def test_the_axis_is_bent_only_where_figures_lie_far_apart(rival):
    near = make.tally({"A": [make.telling("a", 18, 18)], "B": [make.telling("b", 20, 20)]})
    assert "bent" in _view(rival).panels[0].note
    assert _view(near).panels[0].note == ""


def test_a_figure_that_nobody_bounded_is_still_told():
    tally = make.tally({"A": [make.telling("a", None, None)], "B": [make.telling("b", 3, 3)]})
    assert "text of a" in "".join(_view(tally).panels[0].picture.itertext())


@pytest.mark.parametrize("figure", [0, 1, 7, 1e6])
def test_nothing_leaves_the_picture(figure):
    long = "a very long account of how many soldiers, crew members and others there were " * 2
    tally = make.tally(
        {
            long: [make.telling("a", figure, None, text=long)],
            "B": [make.telling("b", 0, 0, text=long)],
        }
    )
    picture = _view(tally).panels[0].picture
    for element in picture.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert -1 <= float(element.get(name, 0)) <= WIDTH + 1
    assert not any(len(text) > 120 for text in make.texts(picture))


def test_the_latest_come_first_and_of_one_day_the_deadliest():
    events = [make.event("e1", start=make.ago(3)), make.event("e2", start=make.ago(1))]
    pair = {"A": [make.telling("a", 1, 1)], "B": [make.telling("b", 2, 2)]}
    view = _view(
        make.tally(pair, what="places-taken"),
        make.tally(pair, what="killed"),
        make.tally(pair, what="wounded", event="e2"),
        events=events,
    )
    assert [panel.title.split(":")[0] for panel in view.panels] == [
        "Wounded",
        "Killed",
        "Places taken",
    ]


def test_what_is_not_drawn_is_listed():
    pair = {"A": [make.telling("a", 1, 1)], "B": [make.telling("b", 2, 2)]}
    tallies = [make.tally(pair, of=f"party{index}", of_name="") for index in range(MOST + 3)]
    view = _view(*tallies)
    drawn = [panel for panel in view.panels if panel.picture is not None]
    assert len(drawn) == MOST
    assert view.panels[-1].folded
    assert len(view.panels[-1].tables[0].rows) == 6
    assert len({panel.id for panel in view.panels}) == MOST + 1


def test_without_disputes_a_sentence_says_so():
    view = _view()
    assert view.panels == []
    assert "No figure is disputed by 5 Feb 2020" in view.lead


def test_hostile_text_stays_text():
    tally = make.tally({HOSTILE: [make.telling("a", 1, 1, text=HOSTILE, speaker=HOSTILE)]})
    assert "<script" not in tostring(_view(tally).panels[0].picture, encoding="unicode")


def test_the_bundled_case_shows_the_rival_counts_of_3_february(brief):
    view = disputes_view(brief)
    panel = make.panel(view, "Killed: Syrian government, 3 Feb 2020")
    shown = "".join(panel.picture.itertext())
    for text in ("0 soldiers", "30–35 soldiers", "76 soldiers", "6 soldiers", "13 soldiers"):
        assert text in shown
    assert all(href.removeprefix("#claim-") in brief.claims for href in _claims(panel))


def _claims(panel):
    return [href for href in make.links(panel.picture) if href.startswith("#claim-")]
