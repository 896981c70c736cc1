"""The map of the watch list: how likely many deaths are, country by country, in true proportion."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from foreshock.brief.forecast_words import percent
from foreshock.brief.page.svg import node
from foreshock.brief.watch.classes import NAMES, tint
from foreshock.brief.watch.document import CountryItem, WatchList, WithheldItem
from foreshock.brief.watch.words import deaths, interval, say_month
from foreshock.brief.watch.world import WIDTH, countries, height, outline, small_countries

RADIUS = 4.5
"""Of the circle that stands for a country too small to be drawn."""

KEY, STEP = 48.0, 140.0
"""Room for the key below the map; width of one of its entries."""


def draw_map(listed: WatchList, column: int) -> Element:
    """Draw the world, tinted by the probability of at least 25 deaths in a month.

    Parameters
    ----------
    listed : WatchList
    column : int
        Which of its months.

    Returns
    -------
    Element
        Each country leads to its own part of the page. What has no forecast is hatched.
    """
    told = {each.code: each for each in listed.countries if each.code}
    withheld = {each.code: each for each in listed.withheld if each.code}
    areas, points = countries(), small_countries()
    lands, spots = [], []
    for code, shape in areas.items():
        area = node("path", d=shape, fill_rule="evenodd")
        lands.append(_mark(code, area, told, withheld, column))
    for code, (x, y) in points.items():
        if code in told or code in withheld:
            spot = node("circle", cx=x, cy=y, r=RADIUS)
            spots.append(_mark(code, spot, told, withheld, column))
    month = say_month(listed.months[column])
    return node(
        "svg",
        node("title", f"Probability of at least 25 deaths by country, {month}"),
        node("defs", _hatching()),
        node("path", d=outline(), class_="sea"),
        node("g", *lands, class_="lands"),
        node("g", *spots, class_="spots"),
        _key(),
        viewBox=f"0 0 {WIDTH:g} {height() + KEY:.0f}",
        class_="picture world",
        role="group",
        aria_label="Map of the world; the same stands in the tables below",
    )


def map_title(country: CountryItem, column: int) -> str:
    """Say what a country's mark says when it is pointed at."""
    month = country.months[column]
    return (
        f"{country.name}, {say_month(month.month)}: at least 25 deaths {percent(month.deadly)}; "
        f"median {deaths(month.median)} ({interval(month)})"
    )


def _mark(
    code: str,
    shape: Element,
    told: dict[str, CountryItem],
    withheld: dict[str, WithheldItem],
    column: int,
) -> Element:
    if country := told.get(code):
        return node(
            "a",
            node("title", map_title(country, column)),
            shape,
            href=f"#{country.anchor}",
            class_=f"mark t{tint(country.months[column].deadly)}",
            data_key=country.key,
        )
    if gap := withheld.get(code):
        title = node("title", f"{gap.name}: no forecast, {gap.why}")
        return node("a", title, shape, href="#withheld", class_="mark none")
    return node("g", node("title", "not in the panel"), shape, class_="none")


def _hatching() -> Element:
    stripe = node("path", d="M0 5L5 0", class_="hatch", stroke_width=1.2)
    back = node("rect", width=5, height=5, class_="missing")
    return node("pattern", back, stripe, id="hatching", width=5, height=5, patternUnits=_USER)


_USER = "userSpaceOnUse"


def _key() -> Element:
    y = height() + 16
    parts = [node("text", "At least 25 deaths in the month:", x=8, y=y + 9)]
    for number, name in enumerate((*NAMES, "no forecast")):
        x = 8 + number * STEP
        kind = f"t{number}" if number < len(NAMES) else "none"
        parts.append(node("rect", x=x, y=y + 19, width=16, height=11, class_=f"swatched {kind}"))
        parts.append(node("text", name, x=x + 22, y=y + 29))
    return node("g", *parts, class_="map-key")
