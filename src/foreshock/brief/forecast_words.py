"""Words for forecasts: chances in per cent, in words with their range, and as futures in ten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from foreshock.brief.document import Brief, PersonItem, QuestionItem
from foreshock.brief.forecasts import (
    EarlierItem,
    MeasureItem,
    SeriesItem,
    SkillItem,
    SpanItem,
    TotalItem,
    VoiceRecordItem,
)
from foreshock.brief.words import counted, joined, likelihood, likelihood_range, plain
from foreshock.core.ensemble import WEEK
from foreshock.core.quantities import number
from foreshock.core.time import say_day

LEVELS = "▁▂▃▄▅▆▇█"

NOUNS = {"events": ("act", "acts"), "deaths": ("death", "deaths")}

HINDCAST = (
    "In hindsight: models, questions and thresholds could be chosen with what happened in view, so "
    "it proves no skill."
)

SCORES = (
    "Brier score: the square of the gap between what was said and what came, 0 for perfect and "
    "0.25 for always saying 50 %. CRPS: the same idea for a number, in its own units, 0 for "
    "perfect. Per cent better: how much smaller our score is than the simple method's, with the "
    "95 % interval in parentheses."
)

METHODS = {
    "climatology": "any stretch on record may come again",
    "conflictology": "one of the last twelve stretches comes again",
    "persistence": "the last 30 days go on",
    "weighted mean": "the past goes on, recent days weighing more",
    "last rate": "as many leave each day as between the last two counts",
    "mean rate": "as many as on average so far",
    "past weeks": "weeks of the past come again",
    "no change": "every place stays with whoever is believed to hold it",
    "last fortnight's pace": "the advance by road goes on as in the last 14 days",
}
"""What simple methods suppose, by name; of others the name has to do."""


def methods_in_words(names: Iterable[str]) -> str:
    """Explain the simple methods that stand beside a forecast.

    Examples
    --------
    >>> methods_in_words(["persistence", "a coin"])
    'Simple methods: persistence (the last 30 days go on); a coin.'
    """
    told = [
        f"{plain(name)} ({METHODS[name]})" if name in METHODS else plain(name)
        for name in dict.fromkeys(names)
    ]
    return f"Simple methods: {'; '.join(told)}." if told else ""


def percent(probability: float) -> str:
    """Write a probability in per cent, and never as certain.

    Examples
    --------
    >>> percent(0.625), percent(0.004), percent(1.0)
    ('62 %', 'under 1 %', 'over 99 %')
    """
    if probability < 0.01:
        return "under 1 %"
    return "over 99 %" if probability > 0.99 else f"{100 * probability:.0f} %"


def futures(probability: float) -> str:
    """Say a probability as a natural frequency: in how many of so many futures.

    Frequencies are understood better than single probabilities (Gigerenzer and Hoffrage 1995,
    doi:10.1037/0033-295X.102.4.684).

    Examples
    --------
    >>> futures(0.68), futures(0.03), futures(0.0), futures(0.97)
    ('in 7 of 10 futures', 'in 3 of 100 futures', 'in fewer than 1 of 100 futures',
    'in 97 of 100 futures')
    """
    if probability < 0.01:
        return "in fewer than 1 of 100 futures"
    if probability > 0.99:
        return "in more than 99 of 100 futures"
    if 0.1 <= probability <= 0.9:
        return f"in {10 * probability:.0f} of 10 futures"
    return f"in {100 * probability:.0f} of 100 futures"


def chance(probability: float) -> str:
    """Say a probability in words with their range, in per cent, and as a natural frequency.

    Examples
    --------
    >>> chance(0.68), chance(0.03)
    ('likely (55–80 %): 68 %, in 7 of 10 futures',
    'almost certainly not (0–5 %): in 3 of 100 futures')
    """
    word = likelihood(probability)
    # Of a hundred futures the number is the per cent; it is not said twice.
    exact = f"{percent(probability)}, " if 0.1 <= probability <= 0.9 else ""
    return f"{word} ({likelihood_range(word)}): {exact}{futures(probability)}"


def span(told: SpanItem, measure: str, was: float | None = None) -> str:
    """Say a total with the interval that holds nine futures in ten, and what it was before.

    Examples
    --------
    >>> span(SpanItem(median=4, low=1, high=8, any=0.98), "events", 3)
    '4 acts (1–8, was 3)'
    """
    before = "" if was is None else f", was {number(was)}"
    return f"{amount(told.median, measure)} ({number(told.low)}–{number(told.high)}{before})"


def amount(value: float, measure: str) -> str:
    """Say how many acts or deaths.

    Examples
    --------
    >>> amount(1, "events"), amount(12, "deaths")
    ('1 act', '12 deaths')
    """
    one, many = NOUNS.get(measure, (measure, measure))
    return f"{number(value)} {one if value == 1 else many}"


def earlier_in_words(earlier: EarlierItem) -> str:
    """Say what the last forecast before this one said: "was 31 % as of 29 Jan 2020"."""
    if earlier.probability is not None:
        said = percent(earlier.probability)
    else:
        said = number(earlier.median or 0.0)
    if earlier.again:
        return f"was {said} in an earlier issue of this day"
    return f"was {said} as of {say_day(earlier.as_of)}"


def beside(baselines: Mapping[str, float], *, chances: bool = True) -> str:
    """Say what simple methods answer."""
    return ", ".join(
        f"{plain(name)} {percent(told) if chances else number(told)}"
        for name, told in baselines.items()
    )


def beside_in_short(baselines: Mapping[str, float], *, chances: bool = True) -> str:
    """Say what simple methods answer as one range.

    Examples
    --------
    >>> beside_in_short({"climatology": 0.62, "persistence": 0.87})
    'simple methods 62–87 %'
    >>> beside_in_short({"climatology": 1, "persistence": 6}, chances=False)
    'simple methods 1–6'
    >>> beside_in_short({})
    ''
    """
    if not baselines:
        return ""
    low, high = (
        percent(end) if chances else number(end)
        for end in (min(baselines.values()), max(baselines.values()))
    )
    if low == high:
        return f"simple methods {low}"
    if low[0].isdigit() and high[0].isdigit():
        return f"simple methods {low.removesuffix(' %')}–{high}"
    return f"simple methods {low} to {high}"


def standing_in_words(brief: Brief) -> str:
    """Say when and how the forecast was issued."""
    forecast = brief.forecast
    return issued_in_words(
        forecast.standing,
        forecast.issued_at,
        forecast.horizon,
        forecast.model,
        forecast.members,
    )


def issued_in_words(
    standing: str, issued_at: datetime | None, days: int, model: str, members: int
) -> str:
    """Say when and how a forecast was issued, and what a hindcast is worth.

    Examples
    --------
    >>> issued_in_words("live", datetime(2031, 5, 1, 8, 30), 30, "demo", 1000)
    'Live forecast of 30 days, issued 2031-05-01 08:30 UTC by demo, 1,000 equally likely futures.'
    """
    when = f" {issued_at:%Y-%m-%d %H:%M} UTC" if issued_at else ""
    kind = {"live": "Live forecast", "hindcast": "Hindcast"}.get(standing, "Forecast")
    hindsight = f" {HINDCAST}" if standing == "hindcast" else ""
    return (
        f"{kind} of {counted(days, 'day')}, issued{when} by {plain(model)}, "
        f"{members:,} equally likely futures.{hindsight}"
    )


# ---------------------------------------------------------------------- pairs


def pair_of(series: SeriesItem) -> str:
    """Name a pair: who does something to whom.

    An arrow, as what A does to B is another series than what B does to A.
    """
    acts = f" ({plain(series.acts)})" if series.acts else ""
    return f"{plain(series.a.name)} → {plain(series.b.name)}{acts}"


def measure_of(series: SeriesItem, measure: str) -> MeasureItem | None:
    """Give what is told of one measure of a pair; None if it is not forecast."""
    return next((each for each in series.measures if each.measure == measure), None)


def total_of(series: SeriesItem, measure: str, days: int) -> TotalItem | None:
    """Give the total of a pair over the first days; None if it was not written down."""
    found = measure_of(series, measure)
    return next((each for each in found.totals if each.days == days), None) if found else None


def weekly(days: Sequence[float], weeks: int) -> list[float]:
    """Sum up the last whole weeks of daily values, oldest first.

    Examples
    --------
    >>> weekly([9, *[1] * 14], 2)
    [7, 7]
    """
    whole = min(weeks, len(days) // WEEK)
    start = len(days) - WEEK * whole
    return [sum(days[start + WEEK * w : start + WEEK * (w + 1)]) for w in range(whole)]


def sparkline(past: Sequence[float], ahead: Sequence[float]) -> str:
    """Draw a row of bars, with a line where the forecast begins; an empty week is a dot.

    Examples
    --------
    >>> sparkline([0, 1, 4], [8, 2])
    '·▁▄│█▂'
    """
    top = max([1.0, *past, *ahead])

    def bars(values: Iterable[float]) -> str:
        return "".join(
            LEVELS[max(0, round(value / top * len(LEVELS)) - 1)] if value > 0 else "·"
            for value in values
        )

    return f"{bars(past)}│{bars(ahead)}"


def spark_of(series: SeriesItem, weeks: int = 8) -> str:
    """Draw the acts of a pair by week: what was counted, and the middle of the futures."""
    events = measure_of(series, "events")
    if events is None:
        return ""
    return sparkline(weekly(events.observed, weeks), events.week.median[WEEK - 1 :: WEEK])


# ---------------------------------------------------------------------- questions


def answer_in_words(question: QuestionItem, *, short: bool = False) -> str:
    """Say the answer to a question, or why there is none.

    In short, a chance is not said a second time as a frequency, nor an interval that it holds nine
    futures in ten.
    """
    if question.answered_by is None:
        return question.reason
    if question.probability is not None:
        word = likelihood(question.probability)
        brief = f"{word} ({likelihood_range(word)}): {percent(question.probability)}"
        return brief if short else chance(question.probability)
    median = number(question.median or 0.0)
    interval = "–".join(number(end) for end in question.interval or (0.0, 0.0))
    return f"{median} ({interval})" if short else f"{median}; 9 futures of 10 lie in {interval}"


def company_in_words(
    question: QuestionItem, people: Mapping[str, PersonItem], *, short: bool = False
) -> list[str]:
    """Say what stands beside an answer: simple methods, people with odds, judgements.

    In short, simple methods are one range.
    """
    lines = []
    if question.earlier:
        lines.append(earlier_in_words(question.earlier))
    if question.baselines:
        say = beside_in_short if short else beside
        lines.append(say(question.baselines, chances=question.probability is not None))
    lines += [
        f"{plain(person.source)} {sure(person)}"
        for key in question.people
        if (person := people.get(key)) and (person.low, person.high) != (None, None)
    ]
    lines += [
        f"{plain(each.who)} judged {percent(each.probability)}" for each in question.judgements
    ]
    return lines


def sure(person: PersonItem) -> str:
    """Say how sure a person was: odds, or that there were none."""
    ends = [round(100 * end) for end in (person.low, person.high) if end is not None]
    odds = "–".join(str(end) for end in dict.fromkeys(ends))
    return f"{odds} %" if odds else "without odds"


def outcome_in_words(question: QuestionItem) -> str:
    """Say how a question came out, and how the answer scored."""
    if question.outcome is None:
        return ""
    came = question.outcome
    if question.value:  # a number that was asked for needs no "number" before it
        asked = question.answered_by is not None and question.probability is None
        came = question.value if asked else f"{came} ({question.value})"
    told = f"it came out: {plain(came)}"
    if question.score is None:
        return told
    name = "Brier score" if question.probability is not None else "CRPS"
    others = ", ".join(f"{plain(n)} {each:.2f}" for n, each in question.baseline_scores.items())
    return f"{told}; {name} {question.score:.2f}" + (f" ({others})" if others else "")


# ---------------------------------------------------------------------- record


def record_line(voice: VoiceRecordItem) -> str:
    """Say the record of one voice in a line."""
    if not voice.forecasts:
        return "nothing issued."
    parts = [f"{counted(voice.forecasts, 'forecast')}, {voice.resolved} resolved"]
    if not voice.resolved:
        return f"{parts[0]}: nothing can be said of how good they are."
    if voice.brier is not None:
        parts.append(f"Brier score {voice.brier:.2f} on {voice.chances}")
    if voice.numbers:
        parts.append(f"{voice.covered} of {voice.numbers} numbers within 9-in-10 intervals")
    for names, scores in (("chances", voice.skill), ("numbers", voice.number_skill)):
        sure = {name: each for name, each in scores.items() if each.low is not None}
        told = [f"{skill_in_words(each)} than {plain(name)}" for name, each in sure.items()]
        if told:
            parts.append(f"{names}: {joined(told)}")
        elif scores and voice.enough:
            parts.append(f"{names}: too few to compare with simple methods")
    few = "" if voice.enough else " Too few to speak of a record."
    return f"{'; '.join(parts)}.{few}"


def skill_in_words(skill: SkillItem) -> str:
    """Say skill as so many per cent better or worse, with its interval where there is one."""
    if skill.value is None:
        return "not comparable"
    better = "better" if skill.value >= 0 else "worse"
    told = f"{abs(100 * skill.value):.0f} % {better}"
    if skill.low is None or skill.high is None:
        return f"{told} (too few to tell how sure)"
    return f"{told} ({100 * skill.low:+.0f} to {100 * skill.high:+.0f})"
