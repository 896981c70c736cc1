"""Bytes of a table into text, or the fault that stands in the way."""

from __future__ import annotations

from foreshock.case.faults import Fault

LARGEST_FILE = 256 * 2**20
"""Bytes in one table of a case; more belongs into an event table."""


def decode(raw: bytes, name: str) -> tuple[str, Fault | None]:
    r"""Read bytes as UTF-8, with or without a byte order mark.

    Parameters
    ----------
    raw : bytes
    name : str
        Of the file, for the fault.

    Returns
    -------
    text, fault
        An empty text and the fault, if it is no such text or holds a NUL character.

    Examples
    --------
    >>> decode(b"\xef\xbb\xbfname", "a.csv")
    ('name', None)
    >>> text, fault = decode(b"caf\xe9", "a.csv")
    >>> print(fault)
    a.csv:1: byte 0xe9 is not UTF-8. Mend: save it as CSV UTF-8.
    """
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "", Fault(name, 1, "", "the file is UTF-16", "save it as CSV UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", Fault(
            name, line, "", f"byte 0x{raw[error.start]:02x} is not UTF-8", "save it as CSV UTF-8"
        )
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return "", Fault(name, line, "", "the line holds a NUL character", "delete it")
    return text, None
