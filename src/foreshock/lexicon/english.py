"""Lists of English words that the light grammar of news tells apart."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> frozenset[str]:
    """Give a list of words by its name in ``english.toml``.

    Examples
    --------
    >>> "urge" in word_list("object_control")
    True
    """
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads((files("foreshock.lexicon") / "english.toml").read_text("utf-8"))
