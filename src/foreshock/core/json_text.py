"""JSON as it is printed and written to files, for people and programs alike."""

from __future__ import annotations

import json
from typing import Any


def dump(value: Any) -> str:
    r"""Write JSON, indented, in the order given.

    Half a character, as a damaged name may hold, is written by its number.

    Examples
    --------
    >>> dump({"place": "Bărdița", "damaged": "a\udce9"})
    '{\n  "place": "Bărdița",\n  "damaged": "a\\udce9"\n}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode()
