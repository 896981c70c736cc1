"""Questions on the page: the model's answer, and beside it everybody else's, signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foreshock.brief.document import Brief, PersonItem, QuestionItem
from foreshock.brief.forecast_words import (
    answer_in_words,
    beside,
    earlier_in_words,
    outcome_in_words,
    percent,
    sure,
)
from foreshock.brief.forecasts import JudgementItem
from foreshock.brief.page.acts import external
from foreshock.brief.page.pairs_ahead import pair_anchor
from foreshock.brief.page.view import Cell, Panel, Row, Table
from foreshock.core.time import say_day

NOBODY = "nobody on record"


def questions_panels(brief: Brief) -> list[Panel]:
    """Show the questions: those that a model answers, those that none does, those that are settled.

    What was only seen afterwards settles nothing here: the forecast did not know it.
    """
    still_open = [q for q in brief.questions if q.outcome is None or q.afterwards]
    answered = [q for q in still_open if q.answered_by is not None]
    others = [q for q in still_open if q.answered_by is None]
    settled = [q for q in brief.questions if q.outcome is not None and not q.afterwards]
    panels = [
        Panel(
            id="questions",
            title="Open questions",
            tables=[
                *([_answered(brief, answered), _rules(brief, answered)] if answered else ()),
                *([_others(brief, others, answered=bool(answered))] if others else ()),
            ],
            note="" if still_open else "No question is open.",
        )
    ]
    if settled:
        panels.append(
            Panel(id="settled", title="Settled questions", tables=[_settled(brief, settled)])
        )
    return [*panels, _lone(brief)]


def _answered(brief: Brief, questions: Sequence[QuestionItem]) -> Table:
    came = any(question.afterwards for question in questions)
    people = {person.id: person for person in brief.people}
    return Table(
        caption="Answered by the model",
        columns=(
            *("question", "answer", "simple methods", "people"),
            *(("seen afterwards",) if came else ()),
        ),
        open=True,
        rows=[
            Row(
                (
                    Cell(f"{question.id}. {question.text}"),
                    Cell(_answer(question), href=_whence(brief, question)),
                    Cell(
                        beside(question.baselines, chances=question.probability is not None)
                        or "none"
                    ),
                    Cell(_odds(question, people)),
                    *((Cell(outcome_in_words(question)),) if came else ()),
                )
            )
            for question in questions
        ],
    )


def _answer(question: QuestionItem) -> str:
    was = f"; {earlier_in_words(question.earlier)}" if question.earlier else ""
    return answer_in_words(question) + was


def _odds(question: QuestionItem, people: Mapping[str, PersonItem]) -> str:
    told = [
        f"{people[key].source}: {sure(people[key])}" for key in question.people if key in people
    ]
    told += [f"{each.who} judged {percent(each.probability)}" for each in question.judgements]
    return "; ".join(told) or NOBODY


def _rules(brief: Brief, questions: Sequence[QuestionItem]) -> Table:
    people = {person.id: person for person in brief.people}
    return Table(
        caption="How they are counted and settled, and what people say",
        columns=("question", "days and how it was counted", "how it is settled", "people"),
        rows=[
            Row(
                (
                    Cell(question.id),
                    Cell(_counted(question)),
                    Cell(_rule(brief, question)),
                    Cell(_people(question, people)),
                )
            )
            for question in questions
        ],
    )


def _others(brief: Brief, questions: Sequence[QuestionItem], *, answered: bool) -> Table:
    people = {person.id: person for person in brief.people}
    came = any(question.afterwards for question in questions)
    return Table(
        caption="No model covers these" if answered else "Not answered",
        columns=(
            *("question", "window", "why not", "people"),
            *(("seen afterwards",) if came else ()),
            "how it is settled",
        ),
        rows=[
            Row(
                (
                    Cell(f"{question.id}. {question.text}"),
                    Cell(_window(question)),
                    Cell(question.reason),
                    Cell(_people(question, people)),
                    *((Cell(outcome_in_words(question)),) if came else ()),
                    Cell(_rule(brief, question)),
                )
            )
            for question in questions
        ],
    )


def _settled(brief: Brief, questions: Sequence[QuestionItem]) -> Table:
    people = {person.id: person for person in brief.people}
    return Table(
        caption="Settled questions",
        columns=("question", "window", "how it came out", "people", "how it was settled"),
        rows=[
            Row(
                (
                    Cell(f"{question.id}. {question.text}"),
                    Cell(_window(question)),
                    Cell(outcome_in_words(question)),
                    Cell(_people(question, people)),
                    Cell(_rule(brief, question)),
                )
            )
            for question in questions
        ],
    )


def _whence(brief: Brief, question: QuestionItem) -> str:
    """Lead to what was counted: a pair, or who is said to hold a place."""
    known = {series.id: f"#{pair_anchor(series.id)}" for series in brief.forecast.series} | {
        holding.place.id: f"#control-{holding.status}" for holding in brief.control
    }
    return next((known[each] for each in question.series if each in known), "")


def _window(question: QuestionItem) -> str:
    return f"{say_day(question.opens)} – {say_day(question.closes)}"


def _counted(question: QuestionItem) -> str:
    days = ""
    if question.first and question.last:
        days = f"{say_day(question.first)} to {say_day(question.last)}"
    already = f"; {question.observed:g} counted already" if question.observed else ""
    notes = "".join(f"; {note}" for note in question.notes)
    return f"{days}{already}{notes}"


def _rule(brief: Brief, question: QuestionItem) -> str:
    named = (source.strip() for source in question.resolver.split(";"))
    return f"{question.rule} By {', '.join(brief.sources.get(s, s) for s in named)}."


def _people(question: QuestionItem, people: Mapping[str, PersonItem]) -> str:
    told = [_said(people[key]) for key in question.people if key in people]
    return "; ".join([*told, *(_judged(each) for each in question.judgements)]) or NOBODY


def _judged(judgement: JudgementItem) -> str:
    when = f"{say_day(judgement.as_of)}, {judgement.standing}"
    return f"{judgement.who} ({when}) judged {percent(judgement.probability)}: {judgement.reason}"


def _said(person: PersonItem) -> str:
    return f"{person.source}, {say_day(person.made)}: {person.text} ({_sure(person)})"


def _sure(person: PersonItem) -> str:
    ends = [round(100 * end) for end in (person.low, person.high) if end is not None]
    odds = "–".join(str(end) for end in dict.fromkeys(ends))
    return f"{odds} %: {person.wording}" if odds else person.wording or "no word on how sure"


def _lone(brief: Brief) -> Panel:
    lone = [p for p in brief.people if not any(p.id in q.people for q in brief.questions)]
    table = Table(
        caption="Forecasts by people and institutions",
        columns=("who", "when", "what", "how sure"),
        rows=[
            Row(
                (
                    Cell(person.source),
                    Cell(say_day(person.made)),
                    Cell(person.text, href=_where(brief, person)),
                    Cell(_sure(person)),
                )
            )
            for person in lone
        ],
    )
    return Panel(
        id="people",
        title="What people expect, on no question of the case",
        tables=[table] if lone else [],
        note="" if lone else "No such forecast is on record.",
    )


def _where(brief: Brief, person: PersonItem) -> str:
    report = brief.reports.get(person.report)
    return external(report.url) if report else ""
