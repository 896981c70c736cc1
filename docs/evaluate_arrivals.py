"""Evaluate the forecasts of arrivals and write their page.

Run ``python docs/evaluate_arrivals.py TABLE EVENTS``, where TABLE is the monthly table of people
newly displaced in Syria by governorate of arrival, 2016 to 2021, and EVENTS is what ``foreshock
ingest`` wrote of the UCDP events of 2016 to 2019. Every number in a table of the page is worked out
here, by the code that ``foreshock evaluate arrivals`` runs on any table.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl

from foreshock.core.months import MonthlyCounts
from foreshock.evaluate.arrivals.by_day import by_day
from foreshock.evaluate.arrivals.inputs import ARMS
from foreshock.evaluate.arrivals.report import (
    ablation,
    against,
    by_place,
    headline,
    looked,
    say_difference,
    set_up,
)
from foreshock.evaluate.arrivals.rolling import MODEL, Looked, Plan, Rolled, look, roll, usual_plan
from foreshock.evaluate.report import Table, per_cent
from foreshock.evaluate.running import processes
from foreshock.evidence.published import read_events
from foreshock.forecast.displacement.arrivals.prior import bundled
from foreshock.forecast.displacement.arrivals.simple_months import LOG_AR, SIMPLE
from foreshock.forecast.displacement.arrivals.violence import violence
from foreshock.observe.readers.displaced_monthly import read_monthly, read_provinces

DOCS = Path(__file__).parent
FREEZE = "The model of monthly arrivals is frozen"
MODEL_FILE = "src/foreshock/forecast/displacement/arrivals/levels.py"

MOST_LOG = 0.78
LEAST_HELD, MOST_HELD = 0.86, 0.94
CHOSEN_UNTIL = date(2017, 12, 1)

PLACE, OVER = "Idleb", 200_000
WINTER = (date(2019, 11, 1), date(2020, 1, 1))
HOPED = 0.15
LAST_DAYS = "with events of the last days"
SHOWN = (MODEL, LAST_DAYS, *(each.name for each in SIMPLE))


def frozen() -> str:
    """Name the commit in which the model was frozen."""
    command = ["git", "log", "-1", "--format=%h of %cs", f"--grep={FREEZE}", "--", MODEL_FILE]
    done = subprocess.run(command, cwd=DOCS.parent, capture_output=True, text=True, check=True)  # noqa: S603
    if not done.stdout.strip():
        raise SystemExit(f"no commit is called {FREEZE!r}")
    return done.stdout.strip()


def targets(rolled: Rolled) -> Table:
    """Set what was aimed at beside what came out."""
    cells = rolled.scores.filter(forecaster=MODEL)
    log, held = (float(cells[name].to_numpy().mean()) for name in ("log", "within"))
    less = against(rolled, MODEL, LOG_AR, "log")
    rows = (
        ("CRPS of logarithms", f"at most {MOST_LOG}", f"{log:.3f}", _said(log <= MOST_LOG)),
        (f"the same less {LOG_AR}", "interval below zero", say_difference(less, 3),
         _said((less.high or 0) < 0)),
        ("90 % intervals", "86 to 94 % held", per_cent(held, signed=False),
         _said(LEAST_HELD <= held <= MOST_HELD)),
    )  # fmt: skip
    return Table("", "", ("", "aimed at", "came out", ""), rows)


def _said(reached: bool) -> str:
    return "reached" if reached else "missed"


def unseen(rolled: Rolled) -> Rolled:
    """Keep the months after those on which the model was chosen."""
    row = pl.col("origin").dt.month() + pl.col("origin").dt.year() * 12 + pl.col("ahead")
    later = rolled.scores.filter(row > CHOSEN_UNTIL.year * 12 + CHOSEN_UNTIL.month)
    return Rolled(rolled.plan, later, rolled.forecasters, rolled.left_out)


def days(counts: MonthlyCounts, plan: Plan, rolled: Rolled) -> Table:
    """Score the daily model on months, beside the monthly one and log-AR in the same cells."""
    with processes(2) as executor:
        scores = by_day(counts, plan, executor=executor)
    cell = ["origin", "ahead", "place"]
    rows = []
    for name, found in (
        ("by day", scores),
        *((n, rolled.scores.filter(forecaster=n)) for n in (MODEL, LOG_AR)),
    ):
        same = found.join(scores.select(cell), on=cell)
        mean = same.select(pl.col("crps", "log", "within").mean()).row(0, named=True)
        rows.append((
            name, f"{len(same)}", f"{mean['crps']:,.0f}", f"{mean['log']:.3f}",
            per_cent(mean["within"], signed=False),
        ))  # fmt: skip
    head = ("", "cells", "CRPS", "CRPS of logarithms", "90 % held")
    return Table("", "", head, tuple(rows))


def _over(winter: list[Looked], name: str) -> float:
    """Give the chance that December would bring more than was asked for."""
    return next(e.over for e in winter if e.forecaster == name and e.month == date(2019, 12, 1))


def page(counts: MonthlyCounts, events: Path) -> str:
    """Write the whole page."""
    plan = usual_plan(counts)
    published = read_events(events)
    named = read_provinces(DOCS / "arrivals-provinces.csv")
    fought = violence(published, counts.until(plan.last), named)
    rolled = roll(counts, plan, fought, progress=lambda step: print(step, file=sys.stderr))
    later = unseen(rolled)
    winter = [
        each
        for each in look(counts, PLACE, WINTER, OVER, plan, fought)
        if each.month <= date(2020, 2, 1) and each.forecaster in SHOWN
    ]
    december = next(
        e.over for e in winter if e.forecaster == MODEL and e.month == date(2019, 12, 1)
    )
    coupling = bundled().coupling
    if coupling is None:
        raise SystemExit("the bundled prior knows nothing of fighting")
    told = {
        "commit": frozen(),
        "set_up": set_up(rolled),
        "targets": targets(rolled).markdown(),
        "headline": _noted(headline(rolled)),
        "with_days": per_cent(_over(winter, LAST_DAYS), signed=False),
        "cells_later": f"{len(later.scores.filter(forecaster=MODEL)):,}",
        "later": headline(later).markdown(),
        "places": _noted(by_place(rolled)),
        "ablation": _noted(ablation(rolled)),
        "trials": len(ARMS),
        "winter": looked(winter, OVER).markdown(),
        "december": per_cent(december, signed=False),
        "hoped": per_cent(HOPED, signed=False),
        "hope": _said(december >= HOPED),
        "days": days(counts, plan, rolled).markdown(),
        "slope": f"{coupling.slope:.2f}",
        "slope_low": f"{coupling.slope - 1.96 * coupling.deviation:.2f}",
        "slope_high": f"{coupling.slope + 1.96 * coupling.deviation:.2f}",
        "doubling": f"{100 * (2**coupling.slope - 1):.0f}",
        "until": f"{date.fromisoformat(bundled().provenance.last):%B %Y}",
    }
    return (DOCS / "arrivals.template.md").read_text("utf-8").format(**told)


def _noted(table: Table) -> str:
    return f"{table.note}\n\n{table.markdown()}"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python docs/evaluate_arrivals.py TABLE EVENTS")
    text = page(read_monthly(Path(sys.argv[1])), Path(sys.argv[2]))
    (DOCS / "arrivals.md").write_text(text, "utf-8")
