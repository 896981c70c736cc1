"""One core for the tests of escalation: small products gain nothing from several, and lose much."""

from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture(autouse=True, scope="module")
def one_core() -> Iterator[None]:
    """Keep linear algebra on one core."""
    with threadpool_limits(1):
        yield
