"""The made-up watch, made once, and the command with the made-up model in it."""

from datetime import UTC, datetime

import pytest
from tests.brief.watch import made_up

from foreshock.brief.watch.document import WatchList

MODEL = {
    "foreshock.forecast.watch.model.look_ahead": made_up.look_ahead,
    "foreshock.forecast.watch.drivers.drivers": made_up.drivers,
    "foreshock.evaluate.watch.record.record": made_up.record,
}


def plant(patch: pytest.MonkeyPatch) -> None:
    """Put the made-up model in the place of the real one: the list is looked at here, not it."""
    for name, stands_in in MODEL.items():
        patch.setattr(name, stands_in)


def made(home, panel=None, *, origin=made_up.ORIGIN, **asked) -> WatchList:
    from foreshock.watching import Asked, watch

    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        patch.setenv("FORESHOCK_HOME", str(home))
        return watch(
            panel or made_up.panel(),
            origin,
            Asked(draws=200, **asked),
            clock=lambda: datetime(2032, 2, 1, 9, tzinfo=UTC),
        )


@pytest.fixture
def model(monkeypatch):
    """Put the made-up model in the place of the real one."""
    plant(monkeypatch)


@pytest.fixture(scope="session")
def listed(tmp_path_factory) -> WatchList:
    return made(tmp_path_factory.mktemp("home"))
