"""Whether what a clause tells happened: planned, supposed, denied or alleged."""

from __future__ import annotations

from collections.abc import Mapping

from foreshock.lexicon.acts import Acts
from foreshock.lexicon.english import word_list
from foreshock.lexicon.senses import Mark, Sense, Speech
from foreshock.observe.reading.grammar.clause import (
    ADVERBIAL,
    CONTENT,
    GERUND,
    INFINITIVE,
    JOINED,
    Clause,
    is_present,
)
from foreshock.observe.reading.grammar.phrases import TO_BE, NounPhrase
from foreshock.observe.reading.rules.conditions import (
    CONDITIONS,
    SUPPOSED,
    after_nor,
    as_though,
    dependent,
    leading,
    whole,
)
from foreshock.observe.reading.rules.matching import tells
from foreshock.observe.reading.rules.nominal import denies, fate, is_certain, noun_above, phrase_of
from foreshock.observe.reading.rules.parsing import Parse
from foreshock.observe.reading.rules.roles import undergoers
from foreshock.observe.reading.rules.status import RANKS, Status

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
_LINKING = word_list("linking")
_DISBELIEVED = word_list("disbelieved")
_DISMISSING = word_list("dismissing")
_DECIDING = word_list("deciding")
_WRONGLY = word_list("wrongly")
_PRACTISING = word_list("practising")
_CLEARING = word_list("clearing")
_NEARLY = word_list("nearly")
_SUPPOSING = word_list("supposing")
_OF_NEARLY = frozenset({"to", "of", "from"})
_PLAYED = frozenset({"ASSAULT", "COERCE"})
"""Deeds that are only played in an exercise, where troops may well be moved in earnest."""

_MOCK = word_list("mock")
_PRETENCE = word_list("pretence")
_TELLING = frozenset({"assert", "allege", "opine"})
_SAYING = frozenset({"assert", "allege"})
_TOLD = frozenset({"allegation", "report", "denial"})
_SPEAKING_NOW = frozenset({"can", "must", "would"})
"""Modals of a speaker who speaks as he says it: "I can say that ..."."""
_FRANKLY = frozenset({"can", "must", "should"})

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
            if clause.relation == ADVERBIAL and clause.marker in CONDITIONS:
                self._condition(parse, clause, found)
                if clause.marker == "once":
                    self._to_come(clause, found[clause.number])
            elif clause.relation == ADVERBIAL and clause.marker in _PRECEDING:
                held = dependent(parse, clause)
                if held is not None and found[held.number].modality != "actual":
                    found[held.number].condition = whole(clause)
                    self._to_come(clause, found[clause.number])
            elif self._is_alternative(parse, clause):
                self._branch(parse, clause, found)
        return found

    def _to_come(self, clause: Clause, status: Status) -> None:
        """Judge what must come first: "will begin once troops have left"."""
        if not clause.verb.past:
            status.weaken("hypothetical")

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
        if verb.negated or self._nobody(parse, clause) or after_nor(parse, clause):
            status.denied = True
        for at in clause.adverbs:
            self.apply(status, self._mark(parse.units[at].lower, "adverb"))
        for unit in parse.units[verb.first : verb.last]:
            if unit.tag == "RB":
                self.apply(status, self._mark(unit.lower, "adverb"))
        if verb.last < len(parse.units) and parse.units[verb.last].lower == "due":
            status.weaken("planned")
        sense = senses.get(clause.number)
        if sense is not None and sense.type in _PLAYED and _pretended(parse, clause):
            status.weaken("hypothetical")
        if parse.units[verb.head].tag == "VB" and verb.form == "finite":
            joined = clause.relation == JOINED and clause.inherited and clause.parent
            if joined and joined.verb.modal and not verb.modal:
                status.weaken(found[joined.number].modality)
            elif not clause.subjects and not verb.modal:
                status.weaken("hypothetical")  # a command: "withdraw your troops"
        if clause.relation == ADVERBIAL and (clause.marker in SUPPOSED or as_though(parse, clause)):
            status.weaken("hypothetical")
        clause = leading(clause)
        parent = clause.parent
        if clause.relation == CONTENT and clause.marker == "whether":
            status.weaken("hypothetical")
        noun = self._of_noun(parse, clause, status)
        if parent is None:
            self._opening(parse, clause, status, noun)
        if parent is None or clause.relation not in _FORM:
            return status
        above = found[parent.number]
        form = _FORM[clause.relation]
        if form == "gerund":
            self._beside(parse, clause, status)
        governor = self._governor(parse, clause, parent, form)
        sense = senses.get(parent.number)
        stance = stances.get(parent.number) or self._nominal_stance(parse, parent)
        if stance in _SAYING and form == "that" and tells(parse, clause.verb):
            governor = None  # "insisted that Peru had withdrawn": said, not demanded
        if governor is not None:
            self.apply(status, governor)
            status.weaken(above.modality)
            if form == "gerund" and clause.marker == "from":
                status.weaken("hypothetical")  # "kept the troops from storming"
            if above.denied and governor.makes in {"actual", "planned"}:
                status.denied = True
        elif sense is not None and sense.content:
            self._under(status, sense.content)
        elif stance is not None:
            self.take(status, stance)
        elif form == "to":
            status.weaken("planned")
        elif form == "gerund" and clause.marker in {"of", "from", "for"}:
            status.weaken(above.modality)
            if clause.marker == "from" or above.denied:
                status.weaken("hypothetical")
        elif parent.verb.passive and parent.verb.lemma in self._speech and form == "that":
            if parent.verb.modal not in _FRANKLY:
                status.weaken(above.modality)  # but "it should be noted that" tells what is so
            if above.denied:
                status.weaken("hypothetical")
        else:
            status.weaken(above.modality)
            unsure = above.denied or self._nothing(parse, parent)
            if form == "gerund" and clause.marker and above.denied:
                status.weaken("hypothetical")  # "has no interest in attacking"
            if form == "that" and (unsure or parent.verb.lemma in _SUPPOSING):
                status.weaken("hypothetical")  # "there is no sign that", "suppose that"
        told = stance in _TELLING or (sense is not None and sense.content in _TOLD)
        if told and governor is None and form != "to":
            unsaid = above.modality != "actual" and parent.verb.modal not in _SPEAKING_NOW
            if above.denied or (unsaid and not parent.verb.passive):
                status.weaken("hypothetical")  # "may say that", "did not say that"
        return status

    def _of_noun(self, parse: Parse, clause: Clause, status: Status) -> int:
        """Judge a clause by the noun that it says more of: "rumours that Peru had attacked"."""
        at = noun_above(parse, clause)
        if at < 0:
            return at
        phrase = phrase_of(parse, at)
        if phrase is not None and is_certain(parse, phrase):
            return at
        form = _FORM[clause.relation]
        mark = self._mark(parse.lemmas[at], "noun", "of" if form == "gerund" else form)
        told = mark is not None
        self.apply(status, mark)
        for entry in self._speech.get(parse.lemmas[at], ()):
            if entry.part == "noun" and form in entry.forms:
                told = True
                if mark is None:
                    self.take(status, entry.stance)
        if not told:
            return -1
        becomes = fate(parse, at)
        if becomes == "denied":
            status.denied = True
        elif becomes:
            status.weaken(becomes)
        return at

    def _opening(self, parse: Parse, clause: Clause, status: Status, noun: int) -> None:
        """Judge an infinitive or a gerund before the verb of its sentence: "to attack is wrong"."""
        if clause.relation == INFINITIVE and noun < 0:
            status.weaken("planned")
        if clause.relation == CONTENT and clause.first == 0 and noun < 0:
            after = next((other for other in parse.clauses if other.parent is clause), None)
            if after is not None and (after.verb.negated or self._nothing(parse, after)):
                status.weaken("hypothetical")  # "that Peru attacked is a lie"
        if clause.relation != GERUND:
            return
        self._beside(parse, clause, status)
        for other in parse.clauses[clause.number + 1 :]:
            if other.verb.form != "finite":
                continue
            between = parse.units[clause.verb.last : other.verb.first]
            if not any(unit.tag == "," for unit in between) and (
                other.verb.modal or is_present(parse.units, other)
            ):
                status.weaken("hypothetical")
            return

    def _beside(self, parse: Parse, clause: Clause, status: Status) -> None:
        """Judge a gerund by the words before it: "without attacking", "close to attacking"."""
        self.apply(status, self._mark(clause.marker, "adverb"))
        at = clause.verb.first - 2
        if at >= 0 and clause.marker in _OF_NEARLY:
            near = parse.lemmas[at] in _NEARLY
            if near or (at and parse.units[at - 1].tag == "NOT"):
                status.weaken("hypothetical")  # "close to attacking", "not guilty of attacking"
        parent = clause.parent
        if parent is None:
            return
        how = (parse.units[at].lower for at in range(parent.verb.first, parent.verb.head))
        if any(word in _WRONGLY for word in how):
            status.denied = True  # "was falsely accused of"
        if parent.verb.lemma in _PRACTISING:
            status.weaken("hypothetical")
        if clause.marker == "of" and parent.verb.lemma in _CLEARING:
            status.denied = True
        elif clause.marker == "against" and parent.verb.lemma in _DECIDING:
            status.weaken("hypothetical")

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
        """Whether the subject or object denies: "no soldiers were killed", "killed no one"."""
        subjects = () if clause.inherited else clause.subjects
        return any(denies(parse, phrase) for phrase in (*subjects, *clause.objects))

    def _nothing(self, parse: Parse, clause: Clause) -> bool:
        """Whether what stands around a linking verb is not believed: "it is wrong that"."""
        if clause.verb.lemma not in _LINKING:
            return False
        said = parse.units[clause.verb.last : clause.last + 1]
        return any(unit.lower in _DISBELIEVED for unit in said)

    def foreseen(self, parse: Parse, clause: Clause) -> bool:
        """Whether a linking verb says what is to come: "the trajectory is escalation"."""
        if clause.verb.lemma not in _LINKING | {"include", "involve"}:
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

    def govern(
        self, parse: Parse, clause: Clause, phrase: NounPhrase, status: Status, *, spoken: bool
    ) -> None:
        """Let a verb and adjectives weaken the event that a noun tells: "thwarted a raid".

        ``spoken``: the verb is one of speech, whose stance says it already.
        """
        if not spoken and phrase in undergoers(clause):
            at = clause.verb.last
            following = parse.units[at].lower if at < len(parse.units) else ""
            for mark in self._marks.get(clause.verb.lemma, ()):
                fits = len(mark.words) == 1 or mark.words[1:] == (following,)
                if fits and mark.part == "verb" and "object" in mark.forms:
                    self.apply(status, mark)
                    break
        for unit in parse.units[phrase.first : phrase.head]:
            self.apply(status, self._mark(unit.lower, "adjective", "object"))
            if unit.lower in _MOCK:
                status.weaken("hypothetical")

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
        words = whole(clause)
        first = dependent(parse, clause)
        held = [] if first is None else [first]
        for each in held:
            status = found[each.number]
            status.weaken("hypothetical")
            status.condition = words
            for child in parse.clauses:
                if child.parent is each and child.relation in {INFINITIVE, CONTENT, JOINED, GERUND}:
                    found[child.number].weaken("hypothetical")
                    found[child.number].condition = words


def _pretended(parse: Parse, clause: Clause) -> bool:
    """Whether it was only played: "staged a mock attack", "in the drill they bombed the port"."""
    mock = (
        unit.lower in _MOCK
        for phrase in undergoers(clause)
        for unit in parse.units[phrase.first : phrase.head]
    )
    if any(mock):
        return True
    at: Clause | None = clause
    while at is not None:
        if any(
            preposition in {"in", "during", "for"} and parse.head(phrase) in _PRETENCE
            for preposition, group in at.prepositions
            for phrase in group
        ):
            return True
        at = at.parent if at.relation == JOINED and at.inherited else None
    return False
