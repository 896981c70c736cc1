"""Gold by the name of its format."""

from __future__ import annotations

from pathlib import Path

from foreshock.core.errors import ReadingError
from foreshock.observe.reading.scoring.gold import GoldRow, read_gold
from foreshock.observe.reading.scoring.outside import read_plover, read_sentences

FORMATS = ("foreshock", "plover", "sentences")


def read_any(path: Path, name: str, lines: str = "all") -> list[GoldRow]:
    """Read gold of a named format.

    Parameters
    ----------
    path : pathlib.Path
    name : {'foreshock', 'plover', 'sentences'}
    lines : {'all', 'odd', 'even'}
        For PLOVER's records alone.

    Raises
    ------
    ReadingError
        If there is no such format, or the file is not in it.
    """
    if lines != "all" and name != "plover":
        raise ReadingError("--lines goes with --gold-format plover alone", mend="leave it out")
    match name:
        case "foreshock":
            return read_gold(path)
        case "plover":
            return read_plover(path, lines)
        case "sentences":
            return read_sentences(path)
    raise ReadingError(f"no gold format {name[:40]!r}", expected="one of " + ", ".join(FORMATS))
