"""Which claims are acts of a relation, whose, of which sign, and how much they weigh."""

from datetime import date, timedelta

import pytest
from tests.assess.relations.made import acts_in, claim, dyad_of, seen, sure

from foreshock.assess.relations.acts import Act, agency_weights
from foreshock.assess.relations.strain import strain
from foreshock.core.quantities import Quantity
from foreshock.core.time import Precision
from foreshock.evidence.actors import Actor, Tie
from foreshock.evidence.claim import Claim, Kind, Link, Modality, Polarity, Relation
from foreshock.evidence.reconcile import reconcile
from foreshock.evidence.records import Entry

DAY = date(2020, 6, 1)


def _acts(
    *claims: Claim, a: str = "gondal", b: str = "ruritania", entries: tuple[Entry, ...] = ()
) -> list[Act]:
    return acts_in(seen(claims, DAY, entries)).between(a, b)


def _part(id: str, *wholes: str) -> Actor:
    return Actor(id=id, name=id.title(), parents=wholes)


def _patron(patron: str, client: str) -> Tie:
    return Tie(key=f"{patron} {client}", a=patron, b=client, kind="patron", sign="positive")


# ---------------------------------------------------------------------- what counts


@pytest.mark.parametrize(
    ("type", "channel", "conflictual"),
    [
        ("ASSAULT", "deed", True),
        ("SANCTION", "deed", True),
        ("AID", "deed", False),
        ("RETREAT", "deed", False),
        ("ACCUSE", "word", True),
        ("THREATEN", "word", True),
        ("CONSULT", "word", False),
        ("SUPPORT", "word", False),
    ],
)
def test_deeds_and_words_of_both_signs(type, channel, conflictual):
    (found,) = _acts(claim("C1", type, DAY))
    assert (found.channel, found.conflictual) == (channel, conflictual)
    assert (found.day, found.known_at, found.weight, found.client) == (DAY, DAY, 1.0, "")


def test_the_coder_may_say_otherwise():
    (carried_out,) = _acts(claim("C1", "CONCEDE", DAY, channel="deed"))
    assert (carried_out.channel, carried_out.conflictual) == ("deed", False)
    (turned,) = _acts(claim("C2", "CONSULT", DAY, sign="conflictual"))
    assert (turned.channel, turned.conflictual) == ("word", True)


def test_a_remark_counts_only_with_a_sign():
    assert _acts(claim("C1", "STATEMENT", DAY)) == []
    (signed,) = _acts(claim("C1", "STATEMENT", DAY, sign="cooperative"))
    assert (signed.channel, signed.conflictual) == ("word", False)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": Kind.FIGURE},
        {"kind": Kind.FORECAST},
        {"kind": Kind.STATEMENT},
        {"kind": Kind.STATE},
        {"modality": Modality.PLANNED},
        {"modality": Modality.HYPOTHETICAL},
        {"polarity": Polarity.DENIED},
        {"start": None, "end": None},
        {"recipients": ()},
        {"recipients": ("zenda",)},
        {"actors": ()},
    ],
    ids=str,
)
def test_what_is_no_act_of_the_pair(fields):
    one = claim("C1", "ASSAULT", DAY)
    assert len(_acts(one)) == 1
    assert _acts(claim("C1", "ASSAULT", DAY, **fields)) == []


def test_an_act_that_nobody_dates_is_seen_by_no_day_and_breaks_nothing():
    from foreshock.evidence.view import Evidence, Recorded

    undated = claim("C1", "ASSAULT", DAY, known_at=None)
    evidence = seen([claim("C2", "AID", DAY)], DAY)
    loose = Evidence.build(
        "made", DAY, [*evidence.recorded, Recorded(undated, evidence.recorded[0].recorded_at)], []
    )
    (found,) = acts_in(loose).between("gondal", "ruritania")
    assert not found.conflictual


@pytest.mark.parametrize(
    ("agency", "weight"), [("", 1.0), ("deliberate", 1.0), ("accident", 0.25), ("non-state", 0.25)]
)
def test_accidents_and_acts_of_no_state_weigh_a_quarter(agency, weight):
    (found,) = _acts(claim("C1", "ASSAULT", DAY, agency=agency))
    assert found.weight == weight
    assert agency_weights()["deliberate"] == 1.0


def test_an_accident_moves_the_share_less():
    def share(agency: str) -> float:
        told = [*sure("H", "AID", DAY - timedelta(weeks=1)),
                *sure("C", "ASSAULT", DAY, agency=agency)]  # fmt: skip
        (dyad,) = strain(acts_in(seen(told, DAY)), DAY)
        return dyad.deeds.now.mean

    without = strain(acts_in(seen(sure("H", "AID", DAY - timedelta(weeks=1)), DAY)), DAY)
    assert without[0].deeds.now.mean < share("accident") < share("deliberate")


# ---------------------------------------------------------------------- how sure


def test_a_denied_deed_counts_with_its_probability_and_the_accusation_with_its_own():
    deed = claim("D1", "ASSAULT", DAY, source="s0")
    denial = claim("D2", "ASSAULT", DAY, source="s1", polarity=Polarity.DENIED)
    word = claim(
        "W1", "ACCUSE", DAY, "ruritania", "gondal", links=(Link(Relation.ALLEGES, deed.id),)
    )
    evidence = seen([deed, denial, word], DAY)
    events = reconcile(evidence)
    by_channel = {act.channel: act for act in acts_in(evidence).between("gondal", "ruritania")}
    assert set(by_channel) == {"deed", "word"}
    for act in by_channel.values():
        assert act.probability == events[act.event].belief.probability
    assert by_channel["deed"].probability == pytest.approx(0.5)
    assert by_channel["word"].probability > 0.95
    (dyad,) = strain(acts_in(evidence), DAY)
    assert dyad.deeds.now.mass < 0.75 < dyad.words.now.mass


def test_a_second_source_makes_it_count_for_more():
    one = _acts(claim("C1", "ASSAULT", DAY))
    two = _acts(claim("C1", "ASSAULT", DAY), claim("C2", "ASSAULT", DAY, source="s1"))
    assert len(one) == len(two) == 1
    assert one[0].probability < two[0].probability < 1


@pytest.mark.parametrize(
    ("quantities", "deaths"),
    [
        ([], None),
        ([[Quantity("wounded", "", best=4)]], None),
        ([[Quantity("killed", "", best=0)]], 0.0),
        ([[Quantity("killed", "soldiers", best=7), Quantity("killed", "civilians", best=3)]], 10.0),
        ([[Quantity("killed", "", low=5)], [Quantity("killed", "", best=2)]], 5.0),
        ([[Quantity("killed", "", high=9)], []], 9.0),
    ],
    ids=str,
)
def test_deaths_are_the_most_that_one_claim_tells(quantities, deaths):
    told = [
        claim(f"C{n}", "ASSAULT", DAY, source=f"s{n}", quantities=tuple(found))
        for n, found in enumerate(quantities or [[]])
    ]
    (found,) = _acts(*told)
    assert found.deaths == deaths


# ---------------------------------------------------------------------- when


@pytest.mark.parametrize(
    ("start", "end", "precision", "known", "day"),
    [
        (date(2020, 5, 1), date(2020, 5, 31), Precision.MONTH, DAY, date(2020, 5, 16)),
        (date(2020, 5, 11), date(2020, 5, 12), Precision.WITHIN, DAY, date(2020, 5, 11)),
        # Known in the middle of its month or year: only what was past can have happened.
        (date(2020, 5, 1), date(2020, 5, 31), Precision.MONTH, date(2020, 5, 3), date(2020, 5, 2)),
        (date(2020, 1, 1), date(2020, 12, 31), Precision.YEAR, DAY, date(2020, 3, 17)),
    ],
)
def test_an_act_lies_in_the_middle_of_its_days(start, end, precision, known, day):
    told = claim("C1", "ASSAULT", start, end=end, precision=precision, known_at=known)
    (found,) = _acts(told)
    assert (found.day, found.known_at) == (day, known)


# ---------------------------------------------------------------------- whose

ARMY = (_part("army", "gondal"), _part("guard", "army"))


def test_what_a_part_does_the_whole_did():
    told = claim("C1", "ASSAULT", DAY, "guard", "ruritania")
    for side in ("guard", "army", "gondal"):
        assert len(_acts(told, a=side, entries=ARMY)) == 1
    assert acts_in(seen([told], DAY, ARMY)).pairs() == [("gondal", "ruritania")]
    assert _acts(told, a="zenda", entries=ARMY) == []


def test_both_directions_count():
    told = [claim("C1", "ASSAULT", DAY), claim("C2", "AID", DAY, "ruritania", "gondal")]
    assert [act.conflictual for act in _acts(*told)] in ([True, False], [False, True])
    assert _acts(*told) == _acts(*told, a="ruritania", b="gondal")


def test_a_part_and_its_whole_have_only_what_they_did_to_each_other():
    mutiny = claim("C1", "ASSAULT", DAY, "army", "gondal")
    outward = [claim("C2", "ASSAULT", DAY, "army", "zenda"), claim("C3", "AID", DAY, "zenda")]
    acts = acts_in(seen([mutiny, *outward], DAY, ARMY))
    assert [act.conflictual for act in acts.between("army", "gondal")] == [True]
    assert ("army", "gondal") not in acts.pairs()
    found = strain(acts, DAY, ["gondal", "army"])
    assert len(dyad_of(found, "gondal", "army").deeds.acts) == 1
    assert strain(acts_in(seen(outward, DAY, ARMY)), DAY, ["gondal", "army"]) == []


def test_talks_of_several_told_without_sides_are_talks_of_each_pair():
    told = claim("C1", "CONSULT", DAY, ("gondal", "ruritania", "zenda"), ())
    acts = acts_in(seen([told], DAY))
    assert acts.pairs() == [("gondal", "ruritania"), ("gondal", "zenda"), ("ruritania", "zenda")]
    assert len(acts.between("gondal", "zenda")) == 1
    # A deed without a recipient was done to nobody.
    assert acts_in(seen([claim("C2", "ASSAULT", DAY, ("gondal", "zenda"), ())], DAY)).pairs() == []


# ---------------------------------------------------------------------- clients

CLIENTS = (
    _part("bandits"), _part("smugglers"), _part("corps", "gondal"),
    _patron("gondal", "bandits"), _patron("zenda", "smugglers"),
)  # fmt: skip


def _by_clients(*claims: Claim, entries: tuple[Entry, ...] = CLIENTS, b: str = "zenda"):
    return acts_in(seen(claims, DAY, entries)).by_clients("gondal", b)


def test_what_a_client_did_counts_in_the_second_reading_only():
    strike = claim("C1", "ASSAULT", DAY, "bandits", "zenda")
    kind = [claim(f"H{n}", "AID", DAY - timedelta(weeks=n), "gondal", "zenda") for n in range(5)]
    assert _acts(strike, *kind, b="zenda", entries=CLIENTS) == _acts(*kind, b="zenda")
    (through,) = _by_clients(strike, *kind)
    assert (through.client, through.conflictual) == ("bandits", True)
    dyad = dyad_of(strain(acts_in(seen([strike, *kind], DAY, CLIENTS)), DAY), "gondal", "zenda")
    assert dyad.deeds.with_clients is not None
    assert dyad.deeds.with_clients.mean > dyad.deeds.now.mean
    assert dyad.deeds.with_clients.mass > dyad.deeds.now.mass
    assert dyad.words.with_clients is None
    pulls = {moved.act.client: moved.pull for moved in dyad.deeds.moved}
    assert pulls["bandits"] == 0
    alone = strain(acts_in(seen(kind, DAY, CLIENTS)), DAY)[0]
    assert alone.deeds.with_clients is None
    assert alone.deeds.now == dyad.deeds.now


def test_where_the_patron_acted_too_it_is_its_own_act_once():
    joint = claim("C1", "ASSAULT", DAY, ("gondal", "bandits"), "zenda")
    assert _by_clients(joint) == []
    (direct,) = _acts(joint, b="zenda", entries=CLIENTS)
    assert direct.client == ""
    (dyad,) = strain(acts_in(seen([joint], DAY, CLIENTS)), DAY, ["gondal", "zenda"])
    assert dyad.deeds.with_clients is None
    # The same through a part of the patron.
    assert _by_clients(claim("C2", "ASSAULT", DAY, ("corps", "bandits"), "zenda")) == []


def test_what_was_done_to_a_client_is_no_act_towards_its_patron():
    assert _by_clients(claim("C1", "ASSAULT", DAY, "zenda", "bandits")) == []


@pytest.mark.parametrize(
    ("kind", "clients"),
    [("unit", ["bandits"]), ("armed force", ["bandits"]), ("office", ["bandits"]), ("group", [])],
)
def test_an_organ_of_a_client_acts_for_it_and_a_group_within_it_for_itself(kind, clients):
    band = Actor(id="night-band", name="Night Band", kind=kind, parents=("bandits",))
    strike = claim("C1", "ASSAULT", DAY, "night-band", "zenda")
    found = _by_clients(strike, entries=(*CLIENTS, band))
    assert [act.client for act in found] == clients


def test_an_organ_of_an_organ_acts_for_the_client():
    corps = Actor(id="wing", name="Wing", kind="armed force", parents=("bandits",))
    band = Actor(id="night-band", name="Night Band", kind="unit", parents=("wing",))
    strike = claim("C1", "ASSAULT", DAY, "night-band", "zenda")
    (found,) = _by_clients(strike, entries=(*CLIENTS, corps, band))
    assert found.client == "bandits"


def test_a_client_that_is_part_of_its_patron_or_of_the_other_is_none():
    own = (*CLIENTS, _patron("gondal", "corps"))
    assert _by_clients(claim("C1", "ASSAULT", DAY, "corps", "zenda"), entries=own) == []
    exiles = (*CLIENTS, _part("exiles", "zenda"), _patron("gondal", "exiles"))
    assert _by_clients(claim("C1", "ASSAULT", DAY, "exiles", "zenda"), entries=exiles) == []


def test_the_client_of_a_part_is_the_wholes_client():
    entries = (_part("corps", "gondal"), _part("bandits"), _patron("corps", "bandits"))
    (found,) = _by_clients(claim("C1", "ASSAULT", DAY, "bandits", "zenda"), entries=entries)
    assert found.client == "bandits"


def test_an_act_by_clients_of_both_sides_is_counted_once():
    talks = claim("C1", "SUPPORT", DAY, ("bandits", "smugglers"), ("gondal", "zenda"))
    assert len(_by_clients(talks)) == 1


def test_a_patron_that_is_known_later_is_none_yet():
    late = Tie(key="late", a="gondal", b="bandits", kind="patron", start=DAY + timedelta(days=1))
    strike = claim("C1", "ASSAULT", DAY, "bandits", "zenda")
    assert _by_clients(strike, entries=(_part("bandits"), late)) == []
