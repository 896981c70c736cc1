"""Alarm levels: the probability from which on a warning counts as an alarm.

Half of what is common comes about when it is called likely; of what is rare even the surest warning
is mostly wrong. So the level is chosen for each kind of warning where hindcasts had the fewest
false alarms and misses for each alarm that was right: the largest :math:`2 r / (2 r + f + m)`, the
F score. Hindcasts end with the origin of a list, so a level that they choose knows nothing later.
What was chosen once, for lists of all origins, does: the usual levels, and from how many cases on
hindcasts choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foreshock.core.watch import Warning, WarningRecord

USUAL = {Warning.DEADLY: 0.4, Warning.WAR: 0.5, Warning.ONSET: 0.01, Warning.DOUBLED: 0.15}
"""Levels where there are no hindcasts, or too few: those that the rule gave in October 2004 to
2008, mostly, on UCDP's state-based deaths. For months with 1,000 deaths there were too few cases
then; so it is an even chance."""

FEWEST = 100
"""Times that it came about in hindcasts, each month ahead counted, from which on they choose. On
fewer, as of months with 1,000 deaths before 2013, the levels chosen served badly afterwards."""


def alarm_levels(records: Iterable[WarningRecord]) -> Mapping[Warning, float]:
    """Choose the level of each kind of warning.

    Parameters
    ----------
    records : iterable of WarningRecord
        Of hindcasts; those of all months ahead together choose.

    Returns
    -------
    mapping of Warning to float
        Of every kind.

    Examples
    --------
    >>> alarm_levels([])[Warning.DEADLY]
    0.4
    """
    chosen = {
        told.warning: _best(told)
        for told in records
        if told.ahead == 0 and told.came_about >= FEWEST
    }
    return USUAL | chosen


def _best(told: WarningRecord) -> float:
    """Give the level of the largest F score, of equal ones the highest."""
    return max(
        (alarms.right / (alarms.raised + told.came_about), alarms.level) for alarms in told.alarms
    )[1]
