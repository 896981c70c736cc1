"""The timeline: lanes of acts on one axis of days, with flags for deadlines."""

from itertools import combinations
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from tests.brief.page import makers as make
from tests.brief.page import map_makers as on_map

from foreshock.brief.document import Brief
from foreshock.brief.items import ActorItem
from foreshock.brief.page.happenings import happenings
from foreshock.brief.page.timeline import timeline_view


def picture(brief: Brief) -> Element:
    (panel,) = timeline_view(brief).panels
    assert panel.picture is not None
    return panel.picture


def lanes(brief: Brief) -> dict[str, Element]:
    """Give the lanes by their names."""
    found = {}
    for lane in make.classed(picture(brief), "lane"):
        (name,) = make.classed(lane, "lane-name")
        found[name.text.split(" – ")[0]] = lane
    return found


def links(lane: Element) -> list[str]:
    return [mark.get("href").removeprefix("#event-") for mark in on_map.acts_of(lane)]


def base_line(lane: Element) -> float:
    return float(make.classed(lane, "axis")[0].get("y1"))


def mark_of(brief: Brief, key: str) -> Element:
    (mark,) = (one for one in on_map.acts_of(picture(brief)) if one.get("href") == f"#event-{key}")
    return mark


# ------------------------------------------------------------------------------------ lanes


def test_every_doer_in_focus_has_a_lane_and_the_others_share_one():
    brief = make.brief(
        events=[
            on_map.event("a", actors=[make.actor("ruritania")]),
            on_map.event("b", actors=[make.actor("florin")]),
            on_map.event("c", actors=[]),
        ]
    )
    found = {name: links(lane) for name, lane in lanes(brief).items()}
    assert found == {"Ruritania": ["a"], "gondal": [], "others": ["b"], "nobody named": ["c"]} or (
        found == {"Ruritania": ["a"], "Gondal": [], "others": ["b"], "nobody named": ["c"]}
    )


def test_a_joint_act_stands_in_the_lane_of_each_doer_once():
    both = [make.actor("ruritania"), make.actor("gondal"), make.actor("florin")]
    found = lanes(make.brief(events=[on_map.event("joint", actors=both)]))
    assert {name: links(lane) for name, lane in found.items()} == {
        "Ruritania": ["joint"], "Gondal": ["joint"], "others": ["joint"],
    }  # fmt: skip


def test_a_part_acts_in_the_lane_of_its_topmost_actor():
    guard = ActorItem(id="guard", name="Royal Guard", root="ruritania")
    brief = make.brief(
        events=[on_map.event("a", actors=[guard]), on_map.event("b")],
        focus=["ruritania", "guard"],
    )
    assert {name: links(lane) for name, lane in lanes(brief).items()} == {
        "Ruritania, with Royal Guard": ["a", "b"]
    }


def test_a_doer_in_focus_without_an_act_is_told_to_have_none():
    texts = make.texts(picture(make.brief(events=[on_map.event("a")])))
    assert "Gondal – no act on record" in texts


def test_conflict_stands_above_the_line_and_cooperation_below():
    brief = make.brief(
        events=[on_map.event("war", sign="conflictual"), on_map.event("aid", sign="cooperative")]
    )
    line = base_line(lanes(brief)["Ruritania"])
    assert on_map.extent_of(mark_of(brief, "war"))[3] < line
    assert on_map.extent_of(mark_of(brief, "aid"))[1] > line
    assert make.classed(mark_of(brief, "war"), "glyph")[0].tag == "path"
    assert make.classed(mark_of(brief, "aid"), "glyph")[0].tag == "circle"


def test_deeds_are_larger_than_words_and_the_dead_make_them_larger_still():
    brief = make.brief(
        events=[
            on_map.event("word", channel="word"),
            on_map.event("deed", days_ago=9, deaths=0),
            on_map.event("deadly", days_ago=20, deaths=60),
        ]
    )
    high = {}
    for key in ("word", "deed", "deadly"):
        _, top, _, bottom = on_map.extent_of(mark_of(brief, key))
        high[key] = bottom - top
    assert high["word"] < high["deed"] < high["deadly"]


# ------------------------------------------------------------------------------------- days


def test_days_run_from_left_to_right_and_the_line_knows_the_first_and_the_last():
    brief = make.brief(
        events=[on_map.event("first", days_ago=60), on_map.event("last", days_ago=0)]
    )
    (now,) = make.classed(picture(brief), "now")
    x0, x1 = float(now.get("data-x0")), float(now.get("data-x1"))
    assert on_map.middle_of(mark_of(brief, "first"))[0] == pytest.approx(x0, abs=0.2)
    assert on_map.middle_of(mark_of(brief, "last"))[0] == pytest.approx(x1, abs=0.2)
    assert now.get("transform") == f"translate({x1:.2f} 0)"
    assert 0 < x0 < x1 < 720


def test_an_act_of_an_unknown_day_reaches_over_all_that_it_may_have_been():
    brief = make.brief(
        events=[on_map.event("vague", days_ago=20, end=make.ago(10)), on_map.event("sure")]
    )
    (whisker,) = make.classed(mark_of(brief, "vague"), "whisker")
    x = on_map.middle_of(mark_of(brief, "vague"))[0]
    assert float(whisker.get("x1")) < x < float(whisker.get("x2"))
    assert not make.classed(mark_of(brief, "sure"), "whisker")


def test_weeks_are_named():
    texts = make.texts(picture(make.brief(events=[on_map.event("a")])))
    assert {"9 Dec", "6 Jan", "3 Feb"} <= set(texts)


# -------------------------------------------------------------------------------- many acts


@pytest.mark.parametrize("number", [2, 6, 7])
def test_acts_of_one_day_stand_on_each_other(number):
    brief = make.brief(events=[on_map.event(f"e{index}") for index in range(number)])
    boxes = [on_map.extent_of(mark) for mark in on_map.acts_of(picture(brief))]
    assert len(boxes) == number
    for a, b in combinations(sorted(boxes, key=lambda box: box[1]), 2):
        assert b[1] - a[1] > 6


def test_more_than_can_be_told_apart_are_counted():
    brief = make.brief(events=[on_map.event(f"e{index:02}", belief=0.5) for index in range(40)])
    marks = on_map.acts_of(picture(brief))
    (more,) = make.classed(picture(brief), "event", "count")
    (text,) = make.texts(more)
    assert int(text) + len(marks) - 1 == 40
    assert more.get("href").startswith("#event-")
    assert "table below" in more.findtext("title")


def test_the_deadliest_keep_marks_of_their_own():
    events = [on_map.event(f"e{index:02}", deaths=1) for index in range(40)]
    brief = make.brief(events=[*events, on_map.event("worst", deaths=50)])
    assert "count" not in mark_of(brief, "worst").get("class").split()


def test_five_thousand_acts_stay_a_timeline():
    (panel,) = timeline_view(on_map.busy(5000)).panels
    assert len(tostring(panel.picture)) < 1_500_000
    assert len(on_map.acts_of(panel.picture)) < 3_500
    high = float(panel.picture.get("viewBox").split()[3])
    assert high < 1600
    assert len(make.table(panel, "Acts").rows) == 5000


# -------------------------------------------------------------------------------- deadlines


def test_deadlines_are_flags_on_their_day_and_lead_to_the_demand():
    brief = make.brief(
        events=[on_map.event("e1", days_ago=10)],
        deadlines=[on_map.deadline("d1", make.ago(10), "broken")],
    )
    (flag,) = make.classed(picture(brief), "flag")
    assert flag.get("href") == "#claim-d1"
    assert flag.findtext("title") == "Due 26 Jan 2020: Demand of d1. broken."
    (pole,) = make.classed(picture(brief), "pole")
    assert float(pole.get("x1")) == pytest.approx(
        on_map.middle_of(mark_of(brief, "e1"))[0], abs=0.2
    )


def test_open_deadlines_are_filled_and_settled_ones_are_not():
    brief = make.brief(
        deadlines=[
            on_map.deadline("open", on_map.in_days(5)),
            on_map.deadline("kept", make.ago(5), "kept"),
        ]
    )
    filled = {
        flag.get("href"): bool(make.classed(flag, "ink"))
        for flag in make.classed(picture(brief), "flag")
    }
    assert filled == {"#claim-open": True, "#claim-kept": False}


def test_flags_do_not_overlap():
    brief = make.brief(
        deadlines=[on_map.deadline(f"d{index}", make.ago(index * 3)) for index in range(12)]
    )
    tops: dict[str, list[float]] = {}
    for flag in make.classed(picture(brief), "flag"):
        text = flag.find("text")
        tops.setdefault(text.get("y"), []).append(float(text.get("x")))
    assert len(tops) > 1
    for xs in tops.values():
        assert all(abs(a - b) > 150 for a, b in combinations(xs, 2))


def test_a_far_deadline_is_told_at_the_end_and_does_not_stretch_the_axis():
    near = make.brief(events=[on_map.event("e1")])
    far = make.brief(
        events=[on_map.event("e1")],
        deadlines=[
            on_map.deadline(f"d{days}", on_map.in_days(days)) for days in (90, 200, 300, 400)
        ],
    )
    assert on_map.middle_of(mark_of(near, "e1"))[0] == on_map.middle_of(mark_of(far, "e1"))[0]
    assert len(make.classed(picture(far), "flag")) == 3
    assert "and 1 later deadline: see the table" in make.texts(picture(far))
    (panel,) = timeline_view(far).panels
    assert len(make.table(panel, "Deadlines").rows) == 4


def test_deadlines_from_before_the_window_are_left_out():
    brief = make.brief(
        events=[on_map.event("e1")], deadlines=[on_map.deadline("old", make.ago(100), "kept")]
    )
    assert not make.classed(picture(brief), "flag")


# -------------------------------------------------------------------------- tables and edges


def test_the_table_tells_every_act_with_who_tells_the_toll():
    (panel,) = timeline_view(make.brief(events=[on_map.event("e1", deaths=7)])).panels
    (row,) = make.table(panel, "Acts").rows
    assert [cell.text for cell in row.cells] == [
        "2 Feb 2020", "Ruritania", "assault", "Gondal", "–", "text of t (wire)", "likely (90 %)",
        "1",
    ]  # fmt: skip
    assert row.cells[2].href == "#event-e1"
    assert row.data["actors"] == "ruritania gondal"


def test_an_empty_case_says_so():
    (panel,) = timeline_view(make.brief()).panels
    assert panel.picture is None and not panel.tables
    assert panel.finding == "No act of these days is on record."


@pytest.mark.parametrize("name", ["<b>x</b>", '"/><script>', "a\u202eb", "\x07", "n" * 400, ""])
def test_a_hostile_name_stays_a_name(name):
    actor = ActorItem(id="ruritania", name=name, root="ruritania")
    brief = make.brief(
        events=[on_map.event("e1", actors=[actor], headline=name)],
        deadlines=[on_map.deadline("d1", make.ago(1), demand=name, actors=[actor])],
    )
    written = tostring(picture(brief), encoding="unicode")
    assert {one.tag for one in fromstring(written).iter()} <= {
        *("svg", "title", "desc", "rect", "path", "g", "a", "circle", "line", "text"),
    }
    assert "\u202e" not in written and "\x07" not in written


def test_the_same_brief_gives_the_same_timeline():
    first, second = (tostring(picture(on_map.busy(150, towns=40))) for _ in range(2))
    assert first == second


def test_the_bundled_case_shows_every_act_of_its_window(brief):
    (panel,) = timeline_view(brief).panels
    acts = happenings(brief)
    counted = sum(
        int(text) - 1 for more in make.classed(panel.picture, "event", "count")
        for text in make.texts(more)
    )  # fmt: skip
    lanes_of_acts = sum(len({*act.doers} & {*brief.focus}) or 1 for act in acts)
    assert len(on_map.acts_of(panel.picture)) + counted >= lanes_of_acts
    assert len(make.table(panel, "Acts").rows) == len(acts)
