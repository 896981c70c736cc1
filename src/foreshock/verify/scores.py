"""Scores of single forecasts: proper ones, smaller is better; `scoringrules` does the arithmetic.

A score is proper if nobody can improve it in expectation by saying anything but what he believes
(Gneiting & Raftery 2007, doi:10.1198/016214506000001437).
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Scores = NDArray[np.float64]

SURE = 1 / 20_000
"""No probability counts as nearer to 0 or 1 than this in the log score: ten thousand members cannot
tell it from 0, and one surprise would weigh without end."""


def brier(probability: ArrayLike, happened: ArrayLike) -> Scores:
    r"""Brier score of probabilities, :math:`(p - y)^2`, 0 to 1.

    Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    Examples
    --------
    >>> brier([0.7, 0.7], [1, 0]).round(2).tolist()
    [0.09, 0.49]
    """
    return _array(_rules().brier_score(_array(happened), _array(probability)))


def log_score(probability: ArrayLike, happened: ArrayLike) -> Scores:
    r"""Logarithmic score, :math:`-\ln p` of what came about, in nats (Good 1952).

    Examples
    --------
    >>> log_score([0.5, 0.0], [1, 1]).round(2).tolist()
    [0.69, 9.9]
    """
    sure = np.clip(_array(probability), SURE, 1 - SURE)
    return _array(_rules().log_score(_array(happened), sure))


def crps(members: ArrayLike, value: ArrayLike) -> Scores:
    r"""Continuous ranked probability score of an ensemble, in its units.

    .. math:: \mathrm{E}|X - y| - \tfrac12 \mathrm{E}|X - X'|

    with the ensemble as the distribution itself (estimator ``qd``), as the VIEWS challenge scores
    (Hegre et al. 2025, arXiv:2407.11045). Matheson & Winkler 1976, doi:10.1287/mnsc.22.10.1087.

    Parameters
    ----------
    members : array_like, shape (..., member)
    value : array_like, shape (...)

    Examples
    --------
    >>> float(crps([0.0, 1.0, 2.0], 1.0).round(4))
    0.2222
    """
    return _array(_rules().crps_ensemble(_array(value), _array(members), estimator="qd"))


def interval_score(low: ArrayLike, high: ArrayLike, value: ArrayLike, share: float) -> Scores:
    r"""Interval score of a central interval that should hold a share of cases.

    .. math:: (u - l) + \tfrac{2}{\alpha}(l - y)_+ + \tfrac{2}{\alpha}(y - u)_+,
              \qquad \alpha = 1 - \text{share}

    Gneiting & Raftery 2007, section 6.2.

    Examples
    --------
    >>> interval_score([2.0, 2.0], [5.0, 5.0], [4.0, 6.0], 0.9).round(6).tolist()
    [3.0, 23.0]
    """
    return _array(_rules().interval_score(_array(value), _array(low), _array(high), 1 - share))


def _array(values: Any) -> Scores:
    return np.asarray(values, dtype=np.float64)


@cache
def _rules() -> Any:
    """Load `scoringrules` without its compiled kernels.

    With numba it compiles them whenever it is loaded, which takes six seconds
    (https://github.com/frazane/scoringrules/issues/80); the plain ones are quick enough for us. So
    for the moment of its loading we say that there is no numba.
    """
    if "scoringrules" in sys.modules:
        return sys.modules["scoringrules"]
    absent: Any = None
    numba = sys.modules.get("numba", absent)
    sys.modules["numba"] = absent
    try:
        return import_module("scoringrules")
    finally:
        del sys.modules["numba"]
        if numba is not None:
            sys.modules["numba"] = numba
