"""How many: numbers in figures and words, and what they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from foreshock.core.quantities import LARGEST
from foreshock.lexicon.gazetteer import states
from foreshock.lexicon.quantity_words import band, modifier
from foreshock.lexicon.tables import read_table
from foreshock.observe.reading.expressions.calendar_words import MONTHS
from foreshock.observe.reading.expressions.counting import Number, modifier_at, number_at, starts
from foreshock.observe.reading.text.words import Token, word_set


class Amount(NamedTuple):
    """A count in a sentence.

    Parameters
    ----------
    first, last : int
        Indexes of the first word of the number, what is said of it included ("at least"), and of
        the one after its last.
    low, best, high : float or None
        As a `foreshock.core.quantities.Quantity` has them: None where nothing is said.
    noun_first, noun_last : int
        The noun phrase that is counted, an empty range where none is named ("killing 20").
    unit : str
        ``persons``, a unit of the lexicon, a measure (``percent``, ``km``, ``hours``, ``usd``,
        ``money`` ...), or empty if it is not known what is counted.
    words : str
        Number and noun as the text has them, one space between words.
    """

    first: int
    last: int
    low: float | None
    best: float | None
    high: float | None
    noun_first: int
    noun_last: int
    unit: str
    words: str


def find_quantities(tokens: Sequence[Token], *, articles: bool = False) -> list[Amount]:
    """Find what a sentence counts.

    Parameters
    ----------
    tokens : sequence of Token
        Words of one sentence.
    articles : bool
        Whether "a soldier" is a count of one; only before nouns for persons.

    Returns
    -------
    list of Amount
        In the order of the text, none overlapping another. Years, days, ages ("34-year-old"),
        times, scores and the numbers of roads, units and resolutions are no amounts.

    Examples
    --------
    >>> from foreshock.observe.reading.text.tokens import tokens
    >>> text = "It killed at least seven French soldiers; as many as half a million people fled."
    >>> for found in find_quantities(tokens(text)):
    ...     print(found.words, found.low, found.best, found.high, found.unit, sep=" | ")
    at least seven French soldiers | 7 | None | None | persons
    as many as half a million people | None | None | 500000 | persons
    """
    low = [token.lower for token in tokens]
    may_start = starts()
    found: list[Amount] = []
    index = 0
    while index < len(low):
        word = low[index]
        amount = None
        if word == "over" and index and low[index - 1] in _GIVING:
            index += 1  # "handed over two prisoners": no more than two
            continue
        if word in may_start or word[0].isdigit() or word in _MONEY:
            amount = _amount_at(tokens, low, index)
            if amount is None and articles and word in {"a", "an"}:
                amount = _one_person(tokens, low, index)
        if amount is None:
            index += 1
        else:
            found.append(amount)
            index = max(amount.last, amount.noun_last)
    return found


def counted(words: Sequence[str]) -> str:
    """Give the group that a noun phrase stands for.

    Parameters
    ----------
    words : sequence of str
        The phrase in lower case, its head last.

    Returns
    -------
    str
        A group of the lexicon, such as ``soldiers``; empty if none is known.

    Examples
    --------
    >>> counted(["french", "soldiers"]), counted(["local", "aid", "workers"]), counted(["tables"])
    ('soldiers', 'aid-workers', '')
    """
    noun = _noun(words, len(words) - 1) if words else None
    return noun.group if noun else ""


_GIVING = word_set(
    "hand hands handed handing take takes took taken taking turn turns turned turning"
)
"""Verbs to which an "over" behind them belongs."""

# --- nouns ----------------------------------------------------------------------------------


class _Noun(NamedTuple):
    group: str
    unit: str


@cache
def _nouns() -> Mapping[str, _Noun]:
    found: dict[str, _Noun] = {}
    for rule in read_table("counted_nouns")["noun"]:
        single, _, double = rule["words"].partition("|")
        pairs = [" ".join(pair.split()) for pair in double.split(",") if pair.strip()]
        for word in (*single.split(), *pairs):
            found[word] = _Noun(rule.get("group", ""), rule["unit"])
            found.setdefault(f"{word}s", found[word])
    for state in states():
        for name in state.people:
            found.setdefault(name.text.lower(), _Noun("people", "persons"))
    return MappingProxyType(found)


def _noun(low: Sequence[str], i: int) -> _Noun | None:
    """Look up the noun that ends at a word, with the word before it if both make one."""
    nouns = _nouns()
    if i and (double := nouns.get(f"{low[i - 1]} {low[i]}")):
        return double
    return nouns.get(low[i])


_FAR = 6
"""Words between a number and its noun: "12 of the most senior rebel field commanders"."""
_PERSONS_IN = word_set(
    "dead killed wounded injured hurt missing arrested detained captured abducted displaced died "
    "fled perished"
)
_AUXILIARIES = word_set("were was are have had has reported")
_BETWEEN = word_set(
    "of the more other additional further such new suspected alleged about its their"
)
_STOPS = word_set(
    ", . ; : ? ! ( ) [ ] \" ' - / ... and or but nor as at by for from in into near on onto "
    "over to towards toward under until upon via with within without after before during "
    "since while when where which who whom whose that than if because is are was were be been "
    "being has have had do does did will would can could may might must shall should said "
    "says say died die fled flee left leave killed wounded injured arrested detained held "
    "took take went go came come lost lose fell dead missing hurt captured abducted displaced "
    "not n't 's they it he she we you i his her this these those a an every each some any all "
    "both also only just now then there here still yet"
)
_SUCH = frozenset({"displaced", "killed", "wounded", "injured", "arrested", "captured"})
"""Words of the same form as a verb that may stand before a noun: "displaced people"."""


def _noun_range(low: Sequence[str], i: int) -> tuple[int, int, _Noun | None]:
    """Give the noun phrase after a number: from, to, and what its head is."""
    j = i
    while j < len(low) and low[j] in _BETWEEN and j < i + 3:
        j += 1
    first, last, head = j, j, None
    for k in range(j, min(j + _FAR, len(low))):
        word = low[k]
        known = _noun(low, k) if word not in _STOPS or _leads_to_noun(low, k) else None
        if known is not None:
            last, head = k + 1, known
            if word.endswith("s"):
                break  # what follows a plural is a verb: "six raids target"
        elif head is not None:
            if word not in _STOPS and word.endswith("s") and not low[k - 1].endswith("s"):
                last, head = k + 1, _Noun("", head.unit)  # "civilian advisers"
            break
        elif word in _STOPS and not _leads_to_noun(low, k):
            break
    if head is not None and low[last : last + 1] != ["'s"]:
        return first, last, head
    for k in range(j, min(j + 4, len(low))):
        word = low[k]
        if word in _STOPS or not word[0].isalpha():
            break
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
            return first, k + 1, None
    return i, i, None


def _leads_to_noun(low: Sequence[str], k: int) -> bool:
    return low[k] in _SUCH and k + 1 < len(low) and _nouns().get(low[k + 1]) is not None


# --- amounts --------------------------------------------------------------------------------

_MONEY = {"$": "usd", "€": "money", "£": "money"}
_DESIGNATORS = word_set(
    "resolution article articles chapter flight highway route road unit line phase section no no. "
    "nos. number page room channel boeing airbus type model zone level sector block gate paragraph "
    "fm version class battalion brigade division district day # @ aged age"
)
_CLOCK = word_set("a.m. p.m. am pm gmt utc o'clock a.m p.m")
_FRACTIONS = word_set("third thirds quarter quarters half fifth fifths tenth tenths percentage")
_NOT_ONE_AFTER = word_set("day of another in by more the time hand way side thing year week month")
_NOT_ONE_BEFORE = word_set("no any every each some the this that which another number day only")


def _amount_at(tokens: Sequence[Token], low: list[str], i: int) -> Amount | None:
    """Read the amount that starts at a word, with what is said of the number."""
    start = i
    if low[i] in {"between", "from"} and i + 1 < len(low):
        first = number_at(low, i + 1)
        if first is None or low[i] == "from":
            return None
        span = _range(low, first, {"and"})
        return _made(tokens, low, start, i + 1, span) if span else None
    at = modifier_at(low, i)
    if at >= len(low):
        return None
    currency = _MONEY.get(low[at], "")
    number = number_at(low, at + bool(currency))
    if number is None:
        return None
    if at > i:
        number = _range(low, number, {"to"}) or _modified(number, " ".join(low[i:at]))
    else:
        number = _range(low, number, {"to", "or"}) or number
    return _made(tokens, low, start, at + bool(currency), number) if number else None


def _range(low: Sequence[str], first: Number, joints: set[str]) -> Number | None:
    """Join two numbers: "30 to 35", "two or three", "between 200 and 300"."""
    if first.last >= len(low) or low[first.last] not in joints or first.best is None:
        return None
    second = number_at(low, first.last + 1)
    if second is None or second.best is None:
        return None
    lower = first.best
    if lower < 1000 <= second.best and low[second.last - 1] in {"million", "thousand", "billion"}:
        lower *= second.best / max(_first_factor(low, first.last + 1), 1)  # "2 to 3 million"
    return Number(second.last, lower, None, second.best) if lower < second.best else None


def _first_factor(low: Sequence[str], i: int) -> float:
    """Give the number at an index without the scale after it."""
    alone = number_at(low[i : i + 1], 0)
    return alone.best if alone is not None and alone.best else 1


def _modified(number: Number, words: str) -> Number | None:
    """Apply "at least", "as many as", "nearly" to a number."""
    kind = modifier(words)
    value = number.best
    if kind == "low":
        floor = number.low if value is None else value
        return None if floor is None else Number(number.last, floor, None, None)
    if value is None:
        return number if kind == "about" else None
    if kind == "high":
        return Number(number.last, None, None, value)
    below, above = band(words)
    bounds = value * below, value * above
    if float(value).is_integer():
        bounds = float(round(bounds[0])), float(round(bounds[1]))
    return Number(number.last, bounds[0], value, bounds[1])


def _made(
    tokens: Sequence[Token], low: list[str], start: int, at: int, number: Number
) -> Amount | None:
    """Join number and noun, unless the number is no count."""
    last, lower, best, upper = number
    if low[last : last + 2] == ["or", "more"] or low[last : last + 1] == ["+"]:
        lower, best, upper, last = best if lower is None else lower, None, None, last + 1
        last += low[last : last + 1] == ["more"]
    if low[last : last + 2] == ["or", "so"] and best is not None:
        number = _modified(Number(last + 2, None, best, None), "about") or number
        last, lower, best, upper = number
    if max(lower or 0, best or 0, upper or 0) > LARGEST:
        return None
    noun_first, noun_last, head = _noun_range(low, last)
    unit = head.unit if head else ""
    currency = _MONEY.get(low[at - 1], "") if at else ""
    if currency:
        noun_first = noun_last = last
        unit = currency
    elif _no_count(tokens, low, at, last, head):
        return None
    if not unit and _harmed(low, last):
        unit = "persons"
    if unit == "miles":
        unit = "km"
        lower, best, upper = (v and round(v * 1.609344, 1) for v in (lower, best, upper))
    end = max(last, noun_last)
    words = " ".join(token.text for token in tokens[start:end])
    return Amount(start, last, lower, best, upper, noun_first, noun_last, unit, words)


def _harmed(low: Sequence[str], i: int) -> bool:
    """Whether "dead" or "were killed" follows, which is said of persons."""
    i += i < len(low) and low[i] in _AUXILIARIES
    return i < len(low) and low[i] in _PERSONS_IN


def _no_count(
    tokens: Sequence[Token], low: Sequence[str], at: int, last: int, head: _Noun | None
) -> bool:
    """Whether a number is a year, a day, an age, a time or a name rather than a count."""
    word = low[at]
    if low[last : last + 1] and low[last] in _FRACTIONS:
        return True
    before = low[at - 1] if at else ""
    after = low[last] if last < len(low) else ""
    if before in _DESIGNATORS or after in _CLOCK or _ratio(low, at, last):
        return True
    if word == "one" and last == at + 1:
        if before in _NOT_ONE_BEFORE or after in _NOT_ONE_AFTER:
            return True
        return (head is None or not head.group) and after not in _PERSONS_IN
    if not word[0].isdigit():
        return after == "years" and low[last + 1 : last + 2] == ["old"]
    if after == "years" and low[last + 1 : last + 2] == ["old"]:
        return True
    if _of_month(tokens, low, at, last):
        return True
    plain = word.isdigit()
    if plain and len(word) == 4 and 1800 <= int(word) <= 2100:
        return head is None or last == len(low)
    if before == "," and after == "," and head is None:
        return True  # "the minister, 54, said"
    return "-" in word and head is None and not after


def _ratio(low: Sequence[str], at: int, last: int) -> bool:
    """Whether a number is part of a ratio or a name: "one in five", "the Group of Seven"."""
    if low[last : last + 2] == ["out", "of"]:
        return True
    before = tuple(low[max(at - 2, 0) : at])
    return before in {("one", "in"), ("out", "of"), ("group", "of")}


def _of_month(tokens: Sequence[Token], low: Sequence[str], at: int, last: int) -> bool:
    """Whether a figure is the day of a month."""
    for i in (at - 1, last, last + (low[last : last + 1] == ["of"])):
        if 0 <= i < len(low) and low[i] in MONTHS and tokens[i].text[0].isupper():
            return not (i == at - 1 and low[at].isdigit() and int(low[at]) > 31)
    return False


def _one_person(tokens: Sequence[Token], low: list[str], i: int) -> Amount | None:
    """Read "a French soldier" as a count of one."""
    first, last, head = _noun_range(low, i + 1)
    if head is None or head.unit != "persons" or low[last - 1].endswith("s"):
        return None
    words = " ".join(token.text for token in tokens[i:last])
    return Amount(i, i + 1, None, 1, None, first, last, head.unit, words)
