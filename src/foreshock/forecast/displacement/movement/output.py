"""The table of a run: for each day people in camps, simulated beside counted, as Flee writes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foreshock.core.files import check_target, write_whole
from foreshock.core.network import Counted
from foreshock.forecast.displacement.movement.members import Kept
from foreshock.forecast.displacement.movement.run import Plan

TOTALS = (
    "Total error",
    "refugees in camps (UNHCR)",
    "total refugees (simulation)",
    "raw UNHCR refugee count",
    "refugees in camps (simulation)",
    "refugee_debt",
)


def write_output(
    file: Path, planned: Plan, found: Counted, kept: Sequence[Kept], *, members: bool
) -> None:
    """Write what a run gave, whole or not at all.

    A line for each member and day, with the columns of Flee's own output: ``Day``, ``Date`` (the
    evening's: a day after the morning on which the day began), for each camp ``sim``, ``data`` and
    ``error``, then the totals.

    Parameters
    ----------
    file : pathlib.Path
        CSV, or Parquet if it ends in ``.parquet``.
    planned : Plan
    found : Counted
    kept : sequence of Kept
        What each member gave.
    members : bool
        Whether a column ``member`` comes first.

    Raises
    ------
    ForeshockError
        If the file cannot be written.
    """
    header, rows = table(planned, found, kept, members=members)
    if file.suffix == ".parquet":
        import polars as pl

        check_target(file)
        draft = file.with_name(f".{file.name}.part")
        try:
            pl.DataFrame(rows, schema=header, orient="row").write_parquet(draft)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write_whole(file, text.getvalue())


def table(
    planned: Plan, found: Counted, kept: Sequence[Kept], *, members: bool
) -> tuple[list[str], list[list[object]]]:
    """Give the header and the lines."""
    network, arrivals = planned.network, planned.arrivals
    names = [network.sites[at].name for at in network.camps]
    by_name = {camp.name: camp for camp in found.camps}
    days = np.arange(network.days)
    data = (
        np.array(
            [by_name[name].interpolated(days, planned.rules.hasten) for name in names], np.int64
        )
        .reshape(len(names), network.days)
        .T
    )
    if planned.rules.empty_camps_on_day0 and network.days:
        data = data - data[0]
    dates = [(network.start + timedelta(days=day + 1)).isoformat() for day in days.tolist()]
    header = ["member"] * members + ["Day", "Date"]
    header += [f"{name} {what}" for name in names for what in ("sim", "data", "error")]
    header += TOTALS
    rows: list[list[object]] = []
    for number, each in enumerate(kept):
        errors = _relative(each.camps, data)
        total = np.abs(each.camps - data).sum(axis=1)
        for day in range(network.days):
            row: list[object] = [number] * members + [day, dates[day]]
            for sim, count, error in zip(
                each.camps[day].tolist(), data[day].tolist(), errors[day].tolist(), strict=True
            ):
                row += [sim, count, error]
            raw = int(arrivals.total[day])
            in_camps = int(data[day].sum()) if raw > 0 else 0
            row += [float(total[day]) / raw if raw > 0 else 0.0, in_camps, int(each.so_far[day])]
            row += [max(raw, 0), int(each.camps[day].sum()), int(arrivals.debt[day])]
            rows.append(row)
    return header, rows


def _relative(simulated: NDArray[np.int64], data: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the error of a camp, to four places; 0 where nobody was counted."""
    known = np.where(data > 0, data, 1)
    return np.where(data > 0, np.round(np.abs(simulated / known - 1), 4), 0.0)
