"""Which coder reads: by rules, through a language model, or both, with or without a case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foreshock.core.collector import collector_at_rest
from foreshock.core.errors import ReadingError
from foreshock.evidence.records import Entry
from foreshock.observe.reading.coder import Coder
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.filing import Filed, file_reading
from foreshock.observe.reading.known import Known

if TYPE_CHECKING:
    from foreshock.case.opening import Case

CODERS = ("rules", "llm", "both")


@dataclass(frozen=True)
class Choice:
    """How documents are to be read; small enough to go to another process.

    Parameters
    ----------
    coder : str
        One of `CODERS`.
    case : str
        Name or folder of the case whose actors, places and verbs count; empty for none.
    """

    coder: str = "rules"
    case: str = ""

    def __post_init__(self) -> None:
        """Refuse a coder that there is not."""
        if self.coder not in CODERS:
            raise ReadingError(
                f"there is no coder {self.coder[:40]!r}", expected="one of " + ", ".join(CODERS)
            )


class Reader:
    """Reads documents and files what they say, each by itself, whatever was read before.

    Parameters
    ----------
    coder : Coder
    entries : sequence of Entry
        What the case knows.
    """

    def __init__(self, coder: Coder, entries: tuple[Entry, ...] = ()) -> None:
        self.coder = coder
        self._entries = entries

    def read(self, document: Document) -> tuple[Filed, Known, int]:
        """Read one document.

        Returns
        -------
        filed, known, sentences
            The claims, who is who in them, and how many sentences were read.
        """
        reading = self.coder.read(document)
        known = Known.of(self._entries, document.published)
        return file_reading(reading, known), known, reading.sentences


@cache
def reader(choice: Choice) -> Reader:
    """Build the reader of a choice, once in a process."""
    case = _opened(choice.case) if choice.case else None
    with collector_at_rest():
        entries = tuple(case.store.entries(case.name)) if case else ()
        made = coder(choice.coder, case)
    return Reader(made, entries)


def _opened(name: str) -> Case:
    from foreshock.case.opening import open_case  # slow to load, and most readings need no case

    return open_case(name, empty=True)


def coder(name: str, case: Case | None = None) -> Coder:
    """Build a coder.

    Parameters
    ----------
    name : {'rules', 'llm', 'both'}
    case : Case, optional
        Whose actors, places and verbs it knows beside those that everybody knows.

    Raises
    ------
    ModelNotSet, HostNotConfirmed
        If a language model is asked for and cannot be.
    """
    from foreshock.observe.reading.rules.coder import rule_coder

    if name == "rules":
        return rule_coder(case)
    from foreshock.observe.reading.llm.coder import LLMCoder
    from foreshock.observe.reading.llm.settings import Settings
    from foreshock.observe.reading.resolving import resolving

    model = LLMCoder(Settings.from_environment(), resolving(case))
    if name == "llm":
        return model
    from foreshock.observe.reading.ensemble import EnsembleCoder

    return EnsembleCoder([rule_coder(case), model])
