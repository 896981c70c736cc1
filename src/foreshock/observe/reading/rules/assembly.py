"""Records of a sentence: acts, their status, voices, days, places and counts put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from foreshock.core.time import Interval, Precision
from foreshock.evidence.claim import Kind, Modality, Polarity
from foreshock.lexicon.english import word_list
from foreshock.lexicon.gazetteer import state_media
from foreshock.lexicon.senses import Sense
from foreshock.observe.reading.expressions.quantities import Amount
from foreshock.observe.reading.grammar.clause import (
    CONTENT,
    GERUND,
    INFINITIVE,
    JOINED,
    MAIN,
    Clause,
    below,
    is_present,
)
from foreshock.observe.reading.record import Party, Record
from foreshock.observe.reading.rules.circumstances import (
    date_of,
    interval_of,
    is_background,
    places_of,
    somewhere,
)
from foreshock.observe.reading.rules.conditions import in_condition
from foreshock.observe.reading.rules.context import Context
from foreshock.observe.reading.rules.factuality import Judge
from foreshock.observe.reading.rules.finding import Finder
from foreshock.observe.reading.rules.implied import implied
from foreshock.observe.reading.rules.linking import linked
from foreshock.observe.reading.rules.locality import localised
from foreshock.observe.reading.rules.matching import Act, Matcher
from foreshock.observe.reading.rules.parsing import Parse
from foreshock.observe.reading.rules.speaking import Voice
from foreshock.observe.reading.rules.status import Status
from foreshock.observe.reading.rules.tolls import quantities_of

_WITHOUT_PARTIES = frozenset({"ASSAULT", "DISPLACE", "PROTEST"})
"""Acts that a report may tell without saying who did them, or to whom."""

_TURNS = word_list("turns")
_TRAILING = frozenset({"CC", "SC", "RB", "IN", "TO", ",", "-", "WP"})
_SUPPOSING = frozenset({"predict", "fear", "hope", "doubt", "question", "plan"})


class Assembler:
    """Turns what was found in a sentence into records."""

    def __init__(self, matcher: Matcher, judge: Judge) -> None:
        self._finder = Finder(matcher, judge)
        self._judge = judge

    def records(
        self,
        context: Context,
        parse: Parse,
        amounts: Sequence[Amount],
        voices: Mapping[int, tuple[Voice, ...]],
        own: Mapping[int, Voice],
        before: int,
    ) -> list[Record]:
        """Give the records of a sentence.

        Parameters
        ----------
        context : Context
        parse : Parse
        amounts : sequence of Amount
        voices : mapping of int to tuple of Voice
            Of every clause by its number, innermost first.
        own : mapping of int to Voice
            The voice that a clause itself raises.
        before : int
            How many records the document has so far: keys go on from there.
        """
        by_clause = self._finder.of_verbs(parse)
        tolls = self._finder.merged(by_clause, parse)
        for number, attack in tolls.items():
            by_clause[attack].take_in(by_clause[number])
        stances = {number: voice.stance for number, voice in own.items()}
        senses = {number: act.sense for number, act in by_clause.items()}
        statuses = self._judge.judge(parse, senses, stances)
        made: list[tuple[Record, Clause | None]] = []
        keys: dict[int, str] = {}
        speaking = context.speaking = self._speaking(parse, voices)
        for clause in parse.clauses:
            if in_condition(clause):
                continue  # a condition is kept with what depends on it
            act = by_clause.get(clause.number)
            spoken = voices.get(clause.number, ())
            word = implied(parse, clause, act, statuses[clause.number], spoken, speaking)
            if word is not None:
                record = self._record(
                    context, parse, amounts, word, Status(), spoken[1:],
                    before + len(made) + 1, by_clause,
                )  # fmt: skip
                if record is not None:
                    made.append((record, None))
            if act is not None and act.sense.kind != "none" and clause.number not in tolls:
                record = self._record(
                    context, parse, amounts, act, statuses[clause.number],
                    voices.get(clause.number, ()), before + len(made) + 1, by_clause,
                )  # fmt: skip
                if record is not None:
                    keys[clause.number] = record.key
                    made.append((record, clause))
                    made += self._also_said(context, record, spoken, before + len(made), clause)
            raised = own.get(clause.number)
            heard = spoken if raised is None else (raised, *spoken)
            nouns = [
                (noun, status, heard)
                for noun, status in self._finder.of_nouns(
                    parse, clause, by_clause, statuses, stances.get(clause.number, "")
                )
            ]
            talks = self._finder.opening(parse, clause)
            if talks is not None:
                nouns.append((talks, Status(), spoken))
            for noun, status, voiced in nouns:
                number = before + len(made) + 1
                record = self._record(
                    context, parse, amounts, noun, status, voiced, number, by_clause
                )
                if record is not None:
                    made.append((record, None))
        made = self._statements(context, parse, voices, made, before)
        return linked(context.recent, made, keys, by_clause)

    def guessed(
        self,
        context: Context,
        parse: Parse,
        amounts: Sequence[Amount],
        voices: Mapping[int, tuple[Voice, ...]],
        code: str,
        before: int,
    ) -> list[Record]:
        """Give the act of the main clause, of a type that no rule but the classifier reads."""
        clause = next((each for each in parse.clauses if each.relation == MAIN), None)
        if clause is None:
            return []
        act = self._finder.guess(parse, clause, code)
        if not act.actors and not act.recipients:
            return []
        status = self._judge.judge(parse, {}, {})[clause.number]
        record = self._record(
            context, parse, amounts, act, status, voices.get(clause.number, ()), before + 1, {}
        )
        return [] if record is None else [record]

    def _speaking(self, parse: Parse, voices: Mapping[int, tuple[Voice, ...]]) -> dict[str, Party]:
        """Give the parties that speak, by the id of the speaker who speaks for them."""
        found: dict[str, Party] = {}
        for each in voices.values():
            for voice in each:
                if voice.clause is None:
                    continue
                for spoken, phrase in zip(voice.speakers, voice.clause.subjects, strict=False):
                    parties = parse.named(phrase) or parse.owning(phrase)
                    if parties and (spoken.kind != "media" or spoken.id in state_media()):
                        found.setdefault(spoken.id, parties[0])
        return found

    # ------------------------------------------------------------------ one record

    def _record(
        self,
        context: Context,
        parse: Parse,
        amounts: Sequence[Amount],
        act: Act,
        status: Status,
        voices: tuple[Voice, ...],
        number: int,
        by_clause: Mapping[int, Act],
    ) -> Record | None:
        sense, clause = act.sense, act.clause
        if not act.actors and not act.recipients and not self._stands_alone(sense, status):
            return None
        stance = voices[0].stance if voices else ""
        modality = status.modality
        denied = status.denied
        if stance in _SUPPOSING and modality == "actual":
            modality = "planned" if stance == "plan" else "hypothetical"
        kind = self._kind(sense, modality, stance)
        if kind is Kind.EVENT and self._is_general(parse, clause, act, voices):
            kind = Kind.STATEMENT
        first, last = self._extent(parse, act, by_clause)
        start, end = parse.text(first, last)
        span = context.normal.span(start, end)
        happened = modality == "actual"
        mention = date_of(parse, clause, own=not happened)
        interval = interval_of(mention, parse, context.published, ahead=not happened)
        if happened and interval is not None and _is_to_come(interval, context.published):
            modality, kind, happened = "planned", Kind.FORECAST, False
        if happened and mention is None and voices and voices[0].clause is not None:
            spoken_on = date_of(parse, voices[0].clause, own=True)
            if spoken_on is not None and spoken_on.interval is not None:
                # what was said on a day had happened by then
                mention = spoken_on
                day = spoken_on.interval.end
                interval = Interval(day, day, Precision.BY)
        when_span = (0, 0)
        if mention is not None:
            told = parse.sentence.tokens
            when_span = context.normal.span(told[mention.first].start, told[mention.last - 1].end)
        when = context.words(when_span)
        background = is_background(interval, context.published, when)
        counted = first
        if clause is not None and clause.relation == INFINITIVE:  # "forty were to leave"
            counted = min([first, *(phrase.first for phrase in clause.subjects)])
        tokens = (parse.units[counted].first, parse.units[last - 1].last)
        moving = sense.type == "DISPLACE" or act.mode == "visit"
        place, origins, destinations = places_of(parse, clause, moving)
        for toll in act.tolls:
            place = place or places_of(parse, toll.clause, moving)[0]
        there = place or somewhere(parse)
        record = Record(
            key=f"c{number}",
            kind=kind,
            type=sense.type,
            mode=act.mode,
            context=sense.context,
            modality=Modality(modality),
            polarity=Polarity.DENIED if denied else Polarity.ASSERTED,
            background=background,
            actors=context.parties(
                localised(act.actors, act.recipients, there, context.near, context.state),
            ),
            recipients=context.parties(
                localised(act.recipients, act.actors, there, context.near, context.state),
            ),
            start=interval.start if interval else None,
            end=interval.end if interval else None,
            precision=interval.precision if interval else Precision.DAY,
            when=when,
            when_span=when_span,
            place=context.where(place) if place else None,
            origins=tuple(context.where(each) for each in origins),
            destinations=tuple(context.where(each) for each in destinations),
            quantities=quantities_of(parse, amounts, *tokens, sense.type, modality),
            chain=context.chain(voices, context.speaking),
            span=span,
            words=context.words(span),
            sentence=parse.sentence.number,
            condition=context.condition(parse, status),
            confidence=self._confidence(act, modality, clause, by_clause, alleged=status.alleged),
            coder=context.coder,
        )
        return record

    def _stands_alone(self, sense: Sense, status: Status) -> bool:
        """Whether an act may be told without a party: violence that is sure, or an outlook."""
        if status.denied:
            return False
        if status.modality != "actual":
            return sense.type in _WITHOUT_PARTIES or sense.lemma in _TURNS
        return sense.weight >= 0.9 and sense.type in _WITHOUT_PARTIES

    def _kind(self, sense: Sense, modality: str, stance: str) -> Kind:
        if modality != "actual":
            return Kind.FORECAST
        if sense.kind == "state":
            return Kind.STATE
        if sense.type == "STATEMENT" or stance == "opine":
            return Kind.STATEMENT
        return Kind.EVENT

    def _is_general(
        self, parse: Parse, clause: Clause | None, act: Act, voices: tuple[Voice, ...]
    ) -> bool:
        """Whether it says how things are and not what was done: a writer's simple present.

        A headline speaks in the present of what was done, and a party that is quoted in the
        present ("rejects", "is ready to") does it by saying so.
        """
        if clause is None or act.phrase is not None:
            return False
        at: Clause | None = clause
        while at is not None and at.verb.form != "finite":
            at = at.parent
        if at is None or not is_present(parse.units, at):
            return False
        speaker = voices[0].speakers[0] if voices else None
        if speaker is not None and (speaker.side or speaker.kind not in {"person", "unnamed"}):
            return False
        closing = parse.sentence.tokens[-1].text
        return closing in {".", '"', "!", "?", "...", ";"}

    def _extent(self, parse: Parse, act: Act, by_clause: Mapping[int, Act]) -> tuple[int, int]:
        """Give the units [first, last) that tell the act."""
        if act.phrase is not None:
            last = act.phrase.last
            for _, governed in parse.following(act.phrase):
                last = parse.together(governed)[-1].last
            return act.phrase.first, last
        clause = act.clause
        if clause is None:  # an act is told by a clause or by a noun
            return 0, len(parse.units)
        first, last = clause.verb.first, max(clause.verb.last, clause.last)
        if not clause.inherited:
            first = min([first, *(phrase.first for phrase in clause.subjects)])
        tolls = [each.clause for each in act.tolls if each.clause is not None]
        for toll in tolls:
            first = min(first, toll.verb.first, *(phrase.first for phrase in toll.subjects))
        for child in (*below(clause), *tolls):
            last = max(last, child.verb.last, child.last)
        while last > clause.verb.last and parse.units[last - 1].tag in _TRAILING:
            last -= 1
        while last < len(parse.units) and parse.units[last].tag == "DA":
            last += 1
        return first, last

    # ------------------------------------------------------------------ on whose word

    def _confidence(
        self,
        act: Act,
        modality: str,
        clause: Clause | None,
        by_clause: Mapping[int, Act],
        *,
        alleged: bool,
    ) -> float:
        sure = 0.25 + 0.35 * act.sense.weight
        sure += 0.12 * bool(act.actors) + 0.1 * bool(act.recipients) - 0.04 * act.weak
        if act.phrase is not None:
            sure -= 0.15
        if clause is not None:
            if clause.relation in {MAIN, JOINED}:
                sure += 0.08
            elif clause.relation == INFINITIVE:
                sure -= 0.12
            elif clause.relation != CONTENT:
                sure -= 0.15
            above = by_clause.get(clause.parent.number) if clause.parent is not None else None
            if above is not None and above.sense.content:
                sure -= 0.15  # the word that governs it is the act; this is its content
        if modality != "actual":
            sure -= 0.08
        if alleged:
            sure -= 0.1
        return round(min(0.95, max(0.05, sure)), 3)

    def _also_said(
        self,
        context: Context,
        record: Record,
        voices: tuple[Voice, ...],
        before: int,
        clause: Clause,
    ) -> list[tuple[Record, Clause | None]]:
        """Give the same claim on the word of each further source that says it, agencies say."""
        if not voices:
            return []
        others = [spoken for spoken in voices[0].speakers[1:] if spoken.kind == "media"]
        return [
            (
                replace(
                    record,
                    key=f"c{before + number}",
                    chain=(context.traced(spoken, None), *record.chain[1:]),
                ),
                clause,
            )
            for number, spoken in enumerate(others, 1)
        ]

    # ------------------------------------------------------------------ what else was said

    def _statements(
        self,
        context: Context,
        parse: Parse,
        voices: Mapping[int, tuple[Voice, ...]],
        made: list[tuple[Record, Clause | None]],
        before: int,
    ) -> list[tuple[Record, Clause | None]]:
        """Add what known speakers say where no act of it was found."""
        told = {spoken.id for record, _ in made for spoken in record.chain}
        seen: set[int] = set()
        for clause in parse.clauses:
            found = voices.get(clause.number, ())
            if not found or clause.relation in {INFINITIVE, GERUND} or in_condition(clause):
                continue
            voice = found[0]
            spoken = voice.speakers[0]
            if id(voice) in seen or spoken.id in told:
                continue
            if spoken.kind == "unnamed" and not spoken.side:
                continue
            seen.add(id(voice))
            parties = self._said_of(parse, clause)
            if not parties:
                continue
            start, end = parse.text(clause.first, max(clause.last, clause.verb.last))
            span = context.normal.span(start, end)
            published = context.published
            record = Record(
                key=f"c{before + len(made) + 1}",
                kind=Kind.FORECAST if voice.stance in _SUPPOSING else Kind.STATEMENT,
                type="STATEMENT",
                modality=Modality.HYPOTHETICAL if voice.stance in _SUPPOSING else Modality.ACTUAL,
                actors=context.parties(parties[:1]),
                recipients=context.parties(parties[1:3]),
                start=published,
                end=published,
                precision=Precision.BY if published else Precision.DAY,
                chain=context.chain(found, context.speaking),
                span=span,
                words=context.words(span),
                sentence=parse.sentence.number,
                confidence=0.3,
                coder=context.coder,
            )
            made.append((record, clause))
        return made

    def _said_of(self, parse: Parse, clause: Clause) -> tuple[Party, ...]:
        found: dict[str, Party] = {}
        groups = [clause.subjects, clause.objects, *(group for _, group in clause.prepositions)]
        for group in groups:
            for phrase in group:
                for party in parse.named(phrase) or parse.owning(phrase):
                    found.setdefault(party.id, party)
        return tuple(found.values())


def _is_to_come(interval: Interval, published: date | None) -> bool:
    """Whether a day lies behind that of publication: "called a strike for next Monday"."""
    return published is not None and interval.start > published
