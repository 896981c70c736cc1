"""What a reader of the relations must find, and what they must not show."""

from datetime import date
from xml.etree.ElementTree import tostring

import pytest
from tests.brief.page import makers as make

from foreshock.brief import relations as rel
from foreshock.brief.page.relations import relations_view


def _view(*dyads, **changes):
    related = make.relations(dyads=list(dyads), **changes.pop("relations", {}))
    return relations_view(make.brief(relations=related, **changes))


def _series(channel, weeks, acts):
    return rel.SeriesItem(channel=channel, weeks=weeks, acts=acts)


@pytest.fixture
def pair():
    """Give a pair with a short history: deeds can be told, words cannot."""
    acts = [
        make.act("old", make.ago(40)),
        make.act("shelling", make.ago(3), deaths=7.0, pull=0.12),
        make.act("talks", make.ago(10), "cooperative", pull=-0.05),
    ]
    return make.dyad(
        deeds=make.channel("deed", acts=acts[1:]),
        series=[
            _series("deed", make.weeks(12), acts),
            _series("word", [], [make.act("threat", make.ago(4))]),
        ],
    )


EVENTS = [make.event(key) for key in ("old", "shelling", "threat")]
EVENTS += [make.event("talks", "cooperative")]


def test_the_finding_stands_first_and_the_caveat_right_under_the_lead(pair):
    view = _view(pair)
    assert view.panels[0].finding == pair.sentence
    assert view.notes == ["Mind the gap."]


def test_every_term_of_the_trade_is_explained_in_the_lead(pair):
    lead = _view(pair).lead
    for term in ("conflict share is", "90 % interval:", "evidence mass says", "reference is"):
        assert term in lead
    assert "730 to 183 days before 5 Feb 2020" in lead


def test_the_picture_says_what_the_ends_of_the_axis_mean(pair):
    said = make.texts(_view(pair).panels[0].picture)
    assert {"all conflictual", "all cooperative"} <= set(said)


def test_deeds_have_a_line_with_its_band_and_silent_words_have_neither(pair):
    picture = _view(pair).panels[0].picture
    assert make.classed(picture, "line", "deed")
    assert make.classed(picture, "band", "deed")
    assert not make.classed(picture, "line", "word")
    assert not make.classed(picture, "band", "word")
    assert "Words insufficient evidence now".replace(" ", "") in "".join(
        make.texts(picture)
    ).replace(" ", "")


def test_deeds_are_solid_and_words_dashed():
    pair = make.dyad(
        make.channel("deed"),
        make.channel("word"),
        [_series(name, make.weeks(9), [make.act("a", make.ago(3))]) for name in ("deed", "word")],
    )
    picture = _view(pair).panels[0].picture
    (deeds,), (words,) = (make.classed(picture, "line", name) for name in ("deed", "word"))
    assert deeds.get("stroke-dasharray") is None
    assert words.get("stroke-dasharray")


def test_weeks_without_evidence_are_hatched_and_break_the_line():
    weeks = make.weeks(12, enough=lambda index: index not in (5, 6))
    pair = make.dyad(
        make.channel("deed"), series=[_series("deed", weeks, [make.act("a", make.ago(3))])]
    )
    picture = _view(pair).panels[0].picture
    assert len(make.classed(picture, "line", "deed")) == 2
    (gap,) = make.classed(picture, "missing")
    axis = _axis(picture)
    length = float(axis.get("x2")) - float(axis.get("x1"))
    start, width = float(gap.get("x")), float(gap.get("width"))
    assert width == pytest.approx(length * 14 / 84, rel=0.05)
    # The hatching fills the gap between the two pieces, and covers none of either.
    before, after = (make.horizontal(line) for line in make.classed(picture, "line", "deed"))
    assert before[-1] == pytest.approx(start, abs=0.1)
    assert after[0] == pytest.approx(start + width, abs=0.1)


def _axis(picture):
    return make.classed(picture, "axis")[0]


def test_a_pair_of_which_nothing_can_be_said_has_no_picture_but_its_dated_acts():
    acts = [make.act("shelling", make.ago(3))]
    pair = make.dyad(
        make.silent("deed").model_copy(update={"acts": acts}),
        series=[_series("deed", [], [make.act("old", make.ago(300)), *acts])],
    )
    panel = _view(pair, events=EVENTS).panels[0]
    assert panel.picture is None
    rows = [row for table in panel.tables for row in make.cells(table)]
    assert any("2 Feb 2020" in row and "headline of shelling" in row for row in rows)
    assert any("headline of old" in row for row in rows)
    assert any("insufficient evidence" in row for row in rows)


def test_acts_have_no_colour_where_evidence_is_insufficient(pair):
    thin = make.silent("deed")
    pair = pair.model_copy(update={"deeds": thin})
    picture = _view(pair, events=EVENTS).panels[0].picture
    assert not make.classed(picture, "mark", "conflictual")
    assert make.classed(picture, "mark", "neutral")


def test_each_act_of_the_last_weeks_leads_to_its_event(pair):
    picture = _view(pair, events=EVENTS).panels[0].picture
    assert set(make.links(picture)) == {
        f"#event-{key}" for key in ("old", "shelling", "talks", "threat")
    }
    assert any("at most 7 deaths told" in title for title in make.titles(picture))
    assert all("2020" in title or "2019" in title for title in make.titles(picture))


def test_conflictual_acts_stand_above_and_cooperative_ones_below(pair):
    picture = _view(pair, events=EVENTS).panels[0].picture
    middle = float(_axis(picture).get("y1"))
    (talks,) = [m for m in make.classed(picture, "mark") if "talks" in m.get("href")]
    assert float(talks.find("circle").get("cy")) > middle
    (shelling,) = [m for m in make.classed(picture, "mark") if "shelling" in m.get("href")]
    assert float(shelling.find("path").get("d").split()[1].split("h")[0]) < middle


def test_acts_that_find_no_room_are_counted():
    acts = [make.act(f"e{index}", make.ago(3)) for index in range(9)]
    pair = make.dyad(make.channel("deed"), series=[_series("deed", make.weeks(9), acts)])
    picture = _view(pair).panels[0].picture
    marks = make.classed(picture, "mark")
    assert len(marks) == 4
    assert any("5 more" in mark.findtext("title") for mark in marks)


def test_a_long_history_is_drawn_whole_and_close():
    acts = [make.act("jet", date(2015, 11, 24), deaths=1.0), make.act("now", make.ago(2))]
    acts += [make.act("then", date(2016, 5, 1))]
    pair = make.dyad(make.channel("deed"), series=[_series("deed", make.weeks(220), acts)])
    panel = _view(pair, events=[make.event(key) for key in ("jet", "now", "then")]).panels[0]
    axes = make.classed(panel.picture, "axis")
    assert len(axes) == 2
    # A deadly act of long ago can still be reached; others of that time are told by bars.
    assert "#event-jet" in make.links(panel.picture)
    assert "#event-then" not in make.links(panel.picture)
    assert any("headline of jet" in row for row in make.cells(make.table(panel, "Older acts")))


def test_a_lone_act_of_long_ago_does_not_squeeze_the_picture_but_is_told():
    acts = [make.act("ancient", date(1998, 10, 20)), make.act("now", make.ago(2))]
    pair = make.dyad(make.channel("deed"), series=[_series("deed", make.weeks(30), acts)])
    panel = _view(pair).panels[0]
    assert "1998" not in " ".join(make.texts(panel.picture))
    assert "1 older act" in panel.note


def test_the_reference_is_shaded_with_its_share_in_words(pair):
    long = make.dyad(
        make.channel("deed"),
        series=[_series("deed", make.weeks(150), [make.act("a", make.ago(2))])],
    )
    picture = _view(long).panels[0].picture
    assert make.classed(picture, "reference")
    said = [element.text for element in picture.iter("title")]
    assert any("Reference: 30 % from 5 Feb 2018 to 6 Aug 2019" in text for text in said)


def test_the_numbers_now_stand_in_a_table(pair):
    rows = {row[0]: row[1:] for row in make.cells(make.table(_view(pair).panels[0], "stand"))}
    assert rows["conflict share now (90 % interval)"] == ["80 % (70–90 %)", "insufficient evidence"]
    assert rows["reference share (90 % interval)"] == ["30 % (20–40 %)", "–"]
    assert rows["change, in percentage points (90 % interval)"] == ["+50 (+30 to +70)", "–"]
    assert rows["that it is up"] == ["almost certain (97 %)", "–"]
    assert rows["deadly acts, last 30 days (in the reference)"][0] == "1 (0.2 per 30 days)"


def test_acts_of_the_last_days_are_listed_by_their_pull(pair):
    table = make.table(_view(pair, events=EVENTS).panels[0], "strongest pull")
    assert [row[1] for row in make.cells(table)] == ["headline of shelling", "headline of talks"]
    first = make.cells(table)[0]
    assert first[3:] == ["▲ conflictual", "+12.0", "1", "7", "90 %"]
    assert table.rows[0].cells[1].href == "#event-shelling"
    assert table.rows[0].data["actors"] == "ruritania gondal"


def test_the_twin_tells_share_and_acts_week_by_week(pair):
    rows = make.cells(make.table(_view(pair).panels[0], "acts since the row below"))
    assert [row[0] for row in rows[:2]] == ["5 Feb 2020", "29 Jan 2020"]
    assert len(rows) == 12
    assert rows[0] == ["5 Feb 2020", "80 % (70–90 %)", "1", "", "–", "1", ""]
    assert sum(int(row[2] or 0) + int(row[3] or 0) for row in rows) == 3


def test_an_act_on_the_last_day_of_a_week_belongs_to_it():
    acts = [make.act("a", make.ago(7)), make.act("b", make.ago(6), "cooperative")]
    pair = make.dyad(make.channel("deed"), series=[_series("deed", make.weeks(9), acts)])
    rows = make.cells(make.table(_view(pair).panels[0], "acts since the row below"))
    assert [row[2:4] for row in rows[:3]] == [["", "1"], ["1", ""], ["", ""]]


def test_the_first_two_pairs_stand_open(pair):
    view = _view(*[pair] * 4)
    assert [panel.folded for panel in view.panels] == [False, False, True, True]


def test_skill_is_told_where_it_was_measured():
    skill = rel.SkillItem(acts=40, gained=-2.5, per_act=-0.06, pit=0.01)
    pair = make.dyad(
        make.channel("deed", skill=skill),
        series=[_series("deed", make.weeks(9), [make.act("a", make.ago(2))])],
    )
    note = _view(pair).panels[0].note
    assert "2.5 nats worse than a constant share" in note
    assert "calibrated badly (p = 0.01)" in note


def test_without_pairs_a_sentence_says_so():
    view = _view()
    assert view.panels == []
    assert "nothing to measure" in view.lead


def test_a_thesis_stands_with_its_verdict_its_reasons_and_acts_for_and_against():
    thesis = rel.ThesisItem(
        claim="c1", text="The paper warns.", speaker="The Paper", a=make.actor("ruritania"),
        b=make.actor("gondal"), imperils="alliance", verdict="In words, borne out.",
        reasons=["They had something to lose."], acts=["shelling"], steps=["talks"],
    )  # fmt: skip
    view = _view(relations={"theses": [thesis]}, events=EVENTS, claims={"c1": make.claim("c1")})
    panel = view.panels[0]
    assert (panel.finding, panel.note) == ("In words, borne out.", "They had something to lose.")
    hrefs = [cell.href for table in panel.tables for row in table.rows for cell in row.cells]
    assert {"#claim-c1", "#event-shelling", "#event-talks"} <= set(hrefs)


def test_intents_are_told_apart_by_shape_and_lead_to_their_claims():
    statuses = ["carried out", "not carried out", "open"]
    intents = [
        rel.IntentItem(recipients=[make.actor("gondal")], on=make.ago(9 - index), due=None,
                       text=f"intent {index}", status=status, claims=[f"c{index}"])
        for index, status in enumerate(statuses)
    ]  # fmt: skip
    item = rel.FollowThroughItem(
        actor=make.actor("ruritania"), kind="threat", kept=1, broken=1, unsettled=1, rate=None,
        intents=intents,
    )  # fmt: skip
    claims = {f"c{index}": make.claim(f"c{index}") for index in range(3)}
    view = _view(relations={"intents": [item]}, claims=claims)
    panel = make.panel(view, "announces")
    assert make.links(panel.picture) == ["#claim-c0", "#claim-c1", "#claim-c2"]
    kept, broken, unsettled = make.classed(panel.picture, "mark")
    assert make.classed(kept, "ink") and not make.classed(kept, "ink-line")
    assert make.classed(broken, "ink-line")
    assert make.classed(unsettled, "hollow")
    assert "only 2 settled" in make.texts(panel.picture)
    assert [row[-1] for row in make.cells(make.table(panel, "Every intent"))] == [
        "● carried out",
        "✕ not carried out",
        "○ open",
    ]


def test_triads_lead_to_their_edges_and_are_not_scored():
    edges = [
        make.edge("ruritania", "gondal"),
        make.edge("gondal", "florin", "negative", conflictual=3),
    ]
    triad = rel.TriadItem(
        actors=[make.actor(name) for name in make.NAMES], sentence="Friend’s enemy.", edges=[1, 0]
    )
    panel = make.panel(_view(relations={"edges": edges, "triads": [triad]}), "Triads")
    (row,) = panel.tables[0].rows
    assert [cell.href for cell in row.cells] == [
        "",
        "#edge-gondal-x7c-florin",
        "#edge-ruritania-x7c-gondal",
    ]
    assert "not scored" in panel.note


HOSTILE = '</text><script>alert(1)</script>" onload="x'


def test_hostile_names_stay_text(pair):
    evil = pair.model_copy(
        update={"a": make.actor("ruritania").model_copy(update={"name": HOSTILE})}
    )
    picture = _view(evil).panels[0].picture
    assert "<script" not in tostring(picture, encoding="unicode")
    names = {name for element in picture.iter() for name in element.attrib}
    assert not any(name.startswith("on") or name == "style" for name in names)


def test_the_same_brief_gives_the_same_picture(pair):
    one, other = (tostring(_view(pair, events=EVENTS).panels[0].picture) for _ in range(2))
    assert one == other


def test_the_bundled_case_shows_its_two_pairs_first(brief):
    view = relations_view(brief)
    pairs = [panel for panel in view.panels if panel.id.startswith("pair-")]
    assert [panel.title for panel in pairs[:2]] == [
        "Turkey – Syrian government",
        "Turkey – Russia",
    ]
    assert len({panel.id for panel in view.panels}) == len(view.panels)
    known = {f"#event-{event.id}" for event in brief.events}
    for panel in pairs:
        if panel.picture is not None:
            assert set(make.links(panel.picture)) <= known
            assert make.links(panel.picture)
