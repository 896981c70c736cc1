"""Writing claims out: CSV and JSON Lines that `foreshock add` reads back, Parquet for analysis.

A row carries its report with it (publisher, day, title, address), so that a file of claims can be
read into another case that knows the same actors and places. Every claim keeps its identity, but,
in another case, those read in a report of a later day than the as-of, which is not yet named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from foreshock.case.adding import AddedRow
from foreshock.core.errors import ForeshockError, UnknownReference
from foreshock.core.time import Precision
from foreshock.evidence.cells import write_csv
from foreshock.evidence.claim import Claim, Report
from foreshock.evidence.figures import write_quantities
from foreshock.evidence.view import Evidence

FORMATS = (".csv", ".jsonl", ".parquet")


def export_claims(evidence: Evidence, file: Path) -> int:
    """Write the claims that an as-of sees.

    Parameters
    ----------
    evidence : Evidence
        Whose claims and reports.
    file : pathlib.Path
        Its ending chooses the format: one of `FORMATS`.

    Returns
    -------
    int
        Number of claims written.

    Raises
    ------
    ForeshockError
        If the ending is none of these, or the file cannot be written.
    """
    rows = list(claim_rows(evidence))
    writers = {".csv": _write_csv, ".jsonl": _write_json_lines, ".parquet": _write_parquet}
    writer = writers.get(file.suffix.lower())
    if writer is None:
        raise ForeshockError(
            f"no format is known by the ending {file.suffix!r}",
            where=str(file),
            mend="end the file's name with one of " + ", ".join(FORMATS),
        )
    try:
        writer(rows, evidence, file)
    except OSError as error:
        raise ForeshockError(f"cannot be written ({error.strerror})", where=str(file)) from error
    return len(rows)


def claim_rows(evidence: Evidence) -> Iterable[dict[str, str]]:
    """Give each claim as the cells of an `AddedRow`, by key."""
    keys = {claim.id: claim.key or claim.id for claim in evidence.claims.values()}
    for claim in sorted(evidence.claims.values(), key=lambda claim: keys[claim.id]):
        yield cells_of(claim, _report_of(claim, evidence), keys)


def _report_of(claim: Claim, evidence: Evidence) -> Report:
    report = evidence.reports.get(claim.report)
    if report is not None:
        return report
    # A claim may be known before the report in which we read it (its coder vouches for the day);
    # what that report was is not yet to be told, only who published it.
    if not claim.chain:
        raise UnknownReference(f"nobody says {claim.key or claim.id}", mend="give it a report")
    return Report(source=claim.chain[-1].source, key=claim.report)


def cells_of(claim: Claim, report: Report, keys: Mapping[str, str]) -> dict[str, str]:
    """Write a claim as the filled cells of an `AddedRow`.

    Parameters
    ----------
    claim : Claim
    report : Report
        Which tells it.
    keys : mapping of str to str
        Handle by claim id, its own and those to which it is linked; other links are left out.
    """
    when = claim.when
    open_start = when is not None and when.precision is Precision.BY and when.start == when.end
    chain = claim.chain[:-1] if len(claim.chain) > 1 else ()
    cells = {
        "key": keys[claim.id],
        "report": report.key or report.id,
        "kind": claim.kind,
        "type": claim.type,
        "mode": claim.mode,
        "context": "; ".join(claim.context),
        "actors": "; ".join(claim.actors),
        "recipients": "; ".join(claim.recipients),
        "start": when.start.isoformat() if when and not open_start else "",
        "end": when.end.isoformat() if when else "",
        "precision": when.precision if when else "",
        "place": claim.place,
        "place_precision": claim.place_precision,
        "origins": "; ".join(claim.origins),
        "destinations": "; ".join(claim.destinations),
        "modality": claim.modality,
        "polarity": claim.polarity,
        "background": "yes" if claim.background else "no",
        "chain": " > ".join(f"{a.source}:{a.cue}" if a.cue else a.source for a in chain),
        "quantities": write_quantities(claim.quantities),
        "issue": claim.issue,
        "channel": claim.channel,
        "sign": claim.sign,
        "agency": claim.agency,
        "rating": str(claim.rating),
        "summary": claim.summary,
        "due": claim.due.isoformat() if claim.due else "",
        "consequence": claim.consequence,
        "condition": claim.condition,
        "links": "; ".join(
            f"{link.relation}:{keys[link.target]}" for link in claim.links if link.target in keys
        ),
        "known_at": claim.known_at.isoformat() if claim.known_at else "",
        "known_basis": claim.known_basis,
        "basis": claim.basis,
        "span": f"{claim.span[0]}..{claim.span[1]}" if claim.span else "",
        "coder": "" if claim.coder == "hand" else claim.coder,
        "source": report.source,
        "published": report.published.isoformat() if report.published else "",
        "title": report.title,
        "url": report.url,
        "copy_of": report.copy_of,
        "text_digest": report.text_digest,
    }
    return {column: value for column, value in cells.items() if value}


def _write_csv(rows: Sequence[dict[str, str]], _evidence: Evidence, file: Path) -> None:
    columns = [name for name in AddedRow.model_fields if not name.startswith("source_")]
    file.write_text(write_csv(columns, rows), "utf-8", newline="")


def _write_json_lines(rows: Sequence[dict[str, str]], _evidence: Evidence, file: Path) -> None:
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    file.write_text("".join(line + "\n" for line in lines), "utf-8", newline="\n")


def _write_parquet(_rows: Sequence[dict[str, str]], evidence: Evidence, file: Path) -> None:
    import polars

    from foreshock.evidence.records import as_json

    table: list[dict[str, Any]] = [as_json(claim) for claim in evidence.claims.values()]
    frame = polars.DataFrame(table, infer_schema_length=None)
    days = [name for name in ("start", "end", "due", "known_at") if name in frame.columns]
    frame.with_columns(polars.col(days).cast(polars.String).str.to_date()).write_parquet(file)
