"""`foreshock add CASE FILE --read`: an analyst goes through what was read, and the case grows."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.observe.reading.makers import Scripted
from typer.testing import CliRunner

from foreshock.assess.picture import assess
from foreshock.case.opening import open_case
from foreshock.cli import app
from foreshock.core.quantities import Quantity
from foreshock.evidence.claim import Kind, Modality, Polarity, Relation
from foreshock.observe.reading import choosing
from foreshock.observe.reading.record import Party, Record, Spoken, Tied, Where

SOURCE = Path(__file__).parent / "ilde-2011"
DAY = date(2011, 5, 20)
ARMY = Party(id="kestrian-army", name="Kestrian Army", country="KES", sector="MIL")
GUARD = Party(id="morvian-border-guard", name="Morvian Border Guard", country="MRV", sector="MIL")
FORD = Where(id="long-ford", name="Long Ford", lat=45.0, lon=10.0)
POLICE = Party(id="morvia/police", name="Morvian police", country="MRV", sector="COP")

NIGHT = (
    "PORT KEST, May 21 - Kestrian guns hit the Long Ford overnight and killed eleven border "
    "guards, the Morvian Ministry of Defence said. A second volley fell into the reeds, and nobody "
    "crossed the river until the morning, when the ferries sailed again under white flags and the "
    "market opened two hours late. If the guns stay, police may close the bridge."
)
RIVAL = (
    "MORVANE, May 21 - Four border guards died when shells struck the Long Ford before dawn, "
    "according to the Ilde River Monitor. Its observers counted sixteen craters on the eastern "
    "bank, spoke with the keeper of the lock and saw the wounded being carried to the mill."
)
SHELLED = Record(
    key="c1", type="ASSAULT", mode="heavy-weapons", actors=(ARMY,), recipients=(GUARD,),
    start=DAY, end=DAY, place=FORD, quantities=(Quantity("killed", "soldiers", best=11),),
    chain=(Spoken(id="m", name="Morvian Ministry of Defence", cue="said", side="morvia"),),
    words="Kestrian guns hit the Long Ford overnight and killed eleven border guards",
    confidence=0.9,
)  # fmt: skip
MAY_CLOSE = Record(
    key="c2", kind=Kind.FORECAST, type="COERCE", mode="restrict", actors=(POLICE,),
    modality=Modality.HYPOTHETICAL, condition="If the guns stay",
    words="police may close the bridge", links=(Tied(Relation.ANSWERS, "c1"),),
)  # fmt: skip
PLANNED = Record(
    key="c3", type="MOBILIZE", actors=(ARMY,), modality=Modality.PLANNED, words="second volley"
)
RIVALS = replace(
    SHELLED, quantities=(Quantity("killed", "soldiers", best=4),), words="shells struck",
    chain=(Spoken(id="r", name="Ilde River Monitor", cue="according to"),),
)  # fmt: skip
CODER = Scripted(SHELLED, MAY_CLOSE, PLANNED, RIVALS)


@pytest.fixture(autouse=True)
def scripted(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SOURCE, "ilde")
    monkeypatch.setattr(choosing, "coder", lambda name, case=None: CODER)


def _article(text=NIGHT, name="night.txt"):
    Path(name).write_text(text, "utf-8")
    return name


def _add(file, *words, source="Ilde Courier", typed=None, code=0):
    done = CliRunner().invoke(
        app,
        ["add", "ilde", file, "--read", "rules", "--published", "2011-05-21", "--source", source,
         *words],
        input=typed,
    )  # fmt: skip
    assert done.exit_code == code, done.output
    return done


def _read_claims():
    case = open_case("ilde")
    return {c.type: c for c in (s.claim for s in case.store.standing(case.name)) if c.span}


def test_all_that_was_read_is_stored_with_coder_and_span():
    done = _add(_article(), "--yes")
    assert "new actors: Morvian police" in done.output
    assert "new sources: Ilde Courier" in done.output
    claims = _read_claims()
    shelled, may_close = claims["ASSAULT"], claims["COERCE"]
    assert (shelled.coder, shelled.basis) == ("scripted 1", "read")
    assert NIGHT[slice(*shelled.span)] == SHELLED.words
    assert [link.source for link in shelled.chain] == ["morv-mod", "ilde-courier"]
    assert (may_close.condition, may_close.actors) == ("If the guns stay", ("morvia-police",))
    assert may_close.linked(Relation.ANSWERS) == (shelled.id,)
    assert claims["MOBILIZE"].start is None
    case = open_case("ilde")
    names = {each.id: each for each in case.store.entries(case.name) if hasattr(each, "sector")}
    assert (names["morvia-police"].country, names["morvia-police"].sector) == ("MRV", "COP")


def test_a_second_run_adds_nothing():
    _add(_article(), "--yes")
    case = open_case("ilde")
    before = len(case.store.standing(case.name))
    done = _add(_article(), "--yes")
    assert "3 of 3 claims are in the case already" in done.output
    assert "nothing was added" in done.output
    assert len(case.store.standing(case.name)) == before


def test_claims_are_accepted_edited_and_rejected():
    edit = "mode\naerial\nstart\n2011-05-40\n2011-05-19\n\n"
    done = _add(_article(), typed=f"e\n{edit}r\na\ny\n")
    assert "«Kestrian guns hit the Long Ford overnight and killed" in " ".join(done.output.split())
    assert "cannot read the date" in done.output or "no such date" in done.output
    claims = _read_claims()
    assert set(claims) == {"ASSAULT", "MOBILIZE"}
    assert (claims["ASSAULT"].mode, claims["ASSAULT"].start) == ("aerial", date(2011, 5, 19))


def test_a_link_to_what_was_rejected_goes_too():
    _add(_article(), typed="r\na\nr\ny\n")
    assert _read_claims()["COERCE"].links == ()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("A\ny\n", 3), ("a\nq\ny\n", 1), ("x\n?\na\nq\ny\n", 1), ("A\nn\n", 0), ("q\n", 0)],
)
def test_answers_may_be_short(typed, stored):
    _add(_article(), typed=typed, code=1 if typed.endswith("n\n") else 0)
    assert len(_read_claims()) == stored


def test_rival_tolls_of_two_reports_stand_side_by_side_on_one_event():
    _add(_article(), "--yes")
    _add(_article(RIVAL, "rival.txt"), "--yes", source="Morvane Mail")
    case = open_case("ilde")
    picture = assess(case.store.view(case.name, date(2011, 5, 24)), case.about.focus)
    (event,) = [event for event in picture.events.values()
                if event.when and event.when.start == DAY and event.type == "ASSAULT"]  # fmt: skip
    assert len(event.claims) == 2 and event.origins == ("river-monitor", "side:morvia")
    (tally,) = [tally for tally in picture.disputes if tally.event == event.id]
    assert {version.latest.low for version in tally.versions} == {4, 11}


def test_a_syndicated_copy_adds_no_voice(monkeypatch):
    own = replace(SHELLED, chain=())
    monkeypatch.setattr(choosing, "coder", lambda name, case=None: Scripted(own))
    _add(_article(), "--yes", source="Global Wire")
    done = _add(_article(NIGHT + " Our reporters were there.", "copy.txt"), "--yes", source="Echo")
    assert "it adds no voice" in done.output
    case = open_case("ilde")
    picture = assess(case.store.view(case.name, date(2011, 5, 24)), case.about.focus)
    (event,) = [event for event in picture.events.values()
                if event.when and event.when.start == DAY and event.type == "ASSAULT"]  # fmt: skip
    assert (event.reports, event.origins) == (2, ("global-wire",))


def test_many_texts_are_added_and_a_faulty_one_is_named():
    rows = [
        {"id": "a", "text": NIGHT, "source": "Ilde Courier", "published": "2011-05-21"},
        {"id": "b", "text": "No publisher."},
        {"id": "c", "text": RIVAL, "source": "Morvane Mail", "published": "2011-05-21"},
    ]
    Path("many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    done = CliRunner().invoke(app, ["add", "ilde", "many.jsonl", "--read", "rules", "--yes"])
    assert done.exit_code == 1
    assert "not added: b: it is not said who published this" in done.output
    assert len(_read_claims()) == 3
    case = open_case("ilde")
    assert sum(bool(s.claim.span) for s in case.store.standing(case.name)) == 4


def test_what_is_asked_wrongly_is_explained():
    for words, says in (
        (("add", "ilde", "--read", "rules"), "no text is named"),
        (("add", "ilde", _article(), "--read", "magic"), "there is no coder 'magic'"),
        (("add", "ilde", _article(), "--read", "rules"), "give --source"),
        (("add", "ilde", _article(), "--read", "rules", "--source", "A"), "give --published"),
    ):
        done = CliRunner().invoke(app, list(words))
        assert done.exit_code == 2 and says in done.output, done.output


def test_what_was_read_survives_export_and_import_with_its_identity(monkeypatch):
    _add(_article(), "--yes")
    runner = CliRunner()
    done = runner.invoke(app, ["export", "ilde", "-o", "claims.jsonl", "--as-of", "2011-05-24"])
    assert done.exit_code == 0, done.output
    before = {claim.id for claim in _read_claims().values()}
    rows = [json.loads(line) for line in Path("claims.jsonl").read_text("utf-8").splitlines()]
    read = [row for row in rows if row.get("span")]
    for row in read:
        row["actors"] = row.get("actors", "").replace("morvia-police", "morvia")
        row.pop("links", None)
        row["source_name"] = "Ilde Courier"
    Path("read.jsonl").write_text("".join(json.dumps(row) + "\n" for row in read), "utf-8")
    monkeypatch.setenv("FORESHOCK_HOME", str(Path("other").absolute()))
    done = runner.invoke(app, ["add", "ilde", "read.jsonl", "--yes"])
    assert done.exit_code == 0, done.output
    after = _read_claims()
    assert len(before & {claim.id for claim in after.values()}) == 2  # the police are new there
    assert after["COERCE"].condition == "If the guns stay"


def test_planned_and_denied_things_read_without_a_day_disturb_no_picture(monkeypatch):
    denied = replace(SHELLED, polarity=Polarity.DENIED, start=None, end=None)
    monkeypatch.setattr(
        choosing, "coder", lambda name, case=None: Scripted(denied, MAY_CLOSE, PLANNED)
    )
    _add(_article(), "--yes")
    case = open_case("ilde")
    assess(case.store.view(case.name, date(2011, 5, 24)), case.about.focus)
    done = CliRunner().invoke(app, ["brief", "ilde", "--json", "--members", "100"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)["claims"].values()
    assert {each["condition"] for each in told} == {"", "If the guns stay"}
    done = CliRunner().invoke(app, ["brief", "ilde", "-o", "page.html", "--members", "100"])
    assert done.exit_code == 0, done.output
    page = Path("page.html").read_text("utf-8")
    assert "on the condition “If the guns stay”" in page
    assert "coded by a program (scripted 1)" in page


@pytest.mark.parametrize(
    ("acts", "says"),
    [
        ('[[sense]]\nverbs = ["grumph"]\ntype = "ASSALT"\nexample = "A grumphed B."', "ASSALT"),
        ('[[sense]]\nverbs = ["grumph"]\ntype = "ASSAULT"\nexample = "A grumphed B."', ""),
        ("[[", "not readable as TOML"),
    ],
)
def test_the_verbs_of_a_case_are_checked_with_it(acts, says):
    Path("ilde/acts.toml").write_text(acts, "utf-8")
    done = CliRunner().invoke(app, ["check", "ilde"])
    assert done.exit_code == (1 if says else 0)
    assert not says or (says in done.output and "acts.toml" in done.output)
