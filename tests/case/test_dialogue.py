"""`foreshock add` without a file: an analyst enters Wednesday's report, field by field."""

from datetime import date

import pytest
from typer.testing import CliRunner

from foreshock.case.dialogue import ask_for_claim
from foreshock.case.opening import open_case
from foreshock.cli import app

WEDNESDAY = {
    "report": "WED1",
    "source": "new-gazette",
    "published": "2020-02-05",
    "title": "Shelling reported",
    "source_name": "The New Gazette",
    "source_reliability": "B",
    "kind": "event",
    "type": "ASSAULT",
    "mode": "heavy-weapons",
    "actors": "syria",
    "recipients": "turkey",
    "start": "2020-02-03",
    "place": "saraqib",
    "quantities": "killed[turkey/soldiers]=9",
    "summary": "The New Gazette counts nine dead soldiers.",
    "rating": "3",
}


def _answering(answers, asked):
    def ask(field, help_text, offered):
        asked.append((field, help_text, list(offered)))
        given = answers.get(field, "")
        return given.pop(0) if isinstance(given, list) else given

    return ask


def test_every_field_is_explained_and_known_names_are_offered():
    asked = []
    cells = ask_for_claim(open_case("idlib-2020"), _answering(WEDNESDAY, asked), lambda _line: None)
    assert cells == WEDNESDAY
    assert all(help_text for _, help_text, _ in asked)
    offered = {field: names for field, _, names in asked}
    assert "turkey" in offered["actors"] and "saraqib" in offered["place"]
    assert "heavy-weapons" in offered["mode"] and "phone" not in offered["mode"]


def test_a_wrong_answer_is_explained_and_asked_again():
    said = []
    answers = {**WEDNESDAY, "start": ["2020-02-30", "2020-02-03"], "published": ["", "2020-02-05"]}
    cells = ask_for_claim(open_case("idlib-2020"), _answering(answers, []), said.append)
    assert cells["start"] == "2020-02-03"
    assert any("no such date '2020-02-30'" in line for line in said)
    assert "published: this one is needed." in said


def _typed(answers, *more):
    order = [
        "report", "source", "published", "title", "url", "source_name", "source_kind",
        "source_side", "source_reliability", "kind", "type", "mode", "actors", "recipients",
        "start", "end", "place", "modality", "polarity", "chain", "quantities", "summary", "due",
        "links", "rating",
    ]  # fmt: skip
    return "\n".join([answers.get(field, "") for field in order] + list(more)) + "\n"


def test_it_shows_what_changes_and_stores_only_on_yes():
    runner = CliRunner()
    refused = runner.invoke(app, ["add", "idlib-2020"], input=_typed(WEDNESDAY, "n"))
    assert refused.exit_code == 1, refused.output
    assert "Joins a known event" in refused.output
    assert "Nothing was stored" in refused.output
    case = open_case("idlib-2020")
    before = len(case.store.standing(case.name))

    stored = runner.invoke(app, ["add", "idlib-2020"], input=_typed(WEDNESDAY, "y"))
    assert stored.exit_code == 0, stored.output
    assert len(case.store.standing(case.name)) == before + 1
    evidence = case.store.view(case.name, date(2020, 2, 5))
    fresh = next(c for c in evidence.claims.values() if c.speaker == "new-gazette")
    assert fresh.known_at == date(2020, 2, 5)
    assert evidence.sources["new-gazette"].reliability == "B"


@pytest.mark.parametrize("end", ["", "WED1\n"])
def test_leaving_early_stores_nothing(end):
    runner = CliRunner()
    result = runner.invoke(app, ["add", "idlib-2020"], input=end)
    assert result.exit_code == 1
    assert "nothing was stored" in result.output
