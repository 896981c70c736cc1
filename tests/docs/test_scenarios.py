"""The page of scenarios is what its script would write of the bundled case."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_what_its_script_writes():
    spec = importlib.util.spec_from_file_location("scenarios", ROOT / "docs" / "scenarios.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "scenarios.md").read_text("utf-8") == module.page(), (
        "run: python docs/scenarios.py"
    )
