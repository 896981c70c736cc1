"""The watch list as data: what ``--json`` prints and what terminal, page and tables are made of.

All numbers of a forecast are those of its entry in the ledger, as they were written down.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from foreshock.brief.items import Item
from foreshock.core.watch import Driver, Miss, Warning, WatchRecord
from foreshock.verify.watch_record import Settled

Order = Literal["median", "high", "deadly", "war", "doubled", "change"]
"""What countries may be ranked by: a number of a month, or how P(≥25) rose."""


class BesideItem(Item):
    """What a simple method says of a month."""

    low: float
    median: float
    high: float
    deadly: float


class MonthItem(Item):
    """A month of a country, by itself: intervals of several may not be added up."""

    month: date
    ahead: int = Field(description="Months after the origin.")
    low: float = Field(description="5 % of the forecast lie below.")
    median: float
    high: float = Field(description="5 % of the forecast lie above.")
    mean: float
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

    @property
    def change(self) -> float | None:
        """How the probability of at least 25 deaths rose since the issue before, if any did."""
        return None if self.was_deadly is None else self.deadly - self.was_deadly

    def rank(self, by: Order) -> tuple[float, ...]:
        """Give what to sort by, largest first; what cannot come about is last."""
        first: float | None = getattr(self, by)
        return (float("-inf") if first is None else first, self.median, self.deadly, self.mean)


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
    drivers: list[Driver] = Field(description="What moves it most comes first.")
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


class PreviousItem(Item):
    """The issue that changes are told against, and how its last year is counted now."""

    origin: date = Field(description="First day of the last month that it saw.")
    vintage: str
    issued_at: datetime
    known: int = Field(description="Months of countries in its last year that both know.")
    months: int = Field(description="Those in which anybody was counted killed, then or now.")
    changed: int = Field(description="How many of them are counted otherwise now.")
    countries: int = Field(description="In so many countries.")
    before: float = Field(description="Deaths in that year, as it counted them.")
    now: float = Field(description="The same as they are counted now.")


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
    previous: PreviousItem | None = Field(description="The issue that changes are against.")
    ahead: int = Field(description="Month ahead by which countries are ranked, and drivers told.")
    by: Order = Field(description="What they are ranked by.")
    levels: dict[Warning, float] = Field(
        description="Probability from which on a warning counts as an alarm."
    )
    countries: list[CountryItem] = Field(description="The foremost first.")
    withheld: list[WithheldItem]
    misses: list[Miss] = Field(description="The biggest of the previous issue, worst first.")
    hindcast: WatchRecord | None = Field(
        description="What earlier issues would have been worth, by a model that had seen nothing "
        "of their months."
    )
    settled: list[Settled] = Field(
        description="What came, up to the origin, of what earlier issues in the ledger said."
    )
    skipped: str = Field("", description="What was left out, and why.")

    @property
    def missed(self) -> list[Miss]:
        """Biggest misses of the previous issue; of hindcasts, where that missed nothing."""
        return self.misses or (list(self.hindcast.misses) if self.hindcast else [])

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
