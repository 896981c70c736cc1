"""The page: complete in itself, asking for nothing, every number leading to its data."""

import re
from html.parser import HTMLParser

import pytest
from tests.brief.watch import made_up
from tests.brief.watch.conftest import made

from foreshock.brief.watch.page import build_watch_page


class Page(HTMLParser):
    """Ids, links, texts and elements of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.attributes = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        told = dict(attrs)
        self.attributes += [(tag, *each) for each in attrs]
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if "href" in told else []


@pytest.fixture(scope="module")
def text(listed):
    return build_watch_page(listed)


def test_the_same_list_gives_the_same_page(listed, text):
    assert build_watch_page(listed) == text


def test_it_can_ask_for_nothing(text):
    page = Page(text)
    assert "default-src 'none'" in text
    assert not {"img", "iframe", "link", "object", "embed", "video", "audio"} & set(page.tags)
    assert not [each for each in page.attributes if each[1] in {"src", "style", "srcset"}]
    assert not [each for each in page.attributes if each[1].startswith("on")]
    assert re.findall(r"url\((?!#)", text) == []


def test_every_link_leads_somewhere_on_the_page(text):
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert {link for link in page.links if link[1:] not in page.ids} == set()


def test_a_number_leads_to_the_months_that_were_counted(listed, text):
    for country in listed.countries:
        assert f'href="#{country.anchor}"' in text
        part = text[text.index(f'id="{country.anchor}"') :].partition("</details>")[0]
        assert f"Months ahead: {country.name}" in part
        assert f"Counted by month: {country.name}" in part
        assert 'href="#data"' in part
    assert listed.vintage in text[text.index('id="data"') :]


def test_the_map_shows_every_country_and_hatches_the_others(listed, text):
    world = text[text.index('class="picture world"') :].partition("</svg>")[0]
    on_map = {each.key for each in listed.countries if each.code}
    assert set(re.findall(r'data-key="([^"]*)"', world)) == on_map
    assert world.count('class="none"') > 100
    assert ">no forecast<" in world


def test_base_rates_and_false_alarms_stand_beside(listed, text):
    assert "base rate" in text
    [told] = [
        each for each in listed.hindcast.warnings if (each.warning, each.ahead) == ("deadly", 3)
    ]
    assert f"{told.at(listed.levels['deadly']).false:,} were false" in text
    assert 'class="picture reliability"' in text
    assert "Biggest misses" in text
    assert "without the last three months" in text


def test_alarms_are_marked_in_the_lists(listed, text):
    month = listed.months[listed.column]
    row = re.search(r'<tr data-key="18".*?</tr>', text, re.DOTALL)[0]
    assert 'class="n alarm" data-of="deadly">88' in row
    assert f"Alarms for {month:%b %Y}" in text
    assert "What alarms from other levels would have come to" in text


def test_closed_terms_keep_the_counted_months_off_the_page(tmp_path):
    from dataclasses import replace

    closed = replace(made_up.panel(), licence="for registered users only")
    text = build_watch_page(made(tmp_path, closed, quick=True))
    assert "Counted by month" not in text
    assert 'class="counted"' not in text
    assert "do not let the months that were counted be passed on" in text
    assert "Left out:" in text


def test_hostile_names_stay_text(tmp_path):
    attack = "</script><script>x</script><img src=x onerror=y>\"'>\u202e{{7*7}}"
    names = tuple(f"{attack}{at}" for at in range(12))
    plain, page = (
        Page(build_watch_page(made(tmp_path / folder, made_up.panel(given), quick=True)))
        for folder, given in (("plain", None), ("hostile", names))
    )
    assert page.tags == plain.tags
    assert {each[1] for each in page.attributes} == {each[1] for each in plain.attributes}
