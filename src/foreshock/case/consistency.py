"""What must hold between the tables of a case: references, words, trees, and the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foreshock.case.about import CaseFile
from foreshock.case.faults import Fault, nearest
from foreshock.case.schema import (
    ActorRow,
    ClaimRow,
    DisplacedRow,
    OutcomeRow,
    PersonForecastRow,
    PlaceRow,
    QuestionRow,
    ReportRow,
    RoadRow,
    Row,
    SourceRow,
    TieRow,
)
from foreshock.case.tables import Placed
from foreshock.core.errors import ForeshockError, LexiconError
from foreshock.core.time import Interval
from foreshock.evidence.claim import STRIKING, KnownBasis, Modality, Relation
from foreshock.lexicon import event_mode, load_ontology


@dataclass(frozen=True)
class Tables:
    """The tables of a case, and what is known besides from its store (for `foreshock add`)."""

    rows: Mapping[type[Row], Sequence[Placed[Any]]]
    sources: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    sides: Mapping[str, str] = field(default_factory=dict)
    publishers: Mapping[str, str] = field(default_factory=dict)
    speakers: Mapping[str, str] = field(default_factory=dict)

    def of(self, model: type[Row]) -> Sequence[Placed[Any]]:
        """Give the rows of one table."""
        return self.rows.get(model, ())

    def known(self, model: type[Row], handle: str, besides: frozenset[str]) -> frozenset[str]:
        """Give the handles of one table and of the store."""
        return besides | {getattr(placed.row, handle) for placed in self.of(model)}


def check_tables(tables: Tables, about: CaseFile | None) -> list[Fault]:
    """List everything that does not hold between the tables."""
    checks: list[Callable[[Tables], Iterable[Fault]]] = [
        _unique, _references, _words, _trees, _times, _links,
    ]  # fmt: skip
    faults = [fault for check in checks for fault in check(tables)]
    if about is not None:
        faults += _about(tables, about)
    return faults


_HANDLES: dict[type[Row], str] = {
    SourceRow: "id", ReportRow: "key", ActorRow: "id", TieRow: "key", PlaceRow: "id",
    QuestionRow: "id", OutcomeRow: "id", PersonForecastRow: "id",
}  # fmt: skip


def _unique(tables: Tables) -> Iterator[Fault]:
    groups = [(handle, list(tables.of(model))) for model, handle in _HANDLES.items()]
    groups.append(("key", [*tables.of(ClaimRow), *tables.of(DisplacedRow)]))
    for handle, placed_rows in groups:
        seen: dict[str, Placed[Any]] = {}
        for placed in placed_rows:
            name = getattr(placed.row, handle)
            if name in seen:
                first = seen[name]
                what = f"{name!r} stands already in {first.file}:{first.line}"
                yield placed.fault(handle, what, "give each row its own")
            seen.setdefault(name, placed)


_REFERENCES: tuple[tuple[type[Row], str, str], ...] = (
    (SourceRow, "side", "actor"),
    (ReportRow, "source", "source"),
    (ReportRow, "copy_of", "source"),
    (ActorRow, "parent", "actor"),
    (TieRow, "a", "actor"),
    (TieRow, "b", "actor"),
    (TieRow, "report", "report"),
    (PlaceRow, "parent", "place"),
    (RoadRow, "a", "place"),
    (RoadRow, "b", "place"),
    (ClaimRow, "report", "report"),
    (ClaimRow, "actors", "actor"),
    (ClaimRow, "recipients", "actor"),
    (ClaimRow, "place", "place"),
    (ClaimRow, "origins", "place"),
    (ClaimRow, "destinations", "place"),
    (DisplacedRow, "report", "report"),
    (DisplacedRow, "place", "place"),
    (DisplacedRow, "origin", "place"),
    (DisplacedRow, "destination", "place"),
    (QuestionRow, "actors", "actor"),
    (QuestionRow, "recipients", "actor"),
    (QuestionRow, "place", "place"),
    (PersonForecastRow, "source", "source"),
    (PersonForecastRow, "report", "report"),
    (PersonForecastRow, "question", "question"),
    (OutcomeRow, "id", "question or forecast"),
)
_FILES = {"actor": "actors.csv", "source": "sources.csv", "place": "places.csv",
          "report": "reports.csv", "question": "questions.csv"}  # fmt: skip


def _references(tables: Tables) -> Iterator[Fault]:
    questions = tables.known(QuestionRow, "id", frozenset())
    known = {
        "source": tables.known(SourceRow, "id", tables.sources),
        "actor": tables.known(ActorRow, "id", tables.actors),
        "place": tables.known(PlaceRow, "id", tables.places),
        "report": tables.known(ReportRow, "key", tables.reports),
        "question": questions,
        "question or forecast": tables.known(PersonForecastRow, "id", questions),
    }
    for model, column, kind in _REFERENCES:
        for placed in tables.of(model):
            yield from _missing(placed, column, getattr(placed.row, column), kind, known[kind])
    for model in (ClaimRow, DisplacedRow):
        for placed in tables.of(model):
            said_by = tuple(who for who, _ in placed.row.chain)
            yield from _missing(placed, "chain", said_by, "source", known["source"])
    for placed in tables.of(ClaimRow):
        of = tuple(q.actor for q in placed.row.quantities if q.actor)
        yield from _missing(placed, "quantities", of, "actor", known["actor"])


def _missing(
    placed: Placed[Any], column: str, value: object, kind: str, known: frozenset[str]
) -> Iterator[Fault]:
    names = value if isinstance(value, tuple) else (value,)
    for name in names:
        if name and name not in known:
            mend = nearest(name, known) or f"add it to {_FILES.get(kind, 'its table')}"
            yield placed.fault(column, f"no such {kind} {name!r}", mend)


def _words(tables: Tables) -> Iterator[Fault]:
    ontology = load_ontology()
    for placed in tables.of(ClaimRow):
        row: ClaimRow = placed.row
        if row.kind == "state":
            if row.type:
                yield placed.fault(
                    "type", "a state has no type", "leave it empty; the mode says it"
                )
            yield from _unknown(placed, "mode", [row.mode], ontology.states, "state")
        else:
            yield from _act(placed, row)
        yield from _unknown(placed, "context", row.context, ontology.contexts, "context")
        for quantity in row.quantities:
            yield from _unknown(
                placed, "quantities", [quantity.what], ontology.quantities, "thing counted"
            )
            if quantity.unit:
                yield from _unknown(placed, "quantities", [quantity.unit], ontology.units, "unit")
            if quantity.category:
                yield from _unknown(
                    placed, "quantities", [quantity.category], ontology.groups, "group"
                )
    for placed in tables.of(DisplacedRow):
        yield from _unknown(placed, "what", [placed.row.what], ontology.quantities, "thing counted")


def _act(placed: Placed[Any], row: ClaimRow) -> Iterator[Fault]:
    if not row.type and row.kind in {"event", "figure"}:
        yield placed.fault("type", "the cell is empty", "say what type of act it is, or STATEMENT")
    try:
        if row.type:
            event_mode(row.type, row.mode)
    except LexiconError as error:
        column = "mode" if "mode" in error.what else "type"
        yield placed.fault(column, error.what, error.mend or "")


def _unknown(
    placed: Placed[Any], column: str, words: Iterable[str], known: Iterable[str], kind: str
) -> Iterator[Fault]:
    known = list(known)
    for word in words:
        if word not in known:
            mend = nearest(word, known) or "write one of: " + ", ".join(known)
            yield placed.fault(column, f"unknown {kind} {word!r}", mend)


def _trees(tables: Tables) -> Iterator[Fault]:
    for model in (ActorRow, PlaceRow):
        parents = {placed.row.id: placed.row.parent for placed in tables.of(model)}
        for placed in tables.of(model):
            if _returns(placed.row.id, parents):
                yield placed.fault(
                    "parent", f"{placed.row.id!r} would be a part of itself", "break the circle"
                )
    members = {placed.row.id: placed.row.parent for placed in tables.of(ActorRow)}
    joined = [placed for placed in tables.of(TieRow) if placed.row.kind == "part_of"]
    for placed in joined:
        members[placed.row.a] = (*members.get(placed.row.a, ()), placed.row.b)
    for placed in joined:
        if _returns(placed.row.a, members):
            yield placed.fault(
                "b", f"{placed.row.a!r} would be a part of itself", "break the circle"
            )


def _returns(start: str, parents: Mapping[str, tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    queue = list(parents.get(start, ()))
    while queue:
        here = queue.pop()
        if here == start:
            return True
        if here not in seen:
            seen.add(here)
            queue.extend(parents.get(here, ()))
    return False


def _times(tables: Tables) -> Iterator[Fault]:
    published = {placed.row.key: placed.row for placed in tables.of(ReportRow)}
    for placed in tables.of(ReportRow):
        row = placed.row
        early = row.known_at and row.published and row.known_at < row.published
        if early and row.known_basis is not KnownBasis.DECLARED:
            yield placed.fault(
                "known_at",
                f"known on {row.known_at}, before it was published",
                "correct one of the two, or vouch for it with known_basis declared",
            )
    for placed in tables.of(ClaimRow):
        row = placed.row
        yield from _when(placed, row)
        yield from _known_in_time(placed, row, published)
    for placed in tables.of(DisplacedRow):
        row = placed.row
        if row.since and row.since > row.until:
            yield placed.fault("since", f"{row.since} lies after {row.until}", "exchange them")
        yield from _order(placed, [row.low, row.best, row.high])
        yield from _known_in_time(placed, row, published)
    for placed in tables.of(QuestionRow):
        if placed.row.close < placed.row.open:
            yield placed.fault("close", "it closes before it opens", "exchange the days")
        if placed.row.since and placed.row.since > placed.row.close:
            yield placed.fault("since", "it counts from a day after its close", "correct the day")


def _when(placed: Placed[Any], row: ClaimRow) -> Iterator[Fault]:
    if not row.start and not row.end:
        if row.kind in {"event", "figure", "state"} and row.modality is Modality.ACTUAL:
            yield placed.fault(
                "start", "the cell is empty", "say when, a month or a year if need be"
            )
        return
    try:
        when = Interval.parse(row.start, row.end, row.precision)
    except ForeshockError as error:
        yield placed.fault("start", error.what, error.mend or error.expected or "")
        return
    if row.modality is Modality.ACTUAL and row.known_at and when.start > row.known_at:
        yield placed.fault(
            "known_at", f"it is told as having happened on {when}, after it was known",
            "correct the day, or say that it was planned",
        )  # fmt: skip


def _known_in_time(
    placed: Placed[Any], row: ClaimRow | DisplacedRow, published: Mapping[str, ReportRow]
) -> Iterator[Fault]:
    report = published.get(row.report)
    if report is None or row.known_at is None or row.known_basis is KnownBasis.DECLARED:
        return
    first: date | None = report.known_at or report.published
    if first is not None and row.known_at < first and row.known_basis is not KnownBasis.UNKNOWN:
        yield placed.fault(
            "known_at", f"known on {row.known_at}, before its report ({first})",
            "leave it empty, or vouch for it with known_basis declared",
        )  # fmt: skip


def _order(placed: Placed[Any], values: Sequence[float | None]) -> Iterator[Fault]:
    said = [value for value in values if value is not None]
    for column in ("low", "best", "high"):
        value = getattr(placed.row, column)
        if value is not None and value < 0:
            yield placed.fault(column, f"{value:g} cannot be a count", "write it without a sign")
    if said != sorted(said):
        yield placed.fault("low", "low, best and high are out of order", "low <= best <= high")


def _links(tables: Tables) -> Iterator[Fault]:
    rows = {placed.row.key: placed for placed in tables.of(ClaimRow)}
    counts = {placed.row.key: placed for placed in tables.of(DisplacedRow)}
    known = frozenset(rows) | frozenset(counts) | tables.claims
    for placed in tables.of(ClaimRow):
        for relation, target in placed.row.links:
            if target == placed.row.key:
                yield placed.fault("links", "it points to itself", "name another claim")
            elif target not in known:
                yield from _missing(placed, "links", target, "claim", known)
            elif target in rows or target in tables.speakers:
                yield from _speaker(placed, relation, rows.get(target), target, tables)
    yield from _circles(rows)


def _speaker(
    placed: Placed[Any],
    relation: Relation,
    earlier: Placed[Any] | None,
    target: str,
    tables: Tables,
) -> Iterator[Fault]:
    if relation not in STRIKING and relation is not Relation.UPDATES:
        return
    publishers = {**tables.publishers, **{p.row.key: p.row.source for p in tables.of(ReportRow)}}
    sides = {**tables.sides, **{p.row.id: p.row.side for p in tables.of(SourceRow)}}

    def said(each: Placed[Any]) -> str:
        first: str = each.row.chain[0][0] if each.row.chain else publishers.get(each.row.report, "")
        return first

    mine = said(placed)
    other = said(earlier) if earlier else tables.speakers[target]
    if not mine or not other or mine == other:
        return
    if sides.get(mine) and sides.get(mine) == sides.get(other):
        return
    yield placed.fault(
        "links", f"{mine} {relation} what {other} said",
        "only the same source, or another voice of its side, can do that; tell it as a rival claim",
    )  # fmt: skip


def _circles(rows: Mapping[str, Placed[Any]]) -> Iterator[Fault]:
    targets = {key: tuple(t for _, t in placed.row.links) for key, placed in rows.items()}
    for key, placed in rows.items():
        if _returns(key, targets):
            yield placed.fault("links", "its links lead back to itself", "break the circle")


def _about(tables: Tables, about: CaseFile) -> Iterator[Fault]:
    actors = tables.known(ActorRow, "id", frozenset())
    for actor in about.focus:
        if actor not in actors:
            mend = nearest(actor, actors) or "add it to actors.csv"
            yield Fault("case.yaml", 0, "focus", f"no such actor {actor!r}", mend)
    claims = {p.row.key for p in (*tables.of(ClaimRow), *tables.of(DisplacedRow))}
    for thesis in about.theses:
        if thesis.claim not in claims:
            mend = f"name a key of claims.csv or claims-*.csv instead of {thesis.claim!r}"
            yield Fault("case.yaml", 0, "theses", f"no such claim {thesis.claim!r}", mend)
        for actor in thesis.pair:
            if actor not in actors:
                mend = f"add {actor!r} to actors.csv, or name another actor"
                yield Fault("case.yaml", 0, "theses", f"no such actor {actor!r}", mend)
        if len(set(thesis.pair)) < 2:
            what = f"{thesis.pair[0]!r} is paired with itself"
            yield Fault("case.yaml", 0, "theses", what, "name two actors")
    yield from _feeds(about, actors)
    yield from _displacement(tables, about, actors)
    if about.region and about.region not in tables.known(PlaceRow, "id", frozenset()):
        yield Fault(
            "case.yaml", 0, "region", f"no such place {about.region!r}", "add it to places.csv"
        )


def _feeds(about: CaseFile, actors: frozenset[str]) -> Iterator[Fault]:
    handles: set[str] = set()
    counted: dict[str, int] = {}
    for number, row in enumerate(about.series):
        where = f"series.{number}"
        if row.feed in handles:
            what = f"a second feed {row.feed!r}"
            yield Fault("case.yaml", 0, f"{where}.feed", what, "give each feed its own handle")
        handles.add(row.feed)
        if row.since > about.as_of:
            what = f"{row.since} lies after the case's own day ({about.as_of})"
            yield Fault("case.yaml", 0, f"{where}.since", what, "name an earlier day")
        for pair, name in zip(row.pairs, row.told().names, strict=True):
            for actor in dict.fromkeys(pair):
                if actor not in actors:
                    mend = nearest(actor, actors) or f"add {actor!r} to actors.csv"
                    yield Fault("case.yaml", 0, f"{where}.pairs", f"no such actor {actor!r}", mend)
            if len(set(pair)) < 2:
                what = f"{pair[0]!r} is paired with itself"
                yield Fault("case.yaml", 0, f"{where}.pairs", what, "name two actors")
            if name in counted:
                what = f"{name} stands already in series.{counted[name]}"
                yield Fault("case.yaml", 0, f"{where}.pairs", what, "leave it out of one of them")
            counted.setdefault(name, number)


def _displacement(tables: Tables, about: CaseFile, actors: frozenset[str]) -> Iterator[Fault]:
    """Find names in the declaration of displacement that no table holds, and a day too late."""
    row = about.displacement
    if row is None:
        return
    places = tables.known(PlaceRow, "id", frozenset())
    sources = tables.known(SourceRow, "id", frozenset())
    named = [
        ("area", [row.area], places, "place", "places.csv"),
        ("closed", row.closed, places, "place", "places.csv"),
        ("counted_by", [row.counted_by], sources, "source", "sources.csv"),
        ("attackers", row.attackers, actors, "actor", "actors.csv"),
        ("shelters", row.shelters, actors, "actor", "actors.csv"),
    ]
    for entry, ids, known, kind, table in named:
        for each in ids:
            if each not in known:
                mend = nearest(each, known) or f"add {each!r} to {table}"
                what = f"no such {kind} {each!r}"
                yield Fault("case.yaml", 0, f"displacement.{entry}", what, mend)
    if row.since > about.as_of:
        what = f"{row.since} lies after the case's own day ({about.as_of})"
        yield Fault("case.yaml", 0, "displacement.since", what, "name an earlier day")
