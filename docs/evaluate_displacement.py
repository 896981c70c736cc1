"""Evaluate the forecasts of where people go and write their page.

Run ``python docs/evaluate_displacement.py FLEE``, where FLEE holds the five cases in Flee's format.
Every number of the page's tables is worked out here, by the code that ``foreshock evaluate
displacement`` runs on any cases.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from foreshock.evaluate.displacement.protocol import (
    AHEAD_GIVEN,
    FROM_THIRTY,
    OURS,
    QUESTIONS,
    UNAIDED,
)
from foreshock.evaluate.displacement.report import (
    differences,
    headline,
    losses,
    methods,
    say,
    set_up,
    spreads,
)
from foreshock.evaluate.displacement.study import Study, study
from foreshock.evaluate.report import Table
from foreshock.forecast.displacement.destinations.history import History, history
from foreshock.forecast.displacement.destinations.taught import Lessons, bundled_lessons
from foreshock.observe.readers.flee.folder import read_folder

DOCS = Path(__file__).parent
CASES = ("mali2012", "burundi2015", "car2013", "ssudan2013", "tigray2020")
AIMS = ((UNAIDED, 0.53), (AHEAD_GIVEN, 0.18))
"""Question and the largest error aimed at; the interval of the difference is to lie below 0."""

PARTS = (
    ("no camp draws more for being new", "opening", (1.0,)),
    ("no war counts as newer", "recency", (0.0,)),
    ("people of a place do not count", "population", (0.0,)),
)


def targets(found: Study) -> tuple[Table, list[str]]:
    """Set what was aimed at beside what came out, and list what was missed."""
    rows, missed = [], []
    for question, most in AIMS:
        ours = _error(found, question)
        gap = found.comparison(question)
        reached = ours <= most and gap.over_cases.high < 0
        came = f"{ours:.3f}; {say(gap.over_cases)} to {gap.other}"
        aim = f"at most {most}, interval below 0"
        rows.append((question, aim, came, "reached" if reached else "missed"))
        if not reached:
            missed.append(f"Missed: {question}, {came}.")
    return Table("", "", ("", "aimed at", "came out", ""), tuple(rows)), missed


def part(lessons: Lessons, name: str, values: tuple[float, ...]) -> Lessons:
    """Keep only the rules that have some values of one parameter."""
    axis = ("distance", "opening", "population", "recency").index(name)
    kept = [getattr(lessons.rules, name).index(value) for value in values]
    each = tuple(
        replace(
            one,
            differences=one.differences.reshape(lessons.rules.shape).take(kept, axis).reshape(-1),
        )
        for one in lessons.each
    )
    return replace(lessons, rules=replace(lessons.rules, **{name: values}), each=each)


def ablation(cases: Sequence[History], whole: Study) -> Table:
    """Try what each part is worth."""
    lessons = bundled_lessons()
    even = tuple(replace(one, differences=np.zeros(len(lessons.rules))) for one in lessons.each)
    tried = [("everything", whole)]
    for name, parameter, values in PARTS:
        tried.append((name, study(cases, lessons=part(lessons, parameter, values))))
    tried.append(("even weights of all rules", study(cases, lessons=replace(lessons, each=even))))
    asked = (UNAIDED, FROM_THIRTY, AHEAD_GIVEN)
    rows = [(name, *(f"{_error(found, each):.3f}" for each in asked)) for name, found in tried]
    return Table("", "", ("", *asked), tuple(rows))


def _error(found: Study, question: str) -> float:
    return next(row for row in found.rows[question] if row.method == OURS).difference


def page(root: Path) -> str:
    """Write the whole page."""
    read = [read_folder(root / name) for name in CASES]
    cases = [history(each.network, each.counted) for each in read]
    found = study(cases, progress=lambda step: print(step, file=sys.stderr))
    lessons = bundled_lessons()
    aims, missed = targets(found)
    about = headline(found)
    each = [methods(found, question) for question in QUESTIONS]
    told = {
        "rules": f"{len(lessons.rules)}",
        "citation": f"{lessons.provenance.citation} ({lessons.provenance.licence})",
        "set_up": set_up(found),
        "targets": aims.markdown(),
        "missed": "\n".join(missed) or "Both were reached.",
        "headline": about.markdown(),
        "few": about.note,
        "differences": f"{differences(found).title}:\n\n{differences(found).markdown()}",
        "losses": "\n".join(f"- {line}" for line in losses(found) or ["Nowhere."]),
        "questions": "\n\n".join(
            f"### {question}\n\n{table.note}\n\n{table.markdown()}"
            for question, table in zip(QUESTIONS, each, strict=True)
        ),
        "spreads": f"{spreads(found).note}\n\n{spreads(found).markdown()}",
        "ablation": ablation(cases, found).markdown(),
    }
    return (DOCS / "displacement.template.md").read_text("utf-8").format(**told)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python docs/evaluate_displacement.py FLEE")
    (DOCS / "displacement.md").write_text(page(Path(sys.argv[1])), "utf-8")
