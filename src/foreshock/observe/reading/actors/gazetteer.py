"""Finding the parties that a sentence names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from foreshock.evidence.actors import Actor, Tie
from foreshock.observe.reading.actors.building import Names, build
from foreshock.observe.reading.actors.mentions import Mention
from foreshock.observe.reading.actors.phrases import mentions
from foreshock.observe.reading.actors.senses import keys_of
from foreshock.observe.reading.actors.sentence import Sentence
from foreshock.observe.reading.actors.units import units
from foreshock.observe.reading.record import Party
from foreshock.observe.reading.text.words import Token


class Gazetteer:
    """Names of the world's actors and of a case's own, and the rules of actors' phrases.

    Examples
    --------
    >>> from foreshock.observe.reading.text.tokens import tokens
    >>> gazetteer = Gazetteer.load()
    >>> words = tokens("Two Peruvian soldiers met protesters in Nairobi.")
    >>> for mention in gazetteer.find(words, None):
    ...     for party in mention.parties:
    ...         print(party.id, party.country, party.sector, "|", party.words)
    peru PER MIL | Two Peruvian soldiers
    kenya/protesters KEN CVL | protesters in Nairobi
    """

    __slots__ = ("_names",)

    def __init__(self, names: Names) -> None:
        self._names = names

    @classmethod
    def load(cls, actors: Iterable[Actor] = (), ties: Iterable[Tie] = ()) -> Gazetteer:
        """Load the lexicon's names, with a case's actors before them.

        Parameters
        ----------
        actors : iterable of Actor
            A case's actors. Their names and aliases win over the lexicon's, their ids are used
            also where the text uses a name that only the lexicon knows.
        ties : iterable of Tie
            A case's ties; patrons tell whom "X-backed rebels" means.

        Raises
        ------
        LexiconError
            If a table of the lexicon is at fault.
        """
        return cls(build(actors, ties))

    def find(
        self,
        tokens: Sequence[Token],
        day: date | None,
        aliases: dict[str, Party] | None = None,
    ) -> list[Mention]:
        """Find the phrases that name somebody, from left to right, without overlap.

        Parameters
        ----------
        tokens : sequence of Token
            The words of one sentence.
        day : datetime.date or None
            Day of which it speaks, or of publication: decides who held an office.
        aliases : dict, optional
            Abbreviations explained so far in the document ("Rural Defence Front (RDF)"), which
            are read here and added to.

        Returns
        -------
        list of Mention
        """
        keys = keys_of(tokens)
        found = units(self._names.table, tokens, keys, day, aliases)
        return mentions(Sentence(self._names, tokens, keys, found, day, aliases))
