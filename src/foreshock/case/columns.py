"""What a cell may hold: readers from text to values, each refusing what it cannot read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from foreshock.core.errors import ForeshockError
from foreshock.core.quantities import Quantity
from foreshock.core.time import parse_day, parse_period
from foreshock.evidence.claim import KnownBasis, Modality, Polarity, Relation
from foreshock.evidence.figures import parse_quantities

E = TypeVar("E", bound=StrEnum)

LONGEST_CELL = 4000
"""Characters in one cell; a longer text belongs into a document, not into a table."""

SLUG = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def fault(what: str, mend: str = "") -> PydanticCustomError:
    """Make a validation fault that carries its mend."""
    escaped = what.replace("{", "{{").replace("}", "}}")
    return PydanticCustomError("fault", escaped, {"mend": mend})


def _read(reader: Callable[[str], Any]) -> BeforeValidator:
    """Turn a reader of text, which raises our errors, into a validator."""

    def validate(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return reader(value.strip())
        except ForeshockError as error:
            mend = "; ".join(
                p for p in (error.expected and f"expected {error.expected}", error.mend) if p
            )
            raise fault(error.what, mend) from None

    return BeforeValidator(validate)


def clean(text: str) -> str:
    """Refuse text that no person would type: control characters and cells without end."""
    if len(text) > LONGEST_CELL:
        raise ForeshockError(
            f"the cell has {len(text):,} characters, more than {LONGEST_CELL:,}", mend="shorten it"
        )
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} and character not in "\n\t":
            raise ForeshockError(
                f"the cell holds the control character U+{ord(character):04X}", mend="delete it"
            )
    return text


def _slug(text: str) -> str:
    if not SLUG.fullmatch(clean(text)) or len(text) > 100:
        raise ForeshockError(
            f"{text[:60]!r} is no id", expected="lower-case letters, digits and hyphens"
        )
    return text


def _key(text: str) -> str:
    if not KEY.fullmatch(clean(text)) or len(text) > 100:
        raise ForeshockError(
            f"{text[:60]!r} is no key", expected="letters, digits, '.', '_' and '-'"
        )
    return text


def _optional(reader: Callable[[str], Any], empty: Any) -> Callable[[str], Any]:
    return lambda text: reader(text) if text else empty


def _list_of(reader: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    return lambda text: tuple(
        reader(part.strip()) for part in clean(text).split(";") if part.strip()
    )


def _float(text: str) -> float:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        raise ForeshockError(
            f"{text[:40]!r} is no number", mend="write digits, as in 12500"
        ) from None
    if not abs(value) < 1e12:
        raise ForeshockError(f"{text[:40]!r} is no usable number", expected="below 1e12")
    return value


def _yes(text: str) -> bool:
    if text.lower() not in {"yes", "no", "true", "false", ""}:
        raise ForeshockError(f"{text[:40]!r} is neither yes nor no", mend="write yes or no")
    return text.lower() in {"yes", "true"}


def _chain(text: str) -> tuple[tuple[str, str], ...]:
    links = []
    for part in clean(text).split(">"):
        if part.strip():
            source, _, cue = part.partition(":")
            links.append((_slug(source.strip()), cue.strip()))
    if len({source for source, _ in links}) < len(links):
        raise ForeshockError(
            "the chain names a source twice, so it would quote itself",
            mend="name each speaker once, innermost first",
        )
    return tuple(links)


def _links(text: str) -> tuple[tuple[Relation, str], ...]:
    links = []
    for part in clean(text).split(";"):
        if part.strip():
            relation, _, target = part.partition(":")
            if relation.strip() not in set(Relation):
                raise ForeshockError(
                    f"unknown relation {relation.strip()[:40]!r}",
                    expected="relation:KEY with one of " + ", ".join(Relation),
                )
            links.append((Relation(relation.strip()), _key(target.strip())))
    return tuple(links)


def _word(words: type[E]) -> Callable[[str], E]:
    def read(text: str) -> E:
        if text not in set(words):
            raise ForeshockError(f"unknown word {text[:40]!r}", expected=", ".join(words))
        return words(text)

    return read


def _rating(text: str) -> int:
    if text not in {"1", "2", "3", "4", "5", "6"}:
        raise ForeshockError(f"{text[:40]!r} is no rating", expected="1 to 6; 6 cannot be judged")
    return int(text)


def _alias(text: str) -> tuple[str, date | None]:
    name, at, since = text.rpartition("@")
    return (name.strip(), parse_day(since)) if at and name else (text, None)


def _first_day(text: str) -> date:
    return parse_period(text)[0][0]


def _last_day(text: str) -> date:
    return parse_period(text)[0][1]


def _period(text: str) -> str:
    parse_period(text)  # kept as text: what it means depends on the precision beside it
    return text


def _span(text: str) -> tuple[int, int]:
    first, dots, last = text.partition("..")
    if not (dots and first.isdecimal() and last.isdecimal() and int(first) < int(last)):
        raise ForeshockError(
            f"{text[:40]!r} is no span", expected="its first character..the one after its last"
        )
    return int(first), int(last)


def _threshold(text: str) -> tuple[str, float | None]:
    if text in {"", "yes", "number"}:
        return text, None
    match = re.fullmatch(r"(>=|>|<=|<|=)?\s*(\d[\d,]*(?:\.\d+)?)", text)
    if match is None:
        raise ForeshockError(
            f"{text[:40]!r} is no threshold",
            expected=">=10, <5, =0, yes, or number where one is asked for",
        )
    return match[1] or ">=", _float(match[2])


def _quantities(text: str) -> tuple[Quantity, ...]:
    return parse_quantities(clean(text))


Text = Annotated[str, _read(clean)]
Slug = Annotated[str, _read(_slug)]
MaybeSlug = Annotated[str, _read(_optional(_slug, ""))]
Key = Annotated[str, _read(_key)]
MaybeKey = Annotated[str, _read(_optional(_key, ""))]
Slugs = Annotated[tuple[str, ...], _read(_list_of(_slug))]
Span = Annotated[tuple[int, int] | None, _read(_optional(_span, None))]
Words = Annotated[tuple[str, ...], _read(_list_of(clean))]
Day = Annotated[date, _read(parse_day)]
Period = Annotated[str, _read(_optional(_period, ""))]
MaybeFirstDay = Annotated[date | None, _read(_optional(_first_day, None))]
MaybeLastDay = Annotated[date | None, _read(_optional(_last_day, None))]
MaybeDay = Annotated[date | None, _read(_optional(parse_day, None))]
Number = Annotated[float | None, _read(_optional(_float, None))]
YesNo = Annotated[bool, _read(_yes)]
Basis = Literal["read", "recalled", "inferred", "computed", ""]
KnownBasisWord = Annotated[KnownBasis | None, _read(_optional(_word(KnownBasis), None))]
ModalityWord = Annotated[Modality, _read(_optional(_word(Modality), Modality.ACTUAL))]
PolarityWord = Annotated[Polarity, _read(_optional(_word(Polarity), Polarity.ASSERTED))]
Aliases = Annotated[tuple[tuple[str, date | None], ...], _read(_list_of(_alias))]
Latitude = Annotated[Number, Field(ge=-90, le=90)]
Longitude = Annotated[Number, Field(ge=-180, le=180)]
Positive = Annotated[Number, Field(gt=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
PerCent = Annotated[Number, Field(ge=0, le=100)]
Chain = Annotated[tuple[tuple[str, str], ...], _read(_chain)]
Quantities = Annotated[tuple[Quantity, ...], _read(_quantities)]
Links = Annotated[tuple[tuple[Relation, str], ...], _read(_links)]
Threshold = Annotated[tuple[str, float | None], _read(_threshold)]
Rating = Annotated[int, _read(_optional(_rating, 6))]
