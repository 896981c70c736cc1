"""Headlines beside the events that others coded: sides and tolls, and why one was missed."""

import re
from datetime import date

from msgspec.structs import replace
from tests.observe.reading.makers import ANGRIA, GONDAL, SHELLED, Scripted

from foreshock.core.quantities import Quantity
from foreshock.observe.reading.record import Party
from foreshock.observe.reading.scoring.headlines import Headline, score_headlines
from foreshock.observe.reading.scoring.totals import Rate

REBELS = Party(id="angria/rebels", name="Angrian rebels", country="AGR", sector="REB", known=False)
NAMES = {"Gondal": GONDAL, "Angria": ANGRIA, "Angrian rebels": REBELS,
         "Civilians": Party(id="civilians", name="Civilians", sector="CVL")}  # fmt: skip


def _find(words, day):
    return [party for name, party in NAMES.items() if re.search(rf"\b{name}\b", words)]


def _headline(text="shelled the Ford", sides=("Gondal", "Angria"), low=5, high=9):
    return Headline(text=text, published=date(2020, 2, 5), sides=sides, low=low, high=high)


def _scores(headline, *records):
    short = [replace(record, words="shelled the Ford") for record in records or (SHELLED,)]
    return score_headlines([headline], Scripted(*short), _find)


def test_both_sides_and_a_toll_in_range():
    scores = _scores(_headline())
    assert scores.sides["both sides found, of all headlines"] == Rate(1, 1)
    assert scores.deaths["toll within the coded range, of those read"] == Rate(1, 1)
    assert scores.misses == {}


def test_every_miss_has_its_kind():
    one = _scores(_headline("Gondal shelled the Ford", ("Gondal", "Zamorna")))
    assert one.misses == {"side: its name is in no gazetteer": 1}
    other = _scores(
        _headline("shelled the Ford by Angrian rebels", ("Angrian rebels", "Civilians"))
    )
    assert other.misses == {
        "side: named in the headline, in no record": 1, "side: not named in the headline": 1,
    }  # fmt: skip
    assert other.sides["side found, of those whom the headline names"] == Rate(0, 1)
    assert _scores(_headline("rain")).misses["toll: none read"] == 1


def test_a_toll_is_the_sum_over_groups_and_may_be_open():
    told = (Quantity("killed", "soldiers", best=7), Quantity("killed", "civilians", best=3))
    summed = replace(SHELLED, quantities=told)
    assert _scores(_headline(low=10, high=10), summed).misses == {}
    assert _scores(_headline(low=5, high=9), summed).misses == {"toll: above the range": 1}
    assert _scores(_headline(low=11, high=19), summed).misses == {"toll: below the range": 1}
    scores = replace(SHELLED, quantities=(Quantity("killed", low=40),))
    assert _scores(_headline(low=55, high=60), scores).misses == {}


def test_soldiers_stand_for_their_state_and_a_known_group_for_its_kind():
    army = Party(id="gondal", name="Gondal's soldiers", country="GDL", sector="MIL")
    front = Party(id="front", name="Front", country="AGR", sector="REB")
    record = replace(SHELLED, actors=(army,), recipients=(front,))
    assert _scores(_headline(sides=("Gondal", "Angrian rebels")), record).misses == {}
    assert "Angria" not in _find("front", None)
    assert _scores(_headline(sides=("Gondal", "Angria")), record).misses != {}
