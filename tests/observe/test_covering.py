"""What a table covers: days on which nothing told means nothing happened, and no day beside."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.observe import gdelt, ged

from foreshock.assess.panels import Wanted, event_panel
from foreshock.assess.series.published import daily_series
from foreshock.core.errors import TableError, TimeError
from foreshock.core.periods import last_day
from foreshock.evidence.datasets import registered
from foreshock.evidence.published import read_events
from foreshock.observe.covering import OUTSIDE
from foreshock.observe.declaring import declared
from foreshock.observe.ingest import ingest


def test_a_row_of_long_ago_covers_none_of_the_days_between(tmp_path: Path):
    """Nor does one of a day that is yet to come: the days are those on which rows were added."""
    rows = [gdelt.row(1, SQLDATE="20300501"), gdelt.row(2, SQLDATE="20310601")]
    rows += [gdelt.row(number) for number in range(3, 9)]
    file = tmp_path / "20310502001500.export.CSV"
    file.write_bytes(gdelt.text(rows))
    dataset = ingest(file, "gdelt", tmp_path / "events").dataset
    assert (dataset.events, dataset.rejected) == (8, 0)
    assert (str(dataset.first), str(dataset.last), dataset.gaps) == ("2031-05-02",) * 2 + ((),)
    assert "for 1 of them there are files of a part of the day" in dataset.covers_basis


def day_of_files(folder: Path, day: date, files: int = 96) -> None:
    for at in range(files):
        stamp = f"{datetime.combine(day, time()) + at * timedelta(minutes=15):%Y%m%d%H%M%S}"
        number, said = day.toordinal() * 96 + at, {"SQLDATE": stamp[:8], "DATEADDED": stamp}
        told = gdelt.row(number, ActionGeo_CountryCode="PE", **said)
        (folder / f"{stamp}.export.CSV").write_bytes(gdelt.text([told]))


def test_weeks_missing_from_a_folder_are_no_weeks_without_events(tmp_path: Path):
    folder = tmp_path / "files"
    folder.mkdir()
    weeks = [date(2031, 5, 5), date(2031, 5, 26)]
    for monday in weeks:
        for day in range(7):
            day_of_files(folder, monday + timedelta(days=day), files=2)
    dataset = ingest(folder, "gdelt", tmp_path / "events").dataset
    assert registered(tmp_path / "events")[dataset.id] == dataset
    assert dataset.spans == tuple((monday, monday + timedelta(days=6)) for monday in weeks)
    assert dataset.gaps == ((date(2031, 5, 12), date(2031, 5, 25)),)
    panel = event_panel(tmp_path / "events", Wanted(period="week", measure="events"))
    np.testing.assert_array_equal(panel.panel.values, [[14, np.nan, np.nan, 14]])
    with pytest.raises(TimeError, match="no month is covered whole"):
        event_panel(tmp_path / "events", Wanted(measure="events"))


def test_days_of_which_files_are_missing_are_told(tmp_path: Path):
    folder = tmp_path / "files"
    folder.mkdir()
    for day, files in ((1, 96), (2, 95)):
        day_of_files(folder, date(2031, 5, day), files)
    dataset = ingest(folder, "gdelt", tmp_path / "events").dataset
    assert (dataset.first, dataset.last) == (date(2031, 5, 1), date(2031, 5, 2))
    assert "for 1 of them there are files of a part of the day" in dataset.covers_basis
    told = declared(covers=["2031-05-01..2031-05-03"], retrieved="2031-05-04")
    whole = ingest(folder, "gdelt", tmp_path / "told", told)
    assert whole.dataset.covers_basis == "told"


def months(folder: Path, *numbers: int) -> Path:
    """Write monthly releases, each with an event on the first and on the last day of its month."""
    folder.mkdir()
    for month in numbers:
        days = date(2031, month, 1), last_day(date(2031, month, 1), "month")
        rows = [
            ged.row(10 * month + at, date_start=str(day), date_end=str(day), best=str(month))
            for at, day in enumerate(days)
        ]
        (folder / f"GEDEvent_v32_0_{month}.csv").write_text(ged.text(rows))
    return folder


def test_a_month_between_releases_is_missing(tmp_path: Path):
    """Of files together, each covers its days; months that follow each other leave no gap."""
    folder = months(tmp_path / "candidates", 1, 2, 4)
    dataset = ingest(folder, "ucdp-ged", tmp_path / "events").dataset
    assert dataset.covers_basis == "first and last event of each file"
    assert [f"{first} to {last}" for first, last in dataset.spans] == [
        "2031-01-01 to 2031-02-28",
        "2031-04-01 to 2031-04-30",
    ]
    panel = event_panel(tmp_path / "events", Wanted(unit="dyad")).panel
    np.testing.assert_array_equal(panel.values, [[2, 4, np.nan, 8]])
    with pytest.raises(TimeError, match=r"2031-03-01 to 2031-03-31 are not covered.*--covers"):
        daily_series(read_events(tmp_path / "events"))
    until = daily_series(read_events(tmp_path / "events"), known_by=date(2031, 2, 27))
    assert until.series.last == date(2031, 2, 26)


def test_a_release_fills_the_gap_of_another(tmp_path: Path):
    for name, numbers in (("apart", (1, 3)), ("between", (2,))):
        folder = months(tmp_path / name, *numbers)
        ingest(folder, "ucdp-ged", tmp_path / "events", declared(release=name))
    panel = event_panel(tmp_path / "events", Wanted(unit="dyad")).panel
    np.testing.assert_array_equal(panel.values, [[2, 4, 6]])
    ingest(tmp_path / "between", "ucdp-ged", tmp_path / "events", declared(release="again"))
    with pytest.raises(TableError, match="both cover 2031-02-01"):
        event_panel(tmp_path / "events", Wanted(unit="dyad"))


def test_spans_that_a_user_tells_and_a_register_from_before_there_were_gaps(tmp_path: Path):
    told = ["2031-03-01..2031-03-31", "2031-01-01..2031-01-31", "2031-02-01..2031-02-10"]
    file = tmp_path / "GEDEvent_v99_1.csv"
    file.write_text(ged.text([ged.row()]))
    given = declared(covers=told, retrieved="2031-04-01")
    dataset = ingest(file, "ucdp-ged", tmp_path / "events", given).dataset
    assert dataset.gaps == ((date(2031, 2, 11), date(2031, 2, 28)),)
    register = tmp_path / "events" / "datasets.json"
    said = json.loads(register.read_text())
    assert said["datasets"][0].pop("gaps") == [["2031-02-11", "2031-02-28"]]
    register.write_text(json.dumps(said))
    (before,) = registered(tmp_path / "events").values()
    assert before.spans == ((date(2031, 1, 1), date(2031, 3, 31)),)


def test_releases_that_tell_the_same_days_anew_are_refused(tmp_path: Path):
    """They have other ids, so that nothing else would show that their dead are the same."""
    folder = months(tmp_path / "releases", 11, 12)
    year = [
        ged.row(number, date_start=day, date_end=day)
        for number, day in enumerate(("2031-01-01", "2031-12-31"), 900)
    ]
    (folder / "GEDEvent_v32_1.csv").write_text(ged.text(year))
    says = r"GEDEvent_v32_1.csv and GEDEvent_v32_0_11.csv both tell of 1 Nov 2031.*keep one"
    for covers in ([], ["2031-01-01..2031-12-31"]):
        given = declared(covers=covers, retrieved="2032-01-01")
        with pytest.raises(TableError, match=says):
            ingest(folder, "ucdp-ged", tmp_path / "events", given)
    assert not registered(tmp_path / "events")


def test_no_day_is_told_to_be_covered_before_it_was_over(tmp_path: Path):
    file = tmp_path / "GEDEvent_v99_1.csv"
    file.write_text(ged.text([ged.row()]))
    given = declared(covers=["2031-01-01..2034-12-31"], retrieved="2031-07-01")
    with pytest.raises(TimeError, match="up to 2034-12-31, but the file was fetched on 2031-07-01"):
        ingest(file, "ucdp-ged", tmp_path / "events", given)


def test_events_on_none_of_the_days_told_are_counted_and_said(tmp_path: Path):
    file = tmp_path / "GEDEvent_v99_1.csv"
    days = ["2031-05-01", "2031-06-30", "2031-07-01", "2031-09-01"]
    rows = [ged.row(at, date_start=day, date_end=day) for at, day in enumerate(days)]
    file.write_text(ged.text(rows))
    covers = ["2031-05-01..2031-06-30", "2031-08-01..2031-08-31"]
    given = declared(covers=covers, retrieved="2032-01-01")
    assert ingest(file, "ucdp-ged", tmp_path / "events", given).dataset.remarks == {OUTSIDE: 2}
