"""Scores of the published protocol as text and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from textwrap import wrap
from typing import Any

from foreshock.evaluate.displacement.published import EARLY, LEAK, NAIVE, TRAINED, Published, Spread
from foreshock.evaluate.report import NOTHING, WIDTH, Table

SLOPED = (
    "The sloped continuation as published goes up by its first day's whole count every day; "
    "'sloped' goes on as it grew until then."
)


def as_json(found: Published, case: str) -> dict[str, Any]:
    """Give all scores as JSON."""
    return {"case": case, "leak": LEAK, "sloped": SLOPED, **asdict(found)}


def as_text(found: Published, case: str) -> list[str]:
    """Give the scores as lines of text."""
    members = f"{found.members} member{'' if found.members == 1 else 's'}"
    scale = f", one person for {found.scale:,}" if found.scale > 1 else ""
    lines = [f"{case}: {members}, {found.days} days, {len(found.camps)} camps{scale}", ""]
    lines += [*wrap(LEAK, WIDTH), ""]
    if found.unlike:
        what = f"On {found.unlike:,} camp-days the output's counts are not those of the folder."
        lines += [what, ""]
    for table in (_whole(found), _scaled(found), _camps(found), _simple(found)):
        lines += [table.title, *table.text().split("\n"), *wrap(table.note, WIDTH), ""]
    return lines[:-1]


def _number(value: float | None, digits: int = 3) -> str:
    return NOTHING if value is None else f"{value:,.{digits}f}"


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return NOTHING
    mean = _number(spread.mean)
    return mean if spread.low is None else f"{mean} [{spread.low:.3f}, {spread.high:.3f}]"


def _whole(found: Published) -> Table:
    rows = [
        ("averaged relative difference", _spread(found.difference)),
        ("rescaled to the counted total", _spread(found.rescaled)),
        ("error, half of the first", _spread(found.error)),
        ("on the last day", _spread(found.final)),
        ("after day 30", _spread(found.later)),
    ]
    if found.members > 1:
        rows.append(("of the members' mean", _number(found.of_mean)))
        rows.append(("CRPS of all in camps, persons", _number(found.crps, 1)))
        rows.append(("coverage of all in camps, 90 %", _number(found.covered, 2)))
    note = "In brackets 5 % and 95 % of the members." if found.members > 1 else ""
    return Table("Scores over all camps", note, ("", "value"), tuple(rows))


def _scaled(found: Published) -> Table:
    rows = tuple(
        (name, *(_number(found.scaled[f"{name}, day {begin}"]) for begin in (EARLY, TRAINED)))
        for name in NAIVE
    )
    head = ("beside a continuation", f"from day {EARLY}", f"from day {TRAINED}")
    return Table("Mean absolute scaled error, of rescaled people", SLOPED, head, rows)


def _camps(found: Published) -> Table:
    several = found.members > 1
    head = ("camp", "simulated", "counted", "difference", f"scaled, day {TRAINED}")
    rows = []
    for camp in found.camps:
        row = (
            camp.name,
            _number(camp.simulated, 0),
            _number(camp.counted, 0),
            _number(camp.difference),
            _number(camp.scaled[f"flat, day {TRAINED}"]),
        )
        extra = (_number(camp.crps, 1), _number(camp.covered, 2)) if several else ()
        rows.append((*row, *extra))
    note = "People are those of the last day; the difference is a share of all who were counted."
    return Table("Camps", note, (*head, *(("CRPS", "coverage") if several else ())), tuple(rows))


def _simple(found: Published) -> Table:
    ours = ("as simulated", _number(found.difference.mean))
    rows = [(*ours, _number(found.later.mean if found.later else None))]
    rows += [(each.name, _number(each.difference), _number(each.later)) for each in found.simple]
    head = ("averaged relative difference", "all days", "after day 30")
    note = "Simple methods are given the counted total of each day; leaky ones see yet more."
    return Table("Simple methods", note, head, tuple(rows))
