"""The list in a terminal: the same for the same list, harmless, and whole in few columns."""

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from tests.brief.watch import made_up
from tests.brief.watch.conftest import made

from foreshock.brief.watch.terminal import render_watch

GOLDEN = Path(__file__).parent / "terminal.txt"


def printed(listed, width=80) -> str:
    console = Console(width=width, file=io.StringIO(), highlight=False, markup=False)
    render_watch(listed, console)
    text = console.file.getvalue().replace(listed.hash[:16], "0" * 16)  # of the version too
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def test_the_list_reads_as_it_did(listed):
    """If it is meant to read otherwise, look at the difference and write the file anew."""
    assert printed(listed) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(listed, width):
    text = printed(listed, width)
    assert max(map(cell_len, text.splitlines())) <= width
    for needed in ("Farland", "Gondal", "Nowhere Isles", "base rate", "came about", ">99"):
        assert needed in text


@pytest.mark.parametrize("width", [40, 60, 80])
def test_long_names_leave_the_numbers_in_their_columns(tmp_path, width):
    names = tuple(f"{at} United and Independent Democratic Peoples’ Isles" for at in range(11))
    names += ("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",)
    text = printed(made(tmp_path, made_up.panel(names)), width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert any(line.startswith(" 3 United") and "4,087" in line for line in text.splitlines())


def test_alarms_are_listed_with_what_became_of_such(listed):
    text = printed(listed).replace("\n", " ")
    assert "≥25 from 30 %: Farland over 99 %, Zedora 88 %" in text
    assert "In hindcasts 8 in 10 were right." in text


def test_columns_are_explained_where_they_stand(listed):
    assert "change of P(≥25)" in printed(listed, 80).replace("\n", " ")
    assert "change of P(≥25)" not in printed(listed, 50).replace("\n", " ")


def test_another_month_can_be_shown(tmp_path):
    listed = made(tmp_path, ahead=20, quick=True)
    assert listed.ahead == 14
    assert "BY THE MEDIAN OF DEATHS IN DEC 2032" in printed(listed)


def test_names_do_nothing_to_a_terminal(tmp_path):
    names = ["\x1b[31mred\x07", "[bold]b[/bold]", "\u202egnp", "a\nb"] + ["x"] * 8
    text = printed(made(tmp_path, made_up.panel(tuple(names)), quick=True))
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[bold]b[/bold]" in text
