"""The page on clients that hold back tells of the bundled case what its script finds."""

import importlib.util
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_what_it_tells_of_the_bundled_case_is_what_is_found():
    spec = importlib.util.spec_from_file_location("holding_back", DOCS / "holding_back.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    found = script.table_of({day: script.looked(day) for day in script.DAYS})
    assert found in (DOCS / "holding-back.md").read_text("utf-8"), "run: docs/holding_back.py"
