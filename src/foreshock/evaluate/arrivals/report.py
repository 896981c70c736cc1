"""What the study of arrivals found, as tables: for a terminal, for a Markdown page, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from foreshock.core.months import month_after
from foreshock.evaluate.arrivals.inputs import ARMS
from foreshock.evaluate.arrivals.rolling import MODEL, Looked, Rolled
from foreshock.evaluate.report import NOTHING, Table, as_lines, as_page, per_cent
from foreshock.forecast.displacement.arrivals.simple_months import LOG_AR
from foreshock.verify.skill import Difference, difference

BLOCK = 6
"""Origins that are drawn together when scores are resampled."""


def against(rolled: Rolled, name: str, base: str, score: str) -> Difference:
    """Give the mean score of one forecaster less that of another, in the same cells.

    Parameters
    ----------
    rolled : Rolled
    name, base : str
        Forecasters.
    score : str
        ``"log"`` or ``"crps"``.
    """
    ours, theirs = (rolled.scores.filter(forecaster=each) for each in (name, base))
    return difference(
        ours[score].to_numpy(),
        theirs[score].to_numpy(),
        ours["origin"].to_physical().to_numpy(),
        seed=rolled.plan.seed,
        block=BLOCK,
    )


def say_difference(found: Difference, decimals: int) -> str:
    """Say a difference with its 95 % interval.

    Examples
    --------
    >>> say_difference(Difference(-0.0551, -0.0739, -0.0371, 35, 1155), 3)
    '-0.055 [-0.074, -0.037]'
    """
    text = f"{found.value:+,.{decimals}f}"
    if found.low is None or found.high is None:
        return text
    return f"{text} [{found.low:+,.{decimals}f}, {found.high:+,.{decimals}f}]"


def set_up(rolled: Rolled) -> str:
    """Say in a few sentences what was done."""
    plan, scores = rolled.plan, rolled.scores.filter(forecaster=MODEL)
    left_out = (
        f" {rolled.left_out:,} cells that some method could not speak of count for none."
        if rolled.left_out
        else ""
    )
    return (
        f"Origins at the end of each month from {plan.first:%B %Y} to "
        f"{month_after(plan.last, -1):%B %Y}, 1 to {plan.months} months ahead, to {plan.last:%B %Y}"
        f": {len(scores):,} listed cells of {scores['place'].n_unique()} places. Everything is "
        f"fitted anew at every origin on the months up to it; cells that nobody listed are scored "
        f"for nobody. Each forecast is a distribution, scored by its members.{left_out}"
    )


def headline(rolled: Rolled) -> Table:
    """Tabulate the scores of the model and the simple methods."""
    trials = {each.name for each in ARMS}
    rows = []
    for name in rolled.forecasters:
        if name not in trials:
            log = NOTHING if name == LOG_AR else _say(rolled, name, LOG_AR, "log")
            rows.append((*_means(rolled, name), log))
    return Table(
        "Scores",
        "CRPS in people, and of logarithms (of one more than the people): smaller is better; in "
        "brackets 1, 2, 3 months ahead. Held: share of cells within the closed interval from the "
        f"5 % to the 95 % quantile. Last column: CRPS of logarithms less that of the {LOG_AR}, "
        f"with a 95 % interval from circular blocks of {BLOCK} origins; below zero is better.",
        ("", "CRPS", "CRPS of logarithms", "90 % held", f"less {LOG_AR}"),
        tuple(rows),
    )


def ablation(rolled: Rolled) -> Table:
    """Tabulate what further inputs add to the model."""
    rows = [
        (
            *_means(rolled, each.name),
            _say(rolled, each.name, MODEL, "log"),
            say_difference(against(rolled, each.name, MODEL, "crps"), 0),
        )
        for each in ARMS
        if each.name in rolled.forecasters
    ]
    return Table(
        "What further inputs add",
        f"Scores less those of the {MODEL}, which know arrivals alone; below zero is better. Each "
        "trial learns from past errors of the model how its inputs should have moved it. The last "
        "row knows the events of the month that is forecast, which nobody does: it is the most "
        "that a perfect forecast of their number would be worth here.",
        ("", "CRPS", "CRPS of logarithms", "90 % held", "less, logarithms", "less, people"),
        tuple(rows),
    )


def by_place(rolled: Rolled) -> Table:
    """Tabulate the model by place, beside the pooled log-AR."""
    ours, theirs = (rolled.scores.filter(forecaster=name) for name in (MODEL, LOG_AR))
    rows = []
    for place in ours["place"].unique().sort().to_list():
        here, there = ours.filter(place=place), theirs.filter(place=place)
        rows.append((
            place, f"{len(here)}",
            f"{_mean(here, 'log'):.3f}", f"{_mean(there, 'log'):.3f}",
            f"{_mean(here, 'crps'):,.0f}", f"{_mean(there, 'crps'):,.0f}",
            f"{_mean(here, 'within'):.2f}",
        ))  # fmt: skip
    return Table(
        "By place",
        f"Left the {MODEL}, right the {LOG_AR}.",
        ("", "cells", "CRPS of log.", LOG_AR, "CRPS", LOG_AR, "90 % held"),
        tuple(rows),
    )


def looked(found: Sequence[Looked], over: float) -> Table:
    """Tabulate what was said of one place at some origins."""
    rows = [
        (
            f"{each.month:%B %Y} from the end of {each.origin:%B %Y}",
            f"{each.came:,.0f}" if each.came >= 0 else NOTHING,
            each.forecaster,
            f"{each.middle:,.0f} [{each.low:,.0f}, {each.high:,.0f}]",
            per_cent(each.over, signed=False),
            per_cent(each.at_least, signed=False) if each.came >= 0 else NOTHING,
            "inside" if each.low <= each.came <= each.high else "missed",
        )
        for each in found
    ]
    head = ("", "came", "", "median [95 %]", f"P over {over:,.0f}", "P of what came or more", "")
    return Table("", "", head, tuple(rows))


def tables(rolled: Rolled) -> list[Table]:
    """Give every table, in order."""
    found = [headline(rolled)]
    if {each.name for each in ARMS} & set(rolled.forecasters):
        found.append(ablation(rolled))
    return [*found, by_place(rolled)]


def as_text(rolled: Rolled, about: str) -> str:
    """Give the study as text."""
    return as_lines(about, set_up(rolled), tables(rolled))


def as_markdown(rolled: Rolled, about: str) -> str:
    """Give the study as a Markdown page."""
    return as_page("How good the forecasts of arrivals were", about, set_up(rolled), tables(rolled))


def as_json(rolled: Rolled, about: str) -> dict[str, Any]:
    """Give the study as it is written down."""
    trials = {each.name for each in ARMS}
    return {
        "about": about,
        "first": f"{rolled.plan.first:%Y-%m}",
        "last": f"{rolled.plan.last:%Y-%m}",
        "months": rolled.plan.months,
        "left_out": rolled.left_out,
        "forecasters": {
            name: {
                "cells": len(cells := rolled.scores.filter(forecaster=name)),
                "crps": cells["crps"].mean(),
                "crps_of_logarithms": cells["log"].mean(),
                "held": cells["within"].mean(),
                "less": {
                    base: {
                        score: asdict(against(rolled, name, base, score))
                        for score in ("log", "crps")
                    }
                    for base in ((MODEL,) if name in trials else (LOG_AR,))
                },
            }
            for name in rolled.forecasters
        },
    }


def _means(rolled: Rolled, name: str) -> tuple[str, str, str, str]:
    cells = rolled.scores.filter(forecaster=name)
    ahead = cells.group_by("ahead").agg(pl.col("log").mean()).sort("ahead")["log"].to_list()
    log = f"{_mean(cells, 'log'):.3f} ({', '.join(f'{each:.2f}' for each in ahead)})"
    held = per_cent(_mean(cells, "within"), signed=False)
    return name, f"{_mean(cells, 'crps'):,.0f}", log, held


def _mean(cells: pl.DataFrame, column: str) -> float:
    return float(cells[column].to_numpy().mean())


def _say(rolled: Rolled, name: str, base: str, score: str) -> str:
    return say_difference(against(rolled, name, base, score), 3)
