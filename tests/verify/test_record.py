"""From the ledger to a record: when a forecast counts, how it is scored, what is never mixed."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.verify.drafts import AS_OF, NOW, ledger_in

from foreshock.brief.record import record_as_json, record_in_words
from foreshock.core.answers import Answer, answer
from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import LedgerError
from foreshock.core.questions import Question
from foreshock.core.random import stream
from foreshock.core.series import DailySeries
from foreshock.evidence.records import Outcome, PersonForecast
from foreshock.verify.entries import (
    Draft,
    Entry,
    Kind,
    Standing,
    forecast,
    series_forecast,
    terms_of,
)
from foreshock.verify.judgements import judgement
from foreshock.verify.record import TrackRecord, counted, track_record
from foreshock.verify.resolution import Resolution, Status, resolve

TODAY = date(2031, 7, 1)
ASKED = Question(
    id="Q1",
    text="Will Gondal attack?",
    opens=AS_OF,
    closes=date(2031, 5, 8),
    variable="assault",
    actors=("gondal",),
    recipients=("ruritania",),
    statistic="any",
    comparison="yes",
    resolver="gazette",
    rule="The Gazette says so.",
)
YES = Outcome(id="Q1", outcome="yes", known_at=date(2031, 5, 6), outcome_date=date(2031, 5, 5))


def said(p: float, question: Question = ASKED, **changes) -> Draft:
    given = {"as_of": AS_OF, "evidence": "e1", "config": "c1", "seed": 7}
    return Draft(
        question=question.id,
        terms=terms_of(question),
        answer={"probability": p, "interval": [p, p]},
        baselines={"climatology": {"probability": 0.5, "interval": [0.5, 0.5]}},
        **given | changes,
    )


def recorded(tmp_path: Path, *drafts: Draft, now: datetime = NOW) -> list[Entry]:
    return ledger_in(tmp_path, now).issue(drafts)


def resolved(
    entry: Entry, *outcomes: Outcome, today: date = TODAY, question: Question | None = ASKED, **more
) -> Resolution:
    return resolve(
        entry,
        today=today,
        questions={question.id: question} if question else {},
        outcomes={outcome.id: outcome for outcome in outcomes},
        **more,
    )


def record(entries, *outcomes: Outcome, questions=(ASKED,), today: date = TODAY, people=()):
    return track_record(
        "river-war",
        entries,
        today=today,
        questions={each.id: each for each in questions},
        outcomes={each.id: each for each in outcomes},
        people={each.id: each for each in people},
    )


# ---------------------------------------------------------------------- when it counts


def test_a_forecast_is_scored_when_its_window_has_passed_and_it_is_known(tmp_path):
    (entry,) = recorded(tmp_path, said(0.7))
    told = {
        day: resolved(entry, YES, today=date(2031, 5, day)).status for day in (2, 5, 6, 7, 8, 9)
    }
    assert told == {
        2: Status.OPEN, 5: Status.OPEN, 6: Status.OPEN, 7: Status.OPEN,
        8: Status.RESOLVED, 9: Status.RESOLVED,
    }  # fmt: skip
    done = resolved(entry, YES)
    assert done.happened is True
    assert done.scored.brier == pytest.approx(0.09)
    assert done.scored.log == pytest.approx(-np.log(0.7))
    assert done.baselines["climatology"].brier == pytest.approx(0.25)


@given(st.dates(date(2031, 5, 2), date(2031, 12, 31)), st.dates(date(2031, 5, 2), date(2032, 1, 1)))
def test_nothing_is_seen_before_it_could_be_known(tmp_path_factory, known, today):
    (entry,) = recorded(tmp_path_factory.mktemp("seen"), said(0.7))
    got = resolved(entry, replace(YES, known_at=known), today=today)
    blind = resolved(entry, today=today)
    assert (got.status is Status.RESOLVED) == (today >= max(known, ASKED.closes))
    if today < known:
        assert got == blind


def test_an_outcome_without_a_known_day_is_never_seen(tmp_path):
    (entry,) = recorded(tmp_path, said(0.7))
    assert resolved(entry, replace(YES, known_at=None)).status is Status.AWAITING
    assert resolved(entry).reason == "no outcome is known yet"
    assert resolved(entry, today=AS_OF).status is Status.OPEN


@pytest.mark.parametrize(
    ("outcome", "question", "reason"),
    [
        (replace(YES, known_at=AS_OF), ASKED, "known on 2031-05-01, before the forecast"),
        (replace(YES, outcome="partly"), ASKED, "neither yes nor no"),
        (YES, None, "not declared any more"),
        (YES, replace(ASKED, rule="The Herald says so."), "changed after it was answered"),
        (YES, replace(ASKED, closes=date(2031, 5, 9)), "changed after it was answered"),
        (YES, replace(ASKED, threshold=2.0, comparison=">="), "changed after it was answered"),
    ],
)
def test_what_cannot_be_scored_fairly_is_void(tmp_path, outcome, question, reason):
    (entry,) = recorded(tmp_path, said(0.7))
    got = resolved(entry, outcome, question=question)
    assert (got.status, got.scored) == (Status.VOID, None)
    assert reason in got.reason


def test_a_question_may_be_worded_better(tmp_path):
    (entry,) = recorded(tmp_path, said(0.7))
    better = replace(ASKED, text="Will Gondal attack Ruritania?", resolver="herald")
    assert resolved(entry, YES, question=better).status is Status.RESOLVED


# ---------------------------------------------------------------------- numbers and series


def _number_entry(tmp_path) -> tuple[Entry, Answer]:
    asked = replace(ASKED, statistic="sum", comparison="number")
    counts = stream(5, "numbers").poisson(0.4, (2000, 14, 1))
    ensembles = {
        "events": Ensemble(counts, AS_OF + timedelta(days=1), ("gondal>ruritania",), "events")
    }
    got = answer(asked, ensembles, AS_OF)
    assert isinstance(got, Answer)
    drafted = forecast(
        asked, got, {"climatology": got}, as_of=AS_OF, evidence="e", model="m", config="c", seed=1
    )
    (entry,) = recorded(tmp_path, drafted)
    return entry, got


def test_a_number_is_scored_by_crps_and_interval(tmp_path):
    entry, got = _number_entry(tmp_path)
    asked = replace(ASKED, statistic="sum", comparison="number")
    outcome = replace(YES, outcome="number", value="4")
    done = resolved(entry, outcome, question=asked)
    values = np.array(got.values)
    pairs = np.abs(values[:, None] - values[None, :]).mean()
    assert done.value == 4
    assert done.scored.crps == pytest.approx(np.abs(values - 4).mean() - pairs / 2)
    assert done.scored.crps_log < done.scored.crps
    assert done.scored.main == done.scored.crps_log
    assert done.scored.covered is True
    assert done.scored.interval == pytest.approx(got.interval[1] - got.interval[0])
    assert done.baselines["climatology"] == done.scored
    far = resolved(entry, replace(outcome, value="1,000"), question=asked)
    assert (far.value, far.scored.covered) == (1000, False)
    nothing = resolved(entry, replace(outcome, value="many"), question=asked)
    assert "names no number" in nothing.reason


def test_a_series_is_scored_by_what_was_counted_once_that_is_settled(tmp_path):
    counts = stream(6, "series").poisson(1.0, (500, 14, 2))
    first = AS_OF + timedelta(days=1)
    ensemble = Ensemble(counts, first, ("a>b", "b>a"), "events")
    (entry,) = recorded(
        tmp_path,
        series_forecast("b>a", ensemble, {"poisson": ensemble}, horizon=7, as_of=AS_OF,
                        evidence="e", model="m", config="c", seed=1),
    )  # fmt: skip
    assert entry.terms == {"variable": "events", "first": "2031-05-02", "closes": "2031-05-08"}
    days = np.stack([np.full(30, 9), np.arange(30)], axis=1)
    seen = DailySeries(AS_OF, ("a>b", "b>a"), days, days.astype(float))
    done = resolved(entry, question=None, observed=seen)
    assert (done.status, done.value) == (Status.RESOLVED, sum(range(1, 8)))
    early = seen.until(date(2031, 5, 7))
    for observed in (None, early, seen.select(["a>b"]), seen.since(date(2031, 5, 3))):
        assert resolved(entry, question=None, observed=observed).status is Status.AWAITING
    asleep = resolved(entry, question=None, observed=seen, today=date(2031, 5, 7))
    assert asleep.status is Status.OPEN


# ---------------------------------------------------------------------- the record


def _many(tmp_path, n: int, p: float, hits: int, *, now: datetime = NOW) -> TrackRecord:
    asked = [replace(ASKED, id=f"Q{k:03}") for k in range(n)]
    entries = recorded(tmp_path, *(said(p, each) for each in asked), now=now)
    came = [replace(YES, id=q.id, outcome="yes" if k < hits else "no") for k, q in enumerate(asked)]
    return record(entries, *came, questions=asked)


def test_the_record_of_forty_one_forecasts(tmp_path):
    made = _many(tmp_path, 41, 0.7, 27)
    live = made.live
    assert live.brier == pytest.approx((27 * 0.09 + 14 * 0.49) / 41)
    assert live.enough and live.questions == 41
    (one,) = live.reliability
    assert (one.count, one.happened, one.consistent) == (41, 27, True)
    gain = live.skill["climatology"]
    assert gain.value == pytest.approx(1 - live.brier / 0.25)
    assert gain.low < gain.value < gain.high
    assert [miss.entry.question for miss in live.misses] == [f"Q{k:03}" for k in range(27, 32)]
    text = "\n".join(record_in_words(made, {}))
    assert "When 70 % was said (70–80 %), it happened 6.6 times in 10 (n = 41;" in text
    assert "Not enough" not in text
    assert made.hindcast.resolutions == ()


def test_a_few_forecasts_are_no_record(tmp_path):
    made = _many(tmp_path, 4, 0.7, 2)
    assert not made.live.enough
    assert made.live.skill["climatology"].low is None
    text = "\n".join(record_in_words(made, {}))
    assert "Not enough to speak of a record: 4 questions resolved, of at least 10." in text
    assert "times in 10" not in text
    assert "too few to say how sure that is" in text


def test_live_and_hindcast_are_never_mixed(tmp_path):
    late = NOW + timedelta(days=20)
    live = recorded(tmp_path, said(0.9))
    both = [*live, *recorded(tmp_path, said(0.1, evidence="e2"), now=late)]
    made = record(both, YES)
    assert [r.entry.probability for r in made.live.resolutions] == [0.9]
    assert [r.entry.probability for r in made.hindcast.resolutions] == [0.1]
    assert made.live.brier == pytest.approx(0.01)
    assert made.hindcast.brier == pytest.approx(0.81)
    text = record_in_words(made, {})
    assert text.index("LIVE FORECASTS") < text.index("HINDCASTS")
    assert "are no record" in text[text.index("HINDCASTS") + 1]


def test_of_several_live_forecasts_of_a_day_the_first_counts(tmp_path):
    entries = recorded(
        tmp_path, said(0.9, seed=1), said(0.1, seed=2), said(0.2, seed=1, config="c2")
    )
    made = record(entries, YES)
    assert [r.entry.probability for r in made.live.resolutions] == [0.9]
    assert made.live.again == 2
    assert "2 more of the same thing and day do not count" in "\n".join(record_in_words(made, {}))


def test_of_several_hindcasts_the_first_of_the_newest_configuration_counts(tmp_path):
    entries = recorded(
        tmp_path,
        said(0.9, config="old"),
        said(0.4, config="new", seed=1),
        said(0.5, config="new", seed=2),
        now=NOW + timedelta(days=9),
    )
    assert [entry.probability for entry in counted(entries)] == [0.4]


@given(st.permutations(range(6)))
@settings(max_examples=20)
def test_the_order_in_which_entries_are_given_does_not_matter(tmp_path_factory, order):
    asked = [replace(ASKED, id=f"Q{k}") for k in range(3)]
    drafts = [said(0.1 * k, asked[k % 3], seed=k) for k in range(6)]
    entries = recorded(tmp_path_factory.mktemp("order"), *drafts)
    came = [replace(YES, id=each.id) for each in asked]
    straight = record(entries, *came, questions=asked)
    assert record([entries[k] for k in order], *came, questions=asked) == straight


def test_judgements_stand_beside_the_model_under_their_own_name(tmp_path):
    mine = judgement(
        ASKED, as_of=AS_OF, evidence="e1", probability=0.2, by="A. Hope", reason="They bluff."
    )
    entries = recorded(tmp_path, said(0.9), mine)
    made = record(entries, YES)
    assert made.live.brier == pytest.approx(0.01)
    (hope,) = made.judgements
    assert (hope.who, hope.brier) == ("A. Hope", pytest.approx(0.64))
    assert "JUDGEMENTS OF A. HOPE, live" in record_in_words(made, {})


def test_what_people_predicted_in_public_is_scored_where_they_gave_odds(tmp_path):
    people = [
        PersonForecast(id="P1", source="herald", made=AS_OF, text="?", low=0.4, high=0.5,
                       question="Q1", known_at=AS_OF),
        PersonForecast(id="P2", source="herald", made=AS_OF, text="?", known_at=AS_OF),
        PersonForecast(id="P3", source="herald", made=AS_OF, text="?", known_at=date(2032, 1, 1)),
        PersonForecast(id="P4", source="herald", made=AS_OF, text="?"),
    ]  # fmt: skip
    made = record([], YES, Outcome(id="P2", outcome="no", known_at=AS_OF), people=people)
    first, second = made.people
    assert (first.id, first.outcome, first.brier) == ("P1", "yes", pytest.approx(0.55**2))
    assert (second.id, second.outcome, second.brier) == ("P2", "no", None)
    early = record([], YES, people=people, today=date(2031, 5, 5))
    assert [each.outcome for each in early.people] == ["", ""]
    text = "\n".join(record_in_words(made, {"herald": "The Herald"}))
    assert "P1, The Herald, gave Q1 40 to 50 %; outcome yes" in text
    assert "1 prediction in words, without odds: 0 yes, 1 no" in text


def test_numbers_and_chances_are_kept_apart(tmp_path):
    entry, _ = _number_entry(tmp_path)
    asked = replace(ASKED, statistic="sum", comparison="number")
    made = record([entry], replace(YES, outcome="number", value="99"), questions=[asked])
    live = made.live
    assert live.brier is None and live.skill == {} and live.reliability == ()
    assert (len(live.numbers), live.covered) == (1, 0)
    assert live.number_skill["climatology"].value == pytest.approx(0.0)
    assert live.misses == live.numbers
    text = "\n".join(record_in_words(made, {}))
    assert "Of 1 number, 0 lay within the interval" in text
    assert "it was 99" in text


def test_an_empty_record_says_so(tmp_path):
    made = record([])
    text = record_in_words(made, {})
    assert text.count("Nothing has been issued.") == 2
    told = json.loads(json.dumps(record_as_json(made)))
    assert told["live"]["resolved"] == 0 and told["live"]["brier"] is None


def test_the_record_as_json(tmp_path):
    told = json.loads(json.dumps(record_as_json(_many(tmp_path, 12, 0.7, 9))))
    assert told["live"]["resolved"] == 12
    assert told["live"]["reliability"][0]["frequency"] == 0.75
    one = told["live"]["forecasts"][0]
    assert one["entry"]["question"] == "Q000" and one["happened"] is True
    assert one["scores"]["brier"] == pytest.approx(0.09)


def test_a_note_of_the_ledger_is_no_forecast(tmp_path):
    with pytest.raises(LedgerError, match="the ledger's own"):
        recorded(tmp_path, Draft(kind=Kind.NOTE, as_of=AS_OF, reason="a crash"))
    recorded(tmp_path, said(0.5))
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(path.read_bytes() + b"torn")
    recorded(tmp_path, said(0.6, seed=8))
    entries = ledger_in(tmp_path).entries()
    assert [str(entry.kind) for entry in entries] == ["forecast", "note", "forecast"]
    made = record(entries, YES)
    assert len(made.live.resolutions) == 1
    assert {entry.standing for entry in entries} == {Standing.LIVE}


# ---------------------------------------------------------------------- judgements


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"probability": 1.2}, "1.2 is no probability"),
        ({"probability": -0.1}, "no probability"),
        ({"probability": float("nan")}, "no probability"),
        ({"as_of": ASKED.closes}, "cannot be judged as of"),
        ({"as_of": AS_OF - timedelta(days=1)}, "cannot be judged as of"),
        ({"by": " "}, "'by'"),
        ({"reason": ""}, "'reason'"),
        ({"reason": "x" * 1001}, "'reason'"),
        ({"reason": "two\nlines"}, "'reason'"),
        ({"by": "\x1b[31m"}, "'by'"),
        ({"question": replace(ASKED, comparison="number")}, "asks for a number"),
    ],
)
def test_a_judgement_that_cannot_stand(change, match):
    given = {"question": ASKED, "as_of": AS_OF, "evidence": "e1", "probability": 0.4}
    given |= {"by": "A. Hope", "reason": "So it seems."} | change
    with pytest.raises(LedgerError, match=match):
        judgement(given.pop("question"), **given)


def test_per_cent_are_taken_for_what_they_are():
    with pytest.raises(LedgerError) as error:
        judgement(ASKED, as_of=AS_OF, evidence="e", probability=60, by="A. Hope", reason="So.")
    assert error.value.mend == "write 0.6"


def test_the_clock_of_an_entry_is_in_utc(tmp_path):
    (entry,) = recorded(tmp_path, said(0.5))
    assert entry.issued_at.tzinfo is UTC or entry.issued_at.utcoffset() == timedelta(0)
