"""The brief in a terminal: it fits, it is plain when piped, and nothing hostile gets through."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from rich.console import Console

from foreshock.assess.picture import assess
from foreshock.brief.compose import compose
from foreshock.brief.terminal import render, render_picture
from foreshock.brief.words import plain
from foreshock.evidence.claim import Attribution, Claim, Report, Source
from foreshock.evidence.view import Evidence, Recorded


def _printed(brief, width=80, show=render):
    out = io.StringIO()
    show(brief, Console(file=out, width=width, highlight=False, markup=False))
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 60, 120])
def test_it_fits_the_width(brief, width):
    assert max(len(line) for line in _printed(brief, width).splitlines()) <= width


def test_it_is_plain_where_it_is_no_terminal(brief):
    assert "\x1b" not in _printed(brief)


def test_it_reads_in_two_minutes(brief):
    # At 500 words a minute, as lists are skimmed; the sources at the end are for looking up.
    main, sources = _printed(brief).split("CLAIMS NAMED ABOVE")
    words = re.sub(r"\[[^\]]*\]", "", main).split()
    assert len(words) <= 2 * 500
    assert sources


def test_every_claim_named_in_the_text_stands_in_the_list_of_sources(brief):
    main, sources = _printed(brief).split("CLAIMS NAMED ABOVE")
    named = set(re.findall(r"\b[FRCAD]\d{2,3}[a-z]?\b", main))
    listed = set(re.findall(r"\b[FRCAD]\d{2,3}[a-z]?\b", sources))
    assert named and named <= listed


def test_the_whole_picture_prints_every_event(brief):
    text = _printed(brief, 100, render_picture)
    assert text.count("independent") >= len(brief.events)


HOSTILE = [
    "\x1b[31mred\x1b[0m", "[bold]x[/bold]", "[/]", "<script>alert(1)</script>", "a\u202eb",
    "=HYPERLINK(1)", "\x07bell", "[link=http://x]y[/link]",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    claim = Claim(
        report="r",
        type="ASSAULT",
        actors=("a",),
        recipients=("b",),
        start=date(2020, 2, 3),
        end=date(2020, 2, 3),
        chain=(Attribution("s", text),),
        summary=text,
        known_at=date(2020, 2, 3),
        key="K1",
    )
    evidence = Evidence.build(
        "x",
        date(2020, 2, 5),
        [Recorded(claim, datetime(2020, 2, 5, tzinfo=UTC))],
        [Source(id="s", name=text), Report(source="s", title=text, known_at=date(2020, 2, 3))],
    )
    printed = _printed(compose(assess(evidence), case="x", title=text))
    assert "\x1b" not in printed and "\x07" not in printed and "\u202e" not in printed
    assert plain(text).split()[0] in printed


def test_a_single_anonymous_voice_is_never_told_as_sure(brief):
    event = next(e for e in brief.events if e.origins == ["social account, pro-opposition"])
    assert event.belief.probability < 0.8
