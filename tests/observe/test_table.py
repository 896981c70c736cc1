"""A table of one's own is read as it is declared, and a wrong declaration is told line by line."""

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.core.errors import DeclarationError, TableError
from foreshock.evidence.published import SCHEMA, read_events
from foreshock.observe.declaring import declared
from foreshock.observe.formats import find_format
from foreshock.observe.ingest import ingest
from foreshock.observe.layout import ROW, sort_out
from foreshock.observe.table_declaration import DECLARABLE

DOCS = Path(__file__).parents[2] / "docs" / "datasets.md"
TERMS = """\
name = "incidents"
title = "Incidents in Gondal"
licence = "CC BY 4.0"
citation = "Field office (2031). Incidents in Gondal"
redistribution = true
delay_days = 3
delay_about = "entered within three days"
"""
LEAST = TERMS + '[columns]\nstart = "Day"\ntype = "Kind"\n'
relaxed = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=25,
    deadline=None,
)


def written(folder: Path, declaration: str, name: str = "incidents.toml") -> Path:
    file = folder / name
    file.write_text(declaration, "utf-8", newline="")
    return file


def taken_in(folder: Path, declaration: str, content: str | bytes, **said):
    columns = written(folder, declaration)
    file = folder / "may.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    receipt = ingest(file, "table", folder / "events", declared(columns=columns, **said))
    return read_events(folder / "events" / receipt.dataset.table).events.collect(), receipt


# ------------------------------------------------------------------ what is read


def test_the_example_of_the_docs(tmp_path: Path, monkeypatch):
    """The page shows a declaration, a table and a command; they fit together."""
    text = DOCS.read_text("utf-8")
    section = text[text.index("## A table of one's own") :]
    blocks = dict(re.findall(r"```(toml|csv|sh)\n(.*?)```", section, re.S)[:3])
    monkeypatch.chdir(tmp_path)
    Path("incidents.toml").write_text(blocks["toml"], "utf-8")
    Path("incidents.csv").write_text(blocks["csv"], "utf-8")
    done = CliRunner().invoke(app, blocks["sh"].split()[1:])
    assert done.exit_code == 0, done.output
    assert "2 events of 3 rows, 1 kept aside" in done.stdout
    assert "CC BY 4.0; its rows may be passed on" in done.stderr
    assert "incidents.csv:4, Day: cannot read '31.02.2031'" in done.stderr
    first, second = read_events(Path("events")).events.collect().to_dicts()
    assert (first["type"], first["mode"], first["told_type"]) == (
        *("ASSAULT", "heavy-weapons", "shelling"),
    )
    assert (first["deaths"], first["lat"], first["direction"]) == (1200, 50.25, "a to b")
    assert (second["type"], second["deaths"], second["actor_b"]) == ("PROTEST", None, "")
    assert (second["end"], second["known_at"]) == (date(2031, 2, 5), date(2031, 2, 8))


def test_the_least_that_is_declared(tmp_path: Path):
    events, receipt = taken_in(tmp_path, LEAST, "Day,Kind,Other\n2031-02-04,ASSAULT,x\n")
    assert {k: v for k, v in events.row(0, named=True).items() if v is not None} == {
        "event_id": "1",
        "dataset": "table-incidents-may",
        "row": 1,
        "type": "ASSAULT",
        "mode": "",
        "told_type": "ASSAULT",
        "direction": "undirected",
        "actor_a": "",
        "actor_b": "",
        "dyad": "",
        "start": date(2031, 2, 4),
        "end": date(2031, 2, 4),
        "date_precision": "day",
        "known_at": date(2031, 2, 7),
        "known_basis": "declared",
    }
    dataset = receipt.dataset
    assert (dataset.format, dataset.release, dataset.delay_days) == (
        *("table-incidents", "unstated", 3),
    )


def test_yaml_says_the_same(tmp_path: Path):
    yaml = TERMS.replace(" = ", ": ") + (
        "columns: {start: Day, type: {column: Kind, means: {1: ASSAULT}}}\n"
    )
    file = tmp_path / "may.csv"
    file.write_text("Day,Kind\n2031-02-04,1\n")
    columns = written(tmp_path, yaml, "incidents.yaml")
    ingest(file, "table", tmp_path / "events", declared(columns=columns))
    events = read_events(tmp_path / "events").events.collect()
    assert (events["type"][0], events["told_type"][0]) == ("ASSAULT", "1")


@pytest.mark.parametrize(
    ("columns", "content", "expected"),
    [
        (
            'end = "Last"',
            "Day,Kind,Last\n2031-02-04,ASSAULT,2031-02-06\n",
            {"end": date(2031, 2, 6), "date_precision": "within", "known_at": date(2031, 2, 9)},
        ),
        (
            'known_at = "Seen"',
            "Day,Kind,Seen\n2031-02-04,ASSAULT,2031-02-05\n",
            {"known_at": date(2031, 2, 5), "known_basis": "source"},
        ),
        (
            'known_at = "Seen"',
            "Day,Kind,Seen\n2031-02-04,ASSAULT,\n",
            {"known_at": date(2031, 2, 7), "known_basis": "declared"},
        ),
        (
            'actor_a = "Who"\nactor_b = {always = "Civilians"}\ndirection = {always = "b to a"}',
            "Day,Kind,Who\n2031-02-04,ASSAULT,Militia\n",
            {"dyad": "Civilians - Militia", "direction": "b to a"},
        ),
        (
            'event_id = "row"\nplace = "dataset"',
            "Day,Kind,row,dataset\n2031-02-04,ASSAULT,r7,Streslau\n",
            {"event_id": "r7", "place": "Streslau", "row": 1, "dataset": "table-incidents-may"},
        ),
        (
            'mode = "How"',
            "Day,Kind,How\n2031-02-04,ASSAULT,\n",
            {"mode": ""},
        ),
        (
            'civilians_targeted = "Civilians"\ndeaths = {always = 0}',
            "Day,Kind,Civilians\n2031-02-04,ASSAULT,Yes\n",
            {"civilians_targeted": True, "deaths": 0},
        ),
    ],
)
def test_what_columns_mean(tmp_path: Path, columns: str, content: str, expected):
    events, receipt = taken_in(tmp_path, f"{LEAST}{columns}\n", content)
    assert receipt.faults == []
    assert {name: events[name][0] for name in expected} == expected


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ('separator = ";"', "Day;Kind;n\n2031-02-04;ASSAULT;7\n"),
        ('separator = "\\t"\nquoted = false', "Day\tKind\tn\n2031-02-04\tASSAULT\t7\n"),
        ('separator = "|"', "Day|Kind|n\n2031-02-04|ASSAULT|7\n"),
        ('header = ["Day", "Kind", "n"]', "2031-02-04,ASSAULT,7\n"),
        ('dates = "%d %b %Y"', "Day,Kind,n\n04 Feb 2031,ASSAULT,7\n"),
        ('thousands = "\'"', "Day,Kind,n\n2031-02-04,ASSAULT,7\n"),
    ],
)
def test_forms_of_files(tmp_path: Path, form: str, content: str):
    declaration = LEAST.replace("[columns]", f"[file]\n{form}\n[columns]") + 'deaths = "n"\n'
    events, receipt = taken_in(tmp_path, declaration, content)
    assert receipt.faults == []
    assert events.select("start", "type", "deaths").rows() == [(date(2031, 2, 4), "ASSAULT", 7)]


def test_an_encoding_that_is_declared(tmp_path: Path):
    declaration = LEAST.replace("[columns]", '[file]\nencoding = "iso-8859-1"\n[columns]')
    content = "Day,Kind,Who\n2031-02-04,ASSAULT,Café\n".encode("iso-8859-1")
    events, receipt = taken_in(tmp_path, declaration + 'actor_a = "Who"\n', content)
    assert events["actor_a"].to_list() == ["Café"]
    assert receipt.dataset.encoding == "iso-8859-1"


def test_a_type_that_does_not_have_the_mode_is_kept_aside(tmp_path: Path):
    content = "Day,Kind,How\n2031-02-04,ASSAULT,demo\n2031-02-04,PROTEST,demo\n"
    events, receipt = taken_in(tmp_path, LEAST + 'mode = "How"\n', content)
    assert events["type"].to_list() == ["PROTEST"]
    assert [(fault.line, fault.column) for fault in receipt.faults] == [(2, "How")]


def test_terms_of_each_table_are_shown_and_each_has_its_place(tmp_path: Path):
    content = "Day,Kind\n2031-02-04,ASSAULT\n"
    _, one = taken_in(tmp_path, LEAST, content)
    _, other = taken_in(tmp_path, LEAST.replace('"incidents"', '"raids"'), content)
    _, again = taken_in(tmp_path, LEAST, content, release="2")
    assert one.first and other.first and not again.first
    assert again.dataset.id == "table-incidents-2"


# ------------------------------------------------------------------ nothing is lost


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]),
    min_size=1,
    max_size=8,
)


@relaxed
@given(data=st.data())
def test_what_was_written_in_any_form_is_read(tmp_path, data):
    separator = data.draw(st.sampled_from([",", ";", "\t", "|"]))
    decimal, thousands = data.draw(
        st.sampled_from([(".", ""), (".", ","), (",", "."), (",", "'"), (",", ""), (".", " ")])
    )
    form = data.draw(st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d %B %Y", "%Y%j"]))
    names = data.draw(st.lists(words, min_size=5, max_size=5, unique_by=str.strip))
    names = [name.strip() or f"column {at}" for at, name in enumerate(names)]
    rows = data.draw(
        st.lists(
            st.tuples(
                words.filter(lambda text: text != "?"),
                st.integers(0, 15_000),
                st.one_of(st.none(), st.integers(0, 10**7)),
                st.one_of(st.none(), st.integers(-90_000, 90_000)),
            ),
            min_size=1,
            max_size=8,
        )
    )
    fields = dict(zip(("event_id", "start", "actor_a", "deaths", "lat"), names, strict=True))
    declaration = (
        f"{TERMS}[file]\nseparator = {json.dumps(separator)}\ndecimal = {json.dumps(decimal)}\n"
        f"thousands = {json.dumps(thousands)}\ndates = {json.dumps(form)}\nmissing = ['?']\n"
        '[columns]\ntype = {always = "ASSAULT"}\n'
        + "".join(
            f"{name} = {json.dumps(column, ensure_ascii=False)}\n"
            for name, column in fields.items()
        )
    )
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(names)
    day = date(1990, 1, 1)
    for number, (who, days, deaths, lat) in enumerate(rows):
        count = "?" if deaths is None else f"{deaths:,}".replace(",", thousands)
        place = "" if lat is None else f"{lat / 1000:.3f}".replace(".", decimal)
        when = (day + timedelta(days=days)).strftime(form)
        writer.writerow([f"r{number}", when, who, count, place])
    if len(set(names)) < len(names):
        return
    events, receipt = taken_in(tmp_path, declaration, out.getvalue())
    assert receipt.faults == []
    assert events.select("event_id", "start", "actor_a", "deaths", "lat").rows() == [
        (f"r{n}", day + timedelta(days=days), who, deaths, None if lat is None else lat / 1000)
        for n, (who, days, deaths, lat) in enumerate(rows)
    ]


# ------------------------------------------------------------------ faults in a declaration


@pytest.mark.parametrize(
    ("declaration", "says"),
    [
        (LEAST.replace('licence = "CC BY 4.0"\n', ""), "toml, licence: is missing"),
        (LEAST.replace("delay_days = 3", "delay_days = -1"), "toml:6, delay_days"),
        (LEAST.replace('"incidents"', '"In cidents"'), "toml:1, name: 'In cidents' is no id"),
        (LEAST + 'colour = "Red"\n', "toml:11, columns.colour: unknown entry. Mend: write"),
        (LEAST + 'death = "n"\n', "toml:11, columns.death: unknown entry. Mend: write 'deaths'"),
        (LEAST.replace('start = "Day"\n', ""), "toml:8, columns.start: is missing"),
        (LEAST + "[columns.mode]\n", "toml:11, columns.mode: needs a column or one value"),
        (
            LEAST + 'mode = {column = "a", always = "demo"}\n',
            "toml:11, columns.mode: needs a column or one value",
        ),
        (
            LEAST + 'mode = {column = "a", means = {x = "hop"}}\n',
            "toml:11, columns.mode.means.x: cannot read 'hop'. Mend: write one of ",
        ),
        (
            LEAST + 'deaths = {always = "few"}\n',
            "toml:11, columns.deaths.always: cannot read 'few'",
        ),
        (LEAST + "deaths = {always = -1}\n", "toml:11, columns.deaths.always: cannot read '-1'"),
        (
            LEAST + 'lat = {always = "95"}\n',
            "columns.lat.always: cannot read '95'. Mend: write -90",
        ),
        (LEAST + 'end = {column = "b", dates = "%Y-%m"}\n', "toml:11, columns.end.dates: '%Y-%m'"),
        (LEAST + "[file]\nseparator = 'x'\n", "toml:12, file.separator"),
        (LEAST + "[file]\ndecimal = ','\nthousands = ','\n", "toml:11, file: decimals and"),
        (LEAST + "[file]\nheader = ['Day', 'Day']\n", "toml:11, file: a column stands twice"),
        (LEAST + "[file]\nheader = ['Day', 'Other']\n", "columns.type: no column 'Kind' in file"),
        (LEAST + "[file]\nseperator = ';'\n", "file.seperator: unknown entry. Mend: write 'sep"),
    ],
)
def test_a_fault_is_told_with_line_entry_and_mend(tmp_path: Path, declaration: str, says: str):
    with pytest.raises(DeclarationError) as caught:
        find_format("table", written(tmp_path, declaration))
    assert any(says in fault for fault in caught.value.faults), caught.value.faults
    assert caught.value.exit_code == 2


def test_all_faults_are_told_at_once_and_nothing_is_written(tmp_path: Path):
    columns = written(tmp_path, LEAST.replace("true", '"perhaps"') + 'death = "n"\n')
    (tmp_path / "may.csv").write_text("Day,Kind\n2031-02-04,ASSAULT\n")
    words = ["ingest", "may.csv", "--format", "table", "--columns", str(columns), "-o", "events"]
    words[1], words[-1] = str(tmp_path / "may.csv"), str(tmp_path / "events")
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2 and "2 faults in what is declared" in done.stderr
    assert "incidents.toml:5, redistribution" in done.stderr
    assert "incidents.toml:11, columns.death" in done.stderr
    assert not (tmp_path / "events").exists()


@pytest.mark.parametrize(
    ("name", "columns", "says"),
    [("table", None, "--columns"), ("ucdp-ged", "incidents.toml", "known")],
)
def test_a_declaration_where_one_is_needed_and_nowhere_else(tmp_path, name, columns, says):
    file = written(tmp_path, LEAST) if columns else None
    with pytest.raises(TableError, match=says):
        find_format(name, file)


def test_a_column_that_the_file_lacks_is_named(tmp_path: Path):
    with pytest.raises(TableError, match="no table-incidents table: without the column Kind"):
        taken_in(tmp_path, LEAST, "Day,Sort\n2031-02-04,ASSAULT\n")
    assert not (tmp_path / "events").exists()


@relaxed
@given(content=st.one_of(st.text(max_size=80), st.binary(max_size=80)), yaml=st.booleans())
def test_whatever_stands_in_a_declaration_is_read_or_refused(tmp_path, content, yaml):
    file = tmp_path / ("x.yaml" if yaml else "x.toml")
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    file.write_bytes(raw)
    with pytest.raises(TableError):
        find_format("table", file)


@relaxed
@given(
    entry=st.sampled_from([*DECLARABLE, "file", "name", "columns", "delay_days", "start"]),
    value=st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
        ),
        max_leaves=6,
    ),
    top=st.booleans(),
)
def test_any_value_in_any_place_is_read_or_refused(tmp_path, entry, value, top):
    """JSON is YAML too."""
    base = {
        "name": "x", "title": "x", "licence": "x", "citation": "x", "redistribution": True,
        "delay_days": 1, "delay_about": "x", "columns": {"start": "Day", "type": "Kind"},
    }  # fmt: skip
    (base if top else base["columns"])[entry] = value
    file = tmp_path / "x.yaml"
    file.write_text(json.dumps(base), "utf-8")
    try:
        layout = find_format("table", file)
    except TableError:
        return
    columns = {column: ["2031-02-04"] for column in layout.columns}
    rows, _ = sort_out(pl.DataFrame({**columns, ROW: [1]}), layout)
    events = layout.events(rows, "x")
    assert events.schema == layout.stored("x")
    assert dict(events.cast({pl.Enum: pl.String}).schema) == SCHEMA
