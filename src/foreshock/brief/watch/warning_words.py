"""Words of warnings: which countries are on alarm, and how such alarms turned out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foreshock.brief.forecast_words import percent
from foreshock.brief.watch.document import MonthItem, WatchList
from foreshock.brief.words import counted, plain
from foreshock.core.watch import Alarms, Warning, WarningRecord

WARNINGS = {
    "deadly": "at least 25 deaths in the month",
    "war": "at least 1,000 deaths in the month",
    "onset": "a death after a year without any",
    "doubled": "twice the mean month of the last year, and at least 25 deaths",
}
"""What may come about, by name."""

SHORT = {"deadly": "≥25", "war": "≥1,000", "onset": "onset", "doubled": "doubled"}

ALARM = (
    "An alarm is a probability of its level or more, before it is rounded: 14.6 % is told as 15 %, "
    "and is none from 15 % on. The levels are those at which hindcasts up to the last month that "
    "was seen had the fewest false alarms and misses for each that was right; where too few came, "
    "the usual ones. Most alarms of what is rare are false."
)


def warning_in_words(told: WarningRecord, levels: Mapping[Warning, float]) -> str:
    """Say how often what is warned of comes about, and how often warnings were false.

    Examples
    --------
    >>> from foreshock.core.watch import LEVELS, Alarms
    >>> told = WarningRecord(warning=Warning.DEADLY, ahead=3, asked=400, came_about=48,
    ...     alarms=tuple(Alarms(level, 41, 35) for level in LEVELS), brier=0.03, base_brier=0.106)
    >>> print(warning_in_words(told, {Warning.DEADLY: 0.4}))
    At least 25 deaths in the month came about in 48 of 400 (base rate 12 %). At 40 % and more:
    41 alarms, 35 came about, 6 were false; 13 came without an alarm. Brier score 0.030, of the
    base rate alone 0.106.
    """
    what = WARNINGS[told.warning]
    base = f"{what[0].upper()}{what[1:]} came about in {told.came_about:,} of {told.asked:,}"
    alarms = told.at(levels[told.warning])
    level, missed = percent(alarms.level), told.came_about - alarms.right
    if alarms.raised:
        were = "was" if alarms.false == 1 else "were"
        said = (
            f"At {level} and more: {counted(alarms.raised, 'alarm')}, {_none(alarms.right)} came "
            f"about, {alarms.false:,} {were} false; {_none(missed)} came without an alarm."
        )
    else:
        said = f"It was never said to be {level} or more; {_none(missed)} came."
    return (
        f"{base} (base rate {rate_in_words(told.base_rate)}). {said} Brier score {told.brier:.3f}, "
        f"of the base rate alone {told.base_brier:.3f}."
    )


def rate_in_words(rate: float) -> str:
    """Write a share of many cases: of rare things with a digit more than a forecast has.

    Examples
    --------
    >>> rate_in_words(0.082), rate_in_words(0.00412), rate_in_words(0.0), rate_in_words(0.0002)
    ('8 %', '0.4 %', '0 %', 'under 0.1 %')
    """
    if rate == 0:
        return "0 %"
    if rate < 0.001:
        return "under 0.1 %"
    return f"{100 * rate:.1f} %" if rate < 0.01 else percent(rate)


def _none(number: int) -> str:
    return f"{number:,}" if number else "none"


def turned_out(alarms: Alarms) -> str:
    """Say how many of some alarms were right.

    Examples
    --------
    >>> print(turned_out(Alarms(0.4, 240, 199)), turned_out(Alarms(0.15, 61, 10)), sep="; ")
    8 in 10 were right; one in 6 was right
    """
    if not alarms.right:
        return "none was right" if alarms.raised else "there was none yet"
    if 2 * alarms.right < alarms.raised:
        return f"one in {alarms.raised / alarms.right:.0f} was right"
    return f"{10 * alarms.right / alarms.raised:.0f} in 10 were right"


def is_alarm(listed: WatchList, month: MonthItem, warning: Warning) -> bool:
    """Tell whether a month of a country is on alarm, by its probability as it was forecast.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> listed = SimpleNamespace(levels={Warning.DOUBLED: 0.15})
    >>> month = SimpleNamespace(chance=lambda _: 0.146)
    >>> percent(month.chance("doubled")), is_alarm(listed, month, Warning.DOUBLED)
    ('15 %', False)
    """
    return (month.chance(warning) or 0.0) >= listed.levels[warning]


def alarms_in_words(listed: WatchList, column: int, most: int = 8) -> dict[str, str]:
    """Say, for each level of alarm, which countries have reached it, and how that turned out.

    Parameters
    ----------
    listed : WatchList
    column : int
        Which of its months.
    most : int
        Countries that are named.
    """
    records = nearest(listed.hindcast.warnings, listed.ahead) if listed.hindcast else []
    known = {told.warning: told.at(listed.levels[told.warning]) for told in records}
    found = {}
    for warning, level in sorted(listed.levels.items(), key=lambda each: [*Warning].index(each[0])):
        on = [each for each in listed.countries if is_alarm(listed, each.months[column], warning)]
        on.sort(key=lambda each: -(each.months[column].chance(warning) or 0.0))
        names = ", ".join(
            f"{plain(each.name)} {percent(each.months[column].chance(warning) or 0.0)}"
            for each in on[:most]
        )
        names += f" and {len(on) - most:,} more" if len(on) > most else ""
        record = f" In hindcasts {turned_out(known[warning])}." if warning in known else ""
        found[f"{SHORT[warning]} from {percent(level)}"] = f"{names or 'no country'}.{record}"
    return found


def nearest(warnings: Sequence[WarningRecord], ahead: int) -> list[WarningRecord]:
    """Give the record of each warning at a month ahead, or at the nearest that there is."""
    found: dict[Warning, WarningRecord] = {}
    for told in warnings:
        before = found.get(told.warning)
        if before is None or abs(told.ahead - ahead) < abs(before.ahead - ahead):
            found[told.warning] = told
    return [found[warning] for warning in Warning if warning in found]


def base_rate(listed: WatchList, warning: str) -> float | None:
    """Give the base rate of a warning in hindcasts so far ahead; None if there are none."""
    told = listed.hindcast.warnings if listed.hindcast else ()
    return next(
        (each.base_rate for each in nearest(told, listed.ahead) if each.warning == warning), None
    )
