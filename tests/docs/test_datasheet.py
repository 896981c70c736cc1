"""The datasheet of the training sentences counts what there is."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_datasheet_is_fresh():
    spec = importlib.util.spec_from_file_location("sentences", ROOT / "docs" / "sentences.py")
    counting = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(counting)
    assert counting.TARGET.read_text("utf-8") == counting.page(), "run: python docs/sentences.py"


def test_links_of_the_datasheet_lead_somewhere():
    page = ROOT / "src/foreshock/observe/reading/classifier/DATASHEET.md"
    for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target
