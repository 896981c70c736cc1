"""Words of the calendar: days, months, seasons, units, and how loosely writers use them."""

from __future__ import annotations

import re

from foreshock.observe.reading.expressions.reckoning import Part, Unit
from foreshock.observe.reading.text.words import word_set

ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
DAYS = re.compile(r"(\d{1,2})-(\d{1,2})")
YEAR = re.compile(r"(1[89]\d\d|20\d\d|2100)")
YEARS = re.compile(r"(1[89]\d\d|20\d\d)[-/](\d\d|\d{4})")
DECADE = re.compile(r"(1[89]\d0|20\d0)s")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon.", "tuesday tue. tues.", "wednesday wed.", "thursday thu. thurs.",
         "friday fri.", "saturday sat.", "sunday sun.")
    )
    for name in names.split()
}  # fmt: skip
MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan jan.", "february feb feb.", "march mar mar.", "april apr apr.", "may",
         "june jun jun.", "july jul jul.", "august aug aug.", "september sept sept. sep sep.",
         "october oct oct.", "november nov nov.", "december dec dec."),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
NAMES_TOO = word_set("march may april june august mar jun jan")
"""Months whose name is a verb, a modal or a person's as well."""
SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
UNITS: dict[str, Unit] = {
    "hour": "hour", "day": "day", "night": "day", "week": "week", "weekend": "weekend",
    "fortnight": "week", "month": "month", "quarter": "quarter", "year": "year",
    "decade": "decade",
}  # fmt: skip
FEW = {"hour": 24, "day": 7, "week": 6, "weekend": 4, "month": 6, "quarter": 4, "year": 5,
        "decade": 3}  # fmt: skip
"""How far "recent days" or "the coming weeks" reach: judgements, since writers never say."""
LOOSE = {"hour": (0, 1), "day": (2, 7), "week": (2, 8), "month": (2, 12), "year": (2, 10),
          "decade": (20, 50)}  # fmt: skip
"""How long ago "days ago" or "years ago" is, in units; decades in years."""
PARTS: dict[str, Part] = {
    "early": "early", "start": "early", "beginning": "early", "first": "early", "mid": "mid",
    "middle": "mid", "late": "late", "end": "late", "close": "late",
}  # fmt: skip
HOURS = word_set("morning afternoon evening night midday noon dawn dusk midnight")
BEFORE_NAMED = word_set("black bloody good easter ash palm holy every each christmas cyber")
BEFORE_MONTH = word_set(
    "in since by until till before after during of from to through early late mid last this next "
    "between and start end beginning middle around that for around over the a past"
)
BEFORE_YEAR = word_set(
    "in since by until till before after during of from to through early late mid around circa "
    "between year and for over summer winter spring autumn fall start end as"
)
BACK = word_set("past last recent")
ON = word_set("next coming upcoming")
AMOUNTS = word_set(
    "a an one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty "
    "forty fifty several few couple"
)
EVENTS = word_set(
    "elections protests riots talks sanctions attacks bombings accords hostilities uprisings wars"
)

STARTS = (
    frozenset(WEEKDAYS) | frozenset(MONTHS) | frozenset(PARTS) | frozenset(SEASONS)
    | BACK | ON | AMOUNTS | word_set(
        "the this yesterday today tonight tomorrow overnight earlier later hours days weeks "
        "months years decades that"
    )
)  # fmt: skip
"""Lower-case words with which a period may start; figures and ``mid-`` words may too."""
