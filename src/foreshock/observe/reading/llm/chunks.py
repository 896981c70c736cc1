"""A document in stretches that a model can be asked about one at a time."""

from __future__ import annotations

import re

from foreshock.observe.reading.record import Span

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
_SENTENCE = re.compile(r"[.!?][\"'’”)]*\s+")
_WORD = re.compile(r"\s+")


def chunks(text: str, longest: int, within: Span | None = None) -> list[Span]:
    r"""Cut a text into stretches that follow one another without gap or overlap.

    They end where a paragraph ends; in a paragraph that is too long where a sentence does, then
    where a word does, and in one endless word anywhere.

    Parameters
    ----------
    text : str
    longest : int
        Characters of a stretch, at most; 1 or more.
    within : tuple of int, optional
        The part to cut; the whole text if left out.

    Returns
    -------
    list of tuple of int
        Offsets; empty for a text without a word in it.

    Examples
    --------
    >>> text = "Gondal shelled Northford.\n\nTwo died. Three fled."
    >>> [text[a:b] for a, b in chunks(text, 40)]
    ['Gondal shelled Northford.\n\n', 'Two died. Three fled.']
    """
    start, end = within or (0, len(text))
    found = []
    while start < end:
        stop = _cut(text, start, end, longest)
        if not text[start:stop].isspace():
            found.append((start, stop))
        start = stop
    return found


def halves(text: str, span: Span) -> list[Span]:
    """Cut a stretch into pieces of at most half its length, two as a rule."""
    return chunks(text, max(1, (span[1] - span[0] + 1) // 2), span)


def _cut(text: str, start: int, end: int, longest: int) -> int:
    if end - start <= longest:
        return end
    limit = start + longest
    for mark in (_PARAGRAPH, _SENTENCE, _WORD):
        stops = [match.end() for match in mark.finditer(text, start, limit)]
        if stops:
            return stops[-1]
    return limit
