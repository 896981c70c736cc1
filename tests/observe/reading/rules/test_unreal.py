"""Every frame of what did not happen, with every sort of deed: nothing comes out as an event."""

from itertools import product

import pytest
from tests.observe.reading.rules.makers import chain, happened, read

DEEDS = {
    # deed: its type, and its past
    "attack Chile": ("ASSAULT", "attacked Chile"),
    "shell Chilean positions": ("ASSAULT", "shelled Chilean positions"),
    "kill Chilean soldiers": ("ASSAULT", "killed Chilean soldiers"),
    "arrest three Chilean officers": ("COERCE", "arrested three Chilean officers"),
    "expel the Chilean ambassador": ("SANCTION", "expelled the Chilean ambassador"),
    "withdraw its troops from Chile": ("RETREAT", "withdrawn its troops from Chile"),
    "release the Chilean prisoners": ("RETREAT", "released the Chilean prisoners"),
    "deploy tanks near the Chilean border": (
        "MOBILIZE", "deployed tanks near the Chilean border"
    ),
    "send aid to Chile": ("AID", "sent aid to Chile"),
    "meet the Chilean president": ("CONSULT", "met the Chilean president"),
}  # fmt: skip
BASE = (
    "Peru will {}.",
    "Peru will not {}.",
    "Peru would {}.",
    "Peru may {} next week.",
    "Peru might {}.",
    "Peru could {}.",
    "Peru did not {}.",
    "Peru is about to {}.",
    "Peru is going to {}.",
    "Peru is expected to {}.",
    "Peru is likely to {}.",
    "Peru is unlikely to {}.",
    "Peru wants to {}.",
    "Peru plans to {}.",
    "Peru hopes to {}.",
    "Peru refused to {}.",
    "Peru was to {} on Friday.",
    "Peru will {} if talks fail.",
    "If talks fail, Peru will {}.",
    "Unless talks resume, Peru may {}.",
    "Bolivia urged Peru to {}.",
    "Bolivia asked Peru to {}.",
    "Bolivia's president said Peru should {}.",
    "Bolivia's president said Peru would {}.",
    "Bolivia's president warned that Peru might {}.",
    "It is feared that Peru will {}.",
    "According to Reuters, Peru will {}.",
    '"We will {}," Peru\'s president said.',
    "Peru agreed to {}.",
    "Peru was ordered to {}.",
    "Peru is preparing to {}.",
    "Peru is considering whether to {}.",
    "Peru was accused of planning to {}.",
    "Peru intends to {}.",
    "Peru pledged to {}.",
    "Peru decided not to {}.",
    "Peru must {}.",
    "Peru failed to {}.",
    "Peru was unable to {}.",
    "Peru tried to {}.",
    "A court ordered Peru to {}.",
    "Peru is under pressure to {}.",
    "There are no plans to {}, Peru's president said.",
    "Even if Peru were to {}, talks would go on.",
    "Doubts remain whether Peru will {}.",
    "Will Peru {}?",
    "Peru won't {}.",
    "Peru cannot {}.",
    "Peru has yet to {}.",
    "Peru is willing to {} once talks end.",
    "In a statement, Peru said it will {}.",
    "Bolivia proposed that Peru {}.",
    "Bolivia hoped that Peru would {}.",
    "Peru's army plans to {}.",
    "Peru's plan to {} failed.",
    "Peru's threat to {} was ignored.",
    "Peru's refusal to {} angered Bolivia.",
    "Peru has no plans to {}.",
)
PAST = (
    "Peru denied that it had {}.",
    "Peru said it had not {}.",
    "Peru has not {}.",
    "Peru has never {}.",
    "Peru could have {}.",
    "Peru might have {}.",
    "Peru is said to have {}.",
    "Peru is reported to have {}.",
    "Peru rejected claims that it had {}.",
    "Bolivia asked whether Peru had {}.",
    "Peru would have {} if talks had failed.",
    "If Peru had {}, talks would have ended.",
    "Peru should have {}.",
    "Bolivia doubts that Peru has {}.",
    "Peru is believed to have {}.",
    "Peru is alleged to have {}.",
    "Peru has not yet {}.",
    "Peru denied having {}.",
    "Whether Peru has {} is unclear.",
    "It is unclear whether Peru has {}.",
    "Had Peru {}, talks would have ended.",
    "Rumours that Peru had {} were false.",
    "Reports that Peru had {} could not be confirmed.",
    "Peru's neighbours rejected the claim that it had {}.",
    "It is not true that Peru has {}.",
    "There is no evidence that Peru has {}.",
)


@pytest.mark.parametrize(("frame", "deed"), [*product(BASE, DEEDS), *product(PAST, DEEDS)])
def test_no_such_deed_took_place(frame, deed):
    type, past = DEEDS[deed]
    assert type not in happened(frame.format(past if frame in PAST else deed))


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    "frame", ["Peru has {}.", "Peru had {} on Monday.", "Bolivia said that Peru had {}."]
)
def test_here_it_did(frame, deed):
    type, past = DEEDS[deed]
    assert type in happened(frame.format(past))


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    ("frame", "source"),
    [
        ("Peru has reportedly {}.", "unnamed"),
        ("Peru has allegedly {}.", "unnamed"),
        ("Bolivia accused Peru of having {}.", "bolivia"),
    ],
)
def test_it_is_not_the_writers_word(deed, frame, source):
    type, past = DEEDS[deed]
    for record in read(frame.format(past), type):
        assert chain(record) == [source]


@pytest.mark.parametrize(
    "text",
    [
        "There was no attack by Peru on Chile.",
        "No Peruvian soldiers were killed by Chilean troops.",
        "Peru neither attacked Chile nor expelled its ambassador.",
        "The truce between Peru and Chile ended.",
        "Peru planned, prepared and rehearsed an attack on Chile.",
        "The attack Peru planned was called off.",
        "A peace agreement between Peru and Chile expired.",
    ],
)
def test_nothing_of_the_kind(text):
    assert happened(text) == set()
