"""Scenarios as a reader meets them: set apart, never as a forecast, each with its sheet."""

import io
import json
import re
from datetime import date

import pytest
from rich.console import Console
from typer.testing import CliRunner

from foreshock.brief.compose_scenarios import compose_scenarios
from foreshock.brief.document import Brief
from foreshock.brief.naming import Names
from foreshock.brief.page.scenarios import scenarios_view
from foreshock.brief.scenario_words import flipped_by, rests_on, verdict
from foreshock.brief.scenarios import RobustItem, Scenarios
from foreshock.brief.terminal import render
from foreshock.brief.terminal_scenarios import render_scenarios
from foreshock.case.opening import Case
from foreshock.cli import app
from foreshock.cycle import observe
from foreshock.evidence.reconcile import reconcile
from foreshock.scenario.assumed import assume

DAY, LATER = date(2020, 2, 5), date(2020, 4, 5)
SHEETS = ["moscow-cannot-force", "no-middle-course", "saraqib-lost"]


def scenarios(case: Case, day: date, later: date | None = None) -> Scenarios:
    evidence = observe(case, day)
    seen = observe(case, later) if later else None
    assumed = assume(case, evidence, reconcile(evidence), seen)
    return compose_scenarios(assumed, evidence, Names(evidence))


@pytest.fixture(scope="module")
def seen_later(idlib: Case, brief: Brief) -> Brief:
    return brief.model_copy(update={"scenarios": scenarios(idlib, DAY, LATER)})


def printed(show, *given, **console) -> str:
    out = io.StringIO()
    show(
        *given[:1],
        Console(file=out, width=80, highlight=False, markup=False, **console),
        *given[1:],
    )
    return out.getvalue()


def robust(**fields) -> RobustItem:
    made = {
        "conclusion": "the mill is lost", "share": 0.4, "low": 0.38, "high": 0.42,
        "by_prior": {"uniform": 0.4, "ends-weighted": 0.5}, "indeterminate": False,
        "influences": [],
    }  # fmt: skip
    return RobustItem.model_validate(made | fields)


def test_the_three_sentences_of_the_article_are_told(brief: Brief) -> None:
    assert [sheet.name for sheet in brief.scenarios.sheets] == SHEETS
    keys = [brief.claims[sheet.tests].key for sheet in brief.scenarios.sheets]
    assert keys == ["A005", "A008", "F071a"]
    for sheet in brief.scenarios.sheets:
        assert sheet.conclusion is not None
        assert verdict(sheet.conclusion).endswith("of draws")
    assert len(brief.scenarios.whatifs) >= 3


def test_they_stand_apart_in_colour_and_words(brief: Brief) -> None:
    lines = printed(render, brief, force_terminal=True, color_system="standard").splitlines()
    (heading,) = [line for line in lines if "ASSUMED, NOT FORECAST" in line]
    magenta = "\x1b[1;35m"
    assert magenta in heading
    assert [line for line in lines if magenta in line] == [heading]


def test_no_share_of_draws_is_told_as_a_probability(brief: Brief) -> None:
    told = printed(render, brief).split("ASSUMED, NOT FORECAST")[1].split("CLAIMS NAMED")[0]
    assert "of draws" in told
    assert not re.search(r"forecast|likely|probab|chance of \d", told.replace("foreshock", ""))


def test_every_entry_stands_there_with_where_it_is_from(brief: Brief) -> None:
    whole = printed(render_scenarios, brief)
    for sheet in brief.scenarios.sheets:
        assert sheet.file in whole
        for entry in sheet.entered:
            assert entry.assumed_by or entry.leans, entry.name
            assert all(lean.kind and lean.id for lean in entry.leans), entry.name


def test_what_happened_is_seen_by_later_days_alone(
    idlib: Case, brief: Brief, seen_later: Brief
) -> None:
    for now, then in zip(brief.scenarios.sheets, seen_later.scenarios.sheets, strict=True):
        assert not now.happened
        assert then.happened
        assert all(DAY < each.known_at <= LATER for each in then.happened)
        # And nothing else of the sheet is moved by looking back.
        assert now == then.model_copy(update={"happened": []})


def test_a_day_before_the_sheets_sees_none(idlib: Case) -> None:
    found = scenarios(idlib, date(2020, 2, 4))
    assert (found.sheets, found.whatifs) == ([], [])


def test_an_answer_that_hangs_on_the_weighting_is_indeterminate() -> None:
    found = robust(by_prior={"uniform": 0.4, "ends-weighted": 0.85}, indeterminate=True)
    told = verdict(found)
    assert told.startswith("Indeterminate")
    assert "in 40 % of draws or in 85 % of draws" in told


@pytest.mark.parametrize(("share", "told"), [(1.0, "in every draw"), (0.0, "in no draw")])
def test_what_always_holds_rests_on_nothing(share: float, told: str) -> None:
    found = robust(share=share)
    assert verdict(found) == f"The mill is lost {told}"
    assert rests_on(found) == ""
    assert flipped_by(found) == "Nothing within the intervals flips it."


def test_thin_evidence_of_restraint_is_called_thin(brief: Brief) -> None:
    told = " ".join(printed(render_scenarios, brief, SHEETS[0]).split())
    assert "too thin to say" in told


def test_the_page_has_a_part_for_them_with_every_sheet_a_click_away(brief: Brief) -> None:
    view = scenarios_view(brief)
    assert view is not None
    assert view.title == "Assumed, not forecast"
    tables = {table.id: table for panel in view.panels for table in panel.tables if table.id}
    for sheet in (*brief.scenarios.sheets, *brief.scenarios.whatifs):
        table = tables[f"sheet-{sheet.name}"]
        assert len(table.rows) == len(sheet.entered)
        for row, entry in zip(table.rows, sheet.entered, strict=True):
            leads = row.cells[3]
            led = [leads.href, *(cell.href for cell in leads.also)] if entry.leans else []
            claims = [lean for lean in entry.leans if lean.kind == "claim"]
            assert len([href for href in led if href.startswith("#claim-")]) == len(claims)
    for sheet in brief.scenarios.sheets:
        (panel,) = [p for p in view.panels if p.id == f"assumed-{sheet.name}"]
        assert panel.finding.startswith("Assumed, not forecast")


def test_the_page_shows_apart_what_happened_afterwards(brief: Brief, seen_later: Brief) -> None:
    def after(made: Brief) -> list[str]:
        view = scenarios_view(made)
        assert view is not None
        return [panel.id for panel in view.panels if panel.id.startswith("afterwards-")]

    assert after(brief) == []
    assert after(seen_later) == [f"afterwards-{name}" for name in SHEETS]


def test_a_case_without_sheets_has_no_such_part(brief: Brief) -> None:
    bare = brief.model_copy(update={"scenarios": Scenarios(sheets=[], whatifs=[])})
    assert scenarios_view(bare) is None
    assert "ASSUMED" not in printed(render, bare)


@pytest.mark.parametrize(
    "text", ["\x1b[31mred", "<script>alert(1)</script>", "a\u202eb", "[bold]x"]
)
def test_hostile_words_of_a_sheet_stay_words(brief: Brief, text: str) -> None:
    sheets = [
        sheet.model_copy(update={"title": text, "note": text, "said": text})
        for sheet in brief.scenarios.sheets
    ]
    hostile = brief.model_copy(update={"scenarios": Scenarios(sheets=sheets, whatifs=[])})
    for told in (printed(render, hostile), printed(render_scenarios, hostile)):
        assert "\x1b" not in told
        assert "\u202e" not in told


def test_the_command_tells_one_sheet_as_data(idlib: Case) -> None:
    ran = CliRunner().invoke(app, ["scenario", str(idlib.path), SHEETS[2], "--json"])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert [sheet["name"] for sheet in told["scenarios"]["sheets"]] == [SHEETS[2]]
    assert "claims" not in told


def test_a_sheet_that_is_not_there_is_named_with_a_mend(idlib: Case) -> None:
    ran = CliRunner().invoke(app, ["scenario", str(idlib.path), "no-middle-corse"])
    assert ran.exit_code == 1
    assert "no-middle-course" in ran.output
