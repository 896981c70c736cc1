"""Take the pictures of the page that the README shows: run ``python docs/screenshots.py``.

It briefs the bundled case as of 5 February 2020 and opens the page in the Chromium of the system,
driven by Playwright, which the development environment holds. Fonts and Chromium differ from
machine to machine, so no test holds these pictures to the byte; take them anew when the page
looks different. Give a folder to write them elsewhere than to ``docs/pictures``.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from foreshock.brief.page.build import build_page
from foreshock.case.opening import open_case
from foreshock.cycle import cycle

PICTURES = Path(__file__).parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LARGEST = 300_000
"""Bytes: the pictures are kept in the repository."""


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: of which part of the page, in which window."""

    name: str
    width: int
    height: int
    scale: float = 1
    colour: str = "light"
    media: str = "screen"
    part: str = "body"


SHOTS = (
    Shot(name="page-desktop", width=1440, height=900),
    Shot(name="page-map", width=1440, height=1000, part="#map"),
    Shot(name="page-relations", width=1440, height=1000, part="#relations"),
    Shot(name="page-flows", width=1440, height=1000, part="#displacement-flows"),
    Shot(name="page-assumed", width=1440, height=1000, part="#assumed"),
    Shot(name="page-dark", width=1440, height=1000, colour="dark", part="#map"),
    Shot(name="page-phone", width=390, height=844, scale=1.5),
    Shot(name="page-print", width=794, height=1123, media="print"),
)


def main() -> None:
    """Take every picture."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    target.mkdir(parents=True, exist_ok=True)
    chromium = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if chromium is None:
        sys.exit(f"none of {', '.join(BROWSERS)} is on the path")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["FORESHOCK_HOME"] = folder
        file = Path(folder) / "page.html"
        file.write_text(build_page(cycle(open_case("idlib-2020"), date(2020, 2, 5))), "utf-8")
        browser = playwright.chromium.launch(executable_path=chromium)
        for shot in SHOTS:
            page = browser.new_page(
                viewport={"width": shot.width, "height": shot.height},
                device_scale_factor=shot.scale,
                color_scheme=shot.colour,
                reduced_motion="reduce",
            )
            page.goto(file.as_uri())
            picture = target / f"{shot.name}.png"
            _take(page, shot, picture)
            size = picture.stat().st_size
            sys.stderr.write(f"{picture.name}: {size / 1e3:.0f} kB\n")
            if size > LARGEST:
                sys.exit(f"{picture.name} is larger than {LARGEST / 1e3:.0f} kB")
        browser.close()


def _take(page: Page, shot: Shot, picture: Path) -> None:
    page.emulate_media(media=shot.media)
    if shot.media == "print":  # the margins that paper has
        page.evaluate("document.body.style.padding = '16mm 15mm'")
    if shot.part != "body":
        page.locator(shot.part).evaluate("(part) => part.scrollIntoView()")
    page.screenshot(path=picture, animations="disabled")


if __name__ == "__main__":
    main()
