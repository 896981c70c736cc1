"""Whose people are meant by "the police" or "protesters": those of the place that is spoken of."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.names import slug
from foreshock.observe.reading.record import Party, Where

_AT_HOME = word_list("sectors_at_home")
_ABROAD_TOO = word_list("sectors_abroad_too")
_BODIES = frozenset({"", "IGO", "NGO"})


def localised(
    parties: tuple[Party, ...],
    others: tuple[Party, ...],
    place: Where | None,
    near: str,
    state: Callable[[str], Party | None],
) -> tuple[Party, ...]:
    """Give people without a country that of the place, else of the other side, else of the text.

    Police, students or judges are taken as those of the country where they act or of the side that
    they face; soldiers, rebels and unknown gunmen as those of the place or of the text.

    Parameters
    ----------
    parties, others : tuple of Party
        One side and the other.
    place : Where or None
        Where the act took place.
    near : str
        Country that the sentence speaks of, ISO 3166 alpha-3; empty if none.
    state : callable
        Gives the state of a country's code.
    """
    if all(party.country or party.known for party in parties):
        return parties
    there = place.country if place is not None else ""
    facing = next((other.country for other in others if other.country not in _BODIES), "")
    found = []
    for party in parties:
        if party.country or party.known:
            found.append(party)
            continue
        country = ""
        if party.sector in _AT_HOME:
            country = there or facing or near
        elif party.sector in _ABROAD_TOO:
            country = there or near
        home = state(country) if country else None
        if home is None:
            found.append(party)
        else:
            what = party.id.rpartition("/")[2] or slug(party.name)
            found.append(replace(party, country=country, id=f"{home.id}/{what}"))
    return tuple(found)
