"""What is said of an ingest: progress, terms, faults, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import msgspec

from foreshock.core.json_text import dump
from foreshock.core.spans import Span
from foreshock.core.time import say_day
from foreshock.evidence.datasets import Dataset
from foreshock.evidence.published import DECLARED, SOURCE
from foreshock.observe.ingest import Receipt

PATIENCE = 2.0
"""Seconds of silence that nobody minds."""

GAPS = 5
"""Gaps that are named; all of them stand in the register."""


class Telling:
    """Says what happens while a table is taken in, and what came of it.

    Parameters
    ----------
    say : callable
        Prints a line where progress and terms belong.
    clock : callable
        Gives seconds.
    """

    def __init__(
        self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._say, self._clock = say, clock
        self._due = clock() + PATIENCE

    def progress(self, done: float, rows: int) -> None:
        """Say how far it is, if it has been silent for long."""
        if self._clock() >= self._due:
            self._say(f"{done:.0%} of the file, {rows:,} rows")
            self._due = self._clock() + PATIENCE

    def faults(self, receipt: Receipt) -> None:
        """Say on which terms the data may be used, if it is new, and which rows were kept aside."""
        dataset = receipt.dataset
        if receipt.first:
            passing = "may" if dataset.redistribution else "may not"
            self._say(f"{dataset.title}: {dataset.licence}; its rows {passing} be passed on.")
            self._say(f"Cite: {dataset.citation}. {dataset.url}".rstrip())
        for fault in receipt.faults:
            self._say(str(fault))
        if dataset.rejected:
            self._say(
                f"{dataset.rejected:,} of {dataset.rows:,} rows could not be read; they are kept "
                f"in {dataset.rejects}."
            )

    def summary(self, receipt: Receipt) -> list[str]:
        """Say in a few lines what is there now."""
        dataset = receipt.dataset
        return [
            f"{dataset.table}: {dataset.events:,} events of {dataset.rows:,} rows, "
            f"{dataset.rejected:,} kept aside; {say_day(dataset.first)} to {say_day(dataset.last)} "
            f"({dataset.covers_basis})" + ("; in place of an earlier one" * receipt.replaced),
            *_uncovered(dataset.gaps),
            f"{_known(dataset)}; {dataset.delay_about}.",
            *(
                f"Kept as told: {what} ({number:,} rows)"
                for what, number in dataset.remarks.items()
            ),
        ]

    def as_json(self, receipt: Receipt) -> str:
        """Give everything as JSON."""
        said = {
            "dataset": receipt.dataset,
            "first_of_its_format": receipt.first,
            "replaced": receipt.replaced,
            "faults": [
                {"file": f.file, "line": f.line, "column": f.column, "what": f.what}
                for f in receipt.faults
            ],
        }
        return dump(msgspec.to_builtins(said))


def _uncovered(gaps: Sequence[Span]) -> list[str]:
    if not gaps:
        return []
    days = sum((last - first).days + 1 for first, last in gaps)
    named = ", ".join(f"{say_day(first)} to {say_day(last)}" for first, last in gaps[:GAPS])
    return [
        f"Not covered between them: {days:,} day{'s' * (days > 1)}, {named}"
        + (f" and {len(gaps) - GAPS:,} more times" if len(gaps) > GAPS else "")
        + ". If the files do cover them, say so with --covers."
    ]


def _known(dataset: Dataset) -> str:
    days = dataset.delay_days
    after = f"{days} day{'s' * (days > 1)} after" if days else "on"
    delayed = f"taken to be known {after} the last day of an event"
    if dataset.known_basis == SOURCE:
        return "Known from the day on which the source says so"
    if dataset.known_basis == DECLARED:
        return delayed.capitalize()
    return f"Known from the day on which the source says so, else {delayed}"
