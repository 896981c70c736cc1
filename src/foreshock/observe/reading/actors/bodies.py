"""Organisations that no entry names, known by their form: "United Gondal Front (UGF)"."""

from __future__ import annotations

from foreshock.observe.reading.actors.alone import abbreviation
from foreshock.observe.reading.actors.building import slug
from foreshock.observe.reading.actors.chains import Chain
from foreshock.observe.reading.actors.mentions import Mention
from foreshock.observe.reading.actors.parties import sector_of
from foreshock.observe.reading.actors.senses import Sense
from foreshock.observe.reading.actors.sentence import Sentence
from foreshock.observe.reading.actors.units import STATE_LIKE
from foreshock.observe.reading.record import Party

LINKS = frozenset({"of", "for", "the", "and", "in", "to"})
LONGEST = 14
"""Words that the name of an organisation may have."""


def read_body(sentence: Sentence, chain: Chain, floor: int) -> Mention | None:
    """Read a proper name whose head is a noun for bodies, written with capital letters.

    Parameters
    ----------
    chain : Chain
        Ends with the noun ("Front").
    floor : int
        First token that is still free.
    """
    head = chain.nouns[-1]
    word = sentence.keys[head.last - 1]
    if word not in sentence.words.body or not sentence.capital(head.last - 1):
        return None
    first = _first(sentence, chain, floor)
    last = _last(sentence, head.last)
    own = any(
        at not in sentence.at or sentence.at[at].kind not in STATE_LIKE
        for at in range(first, head.first)
        if sentence.capital(at)
    )
    if not own and last == head.last:
        return None
    country = _country(sentence, first, last)
    owned = [at for at in range(first, head.first) if sentence.keys[at] in ("'s", "'")]
    name = sentence.slice(owned[-1] + 1 if owned else first, last)
    last, short = abbreviation(sentence, last)
    start = first - 1 if first > floor and sentence.key(first - 1) == "the" else first
    sector = sector_of([noun.sense for noun in chain.nouns])
    if not sentence.words.armed_name.isdisjoint(sentence.keys[first:last]) and sector not in (
        *("LEG", "JUD", "MED", "JRN"),
    ):
        sector = "REB"
    home = f"{country.id}/" if country is not None else ""
    worldwide = not sentence.words.worldwide.isdisjoint(sentence.keys[first:last])
    at_large = "NGO" if worldwide and sector != "REB" else ""
    party = Party(
        id=home + slug(name),
        name=name,
        country=country.country if country is not None else at_large,
        sector=sector,
        words=sentence.slice(start, last),
        span=sentence.span(start, last),
        known=False,
    )
    if short and sentence.aliases is not None:
        sentence.aliases[short] = party
    return Mention(start, last, (party,), "organisation")


def _first(sentence: Sentence, chain: Chain, floor: int) -> int:
    """Go left over words with capital letters."""
    first = chain.first
    small = sentence.words
    while first > floor and chain.first - first < LONGEST:
        word = sentence.keys[first - 1]
        if sentence.capital(first - 1):
            if word in small.opener or word in small.calendar or word in small.determiner:
                break
            first -= 1
        elif word in ("and", "of", "for") and first - 2 >= floor and sentence.capital(first - 2):
            if sentence.keys[first - 2] not in small.body and word != "of":
                break
            if first - 2 in sentence.at and sentence.at[first - 2].kind in STATE_LIKE:
                break
            first -= 2
        else:
            break
    return first


def _last(sentence: Sentence, last: int) -> int:
    """Go right over "of the ..." and "for ..." as long as words with capital letters follow."""
    here = last
    if sentence.key(here) not in ("of", "for"):
        return last
    while here - last < LONGEST:
        if sentence.capital(here) and sentence.keys[here] not in sentence.words.calendar:
            here += 1
            last = here
        elif sentence.key(here) in LINKS and (
            sentence.capital(here + 1)
            or (
                sentence.key(here) != "and"
                and sentence.key(here + 1) == "the"
                and sentence.capital(here + 2)
            )
        ):
            here += 1
        else:
            break
    return last


def _country(sentence: Sentence, first: int, last: int) -> Sense | None:
    found = [
        unit.sense
        for at in range(first, last)
        if (unit := sentence.at.get(at)) is not None and unit.kind in STATE_LIKE
    ]
    return found[0] if found else None
