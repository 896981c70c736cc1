"""How faithfully, and in what units, people are moved."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """What `run` does.

    ``compat`` moves people one by one as Flee does, with what there is known to be wrong.
    ``fixed`` moves them one by one with that put right (docs/flee-modes.md says what changes).
    ``cohort`` moves those in equal state together, by the rules of ``fixed``.
    """

    COMPAT = "compat"
    FIXED = "fixed"
    COHORT = "cohort"

    @property
    def as_published(self) -> bool:
        """Whether what is known to be wrong in Flee is done as there."""
        return self is Mode.COMPAT
