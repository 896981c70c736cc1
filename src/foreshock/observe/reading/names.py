"""Names made comparable, and handles made of names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
LONGEST = 60
"""Characters of a handle made of a name."""


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Write a name without what spellings differ in: accents, case, marks between words.

    Examples
    --------
    >>> fold("Al-Gondál  Party"), fold("al Gondal party")
    ('al gondal party', 'al gondal party')
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return " ".join(_WORD.findall("".join(m for m in plain if not unicodedata.combining(m))))


def slug(name: str) -> str:
    """Make a handle of a name: lower-case letters, digits and hyphens.

    Letters of other scripts stay out; a name without any other gets a handle from its code points.

    Examples
    --------
    >>> slug("Nepal/Protesters"), slug("Ministry of Defence (Angria)")
    ('nepal-protesters', 'ministry-of-defence-angria')
    """
    latin = fold(name).encode("ascii", "ignore").decode().split()
    return "-".join(latin)[:LONGEST].strip("-") or "x" + name.encode().hex()[:LONGEST].lower()


def one_line(text: str, longest: int = 300) -> str:
    r"""Make words of a text fit for a cell of a table: one line, nothing that is not seen.

    Examples
    --------
    >>> one_line("if talks\n\x1bfail ")
    'if talks fail'
    """
    seen = (
        mark if mark.isspace() or not unicodedata.category(mark).startswith("C") else ""
        for mark in text
    )
    return " ".join("".join(seen).split())[:longest].strip()
