"""The command forecast, and what brief and verify do with a forecast."""

import json
from datetime import date

import pytest
from tests.verify.outlooks import projector
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.cli.common import patience
from foreshock.core.errors import ForecastRefused

CASE = "idlib-2020"
NAMES = ("syria>turkey", "turkey>syria", "syria>rebels")
SMALL = ["--members", "300"]


@pytest.fixture(autouse=True)
def _made_up(monkeypatch):
    monkeypatch.setattr("foreshock.foresee.project", projector(NAMES))


def run(*words, code=0):
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result


def test_it_prints_the_forecast_part_alone():
    text = run("forecast", CASE, *SMALL).stdout
    assert "WHAT MAY FOLLOW" in text and "300 equally likely futures" in " ".join(text.split())
    assert "DISPLACED SO FAR" not in text


def test_as_json_it_is_part_of_the_brief():
    part = json.loads(run("forecast", CASE, *SMALL, "--json").stdout)
    whole = json.loads(run("brief", CASE, *SMALL, "--json").stdout)
    assert part == {name: whole[name] for name in part}
    assert {"forecast", "questions", "ledger", "people", "as_of"} <= set(part)
    assert part["forecast"]["members"] == 300


def test_forecast_and_brief_share_one_entry_of_the_ledger():
    run("forecast", CASE, *SMALL)
    before = json.loads(run("ledger", CASE, "--json").stdout)
    run("brief", CASE, *SMALL)
    assert json.loads(run("ledger", CASE, "--json").stdout) == before
    assert run("ledger", CASE, "--check").stdout.startswith("Sound: ")


def test_horizon_seed_and_members_are_what_they_were_told_to_be():
    told = json.loads(
        run("forecast", CASE, *SMALL, "--horizon", "10", "--seed", "3", "--json").stdout
    )["forecast"]
    assert (told["horizon"], told["seed"], told["members"]) == (10, 3, 300)
    days = {total["days"] for total in told["series"][0]["measures"][0]["totals"]}
    assert days == {7}


def test_a_refused_forecast_is_told_with_its_reason_and_exits_with_one(monkeypatch):
    def refused(*_args, **_words):
        raise ForecastRefused("nothing came in for 40 days")

    monkeypatch.setattr("foreshock.foresee.project", refused)
    text = run("forecast", CASE, code=1).stdout
    assert "No forecast is issued: nothing came in for 40 days." in text
    told = json.loads(run("forecast", CASE, "--json", code=1).stdout)
    assert told["forecast"]["issued"] is False and told["forecast"]["series"] == []
    run("brief", CASE)  # all else is told as ever


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--then", "2020-02-04"], "before the forecast's own day"),
        (["--then", "soon"], "soon"),
        (["--recorded-by", "2001-01-01"], "nothing is known"),
    ],
)
def test_what_cannot_be_done_is_refused_clearly(words, says):
    result = CliRunner().invoke(app, ["forecast", CASE, *words])
    assert result.exit_code in {1, 2}
    assert says in result.stderr and "Traceback" not in result.output


@pytest.mark.parametrize(
    "words", [["--members", "3"], ["--horizon", "0"], ["--horizon", "900"], ["--seed", "-1"]]
)
def test_numbers_out_of_range_are_wrong_use(words):
    run("forecast", CASE, *words, code=2)


def test_then_shows_what_happened_and_verify_scores_it():
    then = ["--then", "2020-04-30"]
    text = " ".join(run("brief", CASE, *SMALL, *then).stdout.split())
    assert "Seen afterwards, it came out: yes (5)" in text
    record = json.loads(run("verify", CASE, "--as-of", "2020-04-30", "--json").stdout)
    # Three chances and one number, three horizons of events and deaths for each pair; and of
    # displacement three chances and one number, and the total of three horizons; and of who holds
    # what four chances.
    assert record["hindcast"]["resolved"] == 4 + 18 + 4 + 3 + 4
    assert record["live"]["resolved"] == 0
    words = run("verify", CASE, "--as-of", "2020-04-30").stdout
    assert "HINDCASTS" in words and "Biggest misses" in words


def test_a_picture_makes_no_forecast():
    told = json.loads(run("picture", CASE, "--json").stdout)
    assert (
        told["forecast"]["issued"] is False and "brief and forecast" in told["forecast"]["reason"]
    )
    assert json.loads(run("ledger", CASE, "--json").stdout)["entries"] == []


def test_judgement_of_a_person_stands_beside_the_forecast():
    run("judge", CASE, "Q04", "--probability", "0.6", "--by", "A. Hope", "--reason", "No talks.")
    text = " ".join(run("forecast", CASE, *SMALL).stdout.split())
    assert "A. Hope judged 60 %" in text


def test_progress_is_told_only_once_it_takes_long(capsys):
    with patience(3600) as step:
        step("a quick thing")
    assert capsys.readouterr().err == ""
    with patience(0) as step:
        step("a long thing")
        step("another")
    assert capsys.readouterr().err.splitlines() == ["a long thing ...", "another ..."]


def test_days_are_read_as_everywhere():
    told = json.loads(run("forecast", CASE, *SMALL, "--as-of", "2020-02-01", "--json").stdout)
    assert told["as_of"] == date(2020, 2, 1).isoformat()
    assert all(series["first"] == "2020-02-02" for series in told["forecast"]["series"])
