"""Monthly tables: what is read of them, and what is said of what cannot be."""

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluate.arrivals import monthly

from foreshock.core.errors import ForeshockError, NothingReadable, TableError
from foreshock.observe.readers.displaced_monthly import read_monthly, read_provinces


def written(folder: Path, text: str, name: str = "displaced.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode())
    return file


def test_what_was_written_is_read_back(tmp_path):
    made = monthly.counts(listed=0.7)
    found = read_monthly(written(tmp_path, monthly.text(made)))
    assert found.first == made.first
    assert found.places == tuple(sorted(made.places))
    order = [made.places.index(place) for place in found.places]
    np.testing.assert_array_equal(found.people, made.people[: len(found.people), order])


def test_names_of_columns_as_they_are_shared_will_do(tmp_path):
    made = monthly.counts(months=3)
    theirs = monthly.text(made, "governorate_dest,year,month,idp_flow")
    assert (
        read_monthly(written(tmp_path, theirs)).digest
        == read_monthly(written(tmp_path, monthly.text(made))).digest
    )


def test_what_nobody_listed_is_missing_not_zero(tmp_path):
    text = "place,year,month,people\ngondal,2031,1,5\nglasstown,2031,3,0\n"
    people = read_monthly(written(tmp_path, text)).people
    assert people.shape == (3, 2)
    assert np.isnan(people).sum() == 4
    assert people[2, 0] == 0


def test_a_total_is_no_place(tmp_path):
    text = "place,year,month,people\ngondal,2031,1,5\nGrand Total,2031,1,5\n"
    assert read_monthly(written(tmp_path, text)).places == ("gondal",)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("gondal,2031,13,5\n", "displaced.csv:2, month"),
        ("gondal,2031,1,-5\n", "displaced.csv:2, people"),
        ("gondal,2031,1,nan\n", "displaced.csv:2, people"),
        ("gondal,2031,1,many\n", "displaced.csv:2, people"),
        ("gondal,2031,1,5\ngondal,2031,1,6\n", "stands in line 2 too"),
        ("gondal,2031,1\n", "people"),
        (",2031,1,5\n", "displaced.csv:2, place"),
    ],
)
def test_a_faulty_row_is_named_with_its_field(tmp_path, rows, says):
    with pytest.raises(TableError, match=says):
        read_monthly(written(tmp_path, "place,year,month,people\n" + rows))


def test_an_empty_table_is_refused(tmp_path):
    with pytest.raises(NothingReadable):
        read_monthly(written(tmp_path, "place,year,month,people\n"))
    with pytest.raises(TableError, match="missing"):
        read_monthly(written(tmp_path, "place,year\ngondal,2031\n"))
    with pytest.raises(TableError, match="cannot be read"):
        read_monthly(tmp_path / "nowhere.csv")


@given(raw=st.binary(max_size=200), header=st.booleans())
def test_no_bytes_break_the_reader(tmp_path_factory, raw, header):
    file = tmp_path_factory.mktemp("fuzz") / "displaced.csv"
    file.write_bytes((b"place,year,month,people\n" if header else b"") + raw)
    for read in (read_monthly, read_provinces):
        with contextlib.suppress(ForeshockError):
            read(file)


def test_provinces_are_read_and_none_twice(tmp_path):
    text = "place,province\ngondal,Gondal Province\n"
    assert read_provinces(written(tmp_path, text)) == {"gondal": "Gondal Province"}
    with pytest.raises(TableError, match="stands twice"):
        read_provinces(written(tmp_path, text + "gondal,Other\n"))
