"""The sheet of a bargaining range: packages, who can veto them, and what war is worth to each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from foreshock.case.columns import Slug, Text, fault
from foreshock.case.faults import nearest
from foreshock.case.sheets.entries import (
    Amount,
    Chance,
    Complaint,
    Interval,
    Named,
    Order,
    Pair,
    Sheet,
)

MOST_PACKAGES = 12
MOST_PLAYERS = 8


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class PackageRow(_Part):
    """One way in which it can be settled, as a whole."""

    id: Slug = Field(description="Your handle for the package.")
    text: Text = Field(min_length=1, description="What it would mean.")
    position: Interval | None = Field(
        None, description="Where it lies on the sheet's scale, if there is one."
    )


class PlayerRow(_Part):
    """Somebody without whom nothing is settled."""

    actor: Slug = Field(description="Who (actors.csv).")
    side: Literal["first", "second"] = Field(description="On which side it fights.")
    cost: Amount = Field(
        description="What fighting on costs it, against 1: the gap between its best and its worst "
        "package."
    )
    utilities: dict[Slug, Chance] | None = Field(
        None, description="What each package is worth to it: 1 its best, 0 its worst."
    )
    order: Order | None = Field(
        None, description="Instead of utilities: which packages it prefers to which."
    )
    victory: Interval | None = Field(
        None,
        description="What its side's victory is worth to it, where that is not what the "
        "package of the victory is worth.",
    )
    defeat: Interval | None = Field(
        None,
        description="What its side's defeat is worth to it, where that is not what the "
        "package of the other side's victory is worth.",
    )
    position: Interval | None = Field(None, description="What it asks for, on the sheet's scale.")
    salience: Chance | None = Field(None, description="How much it cares, 0 to 1.")
    power: Amount | None = Field(None, description="What it can bring to bear, against the others.")

    @model_validator(mode="after")
    def _says_what_it_wants(self) -> Self:
        if (self.utilities is None) == (self.order is None):
            raise fault(
                "it must be said what it prefers, in one way",
                "give either order or utilities",
            )
        said = [self.position, self.salience, self.power]
        if any(said) and not all(said):
            raise fault(
                "position, salience and power belong together", "give all three or none of them"
            )
        return self


class WarRow(_Part):
    """What is fought for: the two packages in which fighting on can end."""

    chance: Chance = Field(description="Chance that the first side wins.")
    first_wins: Slug = Field(description="Package that stands for the first side's victory.")
    second_wins: Slug = Field(description="Package that stands for the second side's victory.")


class CommitmentRow(_Part):
    """A shift of power that makes promises worthless."""

    between: Pair = Field(description="One player of the first side and one of the second.")
    later: Chance = Field(description="Chance that the first side wins, if it is fought later.")
    discount: Chance = Field(description="What later is worth against now: 1 as much, 0 nothing.")


class PrivateRow(_Part):
    """What one player does not know of the other: how little the other minds fighting."""

    asks: Slug = Field(description="Player who makes the demand.")
    answers: Slug = Field(description="Player, on the other side, whose cost is its own secret.")
    highest_cost: Amount = Field(
        description="The most that fighting may cost the one who answers; all from 0 to there is "
        "held equally likely by the one who asks."
    )


class BargainingSheet(Sheet):
    """Asks whether everybody who can veto a package prefers one of them to fighting on."""

    kind: Literal["bargaining"]
    scale: Text = Field("", description="What positions measure, if they are given.")
    packages: Annotated[list[PackageRow], Field(min_length=2, max_length=MOST_PACKAGES)] = Field(
        description="The ways in which it can be settled."
    )
    players: Annotated[list[PlayerRow], Field(min_length=2, max_length=MOST_PLAYERS)] = Field(
        description="Those without whom nothing is settled."
    )
    war: WarRow = Field(description="What fighting on is worth.")
    commitment: CommitmentRow | None = Field(None, description="A shift of power to come.")
    private: PrivateRow | None = Field(None, description="What one player does not know.")

    def named(self) -> Iterator[Named]:
        """Players are actors of the case."""
        for at, player in enumerate(self.players):
            yield Named(("players", at, "actor"), "actor", player.actor)

    def complaints(self) -> Iterator[Complaint]:
        """Find packages and players that are not there, and what stands twice."""
        packages = [package.id for package in self.packages]
        players: dict[str, str] = {player.actor: player.side for player in self.players}
        yield from _twice("packages", "id", packages)
        yield from _twice("players", "actor", [player.actor for player in self.players])
        for at, player in enumerate(self.players):
            if player.order is not None:
                yield from _covers(("players", at, "order", "order"), player.order.names, packages)
            if player.utilities is not None:
                yield from _covers(("players", at, "utilities"), tuple(player.utilities), packages)
        for name in ("first_wins", "second_wins"):
            yield from _known(("war", name), getattr(self.war, name), packages, "package")
        if self.war.first_wins == self.war.second_wins:
            yield Complaint(("war",), "both victories are the same package", "name two packages")
        for side in ("first", "second"):
            if side not in players.values():
                yield Complaint(("players",), f"nobody is on the {side} side", "give each a side")
        if self.commitment is not None:
            first, second = self.commitment.between
            yield from _opposed(("commitment", "between"), first, second, players)
            if players.get(first) == "second" and players.get(second) == "first":
                yield Complaint(
                    ("commitment", "between"), f"{first!r} is on the second side",
                    "name the player of the first side first",
                )  # fmt: skip
        if self.private is not None:
            yield from _opposed(("private",), self.private.asks, self.private.answers, players)
        yield from self._on_the_scale()

    def _on_the_scale(self) -> Iterator[Complaint]:
        placed: list[PackageRow | PlayerRow] = [*self.packages, *self.players]
        given = [each.position is not None for each in placed]
        if any(given) and not (all(given) and self.scale):
            yield Complaint(
                ("scale",) if all(given) else ("packages",),
                "positions are given without " + ("a scale" if all(given) else "all the others"),
                "give scale, and a position to every package and player, or leave all of them out",
            )


def _known(
    at: tuple[str | int, ...], name: str, known: list[str], kind: str
) -> Iterator[Complaint]:
    if name not in known:
        mend = nearest(name, known) or "write one of: " + ", ".join(known)
        yield Complaint(at, f"no such {kind} {name!r}", mend)


def _covers(
    at: tuple[str | int, ...], names: tuple[str, ...], packages: list[str]
) -> Iterator[Complaint]:
    for name in names:
        yield from _known(at, name, packages, "package")
        if names.count(name) > 1:
            yield Complaint(at, f"{name!r} stands twice", "name each package once")
            return
    if missing := [package for package in packages if package not in names]:
        yield Complaint(at, f"nothing is said of {', '.join(missing)}", "name every package")


def _twice(part: str, handle: str, names: list[str]) -> Iterator[Complaint]:
    for at, name in enumerate(names):
        if name in names[:at]:
            yield Complaint((part, at, handle), f"{name!r} stands twice", "give each its own")


def _opposed(
    at: tuple[str | int, ...], one: str, other: str, players: dict[str, str]
) -> Iterator[Complaint]:
    for name in (one, other):
        yield from _known(at, name, list(players), "player")
    if one in players and players[one] == players.get(other):
        yield Complaint(at, f"{one!r} and {other!r} are on one side", "name one of each side")
