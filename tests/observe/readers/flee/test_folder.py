"""Folders in Flee's format: what is read from them, quirks included."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.observe.readers.flee.folders import FILES, instead, made, with_lines

from foreshock.core.errors import CaseError
from foreshock.core.network import ClosureKind, CountedCamp, SiteKind
from foreshock.observe.readers.flee.folder import FleeFolder, is_flee_folder, read_folder

LOCATIONS, ROUTES, CLOSURES, CONFLICTS, PERIOD, LAYOUT = (
    "input_csv/locations.csv",
    "input_csv/routes.csv",
    "input_csv/closures.csv",
    "input_csv/conflicts.csv",
    "input_csv/sim_period.csv",
    "source_data/data_layout.csv",
)
CORRECTIONS = "input_csv/registration_corrections.csv"


def camp(folder: FleeFolder, name: str) -> CountedCamp:
    return next(camp for camp in folder.counted.camps if camp.name == name)


def told(folder: FleeFolder) -> str:
    return "\n".join(str(warning) for warning in folder.warnings)


def test_a_folder_is_read(tmp_path: Path):
    folder = read_folder(made(tmp_path / "gondal"))
    network = folder.network
    assert (network.name, network.start, network.days) == ("gondal", date(2031, 5, 1), 8)
    assert [site.name for site in network.sites] == [
        "Angora", "Elbe", "Regina", "Zedora", "Alcona", "Exina",
    ]  # fmt: skip
    assert network.home == "gondal"
    assert [network.sites[at].name for at in network.camps] == ["Zedora", "Alcona", "Exina"]
    assert network.sites[5].kind is SiteKind.IDP_CAMP
    assert (network.sites[1].conflict_day, network.sites[2].conflict_day) == (2, None)
    assert [road.km for road in network.roads] == [40, 55.5, 120, 90, 30]
    assert [road.redirection for road in network.roads] == [0, 0, 0, 2, 0]
    assert [(c.kind, c.start, c.end) for c in network.closures] == [
        (ClosureKind.COUNTRY, 1, 3),
        (ClosureKind.CAMP, 4, None),
    ]
    assert network.conflict.shape == (8, 6)
    assert network.conflict[:4, 0].tolist() == [1, 1, 1, 0.5]
    assert not network.conflict[:, 2:].any()
    assert [each.name for each in folder.counted.camps] == ["Zedora", "Alcona", "Exina"]
    assert folder.counted.total is not None
    assert folder.counted.total.people.tolist() == [10, 600]
    assert folder.settings is None
    assert folder.warnings == ()


def test_counts_of_a_day_and_reports_by_it(tmp_path: Path):
    folder = read_folder(made(tmp_path))
    assert camp(folder, "Zedora").interpolated(range(9)).tolist() == [
        10, 60, 110, 160, 210, 260, 310, 360, 410,
    ]  # fmt: skip
    assert camp(folder, "Alcona").interpolated([1, 5, 6, 7, 90]).tolist() == [5, 25, 31, 100, 100]
    assert camp(folder, "Exina").days.tolist() == [-11, 3]
    assert camp(folder, "Alcona").reported([0, 5, 6, 7]).tolist() == [0, 0, 31, 100]


def test_scaled_counts_are_cut_to_whole_persons(tmp_path: Path):
    folder = read_folder(made(tmp_path))
    assert camp(folder, "Alcona").interpolated([6, 7], scale=10).tolist() == [3, 10]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("conflict_zone", SiteKind.CONFLICT),
        ("Conflict", SiteKind.CONFLICT),
        ("town", SiteKind.TOWN),
        ("default", SiteKind.TOWN),
        ("idpcamp", SiteKind.IDP_CAMP),
        ("refugee_camp", SiteKind.CAMP),
        ("forwarding_hub", SiteKind.HUB),
        ("marker", SiteKind.MARKER),
    ],
)
def test_kinds_are_found_within_words(tmp_path: Path, word: str, kind: SiteKind):
    changed = with_lines(LOCATIONS, f"Julius,,gondal,,,{word},0,")
    site = read_folder(made(tmp_path, changed)).network.sites[-1]
    assert site.kind is kind
    assert np.isnan(site.lat)
    assert (site.region, site.population) == ("", 0)


def test_byte_order_mark_line_ends_quotes_and_trailing_commas(tmp_path: Path):
    plain = read_folder(made(tmp_path / "plain")).network
    changed: dict[str, str | bytes | None] = {
        name: ("\ufeff" + text.replace("\n", ",,\r\n")).encode() for name, text in FILES.items()
    }
    changed[CLOSURES] = (
        '"#closure_type","name1"\n"country","gondal","gaaldine","1","3"\n camp,Alcona,,4,0\n'
    )
    odd = read_folder(made(tmp_path / "odd", changed)).network
    assert odd.sites == plain.sites
    assert odd.roads == plain.roads
    assert odd.closures == plain.closures
    assert (odd.conflict == plain.conflict).all()


def test_blanks_around_cells_and_names_are_left_out(tmp_path: Path):
    changed = instead(CONFLICTS, "#Day,Angora,Elbe", "#Day, Angora, Elbe")
    changed |= instead(LOCATIONS, "Regina,South", " Regina ,South")
    folder = read_folder(made(tmp_path, changed))
    assert folder.network.sites[2].name == "Regina"
    assert "blanks around 'Regina'" in told(folder)
    assert folder.network.conflict[0, 0] == 1


def test_further_columns_become_attributes(tmp_path: Path):
    changed = {
        LOCATIONS: FILES[LOCATIONS]
        .replace("pop/cap\n", "pop/cap,hdi\n")
        .replace("town,,\n", "town,,,0.7\n"),
        ROUTES: "#name1,name2,distance,forced_redirection,walk_probability,link_type\n"
        "Angora,Elbe,40,0,0.5,drive\nElbe,Regina,50,0,,\nRegina,Zedora,9,0\n",
    }
    folder = read_folder(made(tmp_path, changed))
    assert folder.network.sites[2].attributes == {"hdi": "0.7"}
    assert folder.network.roads[0].attributes == {"walk_probability": "0.5", "link_type": "drive"}
    assert folder.network.roads[1].attributes == {}
    assert "link_type: kept" in told(folder)
    assert "hdi: kept" in told(folder)
    assert "walk_probability" not in told(folder)


def test_a_road_that_stands_there_twice_is_there_twice(tmp_path: Path):
    folder = read_folder(made(tmp_path, with_lines(ROUTES, "Elbe,Angora,40,0")))
    assert len(folder.network.roads) == 6
    assert "the same two places as on line 2" in told(folder)


def test_an_unlimited_camp(tmp_path: Path):
    folder = read_folder(made(tmp_path, instead(LOCATIONS, "camp,,900", "camp,,-1")))
    assert folder.network.sites[3].population == 0
    assert "taken as unlimited" in told(folder)


@pytest.mark.parametrize(
    ("row", "end"),
    [
        ("location,Regina,,5,-1", None),
        ("location,Regina,,5,0", None),
        ("location,Regina,,5,", None),
        ("location,Regina,,5,7", 7),
        ("location,Regina,,0,0", 0),
    ],
)
def test_ends_of_closures(tmp_path: Path, row: str, end: int | None):
    closure = read_folder(made(tmp_path, with_lines(CLOSURES, row))).network.closures[-1]
    assert closure.end == end


def test_short_fighting_goes_on_and_long_fighting_is_cut(tmp_path: Path):
    short = read_folder(made(tmp_path / "a", {CONFLICTS: "#Day,Angora\n0,0\n1,1\n"}))
    assert short.network.conflict[:, 0].tolist() == [0, 1, 1, 1, 1, 1, 1, 1]
    assert "2 days of 8" in told(short)
    long = read_folder(made(tmp_path / "b", with_lines(CONFLICTS, "8,0,1", "9,0,1")))
    assert long.network.conflict.shape == (8, 6)


def test_without_a_table_of_fighting_the_places_tell(tmp_path: Path):
    folder = read_folder(made(tmp_path, {CONFLICTS: None}))
    assert folder.network.conflict[:3, :2].tolist() == [[1, 0], [1, 0], [1, 1]]
    assert "conflicts.csv: is missing" in told(folder)


def test_fighting_at_an_unknown_place_is_told(tmp_path: Path):
    changed = {CONFLICTS: "#Day,Angora,Elbee\n" + "".join(f"{day},1,1\n" for day in range(8))}
    folder = read_folder(made(tmp_path, changed))
    assert "8 days of fighting there are left out" in told(folder)
    assert "write 'Elbe'" in told(folder)


def test_several_corrections_are_applied_in_turn(tmp_path: Path):
    changed = {
        "source_data/zedora.csv": "2031-05-01,100\n2031-05-03,50\n2031-05-05,100\n2031-05-07,25\n",
        CORRECTIONS: "Zedora,2031-05-03,normalize\nZedora,2031-05-07\n",
    }
    folder = read_folder(made(tmp_path, changed))
    found = camp(folder, "Zedora")
    assert found.corrections == (2, 6)
    assert found.interpolated([0, 2, 4, 6]).tolist() == [12, 12, 25, 25]
    assert found.reported([0, 2, 4, 6]).tolist() == [100, 50, 100, 25]


def test_files_of_one_camp_are_summed(tmp_path: Path):
    changed = {
        LAYOUT: FILES[LAYOUT].replace("zedora.csv", "zedora.csv,outside.csv,"),
        "source_data/outside.csv": "2031-05-01,1\n2031-05-05,2\n2031-05-09,3\n",
    }
    folder = read_folder(made(tmp_path, changed))
    assert camp(folder, "Zedora").people.tolist() == [11, 212, 413]
    assert folder.warnings == ()


def test_a_sum_of_files_with_other_days_is_the_fields_and_reports_stay_right(tmp_path: Path):
    changed = {
        LAYOUT: FILES[LAYOUT].replace("zedora.csv", "zedora.csv,outside.csv"),
        "source_data/outside.csv": "2031-05-01,0\n2031-05-03,100\n2031-05-05,100\n",
    }
    folder = read_folder(made(tmp_path, changed))
    found = camp(folder, "Zedora")
    # on day 2 the camp's next count (210) is added, and its count of day 8 is lost
    assert found.days.tolist() == [0, 2, 4]
    assert found.people.tolist() == [10, 310, 310]
    assert found.reported([2, 8]).tolist() == [110, 510]
    assert "other days than in zedora.csv" in told(folder)


@pytest.mark.parametrize("text", ["2031-5-1", "2031/05/01", " 2031-05-01 "])
def test_days_may_be_written_in_other_ways(tmp_path: Path, text: str):
    changed: dict[str, str | bytes | None] = {PERIOD: f"startdate,{text}\nLENGTH,8\n"}
    assert read_folder(made(tmp_path, changed)).network.start == date(2031, 5, 1)


def test_the_older_name_of_the_period_is_read(tmp_path: Path):
    older = {PERIOD: None, "input_csv/conflict_period.csv": FILES[PERIOD]}
    assert read_folder(made(tmp_path, older)).network.days == 8


@pytest.mark.parametrize(
    "file",
    [
        "flood_level.csv", "agents.csv", "major_routes.csv", "location_changes.csv",
        "region_attributes_IPC.csv", "location_attributes_hdi.csv",
    ],
)  # fmt: skip
def test_what_would_change_movement_is_refused_by_name(tmp_path: Path, file: str):
    with pytest.raises(CaseError) as error:
        read_folder(made(tmp_path, {f"input_csv/{file}": "a,b\n"}))
    assert len(error.value.faults) == 1
    assert error.value.faults[0].startswith(f"{file}: not supported")


def test_what_changes_nothing_is_told(tmp_path: Path):
    idle = {"input_csv/demographics_age.csv": "a\n", "input_csv/notes.csv": "b\n"}
    folder = read_folder(made(tmp_path, idle))
    assert "demographics_age.csv: not read: attributes of people" in told(folder)
    assert "notes.csv" in told(folder)


def test_optional_files_may_be_absent(tmp_path: Path):
    absent = dict.fromkeys((CLOSURES, LAYOUT))
    folder = read_folder(made(tmp_path, absent))
    assert folder.network.closures == ()
    assert folder.counted.camps == ()
    assert "nothing was counted" in told(folder)


def test_settings_of_the_folder_or_given(tmp_path: Path):
    text = "move_rules:\n  max_move_speed: 200\n"
    folder = made(tmp_path / "a", {"simsetting.yml": text})
    found = read_folder(folder).settings
    assert found is not None
    assert found.max_move_speed == 200
    (tmp_path / "other.yml").write_text("move_rules:\n  max_move_speed: 300\n")
    found = read_folder(folder, tmp_path / "other.yml").settings
    assert found is not None
    assert found.max_move_speed == 300


def test_every_fault_is_told_with_its_place(tmp_path: Path):
    changed = with_lines(ROUTES, "Angora,Elbee,1,0", "Elbe,Elbe,1,0", "Elbe,Regina,-1,3")
    with pytest.raises(CaseError) as error:
        read_folder(made(tmp_path / "gondal", changed))
    assert error.value.exit_code == 1
    assert error.value.faults == (
        "routes.csv:7, name2: no place 'Elbee' in locations.csv. Mend: write 'Elbe'.",
        "routes.csv:8, name2: a road from a place to itself. Mend: delete it.",
        "routes.csv:9, distance: '-1' is no length of 0 to 40,100 km. "
        "Mend: write kilometres, such as 48 or 48.5.",
        "routes.csv:9, forced_redirection: '3' is not 0, 1 or 2. "
        "Mend: 0 for nobody, 1 for people at name1, 2 for people at name2.",
    )


def test_only_a_folder_with_input_is_one(tmp_path: Path):
    assert not is_flee_folder(tmp_path)
    with pytest.raises(CaseError, match="no folder input_csv in it"):
        read_folder(tmp_path)
    assert is_flee_folder(made(tmp_path))


names = st.text(
    st.characters(codec="utf-8", exclude_characters='#"', exclude_categories=["C", "Z"]),
    min_size=1,
    max_size=8,
)


@given(
    labels=st.lists(names, min_size=2, max_size=8, unique=True),
    data=st.data(),
)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, labels, data):
    """Any network that can be written in the format comes back as it was."""
    quoted = [f'"{name}"' for name in labels]
    kinds = data.draw(st.lists(st.sampled_from(["town", "camp"]), min_size=8, max_size=8))
    people = data.draw(st.lists(st.integers(0, 10**9), min_size=8, max_size=8))
    ends = st.tuples(st.integers(0, len(labels) - 1), st.integers(0, len(labels) - 1))
    roads = data.draw(st.lists(ends.filter(lambda pair: pair[0] != pair[1]), max_size=12))
    length = st.floats(0, 40_000, allow_subnormal=False)
    km = data.draw(st.lists(length, min_size=12, max_size=12))
    fighting = data.draw(
        st.lists(st.lists(st.floats(0, 1), min_size=2, max_size=2), min_size=3, max_size=3)
    )
    lines = [
        f"{name},,gondal,,,{kind},,{number}"
        for name, kind, number in zip(quoted, kinds, people, strict=False)
    ]
    root = tmp_path_factory.mktemp("drawn")
    written: dict[str, str | bytes | None] = dict.fromkeys(FILES)
    written |= {
        LOCATIONS: "#name\n" + "\n".join(lines),
        ROUTES: "#name1\n"
        + "\n".join(
            f"{quoted[a]},{quoted[b]},{d!r},0" for (a, b), d in zip(roads, km, strict=False)
        ),
        CONFLICTS: f"#Day,{quoted[0]},{quoted[1]}\n"
        + "\n".join(f"{day},{a!r},{b!r}" for day, (a, b) in enumerate(fighting)),
        PERIOD: "StartDate,2031-05-01\nLength,3\n",
    }
    network = read_folder(made(root, written)).network
    assert [site.name for site in network.sites] == labels
    assert [str(site.kind) for site in network.sites] == kinds[: len(labels)]
    assert [site.population for site in network.sites] == people[: len(labels)]
    assert [(road.first, road.second) for road in network.roads] == roads
    assert [road.km for road in network.roads] == km[: len(roads)]
    assert network.conflict[:, :2].tolist() == fighting
