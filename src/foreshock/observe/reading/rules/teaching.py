"""What the classifier is taught: the project's sentences as the rules read them."""

from __future__ import annotations

from collections.abc import Callable

from foreshock.core.digest import digest
from foreshock.observe.reading.classifier.labelled import Labelled, labelled
from foreshock.observe.reading.classifier.model import Classifier
from foreshock.observe.reading.classifier.training import Example, train
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.record import Record
from foreshock.observe.reading.rules.coder import RuleCoder
from foreshock.observe.reading.rules.masking import told
from foreshock.observe.reading.rules.reranking import is_act


def taught(coder: RuleCoder, progress: Callable[[str], None] = lambda _step: None) -> Classifier:
    """Train the classifier on the sentences that are not held out.

    Parameters
    ----------
    coder : RuleCoder
        Without a classifier of its own: its reading is what the classifier weighs.
    progress : callable
        Told what is being done.

    Raises
    ------
    ForeshockError
        If scikit-learn is not installed.
    """
    sentences = [each for each in labelled() if not each.held_out]
    progress(f"reading {len(sentences):,} sentences by rules")
    examples = [_example(coder, each) for each in sentences]
    progress("fitting; a minute or two")
    name = digest(sorted((each.text, each.type) for each in sentences))
    return train(examples, name)


def _example(coder: RuleCoder, sentence: Labelled) -> Example:
    words: list[str] = []
    read: list[tuple[str, float, bool]] = []
    for parse, records in coder.sentences(Document(text=sentence.text)):
        words += told(parse, records)
        acts = [each for each in records if is_act(each)]
        if acts:
            main = max(acts, key=lambda each: (each.happened, each.confidence))
            read.append((main.type, main.confidence, _right(main, sentence)))
    return Example(words, sentence.type, read)


def _right(record: Record, sentence: Labelled) -> bool:
    """Whether a record tells what the sentence tells: its act, by whom, to whom, real or not."""
    if record.type != sentence.type:
        return any(record.type == other.type for other in sentence.others)
    if record.happened and sentence.modality != "actual":
        return False
    return all(
        not asked or any(party.country in asked for party in parties)
        for asked, parties in (
            (sentence.actor_countries, record.actors),
            (sentence.recipient_countries, record.recipients),
        )
    )
