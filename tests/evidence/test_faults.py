"""Killed writers, full disks, missing rights, damaged files, two writers: nothing told is lost."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import event

from foreshock.core.errors import (
    StoreBusy,
    StoreCorrupt,
    StoreFull,
    StoreReadOnly,
    UnknownReference,
)
from foreshock.evidence import engine
from foreshock.evidence import store as store_module
from foreshock.evidence.batch import Batch, Withdrawal
from foreshock.evidence.claim import Claim, Source
from foreshock.evidence.store import Store

WRITER = Path(__file__).with_name("writer.py")
CASE = "river-war"
DAY = date(2031, 4, 15)
CLAIMS = 30  # in a batch of writer.py
KILLS = 200

posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@contextmanager
def writer(*arguments: object):
    """Start writer.py; it finds the same packages as this process."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", str(WRITER), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def output(*arguments: object) -> list[str]:
    """Run writer.py to its end and give what it said."""
    with writer(*arguments) as process:
        said, complaints = process.communicate(timeout=60)
    assert process.returncode == 0, complaints
    return said.splitlines()


def batches_in(store: Store) -> dict[str, int]:
    """Count the claims of each batch of writer.py that are there."""
    found: dict[str, int] = {}
    for claim in store.view(CASE, DAY).claims.values():
        found[claim.report] = found.get(claim.report, 0) + 1
    return found


def check_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def some(number: int, size: int = 500) -> Batch:
    claims = [
        Claim(report=f"r{number}", summary=f"{number} {n} " + "x" * size, known_at=DAY)
        for n in range(20)
    ]
    return Batch(claims=claims, entries=[Source(id=f"s{number}", name="A source")])


# ---------------------------------------------------------------------- killed


@posix
def test_a_killed_writer_loses_nothing_acknowledged_and_leaves_no_half_batch(tmp_path: Path):
    chance = random.Random(20310415)
    torn = 0
    with writer("kill", path := tmp_path / "evidence.sqlite") as process:
        for kill in range(KILLS):
            if kill % 20 == 0:
                # Anew, so that checking stays quick and the making of a store is struck too.
                path.unlink(missing_ok=True)
                acknowledged = tmp_path / "evidence.sqlite.acknowledged"
                if acknowledged.exists():
                    os.truncate(acknowledged, 0)
            process.stdin.write(f"k{kill}\n")
            process.stdin.flush()
            pid = int(process.stdout.readline())
            time.sleep(chance.uniform(0.0, 0.06))
            os.kill(pid, signal.SIGKILL)
            assert process.stdout.readline() == "killed\n"
            torn += Path(f"{path}-journal").exists()
            store = Store(path)  # rolls back what was torn
            found = batches_in(store)
            assert set(found.values()) <= {CLAIMS}, "a batch is partly there"
            assert set(found) == set(store.view(CASE, DAY).sources)
            missing = set(acknowledged.read_text().split()) - set(found)
            assert not missing, "an acknowledged batch was lost"
            check_whole(path)
    assert torn > KILLS // 20, "the kills did not strike while a batch was being written"


# ---------------------------------------------------------------------- full


def test_a_full_store_says_so_and_keeps_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pages = {"most": 40}
    connect = engine.connect

    def connect_to_a_small_disk(path: Path):
        made = connect(path)

        @event.listens_for(made, "connect")
        def _limit(connection, _record):
            connection.execute(f"PRAGMA max_page_count = {pages['most']}")

        return made

    for module in (engine, store_module):
        monkeypatch.setattr(module, "connect", connect_to_a_small_disk, raising=False)
    store = Store(tmp_path / "evidence.sqlite")
    landed = 0
    with pytest.raises(StoreFull) as full:
        for landed in range(100):
            store.append(CASE, some(landed))
    assert 0 < landed < 99
    assert full.value.where == str(store.path)
    assert full.value.mend
    assert len(store.view(CASE, DAY).claims) == 20 * landed
    assert len(store.view(CASE, DAY).sources) == landed
    check_whole(store.path)
    pages["most"] = 4000  # room again
    assert store.append(CASE, some(landed)).claims == 20
    assert len(store.view(CASE, DAY).claims) == 20 * (landed + 1)


@pytest.mark.skipif(sys.platform == "win32", reason="this system sets no limit on a file's size")
def test_a_file_that_may_not_grow_says_so_and_keeps_what_it_has(tmp_path: Path):
    path = tmp_path / "evidence.sqlite"
    kind, landed, claims = output("fill", path, 400_000)[0].split()
    assert kind == "StoreFull"
    assert int(landed) > 0
    assert int(claims) == CLAIMS * int(landed)
    store = Store(path)
    assert batches_in(store) == {f"full.{n}": CLAIMS for n in range(int(landed))}
    check_whole(path)
    assert store.append(CASE, some(0)).claims == 20


def test_no_room_for_a_new_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    connect = engine.connect

    def connect_to_no_disk(path: Path):
        made = connect(path)
        event.listen(made, "connect", lambda c, _: c.execute("PRAGMA max_page_count = 2"))
        return made

    path = tmp_path / "evidence.sqlite"
    with monkeypatch.context() as patch:
        for module in (engine, store_module):
            patch.setattr(module, "connect", connect_to_no_disk, raising=False)
        with pytest.raises(StoreFull):
            Store(path)
    assert Store(path).append(CASE, some(0)).claims == 20  # the rest of it is in nobody's way


# ---------------------------------------------------------------------- no right to write


@contextmanager
def public_folder():
    """Make a folder that everybody may look into (pytest's own are closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="foreshock-"))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        for inner in (folder, *folder.rglob("*")):
            if inner.is_dir():
                inner.chmod(0o755)
        shutil.rmtree(folder)


def as_nobody(path: Path) -> list[str]:
    if not hasattr(os, "setuid"):
        pytest.skip("this system has no users to change to")
    with writer("rights", path) as process:
        said, complaints = process.communicate(timeout=60)
    if "os.set" in complaints:
        pytest.skip("this root may not become somebody else")
    assert process.returncode == 0, complaints
    return said.splitlines()


def test_a_store_that_may_only_be_read_can_be_read():
    with public_folder() as folder:
        path = folder / "evidence.sqlite"
        Store(path).append(CASE, some(0))
        path.chmod(0o444)
        folder.chmod(0o555)
        before = path.read_bytes()
        assert as_nobody(path) == ["claims 20", f"append StoreReadOnly {path}"]
        assert path.read_bytes() == before
        assert [file.name for file in folder.iterdir()] == ["evidence.sqlite"]


def test_a_folder_that_may_only_be_read_takes_no_new_store():
    with public_folder() as folder:
        folder.chmod(0o555)
        path = folder / "evidence.sqlite"
        assert as_nobody(path) == [f"open StoreReadOnly {path}"]
        deeper = folder / "deeper" / "evidence.sqlite"
        assert as_nobody(deeper) == [f"open StoreReadOnly {deeper.parent}"]
        assert list(folder.iterdir()) == []


def test_a_store_behind_a_closed_door():
    with public_folder() as folder:
        closed = folder / "closed"
        closed.mkdir()
        path = closed / "evidence.sqlite"
        Store(path).append(CASE, some(0))
        closed.chmod(0o000)
        said = as_nobody(path)
        assert len(said) == 1
        assert said[0].startswith("open StoreReadOnly")


def test_a_folder_that_is_a_file(tmp_path: Path):
    (tmp_path / "home").write_text("not a folder")
    with pytest.raises(StoreReadOnly, match="cannot make the folder"):
        Store(tmp_path / "home" / "evidence.sqlite")
    with pytest.raises(StoreReadOnly):
        Store(tmp_path)  # a folder where the file should be


# ---------------------------------------------------------------------- damaged, or not ours


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store of some hundred pages."""
    path = tmp_path_factory.mktemp("good") / "evidence.sqlite"
    store = Store(path, lambda: datetime(2031, 6, 1, tzinfo=UTC))
    for number in range(10):
        store.append(CASE, some(number))
    return path.read_bytes()


def use(path: Path) -> dict[str, Claim]:
    store = Store(path)
    seen = store.view(CASE, DAY)
    store.standing(CASE)
    store.entries(CASE)
    store.append(CASE, some(99))
    return dict(seen.claims)


@pytest.mark.parametrize("size", [15, 100, 5_000])
def test_garbage_is_not_a_store(tmp_path: Path, size: int):
    path = tmp_path / "evidence.sqlite"
    path.write_bytes(random.Random(size).randbytes(size))
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt) as corrupt:
        use(path)
    assert corrupt.value.where == str(path)
    assert corrupt.value.mend
    assert path.read_bytes() == before


@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.99])
def test_a_truncated_store_is_damaged(tmp_path: Path, good: bytes, share: float):
    path = tmp_path / "evidence.sqlite"
    path.write_bytes(good[: int(len(good) * share)])
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt):
        use(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("seed", range(12))
def test_a_page_overwritten_is_found_out_or_was_in_nobodys_way(
    tmp_path: Path, good: bytes, seed: int
):
    chance = random.Random(seed)
    path = tmp_path / "evidence.sqlite"
    page = 4096 * chance.randrange(1, len(good) // 4096)
    path.write_bytes(good[:page] + chance.randbytes(4096) + good[page + 4096 :])
    before = path.read_bytes()
    try:
        seen = use(path)
    except StoreCorrupt:
        assert path.read_bytes() == before
    else:
        path.write_bytes(good)
        assert seen == use(path)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_evidence_is_called_damaged(tmp_path: Path, good: bytes, seed: int):
    # Bytes within a payload: the database cannot notice, whoever reads the record must.
    chance = random.Random(seed)
    path = tmp_path / "evidence.sqlite"
    at = [n for n in range(len(good)) if good.startswith(b'"known_at":"2031-', n)]
    where = chance.choice(at)
    damage = [b"\xff\xfe", b"\x00\x00", b"{{", b"77"][seed]
    path.write_bytes(good[: where + 2] + damage + good[where + 4 :])
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt) as corrupt:
        use(path)
    assert corrupt.value.where == str(path)
    assert path.read_bytes() == before


def test_a_changed_figure_is_damage_too(tmp_path: Path):
    # Every record has its digest beside it: a figure that no longer fits it was changed by nobody.
    path = tmp_path / "evidence.sqlite"
    Store(path).append(CASE, some(0))
    raw = path.read_bytes()
    assert raw.count(b'"summary":"0 3 xxx') == 1
    path.write_bytes(raw.replace(b'"summary":"0 3 xxx', b'"summary":"0 9 xxx'))
    with pytest.raises(StoreCorrupt):
        Store(path).view(CASE, DAY)


def test_another_programs_database_is_left_alone(tmp_path: Path):
    path = tmp_path / "evidence.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE letters (text)")
        connection.execute("INSERT INTO letters VALUES ('dear')")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt, match="not a Foreshock store"):
        Store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_store_of_another_version_is_left_alone(tmp_path: Path, version: int):
    path = tmp_path / "evidence.sqlite"
    Store(path).append(CASE, some(0))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE foreshock SET schema_version = ?", (version,))
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt, match=f"schema version {version}"):
        Store(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store(tmp_path: Path):
    path = tmp_path / "evidence.sqlite"
    path.touch()
    assert Store(path).append(CASE, some(0)).claims == 20


@pytest.mark.parametrize("name", ["a b", "what?", "100%", "a%20b", "#1", "é😀", "a;b&c=d", "?x=y"])
def test_a_store_lies_where_it_was_asked_to(tmp_path: Path, name: str):
    path = tmp_path / name / "evidence.sqlite"
    Store(path).append(CASE, some(0))
    assert path.is_file()
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]
    assert len(Store(path).view(CASE, DAY).claims) == 20


# ---------------------------------------------------------------------- two at once


def test_two_writers_at_once_both_land(tmp_path: Path):
    path = tmp_path / "evidence.sqlite"
    instants: dict[str, list[datetime]] = {}
    with writer("many", path, "a", 50) as one, writer("many", path, "b", 50) as two:
        for who, process in (("a", one), ("b", two)):
            said, complaints = process.communicate(timeout=90)
            assert process.returncode == 0, complaints
            instants[who] = [datetime.fromisoformat(line) for line in said.splitlines()]
    for told in instants.values():
        assert len(told) == 50
        assert all(sooner < later for sooner, later in pairwise(told))
    assert len({*instants["a"], *instants["b"]}) == 100, "two batches share an instant"
    store = Store(path)
    assert batches_in(store) == {f"{who}.{n}": CLAIMS for who in "ab" for n in range(50)}
    # By the instant of its receipt a batch was there, with all before it and nothing after it.
    for who in "ab":
        at = instants[who][20]
        seen = store.view(CASE, DAY, at)
        told_by_then = sum(each <= at for told in instants.values() for each in told)
        assert len(seen.claims) == CLAIMS * told_by_then
        assert f"{who}.20" in seen.sources


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A store that another program is writing to, and will not let go."""
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.2)
    store = Store(tmp_path / "evidence.sqlite")
    store.append(CASE, some(0))
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        yield store, other


def test_a_writer_that_waits_too_long_says_who_is_in_its_way(held):
    store, other = held
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match=r"0\.2 s") as busy:
        store.append(CASE, some(1))
    assert "nothing was changed" in busy.value.mend
    assert len(store.view(CASE, DAY).claims) == 20  # reading goes on meanwhile
    other.execute("ROLLBACK")
    assert store.append(CASE, some(1)).claims == 20


def test_a_reader_waits_too(held):
    store, other = held
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreBusy):
        store.view(CASE, DAY)
    with pytest.raises(StoreBusy):
        Store(store.path)
    other.execute("ROLLBACK")
    assert len(store.view(CASE, DAY).claims) == 20


# ---------------------------------------------------------------------- whole or not at all


def test_a_batch_with_one_fault_adds_nothing(tmp_path: Path):
    store = Store(tmp_path / "evidence.sqlite")
    good = some(0)
    bad = Batch(claims=good.claims, entries=good.entries, withdrawals=[Withdrawal("nothing")])
    with pytest.raises(UnknownReference, match="to withdraw"):
        store.append(CASE, bad)
    seen = store.view(CASE, DAY)
    assert not seen.claims
    assert not seen.sources


def test_a_batch_that_breaks_while_it_is_written_adds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    store = Store(tmp_path / "evidence.sqlite")
    store.append(CASE, some(0))
    struck = []

    def strike(connection, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO entry"):
            struck.append(statement)
            raise KeyboardInterrupt

    event.listen(store._engine, "before_cursor_execute", strike)
    with pytest.raises(KeyboardInterrupt):
        store.append(CASE, some(1))
    event.remove(store._engine, "before_cursor_execute", strike)
    assert struck
    assert len(store.view(CASE, DAY).claims) == 20
    assert store.append(CASE, some(1)).claims == 20


def test_text_that_no_file_can_hold_changes_nothing(tmp_path: Path):
    # Half of a surrogate pair, as broken scrapers produce it.
    store = Store(tmp_path / "evidence.sqlite")
    broken = Claim(report="r1", summary="\ud800", known_at=DAY)
    try:
        store.append(CASE, Batch(claims=[*some(0).claims, broken]))
    except Exception:
        assert not store.view(CASE, DAY).claims
    else:
        assert store.view(CASE, DAY).claims[broken.id].summary == "\ud800"
