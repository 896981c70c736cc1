"""What was read in one text, in a terminal: each claim with its words lit up in their sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from foreshock.brief.words import counted, joined, plain
from foreshock.core.time import Interval, say_day
from foreshock.evidence.claim import Kind, Modality, Polarity
from foreshock.lexicon import load_ontology
from foreshock.lexicon.phrases import people
from foreshock.observe.reading.record import Reading, Record, Spoken, Where
from foreshock.observe.reading.text.normal import normalise
from foreshock.observe.reading.text.sentences import sentences

_INDENT = 4
_LIT = ("«", "»")
"""Marks around the words: they stand out without colour too."""


def render_reading(reading: Reading, console: Console) -> None:
    """Print a reading.

    Parameters
    ----------
    reading : Reading
    console : rich.console.Console
        Where to; without colour where it is not a terminal.
    """
    printer = RecordPrinter(reading, console)
    printer.head()
    for record in reading.records:
        printer.record(record)
    printer.foot()


class RecordPrinter:
    """Prints the records of one document.

    Parameters
    ----------
    reading : Reading
    console : rich.console.Console
    """

    def __init__(self, reading: Reading, console: Console) -> None:
        self.reading, self.out = reading, console
        normal = normalise(reading.document.text)
        self._sentences = [normal.span(each.start, each.end) for each in sentences(normal)]

    def head(self) -> None:
        """Say what was read, and how many claims are in it."""
        document = self.reading.document
        if document.title:
            self._line(Text(plain(document.title), style="bold"))
        origin = [plain(document.source or "publisher not said")]
        origin.append(say_day(document.published) if document.published else "day not said")
        self._line(Text(", ".join(origin), style="dim"))
        found = counted(len(self.reading.records), "claim")
        self._line(Text(f"{found} in {counted(self.reading.sentences, 'sentence')}"))

    def foot(self) -> None:
        """Say what the reader should know beside the claims."""
        if self.reading.notes:
            self.out.print()
        for note in self.reading.notes:
            self._under(Text(f"Note: {plain(note)}", style="dim italic"))

    def record(self, record: Record, label: str = "") -> None:
        """Print one claim.

        Parameters
        ----------
        record : Record
        label : str
            What to call it; its key if left out.
        """
        self.out.print()
        head = Text(label or record.key, style="cyan")
        head.append(f"  {_act(record)}", style="bold")
        for flag in _flags(record):
            head.append(f"  {flag}", style="yellow")
        head.append(f"  ({round(100 * record.confidence)} %)", style="dim")
        self._line(head)
        for name, value in self._parts(record):
            line = Text(f"{name} ", style="dim") if name else Text()
            line.append(plain(value), style="default")
            self._under(line)
        self._under(self._evidence(record))

    def _parts(self, record: Record) -> list[tuple[str, str]]:
        told = [("", _who(record)), ("when", _when(record)), ("where", _where(record))]
        counts = load_ontology().quantities
        for quantity in record.quantities:
            label = counts[quantity.what].label if quantity.what in counts else quantity.what
            told.append((label, people(quantity)))
        if record.condition:
            told.append(("on the condition", record.condition))
        if record.due:
            told.append(("by", say_day(record.due)))
        if record.consequence:
            told.append(("otherwise", record.consequence))
        told += [(str(tie.relation), tie.key) for tie in record.links]
        told.append(("says", _chain(record.chain, self.reading.document.source)))
        return [(name, value) for name, value in told if value]

    def _evidence(self, record: Record) -> Text:
        """Quote the sentence, with the words on which the claim rests lit up."""
        text = self.reading.document.text
        start, end = record.span
        around = [
            (first, last) for first, last in self._sentences if first < end and start < last
        ] or [record.span]
        left, right = min(start, around[0][0]), max(end, around[-1][1])
        line = Text(_flat(text[left:start]), style="dim")
        line.append(f"{_LIT[0]}{_flat(text[start:end])}{_LIT[1]}", style="not dim bold green")
        line.append(_flat(text[end:right]))
        return line

    def _line(self, text: Text) -> None:
        self.out.print(text, highlight=False)

    def _under(self, text: Text) -> None:
        self.out.print(Padding(text, (0, 0, 0, _INDENT), expand=False), highlight=False)


def _flat(text: str) -> str:
    return plain(re.sub(r"\s+", " ", text))


def _act(record: Record) -> str:
    ontology = load_ontology()
    if record.kind is Kind.STATE:
        held = ontology.states.get(record.mode)
        return f"state: {held.label if held else record.mode}"
    kind = ontology.types.get(record.type)
    name = (kind.name if kind else record.type).lower()
    mode = f" ({record.mode.replace('-', ' ')})" if record.mode else ""
    return str(record.kind) if name in {"", record.kind} else f"{record.kind}: {name}{mode}"


def _flags(record: Record) -> list[str]:
    flags = ["DENIED"] if record.polarity is Polarity.DENIED else []
    if record.modality is not Modality.ACTUAL:
        flags.append(str(record.modality))
    if record.background:
        flags.append("background")
    return flags


def _who(record: Record) -> str:
    actors = joined([party.name for party in record.actors])
    recipients = joined([party.name for party in record.recipients])
    if record.kind is Kind.STATE or not recipients:
        return actors or ("" if record.kind is Kind.STATE else "nobody named")
    kind = load_ontology().types.get(record.type)
    joint = "and" if kind and kind.symmetric else "→"
    return f"{actors or 'nobody named'} {joint} {recipients}"


def _when(record: Record) -> str:
    if record.start is None:
        return f"“{record.when}”, not reckoned" if record.when else ""
    day = str(Interval(record.start, record.end or record.start, record.precision))
    return f"{day} (“{record.when}”)" if record.when else day


def _where(record: Record) -> str:
    told = [_place(record.place)] if record.place else []
    if record.origins:
        told.append("from " + joined([_place(place) for place in record.origins]))
    if record.destinations:
        told.append("to " + joined([_place(place) for place in record.destinations]))
    return ", ".join(told)


def _place(where: Where) -> str:
    return f"near {where.name}" if where.precision == "near" else where.name


def _chain(chain: Sequence[Spoken], publisher: str) -> str:
    spoken = [
        f"{link.name} ({link.cue})" if link.cue else link.name
        for link in chain
        if link.kind != "publisher"
    ]
    return ", via ".join([*spoken, publisher or "the publisher"])
