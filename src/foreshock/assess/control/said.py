"""Who is said to hold each place: the newest word of every origin, and whether they agree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.evidence.claim import Claim, Kind, Modality, Polarity
from foreshock.evidence.view import Evidence

FRESH = timedelta(days=3)
"""Words about a place that are older than the newest by more than this no longer contest it."""

WINDOW_OF_CONTROL = timedelta(days=60)
"""How far back the map can be wound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """One origin's newest word on who holds a place.

    Attributes
    ----------
    claim, speaker, origin : str
    how : {'holds', 'contests', 'took', 'surrounds'}
        A state that was told, or a capture.
    holders : tuple of str
        Actor ids.
    on : datetime.date
        Last day of which it speaks.
    """

    claim: str
    speaker: str
    origin: str
    how: str
    holders: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What is said of one place.

    Attributes
    ----------
    place : str
    status : {'held', 'contested'}
    holders : tuple of str
        Who is said to hold it by the newest words; several where it is contested.
    says : tuple of Say
        Newest first.
    since : datetime.date
        Day of the newest word.
    """

    place: str
    status: str
    holders: tuple[str, ...]
    says: tuple[Say, ...]
    since: date

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims behind it."""
        return tuple(say.claim for say in self.says)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From this day on, as far as the public could know, a place was said to be held so."""

    day: date
    holding: Holding


def control_by_day(evidence: Evidence, window: timedelta = WINDOW_OF_CONTROL) -> list[Step]:
    """List how the picture of control changed, day by day, to the end of the as-of.

    The first day of the window lists every place of which anything was known; later days only
    the places whose holders or status changed. Each day sees only what was public by its end.
    """
    steps: list[Step] = []
    standing: dict[str, tuple[str, tuple[str, ...]]] = {}
    for day in _days_of_news(evidence, window):
        now = control(evidence.earlier(day))
        for holding in now:
            said = holding.status, holding.holders
            if standing.get(holding.place) != said:
                standing[holding.place] = said
                steps.append(Step(day=day, holding=holding))
        for place in sorted(set(standing) - {holding.place for holding in now}):
            # Every word on it was taken back: nobody says any more who holds it.
            del standing[place]
            silent = Holding(place=place, status="unknown", holders=(), says=(), since=day)
            steps.append(Step(day=day, holding=silent))
    return steps


def _days_of_news(evidence: Evidence, window: timedelta) -> list[date]:
    """List the first day of the window, and those on which anything bearing on control came."""
    first = evidence.as_of - window
    news = {
        each.claim.known_at
        for each in evidence.recorded
        if each.claim.links or _how(each.claim, evidence)
    } | {tie.known_at for tie in evidence.ties.values()}
    return sorted({first} | {day for day in news if day and first < day <= evidence.as_of})


def control(evidence: Evidence) -> list[Holding]:
    """List who is said to hold each place, by place id."""
    told: dict[str, dict[str, Say]] = defaultdict(dict)
    for claim in evidence.standing:
        how = _how(claim, evidence)
        if how in {"", "surrounds"}:
            continue
        say = _say(claim, how, evidence)
        held = told[claim.place].get(say.origin)
        if held is None or _rank(say) > _rank(held):
            told[claim.place][say.origin] = say
    return [_holding(place, list(told[place].values()), evidence) for place in sorted(told)]


def surrounded(evidence: Evidence) -> list[Say]:
    """List who is said to surround whom where, newest first."""
    says = [
        _say(claim, "surrounds", evidence)
        for claim in evidence.standing
        if _how(claim, evidence) == "surrounds"
    ]
    return sorted(says, key=_rank, reverse=True)


def _how(claim: Claim, evidence: Evidence) -> str:
    if (
        not claim.place
        or claim.end is None
        or claim.modality is not Modality.ACTUAL
        or claim.polarity is Polarity.DENIED
        or not claim.actors
    ):
        return ""
    if claim.kind is Kind.STATE and claim.mode in {"holds", "contests", "surrounds"}:
        return claim.mode
    taken = claim.kind is Kind.EVENT and claim.type == "COERCE" and claim.mode == "seize"
    place = evidence.places.get(claim.place)
    # An area is never taken by one capture: "villages in the south" says nothing of each.
    return "took" if taken and place is not None and not place.is_area else ""


def _say(claim: Claim, how: str, evidence: Evidence) -> Say:
    return Say(
        claim=claim.id,
        speaker=evidence.voice(claim),
        origin=evidence.origin(claim),
        how=how,
        holders=claim.actors,
        on=min(claim.end or evidence.as_of, evidence.as_of),
    )


def _rank(say: Say) -> tuple[date, bool, str]:
    # On one day a word that the place is contested counts after a word that it was held or taken.
    return say.on, say.how == "contests", say.claim


def _holding(place: str, says: list[Say], evidence: Evidence) -> Holding:
    says = sorted(says, key=_rank, reverse=True)
    newest = says[0].on
    fresh = [say for say in says if newest - say.on <= FRESH]
    holders = sorted({holder for say in fresh for holder in say.holders})
    rivals = any(not evidence.actors.kin(a, b) for a in holders for b in holders)
    contested = any(say.how == "contests" for say in fresh) or (rivals and not _one_telling(fresh))
    return Holding(
        place=place,
        status="contested" if contested else "held",
        holders=tuple(holders if contested else says[0].holders),
        says=tuple(says),
        since=newest,
    )


def _one_telling(says: list[Say]) -> bool:
    """Whether every origin names the same holders: two who share a place do not contest it."""
    return len({say.holders for say in says}) == 1
