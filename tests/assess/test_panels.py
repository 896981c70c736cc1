"""A panel counts every event once, zero where the data say nothing, missing where they do not."""

import json
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.assess.events import DELAY, FIRST, LAST, event, folder_of
from typer.testing import CliRunner

from foreshock.assess.panels import NOWHERE, OUTSIDE, UNITS, Wanted, event_panel
from foreshock.cli import app
from foreshock.core.errors import TableError, TimeError
from foreshock.core.panel import in_order
from foreshock.core.periods import PERIODS, last_day, start_of
from foreshock.observe.ingest import ingest
from foreshock.observe.readers.panel import read_panel

SEARCH = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAYS = st.dates(FIRST, LAST)


@st.composite
def event_lists(draw):
    events = []
    for _ in range(draw(st.integers(1, 25))):
        day = draw(DAYS)
        known = day + timedelta(days=DELAY + draw(st.integers(0, 400)))
        lasted = timedelta(days=draw(st.integers(0, 60)))
        events.append(
            event(
                day,
                draw(st.sampled_from(["Peru", "France", "Sudan", "South Sudan", ""])),
                draw(st.one_of(st.none(), st.integers(0, 500))),
                start=day - lasted,
                known_at=known,
                told_type=draw(st.sampled_from(["state-based", "non-state"])),
                dyad_id=draw(st.sampled_from([None, "1", "2"])),
                adm1=draw(st.sampled_from([None, "North", "South"])),
            )
        )
    return events


def cell(panel, key, start):
    return panel.values[panel.keys.index(key), panel.column(start)]


def test_deaths_by_country_and_month(tmp_path):
    events = [
        event(date(2010, 3, 1), deaths=5),
        event(date(2010, 3, 31), deaths=7, start=date(2010, 2, 27)),
        event(date(2010, 4, 1), "France", 2),
    ]
    found = event_panel(folder_of(tmp_path, events), Wanted())
    panel = found.panel
    assert (panel.keys, panel.names) == (("13", "105"), ("Peru", "France"))
    assert (panel.starts[0], panel.starts[-1]) == (date(2010, 1, 1), date(2012, 12, 1))
    assert cell(panel, "13", date(2010, 3, 1)) == 12
    assert cell(panel, "13", date(2010, 2, 1)) == 0
    assert np.nansum(panel.values) == 14
    assert (found.events, found.spread, found.left_out) == (3, 1, ())
    assert panel.vintage.startswith("made-1 (")
    assert (panel.licence, panel.citation) == ("CC BY 4.0", "Made up")


@given(event_lists(), st.sampled_from(list(UNITS)), st.sampled_from(PERIODS))
@SEARCH
def test_the_panel_and_what_it_leaves_out_are_all_events(tmp_path, events, unit, period):
    folder = folder_of(tmp_path / "events", events)
    for measure in ("events", "deaths"):
        if measure == "deaths" and all(each["deaths"] is None for each in events):
            continue
        try:
            found = event_panel(folder, Wanted(unit=unit, period=period, measure=measure))
        except TableError as error:
            assert "tells of its" in error.what or "nobody tells" in error.what
            continue
        total = np.nansum(found.panel.values)
        assert found.events + sum(each.events for each in found.left_out) == len(events)
        if measure == "events":
            assert total == found.events
        else:
            out = sum(each.deaths for each in found.left_out)
            assert total + out == sum(each["deaths"] or 0 for each in events)


@given(event_lists(), st.randoms(use_true_random=False))
@SEARCH
def test_the_order_of_the_rows_does_not_matter(tmp_path, events, random):
    events = [*events, event(FIRST)]
    made = folder_of(tmp_path / "one", events)
    shuffled = list(events)
    random.shuffle(shuffled)
    other = folder_of(tmp_path / "other", shuffled)
    one, two = (event_panel(each, Wanted(measure="events")).panel for each in (made, other))
    assert (one.keys, one.names, one.starts) == (two.keys, two.names, two.starts)
    np.testing.assert_array_equal(one.values, two.values)


@given(event_lists(), event_lists(), DAYS.filter(lambda day: day > date(2010, 3, 1)))
@SEARCH
def test_what_becomes_known_later_changes_nothing(tmp_path, events, more, as_of):
    later = [each for each in more if each["known_at"] > as_of]
    wanted = Wanted(measure="events", known_by=as_of)
    try:
        one = event_panel(folder_of(tmp_path / "one", events), wanted).panel
    except TableError as error:
        assert "tells of its" in error.what
        return
    two = event_panel(folder_of(tmp_path / "two", [*events, *later]), wanted).panel
    assert (one.keys, one.names, one.starts) == (two.keys, two.names, two.starts)
    np.testing.assert_array_equal(one.values, two.values)
    assert last_day(one.starts[-1], "month") + timedelta(days=DELAY) <= as_of


def test_a_month_that_is_not_all_known_yet_is_no_zero(tmp_path):
    folder = folder_of(tmp_path, [event(date(2010, 2, 3)), event(date(2010, 3, 3))])
    found = event_panel(folder, Wanted(known_by=date(2010, 3, 31)))
    assert found.panel.starts[-1] == date(2010, 2, 1)
    assert [(each.reason, each.events) for each in found.left_out] == [(OUTSIDE, 1)]
    found = event_panel(folder, Wanted(known_by=date(2010, 4, 1)))
    assert found.panel.starts[-1] == date(2010, 3, 1)
    assert found.panel.vintage.endswith("as of 2010-04-01")
    with pytest.raises(TimeError, match="no month is covered whole and known by 2010-01-31"):
        event_panel(folder, Wanted(known_by=date(2010, 1, 31)))


def test_months_covered_in_part_and_between_datasets_are_missing(tmp_path):
    events = [event(date(2010, 1, 30)), event(date(2010, 2, 5)), event(date(2010, 4, 5))]
    folder_of(tmp_path, events, first=date(2010, 1, 15), last=date(2010, 4, 30))
    folder_of(tmp_path, [event(date(2010, 7, 5))], date(2010, 7, 1), date(2010, 8, 31), release="2")
    found = event_panel(tmp_path, Wanted())
    assert (found.panel.starts[0], found.panel.starts[-1]) == (date(2010, 2, 1), date(2010, 8, 1))
    np.testing.assert_array_equal(found.panel.values, [[1, 0, 1, np.nan, np.nan, 1, 0]])
    assert [each.id for each in found.datasets] == ["made-1", "made-2"]
    assert " + made-2 (" in found.panel.vintage
    alone = event_panel(tmp_path, Wanted(), ["made-2"]).panel
    np.testing.assert_array_equal(alone.values, [[1, 0]])


def test_datasets_that_follow_each_other_cover_the_month_between(tmp_path):
    folder_of(tmp_path, [event(date(2010, 1, 5))], date(2010, 1, 1), date(2010, 1, 15))
    folder_of(
        tmp_path, [event(date(2010, 1, 20))], date(2010, 1, 16), date(2010, 1, 31), release="2"
    )
    np.testing.assert_array_equal(event_panel(tmp_path, Wanted()).panel.values, [[2]])


def test_datasets_that_count_twice_or_differently_are_refused(tmp_path):
    folder_of(tmp_path, [event(FIRST)])
    folder_of(tmp_path, [event(FIRST)], first=LAST, release="2")
    with pytest.raises(TableError, match=r"both cover 2012-12-31.*--dataset made-1"):
        event_panel(tmp_path, Wanted())
    folder_of(tmp_path, [event(FIRST)], first=LAST + timedelta(1), release="2", format="other")
    with pytest.raises(TableError, match="different formats, made and other"):
        event_panel(tmp_path, Wanted())
    with pytest.raises(TableError, match="write 'made-1'"):
        event_panel(tmp_path, Wanted(), ["mode-1"])


def test_deaths_that_nobody_tells_are_not_zero(tmp_path):
    day = date(2010, 3, 3)
    events = [event(day, "Peru", None), event(day, "France", 4), event(day, "France", None)]
    found = event_panel(folder_of(tmp_path, events), Wanted())
    assert np.isnan(cell(found.panel, "13", date(2010, 3, 1)))
    assert cell(found.panel, "105", date(2010, 3, 1)) == 4
    assert found.untold == 2
    with pytest.raises(TableError, match="--measure events"):
        event_panel(folder_of(tmp_path, [event(day, deaths=None)]), Wanted())


def test_countries_that_came_and_went(tmp_path):
    days = [date(2011, 6, 30), date(2011, 7, 8), date(2011, 7, 9), date(2011, 9, 1)]
    events = [event(day, "Sudan", 10) for day in days]
    events += [event(date(2010, 5, 1), "South Sudan", 3), event(date(2012, 1, 1), "South Sudan", 4)]
    panel = event_panel(folder_of(tmp_path, events), Wanted(world=True)).panel
    july, june, august = date(2011, 7, 1), date(2011, 6, 1), date(2011, 8, 1)
    assert [cell(panel, "59", month) for month in (june, july)] == [10, 10]
    assert [cell(panel, "245", month) for month in (july, august)] == [10, 0]
    assert np.isnan([cell(panel, "59", august), cell(panel, "245", june)]).all()
    assert cell(panel, "246", date(2010, 5, 1)) == 3, "what is told of the land is kept"
    assert np.isnan(cell(panel, "246", date(2010, 6, 1)))
    assert cell(panel, "246", july) == 0
    # the 191 of today and the one that went; the four smallest are in no panel of VIEWS
    assert len(panel.keys) == 192 and list(panel.keys) == sorted(panel.keys, key=in_order)
    assert np.nansum(panel.values) == 47


def test_a_country_that_is_not_known_is_never_dropped_in_silence(tmp_path):
    events = [event(FIRST, "Ruritania", 5), event(FIRST, "Peru", 1), event(FIRST, "", 2)]
    folder = folder_of(tmp_path, events)
    with pytest.raises(TableError, match=r"1 of 2 countries: 'Ruritania'.*--keep-unmatched"):
        event_panel(folder, Wanted())
    found = event_panel(folder, Wanted(keep_unmatched=True))
    assert found.panel.keys == ("13", "Ruritania") and found.unmatched == ("Ruritania",)
    assert np.nansum(found.panel.values) == 6
    assert [(each.reason, each.events, each.deaths) for each in found.left_out] == [(NOWHERE, 1, 2)]


def test_codes_of_gdelt_are_fips_codes(tmp_path):
    events = [event(FIRST, "GM", None), event(FIRST, "IZ", None)]
    folder = folder_of(tmp_path, events, format="gdelt")
    assert event_panel(folder, Wanted(measure="events")).panel.names == ("Iraq", "Germany")


def test_types_units_and_measures(tmp_path):
    day = date(2010, 3, 3)
    made = [
        event(day, deaths=1, deaths_high=9, dyad_id="7", dyad="A - B", adm1="North"),
        event(day, deaths=2, deaths_high=2, dyad_id="7", dyad="A - C", adm1=None),
        event(day, "France", 4, told_type="non-state", type="PROTEST", dyad="D", adm1="North"),
    ]
    folder = folder_of(tmp_path, made)

    def total(**how):
        panel = event_panel(folder, Wanted(**how)).panel
        return {
            key: float(np.nansum(row)) for key, row in zip(panel.keys, panel.values, strict=True)
        }

    assert total(violence="STATE-based") == {"13": 3, "105": 0}
    assert total(violence="protest") == {"13": 0, "105": 4}
    assert total(measure="high") == {"13": 11, "105": 4}
    assert total(unit="dyad") == {"7": 3, "D": 4}
    assert total(unit="adm1") == {"North, France": 4, "North, Peru": 1}
    assert event_panel(folder, Wanted(unit="dyad")).panel.names == ("A - B", "D")
    with pytest.raises(TableError, match=r"non-state, state-based.*write 'state-based'"):
        event_panel(folder, Wanted(violence="statebased"))


@pytest.mark.parametrize(("asked", "deaths"), [("battles", 3), ("Battles: Armed clash", 1)])
def test_a_class_of_classes_holds_all_of_them(tmp_path, asked, deaths):
    """ACLED has sub-events of events; the name of the event stands before a colon."""
    day = date(2010, 3, 3)
    kinds = ["Battles: Armed clash", "Battles: Government regains territory", "Riots: Mob violence"]
    made = [event(day, deaths=n, told_type=kind) for n, kind in enumerate(kinds, 1)]
    panel = event_panel(folder_of(tmp_path, made), Wanted(violence=asked)).panel
    assert np.nansum(panel.values) == deaths


@pytest.mark.parametrize(
    "wrong", [{"unit": "village"}, {"measure": "wounded"}, {"unit": "dyad", "world": True}]
)
def test_what_cannot_be_counted_is_refused(wrong):
    with pytest.raises(TableError):
        Wanted(**wrong)


def test_the_command_writes_what_is_read_again_and_says_what_it_did(tmp_path):
    folder = folder_of(tmp_path / "events", [event(date(2010, 3, 3), deaths=5), event(FIRST, "")])
    out = tmp_path / "panel.csv"
    run = CliRunner().invoke
    done = run(app, ["panel", str(folder), "-o", str(out), "--type", "state-based"])
    assert done.exit_code == 0, done.output
    assert "1 country from 2010-01 to 2012-12; 5 deaths in 1 event of the type state-based" in (
        done.output
    )
    assert "Left out: 1 event, 1 death: no country told" in done.output
    told = json.loads(run(app, ["panel", str(folder), "-o", str(out), "--json"]).output)
    panel = read_panel(out)
    assert told["digest"] == panel.digest and told["total"] == 5
    assert start_of(date(2010, 3, 3), "month") in panel.starts
    for wrong in (["-o", "x.txt"], ["-o", str(out), "--unit", "village"]):
        done = run(app, ["panel", str(folder), *wrong])
        assert done.exit_code == 2 and "error: " in done.output


def test_counts_of_ucdps_events_agree_with_views(shared, tmp_path):
    """VIEWS counts a later release of the same events; where neither revised, they are equal."""
    ingest(shared / "data/ucdp/ged_syria_2016_2019.parquet", "ucdp-ged", tmp_path)
    ours = event_panel(tmp_path, Wanted(violence="state-based")).panel
    theirs = read_panel(shared / "data/views/country_month_1990_2021.parquet", "deaths_vintage2023")
    first, months = theirs.column(ours.starts[0]), len(ours.starts)
    row = theirs.values[theirs.keys.index("220"), first : first + months]
    assert ours.keys == ("220",) and months == 47
    assert np.corrcoef(ours.values[0], row)[0, 1] > 0.99
    np.testing.assert_allclose(ours.values[0, -3:], row[-3:], atol=3)
