"""The notation for quantities in one cell of a table.

``killed[ruritania/soldiers]=7; wounded[soldiers]=7..13; displaced[people]=~586000``

A value is a number, an interval ``low..high`` or ``low..best..high`` (either end may be missing:
``..best..high``), a bound ``>=n`` or ``<=n``,
``~n`` (about), or words that the lexicon gives bounds to: ``scores``, ``as many as half a
million``, ``upward of a million``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from foreshock.core.errors import QuantityError
from foreshock.core.quantities import Quantity
from foreshock.lexicon import bounds_in_words

_ITEM = re.compile(
    r"\s*(?P<what>[a-z][a-z-]*)\s*(?:\[(?P<group>[^\]]*)\])?\s*=\s*(?P<value>.+?)\s*", re.DOTALL
)
_NUMBER = r"\d[\d,_]*(?:\.\d+)?"
_VALUE = re.compile(
    rf"(?P<sign>>=|<=|~)?\s*(?P<numbers>{_NUMBER}(?:\s*\.\.\s*{_NUMBER}){{0,2}}"
    rf"|(?:{_NUMBER}\s*)?\.\.\s*{_NUMBER}\s*\.\.(?:\s*{_NUMBER})?)"
    r"(?:\s+(?P<unit>[A-Za-z][A-Za-z0-9/-]*))?"
)
ABOUT = 0.1
"""``~n`` is read as within a tenth of n on either side."""


def parse_quantities(text: str) -> tuple[Quantity, ...]:
    """Read the quantities of one cell.

    Raises
    ------
    QuantityError
        With the item that cannot be read and the notation that was expected.

    Examples
    --------
    >>> parse_quantities("killed[soldiers]=30..35; killed[civilians]=>=3")[1].text
    'at least 3'
    >>> parse_quantities("killed=scores")[0].bounds
    (40, None)
    >>> parse_quantities("seen=dozens vehicles")[0].unit
    'vehicles'
    """
    return tuple(_parse(item) for item in text.split(";") if item.strip())


def write_quantities(quantities: Iterable[Quantity]) -> str:
    """Write quantities as one cell that reads back the same.

    Examples
    --------
    >>> write_quantities(parse_quantities("killed[soldiers] = 30..35"))
    'killed[soldiers]=30..35'
    """
    return "; ".join(_write(quantity) for quantity in quantities)


def _parse(item: str) -> Quantity:
    match = _ITEM.fullmatch(item)
    if match is None:
        raise QuantityError(
            f"cannot read the quantity {item.strip()[:60]!r}",
            expected="what[group]=value, such as killed[civilians]=7 or wounded[soldiers]=7..13",
        )
    what, group, value = match["what"], (match["group"] or "").strip(), match["value"].strip()
    if value.startswith(("-", "−")):
        raise QuantityError(f"cannot read the value {value[:60]!r}", expected="no sign: a count")
    told = None if bounds_in_words(value) else _VALUE.fullmatch(value)
    if told is None:
        words, unit = value, ""
        if bounds_in_words(words) is None and " " in words:
            words, unit = words.rsplit(maxsplit=1)
        low, best, high = _in_words(words)
        return Quantity(what, group, low, best, high, unit)
    numbers = [_float(part) for part in re.split(r"\s*\.\.\s*", told["numbers"])]
    low, best, high = _bounds(told["sign"] or "", numbers, value)
    unit = "" if (told["unit"] or "") == "persons" else told["unit"] or ""
    return Quantity(what, group, low, best, high, unit)


def _bounds(
    sign: str, numbers: list[float | None], value: str
) -> tuple[float | None, float | None, float | None]:
    match sign, numbers:
        case "", [best]:
            return None, best, None
        case "", [low, high]:
            return low, None, high
        case "", [low, best, high]:
            return low, best, high
        case ">=", [low]:
            return low, None, None
        case "<=", [high]:
            return None, None, high
        case "~", [float(best)]:
            return round(best * (1 - ABOUT), 6), best, round(best * (1 + ABOUT), 6)
    raise QuantityError(f"cannot read the value {value!r}", expected="one number after >=, <= or ~")


def _in_words(value: str) -> tuple[float | None, float | None, float | None]:
    found = bounds_in_words(value)
    if found is None:
        raise QuantityError(
            f"cannot read the value {value[:60]!r}",
            expected="a number, low..high, >=n, <=n, ~n, or words such as 'scores'",
        )
    return found


def _float(text: str) -> float | None:
    return float(text.replace(",", "").replace("_", "")) if text else None


def _write(quantity: Quantity) -> str:
    head = quantity.what + (f"[{quantity.group}]" if quantity.group else "")
    low, best, high = quantity.low, quantity.best, quantity.high
    match (low is not None, best is not None, high is not None):
        case (False, True, False):
            value = _plain(best)
        case (True, False, False):
            value = f">={_plain(low)}"
        case (False, False, True):
            value = f"<={_plain(high)}"
        case (True, False, True):
            value = f"{_plain(low)}..{_plain(high)}"
        case _:
            value = "..".join("" if part is None else _plain(part) for part in (low, best, high))
    return f"{head}={value}" + (f" {quantity.unit}" if quantity.unit else "")


def _plain(value: float | None) -> str:
    if value is None:  # `Quantity` holds at least one value, and its caller asks for no other
        raise QuantityError("no number to write")
    return str(int(value)) if float(value).is_integer() else f"{Decimal(repr(value)):f}"
