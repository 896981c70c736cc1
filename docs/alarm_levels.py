"""Measure the rule for levels of alarm: run ``python docs/alarm_levels.py PANEL --column NAME``.

At each origin the rule sees hindcasts of the three years before it and chooses; what its levels
come to is counted on the hindcasts of the three years after, by the model fitted at that origin.
Prints the table of docs/watch-list.md.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from foreshock.brief.watch.warning_words import SHORT, rate_in_words
from foreshock.core.errors import ForeshockError
from foreshock.core.panel import Panel
from foreshock.core.watch import Warning, WarningRecord, WatchRecord
from foreshock.evaluate.watch.record import record
from foreshock.observe.readers.panel import read_panel
from foreshock.verify.alarm_levels import alarm_levels

YEARS = range(2004, 2019)
"""Of the October origins at which a level is chosen."""

LATER = 3
"""Years that the hindcasts of an origin go back, so that those of so much later begin there."""

EVEN = 0.5
"""Level to compare with."""


def main() -> None:
    """Read the options, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("panel", type=Path)
    parser.add_argument("--column", help="column of the deaths, if there are several")
    asked = parser.parse_args()
    try:
        _print_table(read_panel(asked.panel, asked.column))
    except ForeshockError as error:
        parser.error(str(error))


def _print_table(panel: Panel) -> None:
    records = {}
    for year in range(YEARS.start, YEARS.stop + LATER):
        sys.stderr.write(f"{year}\n")
        records[year] = record(panel, date(year, 10, 1))
    print("| | levels chosen | right in hindcasts | right later | had an alarm | at 50 % |")
    print("|---|---|---|---|---|---|")
    for warning in Warning:
        print(_row(warning, records))


def _row(warning: Warning, records: dict[int, WatchRecord]) -> str:
    levels, told, later = [], [], []
    for year in YEARS:
        level = alarm_levels(records[year].warnings)[warning]
        levels.append(level)
        told.append(_all(records[year], warning).at(level))
        later.append(_all(records[year + LATER], warning))
    found = [each.at(level) for each, level in zip(later, levels, strict=True)]
    even = [each.at(EVEN) for each in later]
    came = sum(each.came_about for each in later)
    span = f"{100 * min(levels):.0f}–{100 * max(levels):.0f} %"
    cells = [
        _share(sum(each.right for each in told), sum(each.raised for each in told)),
        _share(sum(each.right for each in found), sum(each.raised for each in found)),
        _share(sum(each.right for each in found), came),
        _share(sum(each.right for each in even), sum(each.raised for each in even))
        + " right, "
        + _share(sum(each.right for each in even), came)
        + " had one",
    ]
    return f"| {SHORT[warning]} | {span} | {' | '.join(cells)} |"


def _all(told: WatchRecord, warning: Warning) -> WarningRecord:
    return next(each for each in told.warnings if (each.warning, each.ahead) == (warning, 0))


def _share(part: int, whole: int) -> str:
    return rate_in_words(part / whole) if whole else "–"


if __name__ == "__main__":
    main()
