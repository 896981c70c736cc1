"""The gold articles: readable, in the lexicon's codes, with evidence verbatim."""

from pathlib import Path

import pytest

from foreshock.evidence.claim import Kind, Modality
from foreshock.lexicon import load_ontology
from foreshock.observe.reading.scoring.gold import GoldRow, read_gold

FOLDER = Path(__file__).parent
FILES = ("dev.jsonl", "held_out.jsonl")
ROWS = [row for name in FILES for row in read_gold(FOLDER / name)]


@pytest.fixture(params=ROWS, ids=[row.id for row in ROWS])
def row(request: pytest.FixtureRequest) -> GoldRow:
    """One article."""
    given: GoldRow = request.param
    return given


def test_every_article_says_when_and_where_it_was_published(row: GoldRow) -> None:
    assert row.published and row.source and len(row.records) >= 12


def test_evidence_stands_in_the_text_once(row: GoldRow) -> None:
    assert [each.words for each in row.records if row.text.count(each.words) != 1] == []
    assert [each.condition for each in row.records if each.condition not in row.text] == []


def test_codes_are_those_of_the_lexicon(row: GoldRow) -> None:
    ontology = load_ontology()
    for record in row.records:
        if record.kind is Kind.STATE:
            assert record.mode in ontology.states and not record.type
        elif record.type:
            modes = {mode.code for mode in ontology.types[record.type].modes.values()}
            assert record.mode in {"", *modes}
        for count in record.quantities:
            assert count.what in ontology.quantities
            assert count.group in {"", *ontology.groups}


def test_what_has_not_happened_is_no_event(row: GoldRow) -> None:
    for record in row.records:
        if record.modality is not Modality.ACTUAL:
            assert record.kind is Kind.FORECAST, record.words


def test_days_fit_the_day_of_publication(row: GoldRow) -> None:
    assert row.published is not None
    for record in row.records:
        if record.start and record.end:
            assert record.start <= record.end
        if record.end and record.kind is not Kind.FORECAST:
            assert record.end <= row.published, record.words


def test_no_article_is_both_for_developing_and_for_judging() -> None:
    dev, held_out = ({row.text for row in read_gold(FOLDER / name)} for name in FILES)
    assert len(dev) == len(held_out) == 8
    assert not dev & held_out
