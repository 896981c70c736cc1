"""Later words against the belief of earlier days, and how long changes took to be believed."""

import numpy as np
import pytest
from tests.assess.control.worlds import day, evidence, known, says, world

from foreshock.assess.control.belief import control_belief
from foreshock.evaluate.control.correcting import corrections
from foreshock.evaluate.control.rolling import roll
from foreshock.evaluate.control.scoring import EVEN, LAST, METHODS, OURS, TOLD, cases
from foreshock.evaluate.control.told import expected


@pytest.fixture(scope="module")
def war():
    """Roll over ten days of a made-up war."""
    found = evidence(world(5, places=10, days=60), 59)
    return found, roll(found, day(40), day(49))


def test_each_day_sees_what_was_public_by_its_end(war):
    found, days = war
    assert [each.day for each in days] == [day(n) for n in range(40, 50)]
    for each in days[::3]:
        alone = control_belief(found.earlier(each.day))
        assert each.control.probability.tobytes() == alone.probability.tobytes()
        assert all(word.known_at <= each.day for word in each.heard)


def test_only_words_that_were_not_known_yet_are_predicted(war):
    found, days = war
    scored = cases(days, found)
    assert scored
    for each in scored:
        assert each.word.known_at > each.day and each.day < each.word.on[0] <= each.day + (
            day(14) - day(0)
        )
        assert set(each.probability) == set(METHODS)
        assert 0 < each.probability[OURS] < 1 and 0 <= each.brier[OURS] <= 2
    heard = [(each.day, each.word.place, each.word.origin) for each in scored]
    assert len(heard) == len(set(heard)), "of each origin only the first word counts"


def test_on_a_war_whose_words_are_mostly_right_belief_predicts_them_better(war):
    found, days = war
    scored = cases(days, found)
    logs = {m: np.mean([-np.log(each.probability[m]) for each in scored]) for m in METHODS}
    assert logs[OURS] < min(logs[LAST], logs[EVEN]) and logs[TOLD] < logs[EVEN]


def test_a_capture_is_expected_to_name_the_other_side_sooner_than_a_plain_word():
    words = [
        says(f"p0{n}", who, on, "monitor")
        for n, who in ((0, "gondal"), (1, "zenda"))
        for on in (1, 8)
    ]
    found = known(
        [
            *words,
            says("p01", "gondal", 12, "monitor", "took"),
            says("p01", "zenda", 12, "second-monitor"),
        ],
        12,
    )
    (now,) = roll(found, day(9), day(9))
    by_kind = {each.word.turned is not None: each.word for each in cases([now], found)}
    told, plain = (expected(now, by_kind[kind])["gondal"] for kind in (True, False))
    assert told > 2 * plain
    assert sum(expected(now, by_kind[True]).values()) == pytest.approx(1.0)


def test_days_to_correct_count_from_the_day_of_the_capture_to_its_belief():
    words = [
        says("p00", "gondal", 1, "monitor"), says("p01", "zenda", 1, "monitor"),
        says("p01", "gondal", 5, "gondal-office", "took", known_at=day(6)),
        says("p01", "gondal", 5, "monitor", "took", known_at=day(8)),
    ]  # fmt: skip
    found = known(words, 12)
    (turn,) = [
        each for each in corrections(roll(found, day(3), day(12)), found) if each.place == "p01"
    ]
    assert (turn.side, turn.day, turn.told, turn.origins) == ("gondal", day(5), day(6), 2)
    assert turn.named == day(6) and day(6) <= turn.believed <= day(8)
