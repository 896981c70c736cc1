"""Days, months, seasons and years that a text calls by name or figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from foreshock.core.time import Interval
from foreshock.observe.reading.expressions import calendar_words as words
from foreshock.observe.reading.expressions import reckoning as reckon
from foreshock.observe.reading.expressions.reckoning import ONE_DAY, within
from foreshock.observe.reading.text.words import Token, word_set


class Period(NamedTuple):
    """A day or period as read.

    Parameters
    ----------
    last : int
        Index after its last word.
    interval : Interval
    fixed : bool
        Whether it stands by itself, without the day of publication.
    lasting : bool
        Whether the words name a stretch from one day to another.
    rolling : bool
        Whether it is a stretch up to or from publication ("the past two weeks").
    known : bool
        False if it hangs on a day that nobody named ("a day earlier"); the interval then says
        nothing.
    """

    last: int
    interval: Interval
    fixed: bool = False
    lasting: bool = False
    rolling: bool = False
    known: bool = True


_BEFORE_PEOPLE = word_set("and for the that a to")
_WEEKS = {"last": -1, "this": 0, "next": 1}


class NamedDays:
    """Reads what has a name or a figure out of one sentence.

    Parameters
    ----------
    tokens : sequence of Token
    today : datetime.date
        Day from which relative ones are reckoned.
    ahead : bool
        Whether what has no other mark lies ahead of that day.
    anchor : datetime.date, optional
        The day that the text speaks of, from which "a day earlier" is reckoned.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        today: date,
        *,
        ahead: bool = False,
        anchor: date | None = None,
    ) -> None:
        self.texts = [token.text for token in tokens]
        self.low = [token.lower for token in tokens]
        self.today = today
        self.ahead = ahead
        self.anchor = anchor
        self.depth = 0

    def word(self, index: int) -> str:
        """Lower-case word at an index; empty outside of the sentence."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    # --- named days and months --------------------------------------------------------------

    def _hours(self, i: int, day: date, *, fixed: bool = False) -> Period:
        """Take in the time of day that follows."""
        while self.word(i) in words.HOURS or (
            self.word(i) in words.PARTS and self.word(i + 1) in words.HOURS
        ):
            i += 1
        return Period(i, reckon.day(day), fixed)

    def _weekday(self, i: int, *, ahead: bool | None = None, other: bool = False) -> Period | None:
        if not self.texts[i][0].isupper() or self.word(i - 1) in words.BEFORE_NAMED:
            return None
        ahead = self.ahead if ahead is None else ahead
        number = words.WEEKDAYS[self.low[i]]
        j = i + 1
        while self.word(j) in words.HOURS:
            j += 1
        dated = j + (self.word(j) in {",", "("})
        if self.word(dated) == "the":
            dated += 1
        exact = self._day_of_month(dated) if self.word(dated) not in {"", "the"} else None
        if exact is not None and exact.interval.days == 1:
            if not exact.fixed:
                exact = exact._replace(interval=self._on_weekday(exact.interval, number))
            return exact._replace(last=exact.last + (self.word(exact.last) == ")"))
        k = j + (self.word(j) == "of")
        if self.word(k + 1) == "week" and (shift := _WEEKS.get(self.word(k))) is not None:
            monday = reckon.week(self.today).start
            return Period(k + 2, reckon.day(monday + (7 * shift + number) * ONE_DAY))
        return self._hours(j, reckon.weekday(number, self.today, ahead=ahead, other=other))

    def _on_weekday(self, when: Interval, number: int) -> Interval:
        """Take the year in which a day falls on the weekday that was told, if one is near."""
        day = when.start
        near = sorted(
            reckon.same_day(day.day, day.month, self.today),
            key=lambda each: abs((each - self.today).days),
        )
        return reckon.day(next((each for each in near[:4] if each.weekday() == number), day))

    def _day_of_month(self, i: int) -> Period | None:
        """``3 February``, ``the 3rd of February 2020``, ``February 3, 2020``, ``20-21 May``."""
        if self.word(i) in words.MONTHS:
            month, days, j = words.MONTHS[self.word(i)], self._days(i + 1), i + 2
            other = self._days(j + 1) if self.word(j) in {"to", "through", "until"} else None
            if other and days and other[0] > days[0] and self.word(j + 2) not in words.MONTHS:
                days, j = (days[0], other[1]), j + 2
        else:
            days, j = self._days(i), i + 1
            if self.word(j) in {"to", "and", "-", "or"} and days and days[0] == days[1]:
                other = self._days(j + 1)
                if other and other[0] == other[1] > days[0]:
                    days, j = (days[0], other[0]), j + 2
            j += self.word(j) == "of"
            if days is None or self.word(j) not in words.MONTHS or not self.texts[j][0].isupper():
                return None
            month, j = words.MONTHS[self.word(j)], j + 1
        if days is None or (self.word(j) in {"%", "percent"} or self.word(j) in words.UNITS):
            return None
        stated = j + (self.word(j) == ",")
        if year := words.YEAR.fullmatch(self.word(stated)):
            first, last = (date(int(year[1]), month, number) for number in days)
            j = stated + 1
        else:
            last = reckon.day_named(days[1], month, self.today, ahead=self.ahead)
            first = last.replace(day=days[0])
        if first == last:
            return self._hours(j, first, fixed=bool(year))
        return Period(j, within(first, last), bool(year), lasting=True)

    def _days(self, i: int) -> tuple[int, int] | None:
        word = self.word(i)
        if single := words.ORDINAL.fullmatch(word):
            days = int(single[1]), int(single[1])
        elif double := words.DAYS.fullmatch(word):
            days = int(double[1]), int(double[2])
        else:
            return None
        return days if 1 <= days[0] <= days[1] <= 31 else None

    def _month(self, i: int, *, ahead: bool | None = None, other: bool = False) -> Period | None:
        name = self.low[i]
        if not self.texts[i][0].isupper():
            return None
        if (exact := self._day_of_month(i)) is not None:
            return exact
        if self._days(i + 1) and self.word(i + 1).isdigit() and int(self.word(i + 1)) < 32:
            return None  # a day that the month does not have is no other day
        if self._days(i - 1):
            return None  # nor the day before it one that it lacks
        number = words.MONTHS[name]
        stated = i + 1 + (self.word(i + 1) in {",", "of"})
        if year := words.YEAR.fullmatch(self.word(stated)):
            return Period(stated + 1, reckon.month(int(year[1]), number), fixed=True)
        before = self.word(i - 1)
        if (name in words.NAMES_TOO and before not in words.BEFORE_MONTH) or self._part_of_name(i):
            return None
        ahead = self.ahead if ahead is None else ahead
        return Period(i + 1, reckon.month_named(number, self.today, ahead=ahead, other=other))

    def _part_of_name(self, i: int) -> bool:
        """Whether what looks like a month is a person: ``Theresa May``, ``May said``."""
        before = self.texts[i - 1] if i else ""
        after = self.texts[i + 1] if i + 1 < len(self.texts) else ""
        if before in _BEFORE_PEOPLE and after[:1].isupper() and self.low[i] in words.NAMES_TOO:
            return True
        return before[:1].isupper() and before.lower() not in words.BEFORE_MONTH and i > 1

    def _season(self, i: int, year: int | None, *, ahead: bool = False) -> Period | None:
        number = words.SEASONS[self.low[i]]
        stated = i + 1 + (self.word(i + 1) == "of")
        if found := words.YEAR.match(self.word(stated)):
            return Period(stated + 1, reckon.season(int(found[1]), number), fixed=True)
        if year is None:
            return None
        season = reckon.season(year, number)
        while not ahead and season.start > self.today:
            season = reckon.season(season.start.year - 1, number)
        while ahead and season.end < self.today:
            season = reckon.season(season.start.year + 1, number)
        return Period(i + 1, season)

    # --- figures ----------------------------------------------------------------------------

    def _figures(self, i: int) -> Period | None:
        word = self.low[i]
        if iso := words.ISO.fullmatch(word):
            return Period(i + 1, reckon.day(date(int(iso[1]), int(iso[2]), int(iso[3]))), True)
        if short := words.FIGURES.fullmatch(word):
            return self._short_date(i, int(short[1]), int(short[3]), int(short[4]), short[2])
        if (exact := self._day_of_month(i)) is not None:
            return exact
        if named := words.DECADE.fullmatch(word):
            return Period(i + 1, reckon.decade(int(named[1])), fixed=True)
        if years := words.YEARS.fullmatch(word):
            first = int(years[1])
            last = int(years[2]) if len(years[2]) == 4 else first // 100 * 100 + int(years[2])
            span = within(date(first, 1, 1), date(last, 12, 31))
            return Period(i + 1, span, fixed=True, lasting=True)
        if year := words.YEAR.fullmatch(word):
            return Period(i + 1, reckon.year(int(year[1])), True) if self._is_year(i) else None
        return None

    def _is_year(self, i: int) -> bool:
        before, after = self.word(i - 1), self.word(i + 1)
        if before in words.BEFORE_YEAR:
            return after not in {"%", "percent", "people"}
        premodifies = before in {"the", "a", "'s", "its", "his", "their", "our", "'"}
        return (
            premodifies and after.isalpha() and (not after.endswith("s") or after in words.EVENTS)
        )

    @staticmethod
    def _short_date(i: int, one: int, two: int, year: int, mark: str) -> Period | None:
        if mark == "/" and one != two and one <= 12 and two <= 12:
            return None  # nobody can tell which is the month
        if two > 12:
            one, two = two, one
        return Period(i + 1, reckon.day(date(year, two, one)), fixed=True)
