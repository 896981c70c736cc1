"""What is written is read back the same, and names follow from content alone."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.strategies import CASE, DAY, opened, replace, worlds

from foreshock.core.digest import digest
from foreshock.core.places import Place
from foreshock.core.quantities import Quantity
from foreshock.core.time import Precision
from foreshock.evidence.actors import Actor, Alias
from foreshock.evidence.batch import Batch
from foreshock.evidence.claim import (
    Attribution,
    Claim,
    Kind,
    KnownBasis,
    Link,
    Modality,
    Polarity,
    Relation,
    Report,
    Source,
)
from foreshock.evidence.records import (
    BOOKS,
    as_json,
    book_of,
    key_of,
    payload_of,
    read_claims,
    read_entry,
    record_digest,
)

ASSAULT = Claim(
    report="0f6d9b0d0e6a4f5b8c7d",
    kind=Kind.EVENT,
    type="ASSAULT",
    mode="heavy-weapons",
    context=("military",),
    actors=("guard", "militia"),
    recipients=("army",),
    start=date(2031, 4, 15),
    end=date(2031, 4, 16),
    precision=Precision.WITHIN,
    place="ford",
    chain=(Attribution("palace", "said"), Attribution("gazette")),
    quantities=(
        Quantity("killed", "republic/soldiers", best=7),
        Quantity("wounded", low=7, high=13),
    ),
    span=(120, 243),
    rating=2,
    summary="Shells fall at the ford.",
    known_at=date(2031, 4, 17),
    key="K1",
)
COUNT = Claim(
    report="9a8b7c6d5e4f3a2b1c0d",
    kind=Kind.FIGURE,
    type="DISPLACE",
    start=date(2031, 3, 1),
    end=date(2031, 4, 15),
    precision=Precision.SPAN,
    place="north",
    destinations=("mill", "bridge"),
    modality=Modality.HYPOTHETICAL,
    polarity=Polarity.DENIED,
    background=True,
    chain=(Attribution("monitor"),),
    quantities=(Quantity("displaced", "people", 1e5, 112_500.5, 2e5, "moves"),),
    summary="Mädchen & “boys”: 100.000 flee — so it is said 😀",
    due=date(2031, 5, 1),
    known_at=date(2031, 4, 20),
)


def _read_back(record):
    payload, digest_ = payload_of(record), record_digest(record)
    if isinstance(record, Claim):
        return read_claims([(digest_, payload)])[0]
    return read_entry(book_of(record), digest_, payload)


@settings(max_examples=40)
@given(worlds())
def test_a_record_reads_back_as_it_was_written(world):
    for record in (*world.claims, *world.cast.entries):
        again = _read_back(record)
        assert again == record
        assert payload_of(again) == payload_of(record)
        assert record_digest(again) == record_digest(record)
        if isinstance(record, Claim):
            assert again.id == record.id
            assert replace(again, id="").id == record.id


@settings(max_examples=25)
@given(worlds())
def test_a_store_reads_back_what_was_put_in(world):
    with opened() as (store, _):
        store.append(CASE, world.batch)
        standing = {each.record: each.claim for each in store.standing(CASE)}
        assert standing == {record_digest(claim): claim for claim in world.claims}
        entries = store.entries(CASE)
    assert {(book_of(e), key_of(e)): e for e in entries} == {
        (book_of(e), key_of(e)): e for e in world.cast.entries
    }
    for entry in entries:
        assert type(entry) is BOOKS[book_of(entry)]


@settings(max_examples=40)
@given(st.text(), st.text(), st.floats(0, 1e12))
def test_any_text_and_any_number_reads_back(text, other, number):
    claim = Claim(
        report=text,
        summary=text,
        consequence=other,
        chain=(Attribution(other, text),),
        quantities=(Quantity(text, other, best=number, unit=text),),
        known_at=DAY,
    )
    source = Source(id=text, name=other)
    place = Place(id=other, name=text, lat=-number / 1e11, population=number)
    with opened() as (store, _):
        store.append(CASE, Batch(claims=[claim], entries=[source, place]))
        seen = store.view(CASE, DAY)
    assert dict(seen.claims) == {claim.id: claim}
    assert seen.claims[claim.id].id == claim.id
    assert seen.sources == {text: source}
    assert dict(seen.places) == {other: place}


# ---------------------------------------------------------------------- identity

SAME = {
    "coder": "rules-1",
    "rating": 6,
    "key": "K2",
    "actors": ("militia", "guard"),
    "quantities": ASSAULT.quantities[::-1],
    "context": (),
    "issue": "arms",
    "channel": "word",
    "sign": "conflictual",
    "agency": "accident",
    "consequence": "or else",
    "links": (Link(Relation.ANSWERS, COUNT.id),),
    "known_at": date(2031, 5, 1),
    "known_basis": KnownBasis.DECLARED,
    "basis": "recalled",
    "place_precision": "near",
    "summary": "The ford is shelled.",  # the span of the text says which sentence it is
}
OTHER = {
    "report": "another",
    "span": (120, 244),
    "kind": Kind.STATEMENT,
    "type": "COERCE",
    "mode": "",
    "actors": ("guard",),
    "recipients": (),
    "start": date(2031, 4, 14),
    "end": date(2031, 4, 15),
    "precision": Precision.DAY,
    "place": "mill",
    "origins": ("mill",),
    "destinations": ("mill",),
    "modality": Modality.PLANNED,
    "polarity": Polarity.DENIED,
    "background": True,
    "due": date(2031, 5, 1),
    "condition": "if the truce holds",
    "quantities": (Quantity("killed", "republic/soldiers", best=8), ASSAULT.quantities[1]),
    "chain": (Attribution("staff", "said"), Attribution("gazette")),
}


@pytest.mark.parametrize("field", SAME)
def test_reading_it_again_adds_nothing(field: str):
    again = replace(ASSAULT, id="", **{field: SAME[field]})
    assert again.id == ASSAULT.id
    coded_anew = field not in {"actors", "quantities"}  # a new order is no other coding's content
    assert (record_digest(again) != record_digest(ASSAULT)) or not coded_anew


@pytest.mark.parametrize("field", OTHER)
def test_another_thing_said_has_another_name(field: str):
    assert replace(ASSAULT, id="", **{field: OTHER[field]}).id != ASSAULT.id


def test_every_field_is_spoken_for():
    # Whoever adds a field decides here whether it makes another claim.
    assert {each.name for each in msgspec.structs.fields(Claim)} == SAME.keys() | OTHER.keys() | {
        "id"
    }


def test_without_a_span_the_wording_tells_two_remarks_apart():
    assert replace(COUNT, id="", summary="other").id != COUNT.id


def test_names_do_not_change_from_version_to_version():
    # Other files name claims by these: a change here needs a new version of the store's schema.
    assert ASSAULT.id == "c78f17f2f80c0f4dcbe2"
    assert COUNT.id == "804c8a3ff1a8bf6f7b7b"
    assert record_digest(ASSAULT) == "cc88ed4492773e032160"
    assert record_digest(COUNT) == "9d82191bc0d698d46dfb"
    report = Report(source="gazette", title="Ford", published=DAY, known_at=DAY, key="r1")
    assert report.id == "bee6347d946085911e4d"


def test_what_may_be_mended_of_a_report_is_not_its_name():
    report = Report(source="gazette", title="Ford", published=DAY, known_at=DAY, key="r1")
    mended = replace(report, known_at=None, known_basis=KnownBasis.UNKNOWN, copy_of="wire")
    assert mended.id == report.id
    assert replace(report, title="Mill").id != report.id
    assert (report.origin, mended.origin) == ("gazette", "wire")


def test_digests_of_values():
    assert digest(1.0, {"b": 1, "a": DAY}) == digest(1, {"a": "2031-04-15", "b": 1.0})
    assert digest("a", "b") != digest("ab")
    assert digest(["a"], "b") != digest("a", ["b"])
    with pytest.raises(ValueError, match="JSON compliant"):
        digest(float("nan"))


def test_json_for_others_has_every_field():
    plain = as_json(COUNT)
    assert plain["known_at"] == "2031-04-20"
    assert plain["rating"] == 6
    assert plain["span"] is None
    actor = as_json(Actor(id="guard", name="Guard", aliases=(Alias("Reds", DAY),)))
    assert actor["aliases"] == [{"name": "Reds", "since": "2031-04-15"}]
