"""Which condition binds, and what would flip it, follows from the threshold alone."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foreshock.case.sheets.restraint import RestraintSheet
from foreshock.scenario.restraint.project import restrain
from foreshock.scenario.restraint.threshold import at_stake, credible, critical, defies


def entry(low: float, high: float | None = None) -> dict:
    return {"low": low, "high": low if high is None else high, "assumed_by": "the tests"}


def capability(name="air", value=0.4, share=0.0, withdrawal=0.5, **more) -> dict:
    return {"capability": name, "value": entry(value), "substitutable": entry(share),
            "withdrawal": entry(withdrawal), **more}  # fmt: skip


def sheet(*capabilities: dict, gain=0.1, loss=0.2, entrapment=0.3, **more) -> RestraintSheet:
    given = {"gain": entry(gain), "loss": entry(loss), "entrapment": entry(entrapment), **more}
    return RestraintSheet.model_validate({
        "sheet": "s", "kind": "restraint", "title": "t", "date": "2011-05-05", "patron": "aurelia",
        "client": "kestria", "scale": "1 is all", "capabilities": list(capabilities), **given,
    })  # fmt: skip


@given(gain=st.floats(0, 2), q=st.floats(0, 1), s=st.floats(0, 1), value=st.floats(0, 2))
def test_the_client_goes_on_below_the_critical_chance_and_only_there(gain, q, s, value):
    stake = float(at_stake(value, s))
    # Numbers so small that they lose digits are no worths of anything.
    assume(all(number == 0 or number > 1e-290 for number in (gain, stake)))
    threshold = float(critical(gain, stake))
    assert threshold == math.inf or threshold * stake == pytest.approx(gain)
    if abs(q - threshold) > 1e-9:
        assert bool(defies(gain, q, stake)) == (q < threshold)


def test_at_the_boundary_the_client_stops_and_the_patron_does_not_move():
    assert not defies(0.25, 0.5, 0.5)
    assert not credible(0.25, 0.25)


def test_a_patron_that_can_and_would_is_obeyed():
    found = restrain(sheet(capability()), draws=16)
    assert found.unrestrained.share.value == 0
    (air,) = found.capabilities
    assert air.binding == {"support": 0, "will": 0, "both": 0, "neither": 1}
    assert air.could.value == 1 and air.defies.share.value == 0
    assert air.critical.value == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("given", "binds"),
    [
        ({"gain": 0.5}, "support"),
        ({"loss": 0.3}, "will"),
        ({"gain": 0.5, "loss": 0.4}, "both"),
    ],
)
def test_what_stands_in_the_way_is_named(given, binds):
    found = restrain(sheet(capability(), **given), draws=16)
    assert found.unrestrained.share.value == 1
    assert found.capabilities[0].binding[binds] == 1


def test_what_others_make_good_cannot_restrain():
    found = restrain(sheet(capability(share=1.0)), draws=16)
    assert found.capabilities[0].critical.value == math.inf
    assert found.unrestrained.share.value == 1


def test_several_together_can_do_what_none_can_alone():
    parts = [capability("arms", 0.06), capability("veto", 0.06)]
    found = restrain(sheet(*parts), draws=16)
    assert [each.could.value for each in found.capabilities] == [0, 0]
    assert found.unrestrained.share.value == 0
    # One of them taken away only at a loss of its own: the other is not enough.
    parts[1]["loss"] = entry(0.9)
    found = restrain(sheet(*parts), draws=16)
    assert found.unrestrained.share.value == 1
    assert [each.credible.value for each in found.capabilities] == [1, 0]


def test_shares_add_up_and_the_tornado_ends_where_the_formula_does():
    wide = sheet(
        {**capability(), "value": entry(0.2, 0.6), "substitutable": entry(0, 0.5)},
        gain=0.1, loss=0.2,
    )  # fmt: skip
    wide = wide.model_copy(update={"gain": wide.gain.model_copy(update={"high": 0.3})})
    (air,) = restrain(wide, draws=1024).capabilities
    assert sum(air.binding.values()) == pytest.approx(1)
    assert air.could.value == pytest.approx(air.binding["neither"])
    bars = {bar.name: (bar.at_low, bar.at_high) for bar in air.tornado}
    assert bars["gain"] == pytest.approx((0.1 / 0.3, 0.3 / 0.3))
    assert bars["capabilities.0.value"] == pytest.approx((0.2 / 0.15, 0.2 / 0.45))
    lengths = [abs(bar.at_high - bar.at_low) for bar in air.tornado]
    assert lengths == sorted(lengths, reverse=True)


@given(st.floats(0, 0.5))
def test_the_more_there_is_to_gain_the_less_it_is_restrained(more):
    cautious = restrain(sheet(capability(), gain=0.1), draws=16).unrestrained.share.value
    eager = restrain(sheet(capability(), gain=0.1 + more), draws=16).unrestrained.share.value
    assert eager >= cautious


def test_the_same_seed_gives_the_same_bits():
    wide = sheet({**capability(), "value": entry(0.05, 0.6)})
    assert restrain(wide, seed=3, draws=64) == restrain(wide, seed=3, draws=64)
    assert np.isfinite(restrain(wide, seed=3, draws=64).capabilities[0].critical.high)
