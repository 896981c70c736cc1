"""The evidence on the page: every claim is there, and everything leads to its report."""

import re

from foreshock.brief.page.acts import figure
from foreshock.brief.page.anchors import anchor, claim_anchor, event_anchor, tie_anchor
from foreshock.brief.words import plain

STEPS = 3


def is_away(href):
    return href.startswith(("http://", "https://"))


def said_by(entry):
    return " ".join(entry.text.split())


def test_every_claim_is_there_with_who_says_so_and_its_report(page, brief):
    for claim in brief.claims.values():
        entry = page.by_id[claim_anchor(claim.id)]
        text = said_by(entry)
        assert plain(claim.summary) in text
        for link in claim.chain:
            assert plain(link.name) in text, claim.key
        assert f"rated {claim.rating}" in text
        report = brief.reports[claim.report]
        if report.withheld:
            assert "published after this day" in text
        elif report.url:
            assert report.url in entry.links, claim.key
        else:
            assert plain(report.title) in text


def test_every_act_holds_its_claims_and_its_denials(page, brief):
    for event in brief.events:
        entry = page.by_id[event_anchor(event.id)]
        anchors = {node.attributes.get("id") for node in entry.walk()}
        assert {claim_anchor(claim) for claim in (*event.claims, *event.denials)} <= anchors
        text = said_by(entry)
        assert plain(event.headline) in text
        assert f"{event.reports} report" in text
        assert event.belief.words in text


def test_a_denial_is_marked(page, brief):
    denied = [claim for claim in brief.claims.values() if claim.polarity == "denied"]
    assert denied
    for claim in denied:
        assert "denies it" in said_by(page.by_id[claim_anchor(claim.id)])


def test_what_was_remembered_and_not_read_is_marked(page, brief):
    recalled = [claim for claim in brief.claims.values() if claim.basis == "recalled"]
    assert recalled
    for claim in recalled:
        assert "memory, not read" in said_by(page.by_id[claim_anchor(claim.id)])


def test_every_standing_tie_is_there(page, brief):
    for tie in brief.relations.ties:
        assert plain(tie.summary) in said_by(page.by_id[tie_anchor(tie.key)])


def test_everything_leads_to_a_report_in_three_steps(page, brief):
    """A step is a click: to an entry of the page, then to another, then to the report."""
    sourceless = {
        claim_anchor(claim.id)
        for claim in brief.claims.values()
        if not is_away(brief.reports[claim.report].url)
    } | {tie_anchor(tie.key) for tie in brief.relations.ties}

    reached = {name: entry for name, entry in page.by_id.items() if name.partition("-")[0] in
               {"event", "claim", "tie", "edge"}}  # fmt: skip

    def steps(href, left):
        if is_away(href):
            return 1
        entry = reached.get(href[1:])
        if entry is None or left == 0:
            return STEPS + 1
        named = {node.attributes.get("id") for node in entry.walk()}
        if named & sourceless:
            return 2  # the report has no address: the entry names it
        return 1 + min((steps(link, left - 1) for link in set(entry.links) if link != href),
                       default=STEPS + 1)  # fmt: skip

    starts = {
        href
        for part in ("changed", "deadlines", "relations", "map", "timeline", "network", "disputes")
        for href in page.by_id[part].links
        if re.match("#(event|claim|tie|edge)-", href)
    }
    assert len(starts) > 100
    assert {href for href in starts if steps(href, STEPS - 1) > STEPS} == set()


def test_recent_months_stand_open_and_older_years_are_folded(page, brief):
    folds = [n for n in page.by_id["evidence"].walk() if n.attributes.get("class") == "period"]
    acts = [n for n in folds if n.attributes["id"].startswith("acts")]
    opened = [n.attributes["id"] for n in acts if "open" in n.attributes]
    assert opened == ["acts-of-2020-02", "acts-of-2020-01", "acts-of-2019-12"]
    folded = [n.attributes["id"] for n in acts if "open" not in n.attributes]
    assert folded == sorted(folded, reverse=True)
    assert "acts-of-2015" in folded


def test_acts_run_from_the_newest_to_the_oldest(page, brief):
    start = {event_anchor(event.id): str(event.start or event.end or "") for event in brief.events}
    entries = [n.attributes["id"] for n in page.all if n.attributes.get("class") == "act"]
    days = [start[name] for name in entries]
    assert len(days) == len(brief.events)
    assert days == sorted(days, reverse=True)


def test_an_anchor_is_one_word_and_no_two_keys_share_one():
    keys = ["a", "a b", "a-b", "a|b", "a-x7c-b", "ü", '"><b>', "a x7c b", "-", "", "a\u202eb"]
    anchors = [anchor("tie", key) for key in keys]
    assert len(set(anchors)) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", name) for name in anchors)


def test_a_figure_names_what_is_counted_once(brief):
    told = {figure(quantity) for claim in brief.claims.values() for quantity in claim.quantities}
    assert "killed: 13 soldiers" in told
    assert not [line for line in told if re.search(r"\b(\w+)\b.*: .*\b\1 \1\b", line)]
