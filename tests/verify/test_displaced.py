"""Running totals and arrivals stand in the ledger, and are scored by what was counted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from tests.core.test_displacement import AS_OF, asked, outlook

from foreshock.case.opening import Case
from foreshock.core.displacement import Total
from foreshock.core.questions import Question
from foreshock.verify.counting import counted_arrivals, counted_totals
from foreshock.verify.issuing import issue
from foreshock.verify.ledger import Ledger
from foreshock.verify.resolution import Status, resolve

CLOSES = AS_OF + timedelta(days=7)


def ledger_in(folder):
    return Ledger(folder, "vale-2031", lambda: datetime(2031, 5, 4, 9, tzinfo=UTC))


@pytest.fixture
def issued(tmp_path):
    return issue(ledger_in(tmp_path), None, [asked(), asked(id="R", place="")], "e1", outlook())


def total_of(issued):
    return next(entry for entry in issued.series if entry.terms["variable"] == "displaced")


def test_the_question_the_total_and_every_place_stand_in_the_ledger(issued):
    entry, made = issued.questions["Q"], outlook()
    assert (entry.model, entry.probability) == ("demo", (made.running()[:, 8] >= 1_900).mean())
    assert entry.baselines["flat"]["probability"] == (made.running("flat")[:, 8] >= 1_900).mean()
    assert issued.refusals["R"].reason.startswith("displacement is forecast for vale")
    names = {entry.series for entry in issued.series}
    assert names == {"displaced/vale", "arrivals/mill", "arrivals/ford", "arrivals/quay"}
    at = made.days_to(CLOSES) - 1
    assert total_of(issued).answer["median"] == pytest.approx(
        np.quantile(made.running()[:, at], 0.495, method="inverted_cdf"), rel=1e-3
    )


def test_a_question_about_pairs_has_no_answer_from_displacement(tmp_path):
    pair = Question(
        id="P", text="?", opens=AS_OF, closes=CLOSES, variable="assault", actors=("gondal",),
        recipients=("zenda",), statistic="any", comparison="yes",
    )  # fmt: skip
    made = issue(ledger_in(tmp_path), None, [pair], "e1", outlook())
    assert made.refusals["P"].reason == "no pair of actors is forecast"


def test_the_same_evidence_and_seed_add_nothing(tmp_path):
    ledger = ledger_in(tmp_path)
    first = issue(ledger, None, [asked()], "e1", outlook())
    assert issue(ledger, None, [asked()], "e1", outlook()) == first
    assert len(ledger.entries()) == 1 + len(first.series)


def resolved(entry, today, *totals):
    told = [Total(day=day, people=people) for day, people in totals]
    return resolve(entry, today=today, questions={}, outcomes={}, totals=told)


def test_a_total_is_scored_by_the_count_nearest_to_its_day(issued):
    entry = total_of(issued)
    near, far = CLOSES + timedelta(days=1), CLOSES - timedelta(days=3)
    found = resolved(entry, CLOSES + timedelta(days=2), (far, 1_500.0), (near, 1_800.0))
    assert found.status is Status.RESOLVED and found.value == 1_800.0
    assert found.scored.crps > 0 and set(found.baselines) == {"flat"}


def test_until_its_day_and_until_somebody_counts_it_waits(issued):
    entry = total_of(issued)
    assert resolved(entry, CLOSES - timedelta(days=1), (CLOSES, 1.0)).status is Status.OPEN
    late = resolved(entry, CLOSES + timedelta(days=9), (CLOSES + timedelta(days=4), 1_800.0))
    assert late.status is Status.AWAITING and "nobody has counted it" in late.reason
    arrivals = next(each for each in issued.series if each.series == "arrivals/mill")
    assert resolved(arrivals, CLOSES).status is Status.AWAITING
    assert resolved(arrivals, AS_OF).status is Status.OPEN


def test_another_window_is_another_forecast(issued):
    entry = total_of(issued)
    assert replace(entry, terms={**entry.terms, "closes": "2031-06-01"}).key != entry.key


def test_counts_of_the_bundled_case_come_as_they_became_known(idlib: Case):
    early = counted_totals(idlib, date(2020, 2, 12))
    late = counted_totals(idlib, date(2020, 3, 31))
    assert early[-1].day == date(2020, 2, 11) and late[-1].people == 961_000
    assert [each.people for each in late] == sorted(each.people for each in late)


def test_shares_of_arrivals_are_those_of_one_source_over_the_same_days(idlib: Case):
    since = date(2020, 2, 5)
    assert counted_arrivals(idlib, since, date(2020, 3, 1)) == {}
    found = counted_arrivals(idlib, since, date(2020, 4, 1))
    assert {name: round(each.share, 3) for name, each in found.items() if name[:3] == "sd-"} == {
        "sd-dana": 0.335,
        "sd-salqin": 0.128,
        "sd-azaz": 0.108,
    }
    assert all(len(each.claims) == 2 for each in found.values())
