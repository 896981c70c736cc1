"""What may follow, in a terminal: pairs, questions, and how good earlier forecasts were."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from foreshock.brief.document import Brief, QuestionItem
from foreshock.brief.forecast_words import (
    SCORES,
    amount,
    answer_in_words,
    beside,
    beside_in_short,
    company_in_words,
    futures,
    methods_in_words,
    outcome_in_words,
    pair_of,
    percent,
    record_line,
    span,
    spark_of,
    standing_in_words,
    total_of,
)
from foreshock.brief.forecasts import SeriesItem, TotalItem
from foreshock.brief.printing import Printer
from foreshock.brief.terminal_displacement import (
    tell_displacement,
    tell_displacement_in_short,
)
from foreshock.brief.words import counted, plain, unique
from foreshock.core.ensemble import WEEK
from foreshock.core.time import say_day

PAIRS = 2
QUESTIONS = 3
CLAIMS = 2


def render_forecast(brief: Brief, console: Console) -> None:
    """Print the forecast of a brief alone, with everything that belongs to it.

    Parameters
    ----------
    brief : Brief
    console : rich.console.Console
    """
    printer = Printer(brief, console)
    printer.line(Text(plain(brief.title), style="bold"))
    printer.line(Text(f"As of the end of {say_day(brief.as_of)} (UTC)"))
    tell_forecast(printer, everything=True)
    tell_displacement(printer)
    if printer.cited:
        printer.sources()


def tell_forecast(printer: Printer, *, everything: bool = False) -> None:
    """Print what may follow.

    Parameters
    ----------
    printer : Printer
    everything : bool
        All pairs, questions and reasons, else the foremost.
    """
    printer.heading("What may follow")
    forecast = printer.brief.forecast
    if forecast.issued:
        printer.note(standing_in_words(printer.brief))
        _pairs(printer, everything)
    else:
        printer.line(Text(plain(forecast.reason), style="bold"))
    if printer.brief.afterwards:
        printer.note(
            f"Seen afterwards: what was known by {say_day(printer.brief.afterwards.day)}. The "
            "forecast knew nothing of it."
        )
    if not everything:
        tell_displacement_in_short(printer)
    _questions(printer, everything)
    _record(printer, everything)


def _pairs(printer: Printer, everything: bool) -> None:
    forecast = printer.brief.forecast
    shown = forecast.series if everything else forecast.series[:PAIRS]
    for series in shown:
        keys = unique(printer.events[e].claims[0] for e in series.events if e in printer.events)
        text = Text(spark_of(series))
        text.append(f" {printer.keys(keys, CLAIMS) if keys else ''}", style="cyan")
        printer.item(pair_of(series), text)
        _pair(printer, series, everything)
    if shown:
        rest = len(forecast.series) - len(shown)
        more = f" More by foreshock forecast: {counted(rest, 'pair')}." if rest else ""
        earlier = [
            t.earlier.as_of for s in shown for m in s.measures for t in m.totals if t.earlier
        ]
        was = f" Was: as of {say_day(max(earlier))}." if earlier else ""
        printer.note(
            "Bars: acts by week; behind the line, the middle of the futures. In parentheses: nine "
            f"futures of ten.{was}{more}"
        )
    if everything:
        names = [name for s in shown for m in s.measures for t in m.totals for name in t.baselines]
        if names:
            printer.note(methods_in_words(names))
    for each in forecast.withheld if everything else ():
        printer.item(plain(each.name), Text(f"no forecast: {plain(each.reason)}"))
    if forecast.withheld and not everything:
        printer.note(f"Withheld, too little evidence: {counted(len(forecast.withheld), 'pair')}.")
    for note in forecast.notes if everything else ():
        printer.note(plain(note))
    if everything and (found := forecast.reproduction):
        low, middle, high = found.placebo
        sign = "more than chance" if found.distinct else "no sign of excitation"
        printer.note(
            f"One act brings forth {found.value:.2f} ({found.low:.2f}–{found.high:.2f}) more, day "
            f"by day. The same fit on series without any excitation gives {middle:.2f} "
            f"({low:.2f}–{high:.2f}): {sign}."
        )


def _pair(printer: Printer, series: SeriesItem, everything: bool) -> None:
    week = total_of(series, "events", WEEK)
    if week is None:
        return
    deaths = total_of(series, "deaths", WEEK)
    parts = [
        span(total, measure, total.earlier.median if total.earlier and everything else None)
        for measure, total in (("events", week), ("deaths", deaths))
        if total
    ]
    beside_it = [
        f"was {percent(week.earlier.any)}" if week.earlier and week.earlier.any is not None else "",
        (beside if everything else beside_in_short)({n: e.any for n, e in week.baselines.items()}),
    ]
    simple = f" ({'; '.join(filter(None, beside_it))})" if any(beside_it) else ""
    told = f"7 days: any act {percent(week.any)}{simple}; {', '.join(parts)}."
    thin = series.thin if everything else series.thin.partition(";")[0]
    printer.under(told + (f" Thin evidence: {plain(thin)}." if thin else ""))
    for total in (week, deaths):
        _afterwards(printer, total, "deaths" if total is deaths else "events")
    if everything:
        _more(printer, series)


def _afterwards(printer: Printer, total: TotalItem | None, measure: str) -> None:
    if total is not None and total.came is not None:
        held = "within" if total.came.covered else "outside"
        printer.under(
            f"Seen afterwards: {amount(total.came.value, measure)} in these {total.days} days, "
            f"{held} nine futures of ten.",
            style="bold",
        )


def _more(printer: Printer, series: SeriesItem) -> None:
    for days in (14, 30):
        told = [
            span(total, measure, total.earlier.median if total.earlier else None)
            for measure in ("events", "deaths")
            if (total := total_of(series, measure, days))
        ]
        if told:
            printer.under(f"{days} days: {', '.join(told)}.")
    events = next((each for each in series.measures if each.measure == "events"), None)
    if series.quiet is not None:
        fading = events.fading if events else None
        ebbing = f"; last week under half of the first {futures(fading)}" if fading else ""
        simple = f" ({beside(series.quiet_baselines)})" if series.quiet_baselines else ""
        printer.under(f"No act for 7 days {futures(series.quiet)}{simple}{ebbing}.")
    if series.drivers:
        told = [
            f"{percent(each.share)} ({100 * each.low:.0f}–{100 * each.high:.0f}) from "
            f"{plain(each.name)}"
            for each in series.drivers
        ]
        printer.under(f"Of the acts expected in the next week: {', '.join(told)}.")
    for shift in series.shifts:
        printer.under(
            f"Supposing “{plain(shift.condition)}”: {plain(shift.what)} {percent(shift.before)} → "
            f"{percent(shift.after)}."
        )


def _questions(printer: Printer, everything: bool) -> None:
    brief = printer.brief
    asked = [q for q in brief.questions if q.outcome is None or q.afterwards]
    answered = [q for q in asked if q.answered_by is not None]
    # Who asks how it came out is told of every answer.
    shown = answered if everything or brief.afterwards else _foremost(answered)
    for question in shown:
        _question(printer, question, everything)
    if everything and brief.forecast.issued:
        for question in asked:
            if question.answered_by is None:
                printer.item(question.id, Text(plain(question.text)))
                printer.under(plain(question.reason))
        return
    open_ones = len(asked) - len(answered)
    if asked:
        uncovered = f"No model covers {counted(open_ones, 'other question')}. " if open_ones else ""
        hidden = len(answered) - len(shown)
        more = f"More answers by foreshock forecast: {hidden}. " if hidden else ""
        printer.note(f"{more}{uncovered}People's forecasts: {len(brief.people)} (--json).")


def _foremost(answered: list[QuestionItem]) -> list[QuestionItem]:
    """Choose a few answers: the first of each model (of fighting, flight, control), then others."""
    models = [question.answered_by for question in answered]
    place = [models[:at].count(model) for at, model in enumerate(models)]
    chosen = sorted(range(len(answered)), key=lambda at: (place[at], at))[:QUESTIONS]
    return [answered[at] for at in sorted(chosen)]


def _question(printer: Printer, question: QuestionItem, everything: bool) -> None:
    people = {person.id: person for person in printer.brief.people}
    printer.item(question.id, Text(plain(question.text)))
    told = Text(answer_in_words(question, short=not everything), style="bold")
    company = company_in_words(question, people, short=not everything)
    if company:
        told.append(f"; {'; '.join(company)}", style="not bold")
    printer.under(told)
    if question.afterwards:
        printer.under(f"Seen afterwards, {outcome_in_words(question)}.", style="bold")
    for note in question.notes if everything else ():
        printer.under(f"({plain(note)})", style="dim")
    for judgement in question.judgements if everything else ():
        printer.under(f"{plain(judgement.who)}: {plain(judgement.reason)}")


def _record(printer: Printer, everything: bool) -> None:
    ledger = printer.brief.ledger
    if ledger.note:
        printer.note(plain(ledger.note))
    if ledger.record is None:
        return
    record = ledger.record
    if not everything and not record.live.resolved and not record.hindcast.resolved:
        issued = f"{record.live.forecasts} live, {record.hindcast.forecasts} in hindsight"
        printer.note(f"Track record: none yet; {issued}, none resolved.")
        return
    seen = f" by {say_day(record.as_of)}" if printer.brief.afterwards else ""
    printer.item(f"Track record{seen}, live", Text(record_line(record.live)))
    printer.item("In hindsight", Text(record_line(record.hindcast)))
    if everything and (record.live.resolved or record.hindcast.resolved):
        printer.note(SCORES)
    for voice in record.judgements if everything else ():
        printer.item(f"{plain(voice.who)} ({voice.standing})", Text(record_line(voice)))
