"""A few of the project's sentences, to train on in a second."""

from functools import partial

from foreshock.observe.reading.classifier.labelled import labelled
from foreshock.observe.reading.classifier.training import train

FEW = tuple(each for each in labelled() if each.type in {"", "AID", "ASSAULT"})[::20]
LABELLED = "foreshock.observe.reading.classifier.labelled.labelled"
TEACHING = "foreshock.observe.reading.rules.teaching"


def teach_few(monkeypatch, sentences=FEW):
    """Let these be all sentences there are, and the fit be coarse."""
    monkeypatch.setattr(LABELLED, lambda: sentences)
    monkeypatch.setattr(f"{TEACHING}.labelled", lambda: sentences)
    monkeypatch.setattr(f"{TEACHING}.train", partial(train, penalty=0.1))
