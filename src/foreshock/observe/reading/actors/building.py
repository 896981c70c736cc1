"""From the lexicon's tables and a case's actors to the table of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from foreshock.evidence.actors import Actor, Tie
from foreshock.lexicon import gazetteer
from foreshock.lexicon.gazetteer import Entry, Name, State
from foreshock.observe.reading.actors.senses import Sense, Table

NATIONAL = ("state", "government", "country")
"""Kinds of a case's actors that stand for a state as a whole."""

BODY_KINDS = ("organisation", "coalition", "office")


@dataclass(slots=True)
class Names:
    """The table of names, and what is known beside it.

    Parameters
    ----------
    table : Table
    states : dict
        The state that bears a country code today.
    common : dict
        A case's actors by the plain words it uses for them ("rebels"), in lower case.
    patrons : dict
        Clients in a case by the id of their patron.
    """

    table: Table = field(default_factory=Table)
    states: dict[str, Sense] = field(default_factory=dict)
    common: dict[str, list[Sense]] = field(default_factory=dict)
    clients: dict[str, list[Sense]] = field(default_factory=dict)


def build(actors: Iterable[Actor], ties: Iterable[Tie]) -> Names:
    """Build the table: a case's actors first, then the lexicon, which takes over the case's ids."""
    names = Names()
    renamed = _case(names, list(actors), list(ties))
    for state in gazetteer.states():
        _state(names, state, renamed)
    for kind, entries in (
        ("group", gazetteer.groups()),
        ("organisation", gazetteer.organisations()),
        ("media", gazetteer.media()),
    ):
        for entry in entries:
            _add(names, entry.names, renamed.get(entry.id) or _sense(kind, entry))
    for person in gazetteer.people():
        sense = renamed.get(person.id) or _sense("person", person)
        short = sense._replace(whole=False)
        _add(names, person.names, sense)
        _add(names, person.short, short)
        _add(names, person.titled, short._replace(titled=True))
    for group in gazetteer.peoples():
        _add(names, group.names, _sense("people", group))
        _add(names, group.adjectives, _sense("ethnic", group))
    for agent in gazetteer.agents():
        spellings = _spellings(agent.forms)
        for form in agent.forms:
            best = noun_of(form, agent)
            noun = slug(spellings.get(_spelt(best), best))
            names.table.add(form, Sense("agent", noun, form, "", agent.sector, agent=agent))
    return names


def noun_of(form: str, agent: gazetteer.Agent) -> str:
    """Give the one form by which a noun is known: plural for people, singular for the rest."""
    forms = agent.forms
    bodies = gazetteer.words("collective")
    if "title" in agent.use or {form, form[:-1], form[:-3] + "y"} & bodies:
        singulars = (form[:-1], form[:-3] + "y") if form.endswith("s") else ()
        return next((one for one in singulars if one in forms), form)
    plurals = (
        form + "s",
        form + "es",
        form + "ren",
        form[:-1] + "ies",
        form.replace("man", "men"),
    )
    return next((plural for plural in plurals if plural in forms and plural != form), form)


def _spellings(forms: tuple[str, ...]) -> Mapping[str, str]:
    """Give the first of several forms that differ only as British and American spellings do."""
    return {_spelt(form): form for form in reversed(forms)}


def _spelt(form: str) -> str:
    return form.replace("our", "or").replace("fence", "fense").replace("isa", "iza")


def slug(text: str) -> str:
    """Make an id of a name.

    Examples
    --------
    >>> slug("Ram X. of Gondal")
    'ram-x-of-gondal'
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _sense(kind: str, entry: Entry) -> Sense:
    return Sense(
        kind,
        entry.id,
        entry.name,
        entry.country,
        entry.sector,
        begins=entry.since,
        ends=entry.until,
    )


def _add(names: Names, which: Iterable[Name], sense: Sense) -> None:
    for name in which:
        dated = sense
        if name.since or name.until:
            dated = sense._replace(since=name.since, until=name.until)
        names.table.add(name.text, dated)


def _state(names: Names, state: State, renamed: dict[str, Sense]) -> None:
    whole = _sense("state", state)
    first = state.country not in names.states
    known = renamed.get(state.id)
    if first:
        known = known or names.states.get(f"case:{state.country}")
        whole = whole._replace(id=known.id, name=known.name) if known else whole
        names.states[state.country] = whole
    elif known:
        whole = whole._replace(id=known.id, name=known.name)
    _add(names, state.names, whole)
    _add(names, state.adjectives, whole._replace(kind="adjective"))
    _add(names, state.people, whole._replace(kind="people"))
    _add(names, _singulars(state), whole._replace(kind="people"))
    _add(names, state.capitals, whole._replace(kind="capital"))
    _add(names, state.places, whole._replace(kind="place"))
    for name, sector in state.bodies:
        _add(names, (name,), whole._replace(kind="body", name=name.text, sector=sector))


def _singulars(state: State) -> list[Name]:
    """Give the nouns for one of a people, where no adjective is the same word."""
    adjectives = {name.text for name in state.adjectives}
    found = []
    for name in state.people:
        text = name.text[:-3] + "man" if name.text.endswith("men") else name.text[:-1]
        if text not in adjectives and name.text.endswith(("s", "men")):
            found.append(Name(text, name.since, name.until))
    return found


def _case(names: Names, actors: list[Actor], ties: list[Tie]) -> dict[str, Sense]:
    """Put a case's actors in; give the lexicon's ids for which the case has its own."""
    capitals = {name.text for state in gazetteer.states() for name in state.capitals}
    ids = {
        name.text.lower(): entry.id
        for entries in (gazetteer.groups(), gazetteer.organisations(), gazetteer.people())
        for entry in entries
        for name in entry.names
    }
    renamed: dict[str, Sense] = {}
    known: dict[str, Sense] = {}
    for actor in actors:
        sense = Sense(_kind(actor), actor.id, actor.name, actor.country, actor.sector)
        if sense.kind == "state":
            sense = sense._replace(sector="")
            if actor.kind == "state" and actor.country:
                names.states.setdefault(f"case:{actor.country}", sense)
        elif sense.kind == "organisation" and sense.sector == "IGO":
            sense = sense._replace(country=sense.country or "IGO", sector="")
        known[actor.id] = sense
        for alias in ((actor.name, None), *((a.name, a.since) for a in actor.aliases)):
            text, since = alias
            dated = sense._replace(since=since) if since else sense
            entry = ids.get(text.lower())
            if entry is not None:
                renamed.setdefault(entry, sense)
            if text.islower():
                names.common.setdefault(text, []).append(dated)
            else:
                here = dated._replace(kind="capital") if text in capitals else dated
                names.table.add(text.removeprefix("the "), here)
    for tie in ties:
        if tie.kind == "patron" and tie.b in known:
            names.clients.setdefault(tie.a, []).append(
                known[tie.b]._replace(since=tie.start, until=tie.end)
            )
    return renamed


def _kind(actor: Actor) -> str:
    if actor.kind in NATIONAL:
        return "state"
    if actor.sector == "JRN" or actor.kind == "media":
        return "media"
    if actor.kind in BODY_KINDS or actor.sector in ("IGO", "NGO"):
        return "organisation"
    return "person" if actor.kind == "person" else "group"
