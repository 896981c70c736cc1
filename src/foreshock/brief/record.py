"""The track record and the ledger in words, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from foreshock.brief.words import counted, joined, plain
from foreshock.case.opening import Case
from foreshock.core.json_text import dump
from foreshock.core.quantities import number
from foreshock.core.time import say_day
from foreshock.verify.chain import Examination
from foreshock.verify.entries import Entry, Kind, Standing
from foreshock.verify.entries import plain as entry_as_json
from foreshock.verify.ledger import Ledger
from foreshock.verify.record import Said, Tally, TrackRecord, record_of_case
from foreshock.verify.reliability import FEWEST, Bin
from foreshock.verify.resolution import Resolution, Status
from foreshock.verify.skill import FEWEST as FEWEST_FOR_SKILL
from foreshock.verify.skill import Skill

LISTED = 40
"""Forecasts that are listed one by one."""

HINDSIGHT = (
    "Issued after the day that they speak of, on the evidence of that day. They show what would "
    "have been said and are no record: models, questions and thresholds could be chosen with what "
    "happened in view."
)


def tell_entry(entry: Entry, *, json: bool = False) -> str:
    """Tell an entry, in a line or as JSON."""
    return dump(entry_as_json(entry)) if json else entry_in_words(entry)


def tell_ledger(
    ledger: Ledger, *, check: bool = False, noted: str = "", json: bool = False
) -> tuple[str, bool]:
    """Tell what stands in a ledger, or only whether it is sound.

    Parameters
    ----------
    ledger : Ledger
    check : bool
        Only whether it is sound.
    noted : str
        Hash of an entry that must be in it; empty for none.
    json : bool

    Returns
    -------
    str
    bool
        Whether it is sound. If not, the text says why, whatever was asked.
    """
    found = ledger.examine()
    sound = not faults_of(found, noted)
    if json:
        return dump(ledger_as_json(found, noted)), sound
    lines = check_in_words(found, noted) if check or not sound else ledger_in_words(found)
    return "\n".join(lines), sound


def tell_record(case: Case, today: date | None = None, *, json: bool = False) -> str:
    """Tell the track record of a case, by what could be known by the end of a day (today's)."""
    record, names = record_of_case(case, today)
    return dump(record_as_json(record)) if json else "\n".join(record_in_words(record, names))


def record_in_words(record: TrackRecord, names: Mapping[str, str]) -> list[str]:
    """Tell the track record of a case, line by line.

    Parameters
    ----------
    record : TrackRecord
    names : mapping of str to str
        Names of sources, by id.
    """
    lines = [f"Track record of {record.case}, by what could be known on {say_day(record.today)}."]
    lines += ["", "LIVE FORECASTS", *_tally(record.live)]
    lines += ["", "HINDCASTS", HINDSIGHT, *_tally(record.hindcast)]
    for tally in record.judgements:
        when = "live" if tally.standing is Standing.LIVE else "in hindsight"
        lines += ["", f"JUDGEMENTS OF {plain(tally.who).upper()}, {when}", *_tally(tally)]
    if record.people:
        lines += ["", "WHAT OTHERS PREDICTED IN PUBLIC", *_people(record.people, names)]
    return lines


def record_as_json(record: TrackRecord) -> dict[str, Any]:
    """Give the track record as JSON values."""
    return {
        "case": record.case,
        "as_of": record.today.isoformat(),
        "live": _tally_as_json(record.live),
        "hindcast": _tally_as_json(record.hindcast),
        "judgements": [_tally_as_json(tally) for tally in record.judgements],
        "people": [asdict(said) for said in record.people],
    }


def ledger_in_words(found: Examination) -> list[str]:
    """List the entries of a ledger, and say how to tell that it is the same another day."""
    lines = [entry_in_words(entry) for entry in found.entries]
    lines += [f"Note: {note}." for note in found.notes]
    if not found.entries:
        return [*lines, "The ledger is empty: nothing has been issued."]
    return [
        *lines,
        f"{counted(found.head.lines, 'line')}. Hash of the last: {found.head.hash}",
        "Keep that hash elsewhere: --check --has HASH then proves that nothing before it changed.",
    ]


def check_in_words(found: Examination, noted: str = "") -> list[str]:
    """Say what an examination of a ledger found; `faults_of` says whether it is sound."""
    faults = faults_of(found, noted)
    if faults:
        return [f"Altered: {fault}." for fault in faults]
    sound = f"Sound: {counted(len(found.entries), 'line')}, each as it was written, in its place."
    notes = [f"Note: {note}." for note in found.notes]
    return [sound, *notes, *(ledger_in_words(found)[-2:] if found.entries else [])]


def faults_of(found: Examination, noted: str = "") -> list[str]:
    """List what is wrong with a ledger, a hash that was noted earlier and is gone included."""
    gone = bool(noted) and all(entry.hash != noted for entry in found.entries)
    return [*found.faults, *(["no entry has the hash that was noted"] if gone else [])]


def ledger_as_json(found: Examination, noted: str = "") -> dict[str, Any]:
    """Give a ledger and what was found in it as JSON values."""
    return {
        "entries": [entry_as_json(entry) for entry in found.entries],
        "last": found.head.hash,
        "faults": faults_of(found, noted),
        "notes": list(found.notes),
    }


# ---------------------------------------------------------------------- entries


def entry_in_words(entry: Entry) -> str:
    """Tell an entry in a line."""
    head = f"{entry.number + 1}. {entry.issued_at:%Y-%m-%d %H:%M} UTC {entry.standing}"
    if entry.kind is Kind.NOTE:
        return f"{head}: {plain(entry.reason)}"
    who = f"{plain(entry.by)} judged" if entry.by else plain(entry.model) or "the model"
    about = f"{plain(entry.question or _series(entry))} as of {entry.as_of}"
    beside = "; ".join(f"{plain(n)} {_answer(told)}" for n, told in entry.baselines.items())
    because = f" ({plain(entry.reason)})" if entry.reason else ""
    return (
        f"{head}: {who} {_answer(entry.answer)} on {about}{because}"
        + (f"; beside it {beside}" if beside else "")
    )  # fmt: skip


def _series(entry: Entry) -> str:
    terms = entry.terms
    name = f", {terms['name']}" if "name" in terms else ""
    return f"{entry.series}{name} ({terms['variable']}, {terms['first']} to {terms['closes']})"


def _answer(told: Mapping[str, Any]) -> str:
    if "months" in told:  # an entry of the watch holds all months of a country
        first, *later = told["months"]
        return f"{_answer(first)} in {first['month']}, {counted(len(later), 'later month')} as well"
    if "probability" in told:
        return percent(float(told["probability"]))
    low, high = (number(float(end)) for end in told["interval"])
    return f"{number(float(told['median']))} (nine in ten: {low} to {high})"


def percent(probability: float) -> str:
    """Write a probability in per cent, and never as certain.

    Examples
    --------
    >>> percent(0.625), percent(0.004), percent(0.0), percent(1.0)
    ('62 %', 'under 1 %', 'under 1 %', 'over 99 %')
    """
    if probability < 0.01:
        return "under 1 %"
    return "over 99 %" if probability > 0.99 else f"{100 * probability:.0f} %"


# ---------------------------------------------------------------------- tallies


def _tally(tally: Tally) -> Iterator[str]:
    if not tally.resolutions:
        yield "Nothing has been issued."
        return
    yield _progress(tally)
    if not tally.resolved:
        yield "Nothing has been resolved, so nothing can be said of how good it is."
        return
    if not tally.enough:
        yield (
            f"Not enough to speak of a record: {counted(tally.questions, 'question')} resolved, "
            f"of at least {FEWEST}."
        )
    if tally.brier is not None and tally.log is not None:
        yield (
            f"Mean Brier score of {counted(len(tally.chances), 'yes-or-no forecast')}: "
            f"{tally.brier:.2f} (0 is perfect; always saying 50 % gets 0.25). Mean log score: "
            f"{tally.log:.2f}."
        )
        yield from (f"Against {plain(n)}: {_skill(s)}" for n, s in tally.skill.items())
    yield from (_frequency(each) for each in tally.reliability if each.enough)
    few = sum(each.count for each in tally.reliability if not each.enough)
    if few:
        yield (
            f"Too few to compare what was said with how often it happened: "
            f"{counted(few, 'forecast')}, in bins of fewer than {FEWEST}."
        )
    if tally.numbers:
        yield (
            f"Of {counted(len(tally.numbers), 'number')}, {tally.covered} lay within the interval "
            "that should hold nine in ten."
        )
        yield from (f"Against {plain(n)}: {_skill(s)}" for n, s in tally.number_skill.items())
    if tally.misses:
        yield "Biggest misses, worst first:"
        yield from (f"  {_outcome(each)}" for each in tally.misses)
    else:
        yield "No forecast spoke against what came about."
    yield "One by one, the newest last:"
    hidden = len(tally.resolutions) - LISTED
    if hidden > 0:
        yield f"  ({counted(hidden, 'earlier forecast')}: --json has all of them)"
    yield from (f"  {_outcome(each)}" for each in tally.resolutions[-LISTED:])


def _progress(tally: Tally) -> str:
    parts = [f"{len(tally.of(status))} {status}" for status in Status if tally.of(status)]
    again = f"; {tally.again} more of the same thing and day do not count" if tally.again else ""
    return f"{counted(len(tally.resolutions), 'forecast')}: {', '.join(parts)}{again}."


def _skill(found: Skill) -> str:
    if found.value is None:
        return "it made no error at all, so no skill can be given."
    better = "better" if found.value >= 0 else "worse"
    told = f"{abs(100 * found.value):.0f} % {better}"
    if found.low is None or found.high is None:
        return (
            f"{told} on {counted(found.units, 'question')}, too few to say how sure that is "
            f"(at least {FEWEST_FOR_SKILL})."
        )
    return (
        f"{told}, between {100 * found.low:+.0f} and {100 * found.high:+.0f} % "
        f"(95 % interval, {counted(found.units, 'question')})."
    )


def _frequency(found: Bin) -> str:
    """Say how often it happened of the times that about this was said."""
    low, high = (10 * end for end in found.bar)
    verdict = "as it should" if found.consistent else "out of line"
    return (
        f"When {percent(found.said)} was said ({100 * found.low:.0f}–{100 * found.high:.0f} %), it "
        f"happened {10 * found.frequency:.1f} times in 10 (n = {found.count}; "
        f"{low:.1f} to {high:.1f} would do: {verdict})."
    )


def _outcome(found: Resolution) -> str:
    entry = found.entry
    about = plain(entry.question or _series(entry))
    head = f"{about} as of {entry.as_of}: said {_answer(entry.answer)}"
    if found.status is not Status.RESOLVED or found.scored is None:
        return f"{head}; {found.status}: {plain(found.reason)}"
    if found.happened is not None:
        beside = [f"{plain(n)} {_answer(told)}" for n, told in entry.baselines.items()]
        rivals = f"; {joined(beside)}" if beside else ""
        came = "it happened" if found.happened else "it did not happen"
        return f"{head}{rivals}; {came} (Brier score {found.scored.brier:.2f})"
    return f"{head}; it was {number(found.value or 0.0)} (CRPS {found.scored.crps:.1f})"


def _tally_as_json(tally: Tally) -> dict[str, Any]:
    return {
        "who": tally.who,
        "standing": tally.standing,
        "enough": tally.enough,
        "again": tally.again,
        **{str(status): len(tally.of(status)) for status in Status},
        "brier": tally.brier,
        "log": tally.log,
        "covered": tally.covered,
        "skill": {name: asdict(found) for name, found in tally.skill.items()},
        "number_skill": {name: asdict(found) for name, found in tally.number_skill.items()},
        "reliability": [
            asdict(each) | {"frequency": each.frequency, "enough": each.enough}
            for each in tally.reliability
        ],
        "misses": [each.entry.number for each in tally.misses],
        "forecasts": [_resolution_as_json(each) for each in tally.resolutions],
    }


def _resolution_as_json(found: Resolution) -> dict[str, Any]:
    return {
        "entry": entry_as_json(found.entry),
        "status": found.status,
        "reason": found.reason,
        "happened": found.happened,
        "value": found.value,
        "known_at": found.known_at.isoformat() if found.known_at else None,
        "scores": asdict(found.scored) if found.scored else None,
        "baselines": {name: asdict(scored) for name, scored in found.baselines.items()},
    }


# ---------------------------------------------------------------------- people


def _people(people: Sequence[Said], names: Mapping[str, str]) -> Iterator[str]:
    rated = [said for said in people if said.brier is not None]
    for said in rated:
        low, high = (100 * (end or 0.0) for end in (said.low, said.high))
        odds = f"{low:.0f} %" if low == high else f"{low:.0f} to {high:.0f} %"
        who = plain(names.get(said.source, said.source))
        yield (
            f"{said.id}, {who}, gave {said.question} {odds}; "
            f"outcome {said.outcome} (Brier score of the middle {said.brier:.2f})"
        )
    words = [said for said in people if said.low is None and said.high is None]
    if words:
        told = [f"{sum(s.outcome == word for s in words)} {word}" for word in ("yes", "no")]
        other = sum(s.outcome not in {"yes", "no"} for s in words)
        yield (
            f"{counted(len(words), 'prediction')} in words, without odds: {', '.join(told)}, "
            f"{other} neither or not known yet. Words without odds cannot be scored."
        )
