"""The shared data folder, and how hard the property tests look."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
ABSENT = f"the shared data folder is not at {SHARED}"

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("dev", deadline=None)
PROFILE = "ci" if os.environ.get("CI") else "dev"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or PROFILE)


def _required() -> bool:
    return os.environ.get("FORESHOCK_REQUIRE_SHARED") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for the fixture, so that `-m 'not shared'` leaves none of them."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("shared")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked `shared` where the folder is absent, or fail it where it is required."""
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        if _required():
            pytest.fail(f"{ABSENT}, and FORESHOCK_REQUIRE_SHARED is set", pytrace=False)
        pytest.skip(ABSENT)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Where the folder is required, a test marked `shared` may not be skipped for any reason."""
    report = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if skipped and _required() and item.get_closest_marker("shared"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"FORESHOCK_REQUIRE_SHARED is set, and this was skipped: {reason}"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data folder beside the checkout; the test is skipped where there is none."""
    return SHARED
