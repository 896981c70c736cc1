"""The slider, the filters and the switches: what they show is what the marks say of themselves."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

LAST = date(2020, 2, 5)

SEEN = "const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 0;"
"""Chromium takes an SVG group that is not displayed for visible, but knows that it has no size."""

MARKS = f"""() => {{
    {SEEN}
    const marks = [...document.querySelectorAll("#map .event.mark")];
    return marks.map((mark) => ({{ ...mark.dataset, shown: seen(mark) }}));
}}"""

STATES = f"""() => {{
    {SEEN}
    return [...document.querySelectorAll("#map .place[data-holds]")].map((place) => ({{
        holds: place.dataset.holds,
        shown: [...place.querySelectorAll(".state")].filter(seen).map((one) => one.dataset.from),
    }}));
}}"""

FILTERED = f"""(actor) => {{
    {SEEN}
    return [...document.querySelectorAll("main :is(.mark, tr)[data-actors]")]
        .map((one) => [seen(one), one.dataset.actors.split(" ").includes(actor)]);
}}"""

BELIEVED = f"""() => {{
    {SEEN}
    return [...document.querySelectorAll("main [data-belief]")]
        .map((one) => [seen(one), Number(one.dataset.belief)]);
}}"""


def on_the_map(page):
    """List the marks of acts on the map, with what they say of themselves and if they are shown."""
    marks = page.evaluate(MARKS)
    assert len(marks) > 20
    return marks


def in_the_week_to(mark, day):
    first, last = mark["day"], mark.get("end") or mark["day"]
    begins = (day - timedelta(days=7)).isoformat()
    return mark["known"] <= day.isoformat() and first <= day.isoformat() and last > begins


def test_the_slider_moves_by_key_and_the_map_with_it(visit, idlib_page, brief):
    page = visit(idlib_page)
    slider = page.get_by_role("slider", name="Day")
    slider.focus()
    seen = set()
    keys = ["ArrowLeft"] * 2 + ["ArrowRight", "Home", "ArrowRight", "End"]
    day = LAST
    for key in keys:
        page.keyboard.press(key)
        first = LAST - timedelta(days=brief.window)
        step = {"ArrowLeft": -1, "ArrowRight": 1}.get(key, 0)
        day = {"Home": first, "End": LAST}.get(key, day + timedelta(days=step))
        expect(page.locator("#shown")).to_contain_text(f"{day.day} {day:%b}")
        marks = on_the_map(page)
        wrong = [mark for mark in marks if mark["shown"] != in_the_week_to(mark, day)]
        assert wrong == [], day
        seen.add(tuple(mark["shown"] for mark in marks))
    assert len(seen) > 3, "the map changed from day to day"


def test_moving_through_the_days_leaves_the_way_back_free(visit, idlib_page):
    page = visit(idlib_page)
    before = page.evaluate("history.length")
    page.get_by_role("slider", name="Day").focus()
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("day=2020-01-24"))
    assert page.evaluate("history.length") <= before + 1


def test_the_slider_tells_the_day_to_those_who_do_not_see_it(visit, idlib_page):
    page = visit(idlib_page)
    slider = page.get_by_role("slider", name="Day")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert re.search(r"4 Feb", slider.get_attribute("aria-valuetext") or "")


def test_the_map_shows_who_was_said_to_hold_a_place_that_day(visit, idlib_page):
    page = visit(idlib_page)
    page.get_by_role("slider", name="Day").focus()
    for key, day in (("End", "2020-02-05"), ("Home", None), ("End", "2020-02-05")):
        page.keyboard.press(key)
        places = page.evaluate(STATES)
        assert len(places) > 20
        for place in places:
            starts = [entry.split(" ")[0] for entry in place["holds"].split("|")]
            expected = starts[0] if day is None else max(s for s in starts if s <= day)
            assert place["shown"] == [expected], place


def test_the_line_on_the_timeline_follows_the_day(visit, idlib_page):
    page = visit(idlib_page)
    at = "() => document.querySelector('#timeline .now').getBoundingClientRect().x"
    page.get_by_role("slider", name="Day").focus()
    places = []
    for key in ("Home", "ArrowRight", "End"):
        page.keyboard.press(key)
        places.append(page.evaluate(at))
    assert places[0] < places[1] < places[2]


def test_the_actor_filter_leaves_only_marks_and_rows_of_the_actor(visit, idlib_page):
    page = visit(idlib_page)
    before = page.evaluate(FILTERED, "turkey")
    page.locator("#actor").select_option("turkey")
    after = page.evaluate(FILTERED, "turkey")
    assert [own for visible, own in after if visible and not own] == []
    own_before = [visible for visible, own in before if own]
    own_after = [visible for visible, own in after if own]
    assert any(own_after)
    assert own_after == own_before, "what is of the actor stays"
    assert any(visible and not own for visible, own in before), "something was there to hide"
    page.locator("#actor").select_option("")
    assert page.evaluate(FILTERED, "turkey") == before


def test_the_filter_says_what_it_did_to_those_who_do_not_see_it(visit, idlib_page):
    page = visit(idlib_page)
    page.locator("#actor").select_option("turkey")
    expect(page.locator("#said")).to_contain_text(re.compile(r"\d"))
    expect(page.locator("#said")).to_have_attribute("role", "status")


def test_the_belief_filter_hides_what_is_believed_less(visit, idlib_page):
    page = visit(idlib_page)
    page.locator("#belief").select_option(index=page.locator("#belief option").count() - 1)
    floor = float(page.locator("#belief").input_value())
    beliefs = page.evaluate(BELIEVED)
    assert [value for visible, value in beliefs if visible and value < 100 * floor] == []
    assert any(value < 100 * floor for _, value in beliefs)
    assert any(visible for visible, _ in beliefs)


def test_reset_shows_everything_again(visit, idlib_page):
    page = visit(idlib_page, "#day=2020-01-20&actor=russia")
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#actor")).to_have_value("")
    expect(page.locator("#shown")).to_contain_text("5 Feb")


def test_play_runs_through_the_days_and_stops_when_asked(visit, idlib_page):
    page = visit(idlib_page)
    page.get_by_role("slider", name="Day").focus()
    page.keyboard.press("Home")
    start = page.locator("#shown").inner_text()
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#shown")).not_to_have_text(start)
    page.get_by_role("button", name="Pause").click()
    stopped = page.locator("#shown").inner_text()
    page.wait_for_timeout(700)
    assert page.locator("#shown").inner_text() == stopped


def test_the_theme_can_be_changed_and_is_the_systems_at_first(visit, ilde_page):
    paper = "() => getComputedStyle(document.body).backgroundColor"
    light, dark = (visit(ilde_page, colour=colour) for colour in ("light", "dark"))
    assert light.evaluate(paper) != dark.evaluate(paper)
    before = light.evaluate(paper)
    light.locator("#theme").click()
    assert light.evaluate(paper) == dark.evaluate(paper)
    light.locator("#theme").click()
    assert light.evaluate(paper) == before
