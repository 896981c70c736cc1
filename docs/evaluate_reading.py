"""Score the rule coder and write its page.

Run ``python docs/evaluate_reading.py GSR GED``, where GSR is PLOVER's gold standard records (JSON
Lines) and GED the UCDP events of Syria 2016 to 2019 (Parquet, with headlines). The sentences that
this project wrote are in the package. Every number of the page is worked out here, by the code that
``foreshock read --score`` runs. No text of the outside collections is printed or written.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from foreshock.brief.terminal_scores import share
from foreshock.evaluate.report import Table
from foreshock.observe.reading.actors.gazetteer import Gazetteer
from foreshock.observe.reading.classifier.labelled import labelled
from foreshock.observe.reading.record import Party
from foreshock.observe.reading.rules.coder import rule_coder
from foreshock.observe.reading.scoring.headlines import Headline, HeadlineScores, score_headlines
from foreshock.observe.reading.scoring.outside import labelled_row, read_plover
from foreshock.observe.reading.scoring.score import score
from foreshock.observe.reading.scoring.totals import Rate, Scores
from foreshock.observe.reading.text.tokens import tokens

DOCS = Path(__file__).parent
SAMPLE, SEED = 500, 20161119
FALSE = "false events, of texts without one"
TYPE, PAIR = "type, where found", "directed pair, where found"
COUNTRY = "country of a party in the main record, where found"
AIMS = ((TYPE, 0.70), (COUNTRY, 0.85), (PAIR, 0.65))
"""What was aimed at on PLOVER's records."""
MOST_FALSE = 0.05
SPEED = 1000.0

SHORT = {
    "IS": "Islamic State",
    "SDF": "Syrian Democratic Forces",
    "HTS": "Hayat Tahrir al-Sham",
    "SNA": "Syrian National Army",
    "YPG": "People's Protection Units",
    "PKK": "Kurdistan Workers' Party",
}
"""UCDP's short names of sides in full; the lexicon leaves out those that are ordinary words."""


def main_table(*columns: tuple[str, Scores]) -> str:
    """Set the rates of main records of several collections side by side."""
    names = list(dict.fromkeys(name for _, scores in columns for name in scores.main))
    rows = [(name, *(_said(scores.main.get(name)) for _, scores in columns)) for name in names]
    return Table("", "", ("", *(name for name, _ in columns)), tuple(rows)).markdown()


def type_table(*columns: tuple[str, Scores]) -> str:
    """Set the types of main records side by side."""
    names = sorted({name for _, scores in columns for name in scores.main_by_type})
    rows = [(n, *(_said(scores.main_by_type.get(n)) for _, scores in columns)) for n in names]
    return Table("", "", ("type", *(name for name, _ in columns)), tuple(rows)).markdown()


def _said(rate: Rate | None) -> str:
    return "–" if rate is None else f"{share(rate.value)} of {rate.of}"


def rates_table(rates: Mapping[str, Rate]) -> str:
    """Write rates as a table."""
    rows = tuple((name, share(rate.value), str(rate.of)) for name, rate in rates.items())
    return Table("", "", ("", "share", "of"), rows).markdown()


def headlines(file: Path) -> list[Headline]:
    """Draw headlines by seed."""
    table = pl.read_parquet(file).sort("id")
    rows = random.Random(SEED).sample(table.to_dicts(), SAMPLE)  # noqa: S311  no secret
    return [
        Headline(
            text=row["source_headline"],
            published=_day(row["source_date"]),
            sides=(_full(row["side_a"]), _full(row["side_b"])),
            low=row["low"],
            high=row["high"],
        )
        for row in rows
    ]


def _full(side: str) -> str:
    return ", ".join(SHORT.get(name, name) for name in side.split(", "))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def score_ucdp(file: Path) -> HeadlineScores:
    """Score the sample."""
    gazetteer = Gazetteer.load()

    def find(words: str, day: date | None) -> Sequence[Party]:
        return [
            party
            for mention in gazetteer.find(tokens(words), day)
            if mention.kind != "adjective"
            for party in mention.parties
        ]

    return score_headlines(headlines(file), rule_coder(), find)


def start_up() -> float:
    """Seconds of wall clock from nothing to the first sentence read, in a process of its own."""
    code = (
        "from foreshock.observe.reading.rules.coder import rule_coder\n"
        "from foreshock.observe.reading.document import Document\n"
        "rule_coder().read(Document(text='Talks began.'))"
    )
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
        best = min(best, time.perf_counter() - began)
    return best


def reached(odd: Scores, own: Scores, speed: float, seconds: float) -> tuple[str, str]:
    """Set aims beside what came out, and list what was missed."""
    rows, missed = [], []
    told = [
        (f"PLOVER, lines never looked at: {name}", f"at least {share(aim)}",
         odd.main[name].value or 0.0, True, aim) for name, aim in AIMS
    ]  # fmt: skip
    told.append((f"our held-out sentences: {FALSE}", f"at most {share(MOST_FALSE)}",
                 own.main[FALSE].value or 0.0, False, MOST_FALSE))  # fmt: skip
    for name, aim, value, more, bound in told:
        good = value >= bound if more else value <= bound
        rows.append((name, aim, share(value), "reached" if good else "missed"))
        if not good:
            missed.append(f"**{name}**: {share(value)}, the aim was {aim}.")
    for name, aim, text, good in (
        ("sentences a second on one core", f"at least {SPEED:,.0f}", f"{speed:,.0f}",
         speed >= SPEED),
        ("seconds to the first sentence", "at most 1", f"{seconds:.2f}", seconds <= 1),
    ):  # fmt: skip
        rows.append((name, aim, text, "reached" if good else "missed"))
        if not good:
            missed.append(f"**{name}**: {text}, the aim was {aim}.")
    table = Table("", "", ("", "aimed at", "came out", ""), tuple(rows)).markdown()
    return table, "\n".join(f"- {line}" for line in missed or ["Nothing."])


def page(gsr: Path, ged: Path) -> str:
    """Write the whole page."""
    coder = rule_coder()
    even, odd = (score(read_plover(gsr, lines), coder, single=True) for lines in ("even", "odd"))
    written = labelled()
    kept = [labelled_row(each) for each in written if each.held_out]
    taught = [labelled_row(each) for each in written if not each.held_out]
    ours, theirs = score(kept, coder, single=True), score(taught, coder, single=True)
    found = score_ucdp(ged)
    aims, missed = reached(odd, ours, theirs.sentences_per_second or 0.0, start_up())
    ucdp = rates_table({**found.sides, **found.deaths})
    kinds = Table("", "", ("missed", "times"), tuple(
        (name, str(times)) for name, times in found.misses.items())).markdown()  # fmt: skip
    fields = {name: rate for name, rate in ours.fields.items() if name != "chain"}
    told = {
        "coder": coder.name,
        "aims": aims,
        "missed": missed,
        "plover": main_table(("never looked at", odd), ("looked at", even)),
        "plover_types": type_table(("never looked at", odd), ("looked at", even)),
        "written": f"{len(written):,}",
        "kept": f"{len(kept):,}",
        "without": f"{sum(not row.records for row in kept):,}",
        "ours": main_table(("held out", ours), ("the others", theirs)),
        "ours_types": type_table(("held out", ours), ("the others", theirs)),
        "fields": rates_table({**fields, **ours.rates}),
        "critical": f"{len(ours.critical):,} of {ours.could_be_critical:,}",
        "brier": f"{ours.brier:.3f} against {ours.brier_reference:.3f}",
        "sample": str(SAMPLE),
        "seed": str(SEED),
        "ucdp": ucdp,
        "kinds": kinds,
    }
    return (DOCS / "reading.template.md").read_text("utf-8").format(**told)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python docs/evaluate_reading.py GSR GED")
    text = page(Path(sys.argv[1]), Path(sys.argv[2]))
    (DOCS / "reading.md").write_text(text, "utf-8")
