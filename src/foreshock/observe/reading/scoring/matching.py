"""Which gold record each record of a reading answers to, by the best assignment of all."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.observe.reading.record import Record
from foreshock.observe.reading.scoring.comparing import evidence_shared, gold_span, likeness
from foreshock.observe.reading.scoring.gold import GoldRow

TIE = 1e-3
"""What common words of evidence add: enough to decide between equals, never more."""


def match(gold: GoldRow, read: Sequence[Record]) -> dict[int, int]:
    """Match the records of one document.

    Returns
    -------
    dict of int to int
        From the number of a gold record to that of the record that was read for it. No pair is made
        of two records that share neither type nor party, nor, where the gold says on which words a
        record rests, of two that have no word in common.
    """
    if not gold.records or not read:
        return {}
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    weights = np.zeros((len(gold.records), len(read)))
    for i, told in enumerate(gold.records):
        for j, record in enumerate(read):
            alike = likeness(told, record)
            common = evidence_shared(told, gold.text, record.span)
            if alike.related and (common or gold_span(told, gold.text) == (0, 0)):
                weights[i, j] = alike.weighted + TIE * common
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if weights[i, j] > 0}
