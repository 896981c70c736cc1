"""Looking ahead: every forecast that the evidence carries, written down before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from foreshock.assess.picture import Picture
from foreshock.brief.foreseen import Foreseen, because
from foreshock.case.opening import Case
from foreshock.core.errors import ForecastRefused, LedgerError, StoreError
from foreshock.forecast.displacement.project import project as project_displacement
from foreshock.forecast.escalation.project import project
from foreshock.verify.issuing import issue
from foreshock.verify.ledger import Ledger

MEMBERS = 10_000
HORIZON = 30

_Made = TypeVar("_Made")


def foresee(
    case: Case,
    picture: Picture,
    members: int = MEMBERS,
    seed: int = 0,
    horizon: int = HORIZON,
    clock: Callable[[], datetime] | None = None,
) -> Foreseen:
    """Forecast, and write it all down before anybody sees it; or say why there is nothing."""
    evidence, about = picture.evidence, case.about
    outlook, reason = _attempt(
        lambda: project(picture, about, members=members, seed=seed, horizon=horizon)
    )
    displacement, why = _attempt(
        lambda: project_displacement(
            picture, about, members=members, seed=seed, horizon=horizon, escalation=outlook
        )
    )
    told = Foreseen(reason=reason, displacement_reason=why)
    if outlook is None and displacement is None:
        return told
    asked = evidence.questions.values()
    try:
        issued = issue(Ledger.of(case, clock), outlook, asked, evidence.digest, displacement)
    except (LedgerError, StoreError) as error:
        unwritten = "No forecast is shown, as it could not be written down first"
        reason = because(unwritten, error)
        return Foreseen(reason=reason, displacement_reason=reason)
    return replace(told, outlook=outlook, displacement=displacement, issued=issued)


def _attempt(make: Callable[[], _Made]) -> tuple[_Made | None, str]:
    """Make a forecast, or say why the evidence does not carry it."""
    try:
        return make(), ""
    except ForecastRefused as error:
        return None, because("No forecast is issued", error)
