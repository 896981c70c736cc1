"""The page as a file: complete in itself, the same each time, and whole where there is little."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest

from foreshock.brief.page.build import build_page

ORDER = [
    *("changed", "deadlines", "relations", "map", "timeline", "network", "disputes", "displaced"),
    *("displacement", "control", "outlook", "assumed", "evidence"),
]
LIMIT = 1_600_000


def test_the_policy_admits_the_style_and_the_script_of_the_page_and_nothing_else(either):
    def digest(tag):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", either.raw, re.S)[1]
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    (policy,) = (
        node.attributes["content"]
        for node in either.all
        if node.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest('style')}'; "
        f"script-src 'sha256-{digest('script')}'; base-uri 'none'; form-action 'none'"
    )


def test_nothing_is_fetched(either):
    loading = {"link", "img", "image", "iframe", "object", "embed", "audio", "video", "use", "base"}
    assert [node.tag for node in either.all if node.tag in loading] == []
    for node in either.all:
        assert not {"src", "srcset", "xlink:href", "action", "ping"} & set(node.attributes), node
        href = node.attributes.get("href", "#")
        assert href.startswith("#") or (node.tag == "a" and re.match("https?://", href)), href
        for value in node.attributes.values():
            assert "url(" not in value or value.startswith("url(#"), value
    assert "url(" not in either.only("style").text
    assert "@import" not in either.only("style").text


def test_links_to_the_web_tell_nobody_where_they_come_from(page):
    away = [n for n in page.all if n.attributes.get("href", "#")[0] != "#"]
    assert len(away) > 5
    # This implies "noopener": the HTML standard says so.
    assert {node.attributes["rel"] for node in away} == {"noreferrer"}


def test_no_style_and_no_script_hides_in_an_attribute(either):
    found = {name for node in either.all for name in node.attributes}
    assert {name for name in found if name == "style" or name.startswith("on")} == set()


def test_every_anchor_is_there_once_and_everything_leads_somewhere(either):
    ids = [node.attributes["id"] for node in either.all if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    named = [
        name
        for node in either.all
        for attribute in ("aria-labelledby", "for", "aria-describedby")
        for name in node.attributes.get(attribute, "").split()
    ]
    inner = [href[1:] for href in either.root.links if href.startswith("#")]
    assert {name for name in (*inner, *named) if name not in either.by_id} == set()


def test_the_parts_stand_in_their_order_and_in_the_contents(either):
    parts = [
        n.attributes["id"] for n in either.all if n.tag == "section" and n.attributes["id"] in ORDER
    ]
    # A case without assumption sheets has no part for them.
    order = ORDER if "assumed" in either.by_id else [part for part in ORDER if part != "assumed"]
    assert parts == order
    contents = next(node for node in either.all if node.attributes.get("class") == "contents")
    assert contents.links == [f"#{part}" for part in order]


def test_the_first_screen_says_what_it_is_of_and_what_it_found(page, brief):
    top = next(node for node in page.all if node.attributes.get("class") == "top").text
    top = top.replace("\u00a0", " ")
    assert brief.title in top
    assert "as of the end of 5 Feb 2020" in top
    assert "877" in top
    for dyad in brief.relations.dyads[:2]:
        assert dyad.sentence in top


def test_the_same_brief_gives_the_same_page(small, tmp_path):
    file = tmp_path / "brief.json"
    file.write_text(small.model_dump_json(), "utf-8")
    code = (
        "import sys, pathlib\n"
        "from foreshock.brief.document import Brief\n"
        "from foreshock.brief.page.build import build_page\n"
        "brief = Brief.model_validate_json(pathlib.Path(sys.argv[1]).read_text('utf-8'))\n"
        "sys.stdout.buffer.write(build_page(brief).encode())\n"
    )
    for seed in ("1", "2"):
        made = subprocess.run(
            [sys.executable, "-c", code, str(file)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert made.stdout.decode() == build_page(small)


def test_the_page_is_small(page):
    assert len(page.raw.encode()) <= LIMIT


def test_nothing_on_it_is_of_a_later_day(page, brief):
    days = {
        day
        for node in page.all
        for name in ("data-known", "data-from")
        for day in [node.attributes.get(name)]
        if day
    }
    assert len(days) > 20
    assert max(days) <= brief.as_of.isoformat()
    reports = {report.url for report in brief.reports.values() if not report.withheld}
    assert {href for href in page.root.links if not href.startswith("#")} <= reports


@pytest.fixture(scope="module")
def nearly_nothing(small):
    """A brief of one claim that is of no act, and nothing else."""
    claim = next(claim for claim in small.claims.values() if not claim.links)
    nothing = {
        name: []
        for name in (
            *("focus", "changed", "events", "disputes", "control", "control_history", "roads"),
            *("surrounded", "displaced", "deadlines", "questions", "people"),
        )
    }
    relations = {
        name: [] for name in ("patrons", "ties", "theses", "dyads", "edges", "triads", "intents")
    }
    return small.model_copy(
        update=nothing
        | {
            "relations": small.relations.model_copy(update=relations | {"caveat": ""}),
            "claims": {claim.id: claim},
            "reports": {claim.report: small.reports[claim.report]},
            "counts": dict.fromkeys(small.counts, 0) | {"claims": 1, "reports": 1, "origins": 1},
            "data_to": None,
        }
    )


def test_where_there_is_nothing_a_sentence_says_so(as_page, nearly_nothing):
    page = as_page(nearly_nothing)
    assert "assumed" not in page.by_id  # nobody assumed anything
    for part in (part for part in ORDER if part != "assumed"):
        said = " ".join(page.by_id[part].text.split())
        assert re.search(r"\b(No|no|Nothing|nothing|Nobody|None)\b", said), (part, said)
    empty = {"table", "tbody", "ul", "ol", "dl", "p", "h2", "h3", "h4", "td", "summary", "svg"}
    blank = [n for n in page.all if n.tag in empty and n.attributes.get("id") != "said"]
    assert [n.tag for n in blank if n.tag != "td" and not n.text.strip()] == []


def test_a_brief_of_the_next_day_is_another_page(small):
    later = small.model_copy(update={"as_of": small.as_of + timedelta(days=1)})
    assert build_page(later) != build_page(small)
