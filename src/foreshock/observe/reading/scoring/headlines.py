"""Headlines of events that others coded: whether both sides are found, and the toll agrees.

An event table such as UCDP GED names for each event one source's headline, the two sides and the
deaths, lowest to highest. A headline is no summary of the event: it may name nobody, or tell the
toll of a whole day. So besides what was found it is told why the rest was not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foreshock.observe.reading.coder import Coder
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.record import Party, Record
from foreshock.observe.reading.scoring.totals import Rate

KILLED = "killed"
_OF_A_STATE = frozenset({"", "GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
_ARMED = frozenset({"GOV", "MIL", "COP"})
_AT_NO_SIDE = frozenset({"CVL", "REF", "MED", "JRN", "LAB", "EDU", "REL", "AGR", "BUS", "SOC"})

Find = Callable[[str, date | None], Sequence[Party]]
"""Names the parties in some words, as of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A headline and how its event was coded.

    Parameters
    ----------
    text : str
    published : datetime.date or None
    sides : tuple of str
        As the table names them.
    low, high : float
        Deaths, lowest and highest figure.
    """

    text: str
    published: date | None
    sides: tuple[str, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class HeadlineScores:
    """What was found in headlines.

    Attributes
    ----------
    headlines : int
    sides : mapping of str to Rate
        Of sides whom the headline names by the gazetteer, how many stand in a record; of all.
    deaths : mapping of str to Rate
        Of headlines in which a toll was read, how many lie in the coded range.
    misses : mapping of str to int
        Sides and tolls not found, by kind.
    """

    headlines: int
    sides: Mapping[str, Rate]
    deaths: Mapping[str, Rate]
    misses: Mapping[str, int]


def score_headlines(headlines: Sequence[Headline], coder: Coder, find: Find) -> HeadlineScores:
    """Read headlines and compare.

    Parameters
    ----------
    headlines : sequence of Headline
    coder : Coder
    find : callable
        For the names of sides, and for whom a headline names at all.
    """
    misses: Counter[str] = Counter()
    found = named = total = both = tolls = within = 0
    for headline in headlines:
        records = coder.read(Document(text=headline.text, published=headline.published)).records
        parties = [party for each in records for party in (*each.actors, *each.recipients)]
        mentioned = find(headline.text, headline.published)
        hits = 0
        for side in headline.sides:
            total += 1
            kind = _side(side, headline.published, parties, mentioned, find)
            hits += kind == ""
            named += kind in {"", _NAMED}
            misses[kind] += 1
        found += hits
        both += hits == len(headline.sides)
        toll = _toll(records)
        if toll is None:
            misses["toll: none read"] += 1
            continue
        tolls += 1
        low, high = toll
        fits = low <= headline.high and headline.low <= high
        within += fits
        if not fits:
            misses["toll: above the range" if low > headline.high else "toll: below the range"] += 1
    del misses[""]
    return HeadlineScores(
        headlines=len(headlines),
        sides={
            "side found, of those whom the headline names": Rate(found, named),
            "side found, of all": Rate(found, total),
            "both sides found, of all headlines": Rate(both, len(headlines)),
        },
        deaths={
            "a toll was read, of all headlines": Rate(tolls, len(headlines)),
            "toll within the coded range, of those read": Rate(within, tolls),
        },
        misses=dict(sorted(misses.items())),
    )


_NAMED = "side: named in the headline, in no record"


def _side(
    side: str,
    day: date | None,
    parties: Sequence[Party],
    mentioned: Sequence[Party],
    find: Find,
) -> str:
    """Say how a side was missed; nothing if it was not."""
    wanted = find(side, day)
    if not wanted:
        return "side: its name is in no gazetteer"
    if any(_same(one, other) for one in wanted for other in parties):
        return ""
    if any(_same(one, other) for one in wanted for other in mentioned):
        return _NAMED
    return "side: not named in the headline"


def _same(side: Party, found: Party) -> bool:
    if side.id == found.id and (side.sector == found.sector or not found.sector):
        return True
    if side.sector in _AT_NO_SIDE:
        return found.sector in _AT_NO_SIDE
    one_country = side.country == found.country or not found.country
    if side.sector in _OF_A_STATE:
        # "Regime forces" without a country are those of the war that the table is about.
        return one_country and found.sector in (_OF_A_STATE if found.country else _ARMED)
    # A side told by kind ("insurgents of X") is found in any of its kind there.
    return not side.known and one_country and side.sector == found.sector


def _toll(records: Sequence[Record]) -> tuple[float, float] | None:
    """Give the bounds of the deaths told: the sum over groups of the record that tells most."""
    told = []
    for record in records:
        bounds = [each.bounds for each in record.quantities if each.what == KILLED]
        if bounds:
            low = sum(low or 0.0 for low, _ in bounds)
            open_end = any(high is None for _, high in bounds)
            high = float("inf") if open_end else sum(high or 0.0 for _, high in bounds)
            told.append((low, high))
    return max(told, default=None)
