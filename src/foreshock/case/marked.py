"""TOML and YAML as values, with the line on which each of them stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from foreshock.core.errors import TableError
from foreshock.core.files import check_source

LARGEST = 2**20
"""Bytes that a declaration may have; more is another kind of file."""

_HEAD = re.compile(r"\s*\[([^\[\]=]+)\]\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")

_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where it is there: ten times as fast
_Loader: Any = type(
    "_Loader",
    (_SAFE,),
    {
        "yaml_implicit_resolvers": {
            first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:timestamp"]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
    },
)
"""Loads plain values only, and days as text: whoever takes one says on which line it is none."""

Names = tuple[str, ...]
"""The names that lead to an entry."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a file says, and where.

    Attributes
    ----------
    file : str
        Its name.
    values : dict
        What it says.
    lines : mapping of tuple of str to int
        The line of each entry, by the names that lead to it; one of a list by its number, from 0.
    """

    file: str
    values: dict[str, Any]
    lines: Mapping[Names, int]

    def line(self, *names: object) -> int:
        """Give the line of an entry, or of the nearest one around it; 0 if there is none.

        Examples
        --------
        >>> marked = Marked("a.toml", {}, {("columns",): 4, ("columns", "type"): 6})
        >>> marked.line("columns", "type", "means"), marked.line("columns", "end")
        (6, 4)
        """
        path = tuple(str(name) for name in names)
        leading = (path[:length] for length in range(len(path), 0, -1))
        return next((self.lines[each] for each in leading if each in self.lines), 0)


def read_marked(file: Path) -> Marked:
    """Read a TOML or YAML file, by the ending of its name.

    Raises
    ------
    TableError
        If it is neither, too large, not UTF-8, or does not hold names with values.
    """
    if file.suffix not in {".toml", ".yaml", ".yml"}:
        raise TableError(
            "neither TOML nor YAML", str(file), expected="a name that ends with .toml or .yaml"
        )
    check_source(file)
    with file.open("rb") as handle:
        raw = handle.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise TableError(f"larger than {LARGEST:,} bytes", str(file), mend="name the declaration")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise TableError("not UTF-8", f"{file}:{line}", mend="save it as UTF-8") from None
    text = text.replace("\r\n", "\n")
    values, lines = (_toml if file.suffix == ".toml" else _yaml)(file, text)
    if not isinstance(values, dict):
        raise TableError("holds no names with values", str(file))
    return Marked(file.name, values, lines)


def _toml(file: Path, text: str) -> tuple[dict[str, Any], dict[Names, int]]:
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise TableError(f"not TOML: {error}", str(file), mend="correct the line") from None
    return values, dict(reversed(list(_toml_lines(text))))


def _toml_lines(text: str) -> Iterator[tuple[Names, int]]:
    head: Names = ()
    for at, line in enumerate(text.split("\n"), 1):
        if table := _HEAD.match(line):
            head = _names(f"[{table[1]}]")
            yield head, at
        elif key := _KEY.match(line):
            yield head + _names(f"{key[1]} = 0"), at


def _names(line: str) -> Names:
    """Read the names in a line of TOML; none where it is no such line, as within a long text."""
    try:
        found: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    names = []
    while isinstance(found, dict) and found:
        ((name, found),) = found.items()
        names.append(name)
    return tuple(names)


def _yaml(file: Path, text: str) -> tuple[Any, dict[Names, int]]:
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        found = list(_yaml_lines(node, (), set()))
        values = None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        # What is not closed is missed only after the last line.
        where = f"{file}:{min(mark.line, text.rstrip().count(chr(10))) + 1}" if mark else str(file)
        what = getattr(error, "problem", None) or str(error)
        raise TableError(f"not YAML: {what}"[:200], where, mend="correct the line") from None
    lines: dict[Names, int] = {}
    for names, line in found:
        if names in lines:
            raise TableError(f"{'.'.join(names)} stands twice", f"{file}:{line}", mend="keep one")
        lines[names] = line
    return values, lines


def _yaml_lines(
    node: yaml.Node | None, names: Names, seen: set[int]
) -> Iterator[tuple[Names, int]]:
    # An alias is not followed: a few lines of them can stand for millions of entries.
    if isinstance(node, yaml.MappingNode) and id(node) not in seen:
        seen.add(id(node))
        for key, value in node.value:
            below = (*names, str(key.value))
            yield below, key.start_mark.line + 1
            yield from _yaml_lines(value, below, seen)
    elif isinstance(node, yaml.SequenceNode) and id(node) not in seen:
        seen.add(id(node))
        for at, value in enumerate(node.value):
            below = (*names, str(at))
            yield below, value.start_mark.line + 1
            yield from _yaml_lines(value, below, seen)
