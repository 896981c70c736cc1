"""Finding what a model quotes in the text itself: what is not there was not read.

A model may straighten a quotation mark or a line break as it quotes; it may not change a word.
Both sides are written plainly, without their quotation marks' shapes and line ends, and what is
found is traced back to the original, so that the span of a record is always verbatim.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from foreshock.observe.reading.record import Span
from foreshock.observe.reading.text.normal import normalise
from foreshock.observe.reading.text.sentences import sentences

_SPACE = re.compile(r"\s+")
_EDGES = " \"'.,;:…[](){}-"
_LETTERS = re.compile(r"\w")

Run = tuple[int, int]


class Ground:
    r"""A text in which quotations are found.

    Examples
    --------
    >>> ground = Ground("Gondal “denied” the\nraid on Peru’s coast.")
    >>> ground.original[slice(*ground.find('"denied" the raid'))]
    'denied” the\nraid'
    >>> ground.find("admitted the raid") is None
    True
    """

    def __init__(self, text: str) -> None:
        self.original = text
        self._normal = normalise(text)
        self._plain, self._removed = _squeezed(self._normal.clean)
        self._starts = [place for place, _ in self._removed]

    def sentence_starts(self) -> tuple[int, ...]:
        """Give the offset in the original at which each sentence begins."""
        return tuple(
            self._normal.span(sentence.start, sentence.end)[0]
            for sentence in sentences(self._normal)
        )

    def find(self, quotation: str, within: Span | None = None, after: int = 0) -> Span | None:
        """Find a quotation, and give its offsets in the original.

        Parameters
        ----------
        quotation : str
            What a model says that the text says; marks at its ends are left out.
        within : tuple of int, optional
            Part of the original in which it must stand; anywhere if left out.
        after : int
            Where several places fit, the first from this offset on is taken, else the first.

        Returns
        -------
        tuple of int or None
            None if the text does not say it in these words.
        """
        sought = _squeezed(normalise(quotation).clean)[0].strip(_EDGES)
        if _LETTERS.search(sought) is None:
            return None
        low, high = within or (0, len(self.original))
        first: Span | None = None
        start, stop = self._plain_place(low), self._plain_place(high)
        place = self._plain.find(sought, start, stop)
        while place >= 0:
            if self._stands_alone(place, place + len(sought)):
                span = self._span(place, place + len(sought))
                if span[0] >= after and span[1] <= high:
                    return span
                first = first or (span if span[1] <= high else None)
            place = self._plain.find(sought, place + 1, stop)
        return first

    def _stands_alone(self, start: int, end: int) -> bool:
        """Whether a stretch begins and ends where words do."""
        plain = self._plain
        cut = plain[start - 1 : start + 1] if start else ""
        tail = plain[end - 1 : end + 1]
        return not any(len(pair) == 2 and pair.isalnum() for pair in (cut, tail))

    def _span(self, start: int, end: int) -> Span:
        return self._normal.span(self._clean_place(start), self._clean_place(end - 1) + 1)

    def _clean_place(self, place: int) -> int:
        index = bisect_right(self._starts, place)
        return place + (self._removed[index - 1][1] if index else 0)

    def _plain_place(self, original: int) -> int:
        # The way back is monotone, so that a search by halves finds it.
        return bisect_left(
            range(len(self._plain)), original, key=lambda place: self._span(place, place + 1)[0]
        )


def _squeezed(text: str) -> tuple[str, list[Run]]:
    """Write every run of white space as one space, and say what that moved.

    Each pair is a place in the squeezed text and how many characters were removed before it.
    """
    pieces: list[str] = []
    removed: list[Run] = []
    last = length = lost = 0
    for match in _SPACE.finditer(text):
        pieces += [text[last : match.start()], " "]
        length += match.start() - last + 1
        last = match.end()
        if len(match[0]) > 1:
            lost += len(match[0]) - 1
            removed.append((length, lost))
    pieces.append(text[last:])
    return "".join(pieces), removed
