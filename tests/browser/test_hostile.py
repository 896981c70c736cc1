"""Texts that attack, in every field of the brief: they are shown as text and do nothing."""

import re

import pytest
from playwright.sync_api import expect

UNWANTED = "img, iframe, object, embed, base, form[action], link, a[href^='javascript' i]"


def harmless(page):
    assert page.title() != "struck"
    assert page.locator(UNWANTED).count() == 0
    assert page.locator("script").count() == 1
    assert page.locator("style").count() == 1
    assert page.locator("meta[http-equiv]").count() == 1
    odd = page.evaluate(
        """() => {
            const scheme = /^(#|https?:\\/\\/)/;
            const links = [...document.querySelectorAll("[href], [src]")]
                .map((one) => one.getAttribute("href") ?? one.getAttribute("src"))
                .filter((target) => !scheme.test(target));
            const handlers = [...document.querySelectorAll("*:not(#tip)")]
                .flatMap((one) => [...one.attributes])
                .filter((attribute) => /^on|^style$/i.test(attribute.name))
                .map((attribute) => attribute.name);
            return [links, handlers];
        }"""
    )
    assert odd == [[], []]


@pytest.mark.parametrize("javascript", [True, False])
def test_hostile_text_is_shown_as_text(visit, hostile_page, javascript):
    page = visit(hostile_page, javascript=javascript)
    harmless(page)
    text = page.locator("main").inner_text()
    assert "<img src=x onerror=\"document.title='struck'\">" in text
    assert "{{7*7}}{%raw%}" in text
    assert "&lt;b&gt;" in text
    for hidden in "\u0000\u001b\u202e\u2028":
        assert hidden not in page.content()


def test_hostile_text_stays_text_in_the_panel_and_the_tooltip(visit, hostile_page):
    page = visit(hostile_page)
    for opener in ("#changed a.what", "#map a.mark:visible", "#network a.mark:visible"):
        mark = page.locator(opener).first
        mark.scroll_into_view_if_needed()
        mark.hover(force=True)
        mark.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        expect(page.get_by_role("dialog")).to_contain_text(re.compile("struck"))
        harmless(page)
        page.keyboard.press("Escape")


def test_hostile_ids_can_be_filtered_linked_and_restored(visit, hostile_page):
    page = visit(hostile_page)
    chosen = page.locator("#actor option").nth(1).get_attribute("value")
    assert "<img" in chosen
    page.locator("#actor").select_option(chosen)
    assert page.locator("main .mark[data-actors]:visible").count() > 0
    page.locator("#changed a.what:visible").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    again = visit(hostile_page, "#" + page.url.partition("#")[2])
    expect(again.locator("#actor")).to_have_value(chosen)
    expect(again.get_by_role("dialog")).to_be_visible()
    harmless(again)


def test_hostile_text_is_saved_as_text(visit, hostile_page):
    page = visit(hostile_page)
    with page.expect_download() as download:
        page.locator("#map").get_by_role("button", name="GeoJSON").first.click()
    assert re.fullmatch(r"[A-Za-z0-9._-]+", download.value.suggested_filename)


def test_the_policy_stops_what_gets_in_all_the_same(visit, ilde_page):
    """Were text ever to become a script or a style, the browser itself would refuse it."""
    page = visit(ilde_page, watched=False)
    broken = page.evaluate(
        """async () => {
            const refused = [];
            document.addEventListener("securitypolicyviolation",
                (event) => refused.push(event.effectiveDirective));
            const script = document.createElement("script");
            script.textContent = "document.title = 'struck'";
            const style = document.createElement("style");
            style.textContent = "body { display: none }";
            const image = document.createElement("img");
            image.src = "https://example.org/x.png";
            document.body.append(script, style, image);
            document.body.setAttribute("style", "display: none");
            document.body.setAttribute("onclick", "document.title = 'struck'");
            document.body.click();
            await new Promise((done) => setTimeout(done, 200));
            return refused;
        }"""
    )
    assert {"script-src-elem", "style-src-elem", "img-src"} <= set(broken)
    assert page.title() != "struck"
    assert page.locator("body").is_visible()


def test_the_policy_allows_nothing_but_what_is_inlined(visit, ilde_page):
    policy = visit(ilde_page).locator("meta[http-equiv='Content-Security-Policy']")
    rules = dict(
        rule.strip().partition(" ")[::2] for rule in policy.get_attribute("content").split(";")
    )
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("base-uri") == "'none'"
    assert rules.pop("form-action") == "'none'"
    for name in ("script-src", "style-src"):
        assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", rules.pop(name))
    assert set(rules) <= {"frame-ancestors", "require-trusted-types-for", "trusted-types"}
