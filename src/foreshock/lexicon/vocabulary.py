"""A closed list of words that names the nearest one when a word is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Protocol, TypeVar

from foreshock.core.errors import LexiconError

_FEW = 20
"""A list this short is shown whole; a longer one only by its closest words."""


class Coded(Protocol):
    """Anything known by a code."""

    @property
    def code(self) -> str:
        """The code."""
        ...


T = TypeVar("T", bound=Coded)


class Vocabulary(Mapping[str, T]):
    """Read-only mapping from code to entry, in the order of its table.

    Parameters
    ----------
    noun : str
        What an entry is, for messages: ``event type``.
    entries : iterable
        The entries, no code twice.

    Examples
    --------
    >>> from foreshock.lexicon.ontology import Term
    >>> fruit = Vocabulary("fruit", [Term("fig", "fig", "A soft fruit."), Term("lime", "lime", "")])
    >>> list(fruit), "fig" in fruit
    (['fig', 'lime'], True)
    >>> fruit.find("fgi")
    Traceback (most recent call last):
    foreshock.core.errors.LexiconError: no such fruit: 'fgi'. Mend: write 'fig'.
    """

    __slots__ = ("_entries", "noun")

    def __init__(self, noun: str, entries: Iterable[T]) -> None:
        self.noun = noun
        self._entries: dict[str, T] = {}
        for entry in entries:
            if entry.code in self._entries:
                raise LexiconError(f"{noun} {entry.code!r} stands twice in its table")
            self._entries[entry.code] = entry

    def __getitem__(self, code: str) -> T:
        """Give the entry of a code, as a plain mapping would; `find` explains itself better."""
        return self._entries[code]

    def __iter__(self) -> Iterator[str]:
        """Walk the codes in the order of the table."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)

    def __hash__(self) -> int:
        """Hash by the codes, so that frozen entries that hold a vocabulary stay hashable."""
        return hash((self.noun, tuple(self._entries)))

    def __repr__(self) -> str:
        """Show the noun and the size."""
        return f"<Vocabulary: {len(self)} entries, noun {self.noun!r}>"

    def find(self, code: str, where: str | None = None) -> T:
        """Give the entry of a code, or say which code was probably meant.

        Parameters
        ----------
        code : str
            The code, spelt exactly.
        where : str, optional
            File, line and field to blame.

        Raises
        ------
        LexiconError
            If there is no such code; the mend names the nearest spelling. Nothing is substituted.
        """
        try:
            return self._entries[code]
        except KeyError:
            raise LexiconError(
                f"no such {self.noun}: {code!r}", where, mend=self._mend(code)
            ) from None

    def _mend(self, code: str) -> str:
        # Case is folded first: "assault" differs from "ASSAULT" in every letter.
        folded = {known.casefold(): known for known in self._entries}
        close = get_close_matches(code.casefold(), folded, n=1)
        if close:
            return f"write {folded[close[0]]!r}"
        if not self._entries:
            return f"leave it empty: there is no {self.noun}"
        if len(self._entries) <= _FEW:
            return "write one of " + ", ".join(self._entries)
        return f"write one of the {len(self._entries)} known words"
