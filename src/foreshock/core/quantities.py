"""Quantities as intervals by group: who and what was counted, and between which bounds.

A report rarely gives a number; it gives "scores", "upward of a million", "30 to 35". A `Quantity`
keeps what was said: a lower bound, a best value, an upper bound, each of which may be missing.
Missing is not zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from foreshock.core.errors import QuantityError

LARGEST = 1e12
"""Nothing counted in a conflict is larger; a larger number is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What was counted, of whom, and how many.

    Parameters
    ----------
    what : str
        What was counted, a word of the lexicon (``killed``, ``displaced`` ...).
    group : str
        Who was counted: a category (``civilians``), a category of an actor's people
        (``ruritania/soldiers``), or empty where nobody said.
    low, best, high : float or None
        Bounds and best value, ``0 <= low <= best <= high``; None where nothing was said.
    unit : str
        The unit, empty for persons.

    Raises
    ------
    QuantityError
        If nothing was said at all, a value is negative or too large, or the order is wrong.

    Examples
    --------
    >>> Quantity("killed", "ruritania/soldiers", best=7).text
    '7'
    >>> Quantity("displaced", "people", low=1_000_000).text
    'at least 1,000,000'
    """

    what: str
    group: str = ""
    low: float | None = None
    best: float | None = None
    high: float | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        """Refuse what no count can be."""
        if self.low is self.high is None and self.best is not None and 0 <= self.best <= LARGEST:
            return  # the usual case, thousands of times over
        said = [value for value in (self.low, self.best, self.high) if value is not None]
        if not said:
            raise QuantityError(
                f"{self.what}: no number at all", mend="give low, best or high, or leave it out"
            )
        for value in said:
            if not 0 <= value <= LARGEST:
                raise QuantityError(
                    f"{self.what}: {str(value)[:40]} cannot be a count",
                    expected=f"0 to {LARGEST:g}",
                )
        if said != sorted(said):
            raise QuantityError(
                f"{self.what}: bounds out of order ({' > '.join(map(number, said))})",
                expected="low <= best <= high",
            )

    @property
    def actor(self) -> str:
        """The actor whose people were counted; empty where only a category was given."""
        return self.group.rpartition("/")[0]

    @property
    def category(self) -> str:
        """The category of people or things counted."""
        return self.group.rpartition("/")[2]

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The narrowest interval that was said: low and high, the best value closing a gap.

        Examples
        --------
        >>> Quantity("killed", best=7).bounds
        (7, 7)
        >>> Quantity("killed", low=40).bounds
        (40, None)
        """
        if self.best is None:
            return self.low, self.high
        return (
            self.best if self.low is None else self.low,
            self.best if self.high is None else self.high,
        )

    @property
    def central(self) -> float:
        """One number to sort and scale by: best, else the middle, else the bound that was said."""
        if self.best is not None:
            return self.best
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return self.low if self.low is not None else (self.high or 0.0)

    @property
    def text(self) -> str:
        """The count as a reader would say it, without unit or group."""
        low, high = self.bounds
        if low is None and high is not None:
            return f"up to {number(high)}"
        if high is None and low is not None:
            return f"at least {number(low)}"
        if low == high and low is not None:
            return number(low)
        if self.best is not None:
            return f"about {number(self.best)}"
        return f"{number(low or 0)}–{number(high or 0)}"


def number(value: float) -> str:
    """Write a number with thousands separators and no needless decimals.

    Examples
    --------
    >>> number(1_000_000), number(31.5)
    ('1,000,000', '31.5')
    """
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,g}"
