"""Hypothesis strategies for evidence: casts of sources and actors, claims about them, and batches.

A `Cast` is everything that is not a claim (sources, reports, actors, places ...), a `World` is a
cast with claims. Draw a world, then what comes later: `news` cannot be seen as of a day, `mistakes`
may touch anything. All days lie in a few months around `DAY`, names and places are few, so that
claims do meet in events, contradict each other and are taken back.

Examples
--------
>>> from hypothesis import strategies as st
>>> isinstance(worlds(), st.SearchStrategy)
True
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
from hypothesis import strategies as st

from foreshock.core.places import Place
from foreshock.core.quantities import Quantity
from foreshock.core.questions import Question
from foreshock.core.time import Precision
from foreshock.evidence.actors import Actor, Alias, Tie
from foreshock.evidence.batch import Batch, Withdrawal
from foreshock.evidence.claim import (
    SAME_SPEAKER,
    Attribution,
    Claim,
    Kind,
    KnownBasis,
    Link,
    Modality,
    Polarity,
    Relation,
    Report,
    Source,
)
from foreshock.evidence.records import (
    Entry,
    Outcome,
    PersonForecast,
    Road,
    book_of,
    key_of,
    record_digest,
)
from foreshock.evidence.store import Store


def replace(record, **changes):
    """Give a record with some fields changed, whichever kind of record it is."""
    if isinstance(record, msgspec.Struct):
        return msgspec.structs.replace(record, **changes)
    return dataclasses.replace(record, **changes)


CASE = "river-war"
"""Name of the case that everything belongs to."""

DAY = date(2031, 4, 15)
"""The day around which everything happens."""

SPREAD = 30
"""Known days lie at most this many days from `DAY`."""

_ACTORS = ("crown", "guard", "militia", "republic", "army", "villagers")
_PLACES = ("ford", "mill", "bridge", "north", "valley")
_SOURCES = ("gazette", "herald", "monitor", "palace", "staff", "wire")
_TEXT = st.text(alphabet="abc é'\"=\\\n\t<&ﷺ😀", max_size=8)
_EVENTS = (
    ("ASSAULT", "heavy-weapons", 5),
    ("ASSAULT", "", 3),
    ("COERCE", "seize", 2),
    ("COERCE", "", 1),
    ("MOBILIZE", "", 1),
    ("RETREAT", "", 1),
    ("DISPLACE", "", 1),
    ("CONSULT", "phone", 2),
    ("AGREE", "", 1),
    ("ACCUSE", "", 1),
    ("THREATEN", "", 1),
    ("STATEMENT", "", 1),
    ("", "", 1),
)
_TYPED = tuple((code, mode) for code, mode, times in _EVENTS for _ in range(times))
_LETTERS = "ABCDEF"


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Everything in a case but its claims.

    Attributes
    ----------
    sources, reports, actors, places, others
        Records with distinct keys; `others` are ties, roads, questions, outcomes and people's
        forecasts.
    """

    sources: tuple[Source, ...]
    reports: tuple[Report, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    others: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All reference records."""
        return (*self.sources, *self.reports, *self.actors, *self.places, *self.others)

    def side(self, source: str) -> str:
        """Actor whose voice a source is; empty if it is no party's."""
        return next((each.side for each in self.sources if each.id == source), "")

    def one_voice(self, a: Claim, b: Claim) -> bool:
        """Whether one source, or one side, says both, so that one may take back the other."""
        reports = {report.id: report for report in self.reports}
        first, second = (claim.voice(reports.get(claim.report)) for claim in (a, b))
        return first == second or bool(self.side(first) and self.side(first) == self.side(second))


@dataclass(frozen=True, kw_only=True)
class World:
    """A cast and what is claimed of it; a claim comes after those that it bears on."""

    cast: Cast
    claims: tuple[Claim, ...]

    @property
    def batch(self) -> Batch:
        """All of it, to be added together."""
        return Batch(claims=self.claims, entries=self.cast.entries)


# ---------------------------------------------------------------------- a store of one's own


@dataclass
class Clock:
    """A clock that stands still until it is told to go on."""

    now: datetime = datetime(2031, 6, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def pass_by(self, **time: float) -> None:
        """Go on by so many hours, seconds ..."""
        self.now += timedelta(**time)


@contextmanager
def opened() -> Iterator[tuple[Store, Clock]]:
    """Open a new store with its clock (a fixture would be shared by all examples of a test)."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        yield Store(Path(folder) / "evidence.sqlite", clock), clock


# ---------------------------------------------------------------------- who and where


def days(first: int = -SPREAD, last: int = SPREAD) -> st.SearchStrategy[date]:
    """Draw a day, counted from `DAY`."""
    return st.integers(first, last).map(lambda n: DAY + timedelta(days=n))


@st.composite
def sources(draw: st.DrawFn, id: str, sides: Sequence[str] = ()) -> Source:
    """Draw a source: a party's voice or nobody's, of any Admiralty letter."""
    return Source(
        id=id,
        name=id.title(),
        side=draw(st.sampled_from(["", "", *sides])),
        reliability=draw(st.sampled_from(_LETTERS)),
        lean=draw(st.sampled_from(["", "pro-crown"])),
    )


@st.composite
def reports(
    draw: st.DrawFn,
    key: str,
    publishers: Sequence[str],
    known: st.SearchStrategy[date | None] | None = None,
) -> Report:
    """Draw a report by one of some sources, sometimes a syndicated copy."""
    known_at = draw(days() | st.none() if known is None else known)
    return Report(
        key=key,
        source=draw(st.sampled_from(publishers)),
        title=draw(_TEXT),
        published=known_at,
        known_at=known_at,
        known_basis=KnownBasis.SOURCE if known_at else KnownBasis.UNKNOWN,
        copy_of=draw(st.sampled_from(["", "", "", *publishers])),
    )


@st.composite
def actors(draw: st.DrawFn, id: str, above: Sequence[str] = ()) -> Actor:
    """Draw an actor, alone or a part of others."""
    return Actor(
        id=id,
        name=id.title(),
        parents=tuple(draw(st.lists(st.sampled_from(above), max_size=1))) if above else (),
        country=draw(st.sampled_from(["", "RUR"])),
        sector=draw(st.sampled_from(["", "MIL"])),
        aliases=tuple(draw(st.lists(st.just(Alias(f"{id}s", DAY)), max_size=1))),
    )


@st.composite
def places(draw: st.DrawFn, id: str, areas: Sequence[str] = (), kind: str = "town") -> Place:
    """Draw a place, within 15 km of the others or far from them, in an area or in none."""
    known = draw(st.booleans())
    return Place(
        id=id,
        name=id.title(),
        kind=kind,
        lat=draw(st.sampled_from([10.0, 10.05, 11.0])) if known else None,
        lon=20.0 if known else None,
        parents=tuple(draw(st.lists(st.sampled_from(areas), max_size=1))) if areas else (),
    )


@st.composite
def ties(
    draw: st.DrawFn, key: str, ends: Sequence[str], known: st.SearchStrategy[date | None]
) -> Tie:
    """Draw a standing relation between two actors, dated memberships included."""
    return Tie(
        key=key,
        a=draw(st.sampled_from(ends)),
        b=draw(st.sampled_from(ends)),
        kind=draw(st.sampled_from(["part_of", "patron", "alliance"])),
        support=draw(st.sampled_from([(), ("arms",), ("arms", "money")])),
        start=draw(st.none() | days()),
        known_at=draw(known),
    )


@st.composite
def others(
    draw: st.DrawFn, stem: str, ends: Sequence[str], known: st.SearchStrategy[date | None]
) -> tuple[Entry, ...]:
    """Draw a few ties, a question, its outcome and a person's forecast, all under one stem."""
    opens = draw(known) or DAY
    drawn: list[Entry] = [
        draw(ties(f"{stem}tie{n}", ends, known)) for n in range(draw(st.integers(0, 2)))
    ]
    if draw(st.booleans()):
        asked = f"{stem}asked"
        drawn += [
            Question(id=asked, text="Will it hold?", opens=opens, closes=opens + timedelta(7)),
            Outcome(id=asked, outcome=draw(st.sampled_from(["yes", "no"])), known_at=draw(known)),
            PersonForecast(id=f"{stem}said", source="herald", made=opens, text="It will not.",
                           low=0.1, high=0.3, question=asked, known_at=draw(known)),
        ]  # fmt: skip
    return tuple(drawn)


@st.composite
def casts(draw: st.DrawFn) -> Cast:
    """Draw the cast of a case."""
    names = _ACTORS[: draw(st.integers(3, len(_ACTORS)))]
    people = [draw(actors(name, names[:n])) for n, name in enumerate(names)]
    areas = [draw(places("north", kind="province")), draw(places("valley", ["north"], "district"))]
    points = [draw(places(name, ["north", "valley"])) for name in _PLACES[:3]]
    voices = [draw(sources(name, names[:3])) for name in _SOURCES[: draw(st.integers(2, 6))]]
    told = [
        draw(reports(f"r{n}", [voice.id for voice in voices]))
        for n in range(draw(st.integers(2, 5)))
    ]
    return Cast(
        sources=tuple(voices),
        reports=tuple(told),
        actors=tuple(people),
        places=(*areas, *points),
        others=(
            *draw(others("", names, days() | st.none())),
            *draw(st.lists(st.just(Road(a="ford", b="mill", km=4.5)), max_size=1)),
        ),
    )


# ---------------------------------------------------------------------- claims


@st.composite
def quantities(draw: st.DrawFn, actors: Sequence[str] = ()) -> Quantity:
    """Draw a count with some of its bounds."""
    low, best, high = sorted(draw(st.lists(st.sampled_from([0, 1, 2.5, 7, 30, 1e6]),
                                           min_size=3, max_size=3)))  # fmt: skip
    said = draw(st.integers(1, 7))
    owner = draw(st.sampled_from(["", *(f"{actor}/" for actor in actors)]))
    return Quantity(
        draw(st.sampled_from(["killed", "wounded", "displaced"])),
        draw(st.sampled_from(["", owner + "soldiers", owner + "civilians"])),
        low if said & 1 else None,
        best if said & 2 else None,
        high if said & 4 else None,
        draw(st.sampled_from(["", "", "moves"])),
    )


@st.composite
def intervals(draw: st.DrawFn) -> tuple[date | None, date | None, Precision]:
    """Draw when a thing happened: a day, a few days, a month, a long span, or nobody said."""
    if draw(st.integers(0, 9)) == 0:
        return None, None, Precision.DAY
    start = draw(days(-6, 6))
    length, precision = draw(
        st.sampled_from(
            [(0, Precision.DAY)] * 4
            + [(1, Precision.WITHIN), (2, Precision.SPAN), (6, Precision.WEEK), (9, Precision.SPAN)]
            + [(29, Precision.MONTH), (0, Precision.BY)]
        )
    )
    return start, start + timedelta(days=length), precision


@st.composite
def chains(draw: st.DrawFn, publisher: str, voices: Sequence[str]) -> tuple[Attribution, ...]:
    """Draw who says so: the publisher in its own voice, or others whom it quotes."""
    inner = draw(st.lists(st.sampled_from(voices), max_size=2)) if draw(st.booleans()) else []
    cue = draw(st.sampled_from(["", "said"]))
    return (*(Attribution(voice, cue) for voice in inner), Attribution(publisher))


@st.composite
def links(draw: st.DrawFn, claim: Claim, cast: Cast, earlier: Sequence[Claim]) -> tuple[Link, ...]:
    """Draw how a claim bears on earlier ones; only the speaker's side updates or takes back."""
    if not earlier or not draw(st.booleans()):
        return ()
    target = draw(st.sampled_from(earlier))
    own = cast.one_voice(claim, target)
    allowed = [each for each in Relation if own or each not in SAME_SPEAKER]
    if own and draw(st.booleans()):
        allowed = sorted(SAME_SPEAKER)
    return (Link(draw(st.sampled_from(allowed)), target.id),)


@st.composite
def claims(
    draw: st.DrawFn,
    cast: Cast,
    key: str,
    earlier: Sequence[Claim] = (),
    known: st.SearchStrategy[date | None] | None = None,
) -> Claim:
    """Draw a claim of any kind.

    Parameters
    ----------
    cast : Cast
        Whom and what it may name.
    key : str
        The coder's handle, distinct among the claims of a world.
    earlier : sequence of Claim
        What it may bear on.
    known : strategy, optional
        Days on which the public could know it; any day or none if not given.
    """
    told_in = draw(st.sampled_from(cast.reports))
    names = [actor.id for actor in cast.actors]
    chain = draw(chains(told_in.source, [source.id for source in cast.sources]))
    kind = draw(st.sampled_from([Kind.EVENT] * 6 + [Kind.FIGURE, Kind.STATE, Kind.STATE, *Kind]))
    code, mode = draw(st.sampled_from(_TYPED))
    if kind is Kind.STATE:
        code, mode = "", draw(st.sampled_from(["holds", "contests", "surrounds", "present"]))
    start, end, precision = draw(intervals())
    known_at = draw((days() if draw(st.integers(0, 9)) else st.none()) if known is None else known)
    due = draw(days()) if draw(st.integers(0, 7)) == 0 else None
    claim = Claim(
        key=key,
        report=told_in.id,
        kind=kind,
        type=code,
        mode=mode,
        context=draw(st.sampled_from([(), (), ("military",)])),
        actors=tuple(draw(st.lists(st.sampled_from(names), max_size=2, unique=True))),
        recipients=tuple(draw(st.lists(st.sampled_from(names), max_size=1))),
        start=start,
        end=end,
        precision=precision,
        place=draw(st.sampled_from(["", *(place.id for place in cast.places)])),
        destinations=draw(st.sampled_from([(), (), ("ford", "mill")])),
        modality=draw(st.sampled_from([Modality.ACTUAL] * 6 + list(Modality))),
        polarity=draw(st.sampled_from([Polarity.ASSERTED] * 3 + [Polarity.DENIED])),
        background=draw(st.integers(0, 9)) == 0,
        chain=chain,
        quantities=tuple(draw(st.lists(quantities(names), max_size=2))),
        span=draw(st.sampled_from([None, None, (0, 9)])),
        issue=draw(st.sampled_from(["", "arms"])),
        rating=draw(st.integers(1, 6)),
        summary=f"{key} {draw(_TEXT)}",
        due=due,
        consequence="or else" if due and draw(st.booleans()) else "",
        known_at=known_at,
        known_basis=KnownBasis.SOURCE if known_at else KnownBasis.UNKNOWN,
        coder=draw(st.sampled_from(["hand", "rules-1"])),
    )
    return replace(claim, links=draw(links(claim, cast, earlier)))


@st.composite
def worlds(draw: st.DrawFn, most: int = 10, least: int = 1) -> World:
    """Draw a cast and up to `most` claims, copies and retold versions among them."""
    cast = draw(casts())
    told: list[Claim] = []
    for n in range(draw(st.integers(least, most))):
        if told and draw(st.integers(0, 3)) == 0:
            told.append(draw(retold(cast, draw(st.sampled_from(told)), f"c{n}")))
        else:
            told.append(draw(claims(cast, f"c{n}", told)))
    return World(cast=cast, claims=tuple(told))


@st.composite
def retold(
    draw: st.DrawFn,
    cast: Cast,
    claim: Claim,
    key: str,
    known: st.SearchStrategy[date | None] | None = None,
) -> Claim:
    """Draw another telling of a claim's content: other report, other voice, perhaps denied."""
    told_in = draw(st.sampled_from(cast.reports))
    return replace(
        claim,
        id="",
        key=key,
        report=told_in.id,
        chain=(Attribution(told_in.source),),
        summary=f"{key} again",
        span=None,
        quantities=draw(st.sampled_from([claim.quantities, ()])),
        polarity=draw(st.sampled_from(list(Polarity))),
        links=(),
        known_at=draw(days() if known is None else known),
        known_basis=KnownBasis.SOURCE,
    )


# ---------------------------------------------------------------------- what comes later


@st.composite
def recoded(draw: st.DrawFn, claim: Claim) -> Claim:
    """Draw another coding of the same claim: same identity, other coder and rating."""
    return replace(
        claim,
        coder=draw(st.sampled_from(["hand", "rules-2", "llm-1"])),
        rating=draw(st.integers(1, 6)),
        issue="energy",
    )


@st.composite
def news(draw: st.DrawFn, world: World, after: date, stem: str = "n") -> Batch:
    """Draw a batch that nobody could know by the end of a day.

    New sources, reports, ties, questions and outcomes under new keys; new claims, retold ones,
    corrections, retractions, updates, and recodings of old claims, every one known later.

    Parameters
    ----------
    world : World
        What was there before.
    after : datetime.date
        Everything in the batch was known after this day, or nobody knows when.
    stem : str
        Begins every new key.
    """
    dated = st.integers(1, 20).map(lambda n: after + timedelta(days=n))
    later = dated | st.none()
    names = [actor.id for actor in world.cast.actors]
    voice = draw(sources(f"{stem}-voice", names))
    told_in = [
        draw(reports(f"{stem}-r{n}", [voice.id, *(s.id for s in world.cast.sources)], later))
        for n in range(draw(st.integers(1, 2)))
    ]
    cast = replace(
        world.cast,
        sources=(*world.cast.sources, voice),
        reports=(*world.cast.reports, *told_in),
    )
    told: list[Claim] = []
    for n in range(draw(st.integers(1, 5))):
        known_before = (*world.claims, *told)
        old = draw(st.sampled_from(known_before)) if known_before else None
        key = f"{stem}{n}"
        match draw(st.integers(0, 3)), old:
            case 0, Claim():
                told.append(replace(draw(recoded(old)), known_at=draw(dated)))
            case 1, Claim():
                told.append(draw(retold(cast, old, key, dated)))
            case 2, Claim():
                struck = Link(draw(st.sampled_from(sorted(SAME_SPEAKER))), old.id)
                again = replace(draw(retold(cast, old, key, dated)), id="", chain=old.chain)
                own = cast.one_voice(again, old)
                told.append(replace(again, links=(struck,) if own else ()))
            case _:
                told.append(draw(claims(cast, key, known_before, later)))
    return Batch(
        claims=told,
        entries=(voice, *told_in, *draw(others(f"{stem}-", names, dated))),
    )


@st.composite
def mistakes(draw: st.DrawFn, world: World) -> Batch:
    """Draw a coder's second thoughts: claims withdrawn or recoded, entries changed or removed."""
    wrong = draw(st.lists(st.sampled_from(world.claims), unique_by=lambda c: c.id, max_size=4))
    changed: dict[tuple[str, str], Entry] = {}
    for entry in draw(st.lists(st.sampled_from(world.cast.entries), max_size=4)):
        changed[book_of(entry), key_of(entry)] = draw(_mended(entry))
    gone = [
        name
        for entry in draw(st.lists(st.sampled_from(world.cast.entries), max_size=3))
        if (name := (book_of(entry), key_of(entry))) not in changed
    ]
    return Batch(
        claims=[draw(recoded(draw(st.sampled_from(world.claims))))],
        entries=tuple(changed.values()),
        withdrawals=[Withdrawal(record_digest(claim), "misread") for claim in wrong],
        removed=sorted(set(gone)),
    )


@st.composite
def _mended(draw: st.DrawFn, entry: Entry) -> Entry:
    match entry:
        case Source():
            return replace(entry, name="Mended", reliability=draw(st.sampled_from(_LETTERS)))
        case Actor() | Place():
            return replace(entry, name="Mended", parents=())
        case Report():
            return replace(entry, known_at=draw(days()), basis="mended")
        case Tie():
            return replace(entry, kind="rivalry", known_at=draw(days()))
        case Road():
            return replace(entry, km=9.0)
        case Question():
            return replace(entry, text="Mended?")
        case Outcome():
            return replace(entry, outcome="unclear")
    return replace(entry, text="Mended.")


# ---------------------------------------------------------------------- orders


@st.composite
def splits(draw: st.DrawFn, world: World, most: int = 4) -> list[Batch]:
    """Draw a way of adding a world piece by piece, in any order, pieces of it more than once.

    A claim that corrects, retracts or updates another is added with it or after it, and sources and
    reports, which decide who may do so, come first, as the store asks.
    """
    number = draw(st.integers(1, most))
    pieces: list[list[Claim]] = [[] for _ in range(number)]
    home: dict[str, int] = {}
    for claim in world.claims:
        after = max((home.get(link.target, 0) for link in claim.links), default=0)
        home[claim.id] = draw(st.integers(after, number - 1))
        pieces[home[claim.id]].append(claim)
    entries: list[list[Entry]] = [[] for _ in range(number)]
    for entry in world.cast.entries:
        first = 0 if isinstance(entry, Source | Report) else number - 1
        entries[draw(st.integers(0, first))].append(entry)
    found = []
    for n in range(number):
        again = draw(st.lists(st.sampled_from(pieces[n]), max_size=2)) if pieces[n] else []
        found.append(
            Batch(
                claims=draw(st.permutations([*pieces[n], *again])),
                entries=draw(st.permutations(entries[n])),
            )
        )
        if draw(st.booleans()):
            found.append(found[draw(st.integers(0, len(found) - 1))])
    return found
