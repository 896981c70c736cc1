"""A sentence with its names, days, places and numbers masked, for the classifier."""

from __future__ import annotations

from foreshock.observe.reading.parsing import Parse

_MASKS = {"AC": "actor", "AJ": "actorly", "DA": "day", "PL": "place", "CD": "number"}


def masked(parse: Parse) -> list[str]:
    """Give the words of a sentence in lower case, with names masked.

    What stands in quotation marks, and marks themselves, count like the rest; a capitalised word
    inside the sentence that nobody knows is a name.
    """
    words: list[str] = []
    for index, unit in enumerate(parse.units):
        mask = _MASKS.get(unit.tag)
        if mask is None and unit.capital and index and unit.tag == "NN" and not unit.word.verb:
            mask = "name"
        words.append(mask or unit.lower)
    return words
