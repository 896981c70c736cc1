"""The track record: what was issued, what came of it, how good it was, where it went wrong.

Live forecasts and hindcasts are never mixed, and neither are the model and the people who judged
beside it. Of several live forecasts of one thing as of one day the first counts, so that nobody can
draw until he likes the answer; of hindcasts the first with the newest configuration counts, for
they show what the model of today would have said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from foreshock.case.opening import Case
from foreshock.core.displacement import Total
from foreshock.core.questions import Question
from foreshock.core.series import DailySeries
from foreshock.evidence.claim import Source
from foreshock.evidence.records import Outcome, PersonForecast
from foreshock.verify.counting import counted_totals, settled_counts
from foreshock.verify.entries import Entry, Kind, Standing
from foreshock.verify.ledger import Ledger
from foreshock.verify.reliability import FEWEST, Bin, reliability
from foreshock.verify.resolution import Resolution, Status, resolve
from foreshock.verify.scores import brier
from foreshock.verify.skill import Skill, skill

MODEL = ""
"""Who forecasts where nobody signs: the model."""

MISSES = 5
EVEN = 0.25
"""Brier score of "fifty-fifty": a forecast that scores worse spoke against what came about."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The record of one voice, live or in hindsight.

    Parameters
    ----------
    who : str
        `MODEL` (empty), or the name of a person who judged.
    standing : Standing
    resolutions : tuple of Resolution
        Everything that counts, in the order of issue.
    again : int
        Entries that do not count because another one of the same thing and day does.
    skill : mapping of str to Skill
        Of probabilities, by baseline: Brier score.
    number_skill : mapping of str to Skill
        Of numbers, by baseline: CRPS of the logarithm.
    reliability : tuple of Bin
    """

    who: str
    standing: Standing
    resolutions: tuple[Resolution, ...]
    again: int
    skill: Mapping[str, Skill]
    number_skill: Mapping[str, Skill]
    reliability: tuple[Bin, ...]

    @property
    def chances(self) -> tuple[Resolution, ...]:
        """Resolved forecasts of a yes or no."""
        return tuple(r for r in self.resolved if r.happened is not None)

    @property
    def numbers(self) -> tuple[Resolution, ...]:
        """Resolved forecasts of a number."""
        return tuple(r for r in self.resolved if r.value is not None)

    @property
    def resolved(self) -> tuple[Resolution, ...]:
        """Everything that has been scored."""
        return self.of(Status.RESOLVED)

    def of(self, status: Status) -> tuple[Resolution, ...]:
        """Everything that has come so far."""
        return tuple(r for r in self.resolutions if r.status is status)

    @property
    def questions(self) -> int:
        """How many different things were resolved."""
        return len({_about(r.entry) for r in self.resolved})

    @property
    def enough(self) -> bool:
        """Whether enough was resolved to speak of a record."""
        return self.questions >= FEWEST

    @property
    def brier(self) -> float | None:
        """Mean Brier score; None if nothing was resolved."""
        return _mean(r.scored.brier for r in self.chances if r.scored)

    @property
    def log(self) -> float | None:
        """Mean logarithmic score, in nats."""
        return _mean(r.scored.log for r in self.chances if r.scored)

    @property
    def covered(self) -> int:
        """How many numbers lay within their 90 % interval."""
        return sum(bool(r.scored and r.scored.covered) for r in self.numbers)

    @property
    def misses(self) -> tuple[Resolution, ...]:
        """The biggest misses, worst first: chances that spoke against what came about, and numbers.

        Of numbers those count that lay outside the 90 % interval.
        """
        chances = sorted(
            (r for r in self.chances if _main(r) > EVEN), key=lambda r: (-_main(r), r.entry.number)
        )
        numbers = sorted(
            (r for r in self.numbers if r.scored and not r.scored.covered),
            key=lambda r: (-_main(r), r.entry.number),
        )
        return (*chances[:MISSES], *numbers[:MISSES])


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody predicted in public, and what came of it.

    Parameters
    ----------
    id, source, question : str
        The question is empty where it bears on none.
    low, high : float or None
        The probabilities that were given or read into the words; None for words alone.
    outcome : str
        How it came out: of a probability that of its question; of words alone, of themselves.
    brier : float or None
        Of the middle of the range.
    """

    id: str
    source: str
    question: str
    low: float | None
    high: float | None
    outcome: str
    brier: float | None


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """All records of a case as far as could be known by a day.

    Parameters
    ----------
    case : str
    today : datetime.date
    live, hindcast : Tally
        The model's.
    judgements : tuple of Tally
        Of people who judged here, by name, live before hindcast.
    people : tuple of Said
        What people and institutions predicted in public.
    """

    case: str
    today: date
    live: Tally
    hindcast: Tally
    judgements: tuple[Tally, ...]
    people: tuple[Said, ...]


def record_of_case(
    case: Case,
    today: date | None = None,
    *,
    until: date | None = None,
) -> tuple[TrackRecord, dict[str, str]]:
    """Keep score of a case's ledger, by what could be known by the end of a day (today's).

    Parameters
    ----------
    case : Case
    today : datetime.date, optional
    until : datetime.date, optional
        What speaks of a later day than this is left out.

    Returns
    -------
    TrackRecord
    dict
        Names of the sources, by id.

    Raises
    ------
    LedgerAltered
        If the ledger was altered: nothing in it can be scored any more.
    """
    day = today or datetime.now(UTC).date()
    entries = case.store.entries(case.name)
    issued = [e for e in Ledger.of(case).entries() if until is None or e.as_of <= until]
    due = any(_is_due(e, day) for e in issued)
    record = track_record(
        case.name,
        issued,
        today=day,
        questions={e.id: e for e in entries if isinstance(e, Question)},
        outcomes={e.id: e for e in entries if isinstance(e, Outcome)},
        people={e.id: e for e in entries if isinstance(e, PersonForecast)},
        observed=settled_counts(case, day) if due else None,
        totals=counted_totals(case, day) if due else (),
    )
    return record, {e.id: e.name for e in entries if isinstance(e, Source)}


def track_record(
    case: str,
    entries: Sequence[Entry],
    *,
    today: date,
    questions: Mapping[str, Question],
    outcomes: Mapping[str, Outcome],
    people: Mapping[str, PersonForecast],
    observed: DailySeries | None = None,
    totals: Sequence[Total] = (),
    seed: int = 0,
) -> TrackRecord:
    """Keep score of everything in a ledger.

    Parameters
    ----------
    case : str
    entries : sequence of Entry
    today : datetime.date
        Outcomes that could not be known by its end are not looked at.
    questions, outcomes, people : mapping by id
    observed : DailySeries, optional
        Settled counts, for forecasts of series.
    totals : sequence of Total
        Running totals of displaced people, for forecasts of one.
    seed : int
        Of the intervals of skill.
    """
    known: dict[str, Any] = {
        "questions": questions, "outcomes": outcomes, "observed": observed, "totals": totals,
    }  # fmt: skip

    def tally(kind: Kind, who: str, standing: Standing) -> Tally:
        mine = [e for e in entries if (e.kind, e.by, e.standing) == (kind, who, standing)]
        counting = counted(mine)
        found = tuple(resolve(e, today=today, **known) for e in counting)
        return _tally(who, standing, found, len(mine) - len(counting), seed)

    signed = sorted({e.by for e in entries if e.kind is Kind.JUDGEMENT})
    judged = [tally(Kind.JUDGEMENT, who, standing) for standing in Standing for who in signed]
    return TrackRecord(
        case,
        today,
        tally(Kind.FORECAST, MODEL, Standing.LIVE),
        tally(Kind.FORECAST, MODEL, Standing.HINDCAST),
        tuple(each for each in judged if each.resolutions),
        tuple(
            _said(each, today, outcomes)
            for each in people.values()
            if each.known_at is not None and each.known_at <= today
        ),
    )


def counted(entries: Sequence[Entry]) -> list[Entry]:
    """Keep one entry of each thing and day: see the head of this file."""
    same: dict[tuple[Any, ...], list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: each.number):
        same.setdefault((_about(entry), entry.as_of, entry.standing), []).append(entry)
    kept = []
    for found in same.values():
        newest = found[0 if found[0].standing is Standing.LIVE else -1].config
        kept.append(next(each for each in found if each.config == newest))
    return sorted(kept, key=lambda each: each.number)


def _tally(
    who: str, standing: Standing, found: tuple[Resolution, ...], again: int, seed: int
) -> Tally:
    done = [r for r in found if r.status is Status.RESOLVED and r.scored is not None]
    chances = [r for r in done if r.happened is not None]
    said = [float(r.entry.answer["probability"]) for r in chances]
    bins = reliability(said, [bool(r.happened) for r in chances]) if chances else ()
    numbers = [r for r in done if r.value is not None]
    return Tally(who, standing, found, again, _skills(chances, seed), _skills(numbers, seed), bins)


def _skills(done: Sequence[Resolution], seed: int) -> dict[str, Skill]:
    names = sorted({name for r in done for name in r.baselines})
    return {name: _skill([r for r in done if name in r.baselines], name, seed) for name in names}


def _skill(done: Sequence[Resolution], name: str, seed: int) -> Skill:
    # All forecasts of one thing are one unit, and things whose windows close together neighbours.
    units = [f"{r.entry.closes} {_about(r.entry)}" for r in done]
    theirs = [r.baselines[name].main for r in done]
    return skill([_main(r) for r in done], theirs, units, seed=seed)


def _said(told: PersonForecast, today: date, outcomes: Mapping[str, Outcome]) -> Said:
    given = [p for p in (told.low, told.high) if p is not None]
    outcome = outcomes.get(told.question if given and told.question else told.id)
    known = outcome is not None and outcome.known_at is not None and outcome.known_at <= today
    word = outcome.outcome if outcome is not None and known else ""
    score = None
    if given and told.question and word in {"yes", "no"}:
        score = float(brier(float(np.mean(given)), float(word == "yes")))
    return Said(
        id=told.id,
        source=told.source,
        question=told.question,
        low=told.low,
        high=told.high,
        outcome=word,
        brier=score,
    )


def _is_due(entry: Entry, day: date) -> bool:
    return bool(entry.series) and entry.closes is not None and entry.closes <= day


def _about(entry: Entry) -> tuple[str, ...]:
    if entry.series:
        terms = entry.terms
        return ("series", entry.series, terms["variable"], terms["first"], terms["closes"])
    return ("question", entry.question)


def _main(resolution: Resolution) -> float:
    return resolution.scored.main if resolution.scored else 0.0


def _mean(values: Iterable[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return float(np.mean(told)) if told else None
