"""The picture of a running total: what was counted and by whom, and the fan of what may follow.

Everybody's counts stand beside each other in marks of their own and are never averaged. A count is
joined to the newest one before it that it can follow, as a total never falls: where two counts do
not fit together, the line forks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from foreshock.brief.displacement import DisplacementItem, TotalCountItem
from foreshock.brief.displacement_words import amount, came_in_words, people
from foreshock.brief.forecasts import FanItem
from foreshock.brief.page.lines import Point, path, simplified
from foreshock.brief.page.marks import Marks, linked
from foreshock.brief.page.scales import Days, Scale, cut, spread, text_width
from foreshock.brief.page.svg import node
from foreshock.brief.words import plain
from foreshock.core.quantities import number
from foreshock.core.time import say_day

WIDE, RIGHT_END = 400, 398
"""As wide as the pictures of pairs: a phone shows all of it."""

LEFT, RIGHT = 40, 282
HEIGHT = 210
LINE = 15.0

LONGEST = 120
"""Days before the as-of that are shown at most."""

LETTERS = 12.0
"""Size of the letters on a phone, which is larger here than on a wide page: it decides on room."""

BANDS = ((0.95, "19 in 20 futures"), (0.8, "8 in 10"), (0.5, "half"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Somebody else's count of displaced people."""

    claim: str
    speaker: str
    day: date
    people: float
    text: str
    since: date | None


def draw_total(
    item: DisplacementItem, rivals: Sequence[Rival], as_of: date, marks: Marks
) -> Element:
    """Draw a running total.

    Parameters
    ----------
    item : DisplacementItem
    rivals : sequence of Rival
        Counts of others: those within the days shown are drawn.
    as_of : datetime.date
        Where the line stands behind which nothing was known.
    marks : Marks
        Makes the links to the claims.
    """
    fan = shown_fan(item, as_of)
    end = as_of + timedelta(days=item.horizon)
    item = item.model_copy(
        update={"afterwards": [each for each in item.afterwards if each.day <= end]}
    )
    counted = [*item.counts, *item.afterwards]
    start = max(item.since or as_of, as_of - timedelta(days=LONGEST))
    start = min([start, as_of - timedelta(days=7)])
    drawn = [each for each in rivals if start <= each.day <= end]
    key, top = _key(item, bool(drawn))
    days = Days(start, end, LEFT, RIGHT)
    highest = max(fan.bands[-1].high) if fan else 0.0
    shown = [*(each.people for each in counted), *(each.people for each in drawn)]
    most = max([1.0, highest, *shown])
    scale = Scale(0, 1.03 * most / 1000, top + HEIGHT, top)
    plot = _Plot(item, fan, drawn, as_of, marks, days, scale, top)
    whose = f"People displaced, counted by {plain(item.counter)}"
    told = f" {came_in_words(item)}" if item.afterwards else ""
    return node(
        "svg",
        node("title", f"{whose}, and what may follow"),
        node("desc", f"Everything that it shows stands in the tables below it, too.{told}"),
        *key,
        *plot.draw(),
        viewBox=f"0 0 {WIDE} {top + HEIGHT + 22:g}",
        class_="picture fan total",
        role="group",
        aria_label=f"{whose}, and the fan of what may follow",
    )


def shown_fan(item: DisplacementItem, as_of: date) -> FanItem | None:
    """Give the fan as far as the horizon: questions may ask for days beyond it."""
    if item.running is None or item.known_to is None:
        return None
    days = (as_of - item.known_to).days + item.horizon
    fan = item.running
    return FanItem(
        median=fan.median[:days],
        bands=[
            band.model_copy(update={"low": band.low[:days], "high": band.high[:days]})
            for band in fan.bands
        ],
    )


@dataclass(frozen=True, slots=True)
class _Plot:
    """The plot under the key."""

    item: DisplacementItem
    fan: FanItem | None
    rivals: Sequence[Rival]
    as_of: date
    marks: Marks
    days: Days
    scale: Scale
    top: float

    @property
    def bottom(self) -> float:
        return self.top + HEIGHT

    def draw(self) -> list[Element]:
        return [
            *self._axes(),
            *self._fan(),
            *self._simple(),
            *self._intervals(),
            *self._joined(),
            *(self._rival(each) for each in self.rivals),
            *(self._count(each) for each in self.item.counts),
            *(self._afterwards(each) for each in self.item.afterwards),
            *self._names(),
        ]

    def _at(self, day: date, people: float) -> Point:
        return self.days(day), self.scale(people / 1000)

    # ------------------------------------------------------------------------------------ axes

    def _axes(self) -> list[Element]:
        levels = {self.scale(tick): number(tick) for tick in self.scale.ticks(5)}
        now = self.days(self.as_of)
        ticks = [(self.days(day), label) for day, label in self.days.ticks(4)]
        lines = "".join(f"M{LEFT} {y:.1f}H{RIGHT}" for y in levels)
        axis = f"M{LEFT} {self.bottom:.1f}H{RIGHT}"
        axis += "".join(f"M{x:.1f} {self.bottom:.1f}v3" for x, _ in ticks)
        return [
            node("path", d=lines, class_="grid"),
            *(
                node("text", text, x=LEFT - 4, y=y + 3.5, text_anchor="end", class_="small")
                for y, text in levels.items()
            ),
            node("path", d=axis, class_="axis"),
            *(
                node("text", label, x=x, y=self.bottom + 16, text_anchor="middle", class_="small")
                for x, label in ticks
                if abs(x - now) > 44 and LEFT + 10 < x < RIGHT - 4
            ),
            node("line", x1=now, x2=now, y1=self.top - 3, y2=self.bottom + 3, class_="now"),
            node("text", f"{self.as_of.day} {self.as_of:%b}", x=now, y=self.bottom + 16,
                 text_anchor="middle", class_="small strong"),
        ]  # fmt: skip

    # ------------------------------------------------------------------------------------ ahead

    def _fan(self) -> list[Element]:
        if self.fan is None:
            return []
        parts = []
        for band in reversed(self.fan.bands):
            upper, lower = simplified(self._ahead(band.high)), simplified(self._ahead(band.low))
            shape = path([*upper, *reversed(lower)], closed=True)
            parts.append(node("path", d=shape, class_=f"likely l{100 * band.share:.0f}"))
        middle = path(simplified(self._ahead(self.fan.median)))
        return [*parts, node("path", d=middle, class_="middle-line", stroke_width=1.4)]

    def _ahead(self, values: Sequence[float]) -> list[Point]:
        first = (self.item.known_to or self.as_of) + timedelta(days=1)
        return [
            self._at(first + timedelta(days=index), value) for index, value in enumerate(values)
        ]

    def _simple(self) -> list[Element]:
        """Draw the middle of each simple method, from the newest count over the days told."""
        last = max(self.item.counts, key=lambda each: each.day, default=None)
        start = [self._at(last.day, last.people)] if last else []
        return [
            node("path", d=path([*start, *line]), class_="soft-line", stroke_width=1,
                 stroke_dasharray="3 2")
            for line in self._simple_lines().values()
        ]  # fmt: skip

    def _simple_lines(self) -> dict[str, list[Point]]:
        found: dict[str, list[Point]] = {}
        for total in self.item.totals:
            for name, told in total.baselines.items():
                found.setdefault(name, []).append(self._at(total.last, told.median))
        return found

    def _intervals(self) -> Iterator[Element]:
        """Draw what stands in the ledger: nine futures in ten, by each day told."""
        for total in self.item.totals:
            x, low = self._at(total.last, total.low)
            high, middle = self.scale(total.high / 1000), self.scale(total.median / 1000)
            line = f"M{x - 3:.1f} {high:.1f}h6m-3 0V{low:.1f}m-3 0h6M{x - 3:.1f} {middle:.1f}h6"
            words = f"By {say_day(total.last)}: {amount(total)}, nine futures in ten"
            shape = node("path", d=line, class_="ink-line", stroke_width=1)
            yield linked("#displacement-totals", [shape], words)

    def _names(self) -> Iterator[Element]:
        """Name the lines at their ends."""
        wanted = [("middle", total.median, "strong") for total in self.item.totals[-1:]]
        for name, told in (self.item.totals[-1].baselines if self.item.totals else {}).items():
            wanted.append((name, told.median, "soft"))
        ends = [self.scale(value / 1000) for _, value, _ in wanted]
        places = spread(ends, LINE, self.top + 6, self.bottom - 4)
        for (name, value, class_), end, y in zip(wanted, ends, places, strict=True):
            words = cut(f"{plain(name)} {people(value / 1000)}", RIGHT_END - RIGHT - 12, LETTERS)
            if abs(end - y) > 1:
                yield node("path", d=f"M{RIGHT + 1} {end:.1f}L{RIGHT + 8} {y:.1f}",
                           class_="leader", stroke_width=0.6)  # fmt: skip
            yield node("text", words, x=RIGHT + 10, y=y + 3.5, class_=f"small {class_}")

    # ------------------------------------------------------------------------------------ counted

    def _joined(self) -> list[Element]:
        line = "".join(path([self._at(*one), self._at(*other)]) for one, other in self._follows())
        return [node("path", d=line, class_="line", stroke_width=1)] if line else []

    def _follows(self) -> Iterator[tuple[tuple[date, float], tuple[date, float]]]:
        known: list[tuple[date, float]] = []
        if self.item.since and self.item.since >= self.days.first:
            known.append((self.item.since, 0.0))
        for each in sorted(self.item.counts, key=lambda each: (each.day, each.people)):
            before = [one for one in known if one[0] < each.day and one[1] <= each.people]
            if before:
                yield max(before), (each.day, each.people)
            known.append((each.day, each.people))

    def _count(self, count: TotalCountItem) -> Element:
        x, y = self._at(count.day, count.people)
        doubt = f", believed {round(100 * count.weight)} %" if count.weight < 1 else ""
        words = f"{plain(self.item.counter)}: {number(count.people)} to {say_day(count.day)}{doubt}"
        return self._marked(count.claims, node("circle", cx=x, cy=y, r=3, class_="ink"), words)

    def _afterwards(self, count: TotalCountItem) -> Element:
        x, y = self._at(count.day, count.people)
        shape = node("path", d=_diamond(x, y), class_="after", stroke_width=1.6)
        words = f"Counted afterwards: {number(count.people)} to {say_day(count.day)}"
        return self._marked(count.claims, shape, words)

    def _rival(self, rival: Rival) -> Element:
        x, y = self._at(rival.day, rival.people)
        since = f" since {say_day(rival.since)}" if rival.since else ""
        words = f"{plain(rival.speaker)}: {rival.text} displaced{since}, to {say_day(rival.day)}"
        return self._marked([rival.claim], _square(x, y), words)

    def _marked(self, claims: Sequence[str], shape: Element, words: str) -> Element:
        return self.marks.claim(claims[0] if claims else "", shape, title=words)


def _diamond(x: float, y: float) -> str:
    return path([(x, y - 4), (x + 4, y), (x, y + 4), (x - 4, y)], closed=True)


def _square(x: float, y: float) -> Element:
    return node("rect", x=x - 2.6, y=y - 2.6, width=5.2, height=5.2, class_="hollow",
                stroke_width=1)  # fmt: skip


# ------------------------------------------------------------------------------------------ key


def _key(item: DisplacementItem, rivals: bool) -> tuple[list[Element], float]:
    """Say at the head what each mark stands for; give where the plot begins."""
    x, y = 2.0, 11.0
    parts = [node("text", "Thousands of people displaced", x=x, y=y, class_="strong")]
    x, y = 2.0, y + LINE
    for sign, words in _signs(item, rivals):
        wide = 14 + text_width(words, LETTERS) + 8
        if x > 2 and x + wide > RIGHT_END:
            x, y = 2.0, y + LINE
        parts += [_sign(sign, x + 5, y - 4), node("text", words, x=x + 14, y=y, class_="small")]
        x += wide
    return parts, y + 12


def _signs(item: DisplacementItem, rivals: bool) -> Iterator[tuple[str, str]]:
    if item.counts:
        yield "count", cut(f"{plain(item.counter)}", 200, LETTERS)
    if rivals:
        yield "rival", "other counts"
    if item.running:
        for share, words in BANDS:
            yield f"l{100 * share:.0f}", words
    if item.totals:
        yield "interval", "nine in ten"
        if item.totals[-1].baselines:
            yield "simple", "simple methods"
    if item.afterwards:
        yield "after", "counted afterwards"


def _sign(sign: str, x: float, y: float) -> Element:
    if sign == "count":
        return node("circle", cx=x, cy=y, r=3, class_="ink")
    if sign == "rival":
        return _square(x, y)
    if sign == "after":
        return node("path", d=_diamond(x, y), class_="after", stroke_width=1.6)
    if sign == "simple":
        return node("path", d=f"M{x - 5:g} {y:g}h10", class_="soft-line", stroke_width=1,
                    stroke_dasharray="3 2")  # fmt: skip
    if sign == "interval":
        line = f"M{x - 2.5:g} {y - 4:g}h5m-2.5 0v8m-2.5 0h5"
        return node("path", d=line, class_="ink-line", stroke_width=1)
    return node("rect", x=x - 5, y=y - 4.5, width=10, height=9, class_=f"likely {sign}")
