"""Answers on who is where stand in the ledger beside simple methods, and are scored."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.core.test_control import AS_OF, G, R, ask, held, outlook

from foreshock.core.control import ControlOutlook
from foreshock.evidence.records import Outcome
from foreshock.verify.issuing import issue
from foreshock.verify.ledger import Ledger
from foreshock.verify.resolution import Status, resolve

PAIR = replace(ask(), id="P", variable="assault", recipients=("ruritania",), statistic="any")


def ledger_in(folder) -> Ledger:
    return Ledger(folder, "vale-2031", lambda: datetime(2031, 5, 2, 9, tzinfo=UTC))


def made() -> ControlOutlook:
    """Gondal takes the ford in three futures of four."""
    return outlook(held(*[[[R, R, R], [R, R, R], [now, R, R]] for now in (G, G, G, R)]))


def test_answers_and_what_simple_methods_say_are_written_down_together(tmp_path):
    ledger = ledger_in(tmp_path)
    told = issue(ledger, None, [ask(), replace(ask(), id="L", place="lake"), PAIR], "e1",
                 control=made())  # fmt: skip
    [entry] = ledger.entries()
    assert entry == told.questions["Q"]
    assert (entry.model, entry.probability) == ("made up", 0.75)
    assert entry.baselines["no change"]["probability"] == 0.0
    assert entry.config == "c1/4 members/2 days"
    assert told.refusals["L"].reason == "lake: nobody says who holds it"
    assert told.refusals["P"].reason == "no pair of actors is forecast"
    assert issue(ledger, None, [ask()], "e1", control=made()).questions == told.questions
    assert len(ledger.entries()) == 1


@pytest.mark.parametrize(
    ("why", "reason"),
    [("", "who holds which place is not forecast"), ("nobody says", "nobody says")],
)
def test_without_an_outlook_of_control_the_reason_is_told(tmp_path, why, reason):
    told = issue(ledger_in(tmp_path), None, [ask()], "e1", without_control=why)
    assert told.refusals["Q"].reason == reason


def test_an_answer_is_scored_beside_simple_methods_once_its_window_has_passed(tmp_path):
    told = issue(ledger_in(tmp_path), None, [ask()], "e1", control=made())
    came = Outcome(id="Q", outcome="yes", known_at=AS_OF + timedelta(days=1))

    def found(day: int):
        return resolve(
            told.questions["Q"], today=AS_OF + timedelta(days=day), questions={"Q": ask()},
            outcomes={"Q": came},
        )  # fmt: skip

    assert found(1).status is Status.OPEN
    assert found(2).status is Status.RESOLVED
    assert found(2).scored.brier == pytest.approx(0.25**2)
    assert found(2).baselines["no change"].brier == 1.0
