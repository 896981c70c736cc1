"""Scores of a coder: what counts as right, and what must never happen."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.observe.reading.makers import (
    ANGRIA,
    DENIED,
    GONDAL,
    GUARD,
    MAY_SEND,
    RECORDS,
    SHELLED,
    TEXT,
    Scripted,
)

from foreshock.core.errors import ReadingError
from foreshock.core.quantities import Quantity
from foreshock.evidence.claim import Kind, Modality, Polarity
from foreshock.observe.reading.record import Spoken
from foreshock.observe.reading.scoring.comparing import overlap
from foreshock.observe.reading.scoring.formats import read_any
from foreshock.observe.reading.scoring.gold import GoldQuantity, GoldRecord, GoldRow, read_gold
from foreshock.observe.reading.scoring.score import score

GOLD = {
    "id": "a",
    "text": TEXT,
    "published": "2020-02-05",
    "source": "The Gazette",
    "records": [
        {
            "kind": "event",
            "type": "ASSAULT",
            "mode": "heavy-weapons",
            "actors": ["Gondal's guns", "gondal"][1:],
            "recipients": ["Angria"],
            "start": "2020-02-04",
            "place": "the Ford",
            "quantities": [{"what": "killed", "best": 7}],
            "chain": ["the Ministry of War"],
            "words": "shelled the Ford",
        },
        {
            "type": "ASSAULT",
            "actors": ["Angria"],
            "polarity": "denied",
            "chain": ["Angria"],
            "words": "it had fired first",
        },
        {
            "kind": "forecast",
            "type": "MOBILIZE",
            "actors": ["Gondal"],
            "modality": "hypothetical",
            "condition": "talks fail",
        },
    ],
}


def _gold(*records, text=TEXT, **row):
    return [GoldRow(text=text, records=records, **{"id": "a", **row})]


def _file(tmp_path, *rows):
    file = tmp_path / "gold.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def test_a_perfect_reading_scores_perfectly(tmp_path):
    scores = score(read_gold(_file(tmp_path, GOLD)), Scripted())
    assert {name: level.f1 for name, level in scores.levels.items()} == dict.fromkeys(
        ("mention", "triple", "full"), 1.0
    )
    assert all(rate.value == 1.0 for rate in (*scores.fields.values(), *scores.rates.values()))
    assert not scores.critical and not scores.misses
    assert scores.could_be_critical == 2
    assert scores.brier == pytest.approx((0.1**2 + 0.3**2 + 0.4**2) / 3)


def test_what_the_gold_leaves_out_is_not_scored():
    scores = score(_gold(GoldRecord(type="ASSAULT")), Scripted(SHELLED))
    assert scores.levels["full"].f1 == 1.0
    assert set(scores.fields) == {"type"}


@pytest.mark.parametrize(
    ("read", "level"),
    [
        (replace(SHELLED, type="COERCE", mode=""), "mention"),
        (replace(SHELLED, actors=(GUARD,)), "mention"),
        (replace(SHELLED, recipients=(GUARD,)), "triple"),
        (replace(SHELLED, recipients=()), "triple"),
        (replace(SHELLED, mode="aerial"), "full"),
        (replace(SHELLED, start=date(2020, 2, 3)), "full"),
        (replace(SHELLED, place=None), "full"),
        (replace(SHELLED, quantities=(Quantity("killed", best=70),)), "full"),
        (replace(SHELLED, chain=()), "full"),
    ],
)
def test_each_level_asks_for_more_than_the_one_before(tmp_path, read, level):
    gold = [row.model_copy(update={"records": row.records[:1]}) for row in
            read_gold(_file(tmp_path, GOLD))]  # fmt: skip
    scores = score(gold, Scripted(read))
    levels = list(scores.levels)
    reached = [name for name in levels if scores.levels[name].right]
    assert reached == levels[: levels.index(level)]
    assert [miss.what.startswith("wrong") for miss in scores.misses] == [True]


@pytest.mark.parametrize(
    ("gold", "read"),
    [
        (
            GoldRecord(type="ASSAULT", polarity=Polarity.DENIED),
            replace(DENIED, polarity="asserted"),
        ),
        (
            GoldRecord(type="MOBILIZE", modality=Modality.PLANNED),
            replace(MAY_SEND, kind=Kind.EVENT, modality=Modality.ACTUAL),
        ),
        (
            GoldRecord(type="MOBILIZE", kind=Kind.FORECAST),
            replace(MAY_SEND, kind=Kind.EVENT, modality=Modality.ACTUAL),
        ),
    ],
)
def test_what_was_no_event_and_came_out_as_one_is_critical(gold, read):
    read = replace(read, polarity=Polarity.ASSERTED)
    scores = score(_gold(gold), Scripted(read))
    assert [(each.type, each.document) for each in scores.critical] == [(read.type, "a")]
    assert scores.could_be_critical == 1


def test_any_event_in_a_text_without_one_is_critical():
    scores = score(_gold(text="The visitors shelled the Ford on Tuesday, killing seven people"),
                   Scripted(SHELLED))  # fmt: skip
    assert len(scores.critical) == scores.could_be_critical == 1
    assert score(_gold(text="No word of it"), Scripted()).critical == ()


def test_a_forecast_read_twice_once_as_an_event_is_critical():
    gold = GoldRecord(type="MOBILIZE", kind=Kind.FORECAST, words="Gondal may send troops")
    twice = replace(MAY_SEND, kind=Kind.EVENT, modality=Modality.ACTUAL)
    scores = score(_gold(gold), Scripted(MAY_SEND, twice))
    assert len(scores.critical) == 1


def test_a_deed_told_and_denied_may_be_read_as_told():
    told = GoldRecord(type="ASSAULT", actors=("Gondal",), words="shelled the Ford")
    denied = GoldRecord(type="ASSAULT", actors=("Gondal",), polarity=Polarity.DENIED,
                        words="it had fired first")  # fmt: skip
    assert score(_gold(denied, told), Scripted(SHELLED)).critical == ()
    wrong = replace(SHELLED, words="it had fired first")
    assert len(score(_gold(denied, told), Scripted(SHELLED, wrong)).critical) == 1


@pytest.mark.parametrize(("type_", "errors"), [("COOPERATE", 1), ("STATEMENT", 0)])
def test_an_opinion_that_came_out_as_a_deed_is_critical(type_, errors):
    opinion = GoldRecord(kind=Kind.STATEMENT, actors=("Gondal",), words="shelled the Ford")
    read = replace(SHELLED, type=type_, mode="")
    assert len(score(_gold(opinion), Scripted(read)).critical) == errors


def test_a_figure_or_a_state_may_come_out_as_an_event():
    figure = GoldRecord(kind=Kind.FIGURE, type="ASSAULT", actors=("Gondal",))
    scores = score(_gold(figure), Scripted(SHELLED))
    assert (scores.critical, scores.could_be_critical) == ((), 0)


def test_the_chain_is_scored_whole_and_innermost():
    gold = GoldRecord(type="ASSAULT", chain=("Ministry of War", "The Mail"))
    scores = score(_gold(gold), Scripted(SHELLED))
    assert scores.rates["attribution, whole chain"].value == 0
    assert scores.rates["attribution, innermost"].value == 1
    publisher = Spoken(id="the-gazette", name="The Gazette", kind="publisher")
    own = replace(SHELLED, chain=(publisher,))
    assert score(_gold(GoldRecord(type="ASSAULT", chain=())), Scripted(own)).fields[
        "chain"
    ].value == 1  # fmt: skip


def test_days_may_overlap_without_being_exact():
    gold = GoldRecord(type="ASSAULT", start=date(2020, 2, 3), end=date(2020, 2, 4))
    scores = score(_gold(gold), Scripted(SHELLED))
    assert scores.rates["days, exact"].value == 0
    assert scores.rates["days, overlapping"].value == 1


def test_records_are_matched_so_that_most_fits():
    first = replace(SHELLED, words="shelled the Ford")
    second = replace(SHELLED, actors=(ANGRIA,), recipients=(GONDAL,), words="fired first", key="c2")
    gold = [
        GoldRecord(type="ASSAULT", actors=("Angria",), recipients=("Gondal",)),
        GoldRecord(type="ASSAULT", actors=("Gondal",), recipients=("Angria",)),
    ]
    scores = score(_gold(*gold), Scripted(first, second))
    assert scores.levels["triple"].f1 == 1.0


def test_records_that_share_nothing_are_no_pair():
    scores = score(_gold(GoldRecord(type="CONSULT", actors=("Zamorna",))), Scripted(SHELLED))
    assert scores.confusion == {("CONSULT", "-"): 1, ("-", "ASSAULT"): 1}
    assert [miss.what for miss in scores.misses] == ["missed", "too many"]


bound = st.one_of(st.none(), st.integers(0, 10_000).map(float))


@given(bound, bound)
def test_a_count_overlaps_itself_wholly_and_others_in_part(low, high):
    if low is None and high is None:
        return
    low, high = (min(low, high), max(low, high)) if None not in (low, high) else (low, high)
    told, read = (
        GoldQuantity(what="killed", low=low, high=high),
        Quantity("killed", "", low, None, high),
    )
    assert overlap(told, read) == pytest.approx(1.0)
    assert 0 <= overlap(told, Quantity("killed", best=3)) <= 1


@given(st.permutations(RECORDS))
def test_the_order_of_records_changes_no_score(records):
    gold = [GoldRow.model_validate({**GOLD, "records": GOLD["records"]})]
    assert score(gold, Scripted(*records)).levels["full"].f1 == 1.0


# ---------------------------------------------------------------------- gold of others

PLOVER = [
    {"id": "x1", "text": "Gondal and Angria met; shelled the Ford on Tuesday, killing seven people",
     "events": [{"plover16": "ASSAULT", "source": [{"code": "GDL"}], "target": [{"code": "AGR"}]}]},
    {"id": "x2", "text": "Gondal may send troops",
     "events": [{"plover16": "MOBILIZE", "source": [{"code": "JAP"}], "target": []}]},
]  # fmt: skip


def test_gold_of_plover_is_scored_by_the_main_record(tmp_path):
    file = _file(tmp_path, *PLOVER)
    assert [row.id for row in read_any(file, "plover", "even")] == ["x2"]
    assert read_any(file, "plover", "even")[0].records[0].actor_countries == ("JPN",)
    scores = score(read_any(file, "plover"), Scripted(), single=True)
    assert scores.main["type, where found"].value == 1.0
    assert scores.main["directed pair, where found"].value == 0.5
    assert scores.main["country of the actor, where found"].value == 0.5
    assert {name: rate.value for name, rate in scores.main_by_type.items()} == {
        "ASSAULT": 1.0, "MOBILIZE": 1.0,
    }  # fmt: skip


def test_who_did_a_thing_together_may_stand_on_either_side():
    both = GoldRecord(type="CONSULT", actor_countries=("GDL", "AGR"), recipient_countries=())
    met = replace(SHELLED, type="CONSULT", mode="")
    scores = score(_gold(both), Scripted(met), single=True)
    assert scores.main["directed pair, where found"].value == 1.0
    one_way = GoldRecord(type="ASSAULT", actor_countries=("AGR",), recipient_countries=("GDL",))
    scores = score(_gold(one_way), Scripted(SHELLED), single=True)
    assert scores.main["directed pair, where found"].value == 0.0


def test_labelled_sentences_count_false_events(tmp_path):
    sentence = {
        "id": "1", "text": "Gondal may send troops", "event": True, "type": "MOBILIZE",
        "mode": "troops", "actors": ["Gondal"], "recipients": [], "actor_countries": ["GDL"],
        "recipient_countries": [], "act": "send troops", "modality": "hypothetical",
        "polarity": "asserted", "background": False, "attribution": [], "others": [],
    }  # fmt: skip
    none = {"id": "2", "text": "The striker shelled the Ford on Tuesday, killing seven people",
            "event": False}  # fmt: skip
    rows = read_any(_file(tmp_path, sentence, none), "sentences")
    scores = score(rows, Scripted(), single=True)
    assert scores.main["false events, of texts without one"].value == 1.0
    assert scores.main["type, of all"].value == 1.0
    assert len(scores.critical) == 1


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            {**GOLD, "records": [{"tpye": "ASSAULT"}]},
            "gold.jsonl:1, records.0.tpye: .*write 'type'",
        ),
        ({**GOLD, "txet": ""}, "txet: .*write 'text'"),
        ({**GOLD, "records": [{"start": "2020-02-30"}]}, "records.0.start"),
        ({"text": "a"}, "records: Field required"),
    ],
)
def test_a_faulty_gold_is_refused_by_line_and_field(tmp_path, row, says):
    with pytest.raises(ReadingError, match=says):
        read_gold(_file(tmp_path, row))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"[1]\n", b"{\n", b"\xff\xfe", b'{"a"\n' * 3])
@pytest.mark.parametrize("name", ["foreshock", "plover", "sentences"])
def test_no_gold_at_all_is_refused(tmp_path, content, name):
    file = tmp_path / "gold.jsonl"
    file.write_bytes(content)
    with pytest.raises(ReadingError):
        read_any(file, name)
