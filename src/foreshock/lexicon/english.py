"""Lists of English words that the light grammar of news tells apart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from foreshock.lexicon.tables import read_table


@cache
def word_list(name: str) -> frozenset[str]:
    """Give a list of words by its name in ``english.toml``.

    Examples
    --------
    >>> "urge" in word_list("object_control")
    True
    """
    words: str = _tables()[name]
    return frozenset(words.split())


@cache
def counted_by() -> Mapping[str, str]:
    """Give the quantity that a verb or noun counts: ``kill`` counts the killed.

    Examples
    --------
    >>> counted_by()["kill"], counted_by()["flee"]
    ('killed', 'departures')
    """
    tables: dict[str, str] = _tables()["counted"]
    pairs = {word: what for what, words in tables.items() for word in words.split()}
    return MappingProxyType(pairs)


@cache
def _tables() -> dict[str, Any]:
    return read_table("english")
