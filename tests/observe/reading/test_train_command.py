"""Training the classifier by its command, and whether the one that ships is fresh."""

import json
import sys
from pathlib import Path

import pytest
from tests.observe.reading.few import FEW, teach_few
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.core.digest import digest
from foreshock.observe.reading.classifier.labelled import labelled
from foreshock.observe.reading.classifier.model import classifier


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def _train(*words, code=0):
    done = CliRunner().invoke(app, ["train", "reading", *words])
    assert done.exit_code == code, done.output
    return done


def test_the_same_sentences_give_the_same_file_and_what_is_held_out_is_told(monkeypatch):
    teach_few(monkeypatch)
    told = json.loads(_train("-o", "a.npz", "--json").stdout)
    text = _train("-o", "b.npz").stdout
    assert Path("a.npz").read_bytes() == Path("b.npz").read_bytes()
    made = classifier(Path("a.npz"))
    assert set(made.classes) == {"", "AID", "ASSAULT"}
    assert told["digest"] == made.digest and made.digest in text
    kept = [each for each in FEW if each.held_out]
    assert (told["learned_from"], told["held_out"]) == (len(FEW) - len(kept), len(kept))
    rates = told["on_held_out"]
    assert rates["type, of all"]["of"] == sum(each.event for each in kept)
    assert rates["false events, of texts without one"]["of"] == sum(not e.event for e in kept)
    assert "false events, of texts without one" in text


def test_held_out_sentences_teach_nothing(monkeypatch):
    taught = [each for each in FEW if not each.held_out]
    kept = [each for each in FEW if each.held_out]
    for name, held in (("a.npz", kept), ("b.npz", kept[: len(kept) // 2])):
        teach_few(monkeypatch, (*held, *taught))
        _train("-o", name)
    assert Path("a.npz").read_bytes() == Path("b.npz").read_bytes()


def test_without_scikit_learn_it_says_what_to_install(monkeypatch):
    teach_few(monkeypatch)
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    done = _train("-o", "a.npz", code=2)
    assert "foreshock[train]" in done.stderr and "Traceback" not in done.stderr
    assert not list(Path().iterdir())


def test_a_target_that_cannot_be_a_file_is_refused_before_any_work(monkeypatch):
    monkeypatch.setattr("foreshock.observe.reading.rules.teaching.taught", None)
    assert "is a folder" in _train("-o", ".", code=2).stderr


def test_the_bundled_classifier_learned_from_the_present_sentences():
    taught = sorted((each.text, each.type) for each in labelled() if not each.held_out)
    assert classifier().digest == digest(taught), (
        "run: foreshock train reading -o src/foreshock/observe/reading/classifier/model.npz"
    )
