"""The map: who is said to hold what, what happened where, and what it must not show."""

from itertools import combinations
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from tests.brief.page import makers as make
from tests.brief.page import map_makers as on_map

from foreshock.brief.document import Brief
from foreshock.brief.page.extent import extent
from foreshock.brief.page.happenings import happenings
from foreshock.brief.page.map import map_view
from foreshock.brief.page.projection import fitted
from foreshock.brief.page.scales import text_width

FORD, MILL, TOWER = (
    on_map.place("the-ford", 10.0, 45.0),
    on_map.place("the-mill", 10.2, 45.1),
    on_map.place("the-tower", 10.1, 44.9, kind="city"),
)


def picture(brief: Brief) -> Element:
    (panel,) = map_view(brief).panels
    assert panel.picture is not None
    return panel.picture


def drawn(brief: Brief) -> dict[str, Element]:
    """Give the marks of acts by the act to which they lead."""
    return {
        mark.get("href", "").removeprefix("#event-"): mark
        for mark in on_map.acts_of(picture(brief))
    }


def place_of(shown: Element, name: str) -> Element:
    (found,) = (one for one in make.classed(shown, "place") if one.get("data-name") == name)
    return found


def seen_state(place: Element) -> Element:
    (state,) = (state for state in make.classed(place, "state") if not on_map.is_away(state))
    return state


def within(shown: Element, name: str) -> list[Element]:
    return [mark for group in make.classed(shown, name) for mark in on_map.acts_of(group)]


# ------------------------------------------------------------------------------------- acts


def test_the_last_seven_days_are_shown_and_earlier_ones_wait_for_the_slider():
    brief = make.brief(
        events=[on_map.event(f"day{days}", FORD, days_ago=days) for days in (0, 6, 7, 30)]
    )
    away = {key: on_map.is_away(mark) for key, mark in drawn(brief).items()}
    assert away == {"day0": False, "day6": False, "day7": True, "day30": True}


def test_an_act_that_lasts_into_the_week_is_shown():
    long = on_map.event("long", FORD, days_ago=20, end=make.ago(5))
    assert not on_map.is_away(drawn(make.brief(events=[long]))["long"])


def test_acts_before_the_window_are_not_on_the_map():
    old = on_map.event("old", FORD, days_ago=90)
    assert set(drawn(make.brief(events=[old, on_map.event("new", FORD)]))) == {"new"}


def test_an_act_is_known_from_its_first_report_on():
    event = on_map.event("late", FORD, days_ago=12, claims=["c1", "c2"])
    claims = {
        "c1": make.claim("c1", known_at=make.ago(2)),
        "c2": make.claim("c2", known_at=make.ago(4)),
    }
    mark = drawn(make.brief(events=[event], claims=claims))["late"]
    assert mark.get("data-known") == make.ago(4).isoformat()


def test_every_mark_says_what_it_is_and_where_it_leads():
    brief = make.brief(events=[on_map.event("e1", FORD, deaths=7)])
    mark = drawn(brief)["e1"]
    assert mark.get("href") == "#event-e1"
    assert "headline of e1" in mark.findtext("title", "")
    assert "up to 7 killed" in mark.findtext("title", "")
    assert (mark.get("data-actors"), mark.get("data-sign")) == ("ruritania gondal", "conflictual")
    assert (mark.get("data-lon"), mark.get("data-lat")) == ("10", "45")


def test_a_sign_grows_with_the_dead_in_area():
    brief = make.brief(
        events=[on_map.event(f"d{dead}", FORD, deaths=dead) for dead in (25, 100, 100)]
        + [on_map.event("more", MILL, deaths=100)]
    )
    marks = drawn(brief)
    sizes = {key: on_map.extent_of(marks[key]) for key in ("d25", "more")}
    high = {key: bottom - top for key, (_, top, _, bottom) in sizes.items()}
    assert high["more"] / high["d25"] == pytest.approx(2, rel=0.05)


def test_an_untold_toll_is_not_a_toll_of_nobody():
    brief = make.brief(
        events=[on_map.event("untold", FORD), on_map.event("nobody", MILL, deaths=0)]
    )
    marks = drawn(brief)
    dashes = {key: make.classed(marks[key], "glyph")[0].get("stroke-dasharray") for key in marks}
    assert dashes["untold"] and not dashes["nobody"]
    assert "nobody killed" in marks["nobody"].findtext("title", "")


def test_what_is_doubtful_is_faint():
    brief = make.brief(
        events=[
            on_map.event("sure", FORD, belief=0.98),
            on_map.event("likely", FORD, belief=0.7),
            on_map.event("doubtful", FORD, belief=0.3),
        ]
    )
    faded = {key: float(mark.find("g").get("opacity")) for key, mark in drawn(brief).items()}
    assert faded["sure"] > faded["likely"] > faded["doubtful"] > 0.15


@pytest.mark.parametrize("number", [2, 9, 25])
def test_acts_at_one_place_do_not_hide_each_other(number):
    events = [
        on_map.event(f"e{index}", FORD, days_ago=index % 6, deaths=index * 4 % 50)
        for index in range(number)
    ]
    boxes = [on_map.extent_of(mark) for mark in drawn(make.brief(events=events)).values()]
    assert len(boxes) == number
    for a, b in combinations(boxes, 2):
        # Corners of triangles may touch; no sign lies on another.
        across, down = (abs(a[k] + a[k + 2] - b[k] - b[k + 2]) / 2 for k in (0, 1))
        high = (a[3] - a[1] + b[3] - b[1]) / 2
        assert max(across, down) > 0.66 * high


def test_acts_of_different_weeks_may_share_a_spot():
    events = [on_map.event("now", FORD, days_ago=1), on_map.event("then", FORD, days_ago=40)]
    marks = drawn(make.brief(events=events))
    assert on_map.middle_of(marks["now"]) == on_map.middle_of(marks["then"])


def test_a_crowded_place_counts_what_it_cannot_show_apart():
    events = [on_map.event(f"e{index}", FORD, days_ago=index % 3) for index in range(120)]
    shown = picture(make.brief(events=events))
    marks = on_map.acts_of(shown)
    assert len(marks) == 3
    assert sum(int(mark.get("data-count")) for mark in marks) == 120
    (table, _) = map_view(make.brief(events=events)).panels[0].tables
    assert len(table.rows) == 120


# ------------------------------------------------------------------- where it cannot be shown


def test_an_act_in_an_area_is_listed_and_never_a_point():
    north = on_map.place("the-north", 10.1, 45.0, kind="region")
    brief = make.brief(events=[on_map.event("here", FORD), on_map.event("vague", north)])
    shown = picture(brief)
    assert [mark.get("href") for mark in within(shown, "acts")] == ["#event-here"]
    assert [mark.get("href") for mark in within(shown, "elsewhere")] == ["#event-vague"]
    assert "middle of an area" in drawn(brief)["vague"].get("data-position")
    assert "The North" in make.texts(shown)


def test_acts_without_a_place_are_counted_and_listed():
    brief = make.brief(
        events=[on_map.event("here", FORD)] + [on_map.event(f"n{i}", None) for i in range(12)]
    )
    shown = picture(brief)
    assert "Nobody says where (12 acts in the window)" in make.texts(shown)
    assert len(within(shown, "elsewhere")) == 12


def test_a_far_capital_does_not_shrink_the_battlefield():
    fights = [on_map.event(f"f{i}", spot) for i, spot in enumerate((FORD, MILL, TOWER) * 2)]
    capital = on_map.place("the-capital", 37.6, 55.8, kind="city")
    talks = [on_map.event(f"t{i}", capital, channel="word") for i in range(9)]
    near = make.brief(events=fights)
    both = make.brief(events=[*fights, *talks])
    maps = [fitted(extent(one, happenings(one)), 720, (400, 640)) for one in (near, both)]
    assert maps[0] == maps[1]
    shown = picture(both)
    assert "Beyond the map's edge (9 acts in the window)" in make.texts(shown)
    assert {mark.get("href") for mark in within(shown, "elsewhere")} == {
        f"#event-t{i}" for i in range(9)
    }


def test_sites_of_displaced_people_are_never_located():
    camp = on_map.place("the-camp", 10.123, 45.321, kind="camp")
    brief = make.brief(
        events=[on_map.event("at-camp", camp), on_map.event("here", FORD)],
        control=[on_map.holding(camp, "gondal"), on_map.holding(MILL, "gondal")],
        control_history=[on_map.step(camp, 10, "gondal")],
        roads=[on_map.road(FORD, camp), on_map.road(FORD, MILL)],
    )
    (panel,) = map_view(brief).panels
    written = tostring(panel.picture, encoding="unicode")
    told = [str(row.data) for table in panel.tables for row in table.rows]
    for text in (written, *told):
        assert "10.123" not in text and "45.321" not in text
    assert drawn(brief)["at-camp"].get("data-lon") is None
    assert not [
        one for one in make.classed(panel.picture, "place") if one.get("data-name") == "The Camp"
    ]
    roads = [path.get("d") for path in make.classed(panel.picture, "road")]
    assert sum(len(on_map.pieces_of(way)) for way in roads) == 1
    assert "never located" in panel.note
    rows = make.cells(make.table(panel, "and where"))
    assert [row[3] for row in rows if row[2] == "The Camp"] == [
        "no: a site of displaced people is not located"
    ]


# --------------------------------------------------------------------------------- holders


def test_a_place_shows_who_was_said_to_hold_it_day_by_day():
    brief = make.brief(
        control=[on_map.holding(FORD, "gondal", days_ago=2)],
        control_history=[on_map.step(FORD, 30, "ruritania"), on_map.step(FORD, 9, "gondal")],
    )
    place = place_of(picture(brief), "The Ford")
    assert place.get("data-holds") == "|".join(
        [
            f"{make.ago(60)} unknown",
            f"{make.ago(30)} held ruritania",
            f"{make.ago(9)} held gondal",
        ]
    )
    states = make.classed(place, "state")
    assert [state.get("data-from") for state in states] == [
        make.ago(60).isoformat(),
        make.ago(30).isoformat(),
        make.ago(9).isoformat(),
    ]
    assert seen_state(place) is states[-1]
    assert make.classed(states[-1], "actor-1") and not make.classed(states[-1], "actor-0")
    assert "Gondal" in states[-1].findtext("title", "")


def test_a_contested_place_shows_both():
    brief = make.brief(
        control=[on_map.holding(FORD, "ruritania", "gondal", contested=True)],
        control_history=[on_map.step(FORD, 60, "ruritania", "gondal", status="contested")],
    )
    (panel,) = map_view(brief).panels
    state = seen_state(place_of(panel.picture, "The Ford"))
    assert make.classed(state, "actor-0") and make.classed(state, "actor-1")
    assert make.classed(state, "ring")
    assert "contested between Ruritania and Gondal" in state.findtext("title", "")
    assert panel.finding.startswith("Said to be contested: The Ford.")


def test_a_place_on_which_nobody_said_anything_is_not_said_to_be_free():
    brief = make.brief(events=[on_map.event("e1", FORD)])
    state = seen_state(place_of(picture(brief), "The Ford"))
    assert make.classed(state, "missing")
    assert state.findtext("title") == "The Ford: nobody said who holds it"
    assert "nobody said who holds it" in make.texts(picture(brief))


def test_a_word_that_was_taken_back_no_longer_holds():
    brief = make.brief(
        control_history=[on_map.step(FORD, 20, "gondal")],
        events=[on_map.event("e1", FORD)],
    )
    place = place_of(picture(brief), "The Ford")
    assert place.get("data-holds").endswith(f"|{make.AS_OF} unknown")
    assert make.classed(seen_state(place), "missing")


def test_an_old_word_is_pale():
    brief = make.brief(
        control=[on_map.holding(FORD, "gondal", days_ago=200), on_map.holding(MILL, "gondal")],
        control_history=[on_map.step(FORD, 60, "gondal"), on_map.step(MILL, 60, "gondal")],
    )
    shown = picture(brief)
    pale = {
        name: make.classed(seen_state(place_of(shown, name)), "actor-1")[0].get("fill-opacity")
        for name in ("The Ford", "The Mill")
    }
    assert pale == {"The Ford": "0.4", "The Mill": None}


def test_a_holder_leads_to_who_says_so():
    brief = make.brief(
        control=[on_map.holding(FORD, "gondal", claim="c1")],
        control_history=[on_map.step(FORD, 60, "gondal")],
        claims={"c1": make.claim("c1")},
    )
    (panel,) = map_view(brief).panels
    assert seen_state(place_of(panel.picture, "The Ford")).get("href") == "#claim-c1"
    assert make.table(panel, "Places").rows[0].cells[0].href == "#claim-c1"


def test_the_legend_names_every_holder():
    brief = make.brief(
        control=[on_map.holding(FORD, "gondal"), on_map.holding(MILL, "fenwick")],
    )
    words = make.texts(make.classed(picture(brief), "key")[0])
    assert "held by Gondal" in words
    assert any(word.startswith("held by another (") for word in words)
    assert not any("Ruritania" in word for word in words)


# ------------------------------------------------------------------------------ the picture


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(10, 45), (179.95, -17), (-179.95, 66), (0, 89.9), (0, -89.9), (180, 0), (-180, 0)],
)
def test_the_map_works_anywhere(lon, lat):
    brief = on_map.busy(60, towns=25, lon=lon, lat=lat)
    shown = picture(brief)
    frame = make.classed(shown, "frame")[0]
    wide, high = float(frame.get("width")), float(frame.get("height"))
    marks = within(shown, "acts")
    assert marks
    for mark in marks:
        left, top, right, bottom = on_map.extent_of(mark)
        assert left > -4 and top > -4 and right < wide + 4 and bottom < high + 4


def test_one_single_place_is_a_map():
    shown = picture(make.brief(events=[on_map.event("e1", FORD)]))
    x, y = on_map.middle_of(on_map.acts_of(shown)[0])
    assert abs(x - 360) < 30 and 150 < y < 350


def test_without_any_place_there_is_no_map_but_the_acts_are_listed():
    (panel,) = map_view(make.brief(events=[on_map.event("e1", None)])).panels
    assert panel.picture is None
    assert "no map" in panel.note
    assert make.cells(panel.tables[0])[0][1] == "headline of e1"


def test_an_empty_case_says_so():
    (panel,) = map_view(make.brief()).panels
    assert panel.picture is None and not panel.tables and "no map" in panel.note


def test_names_of_places_do_not_overlap():
    shown = picture(on_map.busy(400, towns=120))
    boxes = []
    for text in make.classed(shown, "label", "halo"):
        size, words = float(text.get("font-size")), text.text
        wide = text_width(words, size)
        left = float(text.get("x")) - {"middle": wide / 2, "end": wide}.get(
            text.get("text-anchor"), 0
        )
        boxes.append((left, float(text.get("y")) - size * 0.7, left + wide, float(text.get("y"))))
    assert len(boxes) > 20
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_roads_with_a_number_are_drawn_stronger_and_named():
    brief = make.brief(
        control=[on_map.holding(place, "gondal") for place in (FORD, MILL, TOWER)],
        roads=[on_map.road(FORD, MILL, "M5"), on_map.road(FORD, TOWER, "local")],
    )
    shown = picture(brief)
    strong, weak = make.classed(shown, "road", "main")[0], make.classed(shown, "road")[0]
    assert len(on_map.pieces_of(strong.get("d"))) == len(on_map.pieces_of(weak.get("d"))) == 1
    assert float(strong.get("stroke-width")) > float(weak.get("stroke-width"))
    assert "M5" in make.texts(shown) and "local" not in make.texts(shown)


HOSTILE = ["<script>alert(1)</script>", '"><a href="x', "a\u202eb", "\x00\x1b[31m", "n" * 500, ""]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_name(name):
    place = FORD.model_copy(update={"name": name})
    brief = make.brief(
        events=[on_map.event("e1", place, headline=name)],
        control=[on_map.holding(place, "gondal")],
        roads=[on_map.road(place, MILL, name)],
    )
    (panel,) = map_view(brief).panels
    written = tostring(panel.picture, encoding="unicode")
    again = fromstring(written)
    assert {one.tag for one in again.iter()} <= {
        *("svg", "title", "desc", "rect", "path", "g", "a", "circle", "line", "text"),
    }
    assert "\u202e" not in written and "\x1b" not in written
    assert all("style" not in one.attrib for one in again.iter())


def test_the_same_brief_gives_the_same_map():
    first, second = (tostring(picture(on_map.busy(150, towns=40))) for _ in range(2))
    assert first == second


def test_five_thousand_acts_stay_a_map():
    brief = on_map.busy(5000)
    (panel,) = map_view(brief).panels
    assert len(tostring(panel.picture)) < 2_500_000
    table = make.table(panel, "and where")
    assert len(table.rows) == 5000
    on_it = {link for link in make.links(panel.picture) if link.startswith("#event-")}
    listed = {cell.href for row in table.rows for cell in row.cells if cell.href}
    assert on_it <= listed and len(listed) == 5000


# ------------------------------------------------------------------------- the bundled case


def test_the_bundled_case_shows_its_contested_places_and_its_week(brief):
    (panel,) = map_view(brief).panels
    contested = {one.place.name for one in brief.control if one.status == "contested"}
    for name in contested:
        assert name in panel.finding
        assert make.classed(seen_state(place_of(panel.picture, name)), "ring")
        assert name in make.texts(panel.picture)
    acts = happenings(brief)
    marks = on_map.acts_of(panel.picture)
    assert len(marks) == len(acts) == len(make.table(panel, "and where").rows)
    week = {act.event.id for act in acts if act.days[0] <= brief.as_of <= act.days[1]}
    shown = {mark.get("href")[7:] for mark in marks if not on_map.is_away(mark)}
    assert shown == week
