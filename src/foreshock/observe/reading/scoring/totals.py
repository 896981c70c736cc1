"""Totals of a comparison: levels, fields, critical errors, confidence, confusion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Counted:
    """How many were right, read, and in the gold.

    Examples
    --------
    >>> counted = Counted(right=6, read=8, gold=12)
    >>> counted.precision, counted.recall, counted.f1
    (0.75, 0.5, 0.6)
    """

    right: int = 0
    read: int = 0
    gold: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was read that is right; None if nothing was read."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was read right; None if the gold holds nothing."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None if there is neither gold nor reading."""
        total = self.read + self.gold
        return 2 * self.right / total if total else None

    def as_json(self) -> dict[str, float | int | None]:
        """Give counts and shares."""
        return {
            "right": self.right, "read": self.read, "gold": self.gold,
            "precision": self.precision, "recall": self.recall, "f1": self.f1,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it is a share of."""

    hits: float = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.hits / self.of if self.of else None

    def as_json(self) -> dict[str, float | int | None]:
        """Give the share and what it is of."""
        return {"hits": self.hits, "of": self.of, "value": self.value}


class Pace(NamedTuple):
    """Sentences read, and the seconds that it took."""

    sentences: int
    seconds: float


UNTIMED = Pace(0, 0.0)
"""Of readings whose time nobody took."""


@dataclass(frozen=True, slots=True)
class Critical:
    """What was no event, and came out as one that happened."""

    document: str
    why: str
    type: str
    words: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold record that was missed or misread, or a record too many."""

    document: str
    what: str
    gold: str
    read: str
    text: str


@dataclass(frozen=True, slots=True)
class Scores:
    """How a coder did on a gold.

    Attributes
    ----------
    coder : str
    documents, sentences : int
    pace : Pace
        Of reading alone, all documents but the first.
    levels : mapping of str to Counted
        ``mention`` (actors and type), ``triple`` (recipients too), ``full`` (all that is given).
    fields : mapping of str to Rate
        Of the matched records whose gold gives the field, how many have it right.
    rates : mapping of str to Rate
        Attribution, quantities and days (see ``docs/reading-format.md``).
    critical : tuple of Critical
    could_be_critical : int
        Gold records that must not come out as events that happened, and texts without any.
    brier, brier_reference : float or None
        Of the confidences, and of always giving the share that came out right.
    by_type : mapping of str to Counted
        The type alone, of matched records.
    confusion : mapping of (gold, read) to int
        Types; ``-`` for none.
    main : mapping of str to Rate
        For gold with one record a sentence: the main record alone (see `main_record`).
    main_by_type : mapping of str to Rate
        Likewise the type, by type of the gold.
    misses : tuple of Miss
    """

    coder: str
    documents: int
    sentences: int
    pace: Pace
    levels: Mapping[str, Counted]
    fields: Mapping[str, Rate]
    rates: Mapping[str, Rate]
    critical: tuple[Critical, ...]
    could_be_critical: int
    brier: float | None
    brier_reference: float | None
    by_type: Mapping[str, Counted]
    confusion: Mapping[tuple[str, str], int]
    main: Mapping[str, Rate] = field(default_factory=dict)
    main_by_type: Mapping[str, Rate] = field(default_factory=dict)
    misses: tuple[Miss, ...] = ()

    @property
    def sentences_per_second(self) -> float | None:
        """Sentences read in a second; None if no time was measured."""
        return self.pace.sentences / self.pace.seconds if self.pace.seconds else None

    def as_json(self, *, critical: bool = True, misses: bool = False) -> dict[str, Any]:
        """Give everything as plain values; what quotes the texts only if asked for."""
        plain: dict[str, Any] = {
            "coder": self.coder,
            "documents": self.documents,
            "sentences": self.sentences,
            "sentences_per_second": self.sentences_per_second,
            "critical": {
                "errors": len(self.critical),
                "of": self.could_be_critical,
                "listed": [_plain(each) for each in self.critical] if critical else [],
            },
            "brier": self.brier,
            "brier_reference": self.brier_reference,
            "confusion": [
                {"gold": gold, "read": read, "times": times}
                for (gold, read), times in sorted(self.confusion.items())
            ],
        }
        for name in ("levels", "fields", "rates", "by_type", "main", "main_by_type"):
            told: Mapping[str, Counted | Rate] = getattr(self, name)
            plain[name] = {key: value.as_json() for key, value in told.items()}
        if misses:
            plain["misses"] = [_plain(each) for each in self.misses]
        return plain


def _plain(record: Critical | Miss) -> dict[str, str]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


class Tally:
    """Hits and tries by name, while they are counted."""

    def __init__(self) -> None:
        self._tries: Counter[str] = Counter()
        self._sums: dict[str, float] = {}

    def add(self, name: str, hit: float) -> None:
        """Count one try, worth between 0 and 1."""
        self._tries[name] += 1
        self._sums[name] = self._sums.get(name, 0.0) + float(hit)

    def rates(self) -> dict[str, Rate]:
        """Give what was counted, by name in the order of first trial."""
        return {name: Rate(self._sums[name], tries) for name, tries in self._tries.items()}
