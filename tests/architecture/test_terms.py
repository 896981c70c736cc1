"""Rows of published tables stay where they were taken in, whatever their terms allow."""

import ast
from pathlib import Path

import foreshock

SOURCE = Path(foreshock.__file__).parent
PUBLISHED = "foreshock.evidence.published"
WRITERS = {
    f"{how}_{form}"
    for how in ("write", "sink")
    for form in ("parquet", "csv", "ndjson", "json", "ipc", "excel", "avro", "database", "delta")
}


def imported(tree: ast.AST) -> set[str]:
    found = {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }
    return found | {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }


def test_only_ingest_writes_rows_of_published_tables():
    """Any other way out would have to ask `Dataset.redistribution` first: there is none."""
    reading, writing = set(), set()
    for file in SOURCE.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        name = file.relative_to(SOURCE).as_posix()
        if PUBLISHED in imported(tree) or "read_events" in called:
            reading.add(name)
            if called & WRITERS:
                writing.add(name)
    assert {"assess/panels.py", "evaluate/escalation.py"} <= reading  # the test sees who reads
    assert writing == {"observe/ingest.py"}
