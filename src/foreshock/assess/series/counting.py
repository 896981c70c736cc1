"""Daily series of a case: its acts by pair and day, in many imputed worlds and in the likeliest.

Reports contradict each other, and some tell no day. In each imputed world every act happened with
the probability of its belief, on one of its possible days, and killed as many as one of its tellers
says; rival figures are never averaged. All draws of an act come from streams named after it, so
that another act, added or taken away, changes none of them. (Multiple imputation: Rubin 1987,
*Multiple Imputation for Nonresponse in Surveys*, doi:10.1002/9780470316696.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.disputes import Tally
from foreshock.assess.series.acts import CountedAct, Figure, counted_acts
from foreshock.assess.series.exposure import Exposure, exposure, require_fresh
from foreshock.case.feeds import Feed
from foreshock.core.errors import TimeError
from foreshock.core.random import stream
from foreshock.core.series import DailySeries
from foreshock.evidence.reconcile import Event
from foreshock.evidence.view import Evidence

WORLDS = 40
"""Imputed worlds, as many as the relations draw."""

LIKELY = 0.5
"""Belief from which on an act stands in the likeliest series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSeries:
    """Daily series of one feed of a case, as of a day.

    Attributes
    ----------
    feed : Feed
        What is counted, since when, and how late it becomes known.
    as_of : datetime.date
    likeliest : DailySeries
        Acts with a belief of at least `LIKELY`, on the middle one of their days, with the figure of
        the most believed origin for their dead; of origins believed alike the latest.
    worlds : tuple of DailySeries
        Imputed worlds, with the same names and days: from the feed's first day to the as-of. The
        last days lack what is not known yet (see `foreshock.assess.series.nowcast`).
    acts : mapping of str to tuple of CountedAct
        The acts behind each series, by middle day.
    untold_deaths : mapping of str to int
        Series with acts of which nobody tells a number of dead, and how many. The deaths of such a
        series are a lower bound.
    exposure : Exposure
        Reporting volume by day.
    notes : tuple of str
        What a reader of the numbers must know.
    """

    feed: Feed
    as_of: date
    likeliest: DailySeries
    worlds: tuple[DailySeries, ...]
    acts: Mapping[str, tuple[CountedAct, ...]]
    untold_deaths: Mapping[str, int]
    exposure: Exposure
    notes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the series, ``actor>recipient``."""
        return self.likeliest.names

    @property
    def first(self) -> date:
        """First day that was observed."""
        return self.likeliest.first

    @property
    def last(self) -> date:
        """Last day that was observed, if not to its end: the as-of."""
        return self.likeliest.last

    @property
    def sources(self) -> dict[str, tuple[str, ...]]:
        """Ids of the events behind each series."""
        return {name: tuple(act.event for act in acts) for name, acts in self.acts.items()}

    def require_fresh(self) -> None:
        """Refuse if nothing of the feed has become known for too long.

        Raises
        ------
        StaleFeed
            With the last day on which anything became known.
        """
        require_fresh(self.feed, self.exposure.last_known, self.as_of)


def case_series(
    evidence: Evidence,
    events: Mapping[str, Event],
    tallies: Iterable[Tally],
    feed: Feed,
    *,
    worlds: int = WORLDS,
    seed: int = 0,
) -> CaseSeries:
    """Count the acts of a feed by pair and day.

    Parameters
    ----------
    evidence : Evidence
        What could be known by the as-of.
    events : mapping of str to Event
        The events of that evidence.
    tallies : iterable of Tally
        Its tallies (see `foreshock.assess.disputes.tally`).
    feed : Feed
    worlds : int
        How many worlds to draw, at least 1.
    seed : int

    Returns
    -------
    CaseSeries

    Raises
    ------
    TimeError
        If nothing of the feed had been collected by the as-of.
    """
    as_of = evidence.as_of
    if feed.since > as_of:
        raise TimeError(
            f"nothing was collected by {as_of}",
            where=f"series {feed.name}",
            expected=f"an as-of from {feed.since} on",
            mend="a day that was not observed is no day without acts; choose a later as-of",
        )
    found = counted_acts(evidence, events, tallies, feed)
    shape = ((as_of - feed.since).days + 1, len(feed.names))
    likeliest, drawn = _Cells(1, shape), _Cells(worlds, shape)
    early: set[str] = set()
    for column, name in enumerate(feed.names):
        for act in found.by_series[name]:
            happened, row, dead = _drawn(act, feed.since, worlds, seed)
            drawn.add(happened, row, column, dead)
            middle = np.array([(act.middle - feed.since).days])
            central = np.array([act.figures[0].central if act.figures else 0.0])
            likeliest.add(np.array([act.belief >= LIKELY]), middle, column, central)
            if act.last < feed.since:
                early.add(act.event)
    counted = {
        name: tuple(act for act in acts if act.last >= feed.since)
        for name, acts in found.by_series.items()
    }
    untold = {name: sum(not act.figures for act in acts) for name, acts in counted.items()}
    return CaseSeries(
        feed=feed,
        as_of=as_of,
        likeliest=likeliest.series(feed)[0],
        worlds=drawn.series(feed),
        acts=counted,
        untold_deaths={name: number for name, number in untold.items() if number},
        exposure=exposure(evidence, feed),
        notes=tuple(_notes(feed, len(early), found.nameless, found.sums, sum(untold.values()))),
    )


def joined(parts: Sequence[DailySeries]) -> DailySeries:
    """Put series of several feeds side by side, over the days that all of them observed.

    Raises
    ------
    TimeError
        If there is no such day.
    QuantityError
        If two series have one name.

    Examples
    --------
    >>> long = DailySeries(date(2031, 5, 1), ("a>b",), [[1], [0], [2]], [[1], [0], [3]])
    >>> short = DailySeries(date(2031, 5, 2), ("b>a",), [[4], [5]], [[0], [0]])
    >>> joined([long, short]).counts.tolist()
    [[0, 4], [2, 5]]
    """
    first = max((part.first for part in parts), default=date.max)
    last = min((part.last for part in parts), default=date.min)
    if last < first:
        raise TimeError("the series share no day", mend="take those of one feed alone")
    cut = [part.since(first).until(last) for part in parts]
    return DailySeries(
        first,
        tuple(name for part in cut for name in part.names),
        np.concatenate([part.counts for part in cut], axis=1),
        np.concatenate([part.deaths for part in cut], axis=1),
    )


class _Cells:
    """Counts and deaths of some worlds by day and series, as they are being filled."""

    def __init__(self, worlds: int, shape: tuple[int, int]) -> None:
        self._counts = np.zeros((worlds, *shape), np.int64)
        self._deaths = np.zeros((worlds, *shape))
        self._worlds = np.arange(worlds)

    def add(
        self,
        happened: NDArray[np.bool_],
        row: NDArray[np.int64],
        column: int,
        dead: NDArray[np.float64],
    ) -> None:
        """Count an act in each world in which it happened on a day of the series."""
        inside = happened & (row >= 0)
        at = self._worlds[inside], row[inside], column
        self._counts[at] += 1
        self._deaths[at] += dead[inside]

    def series(self, feed: Feed) -> tuple[DailySeries, ...]:
        """Give one series a world."""
        return tuple(
            DailySeries(feed.since, feed.names, counts, deaths)
            for counts, deaths in zip(self._counts, self._deaths, strict=True)
        )


def _drawn(
    act: CountedAct, since: date, worlds: int, seed: int
) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.float64]]:
    """Draw for each world whether an act happened, on which row, and how many it killed."""
    happened = stream(seed, "series", act.event, "happened").random(worlds) < act.belief
    day = stream(seed, "series", act.event, "day").integers(
        act.first.toordinal(), act.last.toordinal(), worlds, endpoint=True
    )
    return happened, day - since.toordinal(), _dead(act.event, act.figures, worlds, seed)


def _dead(event: str, figures: Sequence[Figure], worlds: int, seed: int) -> NDArray[np.float64]:
    """Draw one origin's figure a world: as likely as it is believed; evenly within its bounds."""
    if not figures:
        return np.zeros(worlds)
    # By origin, not by rank: an origin that gains belief must not move the others' draws about.
    told = sorted(figures, key=lambda figure: figure.origin)
    shares = np.cumsum([figure.weight for figure in told])
    whose = stream(seed, "series", event, "whose figure").random(worlds) * shares[-1]
    chosen = np.minimum(np.searchsorted(shares, whose, side="right"), len(told) - 1)
    low = np.array([figure.low for figure in told])[chosen]
    # "At least 40" sets no upper bound; the bound itself is all that is told.
    high = np.array([f.low if f.high is None else f.high for f in told])[chosen]
    within = stream(seed, "series", event, "within its bounds").random(worlds)
    dead: NDArray[np.float64] = np.minimum(np.floor(low + within * (high - low + 1)), high)
    return dead


def _notes(feed: Feed, early: int, nameless: int, sums: int, untold: int) -> Iterable[str]:
    if feed.by_hand:
        yield (
            "the acts were collected by hand and are no sample: rates are rates of what was found "
            "worth collecting"
        )
    if feed.note:
        yield feed.note
    if early:
        yield f"{early} acts before {feed.since} are left out, for the days before were not covered"
    if nameless:
        yield f"{nameless} acts whose doer nobody names count for no pair"
    if sums:
        yield f"{sums} figures that sum over many acts count as none"
    if untold:
        yield f"of {untold} acts nobody tells a number of dead; deaths are a lower bound"
