"""The patterns: which words tell which act, which words report speech, which words only suppose.

The tables lie in ``lexicon/acts``: one a type of act, ``state.toml``, ``yields.toml`` for ground
won and lost, ``none.toml`` for the same words where they tell no political act, ``speech.toml``
and ``modality.toml``. ``lists.toml`` names lists of words that several senses share: ``&troops``
stands for all words of the list, and the verb ``*`` for every verb. A user's own table has the
same form; its senses win over ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

import tomli
from msgspec.structs import replace
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from foreshock.core.errors import LexiconError
from foreshock.lexicon.ontology import event_mode, load_ontology
from foreshock.lexicon.senses import Content, Makes, Mark, Sense, Speech, Stance

__all__ = ["Acts", "Mark", "Sense", "Speech", "acts", "extend"]

VERB_ACTOR = ("subject",)
VERB_RECIPIENT = ("object",)
NOUN_ACTOR = ("possessive", "adjective", "by", "of", "between")
NOUN_RECIPIENT = ("against", "on", "with", "to", "of")
"""Where parties stand if a sense does not say so."""

OWN = 1000
"""Added to the rank of a user's senses, so that they win."""

EVERY = "*"
"""Stands for every verb that the tables know."""

_LISTS = "lists.toml"


@dataclass(frozen=True, slots=True)
class Acts:
    """All patterns, each under its first word.

    Parameters
    ----------
    verbs, nouns : mapping of str to tuple of Sense
        Under the lemma, the most specific first; among equals those that tell no act first.
    speech : mapping of str to tuple of Speech
        Under the first word, the longest first.
    marks : mapping of str to tuple of Mark
        Under the first word, the longest first.

    Examples
    --------
    >>> found = acts().verbs["assassinate"][-1]
    >>> found.type, found.mode
    ('ASSAULT', 'targeted')
    """

    verbs: Mapping[str, tuple[Sense, ...]]
    nouns: Mapping[str, tuple[Sense, ...]]
    speech: Mapping[str, tuple[Speech, ...]]
    marks: Mapping[str, tuple[Mark, ...]]


@cache
def acts() -> Acts:
    """Read the patterns that come with Foreshock; later calls give the same object.

    Raises
    ------
    LexiconError
        If a table is unreadable or contradicts the ontology; names file, entry and field.

    Examples
    --------
    >>> acts() is acts()
    True
    """
    folder = files("foreshock.lexicon") / "acts"
    tables = sorted(
        (f for f in folder.iterdir() if f.name.endswith(".toml") and f.name != _LISTS), key=_name
    )
    return _merged(Acts({}, {}, {}, {}), [_read(table, f"acts/{table.name}") for table in tables])


def extend(known: Acts, path: Path) -> Acts:
    """Add a user's own table, whose entries win over those already known.

    Parameters
    ----------
    known : Acts
        What is known; it is not changed.
    path : pathlib.Path
        A TOML file with ``[[sense]]``, ``[[speech]]`` and ``[[mark]]`` entries.

    Raises
    ------
    LexiconError
        If the table is missing, unreadable or contradicts the ontology.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "acts.toml"
    ...     _ = path.write_text('''[[sense]]
    ... verbs = ["grumph"]
    ... type = "ASSAULT"
    ... example = "Gondal troops grumphed Angria."
    ... ''')
    ...     extend(acts(), path).verbs["grumph"][0].type
    'ASSAULT'
    """
    table = _read(path, path.name)
    own = [replace(sense, rank=sense.rank + OWN) for sense in table.senses]
    return _merged(known, [_Read(own, table.speech, table.marks)])


# ---------------------------------------------------------------- the form of a table

_Word = Annotated[str, StringConstraints(pattern=r"^\S+( \S+)*$")]
_Words = tuple[_Word, ...]
_Pair = Annotated[str, StringConstraints(pattern=r"^\S+( \S+)?$")]
_Pairs = tuple[_Pair, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _SenseRow(_Strict):
    verbs: _Words = ()
    nouns: _Words = ()
    subject: _Pairs = ()
    object: _Pairs = ()
    with_: _Pairs = Field(default=(), alias="with")
    without: _Pairs = ()
    complement: _Pairs = ()
    type: str | None = None
    mode: str = ""
    state: str = ""
    context: _Words = ()
    actor: _Words = ()
    recipient: _Words | None = None
    content: Content = ""
    weight: float = Field(default=1.0, gt=0, le=1)
    rank: int | None = Field(default=None, ge=0, lt=OWN)
    example: Annotated[str, StringConstraints(min_length=8)]


class _SpeechRow(_Strict):
    verbs: _Words = ()
    nouns: _Words = ()
    phrases: _Words = ()
    stance: Stance
    forms: _Words
    hearer: _Words = ()
    example: Annotated[str, StringConstraints(min_length=8)]


class _MarkRow(_Strict):
    words: Annotated[_Words, Field(min_length=1)]
    part: Literal["modal", "verb", "noun", "adjective", "adverb", "conjunction", "phrase"]
    makes: Makes
    forms: _Words
    example: Annotated[str, StringConstraints(min_length=8)]


class _Table(_Strict):
    type: str | None = None
    list: dict[str, _Pairs] = {}
    sense: tuple[_SenseRow, ...] = ()
    speech: tuple[_SpeechRow, ...] = ()
    mark: tuple[_MarkRow, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    senses: list[Sense]
    speech: list[Speech]
    marks: list[Mark]


# ---------------------------------------------------------------- reading


def _name(table: Traversable) -> str:
    return table.name


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return _of(_table(files("foreshock.lexicon") / "acts" / _LISTS, f"acts/{_LISTS}"))


def _of(table: _Table) -> dict[str, frozenset[str]]:
    return {name: _with_plurals(words) for name, words in table.list.items()}


def _table(source: Traversable, where: str) -> _Table:
    try:
        raw = tomli.loads(source.read_text(encoding="utf-8"))
    except OSError as fault:
        raise LexiconError("the table cannot be read", where, mend="check its name") from fault
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise LexiconError(f"not readable as TOML: {fault}", where) from fault
    try:
        return _Table.model_validate(raw)
    except ValidationError as fault:
        raise _refusal(fault, raw, where) from None


def _read(source: Traversable, where: str) -> _Read:
    table = _table(source, where)
    lists = {**_lists(), **_of(table)}
    return _Read(
        [
            sense
            for number, row in enumerate(table.sense, 1)
            for sense in _senses(row, table.type, lists, f"{where}, sense {number}")
        ],
        [entry for row in table.speech for entry in _speech(row)],
        [
            Mark(
                words=tuple(words.split()),
                part=row.part,
                makes=row.makes,
                forms=frozenset(row.forms),
                example=row.example,
            )
            for row in table.mark
            for words in row.words
        ],
    )


def _senses(
    row: _SenseRow, default: str | None, lists: Mapping[str, frozenset[str]], where: str
) -> Iterable[Sense]:
    type = row.type if row.type is not None else default
    words = _entry(row)
    if bool(row.verbs) == bool(row.nouns):
        raise LexiconError("has both verbs and nouns, or neither", where, "one of the two")
    if type is None and not row.state:
        raise LexiconError(f"{words}: no type", where, "a type; '' for a word that tells no act")
    where = f"{where} ({words})"
    if row.state:
        load_ontology().states.find(row.state, f"{where}, field state")
    elif type:
        event_mode(type, row.mode, f"{where}, field mode")
    for context in row.context:
        load_ontology().contexts.find(context, f"{where}, field context")
    noun = bool(row.nouns)
    shared: dict[str, Any] = {
        "noun": noun,
        "subject": _words(row.subject, lists, f"{where}, field subject"),
        "object": _words(row.object, lists, f"{where}, field object"),
        "needs": _words(row.with_, lists, f"{where}, field with"),
        "bars": _words(row.without, lists, f"{where}, field without"),
        "complement": frozenset(row.complement),
        "type": "" if row.state else type,
        "mode": row.state or row.mode,
        "context": row.context,
        "kind": "state" if row.state else "event" if type else "none",
        "actor": row.actor or (NOUN_ACTOR if noun else VERB_ACTOR),
        "recipient": (NOUN_RECIPIENT if noun else VERB_RECIPIENT)
        if row.recipient is None
        else row.recipient,
        "content": row.content,
        "weight": row.weight,
        "example": row.example,
    }
    specific = _rank(shared)
    for word in row.nouns or row.verbs:
        *before, head = word.split()
        lemma, particles = (head, before) if noun else (word.split()[0], word.split()[1:])
        # A particle makes another verb.
        rank = specific + 6 * len(particles) if row.rank is None else row.rank
        yield Sense(lemma=lemma, particles=tuple(particles), rank=rank, **shared)


def _words(words: _Words, lists: Mapping[str, frozenset[str]], where: str) -> frozenset[str]:
    if not words:
        return frozenset()
    found = [_with_plurals(word for word in words if not word.startswith("&"))]
    for word in words:
        if word.startswith("&"):
            if word[1:] not in lists:
                raise LexiconError(
                    f"no such list of words: {word}", where, mend=f"name one of {', '.join(lists)}"
                )
            found.append(lists[word[1:]])
    return frozenset().union(*found)


def _with_plurals(words: Iterable[str]) -> frozenset[str]:
    words = frozenset(words)
    return words | {_plural(word) for word in words if not word.startswith("@")}


@cache
def _plural(noun: str) -> str:
    # A phrase that names people is one unit, and its words stand there as the text has them.
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in set("aeou"):
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def _rank(conditions: Mapping[str, Any]) -> int:
    # What is done narrows more than what else stands in the clause.
    rank = 3 * bool(conditions["needs"])
    for name, word, kind in (("complement", 5, 2), ("object", 4, 2), ("subject", 4, 1)):
        if conditions[name]:
            named = any(not item.startswith("@") for item in conditions[name])
            rank += word if named else kind
    return rank


def _speech(row: _SpeechRow) -> Iterable[Speech]:
    parts: tuple[tuple[_Words, Literal["verb", "noun", "phrase"]], ...] = (
        (row.verbs, "verb"),
        (row.nouns, "noun"),
        (row.phrases, "phrase"),
    )
    for words, part in parts:
        for word in words:
            yield Speech(
                words=tuple(word.split()),
                part=part,
                stance=row.stance,
                forms=frozenset(row.forms),
                hearer=row.hearer,
                example=row.example,
            )


def _refusal(fault: ValidationError, raw: Mapping[str, Any], where: str) -> LexiconError:
    first = fault.errors()[0]
    kind, *rest = first["loc"] or ("table",)
    if rest and isinstance(rest[0], int):
        row = raw[str(kind)][rest[0]]
        words = row.get("verbs") or row.get("nouns") or row.get("words") or row.get("phrases")
        name = f" ({words[0]})" if isinstance(words, list) and words else ""
        where = f"{where}, {kind} {rest[0] + 1}{name}"
        rest = rest[1:]
    field = ".".join(str(part) for part in rest) or str(kind)
    return LexiconError(
        f"field {field}: {first['msg']}", where, mend="see the tables in lexicon/acts for the form"
    )


def _entry(row: _SenseRow) -> str:
    return next(iter(row.verbs + row.nouns), "no word")


# ---------------------------------------------------------------- joining

_Entry = TypeVar("_Entry", Speech, Mark)


def _merged(known: Acts, tables: Iterable[_Read]) -> Acts:
    tables = list(tables)
    senses = [sense for table in tables for sense in table.senses]
    return Acts(
        _by_lemma(known.verbs, [sense for sense in senses if not sense.noun]),
        _by_lemma(known.nouns, [sense for sense in senses if sense.noun]),
        _by_first(known.speech, [entry for table in tables for entry in table.speech]),
        _by_first(known.marks, [entry for table in tables for entry in table.marks]),
    )


def _by_lemma(
    known: Mapping[str, tuple[Sense, ...]], new: list[Sense]
) -> Mapping[str, tuple[Sense, ...]]:
    found = defaultdict(list, {lemma: list(senses) for lemma, senses in known.items()})
    everywhere = [sense for sense in new if sense.lemma == EVERY]
    for sense in new:
        if sense.lemma not in found:
            found[sense.lemma].extend(found.get(EVERY, ()))
        found[sense.lemma].append(sense)
    for lemma, senses in found.items():
        if lemma != EVERY:
            senses.extend(everywhere)
    return MappingProxyType(
        {lemma: tuple(sorted(senses, key=_order)) for lemma, senses in found.items()}
    )


def _order(sense: Sense) -> tuple[int, bool]:
    return -sense.rank, sense.kind != "none"


def _by_first(
    known: Mapping[str, tuple[_Entry, ...]], new: list[_Entry]
) -> Mapping[str, tuple[_Entry, ...]]:
    # New ones go before known ones of the same length: the sort is stable.
    found: dict[str, list[_Entry]] = defaultdict(list)
    for entry in new:
        found[entry.words[0]].append(entry)
    for first, entries in known.items():
        found[first].extend(entries)
    return MappingProxyType(
        {
            first: tuple(sorted(entries, key=lambda entry: -len(entry.words)))
            for first, entries in found.items()
        }
    )
