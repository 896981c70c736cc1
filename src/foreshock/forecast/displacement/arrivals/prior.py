"""What many places taught of arrivals, as a small file with its provenance and how to cite it.

It holds fitted parameters alone, no row of any table.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TypeVar

from foreshock.core.digest import digest
from foreshock.core.errors import ForecastRefused
from foreshock.core.months import MonthlyCounts
from foreshock.evidence.datasets import Dataset
from foreshock.forecast.displacement.arrivals.coupling import Coupling, couple, misses
from foreshock.forecast.displacement.arrivals.fitting import fit
from foreshock.forecast.displacement.arrivals.levels import Levels
from foreshock.forecast.displacement.arrivals.violence import Violence

FILE = "prior.json"
VERSION = 1
HORIZONS = 3
DECIMALS = 6

_Found = TypeVar("_Found", Levels, Coupling)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the parameters are from.

    Attributes
    ----------
    arrivals, arrivals_digest : str
        The monthly table, how to cite it, and a digest of the cells that were used.
    events, events_digest, licence : str
        The published events, how to cite them, their digest and terms; empty without any.
    first, last : str
        First and last month.
    places, cells : int
        Places, and listed cells.
    """

    arrivals: str
    arrivals_digest: str
    events: str
    events_digest: str
    licence: str
    first: str
    last: str
    places: int
    cells: int


@dataclass(frozen=True, slots=True)
class Taught:
    """Fitted parameters.

    Attributes
    ----------
    levels : Levels
        How monthly arrivals move.
    coupling : Coupling or None
        How they go with fighting; None if no events were there to learn it from.
    provenance : Provenance
    """

    levels: Levels
    coupling: Coupling | None
    provenance: Provenance

    @property
    def digest(self) -> str:
        """Digest of everything in it."""
        return digest("prior of arrivals", self.to_json())

    def to_json(self) -> str:
        """Write it down."""
        told = {
            "version": VERSION,
            "provenance": asdict(self.provenance),
            "levels": asdict(self.levels),
            "coupling": asdict(self.coupling) if self.coupling else None,
        }
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str, where: str = FILE) -> Taught:
        """Read it back.

        Raises
        ------
        ForecastRefused
            If the text is no prior of this version.
        """
        try:
            told = json.loads(text)
            if told["version"] != VERSION:
                raise ValueError(f"version {told['version']}")
            coupling = told["coupling"]
            return cls(
                Levels(**told["levels"]),
                None if coupling is None else Coupling(**coupling),
                Provenance(**told["provenance"]),
            )
        except (ValueError, LookupError, TypeError, ForecastRefused) as error:
            raise ForecastRefused(
                f"this is no prior of arrivals ({error})",
                where=where,
                mend="write one with: foreshock train arrivals",
            ) from error


@cache
def bundled(as_of: date | None = None) -> Taught:
    """Read the parameters that come with Foreshock.

    Parameters
    ----------
    as_of : datetime.date, optional
        Day of the forecast.

    Raises
    ------
    ForecastRefused
        If they were learned from months that had not ended by that day.

    Examples
    --------
    >>> 0 < bundled().levels.kept < 1
    True
    """
    taught = Taught.from_json(
        files("foreshock.forecast.displacement.arrivals").joinpath(FILE).read_text("utf-8")
    )
    last = date.fromisoformat(taught.provenance.last)
    if as_of is None or last < as_of.replace(day=1):
        return taught
    raise ForecastRefused(
        f"the method learned from months to {last:%B %Y}, which nobody knew on {as_of}",
        expected="a day after the last month that it learned from",
        mend="choose a later as-of; a forecast that knows the future is none",
    )


def train(
    past: MonthlyCounts,
    arrivals: str,
    fought: Violence | None = None,
    *,
    events: str = "",
    events_digest: str = "",
    licence: str = "",
) -> Taught:
    """Fit the parameters on a whole table.

    Parameters
    ----------
    past : MonthlyCounts
    arrivals : str
        What the table is and how to cite it.
    fought : Violence, optional
        Fighting in the same places; without it nothing is learned of how arrivals go with it.
    events, events_digest, licence : str
        How to cite the events, their digest and terms.

    Raises
    ------
    ForecastRefused, TableError
        If there is too little to learn from.
    """
    levels = fit(past)
    coupling = None if fought is None else couple(misses(past, HORIZONS), fought)
    return Taught(
        _rounded(levels),
        _rounded(coupling) if coupling else None,
        Provenance(
            arrivals=arrivals,
            arrivals_digest=past.digest,
            events=events,
            events_digest=events_digest,
            licence=licence,
            first=past.first.isoformat(),
            last=past.last.isoformat(),
            places=len(past.places),
            cells=int((past.people >= 0).sum()),
        ),
    )


def cited(dataset: Dataset) -> dict[str, str]:
    """Say where events are from, as `train` takes it."""
    return {
        "events": f"{dataset.title}, {dataset.release}. {dataset.citation}",
        "events_digest": dataset.digest,
        "licence": dataset.licence,
    }


def _rounded(found: _Found) -> _Found:
    return replace(found, **{name: round(value, DECIMALS) for name, value in asdict(found).items()})
