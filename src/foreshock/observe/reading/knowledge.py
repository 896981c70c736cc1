"""What a coder knows before it reads: names, places and verbs of the world, and those of a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from foreshock.core.places import Place
from foreshock.evidence.actors import Actor, Tie
from foreshock.evidence.batch import Origin
from foreshock.evidence.records import Entry
from foreshock.lexicon.acts import Acts, acts, extend
from foreshock.observe.reading.actors.gazetteer import Gazetteer
from foreshock.observe.reading.expressions.places import Places

if TYPE_CHECKING:
    from foreshock.case.opening import Case


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
    patterns = acts()
    entries: Sequence[Entry] = ()
    if case is not None:
        from foreshock.case.folder import ACTS_FILE  # what opens cases is slow to load

        # Of its folder alone: what earlier readings brought was known without it, and a text read
        # twice must say the same twice.
        entries = case.store.entries(case.name, Origin.FOLDER)
        own = case.path / ACTS_FILE
        patterns = extend(patterns, own) if own.is_file() else patterns
    return Knowledge(
        Gazetteer.load(
            [entry for entry in entries if isinstance(entry, Actor)],
            [entry for entry in entries if isinstance(entry, Tie)],
        ),
        Places(entry for entry in entries if isinstance(entry, Place)),
        patterns,
    )
