"""The page of the watch list in Chromium: access, phones, months to choose, nothing asked for."""

import pytest
from playwright.sync_api import expect
from tests.brief.watch import made_up
from tests.brief.watch.conftest import made
from tests.browser.hostile import ATTACKS
from tests.browser.test_access import ALL, COLOURS, CONTRASTS, SMALL, WIDER, faults


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    def write(panel=None):
        from foreshock.brief.watch.page import build_watch_page

        file = tmp_path_factory.mktemp("watch") / "watch.html"
        listed = made(tmp_path_factory.mktemp("home"), panel, quick=panel is not None)
        file.write_text(build_watch_page(listed), "utf-8")
        return file

    return write


@pytest.fixture(scope="module")
def watch_page(page_of):
    return page_of()


@pytest.mark.parametrize(("colour", "rules"), [("light", ALL), ("dark", COLOURS)])
def test_no_serious_fault_of_accessibility(visit, watch_page, axe, colour, rules):
    page = visit(watch_page, colour=colour)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert faults(page, axe, rules) == []


def test_words_stand_out_and_can_be_read(visit, watch_page):
    page = visit(watch_page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    for colour in ("light", "dark"):
        page.emulate_media(color_scheme=colour)
        assert page.evaluate(CONTRASTS) == [], colour
    assert page.evaluate(SMALL) == {}


def test_on_a_phone_nothing_is_wider_than_the_screen(visit, watch_page):
    for javascript in (True, False):
        page = visit(watch_page, width=390, height=844, javascript=javascript)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate(WIDER) == [0, []]
        assert page.evaluate(SMALL) == {}


def test_another_month_changes_lists_and_map(visit, watch_page):
    page = visit(watch_page)
    row = page.locator("#fighting tr[data-key='65']")
    told = page.locator("#country-65 .ahead tbody tr").nth(13).locator("td").all_text_contents()
    page.locator("#month").select_option(label="Dec 2032")
    expect(page.locator("#map .month")).to_have_text("Dec 2032")
    assert row.locator("[data-of=median]").text_content() == told[1].strip()
    assert row.locator("[data-of=deadly]").text_content() == told[4].strip()
    title = page.locator("#map a[data-key='65'] title").text_content()
    assert title.startswith("Somewhere, Dec 2032: at least 25 deaths ")
    page.locator("#reset").click()
    expect(page.locator("#map .month")).to_have_text("Jan 2032")


def test_the_map_shows_the_month_chosen_as_it_would_have_been_drawn(visit, watch_page):
    page = visit(watch_page)
    drawn = "() => [...document.querySelectorAll('#map a[data-key]')].map((one) => [" + (
        "one.getAttribute('class'), one.querySelector('title').textContent])"
    )
    before = page.evaluate(drawn)
    page.locator("#month").select_option(label="Dec 2032")
    page.locator("#month").select_option(label="Jan 2032")
    assert page.evaluate(drawn) == before


def test_lists_are_sorted_and_filtered(visit, watch_page):
    page = visit(watch_page)
    names = page.locator("#fighting tbody th")
    page.locator("#fighting thead button", has_text="country").click()
    assert names.all_text_contents() == sorted(names.all_text_contents())
    page.locator("#fighting thead button", has_text="≥25").click()
    assert names.first.text_content() == "Farland"
    page.locator("#filter").fill("gond")
    expect(page.locator("#fighting tbody tr:visible")).to_have_count(1)
    expect(page.locator("#said")).to_have_text("1 of 11 countries are shown")


def test_a_number_leads_to_its_data_in_three_steps_by_keyboard(visit, watch_page):
    page = visit(watch_page)
    page.locator("#map a[data-key='70']").focus()
    expect(page.locator("#tip")).to_contain_text("Gondal, Jan 2032: at least 25 deaths")
    page.keyboard.press("Enter")
    country = page.locator("#country-70")
    expect(country.locator(".counted-months")).to_be_visible()
    country.locator("a[href='#data']").click()
    expect(page.locator("#data + dd")).to_contain_text("made up, release 7")


def test_without_javascript_everything_can_be_read(visit, watch_page):
    page = visit(watch_page, javascript=False)
    expect(page.locator("#controls")).to_be_hidden()
    expect(page.locator("noscript")).to_be_visible()
    page.locator("#fighting a", has_text="Gondal").click()
    page.locator("#country-70 summary").click()
    expect(page.locator("#country-70 .ahead")).to_be_visible()


def test_hostile_names_do_nothing(visit, page_of):
    names = tuple((ATTACKS[at % len(ATTACKS)] + str(at))[:200] for at in range(12))
    page = visit(page_of(made_up.panel(names)), width=390)
    page.locator("#month").select_option(index=7)
    page.locator("#filter").fill("title")
    assert page.title().startswith("Watch list: ")
    assert page.evaluate(WIDER) == [0, []]


def test_it_prints_on_a4(visit, watch_page):
    page = visit(watch_page)
    page.emulate_media(media="print")
    pressed = "button:visible:not(th button), input:visible, select:visible, nav:visible"
    expect(page.locator(pressed)).to_have_count(0)
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
