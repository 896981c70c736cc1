"""How far a watch looks and how much it draws, if nothing is said; light enough for a command."""

from __future__ import annotations

MONTHS = 14
"""Months ahead, and the most that can be asked for."""

AHEAD = 3
"""Month ahead by which countries are ranked."""

DRAWS = 1_000
"""Equally likely futures of each country and month."""
