"""Nothing that became known after the as-of may stand in a brief: every string is walked back."""

import json
import re
from datetime import date

import pytest

from foreshock.case.folder import read_folder
from foreshock.case.home import bundled_root
from foreshock.cycle import cycle

DAYS = [date(2018, 9, 30), date(2020, 1, 12), date(2020, 2, 5), date(2020, 2, 20), date(2020, 3, 6)]
IDS = re.compile(r"[0-9a-f]{20}")


@pytest.fixture(scope="module")
def folder():
    return read_folder(bundled_root() / "idlib-2020")


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _texts(record):
    return {text for text in _strings(json.loads(json.dumps(record, default=str))) if text}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_string_leads_to_something_known_by_the_day(idlib, folder, day):
    from foreshock.evidence.records import as_json, known_at_of

    document = json.loads(cycle(idlib, day).model_dump_json())
    early, late = set(), set()
    for record in (*folder.claims.values(), *folder.entries):
        known = known_at_of(record) if not hasattr(record, "chain") else record.known_at
        dated = hasattr(record, "known_at") or hasattr(record, "opens")
        seen = (
            (known is not None and known <= day)
            or (not dated)
            or (known is None and _undated(record))
        )
        (early if seen else late).update(_texts(as_json(record)))
    only_late = {text for text in late - early if len(text) > 8}
    leaked = only_late & set(_strings(document))
    # A day may be told ahead of its coming (a deadline, a plan), so bare days are no leak here.
    assert {text for text in leaked if not re.fullmatch(r"\d{4}-\d\d-\d\d", text)} == set()


def _undated(record):
    # Actors and sources are no news in themselves; everything else without a day is never seen.
    return type(record).__name__ in {"Actor", "Source", "Place", "Road"}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_claim_and_report_shown_was_known(idlib, day):
    document = json.loads(cycle(idlib, day).model_dump_json())
    assert all(claim["known_at"] <= day.isoformat() for claim in document["claims"].values())
    for report in document["reports"].values():
        assert report["withheld"] or report["known_at"] <= day.isoformat()
        assert not (report["withheld"] and (report["title"] or report["url"]))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_item_leads_to_its_claims_and_every_claim_to_its_report(idlib, day):
    document = json.loads(cycle(idlib, day).model_dump_json())
    claims, reports = document["claims"], document["reports"]
    for part in ("changed", "events", "disputes", "control", "displaced", "deadlines"):
        for item in document[part]:
            assert item["claims"] or item["denials"], (part, item)
            assert set(item["claims"]) <= set(claims)
    for claim in claims.values():
        assert claim["report"] in reports
        assert claim["chain"], claim["key"]
    for text in _strings(document):
        if IDS.fullmatch(text):
            known = {event["id"] for event in document["events"]}
            assert (
                text in claims
                or text in reports
                or text in known
                or text == document["evidence_digest"]
            )


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_summary_speaks_of_a_later_day(idlib, day):
    months = "January February March April May June July August September October November December"
    document = json.loads(cycle(idlib, day).model_dump_json())
    spoken = re.compile(rf"(\d{{1,2}}) ({'|'.join(months.split())}) (\d{{4}})")
    for claim in document["claims"].values():
        if claim["due"] or claim["modality"] != "actual":
            continue
        for number, month, year in spoken.findall(claim["summary"]):
            told = date(int(year), months.split().index(month) + 1, int(number))
            assert told <= day, claim
