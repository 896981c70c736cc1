"""A case of another region and kind goes through the command line; its numbers are known by hand.

Two invented states quarrel over an invented river. Nothing in the program knows of either case.
"""

import json
import math
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from foreshock.case.home import STORE_FILE, home
from foreshock.case.opening import open_case
from foreshock.case.schema import TABLES
from foreshock.cli import app
from foreshock.evidence.cells import write_csv
from foreshock.evidence.store import Store

SOURCE = Path(__file__).parent / "ilde-2011"
CERTAIN = 0.0001
"""Beliefs are printed with four digits."""

RUNNER = CliRunner()


def foreshock(*words: object, code: int = 0, typed: str | None = None) -> Result:
    result = RUNNER.invoke(app, [str(word) for word in words], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the case, which a test may change."""
    folder = tmp_path / "ilde-2011"
    shutil.copytree(SOURCE, folder)
    return folder


def on(case: Path | str, day: int | str) -> dict[str, Any]:
    day = f"2011-05-{day:02}" if isinstance(day, int) else day
    return json.loads(foreshock("brief", case, "--as-of", day, "--json").stdout)


def key(brief: dict[str, Any], claim: str) -> str:
    return brief["claims"][claim]["key"]


def keys(brief: dict[str, Any], claims: list[str]) -> set[str]:
    return {key(brief, claim) for claim in claims}


def event_of(brief: dict[str, Any], name: str) -> dict[str, Any]:
    """The event that a claim, by its key, was put to."""
    found = [e for e in brief["events"] if name in keys(brief, [*e["claims"], *e["denials"]])]
    assert len(found) == 1, f"{name} stands in {len(found)} events"
    return found[0]


def figures(brief: dict[str, Any], name: str, what: str = "killed") -> dict[str, list[str]]:
    """What each origin says of an event, oldest first."""
    (tally,) = [t for t in event_of(brief, name)["figures"] if t["what"] == what]
    return {v["origin"]: [t["text"] for t in v["tellings"]] for v in tally["versions"]}


def status(brief: dict[str, Any], name: str) -> str | None:
    found = [d["status"] for d in brief["deadlines"] if name in keys(brief, d["claims"])]
    assert len(found) < 2
    return found[0] if found else None


def sure(pull: float, prior: float = 0.5) -> float:
    """The belief that a sum of weights comes to (``evidence/weights.toml``, by hand)."""
    return 1 / (1 + math.exp(-(math.log(prior / (1 - prior)) + pull)))


# ---------------------------------------------------------------------- the case itself


def test_check_finds_no_fault(case):
    told = foreshock("check", case).stdout
    assert told == "ilde-2011: no fault in 33 claims and 61 other records.\n"
    assert json.loads(foreshock("check", case, "--json").stdout)["faults"] == []


def test_it_is_made_in_the_form_that_init_writes(case, tmp_path):
    foreshock("init", tmp_path / "empty")
    for model in TABLES:
        empty = (tmp_path / "empty" / f"{model.table}.csv").read_text("utf-8")
        assert (case / f"{model.table}.csv").read_text("utf-8").startswith(empty)


def test_it_holds_what_a_case_can_hold(case):
    claims = open_case(str(case)).store.standing("ilde-2011")
    assert {c.claim.kind for c in claims} == {"event", "figure", "statement", "forecast", "state"}
    assert {link.relation for c in claims for link in c.claim.links} == {
        "answers", "alleges", "updates", "keeps", "breaks", "corrects", "retracts",
    }  # fmt: skip
    assert {c.claim.precision for c in claims} >= {"day", "week", "month"}


# ---------------------------------------------------------------------- figures and strikes


def test_three_sources_disagree_and_nothing_is_averaged(case):
    brief = on(case, 3)
    told = figures(brief, "M01")
    assert told == {
        "Morvia": ["9 soldiers"],
        "Global Wire": ["5 soldiers", "5 soldiers"],
        "Ilde River Monitor": ["4 soldiers"],
    }
    assert list(told) == ["Morvia", "Global Wire", "Ilde River Monitor"]  # parties stand first
    assert {keys_of for d in brief["disputes"] for keys_of in keys(brief, d["claims"])} == {
        "M01", "G01", "E01", "R01", "K02", "M02",
    }  # fmt: skip


def test_a_correction_strikes_the_old_claim_from_its_own_day_on(case):
    before, after = on(case, 5), on(case, 6)
    assert before["counts"]["struck"] == 0
    assert figures(before, "M01")["Ilde River Monitor"] == ["4 soldiers"]
    assert after["counts"]["struck"] == 1
    assert figures(after, "M01")["Ilde River Monitor"] == ["6 soldiers"]
    (old,) = [claim for claim in after["claims"].values() if claim["key"] == "R01"]
    assert old["struck"]["how"] == "corrects"
    assert key(after, old["struck"]["by"]) == "R02"
    assert old["struck"]["known_at"] == "2011-05-06"
    assert not any("R01" in keys(after, event["claims"]) for event in after["events"])


def test_a_retraction_takes_the_bridge_back(case):
    taken, back = on(case, 8), on(case, 9)
    (bridge,) = [h for h in taken["control"] if h["place"]["id"] == "high-bridge"]
    assert (bridge["status"], [a["id"] for a in bridge["holders"]]) == ("held", ["kestria"])
    # A source that is usually wrong, telling what is improbable, moves belief by a hair.
    assert event_of(taken, "L01")["belief"]["probability"] == pytest.approx(
        sure(0.2 * 0.1), abs=CERTAIN
    )
    assert not any(h["place"]["id"] == "high-bridge" for h in back["control"])
    assert back["counts"]["struck"] == 2
    assert not any("L01" in keys(back, event["claims"]) for event in back["events"])


def test_a_sides_newer_figure_follows_its_older_one(case):
    assert figures(on(case, 3), "M02") == {
        "Kestria": ["2 soldiers"],
        "Morvia": ["at least 10 soldiers"],
    }
    assert figures(on(case, 6), "M02")["Kestria"] == ["2 soldiers", "3 soldiers"]


def test_figures_of_a_week_stand_beside_each_other(case):
    brief = on(case, 16)
    assert figures(brief, "R03", "violations") == {
        "Morvia": ["31 breaches"],
        "Ilde River Monitor": ["14 breaches"],
    }
    week = event_of(brief, "R03")
    assert (week["start"], week["end"], week["precision"]) == ("2011-05-09", "2011-05-15", "week")


# ---------------------------------------------------------------------- origins and belief


def test_a_syndicated_copy_is_no_further_origin(case):
    event = event_of(on(case, 3), "M01")
    assert (event["reports"], len(event["origins"])) == (4, 3)
    assert event["origins"] == ["Global Wire", "Ilde River Monitor", "Morvia"]
    counts = on(case, 3)["counts"]
    assert (counts["claims"], counts["reports"], counts["origins"]) == (9, 7, 4)

    rows = (case / "claims.csv").read_text("utf-8").splitlines(keepends=True)
    (case / "claims.csv").write_text("".join(r for r in rows if not r.startswith("E01,")), "utf-8")
    without = event_of(on(case, 3), "M01")
    assert (without["reports"], without["origins"]) == (3, event["origins"])
    assert without["belief"] == event["belief"]


def test_a_copy_that_is_not_declared_would_have_counted(case):
    reports = (case / "reports.csv").read_text("utf-8")
    (case / "reports.csv").write_text(reports.replace(",global-wire,read", ",,read"), "utf-8")
    assert len(event_of(on(case, 3), "M01")["origins"]) == 4


MORVIA = 1.2 * 0.8 * 0.5  # C, possibly true, a party speaking of its enemy
DENIAL = 1.2 * 0.8 * 0.5  # C, cannot be judged, a party denying its own act


def test_belief_by_hand(case):
    brief = on(case, 24)
    shelling = event_of(brief, "M01")
    assert keys(brief, shelling["denials"]) == {"K01"}
    pull = MORVIA + 1.8 + 1.8 - DENIAL
    assert shelling["belief"]["probability"] == pytest.approx(sure(pull), abs=CERTAIN)
    assert shelling["belief"]["low"] == pytest.approx(sure(pull / 2), abs=CERTAIN)
    assert shelling["belief"]["high"] == pytest.approx(sure(pull * 2), abs=CERTAIN)
    by_hand = {
        "G05": sure(1.8 + 1.2 * 0.8, 0.8),  # a call, told by an agency and by one who was in it
        "M01": sure(pull),
        "G04": sure(1.8, 0.8),
        "M05": sure(1.2, 0.8),
        "M03": sure(1.2 * 0.8, 0.8),
        "R05": sure(1.8 + MORVIA),
        "R03": sure(1.8 + 1.2 * 0.4 * 0.5),
        "G07": sure(1.8),
        "G06": sure(1.8 * 0.8),
        "K02": sure(1.2 * 0.8 * 0.5 + 1.2 * 0.4),
        "M04": sure(1.2 * 0.4),
    }
    told = {name: event_of(brief, name)["belief"]["probability"] for name in by_hand}
    assert told == pytest.approx(by_hand, abs=CERTAIN)
    assert sorted(told, key=lambda name: -told[name]) == list(by_hand)


def test_an_alleged_deed_stands_beside_the_word_that_alleges_it(case):
    brief = on(case, 4)
    word, deed = event_of(brief, "M03"), event_of(brief, "M04")
    assert (word["type"], deed["type"]) == ("ACCUSE", "ASSAULT")
    (claim,) = [c for c in brief["claims"].values() if c["key"] == "M03"]
    assert [(link["relation"], key(brief, link["claim"])) for link in claim["links"]] == [
        ("alleges", "M04")
    ]
    assert deed["belief"]["probability"] < word["belief"]["probability"]


def test_a_reply_names_what_it_answers(case):
    brief = on(case, 24)
    assert event_of(brief, "M02")["answers"] == [event_of(brief, "M01")["id"]]


def test_what_is_told_as_history_is_no_change(case):
    brief = on(case, 3)
    april = event_of(brief, "G02")
    assert (april["when"], april["background"]) == ("Apr 2011", True)
    assert april["id"] not in {change["about"] for change in brief["changed"]}


def test_plans_are_no_events(case):
    brief = on(case, 24)
    (drill,) = [c for c in brief["claims"].values() if c["key"] == "K05"]
    assert (drill["kind"], drill["modality"], drill["precision"]) == (
        "forecast",
        "planned",
        "month",
    )
    assert not any("K05" in keys(brief, event["claims"]) for event in brief["events"])


# ---------------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("day", "guns", "dead"),
    [
        (4, None, None),
        (5, "open", None),
        (8, "open", "open"),
        (11, "open", "kept"),
        (13, "open", "kept"),
        (14, "open", "passed, reports differ"),
        (15, "open", "passed, reports differ"),
        (16, "passed, no report either way", "passed, reports differ"),
        (17, "broken", "passed, reports differ"),
    ],
)
def test_deadlines_by_day(case, day, guns, dead):
    brief = on(case, day)
    assert (status(brief, "M05"), status(brief, "G04")) == (guns, dead)


def test_the_demand_and_the_threat_are_one_deadline(case):
    (deadline,) = on(case, 6)["deadlines"]
    assert deadline["due"] == "2011-05-15"
    assert deadline["consequence"] == "Morvia closes the river to Kestrian ships"
    assert deadline["demand"].startswith("Morvia demands")


# ---------------------------------------------------------------------- places, control, ties


@pytest.mark.parametrize(
    ("day", "state", "holders"),
    [
        (3, "held", ["morvia"]),
        (5, "contested", ["kestria", "morvia"]),
        (12, "held", ["kestria"]),
    ],
)
def test_who_is_said_to_hold_the_island(case, day, state, holders):
    (island,) = [h for h in on(case, day)["control"] if h["place"]["id"] == "mill-island"]
    assert (island["status"], [actor["id"] for actor in island["holders"]]) == (state, holders)


def test_the_post_at_the_ford_is_surrounded(case):
    assert on(case, 12)["surrounded"] == []
    (say,) = on(case, 13)["surrounded"]
    assert say["on"] == "2011-05-13"


def test_a_district_holds_the_ford(case):
    # The monitor speaks of the district, the others of the ford in it; the ford stands.
    brief = on(case, 3)
    assert "R01" in keys(brief, event_of(brief, "M01")["claims"])
    assert event_of(brief, "M01")["place"]["id"] == "long-ford"


def test_a_membership_joins_two_tellings_from_the_day_it_is_known(case):
    before, after = on(case, 22), on(case, 23)
    assert event_of(before, "R05")["id"] != event_of(before, "M08")["id"]
    assert event_of(after, "R05")["id"] == event_of(after, "M08")["id"]
    assert figures(after, "R05") == {"Morvia": ["3 soldiers"], "Ilde River Monitor": ["2 soldiers"]}


def test_patrons(case):
    def told(day: int) -> dict[tuple[str, str], list[str]]:
        found = on(case, day)["relations"]["patrons"]
        return {(p["patron"]["id"], p["client"]["id"]): p["support"] for p in found}

    assert told(2) == {("aurelia", "kestria"): ["arms", "money"]}
    assert told(3) == {
        ("aurelia", "kestria"): ["arms", "money"],
        ("kestria", "ford-guard"): ["arms"],
    }


def test_nobody_is_displaced_and_that_is_said(case):
    assert on(case, 24)["displaced"] == []
    assert "That is not a count of zero." in foreshock("brief", case).stdout


def test_the_question_turns_out(case):
    def told(day: int) -> list[tuple[str, str | None, list[str]]]:
        return [(q["id"], q["outcome"], q["people"]) for q in on(case, day)["questions"]]

    assert told(5) == []
    assert told(6) == [("Q1", None, [])]
    assert told(16) == [("Q1", None, ["P1"])]
    assert told(17) == [("Q1", "no", ["P1"])]


# ---------------------------------------------------------------------- text


@pytest.mark.parametrize("day", [2, 3, 6, 9, 12, 17, 24])
def test_the_text_tells_what_the_data_tell(case, day):
    result = foreshock("brief", case, "--as-of", f"2011-05-{day:02}")
    text = " ".join(result.stdout.split())
    brief = on(case, day)
    assert text.startswith(f"The Ilde, May 2011 As of the end of {day} May 2011 (UTC)")
    assert f"{brief['counts']['origins']} independent origins" in text
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    for deadline in brief["deadlines"]:
        assert f"{deadline['demand']}" in text
        assert deadline["status"] in text
    for tally in (tally for tally in brief["disputes"] if tally["what"] == "killed"):
        for version in tally["versions"]:
            assert f"{version['origin']}: {version['tellings'][0]['text']}" in text
    assert "\x1b" not in result.stdout


def test_the_picture_tells_every_event(case):
    text = " ".join(foreshock("picture", case).stdout.split())
    brief = on(case, 24)
    assert f"EVENTS ({len(brief['events'])}), NEWEST FIRST" in text
    assert all(event["summary"] in text for event in brief["events"])
    told = json.loads(foreshock("picture", case, "--json").stdout)
    # A picture holds no forecast, so nothing is put into the ledger for looking at it.
    assert not told["forecast"]["issued"]
    assert not told["displacement"]["issued"]
    ahead = {"forecast", "displacement", "questions", "ledger"}
    assert {k: v for k, v in told.items() if k not in ahead} == {
        k: v for k, v in brief.items() if k not in ahead
    }


def test_nothing_is_known_before_the_first_report(case):
    told = foreshock("brief", case, "--as-of", "2011-05-01", code=1).stderr
    assert "nothing is known of this case as of 2011-05-01" in told


def test_the_same_brief_comes_twice(case):
    assert foreshock("brief", case, "--json").stdout == foreshock("brief", case, "--json").stdout


# ---------------------------------------------------------------------- init


def test_a_new_folder_is_read_and_said_to_hold_no_claim(tmp_path):
    foreshock("init", tmp_path / "new-case")
    told = foreshock("check", tmp_path / "new-case", code=1)
    assert told.stdout.startswith("claims.csv: the case holds no claim. Mend: add at least one row")
    refused = foreshock("brief", tmp_path / "new-case", code=1)
    assert "the case holds no claim" in refused.stderr
    assert Store(home() / "new-case" / STORE_FILE).standing("new-case") == []


def test_a_new_case_may_begin_with_a_report(tmp_path):
    foreshock("init", tmp_path / "new-case")
    report = tmp_path / "report.txt"
    report.write_text("Peruvian soldiers shelled a village of Chile on Tuesday.", "utf-8")
    words = ("--read", "rules", "--published", "2020-02-05", "--source", "Gondal Herald", "--yes")
    foreshock("add", tmp_path / "new-case", report, *words)
    brief = foreshock("picture", tmp_path / "new-case").stdout
    assert "Peru → Chile: assault" in brief
    # What is read may not hide that the files have faults, nor does an empty file make any.
    assert foreshock("brief", tmp_path / "new-case").exit_code == 0


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "note.txt").write_text("mine", "utf-8")
    told = foreshock("init", tmp_path, code=1).stderr
    assert "not empty" in told
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_a_bundled_case_is_copied_and_works_under_its_new_name(tmp_path):
    copy = tmp_path / "my-copy"
    foreshock("init", copy, "--from", "idlib-2020")
    assert yaml.safe_load((copy / "case.yaml").read_text("utf-8"))["name"] == "my-copy"
    foreshock("check", copy)
    made, bundled = on(copy, "2020-02-05"), on("idlib-2020", "2020-02-05")
    assert (made["case"], bundled["case"]) == ("my-copy", "idlib-2020")
    assert made["counts"] == bundled["counts"]
    assert {event["id"] for event in made["events"]} == {event["id"] for event in bundled["events"]}


def test_this_case_is_copied_too(case, tmp_path):
    foreshock("init", tmp_path / "ilde-again", "--from", case)
    assert on(tmp_path / "ilde-again", 24)["disputes"] == on(case, 24)["disputes"]


def test_two_cases_of_one_name_are_told_apart(case, tmp_path):
    foreshock("brief", case)
    shutil.copytree(case, tmp_path / "elsewhere")
    told = foreshock("brief", tmp_path / "elsewhere", code=1).stderr
    assert "'ilde-2011' is already taken" in told


# ---------------------------------------------------------------------- add

ADDED = [
    {
        "key": "N01",
        "report": "RM23",
        "source": "river-monitor",
        "published": "2011-05-23",
        "title": "Daily note, 23 May",
        "kind": "event",
        "type": "ASSAULT",
        "mode": "heavy-weapons",
        "actors": "kestrian-army",
        "recipients": "morvian-border-guard",
        "start": "2011-05-02",
        "place": "long-ford",
        "quantities": "killed[morvian-border-guard/soldiers]=8",
        "rating": "2",
        "summary": "The monitor now counts eight dead of 2 May.",
        "links": "updates:R02",
    },
    {
        "key": "N02",
        "report": "FV23",
        "source": "ferry-voice",
        "source_name": "Ferry Voice",
        "source_kind": "blog",
        "source_reliability": "D",
        "published": "2011-05-23",
        "title": "From the ferry",
        "kind": "event",
        "type": "ASSAULT",
        "mode": "heavy-weapons",
        "actors": "kestrian-army",
        "recipients": "morvian-border-guard",
        "start": "2011-05-02",
        "place": "long-ford",
        "rating": "3",
        "summary": "Ferrymen saw the guns fire first.",
    },
]


def addition(folder: Path, suffix: str) -> Path:
    file = folder / f"more{suffix}"
    if suffix == ".csv":
        file.write_text(write_csv(list({**ADDED[0], **ADDED[1]}), ADDED), "utf-8")
    else:
        file.write_text("".join(json.dumps(row) + "\n" for row in ADDED), "utf-8")
    return file


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_claims_are_added(case, tmp_path, suffix):
    before = event_of(on(case, 24), "M01")
    told = foreshock("add", case, addition(tmp_path, suffix), "--yes").stdout
    assert "Stored: N01, N02" in told
    assert "Joins a known event" in told
    brief = on(case, 24)
    after = event_of(brief, "M01")
    assert brief["counts"]["claims"] == 35
    assert figures(brief, "M01")["Ilde River Monitor"] == ["6 soldiers", "8 soldiers"]
    assert after["origins"] == ["Ferry Voice", *before["origins"]]
    pull = MORVIA + 1.8 + 1.8 - DENIAL + 0.6 * 0.8
    assert after["belief"]["probability"] == pytest.approx(sure(pull), abs=CERTAIN)
    # Earlier days stay as they were.
    assert event_of(on(case, 22), "M01")["belief"] == before["belief"]


def test_an_addition_that_is_not_confirmed_is_not_stored(case, tmp_path):
    foreshock("add", case, addition(tmp_path, ".csv"), code=1, typed="n\n")
    assert on(case, 24)["counts"]["claims"] == 33


def test_an_addition_by_another_speaker_is_refused_whole(case, tmp_path):
    file = addition(tmp_path, ".jsonl")
    file.write_text(file.read_text("utf-8").replace("updates:R02", "corrects:G01"), "utf-8")
    result = RUNNER.invoke(app, ["add", str(case), str(file), "--yes"])
    assert result.exit_code in {1, 2}
    assert isinstance(result.exception, SystemExit)
    assert "river-monitor corrects what global-wire said" in " ".join(result.stderr.split())
    assert on(case, 24)["counts"]["claims"] == 33
