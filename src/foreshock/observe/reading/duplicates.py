"""Copies of a text: the same, nearly the same, or credited to an agency.

A report keeps a **mark** of its text in place of the text: a digest, by which the very same words
are known again, and a sketch of 256 hashes of runs of five words, by which it can be said what
share of another text stands in it (bottom-k sketches; A. Broder, *On the resemblance and
containment of documents*, 1997). Neither gives the text back.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from heapq import nsmallest
from typing import NamedTuple

from foreshock.core.digest import digest
from foreshock.evidence.claim import Report
from foreshock.observe.reading.names import fold

SHINGLE = 5
"""Words in a run: two writers share some runs of four, hardly any of five."""
SKETCH = 256
"""Hashes kept: shares come out right to about 0.03 between texts of like length."""
FEWEST = 12
"""With fewer hashes to compare, nothing is said but of equal texts."""
COPY = 0.5
"""Share of a text's runs that another holds, from which on it counts as taken from there."""

_WORD = re.compile(r"\w+")
_EVERY = 1 << 32


def mark(text: str) -> str:
    """Give the mark of a text: its digest, a point, its sketch.

    Case, spacing, quotes and the like do not matter.

    Examples
    --------
    >>> mark("A word, and “another”.") == mark('A word and "another"')
    True
    """
    words = _words(text)
    runs = {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
    hashes = nsmallest(SKETCH, {_hash(run) for run in runs})
    packed = base64.urlsafe_b64encode(b"".join(h.to_bytes(4, "big") for h in hashes))
    return f"{digest('text', ' '.join(words))}.{packed.decode().rstrip('=')}"


def digest_of(text: str) -> str:
    """Give the digest alone, of the words of a text."""
    return digest("text", " ".join(_words(text)))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode("utf-8", "replace"), digest_size=4).digest(), "big")


def held(new: str, old: str) -> float | None:
    """Share of a text that stands in an older one, by their marks.

    Returns
    -------
    float or None
        0 to 1; None where the texts are too short, or of too unlike length, to tell.

    Examples
    --------
    >>> text = " ".join(str(number) for number in range(200))
    >>> held(mark(text[:490]), mark(text)), held(mark("short"), mark("brief"))
    (1.0, None)
    """
    (name, told), (other, known) = _unpack(new), _unpack(old)
    if name and name == other:
        return 1.0
    # Below the largest hash of a full sketch, that sketch is complete.
    limit = min(max(hashes) if len(hashes) >= SKETCH else _EVERY for hashes in (told, known or {0}))
    within = {each for each in told if each <= limit}
    if len(within) < FEWEST or not known:
        return None
    return len(within & known) / len(within)


def _unpack(written: str) -> tuple[str, set[int]]:
    name, _, packed = written.partition(".")
    try:
        raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    except (binascii.Error, ValueError):
        return name, set()
    return name, {int.from_bytes(raw[i : i + 4], "big") for i in range(0, len(raw) - 3, 4)}


class Original(NamedTuple):
    """The report that a text copies, and how much of the text stands in it, 0 to 1."""

    report: Report
    share: float


def original_of(new: str, reports: Iterable[Report]) -> Original | None:
    """Find the earlier report that a text copies; the one that holds most of it, the oldest first.

    Parameters
    ----------
    new : str
        Mark of the text.
    reports : iterable of Report
        Those of the case; one without a mark of its text cannot be compared.
    """
    found = [
        Original(report, share)
        for report in reports
        if report.text_digest and (share := held(new, report.text_digest)) is not None
        if share >= COPY
    ]
    return max(
        found,
        key=lambda each: (each.share, -_day(each.report), each.report.id),
        default=None,
    )


def _day(report: Report) -> int:
    return report.published.toordinal() if report.published else _EVERY


# ---------------------------------------------------------------------- credit lines

_OPENING = re.compile(r"^[^.\n]{0,120}?\(([^()\n]{2,40})\)\s*[-–—:]")
_CLOSING = re.compile(
    r"(?:^|\n)\s*(?:[-–—]+\s*|\(|source:\s*|with\s+)?([^()\n–—]{2,40}?)\)?\.?\s*$", re.IGNORECASE
)


def credit(text: str, agencies: Mapping[str, str]) -> str:
    r"""Name the agency that a text is credited to, in its first line or in its last.

    Parameters
    ----------
    text : str
    agencies : mapping of str to str
        From the folded name of each agency to what it is called here.

    Returns
    -------
    str
        What the agency is called; empty if none is credited.

    Examples
    --------
    >>> agencies = {"northern wire": "northern-wire"}
    >>> credit("GLASSTOWN, May 5 (Northern Wire) - Talks began.", agencies)
    'northern-wire'
    >>> credit("Talks began.\n\n— Northern Wire", agencies)
    'northern-wire'
    >>> credit("Talks (of Northern Wire) began.", agencies)
    ''
    """
    body = text.strip()
    for found in (_OPENING.match(body[:200]), _CLOSING.search(body[-200:])):
        if found:
            named = agencies.get(fold(found[1]))
            if named:
                return named
    return ""
