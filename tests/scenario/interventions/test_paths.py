"""Paths of a what-if: when an intervention sets in, whether it holds, and whose luck it has."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy.stats import kstest
from tests.scenario.interventions.worlds import BOTH, outlook

from foreshock.case.sheets.interventions import WhatIf
from foreshock.core.errors import ForecastRefused
from foreshock.scenario.interventions.paths import draw_paths

MEMBERS, DAYS = 2_000, 28
WAR = outlook(MEMBERS, DAYS)


def interval(low: float, high: float | None = None) -> dict[str, Any]:
    return {"low": low, "high": low if high is None else high, "assumed_by": "the compilers"}


def sheet(**row: Any) -> WhatIf:
    given = {"id": "truce", "text": "A truce.", "from_day": 5, "flight": {"factor": interval(0.5)}}
    return WhatIf(
        sheet="whatif-truce", kind="what-if", title="A truce?", date=date(2031, 5, 1),
        interventions=[given | row],
    )  # fmt: skip


def paths(seed: int = 7, **row: Any):
    return draw_paths(sheet(**row), WAR, members=MEMBERS, days=DAYS, seed=seed)


def in_force(**row: Any) -> np.ndarray:
    return paths(**row).in_force["truce"]


def test_it_is_in_force_from_its_day_for_its_days():
    found = in_force(days=3)
    assert not found[:, :4].any()
    assert found[:, 4:7].all()
    assert not found[:, 7:].any()
    assert in_force()[:, 4:].all()


def test_what_cannot_set_in_before_the_last_day_is_left_out_and_said_so():
    found = paths(from_day=DAYS + 1)
    assert not found.in_force["truce"].any()
    assert found.notes == (
        "truce is left out: it sets in on day 29 at the earliest, and the forecast ends on day 28.",
    )
    assert paths(from_day=DAYS).notes == ()


def test_outside_its_days_everything_is_multiplied_by_one():
    found = paths(days=3, fighting=[{"factor": interval(0.2)}])
    assert set(found.fighting) == set(BOTH)
    assert (found.flight[:, :4] == 1).all()
    assert (found.flight[:, 4:7] == 0.5).all()
    assert (found.fighting[BOTH[0]][:, 7:] == 1).all()


def test_it_comes_about_and_holds_as_often_as_entered():
    found = in_force(chance=interval(0.3))
    assert found.any(axis=1).mean() == pytest.approx(0.3, abs=0.04)
    held = in_force(holds=interval(0.4))
    assert held[:, -1].mean() == pytest.approx(0.4, abs=0.04)
    # What failed does not come back, and each day has its part in failing.
    assert (np.diff(held[:, 4:].astype(int), axis=1) <= 0).all()
    assert (np.diff(held[:, 4:].mean(axis=0)) < 0).all()


def test_more_of_a_chance_or_a_hold_undoes_nothing():
    for entry in ("chance", "holds"):
        little, much = (in_force(**{entry: interval(each)}) for each in (0.3, 0.6))
        assert (much | ~little).all()
    never, always = in_force(holds=interval(0.0)), in_force(holds=interval(1.0))
    assert not never.any()
    assert always[:, 4:].all()


def test_intervals_are_drawn_from_evenly_once_a_member():
    found = paths(flight={"factor": interval(0.2, 0.6)}).flight[:, 4:]
    assert (found == found[:, :1]).all()
    assert found.min() >= 0.2
    assert found.max() <= 0.6
    assert found.mean() == pytest.approx(0.4, abs=0.01)


def test_a_condition_looks_at_the_days_before_alone():
    when = {"pairs": [["gondal", "ruritania"]], "measure": "events", "within": 4, "at_least": 8}
    found = in_force(from_day=3, when=when)
    acts = WAR.ensembles["events"].values[:, :, 0].astype(int)
    for member in range(200):
        first = next(
            (d for d in range(2, DAYS) if acts[member, max(0, d - 4) : d].sum() >= 8), DAYS
        )
        assert not found[member, :first].any()
        assert found[member, first:].all()
    assert 0 < found.any(axis=1).mean() < 1


def test_luck_is_that_of_the_intervention_and_of_nothing_else():
    entered = {"chance": interval(0.2, 0.6), "holds": interval(0.1, 0.9)}
    across = [{"to": "angria", "share": interval(1)}]
    one, other = in_force(**entered), in_force(**entered, border=across)
    assert (one == other).all()
    assert (one != paths(**entered, id="other").in_force["other"]).any()
    assert (one != paths(seed=8, **entered).in_force["truce"]).any()


def test_turns_are_drawn_alike_and_spread_over_what_is_entered():
    entered = sheet(holds=interval(0.1, 0.9), flight={"factor": interval(0.2, 0.6)})
    turns = [
        draw_paths(entered, WAR, members=MEMBERS, days=DAYS, seed=7, turn=each, turns=4)
        for each in range(4)
    ]
    alone = draw_paths(entered, WAR, members=MEMBERS, days=DAYS, seed=7)
    sizes = np.array([each.flight[:, 4:].min(axis=1) for each in turns])
    held = np.array([each.in_force["truce"][:, -1].mean() for each in turns])
    for size in sizes:
        assert kstest(size[size < 1], "uniform", (0.2, 0.4)).pvalue > 1e-3
    assert held == pytest.approx(alone.in_force["truce"][:, -1].mean(), abs=0.06)
    # Of each future a quarter lies in each quarter, so that it hardly matters which it is.
    drawn = sizes[:, (sizes < 1).all(axis=0)]
    assert (np.sort((drawn - 0.2) // 0.1, axis=0) == np.arange(4)[:, None]).mean() > 0.99
    assert drawn.mean(axis=0).std() < 0.25 * drawn.std() / 2


def test_effects_of_several_interventions_are_multiplied():
    twice = sheet(flight={"factor": interval(0.5)})
    second = twice.interventions[0].model_copy(update={"id": "second", "from_day": 10})
    both = twice.model_copy(update={"interventions": [*twice.interventions, second]})
    found = draw_paths(both, WAR, members=MEMBERS, days=DAYS, seed=7).flight
    assert found[0].tolist() == [1.0] * 4 + [0.5] * 5 + [0.25] * 19


def test_whom_the_advance_slows_and_who_crosses_where():
    found = paths(
        control=[{"by": ["gondal"], "factor": interval(0.3)}, {"factor": interval(0.5)}],
        border=[{"to": "angria", "share": interval(0.2)}],
    )
    assert found.control["gondal"][0, 4] == 0.3
    assert found.control[""][0, 4] == 0.5
    assert found.crossing["angria"][0].tolist() == [0.0] * 4 + [0.2] * 24


def test_what_is_not_forecast_is_named_or_refused():
    found = paths(fighting=[{"pairs": [["gondal", "angria"]], "factor": interval(0.5)}])
    assert found.fighting == {}
    assert "gondal>angria" in found.notes[0]
    when = {"pairs": [["gondal", "angria"]], "measure": "deaths", "at_least": 1}
    with pytest.raises(ForecastRefused, match="not forecast"):
        paths(when=when)
    with pytest.raises(ForecastRefused, match="no fighting is forecast"):
        draw_paths(sheet(when=when), None, members=10, days=5, seed=1)
