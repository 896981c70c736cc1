"""What a study of destinations found, as tables: for a terminal, for a Markdown page, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from textwrap import wrap
from typing import Any

from foreshock.evaluate.displacement.protocol import HARD, LEAKY, OURS, QUESTIONS, TOLD
from foreshock.evaluate.displacement.study import Difference, Row, Study
from foreshock.evaluate.report import NOTHING, WIDTH, Table

NOTES = {
    "without counts": (
        "Roads, closures and fights of each day as they come, and the daily total, which is true "
        "and given; no count of any camp. Every week. Flee's rules are told the same (so nobody "
        "is in a camp on day 0), with the settings that the field's validation runs have in "
        "common; a dash where they cannot be followed."
    ),
    "from day 30": (
        "What was published by day 30 and no more, for every later week; the total is given. "
        "Methods with 'told closures' are told what opens, shuts and is fought over later as it "
        "comes, as in the question before."
    ),
    "30 days ahead": (
        "From each week's origin: what was published by then, for 30 days later; the total is "
        "given."
    ),
    "30 days ahead, total forecast": (
        "The same with the total forecast too, so that nothing is given. People are compared, not "
        "shares, so that a wrong total counts as an error."
    ),
}
FEW = (
    "Intervals over cases resample whole cases; of a handful they tell little. Those of a case "
    "resample its weeks in blocks of 8, and tell how sure the difference is in that case alone."
)


def set_up(study: Study) -> str:
    """Say in a few sentences what was done."""
    leaky = " and ".join(f"'{name}'" for name in sorted(LEAKY))
    return (
        f"{len(study.cases)} cases, each forecast by what cases of other countries taught; "
        f"{study.draws} draws, seed {study.seed}. The averaged relative difference is the mean "
        "over days of the summed error over camps as a share of all people; of shares, twice their "
        f"total variation distance. Smaller is better. {leaky} see what no forecast could."
    )


def headline(study: Study) -> Table:
    """Set each question's forecast beside its hard simple method."""
    rows = []
    for question in QUESTIONS:
        ours, hard = (_row(study, question, method) for method in (OURS, HARD[question]))
        found = study.comparison(question)
        rows.append((
            question, _number(ours.difference), _number(hard.difference), hard.method,
            say(found.over_cases), f"{found.better} of {len(found.by_case)}",
        ))  # fmt: skip
    return Table(
        "Averaged relative difference, means over cases",
        FEW,
        ("", OURS, "beside it", "of", "difference, 95 %", "better in"),
        tuple(rows),
    )


def methods(study: Study, question: str) -> Table:
    """Give every method's error on a question, case by case."""
    rows = [
        (row.method, *(_number(row.by_case.get(case)) for case in study.cases),
         _number(row.difference))
        for row in study.rows[question]
    ]  # fmt: skip
    return Table(
        f"{question}: averaged relative difference",
        NOTES[question],
        ("", *study.cases, "mean"),
        tuple(rows),
    )


def differences(study: Study) -> Table:
    """Give the difference to the hard simple method, case by case, with intervals."""
    rows = [
        (question, HARD[question], *(
            say(found.by_case[case]) if case in found.by_case else NOTHING for case in study.cases
        ))
        for question in QUESTIONS
        for found in (study.comparison(question),)
    ]  # fmt: skip
    return Table(
        "Difference to the simple method, below 0 where the forecast is better, 95 %",
        "",
        ("", "to", *study.cases),
        tuple(rows),
    )


def losses(study: Study) -> list[str]:
    """List every case and question in which a simple method that sees no more did better."""
    return [
        f"{question}, {case}: {found.other} by {found.by_case[case].value:.3f}"
        for question in QUESTIONS
        for found in study.comparisons[question]
        for case in study.cases
        if found.other not in LEAKY | TOLD
        and not found.other.startswith(OURS)
        and found.by_case.get(case, _LEVEL).value > 0
    ]


def spreads(study: Study) -> Table:
    """Tell whether the intervals hold."""
    rows = []
    for question in QUESTIONS:
        ours, hard = (_row(study, question, method) for method in (OURS, HARD[question]))
        rows.append((
            question, _number(ours.crps), _number(hard.crps), _share(ours.covered),
            _number(ours.total), _number(hard.total), _share(ours.total_covered),
        ))  # fmt: skip
    head = (
        "", "CRPS", "of the simple method", "places in 90 %", "error of the total",
        "of the simple method", "totals in 90 %",
    )  # fmt: skip
    note = (
        "CRPS of shares (or of people over all people), summed over camps; of the simple method, "
        "which names one number, it is the absolute error. Coverage is of the 90 % intervals of "
        "every camp on every scored day."
    )
    return Table("Whole distributions", note, head, tuple(rows))


def parameters(study: Study) -> Table:
    """Tell what each case was forecast with."""
    rows = [
        (case, ", ".join(taught.cases), f"{taught.spread:.1f}", f"{taught.registration:.3f}",
         f"{taught.growth:.2f}")
        for case, taught in study.taught.items()
    ]  # fmt: skip
    head = ("", "taught by", "spread of sites", "registration", "growth")
    return Table("What each case was forecast with", "", head, tuple(rows))


def tables(study: Study) -> list[Table]:
    """Give all tables in their order."""
    each = [methods(study, question) for question in QUESTIONS]
    return [headline(study), differences(study), *each, spreads(study), parameters(study)]


def as_text(study: Study) -> str:
    """Give it for a terminal."""
    parts = ["\n".join(wrap(set_up(study), WIDTH))]
    for table in tables(study):
        parts.append("\n".join([table.title, table.text(), *wrap(table.note, WIDTH)]))
    lost = losses(study) or ["nowhere"]
    parts.append("\n".join(["Where a simple method did better", *lost]))
    return "\n\n".join(parts)


def as_markdown(study: Study) -> str:
    """Give it as a page."""
    parts = ["# Where to: how good the forecasts are", set_up(study)]
    for table in tables(study):
        parts += [f"## {table.title}", table.markdown(), *([table.note] if table.note else [])]
    lost = losses(study) or ["nowhere"]
    parts += ["## Where a simple method did better", "\n".join(f"- {each}" for each in lost)]
    return "\n\n".join(parts) + "\n"


def as_json(study: Study) -> dict[str, Any]:
    """Give all of it."""
    return {
        "cases": list(study.cases),
        "draws": study.draws,
        "seed": study.seed,
        "questions": {
            question: {
                "about": NOTES[question],
                "methods": [asdict(row) for row in study.rows[question]],
                "comparisons": [asdict(found) for found in study.comparisons[question]],
            }
            for question in QUESTIONS
        },
        "leaky": sorted(LEAKY),
        "losses": losses(study),
        "taught_by": {case: list(taught.cases) for case, taught in study.taught.items()},
    }


def say(found: Difference) -> str:
    """Say a difference with its interval.

    Examples
    --------
    >>> say(Difference(value=-0.21, low=-0.4226, high=-0.033))
    '-0.210 [-0.423, -0.033]'
    """
    return f"{found.value:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"


_LEVEL = Difference(value=0.0, low=0.0, high=0.0)


def _row(study: Study, question: str, method: str) -> Row:
    return next(row for row in study.rows[question] if row.method == method)


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.3f}"


def _share(value: float | None) -> str:
    return NOTHING if value is None else f"{100 * value:.0f} %"
