"""Measure the index of relations and write its page: ``python docs/validate_relations.py``.

Everything in the page's tables is worked out here, from the bundled case and from seeded
simulations; the episodes and what they should do to the index were fixed before it was run.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.patrons import patrons
from foreshock.assess.relations.acts import Act, Acts
from foreshock.assess.relations.discount import GRID, foretell, learned
from foreshock.assess.relations.memory import PRIOR, Counts, remember, week_of
from foreshock.assess.relations.share import Share, above, shares
from foreshock.assess.relations.strain import Channel, Dyad, share_by_week, strain
from foreshock.brief.page.svg import node
from foreshock.case.opening import open_case
from foreshock.core.random import stream
from foreshock.core.time import say_day
from foreshock.cycle import observe
from foreshock.evidence.reconcile import reconcile
from foreshock.evidence.view import Evidence
from foreshock.lexicon import load_ontology

DOCS = Path(__file__).parent
CASE, LAST_DAY = "idlib-2020", date(2020, 3, 31)
PAIR = ("turkey", "russia")
UP, DOWN = 0.8, 0.2


@dataclass(frozen=True, slots=True)
class Episode:
    """A turn fixed in advance: the index before and after it, and where it should have gone."""

    name: str
    before: date
    after: date
    expected: str


EPISODES = (
    Episode("Shoot-down of 24 November 2015", date(2015, 11, 23), date(2015, 12, 27), "up"),
    Episode("Thaw of June to August 2016", date(2016, 5, 31), date(2016, 8, 31), "down"),
    Episode(
        "Murder of the ambassador, 19 December 2016",
        date(2016, 12, 18),
        date(2017, 1, 18),
        "not up",
    ),
    Episode("Sochi, 22 October 2019", date(2019, 10, 21), date(2019, 11, 21), "down"),
    Episode("February and March 2020", date(2020, 1, 26), date(2020, 3, 4), "up"),
)


@dataclass(frozen=True, slots=True)
class Study:
    """The evidence of the last day, its pairs, and the score of each event."""

    evidence: Evidence
    dyads: Sequence[Dyad]
    goldstein: dict[str, float]

    def pair(self, a: str, b: str) -> Dyad:
        """Find a pair."""
        return next(dyad for dyad in self.dyads if {dyad.a, dyad.b} == {a, b})


def study() -> Study:
    """Assess the bundled case on the last day of the history."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["FORESHOCK_HOME"] = home
        case = open_case(CASE)
        evidence = observe(case, LAST_DAY)
    events = reconcile(evidence)
    types = load_ontology().types
    scores = {}
    for event in events.values():
        kind = types.get(event.type)
        scores[event.id] = (kind.score_of(event.mode) if kind else None) or 0.0
    acts = Acts(evidence, events, patrons(evidence))
    return Study(evidence, strain(acts, LAST_DAY, case.about.focus), scores)


# ---------------------------------------------------------------------- episodes


def at(channel: Channel, day: date) -> Share:
    """Give the share at the end of the last full week before a day."""
    return [week.share for week in channel.weeks if week.end <= day][-1]


def outcome(expected: str, probability: float) -> str:
    """Say whether the index did what was expected of it."""
    if expected == "up":
        return "hit" if probability >= UP else "miss"
    if expected == "down":
        return "hit" if probability <= DOWN else "miss"
    return "hit" if probability < UP else "miss"


def episodes(found: Study) -> list[list[str]]:
    """Judge every episode in both channels, beside three simpler measures."""
    dyad = found.pair(*PAIR)
    rows = []
    for episode in EPISODES:
        for channel in (dyad.deeds, dyad.words):
            before, after = at(channel, episode.before), at(channel, episode.after)
            probability = above(after, before)
            length = episode.after - episode.before
            spans = (
                (episode.before - length, episode.before),
                (episode.before, episode.after),
            )
            acts = [[act for act in channel.acts if a < act.day <= b] for a, b in spans]
            rows.append(
                [
                    episode.name,
                    f"{channel.name}s",
                    episode.expected,
                    f"{_told(before)} → {_told(after)}",
                    f"{probability:.2f}",
                    outcome(episode.expected, probability),
                    " → ".join(_counts(found) for found in acts),
                    " → ".join(f"{_goldstein(each, found.goldstein):+.0f}" for each in acts),
                    " → ".join(
                        _moving(channel.acts, day) for day in (episode.before, episode.after)
                    ),
                ]
            )
    return rows


def _told(share: Share) -> str:
    thin = "" if share.enough else " thin"
    return f"{share.mean:.2f} ({share.mass:.0f}{thin})"


def _counts(acts: Iterable[Act]) -> str:
    signs = [act.conflictual for act in acts]
    return f"{sum(signs)}/{len(signs) - sum(signs)}"


def _goldstein(acts: Iterable[Act], scores: dict[str, float]) -> float:
    return sum(scores[act.event] for act in acts)


def _moving(acts: Iterable[Act], day: date) -> str:
    """Give the plain share of the last 90 days."""
    recent = [act.conflictual for act in acts if day - timedelta(days=90) < act.day <= day]
    return f"{np.mean(recent):.2f}" if recent else "–"


# ---------------------------------------------------------------------- skill and coverage


def skills(found: Study) -> list[list[str]]:
    """List how well each pair's next signs were foretold."""
    rows = []
    for dyad in found.dyads:
        for channel in (dyad.deeds, dyad.words):
            skill = channel.skill
            if skill is None or skill.weeks < 20:
                continue
            names = " and ".join(found.evidence.actors.name(x) for x in (dyad.a, dyad.b))
            rows.append(
                [
                    names,
                    f"{channel.name}s",
                    f"{skill.acts:.0f}",
                    f"{channel.discount:.2f}",
                    f"{skill.gained:+.1f}",
                    f"{skill.pit:.2f}" if skill.pit is not None else "–",
                ]
            )
    return sorted(rows, key=lambda row: -float(row[4]))


def coverage(
    low: float, high: float, rate: float, simulations: int = 500, kish: bool = True
) -> dict[str, tuple[float, float]]:
    r"""Simulate a share that jumps; say how often the 90 % interval holds the truth, when.

    Returns
    -------
    dict of str to tuple of float
        Least and greatest coverage over the weeks before the jump (from week 26 on), and over the
        weeks from :math:`3/(1-\\delta)` after it, with the mean discount learned by then.
    """
    random = stream(1, "coverage", f"{low} {high} {rate}")
    jump, weeks = 80, 160
    truth = np.where(np.arange(weeks) < jump, low, high)
    inside = np.zeros((simulations, weeks), bool)
    settled = np.zeros((simulations, weeks), bool)
    for simulation in range(simulations):
        number = random.poisson(rate, weeks)
        conflict = random.binomial(number, truth)
        acts = _simulated(conflict, number - conflict)
        own = foretell(acts)
        first = week_of(acts[0].day)
        discounts = learned(own, [], range(first + 1, first + weeks + 1))
        spread = share_by_week if kish else _mass_alone
        found = spread(acts, discounts, first + weeks - 1)
        for week, share in enumerate(found):
            span = share.span
            inside[simulation, week] = span.low <= truth[week] <= span.high
        patience = 3 / (1 - np.minimum(GRID[discounts], 0.999))
        settled[simulation] = np.arange(weeks) >= jump + patience
    before = inside[:, 26:jump].mean(0)
    enough = settled.mean(0) > 0.5
    after = [inside[settled[:, w], w].mean() for w in range(weeks) if enough[w]]
    return {
        "before": (float(before.min()), float(before.max())),
        "after": (float(min(after)), float(max(after))) if after else (np.nan, np.nan),
    }


def _simulated(conflictual: Sequence[int], cooperative: Sequence[int]) -> list[Act]:
    monday = date(2001, 1, 1)
    return [
        Act(
            event=f"{week} {sign} {index}",
            channel="word",
            conflictual=sign,
            day=monday + timedelta(weeks=week),
            known_at=monday + timedelta(weeks=week),
            weight=1.0,
            probability=1.0,
            deaths=None,
            issue="",
        )
        for week in range(len(conflictual))
        for sign, number in ((True, conflictual[week]), (False, cooperative[week]))
        for index in range(int(number))
    ]


def _mass_alone(acts: Sequence[Act], discounts: NDArray[np.int64], last: int) -> list[Share]:
    """Give the shares as if the mass were the number of acts that it was estimated from."""
    weeks = [week_of(act.day) for act in acts]
    signs = [act.conflictual for act in acts]
    counts = remember(weeks, weeks, signs, np.ones((len(acts), 1)), GRID, min(weeks), last)
    at = np.arange(len(discounts)), discounts
    conflictual, cooperative = counts.conflictual[at], counts.cooperative[at]
    return shares(Counts(conflictual, cooperative, conflictual + cooperative), GRID[discounts])


# ---------------------------------------------------------------------- page


def picture(found: Study) -> Element:
    """Draw deeds and words of the pair over the years with the episodes."""
    dyad = found.pair(*PAIR)
    start, end = date(2015, 1, 1), LAST_DAY

    def x(day: date) -> float:
        return 60 + 640 * (day - start).days / (end - start).days

    root = node(
        "svg", viewBox="0 0 720 330", xmlns="http://www.w3.org/2000/svg", width=720, height=330,
        font_family="system-ui, sans-serif", font_size=12,
    )  # fmt: skip
    root.append(node("rect", width=720, height=330, fill="#fff"))
    for panel, (channel, colour) in enumerate(((dyad.deeds, "#a04000"), (dyad.words, "#0b5394"))):
        top = 30 + 150 * panel

        def y(share: float, top: float = top) -> float:
            return top + 100 * (1 - share)

        root.append(
            node("text", f"{channel.name}s", x=8, y=top + 54, font_weight="bold", fill=colour)
        )
        for level, word in ((0.0, "0"), (0.5, "0.5"), (1.0, "1")):
            root.append(node("line", x1=60, x2=700, y1=y(level), y2=y(level), stroke="#ddd"))
            root.append(node("text", word, x=54, y=y(level) + 4, text_anchor="end", fill="#555"))
        for run in _runs(channel):
            upper = [(x(w.end), y(w.share.span.high)) for w in run]
            lower = [(x(w.end), y(w.share.span.low)) for w in reversed(run)]
            root.append(
                node("polygon", points=_points([*upper, *lower]), fill=colour, opacity=0.18)
            )
            root.append(
                node(
                    "polyline",
                    points=_points([(x(w.end), y(w.share.mean)) for w in run]),
                    fill="none",
                    stroke=colour,
                    stroke_width=1.8,
                    stroke_dasharray="5 3" if panel else None,
                )
            )
    for number, episode in enumerate(EPISODES, 1):
        at_x = x(episode.before)
        root.append(
            node("line", x1=at_x, x2=at_x, y1=20, y2=284, stroke="#333", stroke_dasharray="2 3")
        )
        root.append(node("text", str(number), x=at_x, y=15, text_anchor="middle", fill="#333"))
    for year in range(2015, 2021):
        root.append(node("text", str(year), x=x(date(year, 1, 1)), y=302, fill="#555"))
    root.append(
        node(
            "text",
            "Conflict share with its 90 % interval; gaps: insufficient evidence. 1–5: episodes.",
            x=60,
            y=322,
            fill="#333",
        )
    )
    return root


def _runs(channel: Channel) -> list[list]:
    runs: list[list] = [[]]
    for week in channel.weeks:
        if week.share.enough:
            runs[-1].append(week)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in points)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def page(found: Study, say: Callable[[str], None] = lambda _: None) -> str:
    """Write the whole page."""
    judged = episodes(found)
    hits = sum(row[5] == "hit" for row in judged)
    simulated = []
    for low, high, rate in ((0.2, 0.5, 1.5), (0.2, 0.6, 3.0), (0.3, 0.7, 1.0)):
        for kish in (True, False):
            say(f"simulating a share from {low} to {high}, {rate} acts a week")
            spans = coverage(low, high, rate, kish=kish)
            simulated.append(
                [
                    f"{low} → {high}",
                    f"{rate:g}",
                    "Kish's number (used)" if kish else "mass alone",
                    *(f"{100 * a:.0f}–{100 * b:.0f} %" for a, b in spans.values()),
                ]
            )
    columns = [
        "episode", "channel", "expected", "share (mass)", "P(higher after)", "", "acts −/+",
        "Goldstein sum", "share of 90 days",
    ]  # fmt: skip
    return (
        (DOCS / "relations.template.md")
        .read_text("utf-8")
        .format(
            hits=hits,
            total=len(judged),
            day=say_day(LAST_DAY),
            prior=PRIOR,
            episodes=table(columns, judged),
            skills=table(
                ["pair", "channel", "acts", "discount a week", "gained (nats)", "PIT p"],
                skills(found),
            ),
            coverage=table(
                ["share", "acts a week", "spread from", "before the jump", "from 3/(1−δ) after it"],
                simulated,
            ),
            misses="\n".join(
                f"- {row[0]}, {row[1]}: expected {row[2]}, P(higher after) = {row[4]}."
                for row in judged
                if row[5] == "miss"
            ),
        )
    )


if __name__ == "__main__":
    worked_out = study()
    (DOCS / "pictures" / "relations-history.svg").write_text(
        tostring(picture(worked_out), encoding="unicode") + "\n", encoding="utf-8"
    )
    (DOCS / "relations.md").write_text(
        page(worked_out, lambda line: print(line, file=sys.stderr)), encoding="utf-8"
    )
