"""Panels are read as they stand: missing is not zero, and what is odd is named by row."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foreshock.core.errors import ForeshockError, NothingReadable, TableError
from foreshock.core.panel import Panel
from foreshock.core.periods import PERIODS, after, start_of
from foreshock.observe.panel_file import write_panel
from foreshock.observe.readers.panel import read_panel

OFTEN = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
SMALL = """\
country_id,month_id,deaths
57,500,7
57,501,
13,500,0
13,502,3
"""


def written(folder, text, name="panel.csv"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_small_table(tmp_path):
    panel = read_panel(written(tmp_path, SMALL))
    assert (panel.variable, panel.unit, panel.period) == ("deaths", "country", "month")
    assert (panel.keys, panel.names) == (("13", "57"), ("Peru", "Ethiopia"))
    assert panel.starts == (date(2021, 8, 1), date(2021, 9, 1), date(2021, 10, 1))
    np.testing.assert_array_equal(panel.values, [[0, np.nan, 3], [7, np.nan, np.nan]])
    assert panel.vintage == "deaths"


@pytest.mark.parametrize(
    ("unit", "peru", "ethiopia"),
    [
        ("country_id", "13", "57"), ("isoab", "PER", "eth"), ("iso3", "PER", "ETH"),
        ("gwcode", "135", "530"), ("gwno", "135.0", "530.0"), ("country", "Peru", "ETHIOPIA"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("month_id", ("500", "501", "502")), ("month", ("2021-08", "2021-09", "2021-10")),
        ("date", ("2021-08-01", "2021-09-01", "2021-10-01")),
        ("year,month", ("2021,8", "2021,9", "2021,10")),
    ],
)  # fmt: skip
def test_every_way_to_write_units_and_months_gives_the_same(
    tmp_path, unit, peru, ethiopia, period, months
):
    rows = [(ethiopia, 0, 7), (ethiopia, 1, ""), (peru, 0, 0), (peru, 2, 3)]
    lines = [f"{unit},{period},deaths", *(f"{u},{months[m]},{v}" for u, m, v in rows)]
    panel = read_panel(written(tmp_path, "\n".join(lines)))
    assert panel.digest == read_panel(written(tmp_path, SMALL)).digest


def test_parquet_gives_the_same_as_csv_and_the_order_of_rows_does_not_matter(tmp_path):
    path = tmp_path / "panel.parquet"
    frame = pl.read_csv(written(tmp_path, SMALL)).with_columns(pl.col("deaths").cast(pl.Float64))
    for rows in (frame, frame.reverse(), frame.fill_null(float("nan"))):
        rows.write_parquet(path)
        assert read_panel(path).digest == read_panel(written(tmp_path, SMALL)).digest


@pytest.mark.parametrize("missing", ["", "NA", "NaN", "null"])
def test_missing_is_not_zero(tmp_path, missing):
    panel = read_panel(written(tmp_path, f"country,year,deaths\nPeru,2001,{missing}\nPeru,2002,0"))
    np.testing.assert_array_equal(panel.values, [[np.nan, 0]])


def test_a_zero_from_before_there_was_such_a_country_is_missing_and_counted(tmp_path):
    rows = [("South Sudan", 2010, 0), ("South Sudan", 2011, 0), ("South Sudan", 2012, 5)]
    rows += [("Eritrea", 1990, 9), ("Eritrea", 1991, 0), ("Czechoslovakia", 2012, 0)]
    text = "country,year,deaths\n" + "\n".join(",".join(map(str, row)) for row in rows)
    said = []
    panel = read_panel(written(tmp_path, text), tell=said.append)
    values = {key: panel.values[at] for at, key in enumerate(panel.keys)}
    column = {start.year: at for at, start in enumerate(panel.starts)}
    assert np.isnan(values["246"][column[2010]]) and values["246"][column[2011]] == 0
    assert values["56"][column[1990]] == 9 and np.isnan(values["56"][column[1991]])
    assert np.isnan(values["187"]).all()
    assert len(said) == 2
    assert "1 values above 0" in said[0] and "3 zeros of 3 countries" in said[1]
    told = read_panel(written(tmp_path, text), as_told=True)
    assert np.nansum(told.values == 0) == np.nansum(panel.values == 0) + 3


def test_a_code_goes_to_whoever_bore_it_in_that_month(tmp_path):
    text = "gwcode,month,deaths\n625,2011-06,5\n625,2011-08,6\n"
    panel = read_panel(written(tmp_path, text))
    assert panel.keys == ("59", "245")
    np.testing.assert_array_equal(panel.values, [[5, np.nan, np.nan], [np.nan, np.nan, 6]])


def test_units_that_are_no_countries(tmp_path):
    text = "district,week,deaths,rain\nNorth,2031-W01,4,1.5\nSouth,2031-W02,0,2\n"
    panel = read_panel(written(tmp_path, text), unit="district")
    assert (panel.unit, panel.period, panel.keys) == ("district", "week", ("North", "South"))
    rain = read_panel(written(tmp_path, text), "rain", unit="district")
    assert rain.variable == rain.vintage == "rain"


def test_columns_of_views_say_what_they_count(tmp_path):
    text = "country_id,month_id,ged_sb,ged_ns,year\n57,500,1,2,2021\n"
    panel = read_panel(written(tmp_path, text))
    assert (panel.variable, panel.about) == ("deaths", "state-based violence")
    panel = read_panel(written(tmp_path, text), "ged_ns", "2031 vintage")
    assert (panel.about, panel.vintage) == ("non-state violence", "2031 vintage")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("country_id,month_id,deaths\n57,500,1\n57,501,-1\n", "row 2, deaths: cannot take '-1'"),
        ("country_id,month_id,deaths\n57,500,inf\n", "row 1, deaths: cannot take 'inf'"),
        ("country_id,month_id,deaths\n57,500,many\n", "row 1, deaths: cannot take 'many'"),
        ("country_id,month_id,deaths\n57,500,1\n57,500,1\n", "row 2, .* stands in row 1 too"),
        ("country,year,deaths\nPeru,2001,1\nperu,2001,2\n", "Peru in 2001 stands in row 1 too"),
        ("country_id,month_id,deaths\n57,0,1\n", "row 1, month_id: no such month"),
        ("country_id,month_id,deaths\n57,1e9,1\n", "row 1, month_id: no such month"),
        ("country_id,month_id,deaths\n57,,1\n", "row 1, month_id: no such month"),
        ("country_id,month,deaths\n57,2021-13,1\n", "row 1, month: no month '2021-13'"),
        ("country_id,month,deaths\n57,,1\n", "row 1, month: empty"),
        ("country_id,month_id,deaths\n15,500,1\n", "row 1, country_id: no country has"),
        ("country,month,deaths\nRuritania,2021-01,1\n", "country name 'Ruritania'"),
        ("country,month,deaths\n,2021-01,1\n", "row 1, country: empty"),
        ("month,deaths\n2021-01,1\n", "no column of units"),
        ("country,deaths\nPeru,1\n", "no column of periods"),
        ("country,month\nPeru,2021-01\n", "no column of values"),
        ("country,month,a,b\nPeru,2021-01,1,2\n", "2 columns may be the values: 'a', 'b'"),
        # dates a year early, as in a widely used file
        ("country_id,month_id,year,month,deaths\n57,121,1989,1,1\n", "is 1990-01, .* say 1989-01"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path, text, says):
    with pytest.raises(TableError, match=says):
        read_panel(written(tmp_path, text))


def test_a_wrong_year_does_not_fill_the_memory(tmp_path):
    units = "\n".join(f"u{number},2031-W01,1" for number in range(1000))
    text = f"place,week,deaths\n{units}\nu1,1000-W02,1\n"
    with pytest.raises(TableError, match="look for a wrong period"):
        read_panel(written(tmp_path, text), unit="place")


def test_a_file_of_another_kind_is_called_what_it_is(tmp_path):
    """Zeros would else be a table without a row, as if nothing had been told yet."""
    file = tmp_path / "panel.csv"
    for raw, says in ((bytes(100), "no text"), (b"\x89PNG\r\n", "this is a picture")):
        file.write_bytes(raw)
        with pytest.raises(TableError, match=says):
            read_panel(file)


@pytest.mark.parametrize("raw", [b"", b"country,year,deaths\n", b"\xff\xfe\x00", b"PAR1junk"])
def test_what_is_no_table_is_refused(tmp_path, raw):
    path = tmp_path / "panel.csv"
    path.write_bytes(raw)
    with pytest.raises((TableError, NothingReadable)):
        read_panel(path)


def test_a_missing_column_or_file_is_told_with_the_nearest(tmp_path):
    with pytest.raises(TableError, match="write 'deaths'"):
        read_panel(written(tmp_path, SMALL), "death")
    with pytest.raises(TableError, match="name a CSV or Parquet file"):
        read_panel(tmp_path / "absent.csv")


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@OFTEN
def test_any_text_is_read_or_refused(tmp_path, text):
    path = tmp_path / "any.csv"
    path.write_bytes(b"country_id,month_id,deaths\n57,500,1\n" + text.encode())
    with suppress(ForeshockError):
        assert read_panel(path).values.size


# ---------------------------------------------------------------------- written and read again


@st.composite
def panels(draw):
    shape = draw(st.tuples(st.integers(1, 4), st.integers(1, 5)))
    numbers = st.one_of(st.just(np.nan), st.integers(0, 10**9), st.floats(0, 1e12))
    values = draw(arrays(float, shape, elements=numbers))
    period = draw(st.sampled_from(PERIODS))
    first = start_of(draw(st.dates(date(1990, 1, 1), date(2030, 1, 1))), period)
    unit = draw(st.sampled_from(["country", "dyad", "adm1"]))
    words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1)
    words = words.map(str.strip).filter(bool)
    known = st.sampled_from(["13", "57", "69", "105", "Ruritania"]) if unit == "country" else words
    keys = draw(st.lists(known, min_size=shape[0], max_size=shape[0], unique=True))
    said = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
    names = {"13": "Peru", "57": "Ethiopia", "69": "Cameroon", "105": "France"}
    return Panel(
        variable=draw(st.sampled_from(["deaths", "events", "rain"])),
        about=draw(said),
        unit=unit,
        period=period,
        keys=tuple(keys),
        names=tuple(names.get(key, key) for key in keys),
        starts=tuple(after(first, period, number) for number in range(shape[1])),
        values=values,
        vintage=draw(said),
        licence=draw(said),
        citation=draw(said),
    )


@given(panel=panels(), name=st.sampled_from(["panel.csv", "panel.parquet"]))
@OFTEN
def test_a_panel_is_read_as_it_was_written(tmp_path, panel, name):
    path = tmp_path / name
    write_panel(panel, path)
    again = read_panel(path, as_told=True)
    assert again.digest == panel.digest
    assert (again.licence, again.citation) == (panel.licence, panel.citation)
    np.testing.assert_array_equal(again.values, panel.values)


def test_a_contradiction_about_the_vintage_is_refused(tmp_path):
    path = tmp_path / "panel.csv"
    write_panel(replace(read_panel(written(tmp_path, SMALL, "a.csv")), vintage="made up"), path)
    assert read_panel(path).vintage == "made up"
    assert read_panel(path, vintage="made up").vintage == "made up"
    with pytest.raises(TableError, match="as it says itself"):
        read_panel(path, vintage="another")


@pytest.mark.parametrize("name", ["panel.txt", "absent/panel.csv"])
def test_a_target_that_cannot_be_is_refused(tmp_path, name):
    with pytest.raises(ForeshockError):
        write_panel(read_panel(written(tmp_path, SMALL)), tmp_path / name)


def test_both_vintages_of_the_shared_panel(shared):
    path = shared / "data/views/country_month_1990_2021.parquet"
    early, late = (read_panel(path, f"deaths_vintage{year}") for year in (2023, 2024))
    assert early.values.shape == late.values.shape == (191, 384)
    assert (early.vintage, late.vintage) == ("deaths_vintage2023", "deaths_vintage2024")
    assert np.isnan(late.values[:, : late.column(date(2018, 1, 1))]).all()
    with pytest.raises(TableError, match="--column deaths_vintage2023"):
        read_panel(path)
