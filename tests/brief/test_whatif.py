"""What-ifs on the bundled case: the forecast's own futures, and nothing but what is supposed."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from foreshock.assess.picture import Picture
from foreshock.brief.foreseen import Foreseen
from foreshock.case.opening import Case
from foreshock.case.sheets.interventions import WhatIf
from foreshock.case.sheets.reading import read_sheet
from foreshock.cli import app
from foreshock.core.errors import CaseError, ForecastRefused
from foreshock.cycle import observe, picture_of
from foreshock.foresee import foresee
from foreshock.scenario.interventions.fighting import suppose_fighting
from foreshock.scenario.interventions.paths import Paths, draw_paths
from foreshock.scenario.interventions.results import Result
from foreshock.verify.ledger import Ledger
from foreshock.whatif import TURNS, suppose, suppose_control, suppose_flight, what_if

DAY = date(2020, 2, 5)
MEMBERS, DAYS = 601, 30
CEASEFIRE, BORDER, PAUSE = "whatif-ceasefire", "whatif-border", "whatif-pause"


@pytest.fixture(scope="module")
def picture(idlib: Case) -> Picture:
    return picture_of(idlib, observe(idlib, DAY))


@pytest.fixture(scope="module")
def forecast(idlib: Case, picture: Picture) -> Foreseen:
    with pytest.MonkeyPatch.context() as patch:
        # The fits beside which the reproduction number stands move no future, and take long.
        patch.setattr("foreshock.forecast.escalation.project.PLACEBOS", 2)
        return foresee(idlib, picture, MEMBERS, 0, DAYS)


@pytest.fixture(scope="module")
def results(idlib: Case, picture: Picture, forecast: Foreseen) -> dict[str, Result]:
    return {
        name: supposed(idlib, picture, forecast, idlib.path / "scenarios" / f"{name}.yaml")
        for name in (CEASEFIRE, BORDER, PAUSE)
    }


def supposed(
    case: Case, picture: Picture, forecast: Foreseen, file: Path, turns: int = 2
) -> Result:
    sheet = read_sheet(file).sheet
    assert isinstance(sheet, WhatIf)
    return suppose(
        case, picture, forecast, sheet, str(file),
        members=MEMBERS, seed=0, horizon=DAYS, turns=turns,
    )  # fmt: skip


def paths_of(sheet: WhatIf, forecast: Foreseen) -> Paths:
    return draw_paths(sheet, forecast.outlook, members=MEMBERS, days=DAYS, seed=0)


def written(case: Case, name: str, folder: Path, *changes: tuple[str, str]) -> Path:
    """Write a bundled sheet anew with some words changed."""
    text = (case.path / "scenarios" / f"{name}.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = folder / f"{name}.yaml"
    file.write_text(text, "utf-8")
    return file


def of(result: Result, measure: str, of: str = "") -> float:
    """Give the difference over all days."""
    last = max(each.last for each in result.differences)
    mine = [e for e in result.differences if e.measure == measure and e.of == of and e.last == last]
    return mine[0].difference


def test_what_never_comes_about_leaves_every_member_as_it_was(
    idlib: Case, picture: Picture, forecast: Foreseen, tmp_path: Path
):
    file = written(idlib, PAUSE, tmp_path, ("low: 0.2\n      high: 0.6", "low: 0\n      high: 0"))
    sheet = read_sheet(file).sheet
    assert isinstance(sheet, WhatIf)
    paths = paths_of(sheet, forecast)
    assert not paths.in_force["pause"].any()
    fighting = suppose_fighting(forecast.outlook, paths.fighting, 0).outlook
    flight = suppose_flight(idlib, picture, forecast.displacement, fighting, paths)
    held = suppose_control(picture, forecast.control, fighting, paths)
    told = forecast.control.ahead.until(held.ahead.last)
    pairs = [
        *(
            (fighting.ensembles[m].values, forecast.outlook.ensembles[m].values)
            for m in fighting.ensembles
        ),
        (fighting.ensembles["deaths"].largest, forecast.outlook.ensembles["deaths"].largest),
        (flight.leaving.values, forecast.displacement.leaving.values),
        (flight.shares, forecast.displacement.shares),
        (flight.start, forecast.displacement.start),
        (held.ahead.holder, told.holder),
        (held.ahead.rival, told.rival),
    ]
    for one, other in pairs:
        assert one.dtype == other.dtype
        assert one.tobytes() == other.tobytes()
    # Nor is there a difference in further turns, whose luck is another.
    for each in supposed(idlib, picture, forecast, file).differences:
        assert (each.difference, each.unmoved) == (0, 1)
        assert each.supposed == each.forecast


def test_futures_in_which_it_does_not_come_about_are_not_moved(
    idlib: Case, picture: Picture, forecast: Foreseen
):
    sheet = read_sheet(idlib.path / "scenarios" / "whatif-pause.yaml").sheet
    paths = paths_of(sheet, forecast)
    spared = ~paths.in_force["pause"].any(axis=1)
    assert 0.8 < spared.mean() < 1
    fighting = suppose_fighting(forecast.outlook, paths.fighting, 0, carried_on=False).outlook
    flight = suppose_flight(idlib, picture, forecast.displacement, fighting, paths)
    held = suppose_control(picture, forecast.control, fighting, paths)
    assert (flight.leaving.values == forecast.displacement.leaving.values)[spared].all()
    told = forecast.control.ahead.until(held.ahead.last)
    assert (held.ahead.holder == told.holder)[spared[: held.members]].all()
    assert (flight.leaving.values != forecast.displacement.leaving.values)[~spared].any()


def test_parts_that_nothing_is_supposed_of_share_all_their_luck(results: dict[str, Result]):
    border = results[BORDER]
    for each in border.differences:
        if each.part in {"fighting", "control"}:
            assert (each.difference, each.unmoved) == (0, 1)
    assert of(border, "crossed", "turkey-country") > 0


def test_differences_are_told_with_a_tenth_of_the_variance_of_two_runs_apart(
    idlib: Case, picture: Picture, forecast: Foreseen, results: dict[str, Result]
):
    file = idlib.path / "scenarios" / f"{CEASEFIRE}.yaml"
    more = supposed(idlib, picture, forecast, file, TURNS)
    told = {
        (each.measure, each.of, each.first, each.last): each.told
        for each in more.differences
        if each.measure != "arrivals" and each.told is not None
    }
    assert {key[0] for key in told} >= {"events", "deaths", "displaced", "taken", "changes"}
    assert np.mean([ratio <= 0.1 for ratio in told.values()]) > 0.9
    # Further turns move no mean: they tell it more surely.
    for one, other in zip(results[CEASEFIRE].differences, more.differences, strict=True):
        if one.chance:  # of many places the rarest are taken by luck once or never
            continue
        assert abs(one.difference - other.difference) <= 4.5 * np.hypot(one.error, other.error)


def test_what_little_comes_about_leaves_a_tenth_between_futures_too(results: dict[str, Result]):
    for name in (BORDER, PAUSE):
        paired = [
            each.paired
            for each in results[name].differences
            if each.last == date(2020, 3, 6) and not each.chance and each.measure != "crossed"
        ]
        assert max(paired) <= 0.1


def test_a_stronger_ceasefire_leaves_fewer_of_everything(
    idlib: Case, picture: Picture, forecast: Foreseen, results: dict[str, Result], tmp_path: Path
):
    firm = written(
        idlib, CEASEFIRE, tmp_path,
        ("low: 0.0\n      high: 0.76", "low: 0.5\n      high: 1.0"),
        ("low: 0.05\n          high: 0.5", "low: 0.0\n          high: 0.2"),
        ("low: 0.12\n        high: 0.4", "low: 0.05\n        high: 0.2"),
    )  # fmt: skip
    firmer = supposed(idlib, picture, forecast, firm)
    for measure, name in (
        ("events", "syria>turkey"), ("deaths", "turkey>syria"), ("displaced", "nw-syria"),
        ("taken", ""),
    ):  # fmt: skip
        assert of(firmer, measure, name) < of(results[CEASEFIRE], measure, name) < 0


def test_pairs_that_are_not_forecast_are_named(results: dict[str, Result]):
    assert any("syria>rebels" in note for note in results[CEASEFIRE].notes)


def test_the_ledger_holds_the_forecast_and_nothing_supposed(
    idlib: Case, forecast: Foreseen, results: dict[str, Result], monkeypatch: pytest.MonkeyPatch
):
    before = Ledger.of(idlib).entries()
    monkeypatch.setattr("foreshock.whatif.TURNS", 2)
    again, _ = what_if(idlib, PAUSE, DAY, members=MEMBERS)
    assert again.differences == results[PAUSE].differences
    assert Ledger.of(idlib).entries() == before
    assert forecast.issued is not None
    assert not any("whatif" in str(entry) for entry in before)


def test_it_speaks_from_its_own_day_and_leans_on_nothing_later(idlib: Case, tmp_path: Path):
    with pytest.raises(ForecastRefused, match="speaks from 2020-02-05 on"):
        what_if(idlib, CEASEFIRE, date(2020, 2, 4), members=MEMBERS)
    later = written(idlib, CEASEFIRE, tmp_path, ("[D03, D09, D12, D15b]", "[D03, D23a]"))
    with pytest.raises(ForecastRefused, match="not known by 2020-02-05: D23a"):
        what_if(idlib, later, DAY, members=MEMBERS)


def test_other_sheets_and_unknown_names_are_refused(idlib: Case, tmp_path: Path):
    with pytest.raises(CaseError, match="no what-if 'whatif-ceasefir'") as found:
        what_if(idlib, "whatif-ceasefir", DAY, members=MEMBERS)
    assert "whatif-ceasefire" in str(found.value)
    wrong = written(idlib, BORDER, tmp_path, ("turkey-country", "turky-country"))
    with pytest.raises(CaseError) as named:
        what_if(idlib, wrong, DAY, members=MEMBERS)
    assert "'turky-country'. Mend: write 'turkey-country'" in named.value.faults[0]


def test_every_heading_says_that_it_is_assumed(
    picture: Picture, results: dict[str, Result], monkeypatch: pytest.MonkeyPatch
):
    def made(*_given: object, **_named: object) -> tuple[Result, Picture]:
        return results[CEASEFIRE], picture

    monkeypatch.setattr("foreshock.whatif.what_if", made)
    told = CliRunner().invoke(app, ["whatif", "idlib-2020", CEASEFIRE])
    assert told.exit_code == 0, told.output
    headings = [line for line in told.stdout.splitlines() if line.isupper() and line[0] != " "]
    assert len(headings) == 5
    assert all(line.endswith("(ASSUMED, NOT FORECAST)") for line in headings)
    data = json.loads(CliRunner().invoke(app, ["whatif", "idlib-2020", CEASEFIRE, "--json"]).stdout)
    assert data["label"] == "assumed, not forecast"
    entered = data["interventions"][0]["assumptions"]
    assert {each["basis"] for each in entered} == {"estimated", "assumed"}
    assert all(each["sources"] or each["assumed_by"] for each in entered)
    assert np.isfinite([each["difference"] for each in data["differences"]]).all()
