"""Scales: from numbers and days to places in a picture, with ticks at round values.

Widths of text are estimates: nothing here may open a font, and a label that is given a little too
much room does no harm.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.core.time import say_day

WIDTH = 720
"""Width of a drawing in its own units; a wide page shows them about as large as pixels."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale for numbers.

    Parameters
    ----------
    low, high : float
        Least and greatest number.
    start, end : float
        Where they stand in the picture.
    bent : bool
        Logarithmic in one more than the number, so that 0 can be drawn and 3 and 5 stay apart where
        300 is drawn too. For counts; `low` must not be negative then.

    Examples
    --------
    >>> Scale(0, 10, 100, 200)(5)
    150.0
    >>> Scale(0, 99, 0, 100, bent=True)(9)
    50.0
    """

    low: float
    high: float
    start: float
    end: float
    bent: bool = False

    def __call__(self, number: float) -> float:
        """Give the place of a number; numbers outside stand at the nearer end."""
        low, high = self._bend(self.low), self._bend(self.high)
        if high <= low:
            return (self.start + self.end) / 2
        share = (self._bend(min(max(number, self.low), self.high)) - low) / (high - low)
        return self.start + share * (self.end - self.start)

    def ticks(self, about: int = 5) -> list[float]:
        """Give round numbers on the scale, about so many.

        Examples
        --------
        >>> Scale(0, 76, 0, 100).ticks()
        [0.0, 20.0, 40.0, 60.0]
        >>> Scale(0, 5000, 0, 300, bent=True).ticks(6)
        [0.0, 1.0, 10.0, 100.0, 1000.0]
        """
        if self.high <= self.low:
            return [self.low]
        if not self.bent:
            return round_numbers(self.low, self.high, about)
        for steps in ((1, 2, 5), (1, 3), (1,)):
            found = [0.0] + [
                float(step * 10**power)
                for power in range(math.ceil(math.log10(self.high)) + 1)
                for step in steps
            ]
            found = [number for number in found if self.low <= number <= self.high]
            if len(found) <= about:
                break
        return found

    def _bend(self, number: float) -> float:
        return math.log1p(number) if self.bent else number


def round_numbers(low: float, high: float, about: int = 5) -> list[float]:
    """Give the multiples of 1, 2 or 5 times a power of ten between two numbers.

    Examples
    --------
    >>> round_numbers(0, 1, 2)
    [0.0, 0.5, 1.0]
    """
    raw = (high - low) / max(about, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= raw * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Days:
    """A scale for days; each day stands at its beginning.

    Parameters
    ----------
    first, last : datetime.date
    start, end : float
        Where they stand in the picture.

    Examples
    --------
    >>> Days(date(2020, 1, 1), date(2020, 1, 11), 0, 100)(date(2020, 1, 6))
    50.0
    """

    first: date
    last: date
    start: float
    end: float

    def __call__(self, day: date) -> float:
        """Give the place of a day; days outside stand at the nearer end."""
        length = (self.last - self.first).days
        if length <= 0:
            return self.end
        share = (min(max(day, self.first), self.last) - self.first).days / length
        return self.start + share * (self.end - self.start)

    def ticks(self, about: int = 6) -> list[tuple[date, str]]:
        """Give round days with their labels: years, months, weeks or days, as many as fit.

        Examples
        --------
        >>> [label for _, label in Days(date(2019, 11, 20), date(2020, 2, 5), 0, 1).ticks(4)]
        ['Dec 2019', 'Jan 2020', 'Feb']
        """
        days = max((self.last - self.first).days, 1)
        if days > 45:
            steps = (1, 3, 6, 12, 24, 60, 120, 240, 600)
            return self._months(next((n for n in steps if days / 30.4 / n <= about), 1200))
        step = next(step for step in (1, 2, 7, 14, 28) if days / step <= about or step == 28)
        found = [
            day
            for day in (self.first + timedelta(days=index) for index in range(days + 1))
            # Steps count from a fixed day, so that two pictures of one week have the same ticks.
            if day.toordinal() % step == 1 % step and day <= self.last
        ]
        return [(day, f"{day.day} {day:%b}") for day in found]

    def _months(self, step: int) -> list[tuple[date, str]]:
        first, last = self.first.year * 12 + self.first.month - 1, self.last.year * 12 + 11
        starts = [
            date(month // 12, month % 12 + 1, 1)
            for month in range(first, last + 1)
            if month % step == 0
        ]
        found = [day for day in starts if self.first <= day <= self.last]
        if step >= 12:
            return [(day, f"{day.year}") for day in found]
        return [
            (day, f"{day:%b %Y}" if index == 0 or day.month == 1 else f"{day:%b}")
            for index, day in enumerate(found)
        ]


def text_width(text: str, size: float = 13) -> float:
    """Estimate how wide a line of text is.

    Examples
    --------
    >>> text_width("Ruritania") < text_width("Ruritania and Gondal")
    True
    """
    return size * sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1.05
    if letter in "iljtfrI.,:;|!'()[] -":
        return 0.38
    return 0.75 if letter.isupper() or letter in "mw%@" else 0.61


def cut(text: str, width: float, size: float = 13) -> str:
    """Shorten a line of text to a width; what is left out becomes an ellipsis.

    Examples
    --------
    >>> cut("The Grand Duchy of Fenwick", 100)
    'The Grand Du…'
    """
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move places apart until no two are nearer than a gap, each as little as may be.

    Parameters
    ----------
    places : sequence of float
        Where labels would best stand, in any order.
    gap : float
        Least distance of two; made smaller where so many do not fit.
    low, high : float
        Bounds.

    Returns
    -------
    list of float
        New places in the same order.

    Examples
    --------
    >>> spread([10, 10, 50], 8, 0, 100)
    [6.0, 14.0, 50.0]
    """
    if len(places) > 1:
        gap = min(gap, (high - low) / (len(places) - 1))
    order = sorted(range(len(places)), key=lambda index: (places[index], index))
    # Blocks of touching labels: each block stands where its members would be best on average.
    blocks: list[tuple[float, int]] = []
    for index in order:
        blocks.append((min(max(places[index], low), high), 1))
        while len(blocks) > 1 and _top(blocks[-1], gap) < _bottom(blocks[-2], gap) + gap - 1e-9:
            (second, count2), (first, count1) = blocks.pop(), blocks.pop()
            middle = (first * count1 + second * count2) / (count1 + count2)
            half = gap * (count1 + count2 - 1) / 2
            blocks.append((min(max(middle, low + half), high - half), count1 + count2))
    found = [
        middle + gap * (position - (count - 1) / 2)
        for middle, count in blocks
        for position in range(count)
    ]
    return [place for _, place in sorted(zip(order, found, strict=True))]


def _top(block: tuple[float, int], gap: float) -> float:
    return block[0] - gap * (block[1] - 1) / 2


def _bottom(block: tuple[float, int], gap: float) -> float:
    return block[0] + gap * (block[1] - 1) / 2


def number_in_words(number: float) -> str:
    """Write a number as an axis shows it.

    Examples
    --------
    >>> [number_in_words(number) for number in (0, 0.5, 25_000, 1_500_000)]
    ['0', '0.5', '25,000', '1.5 million']
    """
    if abs(number) >= 1e6:
        return f"{number / 1e6:g} million"
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:g}"


def day_or(day: date | None, otherwise: str = "undated") -> str:
    """Write a day, or say that there is none.

    Examples
    --------
    >>> day_or(date(2020, 2, 5)), day_or(None)
    ('5 Feb 2020', 'undated')
    """
    return say_day(day) if day else otherwise
