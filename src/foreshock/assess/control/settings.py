"""What the model of control takes for granted before a case has taught it anything."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PARTY, SOUND, DOUBTFUL = "party", "sound", "doubtful"
"""Who speaks: for a side, or for nobody and with which reliability."""

COLUMNS = 5


class Rate(NamedTuple):
    """A daily rate that is known so far: a Gamma distribution by what was seen, and what of it.

    Attributes
    ----------
    shape, exposure : float
        Changes and place-days that were seen, those of the prior among them.
    prior_shape, prior_exposure : float

    Examples
    --------
    >>> Rate(3.0, 150.0, 1.0, 100.0).mean
    0.02
    """

    shape: float
    exposure: float
    prior_shape: float
    prior_exposure: float

    @classmethod
    def prior(cls, shape: float, exposure: float) -> Rate:
        """Make a rate of which nothing was seen yet."""
        return cls(shape, exposure, shape, exposure)

    @property
    def mean(self) -> float:
        """Changes a day."""
        return self.shape / self.exposure

    @property
    def seen(self) -> float:
        """Changes that the case itself showed, as far as they are believed."""
        return self.shape - self.prior_shape

    def after(self, changes: float, exposure: float) -> Rate:
        """Give the rate after so many changes in so many place-days, from the prior."""
        return self._replace(
            shape=self.prior_shape + changes, exposure=self.prior_exposure + exposure
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The table of ``prior.toml``.

    Attributes
    ----------
    window, fresh, repeat : int
        Days (see the file).
    near_km : float
    base, fighting, road, contest : Rate
    through_contest : tuple of float
    start_side, start_contested, start_unknown, destination : float
    told : tuple of float
    idle, again, unheld, mistaken : float
    told_within : int
    words : mapping of str to ndarray
        Pseudo-counts by speaker: one row for each truth, one column for each thing said.
    """

    window: int
    fresh: int
    repeat: int
    near_km: float
    base: Rate
    fighting: Rate
    road: Rate
    contest: Rate
    through_contest: tuple[float, float]
    start_side: float
    start_contested: float
    start_unknown: float
    destination: float
    told: tuple[float, float]
    told_within: int
    idle: float
    again: float
    unheld: float
    mistaken: float
    words: dict[str, NDArray[np.float64]]

    def plain(self) -> dict[str, object]:
        """Give everything as plain values: what digests of configurations are taken of."""
        return asdict(self) | {"words": {who: said.tolist() for who, said in self.words.items()}}


@cache
def load_settings() -> Settings:
    """Read the prior that ships with Foreshock.

    Examples
    --------
    >>> load_settings().words["party"].shape
    (4, 5)
    """
    table = tomllib.loads(files(__package__).joinpath("prior.toml").read_text("utf-8"))
    time, change, start = table["time"], table["change"], table["start"]
    early, late = change["through_contest"]
    told, untold = table["telling"]["told"]
    return Settings(
        window=time["window"],
        fresh=time["fresh"],
        repeat=time["repeat"],
        near_km=time["near_km"],
        base=Rate.prior(*change["base"]),
        fighting=Rate.prior(*change["fighting"]),
        road=Rate.prior(*change["road"]),
        contest=Rate.prior(*change["contest"]),
        through_contest=(early, late),
        start_side=start["side"],
        start_contested=start["contested"],
        start_unknown=start["unknown"],
        destination=table["destination"]["side"],
        told=(told, untold),
        told_within=table["telling"]["within"],
        idle=table["telling"]["idle"],
        again=table["telling"]["again"],
        unheld=table["telling"]["unheld"],
        mistaken=table["telling"]["mistaken"],
        words={
            speaker: np.array(list(table[speaker].values())) for speaker in (PARTY, SOUND, DOUBTFUL)
        },
    )
