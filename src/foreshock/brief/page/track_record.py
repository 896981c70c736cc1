"""How good forecasts were, on the page: live ones and hindcasts apart, with counts and misses."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from foreshock.brief.document import Brief
from foreshock.brief.forecast_words import HINDCAST, SCORES, percent, record_line, skill_in_words
from foreshock.brief.forecasts import BinItem, RecordItem, VoiceRecordItem
from foreshock.brief.page.scales import WIDTH, Scale
from foreshock.brief.page.svg import node
from foreshock.brief.page.view import Cell, Panel, Row, Table
from foreshock.core.time import say_day

SIDE = 190
LEFT = 60


def record_panels(brief: Brief) -> list[Panel]:
    """Show the track record: live, in hindsight, and of people who judged here."""
    record = brief.ledger.record
    if record is None:
        return [Panel(id="record", title="Track record", note=brief.ledger.note)]
    seen = f"By what was known on {say_day(record.as_of)}."
    if brief.afterwards:
        seen += " That is later than this brief: the forecast knew nothing of it."
    panels = [
        _panel(record.live, "record", "Track record: live forecasts", f"{seen} {SCORES}"),
        _panel(record.hindcast, "record-hindcast", "Track record: hindcasts", f"{seen} {HINDCAST}"),
    ]
    if record.judgements or record.people:
        panels.append(_people(record, brief))
    return panels


def _panel(voice: VoiceRecordItem, id: str, title: str, note: str) -> Panel:
    tables = [_skill(voice), _reliability(voice.reliability), _misses(voice)]
    return Panel(
        id=id,
        title=title,
        finding=_sentence(record_line(voice)),
        picture=draw_reliability(voice) if voice.reliability else None,
        tables=[table for table in tables if table.rows],
        note=note,
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _skill(voice: VoiceRecordItem) -> Table:
    return Table(
        caption="Against simple methods: how much smaller our scores are",
        columns=("what", "simple method", "skill (95 % interval, %)", "different things"),
        rows=[
            Row(
                (
                    Cell(what),
                    Cell(name),
                    Cell(skill_in_words(skill)),
                    Cell(f"{skill.units:,}", number=True),
                )
            )
            for what, skills in (
                ("yes or no: Brier score", voice.skill),
                ("numbers: CRPS of the logarithm", voice.number_skill),
            )
            for name, skill in skills.items()
        ],
    )


def _reliability(bins: Sequence[BinItem]) -> Table:
    return Table(
        caption="What was said, and how often it happened",
        columns=("said", "on average", "happened", "forecasts", "should lie in", "verdict"),
        rows=[
            Row(
                (
                    Cell(f"{100 * each.low:.0f}–{100 * each.high:.0f} %"),
                    Cell(percent(each.said), number=True),
                    Cell(f"{100 * each.frequency:.0f} %", number=True),
                    Cell(f"{each.count:,}", number=True),
                    Cell(f"{100 * each.bar[0]:.0f}–{100 * each.bar[1]:.0f} %", number=True),
                    Cell(_verdict(each)),
                )
            )
            for each in bins
        ],
    )


def _verdict(found: BinItem) -> str:
    if not found.enough:
        return "too few to say"
    return "as it should" if found.consistent else "out of line"


def _misses(voice: VoiceRecordItem) -> Table:
    return Table(
        caption="Biggest misses, worst first",
        columns=("about", "as of", "said", "what came", "score"),
        rows=[
            Row(
                (
                    Cell(each.about),
                    Cell(say_day(each.as_of)),
                    Cell(each.said),
                    Cell(each.came),
                    Cell(f"{each.score:.2f}", number=True),
                )
            )
            for each in voice.misses
        ],
    )


def draw_reliability(voice: VoiceRecordItem) -> Element:
    """Draw how often it happened over what was said, with counts and the bars of chance."""
    across = Scale(0, 1, LEFT, LEFT + SIDE)
    up = Scale(0, 1, 20 + SIDE, 20)
    parts: list[Element] = []
    for share in (0, 0.5, 1):
        x, y = across(share), up(share)
        parts.append(node("line", x1=LEFT, x2=LEFT + SIDE, y1=y, y2=y, class_="grid"))
        parts.append(node("line", x1=x, x2=x, y1=20, y2=20 + SIDE, class_="grid"))
        label = f"{100 * share:.0f} %"
        parts.append(node("text", label, x=LEFT - 6, y=y + 4, text_anchor="end", class_="small"))
        parts.append(node("text", label, x=x, y=38 + SIDE, text_anchor="middle", class_="small"))
    parts.append(
        node("line", x1=LEFT, x2=LEFT + SIDE, y1=up(0), y2=up(1), class_="soft-line",
             stroke_dasharray="4 3")
    )  # fmt: skip
    for each in voice.reliability:
        x, (low, high) = across(each.said), each.bar
        parts.append(
            node("line", x1=x, x2=x, y1=up(low), y2=up(high), class_="soft-line", stroke_width=5,
                 stroke_opacity=0.35)
        )  # fmt: skip
        parts.append(
            node("circle", cx=x, cy=up(each.frequency), r=4 if each.enough else 3,
                 class_="ink" if each.enough else "ahead", stroke_width=1.4)
        )  # fmt: skip
    lines = [
        "Across: what was said. Up: how often it happened.",
        "On the dashed line they agree. Grey: where chance",
        "alone would put right forecasts nine times in ten.",
        "Hollow: too few forecasts to say anything.",
    ]
    parts += [
        node("text", line, x=LEFT + SIDE + 30, y=50 + 20 * index, class_="label")
        for index, line in enumerate(lines)
    ]
    who = voice.who or "the model"
    return node(
        "svg",
        node("title", f"Reliability of {who}"),
        *parts,
        viewBox=f"0 0 {WIDTH} {SIDE + 48}",
        class_="picture reliability",
        role="img",
        aria_label=f"Reliability of {who}: the same stands in the table below",
    )


def _people(record: RecordItem, brief: Brief) -> Panel:
    rows = [
        Row(
            (
                Cell(f"{voice.who} ({'live' if voice.standing == 'live' else 'in hindsight'})"),
                Cell(_sentence(record_line(voice))),
            )
        )
        for voice in record.judgements
    ]
    names = {person.id: person.source for person in brief.people}
    rows += [
        Row(
            (
                Cell(names.get(said.id, said.source)),
                Cell(
                    f"gave {said.question or 'no question'} {_odds(said.low, said.high)}; "
                    + (f"outcome {said.outcome}" if said.outcome else "not known yet")
                    + (f", Brier score {said.brier:.2f}" if said.brier is not None else "")
                ),
            )
        )
        for said in record.people
    ]
    return Panel(
        id="record-people",
        title="Track record: people",
        tables=[Table(caption="People who judged or predicted", columns=("who", "record"),
                      rows=rows)],
        note="The same scores as the model’s. Words without odds cannot be scored.",
    )  # fmt: skip


def _odds(low: float | None, high: float | None) -> str:
    ends = [round(100 * end) for end in (low, high) if end is not None]
    return f"{'–'.join(str(end) for end in dict.fromkeys(ends))} %"
