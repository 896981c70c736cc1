"""What a coder is: anything that turns a document into records."""

from __future__ import annotations

from typing import Protocol

from foreshock.observe.reading.document import Document
from foreshock.observe.reading.record import Reading


class Coder(Protocol):
    """Turns a document into records; the same document gives the same records where it can."""

    @property
    def name(self) -> str:
        """Name and version, as they stand in every record."""

    def read(self, document: Document) -> Reading:
        """Read one document."""
