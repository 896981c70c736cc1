"""The type classifier: which act a sentence tells, if any; a linear model in plain numpy."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import LexiconError
from foreshock.observe.reading.classifier.features import BUCKETS, buckets_of

NONE = ""
"""The class of sentences that tell no political act."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """Weights of a multinomial logistic regression on hashed features.

    Parameters
    ----------
    classes : tuple of str
        Codes of types; the empty one for no act.
    weights : numpy.ndarray, shape (BUCKETS, classes)
        Whole numbers from -127 to 127, to be multiplied by ``scale``.
    scale : float
    rarity : numpy.ndarray, shape (BUCKETS,)
        Weight of a feature by how few sentences have it (smoothed idf).
    bias : numpy.ndarray, shape (classes,)
    calibration : numpy.ndarray, shape (3,)
        Intercept and weights that turn the rules' sureness and the log-odds of the classifier into
        a probability.
    digest : str
        Of the sentences that it was trained on.
    """

    classes: tuple[str, ...]
    weights: NDArray[np.int8]
    scale: float
    rarity: NDArray[np.float32]
    bias: NDArray[np.float32]
    calibration: NDArray[np.float32]
    digest: str

    def probabilities(self, words: Sequence[str]) -> Mapping[str, float]:
        r"""Give the probability of every class.

        .. math:: p_c \propto \exp\Big(b_c + \sum_f w_{fc}\, x_f / \lVert x \rVert\Big),\quad
                  x_f = (1 + \ln n_f)\, \mathrm{idf}_f

        Parameters
        ----------
        words : sequence of str
            Of a sentence, in lower case, masked (see `masked`).

        Returns
        -------
        mapping of str to float
            Sums to 1.

        Examples
        --------
        >>> told = classifier().probabilities("actor shelled the town".split())
        >>> round(sum(told.values()), 6), told["ASSAULT"] > told["AID"]
        (1.0, True)
        """
        found, counts = np.unique(buckets_of(words), return_counts=True)
        values = (1 + np.log(counts)) * self.rarity[found]
        norm = float(np.sqrt((values * values).sum())) or 1.0
        scores = self.bias + (values @ self.weights[found]) * (self.scale / norm)
        scores = np.exp(scores - scores.max())
        shares = scores / scores.sum()
        return dict(zip(self.classes, shares.tolist(), strict=True))

    def confidence(self, sure: float, share: float) -> float:
        r"""Give the probability that a record's type is right.

        .. math:: \sigma\Big(b_0 + b_1 s + b_2 \ln\frac{p}{1-p}\Big)

        Parameters
        ----------
        sure : float
            The rules' own sureness, 0 to 1.
        share : float
            Probability of the type by the classifier.
        """
        first, second, third = self.calibration.tolist()
        score = first + second * sure + third * log_odds(share)
        return round(1 / (1 + math.exp(-score)), 3)

    def to_bytes(self) -> bytes:
        """Write the model as a NumPy archive without any object in it."""
        buffer = BytesIO()
        np.savez_compressed(
            buffer,
            classes=np.array(self.classes, dtype="U16"),
            weights=self.weights,
            scale=np.float32(self.scale),
            rarity=self.rarity.astype(np.float16),
            bias=self.bias,
            calibration=self.calibration,
            digest=np.array(self.digest, dtype="U64"),
        )
        return buffer.getvalue()


def log_odds(share: float) -> float:
    """Give the logarithm of the odds, kept within what one sentence can tell."""
    share = min(0.999, max(0.001, share))
    return math.log(share / (1 - share))


def read_classifier(raw: bytes, where: str) -> Classifier:
    """Read a model; nothing in the file is ever executed.

    Raises
    ------
    LexiconError
        If it is no such archive or its parts do not fit.
    """
    try:
        with np.load(BytesIO(raw), allow_pickle=False) as parts:
            made = Classifier(
                classes=tuple(str(code) for code in parts["classes"]),
                weights=parts["weights"],
                scale=float(parts["scale"]),
                rarity=parts["rarity"].astype(np.float32),
                bias=parts["bias"].astype(np.float32),
                calibration=parts["calibration"].astype(np.float32),
                digest=str(parts["digest"]),
            )
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as fault:
        raise LexiconError(
            f"not a classifier ({fault})", where, mend="train it: foreshock train reading"
        ) from fault
    count = len(made.classes)
    expected = {
        "weights": (BUCKETS, count), "rarity": (BUCKETS,), "bias": (count,), "calibration": (3,),
    }  # fmt: skip
    for name, shape in expected.items():
        if getattr(made, name).shape != shape:
            raise LexiconError(
                f"{name} of shape {getattr(made, name).shape}", where, f"{shape}", "train it again"
            )
    return made


@cache
def classifier(path: Path | None = None) -> Classifier:
    """Give the classifier that comes with Foreshock, or the one of a file."""
    if path is not None:
        return read_classifier(path.read_bytes(), str(path))
    bundled = files("foreshock.observe.reading.classifier") / "model.npz"
    return read_classifier(bundled.read_bytes(), "classifier/model.npz")
