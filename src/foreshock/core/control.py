"""The outlook of control: in each future, who is in each place at the end of each day ahead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError

NOBODY = -1
"""Nobody known holds a place, or nobody contests it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """Who holds each place on each day, and who contests it.

    Attributes
    ----------
    first : datetime.date
        The day at whose end the first entry speaks.
    holder, rival : ndarray of int8, shape (member, day, place)
        Number of the side that holds a place, or held it last, and of the one that contests it;
        `NOBODY` where there is none. A place is held outright if somebody holds it and nobody
        contests it.
    """

    first: date
    holder: NDArray[np.int8]
    rival: NDArray[np.int8]

    def __post_init__(self) -> None:
        """Refuse parts that do not fit each other."""
        if self.holder.ndim != 3 or self.holder.shape != self.rival.shape:
            raise EnsembleError(
                f"holders of shape {self.holder.shape} and rivals of shape {self.rival.shape}",
                "outlook of control",
                expected="the same shape, (member, day, place)",
            )

    @property
    def last(self) -> date:
        """The day at whose end the last entry speaks."""
        return self.first + timedelta(days=self.holder.shape[1] - 1)

    def until(self, day: date) -> Held:
        """Give the days up to a day, that day included."""
        days = max(0, (day - self.first).days + 1)
        return Held(first=self.first, holder=self.holder[:, :days], rival=self.rival[:, :days])

    def since(self, day: date) -> Held:
        """Give the days from a day on."""
        days = max(0, (day - self.first).days)
        return Held(
            first=self.first + timedelta(days=days),
            holder=self.holder[:, days:],
            rival=self.rival[:, days:],
        )

    def outright(self) -> NDArray[np.int8]:
        """Give the side that holds a place uncontested; `NOBODY` where none does."""
        return np.where(self.rival == NOBODY, self.holder, np.int8(NOBODY))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ControlOutlook:
    """What is forecast of control as of a day.

    Attributes
    ----------
    as_of : datetime.date
    model, config : str
        Name, and digest of everything that was set or fitted.
    seed : int
    places, sides : tuple of str
        What the numbers in `Held` stand for: places in their order, sides in theirs.
    known : Held
        The likeliest holders on the days before the as-of: one member.
    ahead : Held
        By member, from the end of the as-of on, as it is believed then.
    baselines : mapping of str to Held
        `ahead` as simple methods have it, by their names.
    parts : mapping of str to frozenset of str
        By actor: the sides that are that actor or a part of it.
    roads : mapping of str to tuple of str
        By name of a road: all places on it, those among them that are not in `places`.
    areas : mapping of str to frozenset of str
        By area: the places in it.
    withheld : mapping of str to str
        Places that are not forecast, and why.
    thin : mapping of str to str
        Places that are forecast on thin evidence, and how thin.
    notes : tuple of str
        What a reader must know.

    Examples
    --------
    >>> night = np.array([[[0]], [[1]]], dtype=np.int8)
    >>> day = np.concatenate([night, night[::-1]], axis=1)
    >>> ahead = Held(first=date(2031, 5, 1), holder=day, rival=np.full_like(day, NOBODY))
    >>> outlook = ControlOutlook(
    ...     as_of=date(2031, 5, 1), model="demo", config="c", seed=1, places=("ford",),
    ...     sides=("gondal", "ruritania"), known=ahead.until(date(2031, 4, 30)), ahead=ahead,
    ...     parts={"gondal": frozenset({"gondal"})})
    >>> outlook.held(["gondal"], ahead)[:, :, 0].tolist()
    [[True, False], [False, True]]
    """

    as_of: date
    model: str
    config: str
    seed: int
    places: tuple[str, ...]
    sides: tuple[str, ...]
    known: Held
    ahead: Held
    baselines: Mapping[str, Held] = field(default_factory=dict)
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    roads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    areas: Mapping[str, frozenset[str]] = field(default_factory=dict)
    withheld: Mapping[str, str] = field(default_factory=dict)
    thin: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse parts that do not fit each other."""
        for held in (self.known, self.ahead, *self.baselines.values()):
            if held.holder.shape[2] != len(self.places):
                raise EnsembleError(
                    f"{held.holder.shape[2]} places", "outlook of control",
                    expected=f"{len(self.places)}",
                )  # fmt: skip
        if any(each.first != self.as_of for each in (self.ahead, *self.baselines.values())):
            raise EnsembleError(
                "futures that do not begin at the end of the as-of", "outlook of control"
            )

    @property
    def members(self) -> int:
        """Count the futures."""
        return len(self.ahead.holder)

    def of(self, actors: Iterable[str]) -> NDArray[np.bool_]:
        """Tell of each side whether it is one of the actors or a part of one."""
        named = frozenset().union(*(self.parts.get(actor, frozenset()) for actor in actors))
        return np.array([side in named for side in self.sides], dtype=np.bool_)

    def held(self, actors: Iterable[str], held: Held) -> NDArray[np.bool_]:
        """Tell where one of the actors holds a place uncontested."""
        return _among(held.outright(), self.of(actors))

    def present(self, actors: Iterable[str], held: Held) -> NDArray[np.bool_]:
        """Tell where one of the actors holds or contests a place."""
        theirs = self.of(actors)
        return _among(held.holder, theirs) | _among(held.rival, theirs)


def _among(numbers: NDArray[np.int8], wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    # `NOBODY` is the last index of the padded row, which nobody wanted.
    found: NDArray[np.bool_] = np.append(wanted, False)[numbers]
    return found
