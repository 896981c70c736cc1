"""Belief through the whole path: copies add nothing, origins add, denials take away."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.evidence.strategies import CASE, DAY, Cast, Clock, World, replace, worlds

from foreshock.assess.picture import assess
from foreshock.brief.compose import compose
from foreshock.core.quantities import Quantity
from foreshock.evidence.actors import Actor, Tie
from foreshock.evidence.belief import Belief, believe, load_weights
from foreshock.evidence.claim import (
    Attribution,
    Claim,
    Kind,
    Modality,
    Polarity,
    Report,
    Source,
)
from foreshock.evidence.reconcile import Event, reconcile
from foreshock.evidence.records import Entry, is_dated, known_at_of
from foreshock.evidence.view import Evidence, Recorded

FAR = DAY + timedelta(days=60)


def evidence(world: World, *more: Claim | Entry) -> Evidence:
    """Give what a store would show of a world, and more, on a day after all of it."""
    records = [*world.claims, *world.cast.entries, *more]
    return build(*(each for each in records if _is_seen(each)), day=FAR)


def _is_seen(record: Claim | Entry) -> bool:
    if isinstance(record, Claim):
        return record.known_at is not None
    return known_at_of(record) is not None or not is_dated(record)


def build(*records: Claim | Entry, day: date = DAY) -> Evidence:
    recorded = [Recorded(each, Clock().now) for each in records if isinstance(each, Claim)]
    return Evidence.build(CASE, day, recorded, [e for e in records if not isinstance(e, Claim)])


def act(data: st.DataObject, seen: Evidence) -> Claim:
    """Draw one of the claims that events are made of."""
    acts = [c for event in reconcile(seen).values() for c in (*event.claims, *event.denials)]
    assume(acts)
    return seen.claims[data.draw(st.sampled_from(sorted(acts)))]


def event_of(claim: Claim, seen: Evidence) -> Event:
    """Find the one event that a claim belongs to."""
    (found,) = [e for e in reconcile(seen).values() if claim.id in (*e.claims, *e.denials)]
    return found


def told_by(source: str, claim: Claim, *, copy_of: str = "", **changes: object) -> list:
    """Tell a claim's content in a new report of a source."""
    known_at = claim.known_at + timedelta(days=1)
    report = Report(
        source=source, title=f"New in {source}", known_at=known_at, copy_of=copy_of, key="new"
    )
    chain = (Attribution(source),)
    changes = {"chain": chain, "links": (), "key": "new", "known_at": known_at} | changes
    return [report, replace(claim, id="", report=report.id, **changes)]


def grouped(seen: Evidence) -> dict[frozenset[str], tuple[Belief, tuple[str, ...]]]:
    """Give belief and origins of each event, named by its members; a new telling left out."""
    return {
        frozenset(c for c in (*e.claims, *e.denials) if seen.claims[c].key != "new"): (
            e.belief,
            e.origins,
        )
        for e in reconcile(seen).values()
    }


LETTER = st.sampled_from("ABCDEF")


@settings(max_examples=80)
@given(st.data(), worlds(), LETTER)
def test_a_syndicated_copy_changes_no_belief_and_no_origin(data, world, letter):
    before = evidence(world)
    claim = act(data, before)
    report = before.reports.get(claim.report)
    original = claim.speaker
    if report is not None and original == report.source:
        original = report.origin  # a copy of a copy
    # The copier may be of any letter and of any side: the words are not its own.
    side = data.draw(st.sampled_from(["", *(actor.id for actor in world.cast.actors)]))
    copier = Source(id="copier", name="Copier", reliability=letter, side=side)
    after = evidence(world, copier, *told_by("copier", claim, copy_of=original))
    assert len(after.claims) == len(before.claims) + 1
    assert grouped(after) == grouped(before)


@settings(max_examples=80)
@given(st.data(), worlds(), LETTER)
def test_an_independent_origin_never_lowers_belief(data, world, letter):
    before = evidence(world)
    claim = act(data, before)
    assume(claim.polarity is Polarity.ASSERTED)
    other = Source(id="other", name="Other", reliability=letter)
    after = evidence(world, other, *told_by("other", claim))
    was, now = event_of(claim, before), event_of(claim, after)
    assert set(now.origins) == {*was.origins, "other"}
    assert now.belief.probability >= was.belief.probability
    if was.belief.probability < 0.999:
        assert now.belief.probability > was.belief.probability
    untouched = {members: found for members, found in grouped(before).items()
                 if claim.id not in members}  # fmt: skip
    assert untouched.items() <= grouped(after).items()


@settings(max_examples=80)
@given(st.data(), worlds(), LETTER)
def test_a_denial_never_raises_belief(data, world, letter):
    before = evidence(world)
    claim = act(data, before)
    voices = ["other", *(source.id for source in world.cast.sources)]
    voice = data.draw(st.sampled_from(voices))
    other = Source(id="other", name="Other", reliability=letter)
    denial = told_by(voice, claim, polarity=Polarity.DENIED)
    after = evidence(world, other, *denial)
    was, now = event_of(claim, before), event_of(claim, after)
    assert denial[1].id in now.denials
    assert now.belief.probability <= was.belief.probability
    assert now.claims == was.claims
    assert now.origins == was.origins


@settings(max_examples=80)
@given(worlds())
def test_the_range_holds_the_central_value_and_the_chain_is_whole(world):
    seen = evidence(world)
    members: list[str] = []
    for key, event in reconcile(seen).items():
        belief = event.belief
        assert 0 < belief.low <= belief.probability <= belief.high < 1
        assert key == event.id
        assert event.id in (*event.claims, *event.denials)
        assert not set(event.claims) & set(event.denials)
        assert set(event.origins) == {seen.origin(seen.claims[c]) for c in event.claims}
        assert event.reports <= len(event.claims)
        members += [*event.claims, *event.denials]
    assert len(members) == len(set(members)), "a claim tells of one event at most"
    told = {claim.id for claim in seen.standing
            if claim.kind is Kind.EVENT and claim.modality is Modality.ACTUAL
            and claim.when is not None and claim.type}  # fmt: skip
    assert told <= set(members), "every dated act that stands is in an event"
    compose(assess(seen), case=CASE, title="River War")


# ---------------------------------------------------------------------- metamorphic


def renamed(world: World, names: dict[str, str]) -> World:
    """Give every actor another id, wherever it is named."""

    def new(actor: str) -> str:
        return names.get(actor, actor)

    def group(quantity: Quantity) -> Quantity:
        owner, slash, category = quantity.group.rpartition("/")
        return replace(quantity, group=new(owner) + slash + category)

    def entry(each: Entry) -> Entry:
        match each:
            case Source():
                return replace(each, side=new(each.side))
            case Actor():
                return replace(each, id=new(each.id), parents=tuple(map(new, each.parents)))
            case Tie():
                return replace(each, a=new(each.a), b=new(each.b))
        return each

    cast = Cast(
        sources=tuple(map(entry, world.cast.sources)),
        reports=world.cast.reports,
        actors=tuple(map(entry, world.cast.actors)),
        places=world.cast.places,
        others=tuple(map(entry, world.cast.others)),
    )
    ids: dict[str, str] = {}
    claims = []
    for claim in world.claims:
        told = replace(
            claim,
            id="",
            actors=tuple(map(new, claim.actors)),
            recipients=tuple(map(new, claim.recipients)),
            quantities=tuple(map(group, claim.quantities)),
            links=tuple(replace(link, target=ids[link.target]) for link in claim.links),
        )
        ids[claim.id] = told.id
        claims.append(told)
    return World(cast=cast, claims=tuple(claims))


def outline(seen: Evidence) -> set[tuple]:
    """Give the events by the handles of their claims, which carry no actor's name."""
    return {
        (
            frozenset(seen.claims[c].key for c in event.claims),
            frozenset(seen.claims[c].key for c in event.denials),
            tuple(round(p, 12) for p in (event.belief.low, event.belief.probability,
                                         event.belief.high)),
            event.when,
            event.background,
            event.reports,
            len(event.origins),
        )
        for event in reconcile(seen).values()
    }  # fmt: skip


@settings(max_examples=60)
@given(st.data(), worlds())
def test_renaming_the_actors_renames_them_and_no_more(data, world):
    ids = [actor.id for actor in world.cast.actors]
    names = dict(zip(ids, data.draw(st.permutations([*ids, "x1", "x2"])), strict=False))
    before, after = evidence(world), evidence(renamed(world, names))
    assert outline(after) == outline(before)
    assert len(after.struck) == len(before.struck)
    holders = {
        tuple(sorted(names.get(a, a) for a in say.holders))
        for holding in assess(before).control
        for say in holding.says
    }
    assert holders == {
        tuple(sorted(say.holders)) for holding in assess(after).control for say in holding.says
    }


# ---------------------------------------------------------------------- by example


def assault(by: str, **fields: object) -> Claim:
    fields = {"rating": 2, "known_at": DAY, "chain": (Attribution(by),)} | fields
    return Claim(
        report=f"of {by}", type="ASSAULT", start=DAY, end=DAY, summary="shells fall", **fields
    )


def test_belief_is_the_sum_of_its_weights():
    # By hand: prior 0.5 is log-odds 0; B at rating 2 weighs 1.8, C at rating 3 weighs 1.2 x 0.8.
    table = load_weights()
    assert (table.reliability["B"], table.reliability["C"], table.information[3]) == (1.8, 1.2, 0.8)
    claims = [assault("b"), assault("c", rating=3), assault("d", polarity=Polarity.DENIED)]
    sources = [Source(id=each, name=each, reliability=each.upper()) for each in "bcd"]
    belief = believe(claims, build(*claims, *sources))
    pull = 1.8 + 1.2 * 0.8 - 0.6
    for found, factor in ((belief.low, 0.5), (belief.probability, 1), (belief.high, 2)):
        assert found == pytest.approx(1 / (1 + math.exp(-factor * pull)))


def test_all_voices_of_a_side_are_one_origin():
    voices = [
        Source(id=name, name=name, side="crown", reliability="C") for name in ("palace", "staff")
    ]
    one, two = assault("palace"), assault("staff")
    alone, both = build(one, *voices), build(one, two, *voices)
    (single,), (double,) = reconcile(alone).values(), reconcile(both).values()
    assert single.belief == double.belief
    assert double.origins == ("side:crown",)
    assert double.reports == 2


def test_a_party_speaking_of_its_enemy_counts_half():
    crown = Source(id="palace", name="Palace", side="crown", reliability="C")
    of_enemy = assault("palace", actors=("army",), recipients=("crown",))
    of_itself = assault("palace", actors=("crown",), recipients=("army",))
    weights = [
        math.log(p / (1 - p))
        for claim in (of_enemy, of_itself)
        for p in [believe([claim], build(claim, crown)).probability]
    ]
    assert weights[0] == pytest.approx(weights[1] / 2)


def test_a_copy_of_a_partys_words_stays_the_partys():
    # The wire is trusted and takes no side; what it passes on is still the palace speaking.
    palace = Source(id="palace", name="Palace", side="crown", reliability="D")
    wire = Source(id="wire", name="Wire", reliability="A")
    original = assault("palace", actors=("army",), recipients=("crown",))
    report = Report(source="wire", title="Palace says", known_at=DAY, copy_of="palace")
    copy = replace(original, id="", report=report.id, chain=(Attribution("wire"),))
    alone, both = build(original, palace, wire), build(original, copy, palace, wire, report)
    assert both.origin(copy) == both.origin(original) == "side:crown"
    assert both.side(copy) == "crown"
    (single,), (double,) = reconcile(alone).values(), reconcile(both).values()
    assert double.belief == single.belief


def test_a_claim_without_a_chain_is_its_publishers():
    reports = [Report(source=name, title=name, known_at=DAY) for name in ("gazette", "herald")]
    sources = [Source(id=name, name=name, reliability="B") for name in ("gazette", "herald")]
    claims = [replace(assault("x", chain=()), id="", report=report.id) for report in reports]
    (event,) = reconcile(build(*claims, *reports, *sources)).values()
    assert event.origins == ("gazette", "herald")
    alone = reconcile(build(claims[0], *reports, *sources))[claims[0].id]
    assert event.belief.probability > alone.belief.probability


@pytest.mark.parametrize("polarity", list(Polarity))
def test_hundreds_of_origins_are_no_more_than_nearly_certain(polarity):
    names = [f"s{n}" for n in range(300)]
    sources = [Source(id=name, name=name, reliability="A") for name in names]
    claims = [assault(name, polarity=polarity) for name in names]
    (event,) = reconcile(build(*claims, *sources)).values()
    belief = event.belief
    assert 0 < belief.low <= belief.probability <= belief.high < 1


def test_an_unknown_source_and_rating_count_a_little():
    claim = assault("nobody-knows")
    belief = believe([claim], build(claim))
    assert 0.5 < belief.probability < 0.65
