"""The model as a file: what it holds, what it refuses, and that it says the same every time."""

from dataclasses import replace
from importlib.resources import files
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.core.errors import LexiconError
from foreshock.lexicon.ontology import load_ontology
from foreshock.observe.reading.classifier.features import BUCKETS, buckets_of
from foreshock.observe.reading.classifier.labelled import labelled
from foreshock.observe.reading.classifier.model import NONE, classifier, log_odds, read_classifier
from foreshock.observe.reading.classifier.training import Example, train

MODEL = classifier()
RAW = (files("foreshock.observe.reading.classifier") / "model.npz").read_bytes()
WORDS = st.lists(st.one_of(st.text(max_size=12), st.sampled_from(["~first:AID", "troops"])))


def parts_of(raw):
    with np.load(BytesIO(raw), allow_pickle=False) as parts:
        return dict(parts)


def archive(**parts):
    buffer = BytesIO()
    np.savez(buffer, **parts)
    return buffer.getvalue()


# --- features ---------------------------------------------------------------------------------


def test_features_are_the_same_today_and_tomorrow():
    assert buckets_of(["~first:AID"]).tolist() == [26742]
    found = buckets_of(["troops", "fired", "~act:AID"])
    assert found.tolist() == buckets_of(["troops", "fired", "~act:AID"]).tolist()
    assert set(buckets_of(["troops"]).tolist()) < set(found.tolist())


def test_the_order_of_words_counts():
    first, second = buckets_of(["army", "left"]), buckets_of(["left", "army"])
    assert sorted(first.tolist()) != sorted(second.tolist())
    assert len(first) == len(second)


@settings(max_examples=50)
@given(WORDS)
def test_any_words_fall_into_buckets(words):
    found = buckets_of(words)
    assert found.size == 0 or (found.min() >= 0 and found.max() < BUCKETS)


# --- the file ---------------------------------------------------------------------------------


def test_it_knows_every_type_and_no_act_at_all():
    assert {NONE, *load_ontology().types} >= set(MODEL.classes)
    assert NONE in MODEL.classes and len(MODEL.classes) >= 16


def test_it_is_small_and_holds_plain_numbers_only():
    assert len(RAW) < 1_000_000
    assert not any(part.dtype.hasobject for part in parts_of(RAW).values())


def test_it_comes_back_as_it_was_written():
    again = read_classifier(MODEL.to_bytes(), "again.npz")
    assert again.to_bytes() == MODEL.to_bytes()
    words = ["actor", "shelled", "the", "town"]
    assert again.probabilities(words) == MODEL.probabilities(words)


def test_a_file_with_an_object_in_it_is_refused():
    parts = parts_of(RAW)
    parts["bias"] = np.array([{"any": "object"}] * len(MODEL.classes), dtype=object)
    with pytest.raises(LexiconError, match=r"model\.npz"):
        read_classifier(archive(**parts), "model.npz")


def test_what_is_no_archive_is_refused():
    with pytest.raises(LexiconError, match="not a classifier"):
        read_classifier(b"no archive", "model.npz")


@pytest.mark.parametrize("name", ["weights", "rarity", "bias", "calibration"])
def test_parts_of_another_shape_are_refused(name):
    parts = parts_of(RAW)
    with pytest.raises(LexiconError, match=name):
        read_classifier(archive(**{**parts, name: parts[name][1:]}), "model.npz")


@pytest.mark.parametrize("name", ["classes", "weights", "scale", "digest"])
def test_a_missing_part_is_named(name):
    parts = parts_of(RAW)
    del parts[name]
    with pytest.raises(LexiconError, match=name):
        read_classifier(archive(**parts), "model.npz")


# --- what it says -----------------------------------------------------------------------------


@settings(max_examples=50)
@given(WORDS)
def test_probabilities_sum_to_one(words):
    told = MODEL.probabilities(words)
    assert tuple(told) == MODEL.classes
    assert sum(told.values()) == pytest.approx(1, abs=1e-5)
    assert min(told.values()) >= 0


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_confidence_is_a_probability_that_grows_with_the_classifiers(sure, share):
    low, high = (MODEL.confidence(sure, value) for value in sorted((share, min(1, share + 0.2))))
    assert 0 <= low <= 1 and 0 <= high <= 1
    assert (high >= low) == (MODEL.calibration[2] >= 0) or high == low


def test_odds_stay_within_what_a_sentence_can_tell():
    assert log_odds(0.5) == 0
    assert -10 < log_odds(0) == pytest.approx(-log_odds(1))


# --- training ---------------------------------------------------------------------------------


def examples():
    """A few sentences of two types and none, each read once rightly and once wrongly."""
    chosen = []
    for code in ("AID", "ASSAULT", NONE):
        chosen += [each for each in labelled() if each.type == code and not each.held_out][:8]
    return [
        Example(each.text.lower().split(), each.type, [(each.type, 0.9, True), ("AID", 0.2, False)])
        for each in chosen
    ]


def test_the_same_sentences_give_the_same_file_and_it_tells_them_apart():
    first, second = (train(examples(), "some", penalty=0.5) for _ in range(2))
    assert first.to_bytes() == second.to_bytes()
    assert replace(first, digest="other").to_bytes() != first.to_bytes()
    right = 0
    for each in examples():
        told = first.probabilities(each.words)
        right += max(told, key=told.__getitem__) == each.type
    assert right >= 22
