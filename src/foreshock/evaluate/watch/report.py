"""What a study of the watch found, as tables for a Markdown page and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from foreshock.evaluate.arrivals.report import say_difference
from foreshock.evaluate.report import NOTHING, Table, as_lines, as_page, per_cent
from foreshock.evaluate.watch.alarms import LEVELS, Record, brier_difference, record
from foreshock.evaluate.watch.comparison import Compared, Country, by_country, compare, shares
from foreshock.evaluate.watch.coverage import ALL, coverage
from foreshock.evaluate.watch.events import EVENTS
from foreshock.evaluate.watch.scoring import SCORES, Score
from foreshock.evaluate.watch.strata import STRATA
from foreshock.evaluate.watch.study import Study

SHOWN = 10
"""Countries of the most gain, and of the most loss, that are shown."""

LOG, CRPS = SCORES[0], SCORES[1]


def set_up(study: Study) -> str:
    """Say in a few sentences what was done."""
    cells = study.of(study.methods[0])
    first, last = study.windows[0], study.windows[-1]
    ahead = sorted({each for window in study.windows for each in window.horizons})
    out = (
        f" {study.left_out:,} cells whose value is missing, or of which some method could not "
        "speak, count for none."
        if study.left_out
        else ""
    )
    windows = f"{len(study.windows)} windows" if len(study.windows) > 1 else "One window"
    until = f" to {last.origin:%B %Y}" if last.origin > first.origin else ""
    return (
        f"{windows}, known to the end of {first.origin:%B %Y}{until}, {ahead[0]} to {ahead[-1]} "
        f"months ahead: {len(cells):,} cells of {cells['unit'].n_unique()} countries, "
        f"{len(study.conflict_units)} of them with conflict (somebody killed in a window or in the "
        "twelve months before its origin). Inputs are "
        f"{study.inputs}, scores are on {study.truth}. Each method was asked for {study.draws:,} "
        f"draws from the months up to the origin.{out}"
    )


# ---------------------------------------------------------------------- scores


def means(study: Study, score: Score) -> Table:
    """Tabulate mean scores: a row a method, a column a window."""
    windows = [window.name for window in study.windows]
    rows = []
    for method in study.methods:
        cells = study.of(method)
        parts = [*(cells.filter(window=name) for name in windows), cells]
        rows.append((method, *(_mean(part, score) for part in parts)))
    head = ("", *windows, ALL)
    return Table(score.name, f"{_noted(score)} Smaller is better.", head, tuple(rows))


def differences(study: Study, scores: Sequence[Score] = SCORES) -> Table:
    """Tabulate the first method less every other one, on every score."""
    rows = []
    for base in study.methods[1:]:
        for score in scores:
            found = compare(study, study.methods[0], base, score.column)
            rows.append((
                f"{score.name}, less {base}",
                say_difference(found.difference, score.decimals),
                _verdict(found),
                f"{found.better} / {found.worse}",
                per_cent(found.share_better, signed=False),
            ))  # fmt: skip
    return Table(
        f"{study.methods[0]} less the others",
        "Below zero is better. In brackets the 95 % interval, whole countries drawn anew. The last "
        f"columns: of {len(study.conflict_units)} countries with conflict, in how many the mean "
        "score is smaller and larger.",
        ("", "difference", "", "better / worse", "better"),
        tuple(rows),
    )


def by_stratum(study: Study, score: Score = LOG) -> Table:
    """Tabulate mean scores by what was known at the origin: a row a method, a column a stratum."""
    present = [each for each in STRATA if len(study.cells.filter(stratum=each))]
    own = study.of(study.methods[0])
    head = ("", *(f"{each} ({len(own.filter(stratum=each)):,} cells)" for each in present))
    rows = [
        (method, *(_mean(study.of(method).filter(stratum=each), score) for each in present))
        for method in study.methods
    ]
    for base in study.methods[1:]:
        found = [
            compare(study.where(pl.col("stratum") == each), study.methods[0], base, score.column)
            for each in present
        ]
        told = (say_difference(each.difference, score.decimals) for each in found)
        rows.append((f"{study.methods[0]} less {base}", *told))
    return Table(
        f"{score.name} by deaths in the twelve months up to the origin", _noted(score), head,
        tuple(rows),
    )  # fmt: skip


def by_months_ahead(study: Study, score: Score = LOG) -> Table:
    """Tabulate mean scores by months ahead."""
    ahead = sorted(study.cells["ahead"].unique().to_list())
    rows = [
        (method, *(_mean(study.of(method).filter(ahead=each), score) for each in ahead))
        for method in study.methods
    ]
    return Table(
        f"{score.name} by months ahead", _noted(score), ("", *map(str, ahead)), tuple(rows)
    )


# ---------------------------------------------------------------------- intervals and chances


def coverages(study: Study) -> Table:
    """Tabulate how the central 90 % intervals held, by what was known at the origin."""
    rows = [
        (
            method if row.among == ALL else "",
            row.among,
            f"{row.cells:,}",
            per_cent(row.held, signed=False),
            per_cent(row.promised, signed=False),
            per_cent(row.transform, signed=False),
            f"{per_cent(row.below, signed=False)} / {per_cent(row.above, signed=False)}",
        )
        for method in study.methods
        for row in coverage(study, method)
    ]
    return Table(
        "90 % intervals",
        "Held: share of cells within the closed interval from the 5 % to the 95 % quantile. "
        "Promised: what the forecast itself gave that interval. Transform: share of the "
        "probability transform, spread evenly over equal draws, from 0.05 to 0.95; 90 % is right "
        "whatever the zeros, and below and above 5 % each.",
        ("", "deaths in the year before", "cells", "held", "promised", "transform",
         "below / above"),
        tuple(rows),
    )  # fmt: skip


def chances(study: Study, base: str) -> Table:
    """Tabulate how well every method told the chances of events, beside one of them."""
    rows = []
    for event in EVENTS:
        for method in study.methods:
            found = record(study, method, event)
            if found is None:
                continue
            less = brier_difference(study, method, base, event) if method != base else None
            rows.append((
                f"{event.name} ({found.came:,} of {found.cells:,} times: "
                f"{per_cent(found.base_rate, signed=False)})" if method == study.methods[0] else "",
                method,
                per_cent(found.said, signed=False),
                f"{found.brier:.5f}",
                f"{found.constant:.5f}",
                say_difference(less, 5) if less else NOTHING,
            ))  # fmt: skip
    return Table(
        "What may come",
        "Brier scores; smaller is better. Always the base rate: the score of saying nothing but "
        "how often it came, which is known only afterwards.",
        ("", "", "said on average", "Brier", "always the base rate", f"less {base}"),
        tuple(rows),
    )


def alarms(study: Study, method: str) -> Table:
    """Tabulate what would have come of raising alarms."""
    rows = []
    for found in _records(study, method):
        for number, alarm in enumerate(found.alarms):
            rows.append((
                f"{found.event} ({per_cent(found.base_rate, signed=False)})" if not number else "",
                f"{alarm.level:.0%}".replace("%", " %"),
                f"{alarm.raised:,}",
                f"{alarm.right:,}",
                per_cent(alarm.false / alarm.raised if alarm.raised else None, signed=False),
                f"{found.came - alarm.right:,}",
                per_cent(alarm.right / found.came if found.came else None, signed=False),
            ))  # fmt: skip
    return Table(
        f"Alarms of the {method}",
        f"What would have come of raising an alarm from a chance of "
        f"{', '.join(f'{level:.0%}' for level in LEVELS).replace('%', ' %')} on. In brackets how "
        "often it came.",
        ("", "from", "raised", "right", "false", "came unwarned", "warned of"),
        tuple(rows),
    )


def reliabilities(study: Study, method: str) -> Table:
    """Tabulate whether chances were right, with counts."""
    rows = []
    for found in _records(study, method):
        for number, each in enumerate(found.bins):
            rows.append((
                found.event if not number else "",
                f"{100 * each.low:.0f} to {100 * each.high:.0f} %",
                f"{each.count:,}",
                per_cent(each.said, signed=False),
                f"{per_cent(each.frequency, signed=False)} ({each.happened:,})",
                f"{100 * each.bar[0]:.1f} to {100 * each.bar[1]:.1f} %" if each.enough else NOTHING,
            ))  # fmt: skip
    return Table(
        f"Were the chances of the {method} right?",
        "The bar holds the frequency in 90 % of cases if every chance is right and cells are "
        "independent; months of one war are not, so that it is too narrow.",
        ("", "chance", "times", "said on average", "came", "bar"),
        tuple(rows),
    )


def _records(study: Study, method: str) -> list[Record]:
    found = (record(study, method, event) for event in EVENTS)
    return [each for each in found if each is not None]


# ---------------------------------------------------------------------- countries


def gains_and_losses(study: Study, base: str, score: Score = LOG) -> tuple[Table, Table]:
    """Tabulate the countries with conflict that gained and that lost the most."""
    every = _with_conflict(study, base, score)
    gained = [each for each in every if each.less < 0][:SHOWN]
    lost = [each for each in reversed(every) if each.less > 0][:SHOWN]
    head = ("", study.methods[0], base, "difference")

    def rows(some: Sequence[Country]) -> tuple[tuple[str, ...], ...]:
        say = f",.{score.decimals}f"
        return tuple(
            (each.name, f"{each.ours:{say}}", f"{each.theirs:{say}}", f"{each.less:+{say}}")
            for each in some
        )

    return (
        Table(f"Where it gained the most: {score.name}", _noted(score), head, rows(gained)),
        Table(f"Where it lost the most: {score.name}", _noted(score), head, rows(lost)),
    )


def _with_conflict(study: Study, base: str, score: Score) -> list[Country]:
    conflict = study.conflict_units
    every = by_country(study, study.methods[0], base, score.column)
    return [each for each in every if each.unit in conflict]


def concentration(study: Study, method: str, scores: Sequence[Score] = (CRPS, LOG)) -> Table:
    """Tabulate how much of a score the first countries carry."""
    rows = []
    for score in scores:
        parts = shares(study, method, score.column)
        sums = [sum(share for _, share in parts[:number]) for number in (1, 3, 5, 10)]
        rows.append((score.name, ", ".join(name for name, _ in parts[:3]),
                     *(per_cent(each, signed=False) for each in sums)))  # fmt: skip
    head = ("", "the first three", "the first", "three", "five", "ten")
    return Table(f"Which countries the scores of {method} hang on", "", head, tuple(rows))


def _mean(cells: pl.DataFrame, score: Score) -> str:
    return f"{float(cells[score.column].to_numpy().mean()):,.{score.decimals}f}"


def _noted(score: Score) -> str:
    return f"{score.note[0].upper()}{score.note[1:]}."


def _verdict(found: Compared) -> str:
    low, high = found.difference.low, found.difference.high
    if low is None or high is None:
        return NOTHING
    if high < 0:
        return "better"
    return "worse" if low > 0 else "cannot be told"


# ---------------------------------------------------------------------- whole


def tables(study: Study) -> list[Table]:
    """Give every table, in order; the first method is set beside the second."""
    ours, base = study.methods[:2]
    return [
        *(means(study, score) for score in SCORES),
        differences(study),
        by_stratum(study),
        by_months_ahead(study),
        coverages(study),
        chances(study, base),
        alarms(study, ours),
        reliabilities(study, ours),
        *gains_and_losses(study, base),
        concentration(study, base),
    ]


def as_text(study: Study, about: str) -> str:
    """Give the study as text."""
    return as_lines(about, set_up(study), tables(study))


def as_markdown(study: Study, about: str) -> str:
    """Give the study as a Markdown page."""
    return as_page("How good the watch was", about, set_up(study), tables(study))


def as_json(study: Study) -> dict[str, Any]:
    """Give the study as it is written down."""
    ours = study.methods[0]
    return {
        "inputs": study.inputs,
        "truth": study.truth,
        "draws": study.draws,
        "seed": study.seed,
        "left_out": study.left_out,
        "conflict_countries": len(study.conflict_units),
        "windows": [
            {"name": each.name, "origin": f"{each.origin:%Y-%m}", "horizons": list(each.horizons)}
            for each in study.windows
        ],
        "methods": {
            method: {
                "scores": {
                    score.column: _by_window(study, method, score.column) for score in SCORES
                },
                "coverage": [asdict(row) for row in coverage(study, method)],
                "events": [_record(each) for each in _records(study, method)],
            }
            for method in study.methods
        },
        "comparison": [
            asdict(compare(study, ours, base, score.column))
            for base in study.methods[1:]
            for score in SCORES
        ],
        "countries": {
            base: {
                score.column: [
                    {"id": each.unit, "name": each.name, "ours": each.ours, "theirs": each.theirs}
                    for each in _with_conflict(study, base, score)
                ]
                for score in (LOG, CRPS)
            }
            for base in study.methods[1:]
        },
    }


def _by_window(study: Study, method: str, column: str) -> dict[str, float]:
    cells = study.of(method)
    found = {each.name: cells.filter(window=each.name) for each in study.windows} | {ALL: cells}
    return {name: float(part[column].to_numpy().mean()) for name, part in found.items()}


def _record(found: Record) -> dict[str, Any]:
    return asdict(found) | {"base_rate": found.base_rate}
