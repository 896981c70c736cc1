"""Make the watch list's map of the world from Natural Earth: ``python docs/world.py FILE``.

FILE is ``countries-110m.json`` of the npm package ``world-atlas`` 2.0.2, which is Natural Earth
4.1.0 as a topology: ``npm pack world-atlas@2.0.2`` and unpack it. The outcome, ``world.npz``, ships
with the package; ``world.toml`` beside it says where it comes from.

A country has its ISO 3166 numeric code there. Two parts of countries that the map's makers draw by
themselves are put back, for whoever counts deaths counts them with the country; Kosovo, of which
ISO has no code, gets the one of the lexicon. Antarctica is left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from foreshock.brief.page.clipping import Points, clip_area, simplified

TARGET = Path(__file__).parents[1] / "src/foreshock/brief/watch/world.npz"
TOLERANCE = 0.08
"""Degrees; a third of a unit of a map 1,000 units wide."""

PARTS = {"N. Cyprus": "196", "Somaliland": "706"}
OWN_CODES = {"Kosovo": "983"}
ANTARCTICA = "010"
TURN = 360.0
MOST_OF_NOTHING = 3
"""Corners of slivers that simplifying leaves of an area."""

HUNDREDTHS = 100


def main() -> None:
    """Read the topology, write the areas."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]
    found: dict[str, list[list[list[int]]]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        code = country.get("id") or PARTS.get(name) or OWN_CODES[name]
        many = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        found.setdefault(code, []).extend(many)
    del found[ANTARCTICA]
    rings: list[tuple[int, int, Points]] = []
    for at, (code, polygons) in enumerate(sorted(found.items())):
        number = 0
        for outer, *holes in _joined(polygons, arcs) if code in PARTS.values() else polygons:
            for part in _parts(_points(outer, arcs)):
                number += 1
                rings.append((at, number, part))
            rings += [(at, number, part) for hole in holes for part in _parts(_points(hole, arcs))]
    quanta = [np.rint(ring * HUNDREDTHS).astype("<i2") for _, _, ring in rings]
    points = np.concatenate(quanta)
    np.savez_compressed(
        TARGET,
        codes=np.array(sorted(found)),
        east=points[:, 0],
        north=points[:, 1],
        ring_length=np.array([len(ring) for ring in quanta], dtype="<i2"),
        ring_country=np.array([at for at, _, _ in rings], dtype="<i2"),
        ring_polygon=np.array([number for _, number, _ in rings], dtype="<i2"),
    )
    print(f"{len(found)} countries, {len(points):,} points, {TARGET.stat().st_size:,} bytes")


def _ends(arc: int, arcs: list[Points]) -> tuple[Points, Points]:
    return (arcs[arc][0], arcs[arc][-1]) if arc >= 0 else (arcs[~arc][-1], arcs[~arc][0])


def _points(ring: list[int], arcs: list[Points]) -> Points:
    """Give the corners of a ring, arcs simplified alike on both sides, without the jump at 180."""
    lines = [simplified(arcs[arc if arc >= 0 else ~arc], TOLERANCE) for arc in ring]
    turned = [line if arc >= 0 else line[::-1] for arc, line in zip(ring, lines, strict=True)]
    corners = np.concatenate([line[:-1] for line in turned])
    return np.stack([np.unwrap(corners[:, 0], period=TURN), corners[:, 1]], axis=1)


def _parts(ring: Points) -> Iterable[Points]:
    """Cut a ring along the date line, and turn it: outer rings run counterclockwise (RFC 7946)."""
    for turn in (-TURN, 0.0, TURN):
        part = clip_area(ring + np.array([turn, 0.0]), (-180.0, -90.0, 180.0, 90.0))
        if len(part) > MOST_OF_NOTHING:
            yield part[::-1]


def _joined(polygons: list[list[list[int]]], arcs: list[Points]) -> list[list[list[int]]]:
    """Join areas that share a border: what both have falls away, the rest is put end to end."""
    rest = [arc for polygon in polygons for ring in polygon for arc in ring]
    rest = [arc for arc in rest if ~arc not in rest]
    found: list[list[list[int]]] = []
    while rest:
        ring = [rest.pop(0)]
        while not np.array_equal(_ends(ring[-1], arcs)[1], _ends(ring[0], arcs)[0]):
            end = _ends(ring[-1], arcs)[1]
            ring.append(next(arc for arc in rest if np.array_equal(_ends(arc, arcs)[0], end)))
            rest.remove(ring[-1])
        found.append([ring])
    return found


if __name__ == "__main__":
    main()
