"""Where things stand on the page: the anchors that links lead to."""

from __future__ import annotations

import re


def event_anchor(event: str) -> str:
    """Give the anchor of an event, without the ``#``.

    Examples
    --------
    >>> event_anchor("006969f557a825281c38")
    'event-006969f557a825281c38'
    """
    return anchor("event", event)


def claim_anchor(claim: str) -> str:
    """Give the anchor of a claim, without the ``#``."""
    return anchor("claim", claim)


def report_anchor(report: str) -> str:
    """Give the anchor of a report, without the ``#``."""
    return anchor("report", report)


def tie_anchor(key: str) -> str:
    """Give the anchor of a standing tie, without the ``#``."""
    return anchor("tie", key)


def anchor(kind: str, key: str) -> str:
    """Make an anchor of a kind and a key; keys may hold anything, anchors only letters and digits.

    Two keys never share an anchor: what an anchor cannot hold becomes its code, between hyphens.

    Examples
    --------
    >>> anchor("tie", "ruritania|gondal")
    'tie-ruritania-x7c-gondal'
    """
    return f"{kind}-{_REFUSED.sub(lambda found: f'-x{ord(found[0]):x}-', key)}"


_REFUSED = re.compile(r"[^A-Za-z0-9-]|-(?=x[0-9a-f]+-)")
