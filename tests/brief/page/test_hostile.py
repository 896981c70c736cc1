"""Whatever a text of the brief holds, it stands on the page as text."""

import re
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from foreshock.brief.document import Brief
from foreshock.brief.page.acts import external

ATTACKS = [
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&lt;b&gt;&#0;&amp;",
    "{{ 7 * 7 }}{% raw %}",
    "</title></textarea></dialog></main></body></html>",
    "\u202eevil\u2066\u2069",
    "\x00\x07\x1b[31m",
    "line\u2028two\u2029three\nfour\tfive",
    "=1+1",
    "a" * 400,
    "",
    " ",
]
HREFS = [
    "javascript:alert(1)",
    "JaVaScRiPt://x%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//example.org/x",
    "http://",
    'https://example.org/"onclick="alert(1)',
    "https://example.org/<script>",
    " https://example.org",
    "java\nscript:alert(1)",
    "",
]
# What the program itself chooses, and no report can.
CLOSED = {
    *("kind", "sign", "status", "how", "channel", "direction", "precision", "modality", "basis"),
    *("polarity", "relation", "known_basis", "version", "imperils", "acts_sign", "type", "mode"),
    *("words", "measure", "standing"),
}
IDS = {
    *("id", "root", "claim", "claims", "denials", "answers", "events", "event", "report", "source"),
    *("ties", "key", "focus", "about", "place", "kept", "broken", "people", "client", "acts"),
    *("steps", "a", "b", "by", "series"),
}
NAMED = {"baselines", "quiet_baselines", "baseline_scores", "number_skill"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def attacked(value, choose, field=""):
    """Put an attack into every text; ids stay, so that what hangs together still does."""
    if isinstance(value, dict):
        return {
            (choose(ATTACKS) + key if field in NAMED else key): attacked(
                inner, choose, "name" if field == "sources" else key
            )
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [attacked(inner, choose, field) for inner in value]
    if not isinstance(value, str) or field in CLOSED | IDS or DAY.match(value):
        return value
    return choose(HREFS if field == "url" else ATTACKS) + ("" if field == "url" else value)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture(scope="module")
def attack(small, as_page):
    """Make the page of the small case with an attack in every text."""
    document = small.model_dump(mode="json")

    def made(seed, own):
        random = Random(seed)
        turned = attacked(document, lambda attacks: random.choice([*attacks, own]))
        return as_page(Brief.model_validate(turned))

    return made


# A seed cannot be shrunk to a simpler one.
@settings(max_examples=15, phases=[Phase.generate])
@given(seed=st.integers(0, 2**32), own=texts)
def test_hostile_text_is_text(attack, small_page, seed, own):
    page = attack(seed, own)
    # The same elements with the same attributes stand on the page as with harmless texts, but for
    # links that are no links any more: no text became markup.
    allowed = {node.tag for node in small_page.all} | {"bdi"}
    assert {node.tag for node in page.all} <= allowed
    assert len([node for node in page.all if node.tag in {"script", "style"}]) == 2
    names = {name for node in small_page.all for name in node.attributes}
    assert {name for node in page.all for name in node.attributes} <= names | {"open", "rel"}
    for href in page.root.links:
        assert href.startswith(("#", "http://", "https://")), href
    body = page.only("body").text
    assert not re.search("[\x00-\x08\x0b-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]", body)


def test_only_addresses_of_the_web_become_links():
    assert [href for href in HREFS if external(href)] == [
        'https://example.org/"onclick="alert(1)',
        "https://example.org/<script>",
    ]
    assert external("HTTPS://example.org/a") == "HTTPS://example.org/a"


def test_an_address_that_is_no_link_is_shown_as_text(small, as_page):
    report = next(iter(small.reports.values()))
    odd = report.model_copy(update={"url": "javascript:alert(1)", "withheld": False, "title": "T"})
    brief = small.model_copy(update={"reports": small.reports | {report.id: odd}})
    text = as_page(brief).by_id["evidence"].text
    assert "T (javascript:alert(1))" in text
