"""Words of the watch list: numbers, changes, what a forecast rests on and what came of others."""

from __future__ import annotations

from datetime import date

from foreshock.brief.forecast_words import percent
from foreshock.brief.watch.document import BesideItem, CountryItem, MonthItem, Order, WatchList
from foreshock.brief.words import counted, likelihood, likelihood_range, plain
from foreshock.core.errors import ForeshockError
from foreshock.core.quantities import number
from foreshock.core.watch import Driver, Miss, WatchRecord
from foreshock.verify.watch_record import Settled

ORDERS: dict[Order, str] = {
    "median": "by the median of deaths",
    "high": "by the upper end of the 90 % interval of deaths",
    "deadly": "by P(≥25)",
    "war": "by P(≥1,000)",
    "doubled": "by P(twice the last year’s mean month)",
    "change": "by the rise of P(≥25) since the issue before",
}
"""What countries are ranked by, by name."""

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
    "Drivers: what would be said without a part of what is known. They say what carries a "
    "forecast, not what causes the fighting."
)


def order_named(text: str) -> Order:
    """Find an order by its name.

    Raises
    ------
    ForeshockError
        If there is none.

    Examples
    --------
    >>> order_named("size")
    Traceback (most recent call last):
    foreshock.core.errors.ForeshockError: --by: countries are not ranked by 'size'. Expected: one of
    median, high, deadly, war, doubled, change.
    """
    for order in ORDERS:
        if order == text:
            return order
    raise ForeshockError(
        f"countries are not ranked by {text[:40]!r}",
        where="--by",
        expected="one of " + ", ".join(ORDERS),
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


def interval(month: MonthItem | Miss | BesideItem) -> str:
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
    >>> [change(SimpleNamespace(change=points)) for points in (0.15, 0.01, None)]
    ['+15', '0', '']
    """
    if month.change is None:
        return ""
    points = round(100 * month.change)
    small = abs(month.change) < MOVES
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


def ahead_in_words(ahead: int) -> str:
    """Say how many months ahead; 0 stands for all together.

    Examples
    --------
    >>> ahead_in_words(3), ahead_in_words(0)
    ('3 months ahead', 'all months ahead')
    """
    return f"{counted(ahead, 'month')} ahead" if ahead else "all months ahead"


def hindcast_in_words(told: WatchRecord) -> str:
    """Say what stands behind the record of earlier issues."""
    return (
        f"Hindcasts of {say_month(told.first)} to {say_month(told.last)} by a model that was "
        f"trained to {say_month(told.trained_to)} and had seen nothing later. In countries with "
        f"deaths in the year before, {100 * told.covered:.0f} % of the months lay within intervals "
        "that should hold 90 %."
    )


def settled_in_words(told: Settled) -> str:
    """Say what came of what stands in the ledger."""
    kind = (
        "Live, written down before the month began"
        if told.standing == "live"
        else "In hindsight, written down when the month had begun or was over"
    )
    beside = ", ".join(f"{plain(name)} {score:.3f}" for name, score in told.beside.items())
    when = (
        f"in {say_month(told.first)}"
        if told.first == told.last
        else f"from {say_month(told.first)} to {say_month(told.last)}"
    )
    return (
        f"{kind}: {counted(told.issues, 'issue')}, {counted(told.months, 'month')} of countries "
        f"{when}, as {plain(told.by)} counts them. "
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


def driver_in_words(told: Driver) -> str:
    """Say what a forecast would be without a part of what is known.

    Examples
    --------
    >>> driver_in_words(Driver(part="the last three months", probability=0.8, without=0.35))
    'without the last three months 35 % instead of 80 %'
    """
    return (
        f"without {plain(told.part)} {percent(told.without)} instead of {percent(told.probability)}"
    )


def moves(told: Driver) -> bool:
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


def since(listed: WatchList) -> str:
    """Say which issue changes are against, what it was made of, and what was recounted since."""
    was = listed.previous
    if was is None:
        return "There is no issue of the month before to tell changes against."
    told = (
        f"Changes are against the issue seen to the end of {say_month(was.origin)}, for the same "
        f"months, written down on {was.issued_at:%Y-%m-%d}"
    )
    if was.vintage == listed.vintage and not was.changed:
        return f"{told}; it had counted its last year alike."
    of = "the same data" if was.vintage == listed.vintage else f"{plain(was.vintage)}"
    if not was.changed:
        return f"{told} of {of}, which counts its last year alike."
    return (
        f"{told} of {of}. Its last year was recounted since, so changes are partly the data’s: "
        f"{was.changed:,} of the {was.months:,} months in which anybody was counted killed, in "
        f"{'one country' if was.countries == 1 else f'{was.countries:,} countries'}; "
        f"{deaths(was.before)} deaths then, {deaths(was.now)} now."
    )


def misses_of(listed: WatchList) -> str:
    """Say whose misses are told."""
    if listed.misses and listed.previous:
        return f"Biggest misses of the last issue, seen to {say_month(listed.previous.origin)}"
    return "Biggest misses of hindcasts, one month ahead"


def miss_in_words(told: Miss) -> str:
    """Say what was forecast and what came."""
    return (
        f"{say_month(told.month)}, {counted(told.ahead, 'month')} ahead: said "
        f"{deaths(told.median)} ({interval(told)}), counted {deaths(told.counted)}"
    )


def findings(listed: WatchList, column: int) -> list[str]:
    """Say in a few sentences what a list shows for one of its months."""
    month = listed.months[column]
    likely = [each for each in listed.countries if each.months[column].deadly >= 0.55]
    war = sorted(
        (each for each in listed.countries if each.months[column].war >= 0.2),
        key=lambda each: -each.months[column].war,
    )
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
        (each for each in listed.countries if each.months[column].change is not None),
        key=lambda each: -(each.months[column].change or 0.0),
    )
    up = [each for each in risen[:3] if change(each.months[column]) not in {"0", ""}]
    up = [each for each in up if change(each.months[column]).startswith("+")]
    if up:
        names = ", ".join(
            f"{plain(each.name)} (from {percent(each.months[column].was_deadly or 0.0)} to "
            f"{percent(each.months[column].deadly)})"
            for each in up
        )
        told.append(f"Risen most since the issue before: {names}.")
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
