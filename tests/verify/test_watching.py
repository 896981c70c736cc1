"""The watch in the ledger: written before it is shown, once, and settled month by month."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from tests.brief.watch import made_up

from foreshock.core.errors import LedgerError
from foreshock.core.panel import Panel
from foreshock.core.watch import Warning, WatchForecast
from foreshock.verify.distributions import crps_of_logarithms
from foreshock.verify.entries import Standing
from foreshock.verify.ledger import Ledger
from foreshock.verify.watch_lineage import issue_before, issues_of
from foreshock.verify.watch_record import settle
from foreshock.verify.watching import issue_watch, resolver_of, unfolded, watch_ledger

ISSUED = datetime(2031, 11, 20, tzinfo=UTC)


def ledger(folder, when=ISSUED):
    return Ledger(folder, "watch", lambda: when)


def forecast(**changed) -> WatchForecast:
    panel = made_up.panel()
    return replace(made_up.look_ahead(panel, made_up.ORIGIN), **changed)


@pytest.fixture
def book(tmp_path):
    return ledger(tmp_path)


def test_an_entry_a_country_holds_all_its_months_as_they_were_forecast(book):
    told = forecast()
    entries = issue_watch(book, told, "a later release")
    assert set(entries) == set(told.keys) - set(told.withheld)
    assert book.examine().faults == ()
    at = told.keys.index("65")
    entry = entries["65"]
    assert entry.resolver == "a later release"
    assert (entry.as_of, entry.closes) == (date(2031, 10, 31), date(2032, 12, 31))
    assert len(entry.answer["months"]) == len(told.months) == 14
    for column, month in enumerate(entry.answer["months"]):
        draws = told.draws[at, column]
        assert len(unfolded(month["values"])) == 100
        assert month["deadly"] == np.mean(draws >= 25)
        assert month["war"] == np.mean(draws >= 1000)
        assert month["interval"][0] <= month["median"] <= month["interval"][1]
        assert abs(np.mean(unfolded(month["values"])) - draws.mean()) <= 0.2 * draws.mean() + 1
        assert "onset" not in month  # there were deaths in the last year
    beside = entry.baselines["conflictology"]["months"][0]
    assert set(unfolded(beside["values"])) <= set(told.last_year[at])


def test_the_same_forecast_adds_nothing_and_another_seed_does(book):
    first = issue_watch(book, forecast(), "r")
    assert issue_watch(book, forecast(), "r") == first
    assert len(book.entries()) == len(first)
    issue_watch(book, forecast(seed=1), "r")
    assert len(book.entries()) == 2 * len(first)


def test_a_month_that_has_not_ended_cannot_have_been_seen(tmp_path):
    with pytest.raises(LedgerError, match="has not come yet"):
        issue_watch(ledger(tmp_path, datetime(2031, 10, 30, tzinfo=UTC)), forecast(), "r")


def test_the_watch_has_a_ledger_of_its_own_that_no_case_can_share(foreshock_home):
    issue_watch(watch_ledger(lambda: ISSUED), forecast(), "r")
    assert [file.name for file in foreshock_home.iterdir()] == ["_watch"]


def before(book, told=None, panel=None, origin=made_up.ORIGIN):
    issues = issues_of(book.entries(), panel or made_up.panel())
    found = issue_before(issues, told or forecast(), origin)
    return found and list(found.entries)


def test_an_earlier_issue_is_found_by_origin_and_model_the_newest_of_several(book):
    issue_watch(book, forecast(), "r")
    newest = issue_watch(book, forecast(seed=1), "r")
    assert before(book) == list(newest.values())
    assert before(book, origin=date(2031, 9, 1)) is None
    for other in ({"model": "m"}, {"config": "c2"}):
        assert before(book, forecast(**other)) is None
    for other in ({"variable": "events"}, {"about": ""}):
        assert before(book, panel=replace(made_up.panel(), **other)) is None


def recounted(share: float) -> Panel:
    """Count some of the months of the last year otherwise."""
    panel = made_up.panel()
    values = panel.values.copy()
    year = slice(panel.column(made_up.ORIGIN) - 11, panel.column(made_up.ORIGIN) + 1)
    changed = np.random.default_rng(0).random(values[:, year].shape) < share
    values[:, year] += np.where(changed, 5.0, 0.0)
    return replace(panel, values=values, vintage="made up, release 8")


def test_a_later_state_of_the_data_is_the_same_data_and_other_data_are_not(book):
    issue_watch(book, forecast(), "r")
    [same] = issues_of(book.entries(), made_up.panel())
    assert (same.recount.changed, same.recount.countries) == (0, 0)
    assert same.recount.before == same.recount.now > 0
    later = recounted(0.1)
    [issue] = issues_of(book.entries(), later)
    assert 0 < issue.recount.changed < issue.recount.months / 2
    assert 0 < issue.recount.countries <= issue.recount.changed
    assert issue.recount.now == issue.recount.before + 5 * issue.recount.changed
    assert before(book, panel=later) == list(issue.entries)
    assert settle([issue], later) != {}
    other = recounted(0.9)
    [issue] = issues_of(book.entries(), other)
    assert not issue.recount.of_the_same_data
    assert before(book, panel=other) is None
    assert settle([issue], other) == {}


def test_an_issue_of_the_same_state_of_the_data_comes_before_a_newer_one_of_another(book):
    first = issue_watch(book, forecast(), "r")
    later = recounted(0.1)
    newer = made_up.look_ahead(later, made_up.ORIGIN)
    second = issue_watch(book, newer, "r")
    assert before(book) == list(first.values())
    assert before(book, newer, later) == list(second.values())


def test_months_that_a_panel_does_not_have_are_compared_with_nothing(book):
    issue_watch(book, forecast(), "r")
    panel = made_up.panel()
    short = replace(panel, starts=panel.starts[-2:], values=panel.values[:, -2:])
    [issue] = issues_of(book.entries(), short)
    assert (issue.recount.known, issue.recount.months, issue.recount.now) == (0, 0, 0.0)


def some_of(panel: Panel, keys) -> Panel:
    rows = [panel.keys.index(key) for key in keys]
    names = tuple(panel.names[row] for row in rows)
    return replace(panel, keys=tuple(keys), names=names, values=panel.values[rows])


def test_an_issue_of_other_countries_is_not_of_the_same_data(book):
    told = made_up.look_ahead(some_of(made_up.panel(), ["57", "65"]), made_up.ORIGIN)
    issue_watch(book, told, "r")
    others = some_of(made_up.panel(), ["133", "70"])
    [issue] = issues_of(book.entries(), others)
    assert not issue.recount.of_the_same_data
    assert before(book, panel=others) is None


def test_countries_that_were_at_peace_then_and_are_now_show_the_same_data(book):
    peace = some_of(made_up.panel(), ["1", "220"])
    issue_watch(book, made_up.look_ahead(peace, made_up.ORIGIN), "r")
    [issue] = issues_of(book.entries(), peace)
    assert (issue.recount.known, issue.recount.months) == (24, 0)
    assert issue.recount.of_the_same_data


# ---------------------------------------------------------------------- settling


def steady(draws, key="57") -> WatchForecast:
    """Say the same of two months of one country."""
    return WatchForecast(
        origin=date(2031, 10, 1), keys=(key,), names=("Gondal",),
        months=(date(2031, 11, 1), date(2031, 12, 1)),
        draws=np.sort(np.array([[draws, draws]], float), axis=2),
        last_year=np.full((1, 12), 2.0), baselines={"zero": np.zeros((1, 2, len(draws)))},
        model="m", config="c", seed=0, vintage="v1", evidence="e",
    )  # fmt: skip


def counted(*deaths, key="57", about="") -> Panel:
    starts = [date(2031, 10, 1), date(2031, 11, 1), date(2031, 12, 1)]
    return Panel(
        variable="deaths", about=about, unit="country", period="month", keys=(key,),
        names=("Gondal",), starts=tuple(starts[: 1 + len(deaths)]), values=[[2, *deaths]],
        vintage="v2",
    )  # fmt: skip


def settled_by(book, panel):
    return settle(issues_of(book.entries(), panel), panel)


def test_months_are_settled_by_hand_live_and_in_hindsight_apart(book):
    issue_watch(book, steady([0, 10, 30, 40]), "r")  # on 20 November: of December alone live
    settled = settled_by(book, counted(0, 300))
    assert set(settled) == {Standing.LIVE, Standing.HINDCAST}
    live, late = settled[Standing.LIVE], settled[Standing.HINDCAST]
    assert (live.first, late.first) == (date(2031, 12, 1), date(2031, 11, 1))
    assert (live.months, live.issues, live.by, live.covered) == (1, 1, "v2", 0.0)
    draws = np.repeat([0, 10, 30, 40], 25)
    assert live.score == pytest.approx(float(crps_of_logarithms([draws], [300])[0]))
    assert live.beside["zero"] == pytest.approx(np.log1p(300))
    assert late.covered == 1
    assert late.beside["zero"] == 0
    deadly = {each.warning: each for each in live.warnings}[Warning.DEADLY]
    assert (deadly.asked, deadly.came_about) == (1, 1)
    assert (deadly.at(0.5).raised, deadly.at(0.5).right, deadly.at(0.6).raised) == (1, 1, 0)
    assert deadly.brier == pytest.approx(0.25)
    false = {each.warning: each for each in late.warnings}[Warning.DEADLY]
    assert (false.at(0.5).raised, false.at(0.5).right, false.at(0.5).false) == (1, 0, 1)
    assert Warning.ONSET not in {each.warning for each in live.warnings}
    [miss] = live.misses
    assert (miss.ahead, miss.counted, miss.median) == (2, 300, 10)


def test_what_is_missing_or_another_thing_settles_nothing(book):
    issue_watch(book, steady([0, 1]), "r")
    assert settled_by(book, counted()) == {}
    assert settled_by(book, counted(np.nan, np.nan)) == {}
    assert settled_by(book, counted(1, 1, key="70")) == {}
    assert settled_by(book, counted(1, 1, about="one-sided violence")) == {}


def test_of_several_entries_of_one_origin_the_first_counts(book):
    issue_watch(book, steady([0, 0]), "r")
    issue_watch(book, replace(steady([30, 30]), seed=1), "r")
    settled = settled_by(book, counted(30, 30))
    assert [each.months for each in settled.values()] == [1, 1]
    assert all(each.score == pytest.approx(np.log1p(30)) for each in settled.values())


def test_months_that_only_a_second_entry_of_an_origin_speaks_of_are_settled_by_it(book):
    told = steady([0, 0])
    short = replace(
        told, months=told.months[:1], draws=told.draws[:, :1] + 30,
        baselines={"zero": told.baselines["zero"][:, :1]},
    )  # fmt: skip
    issue_watch(book, short, "r")
    issue_watch(book, told, "r")
    settled = settled_by(book, counted(30, 30))
    assert {each.first: (each.months, each.score) for each in settled.values()} == {
        date(2031, 11, 1): (1, 0.0),
        date(2031, 12, 1): (1, pytest.approx(np.log1p(30))),
    }


def test_the_resolver_names_the_dataset():
    assert resolver_of(made_up.panel()) == (
        "deaths (state-based violence) by country and month, as a later state of Nobody 2032 has"
    )
