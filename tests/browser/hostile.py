"""A brief in which every text is an attack: on HTML, on scripts, on styles, on spreadsheets.

Each text keeps its own words behind the attack, so that a test can still find it; ids are attacked
without blanks, so that lists of them stay lists. Days, numbers and closed vocabularies stay.
"""

from __future__ import annotations

import re
from typing import Any

from foreshock.brief.document import Brief

ATTACKS = (
    "<img src=x onerror=\"document.title='struck'\">",
    "</script><script>document.title='struck'</script>",
    "\"'><svg onload=document.title='struck'>",
    "</title></style></textarea><a href=\"javascript:document.title='struck'\">",
    '=HYPERLINK("https://example.org/?"&A1)',
    "-->]]>{{7*7}}{%raw%}${7*7}&lt;b&gt;",
    "\u202egnp.exe\u0000\u001b[31m\u2028",
    "W" * 300,
)
IN_IDS = "\"'><img/src=x/onerror=document.title='struck'>#&%"
ADDRESSES = (
    "javascript:document.title='struck'//",
    "data:text/html,<script>alert(1)</script>",
    'https://example.org/"onmouseover="document.title=\'struck\'"',
    "vbscript:x",
)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}.*")
_CLOSED = {
    *("kind", "sign", "status", "how", "channel", "direction", "precision", "modality"),
    *("polarity", "relation", "basis", "known_basis", "words", "version", "measure", "standing"),
}
_IDS = {
    *("id", "root", "claim", "claims", "denials", "answers", "events", "event", "report", "source"),
    *("ties", "key", "of", "focus", "about", "place", "kept", "broken", "people", "client"),
    "series",
}
# Names that are keys: of simple methods, of places left out.
_NAMED = {
    *("claims", "reports", "sources", "baselines", "quiet_baselines", "baseline_scores"),
    *("number_skill", "simple", "left_out"),
}


def hostile(brief: Brief) -> Brief:
    """Make every text of a brief an attack."""
    return Brief.model_validate(_turned(brief.model_dump(mode="json"), ""))


def _turned(value: Any, field: str) -> Any:
    if isinstance(value, dict):
        named = field in _NAMED
        return {
            (_id(key) if named else key): _turned(inner, "name" if field == "sources" else key)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_turned(inner, field) for inner in value]
    if not isinstance(value, str) or field in _CLOSED or _DAY.fullmatch(value):
        return value
    if field == "url":
        return ADDRESSES[len(value) % len(ADDRESSES)] + value
    if field in _IDS:
        return _id(value)
    return ATTACKS[sum(map(ord, value)) % len(ATTACKS)] + value


def _id(value: str) -> str:
    return value and value + IN_IDS
