"""Feeds: which acts of which pairs a case collects, since when, and how late they become known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foreshock.core.errors import QuantityError


@dataclass(frozen=True, slots=True, kw_only=True)
class ActClass:
    """A class of act that is counted by day.

    Attributes
    ----------
    channel : {'deed', 'word'}
    families : frozenset of str
        Families of PLOVER types (see `foreshock.lexicon`); any if empty.
    about : str
        What it holds, for a reader.
    """

    channel: str
    families: frozenset[str]
    about: str


ASSAULT = "assault"

ACT_CLASSES: Mapping[str, ActClass] = {
    ASSAULT: ActClass(
        channel="deed",
        families=frozenset({"force"}),
        about="armed force against people or things (PLOVER ASSAULT)",
    ),
    "coercion": ActClass(
        channel="deed",
        families=frozenset({"coercion"}),
        about="seizing, arresting, blockading and the like (PLOVER COERCE)",
    ),
    "hostile-deeds": ActClass(
        channel="deed", families=frozenset(), about="any conflictual deed, assaults included"
    ),
    "hostile-words": ActClass(
        channel="word", families=frozenset(), about="any conflictual word: blame, threat, demand"
    ),
}
"""Classes of act by name. All of them are conflictual."""


@dataclass(frozen=True, slots=True)
class Delay:
    r"""How late acts become known: the share :math:`F(s)` known by :math:`s` days after the act.

    Between two days that are told, the share grows evenly; before the first it is 0.

    Parameters
    ----------
    days : tuple of int
        Days after the act, 0 or more, rising.
    shares : tuple of float
        Share of all acts that is known by the end of that day, 0 to 1, not falling. The last is 1:
        a share of what is never told cannot be reckoned with.

    Raises
    ------
    QuantityError
        If the days or shares are not so.

    Examples
    --------
    >>> Delay((0, 1, 5), (0.5, 0.8, 1.0)).known([0, 1, 3, 9]).tolist()
    [0.5, 0.8, 0.9, 1.0]
    >>> Delay.after(2).known([0, 1, 2]).tolist(), Delay.after(2).longest
    ([0.0, 0.0, 1.0], 2)
    """

    days: tuple[int, ...]
    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse what no delay can be."""
        fine = len(self.days) == len(self.shares) > 0 and self.days[0] >= 0
        rising = all(a < b for a, b in zip(self.days, self.days[1:], strict=False))
        growing = all(a <= b for a, b in zip(self.shares, self.shares[1:], strict=False))
        if not (fine and rising and growing and self.shares[0] >= 0 and self.shares[-1] == 1):
            raise QuantityError(
                f"no delay: known within {dict(zip(self.days, self.shares, strict=False))}",
                expected="shares that grow with the days, from 0 or more to 1",
                mend="write it like {0: 0.7, 1: 0.9, 7: 1}",
            )

    @classmethod
    def after(cls, days: int) -> Delay:
        """Give the delay of a feed in which all is known so many days after it happened."""
        return cls((days,), (1.0,))

    @property
    def longest(self) -> int:
        """Days after which everything is known."""
        return self.days[self.shares.index(1.0)]

    def known(self, age: ArrayLike) -> NDArray[np.float64]:
        """Give the share that is known of acts so many days old; 0 for acts still to come."""
        days = np.asarray(age, np.float64)
        shares = np.interp(days, self.days, self.shares, left=0.0, right=1.0)
        return np.asarray(shares, np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a case collects by day.

    Attributes
    ----------
    name : str
    acts : str
        Class of act, one of `ACT_CLASSES`.
    since : datetime.date
        From this day on the acts were collected; the days before were not observed.
    pairs : tuple of (str, str)
        Who does it, to whom.
    by_hand : bool
        Whether people chose what to collect: then it is no sample, and the rates are rates of what
        was found worth collecting.
    grain : str
        What counts as one act.
    delay : Delay or None
        None where the case does not declare it: then no forecast can be made.
    delay_basis, note : str
        Where the delay is from; what a reader must know.
    stale_after : int
        Days without any news after which silence says nothing.
    """

    name: str
    since: date
    pairs: tuple[tuple[str, str], ...]
    acts: str = ASSAULT
    by_hand: bool = True
    grain: str = ""
    delay: Delay | None = None
    delay_basis: str = ""
    stale_after: int = 14
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the series, one a pair."""
        return tuple(series_name(*pair, self.acts) for pair in self.pairs)


def series_name(actor: str, recipient: str, acts: str = ASSAULT) -> str:
    """Name the series of a pair; a class other than assault is part of the name.

    Examples
    --------
    >>> series_name("gondal", "ruritania"), series_name("gondal", "ruritania", "coercion")
    ('gondal>ruritania', 'gondal>ruritania (coercion)')
    """
    name = f"{actor}>{recipient}"
    return name if acts == ASSAULT else f"{name} ({acts})"
