"""Write the parts of the docs that follow from the code: run ``python docs/refresh.py``.

The tests fail when these files are not what this script would write.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tempfile
from pathlib import Path

import typer.core
import typer.main
from rich.console import Console
from rich.text import Text

from foreshock.brief.document import ClaimItem, json_schema
from foreshock.brief.supposed import SupposedBrief
from foreshock.brief.terminal import render
from foreshock.brief.watch.document import WatchList
from foreshock.case.opening import open_case
from foreshock.case.template import columns_explained
from foreshock.cli import app
from foreshock.cycle import cycle
from foreshock.observe.reading.published import json_schema as read_schema

DOCS = Path(__file__).parent
SCREEN = 52


def pages() -> dict[str, str]:
    """Give every generated page by its path below ``docs``."""
    return {
        "schema/brief.schema.json": json.dumps(json_schema(), indent=2) + "\n",
        "schema/whatif.schema.json": json.dumps(SupposedBrief.model_json_schema(), indent=2) + "\n",
        "schema/watch.schema.json": json.dumps(WatchList.model_json_schema(), indent=2) + "\n",
        "schema/claim.schema.json": json.dumps(ClaimItem.model_json_schema(), indent=2) + "\n",
        "schema/read-claim.schema.json": json.dumps(read_schema(), indent=2) + "\n",
        "case-format.md": columns_explained(),
        "commands.md": commands(),
    }


def commands() -> str:
    """Describe every command with its arguments and options."""
    parts = ["# Commands", "", "Written by `python docs/refresh.py` from the program itself."]
    for name, command in sorted(named_commands().items()):
        context = command.context_class(command, info_name=f"foreshock {name}")
        usage = " ".join(command.collect_usage_pieces(context))
        about, _, example = (command.help or "").partition("Example: ")
        parts += ["", f"## foreshock {name}", "", f"`foreshock {name} {usage}`", "", about.strip()]
        parts += ["", "| | |", "|---|---|"]
        for parameter in command.params:
            given = parameter.metavar or (parameter.name or "").upper()
            option = parameter.param_type_name == "option"
            label = ", ".join(parameter.opts) if option else given
            label += f" {parameter.metavar}" if option and parameter.metavar else ""
            parts.append(f"| `{label}` | {getattr(parameter, 'help', '') or ''} |")
        if example:
            parts += ["", "```sh", example.strip(), "```"]
    return "\n".join(parts) + "\n"


def named_commands() -> dict[str, typer.core.TyperCommand]:
    """Give every command by its name, of a group "group command"."""
    found = {}
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", None)
        named = {f"{name} {n}": c for n, c in below.items()} if below else {name: command}
        found.update(named)
    return found


def picture() -> str:
    """Draw the first screen of the bundled case's brief."""
    import os

    with tempfile.TemporaryDirectory() as home:
        os.environ["FORESHOCK_HOME"] = home
        brief = cycle(open_case("idlib-2020"))
    whole = _console(record=False)
    render(brief, whole)
    first = whole.file.getvalue().splitlines()[:SCREEN]  # type: ignore[attr-defined]
    screen = _console(record=True)
    screen.print(Text.from_ansi("\n".join(first)))
    svg = screen.export_svg(title="foreshock brief idlib-2020", unique_id="brief")
    # No page of ours asks another machine for anything: the fonts are the reader's own.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)


def _console(*, record: bool) -> Console:
    return Console(
        width=84,
        record=record,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
        markup=False,
    )


def main() -> None:
    """Write everything."""
    for name, text in pages().items():
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(text, "utf-8")
    (DOCS / "pictures").mkdir(exist_ok=True)
    (DOCS / "pictures" / "brief-terminal.svg").write_text(picture(), "utf-8")
    sys.stderr.write(f"wrote {len(pages()) + 1} files\n")


if __name__ == "__main__":
    main()
