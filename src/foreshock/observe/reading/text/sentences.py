"""From a text to its sentences: paragraphs first, then words, then where one sentence ends.

The splitter is our own because it must be linear on hostile input, knows its words already as it
decides, and keeps what the coder needs together: a quotation with its speaker, a general with his
name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from foreshock.observe.reading.text.normal import Normal
from foreshock.observe.reading.text.tokens import tokens
from foreshock.observe.reading.text.words import Sentence, Token, word_set

LONGEST = 400
"""Tokens in a sentence; longer ones are cut, since no writer means them as one."""


def sentences(normal: Normal) -> list[Sentence]:
    r"""Part a text into sentences of words.

    A blank line ends a paragraph; the end of a line ends a sentence only where the line is a
    headline or an item of a list. A headline is a sentence though it has no full stop.

    Parameters
    ----------
    normal : Normal
        The text, normalised.

    Returns
    -------
    list of Sentence
        None empty, none longer than `LONGEST` tokens, in the order of the text. Time grows in
        proportion to the length.

    Examples
    --------
    >>> from foreshock.observe.reading.text.normal import normalise
    >>> text = "Talks fail\n\nGen. J. Smith of the U.S. Army left Lima. \"We tried.\" He wept."
    >>> for sentence in sentences(normalise(text)):
    ...     print(sentence.paragraph, text[sentence.start : sentence.end])
    0 Talks fail
    1 Gen. J. Smith of the U.S. Army left Lima.
    1 "We tried."
    1 He wept.
    """
    return divide(normal)[0]


def divide(normal: Normal) -> tuple[list[Sentence], int]:
    """Part a text into sentences, and count those that were too long and were cut.

    Returns
    -------
    tuple of list of Sentence and int
        As `sentences` gives them; how many sentences had more than `LONGEST` tokens.
    """
    found: list[Sentence] = []
    cut = 0
    for paragraph, start, end in _units(normal.clean):
        words = _merge_stops(tokens(normal.clean, start, end))
        spoken_low = normal.clean[start:end].islower()
        for first, last in _bounds(words, spoken_low):
            cut += last - first > LONGEST
            for piece in range(first, last, LONGEST):
                part = tuple(words[piece : min(piece + LONGEST, last)])
                found.append(Sentence(len(found), paragraph, part[0].start, part[-1].end, part))
    return found, cut


# --- paragraphs and lines -------------------------------------------------------------------

_BLANK = re.compile(r"\n *\n[ \n]*")
_ITEM = re.compile(r"(?:[-*+>] |#{1,6} |\(?\d{1,2}[.)] )")
_ENDED = re.compile(r"[.!?:;,][\"')\]]{0,3} *$")


def _units(text: str) -> Iterator[tuple[int, int, int]]:
    """Give the number of its paragraph, the start and the end of everything that stands alone."""
    start = number = 0
    for gap in _BLANK.finditer(text):
        yield from ((number, *unit) for unit in _lines(text, start, gap.start()))
        number += gap.start() > start
        start = gap.end()
    yield from ((number, *unit) for unit in _lines(text, start, len(text)))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part a paragraph at the ends of those lines that are a headline or an item of a list."""
    lines = text[start:end].split("\n")
    if len(lines) == 1:
        yield start, end
        return
    longest = max(map(len, lines))
    listed = not any(line[:1].islower() for line in lines[1:])
    place = start
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        place += len(line) + 1
        ended = _ENDED.search(line[-8:]) is not None
        alone = (
            not ended
            and following[:1].isupper()
            and (2 * len(line) < longest or (listed and len(lines) > 2))
        )
        if alone or _ITEM.match(following):
            yield start, place - 1
            start = place
    yield start, end


# --- stops ----------------------------------------------------------------------------------

_TITLES = word_set(
    "adm amb brig capt cdr cmdr col cpl dr fr ft gen gov hon insp lt maj messrs mr mrs ms mt "
    "pres prof rep revd rev sen sens reps sgt st supt vs approx dept est fig gen ph"
)
"""Never the end of a sentence: a name or a number follows."""
_SHORTENED = word_set(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "bros co corp inc jr llc ltd plc sr etc al ave blvd rd km sq no nos pp vol ch art"
)
"""The end of a sentence only where a new one plainly starts."""
_BEFORE_FIGURES = word_set("no nos pp vol ch art mar sun sat sq pop ca")
"""Shortened only before a figure; else they are words."""
_STARTERS = word_set(
    "a after all also although an and another as at because before both but by despite during "
    "each earlier even every few following for four from he her his how however i if in it its "
    "last later many meanwhile more most no nor not now officials on once one only other others "
    "our she since so some such that the their then there these they this those though three "
    "thus to two under until we what when where which while who with yet you"
)
"""Words that seldom stand with a capital unless a sentence starts."""
_TOLD = word_set(
    "added asked asks cried declared demanded insisted joked quipped replied said says shouted "
    "tells told tweeted warned wondered wrote"
)
_CLOSING = frozenset("\"')]}")


def _merge_stops(words: list[Token]) -> list[Token]:
    """Join the stop to the word that it shortens: ``Gen.``, ``J.``, ``No.`` before a figure."""
    merged: list[Token] = []
    for index, word in enumerate(words):
        if word.text == "." and merged and merged[-1].end == word.start:
            before = merged[-1]
            following = words[index + 1] if index + 1 < len(words) else None
            if _shortens(before, following):
                merged[-1] = Token(before.text + ".", before.lower + ".", before.start, word.end)
                continue
        merged.append(word)
    return merged


def _shortens(word: Token, following: Token | None) -> bool:
    if following is None:
        return False
    if word.lower in _BEFORE_FIGURES:
        return following.text[0].isdigit()
    if word.lower in _TITLES or word.lower in _SHORTENED:
        return True
    return (
        len(word.text) == 1
        and word.text.isalpha()
        and word.text.isupper()
        and following.text[0].isupper()
        and following.lower not in _STARTERS
    )


def _bounds(words: list[Token], spoken_low: bool) -> Iterator[tuple[int, int]]:
    """Give first word and the one after the last of every sentence."""
    first = index = 0
    while index < len(words):
        word = words[index]
        index += 1
        if word.text[-1] not in ".!?":
            continue
        after = index
        while after < len(words) and _closes(words, after):
            after += 1
        if after < len(words) and not _ends(words, first, index - 1, after, spoken_low):
            continue
        yield first, after
        first = index = after
    if first < len(words):
        yield first, len(words)


def _closes(words: list[Token], index: int) -> bool:
    """Whether a mark belongs to what stands before it: a quotation's or a bracket's end."""
    word = words[index]
    return word.text in _CLOSING and word.start == words[index - 1].end


def _ends(words: list[Token], first: int, stop: int, after: int, spoken_low: bool) -> bool:
    """Whether a sentence ends at a stop that is not the last of its paragraph."""
    mark, following = words[stop].text, words[after]
    opening = following.text in "\"'([" and after + 1 < len(words)
    start = words[after + 1] if opening else following
    if start.text[0].islower():
        return spoken_low and mark in ".!?"
    if mark[-1] in "!?":
        quoted = after > stop + 1
        return not (quoted and any(word.lower in _TOLD for word in words[after : after + 5]))
    if mark == ".":
        return start.text[0].isalnum() and not (stop - first == 1 and words[first].text.isdigit())
    if mark[:2] == "..":
        return after > stop + 1 or start.lower in _STARTERS
    if mark[:-1].lower() in _TITLES:
        return False
    return start.lower in _STARTERS
