"""Who says so: for each clause the speakers on whose word it stands, innermost first.

Speech is found in frames, without a parse: "X said (that) C", "C, X said", "C, said X", "according
to X, C", "X was quoted as saying", "X told Y", quotations with the speaker beside them, and
floating quotations, which belong to whoever spoke last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from foreshock.lexicon.acts import Acts
from foreshock.lexicon.english import word_list
from foreshock.lexicon.senses import Mark, Speech
from foreshock.observe.reading.grammar.clause import (
    ADVERBIAL,
    CONTENT,
    GERUND,
    INFINITIVE,
    JOINED,
    MAIN,
    RELATIVE,
    Clause,
)
from foreshock.observe.reading.grammar.phrases import NounPhrase
from foreshock.observe.reading.grammar.units import Unit
from foreshock.observe.reading.names import slug
from foreshock.observe.reading.record import Party, Spoken
from foreshock.observe.reading.rules.hearsay import hedged, nominal_stance, noun_speaker
from foreshock.observe.reading.rules.parsing import Parse


class Voice:
    """Somebody's word: who speaks, how the text cues it, and how he stands to what he says.

    Attributes
    ----------
    speakers : tuple of Spoken
        Several who say the same; each is a voice of its own in the end.
    stance : str
        See `foreshock.lexicon.senses.Stance`.
    clause : Clause or None
        The clause that tells the speech; None for "according to X".
    """

    __slots__ = ("clause", "speakers", "stance")

    def __init__(self, speakers: tuple[Spoken, ...], stance: str, clause: Clause | None) -> None:
        self.speakers = speakers
        self.stance = stance
        self.clause = clause


class Memory:
    """What the reader of a document remembers from sentence to sentence.

    Attributes
    ----------
    speaker : Spoken or None
        Who spoke last.
    names : dict of str to Spoken
        Speakers by the last word of their name, so that a surname brings back the person.
    """

    __slots__ = ("names", "speaker")

    def __init__(self) -> None:
        self.speaker: Spoken | None = None
        self.names: dict[str, Spoken] = {}


class Attributor:
    """Finds the voices behind the clauses of a sentence."""

    def __init__(self, acts: Acts) -> None:
        self._speech: Mapping[str, tuple[Speech, ...]] = acts.speech
        self._marks: Mapping[str, tuple[Mark, ...]] = acts.marks

    def speech_of(self, parse: Parse, clause: Clause) -> Speech | None:
        """Give the entry of a clause's verb if it is one of speech."""
        at = clause.verb.last
        as_follows = at < len(parse.units) and parse.units[at].lower == "as"
        best: Speech | None = None
        for entry in self._speech.get(clause.verb.lemma, ()):
            if entry.part != "verb" or not self._goes_on(parse, at, entry.words[1:]):
                continue
            if not as_follows or "as" in entry.forms:
                return entry
            best = best or entry
        return best

    def _goes_on(self, parse: Parse, at: int, words: tuple[str, ...]) -> bool:
        return all(
            at + offset < len(parse.units)
            and word in {parse.units[at + offset].lower, parse.lemmas[at + offset]}
            for offset, word in enumerate(words)
        )

    def voices(
        self, parse: Parse, memory: Memory, own: dict[int, Voice]
    ) -> dict[int, tuple[Voice, ...]]:
        """Give the voices of every clause by its number, innermost first; without the publisher.

        The voices that clauses themselves raise are put into ``own``, by the clause's number.
        Clauses that a quotation holds and nobody in the sentence speaks stay without one; the
        reader of the document gives them whoever speaks in their paragraph.
        """
        speech = own
        entries: dict[int, Speech] = {}
        for clause in parse.clauses:
            entry = self.speech_of(parse, clause)
            if entry is not None and not _is_cited(clause):
                speakers = self._speakers(parse, clause, entry, memory)
                if speakers:
                    speech[clause.number] = Voice(speakers, entry.stance, clause)
                    entries[clause.number] = entry
        above: dict[int, Voice] = {}  # the voice that speaks a clause and what hangs on it
        for clause in parse.clauses:
            parent = clause.parent
            if parent is None or parent.number not in speech:
                continue
            if self._speaks(parse, parent, clause, entries[parent.number]):
                above[clause.number] = speech[parent.number]
        for number, voice in speech.items():
            clause = parse.clauses[number]
            if self._aside(parse, clause, entries[number], above):
                for other in self._spoken_aside(parse, clause):
                    above.setdefault(other.number, voice)
        heard = {id(voice) for voice in above.values()}
        for number in [n for n, voice in speech.items() if id(voice) not in heard]:
            if entries[number].stance in {"assert", "question"}:
                del speech[number]  # "found another way": nobody is quoted
        self._of_nouns(parse, above)
        found: dict[int, tuple[Voice, ...]] = {}
        for clause in parse.clauses:
            found[clause.number] = self._stack(clause, above)
            source = hedged(parse, clause, self._marks)
            if source is not None:
                unnamed = Voice((source,), "allege", None)
                found[clause.number] = (unnamed, *found[clause.number])
        for clause in parse.clauses:
            if _is_cited(clause):
                self._cite(parse, clause, found, memory)
        said = self._according(parse, memory)
        if said is not None:
            for clause in parse.clauses:
                found[clause.number] = (*found[clause.number], said)
        if speech:
            last = max(speech)
            memory.speaker = speech[last].speakers[0]
        elif said is not None:
            memory.speaker = said.speakers[0]
        return found

    def _of_nouns(self, parse: Parse, above: dict[int, Voice]) -> None:
        """Put the claim or report that a clause is told by above it: "rumours that ..."."""
        for clause in parse.clauses:
            stance = nominal_stance(parse, clause, self._speech)
            if not stance:
                continue
            voice = above.get(clause.number)
            at = clause.parent.objects if clause.parent is not None else []
            direct = stance == "assert" or any(phrase.last == clause.first for phrase in at)
            if voice is not None and direct:
                continue  # "dismissed reports that", "said in a statement that": he is heard
            speaker = noun_speaker(parse, clause, _of_party)
            if speaker is not None:
                above[clause.number] = Voice((speaker,), stance, None)

    def _cite(
        self, parse: Parse, cited: Clause, found: dict[int, tuple[Voice, ...]], memory: Memory
    ) -> None:
        """Put whom a report cites below it: "the agency said, citing the ministry"."""
        sources = [
            each for each in cited.objects[:1] if parse.named(each) or _proper(parse, each, memory)
        ]
        for phrase in sources:
            cue = parse.units[cited.verb.head].lower
            voice = Voice((self.speaker(parse, phrase, cue, memory),), "assert", None)
            for number, voices in found.items():
                told = all(each.clause is not parse.clauses[number] for each in found[number])
                if number != cited.number and told:
                    found[number] = (voice, *voices)

    def _stack(self, clause: Clause, above: Mapping[int, Voice]) -> tuple[Voice, ...]:
        voices: list[Voice] = []
        at: Clause | None = clause
        for _ in range(40):
            if at is None:
                break
            voice = above.get(at.number)
            if voice is not None and voice not in voices:
                voices.append(voice)
                at = voice.clause if voice.clause is not at else at.parent
            else:
                at = at.parent
        return tuple(voices)

    def _speaks(self, parse: Parse, speaker: Clause, clause: Clause, entry: Speech) -> bool:
        """Whether a clause below a verb of speech is what is said."""
        if clause.relation == CONTENT:
            return True
        if clause.relation == INFINITIVE:
            return "to" in entry.forms and entry.stance not in {"plan"}
        if clause.relation == ADVERBIAL:
            return clause.marker == "as" and "as" in entry.forms
        if clause.relation == GERUND:
            return clause.marker in {"as", "of"} and bool(entry.forms & {"as", "of"})
        return False

    def _aside(
        self, parse: Parse, clause: Clause, entry: Speech, above: Mapping[int, Voice]
    ) -> bool:
        """Whether what is said stands around the verb of speech, not under it."""
        if not entry.forms & {"aside", "quote", "bare"} or entry.words[0] in _HOLDING:
            return False
        if any(
            child.relation == CONTENT and child.marker not in {"who", "which"}
            for child in clause.children
        ):
            return False
        if clause.relation not in {JOINED, MAIN, RELATIVE}:
            return False
        if clause.relation == RELATIVE and clause.marker != "where":
            return False
        comma = clause.marker == "," or (
            clause.number > 0 and (not clause.marker or clause.relation == MAIN)
        )
        return comma and not (clause.objects and entry.stance == "assert" and not entry.hearer)

    def _spoken_aside(self, parse: Parse, clause: Clause) -> list[Clause]:
        """Clauses before an aside, and those after it that go on with the main clause."""
        below = {clause.number}
        found = []
        for other in parse.clauses:
            after = other.number > clause.number
            if after and other.parent is not None and other.parent.number in below:
                below.add(other.number)
                continue
            if other.number < clause.number or (
                other.relation in {MAIN} and other.number > clause.number
            ):
                found.append(other)
        return found

    def _according(self, parse: Parse, memory: Memory) -> Voice | None:
        units = parse.units
        for index, unit in enumerate(units):
            if (
                unit.lower == "according"
                and index + 1 < len(units)
                and (units[index + 1].lower == "to")
            ):
                for phrase in parse.phrases:
                    if phrase.first == index + 2:
                        spoken = self.speaker(parse, phrase, "according to", memory)
                        return Voice((spoken,), "assert", None)
        return None

    def _speakers(
        self, parse: Parse, clause: Clause, entry: Speech, memory: Memory
    ) -> tuple[Spoken, ...]:
        cue = " ".join(
            token.lower
            for unit in parse.units[clause.verb.head : clause.verb.head + len(entry.words)]
            for token in parse.sentence.tokens[unit.first : unit.last]
        )
        phrases = clause.subjects
        if clause.verb.passive:
            phrases = [
                phrase
                for preposition, group in clause.prepositions
                if preposition == "by"
                for phrase in group
            ]
            if not phrases and entry.words[0] in {"quote", "cite"}:
                phrases = clause.subjects
        return tuple(
            self.speaker(parse, phrase, cue, memory)
            for phrase in phrases[:4]
            if parse.units[phrase.head].tag != "DT"
        )

    def speaker(self, parse: Parse, phrase: NounPhrase, cue: str, memory: Memory) -> Spoken:
        """Say who a phrase names as a speaker."""
        tokens = parse.sentence.tokens
        head = parse.units[phrase.head]
        span = parse.text(phrase.first, phrase.last)
        if head.lower in _PRONOUNS and memory.speaker is not None:
            return replace(memory.speaker, cue=cue, words=head.lower, span=span)
        meant = parse.referred.get(phrase.head, ())
        if meant and head.lower in _PERSONAL:
            return Spoken(
                id=slug(meant[0].name), name=meant[0].name, cue=cue, words=head.lower, span=span,
                side=meant[0].id, kind="person",
            )  # fmt: skip
        told = tokens[parse.units[phrase.first].first : parse.units[phrase.last - 1].last]
        words = " ".join(token.text for token in told)
        if _SOCIAL.search(words.lower()):
            return Spoken(
                id="social-account", name="social account", cue=cue, words=words, span=span,
                kind="social account",
            )  # fmt: skip
        parties = parse.named(phrase)
        name = _proper(parse, phrase, memory) if head.tag == "NN" else ""
        if name:
            known = memory.names.get(name.split()[-1].lower())
            if known is not None:
                return replace(known, cue=cue, words=words, span=span)
            side = parties[0].id if parties and parties[0].sector in _SPEAKING_FOR else ""
            spoken = Spoken(
                id=slug(name), name=name, cue=cue, words=words, span=span, side=side, kind="person"
            )
            return self._remember(spoken, memory)
        beside = parse.beside(phrase) if head.tag == "AC" and head.value.kind != "person" else None
        if beside is not None and parse.units[beside.head].tag == "AC":
            other = parse.units[beside.head]
            if other.value.kind == "person":
                return self._remember(
                    self._party(other, other.value.parties[0], cue, words, span), memory
                )
        named = _proper(parse, beside, memory) if parties and beside is not None else ""
        if " " in named:
            side = parties[0].id if parties[0].sector in _SPEAKING_FOR else ""
            spoken = Spoken(
                id=slug(named), name=named, cue=cue, words=words, span=span, side=side,
                kind="person",
            )  # fmt: skip
            return self._remember(spoken, memory)
        if parties:
            return self._remember(self._party(head, parties[0], cue, words, span), memory)
        owners = parse.owning(phrase)
        plain = " ".join(token.text for token in told if token.lower not in _ARTICLES)
        return Spoken(
            id=slug(plain), name=plain, cue=cue, words=words, span=span,
            side=owners[0].id if owners else "", kind="unnamed",
        )  # fmt: skip

    def _party(
        self, head: Unit, party: Party, cue: str, words: str, span: tuple[int, int]
    ) -> Spoken:
        kind = head.value.kind if head.tag == "AC" else ""
        if kind == "media":
            return Spoken(id=party.id, name=party.name, cue=cue, words=words, span=span, kind=kind)
        if kind == "person":
            return Spoken(
                id=slug(party.name), name=party.name, cue=cue, words=words, span=span,
                side=party.id, kind=kind,
            )  # fmt: skip
        if not party.known and not party.country:
            return Spoken(
                id=party.id, name=party.name, cue=cue, words=words, span=span, kind="unnamed"
            )
        return _of_party(party, cue, words, span)

    def _remember(self, spoken: Spoken, memory: Memory) -> Spoken:
        memory.names[spoken.name.split()[-1].lower()] = spoken
        return spoken


def _of_party(party: Party, cue: str, words: str, span: tuple[int, int]) -> Spoken:
    return Spoken(
        id=party.id, name=party.name, cue=cue, words=words, span=span, side=party.id, kind="party"
    )


def _is_cited(clause: Clause) -> bool:
    """Whether a clause names the source of a report: "citing the ministry"."""
    return clause.relation == GERUND and clause.verb.lemma in {"cite", "quote"}


_SPEAKING_FOR = frozenset({"GOV", "MIL", "REB", "OPP", "PTY", "COP", "PRM", ""})
_HOLDING = word_list("holding")
_PERSONAL = frozenset({"he", "she"})
_PRONOUNS = frozenset({"he", "she", "it", "they"})
_ARTICLES = frozenset({"the", "a", "an"})
_SOCIAL = re.compile(r"\b(twitter|facebook|telegram|social media|x) (user|account|page|channel)\b")


def _proper(parse: Parse, phrase: NounPhrase, memory: Memory) -> str:
    """Give a person's or a body's name in a phrase: its last run of capitalised words."""
    run: list[str] = []
    best: list[str] = []
    for unit in parse.units[phrase.first : phrase.last]:
        for token in parse.sentence.tokens[unit.first : unit.last]:
            if token.text[0].isupper() and unit.tag in {"NN", "PL", "JJ", "VB", "VBX", "AC"}:
                run.append(token.text)
            else:
                run = []
            if run and len(run) >= 1:
                best = list(run)
    heard = bool(best) and best[-1].lower() in memory.names
    starts_sentence = phrase.first == 0 and len(best) == 1 and not heard
    return "" if starts_sentence and parse.units[phrase.head].word.noun else " ".join(best)
