"""What is believed of excitation before a case is looked at, fitted over many pairs."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, polygamma

from foreshock.core.errors import EnsembleError

OTHER = "other"
"""Stands for every class of edges that has no entry of its own."""


class Belief(NamedTuple):
    """Mean and standard deviation of a number on its scale (a logarithm or a logit)."""

    mean: float
    spread: float


class Gamma(NamedTuple):
    """A gamma distribution by shape and rate, or one for each of several numbers."""

    shape: float | NDArray[np.float64]
    rate: float | NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcitationPrior:
    """Beliefs about weights and decays by class of edge, dispersion, level and inhibition.

    A weight has the gamma distribution whose logarithm has the given mean and spread: it is nearly
    log-normal where the spread is small and keeps its mass at 0 where it is wide, so that a weight
    of almost nothing stays possible. A spread of π/√6 is the exponential distribution.

    Attributes
    ----------
    weight : mapping of str to Belief
        Log of the weight, events brought forth by one event, by class of edge or `OTHER`.
    decay : mapping of str to Belief
        Logit of the decay, likewise.
    dispersion : Belief
        Log of the dispersion of a series.
    level : float
        Spread of the log of a series' level around the log of its mean count; 0 for no prior.
    inhibition : float
        Mean of an inhibition coefficient, exponentially distributed; 0 for no prior.
    source : str
        On what it was fitted, and how to cite that.
    flat : bool
        Whether it believes nothing, so that a fit is plain maximum likelihood (`FLAT`).

    Examples
    --------
    >>> prior = ExcitationPrior(weight={"self": Belief(-1.0, 0.5)})
    >>> ExcitationPrior.from_json(prior.to_json()) == prior
    True
    >>> prior.of_weight("self").shape > prior.of_weight("reverse").shape
    True
    """

    weight: Mapping[str, Belief] = field(default_factory=lambda: {OTHER: Belief(-1.78, 1.2825)})
    decay: Mapping[str, Belief] = field(default_factory=lambda: {OTHER: Belief(0.5, 1.0)})
    dispersion: Belief = field(default_factory=lambda: Belief(-0.7, 1.5))
    level: float = 2.0
    inhibition: float = 1.0
    source: str = "weak: not fitted to anything"
    flat: bool = False

    def __post_init__(self) -> None:
        """Refuse a spread that is none."""
        every = [*self.weight.values(), *self.decay.values(), self.dispersion]
        if not all(np.isfinite(b.mean) and b.spread > 0 for b in every) or self.level < 0:
            raise EnsembleError("a spread of 0 or less, or a mean without end", "excitation prior")

    def of_weight(self, kind: str) -> Gamma:
        r"""Give the gamma distribution of the weight of a class.

        With shape k, the variance of the log is :math:`\psi_1(k)` and its mean
        :math:`\psi_0(k) - \log` rate.
        """
        return matched(self._weight_of(kind))

    def _weight_of(self, kind: str) -> Belief:
        return self.weight.get(kind) or self.weight.get(OTHER) or Belief(-1.78, 1.2825)

    def of_decay(self, kind: str) -> Belief:
        """Give the belief about the logit of the decay of a class."""
        return self.decay.get(kind) or self.decay.get(OTHER) or Belief(0.5, 1.0)

    def centred(self, weights: Mapping[str, float], spread: float = 0.6) -> ExcitationPrior:
        """Give the same with the weights of classes around values, to shrink single edges to them.

        Parameters
        ----------
        weights : mapping of str to float
            Mean weight by class, above 0.
        spread : float
            Spread of the log of an edge's weight around that of its class.
        """
        shape = matched(Belief(0.0, spread)).shape
        around = {
            kind: Belief(float(digamma(shape) - np.log(shape / value)), spread)
            for kind, value in weights.items()
        }
        return ExcitationPrior(
            weight={**self.weight, **around}, decay=self.decay, dispersion=self.dispersion,
            level=self.level, inhibition=self.inhibition, source=self.source,
        )  # fmt: skip

    def to_json(self) -> str:
        """Write it down."""
        plain = asdict(self)
        return json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read it back.

        Raises
        ------
        EnsembleError
            If the text is no prior.
        """
        try:
            plain = json.loads(text)
            return cls(
                weight={kind: Belief(*map(float, b)) for kind, b in plain["weight"].items()},
                decay={kind: Belief(*map(float, b)) for kind, b in plain["decay"].items()},
                dispersion=Belief(*map(float, plain["dispersion"])),
                level=float(plain["level"]),
                inhibition=float(plain["inhibition"]),
                source=str(plain["source"]),
                flat=bool(plain["flat"]),
            )
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise EnsembleError(
                f"this is no prior of excitation ({error})",
                "excitation prior",
                mend="take one that `to_json` wrote",
            ) from error

    def save(self, path: Path) -> None:
        """Write it to a file."""
        path.write_text(self.to_json(), "utf-8")

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read it from a file."""
        return cls.from_json(path.read_text("utf-8"))


FLAT = ExcitationPrior(level=0.0, inhibition=0.0, source="none: maximum likelihood", flat=True)
"""No belief at all: what is fitted is the maximum of the likelihood, and no draws can be made."""


@functools.cache
def matched(belief: Belief) -> Gamma:
    """Find the gamma distribution whose logarithm has a mean and a spread.

    Examples
    --------
    >>> exponential = matched(Belief(-0.5772, 1.28255))
    >>> round(exponential.shape, 3), round(exponential.rate, 3)
    (1.0, 1.0)
    """
    variance = belief.spread**2
    shape = 1.0 / variance if variance < 1 else 1.0 / np.sqrt(variance)
    for _ in range(60):  # Newton on the log of the shape; convex there, so it cannot overshoot far
        away = np.log(polygamma(1, shape)) - np.log(variance)
        shape *= float(np.exp(-away * polygamma(1, shape) / (shape * polygamma(2, shape))))
    return Gamma(float(shape), float(np.exp(digamma(shape) - belief.mean)))
