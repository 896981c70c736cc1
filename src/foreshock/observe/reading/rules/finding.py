"""Which acts a sentence tells: by its verbs, by its nouns, and by the talks that it opens with."""

from __future__ import annotations

from collections.abc import Mapping

from foreshock.lexicon.english import word_list
from foreshock.lexicon.senses import Sense
from foreshock.observe.reading.grammar.clause import (
    ADVERBIAL,
    GERUND,
    INFINITIVE,
    JOINED,
    Clause,
)
from foreshock.observe.reading.grammar.phrases import NounPhrase
from foreshock.observe.reading.rules.factuality import Judge
from foreshock.observe.reading.rules.matching import Act, Matcher
from foreshock.observe.reading.rules.parsing import Parse
from foreshock.observe.reading.rules.roles import distinct
from foreshock.observe.reading.rules.status import Status

_LASTING = frozenset({"AGREE", "RETREAT", "CONCEDE", "COOPERATE"})
_ENDING = word_list("ending")
_REPLYING = word_list("replying")
_WEIGHING = frozenset({"deny", "predict", "fear", "hope", "doubt", "plan"})
_ABOUT = frozenset({"of", "for", "about", "over"})
_WHILE = frozenset({"when", "as", "after"})
_HARMING = word_list("harming")
_REFLEXIVES = word_list("reflexives")
_HEARSAY = word_list("hearsay")


def answers(clause: Clause) -> bool:
    """Whether a clause tells the deed of a reply: "responded by shelling"."""
    parent = clause.parent
    return clause.marker == "by" and parent is not None and parent.verb.lemma in _REPLYING


def _is_hearsay(clause: Clause) -> bool:
    """Whether a verb only says what is expected or believed: "is expected to send troops"."""
    return (
        clause.verb.passive
        and clause.verb.lemma in _HEARSAY
        and any(child.relation == INFINITIVE for child in clause.children)
    )


def _goes_on(parse: Parse, phrase: NounPhrase) -> bool:
    return any(link in _ABOUT for link, _ in parse.following(phrase))


def _reflexive(parse: Parse, clause: Clause) -> bool:
    """Whether somebody does it to himself: "to defend itself"."""
    return any(parse.units[phrase.head].lower in _REFLEXIVES for phrase in clause.objects)


def _told_above(act: Act, found: Mapping[int, Act]) -> bool:
    """Whether the verb above tells the same act already: "forced 5,000 people to flee"."""
    clause = act.clause
    if clause is None or clause.relation != INFINITIVE or clause.parent is None:
        return False
    above = found.get(clause.parent.number)
    return above is not None and above.sense.type == act.sense.type and not above.sense.content


def _hurt(clause: Clause, by_clause: Mapping[int, Act]) -> list[int]:
    """Give the clauses above an attack that only tell its toll: "ten were killed when jets ..."."""
    found: list[int] = []
    at = clause.parent if clause.relation == ADVERBIAL else None
    while at is not None:
        act = by_clause.get(at.number)
        toll = act is not None and act.sense.type == "ASSAULT" and not act.actors
        if not toll or at.verb.lemma not in _HARMING or at.verb.modal or at.verb.negated:
            break
        found.append(at.number)
        at = at.parent if at.relation == JOINED else None
    return found


class Finder:
    """Finds the acts of a sentence."""

    def __init__(self, matcher: Matcher, judge: Judge) -> None:
        self._matcher = matcher
        self._judge = judge

    def of_verbs(self, parse: Parse) -> dict[int, Act]:
        """Give the acts that verbs tell, by the number of their clauses."""
        found: dict[int, Act] = {}
        for clause in parse.clauses:
            act = self._matcher.of_verb(parse, clause)
            if (
                act is None
                or self._is_reply(clause, act)
                or _is_hearsay(clause)
                or (act.sense.type != "ASSAULT" and _reflexive(parse, clause))
            ):
                continue
            found[clause.number] = act
            self._borrow(parse, clause, act)
        return {number: act for number, act in found.items() if not _told_above(act, found)}

    def merged(self, by_clause: Mapping[int, Act], parse: Parse) -> dict[int, int]:
        """Say which clauses only tell the toll of an attack that another tells.

        Returns
        -------
        dict of int to int
            From the number of such a clause to that of the attack's: "shelled the town, killing
            seven and wounding ten".
        """
        found: dict[int, int] = {}
        for number, act in by_clause.items():
            clause = parse.clauses[number]
            if act.sense.type != "ASSAULT" or clause.verb.lemma not in _HARMING:
                continue
            if clause.relation not in {GERUND, JOINED} or not clause.inherited:
                continue
            at = clause.parent
            while at is not None:
                above = by_clause.get(at.number)
                if above is not None and above.sense.type == "ASSAULT":
                    found[number] = found.get(at.number, at.number)
                    break
                if at.relation not in {GERUND, JOINED}:
                    break
                at = at.parent
        for number, act in by_clause.items():
            clause = parse.clauses[number]
            if act.sense.type == "ASSAULT" and act.actors and clause.marker in _WHILE:
                for hurt in _hurt(clause, by_clause):
                    found.setdefault(hurt, number)
        return found

    def guess(self, parse: Parse, clause: Clause, code: str) -> Act:
        """Give a clause as an act of a type that its words do not tell."""
        return self._matcher.as_act(
            parse, clause, Sense(lemma=clause.verb.lemma, type=code, weight=0.4)
        )

    def _is_reply(self, clause: Clause, act: Act) -> bool:
        """Whether the deed behind "responded by" says it all."""
        return act.sense.type in {"STATEMENT", ""} and any(
            child.relation == GERUND and answers(child) for child in clause.children
        )

    def _borrow(self, parse: Parse, clause: Clause, act: Act) -> None:
        """Let an event noun beside the verb say more: "shelling by troops killed seven"."""
        if act.sense.type != "ASSAULT":
            return
        phrases = list(clause.subjects)
        for preposition, group in clause.prepositions:
            if preposition in {"in", "by", "during", "with", "from", "when"}:
                phrases.extend(group)
        for phrase in phrases:
            noun = self._matcher.of_noun(parse, phrase, clause)
            if noun is None or noun.sense.type != "ASSAULT":
                continue
            if not act.mode:
                act.mode = noun.mode
            if not act.actors:
                act.actors = noun.actors
            if not act.recipients or act.weak:
                others = tuple(p for p in noun.recipients if p not in act.actors)
                act.recipients = act.recipients or others
            return

    def of_nouns(
        self,
        parse: Parse,
        clause: Clause,
        by_clause: Mapping[int, Act],
        statuses: Mapping[int, Status],
        stance: str = "",
    ) -> list[tuple[Act, Status]]:
        """Give acts that nouns tell where the verb beside them tells none.

        ``stance`` is that of a clause of speech: "denied the shelling", "fear new attacks".
        """
        found: list[tuple[Act, Status]] = []
        verb_act = by_clause.get(clause.number)
        told = verb_act is not None and verb_act.sense.kind != "none"
        if told and not (
            stance in _WEIGHING and verb_act is not None and verb_act.sense.type == "STATEMENT"
        ):
            return found
        subjects = [] if clause.inherited else clause.subjects
        phrases = [*subjects, *clause.objects]
        above = clause.parent.objects if clause.inherited and clause.parent is not None else ()
        for phrase in phrases:
            if phrase in above:
                continue  # "planned and rehearsed an attack": told with the first verb
            status = Status()
            below = statuses[clause.number]
            status.modality, status.denied = below.modality, below.denied
            status.alleged, status.condition = below.alleged, below.condition
            if phrase in subjects and self._judge.dismissed(parse, clause):
                status.weaken("hypothetical")
                status.denied = True
            if self._judge.foreseen(parse, clause):
                status.weaken("hypothetical")
            if phrase not in subjects:
                self._judge.take(status, stance)
            self._judge.govern(parse, clause, phrase, status, spoken=bool(stance))
            mark = self._judge.noun_mark(parse.head(phrase))
            if mark is not None and not _goes_on(parse, phrase):
                mark = None  # "the talks": of nothing in particular
            if mark is not None:
                self._judge.apply(status, mark)
            feared = next(
                (
                    governed
                    for preposition, governed in parse.following(phrase)
                    if mark is not None and preposition in _ABOUT
                ),
                phrase,
            )
            act = self._matcher.of_noun(parse, feared, clause)
            if act is None or act.sense.kind == "none":
                continue
            if act.sense.type in _LASTING and clause.verb.lemma in _ENDING:
                continue  # "the truce ended" tells of no truce
            if stance == "deny" and not act.actors:
                act.actors = distinct(
                    party for each in clause.subjects for party in parse.named(each)
                )
            if not (act.actors or act.recipients) and status.modality == "actual":
                continue
            found.append((act, status))
        return found

    def opening(self, parse: Parse, clause: Clause) -> Act | None:
        """Give the talks in which something was said: "in a phone call, they agreed"."""
        if clause.inherited:
            return None
        for preposition, group in clause.prepositions:
            if preposition not in {"in", "during", "at"} or group[0].first > clause.verb.first:
                continue
            act = self._matcher.of_noun(parse, group[0], clause)
            if act is None or act.sense.type != "CONSULT":
                continue
            if not act.actors:
                act.actors = distinct(p for phrase in clause.subjects for p in parse.named(phrase))
            if len(act.actors) + len(act.recipients) > 1:
                return act
        return None
