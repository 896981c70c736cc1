"""A bargaining sheet comes out as its numbers have it, and tells what would change that."""

import pytest

from foreshock.case.sheets.bargaining import BargainingSheet
from foreshock.scenario.bargaining.project import bargain


def entry(low: float, high: float | None = None) -> dict:
    return {"low": low, "high": low if high is None else high, "assumed_by": "the tests"}


def player(actor: str, side: str, cost: dict, **wants) -> dict:
    return {"actor": actor, "side": side, "cost": cost, **wants}


def order(text: str) -> dict:
    return {"order": {"order": text, "assumed_by": "the tests"}}


def worths(*values: float) -> dict:
    return {"utilities": dict(zip(("all", "half", "none"), map(entry, values), strict=True))}


def sheet(*players: dict, chance: dict | None = None, **more) -> BargainingSheet:
    return BargainingSheet.model_validate({
        "sheet": "s", "kind": "bargaining", "title": "t", "date": "2011-05-05",
        "packages": more.pop("packages", [{"id": p, "text": p} for p in ("all", "half", "none")]),
        "players": list(players),
        "war": {"chance": chance or entry(0.5), "first_wins": "all", "second_wins": "none"},
        **more,
    })  # fmt: skip


def two(first_cost=0.1, second_cost=0.1, half=0.5) -> list[dict]:
    return [
        player("kestria", "first", entry(first_cost), **worths(1, half, 0)),
        player("morvia", "second", entry(second_cost), **worths(0, half, 1)),
    ]


def test_a_middle_course_that_both_prefer_survives():
    found = bargain(sheet(*two()), draws=16)
    assert found.empty.share.value == 0
    first = found.survival[0]
    assert (first.package, first.share.value, first.chosen.value) == ("half", 1, 1)
    assert {each.package: each.vetoes for each in found.survival}["all"] == {
        "kestria": 0, "morvia": 1
    }  # fmt: skip


def test_what_could_be_mixed_but_not_had_whole_is_called_indivisible():
    found = bargain(sheet(*two(half=0.2)), draws=16)
    assert found.empty.share.value == 1
    (form,) = found.forms
    assert form.name == "indivisible" and form.robust.share.value == 1


def test_an_empty_zone_is_indivisible_unless_victory_is_worth_more_than_its_package():
    # With victories that are packages, lots cast at the odds of war would always be better.
    greedy = [{**each, "victory": entry(1.5)} for each in two(half=0.2)]
    found = bargain(sheet(*greedy), draws=16)
    assert found.empty.share.value == 1
    assert found.forms[0].robust.share.value == 0
    spared = [{**each, "defeat": entry(-1.5)} for each in two(half=0.2)]
    assert bargain(sheet(*spared), draws=16).empty.share.value == 0


def test_giving_in_is_no_middle_course():
    # To the second, fighting is worth less than giving in; but the first takes nothing less.
    players = [
        player("kestria", "first", entry(0.05), **worths(1, 0.3, 0)),
        player("morvia", "second", entry(0.9), **worths(0, 0.7, 1)),
    ]
    found = bargain(sheet(*players), draws=16)
    assert found.empty.share.value == 0 and found.no_middle.share.value == 1
    assert bargain(sheet(*two()), draws=16).no_middle.share.value == 0


def test_a_third_who_can_veto_empties_the_zone():
    third = player("aurelia", "first", entry(0.0), **worths(1, 0.4, 0))
    found = bargain(sheet(*two(), third), draws=16)
    assert found.empty.share.value == 1
    assert found.survival[0].package in {"all", "half", "none"}


def test_the_dearer_fighting_is_the_seldomer_is_the_zone_empty():
    players = [
        player("kestria", "first", entry(0, 0.5), **order("all > half > none")),
        player("morvia", "second", entry(0, 0.5), **order("none > half > all")),
    ]
    found = bargain(sheet(*players)).empty
    assert 0.05 < found.share.value < 0.5
    named = {each.name: each for each in found.influences}
    for at in (0, 1):
        cost = named[f"players.{at}.cost"]
        assert cost.at_low > cost.at_high
    # The more half is worth to each, the seldomer.
    assert named["players.0.order"].at_low > named["players.0.order"].at_high


def test_an_order_alone_gives_what_can_be_worked_out_by_hand():
    # Half is worth u and v, each from 0 to 1; war a half to either. Empty unless both are over it:
    # 3/4 of draws; the victories never do, for one would lose all.
    players = [
        player("kestria", "first", entry(0), **order("all > half > none")),
        player("morvia", "second", entry(0), **order("none > half > all")),
    ]
    found = bargain(sheet(*players))
    assert found.empty.share.value == pytest.approx(0.75, abs=0.01)
    assert found.forms[0].robust.share.value == pytest.approx(0.75, abs=0.03)  # all can be mixed


def test_each_form_has_its_own_condition():
    shift = {"between": ["kestria", "morvia"], "later": entry(0.95), "discount": entry(1.0)}
    secret = {"asks": "kestria", "answers": "morvia", "highest_cost": entry(0.5)}
    found = bargain(sheet(*two(), commitment=shift, private=secret), draws=16)
    forms = {form.name: form.robust.share.value for form in found.forms}
    assert forms == {"indivisible": 0, "commitment": 1, "private": 1}
    assert found.demand.value == pytest.approx(0.5 + (0.5 - 0.1) / 2)
    assert found.risk.value == pytest.approx((1 - 0.1 / 0.5) / 2)
    # Who asks for the second side has the second side's chance.
    turned = {"asks": "morvia", "answers": "kestria", "highest_cost": entry(0.05)}
    found = bargain(sheet(*two(), chance=entry(0.7), private=turned), draws=16)
    assert found.demand.value == pytest.approx(0.3) and found.risk.value == 0


def test_the_compromise_mean_stands_beside():
    places = {"all": 0, "half": 5, "none": 10}
    packages = [{"id": p, "text": p, "position": entry(at)} for p, at in places.items()]
    weight = {"salience": entry(1), "power": entry(1)}
    players = [
        {**two()[0], "position": entry(0), **weight},
        {**two()[1], "position": entry(10), "salience": entry(0.5), "power": entry(2)},
    ]
    found = bargain(sheet(*players, packages=packages, scale="years"), draws=16).compromise
    assert found.scale == "years" and found.mean.value == 5
    assert next(iter(found.nearest.items())) == ("half", 1)
    assert bargain(sheet(*two()), draws=16).compromise is None


def test_the_same_seed_gives_the_same_bits():
    players = [
        player("kestria", "first", entry(0, 0.5), **order("all > half > none")),
        player("morvia", "second", entry(0, 0.5), **order("none > half > all")),
    ]
    assert bargain(sheet(*players), seed=1, draws=64) == bargain(sheet(*players), seed=1, draws=64)
    assert bargain(sheet(*players), seed=1, draws=64) != bargain(sheet(*players), seed=2, draws=64)
