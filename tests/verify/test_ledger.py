"""The ledger: what is issued stands, and nothing of it can be changed unseen."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.verify.drafts import AS_OF, CASE, NOW, draft, ledger_in, some

from foreshock.core.errors import LedgerAltered, LedgerError
from foreshock.verify.chain import DAMAGED, Anchor, examine, seal
from foreshock.verify.entries import Kind, Standing, plain, read
from foreshock.verify.ledger import ANCHOR_FILE, LEDGER_FILE, Ledger

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
    said = draft(terms=terms, answer=terms, by=by, reason=reason)
    [entry] = ledger.issue([said])
    assert (entry.terms, entry.answer, entry.by, entry.reason) == (terms, terms, by, reason)
    assert entry.key == said.key
    assert ledger.issue([said]) == [entry]
    assert read(json.dumps(plain(entry)).encode()) == entry
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
