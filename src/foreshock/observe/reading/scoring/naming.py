"""Whether two namings mean the same party, speaker or place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from foreshock.observe.reading.record import Party, Spoken, Where

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset({"a", "an", "the", "of", "in", "from", "and", "at", "least"})


@lru_cache(maxsize=50_000)
def content(words: str) -> frozenset[str]:
    """Give the words that carry a name: no accents, case, articles, marks or numbers.

    Examples
    --------
    >>> sorted(content("the seven Café-goers of Gondal, 7"))
    ['cafe', 'goers', 'gondal', 'seven']
    """
    plain = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return frozenset(
        word for word in _WORD.findall(plain) if word not in _EMPTY and not word.isdigit()
    )


def same(gold: str, found: Party | Spoken | Where) -> bool:
    """Whether somebody's naming is that of what was found.

    It is where it is the id, or where its words hold those of the name or of the text, or stand
    among them: "soldiers" and "seven soldiers" are one, "soldiers" and "police" are two.

    Examples
    --------
    >>> guard = Party(id="gondal", name="Gondal", words="Gondal's border guard")
    >>> same("the border guard", guard), same("gondal", guard), same("the navy", guard)
    (True, True, False)
    """
    if gold == found.id:
        return True
    told = content(gold)
    return bool(told) and any(
        named and (told <= named or named <= told)
        for named in (content(found.words), content(found.name))
    )


def agreement(
    gold: Sequence[str],
    found: Sequence[Party],
    alike: Callable[[str, Party], bool] = same,
) -> float:
    """Share of parties on which two lists agree (Dice), 0 to 1; two empty lists agree.

    Examples
    --------
    >>> agreement(["gondal", "angria"], [Party(id="gondal", name="Gondal")])
    0.6666666666666666
    """
    if not gold and not found:
        return 1.0
    left = list(found)
    hits = 0
    for name in gold:
        hit = next((party for party in left if alike(name, party)), None)
        if hit is not None:
            left.remove(hit)
            hits += 1
    return 2 * hits / (len(gold) + len(found))


def countries(parties: Iterable[Party]) -> frozenset[str]:
    """Country codes of parties, those unknown left out."""
    return frozenset(party.country for party in parties if party.country)


def shared(gold: Iterable[str], found: Iterable[str]) -> float:
    """Share of codes on which two sets agree (Dice), 0 to 1; two empty sets agree."""
    first, second = set(gold) - {""}, set(found)
    if not first and not second:
        return 1.0
    return 2 * len(first & second) / (len(first) + len(second))
