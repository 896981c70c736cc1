"""A panel of events in words and as JSON: what it holds, what it leaves out, what it is of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foreshock.assess.panels import NOWHERE, EventPanel, Wanted
from foreshock.core.json_text import dump
from foreshock.core.periods import write_period
from foreshock.evidence.datasets import Dataset

_NOUNS = {
    "country": ("country", "countries"),
    "adm1": ("province", "provinces"),
    "adm2": ("district", "districts"),
    "actor_a": ("first side", "first sides"),
    "actor_b": ("second side", "second sides"),
}
_FIGURES = {"low": " (lowest figures)", "high": " (highest figures)"}


def panel_words(found: EventPanel, wanted: Wanted, file: str) -> list[str]:
    """Say in a few lines what a panel holds."""
    panel = found.panel
    first, last = (write_period(panel.starts[at], panel.period) for at in (0, -1))
    total = _number(found.events, "event")
    if wanted.measure != "events":
        figure = _FIGURES.get(wanted.measure, "")
        total = f"{np.nansum(panel.values):,.0f} deaths{figure} in {total}"
    missing = int(np.isnan(panel.values).sum())
    lines = [
        f"{file}: {_number(len(panel.keys), panel.unit)} from {first} to {last}; {total}"
        + (f" of the type {panel.about}." if panel.about else "."),
        f"Values: {panel.values.size - missing:,}; missing: {missing:,}.",
        f"Counted in the {panel.period} of the last possible day; "
        f"{_number(found.spread, 'event')} may belong to an earlier one.",
    ]
    if found.untold and wanted.measure != "events":
        lines.append(f"Nobody tells the deaths of {_number(found.untold, 'event')}; they add none.")
    lines += [
        f"Left out: {_number(each.events, 'event')}, {_number(each.deaths, 'death')}: "
        + (f"no {_number(1, panel.unit)[2:]} told" if each.reason == NOWHERE else each.reason)
        for each in found.left_out
    ]
    aside = [
        f"{each.rejected:,} of {each.rows:,} rows of {each.id}"
        for each in found.datasets
        if each.rejected
    ]
    if aside:
        lines.append(f"Kept aside at ingest, and counted nowhere: {', '.join(aside)}.")
    lines += [
        f"Days covered by {', '.join(each.id for each in group)}: {basis}."
        for basis, group in _by_basis(found.datasets).items()
    ]
    if found.unmatched:
        lines.append("Not numbered by VIEWS: " + ", ".join(found.unmatched))
    return [*lines, f"Vintage: {panel.vintage}. {panel.licence}. Cite: {panel.citation}"]


def panel_json(found: EventPanel, file: str) -> str:
    """Give the same as JSON."""
    panel = found.panel
    return dump(
        {
            "file": file,
            "digest": panel.digest,
            "variable": panel.variable,
            "about": panel.about,
            "unit": panel.unit,
            "units": len(panel.keys),
            "period": panel.period,
            "first": write_period(panel.starts[0], panel.period),
            "last": write_period(panel.starts[-1], panel.period),
            "total": float(np.nansum(panel.values)),
            "missing": int(np.isnan(panel.values).sum()),
            "events": found.events,
            "spread": found.spread,
            "untold": found.untold,
            "left_out": [
                {"reason": each.reason, "events": each.events, "deaths": each.deaths}
                for each in found.left_out
            ],
            "unmatched": list(found.unmatched),
            "datasets": [each.id for each in found.datasets],
            "ingested": [
                {
                    "dataset": each.id,
                    "rows": each.rows,
                    "rejected": each.rejected,
                    "covers_basis": each.covers_basis,
                }
                for each in found.datasets
            ],
            "vintage": panel.vintage,
            "licence": panel.licence,
            "citation": panel.citation,
        }
    )


def _by_basis(datasets: Sequence[Dataset]) -> dict[str, list[Dataset]]:
    groups: dict[str, list[Dataset]] = {}
    for each in datasets:
        groups.setdefault(each.covers_basis, []).append(each)
    return groups


def _number(count: int, noun: str) -> str:
    """Say how many, as ``1,200 events``."""
    one, many = _NOUNS.get(noun, (noun, f"{noun}s"))
    return f"{count:,} {one if count == 1 else many}"
