"""What the model is made of: which series acts on which, and how the baseline moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError

Numbers = NDArray[np.float64]

SELF = "self"
REVERSE = "reverse"
PATRON = "patron–client"
SIDE = "same side"

POOLINGS = ("shared", "shrunk", "own")
"""One weight for all edges of a class; one an edge, drawn towards that; one an edge by itself."""

MONTH = 28
"""Days between the knots of the moving level."""

BETWEEN = ">"


class Edge(NamedTuple):
    """One series acting on another.

    Attributes
    ----------
    source, target : str
        Names of the series that acts, and of the one in which events are brought forth.
    kind : str
        Class of the edge, which shares a decay and, where pooled, a weight.
    scale : float
        Factor on the weight of the class, above 0: known differences between rows.
    """

    source: str
    target: str
    kind: str
    scale: float = 1.0


def pair_edges(
    names: Sequence[str],
    *,
    ties: Iterable[tuple[str, str]] = (),
    sides: Iterable[Iterable[str]] = (),
) -> tuple[Edge, ...]:
    """Lay the edges among pairs of actors: self, reverse, patron–client and same side.

    Parameters
    ----------
    names : sequence of str
        Series, ``"gondal>ruritania"`` for what Gondal does to Ruritania. A name without ``>`` is of
        a pair without direction and acts on itself alone.
    ties : iterable of (str, str)
        Patron and client. What either does acts on what the other does to the same recipient, and
        what is done to either on what the same actor does to the other.
    sides : iterable of iterables of str
        Actors that fight on one side, likewise.

    Examples
    --------
    >>> names = ["gondal>ruritania", "ruritania>gondal", "angria>ruritania"]
    >>> for edge in pair_edges(names, ties=[("angria", "gondal")]):
    ...     print(edge.source, "→", edge.target, ":", edge.kind)
    gondal>ruritania → gondal>ruritania : self
    ruritania>gondal → gondal>ruritania : reverse
    angria>ruritania → gondal>ruritania : patron–client
    ruritania>gondal → ruritania>gondal : self
    gondal>ruritania → ruritania>gondal : reverse
    angria>ruritania → angria>ruritania : self
    gondal>ruritania → angria>ruritania : patron–client
    """
    tied = {frozenset(tie) for tie in ties}
    together = [frozenset(side) for side in sides]
    pairs = {name: tuple(name.split(BETWEEN, 1)) for name in names}

    def kind(source: str, target: str) -> str | None:
        if source == target:
            return SELF
        one, other = pairs[source], pairs[target]
        if len(one) < 2 or len(other) < 2:
            return None
        if one == other[::-1]:
            return REVERSE
        if one[1] == other[1]:
            apart = frozenset((one[0], other[0]))
        elif one[0] == other[0]:
            apart = frozenset((one[1], other[1]))
        else:
            return None
        if apart in tied:
            return PATRON
        return SIDE if any(apart <= side for side in together) else None

    found = []
    for target in names:
        for source in sorted(names, key=lambda name: name != target):
            if (class_ := kind(source, target)) is not None:
                found.append(Edge(source, target, class_))
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    r"""A baseline linear in given columns, :math:`b_{it} = \sum_p x_{tp} \beta_{pi}`.

    Parameters
    ----------
    columns : ndarray, shape (day, column)
    uses : ndarray of bool, shape (column, series), optional
        Columns that a series has; all if not given.
    precision : ndarray, shape (column, column), optional
        Of the Gaussian prior of the coefficients; 0 (none) if not given.
    drift : float
        Standard deviation of a month's step of the level beyond the last day; simulation alone.

    Examples
    --------
    >>> seasons = Design.harmonics(104, period=52, pairs=(3, 1))
    >>> seasons.columns.shape, seasons.uses.sum(axis=0).tolist()
    ((104, 7), [7, 3])
    """

    columns: Numbers
    uses: NDArray[np.bool_] | None = None
    precision: Numbers | None = None
    drift: float = 0.0

    @classmethod
    def harmonics(cls, rows: int, *, period: float, pairs: Sequence[int], first: int = 0) -> Design:
        """Give an intercept and pairs of sine and cosine.

        Parameters
        ----------
        rows : int
        period : float
            Rows to a cycle.
        pairs : sequence of int, shape (series,)
            Harmonics of each series.
        first : int
            Number of the first row: more than 0 to go on after what was fitted.
        """
        t = np.arange(first, first + rows)
        columns = [np.ones(rows)]
        for k in range(1, max(pairs) + 1):
            angle = 2 * np.pi * k * t / period
            columns += [np.sin(angle), np.cos(angle)]
        uses = np.arange(len(columns))[:, None] <= 2 * np.array(pairs)
        return cls(np.stack(columns, axis=1), uses)

    def laid(self, days: int) -> Design:
        """Refuse a design of another length."""
        if self.columns.ndim != 2 or len(self.columns) != days:
            raise EnsembleError(
                f"a design of shape {self.columns.shape}", "excitation", f"({days}, columns)"
            )
        return self


@dataclass(frozen=True, slots=True)
class MovingLevel:
    r"""A baseline that wanders: a level a month, a straight line from one to the next.

    A linear spline whose coefficients follow a Gaussian random walk (a P-spline of degree 1 with a
    penalty on first differences: Eilers & Marx 1996, doi:10.1214/ss/1038425655). The last knot is
    the last day, so that the last coefficient is where a forecast begins.

    Parameters
    ----------
    knots : int
        Days from one knot to the next.
    drift : float
        Standard deviation of the step of :math:`\log` level over a month of 28 days, above 0.

    Examples
    --------
    >>> MovingLevel(knots=2).laid(5).columns.tolist()
    [[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [0.0, 1.0, 0.0], [0.0, 0.5, 0.5], [0.0, 0.0, 1.0]]
    """

    knots: int = MONTH
    drift: float = 0.5

    def laid(self, days: int) -> Design:
        """Give the design of so many days."""
        if self.knots < 1 or not self.drift > 0:
            raise EnsembleError(
                f"a moving level of {self.knots} days and drift {self.drift}",
                "excitation",
                expected="knots of at least 1 day, a drift above 0",
            )
        spans = max(1, -(-(days - 1) // self.knots))
        at = spans - (days - 1 - np.arange(days)) / self.knots
        columns = np.maximum(0.0, 1.0 - np.abs(at[:, None] - np.arange(spans + 1)))
        steps = np.diff(np.eye(spans + 1), axis=0) / (self.drift * np.sqrt(self.knots / MONTH))
        return Design(columns, None, steps.T @ steps, self.drift)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excitation:
    """Specification of the model.

    Parameters
    ----------
    names : tuple of str
        Series, one a column of the counts.
    edges : tuple of Edge
        At most one from a series to another.
    baseline : MovingLevel or Design
    pooling : str
        One of `POOLINGS`: how the weights of a class hang together.
    decay : mapping of str to float
        Classes whose decay is given and not fitted; 0 is a lag of one day alone.

    Raises
    ------
    EnsembleError
        If an edge names a series that is not there, or twice the same two, or a number is out of
        range.

    Examples
    --------
    >>> Excitation(names=("a>b", "b>a"), edges=pair_edges(["a>b", "b>a"])).kinds
    ('self', 'reverse')
    >>> Excitation(names=("a>b",), edges=(Edge("x", "a>b", "self"),))
    Traceback (most recent call last):
    foreshock.core.errors.EnsembleError: excitation: an edge from 'x' to 'a>b'. Expected: series \
among a>b.
    """

    names: tuple[str, ...]
    edges: tuple[Edge, ...] = ()
    baseline: MovingLevel | Design = MovingLevel()
    pooling: str = "shared"
    decay: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what no model can be."""
        if len(set(self.names)) < len(self.names) or not self.names:
            raise EnsembleError("two series have one name, or there is none", "excitation")
        for edge in self.edges:
            if edge.source not in self.names or edge.target not in self.names:
                raise EnsembleError(
                    f"an edge from {edge.source!r} to {edge.target!r}",
                    "excitation",
                    expected="series among " + ", ".join(self.names[:30]),
                )
            if not (edge.scale > 0 and np.isfinite(edge.scale)):
                raise EnsembleError(f"an edge of scale {edge.scale}", "excitation", "above 0")
        ways = [(edge.source, edge.target) for edge in self.edges]
        if len(set(ways)) < len(ways):
            raise EnsembleError(
                "two edges lead the same way", "excitation", mend="give each of them one class"
            )
        if self.pooling not in POOLINGS:
            raise EnsembleError(
                f"pooling {self.pooling!r}", "excitation", expected=", ".join(POOLINGS)
            )
        for kind, value in self.decay.items():
            if not 0 <= value < 1:
                raise EnsembleError(f"a decay of {value} for {kind}", "excitation", "0 to below 1")

    @property
    def kinds(self) -> tuple[str, ...]:
        """Classes of edges, in order of appearance."""
        return tuple(dict.fromkeys(edge.kind for edge in self.edges))

    @property
    def source(self) -> NDArray[np.int64]:
        """Column from which each edge leads."""
        at = [self.names.index(edge.source) for edge in self.edges]
        return np.array(at, dtype=np.int64)

    @property
    def target(self) -> NDArray[np.int64]:
        """Column to which each edge leads."""
        at = [self.names.index(edge.target) for edge in self.edges]
        return np.array(at, dtype=np.int64)
