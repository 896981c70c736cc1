"""Who may yet flee: from a number to its source, by mouse and by keyboard, on a phone too."""

import pytest
from playwright.sync_api import expect

from foreshock.brief.displacement_words import amount

TOTAL, FLOWS, WHERE = "#displacement-total", "#displacement-flows", "#displacement-destinations"


def test_a_count_in_the_fan_leads_to_who_counted(visit, idlib_page, brief):
    page = visit(idlib_page)
    count = brief.displacement.counts[-1]
    claim = brief.claims[count.claims[0]]
    mark = page.locator(f"{TOTAL} svg a[href='#claim-{claim.id}']")
    mark.focus()
    expect(page.locator("#tip")).to_contain_text(f"{count.people:,.0f}")
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text(claim.summary)
    expect(panel.locator(f'a[href="{brief.reports[claim.report].url}"]').first).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_arrow_leads_to_its_row_and_the_row_to_a_claim(visit, idlib_page, brief, javascript):
    page = visit(idlib_page, javascript=javascript)
    page.locator(f"{FLOWS} a.flow").first.focus()
    page.keyboard.press("Enter")
    row = page.locator("#" + page.url.partition("#")[2])
    expect(row).to_be_in_viewport()
    flow = max(brief.displacement.flows, key=lambda each: each.people.median)
    expect(row).to_contain_text(amount(flow.people))
    row.get_by_role("link").click()
    told = page.get_by_role("dialog") if javascript else page.locator("#evidence li:target")
    expect(told).to_be_visible()
    expect(told).to_contain_text("known")


def test_a_destination_leads_from_picture_to_row(visit, idlib_page, brief):
    page = visit(idlib_page)
    first = brief.displacement.destinations[0]
    page.locator(f"{WHERE} svg a.mark").first.click()
    expect(page.locator(f"#reach-{first.place.id}")).to_be_in_viewport()


def test_what_was_counted_afterwards_is_told_in_words(visit, idlib_page, brief):
    page = visit(idlib_page)
    assert brief.displacement.afterwards, "the page was made with a later day"
    expect(page.locator(f"{TOTAL} .finding")).to_contain_text("Seen afterwards")
    expect(page.locator(f"{TOTAL} svg .after").first).to_be_visible()


def test_on_a_phone_the_map_of_flows_starts_at_its_middle(visit, idlib_page):
    page = visit(idlib_page, width=390, height=844)
    sheet = page.locator(f"{FLOWS} .scroll").first
    assert sheet.evaluate("(one) => one.scrollLeft") > 0
    shown = sheet.evaluate(
        """(one) => {
            const box = one.getBoundingClientRect();
            return [...one.querySelectorAll("a.site")].filter((site) => {
                const { left, right } = site.getBoundingClientRect();
                return left >= box.left && right <= box.right;
            }).length / one.querySelectorAll("a.site").length;
        }"""
    )
    assert shown > 0.5


def test_nothing_there_can_be_saved_as_points(visit, idlib_page):
    page = visit(idlib_page)
    expect(page.locator(f"{FLOWS} .tools button", has_text="PNG")).to_have_count(1)
    expect(page.locator("#displacement .tools button", has_text="GeoJSON")).to_have_count(0)
