"""What a what-if comes to, in the words and numbers that the terminal and the page share."""

from __future__ import annotations

from collections.abc import Callable

from foreshock.brief.displacement_words import people, per_cent, place_name
from foreshock.brief.forecast_words import NOUNS, futures
from foreshock.brief.items import PlaceItem
from foreshock.brief.supposed import AssumptionItem, DifferenceItem, InterventionItem, SupposedBrief
from foreshock.core.time import say_day

PARTS = ("fighting", "flight", "control")

SHOWN = 8
"""Places that are told at once: those that move most."""

MATTERS = 0.005
"""Probabilities that move by less are not listed."""

MINUS = "−"

TOUCHED = "Where touched: the mean difference in the futures in which it comes about."


def interventions_in_words(item: InterventionItem, brief: SupposedBrief) -> tuple[str, str]:
    """Say what is supposed and from when; and in how many futures it comes about."""
    since = f"from {say_day(item.first)}"
    if item.days is not None:
        since += f" for {item.days} days"
    if item.condition:
        since += f", once there are {item.condition}"
    lasting = f"in force on {say_day(brief.last)} {_in_futures(item.in_force)}"
    return (
        f"{item.text} Can set in {since}.",
        f"Comes about {_in_futures(item.set_in)}; {lasting}.",
    )


def size(item: AssumptionItem) -> str:
    """Write what was entered; a factor with its sign.

    Examples
    --------
    >>> from datetime import date
    >>> size(AssumptionItem(what="acts", factor=True, low=0.1, high=0.5, basis="assumed",
    ...                     sources=[], assumed_by="the compilers", estimated="", note="",
    ...                     entered=date(2031, 5, 1)))
    '× 0.1 to 0.5'
    """
    entered = f"{item.low:g}" if item.low == item.high else f"{item.low:g} to {item.high:g}"
    return f"× {entered}" if item.factor else entered


def basis(item: AssumptionItem) -> str:
    """Say whether a number was estimated or assumed, and by whom."""
    return item.basis + (f" by {item.assumed_by}" if item.assumed_by else "")


def why(item: AssumptionItem) -> str:
    """Say how a number was come by."""
    return " ".join(each for each in (item.estimated, item.note) if each)


def is_whole(item: DifferenceItem, brief: SupposedBrief) -> bool:
    """Whether a number is of all days, and not of a week of them."""
    return (item.last - item.first).days + 1 == brief.horizon


def measure(item: DifferenceItem, brief: SupposedBrief) -> str:
    """Say of what a number is, its pair left out."""
    match item.part, item.measure:
        case "fighting", _:
            whole = is_whole(item, brief)
            when = f"{brief.horizon} days" if whole else f"week to {_short(item)}"
            return f"{NOUNS[item.measure][1]}, {when}"
        case "flight", "arrivals":
            return f"reach {place_name(PlaceItem(id=item.of, name=item.name))}"
        case "flight", "displaced":
            return f"displaced, to {_short(item)}"
        case "flight", _:
            return f"cross to {item.name}, to {_short(item)}"
    return f"{item.name} changes hands" if item.chance else f"changes of hands, to {_short(item)}"


def numbers(item: DifferenceItem) -> tuple[str, str, str, str]:
    """Write a number as forecast and as supposed, the difference, and that where touched."""
    write = _people if item.part == "flight" else _share if item.chance else _few
    low, high = (_signed(each, write) for each in (item.low, item.high))
    return (
        write(item.forecast.mean),
        write(item.supposed.mean),
        f"{_signed(item.difference, write)} ({low} to {high})",
        "–" if item.where is None else _signed(item.where, write),
    )


def parted(part: str, brief: SupposedBrief) -> tuple[list[DifferenceItem], list[DifferenceItem]]:
    """Part the numbers of single places from the others.

    Returns
    -------
    others, places : list of DifferenceItem
        The others pair by pair; places by how far they move, without those whose probability
        hardly does.
    """
    others: list[DifferenceItem] = []
    places: list[DifferenceItem] = []
    for each in brief.of(part):
        (places if each.chance or each.measure == "arrivals" else others).append(each)
    names = [each.name for each in others]
    others.sort(key=lambda each: names.index(each.name))
    moved = (each for each in places if not each.chance or abs(each.difference) >= MATTERS)
    return others, sorted(moved, key=lambda each: -abs(each.difference))


def finding(part: str, brief: SupposedBrief) -> str:
    """Say what a part comes to over all days: of fighting, the acts that move most."""
    items = [each for each in parted(part, brief)[0] if each.measure != "deaths"]
    whole = [each for each in items if each.last == brief.last or is_whole(each, brief)]
    first = max(whole or items, key=lambda each: part == "fighting" and abs(each.difference))
    told = f"{measure(first, brief)}: {{}} as forecast, {{}} as supposed; difference {{}}"
    name = f"{first.name}, " if part == "fighting" else ""
    return f"{name}{told.format(*numbers(first))}."


def beside(part: str, brief: SupposedBrief) -> str:
    """Say what must be borne in mind of a part of the numbers; empty: nothing."""
    if part == "flight" and parted(part, brief)[1]:
        return (
            "Displaced counts all who flee, those who cross a border too. Shares of destinations "
            "are those of the forecast; of places reached, those that move most."
        )
    if part == "control" and not parted(part, brief)[1]:
        return "No place's chance of changing hands moves by a hundredth."
    if part != "fighting":
        return ""
    if brief.carried_on:
        return (
            "What is not done brings forth nothing, and what is added brings forth more, as far as "
            "the daily model has it."
        )
    return "Factors hold for acts all told; no pair moves but those that are named."


def how_to_read(brief: SupposedBrief) -> str:
    """Say what the numbers are, and what they are not."""
    control = brief.control_members or brief.members
    fewer = f", {control:,} for control" if control < brief.members else ""
    return (
        f"Means over {brief.members:,} futures{fewer}, each run as forecast and, with "
        f"the same luck, as supposed: {brief.turns} times, with other numbers out of what was "
        "entered. Where a few futures are far worse than the others, a "
        "mean lies above the middle that the brief tells. In parentheses nine paired differences "
        "of ten; of a probability, how far other draws might move the difference. The forecast "
        "stands in the ledger. What is supposed does not: it says what would follow from the "
        "numbers that were entered, and nothing of how likely they are."
    )


def speaks_from(brief: SupposedBrief) -> str:
    """Name the sheet, and the first as-of that sees it."""
    return f"Sheet: {brief.file}; it speaks from {say_day(brief.speaks_from)} on."


def _signed(value: float, write: Callable[[float], str]) -> str:
    """Write a difference with its sign, nothing as 0."""
    told = write(abs(value))
    if not any(digit in told for digit in "123456789"):
        return told
    return f"{MINUS if value < 0 else '+'}{told}"


def _in_futures(share: float) -> str:
    """Say in how many futures something comes about, if in any."""
    return futures(share) if share else "in none of the futures"


def _people(value: float) -> str:
    return people(round(value))


def _few(value: float) -> str:
    return f"{value:,.0f}" if value >= 99.5 or value == round(value) else f"{value:.1f}"


def _share(value: float) -> str:
    return f"{per_cent(value)} %"


def _short(item: DifferenceItem) -> str:
    return say_day(item.last).rpartition(" ")[0]
