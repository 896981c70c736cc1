"""Rules by which people of a network are set moving, and move: the field's settings, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Pushing(StrEnum):
    """What sets how many people start to flee on a day."""

    COUNTED = "counted"
    CONSTANT = "constant"
    POISSON = "poisson"
    SHARE_OF_POPULATION = "pop_ratio"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementRules:
    r"""All settings of movement that are supported; what is not among them is refused by readers.

    Names and defaults are those of Flee's settings file, so that a file in its format reads as it
    does there (Suleimenova, Bell and Groen 2017, doi:10.1038/s41598-017-13828-9; Ghorbani et al.
    2024, doi:10.1016/j.jocs.2024.102371).

    Attributes
    ----------
    max_move_speed, max_walk_speed : float
        Kilometres that a person makes in a day, and on foot.
    start_on_foot : bool
        The first road of a flight is walked.
    avoid_short_stints : bool
        Whoever reaches a town after less than half of the usual way of two days goes on at once.
    default_movechance, conflict_movechance, camp_movechance, idpcamp_movechance : float
        Probability a day of leaving a town, a place of fighting, a camp, a camp of the home
        country for its own displaced.
    movechance_pop_base, movechance_pop_scale_factor : float
        The probability is multiplied by ``(max(population, capacity) / base) ** factor``.
    foreign_weight, camp_weight, conflict_weight : float
        Factors of the weight of a site abroad, a camp, a place of fighting.
    softening, weight_softening : float
        Kilometres added to each distance; a constant added to the score of each site.
    distance_power, weight_power : float
        Powers of the distance, and of the weight as a whole.
    awareness_level : int
        Roads ahead over which people know sites; 1 is the next site only, at least 1.
    capacity_buffer : float
        Share of a capacity from which a camp draws less, up to nothing when full.
    capacity_scaling : float
        Factor on all capacities.
    use_pop_for_loc_weight : bool
        Whether the score of a site that is no camp is multiplied by
        ``max(1, population) ** power``.
    pop_power_for_loc_weight : float
        That power.
    sum_from_camps : bool
        How many flee is read off the sum of the counted camps, otherwise off the counted total.
    insert_day0 : bool
        Who was counted in a camp on day 0 is there from the start.
    empty_camps_on_day0 : bool
        Counts begin at 0: who was counted on day 0 is taken off all later counts.
    take_from_population : bool
        Who flees no longer counts among the population of the place.
    conflict_spawn_decay : tuple of float or None
        Factor of the weight of a place of fighting as origin, by time since fighting reached it.
    conflict_spawn_decay_interval : int
        Days that each of these factors holds; the last holds on.
    pushing : Pushing
        ``counted``: the daily growth of the counts. Otherwise each place of fighting sends a fixed
        number a day, a Poisson number or a share of its population, times its intensity.
    displaced_per_conflict_day : float
        That number or share.
    camps_are_sinks : bool
        People in a camp settle there for good, with the camp's ``deactivation_probability`` a day.
    hasten : int
        One person of the model stands for as many people; at least 1.

    Examples
    --------
    >>> rules = MovementRules(max_move_speed=400.0, conflict_spawn_decay=(1.0, 0.5))
    >>> rules.decay(29), rules.decay(30), rules.decay(400)
    (1.0, 0.5, 0.5)
    """

    max_move_speed: float = 360.0
    max_walk_speed: float = 35.0
    start_on_foot: bool = False
    avoid_short_stints: bool = False
    default_movechance: float = 0.3
    conflict_movechance: float = 1.0
    camp_movechance: float = 0.001
    idpcamp_movechance: float = 0.1
    movechance_pop_base: float = 10_000.0
    movechance_pop_scale_factor: float = 0.0
    foreign_weight: float = 1.0
    camp_weight: float = 1.0
    conflict_weight: float = 1.0 / 3.16227766017
    softening: float = 10.0
    weight_softening: float = 0.0
    distance_power: float = 1.0
    weight_power: float = 1.0
    awareness_level: int = 1
    capacity_buffer: float = 0.9
    capacity_scaling: float = 1.0
    use_pop_for_loc_weight: bool = False
    pop_power_for_loc_weight: float = 0.1
    sum_from_camps: bool = True
    insert_day0: bool = True
    empty_camps_on_day0: bool = False
    take_from_population: bool = False
    conflict_spawn_decay: tuple[float, ...] | None = None
    conflict_spawn_decay_interval: int = 30
    pushing: Pushing = Pushing.COUNTED
    displaced_per_conflict_day: float = 500.0
    camps_are_sinks: bool = False
    hasten: int = 1

    def decay(self, days: int) -> float:
        """Give the factor of a place's weight so many days after fighting reached it."""
        if not self.conflict_spawn_decay:
            return 1.0
        step = int(days / self.conflict_spawn_decay_interval)
        return self.conflict_spawn_decay[min(step, len(self.conflict_spawn_decay) - 1)]
