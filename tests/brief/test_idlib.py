"""What the bundled case must show as of 5 February 2020, number by number."""

import json
from datetime import date

import jsonschema
import pytest

from foreshock.brief.document import json_schema
from foreshock.cycle import cycle
from foreshock.forecast.escalation.project import project


def _event(document, claim_key):
    return next(
        event
        for event in document["events"]
        if any(document["claims"][c]["key"] == claim_key for c in event["claims"])
    )


def _figures(event, what):
    tally = next(tally for tally in event["figures"] if tally["what"] == what)
    return {
        version["origin"]: [t["text"] for t in version["tellings"] if not t["loose"]]
        for version in tally["versions"]
    }


def test_the_brief_keeps_its_published_schema(document):
    jsonschema.validate(document, json_schema())
    assert set(document) >= {
        "as_of", "changed", "events", "disputes", "relations", "control", "displaced",
        "deadlines", "questions", "ledger",
    }  # fmt: skip


def test_the_shelling_of_3_february_with_its_rival_counts(document):
    shelling = _event(document, "F063a")
    assert [actor["id"] for actor in shelling["actors"]] == ["syria"]
    assert "turkey" in {actor["id"] for actor in shelling["recipients"]}
    assert shelling["start"] == shelling["end"] == "2020-02-03"
    killed = _figures(shelling, "killed")
    assert killed["Ahval English"] == ["7 soldiers + 3 civilians"]
    assert killed["Turkey"][0] == "4 soldiers"
    assert killed["Turkey"][-1] == "7 soldiers + 1 contractor"


def test_the_turkish_reply_with_its_rival_counts(document):
    reply = _event(document, "F065a")
    assert [actor["id"] for actor in reply["actors"]] == ["turkey"]
    killed = _figures(reply, "killed")
    assert killed["Turkey"] == ["30–35 soldiers", "76 soldiers"]
    assert killed["Syrian Observatory (SOHR)"] == ["6 soldiers", "13 soldiers"]
    assert killed["Syrian government"] == ["0 soldiers"]
    assert any(t["disputed"] and t["what"] == "killed" for t in reply["figures"])


def test_the_reply_is_linked_to_the_shelling(document):
    assert _event(document, "F065a")["answers"] == [_event(document, "F063a")["id"]]


def test_the_russian_denial_of_air_raids_stands_with_the_reply(document):
    denials = [document["claims"][c]["key"] for c in _event(document, "F065a")["denials"]]
    assert denials == ["F065d"]


@pytest.mark.parametrize(
    ("speaker", "value", "what", "since"),
    [
        ("OCHA (UN humanitarian office)", 520_000, "displaced", "2019-12-01"),
        ("OCHA (UN humanitarian office)", 586_000, "displaced", "2019-12-01"),
        ("Jeffrey, US envoy for Syria", 700_000, "displaced", None),
        ("Erdogan, president of Turkey", 1_000_000, "moving-to-border", None),
    ],
)
def test_displaced_with_who_counts_what_since_when(document, speaker, value, what, since):
    counts = [
        count
        for count in document["displaced"]
        if count["speaker"] == speaker and count["quantity"]["best"] == value
    ]
    assert [(c["quantity"]["what"], c["since"], c["ahead"]) for c in counts] == [
        (what, since, False)
    ]


def test_people_about_to_flee_are_not_counted_as_having_fled(document):
    ahead = {c["quantity"]["what"]: c["quantity"] for c in document["displaced"] if c["ahead"]}
    assert ahead["preparing-to-leave"]["high"] == 500_000
    assert ahead["at-risk"]["low"] == 100_000


def test_saraqib_is_contested(document):
    saraqib = next(h for h in document["control"] if h["place"]["id"] == "saraqib")
    assert saraqib["status"] == "contested"
    assert {actor["id"] for actor in saraqib["holders"]} >= {"syria", "rebels"}


def test_the_ultimatum_with_its_day(document):
    ultimatum = next(d for d in document["deadlines"] if d["due"] == "2020-02-29")
    assert [actor["id"] for actor in ultimatum["actors"]] == ["turkey"]
    assert [actor["id"] for actor in ultimatum["recipients"]] == ["syria"]
    assert ultimatum["status"] == "open"
    assert ultimatum["consequence"]


def test_the_ultimatum_is_broken_once_that_is_known(idlib):
    assert _ultimatum(cycle(idlib, date(2020, 2, 29))).status == "open"
    assert _ultimatum(cycle(idlib, date(2020, 3, 6))).status == "broken"


def _ultimatum(brief):
    return next(d for d in brief.deadlines if d.due == date(2020, 2, 29))


def test_patrons_and_clients(document):
    pairs = {(p["patron"]["id"], p["client"]["id"]) for p in document["relations"]["patrons"]}
    assert {("russia", "syria"), ("iran", "syria"), ("turkey", "sna")} <= pairs


def test_questions_on_pairs_control_and_flight_are_answered_and_the_others_say_why_not(document):
    assert document["forecast"]["issued"] is True
    assert document["forecast"]["standing"] == "hindcast"
    questions = {question["id"]: question for question in document["questions"]}
    assert len(questions) == 28
    by = {key: q["answered_by"] for key, q in questions.items() if q["answered_by"]}
    assert {key for key, who in by.items() if who == "escalation pool"} == {
        *("Q01", "Q02", "Q03", "Q04"),
    }
    assert {key for key, who in by.items() if who == "displacement"} == {
        *("Q14", "Q15", "Q16", "Q17"),
    }
    assert {key for key, who in by.items() if who == "control"} == {"Q05", "Q06", "Q07", "Q13"}
    assert len(by) == 12
    for key in ("Q05", "Q06", "Q07", "Q13"):
        assert set(questions[key]["baselines"]) == {"no change", "last fortnight's pace"}
    # A note names places, not ids.
    assert any("Khan al-Asal" in note for note in questions["Q07"]["notes"])
    for key in ("Q01", "Q02", "Q04"):
        low, high = questions[key]["interval"]
        assert 0 <= low <= questions[key]["probability"] <= high <= 1
    assert {"climatology", "persistence"} <= set(questions["Q01"]["baselines"])
    # What had been counted by the day stands in the number that is asked for.
    assert questions["Q03"]["median"] >= questions["Q03"]["observed"] > 0
    assert "P04" in questions["Q04"]["people"]
    for question in questions.values():
        assert question["answered_by"] or question["reason"].startswith("No model covers this: ")


def test_pairs_that_are_too_thin_are_withheld_with_the_reason(document):
    forecast = document["forecast"]
    named = {series["id"] for series in forecast["series"]}
    assert {"syria>turkey", "turkey>syria"} <= named
    assert not named & {pair["id"] for pair in forecast["withheld"]}
    assert all(pair["reason"] for pair in forecast["withheld"])
    assert all(series["thin"] for series in forecast["series"])


def test_before_the_method_learned_nothing_is_forecast(idlib):
    early = cycle(idlib, date(2018, 9, 30))
    assert not early.forecast.issued and early.forecast.series == []
    assert early.forecast.reason.startswith("No forecast is issued: ")


def test_no_outcome_is_seen_before_it_was_known(document, idlib):
    assert all(question["outcome"] is None for question in document["questions"])
    later = cycle(idlib, date(2020, 4, 30))
    assert sum(question.outcome is not None for question in later.questions) == 28


def test_the_same_day_gives_the_same_bytes(idlib, brief, monkeypatch):
    monkeypatch.setattr("foreshock.foresee.project", project)  # anew, not as remembered
    assert cycle(idlib, date(2020, 2, 5)).model_dump_json() == brief.model_dump_json()


def test_the_case_is_what_it_says_it_is(idlib):
    claims = [standing.claim for standing in idlib.store.standing(idlib.name)]
    assert sum(claim.key.startswith("R") for claim in claims) == 556
    assert (
        len({claim.key.rstrip("abcdefghijklmnop") for claim in claims if claim.key[0] == "F"})
        == 190
    )
    assert all(claim.summary for claim in claims)
    assert json.dumps(sorted(claim.key for claim in claims)).count('"') == 2 * len(claims)
