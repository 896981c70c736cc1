"""Roll over days: what is believed of each, and what simple methods make of the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.assess.control.belief import Control, control_belief
from foreshock.assess.control.settings import load_settings
from foreshock.assess.control.words import Symbol, Word, words
from foreshock.evidence.view import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What was believed at the end of a day.

    Attributes
    ----------
    day : datetime.date
    control : Control
    heard : tuple of Word
        The words known by then.
    last, majority : mapping of str to str
        Side that the newest word on a place names, and that most origins' newest words name.
    """

    day: date
    control: Control
    heard: tuple[Word, ...]
    last: dict[str, str]
    majority: dict[str, str]


def roll(
    evidence: Evidence,
    first: date,
    last: date,
    progress: Callable[[str], None] = lambda _step: None,
) -> list[Day]:
    """Work out the belief of each day, each from what was public by its end.

    Parameters
    ----------
    evidence : Evidence
        Of the last day or a later one.
    first, last : datetime.date
    progress : callable, optional
        Is told each day.
    """
    days = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        progress(f"{day}")
        seen = evidence.earlier(day)
        _, heard = words(seen, load_settings())
        newest, most = simple(heard)
        days.append(
            Day(
                day=day,
                control=control_belief(seen),
                heard=tuple(heard),
                last=newest,
                majority=most,
            )
        )
    return days


def simple(heard: Sequence[Word]) -> tuple[dict[str, str], dict[str, str]]:
    """Name the holder of each place by the newest word, and by most origins' newest words.

    Words that name no holder are passed over; between equals the newer word decides.
    """
    newest: dict[str, dict[str, Word]] = defaultdict(dict)
    for word in sorted(heard, key=lambda w: (w.on[0], w.known_at, w.claim)):
        if word.symbol is Symbol.HELD:
            newest[word.place].pop(word.origin, None)
            newest[word.place][word.origin] = word
    last, majority = {}, {}
    for place, by_origin in newest.items():
        sides = [word.side for word in by_origin.values()]
        last[place] = sides[-1]
        majority[place] = max(reversed(sides), key=sides.count)
    return last, majority
