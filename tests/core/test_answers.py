"""From declared questions to answers of an ensemble, and every reason to refuse."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.answers import Answer, Refusal, answer, pairs_of
from foreshock.core.ensemble import Ensemble
from foreshock.core.questions import Question
from foreshock.core.random import stream
from foreshock.core.series import DailySeries

AS_OF = date(2031, 5, 1)
NEXT = AS_OF + timedelta(days=1)
SERIES = ("gondal>ruritania", "ruritania>gondal", "strelsau>ruritania")

ASKED = Question(
    id="Q1",
    text="Will Gondal kill at least three more of Ruritania's soldiers?",
    opens=AS_OF,
    closes=AS_OF + timedelta(days=7),
    variable="killed[ruritania/soldiers]",
    actors=("gondal",),
    recipients=("ruritania",),
    statistic="sum",
    comparison=">=",
    threshold=3.0,
)


def futures(days: int = 30, members: int = 400, first: date = NEXT, seed: int = 1) -> dict:
    events = stream(seed, "events").poisson(0.3, (members, days, 3))
    deaths = events * stream(seed, "deaths").integers(0, 6, events.shape)
    return {
        "events": Ensemble(events, first, SERIES, "events"),
        "deaths": Ensemble(deaths, first, SERIES, "deaths", largest=deaths - deaths // 3),
    }


def told(question: Question, ensembles: dict | None = None, **given) -> Answer:
    got = answer(question, ensembles or futures(), AS_OF, **given)
    assert isinstance(got, Answer), got
    return got


def refused(question: Question, ensembles: dict | None = None, **given) -> str:
    got = answer(question, futures() if ensembles is None else ensembles, AS_OF, **given)
    assert isinstance(got, Refusal), got
    assert got.text.startswith("No model covers this: ")
    return got.reason


@given(
    st.integers(1, 25),
    st.sampled_from([">=", ">", "<=", "<", "=", "yes"]),
    st.integers(0, 12),
    st.sampled_from(["gondal", "strelsau", "both"]),
)
def test_a_sum_is_counted_over_the_window_and_the_pairs(days, comparison, threshold, who):
    actors = ("gondal", "strelsau") if who == "both" else (who,)
    question = replace(
        ASKED,
        closes=AS_OF + timedelta(days=days),
        actors=actors,
        comparison=comparison,
        threshold=None if comparison == "yes" else float(threshold),
    )
    ensembles = futures()
    columns = [SERIES.index(f"{actor}>ruritania") for actor in actors]
    hits = 0
    for member in ensembles["deaths"].values.tolist():
        total = sum(member[day][column] for day in range(days) for column in columns)
        hits += {
            ">=": total >= threshold,
            ">": total > threshold,
            "<=": total <= threshold,
            "<": total < threshold,
            "=": total == threshold,
            "yes": total >= 1,
        }[comparison]
    got = told(question, ensembles)
    assert got.probability == hits / 400
    assert got.interval[0] <= got.probability <= got.interval[1]
    assert (got.first, got.last) == (NEXT, question.closes)
    assert got.series == pairs_of(question)


def test_what_was_observed_in_the_window_counts():
    # Two were killed on the day before the question was asked, and the window begins with it.
    past = DailySeries(AS_OF, SERIES, np.array([[1, 0, 0]]), np.array([[2.0, 0.0, 5.0]]))
    question = replace(ASKED, since=AS_OF)
    got = told(question, observed=past)
    assert got.observed == 2
    assert got.first == AS_OF
    easier = replace(ASKED, threshold=1.0)
    assert got.probability == told(easier).probability
    number = told(replace(question, comparison="number", threshold=None), observed=past)
    without = told(replace(ASKED, comparison="number", threshold=None))
    assert number.values == tuple(value + 2 for value in without.values)
    assert "what was counted from 2031-05-01 to 2031-05-01 is not known" in refused(question)
    assert "is not known" in refused(replace(question, since=date(2031, 4, 30)), observed=past)
    other = DailySeries(AS_OF, ("a>b",), np.array([[1]]), np.array([[2.0]]))
    assert "is not known" in refused(question, observed=other)


def test_a_number_is_a_hundred_equally_likely_values():
    deaths = np.tile(np.arange(1000)[:, None, None], (1, 7, 1))
    ensembles = {"deaths": Ensemble(deaths, NEXT, ("gondal>ruritania",), "deaths")}
    got = told(replace(ASKED, comparison="number", threshold=None), ensembles)
    assert got.probability is None
    assert len(got.values) == 100
    assert got.values[0] == 7 * 4 and got.values[-1] == 7 * 994
    assert got.median == 7 * 494
    assert got.interval == (7 * 49, 7 * 949)
    assert got.plain()["values"] == list(got.values)
    assert "probability" not in got.plain()


def test_the_largest_incident_is_asked_of_single_incidents():
    ensembles = futures()
    question = replace(ASKED, statistic="max-per-incident", actors=("gondal", "strelsau"))
    peaks = ensembles["deaths"].largest[:, :7][:, :, [0, 2]].max(axis=(1, 2))
    assert told(question, ensembles).probability == (peaks >= 3).mean()
    blind = {"deaths": Ensemble(ensembles["deaths"].values, NEXT, SERIES, "deaths")}
    assert "one incident from another" in refused(question, blind)


@pytest.mark.parametrize(("dead", "known"), [(0.0, True), (2.0, True), (3.0, False), (9.0, False)])
def test_a_days_total_bounds_the_largest_incident_so_far(dead, known):
    past = DailySeries(AS_OF, SERIES, np.array([[3, 0, 0]]), np.array([[dead, 0.0, 0.0]]))
    question = replace(ASKED, statistic="max-per-incident", since=AS_OF)
    if known:
        ahead = replace(question, since=None)
        assert told(question, observed=past).probability == told(ahead).probability
    else:
        assert "how large the single incidents were" in refused(question, observed=past)


def test_what_goes_on_after_the_close():
    ensembles = futures()
    question = replace(
        ASKED,
        variable="assault",
        statistic="any-after-close",
        comparison=">=",
        threshold=1.0,
        actors=("gondal", "ruritania"),
        recipients=("gondal", "ruritania"),
    )
    got = told(question, ensembles)
    after = ensembles["events"].values[:, 7:, :2].sum(axis=(1, 2))
    assert got.probability == (after >= 1).mean()
    assert (got.first, got.last) == (AS_OF + timedelta(days=8), AS_OF + timedelta(days=30))
    assert any("later days would only raise it" in note for note in got.notes)
    assert "too soon after the close" in refused(question, futures(days=13))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"closes": AS_OF}, "its window closed on 2031-05-01"),
        ({"opens": NEXT}, "it may be asked from 2031-05-02 on"),
        ({"variable": "holds"}, "no model forecasts 'holds'"),
        ({"variable": ""}, "no model forecasts ''"),
        ({"variable": "killed[gondal/soldiers]"}, "not those of gondal"),
        ({"statistic": "at-close"}, "no model gives the statistic at-close"),
        ({"comparison": "", "threshold": None}, "it names no threshold"),
        ({"actors": ()}, "no pair of actors"),
        ({"actors": ("ruritania",)}, "no pair of actors"),
        ({"actors": ("laputa",)}, "laputa>ruritania: there is no such series"),
        ({"closes": date(2031, 6, 1)}, "the forecast ends on 2031-05-31, before the window does"),
    ],
)
def test_what_is_not_covered_is_refused_with_its_reason(change, reason):
    assert reason in refused(replace(ASKED, **change))


def test_ensembles_that_do_not_fit_are_refused():
    assert "deaths are not forecast" in refused(ASKED, {"events": futures()["events"]})
    late = futures(first=AS_OF + timedelta(days=3))
    assert "days after the as-of" in refused(ASKED, late)
    place = replace(ASKED, place="ford")
    assert "do not tell ford" in refused(place, places=frozenset({"mill"}))
    assert told(place, places=frozenset({"ford"})) == told(ASKED)
    thin = {"gondal>ruritania": "only 2 events on record"}
    assert refused(ASKED, withheld=thin) == "gondal>ruritania: only 2 events on record"


def test_a_pair_without_a_series_is_said_and_not_taken_for_peace():
    question = replace(ASKED, actors=("gondal", "laputa"))
    got = told(question)
    assert got.series == ("gondal>ruritania",)
    assert any(
        note == "counted without laputa>ruritania: there is no such series; "
        "that could only raise the count"
        for note in got.notes
    )
    assert any("not soldiers alone" in note for note in got.notes)


def test_data_that_end_early_are_said():
    early = futures(first=AS_OF - timedelta(days=2))
    assert "the data end on 2031-04-28, before the as-of" in told(ASKED, early).notes
    assert told(ASKED).notes == ("all dead of the recipient are counted, not soldiers alone",)


@given(st.integers(0, 40))
def test_a_higher_threshold_is_never_likelier(threshold):
    low = told(replace(ASKED, threshold=float(threshold)))
    high = told(replace(ASKED, threshold=float(threshold + 1)))
    longer = told(replace(ASKED, threshold=float(threshold), closes=date(2031, 5, 20)))
    assert high.probability <= low.probability <= longer.probability
