"""A thesis about a relation: what somebody says is in danger, to be put to the test."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Imperilled(StrEnum):
    """What is said to be in danger."""

    ALLIANCE = "alliance"
    RAPPROCHEMENT = "rapprochement"


@dataclass(frozen=True, slots=True)
class Thesis:
    """Somebody says that a relation is in danger.

    Attributes
    ----------
    claim : str
        Key of the claim that says it.
    pair : tuple of str
        The two actors.
    imperils : Imperilled
        An alliance that stands, or a thaw that began.
    """

    claim: str
    pair: tuple[str, str]
    imperils: Imperilled
