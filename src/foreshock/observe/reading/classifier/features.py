"""Features of a sentence: words, pairs of words and pieces of words, hashed into buckets.

Names, days, places and numbers are masked, so that what is learned is how acts are told and not
who did them in the training sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 15
"""Weights per class. Two features of one bucket share a weight."""

SHORTEST_PIECE, LONGEST_PIECE = 3, 5


def buckets_of(words: Sequence[str]) -> NDArray[np.int64]:
    """Give the buckets of the features of a sentence, each as often as it occurs.

    Parameters
    ----------
    words : sequence of str
        In lower case, masked.

    Returns
    -------
    numpy.ndarray
        Whole numbers in [0, BUCKETS).

    Examples
    --------
    >>> buckets_of(["troops", "fired"]).size, bool((buckets_of(["a"]) < BUCKETS).all())
    (30, True)
    """
    found: list[int] = []
    for word in words:
        found.extend(_pieces(word))
    plain = [word for word in words if not word.startswith("~")]
    found.extend(_hashed(f"{first} {second}") for first, second in pairwise(plain))
    return np.array(found, dtype=np.int64)


@lru_cache(maxsize=50_000)
def _pieces(word: str) -> tuple[int, ...]:
    if word.startswith("~"):  # a sign, not a word
        return (_hashed(word),)
    padded = f"<{word}>"
    pieces = [
        padded[start : start + length]
        for length in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(len(padded) - length + 1)
    ]
    return tuple(_hashed(piece) for piece in [word, *pieces])


def _hashed(feature: str) -> int:
    return crc32(feature.encode("utf-8", "surrogatepass")) % BUCKETS
