"""What is said of a panel: what it holds, and what the datasets behind it lack."""

import json
from datetime import date
from pathlib import Path

from tests.assess.events import event, folder_of

from foreshock.assess.panels import Wanted, event_panel
from foreshock.brief.panel_words import panel_json, panel_words


def test_rows_kept_aside_and_days_covered_in_part_are_said_of_each_dataset(tmp_path: Path):
    """They make values lower than they are, and nothing in the panel shows it."""
    partly = "days on which rows were added; for 2 of them there are files of a part of the day"
    march, april = ((date(2010, at, 1), date(2010, at, 30)) for at in (3, 4))
    may = date(2010, 5, 1), date(2010, 5, 1)
    given = [("1", march, 1, partly), ("2", april, 0, "told"), ("3", may, 0, "told")]
    for release, (first, last), rejected, basis in given:
        told = {"rows": 4, "rejected": rejected, "covers_basis": basis}
        folder_of(tmp_path, [event(first)] * (4 - rejected), first, last, release, **told)
    wanted = Wanted(period="month")
    found = event_panel(tmp_path, wanted)
    lines = panel_words(found, wanted, "x.csv")
    assert "Kept aside at ingest, and counted nowhere: 1 of 4 rows of made-1." in lines
    assert f"Days covered by made-1: {partly}." in lines
    assert "Days covered by made-2, made-3: told." in lines
    ingested = json.loads(panel_json(found, "x.csv"))["ingested"]
    assert [each["rejected"] for each in ingested] == [1, 0, 0]
    assert ingested[0] == {"dataset": "made-1", "rows": 4, "rejected": 1, "covers_basis": partly}
    whole = event_panel(tmp_path, wanted, ["made-2"])
    assert not any(line.startswith("Kept aside") for line in panel_words(whole, wanted, "x.csv"))
