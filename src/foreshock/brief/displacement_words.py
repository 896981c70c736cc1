"""Words for the forecast of displacement: how many by when, from where to where, how soon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from foreshock.brief.displacement import (
    AmountItem,
    DisplacementItem,
    ReachedItem,
    RunningTotalItem,
    TotalCountItem,
)
from foreshock.brief.forecast_words import issued_in_words, percent
from foreshock.brief.items import PlaceItem
from foreshock.brief.words import counted, joined, plain
from foreshock.core.quantities import number
from foreshock.core.time import say_day

NINE_IN_TEN = "An interval holds nine futures in ten: one in twenty lies below it, one above."

SHARE = "A share is the part of all who leave that takes a way or reaches a place."

LEAD_TIME = (
    "Lead time: the days until so many arrivals are as likely as not, which is the time left to "
    "prepare."
)

THREAT = "Threat: how near the fighting is, from 0 (far) to 1 (at the front)."

SIMPLE_SHARES = {
    "uniform": "all destinations alike",
    "population": "by who lived there",
}
"""What simple methods suppose of destinations, by name."""

UNKNOWN = "–"

RARE = 0.05
"""Destinations less likely than this to reach a threshold by any day are not listed for it."""


def people(value: float) -> str:
    """Write a forecast number of people to three figures: more would be a show of precision.

    Examples
    --------
    >>> people(932_990), people(4_030), people(87)
    ('933,000', '4,030', '87')
    """
    return number(float(f"{value:.3g}"))


def amount(told: AmountItem) -> str:
    """Write a number of people with its interval.

    Examples
    --------
    >>> amount(AmountItem(median=28_260, low=4_030, high=187_010))
    '28,300 (4,030–187,000)'
    """
    return f"{people(told.median)} ({people(told.low)}–{people(told.high)})"


def per_cent(share: float) -> str:
    """Write a share to two figures: shares of a few per cent are to be told apart.

    Examples
    --------
    >>> per_cent(0.335), per_cent(0.0602), per_cent(0.0004), per_cent(0)
    ('34', '6.0', '0.04', '0')
    """
    if not share or share >= 0.0995:
        return f"{round(100 * share)}"
    return f"{100 * share:.1f}" if share >= 0.00995 else f"{100 * share:.2f}"


def share(told: AmountItem) -> str:
    """Write a share with its interval.

    Examples
    --------
    >>> share(AmountItem(median=0.0893, low=0.0316, high=0.1826))
    '8.9 % (3.2–18)'
    """
    return f"{per_cent(told.median)} % ({per_cent(told.low)}–{per_cent(told.high)})"


def simple_methods_of(item: DisplacementItem) -> list[str]:
    """Name the simple methods that stand beside shares."""
    return list(dict.fromkeys(name for each in item.destinations for name in each.simple))


def simple_methods_in_words(item: DisplacementItem) -> str:
    """Say what simple methods suppose of destinations."""
    told = [
        f"{plain(name)} ({SIMPLE_SHARES[name]})" if name in SIMPLE_SHARES else plain(name)
        for name in simple_methods_of(item)
    ]
    return f"Simple methods: {'; '.join(told)}." if told else ""


def simple_share(value: float | None) -> str:
    """Write a share as a simple method has it; what it has no number for is not zero.

    Examples
    --------
    >>> simple_share(0.0345), simple_share(0.0), simple_share(None)
    ('3.5 %', '–', '–')
    """
    return f"{per_cent(value)} %" if value else UNKNOWN


def place_name(place: PlaceItem) -> str:
    """Name a place without its kind, where all that stands beside it is of the same.

    Examples
    --------
    >>> place_name(PlaceItem(id="mill", name="Mill sub-district", kind="subdistrict"))
    'Mill'
    """
    return place.name.removesuffix(" sub-district") or place.name


def place_names(item: DisplacementItem) -> dict[str, str]:
    """Name every sub-district of a forecast, by id."""
    return {each.place.id: place_name(each.place) for each in (*item.origins, *item.destinations)}


def lead_time(days: int | None, as_of: date, horizon: int) -> str:
    """Say how soon so many arrivals are as likely as not.

    Examples
    --------
    >>> lead_time(11, date(2031, 5, 1), 30), lead_time(None, date(2031, 5, 1), 30)
    ('11 days (12 May)', 'over 30 days')
    """
    if days is None:
        return f"over {counted(horizon, 'day')}"
    return by_day(as_of, days)


def thresholds(item: DisplacementItem) -> list[str]:
    """List the numbers of arrivals whose chances are told, the least first."""
    found = {threshold for each in item.destinations for threshold in each.chances}
    return sorted(found, key=lambda threshold: (len(threshold), threshold))


def likely_to_reach(item: DisplacementItem, threshold: str) -> list[ReachedItem]:
    """List the destinations that may well see so many arrivals."""
    return [
        each
        for each in item.destinations
        if max(each.chances.get(threshold, []), default=0.0) >= RARE
    ]


def how_likely(item: DisplacementItem, threshold: str) -> str:
    """Head a list of such destinations, and say how many are not in it."""
    rest = len(item.destinations) - len(likely_to_reach(item, threshold))
    others = f"; under {percent(RARE)} in {counted(rest, 'other sub-district')}" if rest else ""
    return f"How likely {number(float(threshold))} arrivals or more are{others}"


def by_day(as_of: date, days: int) -> str:
    """Name a day ahead by its distance and its date.

    Examples
    --------
    >>> by_day(date(2031, 5, 1), 7)
    '7 days (8 May)'
    """
    day = as_of + timedelta(days=days)
    return f"{counted(days, 'day')} ({day.day} {day:%b})"


def last_counts(item: DisplacementItem) -> list[TotalCountItem]:
    """Give the newest counts: one, or several where they do not fit together."""
    known_to = item.known_to or date.min
    return [each for each in item.counts if each.day >= known_to]


def so_far(item: DisplacementItem) -> str:
    """Say what had been counted last."""
    last = last_counts(item)
    if not last:
        return ""
    told = joined([f"{number(each.people)} to {say_day(each.day)}" for each in last])
    rivals = ", which do not fit together" if len(last) > 1 else ""
    return f"Counted last: {told}{rivals}."


def finding(item: DisplacementItem) -> str:
    """Say in a sentence or two how many by when, as who counts, and on how thin a ground."""
    if not item.totals:
        return so_far(item)
    total = item.totals[-1]
    since = f" since {say_day(item.since)}" if item.since else ""
    standing = {"live": "Live forecast.", "hindcast": "Hindcast."}.get(item.standing, "")
    thin = f"Thin evidence: {plain(item.thin)}." if item.thin else ""
    told = (
        f"By {say_day(total.last)}, in {counted(total.days, 'day')}: {people(total.median)} people "
        f"displaced{since}, as {plain(item.counter)} counts them; nine futures in ten hold "
        f"{people(total.low)}–{people(total.high)}."
    )
    return " ".join(filter(None, [told, so_far(item), standing, thin, came_in_words(item)]))


def came_in_words(item: DisplacementItem) -> str:
    """Say what was counted afterwards, of the longest total that has been."""
    total = next((each for each in reversed(item.totals) if each.came), None)
    return f"Seen afterwards: {came(total)} by {say_day(total.last)}." if total else ""


def came(total: RunningTotalItem) -> str:
    """Say what a total came to.

    Examples
    --------
    >>> from foreshock.brief.forecasts import CameItem
    >>> one = CameItem(value=961_000, covered=True, crps=91_000.0, baselines={})
    >>> came(RunningTotalItem(median=9e5, low=6e5, high=2e6, days=30, last=date(2031, 6, 1),
    ...                       entry=1, baselines={}, came=one))
    '961,000, within nine in ten'
    """
    if total.came is None:
        return "not counted yet"
    held = "within" if total.came.covered else "outside"
    return f"{number(total.came.value)}, {held} nine in ten"


def issued(item: DisplacementItem) -> str:
    """Say when and how the forecast was issued."""
    return issued_in_words(item.standing, item.issued_at, item.horizon, item.model, item.members)


def where_to(item: DisplacementItem, most: int) -> str:
    """Say where most of those who leave go, and how likely the lowest threshold is there."""
    foremost = item.destinations[:most]
    names = [plain(place_name(each.place)) for each in foremost]
    shares = [
        f"{name} ({per_cent(each.share.median)} %)"
        for name, each in zip(names, foremost, strict=True)
    ]
    told = f"Of all who leave, most go to {joined(shares)}."
    lowest = next(iter(thresholds(item)), "")
    chances = [each.chances.get(lowest, []) for each in foremost]
    if not item.by or not all(chances):
        return told
    likely = [f"{name} {percent(each[-1])}" for name, each in zip(names, chances, strict=True)]
    return (
        f"{told} {number(float(lowest))} arrivals or more within {counted(item.by[-1], 'day')}: "
        f"{', '.join(likely)}."
    )


def where_to_in_short(item: DisplacementItem, most: int) -> str:
    """Say the same in few words."""
    lowest = next(iter(thresholds(item)), "")
    days = counted(item.by[-1], "day") if item.by else ""
    first = f"{number(float(lowest))} or more in {days}: " if lowest else ""
    told: list[str] = []
    for each in item.destinations[:most]:
        chances = each.chances.get(lowest, [])
        likely = f" ({'' if told else first}{percent(chances[-1])})" if chances else ""
        told.append(f"{plain(place_name(each.place))} {per_cent(each.share.median)} %{likely}")
    return f"Most go to {joined(told)}."


def left_out(reasons: Mapping[str, str]) -> dict[str, list[str]]:
    """Gather what is left out by why.

    Examples
    --------
    >>> left_out({"Ford sub-district": "not held", "Mill sub-district": "not held"})
    {'not held': ['Ford', 'Mill']}
    """
    found: dict[str, list[str]] = {}
    for name, why in reasons.items():
        found.setdefault(why, []).append(name.removesuffix(" sub-district") or name)
    return found
