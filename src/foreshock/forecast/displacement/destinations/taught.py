"""What other cases taught of destinations, as a small file: parameters alone, no row of any count.

No exponent is the right one: wars differ, and a handful of them cannot say how the next will be. So
every rule of a grid is kept, and weighs as it would have done well in one of the known cases,
whichever: of each case, a rule's weight falls by a factor e with each tenth of averaged relative
difference more than its best rule has, and the weights of the cases are averaged. (A Gibbs
posterior of each case, Bissiri, Holmes & Walker 2016, doi:10.1111/rssb.12158, and an even mixture.)

The file holds a lesson of each case, so that a case can be forecast without the lessons of its own
country.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foreshock.core.digest import digest
from foreshock.core.errors import ForecastRefused
from foreshock.forecast.displacement.destinations.gravity import Rules

Floats = NDArray[np.float64]

FILE = "destinations.json"
VERSION = 1
DIGITS = 5

TENTH = 0.1
LEAST_CASES = 2

SPREADS = (0.5, 0.7, 1.0, 1.4, 2.0, 2.8)
REGISTRATIONS = (0.025, 0.05, 0.1, 0.15, 0.2, 0.3)
GROWTHS = (0.0, 0.25, 0.5, 0.75, 1.0)
LEVELS = 41
"""Values that lessons tell of, and how many quantiles of an error."""

WIDER = 1.5
"""What a registration finds, and errors of totals, differ more elsewhere than among a few cases: by
how much, as the 90 % interval of a mean and deviation told by four or five (1.4 to 1.6 times)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Taught:
    """What a forecast takes from other cases.

    Attributes
    ----------
    rules : Rules
    weights : ndarray, shape (rule,)
        Probability of each rule; they sum to 1.
    spread : float
        Shape of the gamma distribution of a site's own draw beyond gravity, of mean 1: the smaller,
        the more sites differ.
    registration : float
        Scale of the logarithm of what a registration will find over what was reported.
    growth : float
        Share of the last month's reported arrivals that the next month is expected to bring.
    errors : tuple of float
        Quantiles, evenly from the lowest to the highest, of the logarithm of a true total over the
        expected one.
    cases : tuple of str
        Who taught it.
    """

    rules: Rules
    weights: Floats
    spread: float
    registration: float = 0.0
    growth: float = 0.0
    errors: tuple[float, ...] = (0.0, 0.0)
    cases: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Digest of everything in it."""
        return digest("destinations", {**asdict(self), "weights": self.weights.tolist()})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lesson:
    """How rules and spreads would have done in a case; nothing of the case itself.

    Attributes
    ----------
    name, home : str
        Case, and country that people left.
    last : datetime.date
        Its last day: nobody could have learned from it before.
    differences : ndarray, shape (rule,)
        Averaged relative difference by rule, without counts, weekly.
    spreads : ndarray, shape (spread,)
        Score of 90 % intervals of shares without counts, by `SPREADS`, summed over destinations.
    reporting : ndarray, shape (spread, registration)
        The same 30 days ahead with reports, by `REGISTRATIONS` too.
    missed : ndarray, shape (growth,)
        Mean relative error of totals 30 days ahead, by `GROWTHS`.
    errors : ndarray, shape (growth, quantile)
        Quantiles of the logarithms of true totals over expected ones.
    """

    name: str
    home: str
    last: date
    differences: Floats
    spreads: Floats
    reporting: Floats
    missed: Floats
    errors: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where lessons are from.

    Attributes
    ----------
    digest : str
        Digest of what was read of the cases.
    citation, licence : str
        How to cite that, and on which terms it was had.
    """

    digest: str = ""
    citation: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lessons:
    """Lessons of several cases.

    Attributes
    ----------
    rules : Rules
    each : tuple of Lesson
    provenance : Provenance
    """

    rules: Rules
    each: tuple[Lesson, ...]
    provenance: Provenance

    def taught(self, *, leaving_out: Iterable[str] = (), as_of: date | None = None) -> Taught:
        """Put lessons together.

        Parameters
        ----------
        leaving_out : iterable of str
            Countries whose lessons do not count.
        as_of : datetime.date, optional
            Only cases that had ended by this day count.

        Raises
        ------
        ForecastRefused
            If fewer than two are left: one case is no rule for another.
        """
        out = set(leaving_out)
        each = [
            one for one in self.each
            if one.home not in out and (as_of is None or one.last < as_of)
        ]  # fmt: skip
        if len(each) < LEAST_CASES:
            raise ForecastRefused(
                f"lessons of {len(each)} cases of other countries that had ended by then",
                expected=f"at least {LEAST_CASES}",
                mend="train with more cases",
            )
        spread = int(np.mean([one.spreads for one in each], axis=0).argmin())
        registration = int(np.mean([one.reporting[spread] for one in each], axis=0).argmin())
        growth = int(np.mean([one.missed for one in each], axis=0).argmin())
        pooled = np.concatenate([one.errors[growth] for one in each])
        errors = np.quantile(pooled - np.median(pooled), np.linspace(0, 1, LEVELS))
        return Taught(
            rules=self.rules,
            weights=np.mean([_likely(one.differences) for one in each], axis=0),
            spread=SPREADS[spread],
            registration=WIDER * REGISTRATIONS[registration],
            growth=GROWTHS[growth],
            errors=tuple(WIDER * float(error) for error in errors),
            cases=tuple(one.name for one in each),
        )

    @property
    def digest(self) -> str:
        """Digest of everything in it."""
        return digest("lessons of destinations", self.to_json())

    def to_json(self) -> str:
        """Write them down."""
        told = {
            "version": VERSION,
            "provenance": asdict(self.provenance),
            "rules": asdict(self.rules),
            "lessons": [_plain(one) for one in self.each],
        }
        return json.dumps(told, indent=None, ensure_ascii=False).replace("[{", "[\n{") + "\n"

    @classmethod
    def from_json(cls, text: str, where: str = FILE) -> Lessons:
        """Read them back.

        Raises
        ------
        ForecastRefused
            If the text holds no lessons of this version.
        """
        try:
            told = json.loads(text)
            if told["version"] != VERSION:
                raise ValueError("another version")
            rules = Rules(**{name: tuple(map(float, v)) for name, v in told["rules"].items()})
            return cls(
                rules=rules,
                each=tuple(_lesson(one, len(rules)) for one in told["lessons"]),
                provenance=Provenance(**{n: str(v) for n, v in told["provenance"].items()}),
            )
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise ForecastRefused(
                f"this holds no lessons of destinations ({error})",
                where=where,
                mend="write them with: foreshock train destinations",
            ) from error


def _plain(one: Lesson) -> dict[str, Any]:
    def rounded(values: Floats) -> list[Any]:
        return [
            rounded(value) if np.ndim(value) else round(float(value), DIGITS) for value in values
        ]

    told = asdict(one)
    words = {"name": one.name, "home": one.home, "last": one.last.isoformat()}
    return words | {k: rounded(v) for k, v in told.items() if k not in words}


def _lesson(told: dict[str, Any], rules: int) -> Lesson:
    shapes = {
        "differences": (rules,),
        "spreads": (len(SPREADS),),
        "reporting": (len(SPREADS), len(REGISTRATIONS)),
        "missed": (len(GROWTHS),),
        "errors": (len(GROWTHS), LEVELS),
    }
    values = {name: np.array(told[name], np.float64) for name in shapes}
    for name, shape in shapes.items():
        if values[name].shape != shape or not np.isfinite(values[name]).all():
            raise ValueError(f"{name} of {told['name']} are not {shape} numbers")
    return Lesson(
        name=str(told["name"]),
        home=str(told["home"]),
        last=date.fromisoformat(told["last"]),
        **values,
    )


def _likely(differences: Floats) -> Floats:
    weight: Floats = np.exp(-(differences - differences.min()) / TENTH)
    shared: Floats = weight / weight.sum()
    return shared


def read_lessons(path: Path) -> Lessons:
    """Read lessons from a file.

    Raises
    ------
    ForecastRefused
        If there is no such file, or no lessons in it.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ForecastRefused(f"the file cannot be read ({error})", where=str(path)) from error
    return Lessons.from_json(text, str(path))


@cache
def bundled_lessons() -> Lessons:
    """Read the lessons that come with Foreshock."""
    folder = files("foreshock.forecast.displacement.destinations")
    return Lessons.from_json(folder.joinpath(FILE).read_text("utf-8"))


@cache
def bundled(as_of: date | None = None) -> Taught:
    """Put the lessons together that come with Foreshock.

    Parameters
    ----------
    as_of : datetime.date, optional
        Only cases that had ended by this day count; all if not given.

    Examples
    --------
    >>> taught = bundled()
    >>> len(taught.cases), len(taught.weights) == len(taught.rules)
    (5, True)
    >>> len(bundled(date(2020, 1, 1)).cases)
    4
    """
    return bundled_lessons().taught(as_of=as_of)
