"""Words that are acts though no verb of the act stands there: "must", "will", "will not".

Who says that another must do something demands it; who says of himself that he will do something
agrees or threatens; who says that he will not, refuses.
"""

from __future__ import annotations

from collections.abc import Mapping

from foreshock.lexicon.ontology import event_type
from foreshock.lexicon.senses import Content, Sense
from foreshock.observe.reading.grammar.clause import Clause
from foreshock.observe.reading.record import Party, Spoken
from foreshock.observe.reading.rules.matching import Act
from foreshock.observe.reading.rules.parsing import Parse
from foreshock.observe.reading.rules.speaking import Voice
from foreshock.observe.reading.rules.status import Status

_OBLIGING = frozenset({"must", "should", "ought"})
_UNDERTAKING = frozenset({"will", "would", "shall", "'ll", "'d", "wo"})
_SELF = frozenset({"we", "i", "our", "my"})
_THREATENED = {
    "ASSAULT": "violence", "MOBILIZE": "violence", "COERCE": "restrict", "SANCTION": "relations",
    "RETREAT": "relations", "PROTEST": "",
}  # fmt: skip


def implied(
    parse: Parse,
    clause: Clause,
    act: Act | None,
    status: Status,
    voices: tuple[Voice, ...],
    speaking: Mapping[str, Party],
) -> Act | None:
    """Give the act that lies in saying this, if there is one.

    Parameters
    ----------
    parse : Parse
    clause : Clause
        What is said.
    act : Act or None
        What its verb tells.
    status : Status
    voices : tuple of Voice
        Who says so, innermost first.
    speaking : mapping of str to Party
        Parties by the id of the speaker who speaks for them.
    """
    if not voices or voices[0].stance != "assert":
        return None
    speaker = voices[0].speakers[0]
    party = speaking.get(speaker.id)
    if party is None:
        return None
    if speaker.kind == "media":
        media = tuple(speaking[each.id] for each in voices[0].speakers if each.id in speaking)
        return _charged(clause, act, status, media)
    subjects = tuple(p for phrase in clause.subjects for p in parse.named(phrase))
    if any(parse.opening(phrase) in _SELF for phrase in clause.subjects):
        subjects = (party,)  # "our army will attack", "we shall hit"
    if clause.verb.modal in _OBLIGING:
        others = tuple(other for other in subjects if not _same(other, party, speaker))
        if not others or clause.verb.perfect:
            return None
        return _made("REQUEST", "", clause, (party,), others)
    if clause.verb.modal not in _UNDERTAKING or clause.verb.perfect or act is None:
        return None
    if act.sense.kind != "event" or status.modality != "planned" or clause.verb.passive:
        return None
    own = tuple(other for other in subjects if _same(other, party, speaker))
    if not own:
        return None
    sign = event_type(act.sense.type).sign_of(act.mode)
    if act.sense.type in {"AGREE", "REJECT", "THREATEN", "REQUEST", "STATEMENT", "ACCUSE"}:
        return None
    if sign == "cooperative":
        return _made("REJECT" if status.denied else "AGREE", "", clause, own, act.recipients)
    if status.denied:
        return _made("AGREE", "", clause, own, act.recipients)
    mode = _THREATENED.get(act.sense.type, "")
    return _made("THREATEN", mode, clause, own, act.recipients)


def _charged(
    clause: Clause, act: Act | None, status: Status, media: tuple[Party, ...]
) -> Act | None:
    """Give the charge that lies in it when a state's media tell of another state's deeds."""
    home = media[0].country
    if act is None or not home or status.modality != "actual" or status.denied:
        return None
    others = tuple(p for p in act.actors if p.country and p.country != home)
    hostile = event_type(act.sense.type).sign_of(act.mode) == "conflictual" if (
        act.sense.kind == "event"
    ) else False  # fmt: skip
    backs_rebels = act.sense.type in {"SUPPORT", "AID"} and any(
        party.sector in {"REB", "CRM", "UAF"} for party in act.recipients
    )
    if not others or not (hostile or backs_rebels):
        return None
    return _made("ACCUSE", "allege", clause, media, others, content="allegation")


def _same(party: Party, speaker: Party, spoken: Spoken) -> bool:
    """Whether a party is the speaker or whom he speaks for."""
    if party.id in {speaker.id, spoken.side}:
        return True
    if len(party.country) != 3 or party.country in {"IGO", "NGO"}:
        return False
    return party.country == speaker.country and party.sector in {"GOV", "", "MIL", "LEG"}


def _made(
    type: str,
    mode: str,
    clause: Clause,
    actors: tuple[Party, ...],
    recipients: tuple[Party, ...],
    content: Content = "",
) -> Act:
    sense = Sense(lemma=clause.verb.lemma, type=type, mode=mode, weight=0.85, content=content)
    act = Act(sense, clause, None)
    act.actors = actors
    act.recipients = tuple(other for other in recipients if other not in actors)
    return act
