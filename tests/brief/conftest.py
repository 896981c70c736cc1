"""The bundled case, briefed once."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from foreshock import foresee as foresee_module
from foreshock.brief.document import Brief
from foreshock.case.opening import Case
from foreshock.core.errors import ForecastRefused
from foreshock.cycle import cycle

REAL = {
    name: getattr(foresee_module, name)
    for name in ("project", "project_displacement", "project_control")
}


@pytest.fixture(scope="session", autouse=True)
def _forecast_once() -> Iterator[None]:
    """Forecast each evidence, size and seed once: it takes seconds and is the same each time."""
    made: dict[tuple, object] = {}

    def once(name: str):
        def project(picture, *about, **settings):
            fighting = settings.get("escalation")
            size = {k: v for k, v in settings.items() if k != "escalation"}
            seen = getattr(fighting, "config", None)
            key = (
                name,
                *(case.name for case in about),
                picture.evidence.digest,
                seen,
                *sorted(size.items()),
            )
            if key not in made:
                made[key] = _outcome(REAL[name], picture, *about, **settings)
            if isinstance(made[key], ForecastRefused):
                raise made[key]
            return made[key]

        return project

    with pytest.MonkeyPatch.context() as patch:
        for name in REAL:
            patch.setattr(foresee_module, name, once(name))
        yield


def _outcome(real, *given, **settings):
    try:
        return real(*given, **settings)
    except ForecastRefused as refused:
        return refused


@pytest.fixture(scope="session")
def brief(idlib: Case) -> Brief:
    """Brief the bundled case as of its own day, 5 February 2020."""
    return cycle(idlib, date(2020, 2, 5))


@pytest.fixture(scope="session")
def document(brief: Brief) -> dict:
    """Give the brief as a reader of ``--json`` gets it."""
    return json.loads(brief.model_dump_json())
