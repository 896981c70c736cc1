"""Training the type classifier, reproducibly: the same sentences give the same file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from foreshock.core.digest import digest
from foreshock.core.errors import ForeshockError
from foreshock.observe.reading.classifier.features import BUCKETS, buckets_of
from foreshock.observe.reading.classifier.labelled import Labelled
from foreshock.observe.reading.classifier.model import Classifier

PENALTY = 12.0
"""Inverse strength of the penalty; chosen by five-fold cross-validation on the training third."""

MOST = 127
"""Weights are kept as whole numbers of eight bits."""


def train(
    sentences: Sequence[Labelled], mask: Callable[[str], Sequence[str]], penalty: float = PENALTY
) -> Classifier:
    """Fit a multinomial logistic regression on hashed features of masked sentences.

    Parameters
    ----------
    sentences : sequence of Labelled
        Those held out are left out.
    mask : callable
        Gives the masked words of a text.
    penalty : float
        Inverse strength of the quadratic penalty.

    Raises
    ------
    ForeshockError
        If scikit-learn is not installed.
    """
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        raise ForeshockError(
            "training needs scikit-learn", mend="pip install 'foreshock[train]'"
        ) from None
    from scipy.sparse import csr_matrix

    taught = [each for each in sentences if not each.held_out]
    rows = [np.unique(buckets_of(mask(each.text)), return_counts=True) for each in taught]
    rarity = _rarity([found for found, _ in rows])
    values = [(1 + np.log(counts)) * rarity[found] for found, counts in rows]
    values = [value / np.sqrt((value * value).sum()) for value in values]
    ends = np.cumsum([0, *(len(found) for found, _ in rows)])
    matrix = csr_matrix(
        (np.concatenate(values), np.concatenate([found for found, _ in rows]), ends),
        shape=(len(taught), BUCKETS),
    )
    model = LogisticRegression(C=penalty, max_iter=500, tol=1e-5)
    model.fit(matrix, [each.type for each in taught])
    weights = np.ascontiguousarray(model.coef_.T)
    scale = float(np.abs(weights).max()) / MOST
    return Classifier(
        classes=tuple(str(code) for code in model.classes_),
        weights=np.rint(weights / scale).astype(np.int8),
        scale=float(np.float32(scale)),
        rarity=rarity.astype(np.float16).astype(np.float32),
        bias=model.intercept_.astype(np.float32),
        digest=digest(*sorted((each.text, each.type) for each in taught)),
    )


def _rarity(rows: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Give the smoothed inverse document frequency of every bucket."""
    counts = np.zeros(BUCKETS)
    for found in rows:
        counts[found] += 1
    rarity: NDArray[np.float64] = np.log((1 + len(rows)) / (1 + counts)) + 1
    return rarity
