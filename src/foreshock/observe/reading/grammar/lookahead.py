"""Looking ahead in a sentence: what follows decides what a phrase or a verb is."""

from __future__ import annotations

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.grammar.clause import RELATIVE
from foreshock.observe.reading.grammar.opened import Opened
from foreshock.observe.reading.grammar.phrases import NounPhrase, Piece, VerbGroup
from foreshock.observe.reading.grammar.units import Unit

ALSO_PREPOSITIONS = frozenset({"after", "before", "since", "until", "as", "till"})
"""Words that govern a phrase or open a clause."""

LONGEST_ASIDE = 24
"""Pieces that may stand between a subject and its verb."""

_PARTICLES = word_list("particles")
_ALWAYS = word_list("always")
_HEARSAY = word_list("hearsay")
_TAKING = word_list("taking_objects")
_LOCATIVE = frozenset({"in", "at", "near", "outside", "across", "around", "through", "throughout"})
_MARKS = frozenset({",", ";", "SC", "WP", '"', ":", "-", "--"})


class Ahead:
    """Answers what comes behind a piece of a sentence; it keeps nothing in mind.

    Parameters
    ----------
    units : list of Unit
    pieces : list of Piece
    """

    def __init__(self, units: list[Unit], pieces: list[Piece]) -> None:
        self.units = units
        self.pieces = pieces

    def reduced(
        self, verb: VerbGroup, index: int, top: Opened, joining: str, *, waits: bool
    ) -> bool:
        """Whether a bare past form is a participle: "weapons seized last year were ..."."""
        unit = self.units[verb.head]
        if unit.tag not in {"VBX", "VBN"} or not verb.bare:
            return False
        if not index:  # "Shelled by tanks, the town ..."
            return self.by_follows(verb) and any(
                isinstance(piece, VerbGroup) and piece.form == "finite" for piece in self.pieces[1:]
            )
        before = self.pieces[index - 1]
        if isinstance(before, NounPhrase) and self.units[before.head].tag == "PR":
            return False
        if top.clause is None and (top.phrases or top.antecedent is not None):
            if self.lists_verbs(index):
                return False
            if joining == "," and not self.said_aside(index) and self._set_apart(index, top):
                return True
            apart = joining == "," and self.is_aside(index)
            if not (isinstance(before, NounPhrase) or self.by_follows(verb) or apart):
                return False
            if top.kind == RELATIVE and top.phrases and top.antecedent is not None:
                return False  # "the ships which the rebels seized"
            return self.finite_follows(index) and (
                self.by_follows(verb)
                or self._is_hearsay(verb, index)
                or not self.object_follows(index)
            )
        return isinstance(before, NounPhrase) and not joining and not waits

    def has_own_verb(self, index: int, *, joined: bool, reporting: bool) -> bool:
        """Whether a finite verb follows a phrase for which the phrase can be the subject.

        ``joined``: a comma or conjunction stands before it; ``reporting``: a verb that a clause
        may follow without "that".
        """
        pieces = self.pieces
        for at in range(index + 1, min(index + 16, len(pieces))):
            piece = pieces[at]
            if isinstance(piece, VerbGroup):
                if piece.form == "finite":
                    return not (self.by_follows(piece) or self._described(index, at, piece))
                if piece.form == "infinitive" and not joined and not reporting:
                    return False
            elif isinstance(piece, NounPhrase):
                if at == index + 1:
                    return False  # "the ground they lost", "told Peru it would"
            else:
                tag = self.units[piece].tag
                if tag == "," and at == index + 1 and self._named_beside(at):
                    return True
                if tag == "CC":
                    following = pieces[at + 1] if at + 1 < len(pieces) else None
                    if not (joined or reporting) or not isinstance(following, NounPhrase):
                        return False
                elif tag in {",", ";", "SC", "WP", '"', ":", "-", "--"} or (
                    self.units[piece].lower in ALSO_PREPOSITIONS and self.clause_follows(at)
                ):
                    return False
        return False

    def _named_beside(self, at: int) -> bool:
        """Whether a name between two commas comes before a verb: "the minister, X Y, told"."""
        pieces = self.pieces[at + 1 : at + 4]
        if len(pieces) < 3 or not isinstance(pieces[0], NounPhrase):
            return False
        closing, verb = pieces[1], pieces[2]
        closes = isinstance(closing, int) and self.units[closing].tag == ","
        return closes and isinstance(verb, VerbGroup) and verb.form == "finite"

    def aside(self, index: int) -> int:
        """Give the piece that closes a short aside in brackets, to be passed over."""
        for at in range(index + 1, min(index + 12, len(self.pieces))):
            piece = self.pieces[at]
            if isinstance(piece, int) and self.units[piece].tag == ")":
                return at
        return index

    def _described(self, index: int, at: int, verb: VerbGroup) -> bool:
        """Whether a past form right behind a thing only describes it: "equipment seized from"."""
        phrase = self.pieces[index]
        if at != index + 1 or not isinstance(phrase, NounPhrase) or not verb.bare:
            return False
        thing = self.units[phrase.head].tag == "NN" and self.units[verb.head].tag == "VBX"
        return thing and verb.lemma in _TAKING and not self.object_follows(at)

    def first(self, index: int) -> int:
        """First unit of a piece."""
        piece = self.pieces[index]
        return piece if isinstance(piece, int) else piece.first

    def by_follows(self, verb: VerbGroup) -> bool:
        """Whether a bare past form is followed by "by": then it is a participle."""
        bare = verb.bare and self.units[verb.head].tag in {"VBX", "VBN"}
        following = verb.last
        return bare and following < len(self.units) and self.units[following].lower == "by"

    def tells_where(self, phrase: NounPhrase) -> bool:
        """Whether a phrase is but the place of a deed: "rallied in Lima, or Peru, calling for"."""
        unit = self.units[phrase.head]
        if not phrase.first or self.units[phrase.first - 1].lower not in _LOCATIVE:
            return False
        return unit.tag == "PL" or (unit.tag == "AC" and unit.value.kind in {"state", "capital"})

    def listed(self, index: int) -> bool:
        """Whether a list goes on: "Peru, Chile and Bolivia"."""
        for piece in self.pieces[index + 1 : index + 10]:
            if isinstance(piece, VerbGroup):
                return False
            if isinstance(piece, int):
                tag = self.units[piece].tag
                if tag == "CC":
                    return True
                if tag != ",":
                    return False
        return False

    def is_particle(self, at: int, index: int) -> bool:
        """Whether a preposition belongs to the verb before it: "called off the talks"."""
        before = self.pieces[index - 1] if index else None
        if not isinstance(before, VerbGroup) or self.units[at].lower not in _PARTICLES:
            return False
        after = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        return not isinstance(after, NounPhrase) or self.units[at].lower in _ALWAYS

    def clause_follows(self, index: int) -> bool:
        """Whether a finite verb comes before the next mark: "after troops shelled the town"."""
        seen_phrase = False
        for piece in self.pieces[index + 1 : index + 12]:
            if isinstance(piece, VerbGroup):
                return piece.form == "finite" and seen_phrase and not self.by_follows(piece)
            if isinstance(piece, NounPhrase):
                seen_phrase = True
            elif self.units[piece].tag in {",", ";", ":", "WP", "SC"}:
                return False
        return False

    def told_short(self, verb: VerbGroup, index: int) -> bool:
        """Whether a verb stands as in a headline, without auxiliary and object."""
        unit = self.units[verb.head]
        return verb.bare and unit.tag == "VBX" and not self.object_follows(index)

    def object_follows(self, index: int) -> bool:
        """Whether an object, or an infinitive, follows: then the past form is a finite verb."""
        for piece in self.pieces[index + 1 : index + 5]:
            if isinstance(piece, NounPhrase):
                return True
            if isinstance(piece, VerbGroup):
                return piece.form == "infinitive"
            unit = self.units[piece]
            dated = (
                unit.tag == "IN"
                and piece + 1 < len(self.units)
                and (self.units[piece + 1].tag == "DA")
            )
            if unit.tag not in {"DA", "RB"} and not dated:
                return unit.tag == "SC"
        return False

    def finite_follows(self, index: int) -> bool:
        """Whether another finite verb follows that could take the waiting subject."""
        own = False  # whether a phrase since the last comma would be that verb's own subject
        comma = False
        for piece in self.pieces[index + 1 :]:
            if isinstance(piece, VerbGroup):
                if piece.form == "finite":
                    return not own
            elif isinstance(piece, NounPhrase):
                own = own or comma
                comma = False
            else:
                tag = self.units[piece].tag
                if (
                    tag in {"SC", "WP", ";", "CC", '"'}
                    or self.units[piece].lower in ALSO_PREPOSITIONS
                ):
                    return False
                comma = tag == ","
                own = own and not comma
        return False

    def _set_apart(self, index: int, top: Opened) -> bool:
        """Whether a comma parts a verb from its subject: "Chile, warned that ..., closed"."""
        subject, comma = self.pieces[max(0, index - 2) : index] if index > 1 else (None, None)
        if len(top.phrases) != 1 or subject is not top.phrases[0]:
            return False  # something in apposition stands between
        if not (isinstance(comma, int) and self.units[comma].tag == ","):
            return False
        closed = False
        for piece in self.pieces[index + 1 : index + LONGEST_ASIDE]:
            if isinstance(piece, VerbGroup):
                if closed:
                    return piece.form == "finite"
            elif isinstance(piece, int):
                closed = self.units[piece].tag == ","
            else:
                closed = False
        return False

    def _is_hearsay(self, verb: VerbGroup, index: int) -> bool:
        """Whether others say so of the subject: "gunmen believed to be rebels killed"."""
        after = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        leads_on = isinstance(after, VerbGroup) and after.form == "infinitive"
        return verb.lemma in _HEARSAY and leads_on

    def lists_verbs(self, index: int) -> bool:
        """Whether a list of verbs begins: "attacked, burned and looted the village"."""
        comma, verb = [*self.pieces[index + 1 : index + 3], -1, -1][:2]
        return (
            isinstance(comma, int)
            and comma >= 0
            and self.units[comma].tag == ","
            and isinstance(verb, VerbGroup)
            and verb.bare
            and verb.form == "finite"
        )

    def two_verbs_follow(self, index: int) -> bool:
        """Whether a verb of a phrase's own follows at once, and then that of another subject."""
        own, rest = self.pieces[index + 1 : index + 2], range(index + 2, index + 8)
        if not (own and isinstance(own[0], VerbGroup) and own[0].form == "finite"):
            return False
        for piece in (self.pieces[at] for at in rest if at < len(self.pieces)):
            if isinstance(piece, VerbGroup):
                return piece.form == "finite"
            if isinstance(piece, NounPhrase) or self.units[piece].tag not in {"RB", "DA", "IN"}:
                return False
        return False

    def is_aside(self, index: int) -> bool:
        """Whether a comma closes what a verb opens before the next verb comes."""
        for piece in self.pieces[index + 1 : index + 12]:
            if isinstance(piece, VerbGroup):
                return False
            if isinstance(piece, int) and self.units[piece].tag in {",", "CC", "SC", "WP"}:
                return self.units[piece].tag == ","
        return False

    def opens_quotation(self, phrase: NounPhrase) -> bool:
        """Whether a phrase is the first of a quotation: 'said "Peru has left"'."""
        before = self.units[: phrase.first]
        quotations = sum(unit.tag == '"' for unit in before)
        return quotations % 2 == 1 and before[-1].tag == '"'

    def subject_follows(self, index: int, *, waits: bool) -> bool:
        """Whether a verb's subject stands behind it; ``waits``: another waits for its verb."""
        piece = self.pieces[index]
        if isinstance(piece, VerbGroup) and self.units[piece.head].tag == "VB":
            return False
        after = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        # "the agency, citing an official, said Peru had left": Peru did not say it
        return isinstance(after, NounPhrase) and not (
            waits and self.has_own_verb(index + 1, joined=False, reporting=True)
        )

    def speaks_aside(self, index: int, top: Opened) -> bool:
        """Whether a subject and its verb stand between commas: "Chile, he said, had left"."""
        if index < 2 or top.clause is not None or not top.phrases:
            return False
        subject = self.pieces[index - 1]
        if not isinstance(subject, NounPhrase) or subject in top.phrases:
            return False
        after = index + 1
        while after < len(self.pieces) and self._is_tagged(after, {"DA", "RB", "IN"}):
            after += 1  # "he said on Monday"
        return self._is_tagged(index - 2, {","}) and self._is_tagged(after, {","})

    def _is_tagged(self, index: int, tags: set[str]) -> bool:
        piece = self.pieces[index] if index < len(self.pieces) else None
        return isinstance(piece, int) and self.units[piece].tag in tags

    def said_aside(self, index: int) -> bool:
        """Whether nothing but its subject stands behind a verb between commas: ", said he,"."""
        subject, comma = [*self.pieces[index + 1 : index + 3], -1, -1][:2]
        return (
            isinstance(subject, NounPhrase)
            and isinstance(comma, int)
            and comma >= 0
            and self.units[comma].tag == ","
        )

    def after_quotation(self, index: int) -> bool:
        """Whether a quotation has just ended."""
        before = self.pieces[index - 1] if index else None
        return isinstance(before, int) and self.units[before].tag == '"'
