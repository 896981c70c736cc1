"""What a coder knows before it reads: names, places and verbs of the world, and those of a case."""

from __future__ import annotations

from typing import NamedTuple

from foreshock.case.folder import ACTS_FILE
from foreshock.case.opening import Case
from foreshock.core.places import Place
from foreshock.evidence.actors import Actor, Tie
from foreshock.evidence.batch import Origin
from foreshock.lexicon.acts import Acts, acts, extend
from foreshock.observe.reading.actors.gazetteer import Gazetteer
from foreshock.observe.reading.places import Places


class Knowledge(NamedTuple):
    """Names of actors, places, and the words that tell acts."""

    gazetteer: Gazetteer
    places: Places
    patterns: Acts


def knowledge(case: Case | None = None) -> Knowledge:
    """Gather what is known of the world, and of a case beside it.

    Parameters
    ----------
    case : Case, optional
        Whose actors, ties, places and ``acts.toml`` go before the world's.

    Raises
    ------
    LexiconError
        If the case's ``acts.toml`` is at fault, naming entry and field.

    Examples
    --------
    >>> sorted(knowledge()._fields)
    ['gazetteer', 'patterns', 'places']
    """
    # Of its folder alone: what earlier readings brought was known without it, and a text read twice
    # must say the same twice.
    entries = case.store.entries(case.name, Origin.FOLDER) if case else []
    patterns = acts()
    if case and (case.path / ACTS_FILE).is_file():
        patterns = extend(patterns, case.path / ACTS_FILE)
    return Knowledge(
        Gazetteer.load(
            [entry for entry in entries if isinstance(entry, Actor)],
            [entry for entry in entries if isinstance(entry, Tie)],
        ),
        Places(entry for entry in entries if isinstance(entry, Place)),
        patterns,
    )
