"""Wordings in which nothing took place, each of its own kind; and the like in which it did."""

import pytest
from tests.observe.reading.rules.makers import MONDAY, chain, counts, happened, one, read, who

from foreshock.evidence.claim import Polarity


@pytest.mark.parametrize(
    "text",
    [
        # a noun that plans, refuses or reports
        "Kenya's plan to bomb Ugandan bases leaked.",
        "Kenya's threat to bomb Ugandan bases was shrugged off.",
        "Rumours that Kenya had bombed Ugandan bases were false.",
        "The claim that Kenya had bombed Ugandan bases was denied.",
        "Reports that Kenya had bombed Ugandan bases could not be verified.",
        "There is no proof that Kenya bombed Ugandan bases.",
        "Contrary to reports that Kenya had bombed Ugandan bases, all was quiet.",
        # a condition without "if"
        "Had Kenya bombed Ugandan bases, the lake would have closed.",
        "Had Kenya withdrawn its troops from Uganda, the lake would be open.",
        "Should Kenya attack Uganda, the lake will close.",
        "The lake would have closed had Kenya bombed Ugandan bases.",
        # a gerund that denies, nears or supposes
        "Kenya denied having bombed Ugandan bases.",
        "Kenya came close to bombing Ugandan bases.",
        "Instead of bombing Ugandan bases, Kenya waited.",
        "Without bombing Ugandan bases, Kenya won.",
        "Bombing Ugandan bases would be a mistake.",
        "Kenya was cleared of bombing Ugandan bases.",
        "Kenya's parliament voted against bombing Ugandan bases.",
        # negation in many places
        "Kenya has not yet bombed Ugandan bases.",
        "Kenya has neither bombed Ugandan bases nor shelled the port.",
        "Kenya said it did not shell the port and never bombed Ugandan bases.",
        "Kenya bombed no Ugandan bases.",
        "It is not true that Kenya bombed Ugandan bases.",
        "Kenya acted as though it had bombed Ugandan bases.",
        "It would be wrong to say that Kenya bombed Ugandan bases.",
        "Suppose Kenya had bombed Ugandan bases.",
        "Uganda wishes Kenya had bombed its bases.",
        # an event's noun under a verb that undoes it
        "Guards thwarted a Kenyan attack on Ugandan bases.",
        "The Kenyan attack on Ugandan bases was called off.",
        # what is looked into, commanded or still to come
        "Police are investigating reports that Kenya bombed a Ugandan base.",
        "Bomb the Ugandan bases, the general told his pilots.",
        '"Stop bombing our bases," the Ugandan president said.',
        "Uganda denied that its army had beaten the monks or bombed Kenyan bases.",
        "Talks will begin once Kenya has bombed the last Ugandan base.",
        # what is played, or only weighed
        "During an exercise, Kenya's navy sank a target ship and bombed an island.",
        "A mock attack on the port was staged by Kenya's navy.",
        "Options include air strikes on Uganda and a blockade.",
        "Kenya has no interest in bombing Ugandan bases.",
        "The Kenyan general was found not guilty of bombing Ugandan bases.",
        # what was kept from happening, or is a lie
        "Floods kept Kenyan jets from bombing Ugandan bases.",
        "Kenya's air force practised bombing Ugandan bases.",
        "Kenya was falsely accused of bombing Ugandan bases.",
        "It is a lie that Kenya bombed Ugandan bases.",
        "That Kenyan jets bombed Ugandan bases has not been proved.",
        "The Kenyan attack on Ugandan bases was put off.",
        # a plan told in the present
        "Kenya's army plans to bomb Ugandan bases.",
        "Kenya to bomb Ugandan bases",
    ],
)
def test_no_attack_took_place(text):
    assert "ASSAULT" not in happened(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan jets bombed a Ugandan base and killed no fewer than ten soldiers.",
        "Having bombed Ugandan bases, Kenya closed the lake.",
        "Kenya never hid that it had bombed Ugandan bases, and it bombed them again.",
        "Reports that Kenya had bombed Ugandan bases spread on Monday.",
        "Kenyan jets crossed the lake, bombing a Ugandan base and killing ten soldiers.",
    ],
)
def test_here_it_did(text):
    assert "ASSAULT" in happened(text)


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Aid for Uganda has yet to arrive.", "AID"),
        ("Unions called a strike for next Monday in Uganda.", "PROTEST"),
        ("The UN envoy was due in Uganda on Monday for talks with the army.", "CONSULT"),
        ("Uganda's opposition leader risks being arrested by police.", "COERCE"),
    ],
)
def test_what_has_yet_to_come_has_not_come(text, type):
    assert type not in happened(text)


def test_a_denied_noun_is_denied_once():
    assert one("Kenya denied the shelling of the Ugandan port.", "ASSAULT").polarity is (
        Polarity.DENIED
    )


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Kenyan jets allegedly bombed a Ugandan base, killing ten soldiers.", "unnamed"),
        ("Rumours that Kenya had bombed a Ugandan base spread.", "rumours"),
        ("Uganda's claim that Kenya had bombed its base drew crowds.", "uganda"),
    ],
)
def test_hearsay_stands_on_the_word_of_its_source(text, source):
    (record,) = read(text, "ASSAULT")
    assert chain(record) == [source]


def test_a_minister_between_two_commas_is_he_who_told_it():
    text = "Kenyan jets bombed a camp on Monday, killing ten soldiers, Uganda's defence minister, \
Jon Beispiel, told reporters in Kampala on Tuesday."
    record = one(text, "ASSAULT")
    assert chain(record) == ["jon-beispiel"]
    assert record.chain[0].side == "uganda"
    assert (record.start, record.end) == (MONDAY, MONDAY)


def test_what_was_said_in_a_statement_was_said_by_who_made_it():
    text = "Uganda said in a statement that Kenyan jets had bombed a base and killed ten soldiers."
    assert chain(one(text, "ASSAULT")) == ["uganda"]


def test_where_the_minister_spoke_is_not_who_spoke():
    text = "Speaking in Kampala, Uganda's president said that Kenyan jets had killed ten soldiers."
    assert chain(one(text, "ASSAULT")) == ["uganda"]


def test_the_day_behind_the_last_of_several_deeds_is_the_day_of_all():
    text = (
        "Kenyan soldiers killed ten rebels, arrested nine others and shelled a Ugandan camp near \
Kampala on Monday."
    )
    assert {(each.start, each.end) for each in read(text) if each.happened} == {(MONDAY, MONDAY)}


def test_the_day_of_a_march_is_not_the_day_of_what_it_demands():
    text = "Thousands marched in Nairobi on Monday to demand the resignation of the president."
    assert all(each.start is None for each in read(text, "REQUEST"))
    assert one(text, "PROTEST").start == MONDAY


def test_the_dead_belong_to_the_attack_that_killed_them():
    text = "Ten soldiers were killed and 40 wounded when Kenyan jets bombed a base in Kampala on \
Monday, officials said."
    record = one(text, "ASSAULT")
    assert who(record)[0] == ["kenya"]
    assert (record.start, record.words[:12]) == (MONDAY, "Ten soldiers")
    assert {what for what, _ in counts(record)} == {"killed", "wounded"}


def test_who_is_forced_to_flee_flees_once():
    text = "Kenyan raids have forced 5,000 people to flee their homes in Uganda since last week."
    assert one(text, "DISPLACE").happened
