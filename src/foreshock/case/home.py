"""Where cases lie, and where what a user adds to them is kept."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from platformdirs import user_data_path

from foreshock.case.faults import nearest
from foreshock.case.folder import CASE_FILE
from foreshock.core.errors import UnknownCase

HOME_VARIABLE = "FORESHOCK_HOME"
STORE_FILE = "evidence.sqlite"


def home() -> Path:
    """Folder in which stores are kept: ``$FORESHOCK_HOME``, or the platform's data folder."""
    given = os.environ.get(HOME_VARIABLE)
    return Path(given) if given else user_data_path("foreshock", appauthor=False)


def bundled_root() -> Path:
    """Folder of the cases that ship with Foreshock."""
    return Path(str(files("foreshock") / "cases"))


def bundled() -> list[str]:
    """Names of the cases that ship with Foreshock."""
    return sorted(path.parent.name for path in bundled_root().glob(f"*/{CASE_FILE}"))


def is_bundled(path: Path) -> bool:
    """Whether a case folder is one that ships with Foreshock, and so never changes."""
    return path.resolve().parent == bundled_root().resolve()


def find_case(name: str) -> Path:
    """Find a case by the name of a bundled one, or by the path of a folder.

    Raises
    ------
    UnknownCase
        With the nearest names.
    """
    folder = Path(name)
    if (folder / CASE_FILE).is_file():
        return folder
    if name in bundled():
        return bundled_root() / name
    if folder.is_dir():
        raise UnknownCase(
            f"the folder {name!r} holds no {CASE_FILE}",
            mend=f"start a case with: foreshock init {name}",
        )
    raise UnknownCase(
        f"there is no case {name[:80]!r}",
        expected="the path of a case folder, or a bundled case: " + ", ".join(bundled()),
        mend=nearest(name, bundled()) or None,
    )
