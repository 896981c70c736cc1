"""An article, how a good model would answer for it, and a resolver that needs no gazetteer."""

from __future__ import annotations

import json
from datetime import date

from tests.observe.reading.llm import server as servers

from foreshock.core.quantities import Quantity
from foreshock.core.time import Interval
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.llm.cache import AnswerCache
from foreshock.observe.reading.llm.coder import LLMCoder
from foreshock.observe.reading.llm.settings import Limits, Settings
from foreshock.observe.reading.record import Party, Spoken, Where

TEXT = (
    "Gondal\u2019s gunners shelled Northford on Monday,\nkilling seven soldiers, Angria said.\n\n"
    "Gondal \u201cdenies\u201d the attack. If it comes again, Angria will march on Zamorna."
)
DOCUMENT = Document(text=TEXT, id="a.txt", published=date(2031, 3, 5), source="The Glass Times")
KEY = "secret-key-of-the-tests"

BLANK = {
    "number": 1, "kind": "event", "type": "", "mode": "", "context": [], "modality": "actual",
    "polarity": "asserted", "background": False, "actors": [], "recipients": [], "date": "",
    "place": "", "origins": [], "destinations": [], "quantities": [], "attribution": [],
    "condition": "", "deadline": "", "consequence": "", "links": [], "confidence": 0.8,
}  # fmt: skip

PROPOSITIONS = [
    {
        "statement": "Gondal shelled Northford.",
        # as models copy: straight quotes, one line
        "evidence": "Gondal's gunners shelled Northford on Monday, killing seven soldiers",
    },
    {"statement": "Gondal denies it.", "evidence": 'Gondal "denies" the attack.'},
    {"statement": "Angria will march.", "evidence": "Angria will march on Zamorna"},
]
CODED = [
    {
        **BLANK,
        "type": "ASSAULT", "mode": "heavy-weapons", "actors": ["Gondal's gunners"],
        "recipients": ["seven soldiers"], "date": "on Monday", "place": "Northford",
        "quantities": [{"words": "seven soldiers", "what": "killed"}],
        "attribution": [{"words": "Angria", "cue": "said"}],
    },
    {
        **BLANK, "number": 2, "type": "ASSAULT", "polarity": "denied", "actors": ["Gondal"],
        "attribution": [{"words": "Gondal", "cue": "denies"}],
        "links": [{"relation": "answers", "number": 1}],
    },
    {
        **BLANK, "number": 3, "kind": "forecast", "type": "ASSAULT", "modality": "hypothetical",
        "actors": ["Angria"], "destinations": ["Zamorna"], "condition": "If it comes again",
    },
]  # fmt: skip


def good(request: dict, count: int) -> servers.Sent:
    """Answer as a model should: of what the request shows, and of nothing else."""
    shown = request["messages"][1]["content"]
    if servers.is_coding(request):
        return servers.says(
            {"coded": [one for one in CODED if f'"number": {one["number"]},' in shown]}
        )
    return servers.says({"propositions": PROPOSITIONS})


def coded_as(**changes: object) -> servers.Behaviour:
    """Answer well, but for some fields of the first statement."""

    def behaviour(request: dict, count: int) -> servers.Sent:
        if not servers.is_coding(request):
            return good(request, count)
        return servers.says({"coded": [{**CODED[0], **changes}, *CODED[1:]]})

    return behaviour


class PlainResolver:
    """Reads names as they are and knows the words of the article above."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def parties(self, words: str) -> tuple[Party, ...]:
        return (Party(id=words.lower().replace(" ", "-").replace("\u2019", ""), name=words),)

    def speaker(self, words: str, cue: str) -> Spoken | None:
        return Spoken(id=words.lower(), name=words, cue=cue, kind="party")

    def when(self, words: str, *, ahead: bool = False) -> Interval | None:
        return Interval.parse("2031-03-03") if words == "on Monday" else None

    def place(self, words: str) -> Where | None:
        return Where(id=words.lower(), name=words)

    def quantities(self, words: str, what: str) -> tuple[Quantity, ...]:
        return (Quantity(what, "soldiers", best=7),) if words == "seven soldiers" else ()

    def publisher(self) -> Spoken:
        return Spoken(id="the-glass-times", name=self.document.source, kind="publisher")


def coder(base_url: str, folder, *, model: str = "m", progress=None, **limits) -> LLMCoder:
    """Make a coder that keeps its answers in a folder of the test and does not wait long."""
    return LLMCoder(
        Settings(base_url=base_url, model=model, api_key=KEY),
        PlainResolver,
        limits=Limits(**{"retries": 1, "request_seconds": 5, **limits}),
        cache=AnswerCache(folder / "answers"),
        progress=progress,
    )


def told(request: dict) -> str:
    """All that was sent, as one text."""
    return json.dumps(request, ensure_ascii=False)
