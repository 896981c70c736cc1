"""Days and periods in words, reckoned from the day of publication."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.time import Precision
from foreshock.observe.reading.expressions.dates import DateMention, find_dates
from foreshock.observe.reading.expressions.reckoning import NEAR, day_named, months_later, weekday
from foreshock.observe.reading.text.normal import normalise
from foreshock.observe.reading.text.sentences import sentences
from foreshock.observe.reading.text.tokens import tokens
from foreshock.observe.reading.text.words import word_set

WEDNESDAY = date(2020, 2, 5)


def find(text: str, published: date | None = WEDNESDAY, **given) -> list[tuple[str, DateMention]]:
    (sentence,) = sentences(normalise(text))
    words = sentence.tokens
    return [
        (" ".join(word.text for word in words[found.first : found.last]), found)
        for found in find_dates(words, published, **given)
    ]


def told(text: str, **given) -> tuple[str, str, str]:
    ((words, found),) = find(text, **given)
    assert found.interval is not None
    ends = f"{found.interval.start}..{found.interval.end}"
    if found.interval.start == found.interval.end:
        ends = str(found.interval.start)
    return words, ends, found.kind


RELATIVE = [
    ("It fell on Tuesday.", "Tuesday", "2020-02-04"),
    ("It fell Wednesday.", "Wednesday", "2020-02-05"),
    ("It fell on Thursday.", "Thursday", "2020-01-30"),
    ("It fell on Tuesday evening.", "Tuesday evening", "2020-02-04"),
    ("It fell late Tuesday.", "late Tuesday", "2020-02-04"),
    ("A Tuesday call helped.", "Tuesday", "2020-02-04"),
    ("It fell last Tuesday.", "last Tuesday", "2020-02-04"),
    ("It fell last Wednesday.", "last Wednesday", "2020-01-29"),
    ("They meet next Tuesday.", "next Tuesday", "2020-02-11"),
    ("It fell on Monday last week.", "Monday last week", "2020-01-27"),
    ("It fell yesterday.", "yesterday", "2020-02-04"),
    ("It fell yesterday morning.", "yesterday morning", "2020-02-04"),
    ("It fell the day before yesterday.", "the day before yesterday", "2020-02-03"),
    ("It falls tomorrow.", "tomorrow", "2020-02-06"),
    ("It fell today.", "today", "2020-02-05"),
    ("It fell tonight.", "tonight", "2020-02-05"),
    ("It fell this morning.", "this morning", "2020-02-05"),
    ("It fell last night.", "last night", "2020-02-04"),
    ("It fell overnight.", "overnight", "2020-02-04..2020-02-05"),
    ("It fell overnight into Tuesday.", "overnight into Tuesday", "2020-02-04"),
    ("It fell this week.", "this week", "2020-02-03..2020-02-05"),
    ("It fell last week.", "last week", "2020-01-27..2020-02-02"),
    ("It fell next week.", "next week", "2020-02-10..2020-02-16"),
    ("It fell this past weekend.", "this past weekend", "2020-02-01..2020-02-02"),
    ("It fell last weekend.", "last weekend", "2020-02-01..2020-02-02"),
    ("It fell over the weekend.", "the weekend", "2020-02-01..2020-02-02"),
    ("It fell last month.", "last month", "2020-01-01..2020-01-31"),
    ("It fell this month.", "this month", "2020-02-01..2020-02-05"),
    ("It fell last year.", "last year", "2019-01-01..2019-12-31"),
    ("It falls next year.", "next year", "2021-01-01..2021-12-31"),
    ("It fell earlier this year.", "earlier this year", "2020-01-01..2020-02-05"),
    ("It fell earlier this month.", "earlier this month", "2020-02-01..2020-02-05"),
    ("It will fall later this month.", "later this month", "2020-02-05..2020-02-29"),
    ("It fell earlier today.", "earlier today", "2020-02-05"),
    ("It fell earlier in the week.", "earlier in the week", "2020-02-03..2020-02-05"),
    ("It fell earlier in the day.", "earlier in the day", "2020-02-05"),
    ("It fell in January.", "January", "2020-01-01..2020-01-31"),
    ("It fell in February.", "February", "2020-02-01..2020-02-29"),
    ("It fell in March.", "March", "2019-03-01..2019-03-31"),
    ("It falls next January.", "next January", "2021-01-01..2021-01-31"),
    ("It fell last February.", "last February", "2019-02-01..2019-02-28"),
    ("It fell on 3 February.", "3 February", "2020-02-03"),
    ("It fell on February 3.", "February 3", "2020-02-03"),
    ("It fell on Feb. 3rd.", "Feb. 3rd", "2020-02-03"),
    ("It fell on the 3rd of February.", "the 3rd of February", "2020-02-03"),
    ("It falls on 10 February.", "10 February", "2020-02-10"),
    ("It fell on 10 March.", "10 March", "2020-03-10"),
    ("It fell on 10 May.", "10 May", "2019-05-10"),
    ("It fell on Friday, May 10.", "Friday , May 10", "2019-05-10"),
    ("It falls on Sunday, May 10.", "Sunday , May 10", "2020-05-10"),
    ("It fell in the last week of January.", "the last week of January", "2020-01-25..2020-01-31"),
    ("It fell later on Tuesday.", "later on Tuesday", "2020-02-04"),
    ("It fell two days ago.", "two days ago", "2020-02-03"),
    ("It fell 3 days ago.", "3 days ago", "2020-02-02"),
    ("It fell three weeks ago.", "three weeks ago", "2020-01-13..2020-01-19"),
    ("It fell a month ago.", "a month ago", "2020-01-01..2020-01-31"),
    ("It fell a decade ago.", "a decade ago", "2010-01-01..2010-12-31"),
    ("It fell five hours ago.", "five hours ago", "2020-02-04"),
    ("It fell a few days ago.", "a few days ago", "2020-01-31..2020-02-03"),
    ("It fell weeks ago.", "weeks ago", "2019-12-11..2020-01-22"),
    ("It fell in the past year.", "the past year", "2019-02-05..2020-02-05"),
    ("It fell in the last 24 hours.", "the last 24 hours", "2020-02-04..2020-02-05"),
    ("It fell in recent days.", "recent days", "2020-01-29..2020-02-05"),
    ("It falls in the coming days.", "the coming days", "2020-02-05..2020-02-12"),
    ("It falls in the next two weeks.", "the next two weeks", "2020-02-05..2020-02-19"),
    ("It fell late last month.", "late last month", "2020-01-22..2020-01-31"),
    ("It fell in early January.", "early January", "2020-01-01..2020-01-10"),
    ("It fell in mid-January.", "mid-January", "2020-01-11..2020-01-21"),
    ("It fell at the start of the year.", "the start of the year", "2020-01-01..2020-04-30"),
    ("It fell last summer.", "last summer", "2019-06-01..2019-08-31"),
]  # fmt: skip

ABSOLUTE = [
    ("It fell on February 3, 2020.", "February 3 , 2020", "2020-02-03"),
    ("It fell on 3 Feb 2019.", "3 Feb 2019", "2019-02-03"),
    ("It fell on Monday, 4 February 2019.", "Monday , 4 February 2019", "2019-02-04"),
    ("It fell on Monday (February 4, 2019).", "Monday ( February 4 , 2019 )", "2019-02-04"),
    ("It fell in February 2019.", "February 2019", "2019-02-01..2019-02-28"),
    ("It fell in late 2016.", "late 2016", "2016-09-01..2016-12-31"),
    ("It fell in 2016.", "2016", "2016-01-01..2016-12-31"),
    ("The 2003 invasion failed.", "2003", "2003-01-01..2003-12-31"),
    ("It fell in mid-2015.", "mid-2015", "2015-05-01..2015-08-31"),
    ("It fell in the first half of 2019.", "the first half of 2019", "2019-01-01..2019-07-02"),
    ("It fell in the summer of 2014.", "the summer of 2014", "2014-06-01..2014-08-31"),
    ("It fell in the 1990s.", "the 1990s", "1990-01-01..1999-12-31"),
    ("It fell on 2020-02-03.", "2020-02-03", "2020-02-03"),
    ("It fell on 13/02/2020.", "13/02/2020", "2020-02-13"),
    ("It fell on 2/13/2020.", "2/13/2020", "2020-02-13"),
    ("It fell on 03.02.2020.", "03.02.2020", "2020-02-03"),
]

SPANS = [
    ("Between 2014 and 2016 it fell.", "Between 2014 and 2016", "2014-01-01..2016-12-31"),
    ("It ran from 3 to 5 March 2019.", "from 3 to 5 March 2019", "2019-03-03..2019-03-05"),
    ("It ran 20-21 May 2019.", "20-21 May 2019", "2019-05-20..2019-05-21"),
    ("It ran on May 20-21.", "May 20-21", "2019-05-20..2019-05-21"),
    ("It ran from Monday to Tuesday.", "from Monday to Tuesday", "2020-02-03..2020-02-04"),
    ("It ran from Thursday to Monday.", "from Thursday to Monday", "2020-01-30..2020-02-03"),
    ("It ran from January 3 to 5.", "from January 3 to 5", "2020-01-03..2020-01-05"),
    ("between November and January", "between November and January", "2019-11-01..2020-01-31"),
    ("between January and March 2019", "between January and March 2019", "2019-01-01..2019-03-31"),
    ("for the past month", "the past month", "2020-01-05..2020-02-05"),
    ("over the past two weeks", "the past two weeks", "2020-01-22..2020-02-05"),
    ("in 2014-16", "2014-16", "2014-01-01..2016-12-31"),
]

DEADLINES = [
    ("must leave by the end of February", "by the end of February", "2020-02-05..2020-02-29"),
    ("must leave within a week", "within a week", "2020-02-05..2020-02-12"),
    ("must leave by Friday", "by Friday", "2020-02-05..2020-02-07"),
    ("must leave before Friday", "before Friday", "2020-02-05..2020-02-06"),
    ("must leave before the end of March", "before the end of March", "2020-02-05..2020-03-31"),
    ("must leave by Friday, he said", "by Friday", "2020-02-05..2020-02-07"),
    ("By Friday, they had left.", "By Friday", "2020-01-31"),
    ("no later than 1 March 2020", "no later than 1 March 2020", "2020-02-05..2020-03-01"),
]

SINCE = [
    ("at war since 2011", "since 2011", "2011-01-01..2020-02-05"),
    ("at war since Monday", "since Monday", "2020-02-03..2020-02-05"),
    ("at war since late last year", "since late last year", "2019-09-01..2020-02-05"),
    ("at war since December 1", "since December 1", "2019-12-01..2020-02-05"),
]


@pytest.mark.parametrize(
    ("text", "words", "days", "kind"),
    [
        (*row, kind)
        for kind, rows in {
            "relative": RELATIVE,
            "absolute": ABSOLUTE,
            "span": SPANS,
            "deadline": DEADLINES,
            "since": SINCE,
        }.items()
        for row in rows
    ],
)
def test_reckoned(text: str, words: str, days: str, kind: str) -> None:
    assert told(text) == (words, days, kind)


@pytest.mark.parametrize(
    "text",
    [
        "It fell on 31 February.",
        "It fell on February 30, 2019.",
        "It fell on 02/03/2020.",
        "It fell on 2020-13-45.",
        "They may march on the capital.",
        "March on, said Theresa May.",
        "May said no, and April Jones left.",
        "They meet on Fridays and every Friday.",
        "It recalled Bloody Sunday.",
        "It sent 2000 men and the M5 and S-400s.",
        "They held the second of the three.",
        "in the past they won; at last they left; the last time",
        "within a week of the vote",
        "It happened 9999 years ago.",
        "In the end the next of kin came early and left late.",
        "the 4th Division and Resolution 2254",
    ],
)
def test_no_dates(text: str) -> None:
    assert find(text) == []


def test_ahead() -> None:
    assert told("will meet on Friday", ahead=True)[1] == "2020-02-07"
    assert told("will meet in March", ahead=True)[1] == "2020-03-01..2020-03-31"
    assert told("will meet this week", ahead=True)[1] == "2020-02-05..2020-02-09"
    assert told("will meet this weekend", ahead=True)[1] == "2020-02-08..2020-02-09"
    assert told("will meet on 3 February", ahead=True)[1] == "2021-02-03"
    assert told("will meet in two weeks", ahead=True)[1] == "2020-02-05..2020-02-19"


def test_without_a_day_of_publication() -> None:
    assert [(words, found.interval) for words, found in find("on Tuesday, a week ago", None)] == [
        ("Tuesday", None),
        ("a week ago", None),
    ]
    ((_, absolute),) = find("on 3 February 2019", None)
    assert absolute.interval is not None
    ((_, since),) = find("since 2011", None)
    assert (since.interval, since.kind) == (None, "since")
    ((_, deadline),) = find("by 1 March 2019", None)
    assert deadline.interval is not None and deadline.interval.start == date(2019, 3, 1)


def test_a_day_earlier_hangs_on_the_day_spoken_of() -> None:
    assert find("It fell a day earlier.")[0][1].interval is None
    (_, earlier) = find("It fell on Monday, two days earlier than planned.")[1]
    assert earlier.interval is not None and earlier.interval.start == date(2020, 2, 1)
    assert told("It fell the day before.", anchor=date(2020, 2, 3))[1] == "2020-02-02"
    assert told("It rose later that day.", anchor=date(2020, 2, 3))[1] == "2020-02-03"
    assert told("It fell the next day.", anchor=date(2020, 2, 3))[1] == "2020-02-04"


def test_several_in_one_sentence() -> None:
    found = find(
        "Last week it fell; on Monday it rose, and since then, in 2016 and May, all slept."
    )
    assert [words for words, _ in found] == ["Last week", "Monday", "2016", "May"]


def test_what_intervals_say() -> None:
    precisions = {
        "last week": Precision.WEEK,
        "last month": Precision.MONTH,
        "last year": Precision.YEAR,
        "yesterday": Precision.DAY,
        "this month": Precision.WITHIN,
        "by Friday": Precision.BY,
        "since 2011": Precision.SPAN,
        "between 2014 and 2016": Precision.SPAN,
    }
    for text, precision in precisions.items():
        ((_, found),) = find("it ran " + text)
        assert found.interval is not None and found.interval.precision is precision, text


WORDS = sorted(
    word_set(
        "the a of on in by since until from to between and last next past this early late "
        "mid-2015 Monday Friday May March January 3 31 2016 1990s 20-21 two few weeks "
        "days year ago week month weekend night start end summer before earlier day 99999 "
        "9999 within ; , ( 3rd -"
    )
)


@given(st.lists(st.sampled_from(WORDS), max_size=25), st.dates() | st.none(), st.booleans())
def test_any_order_of_words(words: list[str], published: date | None, ahead: bool) -> None:
    found = find_dates(tokens(" ".join(words)), published, ahead=ahead)
    before = 0
    for mention in found:
        assert before <= mention.first < mention.last
        before = mention.last
        if published is None:
            assert mention.kind != "since" or mention.interval is None


@pytest.mark.parametrize("words", ["late on ", "the night of ", "earlier in ", "the end of the "])
def test_endless_nesting_is_left_alone(words: str) -> None:
    find_dates(tokens(words * 150), WEDNESDAY)


@given(st.integers(0, 6), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_weekdays(number: int, today: date) -> None:
    assert weekday(number, today).weekday() == number
    assert today - timedelta(days=6) <= weekday(number, today) <= today
    assert today <= weekday(number, today, ahead=True) <= today + timedelta(days=6)
    assert weekday(number, today, other=True) < today


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-500, 500))
def test_months_later(start: date, count: int) -> None:
    later = months_later(start, count)
    assert 12 * (later.year - start.year) + later.month - start.month == count
    assert later.day <= start.day


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(1, 28), st.integers(1, 12))
def test_a_day_named_without_a_year(today: date, number: int, month: int) -> None:
    named = day_named(number, month, today)
    assert (named.day, named.month) == (number, month)
    assert today - timedelta(days=366) < named <= today + NEAR
