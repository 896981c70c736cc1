"""Evaluate the watch on the VIEWS challenge's windows and write its page.

Run ``python docs/evaluate_watch.py PANEL``, where PANEL has a row a country and month from 1990 on,
with one column of deaths as they were counted when the challenge began and another as they were
counted later. Every number of the page is worked out here.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import msgspec

from foreshock.core.panel import Panel
from foreshock.evaluate.arrivals.report import say_difference
from foreshock.evaluate.report import Table, per_cent
from foreshock.evaluate.watch import report
from foreshock.evaluate.watch.comparison import compare
from foreshock.evaluate.watch.coverage import coverage
from foreshock.evaluate.watch.methods import Method, benchmark_methods
from foreshock.evaluate.watch.scoring import SCORES, Score
from foreshock.evaluate.watch.strata import STRATA
from foreshock.evaluate.watch.study import Study, run
from foreshock.evaluate.watch.windows import challenge_windows
from foreshock.observe.readers.panel import read_panel

DOCS = Path(__file__).parent
FREEZE = "The watch model is frozen"
MODEL_FILES = "src/foreshock/forecast/watch"

MODEL = "watch model"
BASE = "conflictology"
CHOSEN, JUDGED = (2018, 2019), (2020, 2021)
LEAST_HELD, MOST_HELD = 0.85, 0.97
COMMON = STRATA[2:]
"""Strata in which deaths are common."""
LEAST_BETTER = 0.75

PUBLISHED = {
    "conflictology": (14.51, 9.11, 21.60, 78.17),
    "mixture of 6, 12, 24 months": (13.63, 8.49, 21.81, 77.61),
}
"""CRPS of 2018 to 2021 with inputs of the vintage of 2023, scored on that of 2024."""


def model() -> Method:
    """Give the model as it is issued."""
    from foreshock.forecast.watch.model import draws_ahead  # brings LightGBM, which is an extra

    return draws_ahead


def frozen() -> str:
    """Name the commit in which the configuration was frozen."""
    command = ["git", "log", "-1", "--format=%h of %cs", f"--grep={FREEZE}", "--", MODEL_FILES]
    done = subprocess.run(command, cwd=DOCS.parent, capture_output=True, text=True, check=True)  # noqa: S603
    if not done.stdout.strip():
        raise SystemExit(f"no commit is called {FREEZE!r}")
    return done.stdout.strip()


# ---------------------------------------------------------------------- targets


def targets(study: Study) -> tuple[Table, list[str]]:
    """Set what was aimed at beside what came out, and list what was missed."""
    ours = study.methods[0]
    logs = compare(study, ours, BASE, "log")
    rows = [
        ("CRPS of logarithms, less conflictology", "interval below zero",
         say_difference(logs.difference, 4), (logs.difference.high or 0.0) < 0),
        ("countries with conflict that are better", f"at least {LEAST_BETTER:.0%}",
         f"{logs.better} of {logs.conflict}, {per_cent(logs.share_better, signed=False)}",
         (logs.share_better or 0.0) >= LEAST_BETTER),
    ]  # fmt: skip
    for row in coverage(study, ours):
        if row.among not in STRATA:
            continue
        common = row.among in COMMON
        aim = f"at least {LEAST_HELD:.0%}" + (f", at most {MOST_HELD:.0%}" if common else "")
        reached = row.held >= LEAST_HELD and (not common or row.held <= MOST_HELD)
        held = f"{per_cent(row.held, signed=False)} of {row.cells:,} held"
        rows.append((f"90 % intervals, {row.among} deaths in the year before", aim, held, reached))
    told = tuple(
        (name, aim.replace("%", " %"), came, "reached" if reached else "missed")
        for name, aim, came, reached in rows
    )
    missed = [
        f"**{name}**: {came}, the aim was {aim}."
        for name, aim, came, verdict in told
        if verdict == "missed"
    ]
    return Table("", "", ("", "aimed at", "came out", ""), told), missed


def in_whole(study: Study) -> str:
    """Say in a sentence how the model compares over all years."""
    logs = compare(study, study.methods[0], BASE, "log")
    return (
        f"CRPS of logarithms less conflictology {say_difference(logs.difference, 4)}, better in "
        f"{logs.better} of {logs.conflict} countries with conflict."
    )


def check(study: Study) -> Table:
    """Set benchmarks' CRPS beside the published ones, as far as these are of the same years."""
    years = [window.name for window in study.windows]
    rows = []
    for name, told in PUBLISHED.items():
        cells = study.of(name)
        ours = [cells.filter(window=year)["crps"].to_numpy().mean() for year in years]
        rows.append((f"{name}, here", *(f"{each:.2f}" for each in ours)))
        rows.append((f"{name}, known", *(f"{each:.2f}" for each in told)))
    return Table("", "", ("", *years), tuple(rows))


def smoothed(study: Study) -> dict[str, str]:
    """Give the three kinds of ignorance of twelve months, in the first year."""
    first = study.windows[0].name
    cells = study.of(BASE).filter(window=first)
    kinds = ("ignorance", "ignorance_raw", "ignorance_official")
    return {"first": first} | {kind: f"{cells[kind].to_numpy().mean():.4f}" for kind in kinds}


def losses(study: Study) -> list[str]:
    """List where another method did better than the model."""
    ours = study.methods[0]
    found = []
    for window in study.windows:
        some = study.among([window.name])
        for score in SCORES:
            means = {
                name: float(some.of(name)[score.column].to_numpy().mean()) for name in some.methods
            }
            best = min(means, key=means.__getitem__)
            if means[best] < means[ours]:
                found.append(
                    f"{window.name}, {score.name}: {_say(means[ours], score)}, "
                    f"{best} {_say(means[best], score)}."
                )
    return found


def _say(value: float, score: Score) -> str:
    return f"{value:,.{score.decimals}f}"


# ---------------------------------------------------------------------- the page


def page(every: Study, chosen: tuple[int, ...], judged: tuple[int, ...]) -> str:
    """Write the whole page."""
    seen, later = (every.among([str(year) for year in years]) for years in (chosen, judged))
    ours = every.methods[0]
    aims, missed = targets(later)
    of_the_chosen, _ = targets(seen)
    standard = tuple(int(window.name) for window in every.windows) == (*CHOSEN, *JUDGED)
    gained = [table for score in (report.LOG, report.CRPS)
              for table in report.gains_and_losses(later, BASE, score)]  # fmt: skip
    told = {
        "commit": frozen(),
        "chosen": _years(chosen),
        "judged": _years(judged),
        "set_up": report.set_up(every),
        "targets": aims.markdown(),
        "targets_chosen": of_the_chosen.markdown(),
        "missed": _list(missed or ["Nothing."]),
        "all_years": in_whole(every),
        "check": check(every).markdown() if standard else "No published numbers for these years.",
        **smoothed(every),
        "scores": _titled([report.means(every, score) for score in SCORES]),
        "losses": _list(losses(every) or ["Nowhere in these tables."]),
        "differences_judged": _noted(report.differences(later)),
        "differences_chosen": report.differences(seen).markdown(),
        "strata": _noted(report.by_stratum(later)),
        "coverage": _noted(report.coverages(later)),
        "coverage_chosen": report.coverages(seen.only(ours)).markdown(),
        "chances": _noted(report.chances(later, BASE)),
        "alarms": _noted(report.alarms(later, ours)),
        "reliability": _noted(report.reliabilities(later, ours)),
        "countries": _titled(gained),
        "concentration": report.concentration(every, BASE).markdown(),
        "ahead": _noted(report.by_months_ahead(later)),
    }
    return (DOCS / "watch.template.md").read_text("utf-8").format(**told)


def _years(years: tuple[int, ...]) -> str:
    return f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _noted(table: Table) -> str:
    return f"{table.note}\n\n{table.markdown()}" if table.note else table.markdown()


def _titled(tables: list[Table]) -> str:
    return "\n\n".join(f"### {table.title}\n\n{_noted(table)}" for table in tables)


def _list(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def studied(inputs: Panel, truth: Panel, method: Method, years: tuple[int, ...]) -> Study:
    """Run the model and every benchmark."""
    return run(
        inputs, truth, challenge_windows(years), {MODEL: method} | benchmark_methods(),
        progress=lambda step: print(step, file=sys.stderr),
    )  # fmt: skip


def main() -> None:
    """Read the options, run the study, write the page."""
    options = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    options.add_argument("panel", type=Path)
    options.add_argument("--inputs", default="deaths_vintage2023", help="column of the inputs")
    options.add_argument("--truth", default="deaths_vintage2024", help="column of what came")
    options.add_argument("--chosen", type=int, nargs="+", default=CHOSEN, help="years seen before")
    options.add_argument("--judged", type=int, nargs="+", default=JUDGED, help="years that judge")
    options.add_argument("-o", "--output", type=Path, default=DOCS / "watch.md")
    options.add_argument("--json", type=Path, help="write every number there too")
    given = options.parse_args()
    inputs, truth = (read_panel(given.panel, column) for column in (given.inputs, given.truth))
    chosen, judged = tuple(given.chosen), tuple(given.judged)
    study = studied(inputs, truth, model(), (*chosen, *judged))
    given.output.write_text(page(study, chosen, judged), "utf-8")
    if given.json:
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode(report.as_json(study))))


if __name__ == "__main__":
    main()
