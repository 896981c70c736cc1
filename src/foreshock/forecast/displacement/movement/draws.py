"""Random numbers inside the compiled loops: a state of 64 bits that is handed on."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.compiling import compiled_apart, compiled_whole

State = NDArray[np.uint64]

GAMMA = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
THIRTY, TWENTY_SEVEN, THIRTY_ONE, ELEVEN = (np.uint64(n) for n in (30, 27, 31, 11))
UNIT = 2.0**-53

FEW = 16
"""Trials that are made one by one."""

RARE = 10.0
"""Expected successes below which the distribution is gone through from 0."""


@compiled_whole
def uniform(state: State) -> float:
    """Draw from 0 (included) to 1 (not included).

    SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195): the state counts on by an
    odd constant, and each count is mixed.

    Examples
    --------
    >>> state = np.array([7], np.uint64)
    >>> uniform(state), uniform(state)
    (0.3898297483912715, 0.01678829452815611)
    """
    state[0] = state[0] + GAMMA
    z = state[0]
    z = (z ^ (z >> THIRTY)) * FIRST
    z = (z ^ (z >> TWENTY_SEVEN)) * SECOND
    return float((z ^ (z >> THIRTY_ONE)) >> ELEVEN) * UNIT


@compiled_apart
def binomial(state: State, trials: int, chance: float) -> int:
    """Draw how many of some trials succeed, each with the same chance.

    One by one if they are few, by inversion if successes are rare, otherwise by transformed
    rejection (BTRS, Hörmann 1993, doi:10.1080/00949659308811496); exact in all three.

    Examples
    --------
    >>> state = np.array([7], np.uint64)
    >>> [binomial(state, 1_000_000, 0.25) for _ in range(3)]
    [249864, 250658, 249942]
    """
    if trials <= 0 or chance <= 0.0:
        return 0
    if chance >= 1.0:
        return trials
    rare = min(chance, 1.0 - chance)
    if trials <= FEW:
        found = 0
        for _ in range(trials):
            if uniform(state) < rare:
                found += 1
    elif trials * rare < RARE:
        found = _rare(state, trials, rare)
    else:
        found = _rejected(state, trials, rare)
    return found if chance <= 0.5 else trials - found


@compiled_whole
def _rare(state: State, trials: int, chance: float) -> int:
    odds = chance / (1.0 - chance)
    here = math.exp(trials * math.log1p(-chance))
    left = uniform(state)
    found = 0
    while left > here and found < trials:
        left -= here
        found += 1
        here *= odds * (trials - found + 1) / found
    return found


@compiled_whole
def _rejected(state: State, trials: int, chance: float) -> int:
    spread = math.sqrt(trials * chance * (1.0 - chance))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * chance
    middle = trials * chance + 0.5
    inside = 0.92 - 4.2 / b
    alpha = (2.83 + 5.1 / b) * spread
    mode = math.floor((trials + 1) * chance)
    log_odds = math.log(chance / (1.0 - chance))
    top = math.lgamma(mode + 1.0) + math.lgamma(trials - mode + 1.0)
    while True:
        u, v = uniform(state) - 0.5, uniform(state)
        edge = 0.5 - abs(u)
        if edge <= 0.0 or v <= 0.0:
            continue
        found = math.floor((2.0 * a / edge + b) * u + middle)
        if found < 0 or found > trials:
            continue
        if edge >= 0.07 and v <= inside:
            break
        likelihood = top - math.lgamma(found + 1.0) - math.lgamma(trials - found + 1.0)
        likelihood += (found - mode) * log_odds
        if math.log(v * alpha / (a / (edge * edge) + b)) <= likelihood:
            break
    return int(found)
