"""Code knows no case: what is true of one conflict stands in its folder and nowhere else."""

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "foreshock"
TEXT = {".py", ".toml", ".yaml", ".yml", ".json"}
SHORTEST = 5

# Names in a case that are ordinary words, so that they say nothing about which conflict it is.
ALLOWED = {
    # sides and groups that any conflict has
    *("aid organisations", "armed factions", "civilians", "government", "government forces"),
    *("humanitarian organisations", "insurgents", "interim government", "jihadists", "media"),
    *("migrants", "militants", "opposition", "opposition factions", "radical-groups", "radicals"),
    *("rebels", "regime forces", "the opposition", "the regime"),
    # bodies of the whole world
    *("security council", "un ocha", "un security council", "un-security-council", "unicef"),
    *("united nations",),
    # common nouns
    *("house of representatives", "the alliance", "the border"),
}

PHRASES = ("United States dollars",)  # a unit


def names_in(cases: Path) -> set[str]:
    """Collect ids, names and aliases of the actors and places of every case, in lower case."""
    found = set()
    for table in sorted([*cases.glob("*/actors.csv"), *cases.glob("*/places.csv")]):
        with table.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                for column, value in row.items():
                    if column == "id" or re.search(r"(^|_)(names?|alias(es)?)(_|$)", column or ""):
                        for name in re.split(r"[;|]", value or ""):
                            found.add(name.partition("@")[0].strip().lower())  # name@known_at
    return {name for name in found if len(name) >= SHORTEST and not name.isdigit()} - ALLOWED


def case_words(source: Path) -> list[str]:
    """List each line outside cases/ that names an actor or a place of a bundled case."""
    cases = source / "cases"
    names = names_in(cases)
    if not names:
        return []
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    # an underscore or a hyphen ends a word: idlib_places names Idlib
    named = re.compile(
        rf"(?<![^\W_])(?:{'|'.join(map(re.escape, longest_first))})(?![^\W_])", re.IGNORECASE
    )
    # a bundled case may be called by its name, as in an example of a command
    harmless = [*PHRASES, *(p.name for p in cases.iterdir() if p.is_dir())]
    set_aside = re.compile("|".join(map(re.escape, harmless)), re.IGNORECASE)
    found = []
    for file in sorted(source.rglob("*")):
        where = file.relative_to(source)
        if file.suffix not in TEXT or where.parts[0] == "cases":
            continue
        if where.parts[0] == "lexicon" and where.parts[1].startswith("countries"):
            continue  # a list of the world's countries names those of a case too
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            hits = named.findall(set_aside.sub("", line))
            found += [f"{where}:{number}: {hit!r} belongs to a case" for hit in hits]
    return found


def lines_of_source(suffixes: set[str]):
    for file in sorted(SRC.rglob("*")):
        if file.suffix in suffixes:
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                yield f"{file.relative_to(SRC)}:{number}", line


def test_no_words_of_a_case_outside_cases():
    for table in (SRC / "cases").glob("*/actors.csv"):
        assert names_in(table.parents[1]), f"{table}: no column of ids or names was recognised"
    assert case_words(SRC) == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("# shelling of Northford", 1),
        ("northford_roads = 3", 1),
        ("x = 'The River Front'", 1),
        ("x = 'Nordfurt, Northford'", 2),
        ("x = 'Riverside'", 1),
        ("# northfordish and Unnorthford are other words", 0),
        ("# foreshock brief northford-2031", 0),
        ("# Ayr is too short to tell", 0),
        ("# civilians fled", 0),
    ],
)
def test_checker_finds_words_of_a_case(tmp_path: Path, line: str, names: int):
    case = tmp_path / "cases" / "northford-2031"
    case.mkdir(parents=True)
    (case / "places.csv").write_text("name,alt_names\nNorthford,Nordfurt;Ayr\n", "utf-8")
    (case / "actors.csv").write_text(
        "id,name,aliases\nrf,The River Front,Riverside@2030-01-01|RF\ncivilians,Civilians,\n",
        "utf-8",
    )
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "countries.toml").write_text("'Northford' = 1", "utf-8")
    (tmp_path / "a.py").write_text(line, "utf-8")
    assert len(case_words(tmp_path)) == names


def test_no_path_of_somebodys_machine():
    path = re.compile(r"(?<![\w./-])/(root|home|work|Users|opt)/|[A-Z]:\\\\?Users")
    found = [at for at, line in lines_of_source(TEXT | {".md"}) if path.search(line)]
    assert found == []


def test_nothing_is_left_to_do():
    note = re.compile(r"\b(TODO|FIXME)\b")
    found = [at for at, line in lines_of_source(TEXT | {".md"}) if note.search(line)]
    assert found == []


def test_the_lock_can_be_used_by_anyone():
    """No package comes from a path, a bare address, a port, or a place that asks who one is."""
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    places = re.findall(r'(?:registry|url|path|directory|git) = "([^"]+)"', lock)
    assert places
    split = [urlsplit(place) for place in set(places)]
    assert {place.scheme for place in split} == {"https"}
    assert len({place.netloc for place in split}) <= 2, "one index and one host of files"
    for place in split:
        assert re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", place.netloc), place.netloc
