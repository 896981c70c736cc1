"""What may follow, in a terminal: it fits, says how sure, and shows what came apart."""

import io
import re
from datetime import date

import pytest
from rich.console import Console
from tests.verify.outlooks import projector

from foreshock.brief.terminal import render
from foreshock.brief.terminal_forecast import render_forecast
from foreshock.case.opening import open_case
from foreshock.cycle import cycle
from foreshock.verify.judgements import judge

AS_OF = date(2020, 2, 5)
NAMES = ("syria>turkey", "turkey>syria", "russia>turkey", "syria>rebels", "rebels>syria")


@pytest.fixture(scope="module")
def briefs(tmp_path_factory):
    """Briefs of the same day: plain, and with what happened."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORESHOCK_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setattr(
            "foreshock.foresee.project", projector(NAMES, withheld={NAMES[2]: "1 act on record"})
        )
        case = open_case("idlib-2020")
        cycle(case, date(2020, 1, 29), members=500)
        judge(case, "Q04", AS_OF, 0.6, "A. Hope", "No talks yet.")
        return {
            "plain": cycle(case, AS_OF, members=500),
            "then": cycle(case, AS_OF, members=500, then=date(2020, 4, 30)),
        }


def printed(brief, width=80, show=render_forecast):
    out = io.StringIO()
    show(brief, Console(file=out, width=width, highlight=False, markup=False))
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("show", [render, render_forecast])
@pytest.mark.parametrize("kind", ["plain", "then"])
def test_it_fits_the_width(briefs, width, show, kind):
    lines = printed(briefs[kind], width, show).splitlines()
    assert max(len(line) for line in lines) <= width


def test_the_brief_with_a_forecast_still_reads_in_two_minutes(briefs):
    main, sources = printed(briefs["plain"], show=render).split("CLAIMS NAMED ABOVE")
    words = re.sub(r"\[[^\]]*\]", "", main).split()
    assert len(words) <= 2 * 500
    assert sources


def flat(text):
    return " ".join(text.split())


def test_answers_come_in_words_with_their_range_as_futures_and_with_company(briefs):
    text = flat(printed(briefs["plain"]))
    question = next(q for q in briefs["plain"].questions if q.id == "Q04")
    assert question.text in text
    assert re.search(r"almost certain \(95–100 %\): in (more than )?\d+ of 100 futures", text)
    assert "climatology" in text and "persistence" in text
    assert "Kyle Orton, analyst 40–50 %" in text
    assert "A. Hope judged 60 %" in text and "No talks yet." in text
    assert "was" in text and "29 Jan 2020" in text


def test_every_pair_has_its_bars_and_those_withheld_their_reason(briefs):
    text = flat(printed(briefs["plain"]))
    for series in briefs["plain"].forecast.series:
        assert f"{series.a.name} → {series.b.name}: " in text
    bars = re.findall(r"[▁▂▃▄▅▆▇█·]{8}│[▁▂▃▄▅▆▇█·]{4}", text)
    assert len(bars) == len(briefs["plain"].forecast.series) == 4
    assert "Russia → Turkey: no forecast: 1 act on record" in text


def test_a_hindcast_says_that_it_proves_nothing(briefs):
    for show in (render, render_forecast):
        text = flat(printed(briefs["plain"], show=show))
        assert "thresholds could be chosen with what happened in view" in text


def test_what_was_seen_afterwards_is_said_to_be(briefs):
    before, after = (flat(printed(briefs[kind])) for kind in ("plain", "then"))
    assert "Seen afterwards" not in before
    assert "Seen afterwards: what was known by 30 Apr 2020. The forecast knew nothing" in after
    assert re.search(r"Seen afterwards, it came out: yes \(5\); Brier score \d\.\d\d", after)
    assert re.search(r"Seen afterwards: \d+ acts? in these 7 days, (with|out)", after)


def test_live_and_hindsight_are_apart_in_the_record(briefs):
    text = flat(printed(briefs["then"]))
    assert "Track record by 30 Apr 2020, live: nothing issued." in text
    assert re.search(r"In hindsight: \d+ forecasts, \d+ resolved; Brier score", text)


def test_claims_named_by_the_forecast_stand_in_the_list_of_sources(briefs):
    main, sources = printed(briefs["plain"]).split("CLAIMS NAMED ABOVE")
    named = set(re.findall(r"\b[FRCAD]\d{2,3}[a-z]?\b", main))
    listed = set(re.findall(r"\b[FRCAD]\d{2,3}[a-z]?\b", sources))
    assert named and named == listed


@pytest.mark.parametrize("text", ["\x1b[31mred", "[bold]x[/bold]", "a\u202eb", "\x07", "=1+1"])
def test_hostile_names_and_reasons_stay_text(briefs, text):
    brief = briefs["plain"]
    series = [
        each.model_copy(
            update={
                "a": each.a.model_copy(update={"name": text}),
                "thin": text,
                "shifts": [s.model_copy(update={"condition": text}) for s in each.shifts],
            }
        )
        for each in brief.forecast.series
    ]
    questions = [
        each.model_copy(
            update={
                "text": text,
                "baselines": {text: 0.2},
                "notes": [text],
                "judgements": [
                    j.model_copy(update={"who": text, "reason": text}) for j in each.judgements
                ],
            }
        )
        for each in brief.questions
    ]
    forecast = brief.forecast.model_copy(
        update={"series": series, "model": text, "notes": [text], "reason": text}
    )
    turned = brief.model_copy(update={"forecast": forecast, "questions": questions})
    for show in (render, render_forecast):
        out = printed(turned, show=show)
        assert not set("\x1b\x07\u202e") & set(out)
    refused = turned.model_copy(
        update={"forecast": forecast.model_copy(update={"issued": False, "series": []})}
    )
    assert not set("\x1b\x07\u202e") & set(printed(refused, show=render))
