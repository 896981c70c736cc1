"""From an owner and the nouns after it to a party: whose people they are, and of what sector."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from foreshock.observe.reading.actors.building import slug
from foreshock.observe.reading.actors.senses import Sense
from foreshock.observe.reading.record import Party, Span

OF_THE_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
"""Sectors whose people act for their state, so that the party is the state."""

ARMED = frozenset({"REB", "PRM", "COP", "UAF", "CRM"})
SOCIAL = frozenset({"EDU", "LAB", "AGR", "OPP", "MED", "JRN", "REF", "REL", "BUS"})
TAKEN = {"any": None, "armed": ARMED, "social": SOCIAL, "": frozenset[str]()}
"""Sectors that a noun of each kind takes over from a noun before it; None: every sector."""

NAMED = frozenset({"group", "organisation", "media"})


def sector_of(nouns: Sequence[Sense]) -> str:
    """Give the sector of a chain of nouns such as *army*, *officers*.

    The last noun tells it, unless it is of a kind that takes over what a noun before it says.
    """
    sector = ""
    for noun in nouns:
        taken = TAKEN[noun.agent.yields if noun.agent else ""]
        if not sector or (taken is not None and sector not in taken):
            sector = noun.sector or sector
    return sector


def _at_large(nouns: Sequence[Sense], sector: str) -> str:
    """Give the code of people who belong to no country where the text names nobody behind them."""
    agent = nouns[-1].agent if nouns else None
    if agent is not None and "international" in agent.use:
        return "IGO"
    return "NGO" if sector == "NGO" else ""


def _tells_more(told: str, sector: str) -> bool:
    """Whether a noun says more of a named group's people than the group's own sector does."""
    if not sector:
        return True
    if sector in ("PTY", "OPP", "GOV") and told in ARMED | {"MIL"}:
        return True
    return bool(told) and told not in OF_THE_STATE | ARMED | {"CVL", "PTY", "OPP"}


def _takes_over(noun: Sense, sector: str) -> bool:
    taken = TAKEN[noun.agent.yields if noun.agent else ""]
    return taken is None or sector in taken or (taken is ARMED and sector == "MIL")


def is_weak(noun: Sense) -> bool:
    """Whether a noun says nothing of its own, as *members* or *leader*."""
    return noun.agent is not None and noun.agent.yields == "any"


def named(sense: Sense, day: date | None, words: str, span: Span, nouns: Sequence[Sense]) -> Party:
    """Give the party that a name stands for, with what a noun before or after it adds."""
    sector, country = sense.sector, sense.country
    if sense.kind == "person":
        sector = _of_term(sense, day)
        if sector == "IGO":
            country, sector = "IGO", "GOV"
        if nouns and not (sector != "ELI" and all(is_weak(noun) for noun in nouns)):
            sector = sector_of(nouns) or sector
    elif nouns:
        told = sector_of(nouns)
        if is_weak(nouns[-1]) and told in ("CVL", "PTY"):
            told = ""
        if sense.kind == "organisation":
            sector = sector or told if is_weak(nouns[-1]) else told
        elif _tells_more(told, sector):
            sector = told
    return Party(
        id=sense.id,
        name=sense.name,
        country=country,
        sector=sector,
        words=words,
        span=span,
    )


def told(
    owner: Sense | None,
    nouns: Sequence[Sense],
    words: str,
    span: Span,
    name: str,
    state: Sense | None,
) -> Party:
    """Give the party of people told by what they are.

    Parameters
    ----------
    owner : Sense or None
        The country, people or body to which they belong.
    nouns : sequence of Sense
        What they are; empty for people told by their nation alone.
    name : str
        The phrase without article and number.
    state : Sense or None
        The state for which people of the state act.
    """
    sector = sector_of(nouns) if nouns else "CVL"
    if owner is not None and owner.kind == "body":
        sector = owner.sector if not nouns or _takes_over(nouns[-1], owner.sector) else sector
    elif owner is not None and owner.kind in NAMED and nouns and is_weak(nouns[-1]):
        sector = owner.sector or sector
    elif owner is not None and owner.kind == "ethnic" and sector == "MIL" and state is None:
        sector = "REB"  # the forces of a people without a state
    noun = (
        nouns[-1].id
        if nouns
        else slug(owner.name if owner and owner.kind == "ethnic" else "people")
    )
    country = owner.country if owner is not None else _at_large(nouns, sector)
    if owner is None:
        identity = noun
    elif sector in OF_THE_STATE and state is not None:
        identity = state.id
    else:
        identity = f"{owner.id}/{noun}"
    return Party(
        id=identity,
        name=name,
        country=country,
        sector=sector,
        words=words,
        span=span,
        known=owner is not None and sector in OF_THE_STATE and state is not None,
    )


def may_hold(person: Sense, nouns: Sequence[Sense]) -> bool:
    """Whether a title fits a person: "Judge King" is no king, "President Ford" may be the one."""
    title = sector_of(nouns)
    public = OF_THE_STATE - {"JUD", "COP", "SPY", "MIL"} | {"IGO", "PTY", "OPP", "ELI"}
    return title in ("", person.sector) or (title in public and person.sector in public)


def _of_term(person: Sense, day: date | None) -> str:
    """Give a person's sector on a day: a notable before and after the office."""
    out = day is not None and (
        (person.begins is not None and day < person.begins)
        or (person.ends is not None and person.ends < day)
    )
    return "ELI" if out and person.sector in OF_THE_STATE | {"IGO"} else person.sector
