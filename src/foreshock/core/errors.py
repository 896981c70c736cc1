"""The error tree.

::

    ForeshockError
    ├── LexiconError        a word that the controlled vocabularies do not know
    ├── TimeError           a date, interval or as-of that cannot be read
    ├── QuantityError       a number or interval that cannot be read
    ├── MovementError       people who cannot be moved over a network as asked
    ├── EnsembleError       futures that do not fit together, or a question that they cannot answer
    ├── EvidenceError       evidence that contradicts the rules of evidence
    │   ├── UnknownReference   a claim points to something that is not there
    │   └── NotTheSpeaker      somebody corrects or retracts another's claim
    ├── StoreError          the store cannot be read or written
    │   ├── StoreBusy          another writer holds it
    │   ├── StoreReadOnly      it may not be written
    │   ├── StoreFull          no room is left
    │   └── StoreCorrupt       it is damaged or not ours
    ├── LedgerError         a forecast that may not stand in the ledger
    │   └── LedgerAltered      lines of it were changed, removed or moved
    ├── ForecastRefused     a forecast that the evidence does not carry
    │   └── StaleFeed          nothing has come in for so long that silence says nothing
    ├── TableError          a published table that cannot be taken in or read back
    │   ├── NothingReadable    not one of its rows can be read
    │   └── DeclarationError   faults in what is declared of a table of one's own
    ├── ReadingError        a text that cannot be read as asked
    │   └── ModelError          a language model that gave nothing usable
    │       ├── ModelNotSet         it is not said which model to ask, or how
    │       ├── HostNotConfirmed    nobody has agreed that text may go to its host
    │       ├── ModelUnreachable    its server does not answer, or refuses to serve
    │       ├── ModelTooSlow        it took longer than was allowed
    │       ├── ModelRefused        it declined to read the text
    │       ├── AnswerUnusable      its answer is cut off, too long or not what was asked for
    │       └── BudgetSpent         more tokens would be used than were allowed
    ├── DocumentError       a report's text that cannot be taken in
    └── CaseError           a case folder with faults in it
        └── UnknownCase        no such case

Every error says what is wrong, where, what was expected and how to mend it. None of them is ever
replaced by an empty result.
"""

from __future__ import annotations


class ForeshockError(Exception):
    """What went wrong, where, what was expected, and how to mend it.

    Parameters
    ----------
    what : str
        What is wrong, in one sentence.
    where : str, optional
        File and line, record or field.
    expected : str, optional
        What would have been right.
    mend : str, optional
        What the user can do now.

    Examples
    --------
    >>> print(ForeshockError("no such actor 'ruritnia'", "claims.csv:7", mend="write 'ruritania'"))
    claims.csv:7: no such actor 'ruritnia'. Mend: write 'ruritania'.
    """

    exit_code = 2

    def __init__(
        self,
        what: str,
        where: str | None = None,
        expected: str | None = None,
        mend: str | None = None,
    ) -> None:
        self.what = what
        self.where = where
        self.expected = expected
        self.mend = mend
        super().__init__(what)

    def __str__(self) -> str:
        """Say everything in one line."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        if self.expected:
            text = f"{_close(text)} Expected: {self.expected}"
        if self.mend:
            text = f"{_close(text)} Mend: {self.mend}"
        return _close(text)


def _close(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."


class LexiconError(ForeshockError):
    """A word that the controlled vocabularies do not know."""


class TimeError(ForeshockError):
    """A date, interval or as-of that cannot be read."""


class QuantityError(ForeshockError):
    """A number or interval that cannot be read."""


class MovementError(ForeshockError):
    """People who cannot be moved over a network as asked."""


class EnsembleError(ForeshockError):
    """Futures that do not fit together, or a question that they cannot answer."""


class EvidenceError(ForeshockError):
    """Evidence that contradicts the rules of evidence."""

    exit_code = 1


class UnknownReference(EvidenceError):
    """A record points to something that is not there."""


class NotTheSpeaker(EvidenceError):
    """Only the source that said a thing can correct or retract it."""


class StoreError(ForeshockError):
    """The store cannot be read or written."""


class StoreBusy(StoreError):
    """Another writer holds the store."""


class StoreReadOnly(StoreError):
    """The store may not be written."""


class StoreFull(StoreError):
    """No room is left for the store."""


class StoreCorrupt(StoreError):
    """The store is damaged, or is not a Foreshock store."""


class LedgerError(ForeshockError):
    """A forecast or judgement that may not stand in the ledger."""


class LedgerAltered(LedgerError):
    """Lines of the ledger were changed, removed or moved after they were written."""

    exit_code = 1


class ForecastRefused(ForeshockError):
    """The evidence does not carry a forecast: none is made, rather than a poor one."""

    exit_code = 1


class StaleFeed(ForecastRefused):
    """Nothing has come in for so long that silence says nothing."""


class TableError(ForeshockError):
    """A published table that cannot be taken in or read back."""


class NothingReadable(TableError):
    """A table of which not one row can be read: an empty one would look like peace."""

    exit_code = 1


class DeclarationError(TableError):
    """Faults in what a user declares of a table of their own.

    Parameters
    ----------
    what : str
        How many faults there are.
    faults : sequence of str
        Each fault with its file, line, entry and mend.
    """

    def __init__(
        self,
        what: str,
        where: str | None = None,
        expected: str | None = None,
        mend: str | None = None,
        faults: tuple[str, ...] = (),
    ) -> None:
        self.faults = faults
        super().__init__(what, where, expected, mend)


class ReadingError(ForeshockError):
    """A text that cannot be read as asked."""


class ModelError(ReadingError):
    """A language model that gave nothing usable for a text."""

    exit_code = 1


class ModelNotSet(ModelError):
    """It is not said which model to ask, where, or by what right."""

    exit_code = 2


class HostNotConfirmed(ModelError):
    """Nobody has agreed that text may leave this machine for the model's host."""

    exit_code = 2


class ModelUnreachable(ModelError):
    """The model's server does not answer, fails, sends us elsewhere, or refuses to serve us."""


class ModelTooSlow(ModelError):
    """The model took longer than was allowed."""


class ModelRefused(ModelError):
    """The model declined to read the text."""


class AnswerUnusable(ModelError):
    """The model's answer is cut off, too long, or not what was asked for."""


class BudgetSpent(ModelError):
    """More tokens would be used for the text than were allowed."""


class DocumentError(ForeshockError):
    """A report's file, page or row whose text cannot be taken in."""


class CaseError(ForeshockError):
    """A case folder with faults in it.

    Parameters
    ----------
    what : str
        How many faults there are, and in which case.
    faults : sequence of str
        Each fault with its file, line, field and mend.
    """

    exit_code = 1

    def __init__(
        self,
        what: str,
        where: str | None = None,
        expected: str | None = None,
        mend: str | None = None,
        faults: tuple[str, ...] = (),
    ) -> None:
        self.faults = faults
        super().__init__(what, where, expected, mend)


class UnknownCase(CaseError):
    """No bundled case and no folder has this name."""

    exit_code = 2
