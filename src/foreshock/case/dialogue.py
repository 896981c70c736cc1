"""Asking for one claim, field by field: each answer is checked at once, with completion."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foreshock.case.adding import AddedRow
from foreshock.case.faults import nearest
from foreshock.case.opening import Case
from foreshock.case.tables import read_cells
from foreshock.core.places import Place
from foreshock.evidence.actors import Actor
from foreshock.evidence.claim import Report, Source
from foreshock.evidence.records import Entry
from foreshock.lexicon import load_ontology

Ask = Callable[[str, str, Sequence[str]], str]
"""Puts a question (field, help, completions) and gives the answer, stripped."""

_NEW_REPORT = ("source", "published", "title", "url")
_NEW_SOURCE = ("source_name", "source_kind", "source_side", "source_reliability")
_ACT = (
    "kind", "type", "mode", "actors", "recipients", "start", "end", "place", "modality",
    "polarity", "chain", "quantities", "summary", "due", "consequence", "condition",
    "links", "rating",
)  # fmt: skip
_EDITABLE = (*_ACT, "context", "precision", "place_precision", "background", "issue")
_NEEDED = frozenset({"report", "source", "published", "source_name", "summary"})


@dataclass(frozen=True)
class Choices:
    """What can be completed, from the case and the lexicon."""

    by_field: Mapping[str, Sequence[str]]
    sources: frozenset[str]
    reports: frozenset[str]


def choices(entries: Iterable[Entry], claims: Iterable[str], today: date) -> Choices:
    """Gather what each field can be completed with."""
    ontology = load_ontology()
    found: dict[str, list[str]] = {"source": [], "report": [], "actors": [], "place": []}
    for entry in entries:
        match entry:
            case Source():
                found["source"].append(entry.id)
            case Report():
                found["report"].append(entry.key)
            case Actor():
                found["actors"].append(entry.id)
            case Place():
                found["place"].append(entry.id)
    return Choices(
        {
            **found,
            "recipients": found["actors"],
            "source_side": found["actors"],
            "chain": found["source"],
            "published": [today.isoformat()],
            "kind": ["event", "figure", "statement", "forecast", "state"],
            "type": list(ontology.types),
            "modality": ["actual", "planned", "hypothetical"],
            "polarity": ["asserted", "denied"],
            "source_reliability": list("ABCDEF"),
            "rating": list("123456"),
            "links": [f"answers:{key}" for key in claims],
        },
        frozenset(found["source"]),
        frozenset(found["report"]),
    )


def ask_for_claim(case: Case, ask: Ask, say: Callable[[str], None]) -> dict[str, str]:
    """Ask for one claim.

    Parameters
    ----------
    case : Case
        Whose actors, places and sources are offered for completion.
    ask : callable
        Puts one question.
    say : callable
        Tells what was wrong with an answer.

    Returns
    -------
    dict of str to str
        The filled cells of one `AddedRow`.
    """
    known = _known(case)
    cells: dict[str, str] = {}

    def put(field: str) -> None:
        answer = _ask_until_right(field, _completions(field, cells, known), ask, say)
        if answer:
            cells[field] = answer

    say("One claim: who says what. Empty skips a field; Ctrl-C leaves without storing anything.")
    put("report")
    if cells["report"] not in known.reports:
        say("A new report: who published it, and when?")
        for field in _NEW_REPORT:
            put(field)
        if cells["source"] not in known.sources:
            say("A new source: who is it?")
            for field in _NEW_SOURCE:
                put(field)
    for field in _ACT:
        if _applies(field, cells):
            put(field)
    return cells


def edit_claim(
    case: Case, cells: Mapping[str, str], ask: Ask, say: Callable[[str], None]
) -> dict[str, str]:
    """Change a claim field by field.

    Parameters
    ----------
    case, ask, say
        As in `ask_for_claim`.
    cells : mapping of str to str
        The filled cells of the claim as it stands.

    Returns
    -------
    dict of str to str
        The cells as changed; an empty answer empties a field.
    """
    known = _known(case)
    edited = dict(cells)
    while True:
        field = ask("field", "Which field to change; empty when done.", _EDITABLE).strip()
        if not field:
            return edited
        if field not in _EDITABLE:
            say(nearest(field, _EDITABLE) or "one of: " + ", ".join(_EDITABLE))
            continue
        say(f"{field} is now: {edited.get(field) or '(empty)'}")
        answer = _ask_until_right(field, _completions(field, edited, known), ask, say)
        edited.pop(field, None)
        if answer:
            edited[field] = answer


def _known(case: Case) -> Choices:
    return choices(
        case.store.entries(case.name),
        [standing.claim.key for standing in case.store.standing(case.name)],
        case.about.as_of,
    )


def _applies(field: str, cells: Mapping[str, str]) -> bool:
    if field in {"type", "quantities", "due"}:
        return cells.get("kind") != "state"
    if field == "consequence":
        return "due" in cells
    if field == "condition":
        return cells.get("kind") == "forecast" or cells.get("modality") == "hypothetical"
    return field != "end" or "start" in cells


def _completions(field: str, cells: Mapping[str, str], known: Choices) -> Sequence[str]:
    if field == "mode":
        ontology = load_ontology()
        kind = ontology.types.get(cells.get("type", ""))
        return list(kind.modes) if kind else list(ontology.states)
    return known.by_field.get(field, ())


def _ask_until_right(
    field: str, offered: Sequence[str], ask: Ask, say: Callable[[str], None]
) -> str:
    description = AddedRow.model_fields[field].description or ""
    while True:
        answer = ask(field, description, offered).strip()
        if not answer:
            if field not in _NEEDED:
                return ""
            say(f"{field}: this one is needed.")
            continue
        _, faults = read_cells({field: answer}, "typed in", 0, AddedRow)
        if not faults:
            return answer
        for fault in faults:
            say(str(fault))


def terminal_ask() -> Ask:
    """Give the way to ask in a terminal, with completion; plain lines where there is none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return lambda field, _help, _offered: input(f"{field}: ")
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import FuzzyWordCompleter

    session: PromptSession[str] = PromptSession()

    def ask(field: str, help_text: str, offered: Sequence[str]) -> str:
        return session.prompt(
            f"{field}: ",
            completer=FuzzyWordCompleter(list(offered)) if offered else None,
            complete_while_typing=True,
            bottom_toolbar=help_text,
        )

    return ask
