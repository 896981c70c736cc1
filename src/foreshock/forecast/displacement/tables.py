"""Whence and where to: tables of shares between places, from threat, distance and reports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.ground import Terrain
from foreshock.case.displacing import DisplacementRow
from foreshock.core.displacement import Ground, Total
from foreshock.core.random import stream
from foreshock.evidence.view import Evidence
from foreshock.forecast.displacement.case_network import case_network
from foreshock.forecast.displacement.destinations.gravity import even_out
from foreshock.forecast.displacement.destinations.splitting import shares
from foreshock.forecast.displacement.destinations.taught import Taught
from foreshock.forecast.displacement.reported import (
    LEAST_EFFECTIVE,
    Mention,
    mentions,
    weighed,
)

ROUGH = float(np.log(2))
"""Spread of what makes people leave a place, on the log scale: a factor of two each way.

An old census times a threat read off a map is no better than that; it was chosen before any count
of departures was looked at.
"""


def tables(
    evidence: Evidence,
    ground: Terrain,
    declared: DisplacementRow,
    counted: Sequence[Total],
    taught: Taught,
    members: int,
    seed: int,
) -> tuple[NDArray[np.float32], list[str]]:
    """Draw tables of shares: who leaves, times where to, as far as reports agree."""
    grounds = ground.grounds
    nothing = np.zeros((members, 0, 0), np.float32)
    if not any(each.threat > 0 for each in grounds):
        return nothing, ["No front is known, so nobody can say from where people flee."]
    network = case_network(evidence, ground, declared, evidence.as_of)
    drawn = shares(
        network, taught, day=0, origins=range(len(grounds)), open_sites=range(len(grounds)),
        draws=members, seed=seed,
    )  # fmt: skip
    drawn *= [1 - each.threat for each in grounds]
    at = np.arange(len(grounds))
    drawn[:, at, at] = 0  # who stays within the sub-district is not told as a flow
    even_out(drawn, drawn)
    whence = _whence(grounds, members, seed) * drawn.any(axis=2)
    if not whence.sum(axis=1).all():
        return nothing, ["No open way leads from a threatened place to one that shelters."]
    whence /= whence.sum(axis=1, keepdims=True)
    drawn *= whence[:, :, None]
    told = mentions(evidence, declared, grounds, counted)
    chosen, effective = weighed(drawn, told, seed)
    return drawn.astype(np.float32)[chosen], _said(told, effective, members)


def _whence(grounds: Sequence[Ground], members: int, seed: int) -> NDArray[np.float64]:
    """Draw who leaves: people under threat, each place off by a factor of its own."""
    threat = np.array([each.threat for each in grounds])
    rough = stream(seed, "who leaves").normal(0, ROUGH, (members, len(grounds)))
    drawn: NDArray[np.float64] = people_of(grounds) * threat * np.exp(rough)
    return drawn


def people_of(grounds: Sequence[Ground]) -> NDArray[np.float64]:
    """Give who lived in each place; where nobody said, as many as in the middle of the others."""
    known = [each.people for each in grounds if each.people is not None]
    usual = float(np.median(known)) if known else 1.0
    return np.array([usual if each.people is None else each.people for each in grounds])


def _said(told: Sequence[Mention], effective: float, members: int) -> list[str]:
    if not told:
        return ["No report counts or names where people went."]
    counted = sum(each.share is not None for each in told)
    notes = [
        f"{len(told)} report{'s' if len(told) > 1 else ''} on where people went (counted in "
        f"{counted}, only named in {len(told) - counted}) weigh on the shares."
    ]
    if effective < min(LEAST_EFFECTIVE, members / 10):
        notes.append(
            "What is reported of destinations fits the rule of distance badly: only "
            f"{effective:.0f} draws in effect are left."
        )
    return notes


def simple_shares(grounds: Sequence[Ground]) -> dict[str, NDArray[np.float64]]:
    """Give shares of destinations that need no model: even ones, and by people who lived there."""
    people = people_of(grounds)
    found = {"uniform": np.full(len(grounds), 1 / len(grounds))} if grounds else {}
    if people.sum() > 0:
        found["population"] = people / people.sum()
    return found
