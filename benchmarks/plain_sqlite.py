"""The peer of `Store.view`: the same rows by plain ``sqlite3`` and ``json.loads``, left as dicts.

It checks nothing, builds no claims, takes nothing back and knows no earlier versions: about the
least that any program would have to do to have the same evidence in memory.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

_CLAIMS = "SELECT record, recorded_at, payload FROM claim WHERE case_name = ? AND known_day <= ?"
_ENTRIES = "SELECT book, entry_key, payload FROM entry WHERE case_name = ? AND known_day <= ?"


def read(path: Path, case: str, as_of: date) -> tuple[list[Any], list[Any]]:
    """Read the claims and the reference records of a case as of a day."""
    connection = sqlite3.connect(path)
    try:
        limits = (case, as_of.toordinal())
        claims = [json.loads(row[2]) for row in connection.execute(_CLAIMS, limits)]
        entries = [json.loads(row[2]) for row in connection.execute(_ENTRIES, limits)]
    finally:
        connection.close()
    return claims, entries
