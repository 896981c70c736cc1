"""The page in Chromium: opened from its file, watched for requests, errors and violations.

Tools. The browser is the Chromium of the system, never one that is downloaded. Playwright's Python
package drives it: one locked wheel that carries its driver, an interface that many know, waiting
that needs no sleeps. It is larger than a client of our own over Chromium's debugging pipe, but that
would be two hundred lines for us to keep, and `playwright-core` from npm would need a driver in
JavaScript with a protocol of its own. axe-core comes from npm, where its makers publish it: the
Python packages that wrap it are years behind or bring a pytest plugin along.

Nothing in the root conftest's block of the network has to be lifted: Playwright speaks with its
driver, and the driver with Chromium, through pipes. The pages are opened as ``file://``, and
every name that Chromium itself may ask for is answered with "no such host".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    expect,
    sync_playwright,
)
from tests.browser.hostile import hostile
from tests.verify.outlooks import projector

from foreshock.brief.document import Brief

HERE = Path(__file__).parent
PAIRS = ("syria>turkey", "turkey>syria", "syria>rebels", "russia>turkey")
QUIET = [
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]


@pytest.fixture(scope="package")
def contexts(chromium: str) -> Iterator[dict[bool, BrowserContext]]:
    """Open the browser once for all tests of a worker: with JavaScript, and without."""
    expect.set_options(timeout=5_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield {on: browser.new_context(java_script_enabled=on) for on in (True, False)}
        browser.close()


class Visits:
    """Opens pages, and keeps what went wrong on them."""

    def __init__(self, contexts: dict[bool, BrowserContext]) -> None:
        self.contexts = contexts
        self.pages: list[Page] = []
        self.faults: list[str] = []

    def __call__(
        self,
        file: Path,
        fragment: str = "",
        *,
        javascript: bool = True,
        width: int = 1280,
        height: int = 900,
        colour: str = "light",
        watched: bool = True,
    ) -> Page:
        """Open a file; unless it is not to be watched, every error and request is a fault."""
        page = self.contexts[javascript].new_page()
        self.pages.append(page)
        page.set_default_timeout(15_000)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=colour, reduced_motion="reduce")
        if watched:
            self._watch(page, {file.as_uri(), "about:blank"})
        page.goto(file.as_uri() + fragment)
        return page

    def _watch(self, page: Page, allowed: set[str]) -> None:
        def asked(request: Request) -> None:
            address = request.url.partition("#")[0]
            if address not in allowed and not address.startswith("blob:"):  # a file to save
                self.faults.append(f"asked for {request.url}")

        def shown(dialog: Dialog) -> None:
            self.faults.append(f"said {dialog.message}")
            dialog.dismiss()

        def printed(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                self.faults.append(message.text)

        def opened(other: Page) -> None:
            self.faults.append(f"opened a window: {other.url}")
            self.pages.append(other)

        page.on("request", asked)
        page.on("dialog", shown)
        page.on("console", printed)
        page.on("popup", opened)
        page.on("pageerror", lambda error: self.faults.append(str(error)))


@pytest.fixture
def visit(contexts: dict[bool, BrowserContext]) -> Iterator[Visits]:
    """Open pages; at the end, none may have sent a request or met an error."""
    visits = Visits(contexts)
    yield visits
    for page in visits.pages:
        page.close()
    assert visits.faults == []


@pytest.fixture(scope="session")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """Brief the bundled case as of 5 February 2020."""
    return _brief("idlib-2020", date(2020, 2, 5), tmp_path_factory.mktemp("home"))


def _brief(case: str, day: date | None, home: Path) -> Brief:
    from foreshock.case.opening import open_case
    from foreshock.cycle import cycle
    from foreshock.verify.judgements import judge

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORESHOCK_HOME", str(home))
        # Futures that are made up: the page is looked at here, not the forecast.
        patch.setattr("foreshock.foresee.project", projector(PAIRS, withheld={PAIRS[-1]: "1 act"}))
        opened = open_case(case)
        if day:
            judge(opened, "Q04", day, 0.6, "A. Hope", "No talks yet.")
            cycle(opened, day - timedelta(days=7), members=300)
        return cycle(opened, day, members=300, then=day and day + timedelta(days=60))


@pytest.fixture(scope="session")
def idlib_page(brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the bundled case."""
    return _written(brief, tmp_path_factory)


@pytest.fixture(scope="session")
def ilde_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the small second case."""
    case = HERE.parent / "cases" / "ilde-2011"
    brief = _brief(str(case), None, tmp_path_factory.mktemp("home"))
    return _written(brief, tmp_path_factory)


@pytest.fixture(scope="session")
def hostile_page(brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of a brief in which every text is an attack."""
    return _written(hostile(brief), tmp_path_factory)


def _written(brief: Brief, folders: pytest.TempPathFactory) -> Path:
    from foreshock.brief.page.build import build_page

    file = folders.mktemp("page") / "page.html"
    file.write_text(build_page(brief), "utf-8")
    return file
