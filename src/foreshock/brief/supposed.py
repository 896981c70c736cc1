"""A what-if as data: what ``foreshock whatif --json`` prints and what its text is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import Field

from foreshock.assess.picture import Picture
from foreshock.brief.items import Item
from foreshock.brief.naming import Names
from foreshock.case.feeds import series_name
from foreshock.case.sheets.interventions import Condition, InterventionRow, Size
from foreshock.scenario.interventions.comparing import CONTROL, FIGHTING
from foreshock.scenario.interventions.results import LABEL, Difference, Result

SELDOM = 0.5
"""Where less than this share of futures is touched, these are told apart too."""

EVERY_PAIR, ANYBODY = "every pair that is forecast", "whoever advances"


class AssumptionItem(Item):
    """One number that was entered, with where it is from."""

    what: str = Field(description="Of what it is, in words.")
    factor: bool = Field(description="Whether something is multiplied by it; else it is a share.")
    low: float
    high: float
    basis: str = Field(description="estimated or assumed.")
    sources: list[str] = Field(description="Claims, reports, ties or sources of the case.")
    assumed_by: str
    estimated: str = Field(description="How it was reckoned from its sources; empty: assumed.")
    note: str
    entered: date


class InterventionItem(Item):
    """One thing that is supposed to be done."""

    id: str
    text: str
    first: date = Field(description="First day on which it can set in.")
    days: int | None = Field(description="How long it lasts; null: to the end.")
    condition: str = Field(description="What must have come about first; empty: nothing.")
    set_in: float = Field(description="Share of futures in which it sets in.")
    in_force: float = Field(description="Share of futures in which it is in force on the last day.")
    assumptions: list[AssumptionItem]


class LevelItem(Item):
    """Mean of a number over futures; nine futures of ten lie between low and high."""

    mean: float
    low: float
    high: float


class DifferenceItem(Item):
    """One number with and without what is supposed, in the same futures."""

    part: str = Field(description="fighting, flight or control.")
    measure: str
    of: str = Field(description="Id of the series, area, country or place; empty: of all.")
    name: str
    first: date
    last: date
    chance: bool = Field(description="Whether it is a probability.")
    forecast: LevelItem
    supposed: LevelItem
    difference: float = Field(description="Mean of the paired differences: supposed less forecast.")
    low: float
    high: float
    where: float | None = Field(
        description="The same over the futures in which anything comes about; null: in none."
    )
    unmoved: float = Field(description="Share of futures in which nothing of it differs.")
    paired: float | None = Field(
        description="Variance of the paired differences over that of unpaired ones."
    )
    told: float | None = Field(
        description="Variance of their mean over that of two runs apart, judged by these futures."
    )


class SupposedBrief(Item):
    """What a what-if comes to. Nothing in it is a forecast but the numbers called so."""

    label: str = Field(LABEL, description="Belongs into every heading.")
    case: str
    title: str
    as_of: date
    sheet: str
    file: str
    asked: str = Field(description="What is asked.")
    note: str
    speaks_from: date = Field(description="Earlier as-ofs do not see the sheet.")
    carried_on: bool
    members: int
    control_members: int | None = Field(
        None, description="Futures of control in each turn; null: it is not forecast."
    )
    seed: int
    horizon: int
    turns: int = Field(description="How often every future is supposed.")
    last: date
    interventions: list[InterventionItem]
    differences: list[DifferenceItem]
    notes: list[str]

    @property
    def seldom(self) -> bool:
        """Whether anything comes about in so few futures that means over all of them say little."""
        return max(each.set_in for each in self.interventions) < SELDOM

    def of(self, part: str) -> list[DifferenceItem]:
        """Give the differences of a part."""
        return [each for each in self.differences if each.part == part]


def compose_supposed(result: Result, picture: Picture, *, case: str, title: str) -> SupposedBrief:
    """Turn the result of a what-if into what is shown.

    Parameters
    ----------
    result : Result
    picture : Picture
        For the names of what it speaks of.
    case, title : str
    """
    names = Names(picture.evidence)
    sheet = result.sheet
    happened = {each.intervention: each for each in result.happenings}
    return SupposedBrief(
        case=case,
        title=title,
        as_of=result.as_of,
        sheet=sheet.sheet,
        file=result.file,
        asked=sheet.title,
        note=sheet.note,
        speaks_from=sheet.date,
        carried_on=sheet.carried_on,
        members=result.members,
        control_members=result.control_members,
        seed=result.seed,
        horizon=result.horizon,
        turns=result.turns,
        last=result.as_of + timedelta(days=result.horizon),
        interventions=[
            InterventionItem(
                id=row.id,
                text=row.text,
                first=result.as_of + timedelta(days=row.from_day),
                days=row.days,
                condition=_condition(row.when, names) if row.when else "",
                set_in=happened[row.id].set_in,
                in_force=happened[row.id].in_force,
                assumptions=list(assumptions(row, names, sheet.date)),
            )
            for row in sheet.interventions
        ],
        differences=[_difference(each, names) for each in result.differences],
        notes=[_named(note, names) for note in result.notes],
    )


def pair_name(series: str, names: Names) -> str:
    """Name a pair: "gondal>ruritania" becomes "Gondal → Ruritania"."""
    actor, arrow, rest = series.partition(">")
    recipient, _, acts = rest.partition(" ")
    if not arrow:
        return series
    told = f"{names.actor(actor).name} → {names.actor(recipient).name}"
    return f"{told} {acts}" if acts else told


def _condition(when: Condition, names: Names) -> str:
    pairs = ", ".join(pair_name(name, names) for name in when.series)
    what = "acts" if when.measure == "events" else "deaths"
    return f"{when.at_least} or more {what} within {when.within} days ({pairs})"


def assumptions(row: InterventionRow, names: Names, day: date) -> Iterator[AssumptionItem]:
    """List the numbers entered for an intervention, in the order of the sheet.

    Parameters
    ----------
    row : InterventionRow
    names : Names
    day : datetime.date
        On which they were entered where they do not say.
    """
    if row.chance is not None:
        yield _assumption("chance that it comes about", row.chance, day, factor=False)
    if row.holds is not None:
        yield _assumption("chance that it holds to its last day", row.holds, day, factor=False)
    for effect in row.fighting:
        pairs = ", ".join(pair_name(series_name(*pair), names) for pair in effect.pairs)
        yield _assumption(f"acts, {pairs or EVERY_PAIR}", effect.factor, day)
    for advance in row.control:
        by = ", ".join(names.actor(actor).name for actor in advance.by)
        yield _assumption(f"advance, {by or ANYBODY}", advance.factor, day)
    if row.flight is not None:
        yield _assumption("people who leave in a day", row.flight.factor, day)
    for border in row.border:
        across = names.known_place(border.to).name
        yield _assumption(
            f"share of those who leave who cross to {across}", border.share, day, factor=False
        )


def _assumption(what: str, entered: Size, day: date, *, factor: bool = True) -> AssumptionItem:
    return AssumptionItem(
        what=what,
        factor=factor,
        low=entered.low,
        high=entered.high,
        basis="estimated" if entered.estimated else "assumed",
        sources=list(entered.source),
        assumed_by=entered.assumed_by,
        estimated=entered.estimated,
        note=entered.note,
        entered=entered.date or day,
    )


def _difference(found: Difference, names: Names) -> DifferenceItem:
    def level(one: object) -> LevelItem:
        return LevelItem.model_validate(one, from_attributes=True)

    return DifferenceItem(
        part=found.part,
        measure=found.measure,
        of=found.of,
        name=_name(found, names),
        first=found.first,
        last=found.last,
        chance=found.chance,
        forecast=level(found.forecast),
        supposed=level(found.supposed),
        difference=found.difference,
        low=found.low,
        high=found.high,
        where=found.where,
        unmoved=found.unmoved,
        paired=found.paired,
        told=found.told,
    )


def _name(found: Difference, names: Names) -> str:
    if found.part == FIGHTING:
        return pair_name(found.of, names)
    if not found.of:
        return "all places" if found.part == CONTROL else ""
    return names.known_place(found.of).name


def _named(note: str, names: Names) -> str:
    """Write the names of pairs into a note: all words of the form "gondal>ruritania"."""
    return " ".join(
        pair_name(word.rstrip(",."), names) + word[len(word.rstrip(",.")) :]
        if ">" in word
        else word
        for word in note.split(" ")
    )
