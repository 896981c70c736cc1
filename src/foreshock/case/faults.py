"""Faults: what is wrong in a case folder, where, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from foreshock.core.errors import ForeshockError

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, with the place where a person finds it.

    Examples
    --------
    >>> print(Fault("claims.csv", 7, "start", "no such date '2020-02-30'", "check day and month"))
    claims.csv:7, start: no such date '2020-02-30'. Mend: check day and month.
    """

    file: str
    line: int
    column: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        where = self.file + (f":{self.line}" if self.line else "")
        return str(
            ForeshockError(
                self.what,
                f"{where}, {self.column[:_SHOWN]}" if self.column else where,
                None,
                self.mend or None,
            )
        )


def nearest(word: str, known: Iterable[str]) -> str:
    """Suggest the nearest known words, as a mend.

    Examples
    --------
    >>> nearest("ruritnia", ["ruritania", "gondal"])
    "write 'ruritania'"
    """
    close = difflib.get_close_matches(word[:80], list(known), n=3, cutoff=0.6)
    return "write " + " or ".join(repr(c) for c in close) if close else ""
