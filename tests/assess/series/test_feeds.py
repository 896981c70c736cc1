"""Feeds of a case: what is wrong in case.yaml is named, and the bundled case says what it has."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from tests.assess.series.made import counted_in
from tests.cases import test_theses
from typer.testing import CliRunner

from foreshock.assess.series.counting import joined
from foreshock.assess.series.delay import measured_delay
from foreshock.assess.series.nowcast import nowcast_of
from foreshock.case.folder import inspect_folder, read_folder
from foreshock.case.home import find_case
from foreshock.cli import app
from foreshock.core.errors import StaleFeed
from foreshock.evidence.records import known_at_of
from foreshock.evidence.view import Evidence, Recorded

RUNNER = CliRunner()
FEED = {
    "feed": "strait",
    "pairs": [["kestria", "morvia"], ["morvia", "kestria"]],
    "since": date(2011, 4, 1),
    "collected": "by hand",
    "grain": "one incident",
    "known_within": {0: 0.5, 3: 1},
    "delay_basis": "judged",
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "ilde-2011"
    shutil.copytree(test_theses.SOURCE, folder)
    return folder


def with_series(case: Path, series: object) -> None:
    content = yaml.safe_load((case / "case.yaml").read_text("utf-8"))
    content["series"] = series
    (case / "case.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def test_a_right_feed_is_no_fault(case: Path):
    with_series(case, [FEED, {**FEED, "feed": "seizures", "acts": "coercion"}])
    assert RUNNER.invoke(app, ["check", str(case)]).exit_code == 0
    feed = read_folder(case).about.series[0].told()
    assert feed.names == ("kestria>morvia", "morvia>kestria")
    assert feed.delay is not None
    assert (feed.delay.longest, feed.stale_after, feed.by_hand) == (3, 14, True)


def test_a_feed_may_leave_its_delay_untold_until_a_forecast_asks(case: Path):
    with_series(case, [{k: v for k, v in FEED.items() if k not in {"known_within"}}])
    assert read_folder(case).about.series[0].told().delay is None


@pytest.mark.parametrize(
    ("change", "field", "what", "mend"),
    [
        ({"pairs": [["kestria", "moravia"]]}, "series.0.pairs", "no such actor", "write 'morvia'"),
        ({"pairs": [["kestria", "xyz"]]}, "series.0.pairs", "no such actor 'xyz'", "actors.csv"),
        ({"pairs": [["kestria", "kestria"]]}, "series.0.pairs", "paired with itself", "two"),
        ({"pairs": FEED["pairs"] * 2}, "series.0.pairs", "stands already in series.0", "leave"),
        ({"pairs": []}, "series.0.pairs", "at least 1 item", ""),
        ({"acts": "assaults"}, "series.0.acts", "no class of act is called", "'assault'"),
        ({"acts": "qq"}, "series.0.acts", "no class of act", "one of: assault, coercion"),
        ({"since": date(2031, 1, 1)}, "series.0.since", "lies after the case's own day", "earlier"),
        ({"known_within": {0: 0.9, 1: 0.5}}, "series.0.known_within", "no delay", "like {0: 0.7"),
        ({"known_within": {0: 0.5}}, "series.0.known_within", "no delay", "like {0: 0.7"),
        ({"delay_basis": ""}, "series.0", "a delay without a basis", "where it is from"),
        ({"stale_after": 0}, "series.0.stale_after", "greater than or equal to 1", ""),
        ({"collected": "somehow"}, "series.0.collected", "'by hand' or 'in full'", ""),
        ({"grain": ""}, "series.0.grain", "at least 1 character", ""),
        ({"since_when": 3}, "series.0.since_when", "unknown entry", ""),
    ],
)  # fmt: skip
def test_faults_name_file_field_and_mend(case: Path, change, field, what, mend):
    with_series(case, [{**FEED, **change}])
    _, faults = inspect_folder(case)
    fault = faults[0]
    assert (fault.file, fault.column) == ("case.yaml", field)
    assert what in fault.what
    assert mend in fault.mend
    told = RUNNER.invoke(app, ["check", str(case)])
    assert isinstance(told.exception, SystemExit)
    assert f"case.yaml, {field}: " in told.stdout


def test_one_handle_and_one_series_each(case: Path):
    with_series(case, [FEED, FEED])
    _, faults = inspect_folder(case)
    assert {fault.column for fault in faults} == {"series.1.feed", "series.1.pairs"}


@pytest.mark.parametrize("missing", ["feed", "pairs", "since", "collected", "grain"])
def test_what_a_feed_lacks_is_said(case: Path, missing: str):
    with_series(case, [{key: value for key, value in FEED.items() if key != missing}])
    told = RUNNER.invoke(app, ["check", str(case)])
    assert f"case.yaml, series.0.{missing}: is missing. Mend: add it" in told.stdout


# ---------------------------------------------------------------------- the bundled case

NOW = datetime(2030, 1, 1, tzinfo=UTC)
AS_OF = date(2020, 2, 5)


@pytest.fixture(scope="module")
def bundled():
    return read_folder(find_case("idlib-2020"))


def evidence(folder, as_of: date) -> Evidence:
    return Evidence.build(
        "bundled",
        as_of,
        [Recorded(c, NOW) for c in folder.claims.values() if c.known_at and c.known_at <= as_of],
        [e for e in folder.entries if (known_at_of(e) or date.min) <= as_of],
    )


def test_the_bundled_case_counts_what_its_questions_ask_for(bundled):
    seen = evidence(bundled, AS_OF)
    states, rebels = (counted_in(seen, row.told()) for row in bundled.about.series)
    assert {"syria>turkey", "turkey>syria", "russia>turkey", "turkey>russia"} <= set(states.names)
    assert {"syria>rebels", "rebels>syria", "russia>rebels", "syria>hts"} <= set(rebels.names)
    day = states.likeliest.row(date(2020, 2, 3))
    column = states.likeliest.column("syria>turkey")
    assert states.likeliest.counts[day, column] == 1
    assert states.likeliest.deaths[day, column] == 8
    # Each side tells the other's dead its own way: from 6 to 76, and no world takes the middle.
    back = states.likeliest.column("turkey>syria")
    dead = {world.deaths[day, back] for world in states.worlds if world.counts[day, back]}
    assert {13.0, 76.0} <= dead
    assert len(dead) < 8
    both = joined([states.likeliest, rebels.likeliest])
    assert (both.first, both.last) == (date(2019, 12, 1), AS_OF)
    for found in (states, rebels):
        found.require_fresh()
        assert any("no sample" in note for note in found.notes)


def test_the_delays_that_the_bundled_case_declares_are_those_of_its_evidence(bundled):
    seen = evidence(bundled, AS_OF)
    for row in bundled.about.series:
        feed = row.told()
        found = counted_in(seen, feed)
        measured = measured_delay([a for acts in found.acts.values() for a in acts], AS_OF)
        assert f"{measured.acts} dated acts known by {AS_OF}" in feed.delay_basis
        # Declared a little slower than measured at most, and never quicker but for rounding.
        quicker = feed.delay.known(feed.delay.days) - measured.delay.known(feed.delay.days)
        assert -0.03 < quicker.min() <= quicker.max() < 0.01
        drawn = nowcast_of(found, draws=400)
        assert drawn.days == feed.delay.longest
        assert drawn.counts.sum() >= sum(w.counts[-drawn.days :].sum() for w in found.worlds) * 10


def test_nothing_that_became_known_later_is_in_the_series_of_the_bundled_case(bundled):
    late = evidence(bundled, date(2020, 3, 31)).earlier(AS_OF)
    for row in bundled.about.series:
        found, again = (
            counted_in(evidence(bundled, AS_OF), row.told()),
            counted_in(late, row.told()),
        )
        assert (found.worlds, found.likeliest, found.acts) == (
            again.worlds, again.likeliest, again.acts,
        )  # fmt: skip


def test_the_bundled_case_grows_stale(bundled):
    seen = evidence(bundled, AS_OF)
    feed = bundled.about.series[0].told()
    later = Evidence.build(
        "bundled", AS_OF + timedelta(days=15), seen.recorded,
        [e for e in bundled.entries if (known_at_of(e) or date.min) <= AS_OF],
    )  # fmt: skip
    with pytest.raises(StaleFeed, match="since 2020-02-05"):
        counted_in(later, feed).require_fresh()
