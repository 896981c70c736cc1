"""The commands ledger, judge and verify, and the bundled case's questions put to an ensemble."""

import json
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from typer.testing import CliRunner

from foreshock.case.opening import open_case
from foreshock.cli import app
from foreshock.core.answers import Answer, Refusal, answer, pairs_of
from foreshock.core.ensemble import Ensemble
from foreshock.core.random import stream
from foreshock.core.series import DailySeries
from foreshock.verify.entries import forecast
from foreshock.verify.ledger import Ledger
from foreshock.verify.record import record_of_case

CASE = "idlib-2020"
AS_OF = date(2020, 2, 5)
JUDGE = ["judge", CASE, "Q04", "--probability", "0.6", "--by", "A. Hope", "--reason", "No talks."]


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def case():
    return open_case(CASE)


def made_up(names: tuple[str, ...]) -> dict[str, Ensemble]:
    events = stream(1, "made up").poisson(0.4, (1000, 30, len(names)))
    deaths = events * 2
    first = AS_OF + timedelta(days=1)
    return {
        "events": Ensemble(events, first, names, "events"),
        "deaths": Ensemble(deaths, first, names, "deaths", largest=deaths),
    }


def past(names: tuple[str, ...]) -> DailySeries:
    ones = np.ones((10, len(names)), int)
    return DailySeries(AS_OF - timedelta(days=9), names, ones, ones.astype(float))


def answers(case) -> dict[str, Answer | Refusal]:
    questions = case.store.view(case.name, AS_OF).questions
    asked = [questions[key] for key in ("Q01", "Q02", "Q03", "Q04")]
    names = tuple(dict.fromkeys(pair for each in asked for pair in pairs_of(each)))
    return {
        key: answer(question, made_up(names), AS_OF, observed=past(names))
        for key, question in questions.items()
    }


def test_the_questions_that_daily_series_can_answer_and_no_others(case):
    told = answers(case)
    covered = [key for key, got in told.items() if isinstance(got, Answer)]
    assert covered == ["Q01", "Q02", "Q03", "Q04"]
    assert len(told) == 28
    for got in told.values():
        if isinstance(got, Refusal):
            assert got.reason.startswith(("no model", "it names", "series count"))
    # The third counts from 3 February: three days of one death each for either pair stand already.
    assert (told["Q03"].first, told["Q03"].observed) == (date(2020, 2, 3), 6)
    assert told["Q03"].probability is None


def test_from_answer_to_record(case):
    questions = case.store.view(case.name, AS_OF).questions
    evidence = case.store.view(case.name, AS_OF).digest
    drafts = [
        forecast(questions[key], got, {"climatology": got}, as_of=AS_OF, evidence=evidence,
                 model="made up", config="c", seed=1)
        for key, got in answers(case).items()
        if isinstance(got, Answer)
    ]  # fmt: skip
    issued = Ledger.of(case).issue(drafts)
    assert [str(entry.standing) for entry in issued] == ["hindcast"] * 4
    blind, _ = record_of_case(case, AS_OF)
    assert blind.hindcast.resolved == () and not any(said.outcome for said in blind.people)
    done, names = record_of_case(case, date(2020, 4, 30))
    assert [r.happened for r in done.hindcast.chances] == [True, True, True]
    assert [r.value for r in done.hindcast.numbers] == [60.0]
    assert done.hindcast.skill["climatology"].value == pytest.approx(0.0)
    assert names["kyle-orton"].startswith("Kyle Orton")
    again = Ledger.of(case, lambda: datetime(2031, 1, 1, tzinfo=UTC)).issue(drafts)
    assert again == issued


def test_a_sound_ledger():
    assert "Nothing has been issued." in run("verify", CASE)
    assert run("ledger", CASE) == "The ledger is empty: nothing has been issued.\n"
    assert run("ledger", CASE, "--check").startswith("Sound: 0 lines")
    assert "hindcast: A. Hope judged 60 % on Q04 as of 2020-02-05 (No talks.)" in run(*JUDGE)
    run(*JUDGE)
    told = json.loads(run("ledger", CASE, "--json"))
    assert len(told["entries"]) == 1 and told["faults"] == []
    assert run("ledger", CASE, "--check", "--has", told["last"]).startswith("Sound: 1 line,")
    assert "no entry has the hash" in run("ledger", CASE, "--check", "--has", "0" * 64, code=1)


def test_an_altered_ledger(foreshock_home):
    run(*JUDGE)
    path = foreshock_home / CASE / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"probability":0.6', b'"probability":0.9'))
    assert "Altered: line 1 was changed" in run("ledger", CASE, "--check", code=1)
    assert "Altered: line 1 was changed" in run("ledger", CASE, code=1)
    assert json.loads(run("ledger", CASE, "--check", "--json", code=1))["faults"]
    for words in (["verify", CASE], JUDGE):
        assert "the ledger was altered: line 1 was changed" in run(*words, code=1)


def test_the_record_of_a_judgement():
    run(*JUDGE)
    early = json.loads(run("verify", CASE, "--as-of", "2020-02-11", "--json"))
    assert early["judgements"][0]["open"] == 1
    assert early["as_of"] == "2020-02-11"
    late = json.loads(run("verify", CASE, "--as-of", "2020-02-20", "--json"))
    assert late["judgements"][0]["brier"] == pytest.approx(0.16)
    assert "JUDGEMENTS OF A. HOPE, in hindsight" in run("verify", CASE)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"Q04": "Q44"}, "no question 'Q44' is declared"),
        ({"0.6": "60"}, "Mend: write 0.6."),
        ({"Q04": "Q03"}, "asks for a number"),
        ({"A. Hope": ""}, "'by'"),
    ],
)
def test_a_judgement_that_cannot_stand_changes_nothing(foreshock_home, change, told):
    assert told in run(*(change.get(word, word) for word in JUDGE), code=2)
    assert not (foreshock_home / CASE / "ledger.jsonl").exists()


def test_a_judgement_after_the_close():
    assert "cannot be judged as of 2020-02-12" in run(*JUDGE, "--as-of", "2020-02-12", code=2)
