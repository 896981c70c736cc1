"""From a stretch of plain text to its words and marks."""

from __future__ import annotations

import re

from foreshock.observe.reading.text.words import Token

_NUMBER = r"\d{1,40}(?:,\d{3}(?!\d)|[.:/]\d{1,40}){0,8}"
_JOINED = r"(?:[-'&][^\W_]{1,64}){0,12}"
_TOKEN = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']{0,500}[\w/]"  # an address of the web
    r"|(?:[A-Za-z]\.){1,8}[A-Za-z](?![A-Za-z])\.?(?:-[A-Za-z]{1,40})?"  # U.S., a.m., U.N.-led
    rf"|[^\W\d_][^\W_]{{0,63}}{_JOINED}(?:\.(?:com|org|net|info|tv)\b)?"  # word, cease-fire, S-400
    rf"|{_NUMBER}(?:-{_NUMBER})?[^\W_]{{0,40}}{_JOINED}"  # 3.5, 1,000s, 30-35, 34-year-old
    r"|[@#]\w{1,64}|\.{2,}|[?!]{1,20}|\S"
)
_TIED = frozenset({"s", "re", "ve", "ll", "d", "m"})
"""What may follow an apostrophe without being part of the word."""


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Part a stretch of plain text into words and marks.

    A word stays whole with its hyphens and figures (``cease-fire``, ``S-400``, ``1,000s``);
    what is tied to it by grammar alone is parted from it: the possessive ``'s``, the ``n't`` of a
    negation, signs of money and percent.

    Parameters
    ----------
    text : str
        As `foreshock.observe.reading.text.normal.normalise` gives it.
    start, end : int, optional
        Part only what lies between these offsets.

    Returns
    -------
    list of Token
        In order, without overlap, none longer than 700 characters; their offsets are those of
        ``text``. Time grows in proportion to the length.

    Examples
    --------
    >>> [token.text for token in tokens("Peru's S-400s didn't cost $50,000 (70%).")]
    ['Peru', "'s", 'S-400s', 'did', "n't", 'cost', '$', '50,000', '(', '70', '%', ')', '.']
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match[0]
        first, last = match.span()
        lower = _lower(word)
        cut = _cut(lower) if "'" in word or lower == "cannot" else 0
        if cut:
            found.append(Token(word[:cut], lower[:cut], first, first + cut))
            found.append(Token(word[cut:], lower[cut:], first + cut, last))
        else:
            found.append(Token(word, lower, first, last))
    return found


def _lower(word: str) -> str:
    """Put into lower case, each letter remaining one."""
    lower = word.lower()
    return lower if len(lower) == len(word) else "".join(letter.lower()[:1] for letter in word)


def _cut(lower: str) -> int:
    """Give the place where a possessive or a negation starts; 0 if there is none."""
    if lower.endswith(("n't", "cannot")):
        return len(lower) - 3
    mark = lower.rfind("'")
    return mark if mark > 0 and lower[mark + 1 :] in _TIED else 0
