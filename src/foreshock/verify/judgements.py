"""Judgements: what a person thinks of a question, signed, beside the model's answer."""

from __future__ import annotations

from datetime import date

from foreshock.case.faults import nearest
from foreshock.case.opening import Case
from foreshock.core.answers import NUMBER
from foreshock.core.errors import LedgerError
from foreshock.core.questions import Question
from foreshock.verify.entries import Draft, Entry, Kind, terms_of
from foreshock.verify.ledger import Ledger

LONGEST = 1000
"""Characters of a reason; more belongs into a report."""


def judge(
    case: Case, question: str, as_of: date | None, probability: float, by: str, reason: str
) -> Entry:
    """Put a person's judgement into a case's ledger, as of the case's own day if none is given.

    Raises
    ------
    LedgerError
        If there is no such question on that day, or for the reasons of `judgement`.
    """
    evidence = case.store.view(case.name, as_of or case.about.as_of)
    if question not in evidence.questions:
        raise LedgerError(
            f"no question {question[:40]!r} is declared as of {evidence.as_of}",
            where=case.name,
            mend=nearest(question, evidence.questions) or "see questions.csv",
        )
    [entry] = Ledger.of(case).issue(
        [
            judgement(
                evidence.questions[question],
                as_of=evidence.as_of,
                evidence=evidence.digest,
                probability=probability,
                by=by,
                reason=reason,
            )
        ]
    )
    return entry


def judgement(
    question: Question, *, as_of: date, evidence: str, probability: float, by: str, reason: str
) -> Draft:
    """Draft a person's judgement of a question.

    Parameters
    ----------
    question : Question
        One that is settled by yes or no.
    as_of : datetime.date
        The day at whose end the person speaks.
    evidence : str
        Digest of the evidence of that day.
    probability : float
        Of a yes, 0 to 1.
    by, reason : str
        Who signs it, and why it is so.

    Raises
    ------
    LedgerError
        If the window is over, the question asks for a number, or it is not signed.

    Examples
    --------
    >>> may = Question(id="Q1", text="?", opens=date(2031, 5, 1), closes=date(2031, 5, 8))
    >>> said = judgement(may, as_of=date(2031, 5, 1), evidence="e1", probability=0.6, by="A. Hope",
    ...                  reason="Both sides have called up reserves.")
    >>> str(said.kind), said.by, said.probability
    ('judgement', 'A. Hope', 0.6)
    """
    if question.comparison == NUMBER:
        raise LedgerError(
            "the question asks for a number, not for a yes or no",
            where=question.id,
            mend="judge a question with a threshold",
        )
    if not question.opens <= as_of < question.closes:
        raise LedgerError(
            f"the question cannot be judged as of {as_of}",
            where=question.id,
            expected=f"a day from {question.opens} on and before it closes on {question.closes}",
        )
    if not 0 <= probability <= 1:
        raise LedgerError(
            f"{probability:g} is no probability",
            expected="0 to 1",
            mend=f"write {probability / 100:g}" if 1 < probability <= 100 else None,
        )
    for name, text in (("by", by), ("reason", reason)):
        if not text.strip() or len(text) > LONGEST or not text.isprintable():
            raise LedgerError(
                f"a judgement needs its {name!r} in words",
                where=question.id,
                expected=f"one line of at most {LONGEST:,} characters",
            )
    return Draft(
        kind=Kind.JUDGEMENT,
        as_of=as_of,
        evidence=evidence,
        question=question.id,
        terms=terms_of(question),
        answer={"probability": probability},
        resolver=question.resolver,
        by=by.strip(),
        reason=reason.strip(),
    )
