"""Evaluate the forecasts of escalation and write their page.

Run ``python docs/evaluate_escalation.py TABLE``, where TABLE is what ``foreshock ingest`` wrote of
the UCDP events of Syria 2016 to 2019. Every number of the page is worked out here, by the code that
``foreshock evaluate escalation`` runs on any table.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from foreshock.evaluate.cases import Plan
from foreshock.evaluate.escalation import STANDARD, evaluate
from foreshock.evaluate.models import MODELS, POOL, WITH_EXCITATION
from foreshock.evaluate.report import (
    Table,
    coverage_of,
    coverages,
    headline,
    means,
    parts,
    per_cent,
    probabilities,
    say_skill,
    set_up,
)
from foreshock.evaluate.running import processes
from foreshock.evaluate.tables import Coverage, Study
from foreshock.evidence.published import PublishedEvents, read_events
from foreshock.verify.skill import skill

DOCS = Path(__file__).parent
FREEZE = "The pool of escalation is frozen"
POOL_FILE = "src/foreshock/forecast/escalation/pool.py"
LEAST, MOST = 0.88, 0.94

TARGETS = (
    ("CRPS", "events", 7, 0.04, True),
    ("CRPS scaled", "events", 7, 0.0, False),
    ("CRPS", "deaths", 7, 0.08, False),
    ("Brier, rise after 1 or more", "events", 7, 0.03, False),
)
"""Score, measure, days, least skill, and whether its interval must lie above zero."""


def studied(events: PublishedEvents, *, by_province: bool) -> Study:
    """Run one study on the standard origins."""
    first, last = STANDARD
    with processes(2) as executor:
        return evaluate(
            events, Plan(first=first, last=last), by_province=by_province, executor=executor,
            models=MODELS if by_province else WITH_EXCITATION,
            progress=lambda step: print(step, file=sys.stderr),
        )  # fmt: skip


def frozen() -> str:
    """Name the commit in which the configuration was frozen."""
    command = ["git", "log", "-1", "--format=%h of %cs", f"--grep={FREEZE}", "--", POOL_FILE]
    done = subprocess.run(command, cwd=DOCS.parent, capture_output=True, text=True, check=True)  # noqa: S603
    if not done.stdout.strip():
        raise SystemExit(f"no commit is called {FREEZE!r}")
    return done.stdout.strip()


# ---------------------------------------------------------------------- targets


def targets(study: Study) -> tuple[Table, list[str]]:
    """Set what was aimed at beside what came out, and list what was missed."""
    rows, missed = [], []
    for score, measure, days, least, above in TARGETS:
        found = study.result(score, measure, days)
        if found is None:
            raise SystemExit(f"nothing to say of {score}, {measure}, {days} days")
        ours = found.skill[POOL]
        reached = (ours.value or 0) >= least and (not above or (ours.low or 0) > 0)
        name = f"{measure}, {days} days: {score}"
        aim = f"at least {per_cent(least)}" + (", interval above zero" if above else "")
        rows.append((name, aim, say_skill(ours), found.best, "reached" if reached else "missed"))
        if not reached:
            missed.append(f"**{name}**: {say_skill(ours)} against {found.best}, the aim was {aim}.")
    for row in study.coverage:
        if row.forecaster != POOL:
            continue
        reached = LEAST <= round(row.within, 3) <= MOST
        name = f"{row.measure}, {row.horizon} days: 90 % intervals, {row.among}"
        rows.append((name, "88 to 94 %", per_cent(row.within, signed=False),
                     f"promised {per_cent(row.promised, signed=False)}",
                     "reached" if reached else "missed"))  # fmt: skip
        if not reached:
            missed.append(f"**{name}**: {_held(row)}")
    return Table("", "", ("", "aimed at", "came out", "against", ""), tuple(rows)), missed


def _held(row: Coverage) -> str:
    where = "too many" if row.within > MOST else "too few"
    return (
        f"held {per_cent(row.within, signed=False)} of {row.cases}, {where}; the forecasts had "
        f"promised {per_cent(row.promised, signed=False)}, and of the probability transform "
        f"{per_cent(row.transform, signed=False)} lies between 0.05 and 0.95."
    )


def worse(study: Study) -> list[str]:
    """List where a simple method did better than the pool."""
    return [
        f"{each.measure}, {each.horizon} days, {each.score.name}: {say_skill(each.skill[POOL])} "
        f"against {each.best}."
        for each in study.results
        if (each.skill[POOL].value or 0) < 0
    ] or ["Nowhere in these tables."]


def yardsticks(study: Study) -> Table:
    """Tell the skill against two simple methods by name, whichever is the best."""
    names = ("conflictology", "weighted mean", "weighted mean, tuned once")
    scores = study.rolled.scores
    rows = []
    for measure in study.plan.measures:
        for days in study.plan.horizons:
            cases = scores.filter(measure=measure, horizon=days)
            wide = cases.pivot("forecaster", index=["origin", "series"], values="crps")
            unit = wide["origin"].to_physical().to_numpy()
            rows.append((
                f"{measure}, {days} days",
                *(say_skill(skill(wide[POOL].to_numpy(), wide[name].to_numpy(), unit,
                                  seed=study.plan.seed, block=4)) for name in names),
            ))  # fmt: skip
    return Table("", "", ("CRPS", *names), tuple(rows))


# ---------------------------------------------------------------------- the page


def page(events: PublishedEvents) -> str:
    """Write the whole page."""
    commit = frozen()
    dyads = studied(events, by_province=False)
    provinces = studied(events, by_province=True)
    aims, missed = targets(dyads)
    held, transform = coverages(dyads)
    told = {
        "commit": commit,
        "dataset": f"{events.dataset.title}, release {events.dataset.release}",
        "set_up": set_up(dyads, "dyad"),
        "targets": aims.markdown(),
        "missed": _list(missed or ["Nothing."]),
        "worse": _list(worse(dyads)),
        "headline": _noted(headline(dyads)),
        "biggest": "; ".join(dyads.biggest),
        "yardsticks": yardsticks(dyads).markdown(),
        "parts": _noted(parts(dyads)),
        "events": _noted(means(dyads, "events")),
        "deaths": _noted(means(dyads, "deaths")),
        "probabilities": _noted(probabilities(dyads)),
        "held": _noted(held),
        "transform": _noted(transform),
        "set_up_province": set_up(provinces, "dyad and province"),
        "headline_province": headline(provinces).markdown(),
        "coverage_province": _noted(coverage_of(provinces)),
    }
    return (DOCS / "escalation.template.md").read_text("utf-8").format(**told)


def _noted(table: Table) -> str:
    return f"{table.note}\n\n{table.markdown()}"


def _list(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python docs/evaluate_escalation.py TABLE")
    text = page(read_events(Path(sys.argv[1])))
    (DOCS / "escalation.md").write_text(text, "utf-8")
