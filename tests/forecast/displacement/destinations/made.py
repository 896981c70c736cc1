"""Small invented countries: people flee from some places over some roads to some camps."""

from dataclasses import replace
from datetime import date

import numpy as np

from foreshock.core.network import (
    Closure,
    ClosureKind,
    Counted,
    CountedCamp,
    Network,
    Road,
    Site,
    SiteKind,
)
from foreshock.forecast.displacement.destinations.gravity import Rules
from foreshock.forecast.displacement.destinations.taught import Taught

SITES = (
    Site(name="angora", kind=SiteKind.CONFLICT, country="gondal", population=40_000),
    Site(name="elbe", kind=SiteKind.CONFLICT, country="gondal", population=9_000),
    Site(name="regina", kind=SiteKind.TOWN, country="gondal"),
    Site(name="zedora", kind=SiteKind.CAMP, country="gaaldine", population=900),
    Site(name="alcona", kind=SiteKind.CAMP, country="gaaldine", population=500),
    Site(name="exina", kind=SiteKind.CAMP, country="almedore", population=100),
)
ROADS = (
    Road(first=0, second=1, km=40.0),
    Road(first=1, second=2, km=55.0),
    Road(first=2, second=3, km=120.0),
    Road(first=2, second=4, km=90.0),
    Road(first=0, second=5, km=300.0),
)


def shut(kind: str, first: str, second: str = "", start: int = 0, end: int | None = None):
    return Closure(kind=ClosureKind(kind), first=first, second=second, start=start, end=end)


def network(days: int = 120, closures=(), roads=ROADS, sites=SITES, name="gondal") -> Network:
    """Fighting at angora from the first day, at elbe from day 20."""
    conflict = np.zeros((days, len(sites)))
    for at, site in enumerate(sites):
        if site.name == "angora":
            conflict[:, at] = 1.0
        if site.name == "elbe":
            conflict[20:, at] = 1.0
    return Network(
        name=name, start=date(2031, 5, 1), days=days, sites=sites, roads=tuple(roads),
        closures=tuple(closures), conflict=conflict,
    )  # fmt: skip


def counted(days: int = 120, every: int = 10, growth=(3.0, 6.0, 1.0)) -> Counted:
    """Each camp is reported every few days and grows steadily."""
    at = np.arange(0, days, every)
    camps = [
        CountedCamp(name=name, days=at, people=rate * at.astype(float) * 10)
        for name, rate in zip(("zedora", "alcona", "exina"), growth, strict=True)
    ]
    return Counted(camps=tuple(camps))


def taught(**changed) -> Taught:
    rules = Rules(
        distance=(1.0, 2.0), opening=(1.0, 4.0), population=(0.0, 1.0), recency=(0.0, 1.0)
    )
    plain = Taught(
        rules=rules, weights=np.full(len(rules), 1 / len(rules)), spread=2.0, registration=0.1,
        growth=0.5, errors=(-0.2, 0.0, 0.3),
    )  # fmt: skip
    return replace(plain, **changed)
