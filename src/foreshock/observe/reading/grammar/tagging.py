"""Parts of speech from a word's classes and its neighbours.

Tags: DT determiner or possessive pronoun, IN preposition, CC and/or/but, SC subordinator, WP
relative or question word, MD modal, BE HV DO forms of be, have and do, NOT, PR pronoun, TO, NN
noun, JJ adjective, RB adverb, CD count, POS possessive mark, VB VBZ VBD VBN VBG verb forms (VBX:
past or participle, not yet told apart), AC actor, AJ adjective of an actor, DA date, PL place, DL
dateline, and the marks themselves.
"""

from __future__ import annotations

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.expressions.counting import starts
from foreshock.observe.reading.grammar.classes import (
    BASE,
    GERUND,
    PARTICIPLE,
    PAST,
    THIRD,
)
from foreshock.observe.reading.grammar.openings import (
    AUXILIARY,
    IN_PHRASE,
    INVERTED,
    NOMINAL,
    VERBAL,
    asked,
    demanded,
    denies,
    introduces,
    inverts,
    leading,
)
from foreshock.observe.reading.grammar.units import Unit

_CLASSES = {
    "DT": "determiners",
    "IN": "prepositions",
    "CC": "conjunctions",
    "SC": "subordinators",
    "WP": "relatives",
    "MD": "modals",
    "BE": "be",
    "HV": "have",
    "DO": "do",
    "NOT": "not",
    "PR": "pronouns",
    "RB": "plain_adverbs",
    "TO": "to",
}
_DESCRIBING = word_list("describing")
_PARTICLES = word_list("always")
_HARDLY_NOUNS = word_list("hardly_nouns")
_ORDINALS = word_list("ordinals")
_BARE = word_list("bare_infinitive")
_REPORTING = word_list("reporting")
_TO_NOUN = word_list("to_noun")
_CLOSED = {word: tag for tag, name in reversed(_CLASSES.items()) for word in word_list(name)}
"""Words of the closed classes; of several classes the first listed holds."""

_ON_OR_OFF = frozenset({"stop", "start", "keep"})
_BOTH = frozenset({"after", "before", "since", "until", "till", "as", "for", "than"})
"""Words that govern a noun phrase or a whole clause."""

_OF_A_DEED = frozenset(
    {"of", "by", "in", "on", "at", "between", "against", "near", "around", "outside"}
)
_MARKS = frozenset({",", ";", ":", '"', "(", ")", "-", "--", ".", "!", "?", "...", "[", "]", "/"})
_BEFORE_NOUN = frozenset({"DT", "JJ", "POS", "CD", "AJ"})
_STARTS_PHRASE = frozenset({"DT", "AC", "AJ", "CD", "PR", "PL", "TO", "DA"})
_SUBJECTS = frozenset({"NN", "AC", "PL", "PR", "WP", "HV", "BE"})
_NOUN_FOLLOWS = VERBAL - {"VBN"} | {"IN", "AJ", "POS", "DT", "JJ", "CD"}


def tag(units: list[Unit]) -> None:
    """Give every unit its tag, in two passes from left to right.

    The first settles what a word alone settles; the second what its neighbours settle.
    """
    for unit in units:
        if not unit.tag:
            unit.tag = _alone(unit)
    count = len(units)
    before = ""
    for index, unit in enumerate(units):
        if unit.tag == "?":
            unit.tag = _among(units, index, count)
        elif unit.tag == "DT" and unit.lower == "that":
            unit.tag = _that(units, index, count)
        elif unit.tag == "POS" and before not in NOMINAL | {"NN"}:
            unit.tag = "BE"
        elif unit.lower == "yet" and before not in {"", ","}:
            unit.tag = "RB"  # "has not yet left"
        elif unit.lower == "neither" and denies(units, index, count):
            unit.tag = "NOT"
        elif unit.lower in INVERTED and unit.tag in AUXILIARY and inverts(units, index):
            unit.tag = "SC"  # "had Peru attacked, ...": if it had
        if unit.tag in VERBAL:
            unit.lemma = unit.word.verb or unit.lower
        before = unit.tag


def _alone(unit: Unit) -> str:
    lower = unit.lower
    if lower in _MARKS:
        return lower if lower != "/" else "CC"
    if lower in {"'s", "'"}:
        return "POS"
    closed = _CLOSED.get(lower)
    if closed:
        return closed
    if lower[0].isdigit() or lower in {"$", "%"}:
        return "CD"
    word = unit.word
    if lower in _ORDINALS:
        return "JJ"
    if not word.verb:
        if word.noun:
            return "?" if word.adjective else "NN"
        if word.adjective:
            return "JJ"
        return "RB" if word.adverb else "NN"
    if lower.endswith("ly") and word.adverb:
        return "RB"
    return "?"


def _among(units: list[Unit], index: int, count: int) -> str:
    """Settle a word that can be several things."""
    unit, word = units[index], units[index].word
    back = index - 1
    while back >= 0 and units[back].tag in {"RB", "NOT"}:
        back -= 1
    before = units[back].tag if back >= 0 else ""
    after = units[index + 1] if index + 1 < count else None
    if before in {"AC", "AJ"} and _undertakes(units, index) and _names_state(units[back]):
        units[back].tag = "AC"  # "Peru plans to send": no Peruvian plans
        return "VBZ"
    if before == "AJ" and word.forms & BASE and asked(units, back) and _names_state(units[back]):
        units[back].tag = "AC"  # "did Peru attack"
        return "VB"
    if word.forms & THIRD and after is not None and _acts(units, index, back, after):
        return "VBZ"
    if not word.verb:
        return "JJ" if before == "BE" and word.adjective else _noun_or_adjective(after)
    forms = word.forms
    if before in {"MD", "TO", "DO"} and forms & BASE:
        if before == "TO" and not _infinitive(units, index, back, after):
            return "NN" if word.noun else "VB"
        return "VB"
    if before == "HV" and forms & PARTICIPLE:
        return "VBN"
    if before == "BE":
        if forms & GERUND:
            leads_on = after is not None and after.tag == "TO"
            return "JJ" if word.adjective and leads_on else "VBG"
        if forms & PARTICIPLE:
            return "VBN"
        return "JJ" if word.adjective else ("NN" if word.noun else "VB")
    if forms & GERUND:
        return _gerund(units, index, before, after)
    if units[back].lower in {"this", "that"} and forms & THIRD and _ends_or_particle(after):
        return "VBZ"  # "this dies down"
    if before in _BEFORE_NOUN or (before == "IN" and units[back].lower not in _BOTH):
        if word.noun and not (forms & PAST and after is not None and _opens(after)):
            return "NN" if not (word.adjective and _nominal_next(after)) else "JJ"
        if forms & PARTICIPLE:
            described = before not in {"AJ", "CD"} or _nominal_next(after)
            return "JJ" if described else "VBX"
    if forms & PAST and not forms & BASE:
        if forms & PARTICIPLE:
            if unit.lower in _DESCRIBING and before not in _SUBJECTS and _nominal_next(after):
                return "JJ"
            described = before in VERBAL and _nominal_next(after)
            return "JJ" if described or _adjectival(before, after, unit) else "VBX"
        return "VBD"
    if forms & PARTICIPLE and not forms & BASE:
        at = leading(units, back)
        if at >= 0 and units[at].tag == "SC" and units[at].lower == "had":
            return "VBD"  # "had Peru withdrawn"
        return "JJ" if _adjectival(before, after, unit) else "VBN"
    return _noun_or_verb(units, index, back, before, after)


def _ends_or_particle(after: Unit | None) -> bool:
    return after is None or after.tag in {"RB", ",", "."} or after.lower in _PARTICLES


def _noun_or_adjective(after: Unit | None) -> str:
    return "JJ" if _nominal_next(after) else "NN"


def _nominal_next(after: Unit | None) -> bool:
    if after is None:
        return False
    if after.tag == "AC" and (after.opening in starts() or after.opening[0].isdigit()):
        return False  # "wounded | ten civilians"
    if after.tag in {"NN", "AC", "AJ", "JJ", "PL"}:
        return after.opening not in {"a", "an", "the"}
    if after.tag != "?" or not after.word.noun or after.word.forms & (PAST | GERUND):
        return False
    return after.word.verb not in _HARDLY_NOUNS


def _opens(after: Unit) -> bool:
    return after.tag in _STARTS_PHRASE or after.lower in {"that", "against", "by"}


def _adjectival(before: str, after: Unit | None, unit: Unit) -> bool:
    """Whether a participle describes the noun after it: the captured weapons."""
    if before in {"", "IN", ","} or before in _BEFORE_NOUN:
        return after is not None and after.lower != "by" and _nominal_next(after) and not (
            unit.word.forms & PAST and before == ","
        )  # fmt: skip
    return False


def _infinitive(units: list[Unit], index: int, back: int, after: Unit | None) -> bool:
    """Tell "to attack the town" from "came to power" and "an end to protest"."""
    if not units[index].word.noun or back == 0:
        return True
    governor = units[back - 1]
    if governor.lemma not in _TO_NOUN and governor.word.verb not in _TO_NOUN:
        return True
    return after is not None and after.tag in _STARTS_PHRASE


def _gerund(units: list[Unit], index: int, before: str, after: Unit | None) -> str:
    word = units[index].word
    if before in {"DT", "POS", "AJ", "JJ", "CD"} or (index == 0 and after is not None):
        if after is not None and after.lower in _OF_A_DEED:
            return "NN" if index or not introduces(units) else "VBG"
        if before and _nominal_next(after):
            return "JJ"
        if before:
            return "NN"
    if before == "IN" and after is not None and after.lower in {"of", "by"} and word.noun:
        return "NN"
    if before == "CC" and word.noun and after is not None and after.lower in {"of", "by", "in"}:
        return "NN"
    if before == "NN" and word.noun and (after is None or after.tag in {"IN", "CC", ",", "."}):
        previous = units[index - 1]
        if not previous.word.plural:
            return "NN"  # cease-fire monitoring, border shelling
    return "VBG"


def _noun_or_verb(units: list[Unit], index: int, back: int, before: str, after: Unit | None) -> str:
    """Tell "rebels attack the town" from "the rebels' attack on the town"."""
    word = units[index].word
    noun = "NN" if word.noun else ("JJ" if word.adjective else "")
    if not noun or (word.verb in _HARDLY_NOUNS and word.forms & THIRD):
        return _verb_form(word.forms)
    if before in _NOUN_FOLLOWS:
        return noun if not (word.adjective and _nominal_next(after)) else "JJ"
    if before in {"NN", "AC", "PL"} and _governed(units, back):
        return noun  # "at ceasefire talks in the capital"
    if before in {"NN", "AC", "PL", "PR", "WP", "CC"} and after is not None:
        subject = units[back]
        agrees = (
            bool(word.forms & THIRD) and not _is_plural(subject)
            if not word.forms & (BASE | PAST)
            else _is_plural(subject) or bool(word.forms & PAST)
        )
        if before == "WP" and word.forms & THIRD and subject.lower in {"who", "which", "that"}:
            agrees = True
        if before == "PR" or (word.forms & BASE and (asked(units, back) or demanded(units, back))):
            return _verb_form(word.forms)
        if before == "CC":
            return _verb_form(word.forms) if _opens(after) and _has_verb(units, back) else noun
        if _has_verb(units, index):
            return "VB" if word.forms & BASE and _lets(units, back) else noun
        if agrees and (_opens(after) or after.tag == "IN" or after.lower in {"being", "having"}):
            return _verb_form(word.forms)
        if agrees and after.tag in AUXILIARY and _in_relative(units, back):
            return _verb_form(word.forms)  # "the town that rebels hold was shelled"
        if agrees and after.tag in {"RB", "NN", "JJ", "?"} and not _has_verb_after(units, index):
            return _verb_form(word.forms)
    if before == "," and word.forms & THIRD and after is not None and after.tag in {"TO", "DT"}:
        return "VBZ" if not _has_verb(units, index - 1) else noun
    if before in {"", '"'} and word.forms & BASE and after is not None:
        stops = word.verb in _ON_OR_OFF and after.word.forms & GERUND
        if stops or (before == "" and after.tag == "DT"):
            return "VB"
    return noun


def _in_relative(units: list[Unit], back: int) -> bool:
    """Whether a subject stands behind a relative pronoun that follows a thing."""
    at = back
    while at >= 0 and units[at].tag in IN_PHRASE:
        at -= 1
    relative = at > 0 and (units[at].tag == "WP" or units[at].lower == "that")
    return relative and units[at - 1].tag in {"NN", "PL"}


def _is_plural(unit: Unit) -> bool:
    if unit.tag == "AC":
        return unit.word.plural or unit.lower in {"police", "people", "troops", "forces"}
    return unit.word.plural or unit.lower in {"they", "we", "who", "you", "i", "people", "police"}


def _has_verb(units: list[Unit], index: int) -> bool:
    """Whether the stretch since the last boundary has its verb already."""
    for unit in reversed(units[:index]):
        if unit.tag in {"VBZ", "VBD", "VBX", "VB", "MD", "BE", "HV", "DO"}:
            return True
        if unit.tag in {"SC", "WP", ";", "CC", ",", '"', ":"}:
            return False
    return False


def _names_state(unit: Unit) -> bool:
    """Whether a unit that might be an adjective is a name: Peru, Peru's army; not Peruvian."""
    parties = unit.value.parties if unit.value is not None else ()
    return unit.tag == "AC" or any(
        unit.lower == party.name.lower() or party.words.rpartition(" ")[2].islower()
        for party in parties
    )


def _undertakes(units: list[Unit], index: int) -> bool:
    """Whether "plans", "vows" or "threatens" is followed by an infinitive and no verb came yet."""
    word = units[index].word
    return (
        bool(word.forms & THIRD)
        and index + 2 < len(units)
        and units[index + 1].tag == "TO"
        and bool(units[index + 2].word.forms & BASE)
        and not _has_verb(units, index)
    )


def _acts(units: list[Unit], index: int, back: int, after: Unit) -> bool:
    """Whether a subject taken for a description acts upon what follows: "the army attacks it".

    The description becomes the noun, or the name, that it is.
    """
    if back < 0 or _has_verb(units, index):
        return False
    alone = _conditional(units, back) and after.tag in {",", "IN", "TO"}  # "if Peru attacks, ..."
    if not (alone or after.tag in {"AC", "AJ", "DT", "PL"}):
        return False
    subject = units[back]
    if subject.tag == "AJ" and _names_state(subject):
        tag = "AC"
    elif subject.tag == "JJ" and subject.word.noun and not subject.word.plural:
        tag = "NN"
    else:
        return False
    if _has_verb_after(units, index) or _governed(units, back):
        return False
    subject.tag = tag
    return True


def _conditional(units: list[Unit], back: int) -> bool:
    """Whether a subordinator stands right before a subject."""
    at = back
    while at >= 0 and units[at].tag in IN_PHRASE:
        at -= 1
    return at >= 0 and units[at].tag == "SC" and units[at].lower != "that"


def _governed(units: list[Unit], back: int) -> bool:
    """Whether the phrase so far stands behind a preposition and the sentence has no verb yet."""
    at = leading(units, back)
    if at < 0 or units[at].tag != "IN" or units[at].lower in _BOTH:
        return False
    return at < back and not _has_verb(units, at)


def _lets(units: list[Unit], back: int) -> bool:
    """Whether the verb before a phrase takes another without "to": "let the refugees return"."""
    for unit in reversed(units[:back]):
        if unit.tag in VERBAL:
            return unit.word.verb in _BARE
        if unit.tag in AUXILIARY or unit.tag in {"IN", "CC", ",", "SC"}:
            return False
    return False


def _has_verb_after(units: list[Unit], index: int) -> bool:
    for unit in units[index + 1 :]:
        if unit.tag in AUXILIARY or (unit.tag == "?" and unit.word.forms & PAST):
            return True
        if unit.tag in {",", ";", "SC"}:
            return False
    return False


def _verb_form(forms: int) -> str:
    if forms & THIRD:
        return "VBZ"
    if forms & PAST and not forms & BASE:
        return "VBX" if forms & PARTICIPLE else "VBD"
    return "VB" if forms & BASE else "VBN"


def _that(units: list[Unit], index: int, count: int) -> str:
    """Tell "said that the army" and "groups that attacked" from "that town"."""
    if index == 0:
        opens = count > 1 and units[1].tag in {"AC", "PL", "DT", "PR"}
        return "SC" if opens else "DT"
    before = units[index - 1]
    after = units[index + 1] if index + 1 < count else None
    if before.tag in VERBAL:
        thing = after is not None and after.tag in {"NN", "JJ", "?"} and not after.capital
        told = before.lemma in _REPORTING or not thing or _has_verb_after(units, index)
        return "SC" if told else "DT"  # "took that town"
    if after is None:
        return "PR"
    if before.tag == "BE" and (after.tag in {"DT", "AC", "PL", "PR"} or after.lower in _BOTH):
        return "SC"
    if before.tag == "CC" and after.tag in {"DT", "AC", "AJ", "PL", "CD", "PR"}:
        return "SC"
    if before.tag in {"NN", "AC", "PL"} or before.lower in {",", '"', "also"}:
        if after.tag in {"DT", "AC", "AJ", "PL", "CD", "PR", "POS"} or after.capital:
            return "SC"
        if after.tag in AUXILIARY or after.tag in VERBAL or after.word.verb:
            return "WP" if not (after.word.noun and not after.word.forms & (PAST | THIRD)) else "SC"
        return "SC"
    if before.tag in {"DA", "RB", "JJ"}:
        return "SC"
    return "DT" if after.tag in {"NN", "JJ", "?"} else "PR"
