"""Outlooks to test with, made from draws: no model stands behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from foreshock.core.ensemble import Ensemble
from foreshock.core.outlook import BACKGROUND, Driver, Outlook, Reproduction, Shift
from foreshock.core.random import stream
from foreshock.core.series import DailySeries

PAIRS = ("gondal>ruritania", "ruritania>gondal")
AS_OF = date(2031, 5, 1)


def ensembles(
    as_of: date, names: Sequence[str], rates: Sequence[float], *, name: str, members: int,
    seed: int, days: int,
) -> dict[str, Ensemble]:  # fmt: skip
    """Poisson acts, of which each kills none to three."""
    shape = (members, days, len(names))
    events = stream(seed, name, "events").poisson(np.asarray(rates), shape)
    deaths = stream(seed, name, "deaths").binomial(3 * events, 0.4)
    first = as_of + timedelta(days=1)
    return {
        "events": Ensemble(events, first, tuple(names), "events"),
        "deaths": Ensemble(
            deaths, first, tuple(names), "deaths", largest=np.minimum(deaths, 3 * (events > 0))
        ),
    }


def past(as_of: date, names: Sequence[str], days: int = 90) -> DailySeries:
    """Counts that rise towards the as-of."""
    draws = stream(1, "past").poisson(np.linspace(0, 0.8, days)[:, None], (days, len(names)))
    return DailySeries(as_of - timedelta(days=days - 1), tuple(names), draws, 2.0 * draws)


def outlook(
    as_of: date = AS_OF,
    names: Sequence[str] = PAIRS,
    *,
    rates: Sequence[float] = (),
    members: int = 1000,
    seed: int = 7,
    horizon: int = 30,
    sources: Mapping[str, tuple[str, ...]] | None = None,
    **changes,
) -> Outlook:
    """Make an outlook of some pairs, the last of which is withheld if there are more than two."""
    rates = tuple(rates) or tuple(0.6 / (1 + 2 * index) for index in range(len(names)))
    size = {"members": members, "seed": seed, "days": horizon}
    made = Outlook(
        as_of=as_of,
        model="made up",
        config="c1",
        seed=seed,
        observed=past(as_of, names),
        ensembles=ensembles(as_of, names, rates, name="model", **size),
        baselines={
            name: ensembles(as_of, names, [rate * factor for rate in rates], name=name, **size)
            for name, factor in (("climatology", 0.3), ("persistence", 1.4))
        },
        thin={names[1]: "4 acts on record"},
        drivers=(
            Driver(series=names[0], source=names[0], kind="self", share=0.5, low=0.3, high=0.6),
            Driver(series=names[0], source=names[1], kind="reverse", share=0.2, low=0.1, high=0.4),
            Driver(
                series=names[0], source=BACKGROUND, kind="background", share=0.3, low=0.2, high=0.5
            ),
        ),
        reproduction=Reproduction(
            value=0.5, low=0.3, high=0.7, placebo=(0.1, 0.3, 0.5), distinct=False
        ),
        shifts=(
            Shift(
                series=names[0],
                condition="one more attack on the last day",
                measure="one or more acts in the next 7 days",
                before=0.9,
                after=0.94,
            ),
        ),
        sources=sources or {},
        notes=("Reports come in with a delay of 2 days.",),
    )
    return replace(made, **changes)


def projector(names: Sequence[str], **settings):
    """Give what stands in for the forecaster of the cycle: made-up futures of some pairs."""

    def project(picture, case, *, members, seed, horizon, executor=None):
        sources = {
            name: tuple(
                sorted(
                    event.id
                    for event in picture.events.values()
                    if event.type in {"ASSAULT", "COERCE"}
                    and any(_is_of(picture, a, b, event) for a, b in [name.split(">")])
                )
            )
            for name in names
        }
        return outlook(
            picture.evidence.as_of, names, members=members, seed=seed, horizon=horizon,
            sources=sources, **settings,
        )  # fmt: skip

    return project


def _is_of(picture, a: str, b: str, event) -> bool:
    root = picture.evidence.actors.root
    return a in map(root, event.actors) and b in map(root, event.recipients)
