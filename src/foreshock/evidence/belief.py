r"""How far the reports bear out that an event took place.

.. math:: \mathrm{logit}\,P = \mathrm{logit}\,\pi_{type} + \sum_{o} w_o - \sum_{o} d_o

over independent origins :math:`o`: :math:`w_o` is the greatest weight among the origin's
assertions, :math:`d_o` among its denials. A syndicated copy has the origin of what it copies and so
adds nothing; no weight is negative, so an independent assertion never lowers belief and a denial
never raises it. The weights stand in ``weights.toml``; they are judgements, and belief is always
given with the range that it takes when they are halved and doubled.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from foreshock.evidence.claim import Claim, Polarity
from foreshock.evidence.view import Evidence
from foreshock.lexicon import load_ontology

_SUREST = 25.0
"""Log-odds beyond which belief is not told apart (one in 7 × 10¹⁰)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The table of ``weights.toml``."""

    reliability: Mapping[str, float]
    information: Mapping[int, float]
    belligerent_on_enemy: float
    denial_of_own_act: float
    sensitivity: float


@dataclass(frozen=True, slots=True)
class Belief:
    """Probability that the event took place, and its range under other weights.

    ``low`` and ``high`` are the least and greatest probability when all weights are divided or
    multiplied by the stated factor: a sensitivity, not a confidence interval.
    """

    probability: float
    low: float
    high: float


@cache
def load_weights() -> Weights:
    """Read the table of weights that ships with Foreshock."""
    table = tomllib.loads(files("foreshock.evidence").joinpath("weights.toml").read_text("utf-8"))
    return Weights(
        reliability=table["reliability"],
        information={int(rating): factor for rating, factor in table["information"].items()},
        **table["factor"],
    )


def believe(claims: Iterable[Claim], evidence: Evidence, weights: Weights | None = None) -> Belief:
    """Weigh the claims about one event.

    Parameters
    ----------
    claims : iterable of Claim
        All claims about the event, denials included.
    evidence : Evidence
        Where the sources and the origins stand.
    weights : Weights, optional
        Another table.

    Returns
    -------
    Belief
        Probabilities in (0, 1).
    """
    table = weights or load_weights()
    claims = list(claims)
    asserted: dict[str, float] = {}
    denied: dict[str, float] = {}
    for claim in claims:
        side = denied if claim.polarity is Polarity.DENIED else asserted
        origin = evidence.origin(claim)
        side[origin] = max(side.get(origin, 0.0), _weight(claim, evidence, table))
    pull = math.fsum(sorted(asserted.values())) - math.fsum(sorted(denied.values()))
    start = _logit(_start(claims))
    central, *others = (
        _probability(start + factor * pull)
        for factor in (1.0, 1 / table.sensitivity, table.sensitivity)
    )
    return Belief(central, min(central, *others), max(central, *others))


def _weight(claim: Claim, evidence: Evidence, table: Weights) -> float:
    source = evidence.sources.get(evidence.voice(claim))
    letter = source.reliability if source else "F"
    weight = table.reliability.get(letter, table.reliability["F"])
    weight *= table.information.get(claim.rating, table.information[6])
    side = source.side if source else ""
    if side:
        own = any(evidence.actors.kin(side, actor) for actor in claim.actors)
        hit = any(evidence.actors.kin(side, other) for other in claim.recipients)
        if claim.polarity is Polarity.DENIED and own:
            weight *= table.denial_of_own_act
        elif claim.polarity is Polarity.ASSERTED and hit and not own:
            weight *= table.belligerent_on_enemy
    return weight


def _start(claims: list[Claim]) -> float:
    # The greatest prior among the assertions (the least among denials, where nobody asserts):
    # with any other choice a further assertion could lower belief, or a denial raise it.
    priors = [_prior(c) for c in claims if c.polarity is Polarity.ASSERTED]
    return max(priors) if priors else min(_prior(c) for c in claims)


def _prior(claim: Claim) -> float:
    event_type = load_ontology().types.get(claim.type)
    return event_type.prior if event_type else 0.5


def _probability(log_odds: float) -> float:
    # No number of reports makes anything certain, nor the exponential overflow.
    return 1 / (1 + math.exp(-max(-_SUREST, min(_SUREST, log_odds))))


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))
