"""Shares of a pair in a line, from the brief alone."""

from __future__ import annotations

from foreshock.brief.relations import ChannelItem, DyadItem


def shares_in_words(dyad: DyadItem) -> str:
    """Say the conflict shares of a pair in a line: words, deeds, and what they were."""
    return f"Words {_share(dyad.words)}; deeds {_share(dyad.deeds)}."


def _share(channel: ChannelItem) -> str:
    if not channel.enough:
        return "insufficient evidence"
    level = (
        f"{channel.share.mean:.0%} ({100 * channel.share.low:.0f}–{100 * channel.share.high:.0f})"
    )
    was = channel.reference
    past = f", was {was.share.mean:.0%}" if was and was.enough else ""
    deadly = f", {channel.deadly} deadly in 30 days" if channel.deadly else ""
    return f"{level.replace('%', ' %')}{past.replace('%', ' %')}{deadly}"
