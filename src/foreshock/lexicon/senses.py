"""What a word of an act, of speech or of modality says: the entries of the patterns.

A `Sense` ties a verb or an event noun, under stated conditions, to a type of act. A `Speech` is a
word by which somebody is reported to say something; a `Mark` is a word that makes the act under it
planned, hypothetical, denied or alleged. `foreshock.lexicon.acts` reads them from their tables.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Content = Literal[
    "", "demand", "promise", "threat", "refusal", "allegation", "denial", "report", "plan",
    "question",
]  # fmt: skip
"""What the clause under an act is: what is demanded, promised, alleged ..."""

Stance = Literal[
    "assert", "allege", "deny", "predict", "opine", "plan", "fear", "hope", "doubt", "question"
]
"""How a speaker stands to what is reported of him."""

Makes = Literal["actual", "planned", "hypothetical", "denied", "alleged"]
"""What a mark makes of the act under it."""

ACTOR = "@actor"
PLACE = "@place"
NUMBER = "@number"
NONE = "@none"
"""Classes that may stand for words: somebody, a place, things counted, nothing."""


class Sense(Struct, frozen=True, kw_only=True):
    """One word in one sense: what act it tells, when, and where its parties stand.

    A sense holds where all its conditions hold. Word lists hold lemmas in lower case, and their
    plurals; a word of a list may consist of two (``tear gas``). Empty lists put no condition.

    Parameters
    ----------
    lemma : str
        The verb, or the head of the noun phrase; ``*`` where it holds of every verb.
    noun : bool
        Whether it is a noun.
    particles : tuple of str
        Of a verb, the words that must follow it, with at most an object between: ``off`` in
        "call off"; a noun phrase right after them is the object ("fired on the crowd"). Of a
        noun, the words right before it: ``hunger`` in "hunger strike".
    subject, object : frozenset of str
        Lemmas, one of which must be the head of who acts or of what is acted upon, as in the
        active voice; or ``@actor``, ``@place``, ``@number``, ``@none``.
    needs, bars : frozenset of str
        One of ``needs`` must stand in the clause (``with`` in the tables); none of ``bars``
        may (``without``).
    complement : frozenset of str
        Lemma of the verb in the infinitive, that-clause or gerund that follows; ``@any``.
    type, mode, context
        Codes of the ontology. For a state, the mode is the state's code and the type is empty.
    kind : {'event', 'state', 'none'}
        ``none``: the word tells no political act here.
    actor, recipient : tuple of str
        Where the party stands, tried in turn: ``subject``, ``object``, ``indirect``,
        ``complement-subject``, ``complement-object``, ``possessive``, ``adjective``, or a
        preposition.
    content : str
        What the clause under it is.
    weight : float
        How sure this wording is, 0 to 1; a judgement.
    rank : int
        How specific the conditions are; the highest that holds wins.
    example : str
        A sentence that it should read.

    Examples
    --------
    >>> from foreshock.lexicon.acts import acts
    >>> sense = acts().verbs["shell"][-1]
    >>> sense.type, sense.mode, sense.recipient[0]
    ('ASSAULT', 'heavy-weapons', 'object')
    """

    lemma: str
    noun: bool = False
    particles: tuple[str, ...] = ()
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    complement: frozenset[str] = frozenset()
    type: str = ""
    mode: str = ""
    context: tuple[str, ...] = ()
    kind: Literal["event", "state", "none"] = "event"
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    content: Content = ""
    weight: float = 1.0
    rank: int = 0
    example: str = ""


class Speech(Struct, frozen=True, kw_only=True):
    """A word or phrase by which somebody is reported to say, think or expect something.

    Parameters
    ----------
    words : tuple of str
        The verb's lemma with its particles, a noun's lemma, or a fixed phrase word by word.
    part : {'verb', 'noun', 'phrase'}
        What it is.
    stance : str
        How the speaker stands to it.
    forms : frozenset of str
        How the content may follow: ``that``, ``bare`` (a clause without "that"), ``quote``,
        ``aside`` ("..., he said" and ", he said,"), ``to`` (infinitive), ``whether``, ``of``,
        ``as`` ("described X as"), ``object`` (a noun phrase), ``clause`` (after a phrase such
        as "according to X").
    hearer : tuple of str
        Where those spoken to stand: ``object`` or a preposition.
    example : str
        A sentence with it.

    Examples
    --------
    >>> from foreshock.lexicon.acts import acts
    >>> acts().speech["deny"][0].stance
    'deny'
    """

    words: tuple[str, ...]
    part: Literal["verb", "noun", "phrase"]
    stance: Stance
    forms: frozenset[str] = frozenset()
    hearer: tuple[str, ...] = ()
    example: str = ""


class Mark(Struct, frozen=True, kw_only=True):
    """A word or phrase that says whether the act under it happened.

    Parameters
    ----------
    words : tuple of str
        Word by word; verbs, nouns and adjectives as lemmas.
    part : {'modal', 'verb', 'noun', 'adjective', 'adverb', 'conjunction', 'phrase'}
        What it is.
    makes : str
        What becomes of the act: ``actual`` (it did happen, "managed to"), ``planned``,
        ``hypothetical``, ``denied`` (it did not), ``alleged``.
    forms : frozenset of str
        How the act follows: ``bare`` (verb without "to"), ``to``, ``gerund``, ``that``, ``of``,
        ``object`` (an event noun), ``clause``; for adverbs ``any``.
    example : str
        A sentence with it.

    Examples
    --------
    >>> from foreshock.lexicon.acts import acts
    >>> {mark.makes for mark in acts().marks["may"]}
    {'hypothetical'}
    """

    words: tuple[str, ...]
    part: Literal["modal", "verb", "noun", "adjective", "adverb", "conjunction", "phrase"]
    makes: Makes
    forms: frozenset[str] = frozenset()
    example: str = ""
