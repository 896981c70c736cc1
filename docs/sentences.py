"""Count the sentences that this project wrote: run ``python docs/sentences.py``.

Fills ``docs/datasheet.template.md`` and writes the datasheet that lies beside the sentences. A test
fails when it is not what this script would write.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median

from foreshock.brief.terminal_scores import share
from foreshock.evaluate.report import Table
from foreshock.observe.reading.classifier.labelled import Labelled, labelled

DOCS = Path(__file__).parent
TARGET = DOCS.parent / "src/foreshock/observe/reading/classifier/DATASHEET.md"
LINK = re.compile(r"\]\((?!https?:)([^)]+)\)")
MOST = 12
"""Countries that are listed."""

BESIDES: Mapping[str, Callable[[Labelled], bool]] = {
    "planned": lambda each: each.modality == "planned",
    "hypothetical": lambda each: each.modality == "hypothetical",
    "denied": lambda each: each.polarity == "denied",
    "the past behind the report": lambda each: each.background,
    "on somebody's word": lambda each: bool(each.attribution),
    "with further acts": lambda each: bool(each.others),
    "without anybody who acts": lambda each: not each.actors,
    "without anybody acted upon": lambda each: not each.recipients,
    "with two parties or more that act": lambda each: len(each.actors) > 1,
}
"""What a sentence with an act may say besides."""

HABITS = ("on somebody's word", "with further acts", "the past behind the report")
"""What parts may differ in."""


def split(sentences: Iterable[Labelled]) -> tuple[str, str, str]:
    """Count sentences: all, those that teach, those that are held out."""
    kept = Counter(each.held_out for each in sentences)
    return f"{kept.total():,}", f"{kept[False]:,}", f"{kept[True]:,}"


def by(sentences: Sequence[Labelled], field: str, head: str) -> Table:
    """Count by what a field says, the most frequent first."""
    found = Counter(getattr(each, field) for each in sentences)
    rows = [
        (name, *split(each for each in sentences if getattr(each, field) == name))
        for name, _ in sorted(found.items(), key=_most)
    ]
    return Table("", "", (head, "sentences", "learned from", "held out"), tuple(rows))


def types(told: Sequence[Labelled]) -> Table:
    """Count by type, with the modes of each."""
    rows = []
    for code in sorted({each.type for each in told}):
        ours = [each for each in told if each.type == code]
        modes = Counter(each.mode for each in ours)
        said = ", ".join(f"{mode or 'none'} {times}" for mode, times in sorted(modes.items()))
        rows.append((code, *split(ours), said if set(modes) != {""} else "the type has none"))
    return Table("", "", ("type", "sentences", "learned from", "held out", "modes"), tuple(rows))


def parts(sentences: Sequence[Labelled]) -> Table:
    """Count by part: the writing was divided, and so may habits be."""
    rows = []
    for part in sorted({_part(each) for each in sentences}):
        ours = [each for each in sentences if _part(each) == part]
        told = [each for each in ours if each.event]
        shares = [_share(told, BESIDES[name]) for name in HABITS]
        rows.append((part, f"{len(told):,}", f"{len(ours) - len(told):,}", *shares))
    return Table("", "", ("part", "with an act", "without", *HABITS), tuple(rows))


def besides(told: Sequence[Labelled]) -> Table:
    """Count what sentences with an act say besides."""
    rows = [(name, *split(each for each in told if says(each))) for name, says in BESIDES.items()]
    return Table("", "", ("", "sentences", "learned from", "held out"), tuple(rows))


def regions(told: Sequence[Labelled]) -> Table:
    """Count by region and decade."""
    periods = sorted({each.period for each in told})
    counts = Counter((each.region, each.period) for each in told)
    rows = [
        (region, *(f"{counts[region, period]:,}" for period in periods))
        for region in sorted({each.region for each in told})
    ]
    return Table("", "", ("", *periods), tuple(rows))


def countries(told: Sequence[Labelled]) -> tuple[int, str]:
    """Count the countries whose parties act or are acted upon, and name the most frequent."""
    found = Counter(
        code
        for each in told
        for code in {*each.actor_countries, *each.recipient_countries} - {"", "IGO", "NGO"}
    )
    most = sorted(found.items(), key=_most)[:MOST]
    return len(found), ", ".join(f"{code} {times}" for code, times in most)


def page() -> str:
    """Write the datasheet."""
    sentences = labelled()
    told = [each for each in sentences if each.event]
    silent = [each for each in sentences if not each.event]
    lengths = [len(each.text.split()) for each in sentences]
    number, most = countries(told)
    whole, learned, kept = split(sentences)
    filled = {
        "sentences": whole,
        "learned": learned,
        "kept": kept,
        "kept_share": share(sum(each.held_out for each in sentences) / len(sentences)),
        "told": f"{len(told):,}",
        "silent": f"{len(silent):,}",
        "parts": parts(sentences).markdown(),
        "types": types(told).markdown(),
        "kinds": by(silent, "kind", "kind").markdown(),
        "voices": by(told, "voice", "the act is told").markdown(),
        "said": besides(told).markdown(),
        "regions": regions(told).markdown(),
        "shortest": str(min(lengths)),
        "middle": f"{median(lengths):g}",
        "longest": str(max(lengths)),
        "countries": str(number),
        "most": most,
    }
    text = (DOCS / "datasheet.template.md").read_text("utf-8").format(**filled)
    return LINK.sub(_from_target, text)


def _from_target(link: re.Match[str]) -> str:
    """Lead a link of the template to the same file from where the datasheet lies."""
    return f"]({os.path.relpath(DOCS / link[1], TARGET.parent)})"


def _part(sentence: Labelled) -> str:
    return sentence.id.partition("-")[0]


def _share(sentences: Sequence[Labelled], says: Callable[[Labelled], bool]) -> str:
    if not sentences:
        return "–"
    return share(sum(says(each) for each in sentences) / len(sentences))


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


if __name__ == "__main__":
    TARGET.write_text(page(), "utf-8")
