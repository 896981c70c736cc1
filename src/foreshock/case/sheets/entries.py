"""What every assumption sheet is made of: numbers as intervals, each with where it is from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from foreshock.case import columns
from foreshock.case.columns import Key, MaybeKey, Slug, Text, fault
from foreshock.core.time import EARLIEST, LATEST

Names = tuple[str | int, ...]
"""The names that lead to an entry of a sheet; one of a list by its number, from 0."""

Day = Annotated[columns.Day, Field(ge=EARLIEST, le=LATEST)]

LARGEST = 1e12

Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
"""A number that is written as one: 'yes' is not taken for 1."""


class Complaint(NamedTuple):
    """Something wrong within a sheet: at which entry, what, and how to mend it."""

    at: Names
    what: str
    mend: str


class Named(NamedTuple):
    """An id that a sheet takes from the case's tables: at which entry, of what kind, which."""

    at: Names
    kind: str
    id: str


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Sources = Annotated[
    tuple[Key, ...],
    BeforeValidator(_several),
    Field(description="Claims, reports, ties or sources of the case on which it leans."),
]


def _two(value: Any) -> Any:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise fault("is not two ids", "write two, in brackets: [ruritania, gondal]")
    return value


def _apart(pair: tuple[str, str]) -> tuple[str, str]:
    if pair[0] == pair[1]:
        raise fault(f"{pair[0]!r} stands on both sides", "name two")
    return pair


Pair = Annotated[tuple[Slug, Slug], BeforeValidator(_two), AfterValidator(_apart)]
"""Two who face each other; of acts, who does it and to whom."""


class Stated(BaseModel):
    """Something entered, with where it is from."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    source: Sources = ()
    assumed_by: Text = Field("", description="Who assumed it, where no source gives it as it is.")
    date: Day | None = Field(None, description="Day from which it holds; empty: the sheet's.")
    note: Text = Field("", description="Why so, in a sentence.")

    @model_validator(mode="after")
    def _says_where_it_is_from(self) -> Self:
        if not (self.source or self.assumed_by):
            raise fault("nothing says where it is from", "give it source or assumed_by")
        return self


class Interval(Stated):
    """A number, as the interval within which it is held to lie.

    Examples
    --------
    >>> cost = Interval(low=0.1, high=0.3, source="C7", assumed_by="the compilers")
    >>> cost.source, cost.high
    (('C7',), 0.3)
    """

    low: Number = Field(description="The least that it is held to be.")
    high: Number = Field(
        description="The most that it is held to be; the same as low if there is no doubt."
    )

    @model_validator(mode="after")
    def _runs_upwards(self) -> Self:
        if self.low > self.high:
            raise fault(
                f"the interval is upside down: {self.low:g} to {self.high:g}",
                "exchange low and high",
            )
        return self


class Chance(Interval):
    """A probability or share, from 0 to 1."""

    @model_validator(mode="after")
    def _is_a_chance(self) -> Self:
        for name in ("low", "high"):
            if not 0 <= getattr(self, name) <= 1:
                raise fault(
                    f"{name} is {getattr(self, name):g}, which is no probability or share",
                    "write a number from 0 to 1",
                )
        return self


class Amount(Interval):
    """Something that is not less than nothing."""

    @model_validator(mode="after")
    def _is_no_debt(self) -> Self:
        if self.low < 0:
            raise fault(f"low is {self.low:g}, less than nothing", "write 0 or more")
        return self


class Order(Stated):
    """What somebody prefers to what, without saying by how much.

    Examples
    --------
    >>> Order(order="all > half = lease > none", assumed_by="the compilers").ranks
    (('all',), ('half', 'lease'), ('none',))
    """

    order: Text = Field(min_length=1, description="From the best to the worst: 'a > b = c > d'.")

    @property
    def ranks(self) -> tuple[tuple[str, ...], ...]:
        """What is preferred, from the best to the worst; what is liked equally stands together."""
        return tuple(
            tuple(name.strip() for name in rank.split("=")) for rank in self.order.split(">")
        )

    @property
    def names(self) -> tuple[str, ...]:
        """All that is put in order."""
        return tuple(name for rank in self.ranks for name in rank)


class Sheet(BaseModel):
    """An assumption sheet of any kind."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    sheet: Slug = Field(description="Its name, the same as the file's.")
    kind: str = Field(description="What is reckoned from it.")
    title: Text = Field(min_length=1, description="What is asked, in a few words.")
    date: Day = Field(
        description="Day from which it speaks: it leans on what was known by then, and earlier "
        "as-ofs do not see it. If it was drawn up later, say so in note."
    )
    tests: MaybeKey = Field("", description="Claim that it puts to the test, if there is one.")
    note: Text = Field("", description="What a reader of the result must know.")

    def complaints(self) -> Iterator[Complaint]:
        """List what does not fit together within the sheet."""
        yield from ()

    def named(self) -> Iterator[Named]:
        """List the ids that it takes from the case's tables, but for those of `stated`."""
        yield from ()

    def stated(self) -> Iterator[tuple[Names, Stated]]:
        """List everything entered, with the names that lead to it."""
        yield from _stated(self, ())


def _stated(value: object, names: Names) -> Iterator[tuple[Names, Stated]]:
    if isinstance(value, Stated):
        yield names, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _stated(getattr(value, name), (*names, name))
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _stated(each, (*names, name))
    elif isinstance(value, (list, tuple)):
        for at, each in enumerate(value):
            yield from _stated(each, (*names, at))
