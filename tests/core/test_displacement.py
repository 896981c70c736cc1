"""The outlook of displacement: what follows from its two tables, and what it answers."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from foreshock.core.answers import Answer, Refusal
from foreshock.core.answers_displaced import answer_displaced
from foreshock.core.displacement import Displacement, Ground
from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import EnsembleError
from foreshock.core.questions import Question
from foreshock.core.random import stream

AS_OF = date(2031, 5, 3)
FIRST = date(2031, 5, 2)
PLACES = tuple(Ground(place=name, people=None, threat=0.5) for name in ("mill", "ford", "quay"))


def outlook(members: int = 200, days: int = 12) -> Displacement:
    luck = stream(7, "displacement")
    shares = luck.dirichlet(np.ones(9), members).reshape(members, 3, 3)
    leaving = luck.gamma(2.0, 50.0, (members, days, 1))
    return Displacement(
        as_of=AS_OF, model="demo", config="c", seed=7, area="vale", counter="office",
        since=date(2031, 4, 1), totals=(), start=luck.normal(1000, 20, members),
        leaving=Ensemble(leaving, FIRST, ("",), "leaving"), origins=PLACES, destinations=PLACES,
        shares=shares, baselines={"flat": Ensemble(leaving * 0 + 100, FIRST, ("",), "leaving")},
    )  # fmt: skip


def asked(**changes: object) -> Question:
    told: dict[str, object] = {
        "id": "Q", "text": "?", "opens": date(2031, 5, 1), "closes": date(2031, 5, 10),
        "variable": "displaced", "place": "vale", "statistic": "max", "comparison": ">=",
        "threshold": 1_900.0, "resolver": "office",
    }  # fmt: skip
    return Question(**{**told, **changes})


def test_flows_arrivals_and_departures_are_one_number_of_people():
    made = outlook()
    first, last = AS_OF + timedelta(days=1), AS_OF + timedelta(days=4)
    flows = made.flows(first, last)
    assert flows.sum(axis=(1, 2)) == pytest.approx(made.leaving_over(first, last))
    assert flows.sum(axis=1) == pytest.approx(made.arrivals(4))
    through = made.leaving_over(FIRST, last)
    assert made.running()[:, made.days_to(last) - 1] == pytest.approx(made.start + through)


def test_nothing_finer_than_three_days_is_told():
    with pytest.raises(EnsembleError, match="3 days or more"):
        outlook().flows(AS_OF, AS_OF + timedelta(days=1))


@pytest.mark.parametrize("change", [{"start": np.zeros(3)}, {"shares": np.full((200, 3, 3), 0.5)}])
def test_parts_that_do_not_fit_are_refused(change):
    with pytest.raises(EnsembleError):
        replace(outlook(), **change)


def test_the_highest_total_is_the_one_at_the_close():
    made = outlook()
    share = (made.running()[:, 8] >= 1_900).mean()
    told = answer_displaced(asked(), made)
    assert isinstance(told, Answer) and told.probability == share
    assert told.notes == ("the last count is for 2031-05-01, before the as-of",)


def test_a_change_is_the_total_at_the_close_less_that_before_its_first_day():
    made = outlook()
    question = asked(
        statistic="change", comparison="number", threshold=None, since=date(2031, 5, 4)
    )
    told = answer_displaced(question, made)
    values = made.running()[:, 8] - made.running()[:, 1]
    low, high = np.quantile(values, [0.05, 0.95], method="inverted_cdf")
    assert told.interval == pytest.approx((low, high))
    whole = answer_displaced(replace(question, since=FIRST), made)
    assert whole.values[50] > told.values[50]
    assert answer_displaced(question, made, "flat").interval == pytest.approx((700.0, 700.0))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"closes": AS_OF}, "its window closed"),
        ({"opens": date(2031, 5, 4)}, "it may be asked from"),
        ({"variable": "arrivals"}, "no model forecasts 'arrivals'"),
        ({"place": "ruritania"}, "for vale, not for ruritania"),
        ({"statistic": "sum"}, "no model gives the statistic sum"),
        ({"resolver": "ministry"}, "the total of office is forecast, not that of ministry"),
        ({"threshold": None}, "it names no threshold"),
        ({"closes": date(2031, 6, 1)}, "the forecast ends on 2031-05-13"),
        ({"statistic": "change", "since": date(2031, 5, 1)}, "is not known for 2031-04-30"),
    ],
)
def test_what_it_cannot_answer_it_refuses_with_a_reason(change, says):
    told = answer_displaced(asked(**change), outlook())
    assert isinstance(told, Refusal) and says in told.text
