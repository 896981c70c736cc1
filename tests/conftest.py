"""What stands outside the checkout, and how hard the property tests look."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from foreshock.case.opening import Case, open_case

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((found for name in BROWSERS if (found := shutil.which(name))), "")
AXE = ROOT / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("dev", deadline=None)
PROFILE = "ci" if os.environ.get("CI") else "dev"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or PROFILE)


@dataclass(frozen=True)
class Need:
    """Something that a test needs and a checkout does not hold."""

    here: bool
    absent: str
    required_by: str

    @property
    def required(self) -> bool:
        """Whether a test that needs it may not be skipped."""
        return os.environ.get(self.required_by) == "1"


NEEDS = {
    "shared": Need(
        SHARED.is_dir(), f"the shared data folder is not at {SHARED}", "FORESHOCK_REQUIRE_SHARED"
    ),
    "chromium": Need(
        bool(CHROMIUM),
        f"none of {', '.join(BROWSERS)} is on the path",
        "FORESHOCK_REQUIRE_BROWSER",
    ),
    "axe": Need(
        AXE.is_file(),
        "axe-core is not installed: npm ci --prefix tests/browser",
        "FORESHOCK_REQUIRE_BROWSER",
    ),
}
"""By the fixture that gives it."""


def _needs(item: pytest.Item) -> list[Need]:
    return [need for name, need in NEEDS.items() if item.get_closest_marker(name)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for such a fixture: `-m 'not shared'` leaves none of them."""
    for item in items:
        for name in NEEDS:
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(name)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose need is absent, or fail it where that is required."""
    for need in _needs(item):
        if not need.here and need.required:
            pytest.fail(f"{need.absent}, and {need.required_by} is set", pytrace=False)
        if not need.here:
            pytest.skip(need.absent)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Where a need is required, a test that has it may not be skipped for any reason."""
    report = yield
    required = [need.required_by for need in _needs(item) if need.required]
    if required and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{required[0]} is set, and this was skipped: {reason}"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data folder beside the checkout; the test is skipped where there is none."""
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of this machine; the test is skipped where there is none."""
    return CHROMIUM


@pytest.fixture(scope="session")
def axe() -> str:
    """The rules of accessibility, as a script; the test is skipped where npm did not bring it."""
    return AXE.read_text("utf-8")


@pytest.fixture(scope="session")
def idlib(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Open the bundled case in a home of its own."""
    before = os.environ.get("FORESHOCK_HOME")
    os.environ["FORESHOCK_HOME"] = str(tmp_path_factory.mktemp("home"))
    try:
        return open_case("idlib-2020")
    finally:
        if before is None:
            del os.environ["FORESHOCK_HOME"]
        else:
            os.environ["FORESHOCK_HOME"] = before
