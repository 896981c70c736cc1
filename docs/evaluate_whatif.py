"""Run the bundled case's what-ifs and write their page: ``python docs/evaluate_whatif.py``.

Every number of the page is worked out here. Nothing later than the day is looked at.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path

from foreshock.brief.displacement_words import people
from foreshock.brief.naming import Names
from foreshock.brief.supposed import SELDOM, pair_name
from foreshock.case.opening import Case, open_case
from foreshock.case.sheets.interventions import WhatIf
from foreshock.case.sheets.reading import read_sheets
from foreshock.cycle import observe, picture_of
from foreshock.foresee import HORIZON, MEMBERS, foresee
from foreshock.scenario.interventions.paths import draw_paths
from foreshock.scenario.interventions.results import Difference, Result
from foreshock.whatif import suppose

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


class Run:
    """The forecast of the day, and what-ifs run beside it."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.picture = picture_of(case, observe(case, AS_OF))
        self.forecast = foresee(case, self.picture)
        self.names = Names(self.picture.evidence)

    def of(self, sheet: WhatIf) -> Result:
        """Run one what-if."""
        paths = draw_paths(sheet, self.forecast.outlook, members=MEMBERS, days=HORIZON, seed=0)
        return suppose(self.case, self.picture, self.forecast, sheet, paths, sheet.sheet, 0)

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


def ratio(each: Difference) -> str:
    """Write the two ratios of a difference."""
    if each.paired is None or each.least is None:
        return "–"
    return f"{each.paired:.3f} (least {each.least:.3f})"


def pairing(run: Run, results: list[Result]) -> str:
    """Tell the ratios of every file."""
    names: dict[str, dict[str, Difference]] = {}
    for result in results:
        for each in shown(result):
            if each.measure != "crossed":
                names.setdefault(run.name(each), {})[result.sheet.sheet] = each
    heads = [head(result) for result in results]
    lines = ["| | " + " | ".join(heads) + " |", "|---|" + "---|" * len(heads)]
    for name, found in names.items():
        cells = [ratio(found[result.sheet.sheet]) for result in results]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def verdict(run: Run, results: list[Result]) -> str:
    """Say what reaches the aim and what does not."""
    told = []
    for result in results:
        moved = [
            (run.name(each), each.paired, each.least)
            for each in shown(result)
            if each.paired is not None and each.least is not None and each.unmoved < 1
        ]
        missed = [(name, paired) for name, paired, _ in moved if paired > TENTH]
        beyond = sum(least > TENTH for _, _, least in moved)
        line = f"- **{head(result)}**: all that moves stays within a tenth."
        if missed:
            line = (
                f"- **{head(result)}**: within a tenth {len(moved) - len(missed)} of the "
                f"{len(moved)} numbers that move, not "
                + ", ".join(f"{name} ({paired:.2f})" for name, paired in missed)
                + f"; for {beyond} of these no pairing could be."
            )
        told.append(line)
    return "\n".join(told)


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


def factors(run: Run) -> str:
    """Tell the ratios of one fixed factor on everything."""
    results = [run.of(constant(factor)) for factor in FACTORS]
    return pairing(run, results)


def page() -> str:
    """Write the whole page."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["FORESHOCK_HOME"] = home
        case = open_case("idlib-2020")
        run = Run(case)
        sheets = [each.sheet for each in read_sheets(case.path)]
        results = [run.of(sheet) for sheet in sheets if isinstance(sheet, WhatIf)]
        told = {
            "members": f"{MEMBERS:,}",
            "worked": worked(run, results),
            "pairing": pairing(run, results),
            "verdict": verdict(run, results),
            "factors": factors(run),
        }
    return (DOCS / "whatif.template.md").read_text("utf-8").format(**told)


if __name__ == "__main__":
    (DOCS / "whatif.md").write_text(page(), "utf-8")
