"""One day or period in words: "Tuesday evening", "late last month", "the summer of 2014"."""

from __future__ import annotations

from foreshock.core.time import Interval
from foreshock.lexicon.amounts import bounds_in_words
from foreshock.observe.reading.expressions import calendar_words as words
from foreshock.observe.reading.expressions import reckoning as reckon
from foreshock.observe.reading.expressions.named_days import NamedDays, Period
from foreshock.observe.reading.expressions.reckoning import ONE_DAY, Part, Unit, within
from foreshock.observe.reading.text.words import word_set

_SHIFTS = {"same": 0, "next": 1, "following": 1, "previous": -1, "preceding": -1}
_CLOSES = word_set(", . ; : ) in at by and but when near with") | {""}
"""After ``the day before`` without an event that it is before."""
_EDGES: dict[str, Part] = {
    "first": "early", "opening": "early", "last": "late", "final": "late", "second": "late",
}  # fmt: skip
_EDGE_DAYS = {"week": 7, "weeks": 14, "days": 5, "half": 0}
"""Days meant by the first or last week or days of something; half of it for 0."""
_DEEPEST = 3


class Periods(NamedDays):
    """Reads single periods, named or reckoned from publication, out of one sentence."""

    def at(self, i: int) -> Period | None:
        """Read the period that starts at a word; None if none does.

        Raises
        ------
        ValueError, OverflowError
            If the words name a day that does not exist or cannot be reckoned.
        """
        word = self.word(i)
        if not word:
            return None
        if word[0].isdigit():
            return self._figures(i) or self._ago(i)
        if word in words.WEEKDAYS:
            return self._weekday(i)
        if word in words.MONTHS:
            return self._month(i)
        if word in words.SEASONS:
            return self._season(i, None)
        if word.startswith("mid-"):
            return self._mid(i)
        match word:
            case "the":
                return self._the(i)
            case "this":
                return self._this(i)
            case "that":
                return self._that(i)
            case "yesterday" | "today" | "tomorrow" | "tonight":
                shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
                return self._hours(i + 1, self.today + shift * ONE_DAY)
            case "overnight":
                return self._overnight(i)
            case "earlier" | "later":
                return self._earlier(i)
            case "hours" | "days" | "weeks" | "months" | "years" | "decades":
                return self._loosely_ago(i)
        if word in words.BACK or word in words.ON:
            return self._stretch(i)
        if word in words.PARTS and word not in {"first", "close"}:
            return self._part(i)
        return self._ago(i) if word in words.AMOUNTS else None

    # --- relative ---------------------------------------------------------------------------

    def _the(self, i: int) -> Period | None:
        word, following = self.word(i + 1), self.word(i + 2)
        if word == "day" and following in {"before", "after"}:
            shift = 1 if following == "after" else -1
            if self.word(i + 3) in {"yesterday", "tomorrow"}:
                return Period(i + 4, reckon.day(self.today + 2 * shift * ONE_DAY))
            return self._from_anchor(i + 3, shift) if self.word(i + 3) in _CLOSES else None
        if word in _SHIFTS and following == "day":
            return self._from_anchor(i + 3, _SHIFTS[word])
        if word in {"weekend", "night"} and following == "of":
            return self._inner(i + 3)
        if word == "weekend":
            return self._weekend(i + 1)
        if word in _EDGES and self.word(i + 3) == "of" and (edge := self._edge(i)) is not None:
            return edge
        if word in words.BACK or word in words.ON:
            return self._stretch(i + 1, rolling=True)
        if word in words.PARTS and following != "half":
            return self._part(i + 1)
        if word in words.SEASONS:
            return self._season(i + 1, None)
        if word[:1].isdigit() and not word.isdigit():
            return self._figures(i + 1)
        return None

    def _edge(self, i: int) -> Period | None:
        """Read ``the last week of January``, ``the first half of 2019``."""
        days = _EDGE_DAYS.get(self.word(i + 2))
        whole = self._inner(i + 4) if days is not None else None
        if whole is None or days is None or whole.interval.days < 3:
            return None
        reach = days or (whole.interval.days + 1) // 2
        return whole._replace(interval=reckon.edge(whole.interval, _EDGES[self.word(i + 1)], reach))

    def _inner(self, i: int) -> Period | None:
        """Read a period that is part of another, as deep as anybody writes."""
        if self.depth == _DEEPEST:
            return None
        self.depth += 1
        try:
            return self.at(i)
        finally:
            self.depth -= 1

    def _from_anchor(self, last: int, shift: int) -> Period:
        if self.anchor is None:
            return Period(last, reckon.day(self.today), known=False)
        return Period(last, reckon.day(self.anchor + shift * ONE_DAY))

    def _this(self, i: int) -> Period | None:
        word = self.word(i + 1)
        if word in words.HOURS:
            return self._hours(i + 1, self.today)
        if word in words.WEEKDAYS:
            return self._weekday(i + 1)
        if word in words.MONTHS:
            return self._month(i + 1)
        if word in words.SEASONS:
            winter = self.today.month < 3 and word == "winter"
            return self._season(i + 1, self.today.year - winter, ahead=True)
        if word == "weekend":
            return self._weekend(i + 1)
        if word in words.BACK or word in words.ON:
            return self._stretch(i + 1, rolling=True)
        unit = words.UNITS.get(word)
        if unit is None or word in {"day", "hour"}:
            return None
        return Period(i + 2, self._so_far(reckon.holding(self.today, unit)))

    def _that(self, i: int) -> Period | None:
        """Read ``that day``; ``later that evening``."""
        word = self.word(i + 1)
        timed = word in words.HOURS and self.word(i - 1) in {"later", "earlier", "on", "early"}
        return self._from_anchor(i + 2, 0) if word == "day" or timed else None

    def _so_far(self, whole: Interval) -> Interval:
        """Keep the part of a running period that is over, or the one that is to come."""
        if self.ahead:
            return within(max(whole.start, self.today), whole.end)
        return within(whole.start, min(whole.end, self.today))

    def _weekend(self, i: int) -> Period:
        """Read ``the weekend``: the one under way, else the last or the coming."""
        this = reckon.weekend(self.today)
        past = not self.ahead and self.today < this.start
        return Period(i + 1, reckon.weekend(self.today - 7 * ONE_DAY) if past else this)

    def _stretch(self, i: int, *, rolling: bool = False) -> Period | None:
        """``last week``, ``past two weeks``, ``recent days``, ``coming month``, ``next Friday``."""
        word, following = self.word(i), self.word(i + 1)
        back = word in words.BACK
        if following in words.WEEKDAYS:
            return self._weekday(i + 1, ahead=not back, other=True)
        if following in words.MONTHS:
            return self._month(i + 1, ahead=not back, other=True)
        if following in words.SEASONS:
            return self._season(i + 1, self.today.year, ahead=not back)
        if word == "last" and following == "night":
            return Period(i + 2, reckon.day(self.today - ONE_DAY))
        if unit := words.UNITS.get(following):
            if unit == "weekend":
                shift = -7 if back else 7 * (word == "next")
                return Period(i + 2, reckon.weekend(self.today + shift * ONE_DAY))
            if unit in {"day", "hour"} or word == "recent":
                return None
            if rolling or word in {"past", "coming"}:
                return self._rolling(i + 2, unit, 1, back=back)
            other = reckon.later(self.today, -1 if back else 1, unit)
            return Period(i + 2, reckon.holding(other, unit))
        if (unit := self._plural(following)) is not None:
            return self._rolling(i + 2, unit, words.FEW[unit], back=back)
        return self.counted(i + 1, back=back)

    def counted(self, i: int, *, back: bool = False) -> Period | None:
        """Read ``two weeks`` as the stretch from publication on, or back from it."""
        counted = self._count(i)
        if counted is None:
            return None
        (_, high), j = counted
        unit = self._plural(self.word(j)) or words.UNITS.get(self.word(j))
        return self._rolling(j + 1, unit, high, back=back) if unit else None

    def _rolling(self, last: int, unit: Unit, count: int, *, back: bool) -> Period:
        far = reckon.later(self.today, -count if back else count, unit)
        return Period(last, within(min(far, self.today), max(far, self.today)), rolling=True)

    @staticmethod
    def _plural(word: str) -> Unit | None:
        return words.UNITS.get(word[:-1]) if word.endswith("s") else None

    def _count(self, i: int) -> tuple[tuple[int, int], int] | None:
        """Read a small number: its lowest and highest value, and the index after it."""
        word = self.word(i)
        if word in {"a", "an"} and self.word(i + 1) in {"few", "couple"}:
            i, word = i + 1, self.word(i + 1)
        i += self.word(i + 1) == "of" and word == "couple"
        if word in {"a", "an"}:
            return (1, 1), i + 1
        if word in {"few", "several", "couple"}:
            return {"few": (2, 5), "several": (3, 7), "couple": (2, 3)}[word], i + 1
        if word not in words.AMOUNTS and not (word.isdecimal() and len(word) <= 4):
            return None
        bounds = bounds_in_words(word)
        if bounds is None or not bounds[1]:
            return None
        return (int(bounds[1]), int(bounds[1])), i + 1

    def _ago(self, i: int) -> Period | None:
        """``two days ago``, ``a decade ago``, ``two days earlier``."""
        counted = self._count(i)
        if counted is None:
            return None
        (low, high), j = counted
        word = self.word(j)
        unit = words.UNITS.get(word) or self._plural(word)
        if unit == "day" and self.word(j + 1) in {"earlier", "later"} and low == high:
            return self._from_anchor(j + 2, low if self.word(j + 1) == "later" else -low)
        if unit is None or self.word(j + 1) != "ago":
            return None
        scale = 2 if word.startswith("fortnight") else 1
        first = reckon.later(self.today, -high * scale, unit)
        last = reckon.later(self.today, -low * scale, unit)
        if first != last:
            return Period(j + 2, within(first, last))
        if unit == "decade":
            return Period(j + 2, reckon.year(first.year))
        return Period(j + 2, reckon.holding(first, unit))

    def _loosely_ago(self, i: int) -> Period | None:
        unit = words.UNITS[self.low[i][:-1]]
        if self.word(i + 1) != "ago" or self.word(i - 1)[:1].isdigit():
            return None
        near, far = words.LOOSE[unit]
        in_years: Unit = "year" if unit == "decade" else unit
        far_day = reckon.later(self.today, -far, in_years)
        return Period(i + 2, within(far_day, reckon.later(self.today, -near, in_years)))

    def _overnight(self, i: int) -> Period:
        named = i + 1 + (self.word(i + 1) in {"on", "into", "to", "from"})
        if self.word(named) in words.WEEKDAYS and (day := self._weekday(named)) is not None:
            return day
        return Period(i + 1, within(self.today - ONE_DAY, self.today))

    def _earlier(self, i: int) -> Period | None:
        """``earlier this year``, ``later in the week``, ``earlier on Monday``."""
        before = self.ahead
        to_come = self.low[i] == "later" and self.word(i + 1) in {"this", "in"}
        self.ahead = before or to_come
        try:
            return self._within_running(i)
        finally:
            self.ahead = before

    def _within_running(self, i: int) -> Period | None:
        word = self.word(i + 1)
        if word == "in" and self.word(i + 2) == "the":
            unit = words.UNITS.get(self.word(i + 3))
            if unit is None or unit == "hour":
                return None
            whole = reckon.holding(self.today, unit)
            return Period(i + 4, self._so_far(whole) if whole.days > 1 else whole)
        j = i + 1 + (word in {"on", "in"})
        if self.word(j) not in words.STARTS or self.word(j) in words.AMOUNTS:
            return None
        return self._inner(j)

    def _part(self, i: int) -> Period | None:
        """``late last month``, ``early March``, ``end of 2016``, ``late on Monday``."""
        which = words.PARTS[self.low[i]]
        noun = self.low[i] in {"start", "beginning", "first", "middle", "end", "close"}
        j = i + 1
        if noun != (self.word(j) == "of") and (noun or self.word(j) != "on"):
            return None
        j += self.word(j) in {"of", "on"}
        if self.word(j) == "the" and self.word(j + 1) in words.UNITS and noun:
            unit = words.UNITS[self.word(j + 1)]
            whole: Period | None = Period(j + 2, reckon.holding(self.today, unit))
        elif self.word(j) == "this" and self.word(j + 1) in words.UNITS:
            whole = Period(j + 2, reckon.holding(self.today, words.UNITS[self.word(j + 1)]))
        else:
            whole = self._inner(j)
        if whole is None or whole.interval.days < 3:
            return whole
        return whole._replace(interval=reckon.part(whole.interval, which))

    def _mid(self, i: int) -> Period | None:
        """``mid-2015``, ``mid-February``."""
        rest = self.low[i].removeprefix("mid-")
        if words.YEAR.fullmatch(rest):
            return Period(i + 1, reckon.part(reckon.year(int(rest)), "mid"), fixed=True)
        if rest in words.MONTHS:
            stated = words.YEAR.fullmatch(self.word(i + 1))
            whole = (
                reckon.month(int(stated[1]), words.MONTHS[rest])
                if stated
                else reckon.month_named(words.MONTHS[rest], self.today, ahead=self.ahead)
            )
            return Period(i + 1 + bool(stated), reckon.part(whole, "mid"), bool(stated))
        return None
