"""Small invented networks, and people moved over them."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.core.network import Closure, ClosureKind, Network, Road, Site, SiteKind
from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement.modes import Mode
from foreshock.forecast.displacement.movement.pushing import given
from foreshock.forecast.displacement.movement.run import Moved, move, plan

START = date(2031, 5, 1)
CALM = MovementRules(default_movechance=0.5, conflict_movechance=1.0, camp_movechance=0.05)


def site(name: str, kind: str = "town", population: int = 0, **more: object) -> Site:
    """Make a site in gondal."""
    country = str(more.pop("country", "gondal"))
    return Site(
        name=name, kind=SiteKind(kind), population=population, country=country,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def network(
    sites: list[Site],
    roads: list[tuple[int, int, float]] | list[Road],
    *,
    days: int = 20,
    closures: list[tuple[str, str, str, int, int | None]] | None = None,
    conflict: NDArray[np.float64] | None = None,
) -> Network:
    """Make a network; without a table of fighting it is where a site is a place of fighting."""
    if conflict is None:
        conflict = np.zeros((days, len(sites)))
        conflict[:, [at for at, each in enumerate(sites) if each.kind is SiteKind.CONFLICT]] = 1.0
    return Network(
        name="gondal",
        start=START,
        days=len(conflict),
        sites=tuple(sites),
        roads=tuple(
            each if isinstance(each, Road) else Road(first=each[0], second=each[1], km=each[2])
            for each in roads
        ),
        closures=tuple(
            Closure(kind=ClosureKind(kind), first=first, second=second, start=start, end=end)
            for kind, first, second, start, end in closures or []
        ),
        conflict=conflict,
    )


def gondal(days: int = 20, **more: object) -> Network:
    """A place of fighting, a town, two camps, one of them abroad."""
    sites = [
        site("angora", "conflict_zone", 10_000, conflict_day=0),
        site("elbe"),
        site("regina", "camp", 150),
        site("zedora", "camp", 90, country="gaaldine"),
    ]
    roads = [(0, 1, 120.0), (1, 2, 90.0), (1, 3, 350.0), (0, 2, 500.0)]
    return network(sites, roads, days=days, **more)  # type: ignore[arg-type]


def moved(
    over: Network,
    rules: MovementRules = CALM,
    *,
    mode: Mode = Mode.FIXED,
    daily: list[int] | None = None,
    present: list[int] | None = None,
    seed: int = 0,
) -> Moved:
    """Move given people: 20 a day if nothing else is said."""
    numbers = np.full(over.days, 20) if daily is None else np.array(daily)
    first = None if present is None else np.array(present)
    return move(plan(over, rules, mode, given(over, numbers, first)), seed=seed)


def everybody(at: Moved) -> NDArray[np.int64]:
    """Give how many people there are, wherever they are, each evening."""
    total: NDArray[np.int64] = at.people.sum(axis=1) + at.under_way
    return total
