"""Who sets out: how many people a day, and from where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import MovementError
from foreshock.core.network import Counted, Network
from foreshock.core.rules import MovementRules, Pushing
from foreshock.forecast.displacement.movement.schedule import Fought

Counts = NDArray[np.int64]


class Arrivals(NamedTuple):
    """How many people are there on day 0, and how many set out on each day.

    Attributes
    ----------
    present : ndarray of int, shape (site,)
        Who is at a site before anybody moves.
    daily : ndarray of int, shape (day,) or (day, site)
        Who sets out; empty where the fighting itself decides.
    debt : ndarray of int, shape (day,)
        By how many the counts had fallen: so many must be counted anew before more set out.
    total : ndarray of int, shape (day,)
        Sum of all that was counted to have come.
    """

    present: Counts
    daily: Counts
    debt: Counts
    total: Counts


def given(network: Network, daily: NDArray[np.integer], present: Counts | None = None) -> Arrivals:
    """Let given numbers set out.

    Parameters
    ----------
    network : Network
    daily : ndarray of int, shape (day,) or (day, site)
        Persons who set out on each day of the network: from places of fighting by their weights, or
        from each site as many as are given.
    present : ndarray of int, shape (site,), optional
        Who is at a site before anybody moves; nobody if not given.

    Raises
    ------
    MovementError
        If there is not one number from 0 on for each day, or for each site.
    """
    sites = len(network.sites)
    first = np.zeros(sites, np.int64) if present is None else np.asarray(present, np.int64)
    each = np.asarray(daily, np.int64)
    shapes = {(network.days,), (network.days, sites)}
    if each.shape not in shapes or first.shape != (sites,) or min(each.min(), *first) < 0:
        raise MovementError(
            f"{each.shape} people a day and {first.shape} present",
            where=network.name,
            expected=f"{network.days} numbers, each for {sites} sites or for all together, and "
            f"{sites} numbers, none below 0",
        )
    total = np.cumsum(each if each.ndim == 1 else each.sum(axis=1))
    return Arrivals(first, each, np.zeros(network.days, np.int64), total)


def counted(network: Network, rules: MovementRules, found: Counted) -> Arrivals:
    """Read off the counts how many set out, as Flee does.

    As many set out on a day as the counts have grown by. Where they shrink nobody is taken away;
    what they shrink by is a debt, and only growth beyond it sets people moving. This is known only
    afterwards: whoever predicts must give numbers of his own.

    Parameters
    ----------
    network : Network
    rules : MovementRules
    found : Counted

    Raises
    ------
    MovementError
        If a camp was never counted, or the total is asked for and was not counted.
    """
    present = np.zeros(len(network.sites), np.int64)
    by_camp = {camp.name: camp for camp in found.camps}
    for at in network.camps:
        name = network.sites[at].name
        if name not in by_camp:
            raise MovementError(
                f"camp {name!r} was never counted",
                where=network.name,
                mend="name its file in source_data/data_layout.csv",
            )
        if rules.insert_day0 and not rules.empty_camps_on_day0:
            present[at] = by_camp[name].interpolated([0], rules.hasten)[0]
        if not rules.empty_camps_on_day0:
            present[at] += _initial(network, at)
    grown, before = _growth(network, rules, found)
    daily, debt = np.zeros_like(grown), np.zeros_like(grown)
    if rules.pushing is not Pushing.COUNTED:
        return Arrivals(present, daily[:0], debt, np.zeros_like(grown))
    owed = 0
    for day, growth in enumerate(grown.tolist()):
        owing = growth - owed if day or not rules.insert_day0 else 0
        daily[day], owed = max(owing, 0), max(-owing, 0)
        debt[day] = owed
    return Arrivals(present, daily, debt, before + np.cumsum(grown))


def _initial(network: Network, at: int) -> int:
    text = network.sites[at].attributes.get("initial_idps", "").strip()
    try:
        return int(text or 0)
    except ValueError:
        raise MovementError(
            f"initial_idps of {network.sites[at].name!r} is {text!r}", expected="a whole number"
        ) from None


def _growth(network: Network, rules: MovementRules, found: Counted) -> tuple[Counts, int]:
    days = np.arange(network.days)
    camps = np.array([camp.interpolated(days, rules.hasten) for camp in found.camps]).sum(axis=0)
    if rules.sum_from_camps:
        counts = camps
    elif found.total is None:
        raise MovementError(
            "the total is to set people moving, and it was not counted",
            where=network.name,
            mend="name its file in source_data/data_layout.csv, or set spawn_rules.sum_from_camps",
        )
    else:
        counts = found.total.interpolated(days, rules.hasten)
    grown = np.diff(counts, prepend=0)
    if rules.empty_camps_on_day0:
        grown[0] = 0
    elif rules.sum_from_camps and found.total is not None:
        # On day 0 Flee adds the total to the sum of the camps.
        grown[0] += found.total.interpolated([0], rules.hasten)[0]
    return grown, 0


def room(network: Network, rules: MovementRules, found: Counted | None) -> Counts:
    """Give for each site how many it can take in, before `capacity_scaling`; below 1 is no limit.

    Who was counted on day 0 takes his place from the start. In a camp that was full then, no place
    is left, and as Flee reads that it is without limit.
    """
    capacity = np.array(
        [site.population // rules.hasten if site.is_camp else -1 for site in network.sites],
        np.int64,
    )
    if found is None or not rules.insert_day0 or rules.pushing is not Pushing.COUNTED:
        return capacity
    for camp in found.camps:
        at = next((at for at in network.camps if network.sites[at].name == camp.name), None)
        if at is not None and capacity[at] > 0:
            capacity[at] -= camp.interpolated([0], rules.hasten)[0]
    return capacity


class Origins(NamedTuple):
    """Who sets out on a day, as numbers at sites.

    Attributes
    ----------
    site, people : ndarray of int
        A row for each site from which somebody sets out.
    """

    site: NDArray[np.intp]
    people: Counts


def origins(
    network: Network,
    rules: MovementRules,
    arrivals: Arrivals,
    fought: Sequence[Fought],
    generator: np.random.Generator,
) -> Iterator[Origins]:
    """Draw day by day from where people set out.

    Each person starts, by himself, at a place of fighting with a probability in proportion to
    population, intensity and the factor for the age of the fighting there.

    Parameters
    ----------
    network : Network
    rules : MovementRules
    arrivals : Arrivals
    fought : sequence of Fought
    generator : numpy.random.Generator

    Yields
    ------
    Origins
        For each day.

    Raises
    ------
    MovementError
        If people are to set out and there is no fighting, or more than live there.
    """
    if arrivals.daily.ndim == 2:
        everywhere = np.arange(len(network.sites))
        yield from (Origins(everywhere, people) for people in arrivals.daily)
        return
    population = np.array(
        [0 if site.is_camp else site.population // rules.hasten for site in network.sites],
        np.int64,
    )
    entries = iter(fought)
    now, after = next(entries), next(entries, None)
    for day in range(network.days):
        while after is not None and after.day <= day:
            now, after = after, next(entries, None)
        if rules.pushing is Pushing.COUNTED:
            number = int(arrivals.daily[day])
            people = _shared_out(network, number, population[now.site], now, day, generator)
        else:
            people = _driven(rules, population[now.site], now, generator)
        if rules.take_from_population:
            population[now.site] -= people
            if np.any(population[now.site] < 0):
                raise MovementError(
                    f"on day {day} more people have set out than live where there is fighting",
                    where=network.name,
                    mend="correct the populations, or let spawn_rules.take_from_population be",
                )
        yield Origins(now.site, people)


def _shared_out(
    network: Network,
    number: int,
    population: Counts,
    now: Fought,
    day: int,
    generator: np.random.Generator,
) -> Counts:
    if number == 0:
        return np.zeros(len(now.site), np.int64)
    weight = population * now.intensity * now.decay
    total = float(weight.sum())
    if not total > 0:
        raise MovementError(
            f"{number:,} people are to set out on day {day}, and there is no populated place of "
            "fighting from which they could",
            where=network.name,
            mend="correct conflicts.csv or the populations",
        )
    return generator.multinomial(number, weight / total).astype(np.int64)


def _driven(
    rules: MovementRules, population: Counts, now: Fought, generator: np.random.Generator
) -> Counts:
    mean = rules.displaced_per_conflict_day * now.intensity
    match rules.pushing:
        case Pushing.POISSON:
            return generator.poisson(mean).astype(np.int64)
        case Pushing.SHARE_OF_POPULATION:
            return (mean * population).astype(np.int64)
        case _:
            return mean.astype(np.int64)


class ByDay(NamedTuple):
    """Who sets out on all days, as numbers at sites.

    Attributes
    ----------
    first : ndarray of int, shape (day + 1,)
        Where the rows of a day begin.
    site, number : ndarray of int
    """

    first: Counts
    site: Counts
    number: Counts


def by_day(drawn: Iterator[Origins]) -> ByDay:
    """Put all days into one table, without the sites from which nobody sets out."""
    days = [(day.site[day.people > 0], day.people[day.people > 0]) for day in drawn]
    first = np.cumsum([0, *(len(site) for site, _ in days)]).astype(np.int64)
    nothing = np.zeros(0, np.int64)
    return ByDay(
        first,
        np.concatenate([nothing, *(site for site, _ in days)]).astype(np.int64),
        np.concatenate([nothing, *(people for _, people in days)]).astype(np.int64),
    )


def in_order(
    drawn: Iterator[Origins], present: Counts, generator: np.random.Generator
) -> tuple[NDArray[np.int32], Counts]:
    """Put people in the order in which they are moved: those present first, then day by day.

    Returns
    -------
    at : ndarray of int, shape (person,)
        Site at which each starts.
    born : ndarray of int, shape (day + 1,)
        How many there are before each day's people, and in the end.
    """
    sites, born = [np.repeat(np.arange(len(present)), present)], [int(present.sum())]
    for day in drawn:
        each = np.repeat(day.site, day.people)
        generator.shuffle(each)
        sites.append(each)
        born.append(born[-1] + len(each))
    return np.concatenate(sites).astype(np.int32), np.array(born, np.int64)
