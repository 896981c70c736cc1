"""The ontology: types of act and their modes, contexts, sectors, states and quantities.

Types, modes, contexts and sectors are PLOVER 0.8 (`plover.toml`); `foreshock.toml` adds what PLOVER
lacks. Both files say for each word what it means, so the words explain themselves in every report.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from foreshock.core.errors import LexiconError
from foreshock.lexicon.tables import read_table
from foreshock.lexicon.vocabulary import Vocabulary

Channel = Literal["word", "deed"]
Sign = Literal["cooperative", "conflictual", ""]

_TABLES = ("plover", "foreshock")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a plain list, such as a sector or a unit.

    Parameters
    ----------
    code : str
        The word as it stands in data.
    label : str
        The word as a reader sees it.
    definition : str
        What it means.

    Examples
    --------
    >>> load_ontology().sectors["REB"]
    Term(code='REB', label='REB', definition='armed groups that fight a government')
    """

    code: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Mode:
    """A way in which an act of one type is done.

    Parameters
    ----------
    code, definition : str
        The word in data, and what it means.
    score : float or None
        PLOVER's score, -10 (most conflictual) to +10; None where none is published.
    sign : {'cooperative', 'conflictual', ''}
        Set where the mode turns the sign of its type.
    note : str
        What a careful reader should know.

    Examples
    --------
    >>> event_type("RETREAT").mode("ceasefire").score
    7.5
    """

    code: str
    definition: str
    score: float | None = None
    sign: Sign = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of act that one actor does to another.

    Parameters
    ----------
    code, name, definition : str
        The word in data, the word for a reader, and what it means.
    origin : str
        The table that defines it: ``PLOVER`` or ``Foreshock``.
    quad : {1, 2, 3, 4} or None
        Verbal or material cooperation, verbal or material conflict; None for our own types.
    score : float or None
        PLOVER's score, -10 to +10; None for our own types.
    channel : {'word', 'deed'}
        Default channel; a claim may say otherwise.
    sign : {'cooperative', 'conflictual', ''}
        Default sign; a claim may say otherwise. Empty where the type alone has none.
    symmetric : bool
        Whether actors and recipients do the same thing together.
    needs_recipient : bool
        Whether the act is incomplete without somebody to whom it is done.
    family : str
        Acts of one family may be reports of the same event.
    prior : float
        Probability that one report of such an act is right, before weighing who says it. A
        judgement, to be varied.
    modes : Vocabulary of Mode
        The ways in which it is done; may be empty.
    note : str
        What a careful reader should know.

    Examples
    --------
    >>> request = event_type("REQUEST")
    >>> request.sign_of(""), request.sign_of("meet")
    ('conflictual', 'cooperative')
    >>> request.score_of("yield")
    -1.0
    """

    code: str
    name: str
    definition: str
    origin: str
    quad: int | None
    score: float | None
    channel: Channel
    sign: Sign
    symmetric: bool
    needs_recipient: bool
    family: str
    prior: float
    modes: Vocabulary[Mode]
    note: str = ""

    def mode(self, code: str, where: str | None = None) -> Mode:
        """Give a mode of this type, or raise `LexiconError` with the nearest spelling."""
        return self.modes.find(code, where)

    def sign_of(self, mode: str = "") -> Sign:
        """Give the default sign of this type done in this mode (empty: no mode given)."""
        return (self.mode(mode).sign if mode else "") or self.sign

    def score_of(self, mode: str = "") -> float | None:
        """Give the mode's score, or the type's where the mode is empty; None: not published."""
        return self.mode(mode).score if mode else self.score


@dataclass(frozen=True, slots=True)
class QuantityKind:
    """What a figure counts.

    Parameters
    ----------
    code, label, definition : str
        The word in data, the word for a reader, and what it means.
    unit : str
        Unit where a claim gives none.
    harm : bool
        Whether the figure counts persons killed, hurt or taken by force.

    Examples
    --------
    >>> killed = load_ontology().quantities["killed"]
    >>> killed.unit, killed.harm
    ('persons', True)
    """

    code: str
    label: str
    definition: str
    unit: str
    harm: bool


@dataclass(frozen=True, slots=True)
class Ontology:
    """All controlled words of one version.

    Parameters
    ----------
    version : str
        Versions of the tables it was read from.
    sources : tuple of str
        Where the words come from.
    types, contexts, sectors, families, quads, states, quantities, groups, units : Vocabulary
        The words by kind. A quad's code is its number as a string.

    Examples
    --------
    >>> ontology = load_ontology()
    >>> ontology.version
    'PLOVER 0.8, Foreshock 1'
    >>> len(ontology.types), len(ontology.contexts)
    (18, 37)
    >>> ontology.quantities["neutralised"].label
    'killed, wounded or captured'
    """

    version: str
    sources: tuple[str, ...]
    types: Vocabulary[EventType]
    contexts: Vocabulary[Term]
    sectors: Vocabulary[Term]
    families: Vocabulary[Term]
    quads: Vocabulary[Term]
    states: Vocabulary[Term]
    quantities: Vocabulary[QuantityKind]
    groups: Vocabulary[Term]
    units: Vocabulary[Term]


@cache
def load_ontology() -> Ontology:
    """Read the ontology; later calls give the same object.

    Raises
    ------
    LexiconError
        If a table is missing, unreadable or contradicts itself.

    Examples
    --------
    >>> load_ontology() is load_ontology()
    True
    """
    tables = [read_table(name) for name in _TABLES]
    ontology = Ontology(
        version=", ".join(f"{table['name']} {table['version']}" for table in tables),
        sources=tuple(source for table in tables for source in table["sources"]),
        types=Vocabulary("event type", [t for table in tables for t in _types(table)]),
        contexts=Vocabulary("context", _listed(tables, "context")),
        sectors=Vocabulary("sector", _listed(tables, "sector")),
        families=Vocabulary("family", _terms(tables, "family")),
        quads=Vocabulary("quad", _terms(tables, "quad")),
        states=Vocabulary("state", _terms(tables, "state")),
        quantities=Vocabulary(
            "quantity",
            [QuantityKind(**row) for table in tables for row in table.get("quantity", ())],
        ),
        groups=Vocabulary("group", _listed(tables, "group")),
        units=Vocabulary("unit", _listed(tables, "unit")),
    )
    _check(ontology)
    return ontology


def event_type(code: str, where: str | None = None) -> EventType:
    """Give a type of act by its code.

    Parameters
    ----------
    code : str
        Such as ``ASSAULT``, spelt exactly.
    where : str, optional
        File, line and field to blame.

    Raises
    ------
    LexiconError
        If there is no such type; the mend names the nearest spelling.

    Examples
    --------
    >>> event_type("ASSAULT").quad
    4
    >>> event_type("ASAULT", where="claims.csv:7, type")
    Traceback (most recent call last):
    foreshock.core.errors.LexiconError: claims.csv:7, type: no such event type: 'ASAULT'. \
Mend: write 'ASSAULT'.
    """
    return load_ontology().types.find(code, where)


def event_mode(type: str, mode: str, where: str | None = None) -> Mode | None:
    """Give a mode of a type; None where no mode was given.

    Parameters
    ----------
    type, mode : str
        Codes; an empty mode means that none was given, which is always allowed.
    where : str, optional
        File, line and field to blame.

    Raises
    ------
    LexiconError
        If there is no such type, or the mode belongs to another type or to none.

    Examples
    --------
    >>> event_mode("ASSAULT", "heavy-weapons").score
    -9.5
    >>> event_mode("ASSAULT", "") is None
    True
    >>> event_mode("AGREE", "phone")
    Traceback (most recent call last):
    foreshock.core.errors.LexiconError: no such mode of AGREE: 'phone'. \
Mend: leave it empty: there is no mode of AGREE.
    """
    known = event_type(type, where)
    return known.mode(mode, where) if mode else None


def _types(table: dict[str, Any]) -> list[EventType]:
    return [
        EventType(
            code=row["code"],
            name=row["name"],
            definition=row["definition"],
            origin=table["name"],
            quad=row.get("quad"),
            score=row.get("score"),
            channel=row["channel"],
            sign=row.get("sign", ""),
            symmetric=row["symmetric"],
            needs_recipient=row["needs_recipient"],
            family=row["family"],
            prior=row["prior"],
            modes=Vocabulary(
                f"mode of {row['code']}", [Mode(**mode) for mode in row.get("mode", ())]
            ),
            note=row.get("note", ""),
        )
        for row in table["type"]
    ]


def _terms(tables: list[dict[str, Any]], kind: str) -> list[Term]:
    return [Term(**row) for table in tables for row in table.get(kind, ())]


def _listed(tables: list[dict[str, Any]], kind: str) -> list[Term]:
    # A plain list gives a meaning to a code; the code without its joints is the label.
    return [
        Term(code, code.replace("_", " ").replace("-", " "), definition)
        for table in tables
        for code, definition in table.get(kind, {}).items()
    ]


def _check(ontology: Ontology) -> None:
    for kind in ontology.types.values():
        where = f"lexicon, type {kind.code}"
        ontology.families.find(kind.family, where)
        if not 0 < kind.prior < 1:
            raise LexiconError(f"prior {kind.prior} is no probability", where, "between 0 and 1")
    for quantity in ontology.quantities.values():
        ontology.units.find(quantity.unit, f"lexicon, quantity {quantity.code}")
