"""A small invented study, and what it is rolled over."""

from datetime import date, timedelta
from functools import cache

from tests.forecast.escalation.histories import wandering

from foreshock.evaluate.cases import Plan
from foreshock.evaluate.models import WITH_EXCITATION
from foreshock.evaluate.rolling import Rolled, roll
from foreshock.forecast.escalation.history import History

DAYS = 260
FIRST = date(2031, 1, 1)


def day(row: int) -> date:
    """Give the day of a row of the invented history."""
    return FIRST + timedelta(days=row)


def history(days: int = DAYS) -> History:
    """Four invented pairs."""
    return History(wandering(days))


def plan(first: int = 160, last: int = 230, **changed) -> Plan:
    """Six origins, windows of a week, few members: quick."""
    told = {"first": day(first), "last": day(last), "horizons": (7,), "members": 100} | changed
    return Plan(**told)


@cache
def rolled() -> Rolled:
    """Roll over it once."""
    return roll(history(), plan(), models=WITH_EXCITATION)
