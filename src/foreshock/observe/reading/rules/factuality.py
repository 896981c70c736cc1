"""Whether what a clause tells happened: planned, supposed, denied or alleged."""

from __future__ import annotations

from collections.abc import Mapping

from foreshock.evidence.claim import Modality
from foreshock.lexicon.acts import Acts
from foreshock.lexicon.english import word_list
from foreshock.lexicon.senses import Mark, Sense, Speech
from foreshock.observe.reading.grammar.clause import (
    ADVERBIAL,
    CONTENT,
    GERUND,
    INFINITIVE,
    JOINED,
    MAIN,
    RELATIVE,
    Clause,
    below,
)
from foreshock.observe.reading.grammar.phrases import TO_BE
from foreshock.observe.reading.rules.parsing import Parse

RANKS = {"actual": 0, "planned": 1, "hypothetical": 2}


class Status:
    """How a clause stands to the world.

    Attributes
    ----------
    modality : str
        actual, planned or hypothetical.
    denied, alleged : bool
    condition : tuple of int or None
        Units [first, last) of the condition under which it holds.
    """

    __slots__ = ("alleged", "condition", "denied", "modality")

    def __init__(self) -> None:
        self.modality = "actual"
        self.denied = False
        self.alleged = False
        self.condition: tuple[int, int] | None = None

    @property
    def as_modality(self) -> Modality:
        """The same in the words of a claim."""
        return Modality(self.modality)

    def weaken(self, modality: str) -> None:
        """Make it no more real than this."""
        if RANKS[modality] > RANKS[self.modality]:
            self.modality = modality


_CONTENT = {
    "demand": "hypothetical", "promise": "planned", "threat": "planned", "refusal": "hypothetical",
    "plan": "planned", "question": "hypothetical",
}  # fmt: skip
_STANCES = {
    "predict": "hypothetical", "plan": "planned", "fear": "hypothetical", "hope": "hypothetical",
    "doubt": "hypothetical", "question": "hypothetical",
}  # fmt: skip
_PRECEDING = frozenset({"after", "when", "until", "as"})
_OUTLOOKS = word_list("outlooks")
_AWAITED = word_list("awaited")
_NOBODY = word_list("nobody")
_LINKING = word_list("linking")
_DISMISSING = word_list("dismissing")
_FORM = {INFINITIVE: "to", GERUND: "gerund", CONTENT: "that"}


class Judge:
    """Judges the clauses of a sentence by modals, marks, negation and what governs them."""

    def __init__(self, acts: Acts) -> None:
        self._marks: Mapping[str, tuple[Mark, ...]] = acts.marks
        self._speech: Mapping[str, tuple[Speech, ...]] = acts.speech

    def judge(
        self, parse: Parse, senses: Mapping[int, Sense], stances: Mapping[int, str]
    ) -> dict[int, Status]:
        """Give the status of every clause by its number.

        Parameters
        ----------
        parse : Parse
        senses : mapping of int to Sense
            What the clauses' verbs tell, by number.
        stances : mapping of int to str
            Of clauses whose verb is one of speech: how the speaker stands to what he says.
        """
        found: dict[int, Status] = {}
        for clause in parse.clauses:
            found[clause.number] = self._of(parse, clause, found, senses, stances)
        for clause in parse.clauses:
            if clause.relation == ADVERBIAL and clause.marker in {"if", "unless", "once"}:
                self._condition(parse, clause, found)
            elif clause.relation == ADVERBIAL and clause.marker in _PRECEDING:
                held = _depends(parse, clause)
                if held is not None and found[held.number].modality != "actual":
                    found[held.number].condition = _whole(clause)
            elif self._is_alternative(parse, clause):
                self._branch(parse, clause, found)
        return found

    def _is_alternative(self, parse: Parse, clause: Clause) -> bool:
        """Whether a clause is a branch of "either ... or ..."."""
        first = clause.subjects[0].first if clause.subjects and not clause.inherited else -1
        if first >= 0 and parse.units[first].lower == "either":
            return True
        if clause.relation != JOINED or clause.marker != "or":
            return False
        return any(unit.lower == "either" for unit in parse.units[: clause.first])

    def _branch(self, parse: Parse, clause: Clause, found: dict[int, Status]) -> None:
        """Make a branch of "either ... or ..." a supposition, and the condition of what follows."""
        found[clause.number].weaken("hypothetical")
        words = (min(clause.first, clause.verb.first), max(clause.last, clause.verb.last))
        for child in parse.clauses:
            if child.parent is clause and child.relation in {INFINITIVE, GERUND, CONTENT}:
                found[child.number].weaken("hypothetical")
                if child.relation == GERUND:
                    found[child.number].condition = words

    def _of(
        self,
        parse: Parse,
        clause: Clause,
        found: Mapping[int, Status],
        senses: Mapping[int, Sense],
        stances: Mapping[int, str],
    ) -> Status:
        status = Status()
        verb = clause.verb
        if verb.modal == TO_BE:
            status.weaken("planned")
        elif verb.modal:
            self.apply(status, self._mark(verb.modal, "modal"))
        if verb.negated or self._nobody(parse, clause):
            status.denied = True
        for at in clause.adverbs:
            self.apply(status, self._mark(parse.units[at].lower, "adverb"))
        for unit in parse.units[verb.first : verb.last]:
            if unit.tag == "RB":
                self.apply(status, self._mark(unit.lower, "adverb"))
        parent = clause.parent
        if clause.relation == ADVERBIAL and clause.marker in {"if", "unless", "until", "lest"}:
            status.weaken("hypothetical")
        if parent is None or clause.relation not in {INFINITIVE, GERUND, CONTENT}:
            if parent is not None and clause.inherited and clause.relation == JOINED:
                above = found[parent.number]
                if parent.verb.modal and not verb.modal and parse.units[verb.head].tag == "VB":
                    status.weaken(above.modality)
            return status
        above = found[parent.number]
        form = _FORM[clause.relation]
        governor = self._governor(parse, clause, parent, form)
        sense = senses.get(parent.number)
        stance = stances.get(parent.number) or self._nominal_stance(parse, parent)
        if governor is not None:
            self.apply(status, governor)
            status.weaken(above.modality)
            if above.denied and governor.makes in {"actual", "planned"}:
                status.denied = True
        elif sense is not None and sense.content:
            self._under(status, sense.content)
        elif stance is not None:
            self.take(status, stance)
            if above.denied and stance == "assert":
                status.weaken("hypothetical")
        elif form == "to":
            status.weaken("planned")
        elif form == "gerund" and clause.marker in {"of", "from", "for"}:
            status.weaken(above.modality)
            if clause.marker == "from":
                status.weaken("hypothetical")
        else:
            status.weaken(above.modality)
        return status

    def _nominal_stance(self, parse: Parse, clause: Clause) -> str | None:
        """Give the stance of "my suspicion is that ..."."""
        if clause.verb.lemma != "be":
            return None
        for phrase in clause.subjects:
            for entry in self._speech.get(parse.head(phrase), ()):
                if entry.part == "noun":
                    return entry.stance
        return None

    def _nobody(self, parse: Parse, clause: Clause) -> bool:
        """Whether the subject denies: "no soldiers were killed"."""
        return not clause.inherited and any(
            parse.opening(phrase) in _NOBODY for phrase in clause.subjects
        )

    def foreseen(self, parse: Parse, clause: Clause) -> bool:
        """Whether a linking verb says what is to come: "the trajectory is escalation"."""
        if clause.verb.lemma not in _LINKING:
            return False
        said = parse.units[clause.verb.last : clause.last + 1]
        return any(unit.lower in _AWAITED for unit in said) or any(
            parse.head(phrase) in _OUTLOOKS for phrase in clause.subjects
        )

    def dismissed(self, parse: Parse, clause: Clause) -> bool:
        """Whether what a linking verb says of its subject denies it: "fears are overblown"."""
        if clause.verb.lemma not in _LINKING:
            return False
        end = max([clause.last, *(phrase.last for phrase in clause.objects)])
        return any(unit.lower in _DISMISSING for unit in parse.units[clause.verb.last : end + 1])

    def _governor(self, parse: Parse, clause: Clause, parent: Clause, form: str) -> Mark | None:
        """Find the mark that governs a clause: the verb, adjective or noun before it."""
        at = clause.verb.first - 1
        if at >= 0 and parse.units[at].tag in {"IN"}:
            at -= 1
        if at >= 0 and parse.units[at].tag in {"NN", "JJ"}:
            part = "noun" if parse.units[at].tag == "NN" else "adjective"
            mark = self._mark(parse.lemmas[at], part, form) or self._mark(
                parse.lemmas[at], "adjective", form
            )
            if mark is not None:
                return mark
        verb = parent.verb
        lemma = verb.lemma
        following = parse.lemmas[verb.last] if verb.last < len(parse.lemmas) else ""
        for mark in self._marks.get(lemma, ()):
            if mark.part != "verb":
                continue
            if len(mark.words) > 1 and mark.words[1:] != (following,):
                continue
            if form in mark.forms or "any" in mark.forms:
                return mark
        if lemma == "be" or verb.passive:
            for unit in parse.units[verb.first : clause.verb.first]:
                mark = self._mark(unit.lower, "adjective", form)
                if mark is not None:
                    return mark
        return None

    def _mark(self, word: str, part: str, form: str = "") -> Mark | None:
        for mark in self._marks.get(word, ()):
            if mark.part == part and len(mark.words) == 1 and (not form or form in mark.forms):
                return mark
        return None

    def noun_mark(self, lemma: str) -> Mark | None:
        """Give the mark of a noun such as "fear" or "risk" over what follows "of"."""
        return self._mark(lemma, "noun")

    def apply(self, status: Status, mark: Mark | None) -> None:
        """Let a mark weaken a status."""
        if mark is None:
            return
        if mark.makes in RANKS:
            status.weaken(mark.makes)
        elif mark.makes == "denied":
            status.denied = not status.denied
        elif mark.makes == "alleged":
            status.alleged = True

    def take(self, status: Status, stance: str) -> None:
        """Let the stance of a speaker weaken what he speaks of."""
        if stance in _STANCES:
            status.weaken(_STANCES[stance])
        elif stance == "deny":
            status.denied = not status.denied
        elif stance == "allege":
            status.alleged = True

    def _under(self, status: Status, content: str) -> None:
        if content in _CONTENT:
            status.weaken(_CONTENT[content])
            if content == "refusal":
                status.denied = True
        elif content == "allegation":
            status.alleged = True
        elif content == "denial":
            status.denied = not status.denied

    def _condition(self, parse: Parse, clause: Clause, found: dict[int, Status]) -> None:
        """Lay a condition on the clause that it belongs to and on those of the same level."""
        words = _whole(clause)
        first = _depends(parse, clause)
        held = [] if first is None else [first]
        for each in held:
            status = found[each.number]
            status.weaken("hypothetical")
            status.condition = words
            for child in parse.clauses:
                if child.parent is each and child.relation in {INFINITIVE, CONTENT, JOINED, GERUND}:
                    found[child.number].weaken("hypothetical")
                    found[child.number].condition = words


def _whole(clause: Clause) -> tuple[int, int]:
    """Give the units [first, last) of a clause with all that hangs on it."""
    last = max([clause.last, clause.verb.last, *(child.last for child in below(clause))])
    return clause.first, last


def _depends(parse: Parse, clause: Clause) -> Clause | None:
    """Give the clause that depends on an adverbial one: that which it opens, else its parent."""
    for other in parse.clauses[clause.number + 1 :]:
        opened = other.first <= clause.first and other.verb.first >= clause.last
        if opened and other.relation in {MAIN, CONTENT}:
            return other
        if clause.parent is None and other.parent in {None, clause}:
            return other
    return clause.parent


def in_condition(clause: Clause) -> bool:
    """Whether a clause stands in a condition: "if rebels leave", "as if it could"."""
    at: Clause | None = clause
    while at is not None:
        if at.relation == ADVERBIAL and at.marker in {"if", "unless", "lest"}:
            return True
        at = at.parent if at.relation in {INFINITIVE, GERUND, JOINED, RELATIVE, CONTENT} else None
    return False
