"""Reading the data files of the lexicon, each with its version and its sources."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import tomli

from foreshock.core.errors import LexiconError

PROVENANCE = ("name", "version", "licence", "sources")
"""What every table says of itself."""


def read_table(name: str) -> dict[str, Any]:
    """Read one table of the lexicon.

    Parameters
    ----------
    name : str
        File name without its ending, such as ``plover``.

    Returns
    -------
    dict
        The table as TOML gives it: a fresh one at each call, so nobody can change another's.

    Raises
    ------
    LexiconError
        If there is no such table, it is not TOML, or it does not say where it comes from.

    Examples
    --------
    >>> read_table("plover")["version"]
    '0.8'
    """
    path = files("foreshock.lexicon") / f"{name}.toml"
    where = f"lexicon/{name}.toml"
    try:
        # tomli is compiled: a third of the time of the standard library's.
        table = tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError("no such table", where, mend="install Foreshock again") from None
    except tomli.TOMLDecodeError as fault:
        raise LexiconError(f"not readable as TOML: {fault}", where) from fault
    missing = [key for key in PROVENANCE if not table.get(key)]
    if missing:
        raise LexiconError(
            f"the table does not say its {', '.join(missing)}",
            where,
            mend="a table without its source cannot be checked; add the line",
        )
    return table
