"""The known names and nouns of a sentence, each with the sense that fits its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from foreshock.lexicon.gazetteer import words
from foreshock.observe.reading.actors.senses import Sense, Table
from foreshock.observe.reading.record import Party
from foreshock.observe.reading.text.words import Token

STATE_LIKE = frozenset({"state", "capital", "adjective", "place"})
OWNING = frozenset({"state", "adjective", "capital", "group", "organisation", "ethnic", "body"})
"""Kinds that may be half of a word such as *US-led*."""

LONGEST_WORD = 64


class Unit(NamedTuple):
    """A known name or noun: tokens ``[first, last)``, its likeliest sense and the others."""

    first: int
    last: int
    kind: str
    sense: Sense
    senses: tuple[Sense, ...]

    def has(self, kind: str) -> Sense | None:
        """Give its sense of a kind, if it has one."""
        return next((sense for sense in self.senses if sense.kind == kind), None)


def units(
    table: Table,
    sentence: Sequence[Token],
    keys: Sequence[str],
    day: date | None,
    aliases: Mapping[str, Party] | None = None,
) -> list[Unit]:
    """Find the known names and nouns from left to right, the longest at each place.

    Parameters
    ----------
    table : Table
    sentence, keys : sequence
        The words and the forms under which they are looked up.
    day : datetime.date or None
        Day of which the sentence speaks; decides between holders of an office.
    aliases : mapping, optional
        Abbreviations that the document has explained.
    """
    found: list[Unit] = []
    at = 0
    size = len(keys)
    while at < size:
        word = keys[at]
        seconds = table.seconds(word)
        if seconds is not None and ("" in seconds or (at + 1 < size and keys[at + 1] in seconds)):
            name = table.longest(sentence, keys, at)
            if name is not None:
                senses = fitting(name.senses, day)
                if senses and (name.last == size or keys[name.last] != "$"):  # not "US $5"
                    found.append(Unit(at, name.last, senses[0].kind, senses[0], senses))
                    at = name.last
                    continue
        if aliases and sentence[at].text in aliases:
            sense = _explained(aliases[sentence[at].text])
            found.append(Unit(at, at + 1, sense.kind, sense, (sense,)))
        elif "-" in word and 2 < len(word) < LONGEST_WORD and word.isascii():
            unit = _compound(table, sentence, at, day)
            if unit is not None:
                found.append(unit)
        at += 1
    return found


def _explained(party: Party) -> Sense:
    """Give the sense of an abbreviation that the document has explained."""
    return Sense("organisation", party.id, party.name, party.country, party.sector)


def fitting(senses: tuple[Sense, ...], day: date | None) -> tuple[Sense, ...]:
    """Keep the senses in use on a day; the closer their term to the day, the earlier they come.

    Without a day all are kept in the table's order, save that the latest of several persons
    comes first.
    """
    if len(senses) == 1 and senses[0].since is None and senses[0].until is None:
        return senses
    if day is not None:
        senses = tuple(
            sense
            for sense in senses
            if (sense.since is None or sense.since <= day)
            and (sense.until is None or day <= sense.until)
        )
    if len(senses) > 1 and (day is not None or all(s.kind == "person" for s in senses)):
        return tuple(sorted(senses, key=lambda sense: _distance(sense, day)))
    return senses


def _distance(sense: Sense, day: date | None) -> int:
    """Days between a day and a term; without a day, the latest term has the least."""
    if day is None:
        return -(sense.begins or date.min).toordinal()
    if sense.begins and day < sense.begins:
        return 2 * (sense.begins - day).days  # who once held it is likelier than who will
    if sense.ends and sense.ends < day:
        return (day - sense.ends).days
    return 0


def _compound(table: Table, sentence: Sequence[Token], at: int, day: date | None) -> Unit | None:
    """Read a word such as *Peru-backed*, *Peruvian-led*, *pro-Peruvian*, *US-Peruvian*."""
    parts = sentence[at].text.split("-")
    tail = parts[-1].lower()
    if parts[0].lower() in ("pro", "anti") and len(parts) > 1:
        return Unit(at, at + 1, "backed", Sense("backed", "", tail), ())
    owners = [owner for part in parts if (owner := _owner(table, part, day)) is not None]
    if not owners:
        return None
    if tail in words("backing"):
        sense = owners[0]._replace(kind="backed")
    elif tail in words("leading"):
        sense = owners[0]._replace(kind="adjective")
    elif len(owners) == len(parts):
        sense = owners[0]._replace(kind="adjective", others=tuple(owners[1:]))
    else:
        return None
    return Unit(at, at + 1, sense.kind, sense, (sense,))


def _owner(table: Table, part: str, day: date | None) -> Sense | None:
    word = Token(part, part.lower(), 0, len(part))
    found = table.longest((word,), (word.lower.replace(".", ""),), 0) if part else None
    if found is None:
        return None
    senses = fitting(found.senses, day)
    return next((sense for sense in senses if sense.kind in OWNING), None)
