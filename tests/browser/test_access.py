"""For everyone: no serious fault of accessibility, phones, both themes, print."""

import re

import pytest
from playwright.sync_api import expect

SHORTER = """() => {
    const less = (parts, most) => [...parts].slice(most).forEach((one) => one.remove());
    less(document.querySelectorAll("#evidence .act"), 6);
    document.querySelectorAll("details:not([open])").forEach((one) => less(one.children, 1));
    document.querySelectorAll("tbody").forEach((one) => less(one.rows, 3));
    document.querySelectorAll("svg").forEach((one) => less(one.querySelectorAll(".mark"), 12));
}"""
"""Of what is all alike some is enough: axe-core looks at each element in many ways."""

FINDINGS = """async (rules) => {
    const found = await axe.run(document, {
        resultTypes: ["violations"], preload: false, runOnly: rules,
    });
    return found.violations.flatMap((rule) => rule.nodes.map((node) => [
        rule.impact, rule.id, node.target.join(" "), node.html.slice(0, 160), node.failureSummary,
    ]));
}"""

ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["cat.color"]


def faults(page, axe, rules):
    """List the serious and critical findings of axe-core, and print the others."""
    page.evaluate(SHORTER)
    page.evaluate(axe)
    found = page.evaluate(FINDINGS, rules)
    for finding in found:
        print(*finding, sep="\n  ")
    return [finding[:4] for finding in found if finding[0] in {"serious", "critical"}]


@pytest.mark.parametrize(("colour", "rules"), [("light", ALL), ("dark", COLOURS)])
def test_no_serious_fault_of_accessibility(visit, idlib_page, axe, colour, rules):
    page = visit(idlib_page, colour=colour)
    assert faults(page, axe, rules) == []


@pytest.mark.parametrize(("colour", "rules"), [("light", ALL), ("dark", COLOURS)])
def test_nor_with_everything_unfolded_and_the_panel_open(visit, ilde_page, axe, colour, rules):
    page = visit(ilde_page, colour=colour)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.locator("#changed a.what").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page, axe, rules) == []


CONTRASTS = """() => {
    const colour = (text) => [...text.matchAll(/[\\d.]+/g)].map(Number);
    const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const found = [];
    const paper = colour(getComputedStyle(document.body).backgroundColor);
    for (const text of document.querySelectorAll("main svg text")) {
        if (!text.checkVisibility() || !text.textContent.trim()) continue;
        const style = getComputedStyle(text);
        let opacity = Number(style.fillOpacity);
        for (let one = text; one.localName !== "svg"; one = one.parentElement) {
            opacity *= Number(getComputedStyle(one).opacity);
        }
        const shown = colour(style.fill).slice(0, 3)
            .map((c, i) => c * opacity + paper[i] * (1 - opacity));
        const [a, b] = [light(shown), light(paper)].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < 4.5) found.push([text.textContent.slice(0, 40), Math.round(ratio * 10) / 10]);
    }
    return found;
}"""


def test_words_in_pictures_stand_out_from_the_paper(visit, idlib_page):
    """What axe-core does not look at: text in SVG needs 4.5 : 1 as all other text does."""
    page = visit(idlib_page)
    for colour in ("light", "dark"):
        page.emulate_media(color_scheme=colour)
        assert page.evaluate(CONTRASTS) == [], colour


WIDER = """() => {
    const wide = document.documentElement.clientWidth;
    const scrolls = (one) => one && one !== document.body
        && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    const out = [...document.body.querySelectorAll("*")].filter((one) => one.checkVisibility()
        && !one.closest(".unseen, caption, .skip") && !scrolls(one.parentElement)
        && one.getBoundingClientRect().right > wide + 1);
    return [document.documentElement.scrollWidth - wide,
        out.slice(0, 5).map((one) => one.outerHTML.slice(0, 120))];
}"""


def test_on_a_phone_nothing_is_wider_than_the_screen(visit, idlib_page, hostile_page):
    for file, javascript in ((idlib_page, True), (idlib_page, False), (hostile_page, True)):
        page = visit(file, width=390, height=844, javascript=javascript)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate(WIDER) == [0, []]
        if javascript:
            page.locator("#changed a.what").first.click()
            expect(page.get_by_role("dialog")).to_be_visible()
            assert page.evaluate(WIDER) == [0, []]


def test_on_a_phone_the_slider_and_the_close_button_are_big_enough_to_touch(visit, idlib_page):
    page = visit(idlib_page, width=390, height=844)
    page.locator("#changed a.what").first.click()
    for control in (page.locator("#panel-close"), page.locator("#play"), page.locator("#day")):
        box = control.bounding_box()
        assert box["height"] >= 24, control
        assert box["width"] >= 24, control


SMALL = """() => {
    const found = {};
    const walk = document.createTreeWalker(document.querySelector("main"),
        NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const one = walk.currentNode.parentElement;
        if (!walk.currentNode.data.trim() || !one.checkVisibility()) continue;
        if (one.closest("title, desc, caption, .unseen, script, style")) continue;
        const svg = one.closest("svg");
        const scale = svg ? svg.getScreenCTM().a : 1;
        const size = parseFloat(getComputedStyle(one).fontSize) * scale;
        if (size < (svg ? 10.5 : 12.5)) found[one.outerHTML.slice(0, 120)] = size;
    }
    return found;
}"""


def test_text_is_not_smaller_than_can_be_read(visit, idlib_page):
    page = visit(idlib_page)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SMALL) == {}, width


def test_nothing_moves_for_those_who_asked_for_calm(visit, ilde_page):
    page = visit(ilde_page)
    page.locator("#changed a.what").first.click()
    assert page.evaluate("document.getAnimations().length") == 0


FOLDED = """() => [...document.querySelectorAll(
    "#relations table, #map table, #network table, #evidence details[open] .claims > li"
)].filter((one) => !one.checkVisibility()).map((one) => one.closest("section").id)"""


def test_on_paper_tables_stand_open_and_nothing_can_be_pressed(visit, idlib_page):
    page = visit(idlib_page, javascript=False)  # so the styles alone must do it
    page.emulate_media(media="print")
    assert page.evaluate(FOLDED) == []
    page = visit(idlib_page)
    page.emulate_media(media="print")
    controls = "button:visible, input:visible, select:visible, dialog:visible, nav:visible"
    expect(page.locator(controls)).to_have_count(0)


PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")
BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")
ADDRESS = re.compile(rb"/URI\s*\((https?://[^)]*)\)")


def test_it_prints_on_a4_with_its_links(visit, idlib_page):
    page = visit(idlib_page)
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF-")
    assert {tuple(round(float(side)) for side in box) for box in BOX.findall(pdf)} == {(595, 842)}
    assert 10 < len(PAGES.findall(pdf)) < 120
    page.emulate_media(media="print")
    links = page.evaluate(
        """() => [...document.querySelectorAll('main a[href^="http"]')]
            .filter((link) => link.checkVisibility()).map((link) => link.href)"""
    )
    kept = {address.decode() for address in ADDRESS.findall(pdf)}
    assert len(kept) > 40
    assert {link for link in links if link.isascii() and not re.search(r"[()\\]", link)} <= kept
