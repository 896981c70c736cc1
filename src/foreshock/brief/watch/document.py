"""The watch list as data: what ``--json`` prints and what terminal, page and tables are made of.

All numbers of a forecast are those of its entry in the ledger, as they were written down.
"""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from foreshock.brief.items import Item


class BesideItem(Item):
    """What a simple method says of a month."""

    low: float
    median: float
    high: float
    deadly: float


class MonthItem(Item):
    """A month of a country."""

    month: date
    ahead: int = Field(description="Months after the origin.")
    low: float = Field(description="5 % of the forecast lie below.")
    median: float
    high: float = Field(description="5 % of the forecast lie above.")
    mean: float
    expected: float = Field(description="Mean of log1p of deaths, by which countries are ranked.")
    deadly: float = Field(description="Probability of at least 25 deaths.")
    war: float = Field(description="Probability of at least 1,000 deaths.")
    onset: float | None = Field(description="Of a death after a year without; else null.")
    doubled: float | None = Field(
        description="Of twice the mean month of the last year and at least 25; null after a year "
        "without deaths."
    )
    was_median: float | None = Field(description="What the issue a month before said; null if none")
    was_deadly: float | None
    beside: dict[str, BesideItem] = Field(description="Simple methods, by name.")

    def chance(self, warning: str) -> float | None:
        """Give the probability of what is warned of; None where it cannot come about."""
        found: float | None = getattr(self, warning)
        return found


class DriverItem(Item):
    """How a probability moves if a part of what is known is taken away."""

    part: str
    probability: float = Field(description="Of at least 25 deaths, with all that is known.")
    without: float = Field(description="The same without the part.")


class CountryItem(Item):
    """A country with its months ahead."""

    key: str
    name: str
    code: str = Field(description="ISO 3166 numeric code; empty if there is none.")
    last_month: float | None = Field(description="Deaths in the last month; null: not known.")
    last_year: float | None = Field(description="In the last twelve months; null: not all known.")
    recent: list[float | None] = Field(
        description="Deaths by month up to the origin; empty if the terms forbid passing them on."
    )
    months: list[MonthItem]
    drivers: list[DriverItem]
    entry: int = Field(description="Number of the entry in the ledger, from 0.")

    @property
    def quiet(self) -> bool:
        """Whether nobody was killed in the last twelve months."""
        return self.last_year == 0

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"country-{self.key}"


class WithheldItem(Item):
    """A country of which nothing is forecast."""

    key: str
    name: str
    code: str
    why: str


class WarningItem(Item):
    """How one kind of warning turned out; see `foreshock.core.watch.WarningRecord`."""

    warning: str
    ahead: int = Field(description="Months ahead; 0: all together.")
    level: float
    asked: int
    came_about: int
    alarms: int
    hits: int
    brier: float
    base_brier: float
    bins: list[tuple[float, float, int]]

    @property
    def base_rate(self) -> float:
        """Share of what was asked that came about."""
        return self.came_about / self.asked if self.asked else float("nan")

    @property
    def false_alarms(self) -> int:
        """Alarms after which nothing came."""
        return self.alarms - self.hits

    @property
    def missed(self) -> int:
        """Times that it came without an alarm."""
        return self.came_about - self.hits


class MissItem(Item):
    """A month that a forecast got badly wrong."""

    key: str
    name: str
    month: date
    ahead: int
    low: float
    median: float
    high: float
    counted: float
    score: float


class HindcastItem(Item):
    """What earlier issues would have been worth, by a model that had seen nothing of them."""

    trained_to: date
    first: date
    last: date
    covered: float
    warnings: list[WarningItem]
    misses: list[MissItem]


class SettledItem(Item):
    """What came of what stands in the ledger, of one standing."""

    standing: str
    by: str
    first: date
    last: date
    issues: int
    months: int
    covered: float
    score: float
    beside: dict[str, float]
    warnings: list[WarningItem]
    misses: list[MissItem]


class WatchList(Item):
    """An issue of the watch."""

    version: str
    origin: date = Field(description="First day of the last month that was seen.")
    months: list[date]
    starts: list[date] = Field(description="Months of `CountryItem.recent`, oldest first.")
    variable: str
    about: str
    vintage: str
    licence: str
    citation: str
    passed_on: bool = Field(description="Whether the terms let the months counted be passed on.")
    evidence: str
    model: str
    config: str
    seed: int
    draws: int
    standing: str
    issued_at: datetime
    hash: str = Field(description="Of the last of its entries in the ledger.")
    resolver: str
    previous: date | None = Field(description="Origin of the issue that changes are against.")
    ahead: int = Field(description="Month ahead by which countries are ranked, and drivers told.")
    countries: list[CountryItem] = Field(description="By expected deaths, most first.")
    withheld: list[WithheldItem]
    misses: list[MissItem] = Field(description="The biggest of the previous issue, worst first.")
    hindcast: HindcastItem | None
    settled: list[SettledItem]
    skipped: str = Field("", description="What was left out, and why.")

    @property
    def missed(self) -> list[MissItem]:
        """Biggest misses of the previous issue; of hindcasts, where that missed nothing."""
        return self.misses or (self.hindcast.misses if self.hindcast else [])

    @property
    def fighting(self) -> list[CountryItem]:
        """Countries with deaths in the last year, or of which that is not known."""
        return [country for country in self.countries if not country.quiet]

    @property
    def quiet(self) -> list[CountryItem]:
        """Countries without any."""
        return [country for country in self.countries if country.quiet]

    @property
    def column(self) -> int:
        """Place of the month that is shown first among the months."""
        return [month.ahead for month in self.countries[0].months].index(self.ahead)
