"""The docs say what the program does: generated pages are fresh, commands in them run."""

import importlib.util
import re
import shlex
from pathlib import Path

import pytest
from tests.brief.watch import made_up
from tests.brief.watch.conftest import plant
from tests.evaluate.arrivals import monthly
from tests.evaluate.displacement.folders import long as long_folder
from tests.observe import ged
from tests.observe.readers.flee import folders
from tests.observe.reading.few import teach_few
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.evidence.published import COLUMNS
from foreshock.observe.panel_file import write_panel

ROOT = Path(__file__).parents[2]


def _refresh():
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs" / "refresh.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES = _refresh().pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_generated_pages_are_fresh(name):
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name], "run: python docs/refresh.py"


def test_every_command_and_option_is_documented_and_explained():
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = _refresh().named_commands()
    assert set(commands) == {
        *("add", "brief", "check", "evaluate arrivals", "evaluate displacement"),
        *("evaluate escalation", "evaluate watch", "export", "train destinations"),
        *("flee run", "flee score", "forecast", "ingest", "init", "judge", "ledger", "picture"),
        *("panel", "read", "scenario"),
        *("train arrivals", "train escalation", "train reading", "verify", "watch", "whatif"),
    }
    for name, command in commands.items():
        assert f"## foreshock {name}\n" in text
        assert f"`foreshock {name} " in readme
        assert "Example: foreshock" in command.help
        for parameter in command.params:
            assert getattr(parameter, "help", None) or parameter.name == "help", (name, parameter)


def _examples():
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    return [
        line
        for block in re.findall(r"```sh\n(.*?)```", text, re.S)
        for line in block.split("\n")
        if line
    ]


def test_every_example_of_the_commands_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    teach_few(monkeypatch)
    plant(monkeypatch)
    runner = CliRunner()
    order = [
        "init",
        "export",
        "ingest",
        "panel",
        "brief",
        "picture",
        "add",
        "judge",
        "ledger",
        "verify",
    ]
    order += [
        "watch",
        "read",
        "forecast",
        "whatif",
        "scenario",
        "train",
        "evaluate",
        "flee",
        "check",
    ]
    lines = sorted(_examples(), key=lambda line: order.index(line.split()[1]))
    assert {line.split()[1] for line in lines} == set(order)
    for line in lines:
        words = shlex.split(line)[1:]
        if words[0] == "add":
            Path("wednesday.csv").write_text(
                "source,published,title,actors,recipients,type,start,summary\n"
                "reuters,2020-02-05,A report,turkey,russia,CONSULT,2020-02-05,They talk again.\n"
            )
            words.append("--yes")
        if words[0] == "watch":
            write_panel(made_up.panel(years_before=10), Path("panel.parquet"))
        if words[0] == "read":
            Path("report.txt").write_text("French troops left Mali on Tuesday.", "utf-8")
        if words[0] == "ingest":
            Path("GEDEvent_v24_1.csv").write_text(ged.text(ged.war()))
        if words[1:2] in (["destinations"], ["displacement"]):
            for name in ("glasstown", "gondal", "northford"):
                long_folder(Path(name), home=name)
        if words[0] == "flee":
            folders.made(Path("gondal"))
        if words[:2] == ["flee", "score"]:
            Path("out.csv").write_text(folders.output(Path("gondal")))
        if words[1:3] == ["arrivals", "displaced.csv"]:
            Path("displaced.csv").write_text(monthly.text(monthly.counts()))
        result = runner.invoke(app, words)
        # A case that was just begun holds no claim yet, and `check` says so.
        assert result.exit_code == (1 if words[0] == "check" else 0), (line, result.output)


def test_every_column_of_the_event_tables_is_explained():
    text = (ROOT / "docs" / "datasets.md").read_text("utf-8")
    for name in COLUMNS:
        explained = f"`{name}`" in text or (name.endswith("_id") and f"`{name[:-3]}`" in text)
        assert explained, name


def test_links_between_the_docs_lead_somewhere():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8")):
            if not target.startswith(("http://", "https://")):
                assert (page.parent / target).exists(), (page.name, target)


def test_the_picture_asks_no_other_machine_for_anything():
    svg = (ROOT / "docs" / "pictures" / "brief-terminal.svg").read_text("utf-8")
    assert set(re.findall(r"https?://[^\"')\s]+", svg)) <= {"http://www.w3.org/2000/svg"}
    assert "7 soldiers" in re.sub("&#160;", " ", svg)


def test_the_readme_names_the_two_commands_and_make_knows_them():
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("brief", "test"):
        assert f"make {target}" in readme
        assert re.search(rf"^{target}:", makefile, re.M)


def test_decisions_fit_on_a_page():
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        assert len(page.read_text("utf-8").split()) <= 500, page.name
