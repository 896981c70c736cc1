"""From a file to documents: plain text, saved pages of the web, rows of JSON lines."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from foreshock.core.errors import DocumentError, TimeError
from foreshock.core.time import parse_day
from foreshock.observe.reading.document import Document

LARGEST = 20_000_000
"""Bytes of one document: twenty times a long book. What is larger is not a report."""
LARGEST_PAGE = 10_000_000
"""Bytes of a page of HTML, which costs more to take apart."""

TEXT, PAGES, ROWS = (".txt", ".md", ".text", ""), (".html", ".htm"), (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A document, or what is wrong with the row where one should have been.

    Parameters
    ----------
    document : Document or None
        None where there is a fault.
    fault : DocumentError or None
        Names file, line and field.
    notes : tuple of str
        What the user should know though the document can be read, such as a guessed encoding.
    """

    document: Document | None = None
    fault: DocumentError | None = None
    notes: tuple[str, ...] = ()


def load_documents(
    path: str | Path, *, published: date | None = None, source: str = ""
) -> Iterator[Loaded]:
    """Load the documents of a file.

    Parameters
    ----------
    path : str or Path
        ``.txt`` or ``.md`` (UTF-8, UTF-16 with its mark, else Windows-1252, with a note),
        ``.html`` (main text only), ``.jsonl`` (one document a line, with the fields of `Row`);
        ``-`` for plain text from standard input.
    published : datetime.date, optional
        Day of publication. Counts for more than what a page says of itself, less than what a row
        says.
    source : str, optional
        Name of the publisher; the same holds.

    Yields
    ------
    Loaded
        One for each document. A row that cannot be read is reported and the others go on.

    Raises
    ------
    DocumentError
        If the file as a whole cannot be read: absent, too large, no text, no main text, an ending
        that is not known, or the extra for HTML is not installed.
    """
    given = Document(text="", published=published, source=source)
    if str(path) == "-":
        yield _plain(_read(sys.stdin.buffer, "standard input", LARGEST), "standard input", given)
        return
    path = Path(path)
    ending = path.suffix.lower()
    where = str(path)
    if ending not in (*TEXT, *PAGES, *ROWS):
        raise DocumentError(
            f"documents are not read from {ending} files",
            where,
            expected=", ".join(filter(None, (*TEXT, *PAGES, *ROWS))),
            mend="save the text as .txt",
        )
    given = replace(given, id=path.name)
    try:
        with path.open("rb") as file:
            if ending in ROWS:
                yield from _rows(file, where, given)
            elif ending in PAGES:
                yield _page(_read(file, where, LARGEST_PAGE), where, given)
            else:
                yield _plain(_read(file, where, LARGEST), where, given)
    except OSError as fault:
        raise DocumentError(
            f"the file cannot be opened: {fault.strerror}", where, mend="check path and rights"
        ) from fault


def _read(file: BinaryIO, where: str, limit: int) -> bytes:
    raw = file.read(limit + 1)
    if len(raw) > limit:
        raise DocumentError(
            f"the document is larger than {limit // 1_000_000} MB", where, mend="cut it in pieces"
        )
    return raw


# --- plain text -----------------------------------------------------------------------------

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    r"""Decode the bytes of a plain text.

    Parameters
    ----------
    raw : bytes
        UTF-8, or UTF-16 or UTF-32 with a byte order mark; anything else is taken for
        Windows-1252.
    where : str
        File, for the messages.

    Returns
    -------
    tuple of str and tuple of str
        The text, and a note if the encoding was guessed.

    Raises
    ------
    DocumentError
        If the bytes are no text.

    Examples
    --------
    >>> decode(b"caf\xe9", "a.txt")
    ('café', ('a.txt is not UTF-8 and was read as Windows-1252: check its accents and quotes',))
    """
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
        notes: tuple[str, ...] = ()
    except UnicodeDecodeError as fault:
        if encoding != "utf-8":
            raise DocumentError(
                f"the text says that it is {encoding} and is not: {fault.reason}",
                where,
                mend="save it as UTF-8",
            ) from fault
        text = raw.decode("cp1252", errors="replace")
        notes = (
            f"{where} is not UTF-8 and was read as Windows-1252: check its accents and quotes",
        )
    if "\0" in text:
        raise DocumentError("the file holds no text", where, mend="save the text as UTF-8")
    return text, notes


def _plain(raw: bytes, where: str, given: Document) -> Loaded:
    text, notes = decode(raw, where)
    if not text.strip():
        raise DocumentError("the document is empty", where, expected="the text of a report")
    return Loaded(document=replace(given, text=text), notes=notes)


# --- pages of the web -----------------------------------------------------------------------


def _page(raw: bytes, where: str, given: Document) -> Loaded:
    try:
        from trafilatura import bare_extraction
    except ImportError as fault:
        raise DocumentError(
            "pages are read with trafilatura, which is not installed",
            where,
            mend="pip install 'foreshock[html]', or save the text as .txt",
        ) from fault
    try:
        page = bare_extraction(
            raw, with_metadata=True, include_comments=False, include_tables=False
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as fault:
        raise DocumentError(
            f"the page cannot be taken apart ({type(fault).__name__})",
            where,
            mend="save the text as .txt",
        ) from fault
    if page is None or isinstance(page, dict) or not page.text:
        raise DocumentError("the page has no main text", where, mend="save the text as .txt")
    return Loaded(
        document=replace(
            given,
            text=page.text.replace("\n", "\n\n"),  # every line of it is a paragraph
            published=given.published or _day(page.date),
            source=given.source or page.sitename or "",
            title=page.title or "",
            url=page.url or "",
        )
    )


def _day(text: str | None) -> date | None:
    try:
        return parse_day(text or "")
    except TimeError:
        return None


# --- JSON lines -----------------------------------------------------------------------------


class Row(BaseModel):
    """One document as a line of JSON: ``text`` is needed, the rest may be absent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[str, Field(min_length=1)]
    id: str = ""
    published: date | None = None
    source: str = ""
    title: str = ""
    url: str = ""
    language: str = "en"


def _rows(file: BinaryIO, where: str, given: Document) -> Iterator[Loaded]:
    number = 0
    while line := file.readline(LARGEST + 1):
        number += 1
        here = f"{where}:{number}"
        if len(line) > LARGEST:
            while line and not line.endswith(b"\n"):
                line = file.readline(LARGEST)
            yield Loaded(fault=DocumentError(f"longer than {LARGEST // 1_000_000} MB", here))
        elif line.strip():
            yield _row(line.removeprefix(codecs.BOM_UTF8), here, number, given)


def _row(line: bytes, here: str, number: int, given: Document) -> Loaded:
    try:
        row = Row.model_validate_json(line)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"]))
        return Loaded(
            fault=DocumentError(
                first["msg"],
                f"{here}:{field}" if field else here,
                expected="an object with text, and perhaps "
                + ", ".join(list(Row.model_fields)[1:]),
            )
        )
    return Loaded(
        document=Document(
            text=row.text,
            id=row.id or f"{given.id}:{number}",
            published=row.published or given.published,
            source=row.source or given.source,
            title=row.title,
            url=row.url,
            language=row.language,
        )
    )
