"""Strain: the conflict share of each pair now, against its own past, and what moves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.relations.acts import Act, Acts
from foreshock.assess.relations.calibration import Skill, skill
from foreshock.assess.relations.discount import GRID, Foretold, foretell, learned
from foreshock.assess.relations.memory import (
    PRIOR,
    Counts,
    Floats,
    columns,
    remember,
    sunday_of,
    week_of,
)
from foreshock.assess.relations.share import Share, Span, above, difference, shares
from foreshock.core.random import stream

CHANNELS = ("deed", "word")

RECENT = timedelta(days=30)
"""Acts of so many days are listed, with how far each moves the share."""

HISTORY = timedelta(weeks=52 * 20)
"""Acts of a generation ago say nothing of a relation; without an end, nor would the memory have."""

REFERENCE = (730, 183)
"""A pair's own past: from two years to half a year before the as-of, in days."""

WORLDS = 40
"""Imputed worlds: in each, every event happened or not with the probability of its belief."""

SEED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An act of the last 30 days, and by how much the share would differ without it."""

    act: Act
    pull: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The share at the end of a week."""

    end: date
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One pair in deeds or in words.

    Attributes
    ----------
    name : {'deed', 'word'}
    acts : tuple of Act
        All acts of the pair in this channel, by day.
    now : Share
        At the end of the as-of.
    discount : float
        The discount in use: what a week leaves of the memory, 0–1.
    reference : Share
        Of the acts of `REFERENCE`, each counted in full.
    excess : Span
        Share now less the reference share.
    probability_up : float
        That the share now is above the reference.
    with_clients : Share or None
        The second reading, with clients' acts counted as their patron's; None without such acts.
    moved : tuple of Moved
        The acts of the last 30 days, clients' acts included (pull 0), strongest pull first.
    deadly_before : float
        Conflictual acts that killed, per 30 days of the reference.
    issues : mapping of str to Share
        The share in each matter, at the same discount.
    weeks : tuple of Week
        From the pair's first act to the as-of.
    skill : Skill or None
        How well the signs of its acts were foretold; None before the second week with acts.
    """

    name: str
    acts: tuple[Act, ...]
    now: Share
    discount: float
    reference: Share
    excess: Span
    probability_up: float
    with_clients: Share | None
    moved: tuple[Moved, ...]
    deadly_before: float
    issues: Mapping[str, Share]
    weeks: tuple[Week, ...]
    skill: Skill | None

    @property
    def enough(self) -> bool:
        """Whether both the share now and the reference rest on enough evidence to compare."""
        return self.now.enough and self.reference.enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """A pair of actors."""

    a: str
    b: str
    deeds: Channel
    words: Channel


def strain(acts: Acts, as_of: date, focus: Sequence[str] = ()) -> list[Dyad]:
    """Work out the strain of every pair in focus.

    Parameters
    ----------
    acts : Acts
        The signed acts known by the as-of.
    as_of : datetime.date
    focus : sequence of str
        Actors in focus. Pairs of two of them come first, in their order; then pairs of one of them
        with any other actor, if either channel holds enough evidence. Without a focus, all pairs.

    Returns
    -------
    list of Dyad
        Pairs without any act are left out.
    """
    focus = list(dict.fromkeys(focus))
    every = acts.pairs()
    told = {pair: _by_channel(acts.between(*pair), as_of) for pair in every}
    foretold = {
        channel: {pair: foretell(found[channel]) for pair, found in told.items()}
        for channel in CHANNELS
    }
    inner = [(a, b) for i, a in enumerate(focus) for b in focus[i + 1 :]] if focus else every
    outer = [pair for pair in every if len(set(pair) & set(focus)) == 1]
    dyads = []
    for a, b in (*inner, *outer):
        pair = min(a, b), max(a, b)
        own = told.get(pair) or _by_channel(acts.between(a, b), as_of)
        clients = _by_channel(acts.by_clients(a, b), as_of)
        if not any(own.values()):
            continue
        sources = {
            channel: _Source(
                own[channel],
                clients[channel],
                [each for other, each in foretold[channel].items() if other != pair],
                as_of,
            )
            for channel in CHANNELS
        }
        if (a, b) in inner or any(source.now.enough for source in sources.values()):
            deeds, words = (sources[channel].channel(channel) for channel in CHANNELS)
            dyads.append(Dyad(a=a, b=b, deeds=deeds, words=words))
    # Pairs of which nothing can be said come last, though in the same order.
    return sorted(dyads, key=lambda d: not (d.deeds.now.enough or d.words.now.enough))


def _by_channel(acts: Sequence[Act], as_of: date) -> dict[str, list[Act]]:
    lately = [act for act in acts if as_of - HISTORY < act.day <= as_of]
    return {channel: [act for act in lately if act.channel == channel] for channel in CHANNELS}


class _Source:
    """What the figures of one pair in one channel are worked out from."""

    def __init__(
        self, acts: Sequence[Act], clients: Sequence[Act], others: Sequence[Foretold], as_of: date
    ) -> None:
        self.acts, self.clients, self.others, self.as_of = acts, clients, others, as_of
        self.last = week_of(as_of)
        self.first = week_of(acts[0].day) if acts else self.last
        self.own = foretell(acts)
        self.discounts = learned(self.own, others, range(self.first + 1, self.last + 2))
        self.now = self._now(acts)

    def channel(self, name: str) -> Channel:
        """Work out everything that is said of the channel."""
        before = _reference(self.acts, self.as_of)
        everything = sorted([*self.acts, *self.clients], key=lambda act: (act.day, act.event))
        return Channel(
            name=name,
            acts=tuple(self.acts),
            now=self.now,
            discount=float(GRID[self.discounts[-1]]),
            reference=before,
            excess=difference(self.now, before),
            probability_up=above(self.now, before),
            with_clients=self._now(everything) if self.clients else None,
            moved=_moved(self.acts, self.clients, GRID[self.discounts[-1]], self.as_of),
            deadly_before=_deadly_rate(self.acts, self.as_of),
            issues={
                issue: self._now([act for act in self.acts if act.issue == issue])
                for issue in sorted({act.issue for act in self.acts if act.issue})
            },
            weeks=self._weeks(),
            skill=skill(self.own, learned(self.own, self.others, self.own.weeks.tolist())),
        )

    def _now(self, acts: Sequence[Act]) -> Share:
        return share_by_week(acts, self.discounts[-1:], self.last)[-1]

    def _weeks(self) -> tuple[Week, ...]:
        if not self.acts:
            return ()
        found = share_by_week(self.acts, self.discounts, self.last)
        return tuple(
            Week(end=sunday_of(self.first + index), share=each) for index, each in enumerate(found)
        )


def imputed(acts: Sequence[Act], worlds: int = WORLDS) -> Floats:
    """Draw the worlds: shape (acts, worlds), 1 where the event took place in that world.

    Each event has random numbers of its own, so it happens in the same worlds whatever else is
    known and whichever pair is asked for.
    """
    drawn = np.empty((len(acts), worlds))
    for index, act in enumerate(acts):
        drawn[index] = _uniform(act.event, worlds) < act.probability
    return drawn


@lru_cache(maxsize=100_000)
def _uniform(event: str, worlds: int) -> Floats:
    return stream(SEED, "imputed world", event).random(worlds)


def share_by_week(acts: Sequence[Act], discounts: NDArray[np.int64], last: int) -> list[Share]:
    """Give the share at the end of each of the last weeks.

    Parameters
    ----------
    acts : sequence of Act
    discounts : ndarray of int, shape (weeks,)
        Positions in the grid of the discounts in use, the last one in the week ``last``.
    last : int
        Number of the last week.
    """
    weeks, _, conflictual, weights = columns(acts)
    number = len(discounts)
    used, at = np.unique(discounts, return_inverse=True)
    rows, first = np.arange(number), last - number + 1
    counts = remember(
        weeks, weeks, conflictual, weights[:, None] * imputed(acts), GRID[used], first, last
    )
    chosen = Counts(
        counts.conflictual[rows, at], counts.cooperative[rows, at], counts.squared[rows, at]
    )
    return shares(chosen, GRID[discounts])


def _reference(acts: Sequence[Act], as_of: date) -> Share:
    """Share of the acts of the reference window, none of them faded."""
    there = [act for act in acts if _in_reference(act, as_of)]
    weights = np.array([act.weight for act in there])[:, None] * imputed(there)
    signs = np.array([act.conflictual for act in there], dtype=bool)
    conflictual, cooperative = weights[signs].sum(0), weights[~signs].sum(0)
    counts = Counts(conflictual[None], cooperative[None], (conflictual + cooperative)[None])
    return shares(counts, np.ones(1))[0]


def _in_reference(act: Act, as_of: date) -> bool:
    start, end = REFERENCE
    return end <= (as_of - act.day).days <= start


def _deadly_rate(acts: Sequence[Act], as_of: date) -> float:
    start, end = REFERENCE
    deadly = sum(1 for act in acts if is_deadly(act) and _in_reference(act, as_of))
    return deadly * RECENT.days / (start - end + 1)


def is_deadly(act: Act) -> bool:
    """Whether a conflictual act killed, by anybody's count."""
    return act.conflictual and act.deaths is not None and act.deaths > 0


def _moved(
    acts: Sequence[Act], clients: Sequence[Act], discount: float, as_of: date
) -> tuple[Moved, ...]:
    """Give the acts of the last days with their pull on the expected share."""
    ages = np.array([week_of(as_of) - week_of(act.day) for act in acts])
    faded = np.array([act.weight * act.probability for act in acts]) * discount**ages
    signs = np.array([act.conflictual for act in acts], dtype=bool)
    mass, conflictual = 2 * PRIOR + faded.sum(), PRIOR + faded[signs].sum()
    moved = [
        Moved(act=act, pull=float(conflictual / mass - (conflictual - sign * part) / (mass - part)))
        for act, sign, part in zip(acts, signs, faded, strict=True)
        if act.day > as_of - RECENT
    ]
    moved.sort(key=lambda each: (-abs(each.pull), each.act.event))
    through = [Moved(act=act, pull=0.0) for act in clients if act.day > as_of - RECENT]
    return (*moved, *through)
