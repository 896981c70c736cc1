"""A coder that reads what it was told to, for tests of everything that comes after coders."""

from datetime import date

from msgspec.structs import replace

from foreshock.core.quantities import Quantity
from foreshock.evidence.claim import Kind, Modality, Polarity, Relation
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.record import Party, Reading, Record, Spoken, Tied, Where

GONDAL = Party(id="gondal", name="Gondal", country="GDL")
ANGRIA = Party(id="angria", name="Angria", country="AGR")
GUARD = Party(id="angria/protesters", name="Angrian protesters", country="AGR", sector="CVL")
FORD = Where(id="the-ford", name="the Ford", country="AGR", lat=10.0, lon=20.0, kind="town")
MINISTRY = Spoken(id="gondal-ministry", name="Ministry of War", cue="said", side="gondal")
TUESDAY = date(2020, 2, 4)

TEXT = (
    "Gondal's guns shelled the Ford on Tuesday, killing seven people, the Ministry of War said. "
    "Angria denied that it had fired first. If talks fail, Gondal may send troops."
)

SHELLED = Record(
    key="c1",
    type="ASSAULT",
    mode="heavy-weapons",
    actors=(GONDAL,),
    recipients=(ANGRIA,),
    start=TUESDAY,
    end=TUESDAY,
    when="Tuesday",
    place=FORD,
    quantities=(Quantity("killed", "people", best=7),),
    chain=(MINISTRY,),
    words="shelled the Ford on Tuesday, killing seven people",
    confidence=0.9,
    coder="scripted 1",
)
DENIED = Record(
    key="c2",
    type="ASSAULT",
    actors=(ANGRIA,),
    recipients=(GONDAL,),
    polarity=Polarity.DENIED,
    chain=(Spoken(id="angria", name="Angria", cue="denied", side="angria", kind="party"),),
    words="it had fired first",
    links=(Tied(Relation.ANSWERS, "c1"),),
    confidence=0.7,
    coder="scripted 1",
)
MAY_SEND = Record(
    key="c3",
    kind=Kind.FORECAST,
    type="MOBILIZE",
    mode="troops",
    actors=(GONDAL,),
    modality=Modality.HYPOTHETICAL,
    condition="If talks fail",
    words="Gondal may send troops",
    confidence=0.6,
    coder="scripted 1",
)
RECORDS = (SHELLED, DENIED, MAY_SEND)


class Scripted:
    """Finds each of its records whose words stand in the text."""

    def __init__(self, *records: Record, name: str = "scripted 1") -> None:
        self.records = records or RECORDS
        self.name = name

    def read(self, document: Document) -> Reading:
        """Read by looking for words."""
        found = []
        for record in self.records:
            start = document.text.find(record.words)
            if start >= 0:
                span = (start, start + len(record.words))
                found.append(replace(record, span=span, coder=self.name))
        return Reading(
            document=document, records=tuple(found), sentences=document.text.count(". ") + 1
        )


def document(text: str = TEXT, **fields: object) -> Document:
    """Make a document that The Gazette published on a Wednesday."""
    given = {"id": "a.txt", "published": date(2020, 2, 5), "source": "The Gazette"}
    return Document(text=text, **{**given, **fields})
