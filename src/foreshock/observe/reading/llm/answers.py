"""What a model may answer, as shapes that are checked before anything is believed.

Every field must be there and none beside, so that one JSON schema serves for the strict mode of
those servers that have one and for our own check of those that have not.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from foreshock.core.errors import AnswerUnusable
from foreshock.evidence.claim import SAME_SPEAKER, Kind, Modality, Polarity, Relation
from foreshock.lexicon import load_ontology

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
Many = Field(max_length=60)

RELATIONS = tuple(relation for relation in Relation if relation not in SAME_SPEAKER)
"""How one statement of a document can bear on another; taking back is for later documents."""

_SHOWN_FAULTS = 8


class CutOff(AnswerUnusable):
    """The model could not take in, or not finish, so much at a time: ask about less."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Proposition(_Shape):
    """One thing that the text says, with the words that say it."""

    statement: Words
    evidence: Words


class Propositions(_Shape):
    """Answer to the first question: all that a stretch of text says."""

    propositions: list[Proposition] = Field(max_length=300)


class Speaker(_Shape):
    """One link of the chain of who says so."""

    words: Words
    cue: Words


class Count(_Shape):
    """Words that tell a number, and what it counts."""

    words: Words
    what: Words


class Bearing(_Shape):
    """How a statement bears on another, named by its number."""

    relation: Relation
    number: int


class Coded(_Shape):
    """One statement, coded. Words are the text's own; codes are the ontology's."""

    number: int
    kind: Kind
    type: Words
    mode: Words
    context: list[Words] = Many
    modality: Modality
    polarity: Polarity
    background: bool
    actors: list[Words] = Many
    recipients: list[Words] = Many
    date: Words
    place: Words
    origins: list[Words] = Many
    destinations: list[Words] = Many
    quantities: list[Count] = Many
    attribution: list[Speaker] = Many
    condition: Words
    deadline: Words
    consequence: Words
    links: list[Bearing] = Many
    confidence: float = Field(ge=0, le=1)


class Coding(_Shape):
    """Answer to the second question: the statements, coded."""

    coded: list[Coded] = Field(max_length=300)


Shape = TypeVar("Shape", Propositions, Coding)


@cache
def schema(shape: type[BaseModel]) -> str:
    """Give the JSON schema of an answer, with the ontology's codes in it, as text.

    Only keywords that strict servers know are left in; lengths and bounds we check ourselves.

    Examples
    --------
    >>> sorted(json.loads(schema(Propositions))["$defs"]["Proposition"]["required"])
    ['evidence', 'statement']
    >>> "ASSAULT" in json.loads(schema(Coding))["$defs"]["Coded"]["properties"]["type"]["enum"]
    True
    """
    whole = _plain(shape.model_json_schema())
    definitions = whole.get("$defs", {})
    ontology = load_ontology()
    if "Coded" in definitions:
        fields = definitions["Coded"]["properties"]
        fields["type"]["enum"] = ["", *ontology.types]
        modes = {mode for act in ontology.types.values() for mode in act.modes}
        fields["mode"]["enum"] = ["", *sorted(modes | set(ontology.states))]
        fields["context"]["items"]["enum"] = list(ontology.contexts)
        definitions["Count"]["properties"]["what"]["enum"] = list(ontology.quantities)
        definitions["Relation"]["enum"] = list(RELATIONS)
    return json.dumps(whole)


def _plain(node: Any) -> Any:
    unknown = {"title", "description", "maxLength", "maxItems", "minimum", "maximum"}
    match node:
        case dict():
            return {
                # a field may be called as a keyword is: only keywords are left out
                name: {field: _plain(value) for field, value in item.items()}
                if name in {"properties", "$defs"}
                else _plain(item)
                for name, item in node.items()
                if name not in unknown
            }
        case list():
            return [_plain(item) for item in node]
    return node


def read_answer(shape: type[Shape], text: str) -> Shape:
    """Read a model's answer, in whatever prose it wrapped it.

    Parameters
    ----------
    shape : type
        `Propositions` or `Coding`.
    text : str
        What the model wrote.

    Raises
    ------
    AnswerUnusable
        If no JSON object in it has this shape; the message says what is wrong with it, for the
        model as for the user.

    Examples
    --------
    >>> read_answer(Propositions, 'Here you are: {"propositions": []} Anything else?')
    Propositions(propositions=[])
    """
    value = first_object(text)
    if value is None:
        begins = f"; it begins {' '.join(text.split())[:80]!r}" if text.strip() else ""
        raise AnswerUnusable("the answer holds no complete JSON object" + begins)
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, fault['loc'])) or 'the answer'}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_input=False)
        ]
        more = len(faults) - _SHOWN_FAULTS
        said = "; ".join(faults[:_SHOWN_FAULTS]) + (f"; and {more} more" if more > 0 else "")
        raise AnswerUnusable(f"the answer has not the shape that was asked for ({said})") from None


def first_object(text: str) -> dict[str, Any] | None:
    """Give the first JSON object in a text that may hold prose around it.

    Examples
    --------
    >>> first_object('Sure {as you wish}: {"a": [1, {"b": 2}]} done')
    {'a': [1, {'b': 2}]}
    """
    decoder = json.JSONDecoder()
    text = text.rpartition("</think>")[2]  # some models think aloud first
    place = text.find("{")
    for _ in range(_TRIES):
        if place < 0:
            return None
        try:
            value, _end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            place = text.find("{", place + 1)
            continue
        return value if isinstance(value, dict) else None
    return None


_TRIES = 50
"""Braces at which an object is looked for: prose has few, and a hostile answer costs little."""


def faults_of_codes(coded: Coded) -> list[str]:
    """List what the ontology does not know, or does not allow, in a coded statement.

    Examples
    --------
    >>> from foreshock.observe.reading.llm import answers
    >>> blank = dict(number=1, kind="event", type="ASSAULT", mode="aerial", context=[],
    ...     modality="actual", polarity="asserted", background=False, actors=[], recipients=[],
    ...     date="", place="", origins=[], destinations=[], quantities=[], attribution=[],
    ...     condition="", deadline="", consequence="", links=[], confidence=0.5)
    >>> faults_of_codes(Coded(**blank)), faults_of_codes(Coded(**blank | {"type": "BOMB"}))
    ([], ["'BOMB' is no type"])
    """
    ontology = load_ontology()
    found = [f"{code!r} is no context" for code in coded.context if code not in ontology.contexts]
    found += [
        f"{count.what!r} is nothing that is counted"
        for count in coded.quantities
        if count.what not in ontology.quantities
    ]
    found += [
        f"{link.relation.value!r} does not hold within one text"
        for link in coded.links
        if link.relation not in RELATIONS
    ]
    if coded.kind is Kind.STATE:
        if coded.type:
            found.append("a state has no type")
        if coded.mode not in ontology.states:
            found.append(f"{coded.mode!r} is no state")
    elif coded.type in ontology.types:
        if coded.mode and coded.mode not in ontology.types[coded.type].modes:
            found.append(f"{coded.mode!r} is no mode of {coded.type}")
    elif coded.type or coded.kind is Kind.EVENT:
        found.append(f"{coded.type!r} is no type")
    return found
