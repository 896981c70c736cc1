"""A bargaining sheet worked out: how often the zone is empty, why, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.case.sheets.bargaining import BargainingSheet, PlayerRow
from foreshock.core.probability import Probability
from foreshock.scenario.bargaining.commitment import promises_fail
from foreshock.scenario.bargaining.compromise import compromise_mean, compromise_median
from foreshock.scenario.bargaining.screening import best_demand, refusal
from foreshock.scenario.bargaining.zone import (
    acceptable,
    chosen,
    empty_zone,
    within_the_hull,
    worth_of_war,
)
from foreshock.scenario.results import (
    Bargaining,
    Compromise,
    Form,
    Range,
    Robustness,
    Survival,
)
from foreshock.scenario.sampling import DRAWS, Input, Points, Values, range_of, robustness

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

HULL_DRAWS = 512
"""Draws in which mixtures of packages are tried: each takes a linear programme."""

INDIVISIBLE = (
    "some mixture of packages would be preferred to fighting on by all, but no whole one is"
)
EMPTY = "no package is preferred to fighting on by all"
NO_MIDDLE = "no package short of both victories is preferred to fighting on by all"


def bargain(sheet: BargainingSheet, seed: int = 0, draws: int = DRAWS) -> Bargaining:
    """Work out a bargaining sheet.

    Parameters
    ----------
    sheet : BargainingSheet
        Without faults.
    seed : int
        The same seed gives the same bits.
    draws : int
        A power of two, at least 2.
    """
    table = _Table(sheet)
    points = Points.draw(list(_deciding(sheet)), draws, seed, sheet.sheet)
    empty = robustness(points, table.empty, EMPTY)
    return Bargaining(
        empty=empty,
        no_middle=robustness(points, table.no_middle, NO_MIDDLE),
        forms=tuple(_forms(table, points, empty)),
        survival=tuple(_survival(table, points.values())),
        demand=_screened(table, points.values(), best_demand),
        risk=_screened(table, points.values(), refusal),
        compromise=_compromise(sheet, seed, draws),
    )


def _deciding(sheet: BargainingSheet) -> Iterator[Input]:
    """Give the inputs that decide the verdicts, in the order of the sheet."""
    for at, player in enumerate(sheet.players):
        where = f"players.{at}"
        for name in ("cost", "victory", "defeat"):
            if (entry := getattr(player, name)) is not None:
                yield Input.of(f"{where}.{name}", entry)
        for package_id, worth in (player.utilities or {}).items():
            yield Input.of(f"{where}.utilities.{package_id}", worth)
        if player.order is not None:
            yield Input.of(f"{where}.order", player.order)
    yield Input.of("war.chance", sheet.war.chance)
    if sheet.commitment is not None:
        yield Input.of("commitment.later", sheet.commitment.later)
        yield Input.of("commitment.discount", sheet.commitment.discount)
    if sheet.private is not None:
        yield Input.of("private.highest_cost", sheet.private.highest_cost)


def _placing(sheet: BargainingSheet) -> Iterator[Input]:
    """Give the inputs of the compromise mean, which decide nothing else."""
    for at, package in enumerate(sheet.packages):
        if package.position is not None:
            yield Input.of(f"packages.{at}.position", package.position)
    for at, player in enumerate(sheet.players):
        for name in ("position", "salience", "power"):
            yield Input.of(f"players.{at}.{name}", getattr(player, name))


class _Table(NamedTuple):
    """Who sits at the table, and over what."""

    sheet: BargainingSheet

    def utility(self, drawn: Values) -> Floats:
        """Give what each package is worth to each player: (draw, player, package)."""
        each = [
            np.stack(list(self._worths(at, player, drawn)), axis=-1)
            for at, player in enumerate(self.sheet.players)
        ]
        return np.stack(each, axis=1)

    def _worths(self, at: int, player: PlayerRow, drawn: Values) -> Iterator[Floats]:
        for package in self.sheet.packages:
            if player.order is None:
                yield drawn[f"players.{at}.utilities.{package.id}"]
            else:
                rank = next(r for r, ids in enumerate(player.order.ranks) if package.id in ids)
                yield drawn[f"players.{at}.order"][:, rank]

    def war(self, drawn: Values, utility: Floats) -> Floats:
        """Give what fighting on is worth to each player: (draw, player)."""
        packages = [package.id for package in self.sheet.packages]
        victories = [self.sheet.war.first_wins, self.sheet.war.second_wins]
        ends = utility[:, :, [packages.index(victory) for victory in victories]]
        for at, player in enumerate(self.sheet.players):
            own = 0 if player.side == "first" else 1
            for name, end in (("victory", own), ("defeat", 1 - own)):
                if getattr(player, name) is not None:
                    ends[:, at, end] = drawn[f"players.{at}.{name}"]
        cost = [drawn[f"players.{at}.cost"] for at in range(len(self.sheet.players))]
        return worth_of_war(
            ends[:, :, 0], ends[:, :, 1], drawn["war.chance"], np.stack(cost, axis=1)
        )

    def empty(self, drawn: Values) -> Truths:
        """Tell where no package is acceptable to all."""
        utility = self.utility(drawn)
        return empty_zone(utility, self.war(drawn, utility))

    def no_middle(self, drawn: Values) -> Truths:
        """Tell where no package short of both victories is acceptable to all."""
        utility = self.utility(drawn)
        war = self.sheet.war
        short = [p.id not in {war.first_wins, war.second_wins} for p in self.sheet.packages]
        return empty_zone(utility[:, :, short], self.war(drawn, utility))

    def indivisible(self, drawn: Values) -> Truths:
        """Tell where none is, but a mixture would be."""
        utility = self.utility(drawn)
        war = self.war(drawn, utility)
        found = empty_zone(utility, war)
        found[found] = within_the_hull(utility[found], war[found])
        return found

    def promises_fail(self, drawn: Values, between: tuple[str, str]) -> Truths:
        """Tell where the side that is losing ground would rather fight now."""
        first, second = (self.cost(actor, drawn) for actor in between)
        chances = drawn["war.chance"], drawn["commitment.later"]
        return promises_fail(*chances, drawn["commitment.discount"], first, second)

    def screening(self, drawn: Values, asks: str) -> tuple[Floats, Floats, Floats]:
        """Give the chance and cost of the one who asks, and the other's highest cost."""
        first = next(p.side == "first" for p in self.sheet.players if p.actor == asks)
        chance = drawn["war.chance"] if first else 1 - drawn["war.chance"]
        return chance, self.cost(asks, drawn), drawn["private.highest_cost"]

    def cost(self, actor: str, drawn: Values) -> Floats:
        """Give what fighting on costs a player."""
        at = next(at for at, player in enumerate(self.sheet.players) if player.actor == actor)
        return drawn[f"players.{at}.cost"]


def _forms(table: _Table, points: Points, empty: Robustness) -> Iterator[Form]:
    yield Form("indivisible", INDIVISIBLE, _indivisible(table, points, empty))
    if (commitment := table.sheet.commitment) is not None:
        yield Form(
            "commitment",
            "worth of later x chance later - chance now > cost of the declining side + worth of "
            "later x cost of the rising side",
            robustness(
                points,
                lambda drawn: table.promises_fail(drawn, commitment.between),
                "promises would not be kept",
            ),
        )
    if (private := table.sheet.private) is not None:
        yield Form(
            "private",
            "the most that fighting may cost the one who answers > what it costs the one who asks",
            robustness(
                points,
                lambda drawn: np.asarray(refusal(*table.screening(drawn, private.asks)) > 0),
                "the best demand runs the risk of a refusal",
            ),
        )


def _indivisible(table: _Table, points: Points, empty: Robustness) -> Robustness:
    conclusion = "it cannot be cut"
    if any(player.victory or player.defeat for player in table.sheet.players):
        most = min(HULL_DRAWS, len(points.all))
        return robustness(points, table.indivisible, conclusion, influences=False, most=most)
    # Where a victory is worth what its package is, casting lots between the two victories at the
    # odds of war saves everybody the cost, so that an empty zone is always of this kind.
    return replace(empty, conclusion=conclusion)


def _survival(table: _Table, drawn: Values) -> list[Survival]:
    utility = table.utility(drawn)
    war = table.war(drawn, utility)
    accepted = acceptable(utility, war)
    best = chosen(utility, war)
    draws = len(best)
    found = [
        Survival(
            package.id,
            package.text,
            Probability(float(accepted[:, :, at].all(axis=1).mean()), draws),
            Probability(float((best == at).mean()), draws),
            {
                player.actor: float(1 - accepted[:, who, at].mean())
                for who, player in enumerate(table.sheet.players)
            },
        )
        for at, package in enumerate(table.sheet.packages)
    ]
    return sorted(found, key=lambda each: (-each.share.value, each.package))


def _screened(
    table: _Table, drawn: Values, what: Callable[[Floats, Floats, Floats], Floats]
) -> Range | None:
    if table.sheet.private is None:
        return None
    return range_of(what(*table.screening(drawn, table.sheet.private.asks)))


def _compromise(sheet: BargainingSheet, seed: int, draws: int) -> Compromise | None:
    if not sheet.scale or any(player.salience is None for player in sheet.players):
        return None
    drawn = Points.draw(list(_placing(sheet)), draws, seed, f"{sheet.sheet}, compromise").values()

    def of(part: str, count: int, name: str) -> Floats:
        return np.stack([drawn[f"{part}.{at}.{name}"] for at in range(count)], axis=-1)

    names = ("position", "salience", "power")
    players = [of("players", len(sheet.players), name) for name in names]
    mean = compromise_mean(*players)
    places = of("packages", len(sheet.packages), "position")
    nearest = np.abs(places - mean[:, None]).argmin(axis=1)
    shares = {
        package.id: float((nearest == at).mean()) for at, package in enumerate(sheet.packages)
    }
    return Compromise(
        sheet.scale,
        range_of(mean),
        range_of(compromise_median(*players)),
        dict(sorted(shares.items(), key=lambda each: (-each[1], each[0]))),
    )
