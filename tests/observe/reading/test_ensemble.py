"""Several coders on one document: one record of each thing, surer where they agree."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from foreshock.core.errors import AnswerUnusable, ReadingError
from foreshock.core.quantities import Quantity
from foreshock.core.time import parse_day
from foreshock.evidence.claim import Kind, Modality, Polarity, Relation
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.ensemble import EnsembleCoder, Policy, likeness, merged
from foreshock.observe.reading.record import Party, Reading, Record, Spoken, Tied

DOCUMENT = Document(text="Gondal shelled Northford. Angria visited Gondal and signed a treaty.")
GONDAL = Party(id="gondal", name="Gondal", country="GON")
ANGRIA = Party(id="angria", name="Angria", country="ANG")
SHELLED = Record(
    key="c1", type="ASSAULT", span=(0, 25), actors=(GONDAL,), confidence=0.8, coder="rules"
)
VISITED = Record(
    key="c2", type="CONSULT", span=(26, 47), actors=(ANGRIA,), confidence=0.6, coder="rules"
)


def by(coder: str, *records: Record) -> list[Record]:
    return [replace(record, coder=coder) for record in records]


@dataclass(frozen=True)
class Fake:
    """A coder that has read already."""

    name: str
    records: tuple[Record, ...] = ()
    notes: tuple[str, ...] = ()
    error: ReadingError | None = None

    def read(self, document: Document) -> Reading:
        if self.error:
            raise self.error
        return Reading(document=document, records=self.records, sentences=2, notes=self.notes)


def test_agreement_is_confidence():
    both = EnsembleCoder(
        (Fake("rules", (SHELLED, VISITED)), Fake("llm", (*by("llm", SHELLED),))),
    )
    shelled, visited = both.read(DOCUMENT).records
    assert shelled.confidence == pytest.approx(0.8)
    assert visited.confidence == pytest.approx(0.3)  # one of two is silent
    assert (shelled.coder, visited.coder) == ("rules + llm", "rules")
    assert both.name == "rules + llm"


def test_partial_agreement_counts_in_part():
    other = replace(SHELLED, actors=(ANGRIA,), coder="llm")
    (record,) = merged([[SHELLED], [other]])
    assert record.confidence == pytest.approx((0.8 + 0.8 * likeness(SHELLED, other)) / 2)
    assert 0.4 < record.confidence < 0.8


def test_only_what_is_agreed_on_is_kept_if_asked_so():
    (record,) = merged([[SHELLED, VISITED], by("llm", SHELLED)], Policy.AGREED)
    assert record.type == "ASSAULT"


@pytest.mark.parametrize(
    "other",
    [
        replace(SHELLED, type="COERCE"),
        replace(SHELLED, span=(14, 60)),
        replace(SHELLED, type="", kind=Kind.STATE),
    ],
)
def test_another_thing_stays_another_record(other):
    assert len(merged([[SHELLED], by("llm", other)])) == 2


def test_evidence_within_evidence_is_the_same():
    assert len(merged([[SHELLED], by("llm", replace(SHELLED, span=(7, 24)))])) == 1


@pytest.mark.parametrize(
    "doubt",
    [
        {"polarity": Polarity.DENIED},
        {"modality": Modality.PLANNED},
        {"modality": Modality.HYPOTHETICAL},
        {"kind": Kind.FORECAST},
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_a_doubt_of_either_keeps_it_out_of_what_happened(doubt, order):
    doubting = replace(SHELLED, **doubt, confidence=0.2, coder="llm")
    (record,) = merged([[SHELLED], [doubting]][::order])
    assert not record.happened
    assert record.confidence < 0.8


def test_two_acts_of_one_type_in_one_sentence_find_their_own():
    first = replace(SHELLED, quantities=(Quantity("killed", "soldiers", best=7),))
    second = replace(SHELLED, key="c2", quantities=(Quantity("killed", "civilians", best=3),))
    records = merged([[first, second], by("llm", second, first)])
    assert sorted(record.quantities[0].best for record in records) == [3, 7]
    assert all(record.coder == "rules + llm" for record in records)
    assert all(record.confidence == pytest.approx(0.8) for record in records)


def test_what_the_surer_one_leaves_open_the_other_fills():
    day = parse_day("2031-03-03")
    speaker = Spoken(id="angria", name="Angria", cue="said", words="Angria")
    other = replace(
        SHELLED, confidence=0.5, coder="llm", mode="heavy-weapons", start=day, end=day,
        when="Monday", quantities=(Quantity("killed", best=7),), chain=(speaker,),
    )  # fmt: skip
    (record,) = merged([[SHELLED], [other]])
    assert (record.mode, record.start, record.when) == ("heavy-weapons", day, "Monday")
    assert record.quantities == other.quantities
    assert record.chain == (speaker,)


def test_ties_lead_to_the_new_keys():
    signed = Record(
        key="c3", type="AGREE", span=(26, 68), coder="rules",
        links=(Tied(Relation.ANSWERS, "c1"), Tied(Relation.ANSWERS, "c2")),
    )  # fmt: skip
    llm = by("llm", replace(VISITED, key="a"), replace(SHELLED, key="b"))
    records = merged([[signed, VISITED, SHELLED], llm])
    keys = {record.type: record.key for record in records}
    assert list(keys.values()) == ["c1", "c2", "c3"]
    tied = next(record for record in records if record.type == "AGREE").links
    assert {tie.key for tie in tied} == {keys["ASSAULT"], keys["CONSULT"]}
    agreed = merged([[signed, VISITED, SHELLED], llm], Policy.AGREED)
    assert [record.key for record in agreed] == ["c1", "c2"]


def test_a_coder_that_fails_is_noted_and_does_not_count():
    failing = Fake("llm", error=AnswerUnusable("the answer is a poem"))
    reading = EnsembleCoder((Fake("rules", (SHELLED,), ("a note",)), failing)).read(DOCUMENT)
    assert reading.records[0].confidence == 0.8
    assert reading.notes == ("rules: a note", "llm: read nothing: the answer is a poem.")
    with pytest.raises(AnswerUnusable):
        EnsembleCoder((failing, failing)).read(DOCUMENT)
    with pytest.raises(ReadingError, match="no coders"):
        EnsembleCoder(())


RECORDS = st.lists(
    st.builds(
        lambda start, length, kind, party, confidence: Record(
            key="", type=kind, span=(start, start + length), actors=(party,), confidence=confidence
        ),
        st.integers(0, 40),
        st.integers(1, 20),
        st.sampled_from(["ASSAULT", "CONSULT"]),
        st.sampled_from([GONDAL, ANGRIA]),
        st.sampled_from([0.2, 0.5, 0.9]),
    ),
    max_size=8,
).map(lambda found: [replace(record, key=f"c{n}") for n, record in enumerate(found)])


@given(RECORDS, RECORDS, st.randoms())
def test_nothing_is_lost_and_the_order_of_records_does_not_matter(one, other, random):
    both = merged([by("a", *one), by("b", *other)])
    said = [name for record in both for name in record.coder.split(" + ")]
    assert (said.count("a"), said.count("b")) == (len(one), len(other))
    assert [record.key for record in both] == [f"c{n}" for n in range(1, len(both) + 1)]
    assert [record.span for record in both] == sorted(record.span for record in both)
    assert all(0 <= record.confidence <= 1 for record in both)
    shuffled = random.sample(one, len(one))
    assert [replace(r, links=()) for r in merged([by("a", *shuffled), by("b", *other)])] == [
        replace(r, links=()) for r in both
    ]


def test_many_records_take_time_by_their_number():
    many = [replace(SHELLED, key=f"c{n}", span=(30 * n, 30 * n + 25)) for n in range(4_000)]
    assert len(merged([many, by("llm", *many)])) == 4_000
