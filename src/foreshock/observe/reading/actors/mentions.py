"""What the gazetteer finds: a phrase and the parties that it names."""

from __future__ import annotations

from typing import NamedTuple

from foreshock.observe.reading.record import Party


class Mention(NamedTuple):
    """A whole phrase that names somebody: "two Peruvian soldiers", "President X of Y".

    Parameters
    ----------
    first, last : int
        Its tokens, ``[first, last)``.
    parties : tuple of Party
        Whom it names; two for "Peruvian and Chilean troops". Spans are offsets into the
        normalised text.
    kind : str
        ``state``, ``capital`` (a city that may stand for its state, or be a place), ``person``,
        ``group``, ``organisation``, ``media``, ``agents`` (people told by what they are),
        ``people`` (told by nation or faith), or ``adjective``: a hint ("Peruvian" in "the
        Peruvian border"), not a party.
    """

    first: int
    last: int
    parties: tuple[Party, ...]
    kind: str
