"""The text as the coder reads it: plain marks and letters, each traced to the original.

Publishers write the same word in many ways: curly quotes, dashes of every length, invisible
characters, a Cyrillic letter that looks Latin. The coder reads one way of writing; every stretch
of it leads back to what was published, verbatim.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """A stretch of the original whose length changed: where it was and where it is now."""

    clean_start: int
    clean_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in plain writing, with the way back to the original.

    Parameters
    ----------
    original, clean : str
        As published, and as read.
    edits : tuple of Edit
        Stretches that became longer or shorter, in order; between them one character stands for
        one. Empty if offsets are the same in both texts.
    """

    original: str
    clean: str
    edits: tuple[Edit, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        r"""Give the offsets in the original of a stretch of the plain text.

        Parameters
        ----------
        start, end : int
            First character and the one after the last, in ``clean``; 0 <= start <= end.

        Returns
        -------
        tuple of int
            The same in ``original``. A character that was written as several, or several that
            were written as one, come as a whole.

        Examples
        --------
        >>> text = normalise("the of\ufb01ce \u201cdenied\u201d it")
        >>> text.clean
        'the office "denied" it'
        >>> text.original[slice(*text.span(4, 10))]
        'ofﬁce'
        """
        if not self.edits:
            return start, end
        first = self._start_of(start)
        return first, max(first, self._end_of(end - 1)) if end > start else first

    def words(self, start: int, end: int) -> str:
        """Give the original words of a stretch of the plain text, verbatim."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def _start_of(self, place: int) -> int:
        edit = self._edit_before(place)
        if edit is None:
            return place
        return edit.start if place < edit.clean_end else edit.end + place - edit.clean_end

    def _end_of(self, place: int) -> int:
        edit = self._edit_before(place)
        if edit is None:
            return place + 1
        return edit.end if place < edit.clean_end else edit.end + place - edit.clean_end + 1

    def _edit_before(self, place: int) -> Edit | None:
        index = bisect_right(self.edits, place, key=lambda edit: edit.clean_start)
        return self.edits[index - 1] if index else None


def normalise(text: str) -> Normal:
    r"""Write a text plainly.

    Quotes become ``"`` and ``'``, dashes ``-`` (with spaces around it where it parts clauses),
    odd spaces plain ones, ends of line newlines, an ellipsis three stops; ligatures, full-width
    and decorated letters become plain ones, accents join their letters, entities of HTML are
    decoded, invisible and control characters vanish. A Greek or Cyrillic letter that looks Latin
    becomes Latin where the rest of its word is Latin.

    Parameters
    ----------
    text : str
        Any text. Time and memory grow in proportion to its length.

    Returns
    -------
    Normal

    Examples
    --------
    >>> normalise("Peru\u2019s army\u2014again\u2014denied it").clean
    "Peru's army - again - denied it"
    >>> normalise("\u0420eru &amp; Li\u00adma").clean
    'Peru & Lima'
    """
    if _ODD.search(text) is None:
        return Normal(text, _one_script(text))
    pieces: list[str] = []
    edits: list[Edit] = []
    length = done = 0
    for match in _ODD.finditer(text):
        start, end = match.span()
        if start > done:
            pieces.append(text[done:start])
            length += start - done
        found = match[0]
        if match.lastgroup == "marks":
            if start > done:
                joined = unicodedata.normalize("NFC", pieces[-1][-1] + found[:_MOST_MARKS])
                pieces[-1] = pieces[-1][:-1] + joined[0]
                edits.append(Edit(length - 1, length, start - 1, end))
            else:
                edits.append(Edit(length, length, start, end))
        else:
            plain = _plain(match, text)
            if len(plain) != end - start:
                edits.append(Edit(length, length + len(plain), start, end))
            pieces.append(plain)
            length += len(plain)
        done = end
    pieces.append(text[done:])
    return Normal(text, _one_script("".join(pieces)), tuple(edits))


_ODD = re.compile(
    r"(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<double>``|'')"
    r"|(?P<dash>--+|[\u2014\u2015\u2e3a\u2e3b]+)"
    r"|(?P<marks>[\u0300-\u036f]+)"
    r"|(?P<line>\r\n?)"
    # The letters of the commonest scripts stay as they are; what is left is looked at one by one.
    r"|[^\n -_a-~\xa1-\xaa\xac\xae-\xb3\xb5-\xba\xbc-\u02b8\u0370-\u058f\u05d0-\u05ea"
    r"\u0620-\u06dc\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"
)
_MOST_MARKS = 4
"""No letter bears more accents; what is stacked above that is ornament."""

_PLAIN = {
    **dict.fromkeys("‘’‚‛′‵‹›`´ʹʻʼʽˈ\uff07", "'"),
    **dict.fromkeys("“”„‟″‶«»「」『』〝〞\uff02", '"'),
    **dict.fromkeys("‐‑‒–−﹣\uff0d", "-"),
    **dict.fromkeys("\t\xa0\u1680\u202f\u205f\u3000", " "),
    **{chr(code): " " for code in range(0x2000, 0x200B)},
    **dict.fromkeys("\x0b\x85\u2028", "\n"),
    **dict.fromkeys("\x0c\u2029", "\n\n"),
    "…": "...",
    "•": "*",
}
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
_WRITTEN_ANOTHER_WAY = re.compile(r"[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]")


def _plain(match: re.Match[str], text: str) -> str:
    """Write one odd stretch plainly."""
    found = match[0]
    match match.lastgroup:
        case "entity":
            decoded = html.unescape(found)
            return "".join(map(_plain_character, decoded)) if decoded != found else found
        case "double":
            return '"'
        case "line":
            return "\n"
        case "dash":
            return _plain_dash(text[match.start() - 1 : match.start()], text[match.end() :][:1])
    return _plain_character(found)


def _plain_dash(before: str, after: str) -> str:
    if before.isdigit() and after.isdigit():
        return "-"
    left = " " if before and not before.isspace() else ""
    right = " " if after and not after.isspace() else ""
    return f"{left}-{right}"


def _plain_character(character: str) -> str:
    plain = _PLAIN.get(character)
    if plain is not None:
        return plain
    if character == "\n" or " " <= character <= "~":
        return character
    if character in "—―":
        return " - "
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    if _WRITTEN_ANOTHER_WAY.match(character):
        return unicodedata.normalize("NFKC", character)
    return character


_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")
_LOOKS_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικ",
    "ABESIJKMHOPCTYXaesijopcyxhdqw" + "ABEZHIKMNOPTYXovik",
)


def _one_script(text: str) -> str:
    """Turn look-alikes into Latin letters in words that are otherwise Latin."""
    if _OTHER_SCRIPT.search(text) is None:
        return text
    return _WORD.sub(_one_script_word, text)


def _one_script_word(match: re.Match[str]) -> str:
    word = match[0]
    if word.isascii() or not any(letter.isascii() for letter in word):
        return word
    latin = word.translate(_LOOKS_LATIN)
    return word if _OTHER_SCRIPT.search(latin) else latin
