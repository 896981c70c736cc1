"""Training the type classifier, reproducibly: the same sentences give the same file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import ForeshockError
from foreshock.observe.reading.classifier.features import BUCKETS, buckets_of
from foreshock.observe.reading.classifier.model import Classifier, log_odds

PENALTY = 10.0
"""Inverse strength of the penalty; chosen by five-fold cross-validation on the sentences
that are not held out."""

FOLDS = 3
MOST = 127
"""Weights are kept as whole numbers of eight bits."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as the classifier sees it.

    Parameters
    ----------
    words : sequence of str
        Masked words, and signs of what the rules read.
    type : str
        What it tells; empty for no act.
    read : sequence of tuple
        Type and sureness of the main act that the rules read, and whether the sentence tells it.
    """

    words: Sequence[str]
    type: str
    read: Sequence[tuple[str, float, bool]] = ()


def train(examples: Sequence[Example], name: str, penalty: float = PENALTY) -> Classifier:
    """Fit a multinomial logistic regression on hashed features of masked sentences.

    The calibration is fitted on classifiers that had not seen the sentence (three folds).

    Parameters
    ----------
    examples : sequence of Example
    name : str
        Digest of the sentences.
    penalty : float
        Inverse strength of the quadratic penalty.

    Raises
    ------
    ForeshockError
        If scikit-learn is not installed.
    """
    rows = [np.unique(buckets_of(each.words), return_counts=True) for each in examples]
    folds = [
        _fitted(
            [each for at, each in enumerate(examples) if at % FOLDS != fold],
            [row for at, row in enumerate(rows) if at % FOLDS != fold],
            name,
            penalty,
        )
        for fold in range(FOLDS)
    ]
    model = _fitted(examples, rows, name, penalty)
    return replace(model, calibration=_calibration(examples, folds))


def _fitted(
    examples: Sequence[Example],
    rows: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]],
    name: str,
    penalty: float,
) -> Classifier:
    from scipy.sparse import csr_matrix

    rarity = _rarity([found for found, _ in rows])
    values = [(1 + np.log(counts)) * rarity[found] for found, counts in rows]
    values = [value / np.sqrt((value * value).sum()) for value in values]
    ends = np.cumsum([0, *(len(found) for found, _ in rows)])
    matrix = csr_matrix(
        (np.concatenate(values), np.concatenate([found for found, _ in rows]), ends),
        shape=(len(rows), BUCKETS),
    )
    model = _regression()(C=penalty, max_iter=400, tol=1e-4)
    model.fit(matrix, [each.type for each in examples])
    weights = np.ascontiguousarray(model.coef_.T)
    scale = float(np.abs(weights).max()) / MOST
    return Classifier(
        classes=tuple(str(code) for code in model.classes_),
        weights=np.rint(weights / scale).astype(np.int8),
        scale=float(np.float32(scale)),
        rarity=rarity.astype(np.float16).astype(np.float32),
        bias=model.intercept_.astype(np.float32),
        calibration=np.zeros(3, dtype=np.float32),
        digest=name,
    )


def _calibration(examples: Sequence[Example], folds: Sequence[Classifier]) -> NDArray[np.float32]:
    """Fit how the rules' sureness and the classifier's odds tell whether a type is right."""
    told: list[tuple[float, float]] = []
    right: list[bool] = []
    for at, example in enumerate(examples):
        shares = folds[at % FOLDS].probabilities(example.words)
        for code, sure, is_right in example.read:
            if code in shares:
                told.append((sure, log_odds(shares[code])))
                right.append(is_right)
    model = _regression()(C=1e3, max_iter=400, tol=1e-6)
    model.fit(np.array(told), right)
    return np.array([model.intercept_[0], *model.coef_[0]], dtype=np.float32)


def _regression() -> Any:
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        raise ForeshockError(
            "training needs scikit-learn", mend="pip install 'foreshock[train]'"
        ) from None
    return LogisticRegression


def _rarity(rows: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Give the smoothed inverse document frequency of every bucket."""
    counts = np.zeros(BUCKETS)
    for found in rows:
        counts[found] += 1
    rarity: NDArray[np.float64] = np.log((1 + len(rows)) / (1 + counts)) + 1
    return rarity
