"""Evaluate the forecasts of who holds what, and write their page.

Run ``python docs/evaluate_control_ahead.py``. Every number of the page's tables is worked out here,
from the bundled case.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from foreshock.brief.forecast_words import percent
from foreshock.case.opening import Case, open_case
from foreshock.core.answers import Answer
from foreshock.core.answers_control import about_control, answer_control
from foreshock.core.control import ControlOutlook
from foreshock.core.errors import ForecastRefused
from foreshock.core.questions import Question
from foreshock.core.time import say_day
from foreshock.cycle import observe, picture_of
from foreshock.evaluate.control.ahead import OURS, cases
from foreshock.evaluate.control.ahead import Case as Forecast
from foreshock.evaluate.report import Table
from foreshock.forecast.control.project import project
from foreshock.forecast.control.simple import PACE, STILL
from foreshock.forecast.escalation.project import project as project_escalation
from foreshock.verify.scores import brier
from foreshock.verify.skill import Difference, difference

DOCS = Path(__file__).parent
NAME, ASKED, KNOWN = "idlib-2020", date(2020, 2, 5), date(2020, 4, 5)
FIRST, LAST, DAYS = date(2019, 12, 25), date(2020, 2, 19), 14
LATER = [date(2020, 2, day) for day in (5, 8, 12, 19, 26)] + [date(2020, 3, 4), date(2020, 3, 18)]
METHODS = (OURS, STILL, PACE)
BAD = 0.5
"""Brier score from which an answer is a bad miss."""


def forecast(case: Case, day: date) -> ControlOutlook | None:
    """Forecast as of a day, as a brief of that day would; None where the evidence carries none."""
    print(f"{day}", file=sys.stderr)
    picture = picture_of(case, observe(case, day))
    try:
        fighting = project_escalation(picture, case.about)
    except ForecastRefused:
        fighting = None
    try:
        return project(picture, escalation=fighting)
    except ForecastRefused:
        return None


def answers(outlook: ControlOutlook, question: Question) -> list[float] | None:
    """Give what each method answers; None where there is no answer."""
    told = [
        answer_control(question, outlook, None if method == OURS else method) for method in METHODS
    ]
    found = [each.probability for each in told if isinstance(each, Answer)]
    return [each for each in found if each is not None] or None


def asked(case: Case, outlook: ControlOutlook) -> tuple[Table, str]:
    """Answer the questions of the case, and score them."""
    outcomes = observe(case, KNOWN).outcomes
    rows, scores = [], []
    for question in about(case):
        told = answers(outlook, question)
        came = outcomes[question.id].outcome
        if told is None:
            continue
        scores.append([float(brier(each, float(came == "yes"))) for each in told])
        said = (f"{percent(p)} ({s:.2f})" for p, s in zip(told, scores[-1], strict=True))
        rows.append((f"{question.id}. {question.text}", *said, came))
    mean = np.mean(scores, axis=0)
    rows.append(("mean Brier score", *(f"{each:.2f}" for each in mean), ""))
    ranked = sorted(zip(METHODS, mean, strict=True), key=lambda each: each[1])
    missed = [row[0].partition(".")[0] for row, each in zip(rows, scores, strict=False)
              if each[0] > BAD]  # fmt: skip
    verdict = (
        f"Bad misses of the simulation: {', '.join(missed) or 'none'}. Smallest mean on these "
        f"four: {ranked[0][0]} ({ranked[0][1]:.2f}). Four questions of one war are too few to tell "
        "one method from another."
    )
    return Table("", "", ("", *METHODS, "it came out"), tuple(rows)), verdict


def about(case: Case) -> list[Question]:
    """List the questions on who is where."""
    return [each for each in observe(case, ASKED).questions.values() if about_control(each)]


def afterwards(case: Case, outlooks: Sequence[ControlOutlook]) -> Table:
    """Answer the questions from later days."""
    rows = []
    for outlook in outlooks:
        told = [answers(outlook, question) for question in about(case)]
        each = ("–" if one is None else " / ".join(f"{100 * p:.0f}" for p in one) for one in told)
        rows.append((say_day(outlook.as_of), *each))
    head = ("per cent: " + " / ".join(METHODS), *(question.id for question in about(case)))
    return Table("", "", head, tuple(rows))


def scored(found: Sequence[Forecast]) -> Table:
    """Score all methods."""
    units = [each.place for each in found]
    logs = {m: [-float(np.log(each.probability[m])) for each in found] for m in METHODS}
    briers = {m: [each.brier[m] for each in found] for m in METHODS}
    rows = []
    for method in METHODS:
        gaps = [
            "" if method == OURS
            else _gap(difference(table[OURS], table[method], units, seed=0))
            for table in (logs, briers)
        ]  # fmt: skip
        rows.append((method, f"{np.mean(logs[method]):.3f}", gaps[0],
                     f"{np.mean(briers[method]):.3f}", gaps[1]))  # fmt: skip
    head = ("", "log score", "simulation less it", "Brier", "simulation less it")
    return Table("", "", head, tuple(rows))


def _gap(found: Difference) -> str:
    if found.low is None or found.high is None:
        return f"{found.value:+.3f} (too few places for an interval)"
    return f"{found.value:+.3f} ({found.low:+.3f} to {found.high:+.3f})"


def page() -> str:
    """Write the whole page."""
    case = open_case(NAME)
    weeks = [FIRST + timedelta(days=7 * week) for week in range((LAST - FIRST).days // 7 + 1)]
    every = {day: forecast(case, day) for day in sorted({*weeks, *LATER})}
    made = {day: outlook for day, outlook in every.items() if outlook is not None}
    refused = [say_day(day) for day in every if day not in made]
    later = picture_of(case, observe(case, KNOWN)).belief
    found = cases([made[day] for day in weeks if day in made], later, DAYS)
    moved = [each for each in found if each.changed]
    questions, verdict = asked(case, made[ASKED])
    return (DOCS / "control-ahead.template.md").read_text("utf-8").format(
        asked=say_day(ASKED), known=say_day(KNOWN), first=say_day(FIRST), last=say_day(LAST),
        refused=", ".join(refused) or "none", days=DAYS,
        questions=questions.markdown(), verdict=verdict,
        later=afterwards(case, [made[day] for day in LATER if day in made]).markdown(),
        cases=len(found), places=len({each.place for each in found}), changed=len(moved),
        scores=scored(found).markdown(), moved=scored(moved).markdown(),
    )  # fmt: skip


if __name__ == "__main__":
    (DOCS / "control-ahead.md").write_text(page(), "utf-8")
