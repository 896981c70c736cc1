"""Whatever stands in the files of a folder, reading ends with the folder or with our own error."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.observe.readers.flee.folders import FILES, made

from foreshock.core.errors import CaseError
from foreshock.observe.readers.flee.checking import check_folder
from foreshock.observe.readers.flee.folder import read_folder

CORRECTIONS = "input_csv/registration_corrections.csv"
ALL = {**FILES, CORRECTIONS: "Zedora,2031-05-05,normalize\nAlcona,2031-05-08\n"}
NASTY = (
    "", " ", "nan", "inf", "-inf", "-1", "0", "1e308", "1e999", "9" * 30, "9" * 5000, "0x10", "1_0",
    "½", "٣", "\x00", "\ufeff", "\u202e", "🏕", '"', '""', "'", "#", ",", ";", "\r", "\n", "-0",
    "Angora", "gondal", "camp", "2031-05-01", "9999-12-31", "0001-01-01", "=1+1", "\\", "%s", "NaN",
)  # fmt: skip


def comes_through(root: Path, changed: dict[str, str | bytes | None]) -> None:
    folder = made(root, {CORRECTIONS: ALL[CORRECTIONS], **changed})
    checked = check_folder(folder)
    assert (checked.folder is None) == bool(checked.faults)
    if checked.folder is None:
        with pytest.raises(CaseError):
            read_folder(folder)
    else:
        network = checked.folder.network
        assert network.conflict.shape == (network.days, len(network.sites))
        for camp in checked.folder.counted.camps:
            assert len(camp.interpolated(range(network.days))) == network.days
            assert len(camp.reported(range(network.days))) == network.days


@settings(max_examples=150)
@given(
    name=st.sampled_from(sorted(ALL)),
    raw=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()),
)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, name: str, raw: bytes):
    comes_through(tmp_path_factory.mktemp("drawn"), {name: raw})


@settings(max_examples=400)
@given(data=st.data(), name=st.sampled_from(sorted(ALL)))
def test_any_cells_changed(tmp_path_factory: pytest.TempPathFactory, name: str, data):
    rows = [line.split(",") for line in ALL[name].splitlines()]
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.sampled_from(rows))
        cell = data.draw(st.sampled_from(NASTY) | st.text(max_size=6))
        row[data.draw(st.integers(0, len(row) - 1))] = cell
    text = "\n".join(",".join(row) for row in rows)
    raw = text.encode("utf-8", "surrogatepass")
    comes_through(tmp_path_factory.mktemp("drawn"), {name: raw})


@settings(max_examples=150)
@given(data=st.data(), name=st.sampled_from(sorted(ALL)))
def test_any_lines_cut_moved_or_doubled(tmp_path_factory: pytest.TempPathFactory, name: str, data):
    lines = data.draw(st.lists(st.sampled_from(ALL[name].splitlines()), max_size=12))
    raw = "\n".join(lines).encode()
    cut = data.draw(st.integers(0, len(raw)))
    comes_through(tmp_path_factory.mktemp("drawn"), {name: raw[:cut]})


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_folder_or_an_empty_file_in_place_of_a_file(tmp_path: Path, name: str):
    comes_through(tmp_path / "empty", {name: b""})
    folder = made(tmp_path / "folder", {name: None})
    (folder / name).mkdir()
    assert check_folder(folder).faults


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_nowhere(tmp_path: Path):
    folder = made(tmp_path, {"input_csv/routes.csv": None})
    (folder / "input_csv/routes.csv").symlink_to(tmp_path / "absent")
    assert "routes.csv: cannot be read" in str(check_folder(folder).faults[0])
