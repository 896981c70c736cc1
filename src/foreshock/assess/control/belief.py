"""Who holds each place, how surely, day by day: the belief that follows from who says so.

Every word is heard through who speaks (`confusion`), every change of hands through what drives it
(`hazards`), and all days are weighed together (`chain`). What is unknown of all three is estimated
from the case itself, by expectation–maximisation, beside a prior that is stated in ``prior.toml``.
Only what was public by the as-of is used, for any day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.chain import Smoothed
from foreshock.assess.control.confusion import Confusion
from foreshock.assess.control.fitting import fit
from foreshock.assess.control.hazards import Drive, Hazards, Land, drive, land
from foreshock.assess.control.settings import Settings, load_settings
from foreshock.assess.control.sides import Sides
from foreshock.assess.control.turns import Turn, turns
from foreshock.assess.control.words import Symbol, Word, words
from foreshock.evidence.view import Evidence

Array = NDArray[np.float64]

SURE = 0.9
"""Mass of the set of holders that is given beside the likeliest."""

SURROUNDED_ONLY = "only said to be surrounded; nobody says who holds it"

OLD = timedelta(days=30)
"""A place of which nobody has spoken for longer is thin."""


class Holder(NamedTuple):
    """Who holds a place, as far as one can believe.

    Attributes
    ----------
    state : str
        The likeliest: a side, "contested" or "unknown".
    probability : float
    within : tuple of (str, float)
        The fewest states that together have at least 90 %, likeliest first.
    """

    state: str
    probability: float
    within: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Who holds each place on each day, as of one day.

    Attributes
    ----------
    as_of, first : datetime.date
        Last and first day of the belief.
    places : tuple of str
        Places of which somebody said who holds them, by id. Of others nothing is believed.
    sides : Sides
        Who can hold one.
    probability : ndarray, (day, place, state)
        Belief in each of `holders`; sums to one.
    hazard : ndarray, (day, place)
        Probability that the place changes its state within a day, by what drives it that day.
    hazards : Hazards
        The fitted rates, each with what it was estimated from.
    confusion : Confusion
        The fitted table of who says what.
    start : ndarray, (state,)
        Belief before any word.
    drive : Drive
        What drove changes, day by day; the last day is the as-of.
    land : Land
        Which places lie side by side.
    changes : tuple of Turn
        By place and day.
    claims : mapping of str to tuple of str
        Every word that was heard, by place.
    groups : mapping of str to mapping of str to float
        Of the likeliest side of a place, which part of it is named, by share of its words; what is
        missing to one was told of the side as a whole.
    thin : mapping of str to str
        Places of which little was said, and why that is so.
    untold : tuple of str
        Ends of roads of which nobody said who holds them.
    """

    as_of: date
    first: date
    places: tuple[str, ...]
    sides: Sides
    probability: Array
    hazard: Array
    hazards: Hazards
    confusion: Confusion
    start: Array
    drive: Drive
    land: Land
    changes: tuple[Turn, ...]
    claims: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, Mapping[str, float]]
    thin: Mapping[str, str]
    untold: tuple[str, ...]
    index: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Give each place its number."""
        self.index.update({place: number for number, place in enumerate(self.places)})

    @property
    def holders(self) -> tuple[str, ...]:
        """States of a place, in the order of `probability`: the sides, contested, unknown."""
        return self.sides.states

    def at(self, day: date | None = None) -> Array:
        """Give the belief of a day, (place, state): of the as-of if none is named.

        Raises
        ------
        KeyError
            If the day lies outside the days that were worked out.
        """
        number = ((day or self.as_of) - self.first).days
        if not 0 <= number < len(self.probability):
            raise KeyError(f"{day} is not one of the days {self.first} to {self.as_of}")
        return np.asarray(self.probability[number])

    def holder(self, place: str, day: date | None = None) -> Holder:
        """Tell who holds a place on a day, how surely, and who else might.

        Raises
        ------
        KeyError
            If nobody said who holds it, or the day was not worked out.
        """
        belief = self.at(day)[self.index[place]]
        order = np.argsort(-belief, kind="stable")
        enough = int(np.searchsorted(np.cumsum(belief[order]), SURE - 1e-12)) + 1
        named = tuple((self.holders[i], float(belief[i])) for i in order[:enough])
        return Holder(*named[0], named)


def control_belief(evidence: Evidence, settings: Settings | None = None) -> Control:
    """Work out who holds each place on each day up to the as-of.

    Parameters
    ----------
    evidence : Evidence
        Its claims, sources, actors, ties, places and roads are used; nothing else.
    settings : Settings, optional
        Another prior than the one that ships with Foreshock.

    Returns
    -------
    Control
        The same for the same evidence; without any word on control it holds no place.
    """
    settings = settings or load_settings()
    sides, told = words(evidence, settings)
    places = tuple(sorted({word.place for word in told}))
    first = _first(told, evidence.as_of, settings)
    lying = land(places, evidence, settings)
    driving = drive(places, sides, told, lying, first, evidence, settings)
    model, smoothed = fit(told, places, sides, first, driving, settings)
    return Control(
        as_of=evidence.as_of,
        first=first,
        places=places,
        sides=sides,
        probability=smoothed.belief,
        hazard=np.einsum(
            "tpk,tpk->tp",
            smoothed.belief,
            model.hazards.leaving(driving.fighting, driving.road),
        ),
        hazards=model.hazards,
        confusion=model.confusion,
        start=model.start,
        drive=driving,
        land=lying,
        changes=tuple(turns(smoothed, told, places, sides, first)),
        claims=_claims(told),
        groups=_groups(smoothed, told, places, sides, evidence),
        thin=_thin(told, evidence.as_of),
        untold=tuple(sorted(_ends(evidence) - set(places))),
    )


def _first(told: Sequence[Word], as_of: date, settings: Settings) -> date:
    earliest = min((day for word in told for day in word.on), default=as_of)
    return max(earliest - timedelta(days=1), as_of - timedelta(days=settings.window))


def _claims(told: Sequence[Word]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for word in told:
        found[word.place][word.claim] = None
    return {place: tuple(found[place]) for place in sorted(found)}


def _groups(
    smoothed: Smoothed, told: Sequence[Word], places: Sequence[str], sides: Sides,
    evidence: Evidence,
) -> dict[str, dict[str, float]]:  # fmt: skip
    """Share out a side's words on a place among the parts of the side that they name."""
    likeliest = {
        place: int(smoothed.belief[-1, number].argmax()) for number, place in enumerate(places)
    }
    named: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    heard: Counter[str] = Counter()
    for word in told:
        if word.symbol is Symbol.HELD and sides.index[word.side] == likeliest[word.place]:
            parts = [
                actor for actor in word.holders
                if actor != word.side and evidence.actors.root(actor) == word.side
            ]  # fmt: skip
            heard[word.place] += 1
            for part in parts:
                named[word.place][part] += 1 / len(parts)
    return {
        place: {part: count / heard[place] for part, count in sorted(named[place].items())}
        for place in sorted(named)
    }


def _thin(told: Sequence[Word], as_of: date) -> dict[str, str]:
    by_place: dict[str, list[Word]] = defaultdict(list)
    for word in told:
        by_place[word.place].append(word)
    found = {}
    for place in sorted(by_place):
        heard = by_place[place]
        age = as_of - max(word.on[0] for word in heard)
        if all(word.symbol is Symbol.SURROUNDED for word in heard):
            found[place] = SURROUNDED_ONLY
        elif len({word.origin for word in heard}) == 1:
            found[place] = "one origin speaks of it"
        elif age > OLD:
            found[place] = f"the newest word is {age.days} days old"
    return found


def _ends(evidence: Evidence) -> set[str]:
    return {end for road in evidence.roads.values() if road.in_graph for end in (road.a, road.b)}
