"""Batches on their way: put together where they are small, read ahead, in their order."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.case.faults import Fault
from foreshock.core.errors import TableError
from foreshock.observe.batches import Batch, Reject, ahead, gathered


def batch(first: int, rows: int) -> Batch:
    """So many rows, the first of which cannot be read."""
    reject = Reject.of(first, [Fault("a.csv", first, "id", "no number")], {"id": "x"})
    return Batch(pl.DataFrame({"row": range(first + 1, first + rows)}), [reject], first / 100)


@given(st.lists(st.integers(1, 9), max_size=20), st.integers(1, 12), st.integers(1, 3))
def test_nothing_is_lost_or_out_of_order(sizes: list[int], enough: int, many: int):
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    made = [batch(start, size) for start, size in zip(starts, sizes, strict=True)]
    taken = list(ahead(gathered(iter(made), enough, 2**20), many))
    rows = [row for each in taken for row in each.rows["row"]]
    assert rows == [row for each in made for row in each.rows["row"]]
    assert [reject.row for each in taken for reject in each.rejects] == starts
    assert [each.done for each in taken] == sorted(each.done for each in taken)
    held = [each.rows.height + len(each.rejects) for each in taken]
    assert all(enough <= many < enough + max(sizes) for many in held[:-1])
    assert not taken or taken[-1].done == made[-1].done


def test_wide_rows_go_on_sooner():
    made = [batch(start, 11) for start in range(0, 110, 11)]
    size = int(made[0].rows.estimated_size())
    taken = list(gathered(iter(made), 1_000, 2 * size))
    assert [each.rows.height for each in taken] == [20] * 5


def test_a_row_kept_aside_takes_little_memory():
    """There may be a block full of them, and several blocks are on their way."""
    cells = {f"a column of its own name, the {at}.": str(1000 + at) for at in range(60)}
    fault = Fault("a.csv", 1, "id", "no number")
    tracemalloc.start()
    try:
        kept = [Reject.of(row, [fault], cells) for row in range(1_000)]
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken / len(kept) < 1_000
    assert kept[0].cells == cells


def test_a_fault_in_reading_ahead_is_raised_after_what_came_before_it():
    def broken() -> Iterator[Batch]:
        yield batch(0, 3)
        raise TableError("the archive is damaged")

    batches = ahead(broken(), 2)
    assert next(batches).rows.height == 2
    with pytest.raises(TableError, match="damaged"):
        next(batches)
