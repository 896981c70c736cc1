"""When: the days and periods that a sentence names, reckoned from the day of publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from foreshock.core.time import EARLIEST, LATEST, Interval, Precision
from foreshock.observe.reading.expressions.calendar_words import STARTS, UNITS
from foreshock.observe.reading.expressions.named_days import Period
from foreshock.observe.reading.expressions.periods import Periods
from foreshock.observe.reading.expressions.reckoning import ONE_DAY
from foreshock.observe.reading.text.words import Token, word_set

Kind = Literal["absolute", "relative", "span", "deadline", "since"]


class DateMention(NamedTuple):
    """Words that say when.

    Parameters
    ----------
    first, last : int
        Indexes of the first word and the one after the last. A mere "in", "on" or "at" is left
        out; "since", "by", "between" and the like belong to it.
    interval : Interval or None
        The days meant; None if they cannot be reckoned because nobody said when the text was
        published, or which day "a day earlier" is earlier than.
    kind : str
        ``absolute``, ``relative`` to publication, ``span`` from one day to another, ``deadline``
        (by, until, before), ``since``.
    """

    first: int
    last: int
    interval: Interval | None
    kind: Kind


def find_dates(
    tokens: Sequence[Token],
    published: date | None,
    *,
    ahead: bool = False,
    anchor: date | None = None,
) -> list[DateMention]:
    """Find the days and periods that a sentence names.

    Parameters
    ----------
    tokens : sequence of Token
        Words of one sentence.
    published : datetime.date or None
        Day of publication; None if nobody said.
    ahead : bool
        Whether the sentence speaks of what is to come: "on Friday" is then the coming one.
    anchor : datetime.date, optional
        The day of which the text spoke before, from which "a day earlier" is reckoned; a day that
        the sentence itself names goes before it.

    Returns
    -------
    list of DateMention
        In the order of the text, none overlapping another. Days that do not exist ("31 February")
        and figures that may be read two ways ("02/03/2020") are no mentions.

    Notes
    -----
    A weekday is the last one up to publication, which may be that day itself; a month without a
    year the last that has started. "Last week" is the whole week from Monday to Sunday before;
    "this week" ends with publication. How far "recent weeks" or "years ago" reach is a judgement,
    in `foreshock.observe.reading.expressions.calendar_words`.

    Examples
    --------
    >>> from foreshock.observe.reading.text.tokens import tokens
    >>> words = tokens("Talks began on Tuesday evening and must end by the end of March.")
    >>> for mention in find_dates(words, date(2020, 2, 5)):
    ...     said = " ".join(word.text for word in words[mention.first : mention.last])
    ...     print(f"{said}: {mention.interval} ({mention.kind})")
    Tuesday evening: 4 Feb 2020 (relative)
    by the end of March: no later than 31 Mar 2020 (deadline)
    """
    found: list[DateMention] = []
    finder: _Finder | None = None
    index = 0
    while index < len(tokens):
        word = tokens[index].lower
        mention = None
        starts = word in _MAY_START or (ahead and word == "in")
        if starts or word[0].isdigit() or word[:4] == "mid-":
            finder = finder or _Finder(tokens, published, ahead=ahead, anchor=anchor)
            mention = finder.mention(index)
        if mention is None:
            index += 1
        else:
            found.append(mention)
            index = mention.last
    return found


_DEADLINES = word_set("by until till before")
_JOINTS = word_set("to until till through and")
_MAY_START = STARTS | _DEADLINES | word_set("since between from within no")
_THROUGHOUT = word_set("for throughout over during")
_SOMEDAY = date(2000, 6, 15)
"""Stands for the day of publication where nobody said it: what words are dates does not hang on
it, and no interval reckoned from it leaves this module."""


class _Finder:
    """Finds mentions in one sentence."""

    def __init__(
        self,
        tokens: Sequence[Token],
        published: date | None,
        *,
        ahead: bool,
        anchor: date | None,
    ) -> None:
        self.published = published
        self.today = published or _SOMEDAY
        self.periods = Periods(tokens, self.today, ahead=ahead, anchor=anchor)

    def mention(self, i: int) -> DateMention | None:
        """Give the mention that starts at a word; None if none does."""
        try:
            return self._mention(i)
        except (ValueError, OverflowError):
            return None  # such a day does not exist, or lies outside of the calendar

    def _mention(self, i: int) -> DateMention | None:
        word = self.periods.word(i)
        if word == "since":
            return self._since(i)
        if word in _DEADLINES:
            return self._deadline(i, i + 1)
        if word == "no":
            later = self.periods.word(i + 1) == "later" and self.periods.word(i + 2) == "than"
            return self._deadline(i, i + 3) if later else None
        if word in {"between", "from"}:
            return self._between(i)
        if word == "within":
            return self._within(i)
        if word == "in":
            return self._ahead_in(i)
        period = self.periods.at(i)
        if period is None:
            return None
        if period.rolling and self.periods.word(i - 1) in _THROUGHOUT:
            period = period._replace(lasting=True)
        if not period.lasting:
            joined = self._joined(i, period)
            if joined is not None:
                return joined
        if not period.rolling and period.interval.days == 1 and self._known(period):
            self.periods.anchor = period.interval.start
        kind: Kind = "span" if period.lasting else "absolute" if period.fixed else "relative"
        return self._made(i, period, period.interval, kind)

    def _known(self, period: Period) -> bool:
        return period.known and (period.fixed or self.published is not None)

    def _made(self, i: int, period: Period, when: Interval, kind: Kind) -> DateMention | None:
        if not EARLIEST <= when.start <= when.end <= LATEST:
            return None
        if kind == "span" and when.days > 1:
            when = Interval(when.start, when.end, Precision.SPAN)
        return DateMention(i, period.last, when if self._known(period) else None, kind)

    def _since(self, i: int) -> DateMention | None:
        period = self.periods.at(i + 1)
        if period is None:
            return None
        start = period.interval.start
        end = self.published if self.published and self.published >= start else period.interval.end
        known = period.known and self.published is not None
        when = Interval(start, end, Precision.SPAN)
        return self._made(i, period._replace(known=known, fixed=False), when, "since")

    def _deadline(self, i: int, j: int) -> DateMention | None:
        """``by the end of March``, ``until Friday``, ``before 2011``: no later than a day."""
        before = self.periods.ahead
        self.periods.ahead = before or i > 0  # "By Friday they had left" tells what is past
        try:
            period = self.periods.at(j)
        finally:
            self.periods.ahead = before
        if period is None:
            return None
        exclusive = self.periods.word(i) == "before" and not self._of_an_end(j)
        last = period.interval.start - ONE_DAY if exclusive else period.interval.end
        first = self.today if self._known(period) and self.published else last
        when = Interval(min(first, last), last, Precision.BY)
        if first > last:
            when = Interval(last, last, Precision.BY)
        return self._made(i, period, when, "deadline")

    def _of_an_end(self, j: int) -> bool:
        """Whether "the end of" stands there: before the end of March is by the end of it."""
        return self.periods.word(j) == "the" and self.periods.word(j + 1) in {"end", "close"}

    def _between(self, i: int) -> DateMention | None:
        """``between 2014 and 2016``, ``from 3 to 5 March``, ``from Monday to Friday``."""
        days = self.periods.at(i + 1)
        if days is not None and days.lasting:
            return self._made(i, days, days.interval, "span")
        if days is not None and (joined := self._joined(i + 1, days)) is not None:
            return joined._replace(first=i)
        if self.periods.word(i) == "from":
            return None
        first = self.periods.word(i + 1)
        if days is None and first.isdigit() and len(first) == 4:
            year = self.periods.at(i + 1)
            return year and self._made(i, year, year.interval, "absolute")
        return None

    def _joined(self, i: int, first: Period) -> DateMention | None:
        """Join a period to the one after "to" or "and" if both are of one kind."""
        joint = self.periods.word(first.last)
        explicit = self.periods.word(i - 1) in {"between", "from"}
        if joint not in _JOINTS or (not explicit and joint == "and") or first.rolling:
            return None
        second = self.periods.at(first.last + 1)
        if second is None or second.lasting or second.rolling:
            return None
        if not explicit and not (
            first.fixed == second.fixed and first.interval.precision == second.interval.precision
        ):
            return None
        start = first.interval.start
        if start > second.interval.end and not first.fixed:
            start = self._earlier(i, second.interval.end)
        if start > second.interval.end:
            return None
        fixed = second.fixed and (first.fixed or self._hangs_on_year(i))
        if fixed and not first.fixed:
            start = self._earlier(i, second.interval.end)
        period = second._replace(fixed=fixed, known=first.known and second.known)
        return self._made(i, period, Interval(start, second.interval.end), "span")

    def _hangs_on_year(self, i: int) -> bool:
        """Whether a period without a year takes it from the one after it."""
        return self.periods.word(i) not in UNITS and not self.periods.word(i).endswith("day")

    def _earlier(self, i: int, end: date) -> date:
        """Read a period again as the last one before a given day."""
        today, self.periods.today = self.periods.today, end
        try:
            period = self.periods.at(i)
        finally:
            self.periods.today = today
        return period.interval.start if period else end

    def _ahead_in(self, i: int) -> DateMention | None:
        """``in two weeks``, of what is to come: until then."""
        counted = self.periods.counted(i + 1)
        return counted and self._made(i, counted, counted.interval, "relative")

    def _within(self, i: int) -> DateMention | None:
        """``within a week``: a deadline reckoned from publication."""
        counted = self.periods.counted(i + 1)
        if counted is None or self.periods.word(counted.last) == "of":
            return None
        when = Interval(counted.interval.start, counted.interval.end, Precision.BY)
        return self._made(i, counted, when, "deadline")
