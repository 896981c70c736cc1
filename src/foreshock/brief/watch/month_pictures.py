"""Pictures of a country: what was counted month by month, and the interval of each month ahead.

One scale for all countries, logarithmic in one more than the deaths, so that 0 can be drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from foreshock.brief.page.scales import Scale, number_in_words
from foreshock.brief.page.svg import node
from foreshock.brief.watch.document import CountryItem, WatchList
from foreshock.brief.watch.words import say_month

YEAR = 12
THREE_YEARS = 36

SMALL_WIDTH, SMALL_HEIGHT = 150.0, 30.0
WIDTH, HEIGHT = 640.0, 190.0
LEFT, BOTTOM, TOP = 46.0, 26.0, 8.0


def highest(listed: WatchList) -> float:
    """Give the highest number that any of the pictures has to show."""
    ends = [month.high for country in listed.countries for month in country.months]
    past = [
        value
        for country in listed.countries
        for value in country.recent[-THREE_YEARS:]
        if value is not None
    ]
    return max([1.0, *ends, *past])


def draw_small(country: CountryItem, top: float) -> Element:
    """Draw the last year and the months ahead in a cell of a table."""
    past = country.recent[-YEAR:]
    scale = Scale(0, top, SMALL_HEIGHT - 2, 2, bent=True)
    step = SMALL_WIDTH / (len(past) + len(country.months))
    return node(
        "svg",
        *_months(country, past, scale, 0.0, step),
        viewBox=f"0 0 {SMALL_WIDTH:g} {SMALL_HEIGHT:g}",
        class_="small-months",
        aria_hidden="true",
    )


def draw_months(country: CountryItem, listed: WatchList, top: float) -> Element:
    """Draw three years and the months ahead with their axes."""
    past = country.recent[-THREE_YEARS:]
    scale = Scale(0, top, HEIGHT - BOTTOM, TOP, bent=True)
    step = (WIDTH - LEFT - 6) / (len(past) + len(country.months))
    parts = []
    for tick in scale.ticks(6):
        y = scale(tick)
        parts.append(node("line", x1=LEFT, x2=WIDTH - 6, y1=y, y2=y, class_="grid"))
        label = number_in_words(tick)
        parts.append(node("text", label, x=LEFT - 6, y=y + 4, text_anchor="end", class_="small"))
    starts = [*listed.starts[-len(past) :], *listed.months] if past else list(listed.months)
    for at, month in enumerate(starts):
        if month.month == 1 or at == len(past):
            x = LEFT + (at + 0.5) * step
            now = at == len(past)
            y = HEIGHT - 10
            text = say_month(month) if now else f"{month:%Y}"
            if now or abs(at - len(past)) > 3:
                parts.append(node("text", text, x=x, y=y, text_anchor="middle", class_="small"))
    return node(
        "svg",
        *parts,
        *_months(country, past, scale, LEFT, step),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        class_="picture months",
        role="img",
        aria_label=f"{country.name}: deaths by month and the forecast; the table below has both",
    )


def _months(
    country: CountryItem, past: list[float | None], scale: Scale, left: float, step: float
) -> Iterator[Element]:
    base, width = scale(0), step * 0.7
    for at, value in enumerate(past):
        x = left + (at + 0.15) * step
        if value is None:
            yield node("path", d=f"M{x:.1f} {base:.1f}h{width:.1f}", class_="gap", stroke_width=2)
        elif value > 0:
            y = scale(value)
            yield node("rect", x=x, y=y, width=width, height=base - y, class_="counted")
    first = left + len(past) * step
    yield node("line", x1=first, x2=first, y1=scale(scale.high), y2=base, class_="now-line")
    for at, month in enumerate(country.months):
        x = first + (at + 0.15) * step
        high, low = scale(month.high), scale(month.low)
        box = max(low - high, 1.0)
        yield node("rect", x=x, y=high, width=width, height=box, class_="likely")
        y = scale(month.median)
        yield node("path", d=f"M{x:.1f} {y:.1f}h{width:.1f}", class_="middle-line", stroke_width=2)
