"""The forecast in the brief: it was written down, leads to its evidence, or says why not."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from tests.verify.outlooks import projector

from foreshock.brief.forecast_words import answer_in_words, earlier_in_words
from foreshock.brief.words import likelihood
from foreshock.case.opening import open_case
from foreshock.core.errors import ForecastRefused, StoreReadOnly, TimeError
from foreshock.cycle import cycle
from foreshock.verify.judgements import judge
from foreshock.verify.ledger import Ledger

AS_OF = date(2020, 2, 5)
NAMES = ("syria>turkey", "turkey>syria", "russia>turkey", "syria>rebels")
WITHHELD = {"russia>turkey": "only 1 act on record"}
OF_PAIRS = ["Q01", "Q02", "Q03", "Q04"]
OF_CONTROL = ["Q05", "Q06", "Q07", "Q13"]
OF_FLIGHT = ["Q14", "Q15", "Q16", "Q17"]
ANSWERED = [*OF_PAIRS, *OF_CONTROL, *OF_FLIGHT]


@pytest.fixture
def case(monkeypatch):
    monkeypatch.setattr("foreshock.foresee.project", projector(NAMES, withheld=WITHHELD))
    return open_case("idlib-2020")


def made(case, day=AS_OF, **settings):
    return cycle(case, day, members=500, **settings)


def by_id(brief):
    return {question.id: question for question in brief.questions}


def test_every_number_of_the_brief_is_the_ledgers_own(case):
    brief = made(case)
    entries = {entry.number: entry for entry in Ledger.of(case).entries()}
    answered = [q for q in brief.questions if q.answered_by]
    assert [q.id for q in answered] == ANSWERED
    for question in answered:
        told = entries[question.entry].answer
        assert question.probability == told.get("probability")
        assert question.median == told.get("median")
        assert question.interval == told["interval"]
    totals = [t for s in brief.forecast.series for m in s.measures for t in m.totals]
    assert len(totals) == 3 * 2 * 3
    for total in totals:
        told = entries[total.entry].answer
        assert (total.median, [total.low, total.high]) == (told["median"], told["interval"])
    shown = {entry["number"] for entry in brief.ledger.entries}
    assert shown == set(entries) and "values" not in brief.ledger.entries[0]["answer"]


def test_it_is_in_the_ledger_before_anything_is_composed(case, monkeypatch):
    import foreshock.cycle as cycle_

    written = []
    real = cycle_.compose

    def watched(*args, **words):
        written.append(len(Ledger.of(case).entries()))
        return real(*args, **words)

    monkeypatch.setattr(cycle_, "compose", watched)
    made(case)
    assert written[0] > 0


def test_every_number_leads_to_its_claims_in_three_steps(case):
    brief = made(case)
    events = {event.id: event for event in brief.events}
    pairs = {series.id: series for series in brief.forecast.series}
    holdings = {holding.place.id: holding for holding in brief.control}
    for question in brief.questions:
        if question.answered_by == brief.displacement.model:
            assert question.series == [brief.displacement.area.id]
        elif question.answered_by == "control":
            assert question.series
            for place in question.series:
                assert holdings[place].claims and set(holdings[place].claims) <= set(brief.claims)
        elif question.answered_by:
            assert set(question.series) <= set(pairs)
    flight = brief.displacement
    for each in (*flight.counts, *flight.origins):
        assert each.claims and set(each.claims) <= set(brief.claims)
    for series in brief.forecast.series:
        assert series.events
        claims = {claim for event in series.events for claim in events[event].claims}
        assert claims and claims <= set(brief.claims)
        assert series.reports == len({brief.claims[claim].report for claim in claims})


def test_a_pair_that_is_withheld_has_a_reason_and_no_number(case):
    brief = made(case)
    [withheld] = brief.forecast.withheld
    assert (withheld.id, withheld.reason) == ("russia>turkey", "only 1 act on record")
    assert "russia>turkey" not in {series.id for series in brief.forecast.series}
    # A note names actors, not ids.
    assert any("Russia → Turkey" in note for note in by_id(brief)["Q02"].notes)


def test_a_question_that_no_model_covers_says_so(case):
    others = [q for q in made(case).questions if q.answered_by is None]
    assert len(others) == 28 - len(ANSWERED)
    assert all(q.reason.startswith("No model covers this: ") for q in others)
    assert all(q.probability is None and q.interval is None and not q.baselines for q in others)


def test_the_fan_goes_on_where_the_count_leaves_off(case):
    for series in made(case).forecast.series:
        assert series.first == series.until + timedelta(days=1)
        for measure in series.measures:
            assert len(measure.observed) == (series.until - series.since).days + 1
            last = sum(measure.observed[-6:])
            for band in measure.week.bands:
                # The first sum of seven days holds six known ones and one that is not.
                assert last <= band.low[0] <= measure.week.median[0] <= band.high[0]
            narrow, middle, wide = measure.week.bands
            for inner, outer in ((narrow, middle), (middle, wide)):
                assert all(a >= b for a, b in zip(inner.low, outer.low, strict=True))
                assert all(a <= b for a, b in zip(inner.high, outer.high, strict=True))
            rising = measure.any_by_day
            assert all(a <= b for a, b in pairwise(rising))
            for total in measure.totals:
                # The ledger's middle is the lower of two neighbours among a hundred.
                assert abs(measure.running.median[total.days - 1] - total.median) <= 1
                assert total.any == pytest.approx(measure.any_by_day[total.days - 1], abs=1e-4)
        acts = series.measures[0]
        assert series.quiet == pytest.approx(1 - acts.any_by_day[6], abs=1e-4)


def test_the_same_day_is_the_same_brief_and_adds_nothing_to_the_ledger(case):
    first = made(case).model_dump_json()
    size = Ledger.of(case).path.stat().st_size
    assert made(case).model_dump_json() == first
    assert Ledger.of(case).path.stat().st_size == size


def test_what_was_said_before_stands_beside_it(case):
    week_ago = AS_OF - timedelta(days=7)
    before = made(case, week_ago)
    assert all(t.earlier is None for s in before.forecast.series for t in s.measures[0].totals)
    now = made(case)
    earlier = {s.id: s for s in before.forecast.series}
    for series in now.forecast.series:
        for measure, was in zip(series.measures, earlier[series.id].measures, strict=True):
            for total, old in zip(measure.totals, was.totals, strict=True):
                assert total.earlier.as_of == week_ago
                assert total.earlier.median == old.median


def test_an_earlier_issue_of_the_same_day_counts_where_there_is_no_earlier_day(case):
    first = by_id(made(case, seed=1))["Q01"]
    second = by_id(made(case, seed=2))["Q01"]
    assert second.earlier.as_of == AS_OF and second.earlier.again
    assert earlier_in_words(second.earlier).endswith("in an earlier issue of this day")
    assert second.earlier.probability == first.probability


def test_a_brief_of_an_earlier_day_sees_nothing_of_later_forecasts_and_judgements(case):
    week_ago = AS_OF - timedelta(days=7)
    before = made(case, week_ago).model_dump_json()
    made(case)
    judge(case, "Q04", AS_OF, 0.6, "A. Hope", "No talks yet.")
    assert made(case, week_ago).model_dump_json() == before


def test_a_judgement_stands_beside_the_answer_signed_and_changes_nothing(case):
    without = by_id(made(case))["Q04"]
    judge(case, "Q04", AS_OF, 0.6, "A. Hope", "No talks yet.")
    beside = by_id(made(case))["Q04"]
    [judgement] = beside.judgements
    assert (judgement.who, judgement.probability, judgement.reason) == (
        "A. Hope", 0.6, "No talks yet.",
    )  # fmt: skip
    assert beside.model_copy(update={"judgements": []}) == without


def test_live_forecasts_and_hindcasts_are_told_apart(case):
    assert made(case, AS_OF - timedelta(days=7)).forecast.standing == "hindcast"


def test_a_live_forecast_is_counted_apart(case):
    now = datetime(2020, 2, 6, 9, tzinfo=UTC)
    brief = made(case, clock=lambda: now)
    assert brief.forecast.standing == "live"
    record = brief.ledger.record
    flight = 3 + len(brief.displacement.destinations)
    assert record.live.forecasts == len(ANSWERED) + 18 + flight and record.hindcast.forecasts == 0


# ---------------------------------------------------------------------- refusals


def test_where_nothing_may_be_forecast_the_brief_says_why_and_shows_no_number(case, monkeypatch):
    def refused(*_args, **_words):
        raise ForecastRefused("the feed is silent", mend="ask again later")

    monkeypatch.setattr("foreshock.foresee.project", refused)
    monkeypatch.setattr("foreshock.foresee.project_displacement", refused)
    monkeypatch.setattr("foreshock.foresee.project_control", refused)
    brief = made(case)
    assert not brief.displacement.issued and brief.displacement.reason == brief.forecast.reason
    assert not brief.forecast.issued and brief.forecast.series == []
    assert brief.forecast.reason == ("No forecast is issued: the feed is silent. Ask again later.")
    assert all(q.answered_by is None and q.probability is None for q in brief.questions)
    assert Ledger.of(case).entries() == ()


def test_one_forecast_stands_where_the_other_is_refused(case, monkeypatch):
    def refused(*_args, **_words):
        raise ForecastRefused("the feed is silent")

    with monkeypatch.context() as patch:
        patch.setattr("foreshock.foresee.project", refused)
        brief = made(case)
    assert brief.displacement.issued and not brief.forecast.issued
    assert [q.id for q in brief.questions if q.answered_by] == OF_CONTROL + OF_FLIGHT
    assert all(q.reason.endswith("no pair of actors is forecast.") for q in brief.questions[:4])
    with monkeypatch.context() as patch:
        patch.setattr("foreshock.foresee.project_displacement", refused)
        brief = made(case)
    assert brief.forecast.issued and not brief.displacement.issued
    assert brief.displacement.reason == "No forecast is issued: the feed is silent."
    assert [q.id for q in brief.questions if q.answered_by] == OF_PAIRS + OF_CONTROL
    with monkeypatch.context() as patch:
        patch.setattr("foreshock.foresee.project_control", refused)
        brief = made(case)
    assert [q.id for q in brief.questions if q.answered_by] == OF_PAIRS + OF_FLIGHT
    untold = [by_id(brief)[key].reason for key in OF_CONTROL]
    assert set(untold) == {"No model covers this: the feed is silent."}


def test_where_the_ledger_cannot_be_written_no_forecast_is_shown(case, monkeypatch):
    def read_only(*_args):
        raise StoreReadOnly("the ledger cannot be used (Permission denied)", where="/somewhere")

    monkeypatch.setattr("foreshock.foresee.issue", read_only)
    brief = made(case)
    assert not brief.forecast.issued and brief.forecast.series == []
    assert "could not be written down first" in brief.forecast.reason
    assert "/somewhere" not in brief.model_dump_json()  # nobody's folders go into a page


def test_where_the_ledger_was_altered_no_forecast_is_shown(case):
    made(case)
    ledger = Ledger.of(case)
    ledger.path.write_bytes(ledger.path.read_bytes().replace(b"hindcast", b"livecast", 1))
    brief = made(case)
    assert not brief.forecast.issued
    assert "altered" in brief.forecast.reason and "altered" in brief.ledger.note
    assert brief.ledger.record is None


# ---------------------------------------------------------------------- afterwards


def test_what_came_to_pass_is_shown_apart_and_moves_no_forecast(case):
    plain, then = made(case), made(case, then=date(2020, 4, 30))
    assert plain.afterwards is None and then.afterwards.day == date(2020, 4, 30)
    seen = by_id(then)
    for key, question in by_id(plain).items():
        assert question.outcome is None and not question.afterwards
        same = ("answered_by", "probability", "median", "interval", "baselines")
        assert [getattr(seen[key], name) for name in same] == [
            getattr(question, name) for name in same
        ]
        assert seen[key].outcome is not None and seen[key].afterwards
    assert seen["Q01"].outcome == "yes"
    assert seen["Q01"].score == pytest.approx((1 - seen["Q01"].probability) ** 2)
    assert set(seen["Q01"].baseline_scores) == {"climatology", "persistence"}
    assert seen["Q09"].score is None  # nobody answered it
    assert seen["Q03"].score > 0 and seen["Q03"].value == "60"
    for series, as_before in zip(then.forecast.series, plain.forecast.series, strict=True):
        assert series.measures[0].week == as_before.measures[0].week


def test_series_are_scored_by_days_that_are_settled(case):
    soon, late = (made(case, then=day) for day in (date(2020, 2, 14), date(2020, 4, 30)))
    assert soon.afterwards.settled < AS_OF
    assert all(
        total.came is None for s in soon.forecast.series for m in s.measures for total in m.totals
    )
    for series in late.forecast.series:
        for measure in series.measures:
            assert len(measure.afterwards) == 30
            for total in measure.totals:
                assert total.came.value == sum(measure.afterwards[: total.days])
                assert total.came.covered == (total.low <= total.came.value <= total.high)
    resolved = late.ledger.record.hindcast
    # Of flight the three totals and Q14 to Q17; nobody counts arrivals over these very days. All
    # four questions on who holds what have come out.
    assert resolved.numbers == 18 + 1 + 3 + 1 and resolved.chances == 3 + 3 + len(OF_CONTROL)


def test_a_day_before_the_forecast_cannot_be_looked_up(case):
    with pytest.raises(TimeError, match="before the forecast's own day"):
        made(case, then=AS_OF - timedelta(days=1))


def test_the_brief_keeps_its_schema_with_all_of_it(case):
    import jsonschema

    from foreshock.brief.document import json_schema

    judge(case, "Q04", AS_OF, 0.6, "A. Hope", "No talks yet.")
    told = json.loads(made(case, then=date(2020, 4, 30)).model_dump_json())
    jsonschema.validate(told, json_schema())


def test_words_and_numbers_agree(case):
    for question in made(case).questions:
        if question.probability is not None:
            assert answer_in_words(question).startswith(likelihood(question.probability))


def test_a_ledger_that_is_no_file_is_told_without_saying_where_it_lies(case, foreshock_home):
    made(case)
    ledger = Ledger.of(case)
    ledger.path.unlink()
    ledger.path.mkdir()
    brief = made(case)
    assert not brief.forecast.issued and "could not be written down" in brief.forecast.reason
    assert str(foreshock_home) not in brief.model_dump_json()
