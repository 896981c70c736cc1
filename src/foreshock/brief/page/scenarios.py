"""Scenarios on the page: assumed, not forecast; each result with its sheet, a click away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foreshock.brief.document import Brief
from foreshock.brief.page.acts import external
from foreshock.brief.page.anchors import anchor, tie_anchor
from foreshock.brief.page.marks import Marks
from foreshock.brief.page.scenario_picture import draw_capabilities, draw_influences
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.scenario_words import (
    FORMS,
    HEADING,
    WHAT_IT_IS,
    advance_in_words,
    basis,
    bearing,
    capability_in_words,
    failing,
    flipped_by,
    form_in_words,
    interval,
    percent_of,
    range_in_words,
    reaction_in_words,
    rests_on,
    slowing_in_words,
    tested,
    verdict,
)
from foreshock.brief.scenarios import (
    BargainingItem,
    EnteredItem,
    LeanItem,
    ReactionItem,
    RestraintItem,
    RobustItem,
    ScenarioItem,
    WhatIfItem,
)
from foreshock.core.time import say_day

HOW = (
    "Each sheet is a file of the case: every number in it is an interval with its source, or with "
    "the name of whoever assumed it. A conclusion rests on an input that decides a tenth or more "
    "of it (first-order Sobol’ index); an input flips it if most draws at one end of its interval "
    "say the opposite of those at its other end; the ends of an order are where what lies between "
    "its best and its worst is worth little, and much. Where three ways of weighting the same "
    "intervals differ by more than 30 points, the answer is: indeterminate."
)


def scenarios_view(brief: Brief) -> View | None:
    """Show what is assumed, in a section of its own; nothing where a case assumes nothing."""
    scenarios = brief.scenarios
    if not scenarios.sheets and not scenarios.whatifs:
        return None
    sheets = _Sheets(brief)
    return View(
        id="assumed",
        title=HEADING,
        lead=f"{WHAT_IT_IS}\n\n{HOW}",
        panels=[
            *(panel for each in scenarios.sheets for panel in sheets.panels(each)),
            *(sheets.what_if(each) for each in scenarios.whatifs),
        ],
    )


class _Sheets:
    """Makes the panels of sheets, and links from entries to what they lean on."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.marks = Marks(brief)
        self.ties = {tie.key for tie in brief.relations.ties}

    def panels(self, sheet: ScenarioItem) -> Iterator[Panel]:
        """Give the panel of a sheet and, apart from it, what happened afterwards."""
        found = sheet.conclusion
        yield Panel(
            id=anchor("assumed", sheet.name),
            title=sheet.title,
            finding=f"{HEADING}: {_finding(sheet)}",
            picture=draw_influences(found) if found else None,
            tables=[table for table in self._tables(sheet) if table.rows],
            note="\n\n".join(part for part in (tested(sheet), *_notes(sheet), sheet.note) if part),
        )
        if sheet.restraint:
            yield _threats(sheet, sheet.restraint)
            yield self._reaction(sheet, sheet.restraint)
        if sheet.happened:
            yield self._afterwards(sheet)

    def what_if(self, sheet: WhatIfItem) -> Panel:
        """Give the panel of a what-if: what it supposes, and the command that runs it."""
        return Panel(
            id=anchor("assumed", sheet.name),
            title=sheet.title,
            finding=f"{HEADING}. What would differ from the forecast is told by: foreshock whatif "
            f"{self.brief.case} {sheet.name}",
            tables=[self._sheet(sheet.entered, sheet.name, sheet.file)],
            note=sheet.note,
            folded=True,
        )

    def _tables(self, sheet: ScenarioItem) -> Iterator[Table]:
        if sheet.conclusion:
            yield _influences(sheet.conclusion)
        if sheet.bargaining:
            yield _packages(sheet.bargaining)
            yield _forms(sheet.bargaining)
        if sheet.tests:
            yield Table(
                caption="The claim that it puts to the test",
                columns=["claim", "what it says"],
                rows=[Row([self.marks.claim_cell(sheet.tests), Cell(sheet.said)])],
                open=False,
            )
        yield self._sheet(sheet.entered, sheet.name, sheet.file)

    def _sheet(self, entries: Sequence[EnteredItem], name: str, file: str) -> Table:
        return Table(
            id=anchor("sheet", name),
            caption=f"The sheet, {file}: every interval with its source",
            columns=["entry", "entered", "from", "sources", "why", "on"],
            rows=[
                Row(
                    [
                        Cell(each.label),
                        Cell(interval(each)),
                        Cell(basis(each)),
                        self._leans(each.leans),
                        Cell(each.note),
                        Cell(say_day(each.date)),
                    ]
                )
                for each in entries
            ],
            open=False,
        )

    def _leans(self, leans: Sequence[LeanItem]) -> Cell:
        cells = [self._lean(each) for each in leans]
        if not cells:
            return Cell("–")
        return Cell(cells[0].text, cells[0].href, also=cells[1:])

    def _lean(self, lean: LeanItem) -> Cell:
        """Lead to the claim or tie, and to the report itself, which has no place on the page."""
        if lean.kind == "claim":
            return self.marks.claim_cell(lean.id, lean.key)
        if lean.kind == "tie" and lean.id in self.ties:
            return Cell(lean.key, f"#{tie_anchor(lean.id)}")
        if lean.kind == "report" and lean.id in self.brief.reports:
            return Cell(lean.key, external(self.brief.reports[lean.id].url))
        return Cell(lean.key, "#publishers" if lean.kind == "source" else "")

    def _reaction(self, sheet: ScenarioItem, found: RestraintItem) -> Panel:
        reaction = found.reaction
        return Panel(
            id=anchor("reaction", sheet.name),
            title=f"Is the {found.client.name} side seen to hold back?",
            finding=reaction_in_words(reaction, found.patron.name, found.client.name),
            tables=[table for table in (self._signs(reaction), _slowing(reaction)) if table.rows],
            note="This is not assumed but counted: reported acts in the days before and after such "
            "days, the day itself left out, against the same count at days drawn at random. Deals "
            "are made amid bursts of fighting, and less of it follows a burst anyhow; so days as "
            "busy beforehand are compared too, where there are enough.",
        )

    def _signs(self, found: ReactionItem) -> Table:
        return Table(
            caption="Days on which the patron may have held its client back",
            columns=["day", "kind", "what"],
            rows=[
                Row(
                    [
                        Cell(say_day(sign.day)),
                        Cell(sign.kind),
                        self.marks.event_cell(sign.event, sign.text),
                    ]
                )
                for sign in found.signs
            ],
        )

    def _afterwards(self, sheet: ScenarioItem) -> Panel:
        return Panel(
            id=anchor("afterwards", sheet.name),
            title=f"What happened afterwards: {sheet.title}",
            finding="Seen afterwards. The sheet knew nothing of it.",
            tables=[
                Table(
                    caption="What became known after the sheet’s day",
                    columns=["known", "what happened", "it", "sources"],
                    rows=[
                        Row(
                            [
                                Cell(say_day(each.known_at)),
                                Cell(each.text),
                                Cell(bearing(each)),
                                self._leans(each.leans),
                            ]
                        )
                        for each in sheet.happened
                    ],
                )
            ],
        )


def _threats(sheet: ScenarioItem, found: RestraintItem) -> Panel:
    best = max(found.capabilities, key=lambda each: each.could)
    return Panel(
        id=anchor("threats", sheet.name),
        title=f"From when would the {found.client.name} side stop?",
        finding=f"{HEADING}: {best.capability}: {capability_in_words(best)}.",
        picture=draw_capabilities(found.capabilities),
        tables=[_capabilities(found)],
        note="Of each thing that the patron gives: from which chance of losing it the client would "
        f"stop, with the interval that holds nine draws in ten. Units: {found.scale}.",
    )


def _finding(sheet: ScenarioItem) -> str:
    found = sheet.conclusion
    if found is None:
        return f"not reckoned, for {sheet.refused}."
    told = [f"{verdict(found)}.", rests_on(found), flipped_by(found)]
    text = " ".join(each for each in told if each)
    return f"{text[0].lower()}{text[1:]}"


def _notes(sheet: ScenarioItem) -> Iterator[str]:
    found = sheet.conclusion
    if found:
        weighted = ", ".join(f"{name} {percent_of(n)}" for name, n in found.by_prior.items())
        yield (
            f"Other draws would move the share between {percent_of(found.low)} and "
            f"{percent_of(found.high)}. By how the intervals are weighted: {weighted}."
        )
    if sheet.bargaining:
        yield f"{verdict(sheet.bargaining.empty)}, both victories counted."
    if sheet.bargaining and sheet.bargaining.compromise:
        compromise = sheet.bargaining.compromise
        yield (
            "Reference, the line that any finer model must beat: the mean of positions by salience "
            f"and power is {range_in_words(compromise.mean)} ({compromise.scale})."
        )
    if sheet.bargaining and sheet.bargaining.demand and sheet.bargaining.risk:
        risk = range_in_words(sheet.bargaining.risk, percent=True)
        yield (
            f"The best demand asks for {range_in_words(sheet.bargaining.demand)} of the whole and "
            f"is refused at {risk} of the possible costs."
        )
    if sheet.advance:
        yield f"{advance_in_words(sheet.advance)}."


def _influences(found: RobustItem) -> Table:
    return Table(
        caption="What decides the conclusion",
        columns=["input", "decides", "nine re-draws in ten", "total", "at low end", "at high end"],
        rows=[
            Row(
                [
                    Cell(each.label),
                    Cell(percent_of(max(each.first.value or 0.0, 0.0)), number=True),
                    Cell(f"{_share(each.first.low)} to {_share(each.first.high)}"),
                    Cell(_share(each.total.value), number=True),
                    Cell(percent_of(each.at_low), number=True),
                    Cell(percent_of(each.at_high), number=True),
                ]
            )
            for each in found.influences
        ],
    )


def _share(value: float | None) -> str:
    return percent_of(max(value or 0.0, 0.0))


def _packages(found: BargainingItem) -> Table:
    nearest = any(each.nearest is not None for each in found.packages)
    return Table(
        caption="How often all prefer each package to fighting on, and its gains multiply to most",
        columns=[
            *("package", "what it means", "all prefer it", "best product"),
            *(["nearest mean"] if nearest else []),
            "who would rather fight on",
        ],
        rows=[
            Row(
                [
                    Cell(each.id),
                    Cell(each.text),
                    Cell(percent_of(each.share), number=True),
                    Cell(percent_of(each.chosen), number=True),
                    *([Cell(percent_of(each.nearest or 0.0), number=True)] if nearest else []),
                    Cell(
                        ", ".join(
                            f"{veto.player.name} {percent_of(veto.share)}"
                            for veto in each.vetoes
                            if veto.share
                        )
                        or "nobody"
                    ),
                ]
            )
            for each in found.packages
        ],
        open=True,
    )


def _forms(found: BargainingItem) -> Table:
    return Table(
        caption="Three ways in which there can be no middle course",
        columns=["way", "holds", "rests on", "flipped by"],
        rows=[
            Row(
                [
                    Cell(FORMS.get(form.name, form.name)),
                    Cell(form_in_words(form)),
                    Cell(rests_on(form.robust) or "–"),
                    Cell(flipped_by(form.robust) or "–"),
                ]
            )
            for form in found.forms
        ],
        open=True,
    )


def _capabilities(found: RestraintItem) -> Table:
    return Table(
        caption="What losing each thing that the patron gives would do, in shares of draws",
        columns=[
            *("what", "goes on", "loss credible", "enough, credible", "too little"),
            *("patron hurt more", "stops from a chance of"),
        ],
        rows=[
            Row(
                [
                    Cell(each.capability),
                    Cell(percent_of(each.defies.share), number=True),
                    Cell(percent_of(each.credible), number=True),
                    Cell(percent_of(each.could), number=True),
                    *(Cell(percent_of(share), number=True) for share in failing(each)),
                    Cell(range_in_words(each.critical)),
                ]
            )
            for each in found.capabilities
        ],
        open=True,
    )


def _slowing(found: ReactionItem) -> Table:
    return Table(
        caption="Acts before and after such days",
        columns=["days of", "span", "before", "after", "after against before", "what it says"],
        rows=[
            Row(
                [
                    Cell(each.kind),
                    Cell(f"{each.span} days"),
                    Cell(f"{each.before:,}", number=True),
                    Cell(f"{each.after:,}", number=True),
                    Cell(range_in_words(each.ratio) if each.ratio else "–"),
                    Cell(slowing_in_words(each)),
                ]
            )
            for each in found.slowing
            if each.episodes
        ],
    )
