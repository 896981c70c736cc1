"""Drafts and ledgers to test with."""

from datetime import UTC, date, datetime
from pathlib import Path

from foreshock.verify.entries import Draft
from foreshock.verify.ledger import Ledger

CASE = "river-war"
NOW = datetime(2031, 5, 2, 9, tzinfo=UTC)
AS_OF = date(2031, 5, 1)


def draft(question: str = "Q1", **changes) -> Draft:
    given = {"as_of": AS_OF, "evidence": "e1", "question": question, "seed": 7, "config": "c1"}
    return Draft(**given | {"answer": {"probability": 0.3, "interval": [0.2, 0.4]}} | changes)


def ledger_in(folder: Path, now: datetime = NOW) -> Ledger:
    return Ledger(folder, CASE, lambda: now)


def some(folder: Path, number: int = 5) -> Ledger:
    ledger = ledger_in(folder)
    ledger.issue([draft(f"Q{n}") for n in range(number)])
    return ledger
