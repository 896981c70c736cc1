"""The page of a what-if on a phone: every cell is seen, under the name of its column."""

import pytest
from tests.brief.page.test_supposed_page import supposed

from foreshock.brief.page.supposed import build_supposed_page

HIDDEN = """() => [...document.querySelectorAll("details[open] td")].filter((cell) => {
    const box = cell.getBoundingClientRect();
    return box.right > innerWidth || box.left < 0 || cell.scrollWidth > cell.clientWidth;
}).map((cell) => cell.textContent)"""
NAMED = "cell => getComputedStyle(cell, '::before').content"


@pytest.fixture
def file(tmp_path):
    page = tmp_path / "truce.html"
    page.write_text(build_supposed_page(supposed(set_in=0.1)), "utf-8")
    return page


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_no_cell_stands_beyond_the_screen(visit, file, javascript):
    page = visit(file, width=390, height=844, javascript=javascript)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(HIDDEN) == []
    tallest = page.evaluate("Math.max(...[...document.querySelectorAll('tr')]"
                            ".map((row) => row.getBoundingClientRect().height))")  # fmt: skip
    assert tallest < 300
    cells = page.locator("#sheet td").all()
    names = [cell.evaluate(NAMED) for cell in cells]
    assert names == ["none", *(f'"{each}"' for each in
                               ("entry", "entered", "from", "sources", "why", "on"))]  # fmt: skip


def test_on_a_desk_the_names_of_columns_stand_above(visit, file):
    page = visit(file, width=1280)
    assert page.locator("#sheet th").first.is_visible()
    assert page.locator("#sheet td").nth(1).evaluate(NAMED) == "none"
