"""The ledger: nothing in it can be changed unseen, nothing that was shown can be lost."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.core.errors import (
    LedgerAltered,
    LedgerError,
    StoreBusy,
    StoreFull,
    StoreReadOnly,
)
from foreshock.verify import ledger as ledger_module
from foreshock.verify.chain import DAMAGED, Anchor, examine, seal
from foreshock.verify.entries import Draft, Kind, Standing, plain, read
from foreshock.verify.ledger import ANCHOR_FILE, LEDGER_FILE, Ledger

ISSUER = Path(__file__).with_name("issuer.py")
CASE = "river-war"
NOW = datetime(2031, 5, 2, 9, tzinfo=UTC)
AS_OF = date(2031, 5, 1)
BATCH = 4  # of issuer.py
KILLS = 60

posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def draft(question: str = "Q1", **changes) -> Draft:
    given = {"as_of": AS_OF, "evidence": "e1", "question": question, "seed": 7, "config": "c1"}
    return Draft(**given | {"answer": {"probability": 0.3, "interval": [0.2, 0.4]}} | changes)


def ledger_in(folder: Path, now: datetime = NOW) -> Ledger:
    return Ledger(folder, CASE, lambda: now)


def some(folder: Path, number: int = 5) -> Ledger:
    ledger = ledger_in(folder)
    ledger.issue([draft(f"Q{n}") for n in range(number)])
    return ledger


# ---------------------------------------------------------------------- what is issued


def test_what_is_issued_is_what_stands(tmp_path: Path):
    ledger = ledger_in(tmp_path)
    issued = ledger.issue([draft("Q1"), draft("Q2", answer={"probability": 1.0})])
    assert ledger.entries() == tuple(issued)
    first, second = issued
    assert (first.case, first.number, first.standing) == (CASE, 0, Standing.LIVE)
    assert first.issued_at == NOW
    assert (first.previous, second.previous) == ("", first.hash)
    assert second.probability == 1.0
    assert [entry.key for entry in issued] == [draft("Q1").key, draft("Q2", answer={}).key]


@pytest.mark.parametrize(
    "change",
    [
        {"evidence": "e2"},
        {"seed": 8},
        {"question": "Q2"},
        {"config": "c2"},
        {"as_of": date(2031, 4, 30)},
        {"terms": {"threshold": 2}},
        {"question": "", "series": "a>b"},
    ],
)
def test_another_evidence_seed_question_or_configuration_is_another_entry(tmp_path, change):
    ledger = ledger_in(tmp_path)
    ledger.issue([draft()])
    ledger.issue([draft(**change)])
    assert len(ledger.entries()) == 2


def test_the_same_forecast_adds_nothing_and_gives_what_stands(tmp_path: Path):
    some(tmp_path)
    before = (tmp_path / LEDGER_FILE).read_bytes()
    # Even if it would say something else now, and at another time: what was said first stands.
    later = ledger_in(tmp_path, NOW + timedelta(days=9))
    again = later.issue([draft("Q2", answer={"probability": 0.9}), draft("Q0"), draft("Q2")])
    assert [entry.number for entry in again] == [2, 0, 2]
    assert [entry.probability for entry in again] == [0.3, 0.3, 0.3]
    assert {entry.standing for entry in again} == {Standing.LIVE}
    assert (tmp_path / LEDGER_FILE).read_bytes() == before


def test_the_same_twice_in_one_batch_is_one(tmp_path: Path):
    ledger = ledger_in(tmp_path)
    first, second = ledger.issue([draft(), draft()])
    assert first == second
    assert len(ledger.entries()) == 1


def test_judgements_are_one_only_if_they_say_the_same(tmp_path: Path):
    ledger = ledger_in(tmp_path)
    said = draft(kind=Kind.JUDGEMENT, by="A. Hope", reason="So it seems.")
    ledger.issue([said, said, replace(said, by="B. Zenda")])
    ledger.issue([replace(said, answer={"probability": 0.6}), said, draft()])
    assert [entry.by for entry in ledger.entries()] == ["A. Hope", "B. Zenda", "A. Hope", ""]


@pytest.mark.parametrize(
    ("as_of", "standing"),
    [(date(2031, 5, 2), "live"), (date(2031, 5, 1), "live"), (date(2031, 4, 30), "hindcast")],
)
def test_a_forecast_is_live_on_its_day_and_the_next(tmp_path: Path, as_of, standing):
    for hour in (0, 23):
        ledger = ledger_in(tmp_path / str(hour), NOW.replace(hour=hour, minute=59))
        [entry] = ledger.issue([draft(as_of=as_of)])
        assert entry.standing == standing


def test_the_days_are_those_of_utc(tmp_path: Path):
    early = datetime(2031, 5, 3, 1, tzinfo=UTC).astimezone(
        datetime.fromisoformat("2031-05-03T00:00-05:00").tzinfo
    )
    [entry] = ledger_in(tmp_path, early).issue([draft(as_of=AS_OF)])
    assert entry.standing is Standing.HINDCAST


def test_a_day_that_has_not_come_cannot_be_spoken_of(tmp_path: Path):
    ledger = some(tmp_path)
    before = ledger.entries()
    with pytest.raises(LedgerError, match="has not come yet"):
        ledger.issue([draft("Q9"), draft("Q8", as_of=date(2031, 5, 3))])
    assert ledger.entries() == before


def test_a_clock_that_is_set_back_makes_nothing_live(tmp_path: Path):
    some(tmp_path)
    back = ledger_in(tmp_path, NOW - timedelta(days=300))
    [entry] = back.issue([draft(as_of=NOW.date() - timedelta(days=300))])
    assert (entry.issued_at, entry.standing) == (NOW, Standing.HINDCAST)


@pytest.mark.parametrize("answer", [{"probability": float("nan")}, {"reason": "\ud800"}])
def test_what_cannot_be_written_changes_nothing(tmp_path: Path, answer):
    ledger = some(tmp_path)
    before = ledger.entries()
    with pytest.raises(LedgerError, match="cannot be written"):
        ledger.issue([draft("Q9"), draft("Q8", answer=answer)])
    assert ledger.entries() == before


def test_looking_makes_no_file(tmp_path: Path):
    ledger = ledger_in(tmp_path / "home")
    assert ledger.entries() == ()
    assert ledger.issue([]) == []
    assert not (tmp_path / "home").exists()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False,
    allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(TEXT, JSON, max_size=4), TEXT, TEXT)
@settings(max_examples=60)
def test_whatever_is_written_is_read_back(tmp_path_factory, terms, by, reason):
    ledger = ledger_in(tmp_path_factory.mktemp("ledger"))
    said = draft(terms=terms, by=by, reason=reason)
    [entry] = ledger.issue([said])
    assert (entry.terms, entry.by, entry.reason) == (terms, by, reason)
    assert entry.key == said.key
    assert ledger.issue([said]) == [entry]
    assert read(json.loads(json.dumps(plain(entry)))) == entry
    assert ledger.examine().faults == ()


# ---------------------------------------------------------------------- altered


def _lines(raw: bytes) -> list[bytes]:
    return raw.splitlines(keepends=True)


@st.composite
def _mutations(draw, raw: bytes):
    lines = _lines(raw)
    at = draw(st.integers(0, len(raw) - 1))
    one, other = draw(st.lists(st.integers(0, len(lines) - 1), min_size=2, max_size=2))
    match draw(st.sampled_from(["byte", "cut", "put", "end", "remove", "swap", "twice", "zero"])):
        case "byte":
            changed = raw[:at] + bytes([draw(st.integers(0, 255))]) + raw[at + 1 :]
        case "cut":
            changed = raw[:at] + raw[at + draw(st.integers(1, 40)) :]
        case "put":
            changed = raw[:at] + draw(st.binary(min_size=1, max_size=8)) + raw[at:]
        case "end":
            changed = raw[:at]
        case "remove":
            changed = b"".join(line for n, line in enumerate(lines) if n != one)
        case "swap":
            lines[one], lines[other] = lines[other], lines[one]
            changed = b"".join(lines)
        case "twice":
            changed = b"".join([*lines[:one], lines[other], *lines[one:]])
        case _:
            changed = b""
    return changed


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> tuple[bytes, Anchor]:
    folder = tmp_path_factory.mktemp("whole")
    ledger = some(folder)
    found = ledger.examine()
    assert found.anchor == found.head
    return (folder / LEDGER_FILE).read_bytes(), found.anchor


@given(st.data())
@settings(max_examples=600)
def test_any_change_is_detected(whole, data):
    raw, anchor = whole
    changed = data.draw(_mutations(raw))
    faults = examine(changed, anchor, CASE).faults
    assert bool(faults) == (changed != raw), faults


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("resealed", [False, True])
def test_a_line_that_was_written_anew_is_detected_even_with_a_hash_that_fits(
    whole, number, resealed
):
    raw, anchor = whole
    lines = raw.splitlines()
    body = json.loads(lines[number])
    fits = body.pop("hash")
    body["answer"] = {"probability": 0.99, "interval": [0.2, 0.4]}
    forged = seal(body)
    lines[number] = forged if resealed else forged[:-66] + fits.encode() + b'"}'
    (fault,) = examine(b"\n".join([*lines, b""]), anchor, CASE).faults
    if not resealed:
        assert fault.startswith(f"line {number + 1} was changed")
    elif number < 4:
        assert fault.startswith(f"line {number + 2} does not follow")
    else:
        assert fault == "line 5 is not the one that the anchor names"


def test_a_forger_who_writes_every_line_anew_still_has_the_anchor_against_him(whole):
    raw, anchor = whole
    previous, lines = "", []
    for line in raw.splitlines():
        body = json.loads(line) | {"previous": previous, "answer": {"probability": 0.99}}
        del body["hash"]
        lines.append(seal(body))
        previous = json.loads(lines[-1])["hash"]
    forged = b"\n".join([*lines, b""])
    assert examine(forged, Anchor(5, previous), CASE).faults == ()  # with the anchor too, nobody
    assert examine(forged, anchor, CASE).faults == ("line 5 is not the one that the anchor names",)


@given(st.binary(max_size=120))
def test_a_damaged_anchor_is_a_fault(whole, text):
    raw, anchor = whole
    assert Anchor.parse(anchor.text()) == anchor
    if text != anchor.text():
        read_back = Anchor.parse(text)
        assert examine(raw, read_back, CASE).faults or read_back.lines == 0


@pytest.mark.parametrize(
    "text",
    [b"", b"{}", b'{"hash":"","lines":-1}\n', b'{"hash":"","lines":5}\n', b"[[[[", b"\xff\xfe",
     b'{"hash":"ab","lines":0}\n', b'{"hash":"ab", "lines":5}\n'],
)  # fmt: skip
def test_what_is_no_anchor(text):
    assert Anchor.parse(text) == DAMAGED


def test_files_that_were_taken_away(tmp_path: Path):
    ledger = some(tmp_path)
    raw, anchor = (tmp_path / LEDGER_FILE).read_bytes(), (tmp_path / ANCHOR_FILE).read_bytes()
    (tmp_path / ANCHOR_FILE).unlink()
    assert ledger.examine().faults == ("the anchor is missing",)
    (tmp_path / LEDGER_FILE).unlink()
    (tmp_path / ANCHOR_FILE).write_bytes(anchor)
    assert ledger.examine().faults == ("5 of 5 entries are missing at the end",)
    (tmp_path / LEDGER_FILE).write_bytes(raw)
    assert ledger.examine().faults == ()


def test_another_cases_ledger_is_not_ours(tmp_path: Path):
    some(tmp_path)
    assert "belongs to the case 'river-war'" in Ledger(tmp_path, "hill-war").examine().faults[0]


@pytest.mark.parametrize(
    "change", [{"number": 1}, {"standing": "hindcast"}, {"as_of": "2031-06-01"}]
)
def test_lines_that_contradict_themselves(whole, change):
    body = json.loads(whole[0].splitlines()[0]) | change
    del body["hash"]
    line = seal(body)
    faults = examine(line + b"\n", Anchor(1, json.loads(line)["hash"]), CASE).faults
    assert len(faults) == 1


def test_nothing_is_added_to_an_altered_ledger(tmp_path: Path):
    ledger = some(tmp_path)
    path = tmp_path / LEDGER_FILE
    path.write_bytes(
        altered := path.read_bytes().replace(b'"probability":0.3', b'"probability":0.9', 1)
    )
    for call in (
        ledger.entries,
        lambda: ledger.issue([draft("Q9")]),
        lambda: ledger.issue([draft("Q1")]),
    ):
        with pytest.raises(LedgerAltered, match="line 1 was changed") as error:
            call()
        assert error.value.mend and error.value.exit_code == 1
    assert path.read_bytes() == altered


def test_anybody_can_check_a_line_with_any_sha256_program(whole):
    previous = ""
    for line in whole[0].decode().splitlines():
        body, _, seal_text = line.rpartition(',"hash":"')
        assert hashlib.sha256(f"{body}}}".encode()).hexdigest() == seal_text[:-2]
        assert json.loads(line)["previous"] == previous
        previous = json.loads(line)["hash"]


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
