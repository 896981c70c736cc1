"""The sentences that this project wrote: what the classifier learns from and is tested on."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

HELD_OUT_SHARE = 3
"""One sentence in three is never trained on."""


class Other(Struct, frozen=True):
    """A further act in a sentence."""

    type: str
    act: str = ""
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    mode: str = ""
    modality: str = "actual"


class Labelled(Struct, frozen=True):
    """A sentence with its labels; words of parties, act and speakers are verbatim in the text.

    See the datasheet (``DATASHEET.md`` beside the files) for what each label means.
    """

    id: str
    text: str
    event: bool
    type: str = ""
    mode: str = ""
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    actor_countries: tuple[str, ...] = ()
    recipient_countries: tuple[str, ...] = ()
    act: str = ""
    modality: str = "actual"
    polarity: str = "asserted"
    background: bool = False
    attribution: tuple[str, ...] = ()
    voice: str = ""
    region: str = ""
    period: str = ""
    kind: str = ""
    others: tuple[Other, ...] = ()

    @property
    def held_out(self) -> bool:
        """Whether it is kept for testing: decided by its text alone."""
        return held_out(self.text)


def held_out(text: str) -> bool:
    """Whether a sentence is kept for testing.

    Examples
    --------
    >>> held_out("Gondal's envoy left."), held_out("Angria's envoy left.")
    (True, False)
    """
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % HELD_OUT_SHARE == 0


@cache
def labelled() -> tuple[Labelled, ...]:
    """Read all sentences, in the order of their files."""
    folder = files("foreshock.observe.reading.classifier") / "sentences"
    decode = msgspec.json.Decoder(Labelled).decode
    found: list[Labelled] = []
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".jsonl"):
            lines = file.read_text(encoding="utf-8").splitlines()
            found.extend(decode(line) for line in lines if line.strip())
    return tuple(found)
