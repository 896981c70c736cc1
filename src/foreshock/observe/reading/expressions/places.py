"""Where: the places that a sentence names, on the world's map and the case's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from foreshock.core.places import AREA_KINDS, Place
from foreshock.lexicon.gazetteer_places import Known, World, fold, without_articles, world
from foreshock.observe.reading.expressions.calendar_words import MONTHS, WEEKDAYS
from foreshock.observe.reading.expressions.place_context import (
    AREA_AFTER,
    NEAR_AFTER,
    POINT_AFTER,
    SURELY,
    Before,
    before,
    compass,
    qualifies,
)
from foreshock.observe.reading.record import Where
from foreshock.observe.reading.text.words import Token, word_set


class PlaceMention(NamedTuple):
    """Words that name a place.

    Parameters
    ----------
    first, last : int
        Indexes of the first word of the name and the one after its last; "province" and the like
        belong to it.
    where : Where
        The place; its words and span take in what says where from it ("east of"). The span is
        that of the tokens, in the normalised text.
    relation : str
        ``east of``, ``near``, ``outskirts of``, ``northern`` ...; empty if the place itself is
        meant.
    preposition : str
        ``in``, ``to``, ``from`` ...; empty if none governs it. In a list of places all have that
        of the first.
    """

    first: int
    last: int
    where: Where
    relation: str
    preposition: str


class Places:
    """Finds places: those of a case before those of the world.

    Parameters
    ----------
    known : iterable of foreshock.core.places.Place
        Places of a case, which win over all others of their names.

    Examples
    --------
    >>> from foreshock.observe.reading.text.tokens import tokens
    >>> words = tokens("Shells fell 20 km north of Lima and in Kunduz province.")
    >>> for found in Places().find(words):
    ...     print(found.where.name, found.where.country, found.where.precision)
    Lima PER near
    Kunduz Province AFG area
    """

    def __init__(self, known: Iterable[Place] = ()) -> None:
        self._world: World = world()
        self._case = _case_index(known, self._world.countries)

    def find(
        self, tokens: Sequence[Token], taken: Sequence[tuple[int, int]] = (), near: str = ""
    ) -> list[PlaceMention]:
        """Find the places that a sentence names.

        Parameters
        ----------
        tokens : sequence of Token
            Words of one sentence.
        taken : sequence of tuple of int
            Ranges of words that name an actor; a place among them counts only where a preposition
            makes it one ("in Peru").
        near : str
            ISO 3166 alpha-3 code of the country that the text speaks of; of several towns of one
            name the one there is meant.

        Returns
        -------
        list of PlaceMention
            In the order of the text, none overlapping another. A name that is an ordinary word or
            a person's too is a place only where what stands around it says so.
        """
        sentence = _Sentence(tokens, taken, self._world.peoples)
        found: list[PlaceMention] = []
        done = 0
        for index, token in enumerate(tokens):
            if index < done or token.text == token.lower or not sentence.may_start(index):
                continue
            named = self._longest(sentence, index)
            if named is None:
                continue
            previous = found[-1] if found else None
            mention = self._mention(sentence, index, *named, near, previous)
            if mention is not None:
                found.append(mention)
            done = named[0] if mention is None else mention.last
        return found

    def _mention(
        self,
        sentence: _Sentence,
        i: int,
        end: int,
        key: str,
        near: str,
        previous: PlaceMention | None,
    ) -> PlaceMention | None:
        context = before(sentence.low, i)
        if context.area and (whole := self._named_part(context.relation, key)):
            key, context = whole, context._replace(relation="", area=False)
        if not context.preposition and previous is not None and sentence.listed(previous.last, i):
            context = context._replace(preposition=previous.preposition, held=True)
        last, feature = sentence.feature(end)
        stated = self._stated_country(sentence, last)
        known = self._choose(key, feature, stated or near)
        if known is None or not self._meant(
            sentence, i, end, key, known, context, feature, stated, near
        ):
            return None
        if not sentence.free(i, last) and not (context.sure and sentence.inside(i, last)):
            return None
        if key not in self._case and known.kind == "city":  # spelled as the report spells it
            known = replace(known, name=_joined(tokens=sentence.tokens[i:end]))
        return self._made(sentence, i, last, known, context, feature)

    # --- names ------------------------------------------------------------------------------

    def _longest(self, sentence: _Sentence, i: int) -> tuple[int, str] | None:
        """Give the index after the longest name that starts at a word, and its folded form."""
        for end in range(min(i + _LONGEST, len(sentence.low)), i, -1):
            if end - i > 1 and not sentence.may_end(end - 1):
                continue
            key = " ".join(map(sentence.folded, range(i, end)))
            if len(key) > 2 and (key in self._case or key in self._world):
                return end, key
            bare = without_articles(key)
            if bare != key and len(bare) > 2 and (bare in self._case or bare in self._world):
                return end, bare
        return None

    def _named_part(self, relation: str, key: str) -> str:
        """Give the folded name of a part that has one of its own; empty if it has none."""
        whole = compass(f"{fold(relation)} {key}")
        return whole if whole in self._case or whole in self._world else ""

    def _choose(self, key: str, feature: str, country: str) -> Known | None:
        """Choose which of several places of a name is meant."""
        area = feature in AREA_AFTER
        if area:
            for kind in (feature, "province", "governorate", "region"):
                named = f"{key} {kind}"
                if found := self._case.get(named) or self._world.find(named):
                    return found[0]
        if known := self._case.get(key):
            fitting = [place for place in known if (place.kind in AREA_KINDS) == area]
            return (fitting or known)[0]
        known = self._world.find(key)
        if not known:
            return None
        if feature in POINT_AFTER:
            known = tuple(place for place in known if place.kind == "city") or known
        largest = known[0]
        for place in known:
            if place.country == country and (
                largest.population < _FAMOUS or place.population > largest.population / 20
            ):
                return place
        return largest

    def _stated_country(self, sentence: _Sentence, last: int) -> str:
        """Give the country told after a comma: "Valencia, Spain", "Houston, Texas"."""
        low = sentence.low
        if last + 1 >= len(low) or low[last] != ",":
            return ""
        for end in range(min(last + 4, len(low)), last + 1, -1):
            key = " ".join(map(sentence.folded, range(last + 1, end)))
            if key in self._world.countries:
                return self._world.countries[key]
            known = self._world.find(key)
            if known and known[0].kind in AREA_KINDS:
                return known[0].country
        return ""

    # --- whether it is one ------------------------------------------------------------------

    def _meant(
        self,
        sentence: _Sentence,
        i: int,
        end: int,
        key: str,
        known: Known,
        context: Before,
        feature: str,
        stated: str,
        near: str,
    ) -> bool:
        """Whether a name that places bear is a place's here."""
        if feature or (stated and stated == known.country):
            return True
        if known.kind == "country":
            if context.held or context.relation or context.preposition in _COUNTRY_SURELY:
                return True
            return context.preposition in _COUNTRY_MAYBE and not sentence.owns(end)
        ordinary = self._world.is_ordinary(key) or key in _CLOSED_CLASS
        region = known.kind != "city" and end - i > 1
        alone = region or not sentence.beside_a_name(i, end)
        if context.sure and (alone or end - i > 1):
            return not ordinary or (alone and not sentence.owns(end))
        if ordinary or not alone:
            return False
        if key in self._case or known.kind != "city":
            return True
        if context.preposition or context.held:
            return True
        return known.population >= _LARGE or (end - i > 1 and known.country == near)

    def _made(
        self,
        sentence: _Sentence,
        i: int,
        last: int,
        known: Known,
        context: Before,
        feature: str,
    ) -> PlaceMention:
        tokens = sentence.tokens
        near = context.near or feature in NEAR_AFTER
        area = context.area or feature in AREA_AFTER or known.kind in _WIDE
        first = min(context.start, i)
        kind = known.kind if feature not in AREA_AFTER or known.kind in AREA_KINDS else feature
        where = Where(
            id=known.id,
            name=known.name,
            country=known.country,
            lat=known.lat,
            lon=known.lon,
            kind=kind,
            precision="near" if near else "area" if area else "exact",
            words=_joined(tokens[first:last]),
            span=(tokens[first].start, tokens[last - 1].end),
        )
        return PlaceMention(i, last, where, context.relation, context.preposition)


_LONGEST = 4
"""Words in a name."""
_FAMOUS = 500_000
"""People in a town that is meant wherever the text plays, unless another is nearly as large."""
_LARGE = 100_000
"""People in a town whose bare name means it."""
_WIDE = AREA_KINDS | {"sea", "strait", "river", "island"}
_COUNTRY_SURELY = SURELY - {"at", "around", "outside"}
_COUNTRY_MAYBE = word_set("from to towards toward into through over onto via off")
_CLOSED_CLASS = word_set(
    "has had have are was were may will can could would should must this that these those all and "
    "but for not now out our the they them with who why how what when where"
)
_SMALL_WORDS = word_set("of de del da do el la las los le les the and y al es ez sur upon")
_NOT_NAMES = word_set("the a an in on at of and but for as it he she they we i this that")


class _Sentence:
    """A sentence as the finder of places looks at it."""

    def __init__(
        self,
        tokens: Sequence[Token],
        taken: Sequence[tuple[int, int]],
        peoples: frozenset[str],
    ) -> None:
        self.tokens = tokens
        self.low = [token.lower for token in tokens]
        self._taken = taken
        self._peoples = peoples
        capitals = [token.text[0].isupper() for token in tokens if token.text[0].isalpha()]
        self._headline = len(capitals) > 3 and sum(capitals) > 0.6 * len(capitals)

    def folded(self, i: int) -> str:
        """Give a word as names are looked up."""
        token = self.tokens[i]
        if token.lower.isalpha() and token.lower.isascii():
            return token.lower
        return fold(token.text)

    def may_start(self, i: int) -> bool:
        """Whether a name may start with a word: with a capital, ``al-`` before it allowed."""
        text = self.tokens[i].text
        if text.isupper() and 1 < len(text) < 6 and not self._headline:
            return False  # the short name of an agency or party
        if self.low[i] in MONTHS or self.low[i] in WEEKDAYS:
            return False
        return text[0].isupper() or (text[0].isalpha() and text[2:3] == "-" and text[3:4].isupper())

    def may_end(self, i: int) -> bool:
        """Whether a name may end with a word."""
        return self.may_start(i) and self.low[i] not in _SMALL_WORDS

    def feature(self, end: int) -> tuple[int, str]:
        """Give the index after "province", "town" and the like behind a name, and the word."""
        if end < len(self.low):
            word = self.low[end]
            if word.removesuffix("s") in AREA_AFTER:
                return end + 1, word.removesuffix("s")
            if word in POINT_AFTER or word in NEAR_AFTER:
                return end + 1, word
            if self.tokens[end].text == "State":
                return end + 1, "province"
        return end, ""

    def listed(self, last: int, i: int) -> bool:
        """Whether only a comma or "and" stands between two names."""
        between = self.low[last:i]
        return 0 < len(between) < 3 and all(word in {",", "and", "or", "&"} for word in between)

    def beside_a_name(self, i: int, end: int) -> bool:
        """Whether a word with a capital stands beside, so that both may be one other name."""
        if self._headline:
            return False
        if i > 1 and self._is_name(i - 1):
            return True
        return end < len(self.low) and self._is_name(end)

    def _is_name(self, i: int) -> bool:
        word = self.low[i]
        return (
            self.tokens[i].text[0].isupper()
            and word not in WEEKDAYS
            and word not in MONTHS
            and word not in _NOT_NAMES
            and word not in SURELY
            and word not in self._peoples
            and not qualifies(word)
            and not before(self.low, i + 1).relation
        )

    def owns(self, end: int) -> bool:
        """Whether a possessive follows."""
        return end < len(self.low) and self.low[end] in {"'s", "'"}

    def free(self, i: int, last: int) -> bool:
        """Whether no actor is named by any of the words."""
        return not any(first < last and end > i for first, end in self._taken)

    def inside(self, i: int, last: int) -> bool:
        """Whether every actor named there is named by these words alone."""
        return all(
            first >= i and end <= last for first, end in self._taken if first < last and end > i
        )


def _joined(tokens: Sequence[Token]) -> str:
    """Give the words as they stand in the text, one space for any gap."""
    text = tokens[0].text
    for one, following in pairwise(tokens):
        text += (" " if following.start > one.end else "") + following.text
    return text


def _case_index(
    places: Iterable[Place], countries: Mapping[str, str]
) -> dict[str, tuple[Known, ...]]:
    """Index a case's places by folded name; points go before areas of one name."""
    by_id = {place.id: place for place in places}
    index: dict[str, tuple[Known, ...]] = {}
    for place in sorted(by_id.values(), key=lambda place: place.is_area):
        known = Known(
            place.id,
            place.name,
            _country(place, by_id, countries),
            place.kind,
            place.lat,
            place.lon,
            int(place.population or 0),
        )
        for name in (place.name, *place.aliases):
            key = fold(name)
            for form in {key, without_articles(key), compass(key)}:
                index[form] = (*index.get(form, ()), known)
    return index


def _country(place: Place, by_id: Mapping[str, Place], countries: Mapping[str, str]) -> str:
    """Give the code of the country that holds a place; empty if the case does not say."""
    queue, seen = [place], set()
    while queue:
        here = queue.pop()
        if here.kind == "country":
            return countries.get(fold(here.name), "")
        if here.id not in seen:
            seen.add(here.id)
            queue.extend(by_id[parent] for parent in here.parents if parent in by_id)
    return ""
