"""Where the belief is sure that it is otherwise, the newest word is not followed."""

from tests.assess.control.worlds import known, says

from foreshock.assess.control.belief import control_belief
from foreshock.assess.control.heeding import heeded
from foreshock.assess.control.said import control
from foreshock.assess.picture import assess


def holdings(*words):
    evidence = known([says("p00", "gondal", 1, "monitor"), *words], 20)
    said = control(evidence)
    found = heeded(said, control_belief(evidence), evidence)
    return [{each.place: each for each in those}.get("p01") for those in (said, found)]


SURELY = [says("p01", "zenda", on, "monitor") for on in (1, 8, 15)] + [
    says("p01", "zenda", on, "second-monitor") for on in (2, 9, 16)
]


def test_a_lone_boast_against_many_words_is_not_followed():
    said, found = holdings(*SURELY, says("p01", "gondal", 20, "gondal-office"))
    assert said.holders == ("gondal",)
    assert (found.status, found.holders) == ("held", ("zenda",))
    assert found.says == said.says


def test_what_is_said_stands_where_nothing_is_sure_and_where_it_agrees():
    said, found = holdings(says("p01", "zenda", 5, "blog"), says("p01", "gondal", 6, "blog"))
    assert found == said
    said, found = holdings(*SURELY)
    assert found == said


def test_the_picture_works_its_belief_out_once():
    picture = assess(known(SURELY, 20))
    assert picture.belief is picture.belief
    assert picture.belief.holder("p01").state == "zenda"
