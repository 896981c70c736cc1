"""From a line to its source, by mouse, by keyboard, by address, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

PANEL = "#panel"


def first_source(brief, event_id):
    """Give an act of the brief, and the address of the first of its reports that has one."""
    event = next(event for event in brief.events if event.id == event_id)
    reports = [brief.reports[brief.claims[claim].report] for claim in event.claims]
    return event, next((report.url for report in reports if report.url.startswith("http")), "")


@pytest.fixture
def change(brief):
    """Give the first change that is an act with an address, and that address."""
    for item in brief.changed:
        if item.kind == "event":
            event, url = first_source(brief, item.about)
            if url:
                return item, event, url
    raise AssertionError("no change of the case leads to a report with an address")


def test_a_headline_leads_to_its_source_at_once(visit, idlib_page, change):
    item, event, url = change
    page = visit(idlib_page)
    page.locator("#changed").get_by_role("link", name=item.text).first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text(event.headline)
    expect(panel.locator(f'a[href="{url}"]').first).to_be_in_viewport()


def test_the_same_without_javascript(visit, idlib_page, change):
    item, event, url = change
    page = visit(idlib_page, javascript=False)
    page.locator("#changed").get_by_role("link", name=item.text).first.click()
    entry = page.locator(f"#event-{event.id}")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text(event.headline)
    expect(entry.locator(f'a[href="{url}"]').first).to_be_visible()


def test_without_javascript_nothing_is_shown_that_does_nothing(visit, idlib_page):
    page = visit(idlib_page, javascript=False)
    shown = "button:visible, input:visible, select:visible, dialog:visible, output:visible"
    expect(page.locator(shown)).to_have_count(0)
    assert page.locator("main svg:visible").count() >= 3
    assert page.locator("details:not([open])").count(), "tables and years can be folded"


def test_an_old_act_is_unfolded_when_something_leads_to_it(visit, idlib_page, brief):
    oldest = min((e for e in brief.events if e.start), key=lambda event: event.start)
    for javascript in (True, False):
        page = visit(idlib_page, f"#event-{oldest.id}", javascript=javascript)
        expect(page.locator(f"main #event-{oldest.id}")).to_be_in_viewport()


def test_everything_that_leads_somewhere_arrives(visit, idlib_page, ilde_page):
    for file in (idlib_page, ilde_page):
        lost, twice = visit(file).evaluate(
            """() => {
                const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
                const known = new Set(ids);
                const links = [...document.querySelectorAll('a[href^="#"]')];
                return [
                    links.map((a) => decodeURIComponent(a.getAttribute("href").slice(1)))
                        .filter((id) => !known.has(id)),
                    ids.filter((id, position) => ids.indexOf(id) !== position),
                ];
            }"""
        )
        assert (lost, twice) == ([], [])


def test_every_claim_stands_on_the_page_with_its_report(visit, idlib_page, brief):
    links = visit(idlib_page).evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('main [id^="claim-"]')]
            .map((entry) => [entry.id, [...entry.querySelectorAll("a")]
                .map((link) => link.getAttribute("href"))]))"""
    )
    for claim in brief.claims.values():
        report = brief.reports[claim.report]
        if report.url.startswith(("http://", "https://")) and not report.withheld:
            assert report.url in links[f"claim-{claim.id}"], claim.key
        else:
            assert f"claim-{claim.id}" in links


def test_the_panel_takes_the_focus_and_gives_it_back(visit, idlib_page, change):
    item, *_ = change
    page = visit(idlib_page)
    link = page.locator("#changed").get_by_role("link", name=item.text).first
    link.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    assert page.evaluate("document.querySelector('#panel').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()
    link.click()
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()


def test_the_panel_has_a_name_and_no_id_twice(visit, idlib_page, change):
    page = visit(idlib_page)
    page.locator("#changed").get_by_role("link", name=change[0].text).first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_have_accessible_name(re.compile(r"\S"))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))


def test_back_closes_what_forward_opened(visit, idlib_page, change):
    page = visit(idlib_page)
    page.locator("#changed").get_by_role("link", name=change[0].text).first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    page.go_back()
    expect(panel).to_be_hidden()
    page.go_forward()
    expect(panel).to_be_visible()
    expect(panel).to_contain_text(change[1].headline)


def test_an_address_restores_day_actor_and_panel(visit, idlib_page, change):
    _, event, url = change
    page = visit(idlib_page, f"#day=2020-02-03&actor=turkey&open=event-{event.id}")
    expect(page.locator("#actor")).to_have_value("turkey")
    expect(page.locator("#shown")).to_contain_text("3 Feb")
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text(event.headline)
    expect(panel.locator(f'a[href="{url}"]').first).to_be_visible()
    page.reload()
    expect(page.locator("#actor")).to_have_value("turkey")
    expect(page.locator("#shown")).to_contain_text("3 Feb")


def test_what_an_address_opens_is_shown_even_if_it_filters_it_out(visit, idlib_page, change):
    _, event, url = change
    named = {actor.root or actor.id for actor in (*event.actors, *event.recipients)}
    other = next(actor for actor in ("iran", "hts", "russia") if actor not in named)
    page = visit(idlib_page, f"#actor={other}&open=event-{event.id}")
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text(event.headline)
    expect(panel.locator(f'a[href="{url}"]').first).to_be_visible()


def test_the_address_follows_what_is_chosen(visit, idlib_page):
    page = visit(idlib_page)
    page.locator("#actor").select_option("russia")
    page.locator("#day").focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"#.*\bday=2020-02-04\b"))
    expect(page).to_have_url(re.compile(r"#.*\bactor=russia\b"))
    other = visit(idlib_page, "#" + page.url.partition("#")[2])
    expect(other.locator("#actor")).to_have_value("russia")
    assert other.locator("#day").input_value() == page.locator("#day").input_value()


NONSENSE = (
    "#day=2031-13-99&actor=nobody&open=event-none",
    "#day=2040-01-01",
    "#day=1990-01-01",
    "#day=&actor=&belief=&open=&at=",
    "#open=%E0%A4%A",
    "#actor=%22%5D%3Cimg%20src%3Dx%3E&open=%22%5D%2Cbody&at=%22%5D",
    "#day",
    "#&&==",
    "#%E0%A4%A",
    "#no-such-place",
)


def test_an_address_of_nonsense_is_passed_over(visit, ilde_page):
    page = visit(ilde_page)
    for fragment in NONSENSE:
        page.goto("about:blank")
        page.goto(ilde_page.as_uri() + fragment)
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.locator("#actor")).to_have_value("")
        expect(page.locator("#shown")).to_contain_text("2011")


def test_a_mark_on_the_map_is_reached_by_keyboard_alone(visit, idlib_page):
    page = visit(idlib_page)
    page.locator("#map .scroll").first.focus()
    page.keyboard.press("Tab")
    reached = page.evaluate("document.activeElement.closest('#map a.mark') !== null")
    assert reached, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    name = page.evaluate("document.activeElement.querySelector('title').textContent")
    assert len(name) > 10
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("known")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('#map a.mark') !== null")


def test_an_edge_opens_with_its_acts_and_their_sources(visit, idlib_page, brief):
    page = visit(idlib_page)
    page.locator("#network a.mark:visible").first.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    shown = panel.locator("a[href^='#event-']").evaluate_all(
        "(links) => links.map((link) => link.getAttribute('href'))"
    )
    for event, url in (first_source(brief, event.id) for event in brief.events):
        if f"#event-{event.id}" in shown and url:
            panel.locator(f'a[href="#event-{event.id}"]').first.click()
            expect(panel).to_contain_text(event.headline)
            expect(panel.locator(f'a[href="{url}"]').first).to_be_visible()
            page.go_back()
            expect(panel.locator(f'a[href="#event-{event.id}"]').first).to_be_visible()
            return
    raise AssertionError(f"none of {shown} has a report with an address")


def test_the_first_tab_stop_skips_to_the_brief(visit, ilde_page):
    page = visit(ilde_page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
