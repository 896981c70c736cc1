"""A record in a line, in the lexicon's words: what a case keeps as its summary."""

from __future__ import annotations

from foreshock.evidence.claim import Kind, Modality, Polarity
from foreshock.lexicon import load_ontology
from foreshock.lexicon.phrases import headline, joined, people
from foreshock.observe.reading.names import one_line
from foreshock.observe.reading.record import Record


def summary_of(record: Record) -> str:
    """Say in a line what a record says.

    Examples
    --------
    >>> from foreshock.core.quantities import Quantity
    >>> from foreshock.observe.reading.record import Party
    >>> summary_of(Record(key="c1", type="ASSAULT", actors=(Party(id="gondal", name="Gondal"),),
    ...                   polarity=Polarity.DENIED, quantities=(Quantity("killed", best=7),)))
    'Denied: Gondal: assault; killed: 7'
    """
    actors = [party.name for party in record.actors]
    recipients = [party.name for party in record.recipients]
    place = record.place.name if record.place else ""
    if record.kind is Kind.STATE:
        held = load_ontology().states.get(record.mode)
        who = joined(actors) or "nobody named"
        parts = [f"{who}: {held.label if held else record.mode}" + (f", {place}" if place else "")]
    else:
        parts = [headline(record.type or record.kind, record.mode, actors, recipients, place)]
    counts = load_ontology().quantities
    for quantity in record.quantities:
        what = counts[quantity.what].label if quantity.what in counts else quantity.what
        parts.append(f"{what}: {people(quantity)}")
    if record.condition:
        parts.append(f"on a condition: {record.condition}")
    text = "".join(_ahead(record)) + "; ".join(parts)
    return one_line(text)


def _ahead(record: Record) -> list[str]:
    ahead = ["Denied: "] if record.polarity is Polarity.DENIED else []
    if record.kind is Kind.FORECAST:
        ahead.append("Foretold: ")
    elif record.modality is not Modality.ACTUAL:
        ahead.append(f"{str(record.modality).capitalize()}: ")
    return ahead
