"""A document: the text of one publication, with what is known of its origin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The text of one publication.

    Parameters
    ----------
    text : str
        As it was published; the spans of claims are offsets into it.
    id : str
        The user's handle, such as the file's name; empty if there is none.
    published : datetime.date or None
        Day of publication, from which relative dates are reckoned; None if nobody said.
    source : str
        Name of the publisher as the user gave it; empty if nobody said.
    title, url : str
        Headline and address, where known.
    language : str
        Language code; only English is read.
    """

    text: str
    id: str = ""
    published: date | None = None
    source: str = ""
    title: str = ""
    url: str = ""
    language: str = "en"
