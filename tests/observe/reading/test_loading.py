"""Documents from files, and what is said of files that hold none."""

import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.errors import DocumentError
from foreshock.observe.reading import loading
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.loading import decode, load_documents

PARAGRAPH = (
    "The army of the northern province left the port on Monday, and both sides said that the "
    "talks would go on for a week or more in the capital."
)
PAGE = f"""<html><head><title>Talks - Andean Times</title>
<meta property="article:published_time" content="2019-03-04T10:00:00Z">
<meta property="og:site_name" content="Andean Times"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Talks fail</h1>
<p>{PARAGRAPH}</p><p>{PARAGRAPH.replace("Monday", "Friday")}</p></article></body></html>"""


def only(path: Path, **given) -> Document:
    (loaded,) = load_documents(path, **given)
    assert loaded.fault is None
    return loaded.document


@pytest.mark.parametrize(
    ("raw", "noted"),
    [
        ("“Café”".encode(), 0),
        (b"\xef\xbb\xbf" + "“Café”".encode(), 0),
        ("“Café”".encode("utf-16"), 0),
        (b"\xfe\xff" + "“Café”".encode("utf-16-be"), 0),
        ("“Café”".encode("utf-32"), 0),
        ("“Café”".encode("cp1252"), 1),
    ],
)
def test_encodings(tmp_path: Path, raw: bytes, noted: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    (loaded,) = load_documents(path, published=date(2020, 2, 5), source="Andean Times")
    assert loaded.document == Document(
        text="“Café”", id="a.txt", published=date(2020, 2, 5), source="Andean Times"
    )
    assert len(loaded.notes) == noted


@given(st.binary(max_size=200))
def test_bytes_are_text_or_named_as_none(raw: bytes) -> None:
    try:
        decode(raw, "a.txt")
    except DocumentError as fault:
        assert fault.where == "a.txt"


@pytest.mark.parametrize(
    ("name", "raw", "what"),
    [
        ("a.txt", b"  \n", "empty"),
        ("a.txt", b"\x7fELF\0\0", "no text"),
        ("a.txt", b"\xff\xfe\x00", "utf-16"),
        ("a.pdf", b"%PDF", ".pdf"),
        ("a.html", b"<html><body></body></html>", "no main text"),
        ("a.html", b"\0\1\2", "main text"),
        ("a.htm", b"<div>" * 20_000, "main text"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, raw: bytes, what: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(DocumentError, match=what) as raised:
        list(load_documents(path))
    assert name in str(raised.value)


def test_absent_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(DocumentError, match="cannot be opened"):
            list(load_documents(path))


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LARGEST", 100)
    path = tmp_path / "a.txt"
    path.write_text("war " * 26)
    with pytest.raises(DocumentError, match="larger"):
        list(load_documents(path))
    rows = tmp_path / "a.jsonl"
    rows.write_text('{"text": "' + "war " * 100 + '"}\n{"text": "Peace."}\n')
    first, second = load_documents(rows)
    assert first.fault is not None and ":1" in str(first.fault)
    assert second.document is not None and second.document.text == "Peace."


def test_the_main_text_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE)
    document = only(path)
    assert "Home" not in document.text
    assert document.text.count("\n\n") >= 1
    assert document.title == "Talks fail"
    assert (document.published, document.source) == (date(2019, 3, 4), "Andean Times")


def test_the_user_knows_better_than_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE)
    document = only(path, published=date(2019, 3, 5), source="A wire")
    assert (document.published, document.source) == (date(2019, 3, 5), "A wire")


def test_pages_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    path = tmp_path / "a.html"
    path.write_text(PAGE)
    with pytest.raises(DocumentError, match=r"pip install 'foreshock\[html\]'"):
        list(load_documents(path))


def test_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "One.", "id": "x", "published": "2020-02-05", "source": "Andean Times"}\n'
        "\n"
        '{"txt": "Two."}\n'
        '{"text": "Three.", "published": "5 Feb"}\n'
        "{broken\n"
        '{"text": "Four."}\n'
    )
    loaded = list(load_documents(path, published=date(2020, 3, 1), source="A wire"))
    good = [item.document for item in loaded if item.document]
    assert [document.id for document in good] == ["x", "a.jsonl:6"]
    assert [document.published for document in good] == [date(2020, 2, 5), date(2020, 3, 1)]
    assert [document.source for document in good] == ["Andean Times", "A wire"]
    faults = [str(item.fault) for item in loaded if item.fault]
    assert [":3:text" in faults[0], ":4:published" in faults[1], ":5" in faults[2]] == [True] * 3
