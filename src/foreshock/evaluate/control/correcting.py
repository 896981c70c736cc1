"""How many days it took until each change of hands was believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foreshock.assess.control.settings import load_settings
from foreshock.assess.control.words import Symbol, Word, words
from foreshock.evaluate.control.rolling import Day
from foreshock.evidence.view import Evidence


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of hands as it was told in the end, and when it was believed.

    Attributes
    ----------
    place, side : str
        Who took it.
    day : datetime.date
        First day on which it is said to have been taken.
    told : datetime.date
        First day on which that was public.
    origins : int
        Who told of it in the end.
    believed, named : datetime.date or None
        First day from which the side was the likeliest holder, with at least one half; first day
        from which it was named by the newest word. None if neither came before the last day or
        before the place was taken again.
    """

    place: str
    side: str
    day: date
    told: date
    origins: int
    believed: date | None
    named: date | None


def corrections(days: Sequence[Day], evidence: Evidence) -> list[Correction]:
    """List every change of hands of the days that were rolled over, by day and place.

    A change is a word, or several, that a side took a place that another was last said to take or
    hold. Nobody knows better: words that were wrong and never taken back stand here, too.
    """
    _, told = words(evidence, load_settings())
    by_place: dict[str, list[Word]] = defaultdict(list)
    for word in sorted(told, key=lambda w: (w.turned or w.on[0], w.known_at, w.claim)):
        if word.symbol is Symbol.HELD:
            by_place[word.place].append(word)
    found = []
    for place in sorted(by_place):
        runs = _runs(by_place[place])
        for number, run in enumerate(runs):
            start = run[0].turned
            if start is None or not days[0].day <= start <= days[-1].day:
                continue
            end = runs[number + 1][0].on[0] if number + 1 < len(runs) else days[-1].day
            found.append(_correction(run, start, end, days))
    return sorted(found, key=lambda each: (each.day, each.place))


def _runs(told: Sequence[Word]) -> list[list[Word]]:
    """Put together words one after another that name one side."""
    runs: list[list[Word]] = []
    for word in told:
        if runs and runs[-1][0].side == word.side:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _correction(run: Sequence[Word], start: date, end: date, days: Sequence[Day]) -> Correction:
    place, side = run[0].place, run[0].side
    open_days = [each for each in days if start <= each.day <= end]
    believed = [
        each.day for each in open_days
        if place in each.control.index
        and each.control.holder(place).state == side
        and each.control.holder(place).probability >= 0.5
    ]  # fmt: skip
    named = [each.day for each in open_days if each.last.get(place) == side]
    return Correction(
        place, side, start, min(word.known_at for word in run),
        len({word.origin for word in run}),
        min(believed, default=None), min(named, default=None),
    )  # fmt: skip
