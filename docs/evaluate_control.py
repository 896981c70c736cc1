"""Evaluate the belief in who holds each place, and write its page.

Run ``python docs/evaluate_control.py``. Every number of the page's tables is worked out here, from
the bundled case and from made-up wars whose holders are known.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from foreshock.assess.control.belief import Control, control_belief
from foreshock.case.opening import open_case
from foreshock.core.time import say_day
from foreshock.cycle import observe
from foreshock.evaluate.control.correcting import Correction, corrections
from foreshock.evaluate.control.rolling import Day, roll
from foreshock.evaluate.control.scoring import EVEN, MAJORITY, OURS, TOLD, TURNED, Case, cases
from foreshock.evaluate.control.scoring import LAST as LAST_CLAIM
from foreshock.evaluate.report import Table
from foreshock.evidence.view import Evidence
from foreshock.verify.skill import Difference, difference

DOCS = Path(__file__).parent
NAME, TOWN = "idlib-2020", "saraqib"
FIRST, LAST, KNOWN = date(2019, 12, 20), date(2020, 3, 6), date(2020, 3, 20)
TOWN_FROM = date(2020, 2, 1)
WORLDS, ON, DAYS = range(40), 70, range(20, 71, 5)
"""Made-up wars of a kind, the day that is scored, and the days whose sets are counted."""


def scored(found: Sequence[Case], ours: str, others: Sequence[str]) -> Table:
    """Score some methods on the later words, and the belief against each of the others."""
    units = [each.word.place for each in found]

    def logs(method: str) -> list[float]:
        return [-float(np.log(each.probability[method])) for each in found]

    def briers(method: str) -> list[float]:
        return [each.brier[method] for each in found]

    rows = [(ours, f"{np.mean(logs(ours)):.3f}", "", f"{np.mean(briers(ours)):.3f}", "")]
    for other in others:
        gaps = [_gap(difference(of(ours), of(other), units, seed=0)) for of in (logs, briers)]
        rows.append(
            (
                other,
                f"{np.mean(logs(other)):.3f}",
                gaps[0],
                f"{np.mean(briers(other)):.3f}",
                gaps[1],
            )
        )
    head = ("", "log score", "belief less it", "Brier", "belief less it")
    return Table("", "", head, tuple(rows))


def _gap(found: Difference) -> str:
    if found.low is None or found.high is None:
        return f"{found.value:+.3f} (too few places for an interval)"
    return f"{found.value:+.3f} ({found.low:+.3f} to {found.high:+.3f})"


def corrected(found: Sequence[Correction], evidence: Evidence) -> Table:
    """List how long every change of hands took to be believed."""
    names = evidence.places.name
    return Table("", "", ("place", "taken by", "on", "public", "origins", "believed after",
                          "newest word after"), tuple(
        (names(c.place), evidence.actors.name(c.side), say_day(c.day), say_day(c.told),
         f"{c.origins}", _days(c, c.believed), _days(c, c.named))
        for c in found
    ))  # fmt: skip


def _days(found: Correction, when: date | None) -> str:
    return "never" if when is None else f"{(when - found.day).days} d"


def losses(found: Sequence[Correction]) -> str:
    """Say where the belief was slower than the newest word."""
    slower = [c for c in found if c.named and (c.believed is None or c.believed > c.named)]
    never = [c for c in slower if c.believed is None]
    return (
        f"Of {len(found)} changes of hands that were told, the belief came later than the newest "
        f"word at {len(slower)}; {len(never)} of these it never believed before {say_day(LAST)} "
        f"or before the place was taken again. {sum(c.origins == 1 for c in slower)} of the "
        f"{len(slower)} rest on one origin."
    )


def town(days: Sequence[Day], evidence: Evidence) -> Table:
    """Show one town as it would have been seen each day."""
    rows, before = [], frozenset[str]()
    for each in days:
        control = each.control
        claims = frozenset(control.claims.get(TOWN, ()))
        fresh = sorted(evidence.claims[c].key for c in claims - before)
        before |= claims
        if each.day >= TOWN_FROM:
            rows.append((say_day(each.day), *_beliefs(control), ", ".join(fresh) or "–"))
    sides = ("the government", "the opposition", "contested", "another, or nobody")
    return Table("", "", ("end of", *sides, "new words"), tuple(rows))


def _beliefs(control: Control) -> tuple[str, ...]:
    if TOWN not in control.index:
        return ("–",) * 4
    told = dict(zip(control.holders, control.at()[control.index[TOWN]], strict=True))
    named = [told.get(state, 0.0) for state in ("syria", "rebels", "contested")]
    return tuple(f"{100 * share:.0f} %" for share in (*named, max(1 - sum(named), 0.0)))


def rates(control: Control) -> Table:
    """Tell the fitted rates beside their prior."""
    hazards = control.hazards
    each = (
        ("where nothing is going on", hazards.base),
        ("more, where there is fighting near", hazards.fighting),
        ("more, for a side that newly took a neighbour by road", hazards.road),
        ("that a contest ends", hazards.contest),
    )
    rows = [
        (name, f"{100 * rate.prior_shape / rate.prior_exposure:.2f} %", f"{100 * rate.mean:.2f} %",
         f"{rate.seen:.1f}", f"{rate.exposure - rate.prior_exposure:,.0f}")
        for name, rate in each
    ]  # fmt: skip
    head = ("a day", "prior", "fitted", "changes believed", "place-days")
    return Table("", "", head, tuple(rows))


def made_up() -> Table:
    """Score the belief and simple methods where it is known who held what, and count its sets."""
    sys.path.append(str(DOCS.parent))
    from tests.assess.control.judging import briers, held
    from tests.assess.control.worlds import WARS, evidence, world

    rows = []
    for war in WARS:
        made = [world(seed, war=war) for seed in WORLDS]
        told = [(each, control_belief(evidence(each, ON))) for each in made]
        scores = [briers(each, control, ON) for each, control in told]
        means = [
            np.mean([score for found in scores for score in found[name]]) for name in scores[0]
        ]
        sets = np.array([found for each, control in told for found in held(each, control, DAYS)])
        smoothed, whole = sets.mean(axis=0)[::-1]
        rows.append((war.name, *(f"{mean:.3f}" for mean in means), f"{len(sets):,}",
                     f"{100 * smoothed:.1f} %", f"{100 * whole:.1f} %"))  # fmt: skip
    head = ("", *scores[0], "place-days", "90 % sets hold", "of whole states")
    return Table("", "", head, tuple(rows))


def page() -> str:
    """Write the whole page."""
    evidence = observe(open_case(NAME), KNOWN)
    days = roll(evidence, FIRST, LAST, lambda step: print(step, file=sys.stderr))
    found, turned = cases(days, evidence), corrections(days, evidence)
    on = {each.day: each.control for each in days}
    early, late = on[date(2020, 2, 5)], on[LAST]
    thin = early.thin
    return (DOCS / "control.template.md").read_text("utf-8").format(
        first=say_day(FIRST), last=say_day(LAST),
        cases=len(found), words=len({c.word.claim for c in found}),
        places=len({c.word.place for c in found}),
        captures=sum(c.word.turned is not None for c in found),
        scores=scored(found, OURS, (LAST_CLAIM, MAJORITY, EVEN)).markdown(),
        heard=scored(found, TOLD, (TURNED, EVEN)).markdown(),
        corrections=corrected(turned, evidence).markdown(), losses=losses(turned),
        made_up=made_up().markdown(), wars=f"{len(WORLDS)}",
        town=town(days, evidence).markdown(),
        early=rates(early).markdown(), late=rates(late).markdown(),
        basis="\n".join(
            f"- {say_day(control.as_of)}: changes of hands {control.hazards.basis}; words of "
            f"parties {control.confusion.basis('party')}; of sound outsiders "
            f"{control.confusion.basis('sound')}; of doubtful ones "
            f"{control.confusion.basis('doubtful')}."
            for control in (early, late)
        ),
        thin=f"{len(thin)} of {len(early.places)}",
        since=say_day(FIRST - timedelta(days=1)),
    )  # fmt: skip


if __name__ == "__main__":
    (DOCS / "control.md").write_text(page(), "utf-8")
