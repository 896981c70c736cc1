"""Clauses: who stands before a verb, what after it, and how one clause hangs on another.

News English needs no full parse for this. One pass from left to right keeps the clauses that are
still open: a relative pronoun or a subordinator opens one below, a finite verb without a subject of
its own goes to the nearest open clause that still waits for its verb, "and" shares a subject.
"""

from __future__ import annotations

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.grammar.clause import (
    ADVERBIAL,
    CONTENT,
    GERUND,
    INFINITIVE,
    JOINED,
    MAIN,
    PARTICIPLE,
    RELATIVE,
    Clause,
)
from foreshock.observe.reading.grammar.control import controller, share
from foreshock.observe.reading.grammar.lookahead import ALSO_PREPOSITIONS, Ahead
from foreshock.observe.reading.grammar.opened import Opened
from foreshock.observe.reading.grammar.phrases import NounPhrase, Piece, VerbGroup
from foreshock.observe.reading.grammar.units import Unit


def clauses_of(
    units: list[Unit], pieces: list[Piece]
) -> tuple[list[Clause], dict[int, NounPhrase]]:
    """Find the clauses of a sentence, in the order of their verbs.

    Returns
    -------
    clauses : list of Clause
    appositions : dict of int to NounPhrase
        For the first unit of a phrase, the phrase that stands beside it and says the same.
    """
    run = _Pass(units, pieces)
    return run.run(), run.appositions


class _Pass:
    """The one pass over a sentence."""

    def __init__(self, units: list[Unit], pieces: list[Piece]) -> None:
        self.units = units
        self.pieces = pieces
        self.ahead = Ahead(units, pieces)
        self.clauses: list[Clause] = []
        self.stack: list[Opened] = [Opened(MAIN, "", None, None, 0)]
        self.preposition = ""
        self.joining = ""  # the conjunction, or the comma, since the last phrase or verb
        self.comma = False
        self.apposition = False
        self.last_phrase: NounPhrase | None = None
        self.appositions: dict[int, NounPhrase] = {}
        self.inverted: Clause | None = None  # waits for its subject: "said the minister"

    def run(self) -> list[Clause]:
        skip = -1
        for index, piece in enumerate(self.pieces):
            if index <= skip:
                continue
            if isinstance(piece, NounPhrase):
                self._phrase(piece, index)
            elif isinstance(piece, VerbGroup):
                self._verb(piece, index)
            elif self.units[piece].tag == "(":
                skip = self.ahead.aside(index)
            else:
                self._single(piece, index)
        for clause in self.clauses:
            if clause.parent is not None:
                clause.parent.children.append(clause)
        share(self.clauses)
        return self.clauses

    # ------------------------------------------------------------------ phrases

    def _phrase(self, phrase: NounPhrase, index: int) -> None:
        top = self.stack[-1]
        if not self.preposition and self._renames(phrase):
            self._rename(phrase, top)
        elif self.inverted is not None and not self.preposition:
            self.inverted.subjects.append(phrase)
            self.inverted.last = max(self.inverted.last, phrase.last)
            self.inverted = None
        elif self.preposition and self.apposition:
            self.preposition = ""  # it belongs to a phrase in apposition, which says nothing new
        elif self.preposition:
            groups = top.prepositions if top.clause is None else top.clause.prepositions
            groups.append((self.preposition, [phrase]))
            self.preposition = ""
        elif top.clause is None:
            self._before_verb(phrase, top, index)
        elif self._begins_clause(phrase, index):
            if not (self.joining == "," and self._goes_back(phrase)):
                self._new_clause(phrase, top, top.clause)
        elif not self.joining:
            if self.comma and top.clause.objects:  # behind a dash
                self._stands_beside(phrase)
            else:
                top.clause.objects.append(phrase)
        elif self.joining != "," or self.ahead.listed(index):
            self._join(phrase, top)
        else:
            self._stands_beside(phrase)
        self.last_phrase = phrase
        self.joining = ""
        self.comma = False
        clause = self.stack[-1].clause
        if clause is not None:
            clause.last = max(clause.last, phrase.last)

    def _before_verb(self, phrase: NounPhrase, top: Opened, index: int) -> None:
        """Take a phrase that stands before its verb: a subject, one more, or one in apposition."""
        if not self.joining or not top.phrases:
            governed = bool(self.joining) and self.joining != "," and self._governed(top)
            if governed:
                self._join(phrase, top)
            elif top.phrases and self._beside(phrase) and self.ahead.two_verbs_follow(index):
                opened = Opened(RELATIVE, "", None, self.last_phrase, phrase.first)
                opened.phrases = [phrase]  # "the ships | the rebels seized were sunk"
                self.stack.append(opened)
            else:
                top.phrases.append(phrase)
        elif self.joining != "," or self.ahead.listed(index):
            self._join(phrase, top)
        else:
            self._stands_beside(phrase)

    def _renames(self, phrase: NounPhrase) -> bool:
        """Whether a name follows at once on what it names: "the news agency TASS"."""
        last = self.last_phrase
        return (
            last is not None
            and not self.joining
            and last.last == phrase.first
            and self.units[last.head].tag == self.units[phrase.head].tag == "AC"
        )

    def _rename(self, phrase: NounPhrase, top: Opened) -> None:
        """Put a name in the place of the phrase that it names."""
        last = self.last_phrase
        clause = top.clause
        held = [top.phrases, *(group for _, group in top.prepositions)]
        if clause is not None:
            held += [clause.subjects, clause.objects, *(group for _, group in clause.prepositions)]
        for phrases in held:
            if last in phrases:
                phrases[phrases.index(last)] = phrase
                if last is not None:
                    self.appositions[phrase.first] = last

    def _stands_beside(self, phrase: NounPhrase) -> None:
        """Take a phrase as in apposition to the one before it."""
        self.apposition = True
        if self.last_phrase is not None:
            self.appositions.setdefault(self.last_phrase.first, phrase)

    def _governed(self, top: Opened) -> bool:
        return any(self.last_phrase in group for _, group in top.prepositions)

    def _beside(self, phrase: NounPhrase) -> bool:
        return self.last_phrase is not None and self.last_phrase.last == phrase.first

    def _begins_clause(self, phrase: NounPhrase, index: int) -> bool:
        """Whether a finite verb follows for which this phrase can be the subject."""
        joined = bool(self.joining or self.comma)
        reporting = self._reports()
        if not (joined or reporting or self._beside(phrase)):
            return False  # "backed groups linked to": the verb ahead only describes the phrase
        if not (joined or reporting) and self._waits():
            return False  # the verb ahead is that of a subject further back
        return self.ahead.has_own_verb(index, joined=joined, reporting=reporting)

    def _reports(self) -> bool:
        clause = self.stack[-1].clause
        return clause is not None and clause.verb.lemma in _REPORTING and not clause.objects

    def _new_clause(self, phrase: NounPhrase, top: Opened, clause: Clause) -> None:
        """Open a clause whose subject this phrase is."""
        if self.joining in {"and", "or", "but", "yet", "nor"}:
            opened = Opened(JOINED, self.joining, clause, None, phrase.first)
        elif self.ahead.opens_quotation(phrase) and clause.verb.lemma in _REPORTING:
            opened = Opened(CONTENT, "", clause, None, phrase.first)
        elif self.joining == "," or self.comma:
            opened = Opened(JOINED, ",", clause, None, phrase.first)
        elif clause.verb.lemma in _REPORTING or clause.verb.lemma == "be":
            opened = Opened(CONTENT, "", clause, None, phrase.first)
        else:
            opened = Opened(RELATIVE, "", clause, self.last_phrase, phrase.first)
        opened.phrases = [phrase]
        self.stack.append(opened)

    def _goes_back(self, phrase: NounPhrase) -> bool:
        """Give a phrase to the clause that an opening adverbial kept waiting: "After X, Y ..."."""
        for depth in range(len(self.stack) - 2, -1, -1):
            opened = self.stack[depth]
            if opened.clause is None and not opened.phrases and opened.kind in {MAIN, CONTENT}:
                del self.stack[depth + 1 :]
                opened.phrases = [phrase]
                return True
            if opened.clause is None:
                return False
        return False

    def _join(self, phrase: NounPhrase, top: Opened) -> None:
        last = self.last_phrase
        groups = top.clause.prepositions if top.clause is not None else top.prepositions
        for _, group in reversed(groups):
            if last in group:
                group.append(phrase)
                return
        if top.clause is not None:
            top.clause.objects.append(phrase)
        else:
            top.phrases.append(phrase)

    # ------------------------------------------------------------------ single units

    def _single(self, at: int, index: int) -> None:
        unit = self.units[at]
        tag = unit.tag
        if tag == "IN" or tag == "TO":
            if unit.lower in ALSO_PREPOSITIONS and self.ahead.clause_follows(index):
                self._open(ADVERBIAL, unit.lower, at)
            elif self.ahead.is_particle(at, index):
                self._adverb(at)
            else:
                named = self.preposition == "according" and unit.lower == "to"
                self.preposition = "according to" if named else unit.lower
                self.joining = ""
                self.comma = False
        elif tag == "CC":
            self.joining = unit.lower
            self.preposition = ""
        elif tag == ",":
            self.comma = True
            self.apposition = False
            self.joining = self.joining or ","
            self.preposition = ""
        elif tag == "SC":
            kind = CONTENT if unit.lower in {"that", "whether"} else ADVERBIAL
            again = kind == CONTENT and (self.comma or self.joining in {"and", "but", "or"})
            self._open(kind, unit.lower, at, again=again)
        elif tag == "WP":
            kind = RELATIVE if self.last_phrase is not None else CONTENT
            named = unit.lower in {"who", "which", "that", "whom", "whose"}
            self._open(kind, unit.lower, at, self.last_phrase if named else None)
        elif tag in {";", ":"}:
            parent = self._last_clause() if tag == ":" else None
            self.stack = [Opened(CONTENT if parent else MAIN, tag, parent, None, at + 1)]
            self._forget()
        elif tag in {"-", "--", '"', ")"}:
            self.comma = True
            self.preposition = ""
            if tag != '"':
                self.joining = ""
        elif tag == "DA":
            self.preposition = ""
        elif tag not in {".", "!", "?", "DL"}:
            self._adverb(at)

    def _adverb(self, at: int) -> None:
        top = self.stack[-1]
        if top.clause is not None:
            top.clause.adverbs.append(at)
            top.clause.last = max(top.clause.last, at + 1)
        else:
            top.adverbs.append(at)

    def _open(
        self,
        kind: str,
        marker: str,
        at: int,
        antecedent: NounPhrase | None = None,
        *,
        again: bool = False,
    ) -> None:
        parent = self._last_clause()
        while again and parent is not None and parent.verb.lemma not in _REPORTING:
            # "said that ... and that ...", "said, citing ..., that": both hang on the saying
            parent = parent.parent
        parent = parent or self._last_clause()
        while kind == ADVERBIAL and parent is not None and parent.verb.form == "infinitive":
            parent = parent.parent
        self.stack.append(Opened(kind, marker, parent, antecedent, at))
        self._forget()

    def _forget(self) -> None:
        self.preposition = self.joining = ""
        self.comma = self.apposition = False
        self.last_phrase = None

    def _last_clause(self) -> Clause | None:
        for opened in reversed(self.stack):
            if opened.clause is not None:
                return opened.clause
        return None

    # ------------------------------------------------------------------ verbs

    def _verb(self, verb: VerbGroup, index: int) -> None:
        top, waits = self.stack[-1], self._waits()
        finite = verb.form == "finite"
        if finite and verb.lemma in _REPORTING and self.ahead.speaks_aside(index, top):
            self._speak_aside(top, verb.first)
        elif finite and self.ahead.reduced(verb, index, top, self.joining, waits=waits):
            verb.form = "participle"
            verb.passive = True
        if verb.lemma in _HARMING and self.ahead.told_short(verb, index):
            verb.passive = True  # a headline's "8 fighters killed in raid"
        self.inverted = None
        make = self._finite if verb.form == "finite" else self._nonfinite
        self.clauses.append(make(verb, index))
        self._forget()

    def _speak_aside(self, top: Opened, at: int) -> None:
        """Open a clause for the speaker between commas, who is nobody's apposition."""
        opened = Opened(JOINED, ",", self._last_clause(), None, at)
        opened.phrases = [] if self.last_phrase is None else [self.last_phrase]
        self.appositions.pop(top.phrases[-1].first, None)
        self.stack.append(opened)

    def _waits(self) -> bool:
        return any(opened.clause is None and opened.phrases for opened in self.stack)

    def _finite(self, verb: VerbGroup, index: int) -> Clause:
        top = self.stack[-1]
        number = len(self.clauses)
        inverts = verb.lemma in _REPORTING and self._inverts(index)
        if (
            not (inverts and (self.ahead.after_quotation(index) or self.ahead.said_aside(index)))
            and top.clause is None
            and (top.phrases or top.antecedent or not inverts)
        ):
            return self._fill(top, verb, number)
        if inverts:
            opened = Opened(JOINED, ",", top.clause or self._last_clause(), None, verb.first)
            clause = self._fill(opened, verb, number)
            clause.subjects = []
            clause.inherited = False
            self.inverted = clause
            self.stack.append(opened)
            return clause
        joined = self.joining in {"and", "or", "but", "yet", "nor"}
        if not joined or top.kind == RELATIVE:
            # a clause below is over: the verb belongs to whoever still waits for one
            for depth in range(len(self.stack) - 2, -1, -1):
                opened = self.stack[depth]
                if opened.clause is None and (opened.phrases or opened.antecedent):
                    del self.stack[depth + 1 :]
                    return self._fill(opened, verb, number)
        shared = top.clause or self._last_clause()
        if shared is None:
            return self._fill(top, verb, number)
        if joined and self.comma and top.kind == RELATIVE:
            shared = self._enclosing(top) or shared
        while joined and shared.verb.form != "finite" and shared.parent is not None:
            shared = shared.parent  # "by pounding positions and said": the finite verb's subject
        bare = verb.bare and self.units[verb.head].tag == "VB"
        if joined and bare and top.clause is not None and top.clause.verb.form == "infinitive":
            return self._go_on(top.clause, verb, number)
        return self._share(shared, verb, number)

    def _go_on(self, with_clause: Clause, verb: VerbGroup, number: int) -> Clause:
        """Take "to land and evacuate" as two infinitives of one verb."""
        verb.form = "infinitive"
        clause = Clause(number, verb, INFINITIVE, with_clause.parent, "and")
        clause.subjects = list(with_clause.subjects)
        clause.inherited = True
        opened = Opened(INFINITIVE, "and", with_clause.parent, None, verb.first)
        opened.clause = clause
        self.stack.append(opened)
        return clause

    def _inverts(self, index: int) -> bool:
        """Whether the subject stands behind: '..., said the minister'."""
        apart = self.comma or index == 0
        return apart and self.ahead.subject_follows(index, waits=self._waits())

    def _enclosing(self, opened: Opened) -> Clause | None:
        at = self.stack.index(opened)
        for outer in reversed(self.stack[:at]):
            if outer.clause is not None:
                return outer.clause
        return None

    def _fill(self, opened: Opened, verb: VerbGroup, number: int) -> Clause:
        clause = Clause(number, verb, opened.kind, opened.parent, opened.marker)
        clause.subjects = opened.phrases
        if not clause.subjects and opened.antecedent is not None:
            clause.subjects = [opened.antecedent]
        elif opened.antecedent is not None and opened.kind == RELATIVE:
            clause.objects.append(opened.antecedent)  # "the town that rebels hold"
        if not clause.subjects and opened.parent is not None and opened.kind != RELATIVE:
            clause.subjects = list(opened.parent.subjects)
            clause.inherited = True
        clause.prepositions = opened.prepositions
        clause.adverbs = opened.adverbs
        clause.first = min(opened.first, verb.first)
        opened.clause = clause
        return clause

    def _share(self, with_clause: Clause, verb: VerbGroup, number: int) -> Clause:
        clause = Clause(number, verb, JOINED, with_clause, "and")
        clause.subjects = list(with_clause.subjects)
        clause.inherited = True
        opened = Opened(JOINED, "and", with_clause, None, verb.first)
        opened.clause = clause
        self._replace(with_clause, opened)
        return clause

    def _replace(self, clause: Clause, opened: Opened) -> None:
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth].clause is clause:
                del self.stack[depth:]
                break
        self.stack.append(opened)

    def _nonfinite(self, verb: VerbGroup, index: int) -> Clause:
        top = self.stack[-1]
        parent = top.clause if top.clause is not None else self._last_clause()
        number = len(self.clauses)
        kind = {"infinitive": INFINITIVE, "gerund": GERUND, "participle": PARTICIPLE}[verb.form]
        clause = Clause(number, verb, kind, parent, self.preposition)
        before = self.pieces[index - 1] if index else None
        if isinstance(before, NounPhrase) and (
            kind == PARTICIPLE
            or (kind == GERUND and not self.comma and not self.ahead.tells_where(before))
        ):
            clause.subjects = [before]
        elif top.clause is None and top.phrases:
            clause.subjects = list(top.phrases)
            clause.inherited = True
        elif parent is not None:
            clause.subjects = controller(parent, kind, self.preposition)
            clause.inherited = True
        opened = Opened(kind, self.preposition, parent, None, verb.first)
        opened.clause = clause
        self.stack.append(opened)
        return clause


_HARMING = word_list("harming")
_REPORTING = word_list("reporting")
