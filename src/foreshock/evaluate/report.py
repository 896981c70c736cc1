"""What a study found, as tables: for a terminal, for a Markdown page, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import Any

from foreshock.core.time import say_day
from foreshock.evaluate.models import POOL
from foreshock.evaluate.tables import AMONG, SCORES, Coverage, Result, Study
from foreshock.verify.skill import Skill

NOTHING = "–"
WIDTH = 100


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading and what a reader must know to read it.

    Parameters
    ----------
    title, note : str
    head : tuple of str
    rows : tuple of tuple of str
    """

    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """Give it as Markdown; what a table's author wrote cannot break out of its cell."""
        lines = [self.head, tuple("---" for _ in self.head), *self.rows]
        return "\n".join("| " + " | ".join(_cell(each) for each in row) + " |" for row in lines)

    def text(self) -> str:
        """Give it as text, columns aligned."""
        every = [self.head, *self.rows]
        widths = [max(len(row[k]) for row in every) for k in range(len(self.head))]
        return "\n".join(
            "  ".join(
                each.ljust(width) if k == 0 else each.rjust(width)
                for k, (each, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in every
        )


def _cell(text: str) -> str:
    plain = " ".join(text.split())
    for sign in "\\`*_[]<>|":
        plain = plain.replace(sign, "\\" + sign)
    return plain


# ---------------------------------------------------------------------- words


def per_cent(share: float | None, *, signed: bool = True) -> str:
    """Say a share in per cent, one decimal."""
    if share is None:
        return NOTHING
    return f"{100 * share:+.1f} %" if signed else f"{100 * share:.1f} %"


def say_skill(found: Skill) -> str:
    """Say a skill with its 95 % interval.

    Examples
    --------
    >>> say_skill(Skill(0.041, 0.012, 0.066, 47, 1222)), say_skill(Skill(0.041, None, None, 4, 9))
    ('+4.1 % [+1.2, +6.6]', '+4.1 %')
    """
    text = per_cent(found.value)
    if found.low is None or found.high is None:
        return text
    return f"{text} [{100 * found.low:+.1f}, {100 * found.high:+.1f}]"


def said_score(value: float) -> str:
    """Say a mean score with three figures or so."""
    return f"{value:.2f}" if value >= 10 else f"{value:.3f}"


# ---------------------------------------------------------------------- tables


def set_up(study: Study, by: str) -> str:
    """Say in a few sentences what was done."""
    plan, rolled = study.plan, study.rolled
    scores = rolled.scores
    origins = scores["origin"].n_unique()
    cases = {
        days: scores.filter(horizon=days, measure=plan.measures[0], forecaster=POOL).height
        for days in plan.horizons
    }
    told = ", ".join(f"{number:,} of {days} days" for days, number in cases.items())
    first, last = rolled.origins[0], rolled.origins[-1]
    late = (
        "events dated before the origin"
        if plan.delay == 0
        else f"events dated at least {plan.delay + 1} days before the origin"
    )
    out = (
        f" {rolled.left_out:,} cases in which some method refused count for none."
        if rolled.left_out
        else ""
    )
    return (
        f"{origins} origins, every {plan.every} days from {say_day(first)} to {say_day(last)}; "
        f"{scores['series'].n_unique()} series by {by}, each from the origin on at which it has "
        f"{plan.least_events} known events. Windows: {told}, beginning on the day of the origin. "
        f"Known at an origin: {late}. All models and all simple methods are fitted and tuned anew "
        f"at every origin, on windows that were over by then. Each forecast is a distribution, "
        f"scored by {plan.members} members.{out}"
    )


def headline(study: Study) -> Table:
    """Tabulate the skill of the pool by score, measure and horizon."""
    rows = [
        (
            f"{each.measure}, {each.horizon} days: {each.score.name}",
            f"{each.cases:,}",
            said_score(each.means[POOL]),
            said_score(each.means[each.best]),
            each.best,
            say_skill(each.skill[POOL]),
            f"{each.won[POOL].won} of {each.won[POOL].of}",
        )
        for each in study.results
    ]
    return Table(
        "The pool against the best simple method",
        "Smaller scores are better. The best simple method is chosen row by row, in hindsight and "
        "in its favour. Skill is the share of its score that the pool saves, with a 95 % interval "
        "from resampled blocks of four origins. The last column: series in which the pool scores "
        "better.",
        ("score", "cases", "pool", "best simple", "which", "skill", "series won"),
        tuple(rows),
    )


def means(study: Study, measure: str) -> Table:
    """Tabulate mean scores of every forecaster, for one measure."""
    chosen = [score for score in SCORES if measure in score.measures and score.column != "rise"]
    return _by_forecaster(
        study,
        f"Mean scores: {measure}",
        "Each cell: 7, 14 and 30 days, or the windows asked for.",
        measure,
        [score.name for score in chosen if score.column != "any"],
    )


def probabilities(study: Study) -> Table:
    """Tabulate Brier scores of every forecaster."""
    return _by_forecaster(
        study,
        "Mean Brier scores of what may happen",
        "Any event, in series with one in the last 90 days; a rise to at least half as many again "
        "as in the last window, where that had 1 or more, or 5 or more.",
        "events",
        [score.name for score in SCORES if score.column in {"any", "rise"}],
    )


def _by_forecaster(
    study: Study, title: str, note: str, measure: str, scores: Sequence[str]
) -> Table:
    def cell(name: str, score: str) -> str:
        found = [study.result(score, measure, days) for days in study.plan.horizons]
        return " / ".join(said_score(each.means[name]) if each else NOTHING for each in found)

    rows = [(name, *(cell(name, score) for score in scores)) for name in _forecasters(study)]
    return Table(title, note, ("", *scores), tuple(rows))


def parts(study: Study) -> Table:
    """Tabulate the skill of each model beside the pool."""
    names = [name for name in study.rolled.models if name != POOL]
    rows = [
        (
            f"{each.measure}, {each.horizon} days: {each.score.name}",
            *(say_skill(each.skill[name]) for name in names),
        )
        for each in study.results
        if "biggest" not in each.score.among
    ]
    return Table(
        "What the pool is made of",
        "Skill against the same simple method as above.",
        ("score", *names),
        tuple(rows),
    )


def coverage(study: Study, read: Callable[[Coverage], str], title: str, note: str) -> Table:
    """Tabulate one reading of the 90 % intervals of every forecaster."""
    columns = [(m, days) for m in study.plan.measures for days in study.plan.horizons]

    def cell(name: str, measure: str, days: int) -> str:
        told = {
            row.among: row
            for row in study.coverage
            if (row.forecaster, row.measure, row.horizon) == (name, measure, days)
        }
        return " / ".join(
            read(told[among]) if among in told else NOTHING for among in AMONG.values()
        )

    rows = [(name, *(cell(name, *column) for column in columns)) for name in _forecasters(study)]
    return Table(title, note, ("", *(f"{m} {days}" for m, days in columns)), tuple(rows))


def coverages(study: Study) -> tuple[Table, Table]:
    """Tabulate the 90 % intervals, read in two ways."""
    among = " / ".join(AMONG.values())
    return (
        coverage(
            study,
            lambda row: f"{row.within:.2f} ({row.promised:.2f})",
            "90 % intervals: held (and promised)",
            "Share of cases within the closed interval from the 5 % to the 95 % quantile "
            f"({among}). In brackets what the forecast itself gave that interval: counts are "
            "whole numbers, so it holds more than 90 %.",
        ),
        coverage(
            study,
            lambda row: f"{row.transform:.2f}",
            "90 % intervals: share of the probability transform",
            f"Between 0.05 and 0.95, whole numbers spread evenly ({among}). 0.90 is right, "
            "whatever the counts; more is too wide, less too narrow.",
        ),
    )


def coverage_of(study: Study, name: str = POOL) -> Table:
    """Tabulate the 90 % intervals of one forecaster, a row a measure, horizon and kind of case."""
    rows = tuple(
        (
            f"{row.measure}, {row.horizon} days: {row.among}",
            f"{row.cases:,}",
            per_cent(row.within, signed=False),
            per_cent(row.promised, signed=False),
            per_cent(row.transform, signed=False),
        )
        for row in study.coverage
        if row.forecaster == name
    )
    return Table(
        f"90 % intervals of the {name}",
        "Held: share of cases within the closed interval from the 5 % to the 95 % quantile. "
        "Promised: what the forecasts gave it; counts are whole numbers, so it holds more than "
        "90 %. Transform: with whole numbers spread evenly, 90 % is right.",
        ("cases", "number", "held", "promised", "transform"),
        rows,
    )


def _forecasters(study: Study) -> tuple[str, ...]:
    return (*study.rolled.models, *study.rolled.baselines)


def tables(study: Study) -> list[Table]:
    """Give every table of a study, in their order."""
    found = [headline(study), *(means(study, measure) for measure in study.plan.measures)]
    if "events" in study.plan.measures:
        found.append(probabilities(study))
    if len(study.rolled.models) > 1:
        found.append(parts(study))
    return [*found, *coverages(study)]


# ---------------------------------------------------------------------- whole


def as_lines(about: str, done: str, tables: Iterable[Table]) -> str:
    """Give what a study is about, what was done and its tables as text."""
    parts = [about, "", *wrap(done, WIDTH)]
    for table in tables:
        parts += ["", table.title, *wrap(table.note, WIDTH), "", table.text()]
    return "\n".join(parts)


def as_page(title: str, about: str, done: str, tables: Iterable[Table]) -> str:
    """Give the same as a Markdown page."""
    parts = [f"# {title}", "", _cell(about), "", done]
    for table in tables:
        parts += ["", f"## {table.title}", "", table.note, "", table.markdown()]
    return "\n".join(parts) + "\n"


def as_text(study: Study, by: str, about: str) -> str:
    """Give what matters most as text: the pool against the best simple method, and its intervals.

    The other tables are wide; they stand on the page.
    """
    told = as_lines(about, set_up(study, by), (headline(study), coverage_of(study)))
    return f"{told}\n\nEvery forecaster: on the page that -o writes, and with --json."


def as_markdown(study: Study, by: str, about: str) -> str:
    """Give the study as a Markdown page."""
    title = "How good the forecasts of escalation were"
    return as_page(title, about, set_up(study, by), tables(study))


def as_json(study: Study, by: str, about: str) -> dict[str, Any]:
    """Give the study as it is written down."""
    plan = study.plan
    return {
        "about": about,
        "by": by,
        "first": plan.first.isoformat(),
        "last": plan.last.isoformat(),
        "every": plan.every,
        "delay": plan.delay,
        "members": plan.members,
        "origins": study.rolled.scores["origin"].n_unique(),
        "left_out": study.rolled.left_out,
        "biggest": list(study.biggest),
        "models": list(study.rolled.models),
        "baselines": list(study.rolled.baselines),
        "tuned_once": [
            {"measure": measure, "horizon": days} | asdict(tuned)
            for (measure, days), tuned in study.rolled.tuned_once.items()
        ],
        "results": [_result(each) for each in study.results],
        "coverage": [asdict(row) for row in study.coverage],
    }


def _result(found: Result) -> dict[str, Any]:
    return {
        "score": found.score.name,
        "among": found.score.among,
        "measure": found.measure,
        "horizon": found.horizon,
        "cases": found.cases,
        "means": dict(found.means),
        "best": found.best,
        "skill": {name: asdict(each) for name, each in found.skill.items()},
        "won": {name: asdict(each) for name, each in found.won.items()},
    }
