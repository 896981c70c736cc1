"""The dictionary says what lemminflect itself says, and faults are named."""

import random

import lemminflect
import pytest

from foreshock.core.errors import LexiconError
from foreshock.observe.reading.grammar import dictionary
from foreshock.observe.reading.grammar.dictionary import lemmas


def test_it_agrees_with_lemminflect() -> None:
    lines = dictionary._lines("lemma_lu.csv.gz")
    words = [line.partition(",")[0].lower() for line in random.Random(1).sample(lines, 3000)]
    for word in (*words, "another", "theirs", "could", "'ll", "no-such-word", "1,000s", ""):
        assert lemmas(word) == lemminflect.getAllLemmas(word), word


def test_a_dictionary_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    dictionary._lines.cache_clear()
    monkeypatch.setattr(dictionary, "find_spec", lambda _name: None)
    with pytest.raises(LexiconError, match="install lemminflect"):
        lemmas("talks")
    dictionary._lines.cache_clear()
