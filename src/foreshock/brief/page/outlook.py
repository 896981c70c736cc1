"""What may come: the questions of the case, who answers them, and what people expect."""

from __future__ import annotations

from foreshock.brief.document import Brief, PersonItem, QuestionItem
from foreshock.brief.page.acts import external
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.words import likelihood, likelihood_range
from foreshock.core.time import say_day

NOBODY = "no model covers this"


def outlook_view(brief: Brief) -> View:
    """List the questions with who answers them, and people's forecasts beside them."""
    people = {person.id: person for person in brief.people}
    lone = [p for p in brief.people if not any(p.id in q.people for q in brief.questions)]
    still_open = [question for question in brief.questions if question.outcome is None]
    settled = [question for question in brief.questions if question.outcome is not None]
    panels = []
    for name, title, asked, none in (
        ("questions", "Open questions", still_open, "No question is open."),
        ("settled", "Settled questions", settled, ""),
    ):
        if asked or none:
            panels.append(
                Panel(
                    id=name,
                    title=title,
                    tables=[_questions(brief, title, asked, people)] if asked else [],
                    note="" if asked else none,
                )
            )
    panels.append(
        Panel(
            id="people",
            title="What people expect, on no question of the case",
            tables=[_people(brief, lone)] if lone else [],
            note="" if lone else "No such forecast is on record.",
        )
    )
    return View(
        id="outlook",
        title="What is likely next",
        lead=f"{brief.forecast.reason} Each question says by whom and by which rule it will be "
        "settled, before it is. Forecasts by people and institutions stand beside it in their own "
        "words.",
        panels=panels,
        notes=(brief.ledger.note,),
    )


def _questions(
    brief: Brief, caption: str, questions: list[QuestionItem], people: dict[str, PersonItem]
) -> Table:
    return Table(
        caption=caption,
        columns=("Question", "Window", "How it is settled", "Answer", "People"),
        rows=[
            Row(
                cells=(
                    Cell(question.text),
                    Cell(f"{say_day(question.opens)} – {say_day(question.closes)}"),
                    Cell(f"{question.rule} By {_resolvers(brief, question.resolver)}."),
                    Cell(_answer(question)),
                    Cell(
                        "; ".join(_said(people[key]) for key in question.people if key in people)
                        or "nobody on record"
                    ),
                )
            )
            for question in questions
        ],
    )


def _answer(question: QuestionItem) -> str:
    if question.outcome is not None:
        return f"came out: {question.outcome}"
    if question.answered_by is None or question.probability is None:
        return NOBODY
    word = likelihood(question.probability)
    span = ""
    if question.interval:
        low, high = (round(100 * end) for end in question.interval)
        span = f", {low}–{high} %"
    return (
        f"{word} ({likelihood_range(word)}): {round(100 * question.probability)} %{span}; "
        f"{question.answered_by}"
    )


def _people(brief: Brief, people: list[PersonItem]) -> Table:
    return Table(
        caption="Forecasts by people and institutions",
        columns=("Who", "When", "What", "How sure"),
        rows=[
            Row(
                cells=(
                    Cell(person.source),
                    Cell(say_day(person.made)),
                    Cell(person.text, href=_where(brief, person)),
                    Cell(_sure(person)),
                )
            )
            for person in people
        ],
    )


def _where(brief: Brief, person: PersonItem) -> str:
    report = brief.reports.get(person.report)
    return external(report.url) if report else ""


def _said(person: PersonItem) -> str:
    return f"{person.source}, {say_day(person.made)}: {person.text} ({_sure(person)})"


def _sure(person: PersonItem) -> str:
    ends = [round(100 * end) for end in (person.low, person.high) if end is not None]
    odds = "–".join(str(end) for end in dict.fromkeys(ends))
    return f"{odds} %: {person.wording}" if odds else person.wording or "no word on how sure"


def _resolvers(brief: Brief, resolver: str) -> str:
    named = (source.strip() for source in resolver.split(";"))
    return ", ".join(brief.sources.get(source, source) for source in named)
