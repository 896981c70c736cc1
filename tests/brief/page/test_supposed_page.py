"""The page of a what-if: all of it is called assumed, and every number leads to its sheet."""

import json
from datetime import UTC, date, datetime
from html.parser import HTMLParser

from typer.testing import CliRunner

from foreshock.brief.page.supposed import build_supposed_page
from foreshock.brief.supposed import SupposedBrief
from foreshock.cli import app

HOSTILE = "<script>alert(1)</script>\u202e"


def difference(part: str, measure: str, of: str, name: str, moved: float, **more: object) -> dict:
    level = {"mean": 0.5, "low": 0.1, "high": 0.9}
    return {
        "part": part, "measure": measure, "of": of, "name": name,
        "first": "2031-05-02", "last": "2031-05-31", "chance": False,
        "forecast": level, "supposed": level, "difference": moved, "low": moved, "high": moved,
        "where": moved, "unmoved": 0.5, "paired": None, "told": None, **more,
    }  # fmt: skip


def supposed(set_in: float = 0.9, asked: str = "What if both sides stopped?") -> SupposedBrief:
    entered = {
        "what": "acts, every pair that is forecast", "factor": True, "low": 0.1, "high": 0.5,
        "basis": "assumed", "sources": ["R001"], "assumed_by": "the compilers", "estimated": "",
        "note": "No truce lasted.", "entered": "2031-05-01",
    }  # fmt: skip
    places = [
        difference("control", "falls", f"p{n}", f"Place {n}", -0.01 * n, chance=True)
        for n in range(12)
    ]
    return SupposedBrief.model_validate({
        "case": "northford", "title": "Northford", "as_of": "2031-05-01", "sheet": "truce",
        "file": "scenarios/truce.yaml", "asked": asked, "note": "", "speaks_from": "2031-05-01",
        "carried_on": False, "members": 1000, "seed": 7, "horizon": 30, "turns": 6,
        "last": "2031-05-31", "notes": [],
        "interventions": [{
            "id": "truce", "text": "Both stop.", "first": date(2031, 5, 6), "days": None,
            "condition": "", "set_in": set_in, "in_force": 0.4, "assumptions": [entered],
        }],
        "differences": [
            difference("fighting", "events", "a>b", "Gondal → Angria", -1.2),
            difference("fighting", "events", "b>a", "Angria → Gondal", -0.4),
            difference("fighting", "deaths", "a>b", "Gondal → Angria", -3.0),
            difference("flight", "displaced", "", "Northford", -20_000.0),
            difference("control", "changes", "", "all places", -2.0),
            *places,
        ],
    })  # fmt: skip


class Page(HTMLParser):
    """Notes texts and links, each with the ids that it stands within."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.within, self.texts, self.links = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag in {"section", "details"}:
            self.within.append(given.get("id", ""))
        if tag == "a":
            self.links.append((list(self.within), given.get("href", "")))

    def handle_endtag(self, tag):
        if tag in {"section", "details"}:
            self.within.pop()

    def handle_data(self, data):
        self.texts.append((list(self.within), data))


def test_every_number_stands_within_what_is_assumed_and_leads_to_the_sheet():
    text = build_supposed_page(supposed())
    page = Page(text)
    numbers = [ids for ids, data in page.texts if "−" in data]
    assert numbers
    assert all(ids[0] == "assumed" for ids in numbers)
    for part in ("fighting", "flight", "control"):
        assert any(part in ids and href == "#sheet" for ids, href in page.links)
        assert f'id="{part}"' in text
    assert text.count("Assumed, not forecast: ") == 3
    assert "R001" in text
    assert "assumed by the compilers" in text


def test_numbers_of_a_pair_stand_together_and_places_that_hardly_move_are_folded_up():
    text = build_supposed_page(supposed())
    assert text.index("Gondal → Angria (2 rows)") < text.index("Angria → Gondal (1 row)")
    folded = text.index("Places that move less (3 rows)")
    assert text.index("Place 4 changes hands") < folded < text.index("Place 3 changes hands")
    assert "Place 0" not in text


def test_where_it_is_seldom_the_futures_that_it_touches_are_told_apart():
    assert "where touched" in build_supposed_page(supposed(set_in=0.1))
    assert "where touched" not in build_supposed_page(supposed(set_in=0.9))


def test_texts_of_a_sheet_stay_texts_and_nothing_is_fetched():
    text = build_supposed_page(supposed(asked=HOSTILE))
    assert "<script>alert" not in text
    assert "\u202e" not in text
    assert "default-src 'none'" in text
    assert build_supposed_page(supposed()) == build_supposed_page(supposed())


def test_foot_and_citation_say_how_to_make_the_page_again():
    text = build_supposed_page(supposed(), datetime(2031, 5, 2, 12, tzinfo=UTC))
    foot = text[text.index("<footer>") :]
    assert foot.count("1,000 futures of 30 days, seed 7") == 2
    assert foot.count(", as recorded by 2031-05-02T12:00:00Z") == 2
    assert "--as-of 2031-05-01 --recorded-by 2031-05-02T12:00:00Z -o brief.html" in text
    assert "recorded" not in build_supposed_page(supposed())


def test_the_command_writes_page_or_data_and_refuses_other_names(tmp_path, monkeypatch):
    monkeypatch.setenv("FORESHOCK_HOME", str(tmp_path))

    def run(*words):
        words = ("whatif", "idlib-2020", "whatif-border", "--members", "100", *map(str, words))
        return CliRunner().invoke(app, words)

    file = tmp_path / "border.html"
    result = run("-o", file)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"{file}: ")
    assert run("-o", tmp_path / "border.json", "--json").exit_code == 0
    assert run("--recorded-by", "2100-01-01", "-o", tmp_path / "then.html").exit_code == 0
    assert "as recorded by 2100-01-01T" in (tmp_path / "then.html").read_text("utf-8")
    data = json.loads((tmp_path / "border.json").read_text("utf-8"))
    assert file.read_text("utf-8") == build_supposed_page(SupposedBrief.model_validate(data))
    refused = run("-o", tmp_path / "border.txt")
    assert refused.exit_code == 2
    assert "Mend: end the name in .html" in refused.stderr
