"""Killed issuers, full disks, missing rights, two at once: nothing that was shown is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.verify.drafts import CASE, NOW, draft, ledger_in, some

from foreshock.core.errors import LedgerAltered, StoreBusy, StoreFull, StoreReadOnly
from foreshock.verify import ledger as ledger_module
from foreshock.verify.entries import Kind
from foreshock.verify.ledger import ANCHOR_FILE, LEDGER_FILE, Ledger

ISSUER = Path(__file__).with_name("issuer.py")
BATCH = 4  # of issuer.py
KILLS = 60

posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


# ---------------------------------------------------------------------- killed


def test_death_at_any_byte_leaves_the_ledger_valid(tmp_path: Path):
    ledger = some(tmp_path, 2)
    before, anchor = (tmp_path / LEDGER_FILE).read_bytes(), (tmp_path / ANCHOR_FILE).read_bytes()
    batch = [draft("Q7"), draft("Q8")]
    after_entries = ledger.issue(batch)
    after = (tmp_path / LEDGER_FILE).read_bytes()
    assert after.startswith(before)
    for end in range(len(before), len(after) + 1):
        (tmp_path / LEDGER_FILE).write_bytes(after[:end])
        (tmp_path / ANCHOR_FILE).write_bytes(anchor)
        found = ledger.examine()
        assert found.faults == ()
        torn = not after[:end].endswith(b"\n")
        assert bool(found.notes) == (end > len(before))
        assert len(ledger.entries()) == 2 + after[len(before) : end].count(b"\n")
        if torn and end % 16:
            continue  # reading is tried at every byte, mending at some
        again = ledger.issue(batch)
        assert [entry.question for entry in again] == ["Q7", "Q8"]
        if not torn:
            assert again == after_entries[: len(again)]
        notes = [entry for entry in ledger.entries() if entry.kind is Kind.NOTE]
        assert len(notes) == torn
        assert not torn or "was taken away" in notes[0].reason
        found = ledger.examine()
        assert (found.faults, found.notes, found.anchor) == ((), (), found.head)
        assert ledger.issue(batch) == again


def test_what_was_shown_cannot_pass_for_an_unfinished_line(tmp_path: Path):
    ledger = some(tmp_path)
    path = tmp_path / LEDGER_FILE
    path.write_bytes(path.read_bytes()[:-1])
    assert ledger.examine().faults == ("1 of 5 entries are missing at the end",)
    with pytest.raises(LedgerAltered):
        ledger.issue([draft("Q9")])


@contextmanager
def issuer(*arguments: object):
    process = subprocess.Popen(
        [sys.executable, "-W", "error", str(ISSUER), *map(str, arguments)],
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


@posix
def test_a_killed_issuer_loses_nothing_that_was_acknowledged(tmp_path: Path):
    chance = random.Random(20310502)
    struck = 0
    with issuer("kill", tmp_path) as process:
        for kill in range(KILLS):
            if kill % 20 == 0:  # anew, so that checking stays quick and the making is struck too
                for name in (LEDGER_FILE, ANCHOR_FILE):
                    (tmp_path / "home" / name).unlink(missing_ok=True)
                if (tmp_path / "acknowledged").exists():
                    os.truncate(tmp_path / "acknowledged", 0)
            process.stdin.write(f"k{kill}\n")
            process.stdin.flush()
            pid = int(process.stdout.readline())
            time.sleep(chance.uniform(0.0, 0.06))
            os.kill(pid, signal.SIGKILL)
            assert process.stdout.readline() == "killed\n"
            ledger = ledger_in(tmp_path / "home")
            found = ledger.examine()
            assert found.faults == ()
            struck += bool(found.notes)
            told: dict[str, int] = {}
            for entry in found.entries:
                told[entry.evidence] = told.get(entry.evidence, 0) + 1
            acknowledged = (tmp_path / "acknowledged").read_text().split()
            assert all(told[name] == BATCH for name in acknowledged)
            if kill % 5 == 0:
                ledger.issue([draft(f"after-{kill}")])
                assert ledger.examine().notes == ()
    assert struck, "no kill struck while something was written"


# ---------------------------------------------------------------------- full, closed, busy


def test_a_full_disk_says_so_and_leaves_the_ledger_as_it_was(tmp_path: Path, monkeypatch):
    ledger = some(tmp_path)
    before = (tmp_path / LEDGER_FILE).read_bytes()
    write = os.write

    def half(descriptor: int, text) -> int:
        if len(text) < 200:
            raise OSError(28, "No space left on device")
        return write(descriptor, bytes(text[: len(text) // 2]))

    with monkeypatch.context() as patch:
        patch.setattr(ledger_module.os, "write", half)
        with pytest.raises(StoreFull) as full:
            ledger.issue([draft("Q9")])
    assert full.value.where == str(ledger.path) and full.value.mend
    assert (tmp_path / LEDGER_FILE).read_bytes() == before
    assert ledger.issue([draft("Q9")])[0].number == 5


@pytest.mark.skipif(sys.platform == "win32", reason="this system sets no limit on a file's size")
def test_a_file_that_may_not_grow_says_so_and_keeps_what_it_has(tmp_path: Path):
    with issuer("fill", tmp_path, 100_000) as process:
        said, complaints = process.communicate(timeout=60)
    assert process.returncode == 0, complaints
    kind, landed, entries = said.split()
    assert kind == "StoreFull"
    assert int(landed) > 2
    assert int(entries) == BATCH * int(landed)
    ledger = ledger_in(tmp_path)
    assert ledger.examine().notes == ()
    assert ledger.issue([draft()])[0].number == int(entries)


def test_a_folder_that_is_a_file(tmp_path: Path):
    (tmp_path / "home").write_text("no folder")
    for call in (lambda it: it.entries(), lambda it: it.issue([draft()])):
        with pytest.raises(StoreReadOnly):
            call(ledger_in(tmp_path / "home"))


def test_what_stands_can_be_read_where_nothing_may_be_written(tmp_path: Path, monkeypatch):
    ledger = some(tmp_path)

    def refuse(*_given):
        raise PermissionError(13, "Permission denied")

    for name in ("open", "ftruncate"):
        monkeypatch.setattr(ledger_module.os, name, refuse)
    assert ledger.issue([draft("Q1")])[0].number == 1
    with pytest.raises(StoreReadOnly):
        ledger.issue([draft("Q9")])
    assert len(ledger.entries()) == 5


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr(ledger_module, "WAIT_SECONDS", 0.2)
    ledger = some(tmp_path)
    with FileLock(tmp_path / ledger_module.LOCK_FILE):
        with pytest.raises(StoreBusy, match=r"0\.2 s"):
            ledger.issue([draft("Q9")])
        assert ledger.issue([draft("Q1")])[0].number == 1  # nothing to write, nobody to wait for
        assert len(ledger.entries()) == 5
    assert ledger.issue([draft("Q9")])[0].number == 5


def test_two_writers_at_once_both_land_and_what_both_say_stands_once(tmp_path: Path):
    told: dict[str, set[str]] = {}
    with issuer("many", tmp_path, "a", 30) as one, issuer("many", tmp_path, "b", 30) as two:
        for who, process in (("a", one), ("b", two)):
            said, complaints = process.communicate(timeout=120)
            assert process.returncode == 0, complaints
            told[who] = set(said.splitlines())
            assert len(told[who]) == 30 * BATCH
    ledger = ledger_in(tmp_path)
    found = ledger.examine()
    assert (found.faults, found.notes) == ((), ())
    names = {entry.evidence for entry in found.entries}
    assert names == {f"{w}.{n}" for w in "ab" for n in range(1, 30, 2)} | {
        f"both.{n}" for n in range(0, 30, 2)
    }
    assert len(found.entries) == 45 * BATCH
    recorded = {f"{entry.number} {entry.evidence} {entry.hash}" for entry in found.entries}
    assert told["a"] | told["b"] == recorded


def test_who_waited_for_the_lock_looks_again(tmp_path: Path):
    class Late(Ledger):
        @contextmanager
        def _locked(self):
            some(tmp_path, 3)  # somebody else comes first
            with super()._locked():
                yield

    late = Late(tmp_path, CASE, lambda: NOW)
    assert [entry.number for entry in late.issue([draft("Q1"), draft("Q9")])] == [1, 3]
    assert late.examine().faults == ()
    assert len(late.entries()) == 4
