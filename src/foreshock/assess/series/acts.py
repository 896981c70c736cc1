"""Acts of a feed: which events count for which pair, on which days, and how many they killed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foreshock.assess.disputes import Tally
from foreshock.case.feeds import ACT_CLASSES, ActClass, Feed, series_name
from foreshock.core.quantities import Quantity
from foreshock.evidence.belief import believe
from foreshock.evidence.claim import Kind
from foreshock.evidence.reconcile import Event
from foreshock.evidence.view import Evidence
from foreshock.lexicon import load_ontology


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many of the recipient's people one origin says were killed.

    Attributes
    ----------
    origin : str
        The independent origin (see `Evidence.origin`).
    low : float
        Least number told, 0 where nobody set one.
    high : float or None
        Greatest number told; None where nobody set one ("at least 40").
    central : float
        The one number to take where one must be taken (see `Quantity.central`).
    weight : float
        Belief in the origin's claim, 0 to 1: how likely its figure is taken over a rival's.
    known_at : datetime.date
    """

    origin: str
    low: float
    high: float | None
    central: float
    weight: float
    known_at: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedAct:
    """An event as it counts for one series.

    Attributes
    ----------
    event : str
        Event id.
    first, last : datetime.date
        Days on one of which it happened, none of them after it was known.
    known_at : datetime.date
        When the public could know it.
    belief : float
        Probability that it took place.
    figures : tuple of Figure
        The dead of the recipient by who tells them, the most believed first; of two believed alike
        the later. Empty where nobody tells a number.
    """

    event: str
    first: date
    last: date
    known_at: date
    belief: float
    figures: tuple[Figure, ...]

    @property
    def middle(self) -> date:
        """The middle one of its days."""
        return date.fromordinal((self.first.toordinal() + self.last.toordinal()) // 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedActs:
    """The acts of a feed.

    Attributes
    ----------
    by_series : mapping of str to tuple of CountedAct
        In the order of the feed's pairs; each by middle day and event id.
    nameless : int
        Acts of the class against a recipient of the feed whose doer nobody names. They count for no
        pair.
    sums : int
        Figures that sum over many acts of the feed's pairs. They are no act, and count for none.
    """

    by_series: Mapping[str, tuple[CountedAct, ...]]
    nameless: int
    sums: int


def counted_acts(
    evidence: Evidence, events: Mapping[str, Event], tallies: Iterable[Tally], feed: Feed
) -> FeedActs:
    """Find the acts of a feed: what each of its actors, or a part of it, did to the recipient.

    An act of several doers, or against several, counts once for each pair. Denied acts that nobody
    asserts, and figures that sum over many acts, are none.

    Parameters
    ----------
    evidence : Evidence
    events : mapping of str to Event
        The events of that evidence.
    tallies : iterable of Tally
        Its tallies (see `foreshock.assess.disputes.tally`).
    feed : Feed
    """
    dead: dict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        if tally.what == "killed":
            dead[tally.event].append(tally)
    wanted = ACT_CLASSES[feed.acts]
    found: dict[str, list[CountedAct]] = {name: [] for name in feed.names}
    nameless = sums = 0
    for key in sorted(events):
        event = events[key]
        days = _days(event)
        if days is None or not _is_of(event, wanted):
            continue
        doers, others = _sides(event, evidence)
        pairs = [(a, b) for a, b in feed.pairs if a in doers and b in others]
        if evidence.claims[event.leading].kind is not Kind.EVENT:
            sums += bool(pairs)
            continue
        nameless += not doers and any(b in others for _, b in feed.pairs)
        for a, b in pairs:
            found[series_name(a, b, feed.acts)].append(
                CountedAct(
                    event=event.id,
                    first=days[0],
                    last=days[1],
                    known_at=days[2],
                    belief=event.belief.probability,
                    figures=_figures(event, dead[event.id], b, evidence),
                )
            )
    return FeedActs(
        by_series={
            name: tuple(sorted(acts, key=lambda act: (act.middle, act.event)))
            for name, acts in found.items()
        },
        nameless=nameless,
        sums=sums,
    )


def _is_of(event: Event, wanted: ActClass) -> bool:
    kind = load_ontology().types.get(event.type)
    return (
        bool(event.claims)
        and event.channel == wanted.channel
        and event.sign == "conflictual"
        and (not wanted.families or (kind is not None and kind.family in wanted.families))
    )


def _days(event: Event) -> tuple[date, date, date] | None:
    """Give the first and last possible day, and when it was known."""
    if event.when is None or event.known_at is None:
        return None
    # What was known in March of "this year" happened in January to March.
    first, last = (min(day, event.known_at) for day in (event.when.start, event.when.end))
    return first, last, event.known_at


def _sides(event: Event, evidence: Evidence) -> tuple[frozenset[str], frozenset[str]]:
    """Give doers and recipients with everything that they are a part of."""
    kind = load_ontology().types.get(event.type)
    mutual = kind is not None and kind.symmetric and not event.recipients
    others = event.actors if mutual else event.recipients
    return _with_wholes(event.actors, evidence), _with_wholes(others, evidence)


def _with_wholes(parties: Sequence[str], evidence: Evidence) -> frozenset[str]:
    return frozenset(side for p in parties for side in (p, *evidence.actors.above(p)))


def _figures(
    event: Event, tallies: Iterable[Tally], recipient: str, evidence: Evidence
) -> tuple[Figure, ...]:
    """Give each origin's standing figure for the dead of a recipient."""
    told: dict[str, list[tuple[str, Quantity]]] = defaultdict(list)
    for tally in tallies:
        for version in tally.versions:
            latest = version.latest
            told[version.origin] += [
                (latest.claim, part)
                for part in latest.parts
                if _belongs(part.actor or tally.of, recipient, event, evidence)
            ]
    figures = [_figure(origin, parts, evidence) for origin, parts in told.items() if parts]
    figures.sort(key=lambda figure: figure.origin)
    return tuple(sorted(figures, key=lambda f: (f.weight, f.known_at), reverse=True))


def _belongs(of: str, recipient: str, event: Event, evidence: Evidence) -> bool:
    """Whether the dead of an actor are the recipient's."""
    above = evidence.actors.above
    if not of:
        return False
    if of == recipient or recipient in above(of):
        return True
    # "Seven rebels" killed in an act against one group of them alone are that group's.
    return of in above(recipient) and all(
        party == recipient or recipient in above(party) for party in event.recipients
    )


def _figure(origin: str, parts: Sequence[tuple[str, Quantity]], evidence: Evidence) -> Figure:
    claims = [evidence.claims[key] for key in sorted({key for key, _ in parts})]
    bounds = [quantity.bounds for _, quantity in parts]
    highs = [high for _, high in bounds]
    return Figure(
        origin=origin,
        low=sum(low or 0.0 for low, _ in bounds),
        high=None if None in highs else sum(high for high in highs if high is not None),
        central=sum(quantity.central for _, quantity in parts),
        weight=max(believe([claim], evidence).probability for claim in claims),
        known_at=max(claim.known_at or date.min for claim in claims),
    )
