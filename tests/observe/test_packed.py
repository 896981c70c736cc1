"""Packed tables and folders of them: read as they are, or refused with the reason."""

import gzip
import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.observe import gdelt, ged
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.core.errors import ForeshockError, TableError
from foreshock.evidence.published import read_events
from foreshock.observe.declaring import declared
from foreshock.observe.ingest import ingest
from foreshock.observe.packed import HARMLESS, unpacked

TABLE = gdelt.text([gdelt.row(n) for n in range(1, 4)])
NAME = "20310502001500.export.CSV"

relaxed = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=25,
)


def taken_in(file: Path, content: bytes, kind: str = "gdelt", **said):
    file.write_bytes(content)
    receipt = ingest(file, kind, file.parent / "events", declared(**said))
    return read_events(file.parent / "events").events.collect(), receipt


def nothing_there(folder: Path) -> bool:
    return not folder.exists() or not list(folder.iterdir())


def archive(*members: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, content in members:
            made.writestr(zipfile.ZipInfo(name), content, how)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("x.zip", lambda table: archive((NAME, table))),
        ("x.zip", lambda table: archive((NAME, table), how=zipfile.ZIP_STORED)),
        ("x.zip", lambda table: archive((NAME, table), how=zipfile.ZIP_BZIP2)),
        (f"{NAME}.gz", gzip.compress),
        (f"{NAME}.zip", gzip.compress),  # its name does not matter
        (NAME, lambda table: archive((NAME, table))),
    ],
)
def test_packed_it_is_the_same_table(tmp_path: Path, name: str, pack):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    plain, first = taken_in(tmp_path / "a" / NAME, TABLE)
    packed, second = taken_in(tmp_path / "b" / name, pack(TABLE))
    assert packed.equals(plain)
    assert second.dataset.release == first.dataset.release == "20310502001500"
    assert second.dataset.digest != first.dataset.digest


def test_a_packed_table_with_a_header(tmp_path: Path):
    rows = ged.text([ged.row(1), ged.row(2, best="x"), ged.row(3)])
    packed = archive(("GEDEvent_v99_1.csv", rows.encode()))
    events, receipt = taken_in(tmp_path / "ged991-csv.zip", packed, "ucdp-ged")
    assert events["event_id"].to_list() == ["1", "3"] and receipt.dataset.release == "99.1"
    assert (receipt.faults[0].file, receipt.faults[0].line) == ("ged991-csv.zip", 4)


@pytest.mark.parametrize(
    "name", ["../x.csv", "/etc/x.csv", "..", "a\\b.csv", "c:x.csv", "sub/x.csv", "..\\..\\x.csv"]
)
def test_a_path_in_an_archive_is_refused(tmp_path: Path, name: str):
    with pytest.raises(TableError, match="names a path"):
        taken_in(tmp_path / "x.zip", archive((name, TABLE)))
    assert nothing_there(tmp_path / "events")
    assert [each.name for each in tmp_path.iterdir()] == ["x.zip"]


def encrypted() -> bytes:
    made = bytearray(archive((NAME, TABLE)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + place] |= 1
    return bytes(made)


def lying(size: int) -> bytes:
    """An archive whose directory gives another size than what comes out."""
    made = bytearray(archive((NAME, TABLE)))
    struct.pack_into("<I", made, made.index(b"PK\x01\x02") + 24, size)
    return bytes(made)


ZEROS = bytes(HARMLESS + 2**20)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (archive, "holds 0 files"),
        (lambda: archive((NAME, TABLE), ("readme.txt", b"x")), "holds 2 files"),
        (lambda: archive((NAME, archive((NAME, TABLE)))), "a further archive"),
        (lambda: archive((NAME, gzip.compress(TABLE))), "a further archive"),
        (lambda: gzip.compress(archive((NAME, TABLE))), "a further archive"),
        (lambda: archive((NAME, b"PAR1....")), "a Parquet file"),
        (lambda: archive((NAME, b"")), "empty"),
        (encrypted, "encrypted"),
        (lambda: lying(len(TABLE) - 50), "damaged or cut off"),
        (lambda: lying(2**31), "would unpack to"),
        (lambda: archive((NAME, ZEROS)), "would unpack to"),
        (lambda: gzip.compress(TABLE + ZEROS, 1), "would unpack to"),
        (lambda: archive((NAME, TABLE))[:-30], "damaged or cut off"),
        (lambda: archive((NAME, TABLE))[:60], "damaged or cut off"),
        (lambda: gzip.compress(TABLE)[:-12], "damaged or cut off"),
        (lambda: gzip.compress(TABLE)[:-4] + b"1234", "damaged or cut off"),
    ],
)
def test_what_is_refused_and_why(tmp_path: Path, content, says: str):
    with pytest.raises(TableError, match=says) as caught:
        taken_in(tmp_path / "x.zip", content())
    assert "x.zip" in str(caught.value) and (caught.value.mend or caught.value.expected)
    assert nothing_there(tmp_path / "events")


def test_a_bomb_is_stopped_before_it_fills_the_memory(tmp_path: Path):
    (tmp_path / "x.gz").write_bytes(gzip.compress(ZEROS, 1))
    tracemalloc.start()
    with unpacked(tmp_path / "x.gz") as stream, pytest.raises(TableError, match="would unpack"):
        while stream.handle.read(2**20):
            pass
    assert tracemalloc.get_traced_memory()[1] < HARMLESS / 4
    tracemalloc.stop()


@relaxed
@given(data=st.data())
def test_damage_of_any_kind_is_said_and_nothing_is_left(tmp_path: Path, data):
    """Bytes of an archive changed or cut: it is read as it was, or refused in words."""
    made = bytearray(data.draw(st.sampled_from([archive((NAME, TABLE)), gzip.compress(TABLE)])))
    for _ in range(data.draw(st.integers(0, 3))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    del made[data.draw(st.integers(2, len(made))) :]
    file = tmp_path / "x.zip"
    file.write_bytes(made)
    events = tmp_path / "events"
    for left in events.iterdir() if events.exists() else ():
        left.unlink()
    try:
        receipt = ingest(file, "gdelt", events)
    except ForeshockError:
        assert nothing_there(events)
    else:
        assert receipt.dataset.rows == 3


# ------------------------------------------------------------------ folders


def filled(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_a_folder_is_one_dataset(tmp_path: Path):
    """Packed and plain, in the order of their names; rows count on, lines do not."""
    second = [gdelt.row(n, EventCode="99" if n == 12 else "0871") for n in (11, 12, 2, 13)]
    folder = filled(
        tmp_path / "May 2031",
        {
            "20310502003000.export.CSV": gdelt.text(second),
            "20310502001500.export.CSV.zip": gdelt.zipped(TABLE),
            ".part": b"x",
        },
    )
    receipt = ingest(folder, "gdelt", tmp_path / "events")
    events = read_events(tmp_path / "events").events.collect()
    assert receipt.dataset.id == "gdelt-may-2031" and receipt.dataset.file == "May 2031"
    assert (receipt.dataset.rows, receipt.dataset.rejected) == (7, 2)
    assert events["row"].to_list() == [1, 2, 3, 4, 7]
    assert [(fault.file, fault.line, fault.column) for fault in receipt.faults] == [
        ("20310502003000.export.CSV", 2, "EventCode"),
        ("20310502003000.export.CSV", 3, "GLOBALEVENTID"),
    ]
    again = ingest(folder, "gdelt", tmp_path / "events")
    assert again.replaced and again.dataset == receipt.dataset
    (folder / ".part").unlink()
    (folder / "20310502003000.export.CSV").rename(folder / "20310502004500.export.CSV")
    assert ingest(folder, "gdelt", tmp_path / "events").dataset.digest != receipt.dataset.digest


def test_progress_goes_on_over_the_files_of_a_folder(tmp_path: Path):
    url = "https://news.example/" + "long/" * 500
    rows = [gdelt.row(n, SOURCEURL=url) for n in range(15_000)]
    files = {f"{n}.CSV": gdelt.text(rows[5_000 * n : 5_000 * (n + 1)]) for n in range(3)}
    said: list[tuple[float, int]] = []
    ingest(
        filled(tmp_path / "all", files),
        "gdelt",
        tmp_path / "events",
        progress=lambda done, rows: said.append((done, rows)),
    )
    assert [rows for _, rows in said] == [10_000, 15_000]  # What is small is told of together.
    assert [round(done, 2) for done, _ in said] == [0.67, 1.0]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "the folder is empty"),
        ({"a.CSV": TABLE, "b.mentions.CSV": b"\t" * 15 + b"\n"}, r"b\.mentions\.CSV.*mentions"),
        ({"a.CSV": TABLE, "b.zip": gdelt.zipped(TABLE)[:99]}, r"b\.zip.*cut off"),
    ],
)
def test_a_folder_with_anything_else_is_refused(tmp_path: Path, files, says: str):
    with pytest.raises(TableError, match=says):
        ingest(filled(tmp_path / "all", files), "gdelt", tmp_path / "events")
    assert nothing_there(tmp_path / "events")


def test_the_command_takes_a_folder_and_refuses_a_bomb(tmp_path: Path):
    folder = filled(tmp_path / "all", {"a.zip": gdelt.zipped(TABLE)})
    words = ["--format", "gdelt", "-o", str(tmp_path / "events")]
    done = CliRunner().invoke(app, ["ingest", str(folder), *words])
    assert done.exit_code == 0 and "3 events of 3 rows" in done.stdout
    assert "Known from the day on which the source says so" in done.stdout
    (folder / "b.zip").write_bytes(archive((NAME, ZEROS)))
    done = CliRunner().invoke(app, ["ingest", str(folder), *words])
    assert done.exit_code == 2 and "would unpack" in done.stderr


# ------------------------------------------------------------------ encodings


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252"])
def test_another_encoding_is_read_when_it_is_said(tmp_path: Path, encoding: str):
    rows = [ged.row(1, side_b="Müller Front", adm_1="Curaçao"), ged.row(2)]
    file = tmp_path / "GEDEvent_v99_1.csv"
    events, receipt = taken_in(file, ged.text(rows).encode(encoding), "ucdp-ged", encoding=encoding)
    assert events["actor_b"][0] == "Müller Front" and events["adm1"][0] == "Curaçao"
    assert receipt.dataset.encoding == encoding
    _, receipt = taken_in(file, ged.text(rows).encode(encoding), "ucdp-ged")
    assert receipt.dataset.rejected == 1 and "--encoding" in receipt.faults[0].what


def test_an_encoding_that_is_not_read_is_refused():
    with pytest.raises(TableError, match="iso-8859-1"):
        declared(encoding="utf-16")
