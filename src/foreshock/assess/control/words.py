"""Words on who holds a place: what each origin said of which day, in the model's terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from foreshock.assess.control.settings import DOUBTFUL, PARTY, SOUND, Settings
from foreshock.assess.control.sides import Sides, held_by, sides_of
from foreshock.core.time import Precision
from foreshock.evidence.claim import Claim, Kind, Modality, Polarity
from foreshock.evidence.view import Evidence

_SOUND = frozenset("ABC")


class Symbol(StrEnum):
    """What is said of a place."""

    HELD = "held"
    CONTESTED = "contested"
    SURROUNDED = "surrounded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One origin's word on one place.

    Attributes
    ----------
    claim, place, origin, speaker : str
        `speaker` is the topmost actor whose voice it is, empty if it is nobody's.
    manner : {'party', 'sound', 'doubtful'}
        Who speaks.
    symbol : Symbol
    side : str
        Who is said to hold or surround it; empty where it is contested.
    sides : tuple of str
        All sides that it names: of a contested place, who contests it.
    holders : tuple of str
        The actors as they were named.
    on : tuple of datetime.date
        The days of which it speaks: its last, and its first where it tells since when.
    turned : datetime.date or None
        The day since which the side is said to hold it, where that is told.
    before : datetime.date or None
        The last day on which, by this word, the side did not hold it yet.
    known_at : datetime.date
    """

    claim: str
    place: str
    origin: str
    speaker: str
    manner: str
    symbol: Symbol
    side: str
    sides: tuple[str, ...]
    holders: tuple[str, ...]
    on: tuple[date, ...]
    turned: date | None
    before: date | None
    known_at: date


def words(evidence: Evidence, settings: Settings) -> tuple[Sides, list[Word]]:
    """Find the sides and every word on who holds a place, in order of day and claim.

    Words on areas say nothing of each place in them and are left out; so are plans, and denials by
    those who speak for nobody. A party's denial that a place is another's says that it is its own.
    """
    told = [claim for claim in evidence.standing if _bears(claim, evidence)]
    sides = sides_of(evidence, [c.actors for c in told if c.polarity is not Polarity.DENIED])
    found = [word for claim in told for word in _word(claim, sides, evidence)]
    found.sort(key=lambda word: (word.on[0], word.claim))
    return sides, _once(found, timedelta(days=settings.repeat))


def _bears(claim: Claim, evidence: Evidence) -> bool:
    place = evidence.places.get(claim.place)
    if (
        place is None or place.is_area or claim.end is None or claim.known_at is None
        or claim.modality is not Modality.ACTUAL or not claim.actors
    ):  # fmt: skip
        return False
    if claim.kind is Kind.STATE:
        return claim.mode in {"holds", "contests", "surrounds"}
    return claim.kind is Kind.EVENT and claim.type == "COERCE" and claim.mode == "seize"


def _word(claim: Claim, sides: Sides, evidence: Evidence) -> list[Word]:
    speaker = evidence.side(claim)
    speaker = evidence.actors.root(speaker) if speaker else ""
    manner = PARTY if speaker and any(sides.camp(speaker)) else _letter(claim, evidence)
    named = tuple(
        side for side in held_by(claim.actors, evidence, sides.allies) if side in sides.index
    )
    symbol, side = _said(claim, named, sides)
    if claim.polarity is Polarity.DENIED:
        if symbol is not Symbol.HELD or speaker not in sides.index or speaker == side:
            return []
        side, named = speaker, (speaker,)
    elif not named:
        return []
    end = min(claim.end or evidence.as_of, claim.known_at or evidence.as_of, evidence.as_of)
    start = min(claim.start or end, end)
    since = claim.kind is Kind.STATE and claim.precision is Precision.SPAN
    captured = claim.kind is Kind.EVENT and claim.polarity is not Polarity.DENIED
    turns = symbol is Symbol.HELD and (since or captured)
    return [
        Word(
            claim=claim.id,
            place=claim.place,
            origin=evidence.origin(claim),
            speaker=speaker,
            manner=manner,
            symbol=symbol,
            side=side,
            sides=named,
            holders=claim.actors if claim.polarity is not Polarity.DENIED else (side,),
            on=(end, start) if since and start < end else (end,),
            turned=(start if since else end) if turns else None,
            before=start - timedelta(days=1) if turns else None,
            known_at=claim.known_at or evidence.as_of,
        )
    ]


def _said(claim: Claim, named: Sequence[str], sides: Sides) -> tuple[Symbol, str]:
    if claim.mode == "surrounds":
        return Symbol.SURROUNDED, named[0] if named else ""
    rivals = any(a != b and (a, b) not in sides.allies for a in named for b in named)
    if claim.mode == "contests" or rivals:
        return Symbol.CONTESTED, ""
    return Symbol.HELD, named[0] if named else ""


def _letter(claim: Claim, evidence: Evidence) -> str:
    source = evidence.sources.get(evidence.voice(claim))
    return SOUND if source is not None and source.reliability in _SOUND else DOUBTFUL


def _once(found: Sequence[Word], repeat: timedelta) -> list[Word]:
    """Keep of what an origin repeats within a few days only the first; `found` is in order."""
    kept: list[Word] = []
    newest: dict[tuple[str, str], Word] = {}
    for word in found:
        before = newest.get((word.place, word.origin))
        newest[word.place, word.origin] = word
        if (
            before is not None
            and (before.symbol, before.side) == (word.symbol, word.side)
            and word.on[0] - before.on[0] <= repeat
        ):
            continue
        kept.append(word)
    return kept
