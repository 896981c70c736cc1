"""Noun phrases and verb groups: the pieces that clauses are made of."""

from __future__ import annotations

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.grammar.units import Unit

VERBAL = frozenset({"VB", "VBZ", "VBD", "VBN", "VBG", "VBX"})
_GROUP_STARTS = frozenset({"MD", "BE", "HV", "DO"})
_IN_NOUN_PHRASE = frozenset({"DT", "CD", "JJ", "AJ", "NN", "AC", "PL", "POS", "PR"})
_OF_ATTITUDE = word_list("attitudes")
_BARE = word_list("bare_infinitive")
_NEGATED = VERBAL | _GROUP_STARTS | {"TO"}
_ARTICLES = frozenset({"a", "an", "the"})
TO_BE = "be to"
"""The modal of "they are to meet"."""

_HEADS = frozenset({"NN", "AC", "PL", "PR", "CD"})


class NounPhrase:
    """A noun phrase, from unit `first` to before unit `last`.

    Attributes
    ----------
    first, last : int
    head : int
        Unit that the phrase is about: its last noun.
    owner : tuple of int or None
        Units [from, to) of the owner: "Peru" in "Peru's attack".
    """

    __slots__ = ("first", "head", "last", "owner")

    def __init__(self, first: int, last: int, head: int, owner: tuple[int, int] | None) -> None:
        self.first = first
        self.last = last
        self.head = head
        self.owner = owner

    def __repr__(self) -> str:
        return f"NP[{self.first}:{self.last}]"


class VerbGroup:
    """A verb with its auxiliaries.

    Attributes
    ----------
    first, last : int
        Units [first, last).
    head : int
        The verb itself.
    lemma : str
    form : str
        ``finite``, ``infinitive``, ``gerund`` or ``participle``.
    passive, perfect, negated : bool
    modal : str
        The modal verb, empty if there is none.
    past : bool
        Whether the finite verb is in the past tense.
    bare : bool
        Whether no auxiliary stands with it.
    """

    __slots__ = (
        "bare", "first", "form", "head", "last", "lemma", "modal", "negated", "passive", "past",
        "perfect",
    )  # fmt: skip

    def __init__(self, first: int, head: int, lemma: str) -> None:
        self.first = first
        self.head = head
        self.last = head + 1
        self.lemma = lemma
        self.form = "finite"
        self.passive = self.perfect = self.negated = self.past = False
        self.modal = ""
        self.bare = False

    def __repr__(self) -> str:
        return f"VG[{self.lemma} {self.form}{' passive' if self.passive else ''}]"


Piece = NounPhrase | VerbGroup | int
"""A phrase, or the number of a unit that stands alone: a preposition, a mark, a conjunction."""


def pieces_of(units: list[Unit]) -> list[Piece]:
    """Cut tagged units into noun phrases, verb groups and what stands between."""
    pieces: list[Piece] = []
    at, count = 0, len(units)
    while at < count:
        tag = units[at].tag
        if (
            tag in _GROUP_STARTS
            or tag in VERBAL
            or (tag == "TO" and _infinitive(units, at, count))
            or (tag == "RB" and _opens_group(units, at, count))
        ):
            group = _verb_group(units, at, count)
            if group is not None:
                if tag == "VB" and group.bare and _follows_bare(pieces):
                    group.form = "infinitive"
                pieces.append(group)
                at = group.last
                continue
        elif tag == "NOT" and at + 1 < count and units[at + 1].tag in _NEGATED:
            group = _verb_group(units, at + 1, count)
            if group is not None:
                group.negated = True
                pieces.append(group)
                at = group.last
                continue
        if tag in _IN_NOUN_PHRASE:
            phrase = _noun_phrase(units, at, count)
            if phrase is not None:
                pieces.append(phrase)
                at = phrase.last
                continue
        pieces.append(at)
        at += 1
    return pieces


def _follows_bare(pieces: list[Piece]) -> bool:
    """Whether a verb such as "help" or "let" governs what comes next, with or without an object."""
    for piece in pieces[:-3:-1]:
        if isinstance(piece, VerbGroup):
            return piece.lemma in _BARE
        if not isinstance(piece, NounPhrase):
            return False
    return False


def _opens_group(units: list[Unit], at: int, count: int) -> bool:
    """Whether an adverb stands right before its verb: "potentially triggering"."""
    return at + 1 < count and (units[at + 1].tag in VERBAL or units[at + 1].tag in _GROUP_STARTS)


def _infinitive(units: list[Unit], at: int, count: int) -> bool:
    following = at + 1
    while following < count and units[following].tag in {"RB", "NOT"}:
        following += 1
    return following < count and units[following].tag in {"VB", "BE", "HV", "DO"}


def _verb_group(units: list[Unit], at: int, count: int) -> VerbGroup | None:
    """Read auxiliaries up to the verb that they lead to."""
    start = at
    infinitive = negated = perfect = past = False
    modal = ""
    be = ""
    last_auxiliary = -1
    while at < count:
        unit = units[at]
        tag = unit.tag
        if tag == "TO" and be and last_auxiliary == at - 1:
            modal = TO_BE  # "were to meet": not yet, if ever
        elif tag == "TO" and perfect and units[at - 1].lower == "yet":
            negated = True  # "has yet to arrive"
        elif tag == "TO":
            infinitive = True
        elif tag == "MD":
            modal = unit.lower
        elif tag == "HV":
            perfect = True
            past = past or unit.lower == "had"
            last_auxiliary = at
        elif tag == "BE":
            be = unit.lower
            past = past or be in {"was", "were"}
            last_auxiliary = at
        elif tag == "DO":
            past = past or unit.lower == "did"
            last_auxiliary = at
        elif tag == "NOT":
            negated = True
        elif tag in VERBAL or tag not in {"RB", "DA"} or not _leads_to_verb(units, at, count):
            break
        at += 1
    bare = all(unit.tag in {"RB", "DA"} for unit in units[start:at])
    if at < count and units[at].tag in VERBAL:
        verb = units[at]
        group = VerbGroup(start, at, verb.lemma)
        tag = verb.tag
        if be and tag in {"VBN", "VBX"}:
            by = at + 1 < count and units[at + 1].lower == "by"
            group.passive = by or verb.lemma not in _OF_ATTITUDE
        if tag in {"VBX", "VBD"} and not (be or perfect or modal or infinitive):
            past = True
        if infinitive:
            group.form = "infinitive"
        elif tag == "VBG" and not be:
            group.form = "gerund"
        elif tag == "VBN" and bare:
            group.form = "participle"
            group.passive = True
        elif tag in {"VBN", "VBX"} and _is_gerund(units, start, at):
            group.form = "gerund"
    elif last_auxiliary >= 0:
        unit = units[last_auxiliary]
        lemma = {"BE": "be", "HV": "have", "DO": "do"}[unit.tag]
        group = VerbGroup(start, last_auxiliary, lemma)
        at = last_auxiliary
        perfect = perfect and unit.tag != "HV"
        if infinitive:
            group.form = "infinitive"
        elif unit.lower in {"being", "having", "doing"}:
            group.form = "gerund"
        if at + 1 < count and units[at + 1].tag == "NOT":
            negated = True
            group.last = at + 2
    else:
        return None
    group.bare = bare
    group.negated = negated
    group.perfect = perfect
    group.past = past
    group.modal = modal
    return group


def _is_gerund(units: list[Unit], start: int, at: int) -> bool:
    """Whether the first auxiliary is a gerund: "having shelled", "being held"."""
    first = next((unit for unit in units[start:at] if unit.tag in {"BE", "HV"}), None)
    return first is not None and first.lower in {"being", "having"}


def _leads_to_verb(units: list[Unit], at: int, count: int) -> bool:
    """Whether an adverb or a date inside a verb group is followed by more of the group."""
    for following in range(at + 1, min(at + 4, count)):
        tag = units[following].tag
        if tag in VERBAL or tag in _GROUP_STARTS or tag == "NOT":
            return True
        if tag not in {"RB", "DA"}:
            return tag == "TO" and units[at].lower == "yet"
    return False


def _noun_phrase(units: list[Unit], at: int, count: int) -> NounPhrase | None:
    start, head = at, -1
    owner: tuple[int, int] | None = None
    begun = at
    while at < count:
        unit = units[at]
        tag = unit.tag
        if tag == "POS":
            if head < 0:
                break
            owner = (begun, at)
            head = -1
        elif tag == "PR":
            if head >= 0 or at > start:
                break
            return NounPhrase(start, at + 1, at, None)
        elif tag == "DT" and at > start and units[at - 1].tag not in {"DT", "POS"}:
            break
        elif tag in _HEADS:
            if tag == "AC" and head >= 0 and units[head].tag in {"AC"}:
                break  # two parties side by side are not one phrase
            if tag == "AC" and head >= 0 and units[head].tag == "NN" and _tells_of(units, at):
                break  # "the attack | Peru planned was called off"
            if at > start and unit.opening in _ARTICLES and units[at - 1].tag != "DT":
                break  # "the ships | the rebels seized"
            head = at
        elif tag in {"RB", "DA"} and _leads_to_noun(units, at, count):
            pass
        elif tag not in _IN_NOUN_PHRASE:
            break
        at += 1
    if head < 0:
        if owner is not None:
            return NounPhrase(start, owner[1] + 1, owner[1] - 1, None)
        if start < at and units[at - 1].tag in {"DT", "JJ", "AJ"}:
            return NounPhrase(start, at, at - 1, None)
        return None
    return NounPhrase(start, at, head, owner)


def _tells_of(units: list[Unit], at: int) -> bool:
    """Whether a name is the subject of a clause that tells of the noun before it."""
    following = [unit.tag for unit in units[at + 1 : at + 5]]
    if len(following) < 2 or following[0] not in {"VBX", "VBD", "VBZ"}:
        return False
    for tag in following[1:]:
        if tag in {"BE", "HV", "MD"}:
            return True
        if tag not in {"RB", "TO", "VB", "IN", "DA"}:
            return False
    return False


def _leads_to_noun(units: list[Unit], at: int, count: int) -> bool:
    return (
        0 < at < count - 1
        and units[at + 1].tag in {"JJ", "CD", "NN"}
        and units[at - 1].tag in {"DT", "JJ"}
    )  # fmt: skip
