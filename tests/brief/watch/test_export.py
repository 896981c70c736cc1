"""Tables of the list: forecasts alone, each row with what it is from, safe in a spreadsheet."""

import csv
import io
import json

import polars as pl
import pytest
from tests.brief.watch import made_up
from tests.brief.watch.conftest import made

from foreshock.brief.watch.export import export_watch
from foreshock.core.errors import ForeshockError

SOURCE = {"origin": "2031-10", "vintage": "made up, release 7", "model": "made up", "config": "c1"}


def rows(file):
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))


def test_csv_and_parquet_have_a_row_a_country_and_month(listed, tmp_path):
    table, frame = tmp_path / "a.csv", tmp_path / "a.parquet"
    assert export_watch(listed, table) == export_watch(listed, frame) == 11 * 14 + 1
    told, read = rows(table), pl.read_parquet(frame)
    assert len(told) == read.height == 11 * 14 + 1
    assert all(row[name] == value for row in told for name, value in SOURCE.items())
    assert pl.read_parquet_metadata(frame)["foreshock.vintage"] == SOURCE["vintage"]
    month = next(each for each in listed.countries if each.key == "65").months[2]
    [row] = [each for each in told if (each["country_id"], each["months_ahead"]) == ("65", "3")]
    assert (float(row["median"]), float(row["p_25"])) == (month.median, month.deadly)
    assert (row["month"], row["month_id"], row["p_onset"]) == ("2032-01", "625", "")
    [gap] = [each for each in told if each["withheld"]]
    assert (gap["country"], gap["median"], gap["p_25"]) == ("Nowhere Isles", "", "")
    assert not {"last_month", "deaths", "recent"} & set(told[0])
    assert read["median"].null_count() == 1


def test_geojson_has_shapes_and_what_they_are_of(listed, tmp_path):
    file = tmp_path / "a.geojson"
    assert export_watch(listed, file) == 12
    found = json.loads(file.read_text("utf-8"))
    assert found["type"] == "FeatureCollection"
    assert found["foreshock"]["evidence"] == listed.evidence
    assert "may not be added up" in found["foreshock"]["note"]
    shapes = {each["properties"]["country"]: each for each in found["features"]}
    assert shapes["Guyana"]["geometry"]["type"] == "MultiPolygon"
    assert shapes["Nowhere Isles"]["geometry"] is None
    assert "withheld" in shapes["Nowhere Isles"]["properties"]
    month = next(each for each in listed.countries if each.key == "65").months[2]
    assert shapes["Somewhere"]["properties"]["p_25_2032-01"] == month.deadly
    assert all(shapes["Somewhere"]["properties"][name] == told for name, told in SOURCE.items())


def test_no_cell_is_a_formula(tmp_path):
    names = tuple(f"=HYPERLINK(1){at}" for at in range(12))
    listed = made(tmp_path, made_up.panel(names), quick=True)
    file = tmp_path / "a.csv"
    export_watch(listed, file)
    assert {row["country"][:2] for row in rows(file)} == {"'="}


def test_an_unknown_ending_is_refused(listed, tmp_path):
    with pytest.raises(ForeshockError, match="no format is known"):
        export_watch(listed, tmp_path / "a.xlsx")
