"""From a case's picture to its outlook: which pairs may be forecast, how, and what carries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np

from foreshock import __version__
from foreshock.assess.picture import Picture
from foreshock.assess.series.counting import CaseSeries, case_series, joined
from foreshock.assess.series.nowcast import nowcast_of
from foreshock.case.about import CaseFile
from foreshock.case.feeds import Feed
from foreshock.core.digest import digest
from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import ForecastRefused, StaleFeed
from foreshock.core.following import Following
from foreshock.core.outlook import Driver, Outlook, Reproduction, Shift
from foreshock.core.series import DailySeries
from foreshock.forecast import baselines
from foreshock.forecast.escalation.excitation.fit import Fitted as FittedExcitation
from foreshock.forecast.escalation.excitation.fit import fit
from foreshock.forecast.escalation.excitation.handing_on import following
from foreshock.forecast.escalation.excitation.meaning import (
    at_mode,
    drivers,
    refusal_of_horizon,
    reproduction,
)
from foreshock.forecast.escalation.excitation.model import Excitation, pair_edges
from foreshock.forecast.escalation.excitation.placebo import placebo
from foreshock.forecast.escalation.futures import Futures, futures, learners, pasts, totals
from foreshock.forecast.escalation.negative_binomial import Mixture
from foreshock.forecast.escalation.pool import FROZEN
from foreshock.forecast.escalation.prior import Taught, bundled
from foreshock.forecast.escalation.shifts import shifts_of

MODEL = "escalation pool"

LEAST_EVENTS = 5
LEAST_DAYS = 180
"""A pair needs so many events on record, and a feed so many observed days, to be forecast."""

THIN = 20
"""Events below which a series is thinner than any that the pool was evaluated on."""

WORLDS = 20
"""Completed worlds that forecast, each with parameters of its own: each costs a run of filters."""

DRAWS = 120
EXCITATION_DAYS = 1096
PLACEBOS = 39
LONG = 30


@dataclass(frozen=True, eq=False)
class _Feed:
    """A feed's series as they may have been, and which of them are forecast."""

    seen: CaseSeries
    worlds: tuple[DailySeries, ...]
    names: tuple[str, ...]
    withheld: Mapping[str, str]


def project(
    picture: Picture,
    case: CaseFile,
    *,
    members: int = 10_000,
    seed: int = 0,
    horizon: int = 30,
    executor: Executor | None = None,
    taught: Taught | None = None,
) -> Outlook:
    """Forecast the pairs of a case.

    Parameters
    ----------
    picture : Picture
        What the evidence of the day amounts to.
    case : CaseFile
        Its ``series`` declare what is counted, since when, and how late it becomes known.
    members, seed, horizon : int
        Equally likely futures, seed of their draws, days ahead.
    executor : concurrent.futures.Executor, optional
        Changes nothing but the time it takes.
    taught : Taught, optional
        The prior; the bundled one if not given.

    Raises
    ------
    ForecastRefused
        If the case declares no series, none of them has evidence enough, or the horizon is longer
        than may be told.
    StaleFeed
        If nothing has come in for too long.
    """
    if members < 1 or horizon < 1:
        raise ForecastRefused(f"{members} members over {horizon} days", expected="at least 1 each")
    prior = taught or bundled()
    day = picture.evidence.as_of
    if day <= date.fromisoformat(prior.provenance.last):
        raise ForecastRefused(
            f"the method learned from events up to {prior.provenance.last}, which nobody knew on "
            f"{day}",
            expected="an as-of after the last event that it learned from",
            mend="choose a later as-of; a forecast that knows the future is none",
        )
    feeds = [_feed(picture, row.told(), seed) for row in case.series]
    if not feeds:
        raise ForecastRefused(
            "the case declares no series to forecast",
            where="case.yaml",
            mend="declare `series`: which pairs, since when, how late acts become known",
        )
    told = [feed for feed in feeds if feed.names]
    withheld = {name: why for feed in feeds for name, why in feed.withheld.items()}
    if not told:
        every = "; ".join(f"{name}: {why}" for name, why in withheld.items())
        raise ForecastRefused(
            f"too little evidence of any pair ({every})",
            mend="add dated claims of their acts; a guess would look like a forecast",
        )
    parts = [_forecast(feed, picture, prior, members, seed, horizon, executor) for feed in told]
    observed = joined([feed.seen.likeliest for feed in feeds])
    config = digest(
        MODEL, __version__, asdict(FROZEN), prior.digest, members, horizon, WORLDS, DRAWS,
        [[row.model_dump(mode="json") for row in case.series]],
    )  # fmt: skip
    return Outlook(
        as_of=day,
        model=MODEL,
        config=config,
        seed=seed,
        observed=observed,
        ensembles=_side_by_side([part.futures.ensembles for part in parts]),
        baselines=_baselines(told, members, seed, horizon),
        withheld=withheld,
        thin=_thin(told),
        drivers=tuple(driver for part in parts for driver in part.drivers),
        reproduction=parts[0].reproduction if len(parts) == 1 else None,
        shifts=tuple(shift for part in parts for shift in part.shifts),
        places=_places(picture, case),
        sources={
            name: ids for feed in told for name, ids in feed.seen.sources.items()
            if name in feed.names
        },
        notes=(*_notes(told, prior), *(note for part in parts for note in part.notes)),
        following=tuple(part.following for part in parts),
    )  # fmt: skip


def _feed(picture: Picture, declared: Feed, seed: int) -> _Feed:
    seen = case_series(picture.evidence, picture.events, picture.tallies, declared, seed=seed)
    try:
        seen.require_fresh()
    except StaleFeed as stale:
        return _Feed(seen, (), (), dict.fromkeys(seen.names, f"the feed is stale: {stale.what}"))
    withheld: dict[str, str] = {}
    for column, name in enumerate(seen.names):
        events = int(seen.likeliest.counts[:, column].sum())
        if seen.likeliest.days < LEAST_DAYS:
            withheld[name] = (
                f"only {seen.likeliest.days} days were collected, of at least {LEAST_DAYS}"
            )
        elif events < LEAST_EVENTS:
            many = f"{events} act{'' if events == 1 else 's'}"
            withheld[name] = f"only {many} on record, of at least {LEAST_EVENTS}"
    names = tuple(name for name in seen.names if name not in withheld)
    if not names:
        return _Feed(seen, (), (), withheld)
    completed = nowcast_of(seen, draws=WORLDS, seed=seed)
    worlds = tuple(completed.completed(draw) for draw in range(WORLDS))
    return _Feed(seen, worlds, names, withheld)


@dataclass(frozen=True, eq=False)
class _Part:
    futures: Futures
    drivers: tuple[Driver, ...]
    reproduction: Reproduction
    shifts: tuple[Shift, ...]
    following: Following
    notes: tuple[str, ...]


def _forecast(
    feed: _Feed,
    picture: Picture,
    prior: Taught,
    members: int,
    seed: int,
    horizon: int,
    executor: Executor | None,
) -> _Part:
    model = _excitation(feed.seen.names, picture)
    # Five years ago says little of how acts follow each other now, and costs as much to fit.
    recent = min(feed.worlds[0].days, EXCITATION_DAYS)
    likeliest = feed.worlds[0].window(recent).counts
    excited: FittedExcitation = fit(
        likeliest, model, prior=prior.excitation, draws=DRAWS, seed=seed
    )
    beside = placebo(
        likeliest, model, prior=prior.excitation, replicates=PLACEBOS, seed=seed,
        executor=executor,
    )  # fmt: skip
    number = reproduction(excited.draws, beside, mode=at_mode(excited))
    refused = refusal_of_horizon(horizon, number)
    if refused:
        raise ForecastRefused(
            refused, expected=f"at most {LONG} days", mend=f"ask for --horizon {LONG}"
        )
    learned = learners(feed.seen.likeliest, prior)
    made = futures(
        feed.worlds, feed.names, prior, learned, excited.draws,
        members=members, days=horizon, seed=seed, executor=executor,
    )  # fmt: skip
    attributed = [
        driver for driver in drivers(excited.draws, likeliest, least=0.01)
        if driver.series in feed.names
    ]  # fmt: skip

    def next_week(worlds: Sequence[DailySeries]) -> Mixture:
        return totals(pasts(worlds, feed.names), learned, "events", 7, seed=seed)

    notes = []
    if made.capped:
        notes.append(
            f"{made.capped} of {members} futures of the day-to-day model exploded and were held at "
            "a ceiling before the totals were set."
        )
    return _Part(
        made, tuple(attributed), number,
        shifts_of(feed.worlds, feed.names, next_week),
        following(excited.draws, feed.worlds, feed.names, members),
        tuple(notes),
    )  # fmt: skip


def _excitation(names: Sequence[str], picture: Picture) -> Excitation:
    """Lay the edges among the pairs of a feed, clients' acts included where a patron is known."""
    ties = [(tie.patron, tie.client) for tie in picture.patrons]
    return Excitation(names=tuple(names), edges=pair_edges(names, ties=ties))


def _side_by_side(parts: Sequence[Mapping[str, Ensemble]]) -> dict[str, Ensemble]:
    """Put the ensembles of several feeds into one, by measure; they have the same days."""
    if len(parts) == 1:
        return dict(parts[0])
    found = {}
    for measure in parts[0]:
        each = [part[measure] for part in parts]
        largest = [one.largest for one in each if one.largest is not None]
        found[measure] = Ensemble(
            np.concatenate([one.values for one in each], axis=2),
            each[0].first,
            tuple(name for one in each for name in one.series),
            measure,
            np.concatenate(largest, axis=2) if len(largest) == len(each) else None,
        )
    return found


def _baselines(
    feeds: Sequence[_Feed], members: int, seed: int, horizon: int
) -> dict[str, dict[str, Ensemble]]:
    """Give what simple methods say, from what had been counted and nothing else."""
    each = [
        baselines.outlook(
            feed.seen.likeliest.select(list(feed.names)), horizon, members=members, seed=seed
        )
        for feed in feeds
    ]
    shared = [name for name in each[0] if all(name in one for one in each)]
    return {name: _side_by_side([one[name] for one in each]) for name in shared}


def _thin(feeds: Sequence[_Feed]) -> dict[str, str]:
    found = {}
    for feed in feeds:
        for name in feed.names:
            events = int(feed.seen.likeliest.counts[:, feed.seen.likeliest.column(name)].sum())
            if events < THIN:
                years = feed.seen.likeliest.days / 365.25
                found[name] = (
                    f"{events} acts in {years:.1f} years; the method was tried on pairs with at "
                    f"least {THIN}"
                )
    return found


def _places(picture: Picture, case: CaseFile) -> frozenset[str] | None:
    """Give the case's region and all areas that hold it, for all of which the series count."""
    if not case.region:
        return None
    return frozenset({case.region, *picture.evidence.places.above(case.region)})


def _notes(feeds: Sequence[_Feed], prior: Taught) -> list[str]:
    about = prior.provenance
    notes = [
        f"Learned from {about.series} pairs of actors and {about.events:,} events of "
        f"{about.dataset} ({about.release}), {about.first} to {about.last}, which counts deadly "
        "events without saying who struck whom. The acts here are counted on another scale: the "
        "prior says how fighting moves, not how much of it there is.",
    ]
    for feed in feeds:
        notes.append(f"Feed {feed.seen.feed.name}: {feed.seen.feed.delay_basis.strip()}")
        notes.extend(feed.seen.notes)
    return notes
