"""Imports run one way: core → lexicon → evidence → case → observe → assess → ... → cli."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "foreshock"
PACKAGE = "foreshock"

# A room may import itself and any room of an earlier row, never one beside it or after it.
ROWS = (
    ("cases",),  # data only
    ("core",),
    ("lexicon",),
    ("evidence",),
    ("case",),
    ("observe",),
    ("assess",),
    ("forecast", "scenario", "verify"),
    ("evaluate",),
    ("brief",),
    ("foresee", "watching"),
    ("cycle",),
    ("whatif",),
    ("web",),
    ("cli",),
    ("testing", "__main__"),
)
RANK = {room: rank for rank, row in enumerate(ROWS) for room in row}
# Scores are worth something only while whoever keeps them cannot see the models: of the rooms that
# make anything, evaluate alone sees both. Foresee, the cycle and its faces only hand results on.
SEES_FORECAST_AND_VERIFY = {
    *("evaluate", "foresee", "watching", "cycle", "whatif", "web", "cli", "testing", "__main__"),
}
CORE_THIRD_PARTY = {"numpy"}
CORE_THIRD_PARTY_IN_FUNCTIONS = {"xarray"}  # Ensemble.to_xarray(), an extra
HEAVY = {"numpy", "polars", "prompt_toolkit", "pydantic", "rich", "sqlalchemy", "yaml"}
MAX_LINES = 450


@dataclass(frozen=True)
class Import:
    """One import statement: where it stands and what it names."""

    file: Path
    line: int
    target: str
    at_load: bool  # runs when the module is loaded: not in a function, nor for type checkers only


def modules(tree: Path) -> list[Path]:
    return sorted(p for p in tree.rglob("*.py") if "__pycache__" not in p.parts)


def room_of(file: Path, tree: Path) -> str:
    """Name the room of a file; the package's own __init__ is the empty room."""
    first = file.relative_to(tree).parts[0]
    return "" if first == "__init__.py" else first.removesuffix(".py")


def room_named(target: str) -> str | None:
    """Name the room that an import reaches; None if it is not of this package."""
    head, _, rest = target.partition(".")
    return rest.partition(".")[0] if head == PACKAGE else None


def imports(file: Path, tree: Path) -> list[Import]:
    """List every import of a file, relative ones resolved, dynamic ones with a fixed name too."""
    package = [PACKAGE, *file.relative_to(tree).parent.parts]

    def targets(node: ast.AST) -> Iterator[str]:
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                base = package[: len(package) - level + 1] if level else []
                base = [*base, *([module] if module else [])]
                yield from (".".join([*base, alias.name]) for alias in names)
            case ast.Call(func=func, args=[ast.Constant(value=str(name)), *_]):
                called = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
                if called in {"import_module", "__import__"} and not name.startswith("."):
                    yield name

    def walk(node: ast.AST, at_load: bool) -> Iterator[Import]:
        for target in targets(node):
            yield Import(file, node.lineno, target, at_load)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            at_load = False
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for child in node.body:
                yield from walk(child, at_load=False)
            for child in node.orelse:
                yield from walk(child, at_load)
            return
        for child in ast.iter_child_nodes(node):
            yield from walk(child, at_load)

    return list(walk(ast.parse(file.read_text(encoding="utf-8"), str(file)), at_load=True))


def faults(tree: Path) -> list[str]:
    """List what is wrong with the imports of a package tree, one sentence a fault."""
    found = []
    seen: dict[str, dict[str, str]] = {}
    for file in modules(tree):
        room = room_of(file, tree)
        where = file.relative_to(tree)
        if room and room not in RANK:
            found.append(f"{where}: no room is called {room}; give it a place in ROWS")
            continue
        for item in imports(file, tree):
            at = f"{where}:{item.line}"
            top = item.target.partition(".")[0]
            other = room_named(item.target)
            if other is None:
                found += third_party_fault(room, item, top, at)
            elif other == room or other not in RANK:
                continue  # the room itself, or a name of the package's own __init__
            elif not room:
                found.append(f"{at}: the package's __init__ imports nothing, but imports {other}")
            elif RANK[other] >= RANK[room]:
                found.append(f"{at}: {room} imports {other}, an arrow that runs back")
            else:
                seen.setdefault(room, {}).setdefault(other, at)
    for room, others in sorted(seen.items()):
        if {"forecast", "verify"} <= others.keys() and room not in SEES_FORECAST_AND_VERIFY:
            found.append(
                f"{others['verify']}: {room} sees both forecast ({others['forecast']}) and verify"
            )
    return found


def third_party_fault(room: str, item: Import, top: str, at: str) -> list[str]:
    """Say what is wrong with an import from outside the package, if anything is."""
    if top in sys.stdlib_module_names or top == PACKAGE:
        return []
    if room == "core":
        allowed = CORE_THIRD_PARTY | (set() if item.at_load else CORE_THIRD_PARTY_IN_FUNCTIONS)
        if top not in allowed:
            return [f"{at}: core imports {top}; of third parties it may import numpy alone"]
    if room in {"cli", "__main__"} and item.at_load and top in HEAVY:
        return [f"{at}: {room} imports {top} while loading; import it inside the command"]
    return []


def plant(tree: Path, files: dict[str, str]) -> Path:
    """Write a package tree from path and text."""
    for name, text in files.items():
        file = tree / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tree


def test_no_import_runs_back():
    assert modules(SRC), f"no modules under {SRC}"
    assert faults(SRC) == []


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("core/a.py", "from foreshock.evidence import b", "core imports evidence"),
        ("core/a.py", "from foreshock import evidence", "core imports evidence"),
        ("core/a.py", "from ..evidence.store import b", "core imports evidence"),
        ("core/deep/a.py", "from ... import evidence", "core imports evidence"),
        ("core/a.py", "def f():\n    import foreshock.evidence.store", "core imports evidence"),
        ("core/a.py", "import importlib as i\ni.import_module('foreshock.cli')", "imports cli"),
        (
            "assess/a.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..verify import b",
            "assess imports verify",
        ),
        ("verify/a.py", "from foreshock.forecast import b", "verify imports forecast"),
        ("verify/a.py", "import foreshock.scenario", "verify imports scenario"),
        ("forecast/a.py", "from ..scenario import b", "forecast imports scenario"),
        ("scenario/a.py", "from ..verify import b", "scenario imports verify"),
        ("brief/a.py", "from .. import forecast, verify", "brief sees both"),
        ("cycle.py", "import foreshock.cli", "cycle imports cli"),
        ("core/a.py", "import polars", "core imports polars"),
        ("core/a.py", "def f():\n    import polars", "core imports polars"),
        ("cli.py", "import polars as pl", "cli imports polars while loading"),
        ("cli.py", "try:\n    from rich.table import T\nexcept ImportError: ...", "imports rich"),
        ("__init__.py", "from .core import b", "imports nothing"),
        ("misc/a.py", "", "no room is called misc"),
    ],
)
def test_checker_catches(tmp_path: Path, name: str, text: str, fault: str):
    found = faults(plant(tmp_path, {name: text}))
    assert len(found) == 1
    assert fault in found[0]


def test_checker_lets_forward_imports_be(tmp_path: Path):
    tree = plant(
        tmp_path,
        {
            "__init__.py": "__version__ = '0'",
            "core/a.py": "import json\nimport numpy as np\nfrom .. import __version__",
            "core/e.py": "def f():\n    import xarray",
            "evidence/deep/a.py": "from ...core import a\nfrom ..claim import c\nimport polars",
            "evaluate/a.py": "from ..forecast import f\nfrom ..verify import v",
            "cycle.py": "from . import forecast, verify",
            "cli.py": "import typer\nfrom . import cycle\ndef f():\n    import rich",
        },
    )
    assert faults(tree) == []


def test_loading_the_command_line_stays_light():
    """What typer loads is its own affair; nothing heavy may come with our modules."""
    code = (
        "import json, sys, typer; before = set(sys.modules); import foreshock.cli;"
        "print(json.dumps(sorted({m.split('.')[0] for m in set(sys.modules) - before})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & set(json.loads(done.stdout)) == set()


def test_every_room_says_what_lives_there():
    for folder in sorted({file.parent for file in modules(SRC)}):
        init = folder / "__init__.py"
        assert init.exists(), f"{folder.relative_to(SRC)} holds modules but no __init__.py"
        text = init.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), f"{init.relative_to(SRC)}: no docstring"


def test_cases_hold_data_only():
    code = [p for p in modules(SRC / "cases") if p.name != "__init__.py"]
    assert code == []


def test_no_file_is_too_long():
    length = {p.relative_to(SRC): len(p.read_text("utf-8").splitlines()) for p in modules(SRC)}
    assert {file: n for file, n in length.items() if n > MAX_LINES} == {}
