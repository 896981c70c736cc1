"""The check of a folder in Flee's format: every kind of fault and of warning, and the command."""

import json
from pathlib import Path

import pytest
from tests.observe.readers.flee.folders import FILES, instead, made, with_lines
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.observe.readers.flee.checking import check_folder

LOCATIONS, ROUTES, CLOSURES, CONFLICTS, PERIOD, LAYOUT = (
    "input_csv/locations.csv",
    "input_csv/routes.csv",
    "input_csv/closures.csv",
    "input_csv/conflicts.csv",
    "input_csv/sim_period.csv",
    "source_data/data_layout.csv",
)
CORRECTIONS = "input_csv/registration_corrections.csv"
ZEDORA = "source_data/zedora.csv"

FAULTS = {
    "negative population": (
        instead(LOCATIONS, "zone,0,4000", "zone,0,-4000"),
        "locations.csv:2, pop/cap: -4000: fewer persons than none",
    ),
    "population in words": (
        instead(LOCATIONS, "zone,0,4000", 'zone,0,"4,000"'),
        "locations.csv:2, pop/cap: '4,000' is no number of persons",
    ),
    "huge population": (
        instead(LOCATIONS, "zone,0,4000", "zone,0,99999999999"),
        "locations.csv:2, pop/cap: '99999999999' is no number of persons",
    ),
    "duplicate name": (
        with_lines(LOCATIONS, "Elbe,,gondal,,,town,,"),
        "locations.csv:8, name: 'Elbe' stands on line 3 too",
    ),
    "flood zone": (
        with_lines(LOCATIONS, "Brenz,,gondal,,,flood_zone,,"),
        "locations.csv:8, location_type: 'flood_zone': floods are not supported",
    ),
    "unknown kind": (
        with_lines(LOCATIONS, "Brenz,,gondal,,,hamlet,,"),
        "locations.csv:8, location_type: unknown word 'hamlet'",
    ),
    "conflict zone without a day": (
        with_lines(LOCATIONS, "Brenz,,gondal,,,conflict_zone,,5"),
        "locations.csv:8, conflict_date: a conflict zone without the day",
    ),
    "truncated row": (
        with_lines(LOCATIONS, "Brenz"),
        "locations.csv:8, location_type: the cell is empty",
    ),
    "latitude": (
        with_lines(LOCATIONS, "Brenz,,gondal,95,0,town,,"),
        "locations.csv:8, lat: '95' is no number of degrees from -90 to 90",
    ),
    "infinite latitude": (
        with_lines(LOCATIONS, "Brenz,,gondal,inf,0,town,,"),
        "locations.csv:8, lat: 'inf' is no number of degrees",
    ),
    "too many cells": (
        with_lines(LOCATIONS, "Brenz,,gondal,,,town,,5,6"),
        "locations.csv:8: 9 cells, but 8 columns",
    ),
    "camp that grows": (
        {
            LOCATIONS: FILES[LOCATIONS]
            .replace("pop/cap", "pop/cap,capacity_per_day")
            .replace("camp,,900", "camp,,900,20")
        },
        "locations.csv:5, capacity_per_day: not supported, other than 0: '20'",
    ),
    "displaced from the start": (
        {
            LOCATIONS: FILES[LOCATIONS]
            .replace("pop/cap", "pop/cap,initial_idps")
            .replace("camp,,300", "camp,,300,-2")
        },
        "locations.csv:7, initial_idps: '-2' is no number from 0 to 1e+10",
    ),
    "no place": ({LOCATIONS: "#name\n"}, "locations.csv: no place in it"),
    "no file": ({ROUTES: None}, "routes.csv: cannot be read"),
    "not UTF-8": ({ROUTES: b"#a\nAngora,\xff,1\n"}, "routes.csv:2: byte 0xff is not UTF-8"),
    "NUL": ({ROUTES: b"#a\nAng\0ora,Elbe,1\n"}, "routes.csv:2: the line holds a NUL character"),
    "open quote": ({ROUTES: '#a\n"Angora,Elbe,1\n'}, "routes.csv:2: not a table"),
    "route to nowhere": (with_lines(ROUTES, "Angora"), "routes.csv:7, name2: the cell is empty"),
    "route without length": (with_lines(ROUTES, "Angora,Regina"), "routes.csv:7, distance: no len"),
    "route of NaN km": (with_lines(ROUTES, "Angora,Regina,nan,0"), "routes.csv:7, distance: 'nan'"),
    "walk probability": (
        {ROUTES: "#name1,name2,distance,forced_redirection,walk_probability\nElbe,Regina,1,0,2\n"},
        "routes.csv:2, walk_probability: '2' is no number from 0 to 1",
    ),
    "closure of an unknown place": (
        with_lines(CLOSURES, "location,Regin,,1,2"),
        "closures.csv:4, name1: no place 'Regin' in locations.csv. Mend: write 'Regina'",
    ),
    "closure of an unknown country": (
        with_lines(CLOSURES, "country,gondal,,1,2"),
        "closures.csv:4, name2: the cell is empty",
    ),
    "closure before opening": (
        with_lines(CLOSURES, "location,Regina,,5,2"),
        "closures.csv:4, closure_end: opens on day 2, before it shuts on day 5",
    ),
    "closure of an unknown kind": (
        with_lines(CLOSURES, "bridge,Regina,,5,2"),
        "closures.csv:4, closure_type: unknown word 'bridge'. Mend: write country, location",
    ),
    "closure without a day": (
        with_lines(CLOSURES, "location,Regina"),
        "closures.csv:4, closure_start: no first day",
    ),
    "intensity": (
        instead(CONFLICTS, "3,0.5,1", "3,1.5,1"),
        "conflicts.csv:5, Angora: '1.5' is no number from 0 to 1",
    ),
    "empty intensity": (
        instead(CONFLICTS, "3,0.5,1", "3,,1"),
        "conflicts.csv:5, Angora: the cell is empty",
    ),
    "short row": (
        instead(CONFLICTS, "3,0.5,1", "3,1"),
        "conflicts.csv:5: 1 cells after the day, but 2 places",
    ),
    "column twice": (
        instead(CONFLICTS, "#Day,Angora,Elbe", "#Day,Elbe,Elbe"),
        "conflicts.csv:1, Elbe: the column stands twice",
    ),
    "no names of places": (
        instead(CONFLICTS, "#Day,Angora,Elbe\n", ""),
        "conflicts.csv:1: no names of places in the first line",
    ),
    "no day of fighting": ({CONFLICTS: "#Day,Angora\n"}, "conflicts.csv: no day in it"),
    "start": (
        {PERIOD: "StartDate,1.5.2031\nLength,8\n"},
        "sim_period.csv:1, StartDate: '1.5.2031'",
    ),
    "length": ({PERIOD: "StartDate,2031-05-01\nLength,0\n"}, "sim_period.csv:2, Length: '0'"),
    "no length": ({PERIOD: "StartDate,2031-05-01\n"}, "sim_period.csv, Length: is missing"),
    "days out of order": (
        {ZEDORA: "2031-05-01,10\n2031-05-09,410\n2031-05-05,210\n"},
        "zedora.csv:3, date: 2031-05-05 comes after a later day",
    ),
    "no such day": ({ZEDORA: "2031-02-30,10\n"}, "zedora.csv:1, date: '2031-02-30' is no day"),
    "negative count": ({ZEDORA: "2031-05-01,-1\n"}, "zedora.csv:1, count: '-1' is no number of"),
    "no count": ({ZEDORA: "#nothing\n"}, "zedora.csv: no count in it"),
    "no file of counts": ({ZEDORA: None}, "zedora.csv: cannot be read"),
    "a file elsewhere": (
        with_lines(LAYOUT, "Regina,../x.csv"),
        "data_layout.csv:5, file: '../x.csv' is not the name of a file beside it",
    ),
    "camp counted twice": (
        with_lines(LAYOUT, "Zedora,exina.csv"),
        "data_layout.csv:5, name: 'Zedora' stands on line 2 too",
    ),
    "correction of an unknown camp": (
        {CORRECTIONS: "Zedorra,2031-05-05\n"},
        "registration_corrections.csv:1, name: no camp 'Zedorra' in data_layout.csv. "
        "Mend: write 'Zedora'",
    ),
    "correction on no day": (
        {CORRECTIONS: "Zedora,May\n"},
        "registration_corrections.csv:1, date: 'May' is no day",
    ),
}

WARNINGS = {
    "camp without a way": (
        instead(ROUTES, "Angora,Exina,30\n", ""),
        "locations.csv:7, name: no way leads to 'Exina' from any place of fighting",
    ),
    "origin without a way": (
        with_lines(LOCATIONS, "Brenz,,gondal,,,conflict_zone,0,9"),
        "routes.csv: no road leaves these places of fighting: Brenz",
    ),
    "town without a way": (
        with_lines(LOCATIONS, "Brenz,,gondal,,,town,,9"),
        "routes.csv: no way leads there from fighting: Brenz",
    ),
    "nobody lives there": (
        instead(LOCATIONS, "zone,0,4000", "zone,0,"),
        "locations.csv:2, pop/cap: no population, so that nobody can leave",
    ),
    "leaked capacity": (
        instead(LOCATIONS, "camp,,900", "camp,,410"),
        "locations.csv:5, pop/cap: LEAK: the capacity 410 is the largest count ever made there",
    ),
    "capacity read off roughly": (
        instead(LOCATIONS, "camp,,900", "camp,,415"),
        "LEAK: the capacity 415 is within 2% of the largest count ever made there (410)",
    ),
    "camp without counts": (
        instead(LAYOUT, "Alcona,alcona.csv\n", ""),
        "locations.csv:6, name: 'Alcona' is a camp without counts",
    ),
    "counts without a place": (
        with_lines(LAYOUT, "Almeda,zedora.csv"),
        "data_layout.csv:5, name: counts of 'Almeda', which is no place",
    ),
    "counts of a town": (
        with_lines(LAYOUT, "Regina,zedora.csv"),
        "data_layout.csv:5, name: counts of 'Regina', which is no camp",
    ),
    "no total": (
        instead(LAYOUT, "total,refugees.csv\n", ""),
        "data_layout.csv:1, name: Flee leaves the first row out of its sums",
    ),
    "correction without a count": (
        {CORRECTIONS: "Zedora,2031-05-06\n"},
        "registration_corrections.csv:1, date: 'Zedora' has no count on this day",
    ),
    "correction of the first count": (
        {CORRECTIONS: "Zedora,2031-05-01\n"},
        "registration_corrections.csv:1, date: 'Zedora' has no earlier count above 0",
    ),
    "period shorter than counts": (
        {PERIOD: "StartDate,2031-05-01\nLength,5\n"},
        "sim_period.csv, Length: the period ends before the counts of Zedora, Alcona",
    ),
    "period longer than counts": (
        {PERIOD: "StartDate,2031-05-01\nLength,20\n"},
        "sim_period.csv, Length: the last count is held on to the end of the period: Zedora",
    ),
    "first count late": (
        {ZEDORA: "2031-05-03,10\n2031-05-09,410\n"},
        "data_layout.csv: the first count comes after day 0 and is taken for the days before: Zed",
    ),
    "no home": (
        instead(LOCATIONS, "Angora,North,gondal", "Angora,North,"),
        "locations.csv:2, country: the first place has no country",
    ),
    "a day twice": (
        {ZEDORA: "2031-05-01,10\n2031-05-01,20\n"},
        "zedora.csv:2, date: 2031-05-01 stands there twice",
    ),
    "shut before the first day": (
        with_lines(CLOSURES, "location,Regina,,-3,5"),
        "closures.csv:4, closure_start: shuts on day -3, before the first",
    ),
    "never shut": (
        with_lines(CLOSURES, "location,Regina,,3,3"),
        "closures.csv:4, closure_end: shuts and opens on day 3",
    ),
    "shut twice": (
        with_lines(CLOSURES, "camp,Alcona,,5,6"),
        "closures.csv:4, closure_start: shut already by line 3",
    ),
    "closed road": (
        with_lines(CLOSURES, "link,Angora,Elbe,3,5"),
        "closures.csv:4, closure_type: 1 closures of roads: Flee never shuts one",
    ),
    "second name not read": (
        with_lines(CLOSURES, "location,Regina,gondal,3,5"),
        "closures.csv:4, name2: 'gondal' is not read",
    ),
    "end of redirection": (
        with_lines(CLOSURES, "remove_forced_redirection,Regina,Alcona,3,5"),
        "closures.csv:4, closure_type: 1 ends of redirection",
    ),
    "redirection that doubles": (
        instead(ROUTES, "120,0", "120,1"),
        "routes.csv:4, forced_redirection: 1 roads with 1: Flee adds such a road twice",
    ),
    "redirection": (
        {},
        "routes.csv:5, forced_redirection: 1 roads with 2: Flee redirects nobody",
    ),
    "intensity that changes": (
        {},
        "conflicts.csv: fighting changes its intensity while it goes on: Angora",
    ),
    "road without length": (with_lines(ROUTES, "Elbe,Exina,0"), "routes.csv:7, distance: 0 km"),
    "fighting from the start": (
        instead(CONFLICTS, "\n0,1,0", "\n0,0,0"),
        "conflicts.csv: no fighting on day 0, but locations.csv has it from then: Angora",
    ),
    "people without fighting": (
        {CONFLICTS: "#Day,Angora\n" + "".join(f"{day},{day == 0:d}\n" for day in range(8))},
        "conflicts.csv: on 7 days",
    ),
    "days not in order": (
        instead(CONFLICTS, "\n5,0,1", "\n6,0,1"),
        "conflicts.csv:7, Day: day '6' stands where day 5 belongs",
    ),
    "settings that change nothing": (
        {"simsetting.yml": "log_levels:\n  agent: 0\n"},
        "simsetting.yml:1, log_levels: changes nothing",
    ),
    "older settings": (
        {"simsetting.csv": "a,b\n"},
        "simsetting.csv: not read; settings are read from simsetting.yml",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_stop_and_are_told_with_their_place(tmp_path: Path, name: str):
    changed, told = FAULTS[name]
    checked = check_folder(made(tmp_path, changed))
    assert checked.folder is None
    assert [str(fault) for fault in checked.faults if told in str(fault)], checked.faults


@pytest.mark.parametrize("name", WARNINGS)
def test_warnings_do_not_stop(tmp_path: Path, name: str):
    changed, told = WARNINGS[name]
    checked = check_folder(made(tmp_path, changed))
    assert checked.faults == ()
    assert checked.folder is not None
    assert [1 for fault in checked.warnings if told in str(fault)], list(map(str, checked.warnings))


def test_nobody_leaves_and_nobody_arrives(tmp_path: Path):
    lone = dict.fromkeys(FILES) | {
        LOCATIONS: "#name\nAngora,,gondal,,,town,,9\n",
        ROUTES: "#name1\n",
        PERIOD: FILES[PERIOD],
    }
    told = " ".join(map(str, check_folder(made(tmp_path, lone)).warnings))
    assert "no conflict zone, so that nobody leaves" in told
    assert "no camp, so that nobody is ever counted" in told


def test_only_the_first_faults_get_suggestions(tmp_path: Path):
    rows = [f"Angora,Elbf,{km},0" for km in range(1, 400)]
    faults = check_folder(made(tmp_path, with_lines(ROUTES, *rows))).faults
    assert len(faults) == 399
    assert "write 'Elbe'" in str(faults[0])
    assert "write 'Elbe'" not in str(faults[-1])


def test_fifty_thousand_places_and_a_fault_on_every_road(tmp_path: Path):
    """It ends, in time that grows with the size of the files and no faster."""
    number = 50_000
    places = [f"p{at},,gondal,1,2,town,,{at}" for at in range(number)]
    roads = [f"p{at},p{at // 2},{at % 90 + 1},0" for at in range(1, number)]
    large = with_lines(LOCATIONS, *places) | with_lines(ROUTES, "Angora,p0,7,0", *roads)
    checked = check_folder(made(tmp_path / "right", large))
    assert checked.folder is not None
    assert len(checked.folder.network.sites) == number + 6
    wrong = large | {ROUTES: large[ROUTES].replace(",p", ",q")}
    assert len(check_folder(made(tmp_path / "wrong", wrong)).faults) == number


def test_the_command_tells_faults_apart_from_warnings(tmp_path: Path):
    folder = made(tmp_path / "gondal", with_lines(ROUTES, "Angora,Nowhere,1,0"))
    result = CliRunner().invoke(app, ["check", str(folder)])
    assert result.exit_code == 1
    assert "fault: routes.csv:7, name2: no place 'Nowhere'" in result.output
    assert "warning: routes.csv:5, forced_redirection" in result.output
    assert "gondal: 1 fault, 1 warning." in result.output


def test_the_command_is_content_with_warnings(tmp_path: Path):
    folder = made(tmp_path / "gondal")
    result = CliRunner().invoke(app, ["check", str(folder)])
    assert result.exit_code == 0
    summary = "gondal: no faults, 4 warnings in 6 places, 5 roads and 3 counted camps over 8 days"
    assert summary in result.output


def test_the_command_gives_json(tmp_path: Path):
    folder = made(tmp_path / "gondal", with_lines(ROUTES, "Angora,Nowhere,1,0"))
    result = CliRunner().invoke(app, ["check", str(folder), "--json"])
    assert result.exit_code == 1
    found = json.loads(result.output)
    assert found["format"] == "flee"
    assert found["faults"][0] == {
        "file": "routes.csv",
        "line": 7,
        "column": "name2",
        "what": "no place 'Nowhere' in locations.csv",
        "mend": "add it there, or correct the name",
    }
    assert {row["file"] for row in found["warnings"]} == {"routes.csv"}
