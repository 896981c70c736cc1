"""Who may yet flee, in a terminal: a paragraph of the brief, and everything in the forecast."""

import io
import re

import pytest
from rich.console import Console
from tests.brief.page import displacement_makers as flight

from foreshock.brief.terminal import render
from foreshock.brief.terminal_forecast import render_forecast

WIDTHS = [50, 80, 120]


@pytest.fixture(scope="module")
def brief():
    return flight.brief(flight.displacement())


@pytest.fixture(scope="module")
def after():
    made = flight.seen(flight.displacement())
    return flight.brief(made, afterwards=flight.afterwards())


def printed(brief, width=80, show=render_forecast):
    out = io.StringIO()
    show(brief, Console(file=out, width=width, highlight=False, markup=False))
    return out.getvalue()


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("width", [40, *WIDTHS])
@pytest.mark.parametrize("show", [render, render_forecast])
def test_it_fits_the_width(after, show, width):
    assert max(len(line) for line in printed(after, width, show).splitlines()) <= width


def test_the_brief_has_a_paragraph_of_at_most_seventy_words(brief):
    text = flat(printed(brief, show=render))
    [told] = re.findall(r"• (Displaced, as Aid Office counts: .*?total\.) ", text)
    assert len(re.sub(r"\[[^\]]*\]", "", told).split()) <= 70
    assert "7 days 649,000 (574,000–810,000)" in told
    assert "30 days 856,000 (620,000–1,500,000)" in told
    assert "Ward 0 12 % (10,000 or more in 30 days: 90 %), Ward 1 6.0 % (45 %)" in told
    assert "Thin evidence: 3 counts of the total." in told


def test_the_paragraph_cites_the_counts_on_which_it_rests(brief):
    main, sources = printed(brief, show=render).split("CLAIMS NAMED ABOVE")
    assert "[late rival]" in main
    assert "late" in sources and "rival" in sources


@pytest.mark.parametrize("width", WIDTHS)
def test_the_forecast_tells_every_destination_with_all_its_numbers(brief, width):
    text = flat(printed(brief, width))
    for number in range(25):
        assert f"Ward {number}" in text
    for told in ("12 % (3.0–36)", "4.0 %", "5.0 %", "30,000", "(7,500–90,000)"):
        assert told in text
    assert re.search(r"Ward 0 18 % 36 % 63 % 90 % 11 days", text)
    assert "How likely 50,000 arrivals or more are" in text


def test_the_forecast_tells_origins_flows_and_what_is_left_out(brief):
    text = flat(printed(brief))
    assert "Ward 0 [front0] 1.00 10,000 20 % (5.0–60)" in text
    assert re.search(r"Ward 0 Ward 1 4,000 \(1,000–12,000\) 2\.0 %", text)
    assert "Left out, nobody says who holds a place in it: Ford, Mill" in text
    assert "Moves may be counted twice." in text


def test_terms_are_explained_once(brief):
    text = flat(printed(brief))
    for term in ("An interval holds nine futures", "A share is", "Lead time:", "Threat:"):
        assert text.count(term) == 1


def test_rival_counts_stand_beside_each_other_with_their_belief(brief):
    text = flat(printed(brief))
    assert "Counted to 2 Feb 2020: 586,000, believed 86 % [late]" in text
    assert "Counted to 4 Feb 2020: 520,000, believed 80 % [rival]" in text
    assert "553,000" not in text


def test_what_was_counted_afterwards_is_said_to_be_and_a_miss_too(brief, after):
    assert "fterwards" not in printed(brief)
    text = flat(printed(after))
    assert "Seen afterwards: 961,000, outside nine in ten." in text
    assert "Counted afterwards to 25 Feb 2020: 948,000" in text
    assert "[]" not in text
    assert "Seen afterwards: 961,000" in flat(printed(after, show=render))


@pytest.mark.parametrize("show", [render, render_forecast])
def test_a_forecast_of_two_days_can_be_told(show):
    text = flat(printed(flight.brief(flight.short()), show=show))
    assert "Ward 2" in text and "or more" not in text and "Lead time" not in text


def test_where_none_is_issued_the_reason_is_told():
    made = flight.displacement(issued=False, reason="No forecast is issued: too few counts.")
    brief = flight.brief(made)
    for show in (render, render_forecast):
        assert "No forecast is issued: too few counts." in flat(printed(brief, show=show))


def test_a_case_without_displaced_people_is_not_told_that_none_is_forecast():
    made = flight.displacement(issued=False, reason="The case declares no displacement.")
    brief = flight.brief(made, displaced=[])
    assert "declares no displacement" not in printed(brief, show=render)


@pytest.mark.parametrize("text", ["\x1b[31mred", "[bold]x[/bold]", "a\u202eb", "\x07", "=1+1"])
def test_hostile_names_stay_text(text):
    made = flight.seen(flight.displacement(3))
    turned = made.model_copy(
        update={
            **{"counter": text, "model": text, "thin": text, "notes": [text]},
            "left_out": {text: text},
            "destinations": [
                each.model_copy(
                    update={
                        "place": each.place.model_copy(update={"name": text}),
                        "simple": {text: 0.1},
                    }
                )
                for each in made.destinations
            ],
            "totals": [
                each.model_copy(update={"baselines": {text: flight.amount(9)}})
                for each in made.totals
            ],
        }
    )
    for show in (render, render_forecast):
        for width in (50, 80):
            assert not set("\x1b\x07\u202e") & set(printed(flight.brief(turned), width, show))
    refused = flight.brief(flight.displacement(issued=False, reason=text))
    assert not set("\x1b\x07\u202e") & set(printed(refused))
