"""The bundled case, opened once."""

import json
import os
from datetime import date

import pytest

from foreshock.brief.document import Brief
from foreshock.case.opening import Case, open_case
from foreshock.cycle import cycle


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


@pytest.fixture(scope="session")
def brief(idlib: Case) -> Brief:
    """Brief the bundled case as of its own day, 5 February 2020."""
    return cycle(idlib, date(2020, 2, 5))


@pytest.fixture(scope="session")
def document(brief: Brief) -> dict:
    """Give the brief as a reader of ``--json`` gets it."""
    return json.loads(brief.model_dump_json())
