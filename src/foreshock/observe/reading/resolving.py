"""Reading the words that a model picked, with our own gazetteer, calendar, places and numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from foreshock.case.opening import Case
from foreshock.core.errors import QuantityError
from foreshock.core.quantities import Quantity
from foreshock.core.time import Interval
from foreshock.lexicon.acts import Acts
from foreshock.lexicon.english import word_list
from foreshock.lexicon.ontology import load_ontology
from foreshock.observe.reading.actors.gazetteer import Gazetteer
from foreshock.observe.reading.actors.mentions import Mention
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.expressions.dates import find_dates
from foreshock.observe.reading.expressions.places import Places
from foreshock.observe.reading.expressions.quantities import Amount, counted, find_quantities
from foreshock.observe.reading.grammar.units import ACTOR, ADJECTIVE
from foreshock.observe.reading.knowledge import knowledge
from foreshock.observe.reading.names import slug
from foreshock.observe.reading.record import Party, Spoken, Where
from foreshock.observe.reading.resolver import Resolver
from foreshock.observe.reading.rules.parsing import Parse
from foreshock.observe.reading.rules.speaking import Attributor, Memory
from foreshock.observe.reading.text.normal import normalise
from foreshock.observe.reading.text.tokens import tokens
from foreshock.observe.reading.text.words import Sentence, Token

_JOINTS = frozenset({"and", ",", "&", "as", "well", "both", "the"})
_ARTICLES = frozenset({"the", "a", "an", "some", "its", "their", "his", "her"})
_SCALED = {"usd": ("usd-bn", 1e9)}
_MEASURES = frozenset({"percent", "km", "usd-bn", "usd-mn", "bcm-per-year"})  # never left unsaid
_NOBODYS = frozenset({"CVL", "REF", ""})  # sectors of people who are no party's


class GazetteerResolver:
    """Knows one document's day and language (see `foreshock.observe.reading.resolver`).

    Parameters
    ----------
    document : Document
    gazetteer : Gazetteer
    places : Places
    patterns : Acts
        For the words by which people are told to speak.
    """

    def __init__(
        self, document: Document, gazetteer: Gazetteer, places: Places, patterns: Acts
    ) -> None:
        self._document = document
        self._gazetteer = gazetteer
        self._places = places
        self._attributor = Attributor(patterns)
        self._aliases: dict[str, Party] = {}
        self._memory = Memory()
        self._near = ""

    def parties(self, words: str) -> tuple[Party, ...]:
        """Say who is meant by the words for an actor.

        Several names count where they are joined by "and"; what else a phrase names belongs to
        its first name. People whom no entry names keep the country of the adjective beside them.
        """
        found = _words(words)
        mentions = self._mentions(found)
        named = _joined([each for each in mentions if each.kind != "adjective"], found)
        parties = tuple(party for mention in named for party in mention.parties)
        if not parties:
            nation = next((each.parties[0].country for each in mentions), "")
            parties = _unknown(found, nation)
        self._near = next((p.country for p in parties if len(p.country) == 3), self._near)
        return parties

    def speaker(self, words: str, cue: str) -> Spoken | None:
        """Say who speaks, as the rule coder would; None for words that name nobody."""
        found = _words(words)
        if all(token.lower in word_list("pronouns") for token in found):
            return None
        units = [
            (each.first, each.last, ADJECTIVE if each.kind == "adjective" else ACTOR, each)
            for each in self._mentions(found)
        ]
        parse = Parse(Sentence(0, 0, found[0].start, found[-1].end, tuple(found)), units)
        if not parse.phrases:
            return None
        return self._attributor.speaker(parse, parse.phrases[0], cue, self._memory)

    def when(self, words: str, *, ahead: bool = False) -> Interval | None:
        """Reckon the days that words tell, from the day of publication."""
        mentions = find_dates(_words(words), self._document.published, ahead=ahead)
        return next((each.interval for each in mentions if each.interval is not None), None)

    def place(self, words: str) -> Where | None:
        """Say which place is meant: the one in the country spoken of, else the biggest."""
        # A name alone may be a person's; after "in" it is a place's.
        for text in (words, f"in {words}"):
            mentions = self._places.find(_words(text), (), self._near)
            if mentions:
                return mentions[0].where
        return None

    def quantities(self, words: str, what: str) -> tuple[Quantity, ...]:
        """Read the numbers and groups in words that count a thing of the ontology."""
        found = _words(words)
        mentions = self._mentions(found)
        usual = load_ontology().quantities[what].unit
        read = []
        for amount in find_quantities(found, articles=True):
            unit, size = _unit(amount, usual)
            if not size:
                continue
            low, best, high = (
                value / size if value and size != 1 else value
                for value in (amount.low, amount.best, amount.high)
            )
            group = _group(found, amount, mentions)
            try:
                read.append(Quantity(what, group, low, best, high, unit))
            except QuantityError:
                continue
        return tuple(dict.fromkeys(read))

    def publisher(self) -> Spoken:
        """Give the last link of every chain: whoever published the document."""
        name = self._document.source or "publisher"
        return Spoken(id=slug(name), name=name, cue="published", kind="publisher")

    def _mentions(self, found: Sequence[Token]) -> list[Mention]:
        return self._gazetteer.find(found, self._document.published, self._aliases)


def resolving(case: Case | None = None) -> Callable[[Document], Resolver]:
    """Give what makes the resolver of a document, from what is known of the world and of a case."""
    gazetteer, places, patterns = knowledge(case)

    def of(document: Document) -> Resolver:
        return GazetteerResolver(document, gazetteer, places, patterns)

    return of


def _words(text: str) -> list[Token]:
    return tokens(normalise(text).clean)


def _joined(mentions: Sequence[Mention], found: Sequence[Token]) -> list[Mention]:
    """Take the first mention and those joined to it."""
    kept = list(mentions[:1])
    for mention in mentions[1:]:
        between = found[kept[-1].last : mention.first]
        if not all(token.lower in _JOINTS for token in between):
            break
        kept.append(mention)
    return kept


def _unknown(found: Sequence[Token], nation: str) -> tuple[Party, ...]:
    """Name somebody whom no entry knows by the words for them, but not for pronouns."""
    kept = list(found)
    while kept and kept[0].lower in _ARTICLES | word_list("pronouns"):
        kept.pop(0)
    name = " ".join(token.text for token in kept)
    return (Party(id=slug(name), name=name, country=nation, known=False),) if name else ()


def _unit(amount: Amount, usual: str) -> tuple[str, float]:
    """Give the unit of a count and what its number is divided by; 0 if it counts something else.

    ``usual`` is the unit of what is counted, as the ontology has it.
    """
    if usual == "persons":
        return "", float(amount.unit in {"", "persons"})
    if amount.unit in _SCALED:
        return _SCALED[amount.unit]
    if amount.unit == "":
        return usual, float(usual not in _MEASURES)
    return amount.unit, float(amount.unit in load_ontology().units and amount.unit != "persons")


def _group(found: Sequence[Token], amount: Amount, mentions: Sequence[Mention]) -> str:
    """Say who was counted: a category, with the party whose people they are if it is told."""
    noun = [token.lower for token in found[amount.noun_first : amount.noun_last]]
    category = counted(noun)
    if category not in load_ontology().groups:
        return category
    for mention in mentions:
        party = mention.parties[0]
        overlaps = mention.first < amount.noun_last and mention.last > amount.noun_first
        if overlaps and party.known and party.sector not in _NOBODYS:
            return f"{party.id.partition('/')[0]}/{category}"
    return category
