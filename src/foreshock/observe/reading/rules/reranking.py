"""A second opinion on what the rules found: the type classifier weighs each sentence.

The classifier drops what it takes for no political act at all, turns the rules' sureness of every
type into a probability, by which types are ranked, and names a type where the rules read none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from foreshock.observe.reading.classifier.model import NONE, Classifier
from foreshock.observe.reading.record import Record
from foreshock.observe.reading.rules.masking import told
from foreshock.observe.reading.rules.parsing import Parse

NO_ACT = 0.32
"""Probability of no political act from which on none is read in a sentence. Chosen on the training
sentences, each judged by a classifier that had not seen it: 4 in 100 sentences without an act keep
one, 6 in 100 acts are lost."""

NO_FURTHER_ACT = 0.5
"""The same for what is only planned, feared or denied, and for sentences of a text that has told an
act already: there it is likelier that they tell one, and pronouns hide from the classifier who
acts."""

SURE = 0.5
"""Probability from which on a type counts that the classifier alone reads."""

_KEPT = frozenset({"STATEMENT", NONE})


def judged(
    parse: Parse, records: Sequence[Record], classifier: Classifier, *, among_acts: bool = False
) -> tuple[list[Record], str]:
    """Weigh the records of a sentence.

    Parameters
    ----------
    parse : Parse
    records : sequence of Record
        What the rules read in it.
    classifier : Classifier
    among_acts : bool
        Whether the text has told an act already.

    Returns
    -------
    records : list of Record
        Those that stay, with their probabilities.
    missing : str
        A type of which the classifier is sure though the rules read nothing; else empty.
    """
    shares = classifier.probabilities(told(parse, records))
    none = shares[NONE]
    read = any(is_act(record) for record in records)
    records = [
        record
        for record in records
        if not is_act(record)
        or none < (NO_ACT if record.happened and not among_acts else NO_FURTHER_ACT)
    ]
    surest = max(shares, key=lambda code: shares[code])
    guess = not (none >= NO_ACT or read or surest in _KEPT) and shares[surest] >= SURE
    return _weighed(records, shares, classifier), surest if guess else ""


def is_act(record: Record) -> bool:
    """Whether a record tells a deed, not what somebody remarks or what is."""
    return record.type not in _KEPT


def _weighed(
    records: Sequence[Record], shares: Mapping[str, float], classifier: Classifier
) -> list[Record]:
    """Give the acts their probabilities; remarks and states keep the sureness of the rules.

    The classifier judges what a sentence mainly tells. Of a further act it says no more than that
    something is told, and none is surer than the main one.
    """
    own = {
        record.key: classifier.confidence(record.confidence, shares.get(record.type, 0.5))
        for record in records
        if is_act(record)
    }
    main = max(
        (record for record in records if record.key in own),
        key=lambda record: (record.happened, own[record.key]),
        default=None,
    )
    weighed = []
    for record in records:
        sure = record.confidence
        if record is main:
            sure = own[record.key]
        elif main is not None and record.key in own:
            told = classifier.confidence(record.confidence, 1 - shares[NONE])
            sure = round(max(0.0, min(told, own[main.key] - 0.001)), 3)
        weighed.append(replace(record, confidence=sure))
    return weighed
