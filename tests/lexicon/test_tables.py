"""Every table says where it comes from, and every word says what it means."""

from __future__ import annotations

from importlib.resources import files

import pytest

from foreshock.core.errors import LexiconError
from foreshock.lexicon import load_ontology, tables
from foreshock.lexicon.tables import read_table

NAMES = sorted(
    path.name.removesuffix(".toml")
    for path in files("foreshock.lexicon").iterdir()
    if path.name.endswith(".toml")
)


def test_the_tables_are_the_ones_expected():
    assert NAMES == [
        "counted_nouns",
        "crosswalk_acled",
        "crosswalk_cameo",
        "crosswalk_ucdp",
        "english",
        "foreshock",
        "plover",
        "quantity_words",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_says_where_it_comes_from(name):
    table = read_table(name)
    assert table["name"] and table["version"] and table["licence"]
    assert table["sources"] and all(source.strip() for source in table["sources"])


def test_a_read_table_is_nobody_elses():
    read_table("plover")["version"] = "spoilt"
    assert read_table("plover")["version"] == "0.8"


def test_a_missing_table_is_named():
    with pytest.raises(LexiconError, match=r"lexicon/ploover\.toml: no such table"):
        read_table("ploover")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('name = "X"\nversion = "1"\nlicence = "none"\n', "does not say its sources"),
        ("name = \n", "not readable as TOML"),
    ],
)
def test_a_faulty_table_is_refused(tmp_path, monkeypatch, text, fault):
    (tmp_path / "odd.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(tables, "files", lambda package: tmp_path)
    with pytest.raises(LexiconError, match=fault):
        read_table("odd")


def test_every_word_has_a_label_and_a_definition():
    ontology = load_ontology()
    kinds = (
        ontology.contexts,
        ontology.sectors,
        ontology.families,
        ontology.quads,
        ontology.states,
        ontology.quantities,
        ontology.groups,
        ontology.units,
    )
    for vocabulary in kinds:
        assert len(vocabulary) > 0
        for term in vocabulary.values():
            assert term.label.strip() and term.definition.strip(), term
    for kind in ontology.types.values():
        assert kind.name.strip() and kind.definition.strip()
        assert all(mode.definition.strip() for mode in kind.modes.values())


def test_definitions_are_single_plain_sentences():
    ontology = load_ontology()
    for entry in (*ontology.types.values(), *ontology.states.values()):
        assert entry.definition.endswith(".") and ". " not in entry.definition, entry.code
