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
    read = any(record.type not in _KEPT for record in records)
    records = [
        record
        for record in records
        if record.type in _KEPT
        or none < (NO_ACT if record.happened and not among_acts else NO_FURTHER_ACT)
    ]
    best = max(shares, key=lambda code: shares[code])
    missing = best if not (none >= NO_ACT or read or best in _KEPT) and shares[best] >= SURE else ""
    return [_weighed(record, shares, classifier) for record in records], missing


def _weighed(record: Record, shares: Mapping[str, float], classifier: Classifier) -> Record:
    share = shares.get(record.type, 0.5)
    return replace(record, confidence=classifier.confidence(record.confidence, share))
