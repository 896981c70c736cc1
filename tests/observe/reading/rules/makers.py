"""The rule coder of the world alone, built once, and short ways to ask what it read."""

from datetime import date, timedelta
from functools import cache

from foreshock.evidence.claim import Kind, Modality
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.record import Reading, Record
from foreshock.observe.reading.rules.coder import RuleCoder, rule_coder

WEDNESDAY = date(2019, 6, 12)
MONDAY, TUESDAY = WEDNESDAY - timedelta(2), WEDNESDAY - timedelta(1)
HERALD = "gondal-herald"


@cache
def coder() -> RuleCoder:
    """Build the coder once."""
    return rule_coder()


def reading(text: str, published: date | None = WEDNESDAY, source: str = "Gondal Herald"):
    """Read a text that the Gondal Herald published on a Wednesday."""
    return coder().read(Document(text=text, published=published, source=source))


def read(text: str, type: str = "", published: date | None = WEDNESDAY) -> list[Record]:
    """Give the records of a text, of one type if one is asked for."""
    return [each for each in reading(text, published).records if type in {"", each.type}]


def one(text: str, type: str) -> Record:
    """Give the only record of a type."""
    (found,) = read(text, type)
    return found


def who(record: Record) -> tuple[list[str], list[str]]:
    """Give the ids of actors and recipients."""
    return [each.id for each in record.actors], [each.id for each in record.recipients]


def chain(record: Record) -> list[str]:
    """Give who says so, innermost first, without the publisher."""
    assert record.chain[-1].id == HERALD
    return [each.id for each in record.chain[:-1]]


def happened(text: str) -> set[str]:
    """Give the types of the deeds that are told as having taken place."""
    return {each.type for each in read(text) if each.happened}


def counts(record: Record) -> dict[tuple[str, str], tuple[float | None, ...]]:
    """Give low, best and high by what was counted and of whom."""
    return {(each.what, each.group): (each.low, each.best, each.high) for each in record.quantities}


def plain(record: Record) -> tuple[object, ...]:
    """Give what a record says, without key, spans and words."""
    return (
        record.kind, record.type, record.mode, record.modality, record.polarity,
        record.background, who(record), record.start, record.end, record.precision,
        record.place.id if record.place else "", counts(record),
        [each.id for each in record.chain], record.sentence, record.confidence,
    )  # fmt: skip


def check(text: str, found: Reading) -> None:
    """Assert what holds of every reading of any text."""
    records = found.records
    assert [each.key for each in records] == [f"c{at}" for at in range(1, len(records) + 1)]
    assert [each.sentence for each in records] == sorted(each.sentence for each in records)
    keys = {each.key for each in records}
    for record in records:
        assert text[slice(*record.span)] == record.words != ""
        assert text[slice(*record.when_span)] == record.when
        assert record.condition in text
        assert 0 <= record.sentence < found.sentences
        assert (record.modality is Modality.ACTUAL) == (record.kind is not Kind.FORECAST)
        assert all(link.key in keys and link.key != record.key for link in record.links)
        assert 0 <= record.confidence <= 1
        assert (record.start is None) == (record.end is None)
        assert record.start is None or record.start <= record.end
        assert record.chain and record.chain[-1].kind == "publisher"
        assert record.coder == "rules 1"
        for named in (*record.actors, *record.recipients, *record.chain[:-1]):
            assert named.id and 0 <= named.span[0] <= named.span[1] <= len(text)
        for place in (record.place, *record.origins, *record.destinations):
            assert place is None or 0 <= place.span[0] < place.span[1] <= len(text)
