"""Make the map's borders from Natural Earth: run by hand, ``python docs/borders.py FILE``.

FILE is ``countries-10m.json`` of the npm package ``world-atlas`` 2.0.2, which is Natural Earth
4.1.0 as a topology: ``npm pack world-atlas@2.0.2`` and unpack it. The outcome, ``borders.npz``,
ships with the package; ``borders.toml`` beside it says where it comes from.

A topology holds every stretch of border or coast once, as an arc; countries are rings of arcs. The
arcs are simplified here by 280 m at most, which is less than their own accuracy, and nothing else
is changed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from foreshock.brief.page.clipping import simplified

TARGET = Path(__file__).parents[1] / "src/foreshock/brief/page/borders.npz"
TOLERANCE = 0.0025
"""Degrees; 280 m along a meridian."""

LONGEST = 30_000
"""Longest step that the file's 16 bits hold, in quanta."""

COAST, BORDER, NO_EDGE = 0, 1, 2
"""What an arc is: the last closes the ring round a pole and is the edge of no land."""


def main() -> None:
    """Read the topology, write the borders."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    # The topology runs across the date line: an arc goes on beyond 180 degrees instead of jumping.
    turn = round(360 / scale[0])
    arcs = [_unturned(np.cumsum(arc, axis=0), turn) for arc in topology["arcs"]]
    countries = sorted(
        topology["objects"]["countries"]["geometries"], key=lambda item: item["properties"]["name"]
    )
    rings = [(index, ring) for index, item in enumerate(countries) for ring in _rings(item)]
    users = {(arc if arc >= 0 else ~arc, country) for country, ring in rings for arc in ring}
    shared = Counter(arc for arc, _ in users)
    kinds = [BORDER if shared[index] > 1 else COAST for index in range(len(arcs))]
    turns = [_turns(ring, arcs, turn) for _, ring in rings]
    pole = round((-90 - shift[1]) / scale[1])
    for (_, ring), turned in zip(rings, turns, strict=True):
        start, stop = _ends(ring[0], arcs)[0], _ends(ring[-1], arcs)[1]
        start = start + np.array([turned[0] * turn, 0])
        stop = stop + np.array([turned[-1] * turn, 0])
        if start[0] != stop[0]:
            ring.append(len(arcs))
            turned.append(0)
            arcs.append(np.array([stop, (stop[0], pole), (start[0], pole), start]))
            kinds.append(NO_EDGE)
    arcs = [_simple(arc, scale) for arc in arcs]
    steps = np.concatenate([np.diff(arc, axis=0, prepend=arc[:1]) for arc in arcs])
    np.savez_compressed(
        TARGET,
        transform=np.array([*scale, *shift]),
        first=np.array([arc[0] for arc in arcs], dtype="<i4"),
        length=np.array([len(arc) for arc in arcs], dtype="<i4"),
        east=steps[:, 0].astype("<i2"),
        north=steps[:, 1].astype("<i2"),
        kind=np.array(kinds, dtype="u1"),
        ring_arcs=np.array([arc for _, ring in rings for arc in ring], dtype="<i2"),
        ring_turns=np.array([one for turned in turns for one in turned], dtype="i1"),
        ring_length=np.array([len(ring) for _, ring in rings], dtype="<i4"),
        ring_country=np.array([country for country, _ in rings], dtype="<i2"),
        names=np.array([item["properties"]["name"] for item in countries]),
    )
    points = sum(len(arc) for arc in arcs)
    print(f"{points:,} points, {TARGET.stat().st_size:,} bytes")


def _unturned(arc: np.ndarray, turn: int) -> np.ndarray:
    east = np.rint(np.unwrap(arc[:, 0], period=turn)).astype(int)
    return np.stack([east - turn * (east.min() // turn), arc[:, 1]], axis=1)


def _ends(arc: int, arcs: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    return (arcs[arc][0], arcs[arc][-1]) if arc >= 0 else (arcs[~arc][-1], arcs[~arc][0])


def _turns(ring: list[int], arcs: list[np.ndarray], turn: int) -> list[int]:
    """Say how many turns of the globe each arc of a ring is moved by, to join the one before."""
    found = [0]
    for before, after in pairwise(ring):
        gap = _ends(before, arcs)[1][0] + found[-1] * turn - _ends(after, arcs)[0][0]
        found.append(round(gap / turn))
    return found


def _simple(arc: np.ndarray, scale: list[float]) -> np.ndarray:
    kept = simplified(arc * scale, TOLERANCE) if len(arc) > 2 else arc * scale
    arc = np.rint(kept / scale).astype(int)
    pieces = [arc[:1]]
    for a, b in pairwise(arc):
        parts = int(np.abs(b - a).max()) // LONGEST + 1
        pieces.append(np.rint(np.linspace(a, b, parts + 1)[1:]).astype(int))
    return np.concatenate(pieces)


def _rings(country: dict[str, Any]) -> Iterator[list[int]]:
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    for polygon in polygons:
        yield from polygon


if __name__ == "__main__":
    main()
