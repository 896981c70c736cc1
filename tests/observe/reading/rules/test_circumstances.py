"""Who exactly, when, where and how many."""

from datetime import date

import pytest
from tests.observe.reading.rules.makers import MONDAY, WEDNESDAY, counts, one, read, who

from foreshock.core.time import Precision

# --- parties ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "type", "actors", "recipients"),
    [
        ("Peru attacked Chile.", "ASSAULT", ["peru"], ["chile"]),
        ("Chile was attacked by Peru.", "ASSAULT", ["peru"], ["chile"]),
        ("Seven Chilean soldiers were killed by Peruvian troops.", "ASSAULT", ["peru"], ["chile"]),
        ("An attack by Chilean troops killed five Peruvian soldiers.", "ASSAULT", ["chile"],
         ["peru"]),
        ("Shelling by Peruvian troops killed seven Chilean soldiers.", "ASSAULT", ["peru"],
         ["chile"]),
        ("Peru's attack on Chile continued.", "ASSAULT", ["peru"], ["chile"]),
        ("Chile, Bolivia and Ecuador imposed sanctions on Peru.", "COERCE",
         ["chile", "bolivia", "ecuador"], ["peru"]),
        ("Peruvian and Chilean troops attacked Bolivia.", "ASSAULT", ["peru", "chile"],
         ["bolivia"]),
        ("The presidents of Peru, Chile and Bolivia met in Geneva.", "CONSULT",
         ["peru", "chile", "bolivia"], []),
        ("Peru's foreign minister met his Chilean counterpart in Lima.", "CONSULT", ["peru"],
         ["chile"]),
        ("Peru's ally Bolivia condemned the Chilean attack.", "ACCUSE", ["bolivia"], ["chile"]),
        ("Bolivia's president, a former union leader, visited Peru.", "CONSULT", ["bolivia"],
         ["peru"]),
        ("Chile's president spoke by telephone with his Peruvian counterpart.", "CONSULT",
         ["chile"], ["peru"]),
        ("Peruvian rebels killed two Chilean soldiers.", "ASSAULT", ["peru/rebels"], ["chile"]),
        ("Turkish soldiers attacked Greek troops near Athens.", "ASSAULT", ["turkey"],
         ["greece"]),
        ("Peru expelled the Chilean ambassador.", "SANCTION", ["peru"], ["chile"]),
        ("Peru, which had closed the border, attacked Chile.", "ASSAULT", ["peru"], ["chile"]),
        ("Talks between Peru and Chile began in Geneva.", "CONSULT", ["peru", "chile"], []),
        ("The arrest of three Peruvian officers by Chilean police was condemned by Peru.",
         "ACCUSE", ["peru"], ["peru"]),
        ("Chile's foreign minister warned that Peru could attack Arica.", "THREATEN", ["chile"],
         ["peru"]),
        ("Chile's president said Peru had attacked Tacna.", "ASSAULT", ["peru"], []),
        ("Chilean troops attacked and burned a Peruvian post.", "ASSAULT", ["chile"], ["peru"]),
        ("Peru denied that its troops had shelled Arica.", "ASSAULT", ["peru/troops"], ["chile"]),
        ("Chile's president said his country had expelled the Peruvian envoy.", "SANCTION",
         ["chile"], ["peru"]),
        ("Peru accused Chile of having attacked Bolivia.", "ASSAULT", ["chile"], ["bolivia"]),
        ("Peru (pop. 30 million) expelled the Chilean envoy.", "SANCTION", ["peru"], ["chile"]),
        ("Chile's Labour Party condemned Peru.", "ACCUSE", ["chile/labour-party"], ["peru"]),
        ("The Labour Party condemned Peru.", "ACCUSE", ["labour-party"], ["peru"]),
    ],
)  # fmt: skip
def test_who_did_it_to_whom(text, type, actors, recipients):
    assert who(read(text, type)[0]) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "type", "country"),
    [
        ("Police in Lima dispersed protesters.", "ASSAULT", "PER"),
        ("Police arrested a dozen protesters in Lima.", "COERCE", "PER"),
        ("Soldiers arrested three journalists in Nairobi.", "COERCE", "KEN"),
        ("Angry residents blocked a road near Cusco.", "PROTEST", "PER"),
        ("Several hundred protesters marched in Santiago.", "PROTEST", "CHL"),
    ],
)
def test_people_are_those_of_the_place(text, type, country):
    (actor,) = one(text, type).actors
    assert actor.country == country


def test_parties_stand_where_the_text_names_them():
    text = "On Monday Peruvian troops attacked Chile."
    record = one(text, "ASSAULT")
    assert "Peruvian" in text[slice(*record.actors[0].span)]
    assert text[slice(*record.recipients[0].span)] == "Chile"


# --- days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "start", "end", "background"),
    [
        ("on Monday", MONDAY, MONDAY, False),
        ("on Sunday", date(2019, 6, 9), date(2019, 6, 9), False),
        ("last month", date(2019, 5, 1), date(2019, 5, 31), True),
        ("last year", date(2018, 1, 1), date(2018, 12, 31), True),
        ("in 2014", date(2014, 1, 1), date(2014, 12, 31), True),
        ("in January", date(2019, 1, 1), date(2019, 1, 31), True),
        ("on 9 June", date(2019, 6, 9), date(2019, 6, 9), False),
        ("on May 3, 2017", date(2017, 5, 3), date(2017, 5, 3), True),
    ],
)
def test_days_and_background(when, start, end, background):
    record = one(f"Peru expelled the Chilean ambassador {when}.", "SANCTION")
    assert (record.start, record.end, record.background) == (start, end, background)
    assert when.endswith(record.when)
    first = one(f"{when[0].upper()}{when[1:]}, Peru expelled the Chilean ambassador.", "SANCTION")
    assert (first.start, first.end) == (start, end)


def test_without_words_for_the_day_it_happened_by_the_day_of_the_paper():
    record = one("Peru expelled the Chilean ambassador.", "SANCTION")
    assert (record.end, record.precision, record.when) == (WEDNESDAY, Precision.BY, "")
    assert not record.background


def test_what_was_said_on_a_day_had_happened_by_then():
    record = one('"Peru attacked Chile," the Chilean army said on Monday.', "ASSAULT")
    assert (record.end, record.precision) == (MONDAY, Precision.BY)


def test_each_act_has_its_own_day():
    expelled, attacked = read(
        "Peru expelled the Chilean ambassador on Monday. Last year Chile attacked Tacna."
    )
    assert expelled.start == MONDAY
    assert attacked.background and attacked.start == date(2018, 1, 1)


def test_without_a_day_of_publication_only_a_full_date_is_reckoned():
    (record,) = read("Peru attacked Chile on Monday.", published=None)
    assert record.start is None and record.when == "Monday"
    (record,) = read("Peru attacked Chile on 3 May 2017.", published=None)
    assert record.start == record.end == date(2017, 5, 3)


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Soldiers arrested three journalists in Lima.", "COERCE"),
        ("Troops killed 12 protesters in Lima.", "ASSAULT"),
    ],
)
def test_the_place_behind_people_is_where_it_was_done(text, type):
    record = one(text, type)
    assert record.place is not None and record.place.id == "lima"
    assert {each.country for each in record.recipients} == {"PER"}


def test_from_where_to_where_people_went():
    text = "Thousands fled from Peru to La Paz."
    record = one(text, "DISPLACE")
    assert [each.id for each in record.origins] == ["peru"]
    assert [each.id for each in record.destinations] == ["la-paz"]
    for each in (*record.origins, *record.destinations):
        assert text[slice(*each.span)] == each.words


# --- places -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "place", "precision"),
    [
        ("in Tacna", "tacna", "exact"),
        ("near Tacna", "tacna", "near"),
        ("outside Tacna", "tacna", "near"),
        ("east of Tacna", "tacna", "near"),
    ],
)
def test_places_and_how_they_lie(where, place, precision):
    record = one(f"Chilean troops attacked villages {where} on Monday.", "ASSAULT")
    assert record.place is not None
    assert (record.place.id, record.place.precision, record.place.country) == (
        place, precision, "PER",
    )  # fmt: skip
    assert record.place.lat == pytest.approx(-18.0, abs=0.2)


def test_from_where_to_where():
    record = one("Thousands of people fled from Tacna to Arica.", "DISPLACE")
    assert [each.id for each in record.origins] == ["tacna"]
    assert [each.id for each in record.destinations] == ["arica"]


# --- how many ---------------------------------------------------------------------------------


def test_a_toll_by_party_and_group():
    record = one(
        "Shelling by Peruvian troops killed seven Chilean soldiers and three civilians.", "ASSAULT"
    )
    assert counts(record) == {
        ("killed", "chile/soldiers"): (None, 7, None), ("killed", "civilians"): (None, 3, None),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("count", "low", "best", "high"),
    [
        ("seven", None, 7, None),
        ("1,200", None, 1200, None),
        ("at least 30", 30, None, None),
        ("more than 30", 30, None, None),
        ("up to 30", None, None, 30),
        ("between 30 and 35", 30, None, 35),
        ("dozens of", 24, None, None),
        ("scores of", 40, None, None),
        ("upward of 40", 40, None, None),
    ],
)
def test_counts_as_they_were_told(count, low, best, high):
    record = one(f"Peruvian troops killed {count} Chilean soldiers.", "ASSAULT")
    assert counts(record) == {("killed", "chile/soldiers"): (low, best, high)}


def test_killed_and_wounded_are_told_apart():
    text = "A Peruvian air strike on Arica killed at least 12 people and wounded dozens."
    assert counts(one(text, "ASSAULT")) == {
        ("killed", "people"): (12, None, None),
        ("wounded", ""): (24, None, None),
    }


def test_those_who_prepare_to_leave_are_not_those_who_left():
    left = one("More than 1,000 refugees crossed from Peru into Chile.", "DISPLACE")
    assert left.happened and counts(left) == {("arrivals", "refugees"): (1000, None, None)}
    ready = one(
        "Half a million people are preparing to flee toward the Chilean border.", "DISPLACE"
    )
    assert not ready.happened
    assert list(counts(ready)) == [("preparing-to-leave", "people")]


def test_what_is_not_counted_is_not_zero():
    assert one("Peruvian troops killed Chilean soldiers.", "ASSAULT").quantities == ()


def test_left_dead_counts_the_dead():
    found = counts(one("An attack on Arica by Peru left four officers dead.", "ASSAULT"))
    assert {what for what, _ in found} == {"killed"}


def test_killed_and_wounded_each_have_their_count():
    text = "A Peruvian air strike on Arica killed 12 people and wounded 30 civilians."
    found = counts(one(text, "ASSAULT"))
    assert {what: best for (what, _), (_, best, _) in found.items()} == {
        "killed": 12, "wounded": 30,
    }  # fmt: skip


def test_a_name_with_a_stray_character_in_it_is_told_as_it_stands():
    text = "Peru attacked Ari\x1fca on Monday."
    record = one(text, "ASSAULT")
    assert record.place is None or text[slice(*record.place.span)] == record.place.words
    for each in record.actors:
        assert text[slice(*each.span)] == each.words


def test_the_people_of_a_place_are_named_nowhere():
    (there,) = one("Peru attacked Arica.", "ASSAULT").recipients
    assert (there.id, there.words, there.span) == ("chile", "", (0, 0))
