"""Work out the scenarios of the bundled case and write their page.

Run ``python docs/scenarios.py``. A test fails when the page is not what this script would write.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from math import isfinite
from pathlib import Path

from foreshock.case.opening import open_case
from foreshock.core.time import say_day
from foreshock.cycle import observe
from foreshock.evaluate.report import Table
from foreshock.evidence.view import Evidence
from foreshock.scenario.results import (
    LABEL,
    Advance,
    Bargaining,
    Range,
    Restraint,
    Robustness,
    Scenario,
)
from foreshock.scenario.sheets import scenarios_of

DOCS = Path(__file__).parent
CASE, DAY, LATER = "idlib-2020", date(2020, 2, 5), date(2020, 4, 5)
MOST = 4
"""Inputs that are listed of a conclusion."""


def page() -> str:
    """Write the whole page."""
    evidence, scenarios = worked_out()
    sections = {
        each.head.name.replace("-", "_"): "\n".join(section(each, evidence)) for each in scenarios
    }
    told = {name: value for each in scenarios for name, value in summary(each)}
    return (
        (DOCS / "scenarios.template.md")
        .read_text("utf-8")
        .format(label=LABEL, day=say_day(DAY), **sections, **told)
    )


def section(scenario: Scenario, evidence: Evidence) -> Iterator[str]:
    """Tell what came of a sheet, and apart what happened."""
    match scenario.result:
        case Bargaining() as result:
            yield from bargaining(result, scenario, evidence)
        case Restraint() as result:
            yield from restraint(result, scenario, evidence)
        case Advance() as result:
            yield from advance(result, scenario, evidence)
    yield from afterwards(scenario)


def summary(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Give the numbers of the page's last words, by name."""
    match scenario.result:
        case Bargaining() as result:
            first = result.no_middle.influences[0]
            yield "no_middle", percent(result.no_middle.share.value)
            yield "no_middle_low", percent(first.at_low)
            yield "no_middle_high", percent(first.at_high)
            yield "commitment", percent(result.forms[1].robust.share.value)
        case Restraint() as result:
            air, ground = result.capabilities[:2]
            yield "unrestrained", percent(result.unrestrained.share.value)
            yield "air_enough", percent(air.binding["will"] + air.binding["neither"])
            yield "air_credible", percent(air.credible.value)
            yield "ground_enough", percent(ground.binding["will"] + ground.binding["neither"])
        case Advance() as result:
            yield "lost", percent(result.lost.share.value)


def worked_out() -> tuple[Evidence, list[Scenario]]:
    """Work out the sheets as of the article's day, and what was known of them later."""
    before = os.environ.get("FORESHOCK_HOME")
    with tempfile.TemporaryDirectory() as home:
        os.environ["FORESHOCK_HOME"] = home
        try:
            case = open_case(CASE)
            evidence = observe(case, DAY)
            return evidence, scenarios_of(case.path, evidence, observe(case, LATER))
        finally:
            if before is None:
                del os.environ["FORESHOCK_HOME"]
            else:
                os.environ["FORESHOCK_HOME"] = before


def bargaining(result: Bargaining, scenario: Scenario, evidence: Evidence) -> Iterator[str]:
    """Tell what came of a bargaining sheet."""
    found = [
        ("no package short of both victories", result.no_middle),
        ("no package at all", result.empty),
        *((f"form: {form.name}", form.robust) for form in result.forms),
    ]
    yield conclusions(found).markdown()
    yield ""
    yield "What the first of these rests on:"
    yield ""
    yield influences(result.no_middle, scenario, evidence).markdown()
    yield ""
    rows = [
        (
            each.text,
            percent(each.share.value),
            percent(each.chosen.value),
            ", ".join(
                f"{evidence.actors.name(actor)} {percent(share)}"
                for actor, share in sorted(each.vetoes.items(), key=lambda pair: -pair[1])
                if share >= 0.005
            )
            or "nobody",
        )
        for each in result.survival
    ]
    head = ("package", "survives", "greatest product of gains", "who would rather fight on")
    yield Table("", "", head, tuple(rows)).markdown()
    yield ""
    if result.compromise is not None and result.demand is not None and result.risk is not None:
        mean, nearest = result.compromise.mean, next(iter(result.compromise.nearest.items()))
        yield (
            f"The compromise mean lies at {number(mean)} ({result.compromise.scale}); nearest to "
            f"it in {percent(nearest[1])} of draws is *{nearest[0]}*. Where Ankara's cost is its "
            f"own secret, the best demand of Damascus is for {number(result.demand)} of the whole, "
            f"and is refused at {number(result.risk)} of the costs that Damascus holds possible."
        )


def restraint(result: Restraint, scenario: Scenario, evidence: Evidence) -> Iterator[str]:
    """Tell what came of a restraint sheet."""
    yield conclusions([(result.unrestrained.conclusion, result.unrestrained)]).markdown()
    yield ""
    yield influences(result.unrestrained, scenario, evidence).markdown()
    yield ""
    rows = [
        (
            each.capability,
            percent(each.defies.share.value),
            number(each.critical),
            percent(each.could.value),
            percent(each.binding["support"]),
            percent(each.binding["will"]),
            percent(each.binding["both"]),
        )
        for each in result.capabilities
    ]
    head = (
        "capability",
        "client goes on at the chance entered",
        "critical chance",
        "could restrain, and credibly",
        "too little",
        "not credible",
        "both",
    )
    yield Table("", "", head, tuple(rows)).markdown()


def advance(result: Advance, scenario: Scenario, evidence: Evidence) -> Iterator[str]:
    """Tell what came of an advance sheet."""
    yield conclusions([(result.lost.conclusion, result.lost)]).markdown()
    yield ""
    yield influences(result.lost, scenario, evidence).markdown()
    yield ""
    yield (
        f"It needs {number(result.needed)} km a day; the chance that help comes and the place is "
        f"then held is {number(result.saved)} by what was entered."
    )


def conclusions(found: list[tuple[str, Robustness]]) -> Table:
    """List shares of draws by prior."""
    rows = [
        (
            name,
            *(percent(robust.by_prior[prior]) for prior in robust.by_prior),
            "indeterminate" if robust.indeterminate else "",
        )
        for name, robust in found
    ]
    return Table("", "", ("conclusion", *found[0][1].by_prior, ""), tuple(rows))


def influences(robust: Robustness, scenario: Scenario, evidence: Evidence) -> Table:
    """List the inputs that decide a conclusion."""
    rows = []
    for each in robust.influences[:MOST]:
        entry = scenario.of(each.name)
        whose = evidence.actors.name(entry.actor) if entry.actor else ""
        label = ", ".join(part for part in (whose, entry.what, entry.package) if part)
        ends = f"{percent(each.at_low)} / {percent(each.at_high)}"
        rows.append(
            (label, number(each.first), number(each.total), ends, "yes" if each.flips else "")
        )
    head = ("input", "first-order index", "total index", "share at its low / high end", "flips it")
    return Table("", "", head, tuple(rows))


def afterwards(scenario: Scenario) -> Iterator[str]:
    """Tell what happened, apart."""
    yield ""
    yield f"*What happened afterwards*, known by {say_day(LATER)} and seen by no earlier as-of:"
    yield ""
    for each in scenario.happened:
        sources = ", ".join(each.sources)
        yield f"- {each.text} ({each.bears}; {sources}, {say_day(each.known_at)})"


def percent(share: float) -> str:
    """Write a share."""
    return "under 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def number(found: Range) -> str:
    """Write a number with its interval."""
    low, value, high = (
        f"{x:.2f}" if isfinite(x) else "∞" for x in (found.low, found.value, found.high)
    )
    return f"{value} ({low} to {high})"


if __name__ == "__main__":
    (DOCS / "scenarios.md").write_text(page(), "utf-8")
    sys.stderr.write("wrote docs/scenarios.md\n")
