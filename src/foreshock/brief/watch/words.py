"""Words of the watch list: what is warned of, how warnings turned out, what a forecast rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from foreshock.brief.forecast_words import percent
from foreshock.brief.watch.document import (
    BesideItem,
    CountryItem,
    DriverItem,
    HindcastItem,
    MissItem,
    MonthItem,
    SettledItem,
    WarningItem,
    WatchList,
)
from foreshock.brief.words import counted, likelihood, likelihood_range, plain
from foreshock.core.quantities import number

WARNINGS = {
    "deadly": "at least 25 deaths in the month",
    "war": "at least 1,000 deaths in the month",
    "onset": "a death after a year without any",
    "doubled": "twice the mean month of the last year, and at least 25 deaths",
}
"""What may come about, by name."""

SHORT = {"deadly": "≥25", "war": "≥1,000", "onset": "onset", "doubled": "doubled"}

MOVES = 0.02
"""A change of a probability that is smaller is not worth a word."""

NOT_ZERO = (
    "A month that nobody reported on is missing, and no forecast takes it for zero. Counted deaths "
    "are those that became known: fewer than there were, where few can report."
)
EACH_ALONE = (
    "Each country and month stands by itself: intervals of several may not be added up. Nine "
    "futures in ten lie within an interval, one in twenty above it."
)
ABLATION = (
    "Drivers: the model fitted anew without a part of what is known. They say what carries a "
    "forecast, not what causes the fighting."
)


def say_month(month: date) -> str:
    """Write a month.

    Examples
    --------
    >>> say_month(date(2031, 5, 1))
    'May 2031'
    """
    return f"{month:%b %Y}"


def subject(listed: WatchList) -> str:
    """Say what is counted.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> subject(SimpleNamespace(variable="deaths", about="state-based violence"))
    'deaths in state-based violence'
    """
    return f"{listed.variable} in {listed.about}" if listed.about else listed.variable


def deaths(value: float) -> str:
    """Write deaths: whole from ten on.

    Examples
    --------
    >>> deaths(3.25), deaths(1234.5), deaths(0.0)
    ('3.2', '1,234', '0')
    """
    return number(round(value, 1)) if value < 10 else number(round(value))


def known(value: float | None) -> str:
    """Write a count, or that nobody knows it; missing is not zero."""
    return "missing" if value is None else deaths(value)


def interval(month: MonthItem | MissItem | BesideItem) -> str:
    """Write the interval that holds nine futures in ten.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> interval(SimpleNamespace(low=0, high=1200))
    '0–1,200'
    """
    return f"{deaths(month.low)}–{deaths(month.high)}"


def change(month: MonthItem) -> str:
    """Say how a forecast moved since the issue of the month before; empty if there was none.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> change(SimpleNamespace(deadly=0.4, was_deadly=0.25)), change(SimpleNamespace(
    ...     deadly=0.4, was_deadly=0.39)), change(SimpleNamespace(deadly=0.4, was_deadly=None))
    ('+15', '0', '')
    """
    if month.was_deadly is None:
        return ""
    points = round(100 * (month.deadly - month.was_deadly))
    small = abs(month.deadly - month.was_deadly) < MOVES
    return "0" if small else f"{points:+d}".replace("-", "−")


def chance_in_words(probability: float) -> str:
    """Say a probability in words, with their range and in per cent.

    Examples
    --------
    >>> chance_in_words(0.62)
    'likely (55–80 %): 62 %'
    """
    word = likelihood(probability)
    return f"{word} ({likelihood_range(word)}): {percent(probability)}"


def issued(listed: WatchList) -> str:
    """Say when a list was written down, of what, by what."""
    kind = (
        "Live"
        if listed.standing == "live"
        else "Written down more than a day after the month that was seen, of which counts come late"
    )
    return (
        f"{kind}: issued {listed.issued_at:%Y-%m-%d %H:%M} UTC by {plain(listed.model)}, seed "
        f"{listed.seed}, {listed.draws:,} equally likely futures of each country and month."
    )


def warning_in_words(told: WarningItem) -> str:
    """Say how often what is warned of comes about, and how often warnings were false.

    Examples
    --------
    >>> print(warning_in_words(WarningItem(warning="deadly", ahead=3, level=0.5, asked=400,
    ...     came_about=48, alarms=41, hits=35, brier=0.03, base_brier=0.1, bins=[])))
    At least 25 deaths in the month came about in 48 of 400 (base rate 12 %). At 50 % and more:
    41 alarms, 35 came about, 6 were false; 13 came without an alarm. Brier score 0.030, of the
    base rate alone 0.100.
    """
    what = WARNINGS[told.warning]
    base = f"{what[0].upper()}{what[1:]} came about in {told.came_about:,} of {told.asked:,}"
    level = f"{100 * told.level:.0f} %"
    if told.alarms:
        were = "was" if told.false_alarms == 1 else "were"
        alarms = (
            f"At {level} and more: {counted(told.alarms, 'alarm')}, {_none(told.hits)} came about, "
            f"{told.false_alarms:,} {were} false; {_none(told.missed)} came without an alarm."
        )
    else:
        alarms = f"It was never said to be {level} or more; {_none(told.missed)} came."
    return (
        f"{base} (base rate {percent(told.base_rate)}). {alarms} Brier score {told.brier:.3f}, of "
        f"the base rate alone {told.base_brier:.3f}."
    )


def _none(number: int) -> str:
    return f"{number:,}" if number else "none"


def nearest(warnings: Sequence[WarningItem], ahead: int) -> list[WarningItem]:
    """Give the record of each warning at a month ahead, or at the nearest that there is."""
    found: dict[str, WarningItem] = {}
    for told in warnings:
        before = found.get(told.warning)
        if before is None or abs(told.ahead - ahead) < abs(before.ahead - ahead):
            found[told.warning] = told
    return [found[name] for name in WARNINGS if name in found]


def ahead_in_words(ahead: int) -> str:
    """Say how many months ahead; 0 stands for all together.

    Examples
    --------
    >>> ahead_in_words(3), ahead_in_words(0)
    ('3 months ahead', 'all months ahead')
    """
    return f"{counted(ahead, 'month')} ahead" if ahead else "all months ahead"


def base_rate(listed: WatchList, warning: str) -> float | None:
    """Give the base rate of a warning in hindcasts so far ahead; None if there are none."""
    told = listed.hindcast.warnings if listed.hindcast else []
    return next(
        (each.base_rate for each in nearest(told, listed.ahead) if each.warning == warning), None
    )


def hindcast_in_words(told: HindcastItem) -> str:
    """Say what stands behind the record of earlier issues."""
    return (
        f"Hindcasts of {say_month(told.first)} to {say_month(told.last)} by a model that was "
        f"trained to {say_month(told.trained_to)} and had seen nothing later. In countries with "
        f"deaths in the year before, {100 * told.covered:.0f} % of the months lay within intervals "
        "that should hold 90 %."
    )


def settled_in_words(told: SettledItem) -> str:
    """Say what came of what stands in the ledger."""
    kind = (
        "Live, written down before the month began"
        if told.standing == "live"
        else "In hindsight, written down when the month had begun or was over"
    )
    beside = ", ".join(f"{plain(name)} {score:.3f}" for name, score in told.beside.items())
    return (
        f"{kind}: {counted(told.issues, 'issue')}, {counted(told.months, 'month')} of countries "
        f"from {say_month(told.first)} to {say_month(told.last)}, as {plain(told.by)} counts them. "
        f"{100 * told.covered:.0f} % lay within their 90 % intervals. CRPS of log deaths "
        f"{told.score:.3f}" + (f"; simple methods: {beside}." if beside else ".")
    )


def beside_in_words(month: MonthItem) -> str:
    """Say what simple methods answer for a month; empty if there are none.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> zero = SimpleNamespace(low=0, median=0, high=0, deadly=0.0)
    >>> beside_in_words(SimpleNamespace(month=date(2031, 5, 1), beside={"zero": zero}))
    'Simple methods for May 2031: zero 0 (0–0), ≥25 under 1 %.'
    """
    told = [
        f"{plain(name)} {deaths(each.median)} ({interval(each)}), ≥25 {percent(each.deadly)}"
        for name, each in month.beside.items()
    ]
    return f"Simple methods for {say_month(month.month)}: {'; '.join(told)}." if told else ""


def driver_in_words(told: DriverItem) -> str:
    """Say what a forecast would be without a part of what is known.

    Examples
    --------
    >>> driver_in_words(DriverItem(part="the last three months", probability=0.8, without=0.35))
    'without the last three months 35 % instead of 80 %'
    """
    return (
        f"without {plain(told.part)} {percent(told.without)} instead of {percent(told.probability)}"
    )


def moves(told: DriverItem) -> bool:
    """Tell whether a forecast would be another without a part of what is known."""
    return abs(told.probability - told.without) >= MOVES


def rests_on(country: CountryItem, most: int = 3) -> str:
    """Say what a forecast rests on: the parts that move it most; empty where nobody asked."""
    moved = sorted(
        country.drivers, key=lambda each: abs(each.probability - each.without), reverse=True
    )
    told = [each for each in moved[:most] if moves(each)]
    if country.drivers and not told:
        return "at least 25 deaths would be as likely without any single part of what is known"
    return "; ".join(driver_in_words(each) for each in told)


def misses_of(listed: WatchList) -> str:
    """Say whose misses are told."""
    if listed.misses and listed.previous:
        return f"Biggest misses of the last issue, seen to {say_month(listed.previous)}"
    return "Biggest misses of hindcasts, one month ahead"


def miss_in_words(told: MissItem) -> str:
    """Say what was forecast and what came."""
    return (
        f"{say_month(told.month)}, {counted(told.ahead, 'month')} ahead: said "
        f"{deaths(told.median)} ({interval(told)}), counted {deaths(told.counted)}"
    )


def findings(listed: WatchList, column: int) -> list[str]:
    """Say in a few sentences what a list shows for one of its months."""
    month = listed.months[column]
    likely = [each for each in listed.countries if each.months[column].deadly >= 0.55]
    war = [each for each in listed.countries if each.months[column].war >= 0.2]
    told = [
        f"In {say_month(month)}, at least 25 deaths are likely (55 % and more) in "
        f"{len(likely):,} of {len(listed.countries):,} countries."
    ]
    if war:
        names = ", ".join(
            f"{plain(each.name)} {percent(each.months[column].war)}" for each in war[:5]
        )
        told.append(f"At least 1,000 deaths in that month: {names}.")
    risen = sorted(
        (each for each in listed.countries if each.months[column].was_deadly is not None),
        key=lambda each: (each.months[column].was_deadly or 0) - each.months[column].deadly,
    )
    up = [each for each in risen[:3] if change(each.months[column]) not in {"0", ""}]
    up = [each for each in up if change(each.months[column]).startswith("+")]
    if up:
        names = ", ".join(
            f"{plain(each.name)} (from {percent(each.months[column].was_deadly or 0.0)} to "
            f"{percent(each.months[column].deadly)})"
            for each in up
        )
        told.append(f"Risen most since last month’s issue: {names}.")
    first = most_likely_onsets(listed, column)[:3]
    if first:
        names = ", ".join(
            f"{plain(each.name)} {percent(each.months[column].onset or 0.0)}" for each in first
        )
        told.append(f"Of countries without a death in a year, likeliest to see one: {names}.")
    return told


def most_likely_onsets(listed: WatchList, column: int) -> list[CountryItem]:
    """Order the quiet countries by their probability of an onset."""
    return sorted(
        (each for each in listed.quiet if each.months[column].onset is not None),
        key=lambda each: (-(each.months[column].onset or 0.0), each.name),
    )
