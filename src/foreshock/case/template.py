"""A new case: empty tables with every column explained, or a copy of a bundled case."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from foreshock.case.about import PARTS, CaseFile
from foreshock.case.folder import ACTS_FILE, CASE_FILE, read_about
from foreshock.case.home import find_case
from foreshock.case.schema import TABLES
from foreshock.case.sheets.explaining import sheets_explained
from foreshock.case.sheets.reading import sheet_files
from foreshock.core.errors import CaseError
from foreshock.evidence.cells import write_csv

_ABOUT = """\
# What the case is about. Lines after '#' are for you; the program does not read them.
name: "{name}"            # short name: lower-case letters, digits and hyphens
title: "{title}"
description: ""           # a few sentences for the reader
as_of: {as_of}         # the day that a brief speaks of if you name none
# compiled: 2020-02-05    # day on which the evidence was put together; without it: when first read
focus: []                 # actors that matter most, such as [ruritania, gondal]
theses: []                # what is said of relations, to be tested: see docs/case-format.md
series: []                # acts to be counted by day, for forecasts: see docs/case-format.md
# displacement:           # whose flight is forecast: see docs/case-format.md
region: ""                # area that the case covers, an id of places.csv
language: en
licence: ""
"""

_ACTS = """\
Verbs and nouns of your own, by which `foreshock read --case` and `foreshock add --read` know an
act; they win over those that everybody has. The file is not needed. An entry says which words tell
which type; `foreshock check` names what is wrong with one.

```toml
[[sense]]
verbs = ["neutralise"]          # or nouns = ["neutralisation"]
object = ["@actor"]             # optional: what must stand there: words, @actor, @place, @number
type = "ASSAULT"
mode = ""                       # optional: a mode of the type
example = "Gondal's guards neutralised two smugglers."
```

Names of your own come from `actors.csv` (name and aliases, each as of its day) and `places.csv`.
"""

_SOURCES = """\
# Sources

Say here where your rows come from, one line each, with the licence or terms of use. Facts are free
to use; texts are not: write every summary in your own words.
"""


def start_case(folder: Path, day: str) -> list[Path]:
    """Write an empty case with every column explained.

    Parameters
    ----------
    folder : pathlib.Path
        Where to; made if it is missing.
    day : str
        First as-of of the case, YYYY-MM-DD.

    Returns
    -------
    list of pathlib.Path
        The files written.

    Raises
    ------
    CaseError
        If the folder holds anything already.
    """
    _require_empty(folder)
    name = _slug(folder)
    title = name.replace("-", " ").capitalize()
    files = {
        CASE_FILE: _ABOUT.format(name=name, title=title, as_of=day),
        "COLUMNS.md": columns_explained(),
        "SOURCES.md": _SOURCES,
    }
    for model in TABLES:
        files[f"{model.table}.csv"] = write_csv(list(model.model_fields), [])
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        (folder / file).write_text(text, "utf-8", newline="\n")
    return [folder / file for file in files]


def copy_case(origin: str, folder: Path) -> list[Path]:
    """Copy a bundled case, or another folder, under the new folder's name.

    Raises
    ------
    CaseError
        If the folder holds anything already, or there is no such case.
    """
    source = find_case(origin)
    read_about(source)
    _require_empty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    named = [path for path in source.iterdir() if path.is_file()]
    for file in sorted([*named, *sheet_files(source)]):
        target = folder / file.relative_to(source)
        target.parent.mkdir(exist_ok=True)
        if file.name == CASE_FILE:
            text = re.sub(
                r"""(?m)^([{ ]*["']?name["']?:\s*)["']?[a-z0-9._-]+["']?""",
                rf'\g<1>"{_slug(folder)}"',
                file.read_text("utf-8"),
                count=1,
            )
            target.write_text(text, "utf-8", newline="\n")
        else:
            shutil.copyfile(file, target)
        written.append(target)
    return written


def columns_explained() -> str:
    """Explain every table and column, as Markdown."""
    return "\n".join(_explained()) + "\n"


def _explained() -> Iterator[str]:
    yield "# The tables of a case"
    yield ""
    yield (
        "Each table is a CSV file (UTF-8, first line as given). Lists in a cell are separated by "
        "semicolons. Columns marked * must be filled; the others may be empty or left out. A long "
        "table may be split: `claims.csv`, `claims-north.csv` ... `foreshock check` names every "
        "fault with file, line, column and mend."
    )
    yield from _about_explained()
    for model in TABLES:
        yield ""
        yield f"## {model.table}.csv"
        yield ""
        yield model.purpose
        yield ""
        yield "| column | what it holds |"
        yield "|---|---|"
        yield from _columns(model)
    yield from ("", f"## {ACTS_FILE}", "", _ACTS)
    yield from sheets_explained()


def _about_explained() -> Iterator[str]:
    """Explain case.yaml, and the entries within its entries."""
    yield from ("", "## case.yaml", "")
    yield (
        "What the case is about: `name: value` lines; `theses` and `series` are lists of entries, "
        "`displacement` is one entry with entries of its own."
    )
    yield from ("", "| entry | what it holds |", "|---|---|")
    yield from _columns(CaseFile)
    for name, model in PARTS.items():
        yield from ("", f"### {name}", "", (model.__doc__ or "").strip(), "")
        yield from ("| entry | what it holds |", "|---|---|")
        yield from _columns(model)


def _columns(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        star = "*" if field.is_required() else ""
        yield f"| `{name}`{star} | {field.description} |"


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseError(
            "the folder is not empty",
            where=str(folder),
            mend="name a new folder; nothing was changed",
        )


def _slug(folder: Path) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    return name or "case"
