"""Phrases that name somebody: which words belong to them, and which party they mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.evidence.actors import Actor, Alias, Tie
from foreshock.lexicon import gazetteer as lexicon
from foreshock.observe.reading.actors.gazetteer import Gazetteer
from foreshock.observe.reading.text.tokens import tokens

WORLD = Gazetteer.load()


def found(text, day=None, *, gazetteer=WORLD, aliases=None):
    """List what a text names as (kind, id, country, sector, words); hints are left out."""
    return [
        (mention.kind, party.id, party.country, party.sector, party.words)
        for mention in gazetteer.find(tokens(text), day, aliases)
        for party in mention.parties
        if mention.kind != "adjective"
    ]


def parties(text, day=None):
    return [(country, sector, words) for _, _, country, sector, words in found(text, day)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seven Turkish soldiers died", [("TUR", "MIL", "Seven Turkish soldiers")]),
        ("the Khartoum government", [("SDN", "GOV", "the Khartoum government")]),
        ("Cairo's security chief spoke", [("EGY", "COP", "Cairo's security chief")]),
        ("the French minister left", [("FRA", "GOV", "the French minister")]),
        ("Ivory Coast rebels met", [("CIV", "REB", "Ivory Coast rebels")]),
        ("two Palestinian suicide bombers", [("PSE", "UAF", "two Palestinian suicide bombers")]),
        ("an Israeli man was hurt", [("ISR", "CVL", "an Israeli man")]),
        ("British aircraft flew", [("GBR", "MIL", "British aircraft")]),
        ("Iraqi towns burned", [("IRQ", "CVL", "Iraqi towns")]),
        ("Kenya's new defence minister", [("KEN", "GOV", "Kenya's new defence minister")]),
        ("Syrian rebel proxies", [("SYR", "REB", "Syrian rebel proxies")]),
        ("Turkish-backed Syrian rebels", [("SYR", "REB", "Turkish-backed Syrian rebels")]),
        ("Turkey's Syrian rebel proxies", [("SYR", "REB", "Turkey's Syrian rebel proxies")]),
        ("Vietnamese-led forces", [("VNM", "MIL", "Vietnamese-led forces")]),
        ("Libya's eastern-based parliament", [("LBY", "LEG", "Libya's eastern-based parliament")]),
        ("Brazilian student protesters", [("BRA", "EDU", "Brazilian student protesters")]),
        ("a Peruvian army convoy", [("PER", "MIL", "a Peruvian army convoy")]),
        ("Nepalese opposition leaders", [("NPL", "OPP", "Nepalese opposition leaders")]),
        ("hundreds of Kenyan farmers", [("KEN", "AGR", "hundreds of Kenyan farmers")]),
        ("the Congress of Peru", [("USA", "LEG", "the Congress"), ("PER", "", "Peru")]),
        ("Peru's Congress", [("PER", "LEG", "Peru's Congress")]),
        ("the U.S. Senate", [("USA", "LEG", "the U.S. Senate")]),
        ("Zimbabwe's High Court", [("ZWE", "JUD", "Zimbabwe's High Court")]),
        (
            "two Americans and a Briton",
            [("USA", "CVL", "two Americans"), ("GBR", "CVL", "a Briton")],
        ),
        ("the British agreed", [("GBR", "", "the British")]),
        ("defence officials said", [("", "GOV", "defence officials")]),
        ("the Bush administration", [("USA", "GOV", "the Bush administration")]),
        ("Gaddafi loyalists fled", [("LBY", "PRM", "Gaddafi loyalists")]),
        ("Hezbollah fighters", [("LBN", "REB", "Hezbollah fighters")]),
        ("UN peacekeepers", [("IGO", "MIL", "UN peacekeepers")]),
        ("African Union troops", [("IGO", "MIL", "African Union troops")]),
    ],
)
def test_phrases_before_a_noun(text, expected):
    assert parties(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rebels in the Darfur region", [("SDN", "REB", "rebels in the Darfur region")]),
        ("opposition parties in Nepal", [("NPL", "OPP", "opposition parties in Nepal")]),
        ("members of parliament", [("", "LEG", "members of parliament")]),
        ("soldiers of the Chilean army", [("CHL", "MIL", "soldiers of the Chilean army")]),
        ("ethnic Albanians in south Serbia", [("SRB", "CVL", "ethnic Albanians in south Serbia")]),
        ("residents of Grozny", [("RUS", "CVL", "residents of Grozny")]),
        (
            "leaders of Peru and Chile met",
            [
                ("PER", "GOV", "leaders of Peru and Chile"),
                ("CHL", "GOV", "leaders of Peru and Chile"),
            ],
        ),
        (
            "a spokesman for the Kenyan defence ministry",
            [("KEN", "GOV", "a spokesman for the Kenyan defence ministry")],
        ),
        (
            "workers of the United Bus Company of Tehran",
            [("IRN", "LAB", "workers of the United Bus Company of Tehran")],
        ),
        (
            "52 members of the banned Shining Path (SP)",
            [("PER", "REB", "52 members of the banned Shining Path (SP)")],
        ),
    ],
)
def test_phrases_behind_a_noun(text, expected):
    assert parties(text) == expected


def test_people_of_the_state_are_the_state_and_others_are_not():
    assert [found(text)[0][1] for text in ("Peruvian troops", "the Peruvian parliament")] == [
        "peru",
        "peru",
    ]
    assert found("Peruvian protesters")[0][1] == "peru/protesters"
    assert found("one Peruvian protester")[0][1] == "peru/protesters"
    assert found("protesters")[0][1] == "protesters"


def test_joined_owners_are_two_parties_with_their_own_words():
    assert parties("US and British troops") == [
        ("USA", "MIL", "US"),
        ("GBR", "MIL", "British troops"),
    ]
    assert [country for country, _, _ in parties("Kenyan, Ugandan and UN officials")] == [
        "KEN",
        "UGA",
        "IGO",
    ]
    assert parties("Israel and Palestinian militants") == [
        ("ISR", "", "Israel"),
        ("PSE", "REB", "Palestinian militants"),
    ]


def test_a_second_noun_takes_the_country_over():
    assert parties("Chilean soldiers and police fired") == [
        ("CHL", "MIL", "Chilean soldiers"),
        ("CHL", "COP", "police"),
    ]
    assert parties("Chilean soldiers and protesters clashed")[1] == ("", "CVL", "protesters")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Bashar Assad", ("bashar-al-assad", "SYR", "GOV")),
        ("Palestinian leader Yasser Arafat", ("yasser-arafat", "PSE", "GOV")),
        ("UNITA leader Jonas Savimbi", ("jonas-savimbi", "AGO", "REB")),
        ("King Hassan of Morocco", ("king-hassan-ii", "MAR", "GOV")),
        ("Foreign Minister Jan Novak", ("jan-novak", "", "GOV")),
        ("Nepalese Interior Minister Ram Thapa", ("nepal/ram-thapa", "NPL", "GOV")),
        ("Lt. Gen. Jan Novak", ("jan-novak", "", "MIL")),
        ("Ousted President Askar Akayev", ("askar-akayev", "KGZ", "ELI")),
        ("Kofi Annan", ("kofi-annan", "IGO", "GOV")),
        ("Kenyan activist Jane Moraa", ("kenya/jane-moraa", "KEN", "OPP")),
    ],
)
def test_persons(text, expected):
    [(kind, *party, words)] = found(text)
    assert (kind, tuple(party), words) == ("person", expected, text)


def test_the_day_tells_who_held_the_office():
    assert found("President Bush spoke", date(1990, 5, 1))[0][1] == "george-h-w-bush"
    assert found("President Bush spoke", date(2004, 5, 1))[0][1] == "george-w-bush"
    assert found("Chirac spoke", date(1999, 1, 1))[0][3] == "GOV"
    assert found("Chirac spoke", date(2010, 1, 1))[0][3] == "ELI"
    assert found("Congo agreed", date(1990, 1, 1))[0][2] == "COG"
    assert found("Congo agreed", date(2000, 1, 1))[0][2] == "COD"


def test_a_surname_behind_another_first_name_is_another_person():
    assert found("Jane Chirac sang") == []
    assert found("However Chirac spoke")[0][1] == "jacques-chirac"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the rebel group UNITA", ("group", "AGO", "REB", "the rebel group UNITA")),
        ("the official CTK news agency", ("media", "CZE", "JRN", "the official CTK news agency")),
        ("Tamil Tiger rebels", ("group", "LKA", "REB", "Tamil Tiger rebels")),
        ("the U.N. Security Council", ("organisation", "IGO", "GOV", "the U.N. Security Council")),
        ("the Kremlin", ("state", "RUS", "GOV", "the Kremlin")),
        ("Soviet troops", ("agents", "RUS", "MIL", "Soviet troops")),
    ],
)
def test_groups_bodies_and_media(text, expected):
    [(kind, _, country, sector, words)] = found(text)
    assert (kind, country, sector, words) == expected


def test_an_unknown_body_is_known_by_its_form_and_its_abbreviation_is_remembered():
    aliases = {}
    text = "The Gondal Liberation Front (GLF) met the Democratic Union of Peru."
    first, second = found(text, aliases=aliases)
    assert first == (
        *("organisation", "gondal-liberation-front", "", "REB"),
        "The Gondal Liberation Front (GLF)",
    )
    assert second[2:] == ("PER", "LAB", "the Democratic Union of Peru")
    assert found("GLF fighters fled", aliases=aliases)[0][1] == "gondal-liberation-front"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("the Turkish border", "TUR"),
        ("Iraqi oil", "IRQ"),
        ("rebels seized a Peruvian army base", "PER"),
        ("US mediation failed", "USA"),
        ("NATO air strikes", "IGO"),
        ("in the Bosnian town of Gorazde", "BIH"),
        ("the Peru-Kenya alliance", "PER KEN"),
    ],
)
def test_adjectives_are_hints(text, country):
    hints = [
        party.country
        for mention in WORLD.find(tokens(text), None)
        for party in mention.parties
        if mention.kind == "adjective"
    ]
    assert " ".join(hints) == country


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("They told us who could help", []),
        ("Peru forces them to leave", ["Peru"]),
        ("Officers came to monitor it", ["Officers"]),
        ("It cost US $50 million", []),
        ("Peru captured rebels", ["Peru", "rebels"]),
        ("Police detained Kenyan protesters", ["Police", "Kenyan protesters"]),
        ("the captured Kenyan soldiers", ["the captured Kenyan soldiers"]),
        ("In Kenya two soldiers died", ["Kenya", "two soldiers"]),
        ("he was taken hostage", []),
        ("Russian-made missiles", []),
    ],
)
def test_words_that_name_nobody_and_verbs(text, named):
    assert [words for *_, words in found(text)] == named


def test_a_capital_is_marked_as_such():
    assert [kind for kind, *_ in found("Moscow said")] == ["capital"]


CASE = [
    Actor(id="gondal", name="Gondal", kind="state", country="PER", sector="GOV"),
    Actor(
        id="river-front",
        name="River Front",
        kind="armed group",
        country="PER",
        sector="REB",
        aliases=(Alias("RF", date(2001, 1, 1)), Alias("rebels"), Alias("Sendero Luminoso")),
    ),
    Actor(id="hill-men", name="Hill Men", kind="armed group", country="PER", sector="REB"),
]


def test_a_cases_actors_win_and_their_ids_are_used():
    case = Gazetteer.load(CASE)
    assert found("Peruvian troops", gazetteer=case)[0][1] == "gondal"
    assert found("Gondal agreed", gazetteer=case)[0][1:4] == ("gondal", "PER", "")
    assert found("the Shining Path", gazetteer=case)[0][1] == "river-front"
    assert found("Rebels attacked", gazetteer=case)[0][1] == "river-front"
    assert found("Peruvian rebels", gazetteer=case)[0][1] == "river-front"
    assert found("Kenyan rebels", gazetteer=case)[0][1] == "kenya/rebels"


def test_an_alias_means_nothing_before_its_day():
    case = Gazetteer.load(CASE)
    assert found("RF attacked", date(2000, 1, 1), gazetteer=case) == []
    assert found("RF attacked", date(2001, 1, 1), gazetteer=case)[0][1] == "river-front"


def test_a_patrons_clients_are_the_groups_that_it_backs():
    tie = Tie(key="t", a="chile", b="hill-men", kind="patron", start=date(2000, 1, 1))
    case = Gazetteer.load(CASE, [tie])
    assert found("Chilean-backed rebels", date(2005, 1, 1), gazetteer=case)[0][1] == "hill-men"
    assert found("Chilean-backed rebels", date(1990, 1, 1), gazetteer=case)[0][1] != "hill-men"


PIECES = st.sampled_from(
    [
        *("Peru", "Peruvian", "'s", "soldiers", "President", "Chirac", "of", "in", "and", ","),
        *("the", "(", ")", "RF", "UN", "rebels", "former", "two", ".", "-", "Front", "$", "7"),
        *("Democratic", "Moscow-backed", "backed", "U.S.", "ethnic", "Kurds", "leader", "Gen"),
        *("for", "Şahin", "x"),
    ]
)


@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=80))
def test_mentions_are_in_order_and_verbatim(text):
    words = tokens(text)
    last = 0
    for mention in WORLD.find(words, date(2020, 1, 1), {}):
        assert last <= mention.first < mention.last <= len(words)
        last = mention.last
        assert mention.parties
        for party in mention.parties:
            start, end = party.span
            assert words[mention.first].start <= start < end <= words[mention.last - 1].end
            assert " ".join(party.words.split()) == " ".join(text[start:end].split())
            assert party.id


NAMES = [
    (name, entry)
    for entries in (lexicon.states(), lexicon.groups(), lexicon.organisations(), lexicon.people())
    for entry in entries
    for name in entry.names
]


def test_every_name_of_the_lexicon_is_read_as_its_entry():
    missed = []
    for name, entry in NAMES:
        last = name.until or entry.until or name.since or entry.since or date(2015, 1, 1)
        day = max(last, name.since or last)
        ids = [identity for _, identity, *_ in found(f"said {name.text} .", day)]
        if ids != [entry.id]:
            missed.append((name.text, entry.id, ids))
    assert missed == []
