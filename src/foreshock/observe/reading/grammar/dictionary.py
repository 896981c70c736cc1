"""The dictionary of English forms that lemminflect (MIT) brings, read straight from its files.

lemminflect itself parses all of it, some 80,000 lines, before it answers the first question, and
loads much that no reader needs. Here the lines stay as they are, sorted, and a word is looked up
by halving.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from foreshock.core.errors import LexiconError

_FORMS, _OVERRIDES = "lemma_lu.csv.gz", "lemma_overrides.csv"


def lemmas(lower: str) -> Mapping[str, tuple[str, ...]]:
    """Give the base forms of a word in lower case, by class of word.

    Parameters
    ----------
    lower : str

    Returns
    -------
    mapping of str to tuple of str
        Under ``VERB``, ``NOUN``, ``ADJ``, ``ADV`` or ``AUX``, all spellings of the base form;
        empty for a word that is not in the dictionary.

    Raises
    ------
    LexiconError
        If the dictionary is not where lemminflect keeps it, or has another form.

    Examples
    --------
    >>> lemmas("talks")
    {'NOUN': ('talk',), 'VERB': ('talk',)}
    >>> lemmas("organised")["VERB"], lemmas("grumphed")
    (('organise',), {})
    """
    found: dict[str, tuple[str, ...]] = {}
    if "," not in lower:
        for lines in (_lines(_FORMS), _lines(_OVERRIDES)):
            start = f"{lower},"
            at = bisect_left(lines, start)
            while at < len(lines) and lines[at].startswith(start):
                kind, forms = lines[at][len(start) :].split(",")
                kind = "AUX" if kind == "modal" else kind.upper()
                found[kind] = tuple(form.lower() for form in forms.split("/"))
                at += 1
    return found


@cache
def _lines(name: str) -> Sequence[str]:
    """Read a file of lines ``word,class,form/form``."""
    # Importing the package would run what it does at import, which is most of its cost.
    spec = find_spec("lemminflect")
    path = Path(spec.origin or "").parent / "resources" / name if spec else Path(name)
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()
    except (OSError, EOFError, ValueError) as fault:
        raise LexiconError(
            f"the dictionary of word forms cannot be read: {fault}",
            f"lemminflect/resources/{name}",
            mend="install lemminflect 0.2.3 again",
        ) from fault
    lines = sorted(line for line in text.split("\n") if line and not line.startswith("#"))
    if not lines or any(line.count(",") != 2 for line in (lines[0], lines[-1])):
        raise LexiconError(
            "the dictionary of word forms has another form",
            f"lemminflect/resources/{name}",
            expected="lines of word,class,form/form",
            mend="install lemminflect 0.2.3",
        )
    return lines
