"""What a brief says of relations: words for a channel and a thesis, the bundled case, the text."""

import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from rich.console import Console
from tests.assess.relations.made import PAIR, SURE, Told, act, monday, series

from foreshock.assess.picture import assess
from foreshock.assess.relations.share import Share, Span
from foreshock.assess.relations.strain import Channel, Dyad, Moved, strain
from foreshock.assess.relations.theses import Verdict
from foreshock.brief.compose import compose
from foreshock.brief.relation_words import (
    direction,
    insufficient,
    sentence,
    share_in_words,
    verdict_in_words,
)
from foreshock.brief.terminal import render
from foreshock.core.theses import Imperilled, Thesis
from foreshock.cycle import cycle
from foreshock.evidence.actors import Actor
from foreshock.evidence.claim import Attribution, Claim, Report, Source
from foreshock.evidence.view import Evidence, Recorded

DAY = date(2020, 2, 5)
THIN = Share(1.0, 0.6, 0.9)


def _channel(name: str = "word", **fields: Any) -> Channel:
    made: dict[str, Any] = {
        "name": name,
        "acts": (act(0, "-"),),
        "now": Share(12, 8, 19),
        "discount": 0.9,
        "reference": Share(6, 24, 29),
        "excess": Span(0.4, 0.2, 0.6),
        "probability_up": 0.97,
        "with_clients": None,
        "moved": (),
        "deadly_before": 0.0,
        "issues": {},
        "weeks": (),
        "skill": None,
    }
    return Channel(**{**made, **fields})


def _verdict(
    words: Channel,
    deeds: Channel,
    imperils: Imperilled = Imperilled.ALLIANCE,
    was: str = "cooperative",
    steps: int = 0,
    against: int = 0,
) -> Verdict:
    return Verdict(
        thesis=Thesis("W1", PAIR, imperils),
        claim="id",
        dyad=Dyad(a=PAIR[0], b=PAIR[1], deeds=deeds, words=words),
        was=was,
        steps=tuple(act(9 - n, "+") for n in range(steps)),
        against=tuple(act(9 - n, "-") for n in range(against)),
    )


def _said(verdict: Verdict) -> list[str]:
    return verdict_in_words(verdict, "Gondal", "Ruritania")


# ---------------------------------------------------------------------- words for a verdict


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"probability_up": 1.0}, "borne out: almost certain (over 99 %)"),
        ({"probability_up": 0.0}, "not borne out: almost certain (over 99 %) that it eased"),
        ({"probability_up": 0.997}, "borne out: almost certain (over 99 %)"),
        ({"probability_up": 0.97}, "borne out: almost certain (97 %)"),
        ({"probability_up": 0.85}, "borne out: very likely (85 %)"),
        ({"probability_up": 0.8}, "borne out: very likely (80 %)"),
        ({"probability_up": 0.7}, "points that way, no more: likely (70 %)"),
        ({"probability_up": 0.5}, "not shown (50 % that strain is up)"),
        ({"probability_up": 0.3}, "not shown (30 % that strain is up)"),
        ({"probability_up": 0.2}, "not borne out: very likely (80 %) that it eased"),
        ({"probability_up": 0.01}, "not borne out: almost certain (99 %) that it eased"),
        ({"now": THIN}, "insufficient evidence"),
        ({"reference": THIN}, "insufficient evidence"),
        ({"now": THIN, "probability_up": 0.99}, "insufficient evidence"),
    ],
)
def test_a_verdict_on_one_channel(fields, words):
    other = _channel("deed", now=THIN)
    assert _said(_verdict(_channel(**fields), other))[0] == (
        f"In words, {words}; in deeds, insufficient evidence."
    )
    thin = _channel(now=THIN)
    assert _said(_verdict(thin, _channel("deed", **fields)))[0] == (
        f"In words, insufficient evidence; in deeds, {words}."
    )


@pytest.mark.parametrize(
    ("was", "reason"),
    [
        ("cooperative", "had a mostly cooperative relation to lose"),
        ("conflictual", "had no cooperative relation to lose"),
        ("mixed", "had a mixed relation before"),
        ("", "Too little is on record to say what"),
    ],
)
def test_an_alliance_can_only_be_imperilled_where_there_was_one(was, reason):
    said = _said(_verdict(_channel(), _channel("deed"), was=was))
    assert reason in said[1]
    assert "Gondal and Ruritania" in said[1]
    assert len(said) == 4


@pytest.mark.parametrize(
    ("steps", "against", "reason"),
    [
        (0, 0, "No step towards each other is on record in the last 183 days"),
        (0, 5, "there was no thaw to lose"),
        (1, 0, "1 cooperative act among 1 of the last 183 days"),
        (4, 4, "a thaw to lose."),
        (5, 2, "5 cooperative acts among 7 of the last 183 days"),
        (2, 9, "thin ground for a thaw."),
    ],
)
def test_a_rapprochement_can_only_be_imperilled_where_there_were_steps(steps, against, reason):
    verdict = _verdict(
        _channel(), _channel("deed"), Imperilled.RAPPROCHEMENT, steps=steps, against=against
    )
    assert reason in _said(verdict)[1]
    if steps:
        assert "the last on 5 Mar 2001" in _said(verdict)[1]


def test_the_reasons_tell_level_mass_and_deaths():
    hostile = act(0, "-", deaths=3.0)
    moved = (
        Moved(act=hostile, pull=0.1),
        Moved(act=act(0, "+", event="kind"), pull=-0.1),
        Moved(act=act(0, "-", event="client", client="bandits", deaths=9.0), pull=0.0),
    )
    deeds = _channel("deed", moved=moved, deadly_before=0.4, with_clients=Share(14, 6, 19))
    said = _said(_verdict(_channel(), deeds))
    assert said[2] == (
        "Words: share 60 % (42–77 %), was 20 % (9–33 %) (evidence mass 19.0 and 29.0); no act."
    )
    assert said[3] == (
        "Deeds: share 60 % (42–77 %), was 20 % (9–33 %) (evidence mass 19.0 and 29.0); 1 of 2 acts "
        "in 30 days conflictual, 1 of them deadly (own past: 0.4 in 30 days); with clients' acts "
        "counted too, 70 % (52–85 %)."
    )


# ---------------------------------------------------------------------- words for a pair


@pytest.mark.parametrize(
    ("fields", "way", "words"),
    [
        ({"probability_up": 0.9}, "up", "up: very likely (90 %); its own past was 20 %"),
        ({"probability_up": 0.8}, "up", "up: very likely (80 %)"),
        ({"probability_up": 0.1}, "down", "down: very likely (90 %); its own past was 20 %"),
        ({"probability_up": 0.5}, "no clear change", "no clear change (its own past was 20 %"),
        ({"now": THIN}, "insufficient evidence", "insufficient evidence (memory holds 0.9 acts)"),
        (
            {"now": Share(1.2, 1.1, 2.5)}, "insufficient evidence",
            "insufficient evidence (the share could be anything from",
        ),
        ({"now": THIN, "acts": ()}, "insufficient evidence", "(no act on record)"),
        ({"reference": THIN}, "insufficient evidence", "too little of its own past on record"),
    ],
)  # fmt: skip
def test_a_pair_in_a_sentence(fields, way, words):
    channel = _channel(**fields)
    assert direction(channel) == way
    told = sentence(Dyad(a="a", b="b", deeds=_channel("deed"), words=channel), "A", "B")
    assert told.startswith("A and B: in deeds 60 % conflictual (42–77 %), up: ")
    assert words in told.split("; in words")[1]


@pytest.mark.parametrize(
    ("share", "words"),
    [(Share(8, 2, 9), "80 % (57–96 %)"), (Share(900, 1, 900), "over 99 % (100–100 %)"),
     (Share(1, 900, 900), "under 1 % (0–0 %)")],
)  # fmt: skip
def test_a_share_is_never_told_as_certain(share, words):
    assert share_in_words(share) == words


# ---------------------------------------------------------------------- the bundled case


def _thesis(document: dict, a: str, b: str) -> dict:
    (found,) = [
        t for t in document["relations"]["theses"] if (t["a"]["id"], t["b"]["id"]) == (a, b)
    ]
    return found


def _dyad(document: dict, a: str, b: str) -> dict:
    (found,) = [d for d in document["relations"]["dyads"] if {d["a"]["id"], d["b"]["id"]} == {a, b}]
    return found


def _verdicts(thesis: dict) -> tuple[str, str]:
    words, deeds = re.fullmatch(r"In words, (.*); in deeds, (.*)\.", thesis["verdict"]).groups()
    return words, deeds


def test_the_thesis_that_the_alliance_with_russia_is_in_danger(document):
    thesis = _thesis(document, "turkey", "russia")
    words, deeds = _verdicts(thesis)
    dyad = _dyad(document, "turkey", "russia")
    assert document["claims"][thesis["claim"]]["key"] == "A037"
    assert thesis["imperils"] == "alliance"
    assert words.startswith("borne out: almost certain")
    assert thesis["reasons"][0] == "Turkey and Russia had a mostly cooperative relation to lose."
    assert dyad["words"]["direction"] == "up"
    assert dyad["words"]["share"]["low"] > dyad["words"]["reference"]["share"]["mean"]
    # In deeds a handful of acts: never more than likely, and the interval says so.
    assert dyad["deeds"]["mass"] < 6
    assert dyad["deeds"]["share"]["high"] - dyad["deeds"]["share"]["low"] > 0.4
    assert "almost certain" not in deeds
    # A client's strikes are told apart, and would say more.
    assert dyad["deeds"]["with_clients"]["share"]["mean"] > dyad["deeds"]["share"]["mean"] + 0.1


def test_the_thesis_that_the_first_steps_with_damascus_are_undone(document):
    thesis = _thesis(document, "turkey", "syria")
    words, deeds = _verdicts(thesis)
    dyad = _dyad(document, "turkey", "syria")
    assert document["claims"][thesis["claim"]]["key"] == "A038"
    assert thesis["imperils"] == "rapprochement"
    # Near the border between the two words (80 %), so either may stand here.
    assert words.startswith(("borne out: very likely", "points that way, no more: likely"))
    assert dyad["words"]["probability_up"] == pytest.approx(0.8, abs=0.06)
    # Hostile throughout: nothing that deeds could show.
    assert deeds.startswith("not shown")
    assert dyad["deeds"]["reference"]["share"]["mean"] > 0.85
    assert "thin ground for a thaw" in thesis["reasons"][0]
    assert 3 <= len(thesis["steps"]) <= 6


def test_acts_and_steps_of_a_thesis_are_events_of_its_pair(document):
    events = {event["id"]: event for event in document["events"]}
    for thesis in document["relations"]["theses"]:
        assert thesis["acts"]
        for id in (*thesis["acts"], *thesis["steps"]):
            roots = {a["root"] for a in (*events[id]["actors"], *events[id]["recipients"])}
            assert {thesis["a"]["id"], thesis["b"]["id"]} <= roots


def test_sentence_direction_and_numbers_agree(document):
    assert document["relations"]["dyads"]
    for dyad in document["relations"]["dyads"]:
        assert dyad["sentence"].startswith(f"{dyad['a']['name']} and {dyad['b']['name']}: in deeds")
        deeds, words = dyad["sentence"].split("; in words ")
        for channel, told in ((dyad["deeds"], deeds), (dyad["words"], words)):
            assert ("insufficient evidence" in told) is not channel["enough"]
            width = channel["share"]["high"] - channel["share"]["low"]
            assert channel["enough"] is (channel["mass"] >= 2 and width <= 0.6)
            past = channel["reference"]
            compared = channel["enough"] and past is not None and past["enough"]
            if not compared:
                assert channel["direction"] == "insufficient evidence"
            elif channel["probability_up"] >= 0.8:
                assert channel["direction"] == "up"
                assert ", up: " in told
            elif channel["probability_up"] <= 0.2:
                assert channel["direction"] == "down"
            else:
                assert channel["direction"] == "no clear change"
            for span in (channel["share"], channel["log_odds"]):
                assert span["low"] <= span["mean"] <= span["high"]
            own = [each for each in channel["acts"] if not each["client"]]
            assert channel["conflictual"] + channel["cooperative"] == len(own)
            pulls = [abs(each["pull"]) for each in own]
            assert pulls == sorted(pulls, reverse=True)
            for each in channel["acts"]:
                if not each["client"]:
                    assert (each["pull"] >= 0) is (each["sign"] == "conflictual")


def test_series_end_on_the_day_of_the_brief(document):
    for dyad in document["relations"]["dyads"]:
        for series_, channel in zip(dyad["series"], (dyad["deeds"], dyad["words"]), strict=True):
            assert series_["channel"] == channel["channel"]
            if series_["weeks"]:
                last = series_["weeks"][-1]
                ends = date.fromisoformat(last["end"])
                assert 0 <= (ends - DAY).days < 7
                assert last["share"] == channel["share"]
                assert series_["weeks"][0]["enough"]


def test_triads_and_edges_fit_together(document):
    edges, triads = document["relations"]["edges"], document["relations"]["triads"]
    found = [tuple(actor["id"] for actor in triad["actors"]) for triad in triads]
    assert ("russia", "syria", "turkey") in found
    for triad in triads:
        signs = sorted(edges[index]["sign"] for index in triad["edges"])
        assert signs == ["negative", "positive", "positive"]
        assert re.fullmatch(r"Tied: .+ and .+\. At odds: .+ with .+\.", triad["sentence"])


def test_intents_add_up(document):
    for found in document["relations"]["intents"]:
        statuses = [each["status"] for each in found["intents"]]
        assert found["kept"] == statuses.count("carried out")
        assert found["broken"] == statuses.count("not carried out")
        assert found["kept"] + found["broken"] + found["unsettled"] == len(statuses)
        assert (found["rate"] is not None) is (found["kept"] + found["broken"] >= 5)


# ---------------------------------------------------------------------- in the terminal


def _printed(brief, width: int = 80) -> str:
    out = io.StringIO()
    render(brief, Console(file=out, width=width, highlight=False, markup=False))
    return out.getvalue()


HEADING = "WHAT RELATIONS ARE SUFFERING"


def _part(text: str) -> str:
    """Give the part on relations, its lines joined."""
    return " ".join(text.split(HEADING)[1].split("FIGURES IN DISPUTE")[0].split())


def test_the_terminal_tells_both_theses_with_verdict_and_shares(brief):
    text = _part(_printed(brief))
    for thesis in brief.relations.theses:
        assert f"{thesis.a.name}–{thesis.b.name}: {thesis.text}" in text
        assert thesis.verdict in text
    assert "[A037]" in text
    assert "[A038]" in text
    assert len(re.findall(r"Words \d+ % \(\d+–\d+\)", text)) == 2
    assert "Acts were gathered, not sampled." in text


def test_before_a_thesis_was_made_the_pairs_are_told(idlib):
    early = cycle(idlib, date(2020, 1, 20))
    assert early.relations.theses == []
    text = _part(_printed(early))
    told = [d for d in early.relations.dyads if d.deeds.enough or d.words.enough]
    assert told
    for dyad in told[:3]:
        assert f"{dyad.a.name}–{dyad.b.name}: Words " in text
    assert "A037" not in text


def _evidence(claims: list[Claim], name: str = "Gondal") -> Evidence:
    return Evidence.build(
        "made",
        DAY,
        [Recorded(each, datetime(2030, 1, 1, tzinfo=UTC)) for each in claims],
        [
            Source(id="s", name="Source", reliability="A"),
            Report(source="s", key="r", title="A report", known_at=DAY),
            Actor(id="gondal", name=name),
            Actor(id="ruritania", name="Ruritania"),
        ],
    )


def _claim(n: int, type: str = "ASSAULT", recipients: tuple[str, ...] = ("ruritania",)) -> Claim:
    day = DAY - timedelta(days=n)
    report = Report(source="s", key="r", title="A report", known_at=DAY)
    return Claim(
        report=report.id, key=f"K{n}", type=type, actors=("gondal",), recipients=recipients,
        start=day, end=day, known_at=day, summary=f"act {n}", chain=(Attribution("s"),), rating=1,
    )  # fmt: skip


def test_nothing_is_told_where_there_are_no_relations():
    alone = _evidence([_claim(1, recipients=())])
    brief = compose(assess(alone), case="made", title="Alone")
    assert brief.relations.dyads == []
    assert HEADING not in _printed(brief)


def test_nothing_is_told_where_no_pair_has_enough():
    brief = compose(assess(_evidence([_claim(1)])), case="made", title="One act")
    (dyad,) = brief.relations.dyads
    assert not dyad.deeds.enough
    assert "insufficient evidence" in dyad.sentence
    assert HEADING not in _printed(brief)


@pytest.mark.parametrize("name", ["\x1b[31mred", "[bold]x[/bold]", "a\u202eb", "<b>Gondal</b>"])
@pytest.mark.parametrize("tested", [True, False])
def test_hostile_names_stay_text(name, tested):
    claims = [_claim(n) for n in range(1, 9)]
    theses = [Thesis("K1", PAIR, Imperilled.ALLIANCE)] if tested else []
    brief = compose(assess(_evidence(claims, name), (), theses), case="made", title="Hostile")
    assert len(brief.relations.theses) == tested
    text = _printed(brief)
    assert HEADING in text
    assert not {"\x1b", "\u202e"} & set(text)
    if name.isprintable():
        assert f"{name}–Ruritania" in _part(text)


def test_the_brief_of_relations_is_the_same_twice(idlib, document):
    again = json.loads(cycle(idlib, DAY).model_dump_json())
    assert again["relations"] == document["relations"]


def test_the_rule_of_thin_evidence_is_told():
    assert insufficient() == (
        "Insufficient evidence: less than 2 acts in memory, or a 90 % interval wider than 60 %."
    )


def test_a_made_pair_is_told_as_it_was_worked_out():
    told = series([0] * 60 + [0] * 40 + [2] * 11, [1] * 100 + [0] * 11, probability=SURE)
    (dyad,) = strain(Told({PAIR: told}), monday(110))
    assert direction(dyad.words) == "up"
    assert "; in words 89 % conflictual (76–97 %)" in sentence(dyad, "A", "B")
    assert "up: almost certain (over 99 %); its own past was 1 %" in sentence(dyad, "A", "B")
