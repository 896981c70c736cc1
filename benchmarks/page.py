"""The page: what it takes to make, how large it is, and how soon and how smoothly it moves.

Made in a process of its own (`benchmarks.one_page`); opened by Playwright in the Chromium of the
system, without a graphics card, so that everything is painted by the processor.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SYNTHETIC = "synthetic"
CASES = {"idlib-2020": "idlib-2020", SYNTHETIC: "made up"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BUILD_S, READY_MS, FRAME_MS, PEAK_MB = 2.0, 1_000.0, 50.0, 1_024.0
SIZE_MB = {"idlib-2020": 1.5}
"""The budgets: of making the page, of its DOM, of a frame while the day is dragged, of size."""

_OPENINGS, _DRAGS, _STEPS = 7, 5, 120

_OPENED = """async () => {
    const paint = await new Promise((done) => new PerformanceObserver((list) =>
        list.getEntriesByName("first-contentful-paint").forEach(done)
    ).observe({ type: "paint", buffered: true }));
    const visit = performance.getEntriesByType("navigation")[0];
    return { ready: visit.domContentLoadedEventEnd, loaded: visit.loadEventEnd,
             painted: paint.startTime, elements: document.querySelectorAll("*").length };
}"""

_WATCH = """() => {
    window.frames_seen = [];
    const seen = (time) => { window.frames_seen.push(time); requestAnimationFrame(seen); };
    requestAnimationFrame(seen);
}"""


def measure(small: bool = False) -> tuple[str, list[Figure]]:
    """Make and open the pages.

    Parameters
    ----------
    small : bool
        Three openings of each page.

    Returns
    -------
    str, list of Figure
        What it was measured on, and the figures.

    Raises
    ------
    RuntimeError
        If no Chromium is on the path.
    """
    from playwright.sync_api import sync_playwright

    chromium = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if chromium is None:
        raise RuntimeError(f"none of {', '.join(BROWSERS)} is on the path")
    figures, sizes = [], []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = {case: Path(folder) / f"{case}.html" for case in CASES}
        made = {case: _made(case, file, Path(folder)) for case, file in pages.items()}
        browser = playwright.chromium.launch(executable_path=chromium)
        what = f"Chromium {browser.version}, painting by processor"
        for case, file in pages.items():
            seen = [_opened(browser, file) for _ in range(3 if small else _OPENINGS)]
            drags = [_dragged(browser, file) for _ in range(_DRAGS)]
            figures += _figures(CASES[case], made[case], seen, drags)
            sizes.append(
                f"{CASES[case]}: {made[case]['claims']:,} claims, "
                f"{seen[0]['elements']:,.0f} elements"
            )
        browser.close()
    return f"{what}; {'; '.join(sizes)}", figures


def _figures(
    name: str,
    made: dict[str, Any],
    seen: Sequence[dict[str, float]],
    drags: Sequence[Sequence[float]],
) -> list[Figure]:
    late = [quantiles(frames, n=20)[-1] for frames in drags]
    return [
        Figure(f"{name}: the brief, for comparison", "s", made["brief"]),
        Figure(f"{name}: its page, the first in a process", "s", made["first"], BUILD_S),
        Figure(f"{name}: its page again", "s", made["again"], BUILD_S),
        Figure(f"{name}: size of the page", "MB", made["megabytes"], SIZE_MB.get(name)),
        Figure(f"{name}: peak memory", "MB", made["peak"], PEAK_MB),
        Figure(f"{name}: first paint", "ms", [one["painted"] for one in seen]),
        Figure(f"{name}: DOM ready", "ms", [one["ready"] for one in seen], READY_MS),
        Figure(f"{name}: loaded", "ms", [one["loaded"] for one in seen]),
        Figure(f"{name}: 19 of 20 frames while the day is dragged", "ms", late, FRAME_MS),
    ]


def _made(case: str, file: Path, folder: Path) -> dict[str, Any]:
    keep = {"FORESHOCK_HOME": str(folder / "home"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "benchmarks.one_page", case, str(file)]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | keep
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _opened(browser: Browser, file: Path) -> dict[str, float]:
    page = _visit(browser, file)
    found: dict[str, float] = page.evaluate(_OPENED)
    page.context.close()
    return found


def _dragged(browser: Browser, file: Path) -> list[float]:
    """Drag the day across its range and back; give the times from frame to frame."""
    page = _visit(browser, file)
    page.locator("#map").scroll_into_view_if_needed()
    box = page.locator("#day").bounding_box()
    assert box is not None
    across, height = box["width"] - 16, box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 8 + across, height)
    page.mouse.down()
    page.evaluate(_WATCH)
    for step in range(_STEPS + 1):
        share = abs(1 - 2 * step / _STEPS)
        page.mouse.move(box["x"] + 8 + across * share, height)
    page.mouse.up()
    times: list[float] = page.evaluate("window.frames_seen")
    page.context.close()
    return [after - before for before, after in pairwise(times)]


def _visit(browser: Browser, file: Path) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(file.as_uri())
    return page
