"""The prior: what many dyads taught, as a small file with its provenance and how to cite it.

It holds fitted parameters alone, no row of any dataset. A case has its own scale of measuring, so
the prior says how things move, hardly how much there is of them: where a case's parameters are
learned, it is widened (`Taught.prior`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from foreshock.core.digest import digest
from foreshock.core.errors import EnsembleError, ForecastRefused
from foreshock.forecast.escalation.excitation.fit import fit as fit_excitation
from foreshock.forecast.escalation.excitation.model import SELF, Edge, Excitation
from foreshock.forecast.escalation.excitation.prior import Belief, ExcitationPrior
from foreshock.forecast.escalation.history import History
from foreshock.forecast.escalation.marks import MarkPrior, fit_marks
from foreshock.forecast.escalation.pool import (
    FROZEN,
    HORIZONS,
    MEASURES,
    Configuration,
    components_of,
    learn,
    names_of,
    weak_prior,
)
from foreshock.forecast.escalation.regression import Fitted, Prior, spread_names

Floats = NDArray[np.float64]

FILE = "prior.json"
VERSION = 1

WIDER = 1.5
LEAST_DEVIATION = 0.1
"""Elsewhere a coefficient may differ: by so many posterior deviations, and at least by this."""

LEAST_EVENTS = 20
LEAST_DRAWS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a prior is from.

    Attributes
    ----------
    dataset, release, digest, citation, licence : str
        What it was fitted on, on which terms, and how to cite that.
    first, last : str
        Days that were used.
    series, events : int
        Series with enough events to learn from, and all their events.
    """

    dataset: str
    release: str
    digest: str
    citation: str
    licence: str
    first: str
    last: str
    series: int
    events: int


@dataclass(frozen=True, eq=False)
class Taught:
    """What was learned from many dyads.

    Attributes
    ----------
    learned : mapping of (str, int) to Fitted
        The ratio learner by measure and horizon.
    marks : MarkPrior
    excitation : ExcitationPrior
    provenance : Provenance
    """

    learned: Mapping[tuple[str, int], Fitted]
    marks: MarkPrior
    excitation: ExcitationPrior
    provenance: Provenance

    def prior(self, measure: str, horizon: int) -> Prior:
        """Give the prior of a learner on other data, widened.

        The constant, which carries the scale of measuring, stays as wide as nobody's data leave it.
        """
        found = self.learned[measure, horizon]
        weak = weak_prior(measure)
        deviation = np.clip(WIDER * found.deviation, LEAST_DEVIATION, weak.deviation)
        deviation[0] = weak.deviation[0]
        return Prior(found.parameters, deviation)

    @property
    def digest(self) -> str:
        """Digest of everything in it."""
        return digest("escalation prior", self.to_json())

    def to_json(self) -> str:
        """Write it down."""
        rows = [
            {
                "measure": measure,
                "horizon": horizon,
                "names": [*names_of(measure), *spread_names(fitted.components)],
                "parameters": _rounded(fitted.parameters),
                "deviation": _rounded(fitted.deviation),
                "windows": round(fitted.rows, 1),
            }
            for (measure, horizon), fitted in sorted(self.learned.items())
        ]
        told = {
            "version": VERSION,
            "provenance": asdict(self.provenance),
            "learners": rows,
            "marks": {k: round(v, 6) for k, v in asdict(self.marks).items()},
            "excitation": json.loads(self.excitation.to_json()),
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
            learned = {}
            for row in told["learners"]:
                measure, components = row["measure"], components_of(row["measure"])
                names = [*names_of(measure), *spread_names(components)]
                values = np.array([row["parameters"], row["deviation"]], float)
                if row["names"] != names or values.shape != (2, len(names)):
                    raise ValueError(f"parameters of {measure} are others than this version's")
                if not (np.isfinite(values).all() and (values[1] > 0).all()):
                    raise ValueError(f"a parameter of {measure} is no number")
                learned[measure, int(row["horizon"])] = Fitted(
                    values[0], values[1], components, float(row["windows"])
                )
            if set(learned) != {(m, h) for m in MEASURES for h in HORIZONS}:
                raise ValueError("a measure or horizon is missing, or one too many")
            if not all(math.isfinite(float(each)) for each in told["marks"].values()):
                raise ValueError("a mark is no number")
            return cls(
                learned,
                MarkPrior(**told["marks"]),
                ExcitationPrior.from_json(json.dumps(told["excitation"])),
                Provenance(**told["provenance"]),
            )
        except (ValueError, LookupError, TypeError, EnsembleError) as error:
            raise ForecastRefused(
                f"this is no prior of escalation ({error})",
                where=where,
                mend="write one with: foreshock train escalation",
            ) from error


@cache
def bundled() -> Taught:
    """Read the prior that comes with Foreshock.

    Examples
    --------
    >>> bundled().learned["events", 7].components
    1
    """
    return Taught.from_json(
        files("foreshock.forecast.escalation").joinpath(FILE).read_text("utf-8")
    )


def train(
    history: History,
    provenance: Mapping[str, str],
    *,
    configuration: Configuration = FROZEN,
    progress: Callable[[str], None] = lambda _step: None,
    seed: int = 0,
) -> Taught:
    """Fit a prior on many series.

    Parameters
    ----------
    history : History
        All of it is used: what is forecast with the prior must lie after it or elsewhere.
    provenance : mapping of str to str
        ``dataset``, ``release``, ``digest``, ``citation``, ``licence``.
    configuration : Configuration
    progress : callable
        Told each step as it begins.
    seed : int

    Raises
    ------
    ForecastRefused
        If there is too little to learn from.
    """
    columns = np.flatnonzero(history.so_far[-1] >= LEAST_EVENTS)
    if len(columns) < 3:
        raise ForecastRefused(
            f"{len(columns)} series have {LEAST_EVENTS} events",
            expected="at least 3: what one or two do is no rule for others",
        )
    learned = {}
    for measure in MEASURES:
        for horizon in HORIZONS:
            progress(f"learning {measure} of {horizon} days")
            learned[measure, horizon] = learn(
                history, measure, horizon, weak_prior(measure, configuration), configuration
            )
    progress("learning how deadly events are")
    alone = history.counts == 1
    marks = fit_marks(
        {history.names[c]: history.deaths[alone[:, c], c] for c in range(len(history.names))}
    )
    progress("learning how events follow events")
    excitation = _excitation(history, columns, provenance["citation"], seed)
    return Taught(
        learned,
        marks,
        excitation,
        Provenance(
            **dict(provenance),
            first=history.series.first.isoformat(),
            last=history.last.isoformat(),
            series=len(columns),
            events=int(history.so_far[-1][columns].sum()),
        ),
    )


def _excitation(
    history: History, columns: NDArray[np.intp], citation: str, seed: int
) -> ExcitationPrior:
    """Fit each series by itself; their spread is the prior's spread.

    Dyads without direction tell of a series' own past alone, so the other classes of edges stay as
    wide as nobody's data leave them.
    """
    weights, decays, dispersions = [], [], []
    for column in columns:
        name = history.names[column]
        alone = Excitation(names=(name,), edges=(Edge(name, name, SELF),))
        counts = history.counts[:, [column]]
        begun = int(np.argmax(counts[:, 0] > 0))
        if len(counts) - begun < 180:
            continue
        draws = fit_excitation(counts[begun:], alone, draws=LEAST_DRAWS, seed=seed).draws
        weights.append(float(np.log(np.maximum(draws.weight[:, 0], 1e-4)).mean()))
        decay = np.clip(draws.decay[:, 0], 1e-4, 1 - 1e-4)
        decays.append(float(np.log(decay / (1 - decay)).mean()))
        dispersions.append(float(np.log(np.maximum(draws.dispersion[:, 0], 1e-4)).mean()))

    def belief(values: list[float], least: float) -> Belief:
        return Belief(round(float(np.mean(values)), 4), round(max(float(np.std(values)), least), 4))

    weak = ExcitationPrior()
    if len(weights) < 3:
        return weak
    return ExcitationPrior(
        weight={**weak.weight, SELF: belief(weights, 0.5)},
        decay={**weak.decay, SELF: belief(decays, 0.5)},
        dispersion=belief(dispersions, 0.5),
        level=weak.level,
        inhibition=weak.inhibition,
        source=f"fitted series by series on {len(weights)} dyads. {citation}",
    )


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 6) for value in values]
