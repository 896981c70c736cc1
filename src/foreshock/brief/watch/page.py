"""The watch list as a page: one file of HTML, whole without JavaScript, that asks for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from foreshock.brief.forecast_words import percent
from foreshock.brief.page.rendering import asset, environment, policy
from foreshock.brief.watch.document import CountryItem, MonthItem, WatchList
from foreshock.brief.watch.map_picture import draw_map
from foreshock.brief.watch.month_pictures import draw_months, draw_small, highest
from foreshock.brief.watch.reliability_picture import draw_reliability
from foreshock.brief.watch.warning_words import (
    ALARM,
    SHORT,
    WARNINGS,
    alarms_in_words,
    base_rate,
    is_alarm,
    nearest,
    rate_in_words,
    warning_in_words,
)
from foreshock.brief.watch.words import (
    ABLATION,
    EACH_ALONE,
    NOT_ZERO,
    ORDERS,
    ahead_in_words,
    beside_in_words,
    change,
    deaths,
    findings,
    hindcast_in_words,
    interval,
    issued,
    known,
    misses_of,
    most_likely_onsets,
    rests_on,
    say_month,
    settled_in_words,
    since,
    subject,
)
from foreshock.brief.watch.world import credit
from foreshock.core.watch import Warning, WarningRecord
from foreshock.verify.watch_record import Settled

TEMPLATES = ("foreshock.brief.watch", "foreshock.brief.page")

COLUMNS = {
    "median": "median",
    "interval": "90 % interval",
    "change": "change",
    "deadly": "≥25",
    "war": "≥1,000",
    "onset": "onset",
    "doubled": "doubled",
}
"""What is told of a month of a country, by name."""


@dataclass(frozen=True)
class Year:
    """A year of counted months; a month outside of what is told is empty."""

    name: str
    cells: list[str]


def build_watch_page(listed: WatchList) -> str:
    """Make the page of a watch list.

    Parameters
    ----------
    listed : WatchList

    Returns
    -------
    str
        HTML, complete in itself. The same list gives the same page.
    """
    style = asset("page.css", *TEMPLATES) + asset("watch.css", *TEMPLATES)
    script = asset("shared.js", *TEMPLATES) + asset("watch.js", *TEMPLATES)
    column = listed.column
    top = highest(listed)
    found = environment(*TEMPLATES)
    found.globals |= {
        "known": known,
        "deaths": deaths,
        "interval": interval,
        "month": say_month,
        "told": told,
        "small": lambda country: draw_small(country, top),
        "large": lambda country: draw_months(country, listed, top),
        "years": lambda country: years(country, listed),
        "beside": beside_in_words,
        "rests_on": rests_on,
        "warning": lambda record: warning_in_words(record, listed.levels),
        "alarm": lambda month, name: (
            name in set(Warning) and is_alarm(listed, month, Warning(name))
        ),
        "ahead": ahead_in_words,
        "settled": settled_in_words,
        "chance": percent,
        "rate_in_words": rate_in_words,
    }
    return found.get_template("watch.html.jinja").render(
        listed=listed,
        column=column,
        shown=listed.months[column],
        subject=subject(listed),
        issued=issued(listed),
        findings=findings(listed, column),
        quiet=most_likely_onsets(listed, column),
        map=draw_map(listed, column),
        pictures=_pictures(listed),
        warnings=_warnings(listed),
        rates={name: rate for name in WARNINGS if (rate := base_rate(listed, name)) is not None},
        hindcast=hindcast_in_words(listed.hindcast) if listed.hindcast else "",
        since=since(listed),
        order=ORDERS[listed.by],
        alarms=alarms_in_words(listed, column),
        misses=listed.missed,
        misses_of=misses_of(listed),
        columns=COLUMNS,
        short=SHORT,
        about=WARNINGS,
        notes=(NOT_ZERO, EACH_ALONE),
        ablation=ABLATION,
        alarm_rule=ALARM,
        credit=credit(),
        policy=policy(style, script),
        style=style,
        script=script,
    )


def told(month: MonthItem, name: str) -> str:
    """Write one of `COLUMNS` of a month; a dash where it cannot be.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> told(SimpleNamespace(chance=lambda _: None), "onset")
    '–'
    """
    if name == "median":
        return deaths(month.median)
    if name == "interval":
        return interval(month)
    if name == "change":
        return change(month) or "–"
    chance = month.chance(name)
    return "–" if chance is None else percent(chance)


def years(country: CountryItem, listed: WatchList) -> list[Year]:
    """Sort the counted months of a country into years, January first."""
    counted = dict(zip(listed.starts, country.recent, strict=True)) if country.recent else {}
    found = []
    for year in sorted({start.year for start in counted}, reverse=True):
        months = {start.month: value for start, value in counted.items() if start.year == year}
        cells = [known(months[number]) if number in months else "" for number in range(1, 13)]
        found.append(Year(str(year), cells))
    return found


def _warnings(listed: WatchList) -> list[WarningRecord]:
    return nearest(listed.hindcast.warnings, listed.ahead) if listed.hindcast else []


def _pictures(listed: WatchList) -> list[tuple[str, Element]]:
    found = []
    if warnings := _warnings(listed):
        found.append(("Hindcasts", draw_reliability(warnings)))
    for each in listed.settled:
        if each.warnings:
            found.append((_standing(each), draw_reliability(each.warnings)))
    return found


def _standing(told_: Settled) -> str:
    return "Ledger, live" if told_.standing == "live" else "Ledger, in hindsight"
