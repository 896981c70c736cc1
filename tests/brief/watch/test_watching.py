"""The list says what the ledger says, what is beside it, and nothing of what came after."""

from dataclasses import replace

import numpy as np
import pytest
from tests.brief.watch import made_up
from tests.brief.watch.conftest import made

from foreshock.brief.watch.words import ORDERS, since
from foreshock.core.errors import LedgerAltered, TableError, TimeError
from foreshock.verify.watching import watch_ledger


def test_every_number_is_that_of_an_entry_of_the_ledger(tmp_path, monkeypatch):
    monkeypatch.setenv("FORESHOCK_HOME", str(tmp_path))
    listed = made(tmp_path)
    entries = watch_ledger().entries()
    for country in listed.countries:
        entry = entries[country.entry]
        assert entry.terms["country"] == country.key
        for month, told in zip(country.months, entry.answer["months"], strict=True):
            assert [month.low, month.high] == told["interval"]
            assert (month.median, month.deadly, month.war) == (
                told["median"], told["deadly"], told["war"],
            )  # fmt: skip
            assert (month.onset, month.doubled) == (told.get("onset"), told.get("doubled"))
    assert listed.hash in {entry.hash for entry in entries}


def test_nothing_is_shown_that_could_not_be_written_down(tmp_path):
    made(tmp_path)
    file = tmp_path / "_watch" / "ledger.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"war":0', b'"war":1', 1))
    with pytest.raises(LedgerAltered):
        made(tmp_path)


def test_countries_are_ranked_and_those_withheld_are_named(listed):
    column = listed.column
    medians = [country.months[column].median for country in listed.countries]
    assert medians == sorted(medians, reverse=True)
    assert listed.months[column].isoformat() == "2032-01-01"
    assert [gap.name for gap in listed.withheld] == ["Nowhere Isles"]
    assert {country.name for country in listed.quiet} >= {"Guyana", "Ruritania"}
    assert all(
        month.onset is not None and month.doubled is None
        for country in listed.quiet
        for month in country.months
    )


def test_changes_are_against_the_issue_of_the_month_before_for_the_same_month(listed):
    before = made_up.look_ahead(made_up.panel(), made_up.ORIGIN.replace(month=9))
    at, target = before.keys.index("65"), listed.months[2]
    said = float(np.mean(before.draws[at, before.months.index(target)] >= 25))
    [country] = [each for each in listed.countries if each.key == "65"]
    assert country.months[2].was_deadly == pytest.approx(said)
    assert country.months[-1].was_deadly is None  # the issue before did not reach so far


def test_the_misses_are_those_of_the_issue_of_the_month_before(listed):
    before = made_up.look_ahead(made_up.panel(), made_up.ORIGIN.replace(month=9))
    panel = made_up.panel()
    for miss in listed.misses:
        at = before.keys.index(miss.key)
        assert (miss.month, miss.ahead) == (made_up.ORIGIN, 1)
        assert miss.counted == panel.values[at, panel.column(made_up.ORIGIN)]
        assert miss.high == np.quantile(before.draws[at, 0], 0.95, method="inverted_cdf")
    scores = [miss.score for miss in listed.misses]
    assert scores == sorted(scores, reverse=True)
    assert listed.missed == listed.misses != []


@pytest.mark.parametrize("by", list(ORDERS))
def test_countries_are_ranked_by_what_is_asked(tmp_path, by):
    ranked = made(tmp_path, by=by, quick=by != "change")
    told = [getattr(country.months[ranked.column], by) for country in ranked.countries]
    known = [value for value in told if value is not None]
    assert known == sorted(known, reverse=True)
    assert told[len(known) :] == [None] * (len(told) - len(known))  # what cannot come about is last


def test_an_issue_of_an_older_state_is_named_and_what_was_recounted_told(tmp_path):
    panel = made_up.panel()
    before = panel.column(made_up.ORIGIN) - 1
    made(tmp_path, panel.until(panel.starts[before]), origin=panel.starts[before], quick=True)
    values = panel.values.copy()
    values[3, before - 2] += 70  # of Farland
    listed = made(tmp_path, replace(panel, values=values, vintage="made up, release 8"), quick=True)
    was = listed.previous
    assert (was.vintage, was.origin) == (panel.vintage, panel.starts[before])
    assert (was.changed, was.countries, was.now - was.before) == (1, 1, 70)
    told = since(listed)
    assert "of made up, release 7. Its last year was recounted since" in told
    assert f"1 of the {was.months} months in which anybody was counted killed" in told


def test_an_issue_of_other_data_is_neither_compared_nor_settled_and_is_counted(tmp_path):
    panel = made_up.panel()
    other = replace(panel, values=panel.values * 3 + 1, vintage="another source")
    before = panel.starts[panel.column(made_up.ORIGIN) - 1]
    made(tmp_path, other.until(before), origin=before, quick=True)
    listed = made(tmp_path, panel, quick=True)
    assert listed.previous is None
    assert all(month.was_deadly is None for each in listed.countries for month in each.months)
    assert listed.settled == []
    assert "1 of 1 earlier issue in the ledger, made of other data" in listed.skipped


def test_an_issue_of_other_countries_is_not_the_one_before(tmp_path):
    panel = made_up.panel()
    even, odd = (
        replace(panel, keys=panel.keys[at::2], names=panel.names[at::2], values=panel.values[at::2])
        for at in (0, 1)
    )
    before = panel.starts[panel.column(made_up.ORIGIN) - 1]
    made(tmp_path, even, origin=before, quick=True)
    listed = made(tmp_path, odd, quick=True)
    assert (listed.previous, listed.settled) == (None, [])


def test_what_came_after_the_origin_moves_nothing(tmp_path, listed):
    panel = made_up.panel()
    values = panel.values.copy()
    values[:, panel.column(made_up.ORIGIN) + 1 :] = 12_345
    changed = made(tmp_path, replace(panel, values=values))
    assert changed == listed
    assert [str(each.last) for each in changed.settled] == ["2031-10-01"]


def test_a_later_issue_moves_nothing_of_an_earlier_month(tmp_path, listed):
    made(tmp_path, origin=made_up.LAST, quick=True)
    again = made(tmp_path)
    assert again.settled == listed.settled
    assert again.skipped == listed.skipped


def test_a_later_panel_settles_what_was_said_before(tmp_path, monkeypatch):
    panel = made_up.panel()
    first = made(tmp_path, panel.until(made_up.ORIGIN), quick=True)
    assert first.settled == []
    assert first.previous is None
    assert "quick" in first.skipped
    later = made(tmp_path, panel, origin=made_up.LAST, quick=True)
    [settled] = later.settled
    assert settled.standing == "hindcast"  # written down when these months were over
    assert (str(settled.first), str(settled.last)) == ("2031-11-01", "2032-01-01")
    assert settled.months == 3 * 11


def test_terms_that_are_not_open_keep_the_counted_months_back(tmp_path):
    closed = replace(made_up.panel(), licence="for registered users only")
    listed = made(tmp_path, closed)
    assert not listed.passed_on
    assert listed.missed == []
    assert listed.hindcast.misses == listed.settled[0].misses == ()
    assert listed.starts == []
    assert all(each.recent == [] and each.last_month is None for each in listed.countries)
    assert all(month.beside == {} for each in listed.countries for month in each.months)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"period": "quarter"}, TableError),
        ({"unit": "dyad"}, TableError),
        ({"variable": "events"}, TableError),
        ({"origin": made_up.ORIGIN.replace(year=2041)}, TimeError),
        ({"origin": made_up.ORIGIN.replace(year=1999)}, TimeError),
    ],
)
def test_a_panel_of_something_else_is_refused(model, change, error):
    from foreshock.watching import watch

    panel, origin = made_up.panel(), change.pop("origin", None)
    if "period" in change:
        starts = tuple(start for start in panel.starts if start.month in {1, 4, 7, 10})
        change |= {"starts": starts, "values": panel.values[:, : len(starts)]}
    with pytest.raises(error) as raised:
        watch(replace(panel, **change), origin)
    assert raised.value.expected
