"""Run the bundled case's what-ifs and write their page: ``python docs/evaluate_whatif.py``.

Every number of the page is worked out here. Nothing later than the day is looked at.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foreshock.brief.displacement_words import people
from foreshock.brief.naming import Names
from foreshock.brief.supposed import SELDOM, pair_name
from foreshock.case.opening import Case, open_case
from foreshock.case.sheets.interventions import WhatIf
from foreshock.case.sheets.reading import read_sheets
from foreshock.cycle import observe, picture_of
from foreshock.foresee import HORIZON, MEMBERS, foresee
from foreshock.scenario.interventions.comparing import compare_fighting
from foreshock.scenario.interventions.fighting import suppose_fighting
from foreshock.scenario.interventions.paths import Paths, draw_paths
from foreshock.scenario.interventions.results import Difference, Result, Turn
from foreshock.whatif import TURNS, suppose, suppose_once

DOCS = Path(__file__).parent
AS_OF = date(2020, 2, 5)
SHEETS = "../src/foreshock/cases/idlib-2020/scenarios"
TENTH = 0.1
FACTORS = (0.9, 0.8, 0.65, 0.5, 1.2)
WORDS = {
    "events": "acts", "deaths": "deaths", "displaced": "people displaced",
    "crossed": "people across the border", "taken": "changes of hands", "changes": "changes hands",
}  # fmt: skip
TOWNS = ("saraqib", "idlib")
DRAWN, PARTS = 24, 8
"""Draws of what is entered for the least ratio, and for the parts of the variance."""
SEEDS, FEWER = range(1, 25), 500
"""Runs with other seeds, and their futures."""
TINY = 1e-12

Key = tuple[str, str, str, date, date]


class Run:
    """The forecast of the day, and what-ifs run beside it."""

    def __init__(self, case: Case, members: int = MEMBERS, seed: int = 0) -> None:
        self.case, self.members, self.seed = case, members, seed
        self.picture = picture_of(case, observe(case, AS_OF))
        self.forecast = foresee(case, self.picture, members, seed)
        self.names = Names(self.picture.evidence)

    def of(self, sheet: WhatIf, turns: int = TURNS) -> Result:
        """Run one what-if."""
        return suppose(
            self.case, self.picture, self.forecast, sheet, sheet.sheet,
            members=self.members, seed=self.seed, horizon=HORIZON, turns=turns,
        )  # fmt: skip

    def paths(self, sheet: WhatIf, turn: int = 0, turns: int = 1) -> Paths:
        """Draw what is entered in a sheet."""
        return draw_paths(
            sheet, self.forecast.outlook, members=self.members, days=HORIZON, seed=self.seed,
            turn=turn, turns=turns,
        )  # fmt: skip

    def along(self, sheet: WhatIf, many: Iterable[Paths]) -> Iterator[list[Turn]]:
        """Give each number along many paths, with the same luck."""
        yield from zip(
            *(
                suppose_once(self.case, self.picture, self.forecast, sheet, paths, self.seed)[1]
                for paths in many
            ),
            strict=True,
        )

    def drawn(self, sheet: WhatIf, many: Iterable[Paths], first: int) -> Iterator[list[Turn]]:
        """Give each number of the fighting along many paths, with luck of their own from a seed."""
        war, nobody = self.forecast.outlook, np.zeros(self.members, bool)
        yield from zip(
            *(
                compare_fighting(
                    war,
                    suppose_fighting(war, paths.fighting, luck, carried_on=sheet.carried_on),
                    nobody,
                )
                for luck, paths in enumerate(many, first)
            ),
            strict=True,
        )

    def name(self, each: Difference) -> str:
        """Say what a difference is of."""
        what = WORDS[each.measure]
        if each.part == "fighting":
            return f"{what}, {pair_name(each.of, self.names)}"
        return f"{self.names.known_place(each.of).name} {what}" if each.chance else what


def shown(result: Result) -> list[Difference]:
    """Pick what stands in the tables: sums over all days, and two towns."""
    last = max(each.last for each in result.differences)
    longest: dict[tuple[str, str, str], Difference] = {}
    for each in result.differences:
        longest.setdefault((each.part, each.measure, each.of), each)
        if each.last == last and (each.measure == "displaced"):
            longest[each.part, each.measure, each.of] = each
    return [
        each for each in longest.values()
        if each.measure in {"events", "deaths", "displaced", "crossed", "taken"} or each.of in TOWNS
    ]  # fmt: skip


def number(value: float, *, chance: bool) -> str:
    """Write a number of acts, people or per cent."""
    if chance:
        return f"{100 * value:.0f} %"
    return people(value) if abs(value) >= 100 or value == 0 else f"{value:.1f}"


def signed(value: float, *, chance: bool) -> str:
    """Write a difference."""
    told = number(abs(value), chance=chance)
    return told if value == 0 or told in {"0.0", "0 %"} else f"{'−' if value < 0 else '+'}{told}"


def touched(each: Difference, *, seldom: bool) -> str:
    """Give the cell of the futures in which it comes about, if these are told apart."""
    return f" {signed(each.where or 0, chance=each.chance)} |" if seldom else ""


def worked(run: Run, results: list[Result]) -> str:
    """Tell what each file comes to."""
    parts = []
    for result in results:
        each = result.happenings[0]
        rows = [
            f"| {run.name(d)} | {number(d.forecast.mean, chance=d.chance)} "
            f"| {number(d.supposed.mean, chance=d.chance)} "
            f"| {signed(d.difference, chance=d.chance)} ({signed(d.low, chance=d.chance)} to "
            f"{signed(d.high, chance=d.chance)}) |{touched(d, seldom=each.set_in < SELDOM)}"
            for d in shown(result)
            if d.unmoved < 1
        ]
        parts += [
            f"**{result.sheet.title}** "
            f"([{result.sheet.sheet}]({SHEETS}/{result.sheet.sheet}.yaml)) "
            f"Comes about in {100 * each.set_in:.0f} % of futures, in force on the last day in "
            f"{100 * each.in_force:.0f} %.",
            "| assumed, not forecast | forecast | supposed | difference |"
            + (
                " where touched |\n|---|---|---|---|---|\n"
                if each.set_in < SELDOM
                else "\n|---|---|---|---|\n"
            )
            + "\n".join(rows),
        ]
    return "\n\n".join(parts)


def table(run: Run, results: list[Result], cell: Callable[[Result, Difference], str]) -> str:
    """Write a table of what moves in any of some files, a column for each."""
    rows: dict[str, dict[str, Difference]] = {}
    for result in results:
        for each in shown(result):
            if each.measure != "crossed":
                rows.setdefault(run.name(each), {})[result.sheet.sheet] = each
    lines = ["| | " + " | ".join(map(head, results)) + " |", "|---|" + "---|" * len(results)]
    for name, found in rows.items():
        cells = [
            cell(result, each) if (each := found[result.sheet.sheet]).unmoved < 1 else "–"
            for result in results
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def key(each: Difference | Turn) -> Key:
    """Name a number."""
    return each.part, each.measure, each.of, each.first, each.last


def least(run: Run, sheet: WhatIf, drawn: int = DRAWN) -> dict[Key, float]:
    """Tell under which ratio no pairing comes that draws what is entered apart from the war.

    For each draw of what is entered, the most alike pairing is the sorted one.
    """
    entered, found = run.paths(sheet), {}
    for turns in run.along(sheet, (alike(entered, at) for at in range(drawn))):
        one, other = values(turns)
        apart = np.sort(other, axis=1) - np.sort(one, axis=1)
        found[key(turns[0])] = float(apart.var() / max(one[0].var() + other.var(), TINY))
    return found


def values(turns: Sequence[Turn]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give a number as forecast and as supposed, shape (turn, member)."""
    return (
        np.array([turn.forecast for turn in turns], np.float64),
        np.array([turn.supposed for turn in turns], np.float64),
    )


def alike(paths: Paths, at: int) -> Paths:
    """Let what was drawn for one future hold in all."""

    def everywhere(each: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        return {name: np.broadcast_to(path[at], path.shape) for name, path in each.items()}

    return Paths(
        in_force=everywhere(paths.in_force),
        fighting=everywhere(paths.fighting),
        control=everywhere(paths.control),
        flight=everywhere({"": paths.flight})[""],
        crossing=everywhere(paths.crossing),
    )


def shares(run: Run, sheet: WhatIf, result: Result) -> str:
    """Tell in rows from what the differences of a file vary between futures, in per cent."""
    wanted = {key(each): run.name(each) for each in shown(result) if each.unmoved < 1}
    many = [run.paths(sheet, turn, PARTS) for turn in range(PARTS)]
    rows = []
    lucks = (run.drawn(sheet, many, first) for first in (1, 1 + PARTS))
    for turns, *draws in zip_longest(run.along(sheet, many), *lucks):
        if key(turns[0]) not in wanted:
            continue
        # Of flight and control there is but one draw: what luck is left is the war's.
        apart = np.array([np.subtract(*reversed(values(each or turns))) for each in draws])
        rest = float(((apart[0] - apart[1]) ** 2).mean() / 2)
        mean = apart.mean(axis=0)
        entered = max(float(mean.var(axis=0, ddof=1).mean()) - rest / 2, 0.0)
        war = max(float(mean.var()) - entered - rest / 2, 0.0)
        whole = war + entered + rest
        told = " | ".join(f"{100 * part / whole:.0f} %" for part in (war, entered, rest))
        rows.append(f"| {wanted[key(turns[0])]} | {told} |")
    return "\n".join(rows)


def runs(case: Case, sheets: list[WhatIf]) -> dict[str, dict[Key, tuple[float, float]]]:
    """Tell the variance of differences over runs with other seeds, over that of two runs apart.

    By file; beside it what no pairing can go under, from the standard deviations of the two.
    """
    found: dict[str, dict[Key, list[tuple[float, float, float]]]] = {}
    for seed in SEEDS:
        run = Run(case, FEWER, seed)
        for sheet in sheets:
            mine = found.setdefault(sheet.sheet, {})
            for each in shown(run.of(sheet)):
                means = each.difference, each.forecast.mean, each.supposed.mean
                mine.setdefault(key(each), []).append(means)

    def ratios(rows: list[tuple[float, float, float]]) -> tuple[float, float]:
        difference, forecast, supposed = np.std(rows, axis=0, ddof=1)
        apart = max(forecast**2 + supposed**2, TINY)
        return float(difference**2 / apart), float((supposed - forecast) ** 2 / apart)

    return {
        sheet: {name: ratios(rows) for name, rows in mine.items()} for sheet, mine in found.items()
    }


def verdict(
    run: Run,
    result: Result,
    ratios: Mapping[Key, float | None],
    bounds: Mapping[Key, float] | None = None,
) -> str:
    """Say which numbers of a file stay within a tenth."""
    moved = [each for each in shown(result) if each.unmoved < 1 and each.measure != "crossed"]
    missed = [
        f"{run.name(each)} ({ratio:.2f}"
        + (f", and no pairing under {bounds[key(each)]:.2f})" if bounds else ")")
        for each in moved
        if (ratio := ratios[key(each)]) is not None and ratio > TENTH
    ]
    if not missed:
        return f"- **{head(result)}**: all that moves stays within a tenth."
    within = f"{len(moved) - len(missed)} of {len(moved)}"
    return f"- **{head(result)}**: {within} within a tenth; not {', '.join(missed)}."


def head(result: Result) -> str:
    """Name a what-if in short."""
    return result.sheet.sheet.removeprefix("whatif-").replace("x", "× ")


def constant(factor: float) -> WhatIf:
    """Suppose one factor on everything."""
    size = {"low": factor, "high": factor, "assumed_by": "this page"}
    return WhatIf(
        sheet=f"x{factor:g}", kind="what-if", title="x", date=AS_OF, carried_on=False,
        interventions=[{
            "id": "all", "text": "x", "from_day": 5, "fighting": [{"factor": size}],
            "control": [{"factor": size}], "flight": {"factor": size},
        }],
    )  # fmt: skip


def page() -> str:
    """Write the whole page."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["FORESHOCK_HOME"] = home
        case = open_case("idlib-2020")
        run = Run(case)
        sheets = [each.sheet for each in read_sheets(case.path) if isinstance(each.sheet, WhatIf)]
        results = [run.of(sheet) for sheet in sheets]
        # Where all stays within a tenth by itself there is nothing to explain.
        hard = [
            result for result in results
            if any(each.paired and each.paired > TENTH for each in shown(result))
        ]  # fmt: skip
        again = runs(case, [result.sheet for result in hard])
        plain = [run.of(constant(factor), turns=1) for factor in FACTORS]
        bounds = {each.sheet.sheet: least(run, each.sheet) for each in hard}
        bounds |= {each.sheet.sheet: least(run, each.sheet, 1) for each in plain}

        def surely(result: Result, each: Difference) -> str:
            over = again.get(result.sheet.sheet)
            return f"{each.told:.3f}" + (f" ({over[key(each)][0]:.3f})" if over else "")

        def between(result: Result, each: Difference) -> str:
            bound = bounds.get(result.sheet.sheet)
            return f"{each.paired:.3f}" + (f" (least {bound[key(each)]:.3f})" if bound else "")

        told = {
            "members": f"{MEMBERS:,}",
            "turns": str(TURNS),
            "worked": worked(run, results),
            "surely": table(run, results, surely),
            "runs": f"{len(SEEDS)}",
            "fewer": f"{FEWER:,}",
            "surely_verdict": "\n".join(
                verdict(run, each, {key(d): d.told for d in shown(each)}) for each in results
            ),
            "runs_verdict": "\n".join(
                verdict(
                    run, each, *({name: two[at] for name, two in over.items()} for at in (0, 1))
                )
                for each in hard
                if (over := again[each.sheet.sheet])
            ),
            "between": table(run, results, between),
            "least_verdict": "\n".join(
                verdict(run, each, bounds[each.sheet.sheet]) for each in hard
            ),
            "shares": "\n\n".join(
                f"| {head(each)} | war | what is entered | which acts stay or come |\n"
                f"|---|---|---|---|\n{shares(run, each.sheet, each)}"
                for each in hard
            ),
            "factors": table(run, plain, between),
        }
    return (DOCS / "whatif.template.md").read_text("utf-8").format(**told)


if __name__ == "__main__":
    (DOCS / "whatif.md").write_text(page(), "utf-8")
