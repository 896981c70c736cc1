"""Looking ahead: every forecast that the evidence carries, written down before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, TypeVar

from foreshock.assess.picture import Picture
from foreshock.brief.foreseen import Foreseen, because
from foreshock.case.opening import Case
from foreshock.core.answers_control import about_control
from foreshock.core.errors import ForecastRefused, LedgerError, StoreError
from foreshock.core.outlook import Outlook
from foreshock.forecast.compiling import single_threaded
from foreshock.forecast.control.project import project as project_control
from foreshock.forecast.displacement.project import project as project_displacement
from foreshock.forecast.escalation.project import project
from foreshock.verify.issuing import issue
from foreshock.verify.ledger import Ledger

MEMBERS = 10_000
HORIZON = 30

_Made = TypeVar("_Made")


@single_threaded
def foresee(
    case: Case,
    picture: Picture,
    members: int = MEMBERS,
    seed: int = 0,
    horizon: int = HORIZON,
    clock: Callable[[], datetime] | None = None,
) -> Foreseen:
    """Forecast, and write it all down before anybody sees it; or say why there is nothing.

    Linear algebra keeps to one thread: the same bits on any number of cores, and no idle waiting.
    """
    evidence, about = picture.evidence, case.about
    asked = list(evidence.questions.values())
    outlook, refused = _attempt(
        lambda: project(picture, about, members=members, seed=seed, horizon=horizon)
    )
    ahead: _Ahead = {
        "members": members, "seed": seed, "horizon": horizon, "escalation": outlook
    }  # fmt: skip
    displacement, unmoved = _attempt(lambda: project_displacement(picture, about, **ahead))
    control, unheld = (
        _attempt(lambda: project_control(picture, **ahead))
        if any(map(about_control, asked))
        else (None, None)
    )
    told = Foreseen(reason=_reason(refused), displacement_reason=_reason(unmoved))
    if outlook is None and displacement is None and control is None:
        return told
    try:
        issued = issue(
            Ledger.of(case, clock), outlook, asked, evidence.digest, displacement, control,
            unheld.what if unheld else "",
        )  # fmt: skip
    except (LedgerError, StoreError) as error:
        unwritten = "No forecast is shown, as it could not be written down first"
        reason = because(unwritten, error)
        return Foreseen(reason=reason, displacement_reason=reason)
    return replace(told, outlook=outlook, displacement=displacement, control=control, issued=issued)


class _Ahead(TypedDict):
    """What every part after the fighting is told of the futures."""

    members: int
    seed: int
    horizon: int
    escalation: Outlook | None


def _attempt(make: Callable[[], _Made]) -> tuple[_Made | None, ForecastRefused | None]:
    """Make a forecast, or give the reason why the evidence does not carry it."""
    try:
        return make(), None
    except ForecastRefused as error:
        return None, error


def _reason(refused: ForecastRefused | None) -> str:
    return because("No forecast is issued", refused) if refused else ""
