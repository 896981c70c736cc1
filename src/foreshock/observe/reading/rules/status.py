"""How a clause stands to the world: planned, supposed, denied or alleged."""

from __future__ import annotations

RANKS = {"actual": 0, "planned": 1, "hypothetical": 2}


class Status:
    """How a clause stands to the world.

    Attributes
    ----------
    modality : str
        actual, planned or hypothetical.
    denied, alleged : bool
    condition : tuple of int or None
        Units [first, last) of the condition under which it holds.
    """

    __slots__ = ("alleged", "condition", "denied", "modality")

    def __init__(self) -> None:
        self.modality = "actual"
        self.denied = False
        self.alleged = False
        self.condition: tuple[int, int] | None = None

    def weaken(self, modality: str) -> None:
        """Make it no more real than this."""
        if RANKS[modality] > RANKS[self.modality]:
            self.modality = modality
