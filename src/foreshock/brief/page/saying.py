"""How the page says numbers: probabilities, shares with their interval, changes."""

from __future__ import annotations

from foreshock.brief.relations import SpanItem


def percent(probability: float) -> str:
    """Write a probability in per cent, never as certain.

    Examples
    --------
    >>> percent(0.314), percent(0.9996), percent(0)
    ('31 %', 'over 99 %', 'under 1 %')
    """
    if probability >= 0.995:
        return "over 99 %"
    return "under 1 %" if probability < 0.005 else f"{100 * probability:.0f} %"


def span_in_words(span: SpanItem) -> str:
    """Write a share with its interval, in per cent.

    Examples
    --------
    >>> span_in_words(SpanItem(mean=0.8, low=0.7, high=0.884))
    '80 % (70–88 %)'
    """
    return f"{100 * span.mean:.0f} % ({100 * span.low:.0f}–{100 * span.high:.0f} %)"


def points(change: float, digits: int = 0) -> str:
    """Write a change of a share in percentage points, with its sign.

    Examples
    --------
    >>> points(0.25), points(-0.5), points(0.001), points(0.0071, 1)
    ('+25', '−50', '0', '+0.7')
    """
    text = f"{100 * change:+.{digits}f}".replace("-", "−")
    return text[1:] if not text.strip("+−0.") else text
