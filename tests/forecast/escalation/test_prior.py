"""The prior as a file: read back as written, refused when damaged, narrower where told more."""

import json

import numpy as np
import pytest
from tests.forecast.escalation.histories import FIRST, PROVENANCE, TAUGHT_DAYS, taught, wandering

from foreshock.core.errors import ForecastRefused
from foreshock.forecast.escalation.history import History
from foreshock.forecast.escalation.pool import HORIZONS, MEASURES, forecast_totals, weak_prior
from foreshock.forecast.escalation.prior import LEAST_DEVIATION, WIDER, Taught, bundled, train
from foreshock.forecast.escalation.regression import Fitted


def damaged(change) -> str:
    """The made prior's text after a change of what it holds."""
    told = json.loads(taught().to_json())
    change(told)
    return json.dumps(told)


def test_what_is_written_is_read_back():
    text = taught().to_json()
    read = Taught.from_json(text)
    assert read.to_json() == text
    assert read.digest == taught().digest
    assert read.provenance == taught().provenance
    assert read.marks.shape == pytest.approx(taught().marks.shape, abs=1e-6)
    for key, fitted in taught().learned.items():
        np.testing.assert_allclose(read.learned[key].parameters, fitted.parameters, atol=1e-6)
        np.testing.assert_allclose(read.learned[key].deviation, fitted.deviation, atol=1e-6)


def test_what_is_read_back_forecasts_the_same_to_six_digits():
    history = History(wandering(150))
    one, other = (
        forecast_totals(history, range(4), "events", 7, learned=each.learned["events", 7]).whole
        for each in (taught(), Taught.from_json(taught().to_json()))
    )
    np.testing.assert_allclose(one.expected, other.expected, rtol=1e-4)


def test_it_says_where_it_is_from_and_holds_no_row_of_the_data():
    about = taught().provenance
    assert {name: getattr(about, name) for name in PROVENANCE} == PROVENANCE
    assert (about.first, about.series) == (FIRST.isoformat(), 4)
    assert about.events == wandering(TAUGHT_DAYS).counts.sum()
    assert "gondal" not in taught().to_json()
    assert set(taught().learned) == {(m, h) for m in MEASURES for h in HORIZONS}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"version": 1}'])
def test_what_is_no_prior_is_refused_with_its_name_and_the_mend(text):
    _refuse(text)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.pop("learners"),
        lambda told: told.pop("marks"),
        lambda told: told["marks"].update(colour=1.0),
        lambda told: told["provenance"].pop("citation"),
        lambda told: told["learners"][0].pop("deviation"),
        lambda told: told["learners"][0]["parameters"].__setitem__(0, "much"),
        lambda told: told["learners"][0]["names"].reverse(),
    ],
    ids=["learners", "marks", "colour", "citation", "deviation", "word", "order"],
)
def test_a_damaged_file_is_refused_with_its_name_and_the_mend(change):
    _refuse(damaged(change))


def test_half_a_file_is_refused():
    text = taught().to_json()
    _refuse(text[: len(text) // 2])


def _refuse(text: str) -> None:
    with pytest.raises(ForecastRefused) as refused:
        Taught.from_json(text, where="my_prior.json")
    told = str(refused.value)
    assert told.startswith("my_prior.json: this is no prior of escalation")
    assert "foreshock train escalation" in told


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_version_is_refused(version):
    with pytest.raises(ForecastRefused, match=f"version {version}"):
        Taught.from_json(damaged(lambda told: told.update(version=version)))


def test_a_damaged_part_of_excitation_is_refused_like_any_other():
    with pytest.raises(ForecastRefused):
        Taught.from_json(damaged(lambda told: told["excitation"].pop("weight")))


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["learners"].pop(),
        lambda told: told["learners"][0]["parameters"].pop(),
        lambda told: told["learners"][0]["deviation"].__setitem__(0, float("nan")),
        lambda told: told["learners"][0].update(measure="losses"),
        lambda told: told["marks"].update(shape="heavy"),
    ],
    ids=["a learner is missing", "too short", "not a number", "unknown measure", "shape in words"],
)
def test_a_file_with_holes_is_refused(change):
    with pytest.raises(ForecastRefused):
        Taught.from_json(damaged(change))


@pytest.mark.parametrize("measure", MEASURES)
def test_the_prior_is_narrower_where_the_data_said_more(measure):
    fitted, prior, weak = (
        taught().learned[measure, 7], taught().prior(measure, 7), weak_prior(measure),
    )  # fmt: skip
    np.testing.assert_array_equal(prior.mean, fitted.parameters)
    assert (prior.deviation <= weak.deviation).all()
    assert prior.deviation[0] == weak.deviation[0]  # the scale of measuring stays open
    between = (WIDER * fitted.deviation[1:] > LEAST_DEVIATION) & (
        WIDER * fitted.deviation[1:] < weak.deviation[1:]
    )
    assert between.any()
    np.testing.assert_allclose(prior.deviation[1:][between], WIDER * fitted.deviation[1:][between])
    sharper = {
        key: Fitted(each.parameters, each.deviation / 2, each.components, each.rows)
        for key, each in taught().learned.items()
    }
    other = Taught(sharper, taught().marks, taught().excitation, taught().provenance)
    tighter = other.prior(measure, 7).deviation
    assert (tighter <= prior.deviation).all()
    assert (tighter[1:][between] < prior.deviation[1:][between]).all()


def test_too_few_series_to_learn_a_rule_from_are_refused():
    with pytest.raises(ForecastRefused, match="2 series have 20 events"):
        train(History(wandering(200, 2)), PROVENANCE)


def test_each_step_of_the_training_is_told():
    told: list[str] = []
    again = train(History(wandering(TAUGHT_DAYS)), PROVENANCE, progress=told.append)
    assert len(told) == len(MEASURES) * len(HORIZONS) + 2
    assert again.to_json() == taught().to_json()


def test_the_bundled_prior_fits_this_version():
    found = bundled()
    assert set(found.learned) == {(m, h) for m in MEASURES for h in HORIZONS}
    assert found.provenance.citation and found.provenance.licence
    for fitted in found.learned.values():
        assert np.isfinite(fitted.parameters).all() and (fitted.deviation > 0).all()
    assert found is bundled()
