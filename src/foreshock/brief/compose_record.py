"""From the ledger and the track record to the brief: questions with their company, and scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from foreshock.brief import document as doc
from foreshock.brief import forecasts as item
from foreshock.brief.compose_forecast import earlier_item, pair_name
from foreshock.brief.foreseen import Foreseen
from foreshock.brief.naming import Names
from foreshock.core.answers import Answer, pairs_of
from foreshock.core.answers_control import about_control
from foreshock.core.quantities import number
from foreshock.core.questions import Question
from foreshock.evidence.view import Evidence
from foreshock.verify.entries import Entry, Kind
from foreshock.verify.entries import plain as entry_as_json
from foreshock.verify.record import Tally, TrackRecord
from foreshock.verify.resolution import Resolution, Status, resolve

NO_LEDGER = "The ledger is empty: nothing has been forecast, so nothing could be scored."


def compose_question(question: Question, foreseen: Foreseen, names: Names) -> doc.QuestionItem:
    """Write a question with its answer, what stands beside it, and how it turned out if known."""
    issued, evidence = foreseen.issued, names.evidence
    entry = issued.questions.get(question.id) if issued else None
    answer = issued.answers.get(question.id) if issued else None
    refusal = issued.refusals.get(question.id) if issued else None
    outcome = evidence.outcomes.get(question.id)
    told = entry.answer if entry else {}

    def said(text: str) -> str:
        for pair in pairs_of(question):
            text = text.replace(pair, pair_name(pair, names))
        return _placed(text, evidence) if about_control(question) else text

    asked: dict[str, Any] = {
        "id": question.id,
        "text": question.text,
        "opens": question.opens,
        "closes": question.closes,
        "rule": question.rule,
        "resolver": question.resolver,
        "answered_by": entry.model if entry else None,
        "reason": "" if entry else said(refusal.text) if refusal else foreseen.reason,
        "probability": entry.probability if entry else None,
        "median": told.get("median"),
        "interval": told.get("interval"),
        "baselines": _beside(entry),
        "people": [f.id for f in evidence.forecasts.values() if f.question == question.id],
        "judgements": _judgements(question, foreseen.entries),
        "earlier": earlier_item(foreseen, entry) if entry else None,
        "entry": entry.number if entry else None,
        **_counted(answer, said),
        "outcome": outcome.outcome if outcome else None,
        "value": outcome.value if outcome else "",
        "score": None,
        "baseline_scores": {},
        "afterwards": False,
    }
    return doc.QuestionItem(**asked | _came(question, entry, foreseen, evidence))


def _placed(text: str, evidence: Evidence) -> str:
    """Put the names of places where their ids stand."""
    return re.sub(r"[\w-]+", lambda word: evidence.places.name(word[0]), text)


def _beside(entry: Entry | None) -> dict[str, float]:
    if entry is None:
        return {}
    return {
        name: float(told["probability"] if "probability" in told else told["median"])
        for name, told in entry.baselines.items()
    }


def _judgements(question: Question, entries: Sequence[Entry]) -> list[item.JudgementItem]:
    return [
        item.JudgementItem(
            who=entry.by,
            reason=entry.reason,
            probability=float(entry.answer["probability"]),
            as_of=entry.as_of,
            issued_at=entry.issued_at,
            standing=str(entry.standing),
        )
        for entry in entries
        if entry.kind is Kind.JUDGEMENT and entry.question == question.id
    ]


def _counted(answer: Answer | None, said: Callable[[str], str]) -> dict[str, Any]:
    if answer is None:
        return {"series": [], "notes": [], "observed": 0.0, "first": None, "last": None}
    return {
        "series": list(answer.series),
        "notes": [said(note) for note in answer.notes],
        "observed": answer.observed,
        "first": answer.first,
        "last": answer.last,
    }


def _came(
    question: Question, entry: Entry | None, foreseen: Foreseen, evidence: Evidence
) -> dict[str, Any]:
    """Tell how it turned out: by the later day that was asked for, else by the brief's own."""
    later = foreseen.later
    if later is None:
        last = _last(question, foreseen.entries)
        found = last and resolve(
            last,
            today=evidence.as_of,
            questions=evidence.questions,
            outcomes=evidence.outcomes,
        )
        return _scores(found) if found and found.status is Status.RESOLVED else {}
    outcome = later.outcomes.get(question.id)
    if outcome is None or question.id in evidence.outcomes:
        return {}
    told = {"outcome": outcome.outcome, "value": outcome.value, "afterwards": True}
    found = foreseen.came(entry, {question.id: question}) if entry else None
    return told | (_scores(found) if found else {})


def _last(question: Question, entries: Sequence[Entry]) -> Entry | None:
    asked = [e for e in entries if e.kind is Kind.FORECAST and e.question == question.id]
    return max(asked, key=lambda entry: (entry.as_of, entry.number), default=None)


def _scores(found: Resolution) -> dict[str, Any]:
    scored = found.scored
    return {
        "score": None if scored is None else scored.brier if scored.crps is None else scored.crps,
        "baseline_scores": {
            name: each.main if each.crps is None else each.crps
            for name, each in found.baselines.items()
        },
    }


# ---------------------------------------------------------------------- the ledger


def compose_ledger(foreseen: Foreseen, names: Names) -> doc.Ledger:
    """Write what of the ledger stands behind a brief, and its track record."""
    issued, record = foreseen.issued, foreseen.record
    entries = [*issued.questions.values(), *issued.series] if issued else []
    judged = [entry for entry in foreseen.entries if entry.kind is Kind.JUDGEMENT]
    note = foreseen.record_reason
    if not note and not foreseen.entries:
        note = NO_LEDGER
    return doc.Ledger(
        entries=[_short(entry) for entry in (*entries, *judged)],
        note=note,
        record=compose_record(record, names) if record else None,
    )


def _short(entry: Entry) -> dict[str, Any]:
    told = entry_as_json(entry)
    told["answer"] = _without_values(entry.answer)
    told["baselines"] = {name: _without_values(each) for name, each in entry.baselines.items()}
    return told


def _without_values(told: Mapping[str, Any]) -> dict[str, Any]:
    # A hundred values each would double the page's data; `foreshock ledger --json` gives them.
    return {name: value for name, value in told.items() if name != "values"}


def compose_record(record: TrackRecord, names: Names) -> item.RecordItem:
    """Write a track record, live and hindcast apart."""
    return item.RecordItem(
        as_of=record.today,
        live=_voice(record.live, names),
        hindcast=_voice(record.hindcast, names),
        judgements=[_voice(tally, names) for tally in record.judgements],
        people=[
            item.SaidItem(**asdict(said))
            for said in record.people
            if said.low is not None or said.high is not None
        ],
    )


def _voice(tally: Tally, names: Names) -> item.VoiceRecordItem:
    return item.VoiceRecordItem(
        who=tally.who,
        standing=str(tally.standing),
        forecasts=len(tally.resolutions),
        **{str(status): len(tally.of(status)) for status in Status},
        things=tally.questions,
        enough=tally.enough,
        chances=len(tally.chances),
        brier=tally.brier,
        log=tally.log,
        numbers=len(tally.numbers),
        covered=tally.covered,
        skill={name: _skill(each) for name, each in tally.skill.items()},
        number_skill={name: _skill(each) for name, each in tally.number_skill.items()},
        reliability=[
            item.BinItem(
                low=each.low,
                high=each.high,
                count=each.count,
                said=each.said,
                frequency=each.frequency,
                bar=each.bar,
                enough=each.enough,
                consistent=each.consistent,
            )
            for each in tally.reliability
        ],
        misses=[_resolved(each, names) for each in tally.misses],
    )


def _skill(found: Any) -> item.SkillItem:
    return item.SkillItem(
        value=found.value, low=found.low, high=found.high, units=found.units, cases=found.cases
    )


def _resolved(found: Resolution, names: Names) -> item.ResolvedItem:
    entry = found.entry
    if found.happened is not None:
        said = f"{100 * float(entry.answer['probability']):.0f} %"
        came = "it happened" if found.happened else "it did not happen"
    else:
        low, high = (number(float(end)) for end in entry.answer["interval"])
        said, came = f"{low} to {high}", f"it was {number(found.value or 0.0)}"
    first: date | str = entry.terms.get("first", "")
    window = f", {entry.terms['variable']} {first} to {entry.closes}" if entry.series else ""
    return item.ResolvedItem(
        entry=entry.number,
        about=entry.question or pair_name(entry.series, names) + window,
        as_of=entry.as_of,
        said=said,
        came=came,
        score=found.scored.main if found.scored else 0.0,
    )
