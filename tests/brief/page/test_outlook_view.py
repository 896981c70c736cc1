"""What a reader of the forecast must find on the page: fans, twins, answers, the record."""

import re
from datetime import timedelta
from xml.etree.ElementTree import tostring

import pytest
from tests.brief.page import makers as make

from foreshock.brief.forecasts import BinItem
from foreshock.brief.page.fan_picture import draw_fan, weeks_so_far
from foreshock.brief.page.outlook import outlook_view
from foreshock.brief.page.pairs_ahead import pair_anchor
from foreshock.brief.page.track_record import draw_reliability


@pytest.fixture
def view(small):
    return outlook_view(small)


def panel(view, id):
    return next(each for each in view.panels if each.id == id)


def table(panel, words):
    return next(each for each in panel.tables if words in each.caption)


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_every_pair_has_a_panel_and_those_withheld_stand_in_the_overview(small, view):
    for series in small.forecast.series:
        assert panel(view, pair_anchor(series.id)).picture is not None
    rows = cells(table(panel(view, "ahead"), "All pairs"))
    assert len(rows) == len(small.forecast.series)
    [row] = cells(table(panel(view, "ahead"), "No forecast for these"))
    assert row == ["Aurelia → Kestria", "1 act on record"]


def test_the_fan_is_drawn_in_three_bands_widest_first(small, view):
    for series in small.forecast.series:
        picture = panel(view, pair_anchor(series.id)).picture
        bands = [n.get("class") for n in picture.iter("path") if "likely" in n.get("class", "")]
        assert bands == ["likely l95", "likely l80", "likely l50"] * len(series.measures)
        assert picture.get("role") == "img" and picture.get("aria-label")


def test_the_twin_holds_all_that_the_picture_shows(small, view):
    series = small.forecast.series[0]
    shown = panel(view, pair_anchor(series.id))
    fan = cells(table(shown, "The fan day by day"))
    events = series.measures[0]
    assert len(fan) == len(events.week.median) == 30
    for index, row in enumerate(fan):
        day = series.first + timedelta(days=index)
        assert row[0].startswith(f"{day.day} ")
        assert float(row[1]) == events.week.median[index]
        band = events.week.bands[2]
        assert row[4] == f"{band.low[index]:g}–{band.high[index]:g}"
    counted = cells(table(shown, "Counted day by day"))
    assert len(counted) == sum(
        any(measure.observed[index] for measure in series.measures)
        for index in range(len(events.observed))
    )
    total = sum(float(row[1]) for row in counted)
    assert total == sum(events.observed)


def test_simple_methods_and_what_was_said_before_stand_beside_every_total(small, view):
    series = small.forecast.series[0]
    totals = table(panel(view, pair_anchor(series.id)), "totals with simple methods")
    assert {"climatology", "persistence", "before"} <= set(totals.columns)
    assert len(totals.rows) == 6
    assert all("as of 10 May 2011" in row[-2] for row in cells(totals))


def test_what_came_to_pass_is_marked_as_seen_afterwards(small, view):
    totals = table(panel(view, pair_anchor(small.forecast.series[0].id)), "totals")
    assert totals.columns[-1] == "seen afterwards"
    plain = small.model_copy(
        update={
            "afterwards": None,
            "forecast": small.forecast.model_copy(
                update={
                    "series": [
                        s.model_copy(
                            update={
                                "measures": [
                                    m.model_copy(
                                        update={
                                            "afterwards": [],
                                            "totals": [
                                                t.model_copy(update={"came": None})
                                                for t in m.totals
                                            ],
                                        }
                                    )
                                    for m in s.measures
                                ]
                            }
                        )
                        for s in small.forecast.series
                    ]
                }
            ),
        }
    )
    text = str(outlook_view(plain))
    assert "seen afterwards" not in text and "came to pass" not in text


def test_acts_behind_a_count_lead_to_their_evidence(small, view, small_page):
    linked = 0
    for series in small.forecast.series:
        acts = [t for t in panel(view, pair_anchor(series.id)).tables if "Acts that" in t.caption]
        for row in acts[0].rows if acts else ():
            assert row.cells[1].href[1:] in small_page.by_id
            linked += 1
    assert linked >= 2


def test_what_carries_a_forecast_and_what_would_change_it(small, view):
    shown = panel(view, pair_anchor(small.forecast.series[0].id))
    drivers = cells(table(shown, "no word of cause"))
    assert [row[2].split(" (")[0] for row in drivers] == ["50 %", "30 %", "20 %"]
    [shift] = cells(table(shown, "What would change it"))
    assert shift[0] == "one more attack on the last day" and shift[2:] == ["90 %", "94 %"]


def test_the_reproduction_number_never_stands_without_its_placebo(view):
    note = panel(view, "ahead-method").note
    assert "0.50 (90 % interval 0.30–0.70)" in note
    assert "placebo" in note and "0.30 (0.10–0.50)" in note


def test_live_forecasts_hindcasts_and_people_have_a_record_of_their_own(small, view):
    assert panel(view, "record").finding == "Nothing issued."
    hindcasts = panel(view, "record-hindcast")
    assert re.match(r"\d+ forecasts, \d+ resolved", hindcasts.finding)
    assert "could be chosen with what happened in view" in hindcasts.note
    assert any("A. Hope" in row[0] for row in cells(panel(view, "record-people").tables[0]))


def test_a_judgement_stands_beside_its_question_signed(small, view):
    text = str([cells(t) for p in view.panels for t in p.tables])
    assert "A. Hope" in text and "The guns have not moved." in text


def test_reliability_shows_counts_and_hollow_points_where_there_are_few(small):
    bins = [
        BinItem(low=low, high=low + 0.1, count=count, said=low + 0.05, frequency=low,
                bar=(low, low + 0.2), enough=count >= 10, consistent=True)
        for low, count in ((0.1, 20), (0.7, 3))
    ]  # fmt: skip
    voice = small.ledger.record.hindcast.model_copy(update={"reliability": bins})
    picture = draw_reliability(voice)
    assert [n.get("class") for n in picture.iter("circle")] == ["ink", "ahead"]


def test_where_no_forecast_is_issued_the_reason_stands_first(small):
    forecast = small.forecast.model_copy(
        update={"issued": False, "reason": "No forecast is issued: too thin.", "series": []}
    )
    view = outlook_view(small.model_copy(update={"forecast": forecast, "afterwards": None}))
    assert view.lead.startswith("No forecast is issued: too thin.")
    assert not any(each.picture is not None for each in view.panels if each.id.startswith("ahead"))


@pytest.mark.parametrize("name", ["<b>x</b>", '"/><script>', "a\u202eb", "\x07", "n" * 400, ""])
def test_hostile_names_stay_text(small, name):
    series = small.forecast.series[0]
    turned = series.model_copy(update={"a": series.a.model_copy(update={"name": name})})
    raw = tostring(draw_fan(turned, small.as_of), encoding="unicode")
    assert "<b>" not in raw and "<script" not in raw
    assert not set("\x07\u202e") & set(raw)


def test_sums_of_seven_days_need_seven_days():
    assert weeks_so_far([1.0] * 6) == [None] * 6
    assert weeks_so_far([0.0, 2.0, *[1.0] * 6])[-2:] == [7.0, 8.0]


def test_the_line_of_the_fan_begins_where_the_count_ends(small, view):
    series = small.forecast.series[0]
    picture = panel(view, pair_anchor(series.id)).picture
    known = next(n for n in picture.iter("path") if n.get("class") == "line")
    middle = next(n for n in picture.iter("path") if n.get("class") == "middle-line")
    assert make.horizontal(middle)[0] == pytest.approx(make.horizontal(known)[-1], abs=0.2)
