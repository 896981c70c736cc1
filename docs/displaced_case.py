"""Set the bundled case's forecast of displacement beside what was counted: displaced-case.md.

Run ``python docs/displaced_case.py``. The forecast sees nothing later than its day; what came is
looked up afterwards.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.picture import assess
from foreshock.case.opening import open_case
from foreshock.core.answers_displaced import answer_displaced
from foreshock.core.displacement import Displacement
from foreshock.forecast.displacement.project import project as project_displacement
from foreshock.forecast.escalation.project import project
from foreshock.verify.counting import counted_arrivals, counted_totals
from foreshock.verify.scores import crps

DOCS = Path(__file__).parent
AS_OF, THEN = date(2020, 2, 5), date(2020, 4, 1)
DAYS = (date(2020, 2, 12), date(2020, 2, 23), date(2020, 3, 4))
SHOWN = ("sd-dana", "sd-salqin", "sd-azaz")


def main() -> None:
    """Forecast, look up, write."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["FORESHOCK_HOME"] = home
        case = open_case("idlib-2020")
        picture = assess(case.store.view(case.name, AS_OF), case.about.focus)
        fighting = project(picture, case.about)
        outlook = project_displacement(picture, case.about, escalation=fighting)
        came = {total.day: total.people for total in counted_totals(case, THEN)}
        arrived = counted_arrivals(case, AS_OF, THEN)
        lines = [*_head(outlook), *_totals(outlook, came), *_questions(picture, outlook)]
        lines += _shares(outlook, {place: each.share for place, each in arrived.items()})
    (DOCS / "displaced-case.md").write_text("\n".join(lines) + "\n", "utf-8")


def _head(outlook: Displacement) -> list[str]:
    return [
        "# The bundled case: how many left, and where to",
        "",
        "Written by `python docs/displaced_case.py`. The forecast is as of 5 February 2020 and saw "
        "nothing later; nothing was tuned on what came after, but for one bound that "
        "[decision 9](decisions/0009-whence-and-where-to-in-a-case.md) tells of. It is a hindcast "
        "of a winter that everybody knows: a check, no evidence of skill.",
        "",
        f"It rests on {outlook.thin or f'{len(outlook.totals)} counts of the total'}, the last for "
        f"{outlook.known_to:%-d %B} or, told by another report, 4 February.",
        "",
    ]


def _span(values: NDArray[np.float64]) -> str:
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return f"{middle:,.0f} ({low:,.0f}–{high:,.0f})".replace(",", " ")


def _totals(outlook: Displacement, came: dict[date, float]) -> list[str]:
    lines = [
        "## The running total",
        "",
        "OCHA's total of people displaced since 1 December 2019: the middle of the futures and, in "
        "brackets, what holds nine in ten; then the CRPS in thousands, smaller is better.",
        "",
        "| to the end of | counted | " + " | ".join(["model", *outlook.baselines]) + " |",
        "|---|---|" + "---|" * (1 + len(outlook.baselines)),
    ]
    for day in DAYS:
        at = outlook.days_to(day) - 1
        cells = []
        for name in (None, *outlook.baselines):
            values = outlook.running(name)[:, at]
            score = float(crps(values[:: max(1, len(values) // 2000)], came[day])) / 1000
            cells.append(f"{_span(values)}; {score:.0f}")
        counted = f"{came[day]:,.0f}".replace(",", " ")
        lines.append(f"| {day:%-d %B} | {counted} | " + " | ".join(cells) + " |")
    return [*lines, ""]


def _questions(picture: object, outlook: Displacement) -> list[str]:
    evidence = picture.evidence  # type: ignore[attr-defined]
    lines = [
        "## The declared questions",
        "",
        "| | model | " + " | ".join(outlook.baselines) + " | what came |",
        "|---|---|" + "---|" * (1 + len(outlook.baselines)),
    ]
    outcomes = {"Q14": "yes", "Q15": "yes", "Q16": "no", "Q17": "375 000"}
    for key, what in outcomes.items():
        question = evidence.questions[key]
        cells = []
        for name in (None, *outlook.baselines):
            told = answer_displaced(question, outlook, name)
            if told.probability is not None:  # type: ignore[union-attr]
                cells.append(f"{told.probability:.0%}")  # type: ignore[union-attr]
            else:
                cells.append(_span(np.array(told.values)))  # type: ignore[union-attr]
        lines.append(f"| {question.text} | " + " | ".join(cells) + f" | {what} |")
    return [*lines, ""]


def _shares(outlook: Displacement, arrived: dict[str, float]) -> list[str]:
    shares = outlook.shares.sum(axis=1)
    places = [ground.place for ground in outlook.destinations]
    at = [places.index(place) for place in SHOWN]
    columns = {"model": shares, **{n: v[None, :] for n, v in outlook.simple_shares.items()}}
    lines = [
        "## Where to",
        "",
        "Share of all arrivals, against the moves that HNAP counted in February 2020 (published "
        "on 31 March). Moves count people who move on twice; the forecast is of those who newly "
        "flee.",
        "",
        "| sub-district | counted | " + " | ".join(columns) + " |",
        "|---|---|" + "---|" * len(columns),
    ]
    counted = [arrived[place] for place in SHOWN]
    told = {
        name: [_share(values[:, one]) for one in at] + [_share(1 - values[:, at].sum(axis=1))]
        for name, values in columns.items()
    }
    for row, (name, share) in enumerate(
        zip([*SHOWN, "all others"], [*counted, 1 - sum(counted)], strict=True)
    ):
        cells = " | ".join(told[column][row] for column in columns)
        lines.append(f"| {name.removeprefix('sd-').capitalize()} | {share:.1%} | {cells} |")
    far = {
        name: _variation(values.mean(axis=0)[at], np.array(counted))
        for name, values in columns.items()
    }
    lines += [
        "",
        "Total variation distance over these four groups, 0 for the same and 1 for nothing in "
        "common: " + ", ".join(f"{name} {value:.2f}" for name, value in far.items()) + ".",
        "",
        _verdict(shares, at, counted),
    ]
    return lines


def _verdict(shares: NDArray[np.floating], at: list[int], counted: list[float]) -> str:
    held = [
        name.removeprefix("sd-").capitalize()
        for one, share, name in zip(at, counted, SHOWN, strict=True)
        if np.quantile(shares[:, one], 0.05) <= share <= np.quantile(shares[:, one], 0.95)
    ]
    missed = [n.removeprefix("sd-").capitalize() for n in SHOWN]
    missed = [name for name in missed if name not in held]
    text = (
        f"Held by the interval: {', '.join(held) or 'none'}. Missed: {', '.join(missed) or 'none'}."
    )
    return text + (
        " People went to the camps along the shut border and to the north far more than distance "
        "and threat say: where camps already stand, and which ground is another power's to guard, "
        "is not in the rule."
        if missed
        else ""
    )


def _share(values: NDArray[np.floating]) -> str:
    if len(values) == 1:
        return f"{float(values[0]):.1%}"
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return f"{middle:.1%} ({low:.1%}–{high:.1%})"


def _variation(shares: NDArray[np.floating], counted: NDArray[np.float64]) -> float:
    ours = np.append(shares, 1 - shares.sum())
    theirs = np.append(counted, 1 - counted.sum())
    return float(np.abs(ours - theirs).sum() / 2)


if __name__ == "__main__":
    main()
