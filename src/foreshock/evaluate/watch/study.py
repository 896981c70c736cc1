"""A study of the watch: every method forecasts from every origin, and every cell is scored.

Methods see a copy of the inputs up to the origin and nothing else. What came is another table, of a
later vintage if there is one: deaths of a year are recounted for years, and a forecaster of today
has only today's count of the past.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused, QuantityError, TimeError
from foreshock.core.panel import Panel
from foreshock.core.random import stream
from foreshock.core.watch import YEAR
from foreshock.evaluate.watch.methods import Method, told
from foreshock.evaluate.watch.scoring import score
from foreshock.evaluate.watch.strata import deaths_before, strata
from foreshock.evaluate.watch.windows import Window
from foreshock.verify.ignorance import DRAWS

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Study:
    """Scores of every method in the same cells.

    Attributes
    ----------
    windows : tuple of Window
    methods : tuple of str
        The first is the one that is put to the test.
    names : dict of str to str
        Name of each unit by its id.
    cells : polars.DataFrame
        A row a method and cell: ``window``, ``origin``, ``ahead``, ``unit``, ``stratum``,
        ``before`` (deaths of the last twelve months), ``fought`` (any death in those or in the
        window), ``method``, ``came``, and the columns of `scoring.score`.
    left_out : int
        Cells whose value is missing, or of which some method could not speak.
    inputs, truth : str
        Vintages.
    draws, seed : int
    """

    windows: tuple[Window, ...]
    methods: tuple[str, ...]
    names: dict[str, str]
    cells: pl.DataFrame
    left_out: int
    inputs: str
    truth: str
    draws: int
    seed: int

    def among(self, names: Sequence[str]) -> Study:
        """Give the same of some windows alone.

        Raises
        ------
        TimeError
            If there is no such window.
        """
        kept = tuple(window for window in self.windows if window.name in names)
        if len(kept) < len(set(names)):
            raise TimeError(
                f"no windows {', '.join(sorted(set(names)))} in the study",
                expected=f"some of {', '.join(window.name for window in self.windows)}",
            )
        return replace(self.where(pl.col("window").is_in(names)), windows=kept)

    def where(self, kept: pl.Expr) -> Study:
        """Give the same of some cells alone, chosen by what is the same for all methods."""
        return replace(self, cells=self.cells.filter(kept))

    def only(self, *methods: str) -> Study:
        """Give the same of some methods alone."""
        cells = self.cells.filter(pl.col("method").is_in(methods))
        return replace(self, methods=methods, cells=cells)

    def of(self, method: str) -> pl.DataFrame:
        """Give the cells of one method, in an order that is the same for all.

        Raises
        ------
        ForecastRefused
            If there is no such method.
        """
        if method not in self.methods:
            raise ForecastRefused(
                f"no method {method!r} in the study", expected=f"one of {', '.join(self.methods)}"
            )
        return self.cells.filter(method=method).sort("origin", "unit", "ahead")

    @property
    def conflict_units(self) -> frozenset[str]:
        """Units with any death in a window, or in the twelve months up to its origin."""
        return frozenset(self.cells.filter("fought")["unit"].unique().to_list())


def run(
    inputs: Panel,
    truth: Panel,
    windows: Sequence[Window],
    methods: Mapping[str, Method],
    *,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _step: None,
) -> Study:
    """Let every method forecast in every window, and score it.

    Parameters
    ----------
    inputs : Panel
        What methods may know, up to each origin.
    truth : Panel
        What came; its units and months may be others.
    windows : sequence of Window
    methods : mapping of str to Method
        The one that is put to the test first.
    draws : int
        Draws that methods are asked for.
    seed : int
    progress : callable
        Told each forecast that is made.

    Raises
    ------
    TimeError
        If the inputs do not hold an origin.
    QuantityError
        If the two tables have no unit in common.
    ForecastRefused
        If nothing is asked, or nothing can be scored.
    """
    if not windows or not methods:
        raise ForecastRefused("a study needs a window and a method, one of each at least")
    came = _values_of(truth, inputs.keys)
    # All windows are looked up before the first is forecast, which takes its time.
    asked = [
        (each, np.array(inputs.until(each.origin).values), _in_months(truth, came, each))
        for each in windows
    ]
    frames = []
    for window, known, came_here in asked:
        frame = _frame(inputs.keys, window, known, came_here)
        chance = np.stack([
            stream(seed, "watch", "transform", window.name, key).random(len(window.horizons))
            for key in inputs.keys
        ])  # fmt: skip
        for name, method in methods.items():
            made = told(name, method, known, window.horizons, draws, seed)
            scores = score(made, came_here, known[:, -YEAR:], chance)
            frames.append(
                frame.with_columns(
                    pl.lit(name).alias("method"),
                    *(pl.Series(column, part.ravel()) for column, part in scores.items()),
                )
            )
            progress(f"{window.name}: {name}")
    every = pl.concat(frames)
    scored = pl.col("crps").is_not_nan().sum().over("window", "unit", "ahead")
    cells = every.filter(scored == len(methods))
    if not len(cells):
        raise ForecastRefused("no cell can be scored: what came is missing, or every forecast is")
    return Study(
        windows=tuple(windows),
        methods=tuple(methods),
        names=dict(zip(inputs.keys, inputs.names, strict=True)),
        cells=cells,
        left_out=(len(every) - len(cells)) // len(methods),
        inputs=inputs.vintage,
        truth=truth.vintage,
        draws=draws,
        seed=seed,
    )


def _frame(keys: tuple[str, ...], window: Window, known: Floats, came: Floats) -> pl.DataFrame:
    """Give what all methods have in common in a window: a row a unit and month ahead."""
    months = len(window.horizons)
    before = deaths_before(known)
    fought = (np.nan_to_num(before) > 0) | (np.nan_to_num(came) > 0).any(axis=1)
    return pl.DataFrame({
        "window": [window.name] * came.size,
        "origin": [window.origin] * came.size,
        "ahead": np.tile(window.horizons, len(keys)),
        "unit": np.repeat(keys, months),
        "stratum": np.repeat(strata(before), months),
        "before": np.repeat(before, months),
        "fought": np.repeat(fought, months),
        "came": came.ravel(),
    })  # fmt: skip


def _values_of(panel: Panel, keys: tuple[str, ...]) -> Floats:
    """Give the values of some units, in their order; missing where the panel has no such unit."""
    rows = {key: row for row, key in enumerate(panel.keys)}
    if not rows.keys() & set(keys):
        raise QuantityError(
            "the inputs and the table of what came have no unit in common",
            expected=f"ids like {keys[0]!r} in both",
        )
    missing = np.full(len(panel.starts), np.nan)
    return np.stack([panel.values[rows[key]] if key in rows else missing for key in keys])


def _in_months(panel: Panel, values: Floats, window: Window) -> Floats:
    """Give the values in the months of a window; missing where the panel does not reach."""
    columns = {start: column for column, start in enumerate(panel.starts)}
    if not columns.keys() & set(window.months):
        raise TimeError(
            f"the table of what came has no month of the window {window.name}",
            expected=f"months from {window.months[0]:%Y-%m} to {window.months[-1]:%Y-%m}",
        )
    missing = np.full(len(values), np.nan)
    return np.stack(
        [values[:, columns[each]] if each in columns else missing for each in window.months], axis=1
    )
