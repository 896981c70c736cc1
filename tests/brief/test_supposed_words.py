"""Numbers of a what-if in words: whole people, and no future more than there is."""

import pytest
from tests.brief.page.test_supposed_page import difference, supposed

from foreshock.brief.supposed import DifferenceItem
from foreshock.brief.supposed_words import how_to_read, interventions_in_words, numbers


def test_people_are_whole():
    item = DifferenceItem.model_validate(
        difference("flight", "displaced", "", "Northford", -4.16, low=-74_100.2, high=-16.7)
    )
    assert numbers(item)[2] == "−4 (−74,100 to −17)"


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.0, "Comes about in none of the futures; in force on 31 May 2031 in 4 of 10 futures."),
        (0.001, "Comes about in fewer than 1 of 100 futures; "),
    ],
)
def test_what_comes_about_in_none_of_the_futures_is_not_told_as_seldom(share: float, told: str):
    brief = supposed(share)
    assert interventions_in_words(brief.interventions[0], brief)[1].startswith(told)


@pytest.mark.parametrize(
    ("members", "told"),
    [(10_000, "10,000 futures, 1,000 for control, each"), (1_000, "1,000 futures, each")],
)
def test_control_is_told_to_have_fewer_futures_only_where_it_has(members: int, told: str):
    update = {"members": members, "control_members": 1_000}
    assert told in how_to_read(supposed().model_copy(update=update))
