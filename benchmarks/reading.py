"""Reading many documents by rules: speed, start, memory, and the same bytes from any processes.

Documents are put together of the sentences that this project wrote, ten each, so that every run
reads the same text; each gets a sentence of its own, so that none is a copy of another.
"""

from __future__ import annotations

import filecmp
import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.process import Run, run

DOCUMENTS, SMALL = 10_000, 1_000
SENTENCES = 10
MS_A_SENTENCE, START_S, PEAK_MB = 1.0, 1.0, 500.0
"""The budgets of the design: a thousand sentences a second on one core, and so on."""

_STARTS = 5


def measure(small: bool = False) -> tuple[str, list[Figure]]:
    """Measure.

    Parameters
    ----------
    small : bool
        1,000 documents instead of 10,000.
    """
    documents = SMALL if small else DOCUMENTS
    with tempfile.TemporaryDirectory() as folder:
        source, one, two = (Path(folder, name) for name in ("in.jsonl", "one.jsonl", "two.jsonl"))
        sentences = write(source, documents)
        Path(folder, "a.txt").write_text("Talks began on Tuesday.", "utf-8")
        starts = [_read(Path(folder, "a.txt")) for _ in range(_STARTS)]
        alone, pair = _read(source, "-o", one), _read(source, "-o", two, "--workers", "2")
        if not filecmp.cmp(one, two, shallow=False):
            raise RuntimeError("two processes did not write the bytes of one")
        _cut(two)
        _read(source, "-o", two)
        if not filecmp.cmp(one, two, shallow=False):
            raise RuntimeError("a run that went on did not end with the same bytes")
    seconds = in_process(2_000)
    figures = [
        Figure("reading alone, by sentence", "ms", [1000 * s for s in seconds], MS_A_SENTENCE),
        Figure("whole batch in one process, by sentence", "ms", [1000 * alone.wall_s / sentences]),
        Figure("whole batch in two, by sentence", "ms", [1000 * pair.wall_s / sentences]),
        Figure("peak memory in one process", "MB", [alone.peak_mb], PEAK_MB),
        Figure("one sentence, whole process", "s", [each.wall_s for each in starts], START_S),
        Figure("one sentence, processor time", "s", [each.cpu_s for each in starts]),
    ]
    return f"{documents:,} documents of {sentences // documents} sentences", figures


def texts() -> list[str]:
    from foreshock.observe.reading.classifier.labelled import labelled

    return [each.text for each in labelled()]


def write(file: Path, documents: int) -> int:
    """Write documents as JSON Lines, and give how many sentences are in them."""
    known = texts()
    with file.open("w", encoding="utf-8") as lines:
        for number in range(documents):
            drawn = [known[(number * SENTENCES + i * 7) % len(known)] for i in range(SENTENCES)]
            text = " ".join([*drawn, f"Report number {number} ends here."])
            row = {"id": f"d{number}", "text": text, "published": "2020-02-05", "source": "Wire"}
            lines.write(json.dumps(row) + "\n")
    return documents * (SENTENCES + 1)


def in_process(sentences: int) -> list[float]:
    """Seconds a sentence of the coder alone, tables loaded, several times over."""
    from foreshock.observe.reading.document import Document
    from foreshock.observe.reading.rules.coder import rule_coder

    coder = rule_coder()
    found = []
    for _ in range(4):
        began = time.perf_counter()
        read = sum(coder.read(Document(text=text)).sentences for text in texts()[:sentences])
        found.append((time.perf_counter() - began) / read)
    return found[1:]


def _cut(file: Path) -> None:
    with file.open("r+b") as out:
        out.truncate(file.stat().st_size // 2)


def _read(source: Path, *arguments: object) -> Run:
    words = ["-m", "foreshock", "read", str(source), *map(str, arguments)]
    taken = run([sys.executable, *words])
    if taken.code != 0:
        raise RuntimeError(f"{' '.join(words)} ended with exit status {taken.code}")
    return taken
