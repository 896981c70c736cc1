"""What comes with Foreshock of arrivals: parameters alone, as training gives them."""

import json
from dataclasses import replace
from datetime import date

import pytest
from tests.evaluate.arrivals import monthly

from foreshock.core.errors import ForecastRefused
from foreshock.forecast.displacement.arrivals.coupling import Coupling
from foreshock.forecast.displacement.arrivals.fitting import fit
from foreshock.forecast.displacement.arrivals.levels import forecast
from foreshock.forecast.displacement.arrivals.prior import Taught, bundled, train
from foreshock.observe.readers.displaced_monthly import read_monthly

COUPLING = Coupling(slope=0.4, deviation=0.1, cells=100)


def test_it_is_read_back_as_it_was_written():
    taught = replace(train(monthly.counts(), "a table"), coupling=COUPLING)
    assert Taught.from_json(taught.to_json()) == taught
    assert Taught.from_json(bundled().to_json()) == bundled()


def test_without_events_nothing_is_learned_of_fighting():
    taught = train(monthly.counts(), "a table")
    assert taught.coupling is None
    assert taught.provenance.events == ""
    assert taught.provenance.arrivals_digest == monthly.counts().digest


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told | {"version": 99},
        lambda told: told | {"levels": told["levels"] | {"kept": 1.5}},
        lambda told: told | {"levels": told["levels"] | {"kept": "much"}},
        lambda told: {name: told[name] for name in ("version", "levels")},
        lambda told: told | {"levels": told["levels"] | {"more": 1.0}},
        lambda told: told | {"coupling": {"slope": 1.0}},
    ],
)
def test_what_is_no_prior_is_refused(spoil):
    text = json.dumps(spoil(json.loads(bundled().to_json())))
    with pytest.raises(ForecastRefused, match="no prior of arrivals"):
        Taught.from_json(text)
    with pytest.raises(ForecastRefused, match="no prior of arrivals"):
        Taught.from_json("{")


def test_a_day_that_it_learned_past_is_refused():
    last = date.fromisoformat(bundled().provenance.last)
    assert bundled(date(last.year + 1, 1, 1)).digest == bundled().digest
    for early in (last.replace(day=28), date(last.year - 2, 5, 1)):
        with pytest.raises(ForecastRefused, match="which nobody knew"):
            bundled(early)


def test_it_holds_parameters_alone():
    told = json.loads(bundled().to_json())
    assert set(told) == {"version", "provenance", "levels", "coupling"}
    assert len(bundled().to_json()) < 2000


@pytest.mark.shared
def test_training_on_the_shared_table_gives_what_comes_with_foreshock(shared):
    counts = read_monthly(shared / "data" / "ocha" / "syria_idp_monthly_by_gov_2016_2021.csv")
    past = counts.until(date.fromisoformat(bundled().provenance.last))
    assert past.digest == bundled().provenance.arrivals_digest
    found, held = (forecast(past, levels, 3) for levels in (fit(past), bundled().levels))
    assert found.middle == pytest.approx(held.middle, abs=0.01)
    assert found.scale == pytest.approx(held.scale, rel=0.01)
