"""Look whether clients hold back, on made series and on the bundled case, and write the page.

Run ``python docs/holding_back.py``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np

from foreshock.case.opening import open_case
from foreshock.core.time import say_day
from foreshock.cycle import observe
from foreshock.evaluate.report import Table
from foreshock.evidence.reconcile import reconcile
from foreshock.scenario.restraint.event_study import Slowing, event_study
from foreshock.scenario.restraint.signs import DEAL, DISAGREEMENT, Reaction, reaction

DOCS = Path(__file__).parent
CASE, PATRON, CLIENT = "idlib-2020", "russia", "syria"
DAYS = (date(2020, 2, 5), date(2020, 3, 6), date(2020, 4, 5))
SERIES, SPAN = 200, 7
MADE = ((6, 400), (4, 250))
"""Days in question, and length of the series."""


def page() -> str:
    """Write the whole page."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["FORESHOCK_HOME"] = home
        found = {day: looked(day) for day in DAYS}
    thin = all(study.thin for each in found.values() for study in each.studies["both"])
    return (
        (DOCS / "holding-back.template.md")
        .read_text("utf-8")
        .format(
            made=made(),
            case=table_of(found),
            verdict="**Too thin to say anything, on every one of these days and for either span.**"
            if thin
            else "**Read with care: few episodes, and the ranks of days that were not drawn.**",
        )
    )


def looked(day: date) -> Reaction:
    """Look at the bundled case as of a day."""
    case = open_case(CASE)
    evidence = observe(case, day)
    feeds = [row.told() for row in case.about.series]
    return reaction(evidence, reconcile(evidence), feeds, PATRON, CLIENT)


def table_of(found: dict[date, Reaction]) -> str:
    """Tell what was found, day by day and span by span."""
    rows = []
    for day, each in found.items():
        kinds = [sign.kind for sign in each.signs]
        signs = f"{kinds.count(DISAGREEMENT)} / {kinds.count(DEAL)}"
        days = f"{say_day(each.first)} to {say_day(each.last)}"
        rows += [
            (say_day(day), days, signs, f"{study.span}", *_told(study))
            for study in each.studies["both"]
        ]
    head = (
        *(
            "as of",
            "days looked at",
            "disagreements / deals",
            "span",
            "episodes",
            "before",
            "after",
        ),
        *("ratio", "rank", "rank, as busy", "too thin, for it has"),
    )
    return Table("", "", head, tuple(rows)).markdown()


def _told(study: Slowing) -> tuple[str, ...]:
    ratio = "–"
    if study.ratio is not None:
        ratio = f"{study.ratio:.2f} ({study.low:.2f} to {study.high:.2f})"
    ranks = ("–" if n is None else f"{n:.3f}" for n in (study.rank, study.rank_alike))
    counts = (f"{n}" for n in (len(study.days), study.before, study.after))
    return (*counts, ratio, *ranks, study.thin or "–")


def made() -> str:
    """Tell size and power on series whose effect is known."""
    rows = []
    for count, length in MADE:
        for bursts in (False, True):
            for effect in (1.0, 0.5, 0.3):
                studies = [_made(seed, count, length, effect, bursts) for seed in range(SERIES)]
                told = [each for each in studies if not each.thin]
                alike = [each.rank_alike for each in told if each.rank_alike is not None]
                rows.append(
                    (
                        f"{count} in {length}", "bursts" if bursts else "even", f"{effect:g}",
                        _share([each.rank or 0.0 for each in told]), _share(alike),
                        f"{len(alike)}", f"{len(studies) - len(told)}",
                    )
                )  # fmt: skip
    head = (
        *("days", "acts", "effect", "rank ≤ 0.05", "among days as busy", "that could be told"),
        "too thin",
    )
    return Table("", "", head, tuple(rows)).markdown()


def _made(seed: int, count: int, length: int, effect: float, bursts: bool) -> Slowing:
    random = np.random.default_rng(seed)
    rate = np.full(length, 1.5)
    if bursts:
        rate *= np.repeat(random.gamma(2, 0.5, length // 10 + 1), 10)[:length]
    days = sorted(random.choice(np.arange(20, length - 20), count, replace=False).tolist())
    for day in days:
        rate[day + 1 : day + 1 + SPAN] *= effect
    return event_study(random.poisson(rate), days, SPAN, seed=seed, placebos=999)


def _share(ranks: list[float]) -> str:
    return f"{100 * np.mean([rank <= 0.05 for rank in ranks]):.1f} %" if ranks else "–"


if __name__ == "__main__":
    (DOCS / "holding-back.md").write_text(page(), "utf-8")
    sys.stderr.write("wrote docs/holding-back.md\n")
