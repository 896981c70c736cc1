"""What is given as an event table is read as what it is, or refused at once with how to mend it."""

import gzip
import json
import os
import re
import signal
import threading
import zipfile
from codecs import BOM_UTF8
from pathlib import Path

import pytest
from tests.observe import acled, gdelt, ged

from foreshock.cli.common import _end
from foreshock.core.errors import ForeshockError, TableError
from foreshock.evidence.published import read_events
from foreshock.observe.batches import LONGEST_CELL
from foreshock.observe.declaring import declared
from foreshock.observe.ingest import ingest

TABLES = {
    "ucdp-ged": ged.text([ged.row(1), ged.row(2)]).encode(),
    "acled": acled.text([acled.row(1), acled.row(2)]).encode(),
    "gdelt": gdelt.text([gdelt.row(1), gdelt.row(2)]),
}
each_format = pytest.mark.parametrize("name", TABLES)


def refused(file: Path, name: str = "ucdp-ged", **said) -> str:
    """Give what is said of a file that is refused; nothing is written."""
    events = file.parent / "refused"
    with pytest.raises(ForeshockError) as caught:
        ingest(file, name, events, declared(**said))
    assert not events.exists() or not list(events.iterdir())
    return str(caught.value)


@each_format
@pytest.mark.parametrize("pack", [bytes, gzip.compress, gdelt.zipped])
def test_a_mark_of_utf_8_is_no_part_of_the_table(tmp_path: Path, name: str, pack):
    file = tmp_path / "table"
    file.write_bytes(pack(BOM_UTF8 + TABLES[name]))
    dataset = ingest(file, name, tmp_path / "events").dataset
    assert (dataset.events, dataset.rejected) == (2, 0)
    assert read_events(tmp_path / "events").events.collect()["row"].to_list() == [1, 2]


@each_format
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_is_named_also_within_an_archive(tmp_path: Path, name: str, encoding: str):
    file = tmp_path / "table.zip"
    file.write_bytes(gdelt.zipped(TABLES[name].decode().encode(encoding)))
    assert "the text is in UTF-16" in refused(file, name)


@pytest.mark.parametrize("name", ["ucdp-ged", "acled"])
@pytest.mark.parametrize(("sign", "called"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_named(tmp_path: Path, name: str, sign: str, called: str):
    file = tmp_path / "table.csv"
    file.write_bytes(TABLES[name].replace(b",", sign.encode()))
    assert (
        f"its cells are parted by {called}. Expected: commas. Mend: take the file as it"
        in refused(file, name)
    )


def test_what_is_no_plain_file_is_refused_and_not_waited_for(tmp_path: Path):
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    file = tmp_path / "table.csv"
    file.write_bytes(TABLES["ucdp-ged"])
    assert "pipe.toml: is not a plain file" in refused(pipe)
    assert "is not a plain file" in refused(file, "table", columns=pipe)
    with pytest.raises(ForeshockError, match="/dev/zero: is not a plain file"):
        ingest(Path("/dev/zero"), "gdelt", tmp_path / "x")
    assert not (tmp_path / "x").exists()
    with pytest.raises(TableError, match=r"table.csv: is not a folder. Mend: name a folder"):
        ingest(file, "ucdp-ged", file)
    assert file.read_bytes() == TABLES["ucdp-ged"]


def test_an_end_by_signal_leaves_nothing_behind(tmp_path: Path):
    """Nor is the rest read first."""
    folder, events = tmp_path / "files", tmp_path / "events"
    folder.mkdir()
    for at in range(50):
        (folder / f"{at:02}.CSV").write_bytes(gdelt.text([gdelt.row(at)]))
    heeded, calls = threading.Event(), []

    def heed(number, frame):
        heeded.set()
        _end(number, frame)

    def progress(done: float, rows: int) -> None:
        calls.append(list(events.iterdir()))
        if len(calls) == 1:
            signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)
            assert heeded.wait(30)

    before = signal.signal(signal.SIGTERM, heed)
    try:
        with pytest.raises(SystemExit) as left:
            ingest(folder, "gdelt", events, progress=progress)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert left.value.code == 128 + signal.SIGTERM
    assert len(calls) < 50 and calls[0] and not list(events.iterdir())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.replace(b"\n", b"\r"), r"its lines end with carriage returns alone.*tr '\\r'"),
        (lambda t: b"\xe9," + t, "its first line is not UTF-8.*--encoding"),
        (lambda _: b"\x89PNG\r\n\x1a\n\x00\x00", "this is a picture. Expected: the yearly CSV"),
        (lambda _: b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "this is a PDF document"),
        (lambda _: bytes(100), "this is no text in UTF-8: it has bytes that are zero"),
        (lambda _: b"<!DOCTYPE html>\n<html>", "this is a web page, such as one to log in"),
        (
            lambda _: ("a" * 9_000 + ";").encode() * 10_000 + b"\n",
            r"without the columns id, .* and 13 more\.",
        ),
    ],
)
def test_a_table_that_is_none_is_called_what_it_is(tmp_path: Path, change, says: str):
    file = tmp_path / "table.csv"
    file.write_bytes(change(TABLES["ucdp-ged"]))
    said = refused(file)
    assert re.search(says, said) and len(said) < 700


def test_a_spreadsheet_is_no_table(tmp_path: Path):
    file = tmp_path / "table.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, "<a/>")
    assert "a spreadsheet, not a table of text. Mend: save it as CSV UTF-8" in refused(file)


def test_names_that_are_too_long_are_cut_where_they_are_told(tmp_path: Path):
    column = "N" * 4_000
    (tmp_path / "own.toml").write_text(
        'name = "own"\ntitle = "t"\nlicence = "l"\ncitation = "c"\nredistribution = true\n'
        f'delay_days = 0\ndelay_about = "d"\n[columns]\nstart = "{column}"\n'
        'type = { always = "ASSAULT" }\n'
    )
    file = tmp_path / "table.csv"
    file.write_text(f"{column},x\nnever,{'y' * 100_000}\n2031-05-01,z\n")
    own = tmp_path / "own.toml"
    receipt = ingest(file, "table", tmp_path / "events", declared(columns=own))
    assert max(map(len, map(str, receipt.faults))) < 300
    (kept,) = (tmp_path / "events" / receipt.dataset.rejects).read_text().splitlines()
    assert json.loads(kept)["cells"]["x"] == "y" * LONGEST_CELL
    said = refused(file, "table", columns=own, release="r" * 3_000)
    assert "3,010 letters" in said and "give a short one with --release" in said
    file.write_text("x\n1\n")
    assert "without the column NNN" in (said := refused(file, "table", columns=own))
    assert len(said) < 700
