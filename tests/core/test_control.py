"""Questions about who is where, answered from futures that are written out by hand."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from foreshock.core.answers import Answer, Refusal
from foreshock.core.answers_control import about_control, answer_control
from foreshock.core.control import NOBODY, ControlOutlook, Held
from foreshock.core.errors import EnsembleError
from foreshock.core.questions import Question

AS_OF = date(2031, 5, 1)
PLACES = ("ford", "mill", "port")
SIDES = ("gondal", "guard", "ruritania", "strelsau")
G, U, R, S = range(len(SIDES))


def held(*members, first: date = AS_OF) -> Held:
    """By member and day the holders of the places; a pair is a holder and who contests it."""
    pairs = [
        [[each if isinstance(each, tuple) else (each, NOBODY) for each in day] for day in member]
        for member in members
    ]
    table = np.array(pairs, dtype=np.int8).reshape(len(members), -1, len(PLACES), 2)
    return Held(first=first, holder=table[..., 0], rival=table[..., 1])


def outlook(ahead: Held, known: Held | None = None, **changes) -> ControlOutlook:
    still = held(*[[day.tolist() for day in ahead.holder[0, :1]] * ahead.holder.shape[1]])
    return ControlOutlook(
        **{
            "as_of": AS_OF, "model": "made up", "config": "c1", "seed": 7,
            "places": PLACES, "sides": SIDES,
            "known": known or Held(
                first=AS_OF, holder=still.holder[:, :0], rival=still.rival[:, :0]
            ),
            "ahead": ahead, "baselines": {"no change": still},
            "parts": {
                "gondal": frozenset({"gondal", "guard"}), "guard": frozenset({"guard"}),
                "ruritania": frozenset({"ruritania"}), "strelsau": frozenset({"strelsau"}),
            },
            "roads": {"R1": ("ford", "mill"), "R2": ("mill", "pass")},
            "areas": {"north": frozenset({"mill"}), "south": frozenset({"pass"})},
            "withheld": {"pass": "nobody said"},
        } | changes
    )  # fmt: skip


def ask(variable: str = "holds", statistic: str = "at-close", days: int = 2, **changes) -> Question:
    return replace(
        Question(
            id="Q", text="?", opens=AS_OF, closes=AS_OF + timedelta(days=days), variable=variable,
            actors=("gondal",), place="ford", statistic=statistic, comparison="yes",
        ),
        **changes,
    )  # fmt: skip


def share(question: Question, ahead: Held, **changes) -> float | None:
    told = answer_control(question, outlook(ahead, **changes))
    assert isinstance(told, Answer), told
    return told.probability


def test_a_place_is_held_by_an_actor_or_its_part_and_by_nobody_where_it_is_contested():
    ahead = held(
        [[R, R, R], [R, R, R], [G, R, R]],
        [[R, R, R], [G, R, R], [U, R, R]],
        [[R, R, R], [G, R, R], [(G, R), R, R]],
        [[R, R, R], [R, R, R], [NOBODY, R, R]],
    )
    assert share(ask(), ahead) == 0.5
    assert share(ask(actors=("guard",)), ahead) == 0.25
    assert share(ask(statistic="any"), ahead) == 0.75
    assert share(ask(variable="present"), ahead) == 0.75
    assert share(ask(variable="present", actors=("ruritania",)), ahead) == 0.25


def test_a_road_is_held_when_every_place_on_it_is_at_once():
    ahead = held(
        [[G, R, R], [G, R, R], [G, G, R]],
        [[G, R, R], [R, G, R], [G, R, R]],
        [[G, R, R], [G, U, R], [R, R, R]],
    )
    road = ask(variable="holds-road[R1]", place="")
    assert share(road, ahead) == pytest.approx(1 / 3)
    assert share(replace(road, statistic="any"), ahead) == pytest.approx(2 / 3)
    assert share(replace(road, statistic="any", place="north"), ahead) == 1.0


@pytest.mark.parametrize(
    ("days", "times"),
    [
        ([G, R, G, R], 2),
        ([R, G, R, R], 1),
        ([G, (G, R), R, R], 1),
        ([G, (G, R), G, G], 0),
        ([G, (G, R), (G, R), R], 1),
        ([G, NOBODY, R, R], 1),
        ([G, S, R, R], 0),
        ([G, U, R, G], 1),
        ([(G, R), R, G, G], 0),
        ([R, R, R, R], 0),
    ],
)
def test_passages_from_the_first_named_to_another_are_counted(days, times):
    ahead = held([[day, R, R] for day in days])
    asked = ask("holds", "changes", days=3, actors=("gondal", "ruritania"), comparison="number")
    told = answer_control(asked, outlook(ahead))
    assert isinstance(told, Answer)
    assert told.values[0] == times
    yes = replace(asked, comparison=">=", threshold=1.0)
    assert share(yes, ahead) == float(times >= 1)


def test_to_whom_a_place_passes_does_not_matter_where_nobody_else_is_named():
    asked = ask("holds", "changes", days=3, comparison=">=", threshold=1.0)
    assert share(asked, held([[day, R, R] for day in (G, S, S, S)])) == 1.0
    assert share(asked, held([[day, R, R] for day in (G, U, U, G)])) == 0.0


def test_days_before_the_as_of_count_as_they_most_likely_were():
    known = held([[G, R, R], [G, R, R]], first=AS_OF - timedelta(days=2))
    asked = ask(
        "holds", "changes", days=1, opens=AS_OF - timedelta(days=2), comparison=">=",
        threshold=1.0,
    )  # fmt: skip
    ahead = held([[R, R, R], [R, R, R]])
    told = answer_control(asked, outlook(ahead, known=known))
    assert isinstance(told, Answer)
    assert told.probability == 1.0
    assert told.notes == ("days up to the as-of are taken as they most likely were",)
    early = replace(asked, opens=AS_OF - timedelta(days=3), since=AS_OF - timedelta(days=2))
    assert "is not known for" in str(answer_control(early, outlook(ahead, known=known)))


def test_a_simple_method_answers_the_same_question():
    ahead = held([[G, R, R], [R, R, R], [R, R, R]])
    told = answer_control(ask(), outlook(ahead), "no change")
    assert isinstance(told, Answer)
    assert told.probability == 1.0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"closes": AS_OF}, "its window closed on 2031-05-01"),
        ({"opens": AS_OF + timedelta(days=1)}, "it may be asked from 2031-05-02 on"),
        ({"variable": "held"}, "no model forecasts 'held'"),
        ({"statistic": "sum"}, "no model gives the statistic sum"),
        ({"statistic": "changes", "variable": "present"}, "no model gives the statistic changes"),
        ({"comparison": ">="}, "it names no threshold"),
        ({"actors": ()}, "it names nobody who may hold it"),
        ({"actors": ("zenda",)}, "nobody is said to hold any place for zenda"),
        ({"place": ""}, "it names no place"),
        ({"place": "pass"}, "pass: nobody said"),
        ({"place": "lake"}, "lake: nobody says who holds it"),
        ({"variable": "holds-road[R9]"}, "the case knows no road 'R9'"),
        ({"variable": "holds-road[]"}, "it names no road"),
        ({"variable": "holds-road[R2]", "place": ""}, "pass: nobody said"),
        ({"variable": "holds-road[R1]", "place": "south"}, "no place on R1 lies in south"),
        (
            {"closes": AS_OF + timedelta(days=9)},
            "the forecast ends on 2031-05-03, before the window does",
        ),
    ],
)
def test_what_the_outlook_cannot_tell_is_refused_with_a_reason(changes, reason):
    told = answer_control(ask(**changes), outlook(held([[R, R, R]] * 3)))
    assert isinstance(told, Refusal)
    assert told.reason == reason


def test_thin_evidence_of_a_place_is_told_with_the_answer():
    told = answer_control(
        ask(),
        outlook(held([[R, R, R]] * 3), thin={"ford": "one claim"}, notes=("mostly the prior",)),
    )
    assert isinstance(told, Answer)
    assert told.notes == ("thin: one claim (ford)", "mostly the prior")


def test_questions_about_control_are_told_from_others():
    assert about_control(ask("holds-road[R1]"))
    assert not about_control(ask("surrounded[gondal/posts]"))


def test_parts_that_do_not_fit_are_refused():
    one = held([[R, R, R]])
    with pytest.raises(EnsembleError):
        Held(first=AS_OF, holder=one.holder, rival=one.rival[:, :, :2])
    with pytest.raises(EnsembleError):
        outlook(one, places=("ford",))
    with pytest.raises(EnsembleError):
        outlook(replace(one, first=AS_OF + timedelta(days=1)), known=one)
