"""Digests: names that follow from content, so that the same thing always has the same name."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

LENGTH = 20
"""Hex digits kept of a SHA-256: 80 bits, one chance in 2 × 10¹² of a clash in a million claims."""


def canonical(value: Any) -> str:
    """Write a value as JSON in the one form that digests are taken of.

    Examples
    --------
    >>> canonical({"b": 1.0, "a": [None, "é"]})
    '{"a":[null,"é"],"b":1}'
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(*parts: Any) -> str:
    """Give the digest of some values.

    Examples
    --------
    >>> digest("a", 1), digest("a", 1) == digest("a", 1.0), len(digest("a"))
    ('135f17a475a61afdeeaf', True, 20)
    """
    return hashlib.sha256(canonical(list(parts)).encode("utf-8", "surrogatepass")).hexdigest()[
        :LENGTH
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(item) for item in value)
    return value
