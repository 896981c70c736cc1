"""What was forecast of a day and what became of it, as the brief is handed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foreshock.core.control import ControlOutlook
from foreshock.core.displacement import Displacement, Total
from foreshock.core.errors import ForeshockError
from foreshock.core.outlook import Outlook
from foreshock.core.series import DailySeries
from foreshock.evidence.records import Outcome
from foreshock.verify.counting import Arrived
from foreshock.verify.entries import Entry, Kind
from foreshock.verify.issuing import Issued
from foreshock.verify.record import TrackRecord
from foreshock.verify.resolution import Resolution, Status, resolve

NO_FORECAST = "No forecast is issued."


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A later day that somebody asked to see beside the forecast.

    Attributes
    ----------
    day : datetime.date
    observed : DailySeries or None
        What had been counted and settled by its end.
    outcomes : mapping of str to Outcome
        Of questions, by id, as far as they were known by its end.
    totals : sequence of Total
        Running totals of displaced people, as counted by its end.
    arrived : mapping of str to Arrived
        Shares of arrivals by place, as counted by its end.
    """

    day: date
    observed: DailySeries | None
    outcomes: Mapping[str, Outcome]
    totals: Sequence[Total] = ()
    arrived: Mapping[str, Arrived] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What was forecast and written down, or why not; and how good earlier forecasts were.

    Attributes
    ----------
    outlook : Outlook or None
    displacement : Displacement or None
    control : ControlOutlook or None
    issued : Issued or None
        None where there is no outlook: nothing is shown that does not stand in the ledger.
    reason, displacement_reason : str
        Why there is none.
    entries : sequence of Entry
        The ledger's, as far as they speak of the brief's day or an earlier one.
    record : TrackRecord or None
    record_reason : str
        Why there is no record.
    later : Later or None
    """

    outlook: Outlook | None = None
    displacement: Displacement | None = None
    control: ControlOutlook | None = None
    issued: Issued | None = None
    reason: str = NO_FORECAST
    displacement_reason: str = NO_FORECAST
    entries: Sequence[Entry] = ()
    record: TrackRecord | None = None
    record_reason: str = ""
    later: Later | None = None
    _resolved: dict[int, Resolution] = field(default_factory=dict, init=False, repr=False)

    def came(self, entry: Entry, questions: Mapping[str, Any]) -> Resolution | None:
        """Tell what became of an entry by the later day, if one was asked for and it has."""
        if self.later is None:
            return None
        if entry.number not in self._resolved:
            self._resolved[entry.number] = resolve(
                entry,
                today=self.later.day,
                questions=questions,
                outcomes=self.later.outcomes,
                observed=self.later.observed,
                totals=self.later.totals,
            )
        found = self._resolved[entry.number]
        return found if found.status is Status.RESOLVED else None

    def before(self, entry: Entry) -> Entry | None:
        """Give the last forecast of the same before an entry: of an earlier day, else of its own.

        Two totals are of the same if they are of one series and count as many days.
        """
        same = [
            each
            for each in self.entries
            if each.kind is Kind.FORECAST and _same(each) == _same(entry) and each != entry
        ]
        earlier = [each for each in same if each.as_of < entry.as_of] or [
            each for each in same if each.as_of == entry.as_of and each.number < entry.number
        ]
        return max(earlier, key=lambda each: (each.as_of, each.number), default=None)


def because(what: str, error: ForeshockError) -> str:
    """Say what is not shown, why, and how to mend it; where a file lies is nobody else's business.

    Examples
    --------
    >>> from foreshock.core.errors import StaleFeed
    >>> because("No forecast is issued", StaleFeed("nothing came in", "some file", mend="add it"))
    'No forecast is issued: nothing came in. Add it.'
    """
    mend = f". {error.mend[0].upper()}{error.mend[1:]}" if error.mend else ""
    return f"{what}: {error.what}{mend}."


def _same(entry: Entry) -> tuple[Any, ...]:
    if entry.series:
        return (entry.series, entry.terms["variable"], length_of(entry))
    return (entry.question, {k: v for k, v in entry.terms.items() if k not in {"text", "resolver"}})


def length_of(entry: Entry) -> int:
    """Count the days of a forecast of a total."""
    last = entry.closes
    return 0 if last is None else (last - date.fromisoformat(entry.terms["first"])).days + 1
