"""Who may yet flee, on the page: the running total, flows on a map, destinations, their twins."""

import re
from xml.etree.ElementTree import tostring

import pytest
from tests.brief.page import displacement_makers as flight
from tests.brief.page import makers as make

from foreshock.brief.displacement_words import people, share
from foreshock.brief.page.displacement_ahead import displacement_view
from foreshock.brief.page.scales import WIDTH

HOSTILE = ["<b>x</b>", '"/><script>', "a\u202eb", "\x07", "n" * 400, ""]


@pytest.fixture(scope="module")
def brief():
    return flight.brief(flight.displacement())


@pytest.fixture(scope="module")
def view(brief):
    return displacement_view(brief)


@pytest.fixture(scope="module")
def after():
    made = flight.seen(flight.displacement())
    return displacement_view(flight.brief(made, afterwards=flight.afterwards()))


def _panel(view, id):
    return next(each for each in view.panels if each.id == f"displacement-{id}")


def test_the_finding_says_how_many_by_when_from_which_count_how_sure_and_how_issued(view):
    found = _panel(view, "total").finding
    assert "By 6 Mar 2020, in 30 days: 856,000 people displaced since 7 Dec 2019" in found
    assert "as Aid Office counts them; nine futures in ten hold 620,000–1,500,000" in found
    assert "Counted last: 586,000 to 2 Feb 2020 and 520,000 to 4 Feb 2020" in found
    assert "do not fit together" in found
    assert "Hindcast." in found and "Thin evidence: 3 counts of the total." in found


def test_terms_are_explained_once(view):
    notes = [panel.note for panel in view.panels]
    text = " ".join([view.lead, *(panel.finding for panel in view.panels), *notes])
    for term in ("An interval holds nine futures", "A share is", "Lead time:", "Threat:"):
        assert text.count(term) == 1
    assert "could be chosen with what happened in view" in view.lead
    assert "Nothing finer than a sub-district" in view.lead


def test_each_count_is_a_mark_that_leads_to_its_claim(view):
    picture = _panel(view, "total").picture
    for key in ("early", "late", "rival"):
        [mark] = [m for m in make.classed(picture, "mark") if m.get("href") == f"#claim-{key}"]
        assert "Aid Office" in mark.findtext("title")
    assert any("believed 80 %" in title for title in make.titles(picture))


def test_others_counts_are_other_marks_and_nothing_is_averaged(brief, view):
    picture = _panel(view, "total").picture
    [mark] = [m for m in make.classed(picture, "mark") if m.get("href") == "#claim-envoy"]
    assert [each.tag for each in mark] == ["title", "rect"]
    rows = make.cells(make.table(_panel(view, "total"), "Others’ newest counts"))
    assert rows == [["speaker of envoy", "700,000", "not said", "30 Jan 2020"]]
    shown = tostring(picture, encoding="unicode")
    for average in ("553,000", "643,000", "602,000"):
        assert average not in shown


def test_the_line_forks_where_counts_do_not_fit_together(view):
    [line] = make.classed(_panel(view, "total").picture, "line")
    # From the first day to the early count, and from it to each of the two that follow it.
    assert line.get("d").count("M") == 3


def test_the_fan_has_three_bands_and_ends_with_the_horizon(view):
    picture = _panel(view, "total").picture
    bands = [n.get("class") for n in picture.iter("path") if "likely" in n.get("class", "")]
    assert bands == ["likely l95", "likely l80", "likely l50"]
    middle = next(n for n in picture.iter("path") if n.get("class") == "middle-line")
    days = make.table(_panel(view, "total"), "The fan day by day")
    assert len(days.rows) == flight.HORIZON + 3
    assert make.cells(days)[-1][0] == "6 Mar 2020"
    assert max(make.horizontal(middle)) < 400


def test_simple_methods_stand_beside_as_thin_lines_with_their_names(view):
    picture = _panel(view, "total").picture
    assert len(make.classed(picture, "soft-line")) == 2 + 1  # one in the key
    assert {"middle 856", "last rate 700", "mean rate 650"} <= set(make.texts(picture))
    totals = make.table(_panel(view, "total"), "with simple methods")
    assert list(totals.columns[1:]) == ["7 days (12 Feb)", "14 days (19 Feb)", "30 days (6 Mar)"]
    assert [row[0] for row in make.cells(totals)] == ["this forecast", "last rate", "mean rate"]
    assert "last rate (as many leave each day" in _panel(view, "total").note


def test_every_picture_has_a_title_a_description_and_a_twin(view):
    for id in ("total", "flows", "destinations"):
        panel = _panel(view, id)
        assert panel.picture.findtext("title") and panel.picture.findtext("desc")
        assert panel.picture.get("aria-label")
        assert panel.tables


def test_all_flows_are_arrows_as_wide_as_many_and_lead_to_their_row(view):
    panel = _panel(view, "flows")
    arrows = [m for m in make.classed(panel.picture, "flow") if m.tag == "a"]
    rows = make.table(panel, "The largest flows").rows
    assert {arrow.get("href") for arrow in arrows} == {f"#{row.id}" for row in rows}
    widths = {a.get("href"): float(a.find("path").get("stroke-width")) for a in arrows}
    first, second = (f"#{row.id}" for row in rows[:2])
    assert widths[first] == pytest.approx(2 * widths[second], rel=0.05)
    assert "Ward 0 → Ward 1: 4,000 (1,000–12,000) people in three days" in "".join(
        arrows[0].itertext()
    )


def test_arrows_there_and_back_do_not_lie_on_each_other():
    made = flight.displacement(2, flows=[flight.flow(0, 1, 900), flight.flow(1, 0, 900)])
    panel = _panel(displacement_view(flight.brief(made)), "flows")
    there, back = (m.find("path").get("d") for m in make.classed(panel.picture, "mark", "flow"))
    assert re.search("Q(.*? .*?) ", there)[1] != re.search("Q(.*? .*?) ", back)[1]


def test_threat_is_told_by_a_ring_and_in_figures_not_by_colour_alone(view):
    panel = _panel(view, "flows")
    assert len(make.classed(panel.picture, "threat")) == 25 + 2  # two in the legend
    assert any("threat 0.50" in title for title in make.titles(panel.picture))
    rows = make.cells(make.table(panel, "that people leave"))
    assert rows[0] == ["Ward 0", "1.00", "10,000", "20 % (5.0–60)", "front0"]
    assert make.table(panel, "that people leave").rows[0].cells[4].href == "#claim-front0"


def test_more_arrivals_make_a_larger_disc(view):
    sites = [m for m in make.classed(_panel(view, "flows").picture, "site") if m.tag == "a"]
    radius = {m.get("href"): float(m.findall("circle")[-1].get("r")) for m in sites}
    assert radius["#reach-sd-0"] > radius["#reach-sd-1"] > radius["#reach-sd-9"]


@pytest.mark.parametrize("kind", ["camp", "town", "village", "site", ""])
def test_nothing_finer_than_a_sub_district_is_located(kind):
    made = flight.displacement(3)
    near = flight.place(2, kind=kind, name="Hut")
    made = made.model_copy(
        update={
            "origins": made.origins[:2],
            "destinations": [*made.destinations[:2], flight.destination(2, place=near)],
        }
    )
    panel = _panel(displacement_view(flight.brief(made)), "flows")
    assert "Hut" not in tostring(panel.picture, encoding="unicode")
    assert "1 flow cannot be drawn" in panel.note
    assert ["Ward 0", "Hut"] in [row[:2] for row in make.cells(make.table(panel, "largest flows"))]


def test_no_site_of_displaced_people_can_be_saved_as_a_point(view):
    assert "data-lon" not in tostring(_panel(view, "flows").picture, encoding="unicode")


def test_flows_are_told_over_three_days(view):
    panel = _panel(view, "flows")
    assert "From 6 Feb 2020 to 8 Feb 2020, 27,000" in panel.finding
    spans = make.cells(make.table(panel, "every three days"))
    assert spans[1][:2] == ["9 Feb 2020", "11 Feb 2020"]


def test_destinations_have_shares_simple_methods_and_arrivals(brief, view):
    table = make.table(_panel(view, "destinations"), "Destinations")
    assert list(table.columns) == ["to", "share", "uniform", "population", "arrivals in 30 days"]
    rows = make.cells(table)
    first = brief.displacement.destinations[0]
    assert rows[0] == [
        *("Ward 0", share(first.share), "4.0 %", "5.0 %"),
        "30,000 (7,500–90,000)",
    ]
    assert rows[2][3] == "–", "what is not known is not zero"
    assert len(rows) == 25


def test_chances_stand_by_day_with_the_lead_time(view):
    panel = _panel(view, "destinations")
    table = make.table(panel, "10,000 arrivals or more")
    assert list(table.columns[1:]) == [
        *("3 days (8 Feb)", "7 days (12 Feb)", "14 days (19 Feb)", "30 days (6 Mar)"),
        "lead time",
    ]
    rows = make.cells(table)
    assert rows[0] == ["Ward 0", "18 %", "36 %", "63 %", "90 %", "11 days (16 Feb)"]
    assert rows[2][-1] == "over 30 days"
    rare = make.table(panel, "50,000 arrivals or more")
    hidden = 25 - len(rare.rows)
    assert hidden and f"under 5 % in {hidden} other sub-districts" in rare.caption


def test_what_is_left_out_says_why(view):
    rows = make.cells(make.table(_panel(view, "destinations"), "Left out"))
    assert rows == [["nobody says who holds a place in it", "Ford, Mill"]]


def test_how_it_was_made_is_told(view):
    note = _panel(view, "method").note
    assert "Moves may be counted twice." in note
    assert "c1/500 members/40 days" in note and "seed 3" in note


def test_what_was_counted_afterwards_is_marked_and_missed_is_said(after):
    total = _panel(after, "total")
    assert "Seen afterwards: 961,000, outside nine in ten by 6 Mar 2020." in total.finding
    assert len(make.classed(total.picture, "after")) == 2  # the one within the horizon, the key
    rows = make.cells(make.table(total, "Counted afterwards"))
    assert [row[:2] for row in rows] == [["5 Apr 2020", "990,000"], ["25 Feb 2020", "948,000"]]
    assert rows[0][2] == "a report of a later day"
    totals = make.cells(make.table(total, "with simple methods"))
    assert totals[-1] == [
        *("seen afterwards", "not counted yet", "not counted yet"),
        "961,000, outside nine in ten; CRPS 91,200",
    ]
    shares = make.table(_panel(after, "destinations"), "Destinations")
    assert shares.columns[-1] == "counted afterwards"
    assert [row[-1] for row in make.cells(shares)][:2] == ["34 %", "–"]


def test_nothing_seen_afterwards_is_on_a_page_that_did_not_ask(view):
    assert "afterwards" not in str(view).lower()


def test_where_none_is_issued_the_reason_stands_alone():
    made = flight.displacement(issued=False, reason="No forecast is issued: too few counts.")
    view = displacement_view(flight.brief(made))
    assert view.lead == "No forecast is issued: too few counts."
    assert view.panels == []


def test_a_total_without_flows_is_shown_without_them():
    made = flight.displacement(0, spans=[], left_out={})
    view = displacement_view(flight.brief(made))
    assert [panel.id for panel in view.panels] == ["displacement-total", "displacement-method"]


def test_a_forecast_of_two_days_tells_no_flow_and_no_chance():
    view = displacement_view(flight.brief(flight.short()))
    assert _panel(view, "total").finding.startswith("Counted last: 586,000")
    assert _panel(view, "flows").picture is None
    where = _panel(view, "destinations")
    assert [table.caption.split(":")[0] for table in where.tables] == ["Destinations", "Left out"]
    assert "Lead time" not in where.note


def test_a_total_that_was_never_counted_can_be_drawn():
    made = flight.displacement(1, counts=[], flows=[], totals=[], running=None)
    panel = _panel(displacement_view(flight.brief(made, displaced=[])), "total")
    assert panel.picture is not None


def test_words_stay_within_the_pictures(view, after):
    for panel in (*view.panels, *after.panels):
        if panel.picture is None:
            continue
        _, _, width, height = map(float, panel.picture.get("viewBox").split())
        assert width in {400, WIDTH}
        for text in panel.picture.iter("text"):
            assert -1 <= float(text.get("x")) <= width
            assert 0 <= float(text.get("y")) <= height


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(name, as_page):
    made = flight.seen(flight.displacement(4))
    turned = made.model_copy(
        update={
            "counter": name,
            "model": name,
            "thin": name,
            "notes": [name],
            "origins": [
                each.model_copy(update={"place": each.place.model_copy(update={"name": name})})
                for each in made.origins
            ],
            "destinations": [
                each.model_copy(
                    update={
                        "place": each.place.model_copy(update={"name": name}),
                        "simple": {name: 0.1},
                    }
                )
                for each in made.destinations
            ],
            "totals": [
                each.model_copy(update={"baselines": {name: flight.amount(9)}})
                for each in made.totals
            ],
            "left_out": {name: name},
        }
    )
    raw = as_page(flight.brief(turned, afterwards=flight.afterwards())).raw
    shown = raw[raw.index('<section class="view" id="displacement"') :].split('id="control"')[0]
    assert "<b>x" not in shown and "<script" not in shown
    assert not set("\x07\u202e") & set(shown)


def test_on_the_page_every_row_and_mark_leads_somewhere(brief, as_page):
    page = as_page(brief)
    section = page.by_id["displacement"]
    inner = [href[1:] for href in section.links if href.startswith("#")]
    assert len(inner) > 60
    assert {name for name in inner if name not in page.by_id} == set()
    top = next(node for node in page.all if node.attributes.get("class") == "top")
    assert "#displacement-total" in top.links


def test_numbers_are_rounded_to_three_figures():
    assert people(1_234_567) == "1,230,000"
    assert people(0) == "0"
