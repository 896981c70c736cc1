"""Scenarios of a day become items: names for ids, words for entries, every entry with its source.

Nothing here reckons anything: see `foreshock.scenario`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from foreshock.brief.items import ActorItem
from foreshock.brief.naming import Names
from foreshock.brief.scenarios import (
    AdvanceItem,
    BargainingItem,
    BarItem,
    CapabilityItem,
    CompromiseItem,
    EnteredItem,
    FormItem,
    HappenedItem,
    InfluenceItem,
    LeanItem,
    PackageItem,
    RangeItem,
    ReactionItem,
    RestraintItem,
    RobustItem,
    ScenarioItem,
    Scenarios,
    SignItem,
    SlowingItem,
    VetoItem,
    WhatIfItem,
)
from foreshock.brief.supposed import assumptions
from foreshock.case.sheets.interventions import WhatIf
from foreshock.case.sheets.reading import PlacedSheet
from foreshock.evidence.view import Evidence
from foreshock.scenario.assumed import Assumed
from foreshock.scenario.restraint.event_study import Slowing
from foreshock.scenario.restraint.signs import Reaction
from foreshock.scenario.results import (
    LABEL,
    Advance,
    Bar,
    Bargaining,
    Capability,
    Entered,
    Happened,
    Range,
    Restraint,
    Robustness,
    Scenario,
)
from foreshock.scenario.sheets import entered

_RUNS_ON = ("of", "losing")
"""Entries whose words run on into what they are entered of."""


def compose_scenarios(assumed: Assumed, evidence: Evidence, names: Names) -> Scenarios:
    """Write the scenarios of a day.

    Parameters
    ----------
    assumed : Assumed
    evidence : Evidence
        As of the same day; on what of it an entry leans is looked up there.
    names : Names
    """
    writer = _Writer(assumed, evidence, names)
    return Scenarios(
        sheets=[writer.sheet(scenario) for scenario in assumed.scenarios],
        whatifs=[
            writer.what_if(placed, placed.sheet)
            for placed in assumed.whatifs
            if isinstance(placed.sheet, WhatIf)
        ],
    )


class _Writer:
    def __init__(self, assumed: Assumed, evidence: Evidence, names: Names) -> None:
        self.assumed, self.evidence, self.names = assumed, evidence, names
        self.claims = {claim.key: id for id, claim in evidence.claims.items() if claim.key}
        self.reports = {report.key: id for id, report in evidence.reports.items() if report.key}

    def sheet(self, scenario: Scenario) -> ScenarioItem:
        head, result = scenario.head, scenario.result
        tests = self.claims.get(head.tests, "")
        labels = {each.name: self._label(each) for each in scenario.entered}
        conclusion = bargaining = restraint = advance = None
        if isinstance(result, Bargaining):
            conclusion = _robust(result.no_middle, labels)
            bargaining = self._bargaining(result, labels)
        elif isinstance(result, Restraint):
            conclusion = _robust(result.unrestrained, labels)
            restraint = self._restraint(result, head.name, labels)
        elif isinstance(result, Advance):
            conclusion = _robust(result.lost, labels)
            advance = self._advance(result)
        return ScenarioItem(
            name=head.name,
            kind=head.kind,
            title=head.title,
            note=head.note,
            label=LABEL,
            date=head.date,
            file=head.file,
            tests=tests,
            said=self.evidence.claims[tests].summary if tests else "",
            refused=scenario.refused,
            conclusion=conclusion,
            bargaining=bargaining,
            restraint=restraint,
            advance=advance,
            entered=[self._entered(each, labels[each.name]) for each in scenario.entered],
            happened=[self._happened(each) for each in scenario.happened],
        )

    def what_if(self, placed: PlacedSheet, sheet: WhatIf) -> WhatIfItem:
        said = [
            (f"{row.text} {each.what[0].upper()}{each.what[1:]}", each.estimated)
            for row in sheet.interventions
            for each in assumptions(row, self.names, sheet.date)
        ]
        return WhatIfItem(
            name=sheet.sheet,
            title=sheet.title,
            note=sheet.note,
            date=sheet.date,
            file=placed.file,
            tests=self.claims.get(sheet.tests, ""),
            entered=[
                self._entered(each, label, estimated)
                for each, (label, estimated) in zip(entered(placed), said, strict=True)
            ],
        )

    # ------------------------------------------------------------------ results

    def _bargaining(self, result: Bargaining, labels: dict[str, str]) -> BargainingItem:
        compromise = result.compromise
        nearest = compromise.nearest if compromise else {}
        return BargainingItem(
            empty=_robust(result.empty, labels),
            forms=[
                FormItem(
                    name=form.name, condition=form.condition, robust=_robust(form.robust, labels)
                )
                for form in result.forms
            ],
            packages=[
                PackageItem(
                    id=each.package,
                    text=each.text,
                    share=_round(each.share.value),
                    chosen=_round(each.chosen.value),
                    vetoes=[
                        VetoItem(player=self._actor(player), share=_round(share))
                        for player, share in each.vetoes.items()
                    ],
                    nearest=_round(nearest[each.package]) if each.package in nearest else None,
                )
                for each in result.survival
            ],
            demand=_range(result.demand) if result.demand else None,
            risk=_range(result.risk) if result.risk else None,
            compromise=CompromiseItem(
                scale=compromise.scale,
                mean=_range(compromise.mean),
                median=_range(compromise.median),
            )
            if compromise
            else None,
        )

    def _restraint(self, result: Restraint, name: str, labels: dict[str, str]) -> RestraintItem:
        return RestraintItem(
            patron=self._actor(result.patron),
            client=self._actor(result.client),
            scale=result.scale,
            capabilities=[_capability(each, labels) for each in result.capabilities],
            reaction=_reaction(self.assumed.reactions.get(name), self.assumed.unseen.get(name, "")),
        )

    def _advance(self, result: Advance) -> AdvanceItem:
        return AdvanceItem(
            place=self.names.known_place(result.place),
            attacker=self._actor(result.attacker),
            defender=self._actor(result.defender),
            reached=_round(result.reached.value),
            needed=_range(result.needed),
            saved=_range(result.saved),
        )

    # ------------------------------------------------------------------ entries

    def _entered(self, each: Entered, label: str, estimated: str = "") -> EnteredItem:
        note = [each.note, f"Estimated: {estimated}" if estimated else ""]
        return EnteredItem(
            name=each.name,
            label=label,
            low=each.low,
            high=each.high,
            order=each.order,
            leans=self._leans(each.sources),
            assumed_by=each.assumed_by,
            note=" ".join(part for part in note if part),
            date=each.date,
            line=each.line,
        )

    def _happened(self, each: Happened) -> HappenedItem:
        return HappenedItem(
            text=each.text,
            bears=each.bears,
            leans=self._leans(each.sources),
            known_at=each.known_at,
        )

    def _leans(self, keys: Sequence[str]) -> list[LeanItem]:
        return [self._lean(key) for key in keys]

    def _lean(self, key: str) -> LeanItem:
        books = (
            ("claim", self.claims),
            ("report", self.reports),
            ("tie", {key: key for key in self.evidence.ties}),
            ("source", {key: key for key in self.evidence.sources}),
            ("outcome", {key: key for key in self.evidence.outcomes}),
        )
        kind, id = next(((kind, book[key]) for kind, book in books if key in book), ("", ""))
        return LeanItem(key=key, kind=kind, id=id)

    def _label(self, each: Entered) -> str:
        """Say whose an entry is and what: "Gondal: worth of lease"."""
        runs_on = each.what.endswith(_RUNS_ON)
        of = f"{' ' if runs_on else ', '}{each.package}" if each.package else ""
        whose = f"{self._actor(each.actor).name}: " if each.actor else ""
        return f"{whose}{each.what}{of}"

    def _actor(self, actor: str) -> ActorItem:
        return self.names.actor(actor)


def _robust(found: Robustness, labels: dict[str, str]) -> RobustItem:
    rests = {each.name for each in found.rests_on}
    return RobustItem(
        conclusion=found.conclusion,
        share=_round(found.share.value),
        low=_round(found.share.low),
        high=_round(found.share.high),
        by_prior={name: _round(share) for name, share in found.by_prior.items()},
        indeterminate=found.indeterminate,
        influences=[
            InfluenceItem(
                name=each.name,
                label=labels[each.name],
                first=_range(each.first),
                total=_range(each.total),
                at_low=_round(each.at_low),
                at_high=_round(each.at_high),
                rests=each.name in rests,
                flips=each.flips,
            )
            for each in found.influences
        ],
    )


def _capability(found: Capability, labels: dict[str, str]) -> CapabilityItem:
    return CapabilityItem(
        capability=found.capability,
        defies=_robust(found.defies, labels),
        credible=_round(found.credible.value),
        could=_round(found.could.value),
        binding={name: _round(share) for name, share in found.binding.items()},
        critical=_range(found.critical),
        tornado=[_bar(bar, labels) for bar in found.tornado],
    )


def _bar(bar: Bar, labels: dict[str, str]) -> BarItem:
    return BarItem(label=labels[bar.name], at_low=_maybe(bar.at_low), at_high=_maybe(bar.at_high))


def _reaction(found: Reaction | None, refused: str) -> ReactionItem:
    if found is None:
        return ReactionItem(
            first=None, last=None, acts=[], vague=0, signs=[], slowing=[], by_hand=False,
            refused=refused,
        )  # fmt: skip
    return ReactionItem(
        first=found.first,
        last=found.last,
        acts=list(found.acts),
        vague=found.vague,
        signs=[
            SignItem(day=sign.day, kind=sign.kind, event=sign.event, text=sign.summary)
            for sign in found.signs
        ],
        slowing=list(_slowing(found)),
        by_hand=found.by_hand,
        refused="",
    )


def _slowing(found: Reaction) -> Iterator[SlowingItem]:
    for kind, studies in found.studies.items():
        for study in studies:
            yield SlowingItem(
                kind=kind,
                span=study.span,
                episodes=len(study.days),
                before=study.before,
                after=study.after,
                ratio=_ratio(study),
                usual=RangeItem(
                    value=_round(study.usual[0]),
                    low=_round(study.usual[1]),
                    high=_round(study.usual[2]),
                )
                if study.usual
                else None,
                rank=_maybe(study.rank),
                rank_alike=_maybe(study.rank_alike),
                thin=study.thin,
            )


def _ratio(study: Slowing) -> RangeItem | None:
    if study.ratio is None or study.low is None or study.high is None:
        return None
    return RangeItem(value=_round(study.ratio), low=_round(study.low), high=_round(study.high))


def _range(found: Range) -> RangeItem:
    return RangeItem(value=_maybe(found.value), low=_maybe(found.low), high=_maybe(found.high))


def _maybe(number: float | None) -> float | None:
    """Round a number; what is infinite is written as nothing, for JSON has no word for it."""
    return None if number is None or not isfinite(number) else _round(number)


def _round(number: float) -> float:
    return round(float(number), 4)
