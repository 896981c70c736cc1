"""Files that are no tables, known by their first bytes whatever their names end with."""

from __future__ import annotations

_LOOKED_AT = 64

_MARKS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet or other office document",
    b"SQLite format 3": "an SQLite database",
    b"ARROW1": "an Arrow file",
    b"\x28\xb5\x2f\xfd": "a file packed with zstd",
    b"\xfd7zXZ": "a file packed with xz",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
}
_PAGE = (b"<!doctype", b"<html")


def called(head: bytes) -> str:
    r"""Name what a file is that is no table of text; empty where nothing shows that it is none.

    Parameters
    ----------
    head : bytes
        The first bytes of the file.

    Examples
    --------
    >>> called(b"%PDF-1.7"), called(b"\x00\x01"), called(b"id,best")
    ('a PDF document', 'no text in UTF-8: it has bytes that are zero', '')
    """
    head = head[:_LOOKED_AT]
    if kind := next((kind for mark, kind in _MARKS.items() if head.startswith(mark)), ""):
        return kind
    if head.lstrip().lower().startswith(_PAGE):
        return "a web page, such as one to log in"
    return "no text in UTF-8: it has bytes that are zero" if b"\0" in head else ""
